/*
 * What the store knows about one input.
 */
#include "core/commands.h"
#include "core/phone.h"
#include "core/told.h"
#include "core/unicode.h"
#include "core/zone.h"
#include "desk/snapshot_parts.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/cases.h"
#include "store/inbox.h"
#include "store/incidents.h"
#include "store/owners.h"
#include "store/rounds.h"
#include "store/staff.h"
#include "store/surveys.h"

#define QUESTION_AGE_MAX (48 * MSEC_HOUR)
#define RATING_AGE_MAX	 (7 * MSEC_DAY)
/* As many as fit into one mail; the rest is told the next day. */
enum { STAFF_CASES_MAX = 200, SUMMARY_CASES_MAX = 200 };

/* ---- the sender ---- */

static const char *
sender_address(struct search *s)
{
	const struct message *message = s->message;
	const struct sms_channel *sms;
	const char *number;

	if (message->channel == CHANNEL_MAIL)
		return text_or(message->from.addr, "");
	sms = config_sms(s->desk->conf, s->in->source);
	number = phone_e164(text_or(message->from.addr, ""),
	    sms == NULL ? "86" : sms->country, s->arena);
	return number != NULL ? number : text_or(message->from.addr, "");
}

/* "4", and no more: a score as an owner gives it.  What only looks like one
 * (tone_is_number) is their answer to an alert, as all else they write. */
static bool
is_score(const struct search *s)
{
	const char *own = text_trim(unicode_nfkc(
	    text_or(s->message->own, ""), false, s->arena));

	return own[0] >= '1' && own[0] <= '5' &&
	       (own[1] == '\0' || text_eq(own + 1, "分"));
}

/* Staff live here too: in danger, and asked how their own matter was, they write
 * as owners, unless an alert waits for their `1' (rules.md 4.4). */
static int
drop_staff_at_home(struct search *s, struct err *err)
{
	struct store *store = s->desk->store;
	struct case_brief alert;
	case_id rated = 0;
	int known = 0, count, danger = snapshot_staff_are_in_danger(s, err);

	if (danger > 0)
		s->ret->sender.staff = NULL;
	if (danger != 0)
		return danger < 0 ? -1 : 0;
	if (is_score(s))
		known = case_pending_rating(store, s->address,
		    s->now - RATING_AGE_MAX, &rated, err);
	if (known <= 0)
		return known;
	count = case_open_alerts(store, s->address, s->now - ALERT_AGE_MAX,
	    s->arena, &alert, 1, err);
	if (count == 0)
		s->ret->sender.staff = NULL;
	return count < 0 ? -1 : 0;
}

static int
load_staff(struct search *s, const char *id, struct err *err)
{
	struct sender_view *sender = &s->ret->sender;
	struct store *store = s->desk->store;
	int count;

	if (owner_by_address(store, s->in->estate, s->address, s->arena,
		&sender->resident, err) < 0 ||
	    pin_load(store, id, &sender->pin, err) < 0)
		return -1;
	if (s->message->channel != CHANNEL_SMS)
		return 0;
	count = pin_wrong(store, id,
	    s->now - PIN_LOCK - PIN_WRONG_SPAN, sender->wrong_pins,
	    (int)ARRAY_COUNT(sender->wrong_pins), err);
	sender->wrong_pin_count = count < 0 ? 0 : (size_t)count;
	return count < 0 ? -1 : 0;
}

/* Who works in one estate and lives in another is an owner where they live. */
static const struct staff *
find_staff(const struct search *s)
{
	const struct config *conf = s->desk->conf;
	const struct estate *estate = config_estate(conf, s->in->estate);
	const struct staff *staff;

	if (s->in->vouched_by != NULL)
		return config_staff(conf, s->in->vouched_by);
	staff = s->message->channel == CHANNEL_MAIL
		    ? config_staff_by_mail(conf, s->address)
		    : config_staff_by_phone(conf, s->address);
	return staff != NULL && estate != NULL && !staff_serves(staff, estate)
		   ? NULL
		   : staff;
}

