/*
 * A decision's effects become rows, in order.
 */
#include "core/effect.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/brakes.h"
#include "store/bundles.h"
#include "store/case_row.h"
#include "store/cases.h"
#include "store/events.h"
#include "store/incidents.h"
#include "store/home_visits.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "store/owners.h"
#include "store/plans.h"
#include "store/rounds.h"
#include "store/staff.h"
#include "store/statistics.h"
#include "store/store.h"
#include "store/surveys.h"

struct apply {
	struct store *store;
	const struct effects *effects;
	int64_t inbox;
	msec_t now;
	case_id last_case; /* that a contact belongs to */
	int64_t contact;
	case_id rated;
	int score;
	bool is_settled; /* the message has found its end (R1) */
};

static int
do_case(struct apply *apply, const struct effect *effect, struct err *err)
{
	apply->last_case = effect->the_case.id;
	return case_save(apply->store, &effect->the_case, err);
}

static int
do_event(struct apply *apply, const struct effect *effect, struct err *err)
{
	return event_add(
	    apply->store, &effect->event, apply->inbox, apply->now, err);
}

/* Several people are often told the same: the first message of this case with
 * the words of `out', or 0. */
static out_id
said_before(const struct apply *apply, const struct outgoing *out)
{
	for (size_t i = 0; i < apply->effects->count; i++) {
		const struct effect *effect = &apply->effects->list[i];

		if (&effect->send == out)
			break;
		if (effect->kind == EFFECT_SEND && out->case_id != 0 &&
		    effect->send.case_id == out->case_id &&
		    text_eq(effect->send.text, out->text) &&
		    text_eq(effect->send.layout, out->layout))
			return effect->send.id;
	}
	return 0;
}

static int
do_send(struct apply *apply, const struct effect *effect, struct err *err)
{
	const struct outgoing *out = &effect->send;

	if (out->channel == CHANNEL_SMS &&
	    sms_spend(apply->store, out->sender, out->sms_parts, apply->now,
		err) < 0)
		return -1;
	return out_add(apply->store, out, said_before(apply, out), err);
}

static int
do_timer_set(struct apply *apply, const struct effect *effect, struct err *err)
{
	return timer_set(apply->store, &effect->timer, err);
}

static int
do_timer_cancel(
    struct apply *apply, const struct effect *effect, struct err *err)
{
	return timer_cancel(
	    apply->store, effect->timer.case_id, effect->timer.kind, err);
}

static int
do_attach(struct apply *apply, const struct effect *effect, struct err *err)
{
	apply->is_settled = true;
	return inbox_set_state(apply->store, apply->inbox, INBOX_DONE, NULL,
	    NULL, effect->attach, err);
}

static int
do_vouch(struct apply *apply, const struct effect *effect, struct err *err)
{
	int moved = inbox_vouch(apply->store, effect->vouch.inbox,
	    effect->vouch.staff, err);

	/* Done already, or forgotten meanwhile: nothing is done twice. */
	return moved < 0 ? -1 : 0;
}

static int
do_bin(struct apply *apply, const struct effect *effect, struct err *err)
{
	apply->is_settled = true;
	if (effect->bin.twin != 0 && inbox_set_twin(apply->store, apply->inbox,
					 effect->bin.twin, err) < 0)
		return -1;
	return inbox_set_state(apply->store, apply->inbox, INBOX_BINNED,
	    effect->bin.bin, effect->bin.reason, 0, err);
}

static int
do_out_state(struct apply *apply, const struct effect *effect, struct err *err)
{
	const struct out_news news = {
		.out = effect->out_state.out,
		.state = effect->out_state.state,
		.report_due = effect->out_state.report_due,
		.answer = effect->out_state.reason,
	};
	int moved = out_move(apply->store, &news, apply->now, err);

	/* Having gone further already is no failure. */
	return moved < 0 ? -1 : 0;
}

static int
do_opt(struct apply *apply, const struct effect *effect, struct err *err)
{
	return opt_set(
	    apply->store, &effect->opt, apply->inbox, apply->now, err);
}

static int
do_contact(struct apply *apply, const struct effect *effect, struct err *err)
{
	return owner_add_contact(
	    apply->store, &effect->contact, apply->now, &apply->contact, err);
}

static int
do_rating(struct apply *apply, const struct effect *effect, struct err *err)
{
	apply->rated = effect->rating.case_id;
	apply->score = effect->rating.score;
	return rating_add(apply->store, effect->rating.case_id,
	    effect->rating.score, effect->rating.text, apply->now, err);
}

static int
do_braked(struct apply *apply, const struct effect *effect, struct err *err)
{
	return braked_add(apply->store,
	    &(struct braked){ .estate = effect->braked.estate,
		.template_name = effect->braked.template_name,
		.cap = effect->braked.cap,
		.case_id = effect->braked.case_id,
		.went = effect->braked.went },
	    apply->now, err);
}

static int
do_round(struct apply *apply, const struct effect *effect, struct err *err)
{
	return round_set(apply->store, &effect->round, err);
}

static int
do_release(struct apply *apply, const struct effect *effect, struct err *err)
{
	out_id confirmation = effect->release.confirmation;
	msec_t due = effect->release.due;

	if (out_release(apply->store, confirmation, due, err) < 0)
		return -1;
	return incident_words_release(apply->store, confirmation, due, err);
}

static int
do_incident(struct apply *apply, const struct effect *effect, struct err *err)
{
	return incident_save(apply->store, &effect->incident, err);
}

static int
do_join(struct apply *apply, const struct effect *effect, struct err *err)
{
	return incident_join(apply->store, effect->join.case_id,
	    effect->join.incident, effect->join.told, err);
}

