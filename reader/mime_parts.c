#include "reader/mime_parts.h"

#include <stdint.h>
#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "reader/mime_lines.h"
#include "reader/mime_tree.h"
#include "reader/parameters.h"

static const char cut_parts[] = "only the first 1,000 parts were read";

/* Each multipart that is taken apart by hand counts as so many levels: gmime
 * reads the bytes of its parts once more. */
enum { HAND_DEPTH = LIMIT_DEPTH / 5 };

/* The bytes that gmime's tree was made of, `base' bytes into the mail. */
struct walk {
	const char *raw;
	size_t len;
	size_t base;
	size_t body; /* of the whole mail, where its header was cut; or 0 */
	struct arena *arena;
	struct mime *mime;
	size_t *room; /* of mime->parts */
	int *groups;
};

/* Where in the mail a node stands. */
struct place {
	const char *parent;   /* type of the multipart around it, or NULL */
	const char *boundary; /* of that, or NULL */
	int group;            /* of the multipart/alternative around it, or 0 */
	int depth;
};

static void walk_object(
    const struct walk *w, GMimeObject *object, const struct place *place);

/* The end of what starts at `from' and is no leaf: the next boundary of the
 * multipart that holds it. */
static size_t
object_end(const struct walk *w, GMimeObject *object, size_t from,
    const struct place *place)
{
	size_t at = tree_last_end(object, w->len);
	char *mark;
	const char *found;

	if (at < from)
		at = from;
	if (place->boundary == NULL)
		return w->len;
	mark = arena_printf(w->arena, "\n--%s", place->boundary);
	found = memmem(w->raw + at, w->len - at, mark, strlen(mark));
	if (found == NULL)
		return w->len;
	at = (size_t)(found - w->raw);
	return at > from && w->raw[at - 1] == '\r' ? at - 1 : at;
}

static struct mime_part *
new_part(const struct walk *w)
{
	struct mime *mime = w->mime;

	if (mime->part_count == LIMIT_PARTS) {
		mime->warning = cut_parts;
		return NULL;
	}
	if (mime->part_count == *w->room) {
		size_t room = *w->room == 0 ? 8 : *w->room * 4;
		struct mime_part *grown =
		    arena_array(w->arena, room, sizeof(*grown));

		if (mime->part_count > 0)
			memcpy(grown, mime->parts,
			    mime->part_count * sizeof(*grown));
		mime->parts = grown;
		*w->room = room;
	}
	return &mime->parts[mime->part_count++];
}

static void
note_limit(const struct walk *w)
{
	if (w->mime->part_count == LIMIT_PARTS)
		w->mime->warning = cut_parts;
}

static struct mime_part *
add_part(const struct walk *w, const struct place *place)
{
	struct mime_part *part = new_part(w);

	if (part == NULL)
		return NULL;
	*part = (struct mime_part){
		.type = "text/plain",
		.parent = place->parent,
		.group = place->group,
	};
	return part;
}

/* Offsets so far are those in the tree's bytes. */
static void
finish_part(const struct walk *w, struct mime_part *part)
{
	size_t end = part->body_offset + part->body_length;

	part->length = part->offset > end ? 0 : end - part->offset;
	part->offset = part->length == 0 ? 0 : part->offset + w->base;
	part->body_offset += w->base;
}

/* Where the body of a leaf starts that has no blank line in front of it, or
 * SIZE_MAX. */
static size_t
body_without_blank(const struct walk *w, GMimeObject *object, size_t end)
{
	size_t offset = tree_offset(object), at;
	bool is_broken;

	if (offset >= end)
		return SIZE_MAX;
	at =
	    offset + mime_header_end(w->raw + offset, end - offset, &is_broken);
	return is_broken ? at : SIZE_MAX;
}

static void
describe_leaf(const struct walk *w, GMimePart *leaf, const struct place *place,
    struct mime_part *part)
{
	GMimeObject *object = (GMimeObject *)leaf;
	const char *type = tree_field(object, "Content-Type");
	size_t start, end, other;

	part->charset = parameter_text(type, "charset", w->arena);
	part->is_flowed =
	    text_eq_nocase(parameter_text(type, "format", w->arena), "flowed");
	part->is_delsp =
	    text_eq_nocase(parameter_text(type, "delsp", w->arena), "yes");
	part->transfer =
	    transfer_named(tree_field(object, "Content-Transfer-Encoding"));
	tree_content(leaf, w->len, &start, &end);
	if (start == 0 && tree_offset(object) < w->len)
		start = end = object_end(w, object, tree_offset(object), place);
	other = body_without_blank(w, object, end);
	if (w->body > 0) {
		start = w->body;
		end = w->len;
	}
	part->body_offset = other < start ? other : start;
	part->body_length = end - part->body_offset;
}

static void
describe_mail(const struct walk *w, GMimeMessagePart *mail,
    const struct place *place, struct mime_part *part)
{
	GMimeObject *object = (GMimeObject *)mail;
	GMimeMessage *inner = g_mime_message_part_get_message(mail);
	size_t start =
	    inner == NULL ? SIZE_MAX : tree_offset((GMimeObject *)inner);

	if (start == SIZE_MAX)
		start = part->offset == SIZE_MAX ? 0 : part->offset;
	part->body_offset = start;
	part->body_length = object_end(w, object, start, place) - start;
}

