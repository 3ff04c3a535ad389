/*
 * Weighing the words of a matter: kind, category, severity, tone.
 */
#include "core/classify_parts.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>
#include <strings.h>

enum {
	AGITATED_AT = 2,
	FAINT = 1,          /* one weak word, such as the 电 of 电话 */
	SPAM_AT = 3,        /* a stranger */
	SPAM_OWNER_AT = 6,  /* somebody of the estate */
	SPAM_HINT = 3,      /* the site's own filter said so */
	CONTENT_WORDS = 6,  /* enough to be a matter without any known word */
	CLEAR_KIND = 2,     /* weight that alone makes a matter */
	SURE_COMPLAINT = 7, /* who is only in dread has less */
};

/* An emergency's trade outweighs whatever else is said. */
static const struct {
	const char *category;
	int weight;
} danger_categories[DANGER_COUNT] = {
	[DANGER_GAS_LEAK] = { "gas", 20 },
	[DANGER_FIRE] = { "fire", 20 },
	[DANGER_LIFT_TRAP] = { "lift", 20 },
	[DANGER_BURST] = { "plumbing", 8 },
	[DANGER_ELECTRIC_SHOCK] = { "electrical", 20 },
	[DANGER_FALLING] = { "building", 3 },
	[DANGER_INJURY] = { "other", 4 },
	[DANGER_CRIME] = { "security", 20 },
};

const char *
danger_category(int danger)
{
	return danger_categories[danger].category;
}

/* -- category ----------------------------------------------------------------
 */

static int
best_category(const struct classifier *words, const struct weighing *weighing)
{
	int danger = weighing->emergency;
	int best = -1, best_weight = 0;

	for (int i = 0; i < words->category_count; i++) {
		int weight = weighing->categories[i];

		if (danger >= 0 && text_eq(words->categories[i],
				       danger_categories[danger].category))
			weight += danger_categories[danger].weight;
		if (weight > best_weight) {
			best = i;
			best_weight = weight;
		}
	}
	return best;
}

/* -- kind --------------------------------------------------------------------
 */

static enum kind
best_kind(const struct classifier *words, const struct weighing *weighing,
    int category)
{
	int best = 0, weights[KINDS_WITH_WORDS], total = 0;

	for (int i = 0; i < KINDS_WITH_WORDS; i++) {
		weights[i] = weighing->kinds[i] +
			     (category < 0 ? 0 : words->lean[category][i]);
		total += weights[i];
		if (weights[i] > weights[best])
			best = i;
	}
	if (total == 0)
		return KIND_REQUEST;
	return (enum kind)best; /* the five come first in enum kind */
}

/* Reasons that nobody gives without being dissatisfied. */
static const unsigned grievances = 1U << MAJOR_CLAIM | 1U << MAJOR_THREAT |
				   1U << MAJOR_CONDUCT | 1U << MAJOR_REPEATED;

/* Danger and loss are put right, whatever form the words have, unless somebody
 * says that it is a complaint; and who asks about a wrong suffered complains.
 */
static enum kind
settle_kind(const struct weighing *weighing, enum kind kind)
{
	if (weighing->emergency >= 0)
		return kind == KIND_COMPLAINT &&
			       weighing->kinds[kind] >= SURE_COMPLAINT
			   ? kind
			   : KIND_REQUEST;
	if (kind == KIND_REQUEST && (weighing->major & grievances) != 0)
		return KIND_COMPLAINT;
	if (kind == KIND_INQUIRY &&
	    (weighing->major & (1U << MAJOR_SUPPLY)) != 0)
		return KIND_REQUEST;
	if (kind == KIND_INQUIRY && weighing->major != 0 &&
	    weighing->kinds[KIND_COMPLAINT] > 0)
		return KIND_COMPLAINT;
	return kind;
}

static enum severity
severity_of(const struct weighing *weighing, enum kind kind)
{
	if (weighing->emergency >= 0)
		return SEVERITY_EMERGENCY;
	if (kind != KIND_COMPLAINT && kind != KIND_REQUEST)
		return SEVERITY_MINOR;
	return weighing->major != 0 ? SEVERITY_MAJOR : SEVERITY_NORMAL;
}

/* Nothing else is the matter: who complains of a leak and asks for the
 * neighbour's number has a case (R44). */
