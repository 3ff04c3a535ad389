#include "reader/own_text.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/text.h"
#include "reader/attribution.h"
#include "reader/cut.h"
#include "reader/forward.h"
#include "reader/header_block.h"
#include "reader/markers.h"
#include "reader/tail.h"

/* Long links stand in lines of their own in some programs' quotes. */
static bool
is_link(const char *words)
{
	size_t len;

	words += strspn(words, "(<[");
	if (!text_starts_nocase(words, "http://") &&
	    !text_starts_nocase(words, "https://"))
		return false;
	len = strcspn(words, " ");
	return words[len + strspn(words + len, " >")] == '\0';
}

/* Where the quoted lines that start at `at' end, blank ones included. */
static size_t
quote_end(const struct lines *lines, size_t at)
{
	size_t count = lines->count;

	while (at < count) {
		const struct line *line = &lines->list[at];
		bool is_inside =
		    line->blank || line_is_quoted(line) ||
		    (at + 1 < count && line_is_quoted(&lines->list[at + 1]) &&
			is_link(line->words));

		if (!is_inside)
			break;
		at++;
	}
	return at;
}

/* Answers below a quote or between quotes: their attributions are not the
 * writer's, what HTML calls a quote ends where it says so, and nothing below
 * another marker is the writer's. */
static void
cut_between(
    struct lines *lines, size_t from, const char *writer, struct arena *arena)
{
	struct cut cut = cut_find(lines, from, arena);

	while (cut.kind == CUT_ATTRIBUTION || cut.kind == CUT_CONTAINER) {
		size_t next = cut.kind == CUT_CONTAINER
				  ? quote_end(lines, cut.at)
				  : cut.next;

		lines_set_fate(lines, cut.at, next,
		    cut.kind == CUT_CONTAINER ? LINE_QUOTE : LINE_ATTRIBUTION);
		cut = cut_find(lines, next, arena);
	}
	lines_set_fate(lines, cut.at, lines->count, LINE_QUOTE);
	tail_cut(lines, from, cut.at, writer);
}

/* Behind an attribution: answers below its quote are the writer's. */
static void
cut_below(struct lines *lines, const struct cut *cut, const char *writer,
    struct arena *arena)
{
	size_t from = lines_skip_blank(lines, cut->next);

	lines_set_fate(lines, cut->at, cut->next, LINE_ATTRIBUTION);
	if (from < lines->count && !line_is_quoted(&lines->list[from])) {
		lines_set_fate(lines, from, lines->count, LINE_QUOTE);
		return;
	}
	from = quote_end(lines, from);
	lines_set_fate(lines, cut->next, from, LINE_QUOTE);
	if (from < lines->count)
		cut_between(lines, from, writer, arena);
}

/* Words and quotes take turns from `at' on: somebody answers point by point,
 * though the first lines bear no mark. */
static bool
takes_turns(const struct lines *lines, size_t at)
{
	bool has_quote = false;

	at = lines_skip_blank(lines, at);
	if (at == lines->count || line_is_quoted(&lines->list[at]))
		return false;
	for (; at < lines->count; at++) {
		if (lines->list[at].blank)
			continue;
		if (line_is_quoted(&lines->list[at]))
			has_quote = true;
		else if (has_quote)
			return true;
	}
	return false;
}

/* "desk+token@x" is "desk@x". */
static bool
is_same_box(const char *a, const char *b)
{
	const char *domain_a = strchr(a, '@'), *domain_b = strchr(b, '@');
	size_t len_a = strcspn(a, "+@"), len_b = strcspn(b, "+@");

	return domain_a != NULL && domain_b != NULL && len_a == len_b &&
	       text_eq_nocase(domain_a, domain_b) &&
	       strncasecmp(a, b, len_a) == 0;
}

/* An answer goes to whom it quotes; a mail that brings somebody else's words
 * passes them on. */
