#include "core/calendar.h"
#include "core/classify.h"
#include "core/commands.h"
#include "core/config.h"
#include "core/limits.h"
#include "core/promise.h"
#include "core/zone.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/text.h"
#include "tests/core/cast.h"
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <string.h>

static struct arena arena;
static struct commands_context ctx;

static int
start(void **state)
{
	(void)state;
	arena_init(&arena, (size_t)64 << 20);
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

static struct commands
parse_as(enum channel channel, const char *own)
{
	struct commands ret;

	ctx = (struct commands_context){
		.conf = &cast,
		.estate = cast.estates,
		.now = monday,
		.channel = channel,
		.language = LANGUAGE_EN,
		.sender = "lin",
	};
	commands_parse(&ctx, own, &arena, &ret);
	return ret;
}

/* All that was understood, on one line. */
static const char *
told(const struct commands *commands)
{
	struct buf out;
	char at[32];

	buf_init(&out, 1 << 16);
	for (size_t i = 0; i < commands->count; i++) {
		const struct command *it = &commands->list[i];

		buf_printf(
		    &out, "%s%s", i == 0 ? "" : " | ", command_name(it->kind));
		if (it->case_no != NULL)
			buf_printf(&out, " no=%s", it->case_no);
		if (it->to != NULL)
			buf_printf(&out, " to=%s", it->to);
		if (it->value != NULL)
			buf_printf(&out, " value=%s", it->value);
		if (it->score != 0)
			buf_printf(&out, " score=%d", it->score);
		if (it->at != 0) {
			zone_rfc3339(cast.estates->zone, it->at, at);
			buf_printf(&out, " at=%.16s", at);
		}
		if (it->text != NULL)
			buf_printf(&out, " text=%s", it->text);
	}
	if (commands->plain != NULL)
		buf_printf(&out, " plain=%s", commands->plain);
	if (commands->pin != NULL)
		buf_printf(&out, " pin=%s", commands->pin);
	if (commands->has_wrong_pin)
		buf_printf(&out, " wrong-pin own=%s", commands->own);
	for (size_t i = 0; i < commands->error_count; i++)
		buf_printf(&out, " error=%s", commands->errors[i]);
	{
		const char *ret = arena_strdup(&arena, buf_text(&out));

		buf_done(&out);
		return ret;
	}
}

struct row {
	const char *own, *want;
};

static void
all_are(enum channel channel, const struct row *rows)
{
	for (; rows->own != NULL; rows++) {
		struct commands commands = parse_as(channel, rows->own);
		const char *got = told(&commands);

		if (!text_eq(got, rows->want))
			fail_msg("%s\n  gave   %s\n  wanted %s", rows->own, got,
			    rows->want);
	}
}

static void
every_command_is_known_in_both_languages(void **state)
{
	static const struct row rows[] = {
		{ "#take", "take" },
		{ "＃接单", "take" },
		{ "﹟接单", "take" },
		{ "# 我来", "take" },
		{ "#TAKE", "take" },
		{ "#转派 工程部 请今天安排上门，业主下午在家",
		    "assign to=engineering text=请今天安排上门，业主下午在家" },
		{ "#assign engineering: before noon please",
		    "assign to=engineering text=before noon please" },
		{ "#assign Sun Qiang now", "assign to=sun text=now" },
		{ "#派单 孙强", "assign to=sun" },
		{ "#退回 不属工程部", "return text=不属工程部" },
		{ "#note seen", "note text=seen" },
		{ "#备注：业主在家", "note text=业主在家" },
		{ "#回复 您好", "reply text=您好" },
		{ "#查明 弯头老化", "finding text=弯头老化" },
		{ "#请示 L3 是否免单", "ask to=L3 text=是否免单" },
		{ "#ask finance: who pays?", "ask to=finance text=who pays?" },
		{ "#紧急", "urgent" },
		{ "#级别 重大", "severity value=major" },
		{ "#severity minor", "severity value=minor" },
		{ "#分类 给排水", "category value=plumbing" },
		{ "#category lift", "category value=lift" },
		{ "#时限 11-24 17:00 等配件",
		    "due at=2026-11-24T17:00 text=等配件" },
		{ "#延期 11月25日下午5点 等配件",
		    "extend at=2026-11-25T17:00 text=等配件" },
		{ "#escalate L4 Gas company called",
		    "escalate to=L4 text=Gas company called" },
		{ "#上报 业主要求见经理", "escalate text=业主要求见经理" },
		{ "#补报 当时联系不上", "after-report text=当时联系不上" },
		{ "#事后汇报 当时联系不上", "after-report text=当时联系不上" },
		{ "#办结 已换弯头", "resolve text=已换弯头" },
		{ "#反馈 电话 11-22 10:00 业主满意",
		    "feedback value=phone at=2026-11-22T10:00 text=业主满意" },
		{ "#feedback visit the owner is content",
		    "feedback value=visit text=the owner is content" },
		{ "#回访 5 很好", "visit score=5 text=很好" },
		{ "#visit all well", "visit text=all well" },
		{ "#结案", "close" },
		{ "#重开 又漏了", "reopen text=又漏了" },
		{ "#并案 T261123-0003", "merge value=T261123-0003" },
		{ "#垃圾", "spam" },
		{ "#非垃圾", "notspam" },
		{ "#交接 周敏 休假", "handover to=zhou text=休假" },
		{ "#整改 加装扶手；李明；11-30",
		    "plan to=li at=2026-11-30T17:30 text=加装扶手" },
		{ "#查看", "show" },
		{ "#帮助", "help" },
		{ "#新建 3-2-501 漏水", "new text=3-2-501 漏水" },
		{ "#撤回", "undo" },
		{ "#请假 11-24 到 11-26",
		    "leave value=2026-11-27T00:00:00+08:00 "
		    "at=2026-11-24T00:00" },
		{ "#leave 11-24", "leave value=2026-11-25T00:00:00+08:00 "
				  "at=2026-11-24T00:00" },
		{ "#密码 4711", "pin value=4711" },
		{ "#确认业主", "confirm" },
		{ "#告知 已说明", "informed text=已说明" },
		{ "#劝阻 已劝离", "dissuaded text=已劝离" },
		{ "#已报告 街道办", "reported text=街道办" },
		{ "#缺席 出差", "absent text=出差" },
		{ "#完成 P3 已装好", "done value=3 text=已装好" },
		{ "#done ｐ３", "done value=3" },
		{ "#完成 已装好", "done text=已装好" },
		{ NULL, NULL },
	};

	(void)state;
	all_are(CHANNEL_MAIL, rows);
}

static void
a_command_is_known_however_it_is_typed(void **state)
{
	static const struct row rows[] = {
		{ "#take", "take" },
		{ "#Take", "take" },
		{ "#TAKE", "take" },
		{ "＃take", "take" },
		{ "＃ＴＡＫＥ", "take" },
		{ "# take", "take" },
		{ "#  take", "take" },
		{ "#\u00a0take", "take" },
		{ "#\u3000take", "take" },
		{ "  #take", "take" },
		{ "\t#take", "take" },
		{ "\u3000＃接单", "take" },
		{ "\u00a0#接单", "take" },
		{ "#take.", "take" },
		{ "#take!", "take" },
		{ "#接单。", "take" },
		{ "#接单！", "take" },
		{ "#接单，", "take" },
		{ "#接单：", "take" },
		{ "#接单:", "take" },
		{ "#take:", "take" },
		{ "#take ", "take" },
		{ "#接单\u3000", "take" },
		{ "#take\r", "take" },
		{ "\ufeff#take", "take" },
		{ "\u200b#take", "take" },
		{ "#\u200b接单", "take" },
		{ "#接\u200b单", "take" },
		{ "﹟接单", "take" },
		{ "#note: seen", "note text=seen" },
		{ "#note:seen", "note text=seen" },
		{ "#note：seen", "note text=seen" },
		{ "#note : seen", "note text=seen" },
		{ "#note\u00a0seen", "note text=seen" },
		{ "#note\u3000seen", "note text=seen" },
		{ "#NOTE seen", "note text=seen" },
		{ "＃Ｎｏｔｅ　seen", "note text=seen" },
		{ "#备注:业主在家", "note text=业主在家" },
		{ "#备注︰业主在家", "note text=业主在家" },
		{ "#备注﹕业主在家", "note text=业主在家" },
		{ "#备注  业主在家", "note text=业主在家" },
		{ "#备注\u00a0:\u00a0业主在家", "note text=业主在家" },
		{ "#备注业主在家", "note text=业主在家" },
		{ "#备注,业主在家", "note text=业主在家" },
		{ "#備註 業主在家", "note text=業主在家" },
		{ "#note ...", "note error=Line 1: \"#note\" lacks its text. Form: #note text" },
		{ "#note\nseen", "note text=seen" },
		{ "#note\n\nseen\nagain", "note text=seen\nagain" },
		{ "#assign engineering", "assign to=engineering" },
		{ "#assign Engineering", "assign to=engineering" },
		{ "#ASSIGN ENGINEERING", "assign to=engineering" },
		{ "#assign: engineering", "assign to=engineering" },
		{ "#assign engineering.", "assign to=engineering" },
		{ "#转派工程部", "assign to=engineering" },
		{ "#转派：工程部", "assign to=engineering" },
		{ "#转派 工程部。", "assign to=engineering" },
		{ "#转派 工程部，请看", "assign to=engineering text=请看" },
		{ "#转派 工 程 部", "assign to=engineering" },
		{ "#轉派 工程部", "assign to=engineering" },
		{ "#assign sun qiang", "assign to=sun" },
		{ "#assign SunQiang", "assign to=sun" },
		{ "#assign SUN", "assign to=sun" },
		{ "#assign @sun", "assign to=sun" },
		{ "#due 11-24 17:00", "due at=2026-11-24T17:00" },
		{ "#due 11-24 17：00", "due at=2026-11-24T17:00" },
		{ "#due: 11/24 17:00", "due at=2026-11-24T17:00" },
		{ "#due 2026-11-24 17:00", "due at=2026-11-24T17:00" },
		{ "#due 11月24日17:00", "due at=2026-11-24T17:00" },
		{ "#时限 11月24日 下午5点", "due at=2026-11-24T17:00" },
		{ "#时限 明天下午5点", "due at=2026-11-24T17:00" },
		{ "#时限 明天17点", "due at=2026-11-24T17:00" },
		{ "#due tomorrow 5pm", "due at=2026-11-24T17:00" },
		{ "#due tomorrow 5 PM", "due at=2026-11-24T17:00" },
		{ "#due １１－２４ １７：００", "due at=2026-11-24T17:00" },
		{ "#due 2wd", "due at=2026-11-25T17:30" },
		{ "#due 2 WD", "due at=2026-11-25T17:30" },
		{ "#时限 2个工作日", "due at=2026-11-25T17:30" },
		{ "#due 24h", "due at=2026-11-24T10:00" },
		{ "#severity major", "severity value=major" },
		{ "#Severity: MAJOR", "severity value=major" },
		{ "#级别：重大。", "severity value=major" },
		{ "#merge T261123-0001", "merge value=T261123-0001" },
		{ "#merge 261123-0001", "merge value=T261123-0001" },
		{ "#merge t261123—0001", "merge value=T261123-0001" },
		{ "#merge T261123－0001.", "merge value=T261123-0001" },
		{ "#after-report done", "after-report text=done" },
		{ "#时限明天下午5点", "due at=2026-11-24T17:00" },
		{ "#级别重大", "severity value=major" },
		{ "#緊急 冒煙", "urgent text=冒煙" },
		{ "#After‑Report done", "after-report text=done" },
		{ NULL, NULL },
	};

	(void)state;
	all_are(CHANNEL_MAIL, rows);
}

static void
commands_stand_anywhere_and_texts_swallow_lines(void **state)
{
	static const struct row rows[] = {
		{ "您好，已安排。\n#接单", "take plain=您好，已安排。" },
		{ "#备注 第一行\n第二行\n\n第三行\n#接单\n您好",
		    "note text=第一行\n第二行\n\n第三行 | take plain=您好" },
		{ "#urgent\n#escalate L4 Gas", "urgent | escalate to=L4 "
					       "text=Gas" },
		{ "#take\nWe will come at 3.",
		    "take plain=We will come at 3." },
		{ "#办结\n已换弯头并试水", "resolve text=已换弯头并试水" },
		{ "已换弯头并试水\n#办结", "resolve text=已换弯头并试水" },
		{ "#3楼 有水", " plain=#3楼 有水" },
		{ "#501", " plain=#501" },
		{ "#业主群# 有人说", " plain=#业主群# 有人说" },
		{ "###", " plain=###" },
		{ "", "" },
		{ "  \n\n", "" },
		{ "接单 0007", " plain=接单 0007" },
		{ NULL, NULL },
	};

	(void)state;
	all_are(CHANNEL_MAIL, rows);
}

static void
mistakes_name_line_and_nearest_form(void **state)
{
	static const struct row rows[] = {
		{ "#assgin engineering", " error=Line 1: there is no command "
					 "\"#assgin\". Nearest: #assign" },
		{ "\n#转发 工程部", " error=Line 2: there is no command "
				    "\"#转发\". Nearest: #转派" },
		{ "#回复您好", " error=Line 1: there is no command "
			       "\"#回复您好\". Nearest: #回复 / #回复全部" },
		{ "#qqqqqq", " error=Line 1: there is no command \"#qqqqqq\". "
			     "Nearest: #help / #帮助" },
		{ "#assign plumber",
		    "assign text=plumber error=Line 1: no "
		    "department or person is known in "
		    "\"plumber\". There are: 工程部 / 财务部 / "
		    "林晓 / 周敏 / 孙强 / 李明 / 李敏" },
		{ "#assign 李", "assign text=李 error=Line 1: \"李\" fits "
				"several; please write one in full: 李明 / "
				"李敏" },
		{ "#return", "return error=Line 1: \"#return\" lacks its text. "
			     "Form: #return reason" },
		{ "#resolve", "resolve error=Line 1: \"#resolve\" lacks its "
			      "text. Form: #resolve outcome" },
		{ "#severity high", "severity text=high error=Line 1: \"high\" "
				    "is not understood. Form: #severity "
				    "major|normal|minor" },
		{ "#merge 13900139001",
		    "merge text=13900139001 error=Line 1: \"13900139001\" is "
		    "no case number. Form: #merge T261123-0007" },
		{ "#due 11-24", "due text=11-24 error=Line 1: \"11-24\" lacks "
				"the hour. Form: #due 11-24 17:00 reason" },
		{ "#pin 12ab", "pin error=Line 1: \"pin\" is not understood. "
			       "Form: #pin new-pin (4 to 8 digits)" },
		{ "#feedback 11-22 10:00 fine",
		    "feedback text=11-22 10:00 fine error=Line 1: \"11-22\" "
		    "is not understood. Form: #feedback phone|visit|mail "
		    "11-24 10:00 what the owner said" },
		{ "#take\n#assign 孙强",
		    "take | assign to=sun error=Line 2: \"#take\" and "
		    "\"#assign\" cannot stand in one message; please keep "
		    "one" },
		{ "#due 11-24 17:00\n#due 11-25 17:00",
		    "due at=2026-11-24T17:00 | due at=2026-11-25T17:00 "
		    "error=Line 2: \"#due\" and \"#due\" cannot stand in one "
		    "message; please keep one" },
		{ "#leave 11-26 11-24", "leave text=11-26 11-24 error=Line 1: "
					"there is no such date or time as in "
					"\"11-26\". Form: #leave 11-24 11-26" },
		{ NULL, NULL },
	};

	(void)state;
	all_are(CHANNEL_MAIL, rows);
}

static void
mistakes_are_told_in_the_language_of_the_person(void **state)
{
	struct commands commands;

	(void)state;
	ctx = (struct commands_context){ .conf = &cast,
		.now = monday,
		.channel = CHANNEL_MAIL,
		.language = LANGUAGE_ZH,
		.sender = "lin" };
	commands_parse(&ctx, "#return", &arena, &commands);
	assert_int_equal(commands.error_count, 1);
	assert_string_equal(commands.errors[0],
	    "第1行：“#退回”后面缺少内容。格式：#退回 原因");
	assert_string_equal(command_word(COMMAND_MERGE, LANGUAGE_ZH), "并案");
	assert_string_equal(command_word(COMMAND_MERGE, LANGUAGE_EN), "merge");
}

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
		struct commands commands = parse_as(CHANNEL_MAIL,
		    arena_printf(&arena, "#due %s", rows[i].text));
		const char *got = told(&commands);

		if (strstr(got, rows[i].want) == NULL ||
		    (rows[i].want[0] == '2') != (commands.error_count == 0))
			fail_msg("%s: %s, wanted %s", rows[i].text, got,
			    rows[i].want);
	}
}

