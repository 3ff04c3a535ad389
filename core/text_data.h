/*
 * text_data - what a template may say, made from plain facts.
 *
 * A handler fills a small struct; what a template says of it is made when its
 * name is met (core/text_field.h).  Rules that concern every text stand there
 * once: times in the estate's zone and the reader's language, staff by their
 * title towards owners (R3, R9), and the owner's contact in clear only towards
 * those who work on the case, by mail (R40, rules.md 5.35).
 */
#ifndef CORE_TEXT_DATA_H
#define CORE_TEXT_DATA_H

#include "core/case.h"
#include "core/config.h"
#include "core/incident.h"
#include "core/input.h"
#include "core/outgoing.h"
#include "core/snapshot.h"
#include "core/vocabulary.h"
#include "lib/units.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Zero what a text does not need; the table in core/texts.c names for each
 * text what it uses, in the words given here in brackets. */
struct text_facts {
	/* Always. */
	const struct config *conf;
	const struct estate *estate; /* NULL: the first of the configuration */
	enum language language;
	enum channel channel;
	msec_t now;

	/* To whom.  NULL: an owner (or the admin). */
	const struct staff *to_staff;
	const char *to_name; /* how to address them, or NULL; staff: not used */

	/* What a plain reply to this mail does; its end says so (5.30). */
	enum reply_kind reply;

	/* [case, due, owner, masked, matter, outcome]; NULL: about no case. */
	const struct case_file *the_case;

	/* [incident, hot] The incident of the case, and what has been said to
	 * all its owners; NULL: none. */
	const struct incident *incident;
	const struct incident_word *incident_word;

	/* [words] What somebody wrote, verbatim: a staff answer, an outcome,
	 * an owner's follow-up, the text that was blocked. */
	const char *words;
	/* [author] Who wrote it, assigned, asked, escalated; NULL: the desk. */
	const struct staff *author;
	/* [holder] Who has the matter now: after an escalation, transfer. */
	const struct staff *holder;
	/* [at] The time that the text is about: answer by, call by, take by,
	 * next news.  [before] The time that it replaces (extension). */
	msec_t at;
	msec_t before;
	/* [reason] A sentence, already in the reader's language. */
	const char *reason;
	/* [wanted] Which duty a reminder or overdue notice is about. */
	enum timer_kind wanted;
	/* [who] Somebody or something outside: a sender's address (masked by
	 * the caller where R40 asks for it), a channel, a department. */
	const char *who;
	/* [other] Number of the same owner's other case. */
	const char *other;
	/* [topic] What a survey asks about (core/survey.h). */
	const char *scope;
	int score;  /* [score] of a rating, 1..5 */
	int count;  /* [count] of waiting messages, skipped levels, ... */
	int photos; /* [photos] files that go along with this message, or that
		     * came with the owner's */
	/* [lines] Sentences of a list: of a transcript, of what was refused,
	 * of phrases that may not be sent. */
	const char *const *lines;
	size_t line_count;
	/* [cases] of a status answer. */
	const struct case_brief *cases;
	size_t case_count;
	/* [events] of a case sheet or an after-report's time line. */
	const struct snapshot_event *events;
	size_t event_count;
	/* [round] What an estate's cases are; NULL: no summary. */
	const struct round_view *round;
	/* [week] What the weekly digest says to this reader; or NULL. */
	const struct weekly_view *week;
	/* [plans, requests] What was promised, and who was asked; NULL:
	 * nothing. */
	const struct plan_view *plans;
	/* [charge] What a level has in its charge; or NULL. */
	const struct charge_list *charge;
	/* [case] The owner named their flat themselves (rules.md 5.39). */
	bool owner_is_unconfirmed;
	/* [ask] What a clarification asks for (R6); neither:
	 * both. */
	bool asks_place;
	bool asks_matter;
};

/* Can `name' ("case.number", or "number" inside a list) stand in a template
 * whose table row lists `uses', such as "case due words"?  What every text
 * has (estate, recipient, reply, now) need not be listed. */
bool text_data_offers(const char *name, const char *uses);
/* The names that `uses' allows, as one line for error messages; within the
 * arena. */
const char *text_data_allowed(const char *uses, struct arena *arena);

/* "11月24日17:30" or "24 Nov 17:30" in the estate's zone; NULL for 0. */
const char *text_time(const struct estate *estate, enum language language,
    msec_t at, struct arena *arena);
/* "11月5日", "5 Nov". */
const char *text_day(const struct estate *estate, enum language language,
    msec_t at, struct arena *arena);
/* What a duty is called: 首次答复, first reply. */
const char *text_timer_word(enum timer_kind kind, enum language language);

#endif
