#include "reader/attachments.h"

#include <stdint.h>
#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "reader/body.h"
#include "reader/charset.h"
#include "reader/headers.h"
#include "reader/html.h"
#include "reader/inner_file.h"
#include "reader/mime.h"

void
reader_warn(struct message *message, const char *warning, struct arena *arena)
{
	if (warning == NULL)
		return;
	message->warning =
	    message->warning == NULL
		? warning
		: arena_printf(arena, "%s; %s", message->warning, warning);
}

/* The mail in an attached mail, which some encode although they must not. */
static const char *
attached_bytes(const char *raw, const struct mime_part *part, size_t cap,
    struct arena *arena, size_t *ret_len)
{
	if (part->transfer != TRANSFER_NONE)
		return mime_body(raw, part, cap, arena, ret_len);
	*ret_len = part->body_length;
	return raw + part->body_offset;
}

static const char *
attachment_name(
    const char *raw, const struct mime_part *part, struct arena *arena)
{
	struct mime inner;
	const char *bytes;
	size_t len;

	if (!text_is_empty(part->name) ||
	    !text_eq(part->type, "message/rfc822"))
		return text_is_empty(part->name) ? NULL : part->name;
	/* An attached mail is called by its subject; the rest of it is not
	 * taken apart for that. */
	bytes = attached_bytes(raw, part, LIMIT_HEAD_BYTES, arena, &len);
	if (len > LIMIT_HEAD_BYTES)
		len = LIMIT_HEAD_BYTES;
	if (mime_read(bytes, len, arena, &inner, NULL) < 0)
		return NULL;
	return header_text(mime_header(&inner, "Subject"), arena);
}

/* As much of a file name as any file system takes. */
static const char *
cut_name(const char *name, struct arena *arena)
{
	return name == NULL ? NULL
			    : arena_strndup(arena, name,
				  charset_fit(name, LIMIT_FILE_NAME_BYTES));
}

static struct attachment *
new_attachment(struct message *ret, struct arena *arena)
{
	if (ret->attachment_count < LIMIT_ATTACHMENTS)
		return &ret->attachments[ret->attachment_count++];
	reader_warn(ret, "only the first 1,000 attachments were read", arena);
	return NULL;
}

void
attachments_list(const char *raw, const struct mime *mime,
    const struct body *body, struct arena *arena, struct message *ret)
{
	ret->attachments = arena_array(arena,
	    mime->part_count + body->files.count, sizeof(*ret->attachments));
	for (size_t i = 0; i < mime->part_count; i++) {
		const struct mime_part *part = &mime->parts[i];
		struct attachment *out =
		    body->is_text[i] ? NULL : new_attachment(ret, arena);

		if (out == NULL)
			continue;
		out->name = cut_name(attachment_name(raw, part, arena), arena);
		out->type = part->type;
		out->size = transfer_decode(part->transfer,
		    raw + part->body_offset, part->body_length, NULL, SIZE_MAX);
		out->offset = part->offset;
		out->length = part->length;
		out->is_inline = !part->is_attachment && part->has_id &&
				 text_eq(part->parent, "multipart/related");
	}
	for (size_t i = 0; i < body->files.count; i++) {
		const struct inner_file *file = &body->files.list[i];
		struct attachment *out = new_attachment(ret, arena);

		if (out != NULL)
			*out = (struct attachment){
				.name = cut_name(
				    header_text(file->name, arena), arena),
				.type = file->type,
				.size = file->size,
			};
	}
}

void
attachments_read_mail(const char *raw, const struct mime *mime,
    struct arena *arena, struct message *ret)
{
	const struct mime_part *found = NULL;
	struct mime inner;
	struct body body;
	size_t count, len;
	const struct address *from;

	for (size_t i = 0; i < mime->part_count && found == NULL; i++)
		if (text_eq(mime->parts[i].type, "message/rfc822"))
			found = &mime->parts[i];
	if (found == NULL || ret->forward.is_forward || ret->bounce.is_bounce ||
	    text_eq(mime->type, "multipart/report"))
		return;
	raw = attached_bytes(raw, found, LIMIT_ATTACHED_BYTES, arena, &len);
	if (mime_read(raw, len, arena, &inner, NULL) < 0)
		return;
	body_read(raw, &inner, arena, &body);
	from = header_addresses(mime_header(&inner, "From"), 1, arena, &count);
	ret->forward = (struct forward){
		.is_forward = true,
		.from = count > 0 ? from[0].addr : NULL,
		.from_name = count > 0 ? from[0].name : NULL,
		.subject = header_text(mime_header(&inner, "Subject"), arena),
		.body = html_unmark(body.text, arena),
	};
}