static bool
quotes_stranger(const struct own_text_of *of, const struct forward *forward)
{
	if (forward->from == NULL || of->to_count == 0 ||
	    (of->from != NULL && is_same_box(of->from, forward->from)))
		return false;
	for (size_t i = 0; i < of->to_count; i++)
		if (is_same_box(of->to[i].addr, forward->from))
			return false;
	return true;
}

/* Is what follows the cut content, or only what is being answered? */
static bool
cut_is_forward(enum cut_kind kind, bool has_own, const struct own_text_of *of,
    const struct forward *forward)
{
	bool says_forward =
	    of->subject != NULL && marker_is_forward_subject(of->subject);

	switch (kind) {
	case CUT_FORWARD: return true;
	case CUT_ORIGINAL:
	case CUT_BLOCK:
		return says_forward ||
		       (!has_own &&
			   (!of->is_answer || quotes_stranger(of, forward)));
	case CUT_ATTRIBUTION:
	case CUT_CONTAINER: return says_forward && !has_own;
	case CUT_NONE: break;
	}
	return false;
}

/* The lines of a marker and of the headers below it, and what they head. */
static void
set_quoted(struct lines *lines, const struct cut *cut, struct arena *arena)
{
	struct header_block block;

	lines_set_fate(lines, cut->at, cut->next, LINE_MARKER);
	header_block_read(lines, cut->next, NULL, arena, &block);
	lines_set_fate(lines, cut->next, block.end, LINE_HEADERS);
	lines_set_fate(lines, block.end, lines->count, LINE_QUOTE);
}

static void
read_cut(const struct cut *cut, const struct own_text_of *of,
    struct arena *arena, struct own_text *ret)
{
	struct lines *lines = &ret->lines;
	bool has_own;

	if (cut->kind == CUT_ATTRIBUTION && takes_turns(lines, cut->next) &&
	    !lines_have_words(lines, 0, cut->at)) {
		lines_set_fate(lines, 0, cut->next, LINE_ATTRIBUTION);
		cut_between(lines, cut->next, of->from, arena);
		ret->own = lines_join_own(lines, arena);
		return;
	}
	tail_cut(lines, 0, cut->at, of->from);
	if (cut->kind == CUT_ATTRIBUTION || cut->kind == CUT_CONTAINER)
		cut_below(lines, cut, of->from, arena);
	else
		set_quoted(lines, cut, arena);
	ret->own = lines_join_own(lines, arena);
	if (cut->kind == CUT_NONE)
		return;
	has_own = *ret->own != '\0';
	forward_read(
	    lines, cut->at, cut->next, cut->rest, arena, &ret->forward);
	ret->forward.is_forward =
	    cut_is_forward(cut->kind, has_own, of, &ret->forward);
}

static void
mark_forward(struct lines *lines, const struct cut *cut)
{
	for (size_t i = cut->at; i < lines->count; i++)
		if (lines->list[i].fate != LINE_OWN)
			lines->list[i].fate = LINE_FORWARDED;
}

void
own_text_split(const char *text, const struct own_text_of *of,
    struct arena *arena, struct own_text *ret)
{
	struct lines *lines = &ret->lines;
	struct cut cut;

	*ret = (struct own_text){ 0 };
	lines_split(text, arena, lines);
	cut = cut_find(lines, 0, arena);
	read_cut(&cut, of, arena, ret);
	if (ret->forward.is_forward) {
		mark_forward(lines, &cut);
		ret->forward.whole =
		    lines_join(lines, cut.at, lines->count, false, arena);
	}
	/* Nothing of their own: keep all, each line marked as quoted.  Who
	 * answers nobody tells what somebody wrote. */
	if (*ret->own == '\0' &&
	    (text_is_empty(ret->forward.body) ||
		(cut.kind == CUT_ATTRIBUTION && !of->is_answer &&
		    !ret->forward.is_forward))) {
		ret->own = lines_join(lines, 0, lines->count, false, arena);
		for (size_t i = 0; i < lines->count; i++)
			lines->list[i].fate = LINE_OWN;
	}
}
