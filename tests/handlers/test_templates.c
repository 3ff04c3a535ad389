/* A gateway that sends nothing but templates that it keeps, as in mainland
 * China: what goes by text, what by mail, and what nobody can say. */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "core/config.h"
#include "lib/text.h"
#include "tests/support/decision.h"

static const struct sms_provider kept_templates = { .is_template_only = true };
static const struct sms_pair params[] = { { "no", "case" }, { "who", "name" },
	{ "by", "estate" }, { "tel", "phone" } };
static const struct sms_template templates[] = {
	{ "ack", "T-1", params, 4, "工单${no}已登记，{2}您好。{by}{tel}" },
	{ "staff_reply", "T-2", params, 1, NULL },
};
static struct sms_channel *channel;
static struct sms_channel real;

/* The demo's gateway with so many of the templates. */
static void
keeps(struct decision *d, size_t count)
{
	channel = (struct sms_channel *)(uintptr_t)d->ctx.conf->estates[0].sms;
	real = *channel;
	channel->provider = &kept_templates;
	channel->templates = templates;
	channel->template_count = count;
}

static void
end(struct decision *d)
{
	*channel = real;
	decision_done(d);
}

/* A case that came by text. */
static void
texted(struct decision *d, const char *mail)
{
	decision_case(d, CASE_IN_PROGRESS);
	d->before.the_case.channel = CHANNEL_SMS;
	d->before.the_case.mail = mail;
	d->before.the_case.phone = "+8613900139001";
}

static void
an_acknowledgement_goes_with_what_fills_it(void **state)
{
	struct decision d;
	const struct outgoing *ack;

	(void)state;
	decision_init(&d);
	keeps(&d, 2);
	decision_sms(&d, "+8613900139001", "3-2-501厨房漏水");
	decision_owner(&d);
	decision_run(&d);
	ack = sent(&d, "ack", NULL);
	assert_non_null(ack);
	assert_int_equal(ack->channel, CHANNEL_SMS);
	assert_non_null(strstr(ack->params, "{\"no\":\"T261123-"));
	assert_non_null(strstr(ack->params, "\"by\":\"阳光花园\",\"tel\":\""));
	/* On record is what the gateway makes of it. */
	assert_true(text_starts(ack->text, "工单T261123-"));
	assert_non_null(strstr(ack->text, "已登记，王芳您好。阳光花园0531"));
	end(&d);
}

static void
what_has_no_template_goes_by_mail_or_not_at_all(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	keeps(&d, 0);
	decision_sms(&d, "+8613900139001", "3-2-501厨房漏水");
	decision_owner(&d);
	d.before.sender.owner.mail = NULL;
	decision_run(&d);
	assert_null(sent(&d, "ack", "+8613900139001"));
	/* It is a case all the same. */
	assert_non_null(case_after(&d));
	end(&d);
}

/* "*" tells how a case goes; it asks nothing, and nobody waits for an answer to
 * what was not asked (R6). */
static void
a_question_is_not_asked_by_a_template_for_all_else(void **state)
{
	static const struct sms_template all = { "*", "T-3", params, 1, NULL };
	struct decision d;

	(void)state;
	decision_init(&d);
	keeps(&d, 1);
	channel->templates = &all;
	decision_sms(&d, "+8613700137000", "水管坏了");
	decision_run(&d);
	assert_non_null(sent(&d, "ack", "+8613700137000"));
	assert_null(sent(&d, "ack_clarify", NULL));
	assert_int_equal(event_count(&d, "clarify_asked"), 0);
	assert_null(timer_after(&d, TIMER_CLARIFY));
	assert_string_equal(event_of(&d, "phone_task")->reason, "no_template");
	assert_non_null(
	    strstr(sent(&d, "phone_task", "lin")->text, "询问地点"));
	end(&d);

	decision_init(&d);
	keeps(&d, 1);
	channel->templates = &all;
	texted(&d, NULL);
	decision_sms(&d, "+8613900139001", "撤回 T261123-0003");
	d.before.match = MATCH_NUMBER;
	d.before.sender.is_participant = true;
	decision_run(&d);
	assert_null(sent(&d, "withdraw_ask", NULL));
	assert_int_equal(event_count(&d, "withdraw_asked"), 0);
	assert_non_null(
	    strstr(sent(&d, "phone_task", "lin")->text, "是否撤回"));
	end(&d);

	/* There is mail. */
	decision_init(&d);
	keeps(&d, 1);
	channel->templates = &all;
	texted(&d, "wang@owner.example");
	decision_sms(&d, "+8613900139001", "撤回 T261123-0003");
	d.before.match = MATCH_NUMBER;
	d.before.sender.is_participant = true;
	decision_run(&d);
	assert_non_null(sent(&d, "withdraw_ask", "wang@owner.example"));
	assert_int_equal(event_count(&d, "withdraw_asked"), 1);
	assert_int_equal(event_count(&d, "phone_task"), 0);
	end(&d);
}

