#include "reader/mime.h"

#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/mime_lines.h"
#include "reader/mime_parts.h"
#include "reader/mime_tree.h"

void
mime_open(void)
{
	tree_open();
}

static void
unref(void *object)
{
	GObject **where = object;

	g_clear_object(where);
}

/* Those in front of `end': gmime takes lines of the body for fields when no
 * blank line is between them. */
static void
copy_headers(
    GMimeHeaderList *list, size_t end, struct arena *arena, struct mime *ret)
{
	int count = list == NULL ? 0 : g_mime_header_list_get_count(list);

	if (count > LIMIT_PARTS)
		count = LIMIT_PARTS;
	ret->headers = arena_array(arena, (size_t)count, sizeof(*ret->headers));
	for (int i = 0; i < count; i++) {
		GMimeHeader *header = g_mime_header_list_get_header_at(list, i);
		const char *raw =
		    text_or(g_mime_header_get_raw_value(header), "");

		if ((size_t)g_mime_header_get_offset(header) >= end)
			break;
		ret->headers[ret->header_count].name =
		    arena_strdup(arena, g_mime_header_get_name(header));
		ret->headers[ret->header_count++].raw = arena_strndup(
		    arena, raw, strnlen(raw, 16 * LIMIT_HEADER_BYTES));
	}
}

/* The last whole line of what is read of a header: gmime keeps an object for
 * each field. */
static size_t
cut_head(const char *raw)
{
	size_t end = LIMIT_HEAD_BYTES;

	while (end > 0 && raw[end - 1] != '\n')
		end--;
	return end == 0 ? LIMIT_HEAD_BYTES : end;
}

int
mime_read(const char *raw, size_t len, struct arena *arena, struct mime *ret,
    struct err *err)
{
	bool is_broken;
	size_t end = mime_header_end(raw, len, &is_broken);
	bool is_cut = end > LIMIT_HEAD_BYTES;
	scoped(unref) GMimeObject *whole =
	    tree_parse(raw, is_cut ? cut_head(raw) : len);

	*ret = (struct mime){ 0 };
	if (whole != NULL) {
		copy_headers(g_mime_object_get_header_list(whole),
		    is_broken ? end : len, arena, ret);
		mime_parts_read(whole, raw, len, is_cut ? end : 0, arena, ret);
	}
	if (is_cut && ret->warning == NULL)
		ret->warning = "only the first 256 KB of the header were read";
	if (whole == NULL || ret->header_count == 0)
		return err_set(err, ERR_DATA, "no mail header found");
	return 0;
}

const struct mime_header *
mime_header_next(
    const struct mime *mime, const char *name, const struct mime_header *after)
{
	const struct mime_header *end = mime->headers + mime->header_count;

	for (const struct mime_header *h = after == NULL ? mime->headers
							 : after + 1;
	     h < end; h++)
		if (text_eq_nocase(h->name, name))
			return h;
	return NULL;
}

const char *
mime_header(const struct mime *mime, const char *name)
{
	const struct mime_header *found = mime_header_next(mime, name, NULL);

	return found == NULL ? NULL : found->raw;
}

char *
mime_body(const char *raw, const struct mime_part *part, size_t cap,
    struct arena *arena, size_t *ret_len)
{
	size_t size = part->body_length;
	char *out;

	/* Encoded text is never shorter than what it decodes to, but for
	 * uuencode's unpadded lines. */
	if (size > cap)
		size = cap;
	out = arena_alloc(arena, size + 1);
	*ret_len = transfer_decode(part->transfer, raw + part->body_offset,
	    part->body_length, out, size);
	out[*ret_len] = '\0';
	return out;
}
