/* What did not arrive, or not yet: R13, R20, R52, rules.md 5.21. */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "lib/text.h"
#include "tests/support/decision.h"

#define WANG       "wang@owner.example"
#define WANG_PHONE "+8613900139001"

/* A text of ours about the case, ten minutes old. */
static void
text_before(struct decision *d, enum case_state state, const char *name)
{
	decision_init(d);
	decision_case(d, state);
	d->before.the_case.channel = CHANNEL_SMS;
	d->before.the_case.outcome = "您好,已更换下水弯头并试水。";
	d->before.the_case.outcome_out = 42;
	d->before.answered = (struct outgoing){
		.id = 42,
		.case_id = 3,
		.estate = "sunshine",
		.channel = CHANNEL_SMS,
		.role = ROLE_OWNER,
		.to = WANG_PHONE,
		.template_name = name,
		.text = "您好",
		.sender = d->ctx.conf->estates[0].sms->name,
		.is_outcome = text_eq(name, "outcome"),
		.created_at = d->ctx.now - 10 * MSEC_MINUTE,
	};
	d->before.answered_status.state = OUT_ACCEPTED;
}

static void
task(struct decision *d, const char *name, const char *reason)
{
	decision_event(d, name, "desk", 0, d->ctx.now - MSEC_MINUTE);
	d->events[d->before.event_count - 1].reason = reason;
}

/* It was given up, and is reported delivered now. */
static void
arrives_late(struct decision *d)
{
	d->before.answered_status.state = OUT_FAILED;
	decision_report(d, OUT_DELIVERED);
	decision_run(d);
}

/* ---- after all ---- */

