/* New matters: rules R1-R6, R9, R12, R16, R24, R45 and 5.36, 5.37, 5.39. */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "lib/text.h"
#include "tests/support/decision.h"

#define REQUEST	  "您好,3-2-501厨房水管漏水,请派人来看看。"
#define GAS	  "3-2-501家里有很浓的燃气味,快来人!"

static void
wang_writes(struct decision *d, const char *own)
{
	decision_init(d);
	decision_mail(d, "wang@owner.example", own);
	decision_owner(d);
	decision_run(d);
}

static void
r2_a_new_matter_becomes_a_case_with_number_and_dues(void **state)
{
	struct decision d;

	(void)state;
	wang_writes(&d, REQUEST);
	const struct case_file *file = case_after(&d);

	assert_string_equal(file->number, "T261123-0007");
	assert_int_equal(file->id, 7);
	assert_int_equal(file->state, CASE_NEW);
	assert_string_equal(file->category, "plumbing");
	assert_string_equal(file->place.room, "501");
	assert_string_equal(file->text, REQUEST);
	assert_int_equal(
	    file->take_due, decision_time("2026-11-23T10:30:00+08:00"));
	assert_int_equal(
	    file->reply_due, decision_time("2026-11-24T17:30:00+08:00"));
	assert_int_equal(
	    file->outcome_due, decision_time("2026-11-25T17:30:00+08:00"));
	assert_int_equal(event_count(&d, "created"), 1);
	assert_string_equal(event_of(&d, "created")->actor, "owner");
	decision_done(&d);
}

static void
r3_the_owner_is_acknowledged_once_on_their_channel(void **state)
{
	struct decision d;

	(void)state;
	wang_writes(&d, REQUEST);
	const struct outgoing *ack = sent(&d, "ack", "wang@owner.example");

	assert_non_null(ack);
	assert_int_equal(sent_count(&d, "ack"), 1);
	assert_int_equal(ack->role, ROLE_OWNER);
	assert_true(ack->is_automatic);
	assert_true(ack->null_sender);
	assert_int_equal(ack->reply_kind, REPLY_OWNER);
	assert_string_equal(ack->in_reply_to, "their-mail@owner.example");
	assert_non_null(strstr(ack->text, "T261123-0007"));
	assert_non_null(strstr(ack->text, "林女士"));
	assert_non_null(strstr(ack->text, "11月24日17:30"));
	decision_done(&d);
}

static void
r3_a_mail_on_sunday_night_is_promised_an_answer_in_business_hours(
    void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	d.ctx.now = decision_time("2026-11-22T03:00:00+08:00");
	decision_mail(&d, "wang@owner.example", REQUEST);
	decision_owner(&d);
	decision_run(&d);
	assert_int_equal(case_after(&d)->reply_due,
	    decision_time("2026-11-23T17:30:00+08:00"));
	assert_int_equal(sent(&d, "ack", NULL)->not_before, d.ctx.now);
	decision_done(&d);
}