static int
load_sender(struct search *s, struct err *err)
{
	struct sender_view *sender = &s->ret->sender;
	struct store *store = s->desk->store;
	bool is_mail = s->message->channel == CHANNEL_MAIL;

	if (s->address[0] == '\0')
		return 0;
	sender->staff = find_staff(s);
	if (sender->staff != NULL && !is_mail &&
	    drop_staff_at_home(s, err) < 0)
		return -1;
	if (sender->staff != NULL)
		return load_staff(s, sender->staff->id, err);
	if (owner_by_address(store, s->in->estate, s->address, s->arena,
		&sender->owner, err) < 0)
		return -1;
	sender->automatic = snapshot_automatic(s, s->address);
	if (sender->automatic.in_day > 0)
		sender->status_queries_hour =
		    out_template_count(
			store, s->address, "status", s->now - MSEC_HOUR) +
		    out_template_count(
			store, s->address, "status_none", s->now - MSEC_HOUR);
	sender->is_opted_out = !is_mail && opt_is_out(store, s->address);
	sender->recent_text =
	    !is_mail &&
	    out_recent_text(store, s->address, s->now - 7 * MSEC_DAY);
	if (snapshot_load_open_cases(s, err) < 0)
		return -1;
	if (survey_open(store, s->in->estate, s->address,
		s->now - RATING_AGE_MAX, s->arena, &s->ret->survey, err) < 0)
		return -1;
	if (case_pending_rating(store, s->address, s->now - RATING_AGE_MAX,
		&s->ret->pending_rating, err) < 0 ||
	    case_open_question(store, s->address, s->now - QUESTION_AGE_MAX,
		&s->ret->open_question, err) < 0)
		return -1;
	return 0;
}

/* ---- whose matter staff bring ---- */

/* The address behind a forwarded mail or a #new; NULL: none is named. */
static const char *
caller_address(struct search *s)
{
	const struct estate *estate = config_estate(s->desk->conf, s->in->estate);
	struct commands commands;
	struct told told;

	if (s->message->forward.is_forward)
		return s->message->forward.from;
	if (estate == NULL)
		return NULL;
	commands_parse(
	    &(struct commands_context){ .conf = s->desk->conf,
		.estate = estate,
		.now = s->now,
		.channel = s->message->channel },
	    text_or(s->message->own, ""), s->arena, &commands);
	for (size_t i = 0; i < commands.count; i++) {
		if (commands.list[i].kind != COMMAND_NEW)
			continue;
		told_read(commands.list[i].text, estate, s->arena, &told);
		return told.phone != NULL ? told.phone : told.mail;
	}
	return NULL;
}

static int
load_caller(struct search *s, struct err *err)
{
	struct caller *caller = &s->ret->caller;
	const char *address = caller_address(s);
	const char *phone = address;

	if (text_is_empty(address))
		return 0;
	if (owner_by_address(s->desk->store, s->in->estate, address, s->arena,
		&caller->owner, err) < 0)
		return -1;
	if (!phone_is_e164(phone))
		phone = caller->owner.phone;
	caller->is_opted_out =
	    phone != NULL && opt_is_out(s->desk->store, phone);
	return 0;
}

/* ---- the whole ---- */

static int
load_counters(struct desk *desk, const struct input *in, struct snapshot *ret)
{
	const struct estate *estate = config_estate(
	    desk->conf, ret->has_case ? ret->the_case.estate : in->estate);
	struct local_time local;
	char day[8];

	ret->next_case = case_next_id(desk->store);
	ret->next_incident = incident_next_id(desk->store);
	ret->next_out = out_next_id(desk->store);
	if (estate == NULL)
		return 0;
	local = zone_local(estate->zone, in->received_at);
	day[0] = (char)('0' + local.year / 10 % 10);
	day[1] = (char)('0' + local.year % 10);
	day[2] = (char)('0' + local.month / 10);
	day[3] = (char)('0' + local.month % 10);
	day[4] = (char)('0' + local.day / 10);
	day[5] = (char)('0' + local.day % 10);
	day[6] = '\0';
	ret->next_serial = case_next_serial(desk->store, day);
	return 0;
}

static int
load_twin(struct search *s, struct err *err)
{
	msec_t window = s->desk->conf->rules.repeat_minutes * MSEC_MINUTE;

	if (s->message->channel != CHANNEL_SMS || window == 0)
		return 0;
	return inbox_same_text(s->desk->store, s->in->inbox,
	    s->in->received_at - window, &s->ret->twin, err);
}