static int
do_word(struct apply *apply, const struct effect *effect, struct err *err)
{
	return incident_word_add(apply->store, &effect->word, err);
}

static int
do_word_undo(struct apply *apply, const struct effect *effect, struct err *err)
{
	return incident_word_undo(apply->store, effect->word_undo, err);
}

static int
do_ring(struct apply *apply, const struct effect *effect, struct err *err)
{
	return incident_ring(
	    apply->store, effect->ring.incident, effect->ring.due, err);
}

static int
do_leave(struct apply *apply, const struct effect *effect, struct err *err)
{
	const struct absence *absence = &effect->leave.absence;

	if (absence_set(apply->store, absence, apply->now, err) < 0)
		return -1;
	/* Of a short one nobody need hand over; a row that an earlier word
	 * set finds out by itself when it is due. */
	if (!effect->leave.is_long)
		return 0;
	return handover_want(apply->store, absence->staff, absence->from, err);
}

static int
do_pin(struct apply *apply, const struct effect *effect, struct err *err)
{
	if (pin_set(apply->store, effect->pin.staff, &effect->pin.pin,
		apply->now, err) < 0)
		return -1;
	return inbox_forget_raw(apply->store, apply->inbox, err);
}

static int
do_confirm(struct apply *apply, const struct effect *effect, struct err *err)
{
	return owner_confirm(apply->store, effect->confirm, err);
}

static int
do_draw(struct apply *apply, const struct effect *effect, struct err *err)
{
	return survey_draw_add(apply->store, &effect->draw, apply->now, err);
}

static int
do_survey(struct apply *apply, const struct effect *effect, struct err *err)
{
	return survey_note(apply->store, &effect->survey, err);
}

static int
do_plan(struct apply *apply, const struct effect *effect, struct err *err)
{
	return plan_save(apply->store, &effect->plan, err);
}

static int
do_plan_request(
    struct apply *apply, const struct effect *effect, struct err *err)
{
	return plan_request_save(apply->store, &effect->plan_request, err);
}

static int
do_excuse(struct apply *apply, const struct effect *effect, struct err *err)
{
	return excuse_save(apply->store, &effect->excuse, err);
}

static int
do_home_visit(struct apply *apply, const struct effect *effect, struct err *err)
{
	return home_visit_add(
	    apply->store, &effect->home_visit, apply->now, err);
}

static int
do_home_visit_news(
    struct apply *apply, const struct effect *effect, struct err *err)
{
	return home_visit_note(
	    apply->store, &effect->home_visit_news, apply->now, err);
}

static int
do_notice(struct apply *apply, const struct effect *effect, struct err *err)
{
	return notice_join(apply->store, effect->notice.out,
	    effect->notice.bundle, effect->notice.sender, apply->now, err);
}

static int (*const doers[])(
    struct apply *apply, const struct effect *effect, struct err *err) = {
	[EFFECT_CASE] = do_case,
	[EFFECT_EVENT] = do_event,
	[EFFECT_SEND] = do_send,
	[EFFECT_TIMER_SET] = do_timer_set,
	[EFFECT_TIMER_CANCEL] = do_timer_cancel,
	[EFFECT_ATTACH] = do_attach,
	[EFFECT_VOUCH] = do_vouch,
	[EFFECT_BIN] = do_bin,
	[EFFECT_OUT_STATE] = do_out_state,
	[EFFECT_BRAKED] = do_braked,
	[EFFECT_OPT] = do_opt,
	[EFFECT_CONTACT] = do_contact,
	[EFFECT_RATING] = do_rating,
	[EFFECT_ROUND_SET] = do_round,
	[EFFECT_RELEASE] = do_release,
	[EFFECT_INCIDENT] = do_incident,
	[EFFECT_JOIN] = do_join,
	[EFFECT_WORD] = do_word,
	[EFFECT_WORD_UNDO] = do_word_undo,
	[EFFECT_INCIDENT_RING] = do_ring,
	[EFFECT_LEAVE] = do_leave,
	[EFFECT_PIN] = do_pin,
	[EFFECT_CONFIRM] = do_confirm,
	[EFFECT_SURVEY_DRAW] = do_draw,
	[EFFECT_SURVEY_NEWS] = do_survey,
	[EFFECT_PLAN] = do_plan,
	[EFFECT_PLAN_REQUEST] = do_plan_request,
	[EFFECT_EXCUSE] = do_excuse,
	[EFFECT_HOME_VISIT] = do_home_visit,
	[EFFECT_HOME_VISIT_NEWS] = do_home_visit_news,
	[EFFECT_NOTICE] = do_notice,
};

/* Last, because the case's own effect would overwrite it. */
static int
amend_cases(struct apply *apply, struct err *err)
{
	if (apply->contact != 0 && apply->last_case != 0 &&
	    case_set_owner(
		apply->store, apply->last_case, apply->contact, err) < 0)
		return -1;
	if (apply->rated == 0)
		return 0;
	return case_set_rating(apply->store, apply->rated, apply->score, err);
}

int
store_apply(struct store *store, const struct effects *effects, int64_t inbox,
    msec_t now, struct err *err)
{
	struct apply apply = {
		.store = store,
		.effects = effects,
		.inbox = inbox,
		.now = now,
	};

	for (size_t i = 0; i < effects->count; i++) {
		const struct effect *effect = &effects->list[i];

		if (doers[effect->kind](&apply, effect, err) < 0)
			return err_wrap(err, "effect %zu", i + 1);
	}
	if (inbox != 0 && !apply.is_settled)
		return err_set(err, ERR_BUG, "message %lld would end nowhere",
		    (long long)inbox);
	return amend_cases(&apply, err);
}