static bool
asks_owner_data(const struct classifier *words, const struct weighing *weighing)
{
	if (weighing->tones[TONE_OWNER_DATA] == 0 || weighing->emergency >= 0 ||
	    weighing->major != 0)
		return false;
	for (int i = 0; i < words->category_count; i++)
		if (weighing->categories[i] > FAINT)
			return false;
	return true;
}

void
judge_case(const struct classifier *words, const struct weighing *weighing,
    const char *text, struct understanding *ret)
{
	int category = best_category(words, weighing);
	enum kind kind = best_kind(words, weighing, category);
	bool asks = strpbrk(text, "?") != NULL || strstr(text, "？") != NULL;

	/* Nothing known was said: a question, or something to do. */
	if (category < 0 && weighing->kinds[kind] == 0 && asks)
		kind = KIND_INQUIRY;
	ret->kind = settle_kind(weighing, kind);
	ret->category = category < 0 ? "other" : words->categories[category];
	ret->severity = severity_of(weighing, ret->kind);
	ret->agitated = weighing->tones[TONE_AGITATED] >= AGITATED_AT &&
			ret->severity != SEVERITY_EMERGENCY;
	ret->hostile = weighing->tones[TONE_HOSTILE] > 0;
	ret->asks_owner_data = asks_owner_data(words, weighing);
	if (weighing->emergency >= 0)
		ret->emergency = emergency_name(weighing->emergency);
}

/* -- what is no matter -------------------------------------------------------
 */

/* Han characters and words of letters; no more than `enough' are counted. */
static int
count_words(const char *text, int enough)
{
	int count = 0;
	bool in_word = false;

	for (uint32_t c; count < enough && (c = unicode_next(&text)) != 0;) {
		bool is_letter = (c >= 'a' && c <= 'z') ||
				 (c >= 'A' && c <= 'Z') ||
				 (c >= 0xC0 && c < 0x2000);

		count += unicode_is_han(c) || (is_letter && !in_word);
		in_word = is_letter;
	}
	return count;
}

static int
largest(const int *list, size_t count)
{
	int best = 0;

	for (size_t i = 0; i < count; i++)
		best = list[i] > best ? list[i] : best;
	return best;
}

bool
has_content(const struct weighing *weighing, const char *text)
{
	int words = count_words(text, CONTENT_WORDS);

	if (weighing->emergency >= 0 || weighing->major != 0)
		return true;
	return words > 0 &&
	       (words >= CONTENT_WORDS ||
		   largest(weighing->categories, CATEGORIES_MAX) > 1 ||
		   largest(weighing->kinds, KINDS_WITH_WORDS) >= CLEAR_KIND);
}

/* How long the link, or the name of a file, is that stands here; 0: none. */
static size_t
link_len(const char *at)
{
	static const char *const starts[] = { "http://", "https://", "www." };
	static const char *const ends[] = { ".jpg", ".jpeg", ".png", ".gif",
		".heic", ".webp", ".bmp", ".mp4", ".3gp", ".mov", ".amr" };
	size_t len = strcspn(at, " \t\r\n");

	for (size_t i = 0; i < ARRAY_COUNT(starts); i++)
		if (strncasecmp(at, starts[i], strlen(starts[i])) == 0)
			return len;
	for (size_t i = 0; i < ARRAY_COUNT(ends); i++) {
		size_t end = strlen(ends[i]);

		if (len > end &&
		    strncasecmp(at + len - end, ends[i], end) == 0)
			return len;
	}
	return 0;
}

bool
is_links(const char *text)
{
	size_t links = 0, len;

	for (;; text += len, links++) {
		text += strspn(text, " \t\r\n");
		if (*text == '\0')
			return links > 0;
		len = link_len(text);
		/* A sentence that ends in one has no blanks in Chinese. */
		for (size_t i = 0; i < len; i++)
			if ((unsigned char)text[i] >= 0x80)
				return false;
		if (len == 0)
			return false;
	}
}

bool
is_spam(const struct weighing *weighing, enum from_role from, bool spam_hint)
{
	int spam = weighing->spam + (spam_hint ? SPAM_HINT : 0);
	int matter = largest(weighing->categories, CATEGORIES_MAX) +
		     largest(weighing->kinds, KINDS_WITH_WORDS);

	if (weighing->emergency >= 0)
		return false;
	return spam >= (from == FROM_UNKNOWN ? SPAM_AT : SPAM_OWNER_AT) &&
	       spam >= matter;
}
