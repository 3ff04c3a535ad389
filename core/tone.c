#include "core/tone.h"

#include <string.h>

#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"

enum { THANKS_BYTES = 120 };

/* Longest first where one begins with another. */
static const char *const thanks[] = { "非常感谢", "多谢了", "感谢", "谢谢你们",
	"谢谢您", "谢谢", "多谢", "谢了", "唔该", "好的好的", "好的", "好嘞",
	"好滴", "好", "收到了", "收到", "知道了", "明白了", "明白", "了解",
	"辛苦了", "辛苦", "麻烦了", "麻烦你们", "嗯嗯", "嗯", "行", "可以",
	"满意", "ok", "okay", "thank you very much", "thank you so much",
	"thank you", "many thanks", "thanks a lot", "thanks", "thx", "got it",
	"noted", "great", "received", "understood", "cheers", "perfect",
	"you", "all", "very", "much", "已", "啦", "了", "哦", "呢", "啊", "您",
	"你们", "你", "物业", "大家" };

static const char *const not_fixed[] = { "没修好", "没有修好", "未修好",
	"没解决", "没有解决", "未解决", "没处理好", "没弄好", "没搞好",
	"还是漏", "还在漏", "又漏", "还是不行", "还是没", "还是坏", "还是不能",
	"又坏", "不满意", "没人来", "没有人来", "还没好", "还没有好",
	"没有改善", "依然", "仍然", "仍旧", "照样", "not fixed",
	"not resolved", "not solved", "isn't fixed", "is not fixed", "still ",
	"again", "not repaired", "unsatisfied", "dissatisfied",
	"not satisfied", "nobody came", "no one came", "came back" };

static const char *const yes[] = { "y", "yes", "是", "是的", "确认", "对",
	"ok", "confirm", "同意", "确定" };

static const char PUNCTUATION[] = " \t\r\n.,!?;:~'\"()-";
static const char *const wide_punctuation[] = { "。", "、", "…", "～", "“",
	"”", "‘", "’", "【", "】", "「", "」", "🙏", "👍", "😊", "🌹", "❤",
	"\xef\xb8\x8f" };

static const char *
skip_punctuation(const char *at)
{
	for (;;) {
		const char *start = at;

		at += strspn(at, PUNCTUATION);
		for (size_t i = 0; i < ARRAY_COUNT(wide_punctuation); i++) {
			if (text_starts(at, wide_punctuation[i]))
				at += strlen(wide_punctuation[i]);
		}
		if (at == start)
			return at;
	}
}

static bool
is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* The end of the longest thanks that starts here, or NULL. */
static const char *
after_thanks(const char *at)
{
	size_t best = 0;

	for (size_t i = 0; i < ARRAY_COUNT(thanks); i++) {
		size_t len;

		/* None is shorter than two bytes, which mostly tell. */
		if (thanks[i][0] != at[0] || thanks[i][1] != at[1] ||
		    !text_starts(at, thanks[i]))
			continue;
		len = strlen(thanks[i]);
		if (len <= best)
			continue;
		/* "all" does not begin "allowed". */
		if (is_letter(at[len - 1]) && is_letter(at[len]))
			continue;
		best = len;
	}
	return best == 0 ? NULL : at + best;
}

bool
tone_is_thanks(const char *text, struct arena *arena)
{
	if (text_is_empty(text) || strlen(text) > THANKS_BYTES)
		return false;
	const char *at = skip_punctuation(unicode_nfkc(text, true, arena));

	if (*at == '\0')
		return false;
	while (*at != '\0') {
		const char *end = after_thanks(at);

		if (end == NULL)
			return false;
		at = skip_punctuation(end);
	}
	return true;
}

bool
tone_is_not_fixed(const char *text, struct arena *arena)
{
	if (text_is_empty(text))
		return false;
	const char *folded = unicode_nfkc(text, true, arena);

	for (size_t i = 0; i < ARRAY_COUNT(not_fixed); i++) {
		if (strstr(folded, not_fixed[i]) != NULL)
			return true;
	}
	return false;
}

bool
tone_is_yes(const char *text, struct arena *arena)
{
	if (text_is_empty(text))
		return false;
	const char *at = skip_punctuation(unicode_nfkc(text, true, arena));

	for (size_t i = 0; i < ARRAY_COUNT(yes); i++) {
		size_t len = strlen(yes[i]);

		if (text_starts(at, yes[i]) && !is_letter(at[len]) &&
		    *skip_punctuation(at + len) == '\0')
			return true;
	}
	return false;
}
