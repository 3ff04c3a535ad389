#include "core/vocabulary.h"

#include <stddef.h>

#include "core/language.h"
#include "lib/text.h"

struct word {
	const char *code;
	const char *zh;
	const char *en;
};

static const struct word channels[] = {
	[CHANNEL_MAIL] = { .code = "mail" },
	[CHANNEL_SMS] = { .code = "sms" },
};

static const struct word kinds[KIND_COUNT] = {
	[KIND_COMPLAINT] = { "complaint", "投诉", "complaint" },
	[KIND_REQUEST] = { "request", "报修·求助", "service request" },
	[KIND_INQUIRY] = { "inquiry", "咨询", "enquiry" },
	[KIND_SUGGESTION] = { "suggestion", "建议", "suggestion" },
	[KIND_PRAISE] = { "praise", "表扬", "compliment" },
	[KIND_FOLLOWUP] = { "followup", "补充", "follow-up" },
	[KIND_RATING] = { "rating", "评价", "rating" },
	[KIND_STATUS_QUERY] = { "status_query", "进度查询", "status query" },
	[KIND_WITHDRAW] = { "withdraw", "撤回", "withdrawal" },
	[KIND_OPTOUT] = { "optout", "退订", "opt out" },
	[KIND_OPTIN] = { "optin", "恢复接收", "opt in" },
	[KIND_HELP] = { "help", "帮助", "help" },
	[KIND_CALLBACK] = { "callback", "回电", "call back" },
	[KIND_STAFF_COMMAND] = { "staff_command", "员工指令", "staff command" },
	[KIND_STAFF_NOTE] = { "staff_note", "内部备注", "staff note" },
	[KIND_STAFF_REPLY] = { "staff_reply", "员工答复", "staff reply" },
	[KIND_AUTO_REPLY] = { "auto_reply", "自动回复", "automatic reply" },
	[KIND_BOUNCE] = { "bounce", "退信", "bounce" },
	[KIND_SPAM] = { "spam", "垃圾信息", "spam" },
	[KIND_UNCLEAR] = { "unclear", "待确认", "unclear" },
};

static const struct word severities[SEVERITY_COUNT] = {
	[SEVERITY_NONE] = { NULL, "", "" },
	[SEVERITY_MINOR] = { "minor", "轻微", "minor" },
	[SEVERITY_NORMAL] = { "normal", "一般", "normal" },
	[SEVERITY_MAJOR] = { "major", "重大", "major" },
	[SEVERITY_EMERGENCY] = { "emergency", "紧急", "emergency" },
};

static const struct word roles[] = {
	[ROLE_OWNER] = { .code = "owner" },
	[ROLE_STAFF] = { .code = "staff" },
	[ROLE_MANAGER] = { .code = "manager" },
	[ROLE_ADMIN] = { .code = "admin" },
	[ROLE_SYSTEM] = { .code = "system" },
};

/* The index of a code in its list, or -1. */
static int
word_index(const struct word *words, size_t count, const char *code)
{
	if (code == NULL)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (words[i].code != NULL && text_eq(words[i].code, code))
			return (int)i;
	return -1;
}

const char *
channel_name(enum channel channel)
{
	return channels[channel].code;
}

const char *
kind_name(enum kind kind)
{
	return kinds[kind].code;
}

const char *
severity_name(enum severity severity)
{
	return severities[severity].code;
}

const char *
role_name(enum role role)
{
	return roles[role].code;
}

int
channel_from(const char *name, enum channel *ret)
{
	int i = word_index(channels, ARRAY_COUNT(channels), name);

	if (i < 0)
		return -1;
	*ret = (enum channel)i;
	return 0;
}

int
kind_from(const char *name, enum kind *ret)
{
	int i = word_index(kinds, ARRAY_COUNT(kinds), name);

	if (i < 0)
		return -1;
	*ret = (enum kind)i;
	return 0;
}

int
severity_from(const char *name, enum severity *ret)
{
	int i = word_index(severities, ARRAY_COUNT(severities), name);

	if (i < 0)
		return -1;
	*ret = (enum severity)i;
	return 0;
}

int
role_from(const char *name, enum role *ret)
{
	int i = word_index(roles, ARRAY_COUNT(roles), name);

	if (i < 0)
		return -1;
	*ret = (enum role)i;
	return 0;
}

const char *
kind_word(enum kind kind, enum language language)
{
	return language_word(language, kinds[kind].zh, kinds[kind].en);
}

const char *
severity_word(enum severity severity, enum language language)
{
	const struct word *word = &severities[severity];

	return language_word(language, word->zh, word->en);
}

bool
kind_makes_case(enum kind kind)
{
	return kind <= KIND_PRAISE;
}

static void
visit_all(const struct word *words, size_t count, language_visit *visit,
    void *arg)
{
	for (size_t i = 0; i < count; i++)
		if (!text_is_empty(words[i].en))
			visit(words[i].zh, words[i].en, arg);
}

void
vocabulary_words(language_visit *visit, void *arg)
{
	visit_all(kinds, ARRAY_COUNT(kinds), visit, arg);
	visit_all(severities, ARRAY_COUNT(severities), visit, arg);
}
