#include "core/tone.h"

#include <string.h>

#include "core/classify.h"
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
	"not satisfied", "nobody came", "no one came", "came back",
	"never came", "did not come", "didn't come", "没来过", "没有来过",
	"不属实", "不是事实" };

/* Said against what we wrote, where a text begins with it: "the guard does not
 * agree" is another matter. */
static const char *const objections[] = { "不同意", "我不同意", "不认可",
	"我不认可", "不接受", "我不接受", "不对,", "不对。", "不对!",
	"i do not agree", "i don't agree", "i don’t agree", "i disagree",
	"disagree", "do not agree", "i do not accept", "i don't accept",
	"i don’t accept", "not true", "that is not true", "that's not true",
	"this is not true" };

/* That it works.  Without their 了 or 已 the Chinese ones would ask for it. */
static const char *const fixed[] = { "修好了", "修好啦", "已修好", "已经修好",
	"都修好", "修得很好", "修得好", "修得不错", "弄好了", "搞好了",
	"换好了", "处理好了", "已处理好", "已好", "好了", "解决了", "已解决",
	"已经解决", "恢复正常", "正常了", "一切正常", "没问题", "没有问题",
	"不漏了", "能用了", "可以用了", "works", "working", "fixed", "repaired",
	"resolved", "solved", "good", "fine", "in order" };

/* What may follow it and says nothing new. */
static const char *const tails[] = { "now", "again", "well", "great", "good",
	"fine", "perfectly", "nicely", "today", "already", "已经", "现在", "的",
	"完全", "很好", "很快", "真快" };

/* Before it these turn it round, put it off or ask for it. */
static const char *const contrary[] = { "不", "没", "未", "无", "还", "明天",
	"后天", "下周", "什么", "何", "怎", "是否", "如果", "等", "要", "请",
	"希望", "尽快", "快点", "会", "才", "说", "以为", "算", "吗", "只",
	"但", "一半", "再", "别", "not", "n't", "no", "nothing", "never",
	"none", "neither", "when", "if", "until", "till", "but", "be", "get",
	"please", "need", "needs", "will", "want", "hope", "said", "says",
	"claim", "claims", "only", "half", "partly", "hardly", "barely",
	"sometimes", "stopped", "stops", "why", "how", "what", "who" };

enum { FIXED_PREFIX = 48 }; /* bytes: "the light in the kitchen" */

/* Of the writer, not of a colleague: 小李正在休假 is an answer. */
static const char *const out_of_office[] = { "自动回复", "自动回覆", "自动答复",
	"我正在休假", "我正在休年假", "我正在度假", "我休假中", "我在休假中",
	"我在休假,", "我在休假。", "我目前休假", "我目前正在休假",
	"我现在正在休假", "我已休假", "本人正在休假", "本人休假",
	"本人在休假", "本人目前休假", "我正在请假", "automatic reply",
	"auto-reply", "auto reply", "i am out of office",
	"i am out of the office", "i'm out of office",
	"i'm out of the office", "i am currently out of", "i'm currently out of",
	"i will be out of the office", "i am on leave", "i'm on leave",
	"i am on annual leave", "i'm on annual leave", "i am on vacation",
	"i'm on vacation", "i’m out of office", "i’m out of the office",
	"i’m on leave", "i’m on annual leave", "i’m on vacation",
	"i am currently on leave",
	"i am currently on vacation", "i am on holiday", "i'm on holiday" };

enum { OUT_OF_OFFICE_HEAD = 120 }; /* bytes: behind a greeting */

static const char *const yes[] = { "y", "yes", "是", "是的", "确认", "对",
	"ok", "confirm", "同意", "确定" };

static const char *const no[] = { "n", "no", "nope", "no thanks", "否", "不",
	"不是", "不用", "不了", "不要", "不撤", "不撤了", "不撤回", "不撤回了",
	"不撤销", "取消撤回", "继续办理" };

