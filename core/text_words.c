/* Times, duties, events and scores in words for people. */
#include "core/text_words.h"

#include <string.h>

#include "core/input.h"
#include "core/language.h"
#include "core/text_data.h"
#include "core/zone.h"
#include "lib/arena.h"
#include "lib/text.h"

struct words {
	const char *code;
	const char *in[LANGUAGE_COUNT];
};

static const struct words timers[TIMER_KIND_COUNT] = {
	[TIMER_TAKE] = { "", { "接单", "taking the case" } },
	[TIMER_DISPATCH] = { "", { "转派到部门", "dispatch to a department" } },
	[TIMER_REPLY] = { "", { "首次答复业主", "first reply to the owner" } },
	[TIMER_OUTCOME] = { "", { "处理结果", "outcome" } },
	[TIMER_PROMISE] = { "", { "向业主承诺的时限",
				    "time committed to the owner" } },
	[TIMER_NEWS] = { "", { "向业主告知进展", "news to the owner" } },
	[TIMER_ALERT] = { "", { "险情确认", "answer to the alert" } },
	[TIMER_CALL] = { "", { "致电业主", "phone call to the owner" } },
	[TIMER_CLARIFY] = { "", { "业主补充信息",
				    "details from the owner" } },
	[TIMER_RATING] = { "", { "满意度评价", "rating" } },
	[TIMER_CLOSE] = { "", { "结案", "closing" } },
	[TIMER_AFTER_REPORT] = { "", { "事后补报", "after-report" } },
	[TIMER_ESCALATION] = { "", { "上报后接手", "taking the escalation" } },
	[TIMER_FEEDBACK] = { "", { "向业主反馈结果", "feedback to the owner" } },
	[TIMER_CALLBACK] = { "", { "致电业主", "call the owner" } },
	[TIMER_ASK] = { "", { "答复请示", "answer to a question" } },
	[TIMER_INCIDENT] = { "", { "热点事件", "hot incident" } },
	[TIMER_VISIT] = { "", { "电话回访", "return visit by phone" } },
};

static const struct words events[] = {
	{ "created", { "登记", "registered" } },
	{ "acknowledged", { "已发受理回执", "acknowledged" } },
	{ "clarify_asked", { "请业主补充信息", "details asked for" } },
	{ "taken", { "接单", "taken" } },
	{ "assigned", { "转派", "assigned" } },
	{ "returned", { "退回", "returned" } },
	{ "handed_over", { "交接", "handed over" } },
	{ "reminded", { "提醒", "reminded" } },
	{ "overdue", { "超时", "overdue" } },
	{ "escalated", { "上报", "escalated" } },
	{ "owner_told_reply_time", { "已告知业主答复时间",
				       "owner told the reply time" } },
	{ "urgent", { "改为紧急", "made an emergency" } },
	{ "skipped", { "越级", "level skipped" } },
	{ "call_task", { "致电安抚任务", "call the owner" } },
	{ "braked", { "自动消息已限流", "automatic message held back" } },
	{ "opted_out", { "业主不再接收短信",
			   "the owner wants no more texts" } },
	{ "opted_in", { "业主恢复接收短信", "the owner takes texts again" } },
	{ "sms_allowed", { "本工单可发短信", "texts allowed for this case" } },
	{ "severity", { "调整级别", "severity changed" } },
	{ "category", { "调整分类", "category changed" } },
	{ "alerted", { "险情通知", "alerted" } },
	{ "noted", { "内部备注", "noted" } },
	{ "finding", { "查明情况", "findings" } },
	{ "investigated", { "查明情况", "findings" } },
	{ "asked", { "请示", "asked" } },
	{ "answered", { "答复请示", "question answered" } },
	{ "informed", { "告知违规方", "offender informed" } },
	{ "dissuaded", { "劝阻", "dissuaded" } },
	{ "reported", { "报告主管部门", "reported to the authority" } },
	{ "owner_confirmed", { "确认业主身份", "owner confirmed" } },
	{ "spam", { "归入垃圾信息", "taken for spam" } },
	{ "notspam", { "恢复为有效工单", "not spam after all" } },
	{ "waiting_owner", { "等待业主补充", "waiting for the owner" } },
	{ "not_answered", { "业主未答复,转为电话联系", "no answer; to be phoned" } },
	{ "replied", { "答复业主", "replied" } },
	{ "followup", { "业主补充", "owner wrote again" } },
	{ "extended", { "延期", "extended" } },
	{ "promised", { "承诺时限", "time committed" } },
	{ "promise_kept", { "已按承诺答复", "answered as promised" } },
	{ "resolved", { "办结", "resolved" } },
	{ "fed_back", { "结果已反馈业主", "outcome fed back" } },
	{ "phone_task", { "电话任务", "phone task" } },
	{ "called_back", { "已回电", "called back" } },
	{ "after_report", { "事后补报", "after-report" } },
	{ "rated", { "业主评价", "rated" } },
	{ "closed", { "结案", "closed" } },
	{ "reopened", { "重开", "reopened" } },
	{ "merged", { "并案", "merged" } },
	{ "merged_from", { "另一工单并入", "another case merged in" } },
	{ "hot", { "成为热点", "became hot" } },
	{ "joined", { "归入热点事件", "joined an incident" } },
	{ "left", { "移出热点事件", "left the incident" } },
	{ "replied_to_all", { "答复事件全部业主",
				"replied to all of the incident" } },
	{ "resolved_for_all", { "办结整个事件", "resolved the incident" } },
	{ "withdraw_declined", { "业主不撤回", "not withdrawn after all" } },
	{ "withdrawn", { "业主撤回", "withdrawn" } },
	{ "refused", { "未执行", "refused" } },
	{ "alert_seen", { "已知悉险情", "alarm seen" } },
	{ "delivery_failed", { "消息未送达", "a message did not arrive" } },
	{ "said_again", { "改用另一渠道重发",
			    "said again by the other channel" } },
	{ "arrived_late", { "消息后来送达", "arrived after all" } },
	{ "feedback_retried", { "结果改用其他方式发送",
				"outcome sent another way" } },
	{ "feedback_withdrawn", { "结果未送达,反馈撤回",
				  "outcome came back" } },
	{ "news", { "已告知业主仍在处理", "owner told that it goes on" } },
	{ "rating_asked", { "请业主评价", "rating asked" } },
	{ "visit_drawn", { "回访抽样", "drawn for a return visit" } },
	{ "visit_task", { "回访任务", "return visit asked for" } },
	{ "visit_overdue", { "回访超期", "return visit overdue" } },
	{ "visited", { "回访", "return visit" } },
	{ "not_reached", { "回访未接通", "return visit: not reached" } },
	{ "shown", { "查看记录", "looked at" } },
	{ "vouched", { "本人确认来信", "confirmed as theirs" } },
	{ "away", { "经办人不在岗", "out of office" } },
	{ "undone", { "撤回未发出的消息", "taken back unsent" } },
	{ "withdraw_asked", { "请业主确认撤回", "asked to confirm withdrawal" } },
	{ "erased", { "保存期满,资料已删除", "personal data erased" } },
};

