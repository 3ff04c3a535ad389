#include "tests/support/cmocka_fence.h"

#include "core/tone.h"
#include "lib/arena.h"
#include "lib/cleanup.h"

typedef bool tone_question(const char *text, struct arena *arena);

static void
check(tone_question *question, const char *const *texts, size_t count,
    bool answer)
{
	struct arena arena scoped(arena_done);

	arena_init(&arena, 64 * 1024);
	for (size_t i = 0; i < count; i++) {
		if (question(texts[i], &arena) != answer)
			fail_msg("%s", texts[i]);
	}
}

static void
thanks_are_thanks_and_nothing_else(void **state)
{
	static const char *const yes[] = { "谢谢", "好的", "收到", "thanks",
		"OK", "Thank you very much!", "好的,谢谢!🙏", "已收到,辛苦了",
		"Ｏｋ，ｔｈａｎｋｓ。", "谢谢物业" };
	static const char *const no[] = { "", "!!!", "谢谢,但是还在漏",
		"thanks but it still leaks", "好像没修好", "okra",
		"好的,什么时候来?", "allowed", "1",
		"ok?" };

	(void)state;
	check(tone_is_thanks, yes, ARRAY_COUNT(yes), true);
	check(tone_is_thanks, no, ARRAY_COUNT(no), false);
}

static void
that_it_works_is_heard_and_no_more_than_that(void **state)
{
	static const char *const yes[] = {
		"It works now, thank you very much", "谢谢,已修好",
		"The light works great now, cheers", "修好了,谢谢",
		"谢谢你们,修得很好", "没问题了,谢谢", "灯已经修好了。",
		"Fixed, thanks!", "Works again. Thank you", "都好了👍",
		"The light in the kitchen has been repaired", "all good now",
		"师傅很快修好了,辛苦了"
	};
	static const char *const no[] = { "谢谢", "", "没修好", "修好谢谢",
		"谢谢,明天修好", "修好了吗?", "有没有问题?", "不能用了",
		"厨房的修好了厕所的漏", "修好了,电梯里有味道",
		"师傅说修好了,其实没有", "什么时候能用了",
		"It doesn't work", "It isn't working", "not fixed",
		"It works but the door is broken", "please get it fixed",
		"Fixed the wrong lamp", "Good morning", "is it fixed?",
		"Nothing works now", "It worked", "修好了,又坏了" };

	(void)state;
	check(tone_is_satisfied, yes, ARRAY_COUNT(yes), true);
	check(tone_is_satisfied, no, ARRAY_COUNT(no), false);
}

static void
not_fixed_is_heard_in_both_languages(void **state)
{
	static const char *const yes[] = { "没修好", "还是漏水", "又漏了",
		"Still leaking.", "It is not fixed", "不满意", "我不同意",
		"不对,门还开着", "不对", "I do not agree", "师傅根本没来过",
		"Nobody knows him, he never came" };
	static const char *const no[] = { "已经修好了,谢谢", "请问发票怎么开",
		"保安不同意我进门", "楼道灯不对劲",
		"The guard says I do not agree with him",
		"fixed, thank you", "works again, thanks", "" };

	(void)state;
	check(tone_is_not_fixed, yes, ARRAY_COUNT(yes), true);
	check(tone_is_not_fixed, no, ARRAY_COUNT(no), false);
}

static void
a_number_alone_is_no_sentence(void **state)
{
	static const char *const yes[] = { "6", "10分", "100 分。", "3.5",
		"０", "7 stars", "4/5" };
	static const char *const no[] = { "", "分", "6号楼漏水", "6 谢谢",
		"6分钟", "six" };

	(void)state;
	check(tone_is_number, yes, ARRAY_COUNT(yes), true);
	check(tone_is_number, no, ARRAY_COUNT(no), false);
}

static void
the_out_of_office_is_the_writers_own(void **state)
{
	static const char *const yes[] = { "您好，我正在休假，12月5日返回。",
		"【自动回复】已收到", "本人休假至11月30日",
		"Hello, I am out of the office until Monday.",
		"I’m on leave until 5 December" };
	static const char *const no[] = { "", "小李正在休假,孙师傅会来",
		"我休假前已经处理好了", "您好,今天下午上门",
		"The manager is out of the office, I will ask him" };

	(void)state;
	check(tone_is_out_of_office, yes, ARRAY_COUNT(yes), true);
	check(tone_is_out_of_office, no, ARRAY_COUNT(no), false);
}

static void
yes_is_the_whole_answer(void **state)
{
	static const char *const yes[] = { "Y", "是", "是的。", "确认", "Yes!",
		"y please", "Yes, please. Thank you", "是的,谢谢您", "确定,麻烦了" };
	static const char *const no[] = { "是不是明天来", "year", "不是", "N",
		"" };

	(void)state;
	check(tone_is_yes, yes, ARRAY_COUNT(yes), true);
	check(tone_is_yes, no, ARRAY_COUNT(no), false);
}

static void
no_is_the_whole_answer(void **state)
{
	static const char *const yes[] = { "N", "no.", "否", "不", "“不用”",
		"不撤回" };
	static const char *const no[] = { "不行,还在漏", "nobody came", "Y",
		"R", "" };

	(void)state;
	check(tone_is_no, yes, ARRAY_COUNT(yes), true);
	check(tone_is_no, no, ARRAY_COUNT(no), false);
}

static void
s44_an_alert_is_taken_in_many_words(void **state)
{
	static const char *const yes[] = { "1", "１。", "01", "\"1\"", "1、",
		"1接单", "1 接单", "1 谢谢", "1 0007", "1. T261123-0007",
		"1 0007 收到", "1 0007 2580", "收到", "收到。", "收到了",
		"收到 2580", "收到,谢谢", "接单", "Got it",
		"Got it, thanks" };
	static const char *const no[] = { "", "0", "10", "1号楼", "1-2-301",
		"1-301", "1 漏水", "谢谢", "收到请回电", "收到1号楼",
		"接单 2580", "接单,谢谢", "2", "0001", "0001 接单",
		"0001接单" };

	(void)state;
	check(tone_takes_alert, yes, ARRAY_COUNT(yes), true);
	check(tone_takes_alert, no, ARRAY_COUNT(no), false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(thanks_are_thanks_and_nothing_else),
		cmocka_unit_test(that_it_works_is_heard_and_no_more_than_that),
		cmocka_unit_test(not_fixed_is_heard_in_both_languages),
		cmocka_unit_test(a_number_alone_is_no_sentence),
		cmocka_unit_test(the_out_of_office_is_the_writers_own),
		cmocka_unit_test(yes_is_the_whole_answer),
		cmocka_unit_test(no_is_the_whole_answer),
		cmocka_unit_test(s44_an_alert_is_taken_in_many_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
