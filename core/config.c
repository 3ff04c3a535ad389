#include "core/config.h"

#include "core/text_list.h"
#include "lib/text.h"

#define WALL(minutes)	  { SPAN_WALL, (minutes) }
#define BUSINESS(minutes) { SPAN_BUSINESS, (minutes) }
#define WORKDAYS(days)	  { SPAN_WORKDAYS, (days) }

const struct deadlines deadlines_default[SEVERITY_COUNT] = {
	[SEVERITY_MINOR] = {
		.ack = WALL(5), .take = BUSINESS(120),
		.dispatch = BUSINESS(240), .first_reply = WORKDAYS(1),
		.outcome = WORKDAYS(5), .news = WORKDAYS(5) },
	[SEVERITY_NORMAL] = {
		.ack = WALL(5), .take = BUSINESS(30),
		.dispatch = BUSINESS(20), .first_reply = WORKDAYS(1),
		.outcome = WORKDAYS(3), .news = WORKDAYS(3) },
	[SEVERITY_MAJOR] = {
		.ack = WALL(5), .take = BUSINESS(15),
		.dispatch = BUSINESS(20), .first_reply = BUSINESS(240),
		.outcome = WORKDAYS(3), .news = WORKDAYS(1) },
	[SEVERITY_EMERGENCY] = {
		.ack = WALL(1), .take = WALL(5), .dispatch = WALL(5),
		.first_reply = WALL(120), .outcome = WALL(24 * 60),
		.news = WALL(120) },
};

static const char *const general_only[] = { "general", NULL };

const struct rules rules_default = {
	.overdue = {
		[2] = WALL(0), [3] = WORKDAYS(1), [4] = WORKDAYS(2),
		[5] = WORKDAYS(5) },
	.escalation_take = BUSINESS(240),
	.agitated_call = BUSINESS(120),
	.ask_answer = BUSINESS(240),
	.clarify_wait = WORKDAYS(3),
	.outcome_by_kind = {
		[KIND_REQUEST] = WORKDAYS(2), [KIND_INQUIRY] = WORKDAYS(1),
		[KIND_SUGGESTION] = WORKDAYS(5), [KIND_PRAISE] = WORKDAYS(3) },
	.alert_again_minutes = 5,
	.alert_top_minutes = 15,
	.rating_after_hours = 24,
	.close_after_hours = 24,
	.followup_call_hours = 72,
	.followup_repair_percent = 30,
	.sample_seed = "shouwen",
	.survey_at_minute = 10 * 60,
	.survey_percent = 3,
	.survey_min = 5,
	.survey_gap_days = 90,
	.survey_scopes = general_only,
	.home_visits = 5,
	.home_visits_a_year = 2,
	.home_visit_gap_days = 90,
	.reopen_days = 7,
	.retention_days = 3 * 365,
	.survey_from_minute = 9 * 60,
	.survey_to_minute = 20 * 60,
	.brake_10min = 5,
	.brake_hour = 10,
	.brake_day = 24,
	.notices = 5,
	.notices_minutes = 10,
	.status_per_hour = 5,
	.sms_number_day = 20,
	.sms_case_day = 12,
	.transfers = 3,
	.daily_at = 17 * 60 + 30,
	.escalation_digest_at = 8 * 60 + 45,
	.weekly_day = 1,
	.weekly_at = 14 * 60 + 30,
	.weekly_lead_minutes = 60,
	.attendance_minutes = 15,
	.roster_hours = 48,
	.repeat_minutes = 10,
	.hot_households = 3,
	.hot_days = 7,
	.hot_major = 5,
	.token_days = 90,
	.token_closed_days = 14,
	.confirm_hours = 48,
	.undo_most_minutes = 10,
	.out_of_office = WORKDAYS(1),
	.callback = BUSINESS(30),
	.unknown_minutes = 10,
	.unknown_urgent_minutes = 1,
};

const struct estate *
config_estate(const struct config *conf, const char *id)
{
	for (size_t i = 0; id != NULL && i < conf->estate_count; i++)
		if (text_eq(conf->estates[i].id, id))
			return &conf->estates[i];
	return NULL;
}

const struct estate *
config_estate_of_sms(
    const struct config *conf, const struct sms_channel *channel)
{
	for (size_t i = 0; i < conf->estate_count; i++)
		if (conf->estates[i].sms == channel)
			return &conf->estates[i];
	return NULL;
}