static void
add_leaf(const struct walk *w, GMimeObject *object, const struct place *place)
{
	struct mime_part *part = add_part(w, place);

	if (part == NULL)
		return;
	part->type = tree_type(object, w->arena);
	part->name = tree_file_name(object, w->arena);
	part->is_attachment = text_starts_nocase(
	    text_or(g_mime_object_get_disposition(object), ""), "attachment");
	part->has_id = g_mime_object_get_content_id(object) != NULL;
	part->offset = place->parent == NULL ? SIZE_MAX : tree_offset(object);
	if (tree_is_leaf(object))
		describe_leaf(w, (GMimePart *)object, place, part);
	else
		describe_mail(w, (GMimeMessagePart *)object, place, part);
	finish_part(w, part);
}

/* A part that was found by hand: a header and a body of its own. */
static void
add_entity(
    const struct walk *w, size_t from, size_t to, const struct place *place)
{
	struct walk inner = *w;
	GMimeObject *object = tree_parse(w->raw + from, to - from);

	inner.raw += from;
	inner.len = to - from;
	inner.base += from;
	inner.body = 0;
	if (object == NULL)
		return;
	walk_object(&inner, object, place);
	g_object_unref(object);
}

/* What cannot be taken apart is text: words must not be lost. */
static void
add_plain(
    const struct walk *w, size_t from, size_t to, const struct place *place)
{
	struct mime_part *part = add_part(w, place);

	if (part == NULL)
		return;
	part->offset = SIZE_MAX;
	part->body_offset = from;
	part->body_length = to - from;
	finish_part(w, part);
}

/* The line that delimits the parts in [from, to), when the announced boundary
 * is on none: written in another case, or another one altogether. */
static bool
find_delimiter(const struct walk *w, GMimeObject *object, size_t from,
    size_t to, struct mime_delimiter *ret)
{
	const char *boundary = tree_parameter(object, "boundary", w->arena);
	size_t next;

	if (!text_is_empty(boundary)) {
		ret->text = arena_printf(w->arena, "--%s", boundary);
		ret->length = strlen(ret->text);
		ret->offset = mime_next_delimiter(w->raw, to, from, ret, &next);
		if (ret->offset < to)
			return true;
	}
	if (!mime_find_delimiter(w->raw + from, to - from, ret))
		return false;
	ret->offset += from;
	return true;
}

/* A multipart in which gmime found no part. */
static void
walk_by_hand(
    const struct walk *w, GMimeObject *object, const struct place *place)
{
	size_t offset = tree_offset(object), end, from, at, next;
	bool is_broken;
	struct mime_delimiter delimiter;
	struct place inner;

	if (offset == SIZE_MAX)
		return;
	end = object_end(w, object, offset, place);
	from =
	    offset + mime_header_end(w->raw + offset, end - offset, &is_broken);
	if (place->depth + HAND_DEPTH >= LIMIT_DEPTH ||
	    !find_delimiter(w, object, from, end, &delimiter)) {
		add_plain(w, from, end, place);
		return;
	}
	at = mime_next_delimiter(w->raw, end, from, &delimiter, &next);
	inner = (struct place){ tree_type(object, w->arena), NULL, place->group,
		place->depth + HAND_DEPTH };
	if (inner.group == 0 && text_eq(inner.parent, "multipart/alternative"))
		inner.group = ++*w->groups;
	while (at < end && next < end && w->mime->part_count < LIMIT_PARTS) {
		size_t start = next;

		at = mime_next_delimiter(w->raw, end, start, &delimiter, &next);
		/* Behind the last delimiter is nothing. */
		if (at > start)
			add_entity(w, start, at, &inner);
	}
	note_limit(w);
}

static void
walk_parts(
    const struct walk *w, GMimeMultipart *multi, const struct place *place)
{
	const char *type = tree_type((GMimeObject *)multi, w->arena);
	struct place inner = { type, g_mime_multipart_get_boundary(multi),
		place->group, place->depth + 1 };
	int count = g_mime_multipart_get_count(multi);

	if (inner.group == 0 && text_eq(type, "multipart/alternative"))
		inner.group = ++*w->groups;
	for (int i = 0; i < count && w->mime->part_count < LIMIT_PARTS; i++)
		walk_object(w, g_mime_multipart_get_part(multi, i), &inner);
	note_limit(w);
}

static void
walk_object(
    const struct walk *w, GMimeObject *object, const struct place *place)
{
	if (object == NULL)
		return;
	if (place->depth >= LIMIT_DEPTH) {
		w->mime->warning = "parts nested deeper than 100 levels were not read";
		return;
	}
	if (tree_is_multipart(object) &&
	    g_mime_multipart_get_count((GMimeMultipart *)object) > 0)
		walk_parts(w, (GMimeMultipart *)object, place);
	else if (tree_is_multipart(object) ||
		 text_starts(tree_type(object, w->arena), "multipart/"))
		walk_by_hand(w, object, place);
	else if (tree_is_leaf(object) || tree_is_mail(object))
		add_leaf(w, object, place);
}

void
mime_parts_read(GMimeObject *whole, const char *raw, size_t len, size_t body,
    struct arena *arena, struct mime *ret)
{
	size_t room = 0;
	int groups = 0;
	struct walk w = { raw, len, 0, body, arena, ret, &room, &groups };

	ret->type = tree_type(whole, arena);
	ret->report_type = tree_parameter(whole, "report-type", arena);
	walk_object(&w, whole, &(struct place){ 0 });
}
