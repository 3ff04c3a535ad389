/* News about what we sent, and machines: R13, R50, R52, rules.md 5.21, 5.22,
 * 5.34. */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "lib/text.h"
#include "tests/support/decision.h"

static void
sent_before(struct decision *d, enum case_state state, const char *name,
    enum channel channel)
{
	decision_init(d);
	decision_case(d, state);
	d->before.the_case.outcome = "您好,已更换下水弯头并试水。";
	d->before.the_case.outcome_out = 42;
	d->before.answered = (struct outgoing){
		.id = 42,
		.case_id = 3,
		.estate = "sunshine",
		.channel = channel,
		.role = ROLE_OWNER,
		.to = channel == CHANNEL_MAIL ? "wang@owner.example" :
						"+8613900139001",
		.template_name = name,
		.text = "您好",
		.sender = channel == CHANNEL_MAIL ?
		    d->ctx.conf->estates[0].smtp->name :
		    d->ctx.conf->estates[0].sms->name,
		.is_outcome = text_eq(name, "outcome"),
	};
}

static void
r3_an_accepted_acknowledgement_acknowledges_the_case(void **state)
{
	static const struct {
		enum case_state before, after;
	} table[] = {
		{ CASE_NEW, CASE_ACKNOWLEDGED },
		{ CASE_IN_PROGRESS, CASE_IN_PROGRESS },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		sent_before(&d, table[i].before, "ack", CHANNEL_MAIL);
		decision_report(&d, OUT_ACCEPTED);
		decision_run(&d);
		assert_int_equal(event_count(&d, "acknowledged"), 1);
		assert_int_equal(case_after(&d)->state, table[i].after);
		assert_int_equal(
		    case_after(&d)->acknowledged_at, d.ctx.now);
		decision_done(&d);
	}
}

static void
an_acknowledgement_is_recorded_once(void **state)
{
	struct decision d;

	(void)state;
	sent_before(&d, CASE_ACKNOWLEDGED, "ack_emergency", CHANNEL_SMS);
	d.before.the_case.acknowledged_at = d.ctx.now - 1000;
	decision_report(&d, OUT_DELIVERED);
	decision_run(&d);
	assert_int_equal(event_count(&d, "acknowledged"), 0);
	decision_done(&d);
}

