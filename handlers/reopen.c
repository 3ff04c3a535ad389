/*
 * A case goes back to work (R39, rules.md 5.23).
 */
#include "core/calendar.h"
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/reopen.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "lib/text.h"

const struct staff *
reopen_reviewer(const struct work *work, int level)
{
	const struct staff *reviewer = act_level(work, level);

	while (reviewer != NULL && reviewer->level < LEVEL_MAX &&
	    text_eq(reviewer->id, work->file.handler))
		reviewer = act_level(work, reviewer->level + 1);
	return reviewer;
}

/* With what the owner sent to show it. */
static void
tell_reopened_staff(struct work *work, const char *text)
{
	struct tell tell = {
		.name = "reopened_staff",
		.reply = REPLY_MATTER,
		.facts = { .words = text,
		    .holder = act_handler(work),
		    .at = work->file.reply_due },
	};

	if (work->staff == NULL)
		tell.part_count = tell_parts(work, &tell.parts);
	tell.facts.photos = (int)tell.part_count;
	tell_handlers(work, &tell);
}

static void
review_above(struct work *work, const char *code)
{
	struct case_file *file = &work->file;
	const struct span take = work->ctx->conf->rules.escalation_take;
	const struct staff *reviewer;
	int level = file->level + 1;

	/* A second reopening goes to L4 at least (R39). */
	if (file->reopened >= 2 && level < 4)
		level = 4;
	if (level > LEVEL_MAX)
		level = LEVEL_MAX;
	reviewer = reopen_reviewer(work, level);
	if (reviewer == NULL)
		return;
	file->level = reviewer->level;
	file->handler = reviewer->id;
	act_record(work,
	    &(struct event){ .name = "escalated",
		.actor = ACTOR_DESK,
		.level = file->level,
		.reason = code });
	/* Like any escalation it must be taken (R27). */
	clocks_set(work, TIMER_ESCALATION, file->level,
	    span_end(work->estate->calendar, work_now(work), &take));
}

bool
reopen_case(struct work *work, const char *actor, const char *code,
    const char *text, bool is_up)
{
	struct case_file *file = &work->file;
	const struct event reopened = {
		.name = "reopened", .actor = actor, .reason = code, .text = text
	};

	if (!act_move(work, CASE_REOPENED, &reopened))
		return false;
	file->reopened++;
	file->taken_at = file->first_reply_at = 0;
	file->resolved_at = file->fed_back_at = 0;
	clocks_promise(work, 0);
	file->outcome_out = 0;
	clocks_stop(work, TIMER_RATING);
	clocks_stop(work, TIMER_CLOSE);
	clocks_start(work, work_now(work));
	if (is_up)
		review_above(work, code);
	tell_reopened_staff(work, text);
	return true;
}

void
reopen_tell_owner(struct work *work)
{
	out_id out = tell_owner(work,
	    &(struct tell){ .name = "reopened",
		.reply = REPLY_OWNER,
		.is_automatic = true,
		.facts = { .holder = act_handler(work),
		    .at = work->file.reply_due } });

	if (out == 0)
		tell_phone_task(work, "reply_time",
		    sentence(tell_why_no_way(work, "reopened"),
			work->estate->language, NULL, work->arena),
		    NULL);
	else
		act_record(work,
		    &(struct event){ .name = "owner_told_reply_time",
			.actor = ACTOR_DESK,
			.out = out });
}
