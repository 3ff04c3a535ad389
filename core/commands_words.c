/*
 * The commands of rules.md 4.2 and what each takes, one row a command.
 */
#include "core/commands_parts.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

enum { NEAR_BYTES = 3, NEAR_MAX = 3 };

const struct command_spec command_specs[COMMAND_KIND_COUNT] = {
	[COMMAND_TAKE] = { .names = { "take", "接单", "我来", "认领" },
	    .usage_zh = "#接单",
	    .usage_en = "#take" },
	[COMMAND_ASSIGN] = { .names = { "assign", "转派", "派单", "指派" },
	    .may_join = true,
	    .target = TARGET_WHO,
	    .usage_zh = "#转派 部门或姓名 说明",
	    .usage_en = "#assign department-or-name text" },
	[COMMAND_RETURN] = { .names = { "return", "退回" },
	    .swallows = true,
	    .needs_text = true,
	    .usage_zh = "#退回 原因",
	    .usage_en = "#return reason" },
	[COMMAND_NOTE] = { .names = { "note", "备注", "内部", "internal" },
	    .may_join = true,
	    .swallows = true,
	    .needs_text = true,
	    .usage_zh = "#备注 内容",
	    .usage_en = "#note text" },
	[COMMAND_REPLY] = { .names = { "reply", "回复", "答复" },
	    .swallows = true,
	    .needs_text = true,
	    .usage_zh = "#回复 内容",
	    .usage_en = "#reply text" },
	[COMMAND_FINDING] = { .names = { "finding", "查明", "findings" },
	    .may_join = true,
	    .swallows = true,
	    .needs_text = true,
	    .usage_zh = "#查明 情况",
	    .usage_en = "#finding text" },
	[COMMAND_ASK] = { .names = { "ask", "请示", "咨询" },
	    .may_join = true,
	    .target = TARGET_ASK,
	    .swallows = true,
	    .needs_text = true,
	    .usage_zh = "#请示 部门或L3 问题",
	    .usage_en = "#ask department-or-L3 question" },
	[COMMAND_URGENT] = { .names = { "urgent", "紧急", "emergency" },
	    .usage_zh = "#紧急 说明",
	    .usage_en = "#urgent text" },
	[COMMAND_SEVERITY] = { .names = { "severity", "级别" },
	    .may_join = true,
	    .pin = COMMAND_PIN_FOR_LESS,
	    .value = VALUE_SEVERITY,
	    .usage_zh = "#级别 重大|一般|轻微",
	    .usage_en = "#severity major|normal|minor" },
	[COMMAND_CATEGORY] = { .names = { "category", "分类" },
	    .may_join = true,
	    .value = VALUE_CATEGORY,
	    .usage_zh = "#分类 类别",
	    .usage_en = "#category code" },
	[COMMAND_DUE] = { .names = { "due", "承诺时限", "时限" },
	    .may_join = true,
	    .when = WHEN_AHEAD,
	    .usage_zh = "#时限 11-24 17:00 原因",
	    .usage_en = "#due 11-24 17:00 reason" },
	[COMMAND_EXTEND] = { .names = { "extend", "延期" },
	    .may_join = true,
	    .when = WHEN_AHEAD,
	    .needs_text = true,
	    .usage_zh = "#延期 11-24 17:00 原因",
	    .usage_en = "#extend 11-24 17:00 reason" },
	[COMMAND_ESCALATE] = { .names = { "escalate", "上报" },
	    .target = TARGET_LEVEL,
	    .needs_text = true,
	    .usage_zh = "#上报 原因",
	    .usage_en = "#escalate reason" },
	[COMMAND_AFTER_REPORT] = { .names = { "after-report", "补报",
				       "事后汇报" },
	    .swallows = true,
	    .needs_text = true,
	    .usage_zh = "#补报 经过",
	    .usage_en = "#after-report text" },
	[COMMAND_RESOLVE] = { .names = { "resolve", "办结", "resolved" },
	    .swallows = true,
	    .needs_text = true,
	    .usage_zh = "#办结 处理结果",
	    .usage_en = "#resolve outcome" },
	[COMMAND_FEEDBACK] = { .names = { "feedback", "反馈" },
	    .value = VALUE_MEANS,
	    .when = WHEN_PAST,
	    .swallows = true,
	    .needs_text = true,
	    .usage_zh = "#反馈 电话|上门|邮件 11-24 10:00 业主意见",
	    .usage_en = "#feedback phone|visit|mail 11-24 10:00 "
			"what the owner said" },
	[COMMAND_VISIT] = { .names = { "visit", "回访" },
	    .value = VALUE_RATING,
	    .when = WHEN_PAST,
	    .swallows = true,
	    .needs_text = true,
	    .usage_zh = "#回访 5 内容",
	    .usage_en = "#visit 5 text" },
	[COMMAND_CLOSE] = { .names = { "close", "结案" },
	    .pin = COMMAND_PIN_NEEDED,
	    .usage_zh = "#结案",
	    .usage_en = "#close" },
	[COMMAND_REOPEN] = { .names = { "reopen", "重开" },
	    .needs_text = true,
	    .usage_zh = "#重开 原因",
	    .usage_en = "#reopen reason" },
	[COMMAND_MERGE] = { .names = { "merge", "并案" },
	    .may_join = true,
	    .pin = COMMAND_PIN_NEEDED,
	    .value = VALUE_CASE,
	    .usage_zh = "#并案 T261123-0007",
	    .usage_en = "#merge T261123-0007" },
	[COMMAND_SPAM] = { .names = { "spam", "垃圾" },
	    .pin = COMMAND_PIN_NEEDED,
	    .usage_zh = "#垃圾",
	    .usage_en = "#spam" },
	[COMMAND_NOTSPAM] = { .names = { "notspam", "非垃圾" },
	    .usage_zh = "#非垃圾",
	    .usage_en = "#notspam" },
	[COMMAND_HANDOVER] = { .names = { "handover", "交接" },
	    .may_join = true,
	    .target = TARGET_PERSON,
	    .needs_text = true,
	    .usage_zh = "#交接 姓名 原因",
	    .usage_en = "#handover name reason" },
	[COMMAND_PLAN] = { .names = { "plan", "整改" },
	    .swallows = true,
	    .needs_text = true,
	    .is_alone = true,
	    .usage_zh = "#整改 措施；责任人；日期",
	    .usage_en = "#plan measure; responsible; date" },
	[COMMAND_SHOW] = { .names = { "show", "查看" },
	    .usage_zh = "#查看",
	    .usage_en = "#show" },
	[COMMAND_HELP] = { .names = { "help", "帮助" },
	    .usage_zh = "#帮助",
	    .usage_en = "#help" },
	[COMMAND_NEW] = { .names = { "new", "新建", "登记" },
	    .swallows = true,
	    .needs_text = true,
	    .is_alone = true,
	    .usage_zh = "#新建 3-2-501 13900139001 内容",
	    .usage_en = "#new 3-2-501 13900139001 text" },
	[COMMAND_UNDO] = { .names = { "undo", "撤回" },
	    .usage_zh = "#撤回",
	    .usage_en = "#undo" },
	[COMMAND_LEAVE] = { .names = { "leave", "请假" },
	    .when = WHEN_DAYS,
	    .is_alone = true,
	    .usage_zh = "#请假 11-24 11-26",
	    .usage_en = "#leave 11-24 11-26" },
	[COMMAND_PIN] = { .names = { "pin", "密码" },
	    .value = VALUE_PIN,
	    .usage_zh = "#密码 新密码(4至8位数字)",
	    .usage_en = "#pin new-pin (4 to 8 digits)" },
	[COMMAND_CONFIRM] = { .names = { "confirm", "确认业主", "确认" },
	    .usage_zh = "#确认业主",
	    .usage_en = "#confirm" },
	[COMMAND_INFORMED] = { .names = { "informed", "告知" },
	    .swallows = true,
	    .needs_text = true,
	    .usage_zh = "#告知 内容",
	    .usage_en = "#informed text" },
	[COMMAND_DISSUADED] = { .names = { "dissuaded", "劝阻" },
	    .swallows = true,
	    .needs_text = true,
	    .usage_zh = "#劝阻 内容",
	    .usage_en = "#dissuaded text" },
	[COMMAND_REPORTED] = { .names = { "reported", "已报告" },
	    .swallows = true,
	    .needs_text = true,
	    .usage_zh = "#已报告 内容",
	    .usage_en = "#reported text" },
	[COMMAND_ABSENT] = { .names = { "absent", "缺席" },
	    .needs_text = true,
	    .is_alone = true,
	    .usage_zh = "#缺席 原因",
	    .usage_en = "#absent reason" },
	[COMMAND_REPLY_ALL] = { .names = { "reply-all", "回复全部",
				    "答复全部" },
	    .swallows = true,
	    .needs_text = true,
	    .usage_zh = "#回复全部 内容",
	    .usage_en = "#reply-all text" },
	[COMMAND_RESOLVE_ALL] = { .names = { "resolve-all", "办结全部" },
	    .swallows = true,
	    .needs_text = true,
	    .usage_zh = "#办结全部 处理结果",
	    .usage_en = "#resolve-all outcome" },
	[COMMAND_SPLIT] = { .names = { "split", "拆出" },
	    .usage_zh = "#拆出",
	    .usage_en = "#split" },
	[COMMAND_DONE] = { .names = { "done", "完成" },
	    .value = VALUE_PLAN,
	    .swallows = true,
	    .is_alone = true,
	    .usage_zh = "#完成 P3 说明",
	    .usage_en = "#done P3 text" },
};

