/* What staff were told by phone or in person, or forward: R3, R9, R16, R53,
 * rules.md 5.12. */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "lib/text.h"
#include "tests/support/decision.h"

static void
told_by_mail(struct decision *d, const char *own)
{
	decision_init(d);
	decision_mail(d, "zhou@sunshine.example", own);
	d->message.subject = NULL;
}

static void
r16_who_writes_it_down_is_first_responder_and_the_owner_is_texted(
    void **state)
{
	struct decision d;
	const struct outgoing *ack;

	(void)state;
	told_by_mail(&d, "#新建 3-2-501 王女士 13900139001 厨房水管漏水");
	decision_run(&d);
	assert_string_equal(case_after(&d)->first_responder, "zhou");
	assert_string_equal(case_after(&d)->phone, "+8613900139001");
	assert_string_equal(case_after(&d)->owner_name, "王女士");
	assert_string_equal(case_after(&d)->place.room, "501");
	assert_string_equal(case_after(&d)->category, "plumbing");
	assert_string_equal(case_after(&d)->text, "厨房水管漏水");
	assert_int_equal(case_after(&d)->channel, CHANNEL_SMS);
	assert_string_equal(event_of(&d, "created")->actor, "zhou");
	ack = sent(&d, "ack", "+8613900139001");
	assert_non_null(ack);
	assert_non_null(strstr(ack->text, "周女士"));
	assert_non_null(sent(&d, "new_case", "sun"));
	assert_non_null(
	    strstr(sent(&d, "transcript", "zhou")->text, "受理回执已发"));
	decision_done(&d);
}

static void
r16_by_text_it_is_answered_by_text(void **state)
{
	static const char *const table[] = {
		"新建 3-2-501 13900139001 厨房水管漏水",
		"#new 13900139001 3-2-501 厨房水管漏水",
		"登记 3-2-501 13900139001 厨房水管漏水",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		const struct outgoing *out;

		decision_init(&d);
		decision_sms(&d, "+8613800138002", table[i]);
		decision_run(&d);
		assert_string_equal(case_after(&d)->first_responder, "zhou");
		assert_non_null(sent(&d, "ack", "+8613900139001"));
		out = sent(&d, "transcript", "+8613800138002");
		assert_non_null(out);
		assert_non_null(strstr(out->text, "T261123-0007"));
		decision_done(&d);
	}
}

static void
a_known_caller_keeps_name_language_and_home(void **state)
{
	struct decision d;

	(void)state;
	told_by_mail(&d, "#new 13900139009 no hot water");
	d.before.caller.owner = (struct owner){
		.id = 9,
		.estate = "sunshine",
		.name = "John Smith",
		.home = { .building = "5", .unit = "1", .room = "1002" },
		.mail = "smith@owner.example",
		.phone = "+8613900139009",
		.language = LANGUAGE_EN,
	};
	decision_run(&d);
	assert_int_equal(case_after(&d)->owner, 9);
	assert_string_equal(case_after(&d)->owner_name, "John Smith");
	assert_string_equal(case_after(&d)->mail, "smith@owner.example");
	assert_string_equal(case_after(&d)->place.room, "1002");
	assert_int_equal(case_after(&d)->language, LANGUAGE_EN);
	assert_int_equal(sent(&d, "ack", "+8613900139009")->language,
	    LANGUAGE_EN);
	decision_done(&d);
}

static void
who_cannot_be_written_to_is_told_by_the_author(void **state)
{
	static const struct {
		const char *own;
		bool opted_out;
	} table[] = {
		{ "#新建 南门 道闸打不开", false },
		{ "#新建 3-2-501 0531-88886666 厨房水管漏水", false },
		{ "#新建 3-2-501 13900139001 厨房水管漏水", true }, /* R53 */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("%s\n", table[i].own);
		told_by_mail(&d, table[i].own);
		d.before.caller.is_opted_out = table[i].opted_out;
		decision_run(&d);
		assert_int_equal(case_after(&d)->state, CASE_NEW);
		assert_null(sent(&d, "ack", NULL));
		assert_non_null(strstr(
		    sent(&d, "transcript", "zhou")->text, "告诉业主"));
		decision_done(&d);
	}
}

