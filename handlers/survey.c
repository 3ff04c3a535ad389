/*
 * The monthly sample: who is asked, and what they answer (R35, R37, R38).
 */
#include "core/calendar.h"
#include "core/survey.h"
#include "core/tone.h"
#include "handlers/act.h"
#include "handlers/cases.h"
#include "handlers/handlers.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "lib/arena.h"
#include "lib/text.h"

enum { SUPERVISOR = 2 };

/* ---- asking ---- */

static msec_t
next_month(const struct work *work)
{
	return round_monthly_next(
	    work->ctx->conf, work->estate, 1, work_now(work));
}

/* By mail where they have one, it costs nothing; and nobody who opted out
 * since they were drawn (R53). */
static bool
channel_to(
    const struct work *work, const struct owner *owner, enum channel *ret)
{
	if (tell_may_ask(work, owner, CHANNEL_MAIL, "survey"))
		*ret = CHANNEL_MAIL;
	else if (tell_may_ask(work, owner, CHANNEL_SMS, "survey"))
		*ret = CHANNEL_SMS;
	else
		return false;
	return true;
}

/* One number may stand for two flats. */
static bool
is_asked_now(const struct work *work, const char *address)
{
	for (size_t i = 0; i < work->out->count; i++)
		if (work->out->list[i].kind == EFFECT_SURVEY_NEWS &&
		    text_eq(work->out->list[i].survey.address, address))
			return true;
	return false;
}

/* The row and the message are one transaction: nobody is asked twice. */
static void
ask(struct work *work, const struct survey_guest *guest)
{
	const struct owner *owner = &guest->owner;
	const char *address = "";
	struct effect *effect;
	enum channel channel;

	if (!guest->is_busy && channel_to(work, owner, &channel)) {
		address = channel == CHANNEL_MAIL ? owner->mail : owner->phone;
		if (is_asked_now(work, address))
			address = "";
	}
	effect = effects_add(work->out, EFFECT_SURVEY_NEWS);
	effect->survey.id = guest->survey.id;
	effect->survey.asked_at = work_now(work);
	effect->survey.address = address;
	if (*address == '\0')
		return;
	(void)tell_resident(work, owner, channel,
	    &(struct tell){ .name = "survey",
		.reply = REPLY_OWNER,
		.is_automatic = true,
		.facts = { .scope = guest->survey.scope } });
}

static void
ask_all(struct work *work)
{
	const struct survey_turn *turn = &work->before->survey_turn;
	enum cap cap = tell_cap(work, NULL);

	/* Nothing is lost by asking tomorrow. */
	if (cap != CAP_NONE) {
		tell_note_cap(work, cap, "survey", false);
		round_next(work, work_now(work), work_now(work) + MSEC_DAY);
		return;
	}
	for (size_t i = 0; i < turn->guest_count; i++)
		ask(work, &turn->guests[i]);
	round_next(work, work_now(work),
	    turn->waiting > (int64_t)turn->guest_count
		? work_now(work) + MSEC_MINUTE
		: next_month(work));
}

static void
draw(struct work *work)
{
	const struct survey_draw *drawn = &work->before->survey_turn.draw;

	if (drawn->count == 0) {
		round_next(work, work_now(work), next_month(work));
		return;
	}
	effects_add(work->out, EFFECT_SURVEY_DRAW)->draw = *drawn;
	(void)tell_staff(work, act_level(work, SUPERVISOR),
	    &(struct tell){ .name = "survey_drawn",
		.facts = { .scope = drawn->scope,
		    .count = (int)drawn->count,
		    .reason = drawn->seed,
		    .who = arena_printf(
			work->arena, "%lld", (long long)drawn->households) } });
	round_next(work, work_now(work), work_now(work) + 1);
}

