#include "core/home_visit.h"

#include "core/language.h"
#include "lib/cleanup.h"
#include "lib/text.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *code, *zh, *en;
} reasons[HOME_VISIT_REASON_COUNT] = {
	[HOME_VISIT_LOW_RATING] = { "low_rating", "评价低", "low rating" },
	[HOME_VISIT_REPEATED] = { "repeated", "一年内多次投诉",
	    "complained repeatedly" },
	[HOME_VISIT_ELDERLY] = { "elderly", "老年住户", "elderly" },
	[HOME_VISIT_NEVER] = { "never", "尚未走访", "never visited" },
};

const char *
home_visit_state_name(enum home_visit_state state)
{
	static const char *const names[HOME_VISIT_STATE_COUNT] = {
		[HOME_VISIT_PROPOSED] = "proposed",
		[HOME_VISIT_ANSWERED] = "answered",
		[HOME_VISIT_DONE] = "done",
		[HOME_VISIT_DECLINED] = "declined",
	};

	return names[state];
}

const char *
home_visit_reason_name(enum home_visit_reason reason)
{
	return reasons[reason].code;
}

const char *
home_visit_reason_word(enum home_visit_reason reason, enum language language)
{
	return language_word(language, reasons[reason].zh, reasons[reason].en);
}

void
home_visit_words(language_visit *visit, void *arg)
{
	for (size_t i = 0; i < ARRAY_COUNT(reasons); i++)
		visit(reasons[i].zh, reasons[i].en, arg);
}

static bool
is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

/* Where the digits of "V12" begin. */
static const char *
find_number(const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		size_t digits;

		if ((*at != 'V' && *at != 'v') ||
		    (at > text && is_word(at[-1])))
			continue;
		digits = strspn(at + 1, "0123456789");
		if (digits > 0 && digits < 10 && !is_word(at[1 + digits]))
			return at + 1;
	}
	return NULL;
}

int64_t
home_visit_number(const char *text)
{
	const char *at = find_number(text_or(text, ""));

	return at == NULL ? 0 : strtol(at, NULL, 10);
}

const char *
home_visit_result(const char *text, int *ret_score)
{
	const char *at = find_number(text_or(text, ""));

	*ret_score = 0;
	if (at == NULL)
		return text_or(text, "");
	at += strspn(at, "0123456789");
	at += strspn(at, " \t\n,.:;");
	if (*at >= '1' && *at <= '5' && !is_word(at[1])) {
		*ret_score = *at++ - '0';
		if (text_starts(at, "分"))
			at += strlen("分");
	}
	return at + strspn(at, " \t\n,.:;");
}

bool
home_visit_is_declined(const char *text)
{
	static const char *const starts[] = { "不用", "不必", "不需要", "不要",
		"谢绝", "不方便", "没必要", "家里没人", "no thank",
		"not needed", "no need", "please don't", "declined",
		"no visit" };

	text = text_or(text, "");
	text += strspn(text, " \t\r\n");
	/* "不方便周一，周二 15:00 可以" says when. */
	if (strpbrk(text, "0123456789") != NULL ||
	    strstr(text, "可以") != NULL || strstr(text, "周") != NULL)
		return false;
	for (size_t i = 0; i < ARRAY_COUNT(starts); i++)
		if (text_starts_nocase(text, starts[i]))
			return true;
	return false;
}
