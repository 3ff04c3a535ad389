#include <string.h>

#include "core/config.h"
#include "core/limits.h"
#include "core/subject.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "tests/support/cmocka_fence.h"

static const struct staff lin = {
	.id = "lin",
	.name = "林晓",
	.name_en = "Lin Xiao",
	.title = "客服林女士",
	.title_en = "Ms Lin, customer service",
};

static void
who_is_blamed_is_the_subject_however_they_are_called(void **state)
{
	static const char *const yes[] = { "投诉客服林晓",
		"楼道灯坏了影响邻居我要投诉你们的林晓,态度很差", "投诉客服林女士",
		"投诉客服小林态度差", "林女士一直不接电话。",
		"林晓答应来修一直没来,请换人处理", "灯坏了。林师傅说来,没来。",
		"Ms Lin was rude to me", "I complain about Ms. Lin",
		"Lin Xiao never came, please send someone else",
		"林女士您好。林女士昨天态度恶劣" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(yes); i++)
		if (!subject_is_named(yes[i], &lin, false))
			fail_msg("%s", yes[i]);
}

static void
a_mere_mention_is_no_blame(void **state)
{
	static const char *const no[] = { "", "林女士您好,我要投诉楼上漏水",
		"谢谢林女士", "感谢客服林晓,可是水管没人修", "林女士说今天来",
		"投诉林先生态度恶劣", "我是3-2-501的林女士,投诉楼上噪音",
		"投诉周女士态度恶劣", "请林女士处理,楼上投诉多次没人管",
		"Dear Ms Lin, nobody never came", "小林子里没人管",
		"Ms Lindsay was rude", "投诉森林里没人管", "Linda was rude" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(no); i++)
		if (subject_is_named(no[i], &lin, true))
			fail_msg("%s", no[i]);
	assert_false(subject_is_named(NULL, &lin, true));
}

static void
in_a_complaint_the_full_name_is_enough(void **state)
{
	(void)state;
	assert_true(subject_is_named("关于林晓", &lin, true));
	assert_false(subject_is_named("关于林晓", &lin, false));
	assert_false(subject_is_named("林晓您好", &lin, true));
}

static void
who_has_no_name_of_that_kind_is_not_met(void **state)
{
	static const struct staff bare = { .id = "x" };
	static const struct staff ouyang = { .name = "欧阳明" };

	(void)state;
	assert_false(subject_is_named("投诉", &bare, true));
	assert_true(subject_is_named("投诉欧阳先生", &ouyang, false));
	assert_false(subject_is_named("投诉欧先生", &ouyang, false));
}

/* Quadratic, it would be the whole minute that a stranger's mail stops the
 * desk for; here it is the test that does not end. */
static void
a_long_sentence_full_of_names_takes_no_longer_than_its_length(void **state)
{
	static const char *const parts[] = { "小林", "林晓", "我是林女士",
		"Lin Xiao " };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
		struct buf text scoped(buf_done);

		buf_init(&text, LIMIT_TEXT_BYTES);
		while (text.len + strlen(parts[i]) <= LIMIT_TEXT_BYTES)
			buf_puts(&text, parts[i]);
		assert_false(subject_is_named(buf_text(&text), &lin, false));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    who_is_blamed_is_the_subject_however_they_are_called),
		cmocka_unit_test(a_mere_mention_is_no_blame),
		cmocka_unit_test(
		    a_long_sentence_full_of_names_takes_no_longer_than_its_length),
		cmocka_unit_test(in_a_complaint_the_full_name_is_enough),
		cmocka_unit_test(who_has_no_name_of_that_kind_is_not_met),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