static void
r13_an_outcome_that_arrives_late_is_fed_back(void **state)
{
	static const struct {
		enum case_state before, after;
		const char *event, *reason;
		bool told;
	} table[] = {
		{ CASE_RESOLVED, CASE_FED_BACK, "phone_task", "feedback_failed",
		    true },
		{ CASE_RESOLVED, CASE_FED_BACK, "phone_task", "feedback",
		    true },
		/* It is on its way by mail: nobody was asked. */
		{ CASE_RESOLVED, CASE_FED_BACK, "feedback_retried", "mail",
		    false },
		/* They have heard it meanwhile. */
		{ CASE_FED_BACK, CASE_FED_BACK, "phone_task", "feedback_failed",
		    false },
		{ CASE_CLOSED, CASE_CLOSED, "phone_task", "feedback_failed",
		    false },
		/* It was not done after all. */
		{ CASE_REOPENED, CASE_REOPENED, "phone_task", "feedback_failed",
		    false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		text_before(&d, table[i].before, "outcome");
		d.before.the_case.outcome_out = 43;
		task(&d, table[i].event, table[i].reason);
		arrives_late(&d);
		print_message("# %zu\n", i);
		assert_int_equal(case_after(&d)->state, table[i].after);
		assert_int_equal(
		    sent(&d, "arrived_late", "lin") != NULL, table[i].told);
		assert_int_equal(sent_count(&d, NULL), table[i].told);
		assert_int_equal(event_count(&d, "arrived_late"), 1);
		/* What goes by the other channel is not what counts now. */
		assert_int_equal(case_after(&d)->outcome_out, 42);
		decision_done(&d);
	}
}

static void
whoever_was_asked_to_say_it_hears_that_it_arrived(void **state)
{
	static const struct {
		const char *event, *reason;
		msec_t ago;
		bool told;
	} table[] = {
		{ "delivery_failed", "staff_reply", MSEC_MINUTE, true },
		{ "phone_task", "delivery_failed", MSEC_MINUTE, true },
		/* of another text, before this one, for another reason */
		{ "delivery_failed", "news", MSEC_MINUTE, false },
		{ "delivery_failed", "staff_reply", MSEC_HOUR, false },
		{ "phone_task", "agitated", MSEC_MINUTE, false },
		{ "said_again", "mail", MSEC_MINUTE, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		text_before(&d, CASE_IN_PROGRESS, "staff_reply");
		task(&d, table[i].event, table[i].reason);
		d.events[d.before.event_count - 1].at =
		    d.ctx.now - table[i].ago;
		arrives_late(&d);
		print_message("# %s %s\n", table[i].event, table[i].reason);
		assert_int_equal(
		    sent(&d, "arrived_late", "lin") != NULL, table[i].told);
		decision_done(&d);
	}
}

static void
a_text_that_was_not_given_up_arrives_without_a_word(void **state)
{
	struct decision d;

	(void)state;
	text_before(&d, CASE_IN_PROGRESS, "staff_reply");
	task(&d, "delivery_failed", "staff_reply");
	decision_report(&d, OUT_DELIVERED);
	decision_run(&d);
	assert_int_equal(event_count(&d, "arrived_late"), 0);
	assert_int_equal(sent_count(&d, NULL), 0);
	decision_done(&d);
}

static void
a_colleagues_text_that_arrives_late_is_nobodys_news(void **state)
{
	struct decision d;

	(void)state;
	text_before(&d, CASE_IN_PROGRESS, "alert");
	d.before.answered.role = ROLE_STAFF;
	d.before.answered.person = "sun";
	task(&d, "delivery_failed", "alert");
	arrives_late(&d);
	assert_int_equal(d.out.count, 1);
	decision_done(&d);
}

/* ---- the answer that is owed (R20) ---- */

static void
r20_an_answer_that_arrives_late_is_no_longer_owed(void **state)
{
	static const struct {
		enum case_state state;
		msec_t replied; /* minutes ago; 0: owed */
		bool met;
	} table[] = {
		{ CASE_IN_PROGRESS, 0, true },
		{ CASE_IN_PROGRESS, 5, false },
		{ CASE_RESOLVED, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		text_before(&d, table[i].state, "staff_reply");
		if (table[i].replied != 0)
			d.before.the_case.first_reply_at =
			    d.ctx.now - table[i].replied * MSEC_MINUTE;
		arrives_late(&d);
		assert_int_equal(timer_stopped(&d, TIMER_REPLY), table[i].met);
		if (table[i].met)
			assert_int_equal(case_after(&d)->first_reply_at,
			    d.before.answered.created_at);
		decision_done(&d);
	}
}

static void
r20_another_answer_meets_it_if_it_has_not_failed(void **state)
{
	static const struct {
		const char *name;
		enum out_state state;
		bool owed;
	} table[] = {
		{ "staff_reply", OUT_DELIVERED, false },
		{ "staff_reply", OUT_ACCEPTED, false },
		/* held for #undo */
		{ "staff_reply", OUT_QUEUED, false },
		{ "staff_reply", OUT_UNKNOWN, false },
		{ "staff_reply", OUT_FAILED, true },
		{ "staff_reply", OUT_EXPIRED, true },
		{ "staff_reply", OUT_CANCELLED, true },
		{ "extension", OUT_DELIVERED, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		msec_t first, second;

		text_before(&d, CASE_IN_PROGRESS, "staff_reply");
		first = d.before.answered.created_at;
		second = first + 5 * MSEC_MINUTE;
		d.before.the_case.first_reply_at = first;
		d.before.the_case.reply_due = d.ctx.now + MSEC_HOUR;
		/* The newest first, as the store lists them. */
		d.before.sent[0] = (struct sent_view){ .id = 44,
			.template_name = table[i].name,
			.created_at = second + 1,
			.state = table[i].state };
		d.before.sent[1] = d.before.sent[0];
		d.before.sent[1].id = 43;
		d.before.sent[1].created_at = second;
		d.before.sent[2] = (struct sent_view){ .id = 42,
			.template_name = "staff_reply",
			.created_at = first,
			.state = OUT_ACCEPTED };
		d.before.sent_count = 3;
		decision_report(&d, OUT_FAILED);
		decision_run(&d);
		print_message(
		    "# %s %s\n", table[i].name, out_state_name(table[i].state));
		assert_int_equal(
		    case_after(&d)->first_reply_at, table[i].owed ? 0 : second);
		assert_int_equal(
		    timer_after(&d, TIMER_REPLY) != NULL, table[i].owed);
		assert_non_null(sent(&d, "delivery_failed", "lin"));
		decision_done(&d);
	}
}

/* A template said but that there is an answer; the mail that had it is lost. */
static void
r20_the_hint_of_a_template_meets_nothing(void **state)
{
	static const struct sms_provider templates = { .is_template_only =
							   true };
	struct decision d;
	struct sms_channel *sms;

	(void)state;
	text_before(&d, CASE_IN_PROGRESS, "staff_reply");
	sms = (struct sms_channel *)(uintptr_t)d.ctx.conf->estates[0].sms;
	const struct sms_provider *real = sms->provider;

	sms->provider = &templates;
	d.before.answered.channel = CHANNEL_MAIL;
	d.before.answered.to = WANG;
	d.before.the_case.first_reply_at = d.before.answered.created_at;
	d.before.sent[0] = (struct sent_view){ .id = 41,
		.template_name = "staff_reply",
		.channel = CHANNEL_SMS,
		.created_at = d.before.answered.created_at,
		.state = OUT_DELIVERED };
	d.before.sent_count = 1;
	decision_report(&d, OUT_FAILED);
	decision_run(&d);
	assert_int_equal(case_after(&d)->first_reply_at, 0);
	decision_done(&d);
	/* Nor when it arrives late. */
	text_before(&d, CASE_IN_PROGRESS, "staff_reply");
	d.before.the_case.first_reply_at = 0;
	arrives_late(&d);
	assert_false(timer_stopped(&d, TIMER_REPLY));
	decision_done(&d);
	sms->provider = real;
}

/* ---- who hears of silence, and of a gateway that is down ---- */

static void
silence_is_told_in_the_readers_words(void **state)
{
	static const struct {
		bool silent, cut_off;
		const char *words;
	} table[] = {
		{ true, false, "没有送达回执" },
		{ false, true, "短信通道中断" },
		{ false, false, "550 no such user" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		text_before(&d, CASE_IN_PROGRESS, "staff_reply");
		decision_report(&d, OUT_FAILED);
		d.in.report.is_silent = table[i].silent;
		d.in.report.is_cut_off = table[i].cut_off;
		decision_run(&d);
		assert_non_null(strstr(
		    sent(&d, "delivery_failed", "lin")->text, table[i].words));
		decision_done(&d);
	}
}

static void
a_survey_that_nobody_reports_is_not_run_after(void **state)
{
	static const char *const names[] = { "rating_request", "survey" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
		struct decision d;

		text_before(&d, CASE_FED_BACK, names[i]);
		decision_report(&d, OUT_FAILED);
		d.in.report.is_silent = true;
		decision_run(&d);
		assert_int_equal(sent_count(&d, NULL), 0);
		decision_done(&d);
	}
}

static void
a_hint_at_a_mail_that_holds_the_answer_may_fail(void **state)
{
	static const struct {
		const char *hint;
		out_id mail;
		msec_t after;
		enum out_state state;
		bool urgent, told;
	} table[] = {
		{ "mailed", 44, 0, OUT_ACCEPTED, false, false },
		{ "mailed", 44, 0, OUT_QUEUED, false, false },
		{ "mailed", 44, 0, OUT_FAILED, false, true },
		/* another one than it speaks of */
		{ "mailed", 44, MSEC_HOUR, OUT_ACCEPTED, false, true },
		{ "mailed", 42, 0, OUT_ACCEPTED, false, true },
		{ "staff_reply", 44, 0, OUT_ACCEPTED, false, true },
		{ "mailed", 44, 0, OUT_ACCEPTED, true, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		text_before(&d, CASE_IN_PROGRESS, table[i].hint);
		d.before.answered.id = 43;
		d.before.answered.created_at = d.ctx.now - MSEC_HOUR;
		d.before.answered.is_urgent = table[i].urgent;
		d.before.sent[0] = (struct sent_view){ .id = table[i].mail,
			.template_name = "staff_reply",
			.created_at =
			    d.before.answered.created_at + table[i].after,
			.state = table[i].state };
		d.before.sent_count = 1;
		decision_report(&d, OUT_FAILED);
		decision_run(&d);
		if ((sent_count(&d, NULL) > 0) != table[i].told)
			fail_msg("case %zu", i);
		decision_done(&d);
	}
}

static void
r24_an_alarm_that_is_answered_needs_no_second_way(void **state)
{
	static const struct {
		bool silent, cut_off, taken, told;
	} table[] = {
		{ true, false, false, true },
		{ true, false, true, false },
		{ false, false, true, true },
		/* It went by mail as well. */
		{ false, true, false, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		text_before(&d, CASE_NEW, "alert");
		d.before.answered.role = ROLE_STAFF;
		d.before.answered.person = "sun";
		d.before.answered.is_urgent = true;
		d.before.the_case.taken_at =
		    table[i].taken ? d.ctx.now - MSEC_MINUTE : 0;
		decision_report(&d, OUT_FAILED);
		d.in.report.is_silent = table[i].silent;
		d.in.report.is_cut_off = table[i].cut_off;
		decision_run(&d);
		assert_int_equal(
		    sent(&d, "colleague_unreached", "chen") != NULL,
		    table[i].told);
		decision_done(&d);
	}
}

static void
r24_the_owner_in_danger_is_called_at_once(void **state)
{
	struct decision d;

	(void)state;
	text_before(&d, CASE_NEW, "ack_emergency");
	d.before.answered.is_urgent = true;
	d.before.the_case.mail = NULL;
	d.before.the_case.severity = SEVERITY_EMERGENCY;
	decision_report(&d, OUT_FAILED);
	d.in.report.is_cut_off = true;
	decision_run(&d);
	assert_non_null(strstr(sent(&d, "phone_task", "lin")->text, "10:05"));
	assert_null(sent(&d, "delivery_failed", NULL));
	assert_string_equal(
	    event_of(&d, "phone_task")->reason, "delivery_failed");
	decision_done(&d);
}

/* In one turn: whoever telephones says the words of both. */
static void
r24_a_second_text_to_the_owner_in_danger_is_a_task_of_its_own(void **state)
{
	struct decision d;

	(void)state;
	text_before(&d, CASE_NEW, "ack_emergency");
	d.before.answered.is_urgent = true;
	d.before.answered.text = "请您先到安全处";
	d.before.the_case.mail = NULL;
	d.before.the_case.severity = SEVERITY_EMERGENCY;
	task(&d, "phone_task", "delivery_failed");
	d.events[d.before.event_count - 1].at = d.ctx.now;
	decision_report(&d, OUT_FAILED);
	decision_run(&d);
	assert_non_null(
	    strstr(sent(&d, "phone_task", "lin")->text, "请您先到安全处"));
	assert_int_equal(event_count(&d, "phone_task"), 1);
	decision_done(&d);
}

static void
r52_a_second_bounce_of_one_mail_is_no_news(void **state)
{
	struct decision d;

	(void)state;
	text_before(&d, CASE_IN_PROGRESS, "staff_reply");
	d.before.answered.channel = CHANNEL_MAIL;
	d.before.answered_status.state = OUT_FAILED;
	decision_mail(&d, "mailer-daemon@owner.example", "undeliverable");
	d.message.bounce.is_bounce = true;
	d.message.bounce.is_hard = true;
	decision_run(&d);
	assert_string_equal(bin_of(&d), "bounce");
	assert_int_equal(d.out.count, 1);
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(r13_an_outcome_that_arrives_late_is_fed_back),
		cmocka_unit_test(
		    whoever_was_asked_to_say_it_hears_that_it_arrived),
		cmocka_unit_test(
		    a_text_that_was_not_given_up_arrives_without_a_word),
		cmocka_unit_test(
		    a_colleagues_text_that_arrives_late_is_nobodys_news),
		cmocka_unit_test(
		    r20_an_answer_that_arrives_late_is_no_longer_owed),
		cmocka_unit_test(
		    r20_another_answer_meets_it_if_it_has_not_failed),
		cmocka_unit_test(r20_the_hint_of_a_template_meets_nothing),
		cmocka_unit_test(silence_is_told_in_the_readers_words),
		cmocka_unit_test(a_survey_that_nobody_reports_is_not_run_after),
		cmocka_unit_test(
		    a_hint_at_a_mail_that_holds_the_answer_may_fail),
		cmocka_unit_test(
		    r24_an_alarm_that_is_answered_needs_no_second_way),
		cmocka_unit_test(r24_the_owner_in_danger_is_called_at_once),
		cmocka_unit_test(
		    r24_a_second_text_to_the_owner_in_danger_is_a_task_of_its_own),
		cmocka_unit_test(r52_a_second_bounce_of_one_mail_is_no_news),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
