/*
 * A colleague's mail program says that they are away (R27): no taking, but an
 * absence like one that they register themselves (R18, R46), and whoever
 * stands in for them gets what it was the answer to.
 */
#include "core/away.h"
#include "core/calendar.h"
#include "core/deadlines.h"
#include "core/roster.h"
#include "core/trust.h"
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/leave.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "lib/arena.h"
#include "lib/text.h"

static const char *
words_of(const struct work *work)
{
	const struct message *message = work->in->message;

	return arena_printf(work->arena, "%s\n%s",
	    text_or(message->subject, ""), text_or(message->own, ""));
}

bool
away_matches(const struct work *work)
{
	const struct snapshot *before = work->before;
	/* Headers of a machine leave work->staff unset. */
	const struct staff *staff = before->sender.staff;

	return work->in->kind == INPUT_MESSAGE && staff != NULL &&
	       work->in->message->channel == CHANNEL_MAIL &&
	       !work->in->message->bounce.is_bounce &&
	       (work->in->message->is_auto ||
		   machine_is_out_of_office(work)) &&
	       before->match == MATCH_TOKEN &&
	       text_eq(before->answered.person, staff->id) &&
	       trust_of(work->estate, work->in->message) != TRUST_FAILED &&
	       away_is_said(words_of(work), work->arena);
}

/* From now on they are away, for what this decision still says. */
static void
count_as_away(struct work *work, const struct absence *absence)
{
	struct snapshot *after = arena_alloc(work->arena, sizeof(*after));
	const struct absences *known = &work->before->absences;
	struct absence *list =
	    arena_array(work->arena, known->count + 1, sizeof(*list));

	for (size_t i = 0; i < known->count; i++)
		list[i] = known->list[i];
	list[known->count] = *absence;
	*after = *work->before;
	after->absences = (struct absences){ list, known->count + 1 };
	work->before = after;
}

/* What they were told, and will not read: whoever is there now. */
static void
hand_on(struct work *work, const struct staff *staff)
{
	const struct case_file *file = &work->file;
	const struct staff *stand_in = act_responder(work);

	if (!case_is_open(file->state) || stand_in == NULL ||
	    stand_in == staff ||
	    !(text_eq(file->first_responder, staff->id) ||
		text_eq(file->handler, staff->id)))
		return;
	work_keep(work);
	act_record(work, &(struct event){ .name = "away", .actor = staff->id });
	(void)tell_staff(work, stand_in,
	    &(struct tell){ .name = "notice",
		.reply = REPLY_MATTER,
		.facts = { .reason = sentence(WHY_STAND_IN, stand_in->language,
			       name_for(stand_in->language, staff->name,
				   staff->name_en),
			       work->arena) } });
}

void
away_run(struct work *work)
{
	const struct staff *staff = work->before->sender.staff;
	const struct rules *rules = &work->ctx->conf->rules;
	struct absence absence = { .staff = staff->id,
		.from = work_now(work),
		.to = away_until(work->estate, work_now(work), words_of(work),
		    work->arena) };

	work_bin(work, "auto", "out of office");
	/* Known already, by #leave or by the first such answer: L2 is told
	 * once. */
	if (act_is_away(work, staff))
		return;
	if (absence.to == 0)
		absence.to = span_end(work->estate->calendar, absence.from,
		    &rules->out_of_office);
	count_as_away(work, &absence);
	if (work->has_case) {
		hand_on(work, staff);
		work_leave_case(work);
	}
	leave_take(work, staff, &absence, work->in->message->own);
}