static void
words_of_staff_go_by_mail_and_the_template_says_so(void **state)
{
	struct decision d;
	const struct outgoing *hint, *mail;

	(void)state;
	decision_init(&d);
	keeps(&d, 2);
	texted(&d, "wang@owner.example");
	decision_staff(&d, "lin", REPLY_MATTER, "您好,师傅下午三点到。");
	decision_run(&d);
	hint = sent(&d, "staff_reply", "+8613900139001");
	mail = sent(&d, "staff_reply", "wang@owner.example");
	assert_non_null(hint);
	assert_non_null(mail);
	assert_non_null(strstr(hint->params, "\"no\":"));
	assert_null(mail->params);
	assert_non_null(strstr(mail->text, "师傅下午三点到"));
	end(&d);
}

static void
the_outcome_is_what_the_mail_says(void **state)
{
	static const struct sms_template outcome = { "outcome", "T-3", params,
		1, NULL };
	struct decision d;

	(void)state;
	decision_init(&d);
	keeps(&d, 1);
	channel->templates = &outcome;
	texted(&d, "wang@owner.example");
	decision_staff(
	    &d, "lin", REPLY_MATTER, "#办结 您好,已更换水管并试水。");
	decision_run(&d);
	assert_false(sent(&d, "outcome", "+8613900139001")->is_outcome);
	assert_true(sent(&d, "outcome", "wang@owner.example")->is_outcome);
	assert_int_equal(case_after(&d)->outcome_out,
	    sent(&d, "outcome", "wang@owner.example")->id);
	end(&d);
}

/* R13: who was told that there is an outcome has not had it. */
static void
an_outcome_that_no_mail_can_bring_is_telephoned(void **state)
{
	static const struct sms_template outcome = { "outcome", "T-3", params,
		1, NULL };
	struct decision d;

	(void)state;
	decision_init(&d);
	keeps(&d, 1);
	channel->templates = &outcome;
	texted(&d, NULL);
	decision_staff(
	    &d, "lin", REPLY_MATTER, "#办结 您好,已更换水管并试水。");
	decision_run(&d);
	assert_false(sent(&d, "outcome", "+8613900139001")->is_outcome);
	assert_int_equal(case_after(&d)->outcome_out, 0);
	assert_non_null(
	    strstr(sent(&d, "phone_task", NULL)->text, "已更换水管"));
	/* There is a template: that is not why. */
	assert_null(strstr(sent(&d, "phone_task", NULL)->text, "没有这一"));
	assert_non_null(
	    strstr(sent(&d, "transcript", NULL)->text, "内容须电话告知"));
	end(&d);
}

static bool
has_event(const struct decision *d, const char *name)
{
	for (size_t i = 0; i < d->out.count; i++)
		if (d->out.list[i].kind == EFFECT_EVENT &&
		    text_eq(d->out.list[i].event.name, name))
			return true;
	return false;
}

/* Who was told that there is an answer has not had it: R20 is met by the
 * call. */
static void
an_answer_that_no_mail_can_bring_is_telephoned(void **state)
{
	struct decision d;
	const struct outgoing *transcript;

	(void)state;
	decision_init(&d);
	keeps(&d, 2);
	texted(&d, NULL);
	d.before.the_case.first_reply_at = 0;
	decision_staff(&d, "lin", REPLY_MATTER, "您好,师傅下午三点到。");
	decision_run(&d);
	assert_non_null(sent(&d, "staff_reply", "+8613900139001"));
	assert_int_equal(case_after(&d)->first_reply_at, 0);
	assert_false(has_event(&d, "replied"));
	assert_true(has_event(&d, "noted"));
	assert_non_null(
	    strstr(sent(&d, "phone_task", NULL)->text, "师傅下午三点到"));
	transcript = sent(&d, "transcript", NULL);
	assert_non_null(strstr(transcript->text, "内容须电话告知"));
	assert_null(strstr(transcript->text, "已发给业主"));
	assert_null(strstr(transcript->text, "发给业主的文字"));
	end(&d);
}