static void
mistakes_are_told_with_the_right_form_and_open_no_case(void **state)
{
	static const struct {
		const char *own, *says;
	} table[] = {
		{ "#新建 3-2-501 1390013900 漏水", "1390013900" },
		{ "#新建 3-2-501 13900139001", "内容" },
		{ "#新建", "内容" },
		{ "#新建 道闸打不开", "房号" },
		{ "#新建 3-2-501 13900139001 漏水\n#接单", "单独" },
		{ "#新建 3-2-501 漏水\n#新建 3-2-502 漏水", "单独" },
		{ "#新健 3-2-501 13900139001 漏水", "新建" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		const struct outgoing *out;

		print_message("%s\n", table[i].own);
		told_by_mail(&d, table[i].own);
		decision_run(&d);
		assert_null(case_after(&d));
		assert_string_equal(bin_of(&d), "unclear");
		out = sent(&d, "refused", "zhou");
		assert_non_null(out);
		assert_non_null(strstr(out->text, table[i].says));
		/* There is no case in which it could have been kept. */
		assert_null(strstr(out->text, "内部备注"));
		decision_done(&d);
	}
}

static void
words_beside_it_are_a_note_for_colleagues(void **state)
{
	struct decision d;

	(void)state;
	told_by_mail(&d, "老业主,请重视\n#新建 3-2-501 13900139001 漏水");
	decision_run(&d);
	assert_string_equal(event_of(&d, "noted")->text, "老业主,请重视");
	assert_null(strstr(sent(&d, "ack", NULL)->text, "老业主"));
	decision_done(&d);
}

static void
in_a_reply_about_another_case_it_is_a_matter_of_its_own(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	decision_staff(
	    &d, "lin", REPLY_MATTER, "#新建 3-2-502 13900139002 楼上漏水");
	decision_run(&d);
	assert_int_equal(case_after(&d)->id, 7);
	assert_null(sent(&d, "staff_reply", NULL));
	assert_null(sent(&d, NULL, "wang@owner.example"));
	decision_done(&d);
}

static void
r9_who_is_complained_about_is_not_first_responder_by_writing_it_down(
    void **state)
{
	struct decision d;

	(void)state;
	told_by_mail(&d, "#新建 3-2-501 13900139001 投诉客服周敏态度恶劣");
	decision_run(&d);
	assert_int_equal(case_after(&d)->kind, KIND_COMPLAINT);
	assert_string_equal(case_after(&d)->first_responder, "lin");
	assert_null(sent(&d, NULL, "zhou"));
	decision_done(&d);
}

static void
an_emergency_by_phone_alarms_like_any_other(void **state)
{
	struct decision d;

	(void)state;
	told_by_mail(&d, "#新建 3-2-501 13900139001 厨房有很浓的燃气味");
	decision_run(&d);
	assert_int_equal(case_after(&d)->severity, SEVERITY_EMERGENCY);
	assert_non_null(sent(&d, "ack_emergency", "+8613900139001"));
	assert_non_null(sent(&d, "alert", "chen"));
	assert_string_equal(case_after(&d)->first_responder, "zhou");
	decision_done(&d);
}

static void
s12_a_forged_one_is_no_case(void **state)
{
	struct decision d;

	(void)state;
	told_by_mail(&d, "#新建 3-2-501 13900139001 漏水");
	d.message.auth_results[0] = "mx.sunshine.example; dmarc=fail";
	decision_run(&d);
	assert_null(case_after(&d));
	assert_null(sent(&d, "ack", NULL));
	assert_non_null(sent(&d, "unverified", "chen"));
	decision_done(&d);
}

static void
a_forwarded_mail_belongs_to_the_owner_of_the_register(void **state)
{
	struct decision d;

	(void)state;
	told_by_mail(&d, "请处理");
	d.message.forward = (struct forward){ .is_forward = true,
		.from = "smith@owner.example",
		.from_name = "J",
		.subject = "leak",
		.body = "Water is dripping from the kitchen ceiling." };
	d.before.caller.owner = (struct owner){ .id = 9,
		.name = "John Smith",
		.home = { .building = "5", .unit = "1", .room = "1002" },
		.mail = "smith@owner.example",
		.phone = "+8613900139009",
		.language = LANGUAGE_EN };
	decision_run(&d);
	assert_int_equal(case_after(&d)->owner, 9);
	assert_string_equal(case_after(&d)->phone, "+8613900139009");
	assert_string_equal(case_after(&d)->place.room, "1002");
	assert_string_equal(case_after(&d)->first_responder, "zhou");
	assert_non_null(sent(&d, "ack", "smith@owner.example"));
	decision_done(&d);
}

static void
a_forwarded_mail_of_a_colleague_acknowledges_nobody(void **state)
{
	struct decision d;

	(void)state;
	told_by_mail(&d, "请处理");
	d.message.forward = (struct forward){ .is_forward = true,
		.from = "lin@sunshine.example",
		.body = "3-2-501厨房漏水" };
	decision_run(&d);
	assert_null(case_after(&d)->mail);
	assert_null(sent(&d, "ack", NULL));
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    r16_who_writes_it_down_is_first_responder_and_the_owner_is_texted),
		cmocka_unit_test(r16_by_text_it_is_answered_by_text),
		cmocka_unit_test(a_known_caller_keeps_name_language_and_home),
		cmocka_unit_test(
		    who_cannot_be_written_to_is_told_by_the_author),
		cmocka_unit_test(
		    mistakes_are_told_with_the_right_form_and_open_no_case),
		cmocka_unit_test(words_beside_it_are_a_note_for_colleagues),
		cmocka_unit_test(
		    in_a_reply_about_another_case_it_is_a_matter_of_its_own),
		cmocka_unit_test(
		    r9_who_is_complained_about_is_not_first_responder_by_writing_it_down),
		cmocka_unit_test(an_emergency_by_phone_alarms_like_any_other),
		cmocka_unit_test(s12_a_forged_one_is_no_case),
		cmocka_unit_test(
		    a_forwarded_mail_belongs_to_the_owner_of_the_register),
		cmocka_unit_test(
		    a_forwarded_mail_of_a_colleague_acknowledges_nobody),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
