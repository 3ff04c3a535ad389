/*
 * Finding every word of the lists in one pass: the time does not grow with
 * the number of words.
 */
#include "core/classify_scan.h"
#include "core/unicode.h"
#include "lib/cleanup.h"

#include <stdlib.h>
#include <string.h>

enum { HINTS_MAX = 256 };

bool
classifier_is_stop(const char *text, size_t at)
{
	char c = text[at];

	if (c == '.') /* not that of 1.5 or example.com */
		return text[at + 1] == ' ' || text[at + 1] == '\n' ||
		       text[at + 1] == '\0';
	if (c == '!' || c == '?' || c == ';' || c == '\n')
		return true;
	return strncmp(text + at, "。", 3) == 0;
}

/* A hint counts once, wherever it stands. */
static void
put_hint(struct scan *scan, const struct keyword *hint)
{
	struct word_hits *out = scan->out;
	uint8_t bit = (uint8_t)(1U << hint->index % 8);

	if (scan->hinted == NULL) {
		scan->hinted =
		    arena_alloc(scan->arena, scan->it->keyword_count / 8 + 1);
		out->hints = arena_array(
		    scan->arena, HINTS_MAX, sizeof(struct keyword *));
	}
	if ((scan->hinted[hint->index / 8] & bit) != 0 ||
	    out->hint_count == HINTS_MAX)
		return;
	scan->hinted[hint->index / 8] |= bit;
	out->hints[out->hint_count++] = hint;
}

static bool
is_whole(
    const char *text, const struct piece_use *use, size_t start, size_t end)
{
	return !(use->whole_left && start > 0 &&
		   is_word_byte(text[start - 1])) &&
	       !(use->whole_right && is_word_byte(text[end]));
}

static void
emit(struct scan *scan, uint32_t node, uint32_t end)
{
	const struct classifier *it = scan->it;

	if (it->nodes[node].uses == 0)
		node = it->nodes[node].shorter;
	for (; node != 0; node = it->nodes[node].shorter) {
		for (uint32_t u = it->nodes[node].uses; u != 0;
		     u = it->uses[u].next) {
			const struct piece_use *use = &it->uses[u];
			const struct keyword *word = it->keywords[use->keyword];
			uint32_t start = end - use->len;

			if (!is_whole(scan->text, use, start, end))
				continue;
			if (word->group == GROUP_CONCEPT)
				scan_join(scan, word->subject, start, end);
			else if (word->group == GROUP_HINT)
				put_hint(scan, word);
			else
				scan_put(scan, &(struct word_hit){
						   word, start, end, start });
		}
	}
}

/* Another hit of the same group contains this one and says it all.  But cues
 * of danger add up, and 冇人困 is harmless because of its 冇人. */
static bool
is_longer(const struct word_hit *other, const struct word_hit *hit)
{
	enum word_group group = hit->word->group;

	return other->word->group == group && group != GROUP_EMERGENCY &&
	       (group != GROUP_GUARD ||
		   other->word->subject != GUARD_HARMLESS) &&
	       other->word->pieces == 1 && other->start <= hit->start &&
	       other->end >= hit->end &&
	       other->end - other->start > hit->end - hit->start;
}

/* Hits come by their end, so those that contain this one stand around it. */
static bool
is_covered(const struct word_hits *hits, size_t at, uint32_t longest)
{
	enum { LOOK_AHEAD = 48 };
	const struct word_hit *hit = &hits->list[at];

	for (size_t i = at;
	     i-- > 0 && at - i <= LOOK_AHEAD && hits->list[i].end == hit->end;)
		if (is_longer(&hits->list[i], hit))
			return true;
	for (size_t i = at + 1; i < hits->count && i - at < LOOK_AHEAD &&
				hits->list[i].end <= hit->start + longest;
	     i++)
		if (is_longer(&hits->list[i], hit))
			return true;
	return false;
}

static void
drop_covered(struct word_hits *hits, uint32_t longest, struct arena *arena)
{
	struct word_hit *kept =
	    arena_array(arena, hits->count + 1, sizeof(*kept));
	size_t count = 0;

	for (size_t i = 0; i < hits->count; i++)
		if (!is_covered(hits, i, longest))
			kept[count++] = hits->list[i];
	hits->list = kept;
	hits->count = count;
}

void
classifier_scan(const struct classifier *it, const char *text,
    struct arena *arena, struct word_hits *ret)
{
	struct scan scan = {
		.it = it,
		.text = text,
		.arena = arena,
		.out = ret,
	};
	const char *at = text;
	uint32_t node = 0;

	*ret = (struct word_hits){ .text = text };
	while (it->sealed && *at != '\0') {
		uint32_t start = (uint32_t)(at - text);
		uint32_t c = unicode_next(&at);

		node = classifier_next_node(it, node, c);
		ret->characters++;
		emit(&scan, node, (uint32_t)(at - text));
		if ((c < 0x80 || c == 0x3002) &&
		    classifier_is_stop(text, start))
			scan.last_stop = start + 1;
	}
	drop_covered(ret, it->longest, arena);
}

/* The first word of the group that ends in a node. */
static const struct keyword *
word_of(const struct classifier *it, uint32_t node, enum word_group group,
    const char *text, uint32_t end)
{
	for (uint32_t u = it->nodes[node].uses; u != 0; u = it->uses[u].next) {
		const struct keyword *word = it->keywords[it->uses[u].keyword];

		if (word->group == group &&
		    is_whole(text, &it->uses[u], 0, end))
			return word;
	}
	return NULL;
}

const struct keyword *
classifier_first(const struct classifier *it, enum word_group group,
    const char *text, uint32_t *end)
{
	const struct keyword *longest = NULL;
	const char *at = text;
	uint32_t node = 0;

	while (it->sealed && *at != '\0' &&
	       (node = trie_step(&it->trie, node, unicode_next(&at))) != 0) {
		uint32_t here = (uint32_t)(at - text);
		const struct keyword *word =
		    word_of(it, node, group, text, here);

		if (word == NULL)
			continue;
		longest = word;
		*end = here;
	}
	return longest;
}
