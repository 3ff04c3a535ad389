/*
 * Orders to all owners of an incident (R41).
 *
 * What is written on a case's own mail goes to that case's owner.  To all goes
 * only what answers the incident's own mail, or is marked #reply-all or
 * #resolve-all.
 */
#include "core/promise.h"
#include "core/text_words.h"
#include "core/wording.h"
#include "handlers/act.h"
#include "handlers/incident.h"
#include "handlers/orders.h"
#include "handlers/tell.h"
#include "lib/arena.h"
#include "lib/text.h"

bool
orders_are_to_all(const struct orders *orders)
{
	return snapshot_answers(orders->work->before, REPLY_INCIDENT);
}

/* ---- may it go? ---- */

static bool
has_cases(struct orders *orders)
{
	const struct work *work = orders->work;

	if (work->file.incident != 0 && work->before->incident.case_count > 0)
		return true;
	orders_refuse(orders, NO_INCIDENT, NULL);
	return false;
}

static bool
is_isolated(struct orders *orders, const char *text)
{
	const struct incident_view *view = &orders->work->before->incident;
	const char *names = incident_names_one(
	    text, view->cases, view->case_count, orders->work->arena);

	if (names == NULL)
		return true;
	orders->blocked = text;
	orders_refuse(orders, NO_HOUSEHOLD, names);
	return false;
}

/* R11b; an outcome tells what was done. */
static bool
read_promise(struct orders *orders, struct incident_word *word)
{
	const struct work *work = orders->work;
	const char *words = NULL;

	if (word->kind == WORD_OUTCOME ||
	    promise_find(work->estate, work->in->received_at, word->text,
		work->arena, &word->promise_at, &words) != PROMISE_UNCLEAR)
		return true;
	orders->blocked = word->text;
	orders_refuse(orders, NO_CLEAR_TIME, words);
	return false;
}

/* Nothing waits for #undo while one of them is in danger (rules.md 5.11). */
static msec_t
leaves_at(const struct work *work)
{
	const struct incident_view *view = &work->before->incident;

	for (size_t i = 0; i < view->case_count; i++) {
		if (view->cases[i].severity == SEVERITY_EMERGENCY)
			return work_now(work);
	}
	return work_now(work) +
	       (msec_t)work->ctx->conf->undo_seconds * MSEC_SECOND;
}

/* ---- saying it ---- */

static void
keep(struct orders *orders, const struct incident_word *word)
{
	struct work *work = orders->work;
	struct incident *it = &work->incident;
	msec_t due = word->goes_at;

	/* Who answers has the matter in hand (R10). */
	if (it->handler == NULL) {
		it->handler = orders->staff->id;
		it->department = orders->staff->department;
		it->is_taken = true;
		due = work_now(work);
	}
	if (word->kind == WORD_OUTCOME)
		it->is_open = false;
	effects_add(work->out, EFFECT_WORD)->word = *word;
	/* In one transaction, whatever their number: every open case has its
	 * timer, so that none is forgotten. */
	incident_save_it(work);
	incident_wake(work, due);
	act_record(work, &(struct event){ .name = word->kind == WORD_OUTCOME
						      ? "resolved_for_all"
						      : "replied_to_all",
			     .actor = orders->staff->id,
			     .reason = it->number,
			     .text = word->text });
}

void
orders_say_to_all(struct orders *orders, enum word_kind kind, const char *text)
{
	struct work *work = orders->work;
	struct incident_word word = {
		.incident = work->file.incident,
		.kind = kind,
		.author = orders->staff->id,
		.text = text,
		.at = work->in->received_at,
		.goes_at = leaves_at(work),
	};

	const struct tell tell = {
		.name = kind == WORD_OUTCOME ? "outcome" : "staff_reply",
		.facts = { .words = text, .author = orders->staff },
	};

	if (!has_cases(orders) || !orders_is_fit(orders, text) ||
	    !orders_has_room_at_all(orders, &tell) ||
	    (kind == WORD_OUTCOME && !orders_has_steps(orders, text)) ||
	    !is_isolated(orders, text) || !read_promise(orders, &word))
		return;
	word.part_count = tell_parts(work, &word.parts);
	keep(orders, &word);
	orders->goes_out = text;
	orders->is_held = word.goes_at > work_now(work);
	orders_done(orders,
	    kind == WORD_OUTCOME ? SAY_RESOLVED_ALL : SAY_TO_ALL,
	    arena_printf(
		work->arena, "%zu", work->before->incident.case_count));
}

void
order_reply_all(struct orders *orders, const struct command *command)
{
	orders_say_to_all(orders, WORD_REPLY, command->text);
}

void
order_resolve_all(struct orders *orders, const struct command *command)
{
	if (wording_is_no_outcome(command->text))
		orders_refuse(orders, NO_OUTCOME, NULL);
	else
		orders_say_to_all(orders, WORD_OUTCOME, command->text);
}

/* ---- taking it back ---- */

bool
orders_undo_to_all(struct orders *orders)
{
	struct work *work = orders->work;
	const struct incident_view *view = &work->before->incident;
	const struct incident_word *held = incident_held(view, work_now(work));

	if (held == NULL || !text_eq(held->author, orders->staff->id))
		return false;
	effects_add(work->out, EFFECT_WORD_UNDO)->word_undo = held->id;
	if (held->kind == WORD_OUTCOME) {
		work->incident.is_open = true;
		incident_save_it(work);
	}
	act_record(work, &(struct event){ .name = "undone",
			     .actor = orders->staff->id,
			     .reason = work->incident.number });
	orders_done(orders, SAY_UNDONE,
	    text_event_word(held->kind == WORD_OUTCOME ? "resolved_for_all"
						       : "replied_to_all",
		orders_language(orders)));
	return true;
}

/* ---- another fault after all ---- */

void
order_split(struct orders *orders, const struct command *command)
{
	(void)command;
	if (orders->work->file.incident == 0) {
		orders_refuse(orders, NO_INCIDENT, NULL);
		return;
	}
	incident_leave(orders->work, orders->staff->id);
	orders_done(orders, SAY_SPLIT, NULL);
}
