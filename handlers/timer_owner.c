/*
 * What the owner hears when nobody writes: that it goes on (R14), a question
 * how it was (R34), and the quiet end (rules.md 5.22).
 */
#include "core/calendar.h"
#include "core/deadlines.h"
#include "core/survey.h"
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "handlers/timer.h"
#include "lib/text.h"

enum { NEWS_ASK, NEWS_TELL };
/* Days on which a rating that a cap stops is asked for again. */
enum { RATING_TRIES = 3 };

static const char rating_request[] = "rating_request";

/* When they hear again, at the latest: the time that the text names. */
static msec_t
next_news(const struct work *work)
{
	const struct span span = deadlines_span(
	    work->ctx->conf, work->estate, &work->file, TIMER_NEWS);
	msec_t next =
	    span_end(work->estate->calendar, work_now(work), &span);
	msec_t reply =
	    work->file.first_reply_at == 0 ? work->file.reply_due : 0;

	return reply > work_now(work) && reply < next ? reply : next;
}

/* The ladder speaks to the owner in this very minute (R23): one message is
 * enough, and its answer time says more. */
static bool
ladder_speaks_now(struct work *work)
{
	static const enum timer_kind duties[] = { TIMER_REPLY, TIMER_OUTCOME,
		TIMER_PROMISE };
	msec_t now = work_now(work);

	for (size_t i = 0; i < ARRAY_COUNT(duties); i++) {
		msec_t due = *deadlines_due(&work->file, duties[i]);

		if (due == 0 || (duties[i] == TIMER_REPLY &&
			work->file.first_reply_at != 0))
			continue;
		for (int step = STEP_DUE; step <= STEP_LAST; step++) {
			msec_t gap = clocks_step_at(work, step, due) - now;

			if (gap > -MSEC_MINUTE && gap < MSEC_MINUTE &&
			    (step == STEP_DUE || work->file.level <= step))
				return true;
		}
	}
	return false;
}

void
timer_news(struct work *work)
{
	enum channel channel;

	if (!case_is_open(work->file.state) || work->file.news_due == 0)
		return;
	/* Staff are asked before the desk has to speak for them. */
	if (work->in->timer.step == NEWS_ASK) {
		tell_handlers(work,
		    &(struct tell){ .name = "reminder",
			.reply = REPLY_INTERNAL,
			.facts = { .wanted = TIMER_NEWS,
			    .at = work->file.news_due } });
		act_record(work,
		    &(struct event){ .name = "reminded",
			.actor = ACTOR_DESK,
			.reason = timer_kind_name(TIMER_NEWS) });
		clocks_set(work, TIMER_NEWS, NEWS_TELL, work->file.news_due);
		return;
	}
	if (ladder_speaks_now(work)) {
		clocks_owner_heard(work);
		return;
	}
	out_id out = tell_owner(work, &(struct tell){ .name = "news",
					  .reply = REPLY_OWNER,
					  .is_automatic = true,
					  .facts = { .at = next_news(work) } });

	if (out != 0) {
		act_record(work,
		    &(struct event){
			.name = "news", .actor = ACTOR_DESK, .out = out });
		return;
	}
	/* A brake passes by itself; where there is no address somebody
	 * telephones, again and again in the same rhythm. */
	if (tell_owner_channel(work, "news", &channel) == 0)
		tell_phone_task(work, "news",
		    timer_say(work, tell_why_no_way(work, "news")), NULL);
	clocks_owner_heard(work);
}

/* Since the work was last taken up again. */
static bool
is_rated(const struct work *work)
{
	const struct snapshot *before = work->before;

	if (work->file.rating == 0)
		return false;
	for (size_t i = before->event_count; i > 0; i--) {
		const char *name = before->events[i - 1].name;

		if (text_eq(name, "rated"))
			return true;
		if (text_eq(name, "reopened"))
			return false;
	}
	return true;
}

/* Who wants no surveys gets none, even where their case may go on by text
 * (R53, rules.md 5.7). */
static bool
may_survey(const struct work *work, enum channel channel)
{
	const struct snapshot *before = work->before;

	return tell_may_reach(work, channel) &&
	    tell_can_say(work, channel, rating_request) &&
	    !(channel == CHANNEL_SMS ? before->phone_opted_out :
					 before->mail_opted_out);
}

static out_id
ask_rating(struct work *work)
{
	enum channel first = work->file.channel;
	enum channel other = first == CHANNEL_MAIL ? CHANNEL_SMS : CHANNEL_MAIL;
	const struct tell tell = { .name = rating_request,
		.reply = REPLY_OWNER,
		.is_automatic = true };

	if (may_survey(work, first))
		return tell_owner_by(work, first, &tell);
	return may_survey(work, other) ? tell_owner_by(work, other, &tell) : 0;
}

/* It keeps, but not for ever. */
static void
ask_tomorrow(struct work *work)
{
	int step = work->in->timer.step;

	tell_note_cap(work, tell_cap(work, work->file.phone), rating_request,
	    false);
	if (step < RATING_TRIES)
		clocks_set(work, TIMER_RATING, step + 1,
		    work_now(work) + MSEC_DAY);
}

void
timer_rating(struct work *work)
{
	enum case_state state = work->file.state;

	if ((state != CASE_FED_BACK && state != CASE_CLOSED) ||
	    is_rated(work) || !survey_asks_rating(&work->file))
		return;
	out_id out = ask_rating(work);

	if (out != 0)
		act_record(work,
		    &(struct event){ .name = "rating_asked",
			.actor = ACTOR_DESK,
			.out = out });
	else if (tell_owner_is_capped(work))
		ask_tomorrow(work);
}

void
timer_close(struct work *work)
{
	/* R34: whoever hears how it was lets it close. */
	if (work->file.state != CASE_FED_BACK || visit_is_owed(work->file.visit))
		return;
	/* R25: not while a report is owed. */
	if (work->file.after_reports > 0) {
		clocks_set(work, TIMER_CLOSE, 0, work_now(work) + MSEC_DAY);
		return;
	}
	(void)act_move(work, CASE_CLOSED,
	    &(struct event){ .name = "closed", .actor = ACTOR_DESK });
}
