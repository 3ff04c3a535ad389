/*
 * What stands behind a command: times, numbers of cases, the parts of a plan.
 */
#include "core/classify.h"
#include "core/commands.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/text.h"
#include "tests/core/written.h"
#include "tests/support/cmocka_fence.h"

#include <string.h>

static void
times_are_read_as_people_write_them(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "11-24 17:00", "2026-11-24T17:00" },
		{ "11/24 17:00", "2026-11-24T17:00" },
		{ "2026-11-24 17:00", "2026-11-24T17:00" },
		{ "25号17:00", "2026-11-25T17:00" },
		{ "本月25号上午9点", "2026-11-25T09:00" },
		{ "下月3日 17:00", "2026-12-03T17:00" },
		{ "2号上午10点", "2026-12-02T10:00" },
		{ "下个星期三10点", "2026-12-02T10:00" },
		{ "2026-11-24T17:00", "2026-11-24T17:00" },
		{ "2026年11月24日17:00", "2026-11-24T17:00" },
		{ "11月24日17：00", "2026-11-24T17:00" },
		{ "11月24日下午5点半", "2026-11-24T17:30" },
		{ "明天下午5点", "2026-11-24T17:00" },
		{ "明天下午五点", "2026-11-24T17:00" },
		{ "明天17:00前", "2026-11-24T17:00" },
		{ "明早9点", "2026-11-24T09:00" },
		{ "后天上午10:30", "2026-11-25T10:30" },
		{ "今晚8点", "2026-11-23T20:00" },
		{ "下午3点", "2026-11-23T15:00" },
		{ "17:00", "2026-11-23T17:00" },
		{ "周五17:00", "2026-11-27T17:00" },
		{ "下周一10:00", "2026-11-30T10:00" },
		{ "Friday 5pm", "2026-11-27T17:00" },
		{ "tomorrow 5:30 pm", "2026-11-24T17:30" },
		{ "tomorrow at 17:00", "2026-11-24T17:00" },
		{ "24 Nov 17:00", "2026-11-24T17:00" },
		{ "Nov 24, 17:00", "2026-11-24T17:00" },
		{ "中午12点", "2026-11-23T12:00" },
		{ "中午1点", "2026-11-23T13:00" },
		{ "1-5 10:00", "2027-01-05T10:00" },
		{ "24h", "2026-11-24T10:00" },
		{ "24小时", "2026-11-24T10:00" },
		{ "半小时", "2026-11-23T10:30" },
		{ "30分钟内", "2026-11-23T10:30" },
		{ "2天", "2026-11-25T10:00" },
		{ "2wd", "2026-11-25T17:30" },
		{ "2个工作日", "2026-11-25T17:30" },
		{ "三个工作日", "2026-11-26T17:30" },
		{ "4bh", "2026-11-23T15:30" },
		{ "11-23 09:00", "passed" },
		{ "今天上午9点", "passed" },
		{ "08:00", "passed" },
		{ "明天5点", "ambiguous" },
		{ "明天5:00", "ambiguous" },
		{ "8-10点", "ambiguous" },
		{ "明天", "lacks the hour" },
		{ "明天上午", "lacks the hour" },
		{ "13-24 17:00", "no such date" },
		{ "2-30 17:00", "no such date" },
		{ "11-24 25:00", "no such date" },
		{ "soon", "no time is known" },
		{ "3-2-501", "no time is known" },
		{ "", "no time is known" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct commands commands = written_parse(CHANNEL_MAIL,
		    arena_printf(&written_arena, "#due %s", rows[i].text));
		const char *got = written_told(&commands);

		if (strstr(got, rows[i].want) == NULL ||
		    (rows[i].want[0] == '2') != (commands.error_count == 0))
			fail_msg("%s: %s, wanted %s", rows[i].text, got,
			    rows[i].want);
	}
}

