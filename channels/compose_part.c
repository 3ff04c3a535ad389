#include "channels/compose_part.h"

#include <string.h>
#include <strings.h>

#include "channels/compose_coding.h"
#include "channels/compose_header.h"
#include "core/limits.h"
#include "lib/cleanup.h"
#include "lib/text.h"

/* What of a part's header is kept when it has to be made anew. */
struct part_head {
	struct buf type;
	struct buf disposition;
	struct buf description;
	struct buf id;
	struct buf encoding;
};

static const struct {
	const char *name;
	size_t offset;
} kept_fields[] = {
	{ "Content-Type", offsetof(struct part_head, type) },
	{ "Content-Disposition", offsetof(struct part_head, disposition) },
	{ "Content-Description", offsetof(struct part_head, description) },
	{ "Content-ID", offsetof(struct part_head, id) },
	{ "Content-Transfer-Encoding", offsetof(struct part_head, encoding) },
};

static struct buf *
kept_field(struct part_head *head, size_t i)
{
	return (struct buf *)(void *)((char *)head + kept_fields[i].offset);
}

static void
part_head_init(struct part_head *head)
{
	for (size_t i = 0; i < ARRAY_COUNT(kept_fields); i++)
		buf_init(kept_field(head, i), LIMIT_HEADER_BYTES);
}

static void
part_head_done(struct part_head *head)
{
	for (size_t i = 0; i < ARRAY_COUNT(kept_fields); i++)
		buf_done(kept_field(head, i));
}

/* Split off one line; its ending, whatever it is, is gone. */
static struct bytes
next_line(struct bytes *rest)
{
	struct bytes line = { .data = rest->data };
	size_t step;

	while (line.len < rest->len && line.data[line.len] != '\r' &&
	    line.data[line.len] != '\n')
		line.len++;
	step = line.len;
	if (step < rest->len)
		step += 1 +
		    (size_t)(line.data[step] == '\r' && step + 1 < rest->len &&
			line.data[step + 1] == '\n');
	rest->data += step;
	rest->len -= step;
	return line;
}

/* The field that a header line starts, or NULL. */
static struct buf *
field_of_line(struct part_head *head, struct bytes *line)
{
	const char *colon = memchr(line->data, ':', line->len);

	for (size_t i = 0; colon != NULL && i < ARRAY_COUNT(kept_fields); i++) {
		size_t len = strlen(kept_fields[i].name);
		struct buf *field = kept_field(head, i);

		if ((size_t)(colon - line->data) != len ||
		    strncasecmp(line->data, kept_fields[i].name, len) != 0 ||
		    field->len > 0)
			continue;
		line->len -= len + 1;
		line->data = colon + 1;
		return field;
	}
	return NULL;
}

/* Reads the header and leaves the body in *part. */
static void
read_head(struct bytes *part, struct part_head *ret)
{
	struct buf *field = NULL;

	while (part->len > 0) {
		struct bytes line = next_line(part);

		if (line.len == 0)
			break;
		if (line.data[0] != ' ' && line.data[0] != '\t')
			field = field_of_line(ret, &line);
		if (field != NULL)
			buf_add(field, line.data, line.len);
	}
}

static bool
is_word(const struct buf *field, const char *word)
{
	const char *text = buf_text(field);

	return text_eq_nocase(text + strspn(text, " \t"), word);
}

/* RFC 2045 6.4 forbids coding these, so they go as plain files. */
static bool
is_composite(const struct buf *type)
{
	const char *text = buf_text(type);

	text += strspn(text, " \t");
	return text_starts_nocase(text, "multipart/") ||
	    text_starts_nocase(text, "message/");
}

static void
write_head(struct buf *out, struct part_head *head)
{
	const char *type = head->type.len == 0 ? "text/plain"
					       : buf_text(&head->type);

	if (is_composite(&head->type))
		type = "application/octet-stream; name=\"message.eml\"";
	header_raw(out, "Content-Type", type);
	for (size_t i = 0; i < ARRAY_COUNT(kept_fields); i++) {
		const struct buf *field = kept_field(head, i);

		if (field->len > 0 && field != &head->type &&
		    field != &head->encoding)
			header_raw(out, kept_fields[i].name, buf_text(field));
	}
	buf_puts(out, "Content-Transfer-Encoding: base64\r\n\r\n");
}

static void
code_anew(struct buf *out, struct bytes part)
{
	struct part_head head scoped(part_head_done);
	struct buf plain scoped(buf_done);

	buf_init(&plain, part.len + 1);
	part_head_init(&head);
	read_head(&part, &head);
	write_head(out, &head);
	if (is_word(&head.encoding, "base64")) {
		coding_rewrap_base64(out, part.data, part.len);
		return;
	}
	if (is_word(&head.encoding, "quoted-printable"))
		coding_unquote(&plain, part.data, part.len);
	else
		buf_add(&plain, part.data, part.len);
	coding_base64_lines(out, buf_text(&plain), plain.len);
}

void
compose_part(struct buf *out, struct bytes part)
{
	if (!coding_is_transportable(part.data, part.len)) {
		code_anew(out, part);
		return;
	}
	buf_add(out, part.data, part.len);
	if (part.len < 2 || part.data[part.len - 1] != '\n')
		buf_puts(out, "\r\n");
}
