/*
 * Two cases of one matter (rules.md 4.2 #merge, R16, R41).
 *
 * The owner's own second case goes on in the first.  Cases of different owners
 * stay two, each with its first responder and its outcome, and become one
 * incident.
 */
#include "handlers/act.h"
#include "handlers/callback.h"
#include "handlers/clocks.h"
#include "handlers/incident.h"
#include "handlers/orders.h"
#include "handlers/tell.h"
#include "lib/text.h"

/* ---- one owner ---- */

static bool
is_same_owner(const struct case_file *a, const struct case_file *b)
{
	return (a->owner != 0 && a->owner == b->owner) ||
	       (a->mail != NULL && text_eq(a->mail, b->mail)) ||
	       (a->phone != NULL && text_eq(a->phone, b->phone));
}

/* The owner was promised an answer by the earlier of the two times, and each
 * case was graded for a reason. */
static void
take_over(struct work *work, const struct case_file *merged)
{
	struct case_file *file = &work->file;

	if (merged->severity > file->severity) {
		enum severity before = file->severity;

		file->severity = merged->severity;
		act_record(work, &(struct event){ .name = "severity",
				     .actor = ACTOR_DESK,
				     .reason = severity_name(file->severity) });
		clocks_regrade(work, before);
	}
	if (merged->first_reply_at == 0 && file->first_reply_at == 0 &&
	    merged->reply_due != 0 && merged->reply_due < file->reply_due) {
		file->reply_due = merged->reply_due;
		clocks_start_duty(work, TIMER_REPLY, work_now(work));
	}
	if (merged->promise_due > work_now(work) &&
	    (file->promise_due == 0 ||
		merged->promise_due < file->promise_due)) {
		clocks_promise(work, merged->promise_due);
		if (merged->owner != 0 && merged->owner == file->owner)
			file->promise_told_at = merged->promise_told_at;
		clocks_start_duty(work, TIMER_PROMISE, work_now(work));
	}
	file->agitated = file->agitated || merged->agitated;
	callback_goes_on(work);
}

/* The other case hears of it as if its owner had written once more. */
static struct case_file
go_on_in_other(struct orders *orders)
{
	struct work *work = orders->work;
	const struct snapshot *before = work->before;
	const struct work_case left = work_enter_case(work, &before->other);
	const struct case_file *merged = &left.file;

	work_keep(work);
	act_record(work, &(struct event){ .name = "merged_from",
			     .actor = orders->staff->id,
			     .reason = merged->number,
			     .text = merged->text });
	take_over(work, merged);
	tell_handlers(work, &(struct tell){ .name = "followup",
				.reply = REPLY_MATTER,
				.parts = before->case_parts,
				.part_count = before->case_part_count,
				.facts = { .words = merged->text,
				    .photos = (int)before->case_part_count,
				    .at = clocks_told_time(work) } });
	const struct case_file after = work->file;

	work_return(work, &left);
	return after;
}

static void
merge_double(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	const struct case_file *other = &work->before->other;
	const struct event merged = { .name = "merged",
		.actor = orders->staff->id,
		.reason = other->number,
		.text = command->text };

	if (work->file.after_reports > 0 ||
	    (work->file.severity == SEVERITY_EMERGENCY &&
		other->severity != SEVERITY_EMERGENCY)) {
		orders_refuse(orders, NO_MERGE_DOWN, NULL);
		return;
	}
	if (!act_move(work, CASE_MERGED, &merged)) {
		orders_refuse_state(orders);
		return;
	}
	work->file.merged_into = other->id;
	clocks_stop_work(work);
	clocks_stop(work, TIMER_RATING);
	clocks_stop(work, TIMER_CLOSE);
	clocks_stop(work, TIMER_CALLBACK);
	const struct case_file after = go_on_in_other(orders);
	const msec_t reply_due =
	    after.first_reply_at == 0 ? after.reply_due : 0;

	(void)tell_owner(
	    work, &(struct tell){ .name = "merged",
		      .reply = REPLY_OWNER,
		      .facts = { .other = other->number,
			  .at = reply_due > work_now(work) ? reply_due : 0 } });
	orders_done(orders, SAY_MERGED, other->number);
}

/* ---- several owners ---- */

static struct incident
new_incident(const struct work *work)
{
	const struct case_file *other = &work->before->other;
	const char *handler = text_or(other->handler, work->file.handler);
	const struct case_file *led =
	    other->handler != NULL ? other : &work->file;

	return (struct incident){
		.id = work->before->next_incident,
		.number = other->number,
		.estate = other->estate,
		.category = other->category,
		.place = incident_place(&other->place),
		.is_open = true,
		.handler = handler,
		.department = handler != NULL ? led->department : NULL,
		.is_taken = handler != NULL && led->state != CASE_ASSIGNED,
		.opened_at = work_now(work),
	};
}

/* 0: the case does not belong to one that takes cases. */
static incident_id
open_incident(const struct work *work)
{
	return work->file.incident != 0 && work->incident.is_open
		   ? work->file.incident
		   : 0;
}

/* The other's, this one's, or a new one. */
static void
become_one(struct orders *orders)
{
	struct work *work = orders->work;
	const struct snapshot *before = work->before;
	const char *actor = orders->staff->id;
	const struct incident_case other =
	    incident_case_of(&before->other, NULL);

	if (before->near.it.id != 0) {
		if (before->near.it.id != work->file.incident)
			incident_add(work, &before->near, actor);
		return;
	}
	if (open_incident(work) == 0) {
		const struct incident_view view = { .it = new_incident(work) };

		incident_add(work, &view, actor);
	}
	incident_add_other(
	    work, &other, &work->incident, work->file.incident_told, actor);
	incident_save_it(work);
	incident_wake(work, 0);
}

static void
join_owners(struct orders *orders)
{
	struct work *work = orders->work;
	const struct snapshot *before = work->before;
	const struct config *conf = work->ctx->conf;
	struct tell tell = { .name = "hot", .reply = REPLY_INCIDENT };

	if (!case_is_open(work->file.state)) {
		orders_refuse_state(orders);
		return;
	}
	if (open_incident(work) != 0 && before->near.it.id != 0 &&
	    before->near.it.id != work->file.incident) {
		orders_refuse(orders, NO_MERGE_INCIDENTS, NULL);
		return;
	}
	become_one(orders);
	(void)tell_staff(work, incident_holder(work), &tell);
	tell.reply = REPLY_INTERNAL;
	(void)tell_staff(work, act_first_responder(work), &tell);
	(void)tell_staff(
	    work, config_staff(conf, before->other.first_responder), &tell);
	orders_done(orders, SAY_JOINED, before->other.number);
}

/* ---- the order ---- */

void
order_merge(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	const struct case_file *other = &work->before->other;
	const struct look_up wanted = { .estate = work->file.estate,
		.number = command->value };

	if (work_must_look(work, &wanted))
		return;
	/* R9: whom the other complaint is about does not learn of it. */
	if (!work->before->has_other || act_is_subject(other, orders->staff))
		orders_refuse(orders, NO_FOUND, NULL);
	else if (other->id == work->file.id)
		orders_refuse(orders, NO_MERGE_SELF, NULL);
	else if (!case_is_open(other->state))
		orders_refuse(orders, NO_MERGE_STATE,
		    case_state_word(other->state, orders_language(orders)));
	else if (is_same_owner(&work->file, other))
		merge_double(orders, command);
	else
		join_owners(orders);
}
