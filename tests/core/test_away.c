/*
 * Out-of-office answers, as people's programs send them.
 */
#include <string.h>

#include "core/away.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "tests/core/cast.h"
#include "tests/support/cmocka_fence.h"

static struct arena arena;

static int
start(void **state)
{
	(void)state;
	arena_init(&arena, (size_t)64 << 20);
	assert_non_null(cast.estates);
	cast_open();
	return 0;
}

static int
finish(void **state)
{
	(void)state;
	cast_close();
	arena_done(&arena);
	return 0;
}

/* Mon 2026-11-23 10:00 in Shanghai. */
static const msec_t monday = (msec_t)1795399200 * 1000;

static void
r46_the_end_of_an_absence_is_read(void **state)
{
	static const struct {
		const char *text;
		const char *back; /* "" none is named */
	} table[] = {
		{ "您好,我正在休年假,11月27日返岗,急事请联系周敏13800138002。",
		    "2026-11-27T00:00:00+08:00" },
		{ "本人11月23日至11月27日休假,期间不便回复邮件。",
		    "2026-11-28T00:00:00+08:00" },
		{ "自动回复:本人11月25日至27日出差,回来后尽快回复。",
		    "2026-11-28T00:00:00+08:00" },
		{ "我在外出差,2026年12月1日恢复正常上班。",
		    "2026-12-01T00:00:00+08:00" },
		{ "休假至2026/11/30。", "2026-12-01T00:00:00+08:00" },
		{ "休假中(11-24到11-26)", "2026-11-27T00:00:00+08:00" },
		{ "我休假到11月26日18:00。", "2026-11-26T18:00:00+08:00" },
		{ "您好,我正在休假,有事请打电话0531-88886666,"
		  "办公时间周一至周五9:00-18:00。",
		    "" },
		{ "I am out of the office until 27 November.",
		    "2026-11-28T00:00:00+08:00" },
		{ "I'm on annual leave and will be back on Nov 30. For "
		  "urgent matters call +86 531 8888 6666, Mon-Fri 9:00-18:00.",
		    "2026-11-30T00:00:00+08:00" },
		{ "Out of office from 24 Nov to 26 Nov, back in the office on "
		  "27 November 2026.",
		    "2026-11-27T00:00:00+08:00" },
		{ "I am away and will reply when I return.", "" },
		/* Long past, or of another life. */
		{ "本人10月1日至10月7日休假。", "" },
		{ "我休产假,明年4月30日回来。", "" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		msec_t want = 0;

		if (table[i].back[0] != '\0')
			assert_int_equal(
			    time_from_rfc3339(table[i].back, &want), 0);
		print_message("# %s\n", table[i].text);
		assert_int_equal(away_until(&cast_estate, monday, table[i].text,
				     &arena),
		    want);
	}
}

static void
r27_that_mail_has_come_is_no_absence(void **state)
{
	static const char *const away[] = { "您好,我正在休假。",
		"本人今日外出开会,回来后回复", "我出差了", "Ｏｕｔ of Office",
		"I am on vacation.", "I will be away from my desk" };
	static const char *const here[] = { "您好,邮件已收到,我会尽快回复。",
		"Thank you, your message was received.",
		"This is an automatic confirmation.", "" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(away); i++)
		assert_true(away_is_said(away[i], &arena));
	for (size_t i = 0; i < ARRAY_COUNT(here); i++)
		assert_false(away_is_said(here[i], &arena));
}

static void
a_long_text_takes_no_longer_than_its_length(void **state)
{
	static const char *const parts[] = { " ", "\t", "1 ", "周一 ", "11月",
		"1月1日至", "back ", "8:", "明天" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
		struct buf text scoped(buf_done);

		buf_init(&text, LIMIT_TEXT_BYTES);
		while (text.len + strlen(parts[i]) <= LIMIT_TEXT_BYTES)
			buf_puts(&text, parts[i]);
		(void)away_until(&cast_estate, monday, buf_text(&text), &arena);
		(void)away_is_said(buf_text(&text), &arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_long_text_takes_no_longer_than_its_length),
		cmocka_unit_test(r46_the_end_of_an_absence_is_read),
		cmocka_unit_test(r27_that_mail_has_come_is_no_absence),
	};

	return cmocka_run_group_tests(tests, start, finish);
}
