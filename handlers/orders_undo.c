/*
 * #undo (rules.md 5.11): what has not left is taken back, the message and the
 * change of state both; what has left is named.
 */
#include "core/text_data.h"
#include "core/text_words.h"
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/orders.h"
#include "handlers/tell.h"
#include "lib/arena.h"
#include "lib/text.h"

/* What can be held, by the template that is sent and the event that says so. */
static const struct {
	const char *template_name, *event;
} held_kinds[] = {
	{ "staff_reply", "replied" },
	{ "outcome", "resolved" },
	{ "extension", "promised" },
};

static const char *
event_of(const struct sent_view *sent)
{
	for (size_t i = 0; i < ARRAY_COUNT(held_kinds); i++)
		if (text_eq(sent->template_name, held_kinds[i].template_name))
			return held_kinds[i].event;
	return NULL;
}

/* No byte of it can have gone: it was never tried. */
static bool
is_held(const struct sent_view *sent)
{
	return sent->state == OUT_QUEUED && sent->attempts == 0 &&
	       sent->not_before > sent->created_at;
}

/* The newest that was written and not taken back. */
static const struct sent_view *
last_written(const struct orders *orders)
{
	const struct snapshot *before = orders->work->before;

	for (size_t i = 0; i < before->sent_count; i++)
		if (event_of(&before->sent[i]) != NULL &&
		    before->sent[i].state != OUT_CANCELLED)
			return &before->sent[i];
	return NULL;
}

static const struct snapshot_event *
event_at(const struct work *work, const char *name, msec_t at)
{
	const struct snapshot *before = work->before;

	for (size_t i = before->event_count; i > 0; i--)
		if (before->events[i - 1].at == at &&
		    text_eq(before->events[i - 1].name, name))
			return &before->events[i - 1];
	return NULL;
}

/* ---- who may ---- */

/* Its author may, and L2, whose doing the author hears of; else it is
 * refused. */
static bool
may_undo(struct orders *orders, const struct snapshot_event *last)
{
	struct work *work = orders->work;
	const struct staff *author = config_staff(work->ctx->conf, last->actor);

	if (author == NULL || author == orders->staff)
		return true;
	if (orders_level(orders) < 2) {
		orders_refuse(orders, NO_UNDO_OTHERS, NULL);
		return false;
	}
	(void)tell_staff(work, author,
	    &(struct tell){ .name = "notice",
		.reply = REPLY_INTERNAL,
		.facts = { .reason = sentence(WHY_UNDONE, author->language,
			       name_for(author->language, orders->staff->name,
				   orders->staff->name_en),
			       work->arena) } });
	return true;
}

/* ---- taking it back ---- */

/* A reply and a word about the time may be of one mail. */
static void
cancel(struct work *work, msec_t written_at)
{
	const struct snapshot *before = work->before;

	for (size_t i = 0; i < before->sent_count; i++) {
		const struct sent_view *sent = &before->sent[i];

		if (sent->created_at != written_at || !is_held(sent))
			continue;
		struct effect *effect =
		    effects_add(work->out, EFFECT_OUT_STATE);

		effect->out_state.out = sent->id;
		effect->out_state.state = OUT_CANCELLED;
		effect->out_state.reason = "undone";
	}
}

static void
take_back(struct orders *orders, msec_t at)
{
	struct work *work = orders->work;
	const struct event undone = { .name = "undone",
		.actor = orders->staff->id };

	if (work->file.first_reply_at == at) {
		work->file.first_reply_at = 0;
		clocks_start_duty(work, TIMER_REPLY, work->file.received_at);
	}
	if (event_at(work, "resolved", at) == NULL) {
		orders_restore_promise(orders, at);
		act_record(work, &undone);
		return;
	}
	(void)act_move(work, CASE_IN_PROGRESS, &undone);
	work->file.resolved_at = work->file.outcome_out = 0;
	clocks_start_duty(work, TIMER_OUTCOME, work->file.received_at);
	clocks_start_duty(work, TIMER_PROMISE, work->file.received_at);
	clocks_owner_heard(work);
}

/* What else that mail did stands, and is named. */
static const char *
kept(const struct orders *orders, msec_t at, const char *actor)
{
	static const char *const steps[] = { "taken", "assigned", "noted",
		"finding", "category", "severity", "urgent", "asked",
		"extended", "informed", "dissuaded", "reported",
		"owner_confirmed" };
	const struct work *work = orders->work;
	const char *names = NULL;

	for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
		const struct snapshot_event *event =
		    event_at(work, steps[i], at);

		if (event == NULL || !text_eq(event->actor, actor))
			continue;
		const char *name =
		    text_event_word(steps[i], orders_language(orders));

		names = names == NULL
			    ? name
			    : arena_printf(work->arena, "%s%s%s", names,
				  orders_language(orders) != LANGUAGE_ZH ? ", "
									 : "、",
				  name);
	}
	return names;
}

static void
say_undone(
    struct orders *orders, const struct sent_view *last, const char *actor)
{
	const char *names = kept(orders, last->created_at, actor);

	orders_done(orders, SAY_UNDONE,
	    text_event_word(event_of(last), orders_language(orders)));
	if (names != NULL)
		orders_done(orders, SAY_UNDO_KEPT, names);
}

/* "答复业主(11月23日09:01)" */
static void
refuse_gone(struct orders *orders, const struct sent_view *last)
{
	struct work *work = orders->work;
	msec_t at =
	    last->accepted_at != 0 ? last->accepted_at : last->not_before;
	enum language language = orders_language(orders);

	orders_refuse(orders, NO_UNDO,
	    arena_printf(work->arena, "%s (%s)",
		text_event_word(event_of(last), language),
		text_time(work->estate, language, at, work->arena)));
}

void
order_undo(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	const struct sent_view *last = last_written(orders);
	const struct snapshot_event *written =
	    last == NULL ? NULL
			 : event_at(work, event_of(last), last->created_at);

	(void)command;
	if (orders_undo_to_all(orders))
		return;
	if (written == NULL) {
		orders_refuse(orders, NO_UNDO_NOTHING, NULL);
		return;
	}
	if (!is_held(last)) {
		refuse_gone(orders, last);
		return;
	}
	if (text_eq(written->name, "resolved") &&
	    work->file.state != CASE_RESOLVED) {
		orders_refuse_state(orders);
		return;
	}
	if (!may_undo(orders, written))
		return;
	cancel(work, last->created_at);
	take_back(orders, last->created_at);
	say_undone(orders, last, written->actor);
}