/* What undoes or doubles the other in one message. */
static const enum command_kind contradictions[][2] = {
	{ COMMAND_TAKE, COMMAND_ASSIGN },
	{ COMMAND_TAKE, COMMAND_RETURN },
	{ COMMAND_TAKE, COMMAND_HANDOVER },
	{ COMMAND_ASSIGN, COMMAND_RETURN },
	{ COMMAND_ASSIGN, COMMAND_HANDOVER },
	{ COMMAND_RETURN, COMMAND_HANDOVER },
	{ COMMAND_DUE, COMMAND_EXTEND },
	{ COMMAND_URGENT, COMMAND_SEVERITY },
	{ COMMAND_RESOLVE, COMMAND_REOPEN },
	{ COMMAND_CLOSE, COMMAND_REOPEN },
	{ COMMAND_RESOLVE, COMMAND_RETURN },
	{ COMMAND_RESOLVE, COMMAND_ASSIGN },
	{ COMMAND_SPAM, COMMAND_NOTSPAM },
	{ COMMAND_SPAM, COMMAND_TAKE },
	{ COMMAND_SPAM, COMMAND_ASSIGN },
	{ COMMAND_SPAM, COMMAND_RESOLVE },
	{ COMMAND_SPAM, COMMAND_REPLY },
	{ COMMAND_MERGE, COMMAND_RESOLVE },
	{ COMMAND_MERGE, COMMAND_RESOLVE_ALL },
	{ COMMAND_MERGE, COMMAND_SPLIT },
	{ COMMAND_SPLIT, COMMAND_REPLY_ALL },
	{ COMMAND_SPLIT, COMMAND_RESOLVE_ALL },
	{ COMMAND_RESOLVE, COMMAND_RESOLVE_ALL },
	/* the same twice */
	{ COMMAND_TAKE, COMMAND_TAKE },
	{ COMMAND_ASSIGN, COMMAND_ASSIGN },
	{ COMMAND_RETURN, COMMAND_RETURN },
	{ COMMAND_HANDOVER, COMMAND_HANDOVER },
	{ COMMAND_SEVERITY, COMMAND_SEVERITY },
	{ COMMAND_CATEGORY, COMMAND_CATEGORY },
	{ COMMAND_DUE, COMMAND_DUE },
	{ COMMAND_EXTEND, COMMAND_EXTEND },
	{ COMMAND_ESCALATE, COMMAND_ESCALATE },
	{ COMMAND_RESOLVE, COMMAND_RESOLVE },
	{ COMMAND_MERGE, COMMAND_MERGE },
	{ COMMAND_RESOLVE_ALL, COMMAND_RESOLVE_ALL },
	{ COMMAND_PIN, COMMAND_PIN },
};