static void
texts_name_the_case_first_and_need_no_mark(void **state)
{
	static const struct row rows[] = {
		{ "接单 0007", "take no=0007" },
		{ "take 0007", "take no=0007" },
		{ "#接单0007", "take no=0007" },
		{ "转派 0007 工程部", "assign no=0007 to=engineering" },
		{ "备注 0007 业主下午在家", "note no=0007 text=业主下午在家" },
		{ "办结 0007 已换弯头试水正常",
		    "resolve no=0007 text=已换弯头试水正常" },
		{ "紧急 0007", "urgent no=0007" },
		{ "上报 0007 原因", "escalate no=0007 text=原因" },
		{ "note T261123-0007 seen", "note no=T261123-0007 text=seen" },
		{ "并案 0007 T261123-0003",
		    "merge no=0007 value=T261123-0003" },
		{ "结案 0007 2580", "close no=0007 pin=2580" },
		/* Mistyped, or a colleague's: kept no more than a right one. */
		{ "结案 0007 9999", "close no=0007 wrong-pin own=结案 0007 " },
		{ "垃圾 0007 １２３４５６",
		    "spam no=0007 wrong-pin own=垃圾 0007 " },
		{ "级别 0007 轻微 9999",
		    "severity no=0007 value=minor wrong-pin own=级别 0007 轻微 " },
		{ "并案 0007 0003 9999",
		    "merge no=0007 value=0003 wrong-pin own=并案 0007 0003 " },
		{ "并案 0007 0003", "merge no=0007 value=0003" },
		{ "垃圾 0007 7777.",
		    "spam no=0007 wrong-pin own=垃圾 0007 ." },
		{ "垃圾 0007 7777 谢谢",
		    "spam no=0007 text= 谢谢 wrong-pin own=垃圾 0007  谢谢" },
		{ "垃圾 0007 1111 2222",
		    "spam no=0007 wrong-pin own=垃圾 0007  " },
		{ "垃圾 0007 2580 1111",
		    "spam no=0007 wrong-pin own=垃圾 0007  " },
		{ "垃圾 0007 2580.", "spam no=0007 pin=2580" },
		{ "垃圾 0007 2580 谢谢", "spam no=0007 text=谢谢 pin=2580" },
		{ "垃圾 0007 （2580），２５８０ 广告",
		    "spam no=0007 text=（）， 广告" },
		{ "垃圾 2580 广告", "spam no=2580 text=广告" },
		{ "备注 0007 门牌 2580 号", "note no=0007 text=门牌 2580 号" },
		{ "垃圾 0007 7777\n广告",
		    "spam no=0007 plain=广告 wrong-pin own=垃圾 0007 \n广告" },
		{ "7777\n垃圾 0007 广告",
		    "spam no=0007 text=广告 plain=7777 wrong-pin "
		    "own=\n垃圾 0007 广告" },
		{ "结案 9999", "close no=9999" },
		{ "备注 0007 门牌 9999", "note no=0007 text=门牌 9999" },
		{ "帮助", "help" },
		{ "#接单", "take" },
		{ "紧急 5号楼着火了", " plain=紧急 5号楼着火了" },
		{ "回复得很好", " plain=回复得很好" },
		{ "1", " plain=1" },
		{ NULL, NULL },
	};

	(void)state;
	all_are(CHANNEL_SMS, rows);
}

