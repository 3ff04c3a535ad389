#include "reader/own_text.h"

#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "reader/forward.h"
#include "reader/header_block.h"
#include "reader/html.h"
#include "reader/lines.h"
#include "reader/markers.h"

/* Lines that one attribution may be wrapped over, blank ones included. */
#define ATTRIBUTION_LINES 7
/* A signature longer than this is text after a "--". */
#define SIGNATURE_LINES 15

enum cut_kind {
	CUT_NONE,
	CUT_FORWARD, /* a forward marker */
	CUT_ORIGINAL, /* "-----Original Message-----" */
	CUT_BLOCK, /* a header block */
	CUT_ATTRIBUTION,
	CUT_CONTAINER, /* HTML that says it is a quote */
};

struct cut {
	enum cut_kind kind;
	size_t at; /* first line that is not the writer's */
	size_t next; /* first line behind the marker */
	const char *rest; /* CUT_FORWARD: words behind the marker */
};

/* An attribution that starts at line `at': the line behind it, or 0. */
static size_t
attribution_end(const struct lines *lines, size_t at, struct arena *arena)
{
	const char *joined = lines->list[at].words;

	if (marker_is_attribution(joined))
		return at + 1;
	if (!marker_starts_attribution(joined))
		return 0;
	for (size_t i = at + 1;
	     i < lines->count && i < at + ATTRIBUTION_LINES; i++) {
		const char *words = lines->list[i].words;

		/* A better start further down: this line is text. */
		if (marker_starts_attribution(words) &&
		    marker_is_attribution(words))
			return 0;
		if (*words == '\0')
			continue;
		joined = arena_printf(arena, "%s %s", joined, words);
		if (marker_is_attribution(joined))
			return i + 1;
	}
	return 0;
}

static size_t
skip_blank(const struct lines *lines, size_t at)
{
	while (at < lines->count && lines->list[at].blank)
		at++;
	return at;
}

static bool
find_block(const struct lines *lines, size_t at, struct arena *arena)
{
	struct header_block block;

	return at < lines->count && header_block_at(lines, at, arena, &block);
}

static enum cut_kind
cut_here(const struct lines *lines, size_t at, struct arena *arena,
    struct cut *ret)
{
	const struct line *line = &lines->list[at];

	ret->next = at + 1;
	ret->rest = marker_forward(line->words);
	if (ret->rest != NULL)
		return CUT_FORWARD;
	if (marker_is_original(line->words))
		return CUT_ORIGINAL;
	if (find_block(lines, at, arena)) {
		ret->next = at;
		return CUT_BLOCK;
	}
	if (marker_is_rule(line->words)) {
		ret->next = skip_blank(lines, at + 1);
		return find_block(lines, ret->next, arena) ? CUT_BLOCK
							   : CUT_NONE;
	}
	ret->next = attribution_end(lines, at, arena);
	if (ret->next > 0)
		return CUT_ATTRIBUTION;
	return CUT_NONE;
}

static struct cut
find_cut(const struct lines *lines, struct arena *arena)
{
	struct cut cut = { 0 };

	for (size_t i = 0; i < lines->count; i++) {
		const struct line *line = &lines->list[i];

		if (line->blank)
			continue;
		cut.at = i;
		/* Deep in quotes, markers are those of older mails. */
		if (line->quotes <= 1)
			cut.kind = cut_here(lines, i, arena, &cut);
		if (cut.kind != CUT_NONE)
			return cut;
		if (line->mark == HTML_MARK_REPLY) {
			cut.kind = CUT_CONTAINER;
			cut.next = i;
			return cut;
		}
	}
	cut.at = lines->count;
	return cut;
}

static bool
is_quoted(const struct line *line)
{
	return line->quotes > 0 || line->mark != 0;
}

/* Has [from, to) a word that is not quoted? */
static bool
has_words(const struct lines *lines, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!lines->list[i].blank && !is_quoted(&lines->list[i]))
			return true;
	return false;
}

