/*
 * Weighing the words of a text: what those of each list add up to, and whether
 * it is an alarm.
 */
#include "core/classify_parts.h"
#include "lib/arena.h"
#include "lib/text.h"

enum {
	CUES_NEAR = 200,   /* bytes between two cues of one danger */
	CUES_OWN_MIN = 3,  /* of its own, before cues of any danger count */
	CUES_ANY_MAX = 2,  /* that these may add */
	CUES_MOST = 6,     /* of a danger, against what hints say */
	CUES_NONE = -2,    /* no danger is named, or all are taken back */
	TENTHS = 10,       /* of a point */
	HINT_TENTHS = 12,  /* as tests/words/learn.py has it */
	HINT_DAMPING = 20, /* a short text says little */
};

/* Cues add up while each stands close enough to the one before: a long mail
 * speaks of many things. */
struct chain {
	uint8_t number;
	int sum;
	uint32_t end;
};

struct scales {
	struct weighing *ret;
	/* By keyword: in which chain it was counted, so that saying a word
	 * often does not make it weigh more. */
	uint8_t *counted;
	const struct word_hit *letter;
	const struct classifier *words;
	struct classify_why *why; /* or NULL */
	struct arena *arena;
	bool may_alarm;
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

/* -- hints -------------------------------------------------------------------
 */

static void
add_hints(const struct word_hits *hits, struct weighing *ret)
{
	for (size_t i = 0; i < hits->hint_count; i++) {
		const struct keyword *hint = hits->hints[i];

		ret->hint_sum +=
		    hint->subject == HINT_DANGER ? hint->weight : -hint->weight;
	}
	ret->hint_count = (int)hits->hint_count;
}

/* Rounded down, of a hundred times `n'. */
static int
ten_roots(int n)
{
	int root = TENTHS;

	while ((root + 1) * (root + 1) <= n * TENTHS * TENTHS)
		root++;
	return root;
}

/* What is learnt adds so many tenths of a point of danger. */
static int
hint_tenths(const struct weighing *weighing)
{
	return weighing->hint_sum * HINT_TENTHS * TENTHS /
	       ten_roots(weighing->hint_count + HINT_DAMPING);
}

/* Of what trade the text is, when no cue says of what danger. */
static int
danger_of_trade(const struct classifier *words, const struct weighing *weighing)
{
	int danger = DANGER_INJURY, most = 0;

	for (int i = 0; i < words->category_count; i++) {
		if (weighing->categories[i] <= most)
			continue;
		most = weighing->categories[i];
		danger = DANGER_INJURY;
		for (int k = 0; k < DANGER_ANY; k++)
			if (text_eq(danger_category(k), words->categories[i]))
				danger = k;
	}
	return danger;
}

/* -- alarm -------------------------------------------------------------------
 */

/* Words may mislead and so may hints: an alarm needs most of both. */
static bool
is_alarm(const struct weighing *weighing, int cues)
{
	if (cues > CUES_MOST)
		cues = CUES_MOST;
	else if (cues <= 0)
		cues += CUES_NONE;
	return cues * TENTHS + hint_tenths(weighing) >= DANGER_ALARM * TENTHS;
}

/* What the cues of a danger are worth with what speaks against it. */
static int
own_sum(const struct weighing *weighing, int danger)
{
	int any = weighing->dangers[DANGER_ANY];
	int sum = weighing->dangers[danger] + weighing->calm[danger] +
		  weighing->calm[DANGER_ANY];

	any = any > CUES_ANY_MAX ? CUES_ANY_MAX : any;
	return sum >= CUES_OWN_MIN ? sum + any : sum;
}

/* The danger that is an alarm, or -1. */
static int
worst_danger(const struct classifier *words, const struct weighing *weighing)
{
	int worst = 0, most = own_sum(weighing, 0);

	for (int i = 1; i < DANGER_ANY; i++) {
		int sum = own_sum(weighing, i);

		if (sum > most) {
			worst = i;
			most = sum;
		}
	}
	if (!is_alarm(weighing, most))
		return -1;
	return most > 0 ? worst : danger_of_trade(words, weighing);
}

/* Guards cost more than all the rest, and few texts have cues enough for an
 * alarm even if none is taken back. */
static bool
may_alarm(const struct word_hits *hits, const struct weighing *weighing)
{
	int sums[DANGER_COUNT] = { 0 }, most = 0;

	for (size_t i = 0; i < hits->count; i++) {
		const struct keyword *word = hits->list[i].word;

		if (word->group == GROUP_EMERGENCY && word->weight > 0)
			sums[word->subject] += word->weight;
	}
	for (int i = 0; i < DANGER_ANY; i++)
		most = sums[i] > most ? sums[i] : most;
	return is_alarm(weighing, most + CUES_ANY_MAX);
}

/* -- the whole ---------------------------------------------------------------
 */

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
	case GROUP_HINT:
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

static bool
is_guarded(enum word_group group)
{
	return group == GROUP_EMERGENCY || group == GROUP_MAJOR;
}

static void
add_hit(struct scales *scales, const struct word_hits *hits, size_t at)
{
	const struct word_hit *hit = &hits->list[at], *guard = NULL;
	const struct keyword *word = hit->word;
	int *sum = sum_of(scales->ret, word);
	bool counts = true;
	bool is_idle = (word->group == GROUP_EMERGENCY && !scales->may_alarm) ||
		       (sum == NULL && !is_guarded(word->group) &&
			   word->group != GROUP_GUARD);

	if (is_idle)
		return;
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
	add_hints(&hits, ret);
	scales.may_alarm = why != NULL || may_alarm(&hits, ret);
	for (size_t i = 0; i < hits.count; i++)
		add_hit(&scales, &hits, i);
	ret->emergency = worst_danger(words, ret);
	if (why == NULL)
		return;
	why->hint_tenths = hint_tenths(ret);
	why_add_scores(why, words, &hits, ret, arena);
}