static void
r13_only_proof_of_delivery_feeds_back(void **state)
{
	static const struct {
		enum channel channel;
		bool has_reports;
		enum out_state state;
		bool fed_back;
	} table[] = {
		{ CHANNEL_MAIL, true, OUT_ACCEPTED, true },
		{ CHANNEL_SMS, true, OUT_ACCEPTED, false },
		{ CHANNEL_SMS, true, OUT_DELIVERED, true },
		{ CHANNEL_SMS, false, OUT_ACCEPTED, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		struct config conf;
		struct sms_channel sms;

		sent_before(&d, CASE_RESOLVED, "outcome", table[i].channel);
		conf = *d.ctx.conf;
		sms = *conf.estates[0].sms;
		sms.has_reports = table[i].has_reports;
		conf.sms_channels = &sms;
		conf.sms_channel_count = 1;
		d.ctx.conf = &conf;
		decision_report(&d, table[i].state);
		decision_run(&d);
		assert_int_equal(
		    event_count(&d, "fed_back"), table[i].fed_back);
		decision_done(&d);
	}
}

static void
s22_fed_back_sets_rating_and_closing(void **state)
{
	static const struct {
		const char *at, *rating;
	} table[] = {
		{ "2026-11-23T10:00:00+08:00", "2026-11-24T10:00:00+08:00" },
		{ "2026-11-23T21:00:00+08:00", "2026-11-25T09:00:00+08:00" },
		{ "2026-11-23T07:00:00+08:00", "2026-11-24T09:00:00+08:00" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		sent_before(&d, CASE_RESOLVED, "outcome", CHANNEL_MAIL);
		d.ctx.now = decision_time(table[i].at);
		decision_report(&d, OUT_ACCEPTED);
		decision_run(&d);
		assert_int_equal(case_after(&d)->state, CASE_FED_BACK);
		assert_int_equal(case_after(&d)->fed_back_at, d.ctx.now);
		assert_int_equal(timer_after(&d, TIMER_RATING)->due,
		    decision_time(table[i].rating));
		assert_int_equal(timer_after(&d, TIMER_CLOSE)->due,
		    d.ctx.now + MSEC_DAY);
		decision_done(&d);
	}
}

static void
s21_a_failed_outcome_goes_by_the_other_channel(void **state)
{
	struct decision d;

	(void)state;
	sent_before(&d, CASE_RESOLVED, "outcome", CHANNEL_MAIL);
	decision_report(&d, OUT_FAILED);
	decision_run(&d);
	assert_non_null(sent(&d, "outcome", "+8613900139001"));
	assert_true(sent(&d, "outcome", NULL)->is_outcome);
	assert_int_equal(
	    case_after(&d)->outcome_out, sent(&d, "outcome", NULL)->id);
	assert_int_equal(case_after(&d)->state, CASE_RESOLVED);
	assert_null(sent(&d, "phone_task", NULL));
	decision_done(&d);
}

static void
s22_a_later_bounce_takes_the_case_back_to_resolved(void **state)
{
	static const enum case_state before[] = { CASE_FED_BACK, CASE_CLOSED };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(before); i++) {
		struct decision d;

		sent_before(&d, before[i], "outcome", CHANNEL_MAIL);
		decision_report(&d, OUT_FAILED);
		decision_run(&d);
		assert_int_equal(case_after(&d)->state, CASE_RESOLVED);
		assert_int_equal(event_count(&d, "feedback_withdrawn"), 1);
		assert_true(timer_stopped(&d, TIMER_CLOSE));
		assert_true(timer_stopped(&d, TIMER_RATING));
		decision_done(&d);
	}
}

static void
s21_with_no_other_channel_it_is_a_phone_task(void **state)
{
	static const struct {
		const char *why, *phone;
		bool opted_out;
		enum channel failed;
	} table[] = {
		{ "no number", NULL, false, CHANNEL_MAIL },
		{ "opted out", "+8613900139001", true, CHANNEL_MAIL },
		{ "both were tried", "+8613900139001", false, CHANNEL_SMS },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("%s\n", table[i].why);
		sent_before(&d, CASE_RESOLVED, "outcome", table[i].failed);
		d.before.the_case.phone = table[i].phone;
		d.before.phone_opted_out = table[i].opted_out;
		decision_report(&d, OUT_FAILED);
		decision_run(&d);
		assert_null(sent(&d, "outcome", NULL));
		assert_non_null(sent(&d, "phone_task", "lin"));
		assert_int_equal(case_after(&d)->state, CASE_RESOLVED);
		decision_done(&d);
	}
}

static void
r53_what_a_gateway_refuses_is_not_said_by_the_owner(void **state)
{
	struct decision d;
	size_t seen = 0;

	(void)state;
	sent_before(&d, CASE_IN_PROGRESS, "status", CHANNEL_SMS);
	d.before.the_case.phone = "+8613900139001";
	decision_report(&d, OUT_FAILED);
	d.in.report.is_optout = true;
	decision_run(&d);
	for (size_t i = 0; i < d.out.count; i++) {
		const struct effect *effect = &d.out.list[i];

		if (effect->kind != EFFECT_EVENT ||
		    !text_eq(effect->event.name, "opted_out"))
			continue;
		assert_string_equal(effect->event.actor, "desk");
		assert_string_equal(effect->event.reason, "provider");
		seen++;
	}
	assert_int_equal(seen, 1);
	decision_done(&d);
}

static void
an_outcome_that_was_overtaken_is_no_news(void **state)
{
	struct decision d;

	(void)state;
	sent_before(&d, CASE_REOPENED, "outcome", CHANNEL_MAIL);
	d.before.the_case.outcome_out = 0;
	decision_report(&d, OUT_FAILED);
	decision_run(&d);
	assert_int_equal(sent_count(&d, NULL), 0);
	decision_done(&d);
}

static void
a_failed_answer_is_told_to_the_first_responder(void **state)
{
	struct decision d;

	(void)state;
	sent_before(&d, CASE_IN_PROGRESS, "staff_reply", CHANNEL_MAIL);
	decision_report(&d, OUT_FAILED);
	decision_run(&d);
	assert_non_null(sent(&d, "delivery_failed", "lin"));
	assert_int_equal(event_count(&d, "delivery_failed"), 1);
	decision_done(&d);
}

/* "staff_reply" at `replied', whose failure is known at `now'. */
static void
reply_failed(struct decision *d, const char *replied, const char *now)
{
	sent_before(d, CASE_IN_PROGRESS, "staff_reply", CHANNEL_MAIL);
	d->before.answered.created_at = decision_time(replied);
	d->before.the_case.first_reply_at =
	    decision_time("2026-11-23T09:30:00+08:00");
	d->before.the_case.reply_due =
	    decision_time("2026-11-24T17:30:00+08:00");
	d->ctx.now = decision_time(now);
	decision_report(d, OUT_FAILED);
	decision_run(d);
}

static void
r20_an_answer_that_did_not_arrive_is_owed_again(void **state)
{
	static const struct {
		const char *now, *due;
	} table[] = {
		{ "2026-11-23T10:00:00+08:00", "2026-11-24T17:30:00+08:00" },
		/* The due has passed: as long again. */
		{ "2026-11-25T10:00:00+08:00", "2026-11-26T17:30:00+08:00" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		reply_failed(&d, "2026-11-23T09:30:00+08:00", table[i].now);
		assert_int_equal(case_after(&d)->first_reply_at, 0);
		assert_int_equal(case_after(&d)->reply_due,
		    decision_time(table[i].due));
		assert_int_equal(timer_after(&d, TIMER_REPLY)->step, 0);
		assert_non_null(sent(&d, "delivery_failed", "lin"));
		decision_done(&d);
	}
}

static void
r20_a_later_answer_that_failed_leaves_the_first(void **state)
{
	struct decision d;

	(void)state;
	reply_failed(
	    &d, "2026-11-23T09:45:00+08:00", "2026-11-23T10:00:00+08:00");
	assert_null(timer_after(&d, TIMER_REPLY));
	assert_int_equal(event_count(&d, "delivery_failed"), 1);
	decision_done(&d);
}

static void
a_failed_acknowledgement_goes_by_the_other_channel(void **state)
{
	struct decision d;

	(void)state;
	sent_before(&d, CASE_NEW, "ack", CHANNEL_MAIL);
	decision_report(&d, OUT_FAILED);
	decision_run(&d);
	assert_non_null(sent(&d, "ack", "+8613900139001"));
	assert_null(sent(&d, "delivery_failed", NULL));
	decision_done(&d);
}

static void
r5_an_apology_that_is_sent_again_names_the_same_time(void **state)
{
	struct decision d;

	(void)state;
	sent_before(&d, CASE_NEW, "ack_soothe", CHANNEL_MAIL);
	d.before.the_case.agitated = true;
	decision_event(
	    &d, "call_task", "desk", 0, d.ctx.now - 30 * MSEC_MINUTE);
	decision_report(&d, OUT_FAILED);
	decision_run(&d);
	assert_non_null(strstr(sent(&d, "ack_soothe", "+8613900139001")->text,
	    "11:30前致电您"));
	decision_done(&d);
}

static void
a_failed_notice_to_staff_reaches_l2_and_ends_there(void **state)
{
	static const struct {
		const char *name, *person;
		bool told;
	} table[] = {
		{ "new_case", "sun", true },
		{ "new_case", "chen", false },
		{ "delivery_failed", "lin", false },
		{ "colleague_unreached", "lin", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		sent_before(&d, CASE_NEW, table[i].name, CHANNEL_MAIL);
		d.before.answered.role = ROLE_STAFF;
		d.before.answered.person = table[i].person;
		decision_report(&d, OUT_FAILED);
		decision_run(&d);
		assert_int_equal(sent_count(&d, NULL), table[i].told ? 1 : 0);
		decision_done(&d);
	}
}

static void
r52_a_bounce_by_mail_is_a_failure_of_that_mail(void **state)
{
	struct decision d;

	(void)state;
	sent_before(&d, CASE_FED_BACK, "outcome", CHANNEL_MAIL);
	decision_mail(&d, "mailer-daemon@owner.example", "undeliverable");
	d.message.is_auto = true;
	d.message.bounce.is_bounce = true;
	d.message.bounce.is_hard = true;
	d.message.bounce.status = "5.1.1";
	decision_run(&d);
	assert_string_equal(bin_of(&d), "bounce");
	assert_int_equal(case_after(&d)->state, CASE_RESOLVED);
	assert_int_equal(d.out.list[1].kind, EFFECT_OUT_STATE);
	assert_int_equal(d.out.list[1].out_state.out, 42);
	assert_int_equal(d.out.list[1].out_state.state, OUT_FAILED);
	decision_done(&d);
}

static void
r52_a_delay_notice_changes_nothing(void **state)
{
	struct decision d;

	(void)state;
	sent_before(&d, CASE_FED_BACK, "outcome", CHANNEL_MAIL);
	decision_mail(&d, "mailer-daemon@owner.example", "delayed");
	d.message.bounce.is_bounce = true;
	d.message.bounce.status = "4.4.1";
	decision_run(&d);
	assert_null(case_after(&d));
	assert_int_equal(d.out.count, 1);
	decision_done(&d);
}

static void
r50_machines_and_ourselves_get_no_answer(void **state)
{
	static const struct {
		const char *from;
		bool is_auto;
	} table[] = {
		{ "wang@owner.example", true },
		{ "desk@sunshine.example", false },
		{ "", false },
		/* R27: an absence notice of a supervisor takes nothing. */
		{ "chen@sunshine.example", true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.match = MATCH_TOKEN;
		decision_mail(&d, table[i].from, "我在休假 3-2-501漏水");
		d.message.is_auto = table[i].is_auto;
		decision_run(&d);
		assert_string_equal(bin_of(&d), "auto");
		assert_int_equal(d.out.count, 1);
		decision_done(&d);
	}
}

static void
news_about_no_case_moves_the_row_only(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	d.before.answered.id = 9;
	decision_report(&d, OUT_ACCEPTED);
	decision_run(&d);
	assert_int_equal(d.out.count, 1);
	assert_int_equal(d.out.list[0].kind, EFFECT_OUT_STATE);
	decision_done(&d);
}

static void
r52_a_bounce_of_no_mail_of_ours_lies_in_its_bin(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_mail(&d, "mailer-daemon@owner.example", "undeliverable");
	d.message.bounce.is_bounce = true;
	d.message.bounce.is_hard = true;
	d.message.bounce.status = "5.1.1";
	decision_run(&d);
	assert_string_equal(bin_of(&d), "bounce");
	assert_int_equal(sent_count(&d, NULL), 0);
	assert_null(case_after(&d));
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    r3_an_accepted_acknowledgement_acknowledges_the_case),
		cmocka_unit_test(an_acknowledgement_is_recorded_once),
		cmocka_unit_test(r13_only_proof_of_delivery_feeds_back),
		cmocka_unit_test(s22_fed_back_sets_rating_and_closing),
		cmocka_unit_test(s21_a_failed_outcome_goes_by_the_other_channel),
		cmocka_unit_test(
		    s22_a_later_bounce_takes_the_case_back_to_resolved),
		cmocka_unit_test(s21_with_no_other_channel_it_is_a_phone_task),
		cmocka_unit_test(
		    r53_what_a_gateway_refuses_is_not_said_by_the_owner),
		cmocka_unit_test(an_outcome_that_was_overtaken_is_no_news),
		cmocka_unit_test(a_failed_answer_is_told_to_the_first_responder),
		cmocka_unit_test(
		    r20_an_answer_that_did_not_arrive_is_owed_again),
		cmocka_unit_test(
		    r20_a_later_answer_that_failed_leaves_the_first),
		cmocka_unit_test(
		    a_failed_acknowledgement_goes_by_the_other_channel),
		cmocka_unit_test(
		    r5_an_apology_that_is_sent_again_names_the_same_time),
		cmocka_unit_test(
		    a_failed_notice_to_staff_reaches_l2_and_ends_there),
		cmocka_unit_test(r52_a_bounce_by_mail_is_a_failure_of_that_mail),
		cmocka_unit_test(r52_a_delay_notice_changes_nothing),
		cmocka_unit_test(r50_machines_and_ourselves_get_no_answer),
		cmocka_unit_test(news_about_no_case_moves_the_row_only),
		cmocka_unit_test(
		    r52_a_bounce_of_no_mail_of_ours_lies_in_its_bin),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
