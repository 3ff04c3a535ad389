/*
 * orders - carrying out what staff wrote (rules.md 4.2, 4.3).
 *
 * All or nothing: each order is carried out on the copy of the case; when any
 * is refused, all effects are taken back, the text is kept as a note and the
 * author gets the list of what was wrong.
 */
#ifndef HANDLERS_ORDERS_H
#define HANDLERS_ORDERS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/commands.h"
#include "core/language.h"
#include "handlers/sentences.h"
#include "handlers/work.h"

enum { ORDER_LINES = 24 };

struct tell;

struct orders {
	struct work *work;
	const struct staff *staff;
	bool has_pin;
	bool may_only_answer; /* was asked, and is not on the case */
	/* Sentences for the author, in their language. */
	const char *done[ORDER_LINES];
	size_t done_count;
	const char *refused[ORDER_LINES];
	int refused_lines[ORDER_LINES]; /* of the own text, from 1; 0: all */
	size_t refused_count;
	const struct command *command; /* at work on, or NULL */
	/* A text that the lint stopped (R4), and what was wrong with it. */
	const char *blocked;
	const char *goes_out; /* what the owner gets, for the transcript */
	bool is_held;	      /* ... unless they take it back in time */
};

struct order_rule {
	int level;	 /* the least that may; department staff are 1 */
	bool needs_text;
	void (*run)(struct orders *orders, const struct command *command);
};

/* By command; a row without ->run is not available. */
extern const struct order_rule order_rules[COMMAND_KIND_COUNT];

/* Everything that work->commands asks for, and the transcript. */
void orders_run(struct work *work);
/* The same, and nobody is told: what came of it is in `orders', whose work,
 * staff and has_pin are set.  When anything was refused, the caller takes the
 * effects back. */
void orders_try(struct orders *orders);

void orders_done(struct orders *orders, enum sentence which, const char *arg);
/* orders_say.c.  Words: a whole sentence in the author's language, about that
 * line. */
void orders_refuse_words(struct orders *orders, int line, const char *words);
/* The author's text with the lines marked that something is wrong with. */
const char *orders_marked(const struct orders *orders, const char *own);
/* What a command is called in the author's language. */
const char *orders_word(
    const struct orders *orders, const struct command *command);
void orders_refuse(
    struct orders *orders, enum sentence which, const char *arg);
/* By text it takes the PIN of who writes (rules.md 5.12). */
void orders_refuse_pin(struct orders *orders);
/* The state of the case does not allow it. */
void orders_refuse_state(struct orders *orders);
enum language orders_language(const struct orders *orders);
/* Level as which this person acts (rules.md 5.31). */
int orders_level(const struct orders *orders);
/* What a colleague is called in the author's language. */
const char *orders_staff_word(
    const struct orders *orders, const struct staff *staff);
const char *orders_department_word(
    const struct orders *orders, const struct department *department);
/* "L4" as 4; 0 for anything else. */
int orders_level_named(const char *to);

/* orders_owner.c: what goes to the owner */
void order_reply(struct orders *orders, const struct command *command);
void order_resolve(struct orders *orders, const struct command *command);
void order_feedback(struct orders *orders, const struct command *command);
/* A text to the owner outside any command (rules.md 4.3.2). */
void order_plain_reply(struct orders *orders, const char *text);

/* orders_fit.c: may this text go to an owner?  False: it is refused and kept
 * (R4). */
bool orders_is_fit(struct orders *orders, const char *text);

/* orders_room.c */
/* Has the owner's telephone room for it, where they have no mail?  False: it is
 * refused, with the length that is allowed. */
bool orders_has_room(struct orders *orders, const struct tell *tell);
/* The same of all owners of an incident. */
bool orders_has_room_at_all(struct orders *orders, const struct tell *tell);

/* orders_undo.c */
void order_undo(struct orders *orders, const struct command *command);

/* orders_incident.c: to all owners of an incident (R41) */
void order_reply_all(struct orders *orders, const struct command *command);
void order_resolve_all(struct orders *orders, const struct command *command);
void order_split(struct orders *orders, const struct command *command);
/* The message answers the incident's own mail: what it says to the owner it
 * says to all. */
bool orders_are_to_all(const struct orders *orders);
void orders_say_to_all(
    struct orders *orders, enum word_kind kind, const char *text);
/* Takes back what has not gone to anybody yet; false: there is nothing. */
bool orders_undo_to_all(struct orders *orders);

/* orders_merge.c: two cases of one matter */
void order_merge(struct orders *orders, const struct command *command);

/* orders_time.c: when */
void order_due(struct orders *orders, const struct command *command);
void order_extend(struct orders *orders, const struct command *command);
/* A time in a text to the owner is recorded; false: refused (R11b). */
bool orders_keep_promise(struct orders *orders, const char *text);
/* The reply of the instant `undone' was taken back: the promise that it made
 * or settled is again what it was before. */
void orders_restore_promise(struct orders *orders, msec_t undone);

/* orders_work.c: who does it */
void order_take(struct orders *orders, const struct command *command);
void order_assign(struct orders *orders, const struct command *command);
void order_return(struct orders *orders, const struct command *command);
void order_note(struct orders *orders, const struct command *command);
void order_finding(struct orders *orders, const struct command *command);
void order_confirm(struct orders *orders, const struct command *command);
void order_handover(struct orders *orders, const struct command *command);

/* orders_ask.c: questions to colleagues */
void order_ask(struct orders *orders, const struct command *command);
/* What somebody answers who was asked (rules.md 5.13). */
void order_answer(struct orders *orders, const char *text);

/* orders_steps.c: prohibited behaviour (R47) */
void order_step(struct orders *orders, const struct command *command);
/* False: the outcome claims what was not recorded, and is refused. */
bool orders_has_steps(struct orders *orders, const char *outcome);

/* orders_grade.c: how grave, and who decides */
void order_urgent(struct orders *orders, const struct command *command);
void order_severity(struct orders *orders, const struct command *command);
void order_category(struct orders *orders, const struct command *command);
void order_escalate(struct orders *orders, const struct command *command);
void order_after_report(struct orders *orders, const struct command *command);

/* visit.c: how it was (R34) */
void order_visit(struct orders *orders, const struct command *command);

/* plan.c: those that are about no case, in answer to a mail of one */
void order_elsewhere(struct orders *orders, const struct command *command);

/* orders_end.c: how it ends */
void order_close(struct orders *orders, const struct command *command);
void order_reopen(struct orders *orders, const struct command *command);
void order_spam(struct orders *orders, const struct command *command);
void order_notspam(struct orders *orders, const struct command *command);
void order_show(struct orders *orders, const struct command *command);
void order_help(struct orders *orders, const struct command *command);

/* For whoever keeps a catalogue. */
void order_step_words(language_visit *visit, void *arg);

#endif