const struct estate *
config_estate_of_reports(
    const struct config *conf, const struct sms_channel *channel)
{
	const struct estate *estate = config_estate_of_sms(conf, channel);

	return estate == NULL && conf->estate_count > 0 ? &conf->estates[0]
							: estate;
}

const struct staff *
config_staff(const struct config *conf, const char *id)
{
	for (size_t i = 0; id != NULL && i < conf->staff_count; i++)
		if (text_eq(conf->staff[i].id, id))
			return &conf->staff[i];
	return NULL;
}

static bool
writes_from(const struct staff *staff, const char *mail)
{
	if (staff->mail != NULL && text_eq_nocase(staff->mail, mail))
		return true;
	for (size_t i = 0;
	     staff->other_mail != NULL && staff->other_mail[i] != NULL; i++)
		if (text_eq_nocase(staff->other_mail[i], mail))
			return true;
	return false;
}

const struct staff *
config_staff_by_mail(const struct config *conf, const char *mail)
{
	for (size_t i = 0; mail != NULL && i < conf->staff_count; i++) {
		const struct staff *staff = &conf->staff[i];

		if (!staff->left && writes_from(staff, mail))
			return staff;
	}
	return NULL;
}

const struct staff *
config_staff_by_phone(const struct config *conf, const char *e164)
{
	for (size_t i = 0; e164 != NULL && i < conf->staff_count; i++) {
		const struct staff *staff = &conf->staff[i];

		if (!staff->left && staff->phone != NULL &&
		    text_eq(staff->phone, e164))
			return staff;
	}
	return NULL;
}

const struct mailbox *
config_mailbox(const struct config *conf, const char *name)
{
	for (size_t i = 0; name != NULL && i < conf->mailbox_count; i++)
		if (text_eq(conf->mailboxes[i].name, name))
			return &conf->mailboxes[i];
	return NULL;
}

const struct smtp_account *
config_smtp(const struct config *conf, const char *name)
{
	for (size_t i = 0; name != NULL && i < conf->smtp_count; i++)
		if (text_eq(conf->smtps[i].name, name))
			return &conf->smtps[i];
	return NULL;
}

const struct sms_channel *
config_sms(const struct config *conf, const char *name)
{
	for (size_t i = 0; name != NULL && i < conf->sms_channel_count; i++)
		if (text_eq(conf->sms_channels[i].name, name))
			return &conf->sms_channels[i];
	return NULL;
}

const struct sms_template *
sms_template_for(const struct sms_channel *channel, const char *kind)
{
	const struct sms_template *any = NULL;

	for (size_t i = 0; i < channel->template_count; i++) {
		const struct sms_template *one = &channel->templates[i];

		if (text_eq(one->kind, kind))
			return one;
		if (text_eq(one->kind, "*") && text_is_news(kind))
			any = one;
	}
	return any;
}

const struct department *
estate_department(const struct estate *estate, const char *code)
{
	for (size_t i = 0; code != NULL && i < estate->department_count; i++)
		if (text_eq(estate->departments[i].code, code))
			return &estate->departments[i];
	return NULL;
}

const struct category *
estate_category(const struct estate *estate, const char *code)
{
	for (size_t i = 0; code != NULL && i < estate->category_count; i++)
		if (text_eq(estate->categories[i].code, code))
			return &estate->categories[i];
	return NULL;
}

bool
staff_serves(const struct staff *staff, const struct estate *estate)
{
	return !staff->left && (staff->estate == NULL ||
				   text_eq(staff->estate, estate->id));
}

const struct staff *
config_level(
    const struct config *conf, const struct estate *estate, int level)
{
	for (size_t i = 0; i < conf->staff_count; i++) {
		const struct staff *staff = &conf->staff[i];

		if (staff->level == level && staff_serves(staff, estate))
			return staff;
	}
	return NULL;
}

const struct staff *
config_head(const struct config *conf, const struct estate *estate,
    const char *department)
{
	for (size_t i = 0; department != NULL && i < conf->staff_count; i++) {
		const struct staff *staff = &conf->staff[i];

		if (staff->is_head && staff_serves(staff, estate) &&
		    text_eq(staff->department, department))
			return staff;
	}
	return NULL;
}
