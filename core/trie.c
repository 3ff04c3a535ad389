#include "core/trie.h"

#include "lib/arena.h"

#include <string.h>

enum { FIRST_NODES = 256 };

static void
put_step(struct trie *trie, uint32_t node, uint32_t c, uint32_t to)
{
	uint32_t i = trie_slot(trie, node, c);

	while (trie->steps[i].to != 0)
		i = (i + 1) & trie->mask;
	trie->steps[i] = (struct trie_step){ node, c, to };
}

/* Room for so many nodes, and twice as many steps. */
static void
grow(struct trie *trie, uint32_t room)
{
	struct trie_node *nodes =
	    arena_array(trie->arena, room, sizeof(*nodes));

	if (trie->count > 0)
		memcpy(nodes, trie->nodes, trie->count * sizeof(*nodes));
	trie->nodes = nodes;
	trie->room = room;
	trie->mask = 2 * room - 1;
	trie->steps =
	    arena_array(trie->arena, (size_t)2 * room, sizeof(*trie->steps));
	for (uint32_t i = 1; i < trie->count; i++)
		put_step(trie, nodes[i].parent, nodes[i].c, i);
}

void
trie_init(struct trie *trie, struct arena *arena)
{
	*trie = (struct trie){ .arena = arena };
	grow(trie, FIRST_NODES);
	trie->count = 1;
}

uint32_t
trie_add(struct trie *trie, uint32_t node, uint32_t c)
{
	uint32_t to = trie_step(trie, node, c);

	if (to != 0)
		return to;
	if (trie->count == trie->room)
		grow(trie, trie->room * 2);
	to = trie->count++;
	trie->nodes[to] = (struct trie_node){ node, c };
	put_step(trie, node, c, to);
	return to;
}