const char *
command_name(enum command_kind kind)
{
	return command_specs[kind].names[0];
}

const char *
command_word(enum command_kind kind, enum language language)
{
	const char *const *name = command_specs[kind].names;

	while (language == LANGUAGE_ZH && *name != NULL &&
	       (unsigned char)**name < 0x80)
		name++;
	return *name != NULL ? *name : command_name(kind);
}

enum command_pin
command_pin_of(enum command_kind kind)
{
	return command_specs[kind].pin;
}

const char *
command_form(enum command_kind kind, enum language language)
{
	return language != LANGUAGE_ZH ? command_specs[kind].usage_en
				       : command_specs[kind].usage_zh;
}

const char *
command_text_form(
    enum command_kind kind, enum language language, struct arena *arena)
{
	const char *form = command_form(kind, language) + 1;
	size_t word = strcspn(form, " ");

	if (command_specs[kind].is_alone)
		return form;
	return arena_printf(
	    arena, "%.*s 0007%s", (int)word, form, form + word);
}

int
command_from_word(const char *word)
{
	for (int kind = 0; kind < COMMAND_KIND_COUNT; kind++) {
		const char *const *name = command_specs[kind].names;

		for (; *name != NULL; name++)
			if (text_eq_nocase(word, *name))
				return kind;
	}
	return -1;
}