/* A new time is not in the template either. */
static void
a_new_time_that_no_mail_can_bring_is_telephoned(void **state)
{
	static const struct sms_template extension = { "extension", "T-4",
		params, 1, NULL };
	struct decision d;

	(void)state;
	decision_init(&d);
	keeps(&d, 1);
	channel->templates = &extension;
	texted(&d, NULL);
	decision_staff(&d, "lin", REPLY_MATTER,
	    "#时限 2026-11-24 15:00");
	decision_run(&d);
	assert_non_null(sent(&d, "extension", "+8613900139001"));
	assert_non_null(
	    strstr(sent(&d, "phone_task", NULL)->text, "11月24日15:00"));
	end(&d);
}

static void
without_mail_and_template_the_author_hears_why(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	keeps(&d, 1);
	texted(&d, NULL);
	decision_staff(&d, "lin", REPLY_MATTER, "您好,师傅下午三点到。");
	decision_run(&d);
	assert_null(sent(&d, "staff_reply", NULL));
	assert_non_null(strstr(sent(&d, "phone_task", NULL)->text, "固定模板"));
	end(&d);
}

/* ---- "*" ---- */

static const struct sms_template any = { "*", "T-4", params, 2,
	"您的事项{1}有进展，{2}请致电物业" };

static void
a_general_template_tells_how_a_case_goes_and_nothing_else(void **state)
{
	static const struct {
		const char *name;
		bool stands;
	} table[] = {
		{ "ack", true },
		{ "staff_reply", true },
		{ "outcome", true },
		{ "news", true },
		{ "reopened", true },
		{ "ack_emergency", false },
		{ "rating_request", false },
		{ "rating_again", false },
		{ "optout", false },
		{ "optin", false },
		{ "unclear", false },
		{ "help", false },
		{ "status", false },
		{ "status_none", false },
		{ "survey", false },
		{ "home_visit_ask", false },
		{ "alert", false },
		{ "new_case", false },
		{ "transcript", false },
		{ "refused", false },
		{ "roster_gap", false },
	};
	struct decision d;

	(void)state;
	decision_init(&d);
	keeps(&d, 1);
	channel->templates = &any;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		print_message("# %s\n", table[i].name);
		assert_int_equal(
		    sms_template_for(channel, table[i].name) != NULL,
		    table[i].stands);
	}
	end(&d);
}

static size_t
text_count(const struct decision *d)
{
	size_t count = 0;

	for (size_t i = 0; i < d->out.count; i++)
		if (d->out.list[i].kind == EFFECT_SEND &&
		    d->out.list[i].send.channel == CHANNEL_SMS)
			count++;
	return count;
}

static void
what_is_about_no_case_goes_by_no_general_template(void **state)
{
	static const char *const words[] = { "退订", "喂", "进度", "帮助" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(words); i++) {
		struct decision d;

		decision_init(&d);
		keeps(&d, 1);
		channel->templates = &any;
		decision_sms(&d, "+8613900139001", words[i]);
		decision_run(&d);
		assert_int_equal(text_count(&d), 0);
		end(&d);
	}
}

/* Nor by its own, where that names a case: a gateway refuses empty places. */
static void
no_template_goes_with_an_empty_place(void **state)
{
	static const struct sms_template help = { "help", "T-5", params, 1,
		NULL };
	static const struct sms_template optout = { "optout", "T-6", NULL, 0,
		"已退订" };
	struct decision d;

	(void)state;
	decision_init(&d);
	keeps(&d, 1);
	channel->templates = &help;
	decision_sms(&d, "+8613900139001", "帮助");
	decision_run(&d);
	assert_int_equal(text_count(&d), 0);
	end(&d);
	decision_init(&d);
	keeps(&d, 1);
	channel->templates = &optout;
	decision_sms(&d, "+8613900139001", "退订");
	decision_run(&d);
	assert_string_equal(
	    sent(&d, "optout", "+8613900139001")->text, "已退订");
	end(&d);
	/* Who is known by no name is somebody all the same. */
	decision_init(&d);
	keeps(&d, 1);
	channel->templates = &any;
	decision_sms(&d, "+8613900139001", "3-2-501厨房漏水");
	decision_run(&d);
	assert_non_null(strstr(
	    sent(&d, "ack", "+8613900139001")->params, "\"who\":\"业主\""));
	end(&d);
}

