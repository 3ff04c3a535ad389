#include "channels/compose_header.h"

#include <string.h>

#include "channels/header_words.h"
#include "core/limits.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/text.h"

enum {
	NAME_MAX_BYTES = 256, /* of a display name */
	ADDRESS_MAX = 254,    /* RFC 5321 4.5.3.1.3, less the brackets */
	ID_MAX = 900,         /* must fit a line of 998 */
	RAW_MAX = 900,
};

static size_t
start_field(struct buf *out, const char *name)
{
	buf_puts(out, name);
	buf_puts(out, ": ");
	return strlen(name) + 2;
}

void
header_add_text(struct buf *out, const char *name, const char *value)
{
	char clean[LIMIT_HEADER_BYTES + 1];
	size_t column;

	if (value == NULL)
		return;
	(void)header_clean(value, LIMIT_HEADER_BYTES, clean);
	column = start_field(out, name);
	if (header_is_plain(clean))
		header_put_plain(out, clean, &column);
	else
		header_put_coded(out, clean, &column);
	buf_puts(out, "\r\n");
}

void
header_raw(struct buf *out, const char *name, const char *value)
{
	char clean[LIMIT_HEADER_BYTES + 1];
	size_t column = start_field(out, name);

	(void)header_clean(value, RAW_MAX, clean);
	header_put_plain(out, clean, &column);
	buf_puts(out, "\r\n");
}

/* RFC 5322 3.2.3. */
static bool
is_atom_text(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z') ||
	       (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

static bool
is_dot_atom(const char *text, size_t len)
{
	bool may_dot = false;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == '.' ? !may_dot : !is_atom_text(text[i]))
			return false;
		may_dot = text[i] != '.';
	}
	return may_dot;
}

bool
header_is_address(const char *address)
{
	const char *at;

	if (address == NULL || strlen(address) > ADDRESS_MAX)
		return false;
	at = strrchr(address, '@');
	if (at == NULL)
		return false;
	/* Some providers give addresses with dots where none may stand. */
	for (const char *c = address; c < at; c++) {
		if (*c != '.' && !is_atom_text(*c))
			return false;
	}
	return at > address && is_dot_atom(at + 1, strlen(at + 1));
}

static void
add_quoted(struct buf *out, const char *text, size_t *column)
{
	struct buf quoted scoped(buf_done);

	buf_init(&quoted, LIMIT_HEADER_BYTES);
	buf_putc(&quoted, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			buf_putc(&quoted, '\\');
		buf_putc(&quoted, *text);
	}
	buf_putc(&quoted, '"');
	header_put_plain(out, buf_text(&quoted), column);
}

static bool
is_phrase(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text != ' ' && !is_atom_text(*text))
			return false;
	}
	return true;
}

void
header_mailbox(
    struct buf *out, const char *name, const char *display, const char *address)
{
	char clean[LIMIT_HEADER_BYTES + 1];
	size_t column = start_field(out, name);

	if (header_clean(text_or(display, ""), NAME_MAX_BYTES, clean) == 0) {
		buf_puts(out, address);
		buf_puts(out, "\r\n");
		return;
	}
	if (!header_is_plain(clean))
		header_put_coded(out, clean, &column);
	else if (is_phrase(clean))
		header_put_plain(out, clean, &column);
	else
		add_quoted(out, clean, &column);
	if (column + strlen(address) + 3 > HEADER_FOLD_AT)
		buf_puts(out, "\r\n");
	buf_puts(out, " <");
	buf_puts(out, address);
	buf_puts(out, ">\r\n");
}

static bool
is_id(const char *id, size_t len)
{
	if (len == 0 || len > ID_MAX)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (id[i] <= ' ' || id[i] >= 0x7f || id[i] == '<' ||
		    id[i] == '>')
			return false;
	}
	return true;
}

/* The next id at or after *at: its start, or NULL at the end. */
static const char *
next_id(const char **at, size_t *len)
{
	while (**at != '\0') {
		const char *id = *at + strspn(*at, " \t\r\n");

		*len = strcspn(id, " \t\r\n");
		*at = id + *len;
		if (is_id(id, *len))
			return id;
	}
	return NULL;
}

struct id_field {
	struct buf *out;
	const char *name;
	size_t column; /* 0: nothing written yet */
};

static void
add_id(struct id_field *field, const char *id, size_t len)
{
	if (field->column == 0) {
		field->column = start_field(field->out, field->name);
	} else if (field->column + len + 3 > HEADER_FOLD_AT) {
		header_fold(field->out, &field->column);
	} else {
		buf_putc(field->out, ' ');
		field->column++;
	}
	buf_putc(field->out, '<');
	buf_add(field->out, id, len);
	buf_putc(field->out, '>');
	field->column += len + 2;
}

void
header_add_ids(
    struct buf *out, const char *name, const char *ids, const char *last)
{
	struct id_field field = { .out = out, .name = name };
	const char *at = text_or(ids, "");
	const char *tail = NULL;
	size_t count = 0, tail_len = 0, len;

	while (next_id(&at, &len) != NULL)
		count++;
	at = text_or(ids, "");
	for (size_t i = 0; i < count; i++) {
		const char *id = next_id(&at, &len);

		/* The first one and the newest tell where a mail belongs. */
		if (id != NULL && (i == 0 || i + LIMIT_REFERENCES > count))
			add_id(&field, id, len);
		tail = id;
		tail_len = len;
	}
	len = strlen(text_or(last, ""));
	if (last != NULL && is_id(last, len) &&
	    (tail == NULL || len != tail_len || memcmp(tail, last, len) != 0))
		add_id(&field, last, len);
	if (field.column > 0)
		buf_puts(out, "\r\n");
}