void
survey_round(struct work *work)
{
	const struct rules *rules = &work->ctx->conf->rules;
	msec_t now = work_now(work);
	msec_t decent = calendar_within(work->estate->calendar, now,
	    rules->survey_from_minute, rules->survey_to_minute);

	if (!work->estate->has_survey)
		round_next(work, now, next_month(work));
	/* A desk that stood still does not ask at night. */
	else if (decent > now)
		round_next(work, now, decent);
	else if (work->before->survey_turn.guest_count > 0)
		ask_all(work);
	else
		draw(work);
}

/* ---- what they answer ---- */

bool
survey_matches(const struct work *work)
{
	return work->staff == NULL && work_answers_survey(work) &&
	       (work->seen.kind == KIND_RATING ||
		   work->seen.kind == KIND_FOLLOWUP);
}

static void
keep_answer(struct work *work, int score, case_id opened)
{
	struct effect *effect = effects_add(work->out, EFFECT_SURVEY_NEWS);

	effect->survey = (struct survey_news){
		.id = work->before->survey.id,
		.answered_at = work_now(work),
		.channel = work->in->message->channel,
		.score = score,
		.text = work->in->message->own,
		.opened = opened,
	};
}

/* A low score without a word: somebody asks what is wrong (R34). */
static void
suppose_scope(struct work *work)
{
	const char *scope = work->before->survey.scope;

	work->seen.kind = KIND_COMPLAINT;
	work->seen.severity = SEVERITY_NORMAL;
	work->seen.category =
	    estate_category(work->estate, scope) != NULL ? scope : "service";
}

/* "2, when is the lift repaired?" asks, but is an opinion all the same that
 * the department hears of (R28). */
static void
take_as_complaint(struct work *work)
{
	if (work->seen.kind != KIND_INQUIRY &&
	    work->seen.kind != KIND_SUGGESTION)
		return;
	work->seen.kind = KIND_COMPLAINT;
	if (work->seen.severity < SEVERITY_NORMAL)
		work->seen.severity = SEVERITY_NORMAL;
}

static void
open_matter(struct work *work, int score)
{
	const char *subject = sentence(WHY_SURVEY, work->estate->language,
	    score == 0 ? "—" : arena_printf(work->arena, "%d", score),
	    work->arena);

	cases_open(work, &(struct matter){ .kind = work->seen.kind,
			     .subject = subject,
			     .linked_to = "survey" });
	/* After the case, whose row it names. */
	if (work->has_case)
		keep_answer(work, score, work->file.id);
}

/* Neither a score nor a matter: a number beyond the scale is asked again,
 * once; kind words are kept. */
static void
answer_rest(struct work *work)
{
	const struct survey *survey = &work->before->survey;
	struct effect *effect;

	work_bin(work, "handled", "survey");
	if (!tone_is_number(work->in->message->own, work->arena)) {
		keep_answer(work, 0, 0);
		return;
	}
	if (survey->asked_again)
		return;
	effect = effects_add(work->out, EFFECT_SURVEY_NEWS);
	effect->survey.id = survey->id;
	effect->survey.asked_again = true;
	(void)tell_sender(work, &(struct tell){ .name = "survey_again",
				    .reply = REPLY_OWNER,
				    .is_automatic = true });
}

void
survey_run(struct work *work)
{
	const char *own = work->in->message->own, *rest = own;
	int score = work->seen.kind == KIND_RATING ? work->seen.score : 0;
	bool is_low = survey_is_low(score);
	/* Danger is told in any words, beside any score (R24). */
	bool has_words = score == 0 || survey_asks_more(own, score, &rest) ||
			 work->seen.severity == SEVERITY_EMERGENCY;
	bool is_matter;

	if (has_words)
		work_understand_words(work, rest);
	if (work->failed)
		return;
	is_matter = has_words && kind_makes_case(work->seen.kind) &&
		    work->seen.kind != KIND_PRAISE;
	if (is_low && !is_matter)
		suppose_scope(work);
	else if (is_low)
		take_as_complaint(work);
	if (is_low || is_matter)
		open_matter(work, score);
	else if (score == 0)
		answer_rest(work);
	else {
		work_bin(work, "handled", "survey");
		keep_answer(work, score, 0);
	}
}