static const struct words scores[] = {
	{ "", { "", "" } },
	{ "", { "很不满意", "very dissatisfied" } },
	{ "", { "不满意", "dissatisfied" } },
	{ "", { "一般", "neutral" } },
	{ "", { "满意", "satisfied" } },
	{ "", { "很满意", "very satisfied" } },
};

enum { NUMBER_ROOM = 3 };

/* 0..99 with at least `digits' digits; a mail has a dozen times, and printf
 * takes its own. */
static void
number_text(int number, int digits, char ret[NUMBER_ROOM])
{
	size_t len = 0;

	if (number > 9 || digits > 1)
		ret[len++] = (char)('0' + number / 10 % 10);
	ret[len++] = (char)('0' + number % 10);
	ret[len] = '\0';
}

static const struct words months[] = {
	{ "", { "1月", "Jan" } },
	{ "", { "2月", "Feb" } },
	{ "", { "3月", "Mar" } },
	{ "", { "4月", "Apr" } },
	{ "", { "5月", "May" } },
	{ "", { "6月", "Jun" } },
	{ "", { "7月", "Jul" } },
	{ "", { "8月", "Aug" } },
	{ "", { "9月", "Sep" } },
	{ "", { "10月", "Oct" } },
	{ "", { "11月", "Nov" } },
	{ "", { "12月", "Dec" } },
};

/* The order of a time's parts. */
static const struct words time_form = { "",
	{ "{month}{day}日{time}", "{day} {month} {time}" } };

/* What a part of a time is called, with its end brace. */
static const char *
time_part(const char **form, const char *month, const char *day,
    const char *clock)
{
	const struct {
		const char *name, *value;
	} parts[] = { { "{month}", month }, { "{day}", day },
		{ "{time}", clock } };

	for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
		if (!text_starts(*form, parts[i].name))
			continue;
		*form += strlen(parts[i].name);
		return parts[i].value;
	}
	return NULL;
}

/* By the form of its own of another language. */
static const char *
time_by_form(enum language language, const struct local_time *local,
    const char *day, const char *clock, struct arena *arena)
{
	const char *form = language_pick(language, time_form.in);
	const char *month = language_pick(language, months[local->month - 1].in);
	const char *ret = "";

	while (*form != '\0') {
		const char *part = time_part(&form, month, day, clock);
		size_t len = part != NULL ? 0 : 1 + strcspn(form + 1, "{");

		ret = part != NULL
			  ? arena_printf(arena, "%s%s", ret, part)
			  : arena_printf(arena, "%s%.*s", ret, (int)len, form);
		form += len;
	}
	return ret;
}

