#include <stdio.h>

#include "lib/cleanup.h"
#include "lib/text.h"
#include "reader/markers.h"
#include "reader/own_text.h"
#include "tests/reader/reading.h"

static struct own_text
split(const char *text, const char *subject, bool is_answer)
{
	struct own_text result;

	own_text_split(text,
	    &(struct own_text_of){ .subject = subject, .is_answer = is_answer },
	    &arena, &result);
	return result;
}

/* What the mail programs of rules.md 3.4 put below a reply. */
static void
every_clients_quote_is_cut(void **state)
{
	static const char *const quotes[] = {
		"------------------ 原始邮件 ------------------\n发件人: 物业",
		"------------------\xC2\xA0原始邮件\xC2\xA0------------------\nx",
		"------------------ Original ------------------\nFrom:  \"a\"",
		"-----邮件原件-----\n发件人: 物业\n主题: x",
		"---- 回复的原邮件 ----\n发件人 物业 发送日期 2026年",
		"在 2026-11-20 10:05:00，\"物业\" <a@b.cn> 写道：\n> 您好",
		"At 2026-11-20 10:05:00, \"X\" <a@b.cn> wrote:\n> hi",
		"a@b.cn\n\n发件人： 物业\n发送时间： 2026-11-20 10:05\n"
		"收件人： b@b.cn\n主题： x\n您好",
		"> 在 2026年11月20日，下午5:45，物业 <a@b.cn> 写道：\n> 您好",
		"物业 <a@b.cn> 于2026年11月20日周五 10:05写道:\n> 您好",
		"物业 <very.long.address@example.cn> 于2026年11月20日周五\n"
		"10:05写道:\n> 您好",
		"在 2023/5/16 9:57, 物业 写道:\n> 您好",
		"On Fri, Nov 20, 2026 at 10:05 AM Desk <a@b.cn>\nwrote:\n> hi",
		"On 20 Nov 2026, at 10:05, Desk <a@b.cn> wrote:\n\n> hi",
		"-----Original Message-----\nFrom: Desk",
		"________________________________\nFrom: Desk <a@b.cn>\n"
		"Sent: Friday, November 20, 2026 10:05 AM\nSubject: x\nhi",
		"发件人: 物业\n发送时间: 2021年12月14日 12:49\n收件人: b\n主题: x",
		"Am 20.11.2026 um 10:05 schrieb Desk <a@b.cn>:\n> hi",
		"Le ven. 20 nov. 2026 à 10:05, Desk <a@b.cn> a écrit :\n> hi",
		"> hi",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(quotes); i++) {
		char text[600];
		struct own_text got;

		(void)snprintf(text, sizeof(text),
		    "还是没有修好。\n谢谢\n\n%s\n", quotes[i]);
		got = split(text, "Re: x", true);
		/* Foxmail's line with the address is not told from text. */
		if (!text_starts(got.own, "还是没有修好。\n谢谢") ||
		    strstr(got.own, "您好") != NULL ||
		    strstr(got.own, "发件人") != NULL ||
		    strstr(got.own, "wrote") != NULL ||
		    strstr(got.own, "hi") != NULL)
			fail_msg("%s\n->\n%s", quotes[i], got.own);
		assert_false(got.forward.is_forward);
	}
}