/* Behind either of them these change nothing, nor do those behind a yes to "do
 * you mean to withdraw it?". */
static const char *const polite[] = { "please", "pls", "thanks", "thank you",
	"谢谢", "谢谢您", "谢谢你", "多谢", "感谢", "麻烦了", "麻烦您了",
	"辛苦了" };
static const char *const withdrawing[] = { "撤回", "撤回吧", "要撤回",
	"我要撤回", "撤销", "撤销吧", "withdraw", "withdraw it",
	"withdraw please", "please withdraw", "please withdraw it" };

/* What says "I have it" to an alert, without the 1 that it asks for. */
static const char *const receipts[] = { "收到", "已收到", "收到了", "received",
	"got it" };
static const char take[] = "接单";

static const char PUNCTUATION[] = " \t\r\n.,!;:~'\"()-";
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

/* The end of the longest of these words that starts here, or NULL. */
static const char *
after_word(const char *at, const char *const *words, size_t count)
{
	size_t best = 0;

	for (size_t i = 0; i < count; i++) {
		size_t len;

		/* None is shorter than two bytes, which mostly tell. */
		if (words[i][0] != at[0] || words[i][1] != at[1] ||
		    !text_starts(at, words[i]))
			continue;
		len = strlen(words[i]);
		if (len <= best)
			continue;
		/* "all" does not begin "allowed". */
		if (is_letter(at[len - 1]) && is_letter(at[len]))
			continue;
		best = len;
	}
	return best == 0 ? NULL : at + best;
}

static const char *
after_thanks(const char *at)
{
	return after_word(at, thanks, ARRAY_COUNT(thanks));
}

/* "The light works now": the end of "now".  A question or another matter in
 * the same clause makes it none. */
static const char *
after_fixed(const char *at)
{
	const char *start = at, *end = NULL;

	for (; *at != '\0' && at - start < FIXED_PREFIX; at++) {
		/* "n't" is the one that begins within a word. */
		bool begins = at == start || !is_letter(at[-1]) ||
		    text_starts(at, "n't");

		if (strchr(",.!;:?\n", *at) != NULL || text_starts(at, "。"))
			return NULL;
		if (!begins)
			continue;
		end = after_word(at, fixed, ARRAY_COUNT(fixed));
		if (end != NULL)
			break;
		if (after_word(at, contrary, ARRAY_COUNT(contrary)) != NULL)
			return NULL;
	}
	for (at = end; at != NULL;) {
		end = at;
		at += strspn(at, " ");
		at = after_word(at, tails, ARRAY_COUNT(tails));
	}
	return end;
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
tone_is_satisfied(const char *text, struct arena *arena)
{
	bool is_fixed = false;

	if (text_is_empty(text) || strlen(text) > THANKS_BYTES)
		return false;
	const char *at = skip_punctuation(unicode_nfkc(text, true, arena));

	while (*at != '\0') {
		const char *end = after_fixed(at);

		if (end != NULL)
			is_fixed = true;
		else
			end = after_thanks(at);
		if (end == NULL)
			return false;
		at = skip_punctuation(end);
	}
	return is_fixed;
}

bool
tone_is_not_fixed(const char *text, struct arena *arena)
{
	if (text_is_empty(text))
		return false;
	const char *folded = unicode_nfkc(text, true, arena);

	for (size_t i = 0; i < ARRAY_COUNT(not_fixed); i++) {
		if (strstr(folded, not_fixed[i]) != NULL)
			return !tone_is_satisfied(text, arena);
	}
	return after_word(skip_punctuation(folded), objections,
		   ARRAY_COUNT(objections)) != NULL ||
	       text_eq(folded, "不对");
}

bool
tone_is_number(const char *text, struct arena *arena)
{
	static const char *const units[] = { "分", "星", "points", "point",
		"stars", "star" };

	if (text_is_empty(text))
		return false;
	const char *at = skip_punctuation(unicode_nfkc(text, true, arena));
	size_t len = strspn(at, "0123456789.,/");

	if (len == 0)
		return false;
	at += len;
	at += strspn(at, " ");
	for (size_t i = 0; i < ARRAY_COUNT(units); i++) {
		if (text_starts(at, units[i])) {
			at += strlen(units[i]);
			break;
		}
	}
	return *skip_punctuation(at) == '\0';
}

bool
tone_is_out_of_office(const char *text, struct arena *arena)
{
	if (text_is_empty(text))
		return false;
	const char *folded = unicode_nfkc(text, true, arena);

	/* Such an answer begins with it; a person may quote one. */
	for (size_t i = 0; i < ARRAY_COUNT(out_of_office); i++) {
		const char *found = strstr(folded, out_of_office[i]);

		if (found != NULL && found - folded < OUT_OF_OFFICE_HEAD)
			return true;
	}
	return false;
}

static const char *
beginning(const char *text, struct arena *arena)
{
	return skip_punctuation(
	    unicode_nfkc(text == NULL ? "" : text, true, arena));
}

/* What stands behind the word that a folded text begins with; NULL: it does not
 * begin with it. */
static const char *
behind_word(const char *at, const char *word)
{
	const char *end = at + strlen(word);

	return text_starts(at, word) && !is_letter(*end) ? skip_punctuation(end)
							 : NULL;
}

/* One of these, and nothing but politeness behind it. */
static bool
says_one_of(const char *at, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *behind = behind_word(at, words[i]);

		if (behind != NULL &&
		    (*behind == '\0' ||
			says_one_of(behind, polite, ARRAY_COUNT(polite))))
			return true;
	}
	return false;
}