/* R24: "progress, please call" is no alarm, and keeps nobody safe. */
static void
danger_goes_by_no_general_template(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	keeps(&d, 1);
	channel->templates = &any;
	decision_sms(&d, "+8613900139001", "3-2-501厨房煤气泄漏");
	decision_owner(&d);
	d.before.sender.owner.mail = NULL;
	decision_run(&d);
	assert_int_equal(text_count(&d), 0);
	assert_non_null(sent(&d, "alert", "lin@sunshine.example"));
	assert_non_null(
	    strstr(sent(&d, "phone_task", NULL)->text, "固定模板"));
	end(&d);
}

static void
a_survey_without_template_asks_by_mail_or_nobody(void **state)
{
	static const struct survey_guest guests[] = {
		{ .survey = { .id = 3, .scope = "cleaning" },
		    .owner = { .phone = "+8613900139001" } },
		{ .survey = { .id = 4, .scope = "cleaning" },
		    .owner = { .phone = "+8613900139002",
			.mail = "a@owner.example" } },
	};
	struct decision d;

	(void)state;
	decision_init(&d);
	keeps(&d, 2);
	d.ctx.now = decision_time("2026-12-01T10:00:00+08:00");
	d.in = (struct input){
		.kind = INPUT_ROUND,
		.estate = "sunshine",
		.received_at = d.ctx.now,
		.round = { .estate = "sunshine",
		    .kind = ROUND_SURVEY,
		    .due = d.ctx.now },
	};
	d.before.survey_turn = (struct survey_turn){
		.guests = guests, .guest_count = 2, .waiting = 2
	};
	decision_run(&d);
	assert_int_equal(sent_count(&d, "survey"), 1);
	/* Who was not asked is not kept as asked. */
	for (size_t i = 0; i < d.out.count; i++) {
		const struct effect *effect = &d.out.list[i];

		if (effect->kind == EFFECT_SURVEY_NEWS)
			assert_string_equal(effect->survey.address,
			    effect->survey.id == 3 ? "" : "a@owner.example");
	}
	end(&d);
}

static void
a_rating_without_template_is_asked_for_by_mail(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	keeps(&d, 2);
	texted(&d, "wang@owner.example");
	d.before.the_case.state = CASE_FED_BACK;
	decision_timer(&d, TIMER_RATING, 0);
	decision_run(&d);
	assert_non_null(sent(&d, "rating_request", "wang@owner.example"));
	end(&d);
}

/* Of an alert that rings, and of one that is over. */
static void
who_answers_an_alert_hears_by_mail_that_it_counts(void **state)
{
	(void)state;
	for (int rings = 0; rings < 2; rings++) {
		struct decision d;
		const char *name = rings ? "transcript" : "no_alert";

		decision_init(&d);
		keeps(&d, 2);
		if (rings) {
			decision_case(&d, CASE_ACKNOWLEDGED);
			d.before.the_case.severity = SEVERITY_EMERGENCY;
			d.before.alert_count = 1;
		}
		decision_sms(&d, "+8613800138001", "1");
		d.before.match = MATCH_NUMBER;
		decision_run(&d);
		assert_null(sent(&d, name, "+8613800138001"));
		assert_non_null(sent(&d, name, "lin@sunshine.example"));
		end(&d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_acknowledgement_goes_with_what_fills_it),
		cmocka_unit_test(
		    what_has_no_template_goes_by_mail_or_not_at_all),
		cmocka_unit_test(
		    a_question_is_not_asked_by_a_template_for_all_else),
		cmocka_unit_test(
		    words_of_staff_go_by_mail_and_the_template_says_so),
		cmocka_unit_test(the_outcome_is_what_the_mail_says),
		cmocka_unit_test(
		    an_outcome_that_no_mail_can_bring_is_telephoned),
		cmocka_unit_test(
		    an_answer_that_no_mail_can_bring_is_telephoned),
		cmocka_unit_test(
		    a_new_time_that_no_mail_can_bring_is_telephoned),
		cmocka_unit_test(
		    without_mail_and_template_the_author_hears_why),
		cmocka_unit_test(
		    a_general_template_tells_how_a_case_goes_and_nothing_else),
		cmocka_unit_test(
		    what_is_about_no_case_goes_by_no_general_template),
		cmocka_unit_test(no_template_goes_with_an_empty_place),
		cmocka_unit_test(danger_goes_by_no_general_template),
		cmocka_unit_test(
		    a_survey_without_template_asks_by_mail_or_nobody),
		cmocka_unit_test(
		    a_rating_without_template_is_asked_for_by_mail),
		cmocka_unit_test(
		    who_answers_an_alert_hears_by_mail_that_it_counts),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
