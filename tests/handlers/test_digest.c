/* Answers to mails about no case (rules.md 5.30). */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "lib/buf.h"
#include "lib/text.h"
#include "tests/support/decision.h"

static struct snapshot named[2];

/* chen answers the summary of the day and names the case of decision_case(),
 * and another of the lift. */
static void
answer(struct decision *d, const char *staff, const char *own)
{
	static const char *const numbers[] = { "T261123-0003", "T261123-0004" };

	decision_init(d);
	decision_case(d, CASE_ACKNOWLEDGED);
	for (size_t i = 0; i < ARRAY_COUNT(named); i++) {
		named[i] = d->before;
		named[i].the_case.number = numbers[i];
		named[i].the_case.id += (case_id)i;
	}
	d->before.has_case = false;
	d->before.the_case = (struct case_file){ 0 };
	decision_staff(d, staff, REPLY_DIGEST, own);
	d->before.answered.template_name = "daily";
	d->before.answered.subject = "今日小结";
	for (size_t i = 0; i < ARRAY_COUNT(named); i++)
		named[i].sender = d->before.sender;
	d->before.named = named;
	d->before.named_count = ARRAY_COUNT(named);
}

static void
s30_what_names_no_case_goes_to_the_chair(void **state)
{
	struct decision d;

	(void)state;
	answer(&d, "chen", "下周谈电梯。");
	d.before.named_count = 0;
	decision_run(&d);
	assert_non_null(strstr(sent(&d, "chair_note", "wu")->text, "谈电梯"));
	assert_int_equal(
	    sent(&d, "chair_note", "wu")->reply_kind, REPLY_DIGEST);
	assert_non_null(
	    strstr(sent(&d, "transcript", "chen")->text, "会议主持人吴刚"));
	assert_string_equal(bin_of(&d), "handled");
	decision_done(&d);
}

static void
s30_each_case_gets_its_own(void **state)
{
	struct decision d;

	(void)state;
	answer(&d, "chen",
	    "#回复 T261123-0003 您好,师傅下午到。\nT261123-0004 请看");
	d.message.attachment_count = 1;
	d.message.attachments = &(struct attachment){ .type = "image/jpeg",
		.size = 90000,
		.offset = 10,
		.length = 90000 };
	decision_run(&d);
	assert_int_equal(sent(&d, "staff_reply", NULL)->case_id, 3);
	/* Whose is the photo?  Nobody's. */
	assert_int_equal(sent(&d, "staff_reply", NULL)->part_count, 0);
	assert_string_equal(event_of(&d, "noted")->text, "请看");
	assert_int_equal(event_of(&d, "noted")->case_id, 4);
	assert_null(bin_of(&d));
	const char *text = sent(&d, "transcript", "chen")->text;

	assert_non_null(strstr(text, "附件没有转发"));
	assert_non_null(
	    strstr(text, "T261123-0003: 发给业主的文字:您好,师傅下午到。"));
	decision_done(&d);
}

static void
s30_me_is_whoever_writes(void **state)
{
	struct decision d;

	(void)state;
	answer(&d, "chen", "#转派 T261123-0003 我");
	decision_run(&d);
	assert_string_equal(event_of(&d, "assigned")->reason, "chen");
	decision_done(&d);
}

static void
s30_one_mistake_and_nothing_is_done(void **state)
{
	static const struct {
		const char *staff, *own, *says;
	} table[] = {
		{ "chen", "#备注 T261123-0003 好\n#转派 T261123-0004 保洁",
		    "T261123-0004: 第2行" },
		{ "chen", "#备注 T261123-0003 好\n#asign T261123-0004 工程部",
		    "T261123-0003: 第2行：没有“#asign”" },
		{ "chen", "#结案\n#备注 T261123-0003 好", "“#结案”要写明" },
		{ "chen", "#并案 T261123-0003 T261123-0004",
		    "请在该工单的邮件里写" },
		/* As in a mail of the case itself: L2 closes, not L1. */
		{ "lin", "#备注 T261123-0003 好\n#结案 T261123-0004",
		    "需要更高一级" },
		/* He is of another department. */
		{ "zhao", "#备注 T261123-0003 好", "未找到该编号" },
		{ "chen", " \n", "没有" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("%s\n", table[i].own);
		answer(&d, table[i].staff, table[i].own);
		decision_run(&d);
		const struct outgoing *refused =
		    sent(&d, "refused", table[i].staff);

		assert_non_null(refused);
		if (strstr(refused->text, table[i].says) == NULL)
			fail_msg("%s", refused->text);
		assert_int_equal(sent_count(&d, NULL), 1);
		assert_null(event_of(&d, "noted"));
		assert_null(case_after(&d));
		assert_string_equal(bin_of(&d), "unclear");
		decision_done(&d);
	}
}

/* The chair has no part in notices (rules.md 5.33). */
static void
s33_words_without_a_case_go_from_a_bundle_to_nobody(void **state)
{
	struct decision d;

	(void)state;
	answer(&d, "chen", "请今天都上门看看。");
	d.before.answered.reply_kind = REPLY_BUNDLE;
	d.before.named_count = 0;
	decision_run(&d);
	assert_non_null(strstr(sent(&d, "refused", "chen")->text, "请写明是哪件工单"));
	assert_int_equal(sent_count(&d, NULL), 1);
	decision_done(&d);
	answer(&d, "chen", "T261123-0003 请看\nT261123-0004 请看");
	d.before.answered.reply_kind = REPLY_BUNDLE;
	decision_run(&d);
	assert_int_equal(event_count(&d, "noted"), 2);
	assert_null(sent(&d, "refused", "chen"));
	decision_done(&d);
}

static void
s30_too_many_cases_are_refused(void **state)
{
	struct decision d;
	struct buf own scoped(buf_done);

	(void)state;
	buf_init(&own, 4096);
	for (int i = 1; i <= 17; i++)
		buf_printf(&own, "T261123-%04d 请看\n", i);
	answer(&d, "chen", buf_text(&own));
	d.before.named_count = 0;
	decision_run(&d);
	assert_non_null(
	    strstr(sent(&d, "refused", "chen")->text, "最多写16件"));
	decision_done(&d);
}

static void
s30_thanks_need_no_answer(void **state)
{
	struct decision d;

	(void)state;
	answer(&d, "chen", "谢谢");
	decision_run(&d);
	assert_int_equal(sent_count(&d, NULL), 0);
	assert_string_equal(bin_of(&d), "handled");
	decision_done(&d);
}

static void
s30_the_token_is_one_persons(void **state)
{
	struct decision d;

	(void)state;
	answer(&d, "lin", "T261123-0003 我来");
	d.before.answered.person = "chen";
	decision_run(&d);
	assert_non_null(sent(&d, "unverified", "chen"));
	assert_null(event_of(&d, "noted"));
	decision_done(&d);
	/* With their own proof it is theirs. */
	answer(&d, "lin", "T261123-0003 我来 2580");
	d.before.answered.person = "chen";
	decision_run(&d);
	assert_string_equal(event_of(&d, "noted")->text, "我来");
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(s30_what_names_no_case_goes_to_the_chair),
		cmocka_unit_test(s30_each_case_gets_its_own),
		cmocka_unit_test(s30_me_is_whoever_writes),
		cmocka_unit_test(s30_one_mistake_and_nothing_is_done),
		cmocka_unit_test(
		    s33_words_without_a_case_go_from_a_bundle_to_nobody),
		cmocka_unit_test(s30_too_many_cases_are_refused),
		cmocka_unit_test(s30_thanks_need_no_answer),
		cmocka_unit_test(s30_the_token_is_one_persons),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
