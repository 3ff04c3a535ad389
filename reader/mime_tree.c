#include "reader/mime_tree.h"

#include <stdint.h>
#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "reader/parameters.h"

static GMimeParserOptions *options;

/* GLib's own writer asks whether standard error is the journal, which the
 * sandbox forbids; what it would tell is about strangers' bytes anyway. */
static GLogWriterOutput
drop_log(
    GLogLevelFlags level, const GLogField *fields, gsize count, gpointer arg)
{
	(void)level;
	(void)fields;
	(void)count;
	(void)arg;
	return G_LOG_WRITER_HANDLED;
}

void
tree_open(void)
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

GMimeObject *
tree_parse(const char *raw, size_t len)
{
	GByteArray *bytes;
	guint8 *mine;
	GMimeStream *stream;
	GMimeParser *parser;
	GMimeObject *whole;

	/* Not a copy: gmime only reads our bytes, and we take them back below.
	 */
	memcpy(&mine, &raw, sizeof(mine));
	bytes = g_byte_array_new_take(mine, len);
	stream = g_mime_stream_mem_new_with_byte_array(bytes);
	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
	parser = g_mime_parser_new_with_stream(stream);
	g_mime_parser_set_persist_stream(parser, TRUE);
	/* As a part, not as a message: gmime would decode From, Subject and
	 * Date at once, and we do that ourselves. */
	whole = g_mime_parser_construct_part(parser, options);
	g_object_unref(parser);
	g_object_unref(stream);
	(void)g_byte_array_free(bytes, FALSE);
	return whole;
}

bool
tree_is_leaf(GMimeObject *object)
{
	return GMIME_IS_PART(object);
}

bool
tree_is_mail(GMimeObject *object)
{
	return GMIME_IS_MESSAGE_PART(object);
}

bool
tree_is_multipart(GMimeObject *object)
{
	return GMIME_IS_MULTIPART(object);
}

const char *
tree_field(GMimeObject *object, const char *name)
{
	GMimeHeaderList *list = g_mime_object_get_header_list(object);
	GMimeHeader *header =
	    list == NULL ? NULL : g_mime_header_list_get_header(list, name);

	return header == NULL ? NULL : g_mime_header_get_raw_value(header);
}

/* gmime decides what is a multipart, we what the leaves are. */
const char *
tree_type(GMimeObject *object, struct arena *arena)
{
	GMimeContentType *type = g_mime_object_get_content_type(object);

	/* Without a label, what stands in a multipart/digest. */
	if (tree_is_mail(object) && tree_field(object, "Content-Type") == NULL)
		return "message/rfc822";
	if (!tree_is_multipart(object) || type == NULL)
		return content_type(tree_field(object, "Content-Type"), arena);
	return text_lower(arena_printf(arena, "%s/%s",
	    text_or(g_mime_content_type_get_media_type(type), "multipart"),
	    text_or(g_mime_content_type_get_media_subtype(type), "mixed")));
}

const char *
tree_parameter(GMimeObject *object, const char *name, struct arena *arena)
{
	return parameter_text(tree_field(object, "Content-Type"), name, arena);
}

const char *
tree_file_name(GMimeObject *object, struct arena *arena)
{
	const char *name = parameter_text(
	    tree_field(object, "Content-Disposition"), "filename", arena);

	return text_is_empty(name) ? tree_parameter(object, "name", arena)
				   : name;
}

size_t
tree_offset(GMimeObject *object)
{
	GMimeHeaderList *list = g_mime_object_get_header_list(object);
	gint64 offset;

	if (list == NULL || g_mime_header_list_get_count(list) == 0)
		return SIZE_MAX;
	offset =
	    g_mime_header_get_offset(g_mime_header_list_get_header_at(list, 0));
	return offset < 0 ? SIZE_MAX : (size_t)offset;
}

void
tree_content(GMimePart *part, size_t len, size_t *ret_start, size_t *ret_end)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *stream =
	    content == NULL ? NULL : g_mime_data_wrapper_get_stream(content);

	*ret_start = *ret_end = 0;
	if (stream == NULL || stream->bound_start < 0 ||
	    (size_t)stream->bound_start > len)
		return;
	*ret_start = (size_t)stream->bound_start;
	*ret_end = stream->bound_end < 0 || (size_t)stream->bound_end > len
		       ? len
		       : (size_t)stream->bound_end;
	if (*ret_end < *ret_start)
		*ret_end = *ret_start;
}

/* The mail in an attached mail, the last part of a multipart, or NULL. */
static GMimeObject *
last_child(GMimeObject *object)
{
	GMimeMessage *inner;
	int count;

	if (tree_is_mail(object)) {
		inner =
		    g_mime_message_part_get_message((GMimeMessagePart *)object);
		return inner == NULL ? NULL
				     : g_mime_message_get_mime_part(inner);
	}
	if (!tree_is_multipart(object))
		return NULL;
	count = g_mime_multipart_get_count((GMimeMultipart *)object);
	return count == 0 ? NULL
			  : g_mime_multipart_get_part(
				(GMimeMultipart *)object, count - 1);
}

size_t
tree_last_end(GMimeObject *object, size_t len)
{
	size_t start, end = 0;

	for (int depth = 0; object != NULL && depth < LIMIT_DEPTH; depth++) {
		if (tree_is_leaf(object))
			tree_content((GMimePart *)object, len, &start, &end);
		object = last_child(object);
	}
	return end;
}
