/*
 * Guards: a word of danger that is denied, long past, only imagined, practised
 * or over is no alarm (rules.md 2.2).
 */
#include "core/classify_parts.h"

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
	return text[at] == ',' || strncmp(text + at, "、", 3) == 0;
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

/* A word of harmless meaning that holds this one. */
static bool
is_inside(const struct word_hit *harmless, const struct word_hit *hit)
{
	bool holds_start =
	    harmless->start <= hit->start && hit->start < harmless->end;
	bool holds_end =
	    harmless->start < hit->end && hit->end <= harmless->end;

	return hit->word->pieces > 1 ? holds_start || holds_end
				     : holds_start && holds_end;
}

static bool
is_right_before(const struct word_hit *guard, uint32_t at)
{
	return guard->end <= at && at - guard->end <= NEGATION_GAP;
}

/* What the guards of one sentence say about a hit. */
struct verdict {
	bool stands[GUARD_COUNT];
};

static void
hear(struct verdict *verdict, const struct word_hit *guard,
    const struct word_hit *hit, const struct span_of *span)
{
	/* Of a word in pieces the last says what is wrong; a guard may lap
	 * over its beginning, as 容易引起 does over 引起火灾. */
	bool is_before = guard->start < hit->last && guard->end < hit->end &&
			 guard->start >= span->sentence_start;
	bool is_in_clause = is_before && guard->start >= span->clause_start;
	bool is_after =
	    guard->start >= hit->end && guard->end <= span->sentence_end;
	bool *stands = &verdict->stands[guard->word->subject];

	switch ((enum guard)guard->word->subject) {
	case GUARD_NEGATION:
		*stands |= is_right_before(guard, hit->last) ||
			   (is_in_clause && is_right_before(guard, hit->start));
		break;
	case GUARD_HYPOTHETICAL: *stands |= is_in_clause; break;
	case GUARD_PAST:
		/* "There was a fire ... last week" stands on both sides. */
		*stands |= is_before ||
			   (guard->word->pieces > 1 &&
			       guard->start <= hit->start &&
			       guard->start >= span->sentence_start);
		break;
	case GUARD_THANKS: *stands |= is_before; break;
	case GUARD_OVER: *stands |= is_after; break;
	case GUARD_PROCEDURE:
	case GUARD_NOW:
	case GUARD_STILL:
		*stands |= guard->start >= span->sentence_start &&
			   guard->end <= span->sentence_end;
		break;
	case GUARD_HARMLESS: *stands |= is_inside(guard, hit); break;
	case GUARD_COUNT: break;
	}
}

/* Hits are sorted by their end, so those of a sentence lie around `at'. */
static void
hear_all(struct verdict *verdict, const struct word_hits *hits, size_t at,
    const struct span_of *span)
{
	const struct word_hit *hit = &hits->list[at];

	for (size_t i = at;
	     i-- > 0 && hits->list[i].end >= span->sentence_start;)
		if (hits->list[i].word->group == GROUP_GUARD)
			hear(verdict, &hits->list[i], hit, span);
	for (size_t i = at + 1;
	     i < hits->count && hits->list[i].end <= span->sentence_end; i++)
		if (hits->list[i].word->group == GROUP_GUARD)
			hear(verdict, &hits->list[i], hit, span);
}

bool
guard_stands(const struct word_hits *hits, size_t at, bool past_counts)
{
	struct span_of span = span_of(hits->text, &hits->list[at]);
	struct verdict verdict = { 0 };
	const bool *stands = verdict.stands;
	bool goes_on;

	hear_all(&verdict, hits, at, &span);
	goes_on = stands[GUARD_NOW] || stands[GUARD_STILL];
	if (stands[GUARD_HARMLESS] || stands[GUARD_NEGATION] ||
	    stands[GUARD_HYPOTHETICAL])
		return true;
	if (past_counts)
		return false;
	return stands[GUARD_PROCEDURE] ||
	       (stands[GUARD_OVER] && !stands[GUARD_STILL]) ||
	       ((stands[GUARD_PAST] || stands[GUARD_THANKS]) && !goes_on);
}