static void
a_writers_own_words_are_never_lost(void **state)
{
	static const char *const texts[] = {
		"10:05 我写道：没有水\n请处理",
		"他写道：不管\n请处理",
		"On Monday the lift stopped.\nIt stood until 10:05:\nsee photo",
		"日期：11月20日\n主题：漏水\n地点：3-2-501",
		"From: 3-2-501 we see water.\nPlease come.",
		"发自内心感谢你们",
		"Sent from my desk, this is much easier to write.\nThanks",
		"一\n----\n二",
		"> 您说明天来\n\n今天都周五了",
		"## list\n----\n1. a\n----\nend",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
		assert_string_equal(split(texts[i], NULL, true).own, texts[i]);
}

static void
words_below_a_quote_are_kept(void **state)
{
	(void)state;
	assert_string_equal(
	    split("On 2026-11-20 10:05, Desk wrote:\n> hi\n>\n> there\n"
		  "Not fixed.\n",
		"Re: x", true)
		.own,
	    "Not fixed.");
	assert_string_equal(
	    split("Above.\n\nOn 2026-11-20 10:05, Desk wrote:\n> hi\nBelow.",
		"Re: x", true)
		.own,
	    "Above.\n\nBelow.");
}

static void
signatures_and_footers_are_cut(void **state)
{
	static const char *const endings[] = {
		"-- \n张三\n13900000000",
		"--\nAnn",
		"发自我的iPhone",
		"发自我的 iPhone",
		"Sent from my iPhone",
		"Get Outlook for iOS<https://aka.ms/o0ukef>",
		"\n发自我的iPhone\n\n在 2026年11月20日，10:05，X <a@b.cn> 写道：\n"
		"> 您好",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(endings); i++) {
		char text[300];

		(void)snprintf(
		    text, sizeof(text), "没有水\n\n%s\n", endings[i]);
		assert_string_equal(split(text, NULL, true).own, "没有水");
	}
}

static void
a_quote_alone_keeps_its_marks(void **state)
{
	(void)state;
	/* So that a "#close" in it is no command. */
	assert_string_equal(
	    split("> #close\n> x\n", "Re: x", true).own, "> #close\n> x");
}

static void
a_forward_is_content_and_its_facts_are_read(void **state)
{
	static const char *const markers[] = {
		"---------- Forwarded message ---------\n",
		"-------- 转发邮件信息 --------\n",
		"Begin forwarded message:\n\n",
		"开始转发的邮件：\n\n",
		"---------- 转发的邮件 ----------\n",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(markers); i++) {
		char text[400];
		struct own_text got;

		(void)snprintf(text, sizeof(text),
		    "请处理\n#take\n\n%s发件人: 张三 <Z@b.cn>\n"
		    "发送时间: 2026-11-20 10:05\n主题: 漏水\n\n楼上漏水\n#close\n",
		    markers[i]);
		got = split(text, "Fw: x", false);
		assert_string_equal(got.own, "请处理\n#take");
		assert_true(got.forward.is_forward);
		assert_string_equal(got.forward.from, "z@b.cn");
		assert_string_equal(got.forward.from_name, "张三");
		assert_string_equal(got.forward.subject, "漏水");
		assert_string_equal(got.forward.body, "楼上漏水\n#close");
	}
}

static void
a_block_is_a_forward_when_the_subject_says_so(void **state)
{
	static const char text[] =
	    "看一下\n\n发件人: 张三 <z@b.cn>\n"
	    "发送时间: 2026-11-20\n主题: 漏水\n\n楼上漏水\n";

	(void)state;
	assert_true(split(text, "转发: 漏水", true).forward.is_forward);
	assert_true(split(text, "FW: x", true).forward.is_forward);
	assert_false(split(text, "回复: 漏水", true).forward.is_forward);
	/* QQ marks both alike. */
	assert_true(split("------------------ 原始邮件 ------------------\n"
			  "发件人: z@b.cn\n主题: x\n\n楼上漏水\n",
	    "转发：x", false)
			.forward.is_forward);
}

static void
apples_forward_is_read_without_its_prefix(void **state)
{
	struct own_text got = split("> Begin forwarded message:\n>\n"
				    "> From: Ann <a@b.c>\n> Subject: leak\n"
				    "> To: x@y.z\n>\n> Water.\n",
	    "Fwd: leak", false);

	(void)state;
	assert_string_equal(got.own, "");
	assert_string_equal(got.forward.body, "Water.");
}

static void
a_flattened_block_is_read(void **state)
{
	struct own_text got =
	    split("  ----- Forwarded Message ----- From: Ann <a@b.c>To: \"x\" "
		  "<x@y.z>Sent: Tuesday, November 2, 2021Subject: leak\nWater.",
		"Fw: leak", false);

	(void)state;
	assert_string_equal(got.forward.from, "a@b.c");
	assert_string_equal(got.forward.subject, "leak");
	assert_string_equal(got.forward.body, "Water.");
}

/* An answer goes to whom it quotes. */
static void
words_of_a_stranger_are_passed_on(void **state)
{
	static const char text[] = "From: Ann <ann@b.c>\nSent: Monday\n"
				   "Subject: leak\n\nWater.\n#close\n";
	const struct address to[] = { { .addr = "desk+t1@x.y" },
		{ .addr = "ann@b.c" } };
	struct own_text_of of = {
		.from = "z@b.c", .to = to, .is_answer = true
	};
	struct own_text got;

	(void)state;
	for (of.to_count = 0; of.to_count <= 2; of.to_count++) {
		own_text_split(text, &of, &arena, &got);
		assert_string_equal(got.own, "");
		assert_int_equal(got.forward.is_forward, of.to_count == 1);
	}
}

static void
every_line_has_its_fate(void **state)
{
	struct own_text got =
	    split("Hello\nSent from my iPhone\n-----Original Message-----\n"
		  "From: Desk <d@x.y>\nSubject: a\nold\n",
		"Re: a", true);
	static const enum line_fate fates[] = { LINE_OWN, LINE_FOOTER,
		LINE_MARKER, LINE_HEADERS, LINE_HEADERS, LINE_QUOTE };

	(void)state;
	assert_int_equal(got.lines.count, ARRAY_COUNT(fates));
	for (size_t i = 0; i < ARRAY_COUNT(fates); i++)
		assert_int_equal(got.lines.list[i].fate, fates[i]);
}

static void
a_hostile_text_takes_no_long_time(void **state)
{
	static const char *const lines[] = { "Date: x\n", "On 2026 a@b\n",
		"> > > >\n", "\n", "From: a\n\n", "- \n", ">", "a@b ",
		"x. On 1 Nov ", "<x\n", ">>> a@b 10:05 x\n", "|\n",
		"this email is confidential\n\n", "--\nx\n",
		"Nov 20 2026 10:05 x\n<a@b> x\n" };
	static char text[LIMIT_TEXT_BYTES];

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(lines); i++) {
		size_t len = strlen(lines[i]);

		for (size_t at = 0; at + len < sizeof(text); at += len)
			memcpy(text + at, lines[i], len + 1);
		(void)split(text, NULL, false);
		assert_false(arena_is_over(&arena));
		arena_reset(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_clients_quote_is_cut),
		cmocka_unit_test(a_writers_own_words_are_never_lost),
		cmocka_unit_test(words_below_a_quote_are_kept),
		cmocka_unit_test(signatures_and_footers_are_cut),
		cmocka_unit_test(a_quote_alone_keeps_its_marks),
		cmocka_unit_test(a_forward_is_content_and_its_facts_are_read),
		cmocka_unit_test(a_block_is_a_forward_when_the_subject_says_so),
		cmocka_unit_test(apples_forward_is_read_without_its_prefix),
		cmocka_unit_test(a_flattened_block_is_read),
		cmocka_unit_test(words_of_a_stranger_are_passed_on),
		cmocka_unit_test(every_line_has_its_fate),
		cmocka_unit_test(a_hostile_text_takes_no_long_time),
	};

	return cmocka_run_group_tests(tests, open_reader, close_reader);
}
