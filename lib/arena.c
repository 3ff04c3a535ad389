#include "lib/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES ((size_t)64 * 1024)

struct arena_block {
	struct arena_block *next;
	size_t size;
	size_t used;
	max_align_t data[];
};

void
arena_init(struct arena *arena, size_t cap_bytes)
{
	*arena = (struct arena){ .cap = cap_bytes };
}

static void
free_blocks(struct arena_block *block)
{
	while (block != NULL) {
		struct arena_block *next = block->next;

		free(block);
		block = next;
	}
}

void
arena_reset(struct arena *arena)
{
	struct arena_block *keep = arena->blocks;

	arena->used = 0;
	if (keep == NULL)
		return;
	free_blocks(keep->next);
	keep->next = NULL;
	if (keep->size > BLOCK_BYTES) {
		free(keep);
		arena->blocks = NULL;
		return;
	}
	memset(keep->data, 0, keep->used);
	keep->used = 0;
}

void
arena_done(struct arena *arena)
{
	free_blocks(arena->blocks);
	arena->blocks = NULL;
	arena->used = 0;
}

static struct arena_block *
add_block(struct arena *arena, size_t need)
{
	size_t size = need > BLOCK_BYTES ? need : BLOCK_BYTES;
	struct arena_block *block = calloc(1, sizeof(*block) + size);

	if (block == NULL)
		abort();
	block->size = size;
	block->next = arena->blocks;
	arena->blocks = block;
	return block;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	struct arena_block *block = arena->blocks;
	void *result;

	if (size > SIZE_MAX / 8)
		abort();
	size = (size + align - 1) / align * align;
	arena->used += size;
	if (arena->used / 4 > arena->cap)
		abort();
	if (block == NULL || block->size - block->used < size)
		block = add_block(arena, size);
	result = (char *)block->data + block->used;
	block->used += size;
	return result;
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		abort();
	return arena_alloc(arena, bytes);
}

char *
arena_strndup(struct arena *arena, const char *text, size_t len)
{
	char *copy = arena_alloc(arena, len + 1);

	if (len > 0)
		memcpy(copy, text, len);
	return copy;
}

char *
arena_strdup(struct arena *arena, const char *text)
{
	return text == NULL ? NULL : arena_strndup(arena, text, strlen(text));
}

char *
arena_printf(struct arena *arena, const char *fmt, ...)
{
	struct arena_block *block = arena->blocks;
	size_t room = block == NULL ? 0 : block->size - block->used;
	char *text = room == 0 ? NULL : (char *)block->data + block->used;
	va_list ap, again;
	int len;

	/* Mostly the block has room, and formatting once is enough. */
	va_start(ap, fmt);
	va_copy(again, ap);
	len = vsnprintf(text, room, fmt, ap);
	va_end(ap);
	if (len < 0)
		abort();
	if ((size_t)len >= room) {
		/* What was written is not handed out: memory is zeroed. */
		if (room > 0)
			memset(text, 0, room);
		text = arena_alloc(arena, (size_t)len + 1);
		(void)vsnprintf(text, (size_t)len + 1, fmt, again);
	} else {
		(void)arena_alloc(arena, (size_t)len + 1);
	}
	va_end(again);
	return text;
}

char *
arena_join(struct arena *arena, const char *const *pieces, size_t count)
{
	size_t len = 0;
	char *ret, *at;

	for (size_t i = 0; i < count; i++)
		len += pieces[i] == NULL ? 0 : strlen(pieces[i]);
	ret = at = arena_alloc(arena, len + 1);
	for (size_t i = 0; i < count; i++)
		if (pieces[i] != NULL)
			at = stpcpy(at, pieces[i]);
	return ret;
}

bool
arena_is_over(const struct arena *arena)
{
	return arena->used > arena->cap;
}