/* Where the quoted lines that start at `at' end, blank ones included. */
static size_t
quote_end(const struct lines *lines, size_t at)
{
	while (at < lines->count &&
	    (lines->list[at].blank || is_quoted(&lines->list[at])))
		at++;
	return at;
}

/* A signature or a footer of a mobile program in [from, to): where it
 * starts. */
static size_t
signature_start(const struct lines *lines, size_t from, size_t to)
{
	size_t words = 0;

	for (size_t i = to; i-- > from;) {
		const char *line = lines->list[i].words;

		words += !lines->list[i].blank;
		if (words > SIGNATURE_LINES + 1)
			break;
		if (text_eq(line, "--") || text_eq(line, "—"))
			return i;
	}
	return to;
}

/* From the first footer line of the end on: footers, blank lines, and what a
 * mail program hung behind them. */
static size_t
footer_start(const struct lines *lines, size_t from, size_t to)
{
	size_t start = to;

	for (size_t i = to; i-- > from;) {
		const struct line *line = &lines->list[i];

		if (line->blank)
			continue;
		if (!marker_is_footer(line->words))
			break;
		start = i;
	}
	return start;
}

static const char *
own_range(const struct lines *lines, size_t from, size_t to,
    struct arena *arena)
{
	size_t end = to;

	/* Quoted lines at the end belong to nothing that is said below. */
	while (end > from &&
	    (lines->list[end - 1].blank || is_quoted(&lines->list[end - 1])))
		end--;
	if (end > from && has_words(lines, from, end))
		to = end;
	to = signature_start(lines, from, to);
	to = footer_start(lines, from, to);
	return lines_join(lines, from, to, false, arena);
}

/* Words below a quote that somebody answered under. */
static const char *
below_quote(const struct lines *lines, const struct cut *cut,
    struct arena *arena)
{
	size_t from = skip_blank(lines, cut->next);

	if (from < lines->count && !is_quoted(&lines->list[from]))
		return "";
	from = quote_end(lines, from);
	return from < lines->count ? own_range(lines, from, lines->count, arena)
				   : "";
}

static const char *
join_texts(const char *above, const char *below, struct arena *arena)
{
	if (*above == '\0' || *below == '\0')
		return *above == '\0' ? below : above;
	return arena_printf(arena, "%s\n\n%s", above, below);
}

/* Is what follows the cut content, or only what is being answered? */
static bool
cut_is_forward(const struct cut *cut, bool has_own, const char *subject,
    bool is_answer)
{
	bool says_forward =
	    subject != NULL && marker_is_forward_subject(subject);

	switch (cut->kind) {
	case CUT_FORWARD: return true;
	case CUT_ORIGINAL:
	case CUT_BLOCK: return says_forward || (!has_own && !is_answer);
	case CUT_ATTRIBUTION:
	case CUT_CONTAINER: return says_forward && !has_own;
	case CUT_NONE: break;
	}
	return false;
}

void
own_text_split(const char *text, const char *subject, bool is_answer,
    struct arena *arena, struct own_text *ret)
{
	struct lines lines;
	struct cut cut;
	const char *above, *below = "";

	*ret = (struct own_text){ 0 };
	lines_split(text, arena, &lines);
	cut = find_cut(&lines, arena);
	above = own_range(&lines, 0, cut.at, arena);
	if (cut.kind == CUT_ATTRIBUTION || cut.kind == CUT_CONTAINER)
		below = below_quote(&lines, &cut, arena);
	ret->own = join_texts(above, below, arena);
	if (cut.kind != CUT_NONE) {
		forward_read(&lines, cut.at, cut.next, cut.rest, arena,
		    &ret->forward);
		ret->forward.is_forward = cut_is_forward(
		    &cut, *ret->own != '\0', subject, is_answer);
	}
	/* Nothing of their own: keep all, each line marked as quoted. */
	if (*ret->own == '\0' && text_is_empty(ret->forward.body))
		ret->own = lines_join(&lines, 0, lines.count, false, arena);
}