bool
command_contradicts(enum command_kind a, enum command_kind b)
{
	for (size_t i = 0; i < ARRAY_COUNT(contradictions); i++) {
		const enum command_kind *pair = contradictions[i];

		if ((pair[0] == a && pair[1] == b) ||
		    (pair[0] == b && pair[1] == a))
			return true;
	}
	return false;
}

/* Characters of `word' that stand in `name' too. */
static size_t
shared_han(const char *word, const char *name)
{
	size_t shared = 0;

	for (uint32_t c; (c = unicode_next(&word)) != 0;)
		shared += unicode_is_han(c) && glyph_is_one_of(c, name);
	return shared;
}

/* 0: not alike; the greater the nearer. */
static size_t
likeness(const char *word, const char *name)
{
	size_t shared = shared_han(word, name), apart;

	if (shared > 0 || (unsigned char)*name >= 0x80)
		return shared;
	apart = text_distance(word, name, NEAR_BYTES);
	/* Two words of three letters are always near. */
	if (apart > NEAR_BYTES || apart * 2 > strlen(name))
		return 0;
	return 1 + NEAR_BYTES - apart;
}

const char *
command_nearest(const char *word, struct arena *arena)
{
	size_t best = 1, count = 0;
	const char *text = "#help / #帮助";

	word = unicode_nfkc(word, true, arena);
	for (int kind = 0; kind < COMMAND_KIND_COUNT; kind++) {
		const char *const *name = command_specs[kind].names;

		for (; *name != NULL; name++) {
			size_t like = likeness(word, *name);

			if (like < best || (like == best && count == NEAR_MAX))
				continue;
			if (like > best)
				count = 0;
			text = count++ == 0 ? arena_printf(arena, "#%s", *name)
					    : arena_printf(arena, "%s / #%s",
						  text, *name);
			best = like;
		}
	}
	return text;
}