static int
load_message(struct search *s, struct err *err)
{
	s->address = sender_address(s);
	if (load_twin(s, err) < 0 || load_sender(s, err) < 0 ||
	    snapshot_find_case(s, err) < 0 ||
	    /* About no case (rules.md 5.30): about those that it names. */
	    (snapshot_answers_list(s->ret) &&
		snapshot_load_named(s, err) < 0))
		return -1;
	if (snapshot_load_home_visit(s, err) < 0 ||
	    (s->ret->sender.staff != NULL && load_caller(s, err) < 0))
		return -1;
	snapshot_load_texts(s);
	/* Only what staff or a known case need costs another query. */
	return snapshot_load_story(s, err);
}

static int
load_case(struct search *s, case_id id, struct err *err)
{
	int known;

	if (id == 0)
		return 0;
	known = case_load(s->desk->store, id, s->arena, &s->ret->the_case, err);
	s->ret->has_case = known > 0;
	snapshot_load_texts(s);
	return known < 0 ? -1 : snapshot_load_story(s, err);
}

/* ---- what a round must know ---- */

static int
load_daily(struct desk *desk, const struct input *in, msec_t now,
    struct arena *arena, struct snapshot *ret, struct err *err)
{
	return round_view_load(desk->store,
	    &(struct round_window){ .estate = in->estate,
		.since = in->round.since,
		.now = now,
		.max = SUMMARY_CASES_MAX },
	    arena, &ret->round, err);
}

static int
load_plans(struct desk *desk, const struct input *in, msec_t now,
    struct arena *arena, struct snapshot *ret, struct err *err)
{
	return snapshot_load_plans(desk, in->estate, now, arena, ret, err);
}

static int
load_round(struct desk *desk, const struct input *in, msec_t now,
    struct arena *arena, struct snapshot *ret, struct err *err)
{
	static int (*const loaders[ROUND_KIND_COUNT])(struct desk *desk,
	    const struct input *in, msec_t now, struct arena *arena,
	    struct snapshot *ret, struct err *err) = {
		[ROUND_DAILY] = load_daily,
		[ROUND_ROSTER] = NULL, /* the settings and load_counters() */
		[ROUND_WEEKLY] = snapshot_load_weekly,
		[ROUND_CHARGE] = snapshot_load_charge,
		[ROUND_SURVEY] = snapshot_load_survey,
		[ROUND_PLANS] = load_plans,
		[ROUND_MEETING] = snapshot_load_excuses,
		[ROUND_HOME_VISITS] = snapshot_load_home_visits,
	};

	return loaders[in->round.kind] == NULL
		   ? 0
		   : loaders[in->round.kind](desk, in, now, arena, ret, err);
}

static int
load_staff_cases(struct search *s, struct err *err)
{
	struct case_brief *list =
	    arena_array(s->arena, STAFF_CASES_MAX, sizeof(*list));
	int count = case_open_of_staff(s->desk->store, s->in->estate,
	    s->in->staff, s->arena, list, STAFF_CASES_MAX, err);

	if (count < 0)
		return -1;
	s->ret->staff_cases = list;
	s->ret->staff_case_count = (size_t)count;
	return 0;
}

int
snapshot_load(struct desk *desk, const struct input *in, msec_t now,
    struct arena *arena, struct snapshot *ret, struct err *err)
{
	struct search s = {
		.desk = desk,
		.in = in,
		.message = in->message,
		.now = now,
		.arena = arena,
		.ret = ret,
	};
	int result = 0;

	switch (in->kind) {
	case INPUT_MESSAGE: result = load_message(&s, err); break;
	case INPUT_TIMER:
		result = load_case(&s, in->timer.case_id, err);
		break;
	case INPUT_REPORT:
		result = snapshot_load_answered(&s, in->report.out, err);
		if (result >= 0)
			result = load_case(&s, ret->answered.case_id, err);
		break;
	case INPUT_ROUND:
		result = load_round(desk, in, now, arena, ret, err);
		break;
	case INPUT_UNREADABLE: break;
	case INPUT_HANDOVER: result = load_staff_cases(&s, err); break;
	case INPUT_BUNDLE: result = snapshot_load_notices(&s, err); break;
	}
	if (result < 0 ||
	    absences_load(desk->store, now, arena, &ret->absences, err) < 0)
		return -1;
	return load_counters(desk, in, ret);
}
