/*
 * Keeping for people what classify() finds on its way.
 */
#include "core/classify_why.h"

#include "core/classify_parts.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <stdlib.h>
#include <string.h>

enum { PLACES_MAX = 16, SCORES_MAX = 128, WORDS_FIRST = 32 };

static const char *
piece_of(const struct word_hits *hits, const struct word_hit *hit,
    struct arena *arena)
{
	return arena_strndup(
	    arena, hits->text + hit->start, hit->end - hit->start);
}

void
why_add_word(struct classify_why *why, const struct classifier *words,
    const struct word_hits *hits, size_t at, const struct word_hit *guard,
    bool counts, struct arena *arena)
{
	const struct word_hit *hit = &hits->list[at];
	const struct keyword *word = hit->word;
	struct why_word *more;

	if (why->word_count == why->word_room) {
		why->word_room =
		    why->word_room == 0 ? WORDS_FIRST : why->word_room * 2;
		more = arena_array(arena, why->word_room, sizeof(*more));
		if (why->word_count > 0)
			memcpy(
			    more, why->words, why->word_count * sizeof(*more));
		why->words = more;
	}
	why->words[why->word_count++] = (struct why_word){
		.list = word_group_name(word->group),
		.subject = word_subject_name(words, word),
		.weight = word->weight,
		.word = word->text,
		.file = word->place.file,
		.line = word->place.line,
		.text = piece_of(hits, hit, arena),
		.start = hit->start,
		.end = hit->end,
		.counts = counts,
		.guard = guard == NULL ? NULL
				       : word_subject_name(words, guard->word),
		.guard_text =
		    guard == NULL ? NULL : piece_of(hits, guard, arena),
	};
}

/* -- scores ------------------------------------------------------------------
 */

static int
by_size(const void *a, const void *b)
{
	const struct why_score *left = a, *right = b;

	return (right->sum > left->sum) - (right->sum < left->sum);
}

static void
add_scores(struct classify_why *why, const struct classifier *words,
    enum word_group group, const int *sums, int count)
{
	struct why_score *first = why->scores + why->score_count;

	for (int i = 0; i < count; i++) {
		const struct keyword word = { .group = group, .subject = i };

		if (sums[i] != 0 && why->score_count < SCORES_MAX)
			why->scores[why->score_count++] = (struct why_score){
				.list = word_group_name(group),
				.subject = word_subject_name(words, &word),
				.sum = sums[i],
			};
	}
	qsort(first, (size_t)(why->scores + why->score_count - first),
	    sizeof(*first), by_size);
}

static int
by_strength(const void *a, const void *b)
{
	const struct why_hint *left = a, *right = b;

	return abs(right->weight) - abs(left->weight);
}

static void
add_hints(
    struct classify_why *why, const struct word_hits *hits, struct arena *arena)
{
	why->hints =
	    arena_array(arena, hits->hint_count + 1, sizeof(*why->hints));
	for (size_t i = 0; i < hits->hint_count; i++) {
		const struct keyword *hint = hits->hints[i];

		why->hints[why->hint_count++] = (struct why_hint){
			.word = hint->text,
			.weight = hint->subject == HINT_DANGER ? hint->weight
							       : -hint->weight,
		};
	}
	qsort(why->hints, why->hint_count, sizeof(*why->hints), by_strength);
}

void
why_add_scores(struct classify_why *why, const struct classifier *words,
    const struct word_hits *hits, const struct weighing *weighing,
    struct arena *arena)
{
	add_hints(why, hits, arena);
	why->scores = arena_array(arena, SCORES_MAX, sizeof(*why->scores));
	add_scores(
	    why, words, GROUP_EMERGENCY, weighing->dangers, DANGER_COUNT);
	add_scores(why, words, GROUP_KIND, weighing->kinds, KINDS_WITH_WORDS);
	add_scores(why, words, GROUP_CATEGORY, weighing->categories,
	    words->category_count);
	add_scores(why, words, GROUP_TONE, weighing->tones, TONE_COUNT);
	add_scores(why, words, GROUP_SPAM, &weighing->spam, 1);
}

/* -- places ------------------------------------------------------------------
 */

static bool
says_no_more(const struct place *place, const struct place *chosen)
{
	return (place->building == NULL ||
		   text_eq(place->building, chosen->building)) &&
	       (place->unit == NULL || text_eq(place->unit, chosen->unit)) &&
	       (place->floor == NULL || text_eq(place->floor, chosen->floor)) &&
	       (place->room == NULL || text_eq(place->room, chosen->room)) &&
	       (place->area == NULL || text_eq(place->area, chosen->area));
}

static const char *
reason_of(const struct why_place *place, const struct place *chosen)
{
	if (place->is_chosen)
		return place->is_senders
			   ? "the sender's own, and nothing else is named"
			   : "named as the place of the matter";
	if (says_no_more(&place->place, chosen))
		return "says less than the chosen one";
	return place->is_senders ? "the sender's own; another place is named"
				 : "less exact than the chosen one";
}

void
why_add_places(struct classify_why *why, const struct place_hints *hints,
    const struct place *chosen, struct arena *arena)
{
	struct place_find *finds =
	    arena_array(arena, PLACES_MAX, sizeof(*finds));
	size_t count =
	    place_find_all(why->text, hints, arena, finds, PLACES_MAX);

	why->places = arena_array(arena, count + 1, sizeof(*why->places));
	for (size_t i = 0; i < count; i++) {
		struct why_place *place = &why->places[why->place_count++];

		*place = (struct why_place){
			.place = finds[i].place,
			.start = finds[i].start,
			.end = finds[i].end,
			.is_senders = finds[i].is_senders,
			.is_chosen = place_eq(&finds[i].place, chosen),
		};
		place->reason = reason_of(place, chosen);
	}
}
