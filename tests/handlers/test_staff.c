/* What staff write: rules.md 4.2-4.4, 5.4, 5.11, 5.12, 5.30, R4, R7, R13,
 * R15, R17-R20, R22-R25. */
#include "core/obligations.h"
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "lib/text.h"
#include "tests/support/decision.h"

#define OUTCOME "您好,已更换厨房下水弯头并试水,未再漏水。"

/* A mail of `staff' that answers the mail with the matter. */
static void
answer(struct decision *d, enum case_state state, const char *staff,
    const char *own)
{
	decision_init(d);
	decision_case(d, state);
	decision_staff(d, staff, REPLY_MATTER, own);
	decision_run(d);
}

static bool
transcript_has(const struct decision *d, const char *words)
{
	const struct outgoing *transcript = sent(d, "transcript", NULL);

	return transcript != NULL && strstr(transcript->text, words) != NULL;
}

static void
r10_take_makes_the_handler_and_stops_the_clock(void **state)
{
	struct decision d;

	(void)state;
	answer(&d, CASE_ACKNOWLEDGED, "sun", "#接单");
	assert_string_equal(case_after(&d)->handler, "sun");
	assert_string_equal(case_after(&d)->first_responder, "lin");
	assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
	assert_int_equal(case_after(&d)->taken_at, d.ctx.now);
	assert_int_equal(event_count(&d, "taken"), 1);
	assert_true(timer_stopped(&d, TIMER_TAKE));
	assert_non_null(sent(&d, "transcript", "sun"));
	decision_done(&d);
}

static void
s30_a_plain_reply_goes_to_the_owner_in_our_words(void **state)
{
	struct decision d;
	const struct outgoing *out;

	(void)state;
	answer(&d, CASE_IN_PROGRESS, "lin", "您好,师傅已在路上。");
	out = sent(&d, "staff_reply", "wang@owner.example");
	assert_non_null(out);
	assert_non_null(strstr(out->text, "师傅已在路上"));
	assert_false(out->is_automatic);
	assert_false(out->is_outcome);
	assert_string_equal(out->in_reply_to, "90.tokentokentoken@desk.example");
	assert_int_equal(case_after(&d)->first_reply_at, d.ctx.now);
	assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
	assert_true(timer_stopped(&d, TIMER_REPLY));
	assert_int_equal(event_count(&d, "replied"), 1);
	assert_true(transcript_has(&d, "w***@owner.example"));
	decision_done(&d);
}

static void
s30_a_plain_reply_to_a_reminder_is_a_note(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	decision_staff(&d, "lin", REPLY_INTERNAL, "明天再去看一次");
	decision_run(&d);
	assert_null(sent(&d, "staff_reply", NULL));
	assert_int_equal(event_count(&d, "noted"), 1);
	decision_done(&d);
}

static void
s30_the_configuration_can_turn_replies_into_notes(void **state)
{
	struct decision d;
	struct config conf;

	(void)state;
	decision_init(&d);
	conf = *d.ctx.conf;
	conf.plain_reply_is_note = true;
	d.ctx.conf = &conf;
	decision_case(&d, CASE_IN_PROGRESS);
	decision_staff(&d, "lin", REPLY_MATTER, "师傅已在路上");
	decision_run(&d);
	assert_null(sent(&d, "staff_reply", NULL));
	assert_int_equal(event_count(&d, "noted"), 1);
	decision_done(&d);
}

