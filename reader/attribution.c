#include "reader/attribution.h"

#include <ctype.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"
#include "reader/html.h"
#include "reader/markers.h"

/* Lines that one attribution may be wrapped over, blank ones included. */
#define ATTRIBUTION_LINES 7
/* Words of the writer are not looked for further from a line's end. */
#define INSIDE_BYTES 400

/* A person who cites what somebody wrote introduces it with less than a date
 * and an address; a quote below then tells that a program did. */
static bool
is_followed_by_quote(const struct lines *lines, size_t at)
{
	while (at < lines->count && lines->list[at].words[0] == '\0' &&
	       lines->list[at].quotes == 0)
		at++;
	return at < lines->count &&
	       (lines->list[at].quotes > 0 ||
		   lines->list[at].mark == HTML_MARK_REPLY);
}

/* A program leaves blank lines around it. */
static bool
stands_alone(const struct lines *lines, size_t at, size_t next)
{
	return at > 0 && lines->list[at - 1].blank && next < lines->count &&
	       lines->list[next].blank &&
	       marker_opens_with_date(lines->list[at].words);
}

static size_t
end_if_attribution(
    const struct lines *lines, size_t at, size_t next, const char *words)
{
	switch (marker_attribution(words)) {
	case ATTRIBUTION_SURE: return next;
	case ATTRIBUTION_LIKELY:
		if (lines->list[at].quotes > 0 ||
		    stands_alone(lines, at, next) ||
		    is_followed_by_quote(lines, next))
			return next;
		break;
	case ATTRIBUTION_NONE: break;
	}
	return 0;
}

/* Of the lines below, the one that ends what starts at `at'. */
static size_t
wrapped_end(const struct lines *lines, size_t at, struct arena *arena)
{
	const char *joined = lines->list[at].words;

	for (size_t i = at + 1; i < lines->count && i < at + ATTRIBUTION_LINES;
	     i++) {
		const char *words = lines->list[i].words;
		size_t end;

		/* A better start further down: this line is text. */
		if (marker_has_date(words) &&
		    marker_starts_attribution(words) &&
		    marker_attribution(words) != ATTRIBUTION_NONE)
			return 0;
		if (*words == '\0')
			continue;
		joined = arena_printf(arena, "%s %s", joined, words);
		end = end_if_attribution(lines, at, i + 1, joined);
		if (end > 0)
			return end;
	}
	return 0;
}

/* "pe 20. lokakuuta 2026 klo 10.05 Ann": a date and a name in whatever
 * language, and the address in the next line. */
static size_t
two_line_end(const struct lines *lines, size_t at)
{
	const char *words = lines->list[at].words;
	const struct line *next = &lines->list[at + 1];

	if (at + 1 == lines->count || *next->words != '<' ||
	    strlen(words) > 120 || !marker_has_date(words) ||
	    marker_has_date(next->words))
		return 0;
	return marker_attribution(next->words) == ATTRIBUTION_SURE ? at + 2 : 0;
}

size_t
attribution_end(const struct lines *lines, size_t at, struct arena *arena)
{
	const char *words = lines->list[at].words;
	size_t end;

	if (*words == '\0')
		return 0;
	if (lines->list[at].quotes == 3)
		return marker_is_groupwise(lines->list[at].text) ? at + 1 : 0;
	end = end_if_attribution(lines, at, at + 1, words);
	if (end == 0)
		end = two_line_end(lines, at);
	if (end > 0 || !marker_starts_attribution(words))
		return end;
	return wrapped_end(lines, at, arena);
}

/* Does the text in front of `at' end a sentence, or is it a row of dashes? */
static bool
ends_sentence(const char *start, const char *at)
{
	static const char *const ends[] = { "--", ".", "!", "?", "。", "！",
		"？", "—", "…", ")" };

	while (at > start && at[-1] == ' ')
		at--;
	for (size_t i = 0; i < ARRAY_COUNT(ends); i++) {
		size_t len = strlen(ends[i]);

		if ((size_t)(at - start) > len &&
		    memcmp(at - len, ends[i], len) == 0)
			return true;
	}
	return false;
}

static bool
has_date_before(const char *start, const char *at)
{
	char before[INSIDE_BYTES + 1];
	size_t len = (size_t)(at - start);

	if (len > INSIDE_BYTES) {
		start = at - INSIDE_BYTES;
		len = INSIDE_BYTES;
	}
	memcpy(before, start, len);
	before[len] = '\0';
	return marker_has_date(before);
}

size_t
attribution_inside(const char *words)
{
	size_t len = strlen(words);
	const char *at = words + 1;

	if (len < 16 || !marker_ends_attribution(words, len) ||
	    marker_opens_with_date(words))
		return 0;
	if (len > INSIDE_BYTES)
		at = words + len - INSIDE_BYTES;
	for (; *at != '\0'; at++) {
		if (((unsigned char)*at & 0xC0) == 0x80 || *at == ' ' ||
		    isdigit((unsigned char)*at) || !ends_sentence(words, at) ||
		    !marker_opens_with_date(at))
			continue;
		/* "20 нояб. 2026 г. в 10:05": the date goes on. */
		if (has_date_before(words, at))
			return 0;
		if (marker_attribution(at) == ATTRIBUTION_SURE)
			return (size_t)(at - words);
	}
	return 0;
}
