/*
 * Weighing the words of a matter: kind, category, severity, tone.
 */
#include "core/classify_parts.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

enum {
	AGITATED_AT = 2,
	FAINT = 1,         /* one weak word, such as the 电 of 电话 */
	SPAM_AT = 3,       /* a stranger */
	SPAM_OWNER_AT = 6, /* somebody of the estate */
	SPAM_HINT = 3,     /* the site's own filter said so */
	CONTENT_WORDS = 6, /* enough to be a matter without any known word */
	CLEAR_KIND = 2,    /* weight that alone makes a matter */
	CUES_NEAR = 200,   /* bytes between two cues of one danger */
	CUES_OWN_MIN = 3,  /* of its own, before cues of any danger count */
	CUES_ANY_MAX = 2,  /* that these may add */
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
	[DANGER_CRIME] = { "security", 20 },
};

/* -- danger -----------------------------------------------------------------
 */

/* Cues add up while each stands close enough to the one before: a long mail
 * speaks of many things. */
struct chain {
	uint8_t number;
	int sum;
	uint32_t end;
};

struct scales {
	struct weighing *ret;
	/* By keyword: where it was counted, so that saying a word often does
	 * not make it weigh more. */
	uint8_t *counted;
	const struct word_hit *letter;
	const struct classifier *words;
	struct classify_why *why; /* or NULL */
	struct arena *arena;
	struct chain chains[DANGER_COUNT];
};

/* Of 0 to 255 chains; more speak of nothing any more. */
static uint8_t
next_number(const struct chain *chain)
{
	return chain->number == UINT8_MAX ? UINT8_MAX
					  : (uint8_t)(chain->number + 1);
}

/* False: it was counted before. */
static bool
add_cue(struct scales *scales, const struct word_hit *hit)
{
	const struct keyword *word = hit->word;
	struct chain *chain = &scales->chains[word->subject];
	int *most = &scales->ret->dangers[word->subject];
	int *calm = &scales->ret->calm[word->subject];

	if (word->weight < 0) {
		*calm = word->weight < *calm ? word->weight : *calm;
		return true;
	}
	if (chain->number == 0 || hit->start > chain->end + CUES_NEAR)
		*chain = (struct chain){ .number = next_number(chain) };
	chain->end = hit->end;
	if (scales->counted[word->index] == chain->number)
		return false;
	scales->counted[word->index] = chain->number;
	chain->sum += word->weight;
	*most = chain->sum > *most ? chain->sum : *most;
	return true;
}

/* The danger whose cues are an alarm together, or -1. */
static int
worst_danger(const struct weighing *weighing)
{
	int any = weighing->dangers[DANGER_ANY];
	int worst = -1, most = DANGER_ALARM - 1;

	any = any > CUES_ANY_MAX ? CUES_ANY_MAX : any;
	for (int i = 0; i < DANGER_ANY; i++) {
		int sum = weighing->dangers[i] + weighing->calm[i] +
			  weighing->calm[DANGER_ANY];

		if (sum >= CUES_OWN_MIN)
			sum += any;
		if (sum > most) {
			worst = i;
			most = sum;
		}
	}
	return worst;
}

static int *
sum_of(struct weighing *weighing, const struct keyword *word)
{
	switch (word->group) {
	case GROUP_KIND: return &weighing->kinds[word->subject];
	case GROUP_CATEGORY: return &weighing->categories[word->subject];
	case GROUP_TONE: return &weighing->tones[word->subject];
	case GROUP_SPAM: return &weighing->spam;
	case GROUP_LEAN:
	case GROUP_EMERGENCY:
	case GROUP_MAJOR:
	case GROUP_GUARD:
	case GROUP_SMS:
	case GROUP_RATING:
	case GROUP_WORDING:
	case GROUP_CONCEPT:
	case GROUP_COUNT: break;
	}
	return NULL;
}

static bool
add_to_sum(struct scales *scales, const struct keyword *word, int *sum)
{
	if (scales->counted[word->index] != 0)
		return false;
	scales->counted[word->index] = 1;
	*sum += word->weight;
	return true;
}

static void
add_hit(struct scales *scales, const struct word_hits *hits, size_t at)
{
	const struct word_hit *hit = &hits->list[at], *guard = NULL;
	const struct keyword *word = hit->word;
	int *sum = sum_of(scales->ret, word);
	bool counts = true;

	if (word->group == GROUP_EMERGENCY) {
		guard = guard_of(hits, at, false, scales->letter);
		counts = guard == NULL && add_cue(scales, hit);
	} else if (word->group == GROUP_MAJOR) {
		guard = guard_of(
		    hits, at, word->subject != MAJOR_SUPPLY, scales->letter);
		if (guard == NULL)
			scales->ret->major |= 1U << word->subject;
		counts = guard == NULL;
	} else if (sum != NULL) {
		counts = add_to_sum(scales, word, sum);
	} else if (word->group != GROUP_GUARD) {
		return;
	}
	if (scales->why != NULL)
		why_add_word(scales->why, scales->words, hits, at, guard,
		    counts, scales->arena);
}

void
weigh(const struct classifier *words, const char *text, struct arena *arena,
    struct classify_why *why, struct weighing *ret)
{
	struct scales scales = {
		.ret = ret,
		.counted = arena_array(
		    arena, words->keyword_count + 1, sizeof(uint8_t)),
		.words = words,
		.why = why,
		.arena = arena,
	};
	struct word_hits hits;

	*ret = (struct weighing){ .emergency = -1 };
	classifier_scan(
	    words, classifier_fold(words, text, arena), arena, &hits);
	scales.letter = guard_letter(&hits);
	for (size_t i = 0; i < hits.count; i++)
		add_hit(&scales, &hits, i);
	ret->emergency = worst_danger(ret);
	if (why != NULL)
		why_add_scores(why, words, ret, arena);
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

/* Danger and loss are put right, whatever form the words have; and who asks
 * about a wrong suffered complains. */
static enum kind
settle_kind(const struct weighing *weighing, enum kind kind)
{
	bool is_soft = kind != KIND_COMPLAINT && kind != KIND_REQUEST;

	if (weighing->emergency >= 0)
		return is_soft ? KIND_REQUEST : kind;
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

/* Han characters and words of letters. */
static int
count_words(const char *text)
{
	int count = 0;
	bool in_word = false;

	for (uint32_t c; (c = unicode_next(&text)) != 0;) {
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
	int words = count_words(text);

	if (weighing->emergency >= 0 || weighing->major != 0)
		return true;
	return words > 0 &&
	       (words >= CONTENT_WORDS ||
		   largest(weighing->categories, CATEGORIES_MAX) > 1 ||
		   largest(weighing->kinds, KINDS_WITH_WORDS) >= CLEAR_KIND);
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