static void
case_numbers_are_told_from_other_digits(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "Re: [T261123-0007] 处理结果", "T261123-0007" },
		{ "t261123–0007", "T261123-0007" },
		{ "编号261123-0007", "T261123-0007" },
		{ "Ｔ２６１１２３－０００７", "T261123-0007" },
		{ "T261123-10007 进度", "T261123-10007" },
		{ "T2611230007", NULL },
		{ "13900139001", NULL },
		{ "T261323-0007", NULL },
		{ "1T261123-00071234", NULL },
		{ "0531-261123-0007", NULL },
		{ "AT261123-0007", NULL },
		{ "2026-11-23", NULL },
		{ NULL, NULL },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		const char *got =
		    case_number_find(rows[i].text, &written_arena);

		if (!text_eq(got, rows[i].want))
			fail_msg("%s: %s", rows[i].text, text_or(got, "none"));
	}
}

/* What owners write behind 进度, 撤回 and 补充 (rules.md 4.4). */
static void
an_owner_names_a_case_by_the_end_of_its_number(void **state)
{
	static const struct {
		const char *text, *number;
		int serial;
		bool leads; /* ... and stands at the start */
	} rows[] = {
		{ "0001", NULL, 1, true },
		{ "编号 0001 请问", NULL, 1, true },
		{ "No. 0012", NULL, 12, true },
		{ "no.0012", NULL, 12, true },
		{ "my case #７", NULL, 7, true },
		{ "T2611230007", "T261123-0007", 0, true },
		{ "2611230007", "T261123-0007", 0, true },
		{ "T26112310007", "T261123-10007", 0, true },
		{ "T261123-0007", "T261123-0007", 0, false },
		{ "我的0001", NULL, 1, false },
		{ "2025年的账单", NULL, 2025, false },
		{ "13900139001", NULL, 0, false },
		{ "26112300071", NULL, 0, false },
		{ "3-2-501", NULL, 0, false },
		{ "15:30", NULL, 0, false },
		{ "3.5", NULL, 0, false },
		{ "A12", NULL, 0, false },
		{ "", NULL, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct case_call found = { 0 }, led = { 0 };
		bool leads =
		    case_call_lead(rows[i].text, &written_arena, &led);

		(void)case_call_find(rows[i].text, &written_arena, &found);
		if (!text_eq(found.number, rows[i].number) ||
		    found.serial != rows[i].serial || leads != rows[i].leads ||
		    (leads && led.serial != found.serial))
			fail_msg("%s: %s, %d, %d", rows[i].text,
			    text_or(found.number, "none"), found.serial, leads);
	}
}

static void
lines_of_a_mail_about_no_case_belong_to_the_cases_that_they_name(void **state)
{
	static const struct written rows[] = {
		{ "下周谈电梯", "[-] 下周谈电梯" },
		{ "T261123-0001 请今天上门", "[-] [T261123-0001] 请今天上门" },
		/* Without a blank, in brackets, another dash, wide digits. */
		{ "【Ｔ２６１１２３－０００１】：请上门",
		    "[-] [T261123-0001] 请上门" },
		{ "#备注 T261123-0001请上门\n并拍照",
		    "[-] [T261123-0001] #备注  请上门/并拍照" },
		{ "#转派 T261123-0002 工程部\nT261123-0001 快\n\n大家好",
		    "[-] 大家好 [T261123-0002] #转派  工程部 "
		    "[T261123-0001] 快" },
		/* Both of one case, and those of none between them. */
		{ "#接单 T261123-0001\n#请假 11-24\n#备注 261123-0001 好",
		    "[-] #请假 11-24 [T261123-0001] #接单  /#备注  好" },
		{ "#接单 T261123-0001\n\n谢谢大家",
		    "[-] 谢谢大家 [T261123-0001] #接单  " },
		/* Whose case is merged into which? */
		{ "#并案 T261123-0001", "[-] #并案 T261123-0001" },
		{ "#并案 T261123-0001 T261123-0002",
		    "[-] [T261123-0001] #并案  T261123-0002" },
		{ "请看 T261123-0001", "[-] 请看 T261123-0001" },
		{ "#asign T261123-0001 工程部",
		    "[-] #asign T261123-0001 工程部" },
		{ "", "[-]" },
		{ NULL, NULL },
	};
	struct command_section list[4];

	(void)state;
	for (const struct written *row = rows; row->own != NULL; row++) {
		struct buf out scoped(buf_done);
		size_t count = commands_sections(
		    &(struct commands_context){ .conf = &cast },
		    row->own, &written_arena, list, ARRAY_COUNT(list));

		buf_init(&out, 1 << 16);
		for (size_t i = 0; i < count; i++) {
			bool more = false;

			buf_printf(&out, "%s[%s]", i == 0 ? "" : " ",
			    text_or(list[i].number, "-"));
			for (const char *at = list[i].own; *at != '\0';
			     at += strcspn(at, "\n") + 1) {
				int len = (int)strcspn(at, "\n");

				if (len > 0)
					buf_printf(&out, "%s%.*s",
					    more ? "/" : " ", len, at);
				more |= len > 0;
			}
		}
		if (!text_eq(buf_text(&out), row->want))
			fail_msg("%s\n  gave   %s\n  wanted %s", row->own,
			    buf_text(&out), row->want);
	}
	/* More than there is room for is told, and not put down. */
	assert_int_equal(5, commands_sections(
	    &(struct commands_context){ .conf = &cast },
	    "T261123-0001 a\nT261123-0002 b\nT261123-0003 c\nT261123-0004 d",
	    &written_arena, list, ARRAY_COUNT(list)));
	assert_string_equal(list[3].number, "T261123-0003");
}

static void
a_plan_has_a_measure_one_who_sees_to_it_and_a_day(void **state)
{
	static const struct written rows[] = {
		{ "#整改 装扶手;工程部;12-01 12:00",
		    "plan to=engineering at=2026-12-01T12:00 text=装扶手" },
		/* Several, and a note below the last. */
		{ "#plan rail; Li Ming; 11-30\n#plan mats ; sun; 12-01 .\n"
		  "Please hurry.",
		    "plan to=li at=2026-11-30T17:30 text=rail | plan to=sun "
		    "value=Please hurry. at=2026-12-01T17:30 text=mats" },
		{ NULL, NULL },
	};
	static const struct {
		const char *own, *says;
	} wrong[] = {
		{ "#整改 装扶手", "\"装扶手\" is not understood" },
		{ "#整改 装扶手；工程部", "#plan measure; responsible; date" },
		{ "#整改 ；工程部；11-30", "#plan measure; responsible; date" },
		{ "#整改 装扶手；张三；11-30", "no department or person is known" },
		{ "#整改 装扶手；；11-30", "no department or person is known" },
		/* Whose is it? */
		{ "#整改 装扶手；李明和孙强；11-30", "no department or person is known" },
		{ "#整改 装扶手；李明；", "no time is known" },
		{ "#整改 装扶手；李明；尽快", "no time is known" },
		{ "#整改 装扶手；李明；13-45", "there is no such date" },
		{ "#整改 装扶手；李明；2020-11-20", "has passed" },
		{ "#整改 装扶手；李明；11-30；孙强", "there is no such date" },
	};

	(void)state;
	written_are(CHANNEL_MAIL, rows);
	for (size_t i = 0; i < ARRAY_COUNT(wrong); i++) {
		struct commands commands =
		    written_parse(CHANNEL_MAIL, wrong[i].own);

		if (commands.error_count != 1 ||
		    strstr(commands.errors[0], wrong[i].says) == NULL)
			fail_msg(
			    "%s: %s", wrong[i].own, written_told(&commands));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_plan_has_a_measure_one_who_sees_to_it_and_a_day),
		cmocka_unit_test(
		    lines_of_a_mail_about_no_case_belong_to_the_cases_that_they_name),
		cmocka_unit_test(times_are_read_as_people_write_them),
		cmocka_unit_test(case_numbers_are_told_from_other_digits),
		cmocka_unit_test(
		    an_owner_names_a_case_by_the_end_of_its_number),
	};

	return cmocka_run_group_tests(tests, written_open, written_close);
}
