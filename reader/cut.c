#include "reader/cut.h"

#include "reader/attribution.h"
#include "reader/header_block.h"
#include "reader/html.h"
#include "reader/markers.h"

static bool
is_block(const struct lines *lines, size_t at, struct arena *arena)
{
	struct header_block block;

	return at < lines->count && header_block_at(lines, at, arena, &block);
}

static enum cut_kind
cut_here(
    const struct lines *lines, size_t at, struct arena *arena, struct cut *ret)
{
	const struct line *line = &lines->list[at];

	if (line->quotes == 3) {
		ret->next = attribution_end(lines, at, arena);
		return ret->next > 0 ? CUT_ATTRIBUTION : CUT_NONE;
	}
	ret->next = at + 1;
	ret->rest = marker_forward(line->words);
	if (ret->rest != NULL)
		return CUT_FORWARD;
	if (marker_is_original(line->words))
		return CUT_ORIGINAL;
	if (is_block(lines, at, arena)) {
		ret->next = at;
		return CUT_BLOCK;
	}
	if (marker_is_rule(line->words)) {
		ret->next = lines_skip_blank(lines, at + 1);
		return is_block(lines, ret->next, arena) ? CUT_BLOCK : CUT_NONE;
	}
	ret->next = attribution_end(lines, at, arena);
	return ret->next > 0 ? CUT_ATTRIBUTION : CUT_NONE;
}

struct cut
cut_find(struct lines *lines, size_t from, struct arena *arena)
{
	struct cut cut = { 0 };

	for (size_t i = from; i < lines->count; i++) {
		struct line *line = &lines->list[i];
		size_t inside;

		if (line->blank)
			continue;
		cut.at = i;
		/* Deep in quotes, markers are those of older mails. */
		if (line->quotes <= 1 || line->quotes == 3) {
			inside = line->quotes > 0 || line->mark != 0
				     ? 0
				     : attribution_inside(line->words);
			if (inside > 0)
				lines_break(lines, i, inside, arena);
			else
				cut.kind = cut_here(lines, i, arena, &cut);
		}
		if (cut.kind != CUT_NONE)
			return cut;
		if (line->mark == HTML_MARK_REPLY) {
			cut.kind = CUT_CONTAINER;
			cut.next = i;
			return cut;
		}
	}
	cut.at = cut.next = lines->count;
	return cut;
}
