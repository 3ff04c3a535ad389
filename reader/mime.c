#include "reader/mime.h"

#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/mime_parts.h"

static GMimeParserOptions *options;

/* GLib's own writer asks whether standard error is the journal, which the
 * sandbox forbids; what it would tell is about strangers' bytes anyway. */
static GLogWriterOutput
drop_log(GLogLevelFlags level, const GLogField *fields, gsize count,
    gpointer arg)
{
	(void)level;
	(void)fields;
	(void)count;
	(void)arg;
	return G_LOG_WRITER_HANDLED;
}

void
mime_open(void)
{
	/* gmime keeps the pointers. */
	static const char *fallback[] = { "utf-8", "gb18030", NULL };

	if (options != NULL)
		return;
	g_log_set_writer_func(drop_log, NULL, NULL);
	g_mime_init();
	options = g_mime_parser_options_new();
	g_mime_parser_options_set_fallback_charsets(options, fallback);
}

static void
unref(void *object)
{
	GObject **where = object;

	g_clear_object(where);
}

static void
copy_headers(GMimeHeaderList *list, struct arena *arena, struct mime *ret)
{
	int count = list == NULL ? 0 : g_mime_header_list_get_count(list);

	if (count > LIMIT_PARTS)
		count = LIMIT_PARTS;
	ret->headers =
	    arena_array(arena, (size_t)count, sizeof(*ret->headers));
	for (int i = 0; i < count; i++) {
		GMimeHeader *header = g_mime_header_list_get_header_at(list, i);
		const char *raw =
		    text_or(g_mime_header_get_raw_value(header), "");

		ret->headers[ret->header_count].name =
		    arena_strdup(arena, g_mime_header_get_name(header));
		ret->headers[ret->header_count++].raw = arena_strndup(
		    arena, raw, strnlen(raw, 16 * LIMIT_HEADER_BYTES));
	}
}

int
mime_read(const char *raw, size_t len, struct arena *arena, struct mime *ret,
    struct err *err)
{
	GByteArray *bytes;
	guint8 *mine;
	scoped(unref) GMimeStream *stream = NULL;
	scoped(unref) GMimeParser *parser = NULL;
	scoped(unref) GMimeObject *whole = NULL;

	*ret = (struct mime){ 0 };
	/* Not a copy: gmime only reads our bytes, and we take them back below. */
	memcpy(&mine, &raw, sizeof(mine));
	bytes = g_byte_array_new_take(mine, len);
	stream = g_mime_stream_mem_new_with_byte_array(bytes);
	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
	parser = g_mime_parser_new_with_stream(stream);
	g_mime_parser_set_persist_stream(parser, TRUE);
	/* As a part, not as a message: gmime would decode From, Subject and Date
	 * at once, and we do that ourselves. */
	whole = g_mime_parser_construct_part(parser, options);
	if (whole != NULL) {
		copy_headers(
		    g_mime_object_get_header_list(whole), arena, ret);
		mime_parts_read(whole, raw, len, arena, ret);
	}
	(void)g_byte_array_free(bytes, FALSE);
	if (whole == NULL || ret->header_count == 0)
		return err_set(err, ERR_DATA, "no mail header found");
	return 0;
}

const struct mime_header *
mime_header_next(const struct mime *mime, const char *name,
    const struct mime_header *after)
{
	const struct mime_header *end = mime->headers + mime->header_count;

	for (const struct mime_header *h =
		 after == NULL ? mime->headers : after + 1;
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
