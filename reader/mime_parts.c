#include "reader/mime_parts.h"

#include <stdint.h>
#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/text.h"

struct walk {
	const char *raw;
	size_t len;
	struct arena *arena;
	struct mime *mime;
	size_t room; /* of mime->parts */
	int groups;
};

static bool
is_leaf(GMimeObject *object)
{
	return GMIME_IS_PART(object);
}

static bool
is_attached_mail(GMimeObject *object)
{
	return GMIME_IS_MESSAGE_PART(object);
}

static bool
is_multipart(GMimeObject *object)
{
	return GMIME_IS_MULTIPART(object);
}

static const char *
type_text(GMimeObject *object, struct arena *arena)
{
	GMimeContentType *type = g_mime_object_get_content_type(object);

	if (type == NULL)
		return "text/plain";
	return text_lower(arena_printf(arena, "%s/%s",
	    text_or(g_mime_content_type_get_media_type(type), "text"),
	    text_or(g_mime_content_type_get_media_subtype(type), "plain")));
}

static const char *
parameter(GMimeObject *object, const char *name, struct arena *arena)
{
	return arena_strdup(
	    arena, g_mime_object_get_content_type_parameter(object, name));
}

static size_t
offset_of(GMimeObject *object)
{
	GMimeHeaderList *list = g_mime_object_get_header_list(object);
	gint64 offset;

	if (list == NULL || g_mime_header_list_get_count(list) == 0)
		return SIZE_MAX;
	offset =
	    g_mime_header_get_offset(g_mime_header_list_get_header_at(list, 0));
	return offset < 0 ? SIZE_MAX : (size_t)offset;
}

static void
content_bounds(GMimePart *part, size_t len, size_t *ret_start, size_t *ret_end)
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

	if (is_attached_mail(object)) {
		inner =
		    g_mime_message_part_get_message((GMimeMessagePart *)object);
		return inner == NULL ? NULL
				     : g_mime_message_get_mime_part(inner);
	}
	if (!is_multipart(object))
		return NULL;
	count = g_mime_multipart_get_count((GMimeMultipart *)object);
	return count == 0 ? NULL
			  : g_mime_multipart_get_part(
				(GMimeMultipart *)object, count - 1);
}

/* Where the last leaf under `object' ends; gmime remembers no other end. */
static size_t
last_leaf_end(GMimeObject *object, size_t len)
{
	size_t start, end = 0;

	for (int depth = 0; object != NULL && depth < LIMIT_DEPTH; depth++) {
		if (is_leaf(object))
			content_bounds((GMimePart *)object, len, &start, &end);
		object = last_child(object);
	}
	return end;
}

/* The end of an attached message: the next boundary of the multipart that
 * holds it. */
static size_t
message_end(const struct walk *w, GMimeObject *object, size_t from,
    const char *boundary)
{
	size_t at = last_leaf_end(object, w->len);
	char *mark;
	const char *found;

	if (at < from)
		at = from;
	if (boundary == NULL)
		return w->len;
	mark = arena_printf(w->arena, "\n--%s", boundary);
	found = memmem(w->raw + at, w->len - at, mark, strlen(mark));
	if (found == NULL)
		return w->len;
	at = (size_t)(found - w->raw);
	return at > from && w->raw[at - 1] == '\r' ? at - 1 : at;
}

static enum transfer
transfer_of(GMimePart *part)
{
	switch (g_mime_part_get_content_encoding(part)) {
	case GMIME_CONTENT_ENCODING_BASE64: return TRANSFER_BASE64;
	case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE: return TRANSFER_QUOTED;
	case GMIME_CONTENT_ENCODING_UUENCODE: return TRANSFER_UUENCODE;
	case GMIME_CONTENT_ENCODING_DEFAULT:
	case GMIME_CONTENT_ENCODING_7BIT:
	case GMIME_CONTENT_ENCODING_8BIT:
	case GMIME_CONTENT_ENCODING_BINARY: break;
	}
	return TRANSFER_NONE;
}