static void
the_pin_is_taken_out_before_anything_is_read(void **state)
{
	static const struct row rows[] = {
		{ "#close 2580", "close pin=2580" },
		{ "\n#备注 漏水 ２５８０ \n第二行",
		    "note text=漏水  \n第二行 pin=2580" },
		{ "2580\n您好", " plain=您好 pin=2580" },
		{ "#备注 9999", "note text=9999" },
		{ "#备注 漏水\n2580", "note text=漏水\n2580" },
		{ NULL, NULL },
	};

	(void)state;
	all_are(CHANNEL_MAIL, rows);
}

static void
a_message_of_nothing_but_commands_has_an_end(void **state)
{
	struct buf own;
	struct commands commands;

	(void)state;
	buf_init(&own, 1 << 20);
	for (int i = 0; i < 20000; i++)
		buf_puts(&own, "#note x\n");
	commands = parse_as(CHANNEL_MAIL, buf_text(&own));
	assert_int_equal(commands.count, 50);
	assert_true(commands.error_count > 0 && commands.error_count <= 50);
	buf_done(&own);
}

static void
without_a_configuration_words_are_still_known(void **state)
{
	struct commands commands;

	(void)state;
	commands_parse(&(struct commands_context){ .channel = CHANNEL_MAIL,
			   .language = LANGUAGE_EN },
	    "#take\n#due 11-24 17:00", &arena, &commands);
	assert_int_equal(commands.count, 2);
	assert_int_equal(commands.error_count, 1);
	commands_parse(&(struct commands_context){ .channel = CHANNEL_MAIL },
	    NULL, &arena, &commands);
	assert_int_equal(commands.count, 0);
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
		const char *got = case_number_find(rows[i].text, &arena);

		if (!text_eq(got, rows[i].want))
			fail_msg("%s: %s", rows[i].text, text_or(got, "none"));
	}
}

