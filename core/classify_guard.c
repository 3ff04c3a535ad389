/*
 * Guards: a word of danger that is denied, long past, only imagined, practised
 * or over is no alarm (rules.md 2.2).
 */
#include "core/classify_parts.h"
#include "lib/text.h"

#include <string.h>

enum {
	SENTENCE_MAX = 400, /* bytes looked at on each side */
	NEGATION_GAP = 4,   /* "not a gas leak" */
};

/* Where the sentence and the clause of a hit begin and end. */
struct span_of {
	size_t sentence_start, sentence_end;
	size_t clause_start;
};

static bool
is_clause_mark(const char *text, size_t at)
{
	return text[at] == ',';
}

static struct span_of
span_of(const char *text, const struct word_hit *hit)
{
	struct span_of span = { .sentence_start = hit->start,
		.sentence_end = hit->end };
	bool clause_open = true;

	span.clause_start = hit->start;
	while (span.sentence_start > 0 &&
	       hit->start - span.sentence_start < SENTENCE_MAX &&
	       !classifier_is_stop(text, span.sentence_start - 1)) {
		span.sentence_start--;
		clause_open =
		    clause_open && !is_clause_mark(text, span.sentence_start);
		if (clause_open)
			span.clause_start = span.sentence_start;
	}
	while (text[span.sentence_end] != '\0' &&
	       span.sentence_end - hit->end < SENTENCE_MAX &&
	       !classifier_is_stop(text, span.sentence_end))
		span.sentence_end++;
	return span;
}

/* A word of harmless meaning that holds this one, or a piece of it: the first
 * by its start, the last by any of it, as 头要爆炸 does 爆炸了. */
static bool
is_inside(const struct word_hit *harmless, const struct word_hit *hit)
{
	bool holds_start =
	    harmless->start <= hit->start && hit->start < harmless->end;

	if (hit->word->pieces == 1)
		return holds_start && hit->end <= harmless->end;
	return holds_start ||
	       (harmless->start < hit->end && hit->last < harmless->end);
}

static bool
is_right_before(const char *text, const struct word_hit *guard, uint32_t at)
{
	return guard->end <= at && at - guard->end <= NEGATION_GAP &&
	       memchr(text + guard->end, ',', at - guard->end) == NULL;
}

/* The guards of one sentence that bear on a hit; NULL: none. */
struct verdict {
	const struct word_hit *stands[GUARD_COUNT];
};

static bool
is_latin(const struct word_hit *guard)
{
	return (unsigned char)guard->word->text[0] < 0x80;
}

static bool
bears_on(const char *text, const struct word_hit *guard,
    const struct word_hit *hit, const struct span_of *span)
{
	/* Of a word in pieces the last says what is wrong; a guard may lap
	 * over its beginning, as 容易引起 does over 引起火灾. */
	bool is_before = guard->start < hit->last && guard->end < hit->end &&
			 guard->start >= span->sentence_start;
	bool is_in_clause = is_before && guard->start >= span->clause_start;
	bool is_after =
	    guard->start >= hit->end && guard->end <= span->sentence_end;
	/* 没味了 ends a word in pieces that takes its 味 for the last. */
	bool is_behind = guard->start > hit->start && guard->end >= hit->end &&
			 guard->end <= span->sentence_end;

	switch ((enum guard)guard->word->subject) {
	case GUARD_NEGATION:
		return is_right_before(text, guard, hit->last) ||
		       (is_in_clause &&
			   is_right_before(text, guard, hit->start));
	case GUARD_HYPOTHETICAL: return is_in_clause;
	case GUARD_PAST:
		/* English says when at the end; "there was a fire ... last
		 * week" stands on both sides. */
		return is_before || (is_after && is_latin(guard)) ||
		       (guard->word->pieces > 1 && guard->start <= hit->start &&
			   guard->start >= span->sentence_start);
	case GUARD_THANKS: return is_before;
	case GUARD_OVER: return is_behind;
	case GUARD_PROCEDURE:
	case GUARD_NOW:
	case GUARD_STILL:
		return guard->start >= span->sentence_start &&
		       guard->end <= span->sentence_end;
	case GUARD_HARMLESS: return is_inside(guard, hit);
	case GUARD_LETTER:
	case GUARD_COUNT: break;
	}
	return false;
}

static void
hear(struct verdict *verdict, const char *text, const struct word_hit *guard,
    const struct word_hit *hit, const struct span_of *span)
{
	if (guard->word->group == GROUP_GUARD &&
	    bears_on(text, guard, hit, span))
		verdict->stands[guard->word->subject] = guard;
}

/* Hits are sorted by their end, so those of a sentence lie around `at'. */
static void
hear_all(struct verdict *verdict, const struct word_hits *hits, size_t at,
    const struct span_of *span)
{
	const struct word_hit *hit = &hits->list[at];

	for (size_t i = at;
	     i-- > 0 && hits->list[i].end >= span->sentence_start;)
		hear(verdict, hits->text, &hits->list[i], hit, span);
	for (size_t i = at + 1;
	     i < hits->count && hits->list[i].end <= span->sentence_end; i++)
		hear(verdict, hits->text, &hits->list[i], hit, span);
}

const struct word_hit *
guard_letter(const struct word_hits *hits)
{
	for (size_t i = 0; i < hits->count; i++)
		if (hits->list[i].word->group == GROUP_GUARD &&
		    hits->list[i].word->subject == GUARD_LETTER)
			return &hits->list[i];
	return NULL;
}

const struct word_hit *
guard_of(const struct word_hits *hits, size_t at, bool past_counts,
    const struct word_hit *letter)
{
	/* Whatever else is said; only of what is not over; only of what does
	 * not go on. */
	static const enum guard always[] = { GUARD_HARMLESS, GUARD_NEGATION,
		GUARD_HYPOTHETICAL };
	static const enum guard unless_now[] = { GUARD_PAST, GUARD_THANKS,
		GUARD_LETTER };
	struct span_of span = span_of(hits->text, &hits->list[at]);
	struct verdict verdict = { .stands[GUARD_LETTER] = letter };
	const struct word_hit **stands = verdict.stands;

	hear_all(&verdict, hits, at, &span);
	for (size_t i = 0; i < ARRAY_COUNT(always); i++)
		if (stands[always[i]] != NULL)
			return stands[always[i]];
	if (past_counts)
		return NULL;
	if (stands[GUARD_PROCEDURE] != NULL)
		return stands[GUARD_PROCEDURE];
	if (stands[GUARD_STILL] != NULL)
		return NULL;
	if (stands[GUARD_OVER] != NULL)
		return stands[GUARD_OVER];
	for (size_t i = 0; i < ARRAY_COUNT(unless_now); i++)
		if (stands[unless_now[i]] != NULL && stands[GUARD_NOW] == NULL)
			return stands[unless_now[i]];
	return NULL;
}
