#include "handlers/callback.h"
#include "handlers/cases.h"
#include "handlers/cases_fill.h"

#include "core/calendar.h"
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/emergency.h"
#include "handlers/incident.h"
#include "handlers/sentences.h"
#include "handlers/soothe.h"
#include "handlers/tell.h"
#include "lib/text.h"

/* R16: the duty agent; L2 where the roster has a gap.  Nobody who is
 * complained about (R9). */
static const struct staff *
find_first_responder(const struct work *work)
{
	const struct config *conf = work->ctx->conf;
	const struct staff *duty = act_on_duty(work);

	if (duty != NULL && !act_is_subject(&work->file, duty))
		return duty;
	for (size_t i = 0; duty != NULL && i < conf->staff_count; i++) {
		const struct staff *other = &conf->staff[i];

		if (other->level == 1 && staff_serves(other, work->estate) &&
		    !act_is_subject(&work->file, other) &&
		    !act_is_away(work, other))
			return other;
	}
	return act_level(work, 2);
}

/* ---- whose it is ---- */

static void
dispatch(struct work *work)
{
	const struct category *category =
	    estate_category(work->estate, work->file.category);

	if (category == NULL || category->person_decides)
		return;
	/* rules.md 5.37: the first department is no change of department. */
	work->file.department = category->department;
	if (work->file.department != NULL)
		act_record(work,
		    &(struct event){ .name = "assigned",
			.actor = ACTOR_DESK,
			.reason = work->file.department });
}

/* ---- what is said ---- */

static bool
lacks_place(const struct work *work)
{
	return place_is_empty(&work->file.place) &&
	    (work->file.kind == KIND_COMPLAINT ||
		work->file.kind == KIND_REQUEST);
}

/* Who texts from a short code, a landline, or where a cap is reached, cannot
 * be told that we have it (R3): somebody calls.  Staff who log a matter know. */
static void
ask_to_call(struct work *work, const char *name)
{
	enum channel channel;

	if (work->staff != NULL || tell_owner_channel(work, name, &channel))
		return;
	tell_phone_task(work,
	    tell_owner_is_capped(work) ? "sms_limit" : "no_address",
	    sentence(tell_why_no_way(work, name), work->estate->language,
		NULL, work->arena),
	    NULL);
}

/* Some gateways send no question of ours: then the number goes without it, and
 * somebody asks (R6). */
static bool
can_only_acknowledge(const struct work *work)
{
	enum channel channel;

	return !tell_owner_channel(work, "ack_clarify", &channel) &&
	       tell_owner_channel(work, "ack", &channel);
}

static void
choose_ack(const struct work *work, struct tell *ack)
{
	/* One message: the question comes with the number (R6). */
	if (lacks_place(work) && !can_only_acknowledge(work)) {
		ack->name = "ack_clarify";
		ack->facts.asks_place = true;
	} else if (work->file.agitated) {
		ack->name = "ack_soothe";
		ack->facts.at = soothe_call_due(work);
	}
}

/* Who was asked has time to answer; else somebody telephones. */
static void
mind_place(struct work *work, bool was_asked)
{
	const struct span wait = work->ctx->conf->rules.clarify_wait;

	if (!was_asked && can_only_acknowledge(work))
		tell_phone_task(work, "no_template",
		    sentence(WHY_ASK_PLACE, work->estate->language, NULL,
			work->arena),
		    NULL);
	if (!was_asked)
		return;
	act_record(work,
	    &(struct event){ .name = "clarify_asked", .actor = ACTOR_DESK });
	clocks_set(work, TIMER_CLARIFY, 0,
	    span_end(work->estate->calendar, work_now(work), &wait));
}

static void
acknowledge(struct work *work)
{
	const struct case_file *file = &work->file;
	struct tell ack = {
		.name = "ack",
		.reply = REPLY_OWNER,
		.is_automatic = true,
	};

	if (file->incident != 0)
		ack.facts.incident_word =
		    incident_known(&work->before->near, work_now(work));
	if (file->severity == SEVERITY_EMERGENCY) {
		emergency_acknowledge(work, ack.facts.incident_word);
		return;
	}
	choose_ack(work, &ack);
	/* Words to all are never cut: they follow by themselves. */
	if (ack.facts.incident_word != NULL &&
	    !tell_owner_goes_whole(work, &ack)) {
		incident_tell_apart(work, ack.facts.incident_word);
		ack.facts.incident_word = NULL;
	}
	out_id out = tell_owner(work, &ack);

	if (out == 0)
		ask_to_call(work, ack.name);
	else if (lacks_place(work))
		mind_place(work, ack.facts.asks_place);
}