bool
tone_is_yes(const char *text, struct arena *arena)
{
	return says_one_of(beginning(text, arena), yes, ARRAY_COUNT(yes));
}

bool
tone_is_no(const char *text, struct arena *arena)
{
	return says_one_of(beginning(text, arena), no, ARRAY_COUNT(no));
}

bool
tone_confirms_withdrawal(const char *text, struct arena *arena)
{
	const char *at = beginning(text, arena);

	for (size_t i = 0; i < ARRAY_COUNT(yes); i++) {
		const char *behind = behind_word(at, yes[i]);

		if (behind != NULL && says_one_of(behind, withdrawing,
					  ARRAY_COUNT(withdrawing)))
			return true;
	}
	return tone_is_yes(text, arena);
}

/* Behind the 1 or 收到: a case's number or the end of one, a PIN that nobody
 * asked for, right or wrong, 接单, and thanks. */
static bool
is_said_of_alert(const char *at, struct arena *arena)
{
	const char *rest;

	at = skip_punctuation(at);
	if (case_number_lead(at, arena, &rest) != NULL)
		at = rest;
	else
		at += strspn(at, "0123456789");
	at = skip_punctuation(at);
	at += strspn(at, "0123456789");
	at = skip_punctuation(at);
	if (text_starts(at, take))
		at = skip_punctuation(at + strlen(take));
	return *at == '\0' || tone_is_thanks(at, arena);
}

bool
tone_is_receipt(const char *text, struct arena *arena)
{
	const char *end = after_word(
	    beginning(text, arena), receipts, ARRAY_COUNT(receipts));

	return end != NULL && !is_letter(*end) && is_said_of_alert(end, arena);
}

bool
tone_takes_alert(const char *text, struct arena *arena)
{
	const char *at = beginning(text, arena);

	/* A number behind the order is that of a case. */
	if (tone_is_receipt(text, arena) ||
	    (text_starts(at, take) &&
		*skip_punctuation(at + strlen(take)) == '\0'))
		return true;
	/* 0001 is a case. */
	if (strspn(at, "0123456789") < 4)
		at += strspn(at, "0");
	/* 1-2-301 is a flat, and 10 a number. */
	return at[0] == '1' && strspn(at + 1, "-0123456789") == 0 &&
	       is_said_of_alert(at + 1, arena);
}
