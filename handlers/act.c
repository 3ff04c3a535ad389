#include "handlers/act.h"

#include <string.h>

#include "handlers/clocks.h"
#include "lib/text.h"

void
act_record(struct work *work, const struct event *step)
{
	work_keep(work);
	struct effect *effect = effects_add(work->out, EFFECT_EVENT);

	effect->event = *step;
	effect->event.case_id = work->file.id;
	effect->event.state = work->file.state;
}

bool
act_move(struct work *work, enum case_state to, const struct event *step)
{
	if (!case_may_move(work->file.state, to))
		return false;
	work->file.state = to;
	act_record(work, step);
	return true;
}

void
act_is_handled(struct work *work, const struct staff *staff)
{
	work_keep(work);
	if (work->file.taken_at == 0)
		work->file.taken_at = work_now(work);
	clocks_stop(work, TIMER_TAKE);
	clocks_stop(work, TIMER_ALERT);
	if (staff != NULL && staff->level >= 2 &&
	    staff->level >= work->file.level)
		clocks_stop(work, TIMER_ESCALATION);
}

bool
act_take(struct work *work, const struct staff *staff)
{
	const struct event taken = { .name = "taken", .actor = staff->id };

	if (!case_is_open(work->file.state))
		return false;
	work->file.handler = staff->id;
	if (work->file.first_responder == NULL)
		work->file.first_responder = staff->id;
	if (!act_move(work, CASE_IN_PROGRESS, &taken))
		act_record(work, &taken);
	act_is_handled(work, staff);
	clocks_stop(work, TIMER_DISPATCH);
	return true;
}

void
act_resolve(struct work *work, const char *actor, const char *outcome)
{
	work->file.outcome = outcome;
	work->file.resolved_at = work_now(work);
	(void)act_move(work, CASE_RESOLVED,
	    &(struct event){
		.name = "resolved", .actor = actor, .text = outcome });
	clocks_stop_work(work);
}

void
act_has_replied(struct work *work, const struct staff *staff)
{
	work_keep(work);
	if (work->file.first_responder == NULL)
		work->file.first_responder = staff->id;
	if (work->file.first_reply_at == 0)
		work->file.first_reply_at = work_now(work);
	clocks_stop(work, TIMER_REPLY);
	clocks_stop(work, TIMER_CALL);
}

const struct staff *
act_first_responder(const struct work *work)
{
	return config_staff(work->ctx->conf, work->file.first_responder);
}

const struct staff *
act_handler(const struct work *work)
{
	return config_staff(work->ctx->conf, work->file.handler);
}

const struct staff *
act_head(const struct work *work)
{
	if (work->file.department == NULL)
		return NULL;
	return config_head(
	    work->ctx->conf, work->estate, work->file.department);
}

const struct staff *
act_level(const struct work *work, int level)
{
	for (; level <= LEVEL_MAX; level++) {
		const struct staff *staff =
		    config_level(work->ctx->conf, work->estate, level);

		if (staff != NULL && !act_is_subject(&work->file, staff))
			return staff;
	}
	return NULL;
}

static bool
is_named(const char *text, const struct staff *staff)
{
	if (text == NULL)
		return false;
	return (!text_is_empty(staff->name) && strstr(text, staff->name)) ||
	    (!text_is_empty(staff->name_en) && strcasestr(text, staff->name_en));
}

bool
act_is_subject(const struct case_file *file, const struct staff *staff)
{
	return file->kind == KIND_COMPLAINT &&
	    (is_named(file->text, staff) || is_named(file->subject, staff));
}
