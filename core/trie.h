/*
 * trie - words as paths of characters, all steps in one hash table: a step
 * costs one probe whatever the number of words.
 *
 * Nodes are numbers; what a node means is kept beside the trie, by number.
 */
#ifndef CORE_TRIE_H
#define CORE_TRIE_H

#include <stdint.h>

struct arena;

/* Node 0 is the root, and as the end of a step none. */
struct trie_node {
	uint32_t parent; /* always a smaller number */
	uint32_t c;      /* the step from there to here */
};

struct trie_step {
	uint32_t node, c, to;
};

struct trie {
	struct arena *arena; /* borrowed */
	struct trie_node *nodes;
	uint32_t count; /* of nodes, the root included */
	uint32_t room;
	struct trie_step
	    *steps; /* open addressing; a power of two, half full */
	uint32_t mask;
};

void trie_init(struct trie *trie, struct arena *arena);
/* The node that `c' leads to, made when new. */
uint32_t trie_add(struct trie *trie, uint32_t node, uint32_t c);

static inline uint32_t
trie_slot(const struct trie *trie, uint32_t node, uint32_t c)
{
	uint32_t hash = (node * 0x9E3779B1U) ^ (c * 0x85EBCA77U);

	return (hash ^ hash >> 15) & trie->mask;
}

/* The node that `c' leads to, or 0. */
static inline uint32_t
trie_step(const struct trie *trie, uint32_t node, uint32_t c)
{
	uint32_t i = trie_slot(trie, node, c);

	while (trie->steps[i].to != 0 &&
	       (trie->steps[i].node != node || trie->steps[i].c != c))
		i = (i + 1) & trie->mask;
	return trie->steps[i].to;
}

#endif
