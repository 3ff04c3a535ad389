#include "core/wording.h"

#include "core/classify_words.h"
#include "core/private_data.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

enum {
	UNLESS_GAP = 12, /* four Han characters */
	PRIVATE_MAX = 4,
	OUTCOME_MIN = 6, /* characters (R15) */
};

/* -- words of the lists -------------------------------------------------------
 */

/* An allowed phrase holds the hit, or a negation stands right before it. */
static bool
is_allowed(const struct word_hits *hits, const struct word_hit *hit)
{
	for (size_t i = 0; i < hits->count; i++) {
		const struct word_hit *other = &hits->list[i];

		if (other->word->group != GROUP_WORDING ||
		    other->word->weight != WORDING_ALLOW)
			continue;
		if (other->word->subject == WORDING_UNLESS) {
			if (other->end <= hit->start &&
			    hit->start - other->end <= UNLESS_GAP)
				return true;
		} else if (other->start <= hit->start &&
			   other->end >= hit->end) {
			return true;
		}
	}
	return false;
}

static bool
has_digit(const char *text)
{
	return strpbrk(text, "0123456789") != NULL;
}

/* -- the whole
 * ------------------------------------------------------------------ */

struct findings {
	struct wording_hit *list;
	size_t count, max;
};

static void
add_finding(struct findings *findings, int rule, const char *words, bool blocks)
{
	for (size_t i = 0; i < findings->count; i++)
		if (text_eq(findings->list[i].words, words))
			return;
	if (findings->count == findings->max)
		return;
	findings->list[findings->count++] = (struct wording_hit){
		.rule = wording_rule_name(rule),
		.words = words,
		.blocks = blocks,
	};
}

size_t
wording_check(const struct classifier *words, const char *text,
    bool has_findings, const struct private_known *known, struct arena *arena,
    struct wording_hit *ret, size_t max)
{
	struct findings findings = { .list = ret, .max = max };
	const char *folded = unicode_nfkc(text, true, arena);
	struct private_find finds[PRIVATE_MAX];
	size_t find_count =
	    private_data_find(folded, known, arena, finds, PRIVATE_MAX);
	struct word_hits hits;

	/* Of the same length, so that what is told is the author's writing. */
	classifier_scan(
	    words, classifier_fold(words, text, arena), arena, &hits);
	for (size_t i = 0; i < hits.count; i++) {
		const struct word_hit *hit = &hits.list[i];
		int rule = hit->word->subject;

		if (hit->word->group != GROUP_WORDING ||
		    hit->word->weight == WORDING_ALLOW ||
		    rule == WORDING_STEPS ||
		    (rule == WORDING_VAGUE && has_digit(folded)) ||
		    is_allowed(&hits, hit))
			continue;
		add_finding(&findings, rule,
		    arena_strndup(
			arena, folded + hit->start, hit->end - hit->start),
		    hit->word->weight == WORDING_BLOCK &&
			!(rule == WORDING_JUDGEMENT && has_findings));
	}
	for (size_t i = 0; i < find_count; i++)
		add_finding(&findings, WORDING_PRIVACY, finds[i].words,
		    finds[i].blocks);
	return findings.count;
}

bool
wording_claims_steps(
    const struct classifier *words, const char *text, struct arena *arena)
{
	struct word_hits hits;

	classifier_scan(
	    words, classifier_fold(words, text, arena), arena, &hits);
	for (size_t i = 0; i < hits.count; i++) {
		const struct word_hit *hit = &hits.list[i];

		if (hit->word->group == GROUP_WORDING &&
		    hit->word->subject == WORDING_STEPS &&
		    hit->word->weight != WORDING_ALLOW &&
		    !is_allowed(&hits, hit))
			return true;
	}
	return false;
}

bool
wording_is_no_outcome(const char *text)
{
	/* Long enough, and still saying nothing. */
	static const char *const empty[] = { "已处理完毕", "已经处理",
		"已经处理了", "已处理完成", "问题已解决", "处理完毕", "已解决",
		"finished", "resolved", "completed", "all done", "is done",
		"it is done", "solved", "closed", "handled" };
	const char *at;
	size_t count = 0, len;
	char bare[64];

	text = text_or(text, "");
	text += strspn(text, " \t\r\n");
	at = text;
	len = strlen(text);
	while (len > 0 && strchr(" \t\r\n.!", text[len - 1]) != NULL)
		len--;
	if (len >= 3 && strncmp(text + len - 3, "。", 3) == 0)
		len -= 3;
	while (at < text + len && unicode_next(&at) != 0)
		count++;
	if (count < OUTCOME_MIN)
		return true;
	if (len >= sizeof(bare))
		return false;
	memcpy(bare, text, len);
	bare[len] = '\0';
	for (size_t i = 0; i < ARRAY_COUNT(empty); i++)
		if (text_eq_nocase(bare, empty[i]))
			return true;
	return false;
}

bool
wording_is_not_reached(const char *text)
{
	static const char *const starts[] = { "未接", "没接", "没人接",
		"无人接", "无人应答", "打不通", "不通", "关机", "停机", "空号",
		"联系不上", "不在家", "没人在家", "no answer", "no reply",
		"not reached", "not in", "nobody", "no one", "could not reach",
		"voicemail" };

	text = text_or(text, "");
	text += strspn(text, " \t\r\n");
	for (size_t i = 0; i < ARRAY_COUNT(starts); i++)
		if (text_starts_nocase(text, starts[i]))
			return true;
	return false;
}
