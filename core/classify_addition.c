/*
 * Whether a text brings a matter of its own, or only adds to one that is known.
 */
#include "core/classify_parts.h"
#include "core/tone.h"
#include "core/unicode.h"
#include "lib/text.h"

enum {
	NAMES_TRADE = 2, /* one weak word, such as the 电 of 电话, does not */
	/* "too slow" is said of the same matter; and one more of what goes on */
	NAMES_KIND = 3,
};

static bool
has_letters(const char *text)
{
	for (uint32_t c; (c = unicode_next(&text)) != 0;)
		if (unicode_is_han(c) || (c >= 'a' && c <= 'z') ||
		    (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x2000))
			return true;
	return false;
}

/* Words with a fixed meaning, and thanks, have rules of their own. */
static bool
is_set_phrase(
    const struct classifier *words, const char *text, struct arena *arena)
{
	const char *rest;

	return keyword_of(words, text, arena, &rest) != NULL ||
	       asks_status(words, NULL, text, arena) ||
	       tone_is_thanks(text, arena) || tone_is_yes(text, arena) ||
	       tone_is_no(text, arena);
}

/* The trade that is named most, or NULL. */
static const char *
named_trade(const struct classifier *words, const struct weighing *weighing)
{
	const char *best = NULL;
	int most = NAMES_TRADE - 1;

	for (int i = 0; i < words->category_count; i++) {
		if (weighing->categories[i] <= most)
			continue;
		most = weighing->categories[i];
		best = words->categories[i];
	}
	return best;
}

/* To ask, and to ask for something, is no matter yet; to complain of something,
 * to praise or to propose it is one. */
static bool
names_matter(const struct classifier *words, const struct weighing *weighing,
    const char *category)
{
	static const enum kind kinds[] = { KIND_COMPLAINT, KIND_SUGGESTION,
		KIND_PRAISE };
	const char *trade = named_trade(words, weighing);
	/* The light is still out, and we know of the light. */
	bool is_known = weighing->tones[TONE_STILL] > 0 &&
			(trade == NULL || text_eq(trade, category));

	if (weighing->emergency >= 0 || weighing->major != 0 ||
	    weighing->tones[TONE_OWNER_DATA] > 0 ||
	    is_spam(weighing, FROM_UNKNOWN, false))
		return true;
	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++)
		if (weighing->kinds[kinds[i]] >= NAMES_KIND + is_known)
			return true;
	return !is_known &&
	       (trade != NULL || weighing->tones[TONE_TROUBLE] > 0);
}

bool
classify_is_addition(const struct classifier *words, const char *text,
    const char *category, struct arena *arena)
{
	struct weighing weighing;

	if (is_links(text))
		return true;
	if (text_is_empty(text) || !has_letters(text) ||
	    is_set_phrase(words, text, arena))
		return false;
	weigh(words, text, arena, NULL, &weighing);
	return !names_matter(words, &weighing, category);
}
