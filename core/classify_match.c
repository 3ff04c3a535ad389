/*
 * Finding every word of the lists in one pass (Aho and Corasick 1975): the
 * time does not grow with the number of words.
 */
#include "core/classify_scan.h"
#include "core/limits.h"
#include "core/unicode.h"
#include "lib/cleanup.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 1024, HINTS_MAX = 256 };

/* -- learning ---------------------------------------------------------------
 */

void
classifier_make_room(void **list, uint32_t count, uint32_t *room, size_t size)
{
	if (count < *room)
		return;
	*room = *room == 0 ? FIRST_ROOM : *room * 2;
	*list = reallocarray(*list, *room, size);
	if (*list == NULL)
		abort();
}

/* The nodes keep up with the trie. */
static void
room_for_nodes(struct classifier *it)
{
	uint32_t before = it->node_room;
	void *list = it->nodes;

	while (it->node_room < it->trie.room)
		classifier_make_room(
		    &list, it->node_room, &it->node_room, sizeof(*it->nodes));
	it->nodes = list;
	if (it->node_room > before)
		memset(it->nodes + before, 0,
		    (it->node_room - before) * sizeof(*it->nodes));
}

static bool
is_word_byte(char c)
{
	return isalnum((unsigned char)c) != 0;
}

void
classifier_put_word(
    struct classifier *it, const char *text, size_t len, uint32_t keyword)
{
	bool is_open = len > 1 && text[len - 1] == '*';
	const char *at = text;
	uint32_t node = 0;
	void *list = it->uses;

	len -= is_open;
	while (at < text + len)
		node = trie_add(&it->trie, node, unicode_next(&at));
	room_for_nodes(it);
	if (len > it->longest)
		it->longest = (uint32_t)len;
	if (it->use_count == 0)
		it->use_count = 1;
	classifier_make_room(
	    &list, it->use_count, &it->use_room, sizeof(*it->uses));
	it->uses = list;
	it->uses[it->use_count] = (struct piece_use){
		.next = it->nodes[node].uses,
		.keyword = keyword,
		.len = (uint16_t)len,
		.whole_left = is_word_byte(text[0]),
		.whole_right = !is_open && is_word_byte(text[len - 1]),
	};
	it->nodes[node].uses = it->use_count++;
}

uint32_t
classifier_put_keyword(struct classifier *it, const struct keyword *model)
{
	struct keyword *keyword = arena_alloc(&it->arena, sizeof(*keyword));
	void *list = it->keywords;

	classifier_make_room(&list, it->keyword_count, &it->keyword_room,
	    sizeof(struct keyword *));
	it->keywords = list;
	*keyword = *model;
	keyword->index = it->keyword_count;
	keyword->pieces = 1;
	keyword->text = arena_strdup(&it->arena, model->text);
	it->keywords[it->keyword_count++] = keyword;
	return keyword->index;
}

/* -- linking ----------------------------------------------------------------
 */

/* The nodes, shorter words first: a fail node is linked before those that
 * lead to it. */
static uint32_t *
by_depth(struct classifier *it)
{
	uint32_t count = it->trie.count;
	uint32_t *depth = arena_array(&it->arena, count, sizeof(*depth));
	uint32_t *ends =
	    arena_array(&it->arena, it->longest + 2, sizeof(*ends));
	uint32_t *sorted = arena_array(&it->arena, count, sizeof(*sorted));

	for (uint32_t i = 1; i < count; i++) {
		depth[i] = depth[it->trie.nodes[i].parent] + 1;
		ends[depth[i] + 1]++;
	}
	for (uint32_t i = 1; i < it->longest + 2; i++)
		ends[i] += ends[i - 1];
	for (uint32_t i = 1; i < count; i++)
		sorted[ends[depth[i]]++] = i;
	return sorted;
}

/* Where `c' leads from `node' or the nearest node on its fail path. */
static uint32_t
next_node(const struct classifier *it, uint32_t node, uint32_t c)
{
	uint32_t to = trie_step(&it->trie, node, c);

	while (to == 0 && node != 0) {
		node = it->nodes[node].fail;
		to = trie_step(&it->trie, node, c);
	}
	return to;
}

void
classifier_link(struct classifier *it)
{
	const uint32_t *sorted = by_depth(it);

	room_for_nodes(it);
	for (uint32_t i = 0; i + 1 < it->trie.count; i++) {
		const struct trie_node *place = &it->trie.nodes[sorted[i]];
		struct node *node = &it->nodes[sorted[i]];

		if (place->parent != 0)
			node->fail = next_node(
			    it, it->nodes[place->parent].fail, place->c);
		node->shorter = it->nodes[node->fail].uses != 0
				    ? node->fail
				    : it->nodes[node->fail].shorter;
	}
	it->sealed = true;
}

/* -- matching ---------------------------------------------------------------
 */

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

void
scan_put(struct scan *scan, const struct word_hit *hit)
{
	struct word_hits *out = scan->out;

	if (out->count == LIMIT_WORD_HITS)
		return;
	if (out->count == scan->room) {
		struct word_hit *more;

		scan->room = scan->room == 0 ? 16 : scan->room * 2;
		more = arena_array(scan->arena, scan->room, sizeof(*more));
		if (out->count > 0)
			memcpy(more, out->list, out->count * sizeof(*more));
		out->list = more;
	}
	out->list[out->count++] = *hit;
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

		node = next_node(it, node, c);
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