static void
r16_the_duty_agent_is_first_responder(void **state)
{
	static const struct {
		const char *at, *who;
	} table[] = {
		{ "2026-11-23T10:00:00+08:00", "lin" },
		{ "2026-11-23T18:00:00+08:00", "zhou" },
		{ "2026-11-22T10:00:00+08:00", "zhou" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		d.ctx.now = decision_time(table[i].at);
		decision_mail(&d, "wang@owner.example", REQUEST);
		decision_owner(&d);
		decision_run(&d);
		assert_string_equal(
		    case_after(&d)->first_responder, table[i].who);
		assert_non_null(sent(&d, "new_case", table[i].who));
		decision_done(&d);
	}
}

static void
r16_who_forwards_a_mail_is_first_responder(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_mail(&d, "zhou@sunshine.example", "请处理");
	d.message.forward.is_forward = true;
	d.message.forward.from = "wang@owner.example";
	d.message.forward.subject = "漏水";
	d.message.forward.body = REQUEST;
	decision_run(&d);
	assert_string_equal(case_after(&d)->first_responder, "zhou");
	assert_string_equal(case_after(&d)->mail, "wang@owner.example");
	assert_string_equal(case_after(&d)->text, REQUEST);
	assert_string_equal(event_of(&d, "created")->actor, "zhou");
	assert_non_null(sent(&d, "ack", "wang@owner.example"));
	decision_done(&d);
}

static void
r9_the_person_complained_about_neither_handles_nor_hears(void **state)
{
	struct decision d;

	(void)state;
	wang_writes(&d, "投诉客服林晓态度恶劣,3-2-501业主。");
	assert_int_equal(case_after(&d)->kind, KIND_COMPLAINT);
	assert_string_equal(case_after(&d)->first_responder, "zhou");
	for (size_t i = 0; i < d.out.count; i++) {
		if (d.out.list[i].kind == EFFECT_SEND)
			assert_false(
			    text_eq(d.out.list[i].send.person, "lin"));
	}
	decision_done(&d);
}

static void
s37_the_department_of_the_category_gets_it_at_once(void **state)
{
	struct decision d;

	(void)state;
	wang_writes(&d, REQUEST);
	assert_string_equal(case_after(&d)->department, "engineering");
	assert_string_equal(event_of(&d, "assigned")->actor, "desk");
	assert_non_null(sent(&d, "new_case", "sun"));
	assert_int_equal(case_after(&d)->transfers, 0);
	assert_null(timer_after(&d, TIMER_DISPATCH));
	decision_done(&d);
}

static void
r26_reminders_stand_at_three_quarters(void **state)
{
	struct decision d;

	(void)state;
	wang_writes(&d, REQUEST);
	assert_int_equal(timer_after(&d, TIMER_TAKE)->due,
	    decision_time("2026-11-23T10:22:30+08:00"));
	assert_non_null(timer_after(&d, TIMER_REPLY));
	assert_non_null(timer_after(&d, TIMER_OUTCOME));
	assert_non_null(timer_after(&d, TIMER_NEWS));
	assert_int_equal(timer_after(&d, TIMER_REPLY)->step, 0);
	decision_done(&d);
}

static void
r6_a_missing_place_is_asked_for_in_the_acknowledgement(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_sms(&d, "+8613700137000", "水管坏了");
	decision_run(&d);
	assert_non_null(sent(&d, "ack_clarify", "+8613700137000"));
	assert_int_equal(sent_count(&d, "ack"), 0);
	assert_int_equal(event_count(&d, "clarify_asked"), 1);
	assert_int_equal(timer_after(&d, TIMER_CLARIFY)->due,
	    decision_time("2026-11-26T17:30:00+08:00"));
	decision_done(&d);
}

static void
s39_an_unknown_sender_who_names_a_flat_becomes_its_contact(void **state)
{
	struct decision d;
	const struct owner *contact = NULL;

	(void)state;
	decision_init(&d);
	decision_sms(&d, "13700137000", REQUEST);
	decision_run(&d);
	for (size_t i = 0; i < d.out.count; i++) {
		if (d.out.list[i].kind == EFFECT_CONTACT)
			contact = &d.out.list[i].contact;
	}
	assert_non_null(contact);
	assert_string_equal(contact->phone, "+8613700137000");
	assert_string_equal(contact->home.room, "501");
	assert_false(contact->is_confirmed);
	decision_done(&d);
}

static void
r5_an_agitated_owner_is_soothed_and_called(void **state)
{
	struct decision d;

	(void)state;
	wang_writes(&d, 
	    "3-2-501漏水第三次了!!太过分了!再不处理我就打12345曝光你们!");
	assert_true(case_after(&d)->agitated);
	assert_non_null(sent(&d, "ack_soothe", "wang@owner.example"));
	assert_int_equal(event_count(&d, "call_task"), 1);
	/* Everybody is told 12:00, and whoever calls is asked before it. */
	assert_non_null(strstr(sent(&d, "ack_soothe", NULL)->text, "12:00"));
	assert_non_null(strstr(
	    sent(&d, "new_case", "lin")->text, "已告知业主11月23日12:00前"));
	assert_int_equal(timer_after(&d, TIMER_CALL)->due,
	    decision_time("2026-11-23T11:30:00+08:00"));
	decision_done(&d);
}

static void
r24_an_emergency_alarms_four_people_both_ways_at_once(void **state)
{
	static const char *const alarmed[] = { "lin", "sun", "chen", "zheng" };
	struct decision d;

	(void)state;
	wang_writes(&d, GAS);
	assert_int_equal(case_after(&d)->severity, SEVERITY_EMERGENCY);
	assert_int_equal(sent_count(&d, "alert"), 8);
	for (size_t i = 0; i < ARRAY_COUNT(alarmed); i++) {
		const struct outgoing *alert = sent(&d, "alert", alarmed[i]);

		assert_non_null(alert);
		assert_true(alert->is_urgent);
		assert_false(alert->is_automatic);
	}
	assert_null(sent(&d, "alert", "wu"));
	assert_int_equal(event_of(&d, "skipped")->level, 3);
	assert_int_equal(case_after(&d)->after_reports, 1);
	assert_int_equal(timer_after(&d, TIMER_ALERT)->due,
	    d.ctx.now + 5 * MSEC_MINUTE);
	/* Asked for at three quarters of the way to 17:30 of tomorrow. */
	assert_int_equal(timer_after(&d, TIMER_AFTER_REPORT)->due,
	    decision_time("2026-11-24T14:07:30+08:00"));
	assert_null(timer_after(&d, TIMER_CLARIFY));
	decision_done(&d);
}

static void
s35_without_a_place_the_alarm_shows_the_number_and_the_owner_is_asked(
    void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_sms(&d, "+8613700137000", "电梯里有人被困了，快来救人");
	decision_run(&d);
	assert_int_equal(case_after(&d)->severity, SEVERITY_EMERGENCY);
	assert_int_equal(sent_count(&d, "alert"), 8);
	for (size_t i = 0; i < d.out.count; i++) {
		const struct outgoing *out = &d.out.list[i].send;

		if (d.out.list[i].kind == EFFECT_SEND &&
		    text_eq(out->template_name, "alert"))
			assert_non_null(strstr(out->text, "13700137000"));
	}
	assert_non_null(strstr(
	    sent(&d, "ack_emergency", NULL)->text, "请回复楼号-单元-房号"));
	/* Who does not answer is telephoned. */
	assert_int_equal(
	    timer_after(&d, TIMER_CLARIFY)->due, d.ctx.now + 5 * MSEC_MINUTE);
	decision_done(&d);
}

static void
r3_an_emergency_is_acknowledged_by_mail_and_text(void **state)
{
	struct decision d;

	(void)state;
	wang_writes(&d, GAS);
	assert_non_null(sent(&d, "ack_emergency", "wang@owner.example"));
	assert_non_null(sent(&d, "ack_emergency", "+8613900139001"));
	assert_int_equal(sent_count(&d, "ack_emergency"), 2);
	assert_false(case_after(&d)->agitated);
	decision_done(&d);
}

static void
r40_an_alarm_masks_the_owner_and_not_the_place(void **state)
{
	struct decision d;
	const struct outgoing *alert;

	(void)state;
	wang_writes(&d, GAS);
	alert = sent(&d, "alert", "sun");
	assert_null(strstr(alert->text, "13900139001"));
	assert_null(strstr(alert->text, "王芳"));
	assert_non_null(strstr(alert->text, "501"));
	decision_done(&d);
}

static void
r45_brakes_stop_the_acknowledgement_and_are_recorded(void **state)
{
	static const struct {
		int ten, hour, day;
	} table[] = { { 5, 5, 5 }, { 0, 10, 10 }, { 0, 0, 24 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_mail(&d, "wang@owner.example", REQUEST);
		decision_owner(&d);
		d.before.sender.automatic.in_10min = table[i].ten;
		d.before.sender.automatic.in_hour = table[i].hour;
		d.before.sender.automatic.in_day = table[i].day;
		decision_run(&d);
		assert_null(sent(&d, "ack", NULL));
		assert_int_equal(event_count(&d, "braked"), 1);
		/* Staff are never braked (5.33). */
		assert_non_null(sent(&d, "new_case", "lin"));
		decision_done(&d);
	}
}

static void
r53_who_texts_after_opting_out_is_answered_in_that_matter(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_sms(&d, "+8613900139001", REQUEST);
	decision_owner(&d);
	d.before.sender.is_opted_out = true;
	decision_run(&d);
	assert_non_null(sent(&d, "ack", "+8613900139001"));
	assert_int_equal(event_count(&d, "sms_allowed"), 1);
	decision_done(&d);
}

static void
photos_go_along_to_those_who_work_and_logos_do_not(void **state)
{
	struct attachment files[] = {
		{ "leak.jpg", "image/jpeg", 300000, 500, 410000, false },
		{ "logo.png", "image/png", 3000, 420000, 4200, true },
		{ "winmail.dat", "application/ms-tnef", 9000, 0, 0, false },
	};
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_mail(&d, "wang@owner.example", REQUEST);
	decision_owner(&d);
	d.message.attachments = files;
	d.message.attachment_count = ARRAY_COUNT(files);
	decision_run(&d);
	assert_int_equal(sent(&d, "new_case", "lin")->part_count, 1);
	assert_int_equal(sent(&d, "new_case", "lin")->parts[0].offset, 500);
	assert_int_equal(sent(&d, "new_case", "lin")->parts[0].inbox, 55);
	assert_int_equal(sent(&d, "ack", NULL)->part_count, 0);
	decision_done(&d);
}

static void
mail_from_before_the_desk_is_for_staff_only(void **state)
{
	static const char *const texts[] = { REQUEST, GAS, "水管漏水。" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		struct decision d;

		decision_init(&d);
		decision_mail(&d, "wang@owner.example", texts[i]);
		decision_owner(&d);
		d.in.is_old = true;
		decision_run(&d);
		assert_int_equal(case_after(&d)->state, CASE_NEW);
		for (size_t j = 0; j < d.out.count; j++)
			if (d.out.list[j].kind == EFFECT_SEND)
				assert_int_not_equal(
				    d.out.list[j].send.role, ROLE_OWNER);
		/* Once, though an emergency would be said twice. */
		assert_int_equal(event_count(&d, "braked"), 1);
		assert_string_equal(event_of(&d, "braked")->reason, "old mail");
		assert_non_null(sent(&d, "new_case", "lin"));
		decision_done(&d);
	}
}

static void
r1_what_cannot_be_read_is_a_case_for_a_human(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	d.in = (struct input){
		.kind = INPUT_UNREADABLE,
		.inbox = 55,
		.estate = "sunshine",
		.received_at = d.ctx.now,
		.reason = "the reader died twice",
	};
	decision_run(&d);
	assert_int_equal(case_after(&d)->kind, KIND_UNCLEAR);
	assert_non_null(sent(&d, "unreadable", "lin"));
	assert_int_equal(sent_count(&d, NULL), 1);
	assert_int_equal(d.out.list[1].kind, EFFECT_ATTACH);
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    r2_a_new_matter_becomes_a_case_with_number_and_dues),
		cmocka_unit_test(
		    r3_the_owner_is_acknowledged_once_on_their_channel),
		cmocka_unit_test(
		    r3_a_mail_on_sunday_night_is_promised_an_answer_in_business_hours),
		cmocka_unit_test(r16_the_duty_agent_is_first_responder),
		cmocka_unit_test(r16_who_forwards_a_mail_is_first_responder),
		cmocka_unit_test(
		    r9_the_person_complained_about_neither_handles_nor_hears),
		cmocka_unit_test(
		    s37_the_department_of_the_category_gets_it_at_once),
		cmocka_unit_test(r26_reminders_stand_at_three_quarters),
		cmocka_unit_test(
		    r6_a_missing_place_is_asked_for_in_the_acknowledgement),
		cmocka_unit_test(
		    s39_an_unknown_sender_who_names_a_flat_becomes_its_contact),
		cmocka_unit_test(r5_an_agitated_owner_is_soothed_and_called),
		cmocka_unit_test(
		    r24_an_emergency_alarms_four_people_both_ways_at_once),
		cmocka_unit_test(
		    s35_without_a_place_the_alarm_shows_the_number_and_the_owner_is_asked),
		cmocka_unit_test(
		    r3_an_emergency_is_acknowledged_by_mail_and_text),
		cmocka_unit_test(r40_an_alarm_masks_the_owner_and_not_the_place),
		cmocka_unit_test(
		    r45_brakes_stop_the_acknowledgement_and_are_recorded),
		cmocka_unit_test(
		    r53_who_texts_after_opting_out_is_answered_in_that_matter),
		cmocka_unit_test(
		    photos_go_along_to_those_who_work_and_logos_do_not),
		cmocka_unit_test(mail_from_before_the_desk_is_for_staff_only),
		cmocka_unit_test(r1_what_cannot_be_read_is_a_case_for_a_human),
	};

	return cmocka_run_group_tests(tests, decision_world, decision_world_end);
}
