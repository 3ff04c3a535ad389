/* Times, duties, events and scores in words for people. */
#include "core/text_words.h"

#include "core/input.h"
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
	[TIMER_PROMISE] = { "", { "已告知业主的承诺时限",
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
	{ "withdrawn", { "业主撤回", "withdrawn" } },
	{ "refused", { "未执行", "refused" } },
	{ "alert_seen", { "已知悉险情", "alarm seen" } },
	{ "delivery_failed", { "内部邮件未送达", "mail to staff came back" } },
	{ "feedback_retried", { "结果改用其他方式发送",
				"outcome sent another way" } },
	{ "feedback_withdrawn", { "结果未送达,反馈撤回",
				  "outcome came back" } },
	{ "news", { "已告知业主仍在处理", "owner told that it goes on" } },
	{ "rating_asked", { "请业主评价", "rating asked" } },
	{ "visit_drawn", { "回访抽样", "drawn for a return visit" } },
	{ "visit_task", { "回访任务", "return visit asked for" } },
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

const char *
text_time(const struct estate *estate, enum language language, msec_t at,
    struct arena *arena)
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	char month[NUMBER_ROOM], day[NUMBER_ROOM];
	char hour[NUMBER_ROOM], minute[NUMBER_ROOM];
	struct local_time local;

	if (at == 0)
		return NULL;
	local = zone_local(estate->zone, at);
	number_text(local.month, 1, month);
	number_text(local.day, 1, day);
	number_text(local.hour, 2, hour);
	number_text(local.minute, 2, minute);
	if (language == LANGUAGE_ZH)
		return arena_join(arena,
		    (const char *[]){
			month, "月", day, "日", hour, ":", minute },
		    7);
	return arena_join(arena,
	    (const char *[]){
		day, " ", months[local.month - 1], " ", hour, ":", minute },
	    7);
}

const char *
text_timer_word(enum timer_kind kind, enum language language)
{
	return timers[kind].in[language];
}

static const struct words bins[] = {
	{ "spam", { "垃圾信息", "spam" } },
	{ "unclear", { "内容不明", "unclear" } },
	{ "auto", { "自动回复", "machine-made" } },
	{ "bounce", { "退信", "bounces" } },
	{ "malformed", { "格式有误", "malformed" } },
	{ "unreadable", { "无法读取", "unreadable" } },
};

const char *
text_bin_word(const char *bin, enum language language)
{
	for (size_t i = 0; i < ARRAY_COUNT(bins); i++)
		if (text_eq(bins[i].code, bin))
			return bins[i].in[language];
	return bin;
}

const char *
text_event_word(const char *name, enum language language)
{
	for (size_t i = 0; i < ARRAY_COUNT(events); i++) {
		if (text_eq(events[i].code, name))
			return events[i].in[language];
	}
	return name;
}

const char *
text_score_word(int score, enum language language)
{
	if (score >= 1 && score < (int)ARRAY_COUNT(scores))
		return scores[score].in[language];
	return NULL;
}
