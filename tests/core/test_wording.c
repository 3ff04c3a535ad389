#include "core/wording.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"
#include "tests/core/words.h"

static struct arena arena;
static struct classifier *words;

static int
start(void **state)
{
	(void)state;
	arena_init(&arena, (size_t)64 << 20);
	words = words_open();
	return 0;
}

static int
finish(void **state)
{
	(void)state;
	classifier_free(&words);
	arena_done(&arena);
	return 0;
}

/* "promise! vague": the rules that were found, `!' where they block. */
static const char *
found(const char *text, bool has_findings)
{
	struct wording_hit hits[8];
	size_t count =
	    wording_check(words, text, has_findings, NULL, &arena, hits, 8);
	const char *ret = "";

	for (size_t i = 0; i < count; i++)
		ret = arena_printf(&arena, "%s%s%s%s", ret, i == 0 ? "" : " ",
		    hits[i].rule, hits[i].blocks ? "!" : "");
	return ret;
}

static void
what_the_rules_forbid_is_found(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "您好，明天上午一定修好", "promise!" },
		{ "您好，保证今天修好", "promise!" },
		{ "We guarantee it will be fixed, sorry", "promise!" },
		{ "It will DEFINITELY work", "promise!" },
		{ "100% 没问题", "promise!" },
		{ "我们赔偿您的损失", "money!" },
		{ "We will refund the fee", "money!" },
		{ "您好，这不归我们管", "shirk!" },
		{ "不知道", "shirk!" },
		{ "That is not our problem", "shirk!" },
		{ "这是您自己的问题", "judgement!" },
		{ "使用不当造成的", "judgement!" },
		{ "您理解错了", "contradict!" },
		{ "You misunderstood us", "contradict!" },
		{ "你们家", "rude" },
		{ "随便你", "rude!" },
		{ "whatever", "rude!" },
		{ "请联系业主王芳13900139001", "privacy!" },
		{ "请致电+86 139 0013 9001", "privacy!" },
		{ "投诉人是您的邻居", "privacy!" },
		{ "The complainant is Mr Liu", "privacy!" },
		{ "身份证 37010219900101123X", "privacy!" },
		{ "您好，我们会尽快处理", "vague" },
		{ "您好，我们会尽快处理，11月24日12:00前答复您", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		if (!text_eq(found(rows[i].text, false), rows[i].want))
			fail_msg(
			    "%s: %s", rows[i].text, found(rows[i].text, false));
}

static void
what_only_looks_forbidden_is_let_through(void **state)
{
	static const char *const fine[] = { "您好，我们一定认真研究",
		"在一定程度上", "不一定是管道", "质量保证金已交",
		"很抱歉，我们无法保证今天到货", "目前难以承诺您时间",
		"We cannot promise a date, sorry", "预计11月24日12:00前答复您",
		"您好，已更换弯头并试水", "您好，公摊电费要等月底统一抄表",
		"Dear Mr Smith, the tap was replaced and tested",
		"编号T261123-0007", "" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(fine); i++)
		if (*found(fine[i], false) != '\0')
			fail_msg("%s: %s", fine[i], found(fine[i], false));
}

static void
findings_unlock_judgement_and_nothing_else(void **state)
{
	(void)state;
	assert_string_equal(found("经查是使用不当造成", false), "judgement!");
	assert_string_equal(found("经查是使用不当造成", true), "judgement");
	assert_string_equal(found("保证修好", true), "promise!");
}

static void
the_words_are_told_as_they_stand_and_once(void **state)
{
	struct wording_hit hits[2];

	(void)state;
	assert_int_equal(wording_check(words, "保证，保证，再保证一定修好",
			     false, NULL, &arena, hits, 2),
	    2);
	assert_string_equal(hits[0].words, "保证");
	assert_string_equal(hits[1].words, "一定修");
	assert_int_equal(
	    wording_check(words, "保证一定修好", false, NULL, &arena, hits, 1), 1);
}

static void
an_outcome_says_something(void **state)
{
	static const char *const empty[] = { "", "ok", "done", "OK.", "已处理",
		"已处理。", "  done \n", "处理好了", "已处理完毕。",
		"Completed!", "问题已解决" };
	static const char *const enough[] = { "已更换弯头并试水",
		"已换弯头试水正常", "Card re-encoded and tested",
		"已换灯泡，正常" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(empty); i++)
		if (!wording_is_no_outcome(empty[i]))
			fail_msg("%s was an outcome", empty[i]);
	for (size_t i = 0; i < ARRAY_COUNT(enough); i++)
		if (wording_is_no_outcome(enough[i]))
			fail_msg("%s was none", enough[i]);
	assert_true(wording_is_no_outcome(NULL));
}

static void
r47_claims_of_stopping_and_reporting_are_found(void **state)
{
	static const struct {
		const char *text;
		bool claims;
	} table[] = {
		{ "您好,违建已制止,现场已恢复。", true },
		{ "您好,已上报城管部门处理。", true },
		{ "Dear resident, the work was stopped yesterday.", true },
		{ "Dear resident, it has been reported to the city.", true },
		{ "您好,经现场核实,该处施工手续齐全。", false },
		{ "您好,对方不在家,无法制止,明日再去。", false },
		{ "您好,目前尚未制止。", false },
		{ "The lift you reported is running again, thank you.", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		print_message("%s\n", table[i].text);
		assert_int_equal(
		    wording_claims_steps(words, table[i].text, &arena),
		    table[i].claims);
		/* It is no question of tone: the text itself is fit. */
		assert_string_equal(found(table[i].text, false), "");
	}
}

static void
r13_a_call_that_reached_nobody_is_no_feedback(void **state)
{
	static const char *const nobody[] = { "未接通", " 没人接，下午再打",
		"关机", "No answer", "could not reach them" };
	static const char *const told[] = { "业主表示满意",
		"已告知业主，昨天未接通", "Owner is content", "不满意" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(nobody); i++)
		if (!wording_is_not_reached(nobody[i]))
			fail_msg("%s was feedback", nobody[i]);
	for (size_t i = 0; i < ARRAY_COUNT(told); i++)
		if (wording_is_not_reached(told[i]))
			fail_msg("%s was none", told[i]);
	assert_false(wording_is_not_reached(NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_rules_forbid_is_found),
		cmocka_unit_test(what_only_looks_forbidden_is_let_through),
		cmocka_unit_test(findings_unlock_judgement_and_nothing_else),
		cmocka_unit_test(the_words_are_told_as_they_stand_and_once),
		cmocka_unit_test(an_outcome_says_something),
		cmocka_unit_test(
		    r47_claims_of_stopping_and_reporting_are_found),
		cmocka_unit_test(r13_a_call_that_reached_nobody_is_no_feedback),
	};

	return cmocka_run_group_tests(tests, start, finish);
}
