/* What is said of a home visit: R36. */
#include "tests/support/cmocka_fence.h"

#include "core/home_visit.h"
#include "core/language.h"

static void
r36_a_visit_is_named_by_its_number(void **state)
{
	static const struct {
		const char *text;
		int64_t number;
		int score;
		const char *words;
	} rows[] = {
		{ "V12 5 很满意", 12, 5, "很满意" },
		{ "v3 4分,希望加扶手", 3, 4, "希望加扶手" },
		{ "V12 no one at home", 12, 0, "no one at home" },
		{ "V12 50 minutes late", 12, 0, "50 minutes late" },
		{ "V12", 12, 0, "" },
		{ "登门V7 业主满意", 7, 0, "业主满意" },
		{ "5 很好", 0, 0, "5 很好" },
		{ "TV12 is broken", 0, 0, "TV12 is broken" },
		{ "V12a", 0, 0, "V12a" },
		{ "V12345678901", 0, 0, "V12345678901" },
		{ NULL, 0, 0, "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		int score = -1;

		assert_int_equal(
		    home_visit_number(rows[i].text), rows[i].number);
		assert_string_equal(
		    home_visit_result(rows[i].text, &score), rows[i].words);
		assert_int_equal(score, rows[i].score);
	}
}

static void
r36_a_refusal_is_told_from_a_time(void **state)
{
	static const struct {
		const char *text;
		bool declined;
	} rows[] = {
		{ "不用了,谢谢", true },
		{ "不需要", true },
		{ "谢绝", true },
		{ "No thanks", true },
		{ "no need, all is well", true },
		{ "不方便周一,周二可以", false },
		{ "不用太早,15点以后", false },
		{ "周六下午", false },
		{ "", false },
		{ NULL, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		assert_int_equal(
		    home_visit_is_declined(rows[i].text), rows[i].declined);
}

static void
why_a_household_is_proposed_is_said_in_the_language_of_the_reader(void **state)
{
	enum language other = LANGUAGE_ZH;

	(void)state;
	assert_int_equal(language_add("de", &other), 0);
	assert_string_equal(
	    home_visit_reason_word(HOME_VISIT_ELDERLY, LANGUAGE_ZH),
	    "老年住户");
	assert_string_equal(
	    home_visit_reason_word(HOME_VISIT_ELDERLY, LANGUAGE_EN), "elderly");
	/* Until it has words, the English. */
	assert_string_equal(
	    home_visit_reason_word(HOME_VISIT_ELDERLY, other), "elderly");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(r36_a_visit_is_named_by_its_number),
		cmocka_unit_test(r36_a_refusal_is_told_from_a_time),
		cmocka_unit_test(
		    why_a_household_is_proposed_is_said_in_the_language_of_the_reader),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
