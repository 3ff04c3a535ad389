/*
 * The owner writes again about a case (rules.md 4.3.3, 5.1, 5.23, R38, R39).
 */
#include "core/tone.h"
#include "handlers/act.h"
#include "handlers/cases.h"
#include "handlers/clocks.h"
#include "handlers/emergency.h"
#include "handlers/handlers.h"
#include "handlers/reopen.h"
#include "handlers/soothe.h"
#include "handlers/tell.h"
#include "lib/text.h"

bool
followup_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work_is_participant(work) &&
	    work->file.state != CASE_SPAM;
}

/* ---- where it leads ---- */

/* The outcome has left; its report may be long in coming (rules.md 5.22), and
 * who answers it has read it. */
static bool
has_outcome_sent(const struct work *work)
{
	const struct case_file *file = &work->file;

	return file->state == CASE_RESOLVED && file->outcome_out != 0 &&
	    work_now(work) - file->resolved_at >= tell_undo_time(work);
}

static bool
is_over(const struct work *work)
{
	return work->file.state == CASE_FED_BACK || has_outcome_sent(work) ||
	    case_is_ended(work->file.state);
}

bool
followup_objects(const struct work *work)
{
	return followup_matches(work) && is_over(work) &&
	    tone_is_not_fixed(work->in->message->own, work->arena);
}

/* rules.md 5.23: seven days from the outcome or closing. */
static bool
is_stale(const struct work *work)
{
	const struct case_file *file = &work->file;
	msec_t ended = file->closed_at > file->fed_back_at ?
	    file->closed_at : file->fed_back_at;
	msec_t limit = work->ctx->conf->rules.reopen_days * MSEC_DAY;

	if (file->state == CASE_RESOLVED)
		ended = file->resolved_at;
	return is_over(work) && (ended == 0 || work_now(work) - ended > limit);
}

/* ---- what is done ---- */

static void
record(struct work *work)
{
	work_attach(work);
	act_stop_waiting(work,
	    &(struct event){ .name = "followup",
		.actor = ACTOR_OWNER,
		.text = work->in->message->own });
	act_hear_subjects(work, work->in->message->own);
	/* They answered what we asked (R6). */
	clocks_stop(work, TIMER_CLARIFY);
	/* The conversation is with who is written to. */
	if (work->in->message->channel == CHANNEL_MAIL &&
	    work->in->message->message_id != NULL &&
	    text_eq_nocase(work->in->message->from.addr, work->file.mail))
		work->file.owner_last = work->in->message->message_id;
	if (place_is_empty(&work->file.place) &&
	    !place_is_empty(&work->seen.place)) {
		work->file.place = work->seen.place;
		/* Now its neighbours can be found. */
		clocks_set(work, TIMER_INCIDENT, 0, work_now(work));
	}
}

static void
tell_people(struct work *work)
{
	const struct passed_part *parts;
	size_t count = tell_parts(work, &parts);
	const struct tell tell = { .name = "followup",
		.reply = REPLY_MATTER,
		.parts = parts,
		.part_count = count,
		.facts = { .words = work->in->message->own,
		    .reason = tell_cut(work),
		    .photos = (int)count,
		    .at = clocks_told_time(work) } };

	tell_handlers(work, &tell);
	/* Who goes to an emergency reads no mail on the way; of texts only an
	 * alarm has words, masked. */
	if (work->file.severity == SEVERITY_EMERGENCY)
		(void)tell_staff_text(work, act_handler(work),
		    &(struct tell){ .name = "alert",
			.reply = REPLY_INTERNAL,
			.is_urgent = true,
			.facts = { .words = tell.facts.words,
			    .at = work->file.take_due } });
}

/* Their tone is heard in each message, not in the first one only: somebody
 * calls (R5), and of abuse the supervisor knows (R45). */
static void
hear_tone(struct work *work)
{
	struct case_file *file = &work->file;
	bool was_calm = !file->agitated;

	if (work->seen.hostile && !file->hostile) {
		file->hostile = true;
		(void)tell_staff(work, act_level(work, 2),
		    &(struct tell){ .name = "followup",
			.reply = REPLY_INTERNAL,
			.facts = { .words = work->in->message->own,
			    .at = clocks_told_time(work) } });
	}
	if (!was_calm || !work->seen.agitated ||
	    file->severity == SEVERITY_EMERGENCY)
		return;
	file->agitated = true;
	soothe_ask_for_call(work);
}

static void
reopen(struct work *work)
{
	const char *own = work->in->message->own;
	bool not_fixed = tone_is_not_fixed(own, work->arena);

	if (!reopen_case(work, ACTOR_OWNER,
		not_fixed ? "not_fixed" : "followup", own, not_fixed)) {
		tell_people(work);
		return;
	}
	reopen_tell_owner(work);
}

static void
raise_alarm(struct work *work)
{
	emergency_from_owner(work);
	/* An alarm masks the owner (rules.md 5.35). */
	tell_people(work);
}

/* Too long ago to be the same work: a case of its own, linked. */
static void
open_linked(struct work *work)
{
	const char *number = work->file.number;
	enum kind kind = work->file.kind;

	work_leave_case(work);
	work_understand(work,
	    work->before->sender.owner.id != 0 ? FROM_OWNER : FROM_UNKNOWN,
	    false);
	if (work->failed)
		return;
	if (kind_makes_case(work->seen.kind))
		kind = work->seen.kind;
	cases_open(work,
	    &(struct matter){
		.kind = kind_makes_case(kind) ? kind : KIND_INQUIRY,
		.subject = work->in->message->subject,
		.linked_to = number });
}

/* An emergency already; but it is another danger, or those who were alarmed
 * did not know where to go, and now they can; or nobody has taken it, and any
 * of them may be on the way. */
static bool
is_alarming(const struct work *work, bool was_lost)
{
	if (work->file.severity != SEVERITY_EMERGENCY)
		return false;
	return work->seen.severity == SEVERITY_EMERGENCY ||
	    (case_is_open(work->file.state) &&
		(work->file.taken_at == 0 ||
		    (was_lost && !place_is_empty(&work->file.place))));
}

void
followup_run(struct work *work)
{
	const char *own = work->in->message->own;
	bool was_lost = place_is_empty(&work->file.place);
	bool is_danger = work->seen.severity == SEVERITY_EMERGENCY &&
	    (work->file.severity != SEVERITY_EMERGENCY || is_over(work));
	bool is_thanks = work->in->message->attachment_count == 0 &&
	    (tone_is_thanks(own, work->arena) ||
		(is_over(work) && !is_danger &&
		    tone_is_satisfied(own, work->arena)));

	if (is_stale(work) && !is_thanks) {
		open_linked(work);
		return;
	}
	record(work);
	/* Thanks, and that what we did works, are kept and need nobody's
	 * time (rules.md 4.3.3). */
	if (is_thanks)
		return;
	hear_tone(work);
	if (is_danger || is_alarming(work, was_lost))
		raise_alarm(work);
	else if (is_over(work))
		reopen(work);
	else
		tell_people(work);
}
