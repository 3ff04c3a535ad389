/*
 * The words of the lists as one automaton (Aho and Corasick 1975).
 */
#include "core/classify_scan.h"
#include "core/unicode.h"
#include "lib/cleanup.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 1024 };

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

uint32_t
classifier_next_node(const struct classifier *it, uint32_t node, uint32_t c)
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
			node->fail = classifier_next_node(
			    it, it->nodes[place->parent].fail, place->c);
		node->shorter = it->nodes[node->fail].uses != 0
				    ? node->fail
				    : it->nodes[node->fail].shorter;
	}
	it->sealed = true;
}