const char *
text_time(const struct estate *estate, enum language language, msec_t at,
    struct arena *arena)
{
	char day[NUMBER_ROOM], hour[NUMBER_ROOM], minute[NUMBER_ROOM];
	struct local_time local;
	const char *month;

	if (at == 0)
		return NULL;
	local = zone_local(estate->zone, at);
	number_text(local.day, 1, day);
	number_text(local.hour, 2, hour);
	number_text(local.minute, 2, minute);
	month = language_pick(language, months[local.month - 1].in);
	if (language == LANGUAGE_ZH)
		return arena_join(arena,
		    (const char *[]){ month, day, "日", hour, ":", minute }, 6);
	if (language == LANGUAGE_EN)
		return arena_join(arena,
		    (const char *[]){
			day, " ", month, " ", hour, ":", minute },
		    7);
	return time_by_form(language, &local, day,
	    arena_join(arena, (const char *[]){ hour, ":", minute }, 3),
	    arena);
}

const char *
text_day(const struct estate *estate, enum language language, msec_t at,
    struct arena *arena)
{
	struct local_time local = zone_local(estate->zone, at);
	char day[NUMBER_ROOM];

	number_text(local.day, 1, day);
	return text_trim(arena_strdup(
	    arena, time_by_form(language, &local, day, "", arena)));
}

const char *
text_timer_word(enum timer_kind kind, enum language language)
{
	return language_pick(language, timers[kind].in);
}

static const struct words bins[] = {
	{ "spam", { "垃圾信息", "spam" } },
	{ "unclear", { "内容不明", "unclear" } },
	{ "auto", { "自动回复", "machine-made" } },
	{ "bounce", { "退信", "bounces" } },
	{ "malformed", { "格式有误", "malformed" } },
	{ "part", { "长短信分段", "part of a long text" } },
	{ "unreadable", { "无法读取", "unreadable" } },
};

const char *
text_bin_word(const char *bin, enum language language)
{
	for (size_t i = 0; i < ARRAY_COUNT(bins); i++)
		if (text_eq(bins[i].code, bin))
			return language_pick(language, bins[i].in);
	return bin;
}

const char *
text_event_word(const char *name, enum language language)
{
	for (size_t i = 0; i < ARRAY_COUNT(events); i++) {
		if (text_eq(events[i].code, name))
			return language_pick(language, events[i].in);
	}
	return name;
}

const char *
text_score_word(int score, enum language language)
{
	if (score >= 1 && score < (int)ARRAY_COUNT(scores))
		return language_pick(language, scores[score].in);
	return NULL;
}

static const struct words channels[] = {
	{ "mail", { "邮件", "mail" } },
	{ "sms", { "短信", "text message" } },
};

static const struct words people[] = {
	{ "owner", { "业主", "owner" } },
	{ "desk", { "系统", "desk" } },
};

static const struct words languages[] = {
	{ "zh-CN", { "中文", "Chinese" } },
	{ "en", { "英文", "English" } },
};

static const struct words surveys[] = {
	{ "", { "物业服务", "our services" } },
	{ "", { "维修服务", "repairs" } },
};

const char *
text_survey_word(bool is_repair, enum language language)
{
	return language_pick(language, surveys[is_repair].in);
}

/* The code itself where there is no word for it. */
static const char *
word_of(const struct words *words, size_t count, const char *code,
    enum language language)
{
	for (size_t i = 0; i < count; i++)
		if (text_eq(words[i].code, code))
			return language_pick(language, words[i].in);
	return code;
}

const char *
text_channel_word(enum channel channel, enum language language)
{
	return word_of(channels, ARRAY_COUNT(channels), channel_name(channel),
	    language);
}

const char *
text_actor_word(const char *actor, enum language language)
{
	return word_of(people, ARRAY_COUNT(people), actor, language);
}

const char *
text_language_word(enum language which, enum language language)
{
	return word_of(languages, ARRAY_COUNT(languages),
	    language_name(which), language);
}

void
text_words(language_visit *visit, void *arg)
{
	static const struct {
		const struct words *words;
		size_t count;
	} tables[] = {
		{ timers, ARRAY_COUNT(timers) },
		{ events, ARRAY_COUNT(events) },
		{ bins, ARRAY_COUNT(bins) },
		{ scores, ARRAY_COUNT(scores) },
		{ months, ARRAY_COUNT(months) },
		{ &time_form, 1 },
		{ channels, ARRAY_COUNT(channels) },
		{ people, ARRAY_COUNT(people) },
		{ languages, ARRAY_COUNT(languages) },
		{ surveys, ARRAY_COUNT(surveys) },
	};

	for (size_t i = 0; i < ARRAY_COUNT(tables); i++)
		for (size_t k = 0; k < tables[i].count; k++)
			if (!text_is_empty(tables[i].words[k].in[LANGUAGE_EN]))
				visit(tables[i].words[k].in[LANGUAGE_ZH],
				    tables[i].words[k].in[LANGUAGE_EN], arg);
}