static void
tell_workers(struct work *work)
{
	const struct passed_part *parts;
	size_t count = tell_parts(work, &parts);
	const struct staff *supervisor = act_level(work, 2);
	struct tell tell = {
		.name = "new_case",
		.reply = REPLY_MATTER,
		.parts = parts,
		.part_count = count,
		.facts = { .photos = (int)count,
		    .reason = tell_cut(work),
		    .at = work->file.agitated ? soothe_call_due(work) : 0 },
	};

	if (work->file.severity == SEVERITY_EMERGENCY)
		emergency_start(work, ACTOR_DESK, parts, count);
	/* An alarm masks the owner (rules.md 5.35); who works on it must be
	 * able to call them. */
	(void)tell_staff(work, act_first_responder(work), &tell);
	(void)tell_staff(work, act_head(work), &tell);
	/* R12: a major matter is reported upward at once, and so is abuse
	 * (R45). */
	if (work->file.severity == SEVERITY_MAJOR)
		tell_staff_twice(work, supervisor, &tell);
	else if (work->file.severity == SEVERITY_EMERGENCY ||
	    work->file.hostile)
		(void)tell_staff(work, supervisor, &tell);
}

static void
set_first_responder(struct work *work, const struct matter *matter)
{
	const struct staff *staff = matter->by;

	/* Who is complained about writes it down, and no more (R9). */
	if (staff == NULL || act_is_subject(&work->file, staff))
		staff = find_first_responder(work);
	if (staff != NULL)
		work->file.first_responder = staff->id;
}

void
cases_open(struct work *work, const struct matter *matter)
{
	const char *actor = matter->by != NULL ? matter->by->id : ACTOR_OWNER;
	struct meeting meeting;

	cases_fill(work, matter);
	if (incident_must_look(work))
		return;
	work_keep(work);
	cases_bind_contact(work, matter);
	set_first_responder(work, matter);
	work_attach(work);
	act_record(work,
	    &(struct event){ .name = "created",
		.actor = actor,
		.reason = matter->linked_to,
		.text = work->file.text });
	if (work->before->sender.is_opted_out &&
	    work->in->message->channel == CHANNEL_SMS)
		act_record(work,
		    &(struct event){
			.name = "sms_allowed", .actor = ACTOR_OWNER });
	dispatch(work);
	meeting = incident_meet(work, true);
	clocks_start(work, work->in->received_at);
	/* Who has the incident has it already. */
	if (work->file.taken_at != 0)
		clocks_stop(work, TIMER_TAKE);
	if (text_eq(matter->linked_to, CALLBACK)) {
		callback_open(work);
	} else {
		acknowledge(work);
		tell_workers(work);
	}
	soothe_ask_for_call(work);
	incident_announce(work, &meeting);
}

void
cases_open_unreadable(struct work *work, const char *reason)
{
	struct case_file *file = &work->file;

	*file = (struct case_file){
		.id = work->next_case++,
		.number = cases_new_number(work),
		.estate = work->estate->id,
		.state = CASE_NEW,
		.kind = KIND_UNCLEAR,
		.category = "other",
		.severity = SEVERITY_NORMAL,
		.language = work->estate->language,
		.level = 1,
		.received_at = work->in->received_at,
	};
	work->has_case = true;
	work_keep(work);
	set_first_responder(work, &(struct matter){ 0 });
	work_attach(work);
	act_record(work,
	    &(struct event){
		.name = "created", .actor = ACTOR_DESK, .reason = reason });
	clocks_start(work, work->in->received_at);
	(void)tell_staff(work, act_first_responder(work),
	    &(struct tell){ .name = "unreadable",
		.reply = REPLY_INTERNAL,
		.facts = { .reason = reason, .at = file->take_due } });
}
