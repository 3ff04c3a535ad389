/*
 * What the cases of an incident have in common: who has it, and how grave it
 * is.
 */
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/incident.h"
#include "handlers/tell.h"
#include "lib/text.h"

/* ---- what its cases have in common ---- */

void
incident_save_it(struct work *work)
{
	effects_add(work->out, EFFECT_INCIDENT)->incident = work->incident;
}

void
incident_wake(struct work *work, msec_t due)
{
	struct effect *effect = effects_add(work->out, EFFECT_INCIDENT_RING);

	effect->ring.incident = work->incident.id;
	effect->ring.due = due > work_now(work) ? due : work_now(work) + 1;
}

/* Once: staff may have lowered it again. */
static bool
was_raised(const struct work *work)
{
	for (size_t i = 0; i < work->before->event_count; i++) {
		const struct snapshot_event *event = &work->before->events[i];

		if (text_eq(event->name, "severity") &&
		    text_eq(event->reason, "hot"))
			return true;
	}
	return false;
}

static bool
raise_severity(struct work *work)
{
	if (!work->incident.is_raised ||
	    work->file.severity != SEVERITY_NORMAL || was_raised(work))
		return false;
	work->file.severity = SEVERITY_MAJOR;
	act_record(work,
	    &(struct event){
		.name = "severity", .actor = ACTOR_DESK, .reason = "hot" });
	return true;
}

/* Who has it now has the matter in their mail already. */
static void
tell_follower(
    struct work *work, const struct staff *had_it, const struct staff *had_head)
{
	const struct staff *handler = act_handler(work);
	const struct staff *to = handler != NULL ? handler : act_head(work);
	const size_t photos = work->before->case_part_count;

	if (to == had_it || to == had_head || to == act_first_responder(work))
		return;
	(void)tell_staff(work, to,
	    &(struct tell){ .name = "assigned",
		.reply = REPLY_MATTER,
		.parts = work->before->case_parts,
		.part_count = photos,
		.facts = { .holder = to, .photos = (int)photos } });
}

/* NULL where the incident has nobody and leaves it to its cases. */
static bool
is_led(const struct incident *it)
{
	return it->handler != NULL || it->department != NULL;
}

static bool
is_followed(const struct work *work)
{
	const struct incident *it = &work->incident;
	const struct case_file *file = &work->file;

	return text_eq(file->handler, it->handler) &&
	       (it->department == NULL ||
		   text_eq(file->department, it->department)) &&
	       (file->taken_at != 0 || !it->is_taken);
}

static void
follow_handler(struct work *work)
{
	const struct incident *it = &work->incident;
	struct case_file *file = &work->file;
	const struct staff *handler =
	    config_staff(work->ctx->conf, it->handler);
	const struct staff *had_it = act_handler(work);
	const struct staff *had_head = act_head(work);
	const struct event step = { .name = "assigned",
		.actor = ACTOR_DESK,
		.reason = text_or(it->handler, it->department) };
	enum case_state to = it->is_taken ? CASE_IN_PROGRESS : CASE_ASSIGNED;

	if (!is_led(it) || is_followed(work) ||
	    file->severity == SEVERITY_EMERGENCY ||
	    (handler != NULL && act_is_subject(file, handler)))
		return;
	work_keep(work);
	file->handler = it->handler;
	file->department = text_or(it->department, file->department);
	/* One that waits or is worked on stays where it is. */
	if ((file->state > CASE_ASSIGNED && file->state != CASE_REOPENED) ||
	    !act_move(work, to, &step))
		act_record(work, &step);
	act_is_handled(work, handler);
	clocks_stop(work, TIMER_DISPATCH);
	tell_follower(work, had_it, had_head);
}

bool
incident_adopt(struct work *work)
{
	bool is_raised = raise_severity(work);

	follow_handler(work);
	return is_raised;
}

void
incident_align(struct work *work)
{
	enum severity before = work->file.severity;

	if (case_is_open(work->file.state) && incident_adopt(work))
		clocks_regrade(work, before);
}

const struct staff *
incident_holder(const struct work *work)
{
	const struct incident *it = &work->incident;
	const struct staff *handler =
	    config_staff(work->ctx->conf, it->handler);

	if (handler != NULL)
		return handler;
	return it->department == NULL
		   ? act_head(work)
		   : config_head(work->ctx->conf, work->estate, it->department);
}

/* ---- staff change one of its cases ---- */

void
incident_follow(struct work *work, const struct case_file *before)
{
	struct incident *it = &work->incident;
	const struct case_file *file = &work->file;
	const struct staff *holder = incident_holder(work);

	if (!case_is_open(file->state))
		return;
	/* Another category has other neighbours. */
	if (file->incident == 0 && !text_eq(file->category, before->category))
		clocks_set(work, TIMER_INCIDENT, 0, work_now(work));
	if (file->incident == 0 || !it->is_open ||
	    (text_eq(file->handler, before->handler) &&
		text_eq(file->department, before->department)))
		return;
	it->handler = file->handler;
	it->department = file->department;
	it->is_taken = file->handler != NULL && file->state != CASE_ASSIGNED;
	incident_save_it(work);
	incident_wake(work, 0);
	if (incident_holder(work) == holder)
		return;
	(void)tell_staff(work, incident_holder(work),
	    &(struct tell){ .name = "hot",
		.reply = REPLY_INCIDENT,
		.facts = { .count = (int)work->before->incident.case_count } });
}
