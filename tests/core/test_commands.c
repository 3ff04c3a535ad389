/*
 * What staff write after `#', and where a command begins and ends.
 */
#include "core/commands.h"
#include "tests/core/written.h"

#include <string.h>
#include "tests/support/cmocka_fence.h"

static void
every_command_is_known_in_both_languages(void **state)
{
	static const struct written rows[] = {
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
	written_are(CHANNEL_MAIL, rows);
}

static void
a_command_is_known_however_it_is_typed(void **state)
{
	static const struct written rows[] = {
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
	written_are(CHANNEL_MAIL, rows);
}

static void
commands_stand_anywhere_and_texts_swallow_lines(void **state)
{
	static const struct written rows[] = {
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
	written_are(CHANNEL_MAIL, rows);
}

static void
mistakes_name_line_and_nearest_form(void **state)
{
	static const struct written rows[] = {
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
		    "\"plumber\". There are: Engineering / Finance / "
		    "Lin Xiao / Zhou Min / Sun Qiang / Li Ming / Li Min" },
		{ "#assign 李", "assign text=李 error=Line 1: \"李\" fits "
				"several; please write one in full: Li Ming / "
				"Li Min" },
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
	written_are(CHANNEL_MAIL, rows);
}

static void
mistakes_are_told_in_the_language_of_the_person(void **state)
{
	struct commands commands;

	(void)state;
	written_ctx = (struct commands_context){ .conf = &cast,
		.now = written_at,
		.channel = CHANNEL_MAIL,
		.language = LANGUAGE_ZH,
		.sender = "lin" };
	commands_parse(&written_ctx, "#return", &written_arena, &commands);
	assert_int_equal(commands.error_count, 1);
	assert_string_equal(commands.errors[0],
	    "第1行：“#退回”后面缺少内容。格式：#退回 原因");
	commands_parse(&written_ctx, "#assign 李", &written_arena, &commands);
	assert_non_null(strstr(commands.errors[0], "李明 / 李敏"));
	assert_string_equal(command_word(COMMAND_MERGE, LANGUAGE_ZH), "并案");
	assert_string_equal(command_word(COMMAND_MERGE, LANGUAGE_EN), "merge");
}

static void
who_is_not_named_in_a_long_list_is_hinted_at(void **state)
{
	static struct staff many[60];
	struct config conf = cast;
	struct commands commands;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(many); i++)
		many[i] = cast.staff[i % cast.staff_count];
	conf.staff = many;
	conf.staff_count = ARRAY_COUNT(many);
	written_ctx = (struct commands_context){ .conf = &conf,
		.now = written_at,
		.channel = CHANNEL_MAIL,
		.language = LANGUAGE_EN };
	commands_parse(
	    &written_ctx, "#assign plumber", &written_arena, &commands);
	assert_true(text_ends(commands.errors[0], " / ..."));
}

static void
texts_name_the_case_first_and_need_no_mark(void **state)
{
	static const struct written rows[] = {
		{ "接单 0007", "take no=0007" },
		{ "take 0007", "take no=0007" },
		{ "#接单0007", "take no=0007" },
		{ "接单 0007，马上到", "take no=0007 text=马上到" },
		{ "take T261123-0007, thanks",
		    "take no=T261123-0007 text=thanks" },
		{ "接单，马上到", "take text=马上到" },
		{ "接单 谢谢", "take text=谢谢" },
		{ "我来。", "take" },
		{ "Take, on my way", "take text=on my way" },
		{ "take care of the lamp", " plain=take care of the lamp" },
		{ "我来 反映噪音", " plain=我来 反映噪音" },
		{ "接单 2号楼", " plain=接单 2号楼" },
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
		{ "垃圾 0007 2580 谢谢", "spam no=0007 pin=2580" },
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
	written_are(CHANNEL_SMS, rows);
}

static void
the_pin_is_taken_out_before_anything_is_read(void **state)
{
	static const struct written rows[] = {
		{ "#close 2580", "close pin=2580" },
		{ "\n#备注 漏水 ２５８０ \n第二行",
		    "note text=漏水  \n第二行 pin=2580" },
		{ "2580\n您好", " plain=您好 pin=2580" },
		{ "#备注 9999", "note text=9999" },
		{ "#备注 漏水\n2580", "note text=漏水\n2580" },
		{ NULL, NULL },
	};

	(void)state;
	written_are(CHANNEL_MAIL, rows);
}

static void
without_a_configuration_words_are_still_known(void **state)
{
	struct commands commands;

	(void)state;
	commands_parse(&(struct commands_context){ .channel = CHANNEL_MAIL,
			   .language = LANGUAGE_EN },
	    "#take\n#due 11-24 17:00", &written_arena, &commands);
	assert_int_equal(commands.count, 2);
	assert_int_equal(commands.error_count, 1);
	commands_parse(&(struct commands_context){ .channel = CHANNEL_MAIL },
	    NULL, &written_arena, &commands);
	assert_int_equal(commands.count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_is_known_in_both_languages),
		cmocka_unit_test(a_command_is_known_however_it_is_typed),
		cmocka_unit_test(
		    commands_stand_anywhere_and_texts_swallow_lines),
		cmocka_unit_test(mistakes_name_line_and_nearest_form),
		cmocka_unit_test(
		    mistakes_are_told_in_the_language_of_the_person),
		cmocka_unit_test(who_is_not_named_in_a_long_list_is_hinted_at),
		cmocka_unit_test(texts_name_the_case_first_and_need_no_mark),
		cmocka_unit_test(the_pin_is_taken_out_before_anything_is_read),
		cmocka_unit_test(without_a_configuration_words_are_still_known),
	};

	return cmocka_run_group_tests(tests, written_open, written_close);
}