static void
s11_an_answer_is_held_for_the_undo_time_unless_urgent(void **state)
{
	static const struct {
		enum severity severity;
		msec_t held;
	} table[] = { { SEVERITY_NORMAL, 60 * MSEC_SECOND + 10 * MSEC_MINUTE },
		{ SEVERITY_EMERGENCY, 0 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		struct config conf;

		decision_init(&d);
		conf = *d.ctx.conf;
		conf.undo_seconds = 60;
		d.ctx.conf = &conf;
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.severity = table[i].severity;
		decision_staff(&d, "lin", REPLY_MATTER, "您好,师傅已在路上。");
		decision_run(&d);
		assert_int_equal(sent(&d, "staff_reply", NULL)->not_before,
		    d.ctx.now + table[i].held);
		/* At the latest: it waits for what its author is told. */
		assert_int_equal(sent(&d, "staff_reply", NULL)->waits_for,
		    table[i].held == 0 ? 0 : sent(&d, "transcript", "lin")->id);
		decision_done(&d);
	}
}

static void
s11_the_undo_time_begins_when_the_author_has_been_told(void **state)
{
	static const struct {
		const char *template_name;
		enum role role;
		enum out_state state;
		bool releases;
	} table[] = {
		{ "transcript", ROLE_STAFF, OUT_ACCEPTED, true },
		{ "transcript", ROLE_MANAGER, OUT_DELIVERED, true },
		/* Its author will never be told. */
		{ "transcript", ROLE_STAFF, OUT_FAILED, true },
		{ "transcript", ROLE_STAFF, OUT_UNKNOWN, false },
		{ "refused", ROLE_STAFF, OUT_ACCEPTED, false },
		{ "staff_reply", ROLE_OWNER, OUT_ACCEPTED, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		const struct effect *release = NULL;
		struct decision d;
		struct config conf;

		decision_init(&d);
		conf = *d.ctx.conf;
		conf.undo_seconds = 60;
		d.ctx.conf = &conf;
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.answered = (struct outgoing){ .id = 77,
			.case_id = d.before.the_case.id,
			.person = "lin",
			.to = "lin@sunshine.example",
			.template_name = table[i].template_name,
			.role = table[i].role };
		d.in = (struct input){ .kind = INPUT_REPORT,
			.report = { .out = 77, .state = table[i].state } };
		decision_run(&d);
		for (size_t k = 0; k < d.out.count; k++)
			if (d.out.list[k].kind == EFFECT_RELEASE)
				release = &d.out.list[k];
		assert_int_equal(release != NULL, table[i].releases);
		if (release != NULL) {
			assert_int_equal(release->release.confirmation, 77);
			assert_int_equal(release->release.due,
			    d.ctx.now + MSEC_MINUTE);
		}
		decision_done(&d);
	}
}

static void
s11_undo_takes_back_message_and_state(void **state)
{
	struct decision d;
	struct config conf;

	(void)state;
	decision_init(&d);
	conf = *d.ctx.conf;
	conf.undo_seconds = 60;
	d.ctx.conf = &conf;
	decision_case(&d, CASE_RESOLVED);
	d.before.the_case.first_reply_at = d.ctx.now - 20 * MSEC_SECOND;
	decision_event(
	    &d, "resolved", "lin", 0, d.ctx.now - 20 * MSEC_SECOND);
	decision_held(&d, "outcome", d.ctx.now - 20 * MSEC_SECOND);
	decision_staff(&d, "lin", REPLY_INTERNAL, "#撤回");
	decision_run(&d);
	assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
	assert_int_equal(case_after(&d)->first_reply_at, 0);
	assert_int_equal(event_count(&d, "undone"), 1);
	assert_non_null(timer_after(&d, TIMER_OUTCOME));
	decision_done(&d);
}

static void
s11_undo_after_its_time_is_refused(void **state)
{
	struct decision d;
	struct config conf;

	(void)state;
	decision_init(&d);
	conf = *d.ctx.conf;
	conf.undo_seconds = 60;
	d.ctx.conf = &conf;
	decision_case(&d, CASE_RESOLVED);
	decision_event(&d, "resolved", "lin", 0, d.ctx.now - 2 * MSEC_MINUTE);
	decision_held(&d, "outcome", d.ctx.now - 2 * MSEC_MINUTE);
	d.before.sent[0].state = OUT_SENDING;
	d.before.sent[0].attempts = 1;
	decision_staff(&d, "lin", REPLY_INTERNAL, "#撤回");
	decision_run(&d);
	assert_int_equal(case_after(&d)->state, CASE_RESOLVED);
	/* It is named. */
	assert_non_null(strstr(sent(&d, "refused", "lin")->text, "办结"));
	assert_int_equal(event_count(&d, "refused"), 1);
	decision_done(&d);
}

static void
r4_a_shirking_text_reaches_only_its_author(void **state)
{
	struct decision d;

	(void)state;
	answer(&d, CASE_IN_PROGRESS, "lin", "#回复 您好,这事不归我们管。");
	assert_null(sent(&d, "staff_reply", NULL));
	assert_non_null(sent(&d, "blocked", "lin"));
	assert_int_equal(sent_count(&d, NULL), 1);
	assert_int_equal(event_count(&d, "noted"), 1);
	assert_string_equal(event_of(&d, "refused")->reason, "wording");
	assert_int_equal(case_after(&d)->first_reply_at, 0);
	decision_done(&d);
}

static void
r7_findings_unlock_judgement(void **state)
{
	static const char text[] = "#回复 您好,经检查属于使用不当造成堵塞。";

	(void)state;
	for (int has_findings = 0; has_findings < 2; has_findings++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		if (has_findings)
			decision_event(&d, "finding", "lin", 0, d.ctx.now);
		decision_staff(&d, "lin", REPLY_MATTER, text);
		decision_run(&d);
		assert_int_equal(
		    sent(&d, "staff_reply", NULL) != NULL, has_findings);
		decision_done(&d);
	}
}

static void
r13_resolve_sends_the_outcome_and_does_not_feed_back(void **state)
{
	struct decision d;
	const struct outgoing *out;

	(void)state;
	answer(&d, CASE_IN_PROGRESS, "lin", "#办结 " OUTCOME);
	out = sent(&d, "outcome", "wang@owner.example");
	assert_non_null(out);
	assert_true(out->is_outcome);
	assert_int_equal(case_after(&d)->state, CASE_RESOLVED);
	assert_int_equal(case_after(&d)->outcome_out, out->id);
	assert_string_equal(case_after(&d)->outcome, OUTCOME);
	assert_int_equal(event_count(&d, "resolved"), 1);
	assert_int_equal(event_count(&d, "fed_back"), 0);
	assert_true(timer_stopped(&d, TIMER_OUTCOME));
	assert_true(timer_stopped(&d, TIMER_NEWS));
	decision_done(&d);
}

static void
s4_resolve_without_text_takes_the_plain_text(void **state)
{
	struct decision d;

	(void)state;
	answer(&d, CASE_IN_PROGRESS, "lin", OUTCOME "\n#办结");
	assert_non_null(sent(&d, "outcome", NULL));
	assert_null(sent(&d, "staff_reply", NULL));
	assert_string_equal(case_after(&d)->outcome, OUTCOME);
	decision_done(&d);
}

static void
r15_an_empty_outcome_is_refused(void **state)
{
	static const char *const texts[] = { "#办结 已处理", "#resolve done",
		"#办结 ok" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		struct decision d;

		answer(&d, CASE_IN_PROGRESS, "lin", texts[i]);
		assert_null(sent(&d, "outcome", NULL));
		assert_int_equal(event_count(&d, "refused"), 1);
		assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
		decision_done(&d);
	}
}

static void
resolving_an_untaken_case_takes_it_first(void **state)
{
	struct decision d;

	(void)state;
	answer(&d, CASE_ACKNOWLEDGED, "sun", "#办结 " OUTCOME);
	assert_int_equal(event_count(&d, "taken"), 1);
	assert_int_equal(event_count(&d, "resolved"), 1);
	assert_string_equal(case_after(&d)->handler, "sun");
	decision_done(&d);
}

static void
r13_without_an_address_the_outcome_is_a_phone_task(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.mail = NULL;
	d.before.the_case.phone = NULL;
	decision_staff(&d, "sun", REPLY_MATTER, "#办结 " OUTCOME);
	decision_run(&d);
	assert_int_equal(case_after(&d)->state, CASE_RESOLVED);
	assert_non_null(sent(&d, "phone_task", "lin"));
	assert_int_equal(event_count(&d, "phone_task"), 1);
	decision_done(&d);
}

static void
r53_a_number_that_opted_out_gets_a_mail_instead(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.channel = CHANNEL_SMS;
	d.before.phone_opted_out = true;
	decision_staff(&d, "lin", REPLY_MATTER, "#办结 " OUTCOME);
	decision_run(&d);
	assert_int_equal(sent(&d, "outcome", NULL)->channel, CHANNEL_MAIL);
	decision_done(&d);
}

static void
r13_feedback_by_phone_is_proof(void **state)
{
	struct decision d;

	(void)state;
	answer(&d, CASE_RESOLVED, "lin",
	    "#反馈 电话 11-23 09:50 业主表示满意");
	assert_int_equal(case_after(&d)->state, CASE_FED_BACK);
	assert_string_equal(event_of(&d, "fed_back")->actor, "lin");
	assert_non_null(timer_after(&d, TIMER_CLOSE));
	decision_done(&d);
}

static void
r17_assigning_changes_the_handler_and_not_the_first_responder(void **state)
{
	struct decision d;

	(void)state;
	answer(&d, CASE_IN_PROGRESS, "lin", "#转派 环境部 请清理");
	assert_string_equal(case_after(&d)->department, "environment");
	assert_string_equal(case_after(&d)->first_responder, "lin");
	assert_int_equal(case_after(&d)->state, CASE_ASSIGNED);
	assert_int_equal(case_after(&d)->transfers, 1);
	assert_non_null(sent(&d, "assigned", "qian@sunshine.example"));
	assert_non_null(sent(&d, "assigned", "+8613800138013"));
	decision_done(&d);
}

static void
r19_the_third_change_of_department_goes_to_l3(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.transfers = 2;
	decision_staff(&d, "lin", REPLY_MATTER, "#转派 环境部 请清理");
	decision_run(&d);
	assert_int_equal(event_of(&d, "escalated")->level, 3);
	assert_non_null(sent(&d, "escalated", "wu"));
	assert_non_null(sent(&d, "reply_time", NULL));
	decision_done(&d);
}

static void
r19_a_case_that_stands_higher_does_not_go_down_to_l3(void **state)
{
	static const struct {
		const char *staff;
		int level;
	} table[] = { { "lin", 4 }, { "zheng", 1 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.transfers = 2;
		d.before.the_case.level = table[i].level;
		decision_staff(&d, table[i].staff, REPLY_MATTER,
		    "#转派 环境部 请清理");
		decision_run(&d);
		assert_int_equal(event_count(&d, "escalated"), 0);
		assert_int_equal(case_after(&d)->level, table[i].level);
		assert_int_equal(case_after(&d)->transfers, 3);
		decision_done(&d);
	}
}

static void
r19_after_that_l1_may_not_assign(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.transfers = 3;
	decision_staff(&d, "lin", REPLY_MATTER, "#转派 环境部 请清理");
	decision_run(&d);
	assert_int_equal(event_count(&d, "assigned"), 0);
	assert_int_equal(event_count(&d, "refused"), 1);
	decision_done(&d);
}

static void
r18_only_l2_hands_over_and_the_owner_hears(void **state)
{
	static const struct {
		const char *who, *responder;
	} table[] = { { "lin", "lin" }, { "chen", "zhou" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		answer(&d, CASE_IN_PROGRESS, table[i].who,
		    "#交接 周敏 林晓休假");
		assert_string_equal(
		    case_after(&d)->first_responder, table[i].responder);
		assert_int_equal(
		    sent(&d, "new_contact", NULL) != NULL, i == 1);
		decision_done(&d);
	}
}

static void
r22_levels_are_not_skipped(void **state)
{
	struct decision d;

	(void)state;
	answer(&d, CASE_IN_PROGRESS, "lin", "#上报 L4 业主要求赔偿");
	assert_int_equal(event_count(&d, "escalated"), 0);
	assert_null(sent(&d, "escalated", NULL));
	assert_non_null(sent(&d, "refused", "lin"));
	decision_done(&d);
}

static void
r23_an_escalation_tells_the_owner_when(void **state)
{
	struct decision d;

	(void)state;
	answer(&d, CASE_IN_PROGRESS, "lin", "#上报 业主要求赔偿");
	assert_int_equal(event_of(&d, "escalated")->level, 2);
	assert_int_equal(case_after(&d)->level, 2);
	assert_non_null(sent(&d, "escalated", "chen"));
	assert_non_null(sent(&d, "reply_time", "wang@owner.example"));
	assert_int_equal(event_count(&d, "owner_told_reply_time"), 1);
	assert_int_equal(timer_after(&d, TIMER_ESCALATION)->step, 2);
	/* Told the due that runs (5.43), and moved none. */
	assert_non_null(strstr(
	    sent(&d, "reply_time", NULL)->text, "11月24日17:30"));
	assert_int_equal(
	    case_after(&d)->reply_due, d.before.the_case.reply_due);
	decision_done(&d);
}

static void
r24_an_emergency_may_skip_and_owes_a_report(void **state)
{
	struct decision d;

	(void)state;
	answer(&d, CASE_IN_PROGRESS, "lin",
	    "#紧急 燃气浓度高\n#上报 L4 已疏散");
	assert_int_equal(case_after(&d)->severity, SEVERITY_EMERGENCY);
	assert_int_equal(case_after(&d)->level, 4);
	assert_int_equal(event_of(&d, "escalated")->level, 4);
	assert_true(case_after(&d)->after_reports > 0);
	assert_non_null(sent(&d, "alert", "zheng"));
	decision_done(&d);
}

static void
r25_an_after_report_reaches_the_skipped_level_and_pays_the_debt(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.after_reports = 1;
	decision_event(&d, "skipped", "desk", 3, d.ctx.now - MSEC_HOUR);
	decision_staff(&d, "lin", REPLY_INTERNAL,
	    "#补报 09:00报险,09:10关阀,无人受伤");
	decision_run(&d);
	assert_int_equal(case_after(&d)->after_reports, 0);
	assert_non_null(sent(&d, "after_report", "wu"));
	assert_true(timer_stopped(&d, TIMER_AFTER_REPORT));
	assert_int_equal(event_count(&d, "after_report"), 1);
	decision_done(&d);
}

static void
r25_who_had_their_report_is_owed_no_second_one(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.after_reports = 1;
	decision_event(&d, "skipped", "desk", 3, d.ctx.now - 3 * MSEC_HOUR);
	decision_event(
	    &d, "after_report", "lin", 0, d.ctx.now - 2 * MSEC_HOUR);
	decision_event(&d, "skipped", "lin", 2, d.ctx.now - MSEC_HOUR);
	decision_staff(&d, "lin", REPLY_INTERNAL, "#补报 09:00报险,09:10关阀");
	decision_run(&d);
	assert_non_null(sent(&d, "after_report", "chen"));
	assert_null(sent(&d, "after_report", "wu"));
	decision_done(&d);
}

static void
r11_only_l4_promises_money(void **state)
{
	static const struct {
		const char *staff;
		bool is_sent;
	} table[] = { { "lin", false }, { "wu", false }, { "zheng", true },
		{ "he", true } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		answer(&d, CASE_IN_PROGRESS, table[i].staff,
		    "您好,公司决定减免物业费一个月。");
		assert_int_equal(
		    sent(&d, "staff_reply", NULL) != NULL, table[i].is_sent);
		assert_int_equal(
		    sent(&d, "blocked", NULL) == NULL, table[i].is_sent);
		decision_done(&d);
	}
}

static void
r20_an_emergency_is_extended_by_l3_only(void **state)
{
	static const struct {
		const char *staff;
		bool is_done;
	} table[] = { { "lin", false }, { "wu", true } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.severity = SEVERITY_EMERGENCY;
		decision_staff(&d, table[i].staff, REPLY_MATTER,
		    "#延期 11-24 17:40 等待配件");
		decision_run(&d);
		assert_int_equal(event_count(&d, "extended"), table[i].is_done);
		decision_done(&d);
	}
}

static void
r20_the_word_of_a_promise_does_not_wait_past_the_old_time(void **state)
{
	static const struct {
		const char *now;
		msec_t held;
	} table[] = {
		{ "2026-11-24T17:00:00+08:00",
		    60 * MSEC_SECOND + 10 * MSEC_MINUTE },
		{ "2026-11-24T17:29:30+08:00", 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		struct config conf;

		decision_init(&d);
		conf = *d.ctx.conf;
		conf.undo_seconds = 60;
		d.ctx.conf = &conf;
		d.ctx.now = decision_time(table[i].now);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.promise_due =
		    decision_time("2026-11-24T17:30:00+08:00");
		decision_staff(
		    &d, "lin", REPLY_MATTER, "#时限 11-24 17:35 等待配件");
		decision_run(&d);
		assert_int_equal(sent(&d, "extension", NULL)->not_before,
		    d.ctx.now + table[i].held);
		decision_done(&d);
	}
}

static void
severity_moves_dues_and_down_from_emergency_takes_l2(void **state)
{
	static const struct {
		const char *who;
		enum severity before, after;
	} table[] = {
		{ "lin", SEVERITY_NORMAL, SEVERITY_MAJOR },
		{ "lin", SEVERITY_EMERGENCY, SEVERITY_EMERGENCY },
		{ "chen", SEVERITY_EMERGENCY, SEVERITY_MAJOR },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.severity = table[i].before;
		decision_staff(&d, table[i].who, REPLY_MATTER, "#级别 重大");
		decision_run(&d);
		assert_int_equal(
		    case_after(&d)->severity, table[i].after);
		/* R12: L2 hears at once of what has become major, by mail and
		 * text; not what they have just ordered themselves. */
		assert_int_equal(sent_count(&d, "new_case"),
		    table[i].before == SEVERITY_NORMAL ? 2 : 0);
		decision_done(&d);
	}
}

static void
r13_close_needs_level_feedback_and_a_day(void **state)
{
	static const struct {
		const char *who;
		enum case_state state;
		int hours, owed;
		enum case_state after;
	} table[] = {
		{ "lin", CASE_FED_BACK, 25, 0, CASE_FED_BACK },
		{ "chen", CASE_RESOLVED, 25, 0, CASE_RESOLVED },
		{ "chen", CASE_FED_BACK, 23, 0, CASE_FED_BACK },
		{ "chen", CASE_FED_BACK, 25, 1, CASE_FED_BACK },
		{ "chen", CASE_FED_BACK, 25, 0, CASE_CLOSED },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, table[i].state);
		d.before.the_case.fed_back_at =
		    d.ctx.now - table[i].hours * MSEC_HOUR;
		d.before.the_case.after_reports = table[i].owed;
		decision_staff(&d, table[i].who, REPLY_INTERNAL, "#结案");
		decision_run(&d);
		assert_int_equal(case_after(&d)->state, table[i].after);
		assert_int_equal(event_count(&d, "closed"),
		    table[i].after == CASE_CLOSED);
		decision_done(&d);
	}
}

static void
s431_one_error_and_nothing_is_done(void **state)
{
	static const char *const mails[] = {
		"#接单\n#assgin 工程部",
		"#接单\n#上报 L4 赔偿",
		"#办结 " OUTCOME "\n#结案",
		"#接单\n#确认业主",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(mails); i++) {
		struct decision d;

		answer(&d, CASE_ACKNOWLEDGED, "lin", mails[i]);
		assert_int_equal(case_after(&d)->state, CASE_ACKNOWLEDGED);
		assert_null(case_after(&d)->handler);
		assert_int_equal(event_count(&d, "taken"), 0);
		assert_int_equal(event_count(&d, "refused"), 1);
		assert_int_equal(event_count(&d, "noted"), 1);
		assert_non_null(sent(&d, "refused", "lin"));
		assert_int_equal(sent_count(&d, NULL), 1);
		decision_done(&d);
	}
}

/* ---- trust ---- */

static void
s512_without_token_or_pin_it_is_kept_and_l2_is_told(void **state)
{
	static const struct {
		const char *why, *own, *person, *auth;
		enum match_by match;
		bool done;
	} table[] = {
		{ "the number in the subject is no proof", "#接单", NULL,
		    "mx.sunshine.example; dkim=pass", MATCH_NUMBER, false },
		{ "a token of somebody else", "#接单", "zhou",
		    "mx.sunshine.example; dkim=pass", MATCH_TOKEN, false },
		{ "a failing check beats the token", "#接单", "lin",
		    "mx.sunshine.example; dkim=pass; spf=fail", MATCH_TOKEN,
		    false },
		{ "no result from a staff domain", "#接单", "lin",
		    "mx.elsewhere.example; dkim=pass", MATCH_TOKEN, false },
		{ "the PIN is proof", "#接单 2580", NULL,
		    "mx.sunshine.example; dkim=pass", MATCH_NUMBER, true },
		{ "a wrong PIN is none", "#接单 2581", NULL,
		    "mx.sunshine.example; dkim=pass", MATCH_NUMBER, false },
		{ "the own token is proof", "#接单", "lin",
		    "mx.sunshine.example; dkim=pass", MATCH_TOKEN, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("%s\n", table[i].why);
		decision_init(&d);
		decision_case(&d, CASE_ACKNOWLEDGED);
		decision_staff(&d, "lin", REPLY_MATTER, table[i].own);
		d.before.match = table[i].match;
		d.before.answered.person = table[i].person;
		d.message.auth_results[0] = table[i].auth;
		decision_run(&d);
		assert_int_equal(
		    event_count(&d, "taken"), table[i].done ? 1 : 0);
		assert_int_equal(
		    event_count(&d, "refused"), table[i].done ? 0 : 1);
		assert_int_equal(sent(&d, "unverified", "chen") != NULL,
		    !table[i].done);
		decision_done(&d);
	}
}

static void
s512_an_unverified_mail_sends_nothing_to_the_owner(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	decision_staff(&d, "lin", REPLY_MATTER, "您好,赔您一万元。");
	d.message.auth_results[0] = "mx.sunshine.example; dmarc=fail";
	decision_run(&d);
	assert_null(sent(&d, "staff_reply", NULL));
	assert_string_equal(event_of(&d, "refused")->text, d.message.own);
	assert_string_equal(event_of(&d, "refused")->reason, "authentication");
	decision_done(&d);
}

static void
s12_a_forged_new_matter_is_no_case(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_mail(&d, "lin@sunshine.example", "3-2-501漏水");
	d.message.auth_results[0] = "mx.sunshine.example; spf=fail";
	decision_run(&d);
	assert_null(case_after(&d));
	assert_string_equal(bin_of(&d), "unclear");
	assert_non_null(sent(&d, "unverified", "chen"));
	decision_done(&d);
}

static void
r9_who_is_complained_about_finds_no_case(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.kind = KIND_COMPLAINT;
	d.before.the_case.text = "林晓态度恶劣";
	decision_staff(&d, "lin", REPLY_MATTER, "#查看");
	decision_run(&d);
	assert_null(case_after(&d));
	assert_null(strstr(sent(&d, "refused", "lin")->text, "T261123-0003"));
	assert_null(sent(&d, "case_sheet", NULL));
	decision_done(&d);
}

static void
s31_a_department_touches_only_its_own_cases(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	decision_mail(&d, "qian@sunshine.example", "#接单 2580");
	d.before.match = MATCH_NUMBER;
	decision_run(&d);
	assert_int_equal(event_count(&d, "taken"), 0);
	assert_string_equal(bin_of(&d), "unclear");
	decision_done(&d);
}

/* ---- by text ---- */

static void
text_of(struct decision *d, const char *own)
{
	decision_init(d);
	decision_case(d, CASE_ACKNOWLEDGED);
	decision_sms(d, "+8613800138001", own);
	d->before.match = MATCH_NUMBER;
	decision_run(d);
}

static void
s44_staff_work_by_text(void **state)
{
	static const struct {
		const char *own, *event;
	} table[] = {
		{ "接单 0003", "taken" },
		{ "take 0003", "taken" },
		{ "备注 0003 已联系业主", "noted" },
		{ "办结 0003 " OUTCOME, "resolved" },
		{ "上报 0003 需要停水", "escalated" },
		{ "1", "taken" },
		{ " １ ", "taken" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		text_of(&d, table[i].own);
		assert_non_null(event_of(&d, table[i].event));
		assert_non_null(sent(&d, "transcript", "+8613800138001"));
		decision_done(&d);
	}
}

static void
s12_a_pin_is_kept_nowhere_and_told_to_nobody(void **state)
{
	static const struct {
		const char *what, *own, *auth;
	} rows[] = {
		{ "done", "#接单 2580", NULL },
		{ "refused", "#上报 L4 这事很急 2580", NULL },
		{ "not believed", "#接单 2580", "mx.sunshine.example; dkim=fail" },
		{ "a note", "#备注 已联系 2580\n还要再看", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct decision d;

		print_message("%s\n", rows[i].what);
		decision_init(&d);
		decision_case(&d, CASE_ACKNOWLEDGED);
		decision_staff(&d, "lin", REPLY_MATTER, rows[i].own);
		if (rows[i].auth != NULL)
			d.message.auth_results[0] = rows[i].auth;
		d.before.match = MATCH_NUMBER;
		decision_run(&d);
		assert_true(d.out.count > 1);
		for (size_t k = 0; k < d.out.count; k++) {
			const struct effect *effect = &d.out.list[k];
			const char *text = effect->kind == EFFECT_EVENT
					       ? effect->event.text
				       : effect->kind == EFFECT_SEND
					       ? effect->send.text
					       : NULL;

			assert_true(text == NULL ||
				    strstr(text, "2580") == NULL);
		}
		decision_done(&d);
	}
}

static void
s12_by_text_closing_takes_the_pin(void **state)
{
	static const struct {
		const char *own;
		enum case_state after;
	} table[] = {
		{ "结案 0003", CASE_FED_BACK },
		{ "结案 0003 2580", CASE_CLOSED },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_FED_BACK);
		d.before.the_case.fed_back_at = d.ctx.now - 2 * MSEC_DAY;
		decision_sms(&d, "+8613800138003", table[i].own);
		d.before.match = MATCH_NUMBER;
		decision_run(&d);
		assert_int_equal(case_after(&d)->state, table[i].after);
		decision_done(&d);
	}
}

static void
a_text_that_names_no_case_is_refused_with_an_example(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_sms(&d, "+8613800138001", "接单 0099");
	decision_run(&d);
	assert_non_null(sent(&d, "refused", "+8613800138001"));
	assert_string_equal(bin_of(&d), "unclear");
	decision_done(&d);
}

static void
r20_an_extension_is_told_before_the_due_and_refused_after(void **state)
{
	static const struct {
		const char *now, *own;
		bool extended;
	} table[] = {
		{ "2026-11-24T10:00:00+08:00", "#延期 11-25 12:00 等待配件",
		    true },
		{ "2026-11-24T17:31:00+08:00", "#延期 11-25 12:00 等待配件",
		    false },
		{ "2026-11-24T10:00:00+08:00", "#延期 12-25 12:00 等待配件",
		    false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		d.ctx.now = decision_time(table[i].now);
		decision_case(&d, CASE_IN_PROGRESS);
		decision_staff(&d, "lin", REPLY_MATTER, table[i].own);
		decision_run(&d);
		assert_int_equal(
		    event_count(&d, "extended"), table[i].extended);
		assert_int_equal(sent(&d, "extension", "wang@owner.example") !=
			NULL,
		    table[i].extended);
		if (table[i].extended)
			assert_int_equal(case_after(&d)->reply_due,
			    decision_time("2026-11-25T12:00:00+08:00"));
		decision_done(&d);
	}
}

static void
r11_nobody_is_reminded_of_a_promise_at_night(void **state)
{
	static const struct {
		const char *text, *at;
		enum severity severity;
	} table[] = {
		{ "#时限 11-23 14:00 上门", "2026-11-23T13:00:00+08:00",
		    SEVERITY_NORMAL },
		{ "#时限 11-24 10:00 上门", "2026-11-24T08:00:00+08:00",
		    SEVERITY_NORMAL },
		/* In the morning it would be too late. */
		{ "#时限 11-24 06:00 上门", "2026-11-24T01:00:00+08:00",
		    SEVERITY_NORMAL },
		{ "#时限 11-24 10:00 上门", "2026-11-24T04:00:00+08:00",
		    SEVERITY_EMERGENCY },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.severity = table[i].severity;
		d.before.the_case.outcome_due =
		    decision_time("2026-11-26T17:30:00+08:00");
		decision_staff(&d, "lin", REPLY_MATTER, table[i].text);
		decision_run(&d);
		assert_int_equal(timer_after(&d, TIMER_PROMISE)->due,
		    decision_time(table[i].at));
		decision_done(&d);
	}
}

static void
r11_a_recorded_promise_is_a_due(void **state)
{
	struct decision d;

	(void)state;
	answer(&d, CASE_IN_PROGRESS, "lin", "#时限 11-24 12:00 师傅上门");
	assert_int_equal(case_after(&d)->promise_due,
	    decision_time("2026-11-24T12:00:00+08:00"));
	assert_non_null(timer_after(&d, TIMER_PROMISE));
	assert_non_null(sent(&d, "extension", "wang@owner.example"));
	decision_done(&d);
}

static void
r11_a_clear_time_is_a_promise_and_an_unclear_one_is_not_sent(void **state)
{
	static const struct {
		const char *own, *promise;
		bool is_sent;
	} table[] = {
		{ "您好,预计11月24日12:00前答复您。",
		    "2026-11-24T12:00:00+08:00", true },
		{ "您好,预计11-24 12:00前答复您。",
		    "2026-11-24T12:00:00+08:00", true },
		{ "您好,预计2026-11-24 12:00前答复您。",
		    "2026-11-24T12:00:00+08:00", true },
		{ "您好,师傅今天上门查看。", NULL, true },
		{ "您好,师傅11月23日9:30已到现场。", NULL, true },
		{ "您好,3-2-501的水表已核对,电话0531-00000000。", NULL,
		    true },
		{ "您好,25号上午10点上门维修。", "2026-11-25T10:00:00+08:00",
		    true },
		{ "您好,25日上午10点上门。", "2026-11-25T10:00:00+08:00", true },
		{ "您好,本月25号10:00上门。", "2026-11-25T10:00:00+08:00",
		    true },
		{ "您好,星期三10点上门。", "2026-11-25T10:00:00+08:00", true },
		{ "您好,大后天上午10点上门。", "2026-11-26T10:00:00+08:00",
		    true },
		{ "您好,下周一上午9点上门。", "2026-11-30T09:00:00+08:00",
		    true },
		{ "您好,下午三点上门。", "2026-11-23T15:00:00+08:00", true },
		{ "您好,三天内上门维修。", "2026-11-26T10:00:00+08:00", true },
		{ "您好,两小时内到。", "2026-11-23T12:00:00+08:00", true },
		{ "Dear Ms Wang, we come on 25 November at 10:00.",
		    "2026-11-25T10:00:00+08:00", true },
		{ "Dear Ms Wang, we come on Nov 25 at 10 am.",
		    "2026-11-25T10:00:00+08:00", true },
		{ "Dear Ms Wang, we come on Friday at 10:00.",
		    "2026-11-27T10:00:00+08:00", true },
		{ "Dear Ms Wang, we come next Monday at 9:30 am.",
		    "2026-11-30T09:30:00+08:00", true },
		{ "Dear Ms Wang, we come within 2 hours.",
		    "2026-11-23T12:00:00+08:00", true },
		{ "您好,师傅11月20日已更换灯泡。", NULL, true },
		{ "您好,3号楼2单元的灯已换,2号电梯正常。", NULL, true },
		{ "您好,上周三师傅来过,一周三次巡查。", NULL, true },
		{ "Dear Ms Wang, flat 3 may be wet.", NULL, true },
		{ "您好,预计12月20日12:00前更换。", NULL, false },
		{ "您好,师傅明天上午到。", NULL, false },
		{ "您好,下周一上门维修。", NULL, false },
		{ "您好,25号给您上门。", NULL, false },
		{ "您好,月底前10:00上门。", NULL, false },
		{ "您好,预计9:30上门。", NULL, false },
		{ "Please note we will answer on 25 November.", NULL, false },
		{ "Please expect us next Monday.", NULL, false },
		{ "The plumber comes at 5pm on Friday, thank you.", NULL,
		    false },
		{ "您好,11月24日12:00或11月25日12:00上门。", NULL, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("%s\n", table[i].own);
		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.outcome_due =
		    decision_time("2026-11-30T17:30:00+08:00");
		decision_staff(&d, "lin", REPLY_MATTER, table[i].own);
		decision_run(&d);
		assert_int_equal(
		    sent(&d, "staff_reply", NULL) != NULL, table[i].is_sent);
		assert_int_equal(case_after(&d)->promise_due,
		    table[i].promise == NULL ?
			0 : decision_time(table[i].promise));
		assert_int_equal(timer_after(&d, TIMER_PROMISE) != NULL,
		    table[i].promise != NULL);
		assert_int_equal(
		    sent(&d, "blocked", "lin") != NULL, !table[i].is_sent);
		decision_done(&d);
	}
}

static void
r13_a_call_that_reached_nobody_leaves_the_outcome_owed(void **state)
{
	static const enum case_state states[] = { CASE_RESOLVED,
		CASE_IN_PROGRESS };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(states); i++) {
		struct decision d;

		answer(&d, states[i], "lin", "#反馈 电话 11-23 09:50 未接通");
		assert_int_equal(case_after(&d)->state, states[i]);
		assert_int_equal(case_after(&d)->first_reply_at, 0);
		assert_int_equal(event_count(&d, "fed_back"), 0);
		assert_string_equal(event_of(&d, "noted")->text, "未接通");
		assert_false(timer_stopped(&d, TIMER_FEEDBACK));
		decision_done(&d);
	}
}

static void
r13_an_outcome_is_owed_until_it_is_fed_back(void **state)
{
	static const struct {
		enum case_state from;
		const char *own;
		bool sets, stops;
	} table[] = {
		{ CASE_IN_PROGRESS, "#办结 " OUTCOME, true, false },
		{ CASE_RESOLVED, "#反馈 电话 11-23 09:50 业主表示满意", false,
		    true },
		{ CASE_RESOLVED, "#重开 还在漏", false, true },
		{ CASE_IN_PROGRESS, "#接单", false, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("%s\n", table[i].own);
		answer(&d, table[i].from, "lin", table[i].own);
		assert_int_equal(
		    timer_after(&d, TIMER_FEEDBACK) != NULL, table[i].sets);
		assert_int_equal(
		    timer_stopped(&d, TIMER_FEEDBACK), table[i].stops);
		decision_done(&d);
	}
}

static void
s11_undo_brings_back_the_clock_of_a_promise(void **state)
{
	struct decision d;
	struct config conf;

	(void)state;
	decision_init(&d);
	conf = *d.ctx.conf;
	conf.undo_seconds = 60;
	d.ctx.conf = &conf;
	decision_case(&d, CASE_RESOLVED);
	d.before.the_case.promise_due = d.ctx.now + MSEC_DAY;
	decision_event(
	    &d, "resolved", "lin", 0, d.ctx.now - 20 * MSEC_SECOND);
	decision_held(&d, "outcome", d.ctx.now - 20 * MSEC_SECOND);
	decision_staff(&d, "lin", REPLY_INTERNAL, "#撤回");
	decision_run(&d);
	assert_non_null(timer_after(&d, TIMER_PROMISE));
	decision_done(&d);
}

static void
s11_undo_takes_back_the_time_that_only_that_answer_named(void **state)
{
	static const bool was_promised_before[] = { false, true };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(was_promised_before); i++) {
		struct decision d;
		struct config conf;
		msec_t said;

		decision_init(&d);
		conf = *d.ctx.conf;
		conf.undo_seconds = 60;
		d.ctx.conf = &conf;
		said = d.ctx.now - 20 * MSEC_SECOND;
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.promise_due = d.ctx.now + MSEC_DAY;
		if (was_promised_before[i]) {
			decision_event(
			    &d, "promised", "lin", 0, said - MSEC_HOUR);
			d.events[0].reason = "2026-11-23T15:00";
		}
		decision_event(&d, "promised", "lin", 0, said);
		decision_event(&d, "replied", "lin", 0, said);
		decision_held(&d, "staff_reply", said);
		decision_staff(&d, "lin", REPLY_INTERNAL, "#撤回");
		decision_run(&d);
		assert_int_equal(case_after(&d)->promise_due,
		    was_promised_before[i] ?
			decision_time("2026-11-23T15:00:00+08:00") : 0);
		assert_int_equal(timer_stopped(&d, TIMER_PROMISE),
		    !was_promised_before[i]);
		decision_done(&d);
	}
}

static void
r11_an_answer_at_the_promised_time_has_kept_it(void **state)
{
	static const struct {
		const char *now, *own;
		bool is_kept;
	} table[] = {
		{ "2026-11-24T10:00:00+08:00", "您好,经查是灯泡坏了,已更换。", true },
		{ "2026-11-24T13:00:00+08:00", "您好,经查是灯泡坏了,已更换。", true },
		{ "2026-11-23T15:00:00+08:00", "您好,正在联系厂家。", false },
		{ "2026-11-24T10:00:00+08:00", "您好,预计11月25日12:00前更换。",
		    false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		d.ctx.now = decision_time(table[i].now);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.promise_due =
		    decision_time("2026-11-24T12:00:00+08:00");
		decision_event(&d, "promised", "lin", 0,
		    decision_time("2026-11-23T09:10:00+08:00"));
		decision_staff(&d, "lin", REPLY_MATTER, table[i].own);
		decision_run(&d);
		assert_non_null(sent(&d, "staff_reply", NULL));
		assert_int_equal(
		    event_count(&d, "promise_kept"), table[i].is_kept);
		assert_int_equal(
		    timer_stopped(&d, TIMER_PROMISE), table[i].is_kept);
		assert_int_equal(
		    case_after(&d)->promise_due == 0, table[i].is_kept);
		decision_done(&d);
	}
}

static void
r20_a_promise_that_has_passed_is_not_moved(void **state)
{
	static const struct {
		const char *who, *promise;
		int moved;
		bool is_first;
	} table[] = {
		{ "lin", NULL, 1, true },
		{ "lin", "2026-11-23T17:00:00+08:00", 1, false },
		{ "lin", "2026-11-23T09:50:00+08:00", 0, false },
		{ "wu", "2026-11-23T09:50:00+08:00", 1, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		if (table[i].promise != NULL)
			d.before.the_case.promise_due =
			    decision_time(table[i].promise);
		decision_staff(
		    &d, table[i].who, REPLY_MATTER, "#时限 11-24 12:00 等配件");
		decision_run(&d);
		assert_int_equal(event_count(&d, "promised"), table[i].moved);
		/* A first time is no postponement. */
		if (table[i].moved > 0)
			assert_int_equal(
			    strstr(sent(&d, "extension", NULL)->text,
				"顺延") == NULL,
			    table[i].is_first);
		decision_done(&d);
	}
}

static void
s43_an_owner_is_told_the_due_that_still_lies_ahead(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.reply_due = d.ctx.now - MSEC_MINUTE;
	d.before.the_case.outcome_due = d.ctx.now + 2 * MSEC_HOUR;
	decision_staff(&d, "lin", REPLY_MATTER, "#上报 需协调采购");
	decision_run(&d);
	assert_non_null(
	    strstr(sent(&d, "reply_time", NULL)->text, "11月23日12:00"));
	decision_done(&d);
}

static void
r23_who_has_it_now_is_told_although_a_time_was_just_told(void **state)
{
	static const char *const told[] = { NULL, "chen" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(told); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		decision_event(&d, "owner_told_reply_time", "desk", 0,
		    d.ctx.now - MSEC_MINUTE);
		d.events[0].reason = told[i];
		decision_staff(&d, "lin", REPLY_MATTER, "#上报 需协调采购");
		decision_run(&d);
		assert_int_equal(
		    sent(&d, "reply_time", NULL) != NULL, told[i] == NULL);
		decision_done(&d);
	}
}

static void
r14_a_new_severity_moves_the_next_word_to_the_owner(void **state)
{
	static const struct {
		const char *what, *own;
		enum severity before;
		const char *heard, *was_due, *due;
	} table[] = {
		{ "graver: two hours from now", "#urgent 冒烟", SEVERITY_NORMAL,
		    "2026-11-22T18:00:00+08:00", "2026-11-25T17:30:00+08:00",
		    "2026-11-23T12:00:00+08:00" },
		{ "graver: from what they heard", "#severity major",
		    SEVERITY_NORMAL, "2026-11-23T09:00:00+08:00",
		    "2026-11-26T17:30:00+08:00", "2026-11-24T17:30:00+08:00" },
		{ "graver, and the word was due sooner", "#severity major",
		    SEVERITY_NORMAL, "2026-11-18T09:00:00+08:00",
		    "2026-11-23T17:30:00+08:00", "2026-11-23T17:30:00+08:00" },
		{ "lighter", "#severity normal", SEVERITY_EMERGENCY,
		    "2026-11-23T09:30:00+08:00", "2026-11-23T11:30:00+08:00",
		    "2026-11-26T17:30:00+08:00" },
		{ "none was due: it is from now on", "#urgent 冒烟",
		    SEVERITY_NORMAL, "2026-11-22T18:00:00+08:00", NULL,
		    "2026-11-23T12:00:00+08:00" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct case_file *file;
		struct decision d;

		print_message("%s\n", table[i].what);
		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		file = &d.before.the_case;
		file->severity = table[i].before;
		file->last_news_at = decision_time(table[i].heard);
		file->news_due = table[i].was_due == NULL
				     ? 0
				     : decision_time(table[i].was_due);
		decision_staff(&d, "chen", REPLY_MATTER, table[i].own);
		decision_run(&d);
		assert_int_equal(
		    case_after(&d)->news_due, decision_time(table[i].due));
		assert_non_null(timer_after(&d, TIMER_NEWS));
		/* They have heard nothing. */
		assert_int_equal(case_after(&d)->last_news_at,
		    decision_time(table[i].heard));
		decision_done(&d);
	}
}

static void
r25_an_alarm_that_was_spam_is_owed_no_report(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.after_reports = 1;
	decision_staff(&d, "lin", REPLY_MATTER, "#spam");
	decision_run(&d);
	assert_int_equal(case_after(&d)->state, CASE_SPAM);
	assert_true(timer_stopped(&d, TIMER_AFTER_REPORT));
	assert_false(obligation_is_owed(d.ctx.conf, &d.ctx.conf->estates[0],
	    case_after(&d), TIMER_AFTER_REPORT, d.ctx.now));
	/* Should it be none after all, the debt is there. */
	assert_int_equal(case_after(&d)->after_reports, 1);
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(r10_take_makes_the_handler_and_stops_the_clock),
		cmocka_unit_test(
		    s30_a_plain_reply_goes_to_the_owner_in_our_words),
		cmocka_unit_test(s30_a_plain_reply_to_a_reminder_is_a_note),
		cmocka_unit_test(
		    s30_the_configuration_can_turn_replies_into_notes),
		cmocka_unit_test(
		    s11_an_answer_is_held_for_the_undo_time_unless_urgent),
		cmocka_unit_test(
		    s11_the_undo_time_begins_when_the_author_has_been_told),
		cmocka_unit_test(s11_undo_takes_back_message_and_state),
		cmocka_unit_test(s11_undo_after_its_time_is_refused),
		cmocka_unit_test(r4_a_shirking_text_reaches_only_its_author),
		cmocka_unit_test(r7_findings_unlock_judgement),
		cmocka_unit_test(
		    r13_resolve_sends_the_outcome_and_does_not_feed_back),
		cmocka_unit_test(s4_resolve_without_text_takes_the_plain_text),
		cmocka_unit_test(r15_an_empty_outcome_is_refused),
		cmocka_unit_test(resolving_an_untaken_case_takes_it_first),
		cmocka_unit_test(
		    r13_without_an_address_the_outcome_is_a_phone_task),
		cmocka_unit_test(
		    r53_a_number_that_opted_out_gets_a_mail_instead),
		cmocka_unit_test(r13_feedback_by_phone_is_proof),
		cmocka_unit_test(
		    r17_assigning_changes_the_handler_and_not_the_first_responder),
		cmocka_unit_test(r19_the_third_change_of_department_goes_to_l3),
		cmocka_unit_test(
		    r19_a_case_that_stands_higher_does_not_go_down_to_l3),
		cmocka_unit_test(r19_after_that_l1_may_not_assign),
		cmocka_unit_test(r18_only_l2_hands_over_and_the_owner_hears),
		cmocka_unit_test(r22_levels_are_not_skipped),
		cmocka_unit_test(r23_an_escalation_tells_the_owner_when),
		cmocka_unit_test(r24_an_emergency_may_skip_and_owes_a_report),
		cmocka_unit_test(
		    r25_an_after_report_reaches_the_skipped_level_and_pays_the_debt),
		cmocka_unit_test(r25_who_had_their_report_is_owed_no_second_one),
		cmocka_unit_test(r11_only_l4_promises_money),
		cmocka_unit_test(r20_an_emergency_is_extended_by_l3_only),
		cmocka_unit_test(
		    r20_the_word_of_a_promise_does_not_wait_past_the_old_time),
		cmocka_unit_test(
		    severity_moves_dues_and_down_from_emergency_takes_l2),
		cmocka_unit_test(r13_close_needs_level_feedback_and_a_day),
		cmocka_unit_test(s431_one_error_and_nothing_is_done),
		cmocka_unit_test(
		    s512_without_token_or_pin_it_is_kept_and_l2_is_told),
		cmocka_unit_test(
		    s512_an_unverified_mail_sends_nothing_to_the_owner),
		cmocka_unit_test(s12_a_forged_new_matter_is_no_case),
		cmocka_unit_test(r9_who_is_complained_about_finds_no_case),
		cmocka_unit_test(s31_a_department_touches_only_its_own_cases),
		cmocka_unit_test(s44_staff_work_by_text),
		cmocka_unit_test(s12_a_pin_is_kept_nowhere_and_told_to_nobody),
		cmocka_unit_test(s12_by_text_closing_takes_the_pin),
		cmocka_unit_test(
		    a_text_that_names_no_case_is_refused_with_an_example),
		cmocka_unit_test(
		    r20_an_extension_is_told_before_the_due_and_refused_after),
		cmocka_unit_test(r11_nobody_is_reminded_of_a_promise_at_night),
		cmocka_unit_test(r11_a_recorded_promise_is_a_due),
		cmocka_unit_test(
		    r11_a_clear_time_is_a_promise_and_an_unclear_one_is_not_sent),
		cmocka_unit_test(
		    r13_a_call_that_reached_nobody_leaves_the_outcome_owed),
		cmocka_unit_test(r13_an_outcome_is_owed_until_it_is_fed_back),
		cmocka_unit_test(s11_undo_brings_back_the_clock_of_a_promise),
		cmocka_unit_test(
		    s11_undo_takes_back_the_time_that_only_that_answer_named),
		cmocka_unit_test(
		    r11_an_answer_at_the_promised_time_has_kept_it),
		cmocka_unit_test(r20_a_promise_that_has_passed_is_not_moved),
		cmocka_unit_test(
		    s43_an_owner_is_told_the_due_that_still_lies_ahead),
		cmocka_unit_test(
		    r23_who_has_it_now_is_told_although_a_time_was_just_told),
		cmocka_unit_test(
		    r14_a_new_severity_moves_the_next_word_to_the_owner),
		cmocka_unit_test(r25_an_alarm_that_was_spam_is_owed_no_report),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
