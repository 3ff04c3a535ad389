/*
 * commands - what staff may write after `#' (rules.md 4.2-4.4, 5.4, 5.5).
 */
#ifndef CORE_COMMANDS_H
#define CORE_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/vocabulary.h"
#include "lib/units.h"

struct arena;
struct config;
struct estate;
struct pin;

enum command_kind {
	COMMAND_TAKE,
	COMMAND_ASSIGN,
	COMMAND_RETURN,
	COMMAND_NOTE,
	COMMAND_REPLY,
	COMMAND_FINDING,
	COMMAND_ASK,
	COMMAND_URGENT,
	COMMAND_SEVERITY,
	COMMAND_CATEGORY,
	COMMAND_DUE,
	COMMAND_EXTEND,
	COMMAND_ESCALATE,
	COMMAND_AFTER_REPORT,
	COMMAND_RESOLVE,
	COMMAND_FEEDBACK,
	COMMAND_VISIT,
	COMMAND_CLOSE,
	COMMAND_REOPEN,
	COMMAND_MERGE,
	COMMAND_SPAM,
	COMMAND_NOTSPAM,
	COMMAND_HANDOVER,
	COMMAND_PLAN,
	COMMAND_SHOW,
	COMMAND_HELP,
	COMMAND_NEW,
	COMMAND_UNDO,
	COMMAND_LEAVE,
	COMMAND_PIN,
	COMMAND_CONFIRM,
	COMMAND_INFORMED,
	COMMAND_DISSUADED,
	COMMAND_REPORTED,
	COMMAND_ABSENT,
	COMMAND_REPLY_ALL, /* of the incident (R41) */
	COMMAND_RESOLVE_ALL,
	COMMAND_SPLIT, /* the case out of its incident */
	COMMAND_DONE,  /* a plan (R33) */
	COMMAND_KIND_COUNT
};

/* "take", "after-report": the code of rules.md 4.2. */
const char *command_name(enum command_kind kind);
/* As a person of that language writes it: "assign", "转派". */
const char *command_word(enum command_kind kind, enum language language);

/* How it is written, with its arguments: "#转派 部门或姓名 说明". */
const char *command_form(enum command_kind kind, enum language language);
/* The same as a text: "转派 0007 部门或姓名 说明" (rules.md 5.12). */
const char *command_text_form(
    enum command_kind kind, enum language language, struct arena *arena);
/* Words about a line of the text, from 1: "Line 3: ...". */
const char *command_at_line(enum language language, int line,
    const char *words, struct arena *arena);

/* By text a command ends in the PIN of who writes (rules.md 5.12). */
enum command_pin {
	COMMAND_PIN_NONE,
	COMMAND_PIN_NEEDED,
	COMMAND_PIN_FOR_LESS, /* only where it makes the matter less grave */
};

enum command_pin command_pin_of(enum command_kind kind);

struct command {
	enum command_kind kind;
	const char *to;	  /* staff id, department code or "L4" */
	const char *text; /* also the reason */
	msec_t at;
	const char *value;
	int score;
	const char *case_no; /* texts: "take 0007" gives the serial as written */
	int line;	     /* of the own text, from 1 */
};

struct commands {
	struct command *list;
	size_t count;
	const char *plain; /* text that belongs to no command, trimmed; or NULL */
	/* Sentences for the transcript, each naming the line and the nearest
	 * right form.  Any error: nothing of the mail is done (4.3.1). */
	const char **errors;
	int *error_lines; /* of each, from 1 */
	size_t error_count;
	const char *pin; /* last word of the first line, taken out of the text */
	bool has_wrong_pin; /* it stood there, and was none of theirs */
	bool may_be_wrong_pin; /* ... or what the command names: 并案 0007 9999 */
	/* What may be kept and told: the text without the PIN, and nothing of
	 * what stands behind #pin. */
	const char *own;
};

struct commands_context {
	const struct config *conf;
	const struct estate *estate;
	msec_t now;
	enum channel channel;
	enum language language; /* of the errors */
	const char *sender;	/* staff id, for "me" and the PIN */
	const struct pin *pin;	/* that they set themselves, or NULL */
};

/* Parse the own text of a staff message.  Pure; never fails: mistakes are in
 * ->errors.  SMS: "接单 0007 ..." without `#' too. */
void commands_parse(const struct commands_context *ctx, const char *own,
    struct arena *arena, struct commands *ret);

/* A text without a number begins with the word of an order about a case, as
 * "备注 阀门已关": that order was meant, and no matter is told. */
bool commands_begin(const struct commands_context *ctx, const char *own,
    struct arena *arena, enum command_kind *ret);

/* The own text without what stands where a PIN would: the sender's, or digits
 * that may be a wrong one or no PIN at all. */
const char *commands_without_pin(const struct commands_context *ctx,
    const char *own, struct arena *arena, bool *is_right);

/* What a mail about no case says of one that it names (rules.md 5.30). */
struct command_section {
	const char *number; /* T261123-0007; NULL: of none */
	/* Its lines where they stood, all others blank, the number taken
	 * out: to be parsed like a mail about that case. */
	const char *own;
};

/* A line that begins with a case number, or a command with one behind it,
 * opens that case's section.  It goes on to the next blank line; behind a
 * command that swallows lines, to the next of these lines.  The first section is that of no
 * case.  Returns how many there are; only `max' are put down. */
size_t commands_sections(const struct commands_context *ctx, const char *own,
    struct arena *arena, struct command_section *ret, size_t max);

#endif
