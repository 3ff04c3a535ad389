/*
 * Finding every word of the lists in one pass (Aho and Corasick 1975): the
 * time does not grow with the number of words.
 */
#include "core/classify_scan.h"
#include "core/limits.h"
#include "lib/cleanup.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 1024 };

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

static uint32_t
new_node(struct classifier *it)
{
	void *list = it->nodes;

	classifier_make_room(
	    &list, it->node_count, &it->node_room, sizeof(*it->nodes));
	it->nodes = list;
	it->nodes[it->node_count] = (struct node){ 0 };
	return it->node_count++;
}

static uint32_t
step_of(const struct classifier *it, uint32_t node, uint8_t byte)
{
	if (node == 0)
		return it->root[byte];
	for (uint32_t e = it->nodes[node].edges; e != 0; e = it->edges[e].next)
		if (it->edges[e].byte == byte)
			return it->edges[e].node;
	return 0;
}

static uint32_t
make_step(struct classifier *it, uint32_t node, uint8_t byte)
{
	uint32_t to = step_of(it, node, byte);
	void *list = it->edges;

	if (to != 0)
		return to;
	to = new_node(it);
	if (it->edge_count == 0)
		it->edge_count = 1; /* 0 means none */
	classifier_make_room(
	    &list, it->edge_count, &it->edge_room, sizeof(*it->edges));
	it->edges = list;
	it->edges[it->edge_count] = (struct edge){
		.next = it->nodes[node].edges,
		.node = to,
		.byte = byte,
	};
	it->nodes[node].edges = it->edge_count++;
	if (node == 0)
		it->root[byte] = to;
	return to;
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
	uint32_t node = 0;
	void *list = it->uses;

	len -= is_open;
	for (size_t i = 0; i < len; i++)
		node = make_step(it, node, (uint8_t)text[i]);
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

static void
link_child(struct classifier *it, uint32_t parent, const struct edge *edge)
{
	struct node *child = &it->nodes[edge->node];
	uint32_t fail = it->nodes[parent].fail;

	if (parent != 0) {
		uint32_t to = step_of(it, fail, edge->byte);

		while (to == 0 && fail != 0) {
			fail = it->nodes[fail].fail;
			to = step_of(it, fail, edge->byte);
		}
		child->fail = to;
	}
	child->shorter = it->nodes[child->fail].uses != 0
			     ? child->fail
			     : it->nodes[child->fail].shorter;
}

/* Breadth first, so that a node's fail node is linked before it. */
void
classifier_link(struct classifier *it)
{
	uint32_t *queue, head = 0, tail = 0;

	if (it->node_count == 0)
		(void)new_node(it);
	queue = arena_array(&it->arena, it->node_count, sizeof(*queue));
	queue[tail++] = 0;
	while (head < tail) {
		uint32_t node = queue[head++];

		for (uint32_t e = it->nodes[node].edges; e != 0;
		     e = it->edges[e].next) {
			link_child(it, node, &it->edges[e]);
			queue[tail++] = it->edges[e].node;
		}
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

		scan->room = scan->room == 0 ? 64 : scan->room * 2;
		more = arena_array(scan->arena, scan->room, sizeof(*more));
		if (out->count > 0)
			memcpy(more, out->list, out->count * sizeof(*more));
		out->list = more;
	}
	out->list[out->count++] = *hit;
}

static bool
is_whole(const struct scan *scan, const struct piece_use *use, size_t start,
    size_t end)
{
	return !(use->whole_left && start > 0 &&
		   is_word_byte(scan->text[start - 1])) &&
	       !(use->whole_right && is_word_byte(scan->text[end]));
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

			if (!is_whole(scan, use, start, end))
				continue;
			if (word->group == GROUP_CONCEPT)
				scan_join(scan, word->subject, start, end);
			else
				scan_put(scan, &(struct word_hit){
						   word, start, end, start });
		}
	}
}

/* A later hit that contains this one; hits come by their end. */
static bool
is_covered(const struct word_hits *hits, size_t at)
{
	enum { LOOK_AHEAD = 48 };
	const struct word_hit *hit = &hits->list[at];
	size_t last =
	    at + LOOK_AHEAD < hits->count ? at + LOOK_AHEAD : hits->count;

	for (size_t i = at > LOOK_AHEAD ? at - LOOK_AHEAD : 0; i < last; i++) {
		const struct word_hit *other = &hits->list[i];

		if (other->word->group == hit->word->group &&
		    other->word->pieces == 1 && other->start <= hit->start &&
		    other->end >= hit->end &&
		    other->end - other->start > hit->end - hit->start)
			return true;
	}
	return false;
}

static void
drop_covered(struct word_hits *hits, struct arena *arena)
{
	struct word_hit *kept =
	    arena_array(arena, hits->count + 1, sizeof(*kept));
	size_t count = 0;

	for (size_t i = 0; i < hits->count; i++)
		if (!is_covered(hits, i))
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
		.len = strlen(text),
		.arena = arena,
		.progress = arena_array(
		    arena, it->join_count + 1, sizeof(struct join_progress *)),
		.out = ret,
	};
	uint32_t node = 0;

	*ret = (struct word_hits){ .text = text };
	for (uint32_t i = 0; it->sealed && i < scan.len; i++) {
		uint8_t byte = (uint8_t)text[i];
		uint32_t to = step_of(it, node, byte);

		while (to == 0 && node != 0) {
			node = it->nodes[node].fail;
			to = step_of(it, node, byte);
		}
		node = to;
		emit(&scan, node, i + 1);
		if (classifier_is_stop(text, i))
			scan.last_stop = i + 1;
	}
	drop_covered(ret, arena);
}