static struct mime_part *
new_part(struct walk *w)
{
	struct mime *mime = w->mime;

	if (mime->part_count == LIMIT_PARTS) {
		mime->warning = "more parts than are read";
		return NULL;
	}
	if (mime->part_count == w->room) {
		size_t room = w->room == 0 ? 8 : w->room * 4;
		struct mime_part *grown =
		    arena_array(w->arena, room, sizeof(*grown));

		if (mime->part_count > 0)
			memcpy(grown, mime->parts,
			    mime->part_count * sizeof(*grown));
		mime->parts = grown;
		w->room = room;
	}
	return &mime->parts[mime->part_count++];
}

static void
describe_leaf(struct walk *w, GMimePart *leaf, struct mime_part *part)
{
	GMimeObject *object = (GMimeObject *)leaf;
	size_t end;

	part->charset = parameter(object, "charset", w->arena);
	part->is_flowed =
	    text_eq_nocase(parameter(object, "format", w->arena), "flowed");
	part->is_delsp =
	    text_eq_nocase(parameter(object, "delsp", w->arena), "yes");
	part->name = arena_strdup(w->arena, g_mime_part_get_filename(leaf));
	part->transfer = transfer_of(leaf);
	content_bounds(leaf, w->len, &part->body_offset, &end);
	part->body_length = end - part->body_offset;
}

static void
describe_mail(struct walk *w, GMimeMessagePart *mail, GMimeMultipart *parent,
    struct mime_part *part)
{
	GMimeObject *object = (GMimeObject *)mail;
	GMimeMessage *inner = g_mime_message_part_get_message(mail);
	size_t start =
	    inner == NULL ? SIZE_MAX : offset_of((GMimeObject *)inner);

	part->name = parameter(object, "name", w->arena);
	if (part->name == NULL)
		part->name = arena_strdup(
		    w->arena, g_mime_object_get_content_disposition_parameter(
				  object, "filename"));
	if (start == SIZE_MAX)
		start = part->offset == SIZE_MAX ? 0 : part->offset;
	part->body_offset = start;
	part->body_length =
	    message_end(w, object, start,
		parent == NULL ? NULL : g_mime_multipart_get_boundary(parent)) -
	    start;
}

static void
add_leaf(struct walk *w, GMimeObject *object, GMimeMultipart *parent, int group)
{
	struct mime_part *part = new_part(w);
	size_t end;

	if (part == NULL)
		return;
	part->group = group;
	part->type = type_text(object, w->arena);
	part->parent =
	    parent == NULL ? NULL : type_text((GMimeObject *)parent, w->arena);
	part->is_attachment =
	    text_eq_nocase(g_mime_object_get_disposition(object), "attachment");
	part->has_id = g_mime_object_get_content_id(object) != NULL;
	part->offset = parent == NULL ? SIZE_MAX : offset_of(object);
	if (is_leaf(object))
		describe_leaf(w, (GMimePart *)object, part);
	else
		describe_mail(w, (GMimeMessagePart *)object, parent, part);
	end = part->body_offset + part->body_length;
	part->length = part->offset > end ? 0 : end - part->offset;
	if (part->length == 0)
		part->offset = 0;
}

static void
walk_object(struct walk *w, GMimeObject *object, GMimeMultipart *parent,
    int group, int depth)
{
	GMimeMultipart *multi;
	int count;

	if (object == NULL)
		return;
	if (!is_multipart(object)) {
		if (is_leaf(object) || is_attached_mail(object))
			add_leaf(w, object, parent, group);
		return;
	}
	if (depth >= LIMIT_DEPTH) {
		w->mime->warning = "nested deeper than is read";
		return;
	}
	multi = (GMimeMultipart *)object;
	if (group == 0 &&
	    text_eq(type_text(object, w->arena), "multipart/alternative"))
		group = ++w->groups;
	count = g_mime_multipart_get_count(multi);
	for (int i = 0; i < count && w->mime->part_count < LIMIT_PARTS; i++)
		walk_object(w, g_mime_multipart_get_part(multi, i), multi,
		    group, depth + 1);
	if (w->mime->part_count == LIMIT_PARTS)
		w->mime->warning = "more parts than are read";
}

void
mime_parts_read(GMimeObject *whole, const char *raw, size_t len,
    struct arena *arena, struct mime *ret)
{
	struct walk w = { raw, len, arena, ret, 0, 0 };

	ret->type = type_text(whole, arena);
	ret->report_type = parameter(whole, "report-type", arena);
	walk_object(&w, whole, NULL, 0, 0);
}