static void
lines_of_a_mail_about_no_case_belong_to_the_cases_that_they_name(void **state)
{
	static const struct row rows[] = {
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
	for (const struct row *row = rows; row->own != NULL; row++) {
		struct buf out scoped(buf_done);
		size_t count = commands_sections(
		    &(struct commands_context){ .conf = &cast },
		    row->own, &arena, list, ARRAY_COUNT(list));

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
	    &arena, list, ARRAY_COUNT(list)));
	assert_string_equal(list[3].number, "T261123-0003");
}

static void
a_plan_has_a_measure_one_who_sees_to_it_and_a_day(void **state)
{
	static const struct row rows[] = {
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
	all_are(CHANNEL_MAIL, rows);
	for (size_t i = 0; i < ARRAY_COUNT(wrong); i++) {
		struct commands commands =
		    parse_as(CHANNEL_MAIL, wrong[i].own);

		if (commands.error_count != 1 ||
		    strstr(commands.errors[0], wrong[i].says) == NULL)
			fail_msg("%s: %s", wrong[i].own, told(&commands));
	}
}

/* Anybody can write in the name of staff. */
static void
long_words_and_many_lines_take_little_memory(void **state)
{
	static const struct {
		const char *line;
		size_t times;
		bool is_one_word;
	} table[] = {
		{ "这不是命令", 15000, true },
		{ "#你好吗\n", 20000, false },
		{ "#转派的时候请说清楚\n", 8000, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct arena work scoped(arena_done);
		struct buf own scoped(buf_done);
		struct commands commands;

		arena_init(&work, LIMIT_WORK_BYTES);
		buf_init(&own, MIB);
		if (table[i].is_one_word)
			buf_putc(&own, '#');
		for (size_t k = 0; k < table[i].times; k++)
			buf_puts(&own, table[i].line);
		assert_true(own.len < LIMIT_TEXT_BYTES);
		(void)parse_as(CHANNEL_MAIL, "");
		commands_parse(&ctx, buf_text(&own), &work, &commands);
		assert_true(commands.error_count > 0);
		if (arena_is_over(&work))
			fail_msg("row %zu takes %zu bytes", i, work.used);
	}
}

static void
many_short_lines_about_many_cases_take_little_memory(void **state)
{
	struct arena work scoped(arena_done);
	struct buf own scoped(buf_done);
	struct command_section sections[LIMIT_CASES_NAMED + 1];
	struct commands commands;
	size_t count;

	(void)state;
	arena_init(&work, LIMIT_WORK_BYTES);
	buf_init(&own, LIMIT_TEXT_BYTES);
	for (int i = 1; i <= LIMIT_CASES_NAMED; i++)
		buf_printf(&own, "T261123-%04d: 请接单\n\n", i);
	while (own.len + 2 < LIMIT_TEXT_BYTES)
		buf_puts(&own, "a\n");
	(void)parse_as(CHANNEL_MAIL, "");
	count = commands_sections(
	    &ctx, buf_text(&own), &work, sections, ARRAY_COUNT(sections));
	assert_int_equal(count, ARRAY_COUNT(sections));
	for (size_t i = 0; i < count; i++)
		commands_parse(&ctx, sections[i].own, &work, &commands);
	if (work.used > 2 * LIMIT_WORK_BYTES)
		fail_msg("%zu bytes", work.used);
}

static void
a_promise_is_looked_for_no_longer_than_its_text(void **state)
{
	static const char *const parts[] = { "1", "十", "1-1", " ", "下" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
		struct arena work scoped(arena_done);
		struct buf text scoped(buf_done);
		const char *words = NULL;
		msec_t at = 0;

		arena_init(&work, LIMIT_WORK_BYTES);
		buf_init(&text, LIMIT_TEXT_BYTES);
		while (text.len + strlen(parts[i]) <= LIMIT_TEXT_BYTES)
			buf_puts(&text, parts[i]);
		assert_int_equal(promise_find(cast.estates, monday,
				     buf_text(&text), &work, &at, &words),
		    PROMISE_NONE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    many_short_lines_about_many_cases_take_little_memory),
		cmocka_unit_test(
		    a_promise_is_looked_for_no_longer_than_its_text),
		cmocka_unit_test(long_words_and_many_lines_take_little_memory),
		cmocka_unit_test(
		    a_plan_has_a_measure_one_who_sees_to_it_and_a_day),
		cmocka_unit_test(
		    lines_of_a_mail_about_no_case_belong_to_the_cases_that_they_name),
		cmocka_unit_test(every_command_is_known_in_both_languages),
		cmocka_unit_test(a_command_is_known_however_it_is_typed),
		cmocka_unit_test(
		    commands_stand_anywhere_and_texts_swallow_lines),
		cmocka_unit_test(mistakes_name_line_and_nearest_form),
		cmocka_unit_test(
		    mistakes_are_told_in_the_language_of_the_person),
		cmocka_unit_test(times_are_read_as_people_write_them),
		cmocka_unit_test(texts_name_the_case_first_and_need_no_mark),
		cmocka_unit_test(the_pin_is_taken_out_before_anything_is_read),
		cmocka_unit_test(a_message_of_nothing_but_commands_has_an_end),
		cmocka_unit_test(without_a_configuration_words_are_still_known),
		cmocka_unit_test(case_numbers_are_told_from_other_digits),
	};

	return cmocka_run_group_tests(tests, start, finish);
}
