#include "handlers/help.h"

#include "core/language.h"
#include "handlers/orders.h"
#include "handlers/tell.h"
#include "lib/arena.h"

/* In the order of enum command_kind; docs/COMMANDS.md says the same at
 * length. */
static const char *const meanings[COMMAND_KIND_COUNT][LANGUAGE_COUNT] = {
	[COMMAND_TAKE] = { "我来办理", "I handle it" },
	[COMMAND_ASSIGN] = { "转给部门或别人",
	    "give it to a department or person" },
	[COMMAND_RETURN] = { "退回首问责任人", "back to the first responder" },
	[COMMAND_NOTE] = { "内部备注,业主看不到",
	    "internal note; the owner does not see it" },
	[COMMAND_REPLY] = { "答复业主", "answer the owner" },
	[COMMAND_REPLY_ALL] = { "答复热点事件的全部业主",
	    "answer all owners of a hot incident" },
	[COMMAND_FINDING] = { "记录查明的情况", "what was found" },
	[COMMAND_ASK] = { "内部请示;业主会被告知答复时间,答复回到首问责任人",
	    "ask a colleague; the owner hears when, the answer goes to the "
	    "first responder" },
	[COMMAND_URGENT] = { "改为险情,通知各级", "emergency: alert everybody" },
	[COMMAND_SEVERITY] = { "调整级别", "change the severity" },
	[COMMAND_CATEGORY] = { "调整分类", "change the category" },
	[COMMAND_DUE] = { "告知业主的时限", "a time told to the owner" },
	[COMMAND_EXTEND] = { "延期,须在原时限之前",
	    "more time, before the old time passes" },
	[COMMAND_ESCALATE] = { "逐级上报", "to the next level" },
	[COMMAND_AFTER_REPORT] = { "越级后的事后汇报",
	    "report to levels that were passed over" },
	[COMMAND_RESOLVE] = { "办结并把结果反馈业主",
	    "resolve; the owner gets the outcome" },
	[COMMAND_RESOLVE_ALL] = { "把结果反馈热点事件的全部业主",
	    "resolve a hot incident; all owners get the outcome" },
	[COMMAND_FEEDBACK] = { "电话或当面反馈的记录",
	    "record of feedback by phone or in person" },
	[COMMAND_VISIT] = { "回访结果:1到5分和业主的意见,或未接通",
	    "a return visit: 1 to 5 and what the owner said, or no answer" },
	[COMMAND_CLOSE] = { "结案", "close" },
	[COMMAND_REOPEN] = { "重新办理", "open again" },
	[COMMAND_MERGE] = { "同一业主的并入,不同业主的归为一个热点事件",
	    "one case of an owner into another; of different owners into one "
	    "incident" },
	[COMMAND_SPLIT] = { "把本工单移出热点事件",
	    "take the case out of its incident" },
	[COMMAND_SPAM] = { "归入垃圾信息", "it is spam" },
	[COMMAND_NOTSPAM] = { "恢复误归的工单,时限重新计算",
	    "back to where it stood; the clocks run again" },
	[COMMAND_HANDOVER] = { "变更首问责任人,业主会被告知",
	    "another first responder; the owner is told" },
	[COMMAND_SHOW] = { "发来工单记录", "send me the case sheet" },
	[COMMAND_HELP] = { "本说明", "this list" },
	[COMMAND_NEW] = { "登记电话或当面反映的事项",
	    "what an owner told you by phone or in person" },
	[COMMAND_UNDO] = { "取消刚发出的答复", "take back what I just wrote" },
	[COMMAND_LEAVE] = { "登记休假,期间不排值班;单独发送",
	    "you are away; send it by itself" },
	[COMMAND_PIN] = { "换自己的PIN;只用邮件,单独发送",
	    "your own PIN; by mail, by itself" },
	[COMMAND_CONFIRM] = { "自报房号的来信人已核实",
	    "whoever named the flat is known to live there" },
	[COMMAND_PLAN] = { "例会任务,或对意见的整改措施;回复周报或意见清单时写",
	    "a task of the meeting, or what you do about opinions; in answer to "
	    "the digest or the list" },
	[COMMAND_DONE] = { "任务已完成;回复任务邮件或周报时写",
	    "a task is done; in answer to its mail or the digest" },
	[COMMAND_ABSENT] = { "不参加例会,会前回复周报时写",
	    "you do not come to the meeting; in answer to the digest, before "
	    "it" },
	[COMMAND_INFORMED] = { "违规事项:已告知违规方",
	    "prohibited behaviour: the offender was informed" },
	[COMMAND_DISSUADED] = { "违规事项:已劝阻",
	    "prohibited behaviour: they were dissuaded" },
	[COMMAND_REPORTED] = { "违规事项:已报告主管部门",
	    "prohibited behaviour: the authority was told" },
};

const char *
help_meaning(enum command_kind kind, enum language language)
{
	const char *const *row = meanings[kind];

	return row[LANGUAGE_EN] == NULL ? NULL : language_pick(language, row);
}

void
help_words(language_visit *visit, void *arg)
{
	for (size_t i = 0; i < COMMAND_KIND_COUNT; i++)
		if (meanings[i][LANGUAGE_EN] != NULL)
			visit(meanings[i][LANGUAGE_ZH],
			    meanings[i][LANGUAGE_EN], arg);
}

int
help_level(enum command_kind kind)
{
	int level = order_rules[kind].level;

	/* About no case: everybody's. */
	return level > 0 ? level : 1;
}

/* Plans are made by the chair, and by heads. */
static bool
is_theirs(const struct staff *staff, enum command_kind kind)
{
	int level = staff->level > 0 ? staff->level : 1;

	if (kind == COMMAND_PLAN)
		return staff->is_head || level >= LEVEL_CHAIR;
	return help_level(kind) <= level;
}

void
help_tell(struct work *work, const struct staff *staff, enum reply_kind reply)
{
	const char *lines[COMMAND_KIND_COUNT];
	size_t count = 0;

	for (int i = 0; i < COMMAND_KIND_COUNT; i++) {
		enum command_kind kind = (enum command_kind)i;
		const char *meaning = help_meaning(kind, staff->language);

		if (meaning != NULL && is_theirs(staff, kind))
			lines[count++] = arena_printf(work->arena, "%s: %s",
			    command_form(kind, staff->language), meaning);
	}
	(void)tell_staff(work, staff,
	    &(struct tell){ .name = "command_help",
		.reply = reply,
		.facts = { .lines = lines, .line_count = count } });
}
