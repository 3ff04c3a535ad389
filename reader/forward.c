#include "reader/forward.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/text.h"
#include "reader/header_block.h"
#include "reader/headers.h"
#include "reader/markers.h"

static void
take_sender(const char *value, struct arena *arena, struct forward *ret)
{
	size_t count;
	struct address *list = header_addresses(value, 1, arena, &count);

	if (count > 0) {
		ret->from = list[0].addr;
		ret->from_name = list[0].name;
	} else if (*value != '\0') {
		ret->from_name = value;
	}
}

/* "On ..., "X" <x@y> wrote:": the words between brackets. */
static void
take_attribution(const struct lines *lines, size_t at, size_t next,
    struct arena *arena, struct forward *ret)
{
	const char *text = "";
	const char *address, *start;
	size_t len;

	for (size_t i = at; i < next; i++)
		text = arena_printf(arena, "%s %s", text, lines->list[i].words);
	address = strchr(text, '@');
	if (address == NULL)
		return;
	start = address;
	while (start > text && strchr(" <>(\"", start[-1]) == NULL)
		start--;
	len = strcspn(start, " <>()\",;:");
	if (len > 2)
		ret->from = text_lower(arena_strndup(arena, start, len));
}

void
forward_read(const struct lines *lines, size_t at, size_t next,
    const char *rest, struct arena *arena, struct forward *ret)
{
	struct header_block block;
	bool prefixed = line_is_quoted(&lines->list[at]);

	header_block_read(lines, next, rest, arena, &block);
	if (block.values[LABEL_FROM] != NULL)
		take_sender(block.values[LABEL_FROM], arena, ret);
	else
		take_attribution(lines, at, next, arena, ret);
	ret->subject = block.values[LABEL_SUBJECT];
	ret->body =
	    lines_join(lines, block.end, lines->count, prefixed, arena);
	if (*ret->body == '\0')
		ret->body = NULL;
}
