#include "channels/compose_header.h"

#include <stdint.h>
#include <string.h>

#include "channels/compose_coding.h"
#include "core/limits.h"
#include "core/unicode.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/text.h"

enum {
	FOLD_AT = 78,	   /* RFC 5322 2.1.1 */
	CODED_LINE = 76,   /* RFC 2047 2 */
	WORD_MAX = 500,	   /* longer ASCII words are coded to be foldable */
	NAME_MAX_BYTES = 256, /* of a display name */
	ADDRESS_MAX = 254,    /* RFC 5321 4.5.3.1.3, less the brackets */
	ID_MAX = 900,	      /* must fit a line of 998 */
	RAW_MAX = 900,
};

#define CODED_START "=?UTF-8?"
enum { CODED_FRAME = sizeof(CODED_START "B?" "?=") - 1 };

static const char replacement[] = "\xef\xbf\xbd";

/* C0, DEL, C1 and Unicode's own line ends: none may reach a header. */
static bool
is_blank(uint32_t character)
{
	return character <= ' ' || (character >= 0x7f && character <= 0x9f) ||
	    character == 0x2028 || character == 0x2029;
}

/* The value as this file's header says; returns its length. */
static size_t
clean_value(const char *value, size_t max, char ret[LIMIT_HEADER_BYTES + 1])
{
	const char *at = value;
	size_t len = 0;
	bool gap = false;
	uint32_t character;

	while ((character = unicode_next(&at)) != 0) {
		bool is_wrong = character == 0xfffd;
		const char *bytes = is_wrong ? replacement : value;
		size_t count = is_wrong ? sizeof(replacement) - 1
					: (size_t)(at - value);

		value = at;
		if (is_blank(character)) {
			gap = len > 0;
			continue;
		}
		if (len + gap + count > max)
			break;
		if (gap)
			ret[len++] = ' ';
		gap = false;
		memcpy(ret + len, bytes, count);
		len += count;
	}
	ret[len] = '\0';
	return len;
}

static bool
is_plain(const char *text)
{
	size_t word = 0;

	/* Some readers decode what looks coded even where it is not. */
	if (strstr(text, "=?") != NULL)
		return false;
	for (; *text != '\0'; text++) {
		if ((unsigned char)*text >= 0x7f)
			return false;
		word = *text == ' ' ? 0 : word + 1;
		if (word > WORD_MAX)
			return false;
	}
	return true;
}

/* What may stand as itself in the "Q" coding everywhere (RFC 2047 5 (3)). */
static bool
is_q_safe(unsigned char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
	    (byte >= 'a' && byte <= 'z') ||
	    (byte != '\0' && strchr("!*+-/", byte) != NULL);
}

static size_t
q_len(const char *text, size_t len)
{
	size_t sum = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)text[i];

		sum += is_q_safe(byte) || byte == ' ' ? 1 : 3;
	}
	return sum;
}

static size_t
b_len(size_t len)
{
	return (len + 2) / 3 * 4;
}

static void
add_q(struct buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)text[i];

		if (byte == ' ')
			buf_putc(out, '_');
		else if (is_q_safe(byte))
			buf_putc(out, (char)byte);
		else
			coding_hex(out, '=', byte);
	}
}

/* Length of the character at `text', which is valid UTF-8. */
static size_t
character_len(const char *text)
{
	unsigned char lead = (unsigned char)*text;

	return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

static size_t
coded_len(const char *text, size_t len, bool as_q)
{
	return CODED_FRAME + (as_q ? q_len(text, len) : b_len(len));
}

static void
fold(struct buf *out, size_t *column)
{
	buf_puts(out, "\r\n ");
	*column = 1;
}

/* As many words of RFC 2047 as it takes, each of whole characters. */
static void
add_coded(struct buf *out, const char *text, size_t *column)
{
	size_t left = strlen(text);
	bool as_q = q_len(text, left) < b_len(left);

	while (left > 0) {
		size_t len = 0;

		while (len < left) {
			size_t more = len + character_len(text + len);

			if (*column + coded_len(text, more, as_q) > CODED_LINE)
				break;
			len = more;
		}
		if (len == 0) {
			fold(out, column);
			continue;
		}
		buf_puts(out, as_q ? CODED_START "Q?" : CODED_START "B?");
		if (as_q)
			add_q(out, text, len);
		else
			coding_base64(out, text, len);
		buf_puts(out, "?=");
		*column += coded_len(text, len, as_q);
		text += len;
		left -= len;
		if (left > 0)
			fold(out, column);
	}
}

/* Plain words, folded in front of a space where the line gets long. */
static void
add_plain(struct buf *out, const char *text, size_t *column)
{
	while (*text != '\0') {
		size_t len = (size_t)(*text == ' ') + strcspn(
		    text + (*text == ' '), " ");

		if (*text == ' ' && *column + len > FOLD_AT) {
			buf_puts(out, "\r\n");
			*column = 0;
		}
		buf_add(out, text, len);
		*column += len;
		text += len;
	}
}

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
	(void)clean_value(value, LIMIT_HEADER_BYTES, clean);
	column = start_field(out, name);
	if (is_plain(clean))
		add_plain(out, clean, &column);
	else
		add_coded(out, clean, &column);
	buf_puts(out, "\r\n");
}

void
header_raw(struct buf *out, const char *name, const char *value)
{
	char clean[LIMIT_HEADER_BYTES + 1];
	size_t column = start_field(out, name);

	(void)clean_value(value, RAW_MAX, clean);
	add_plain(out, clean, &column);
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
	add_plain(out, buf_text(&quoted), column);
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
header_mailbox(struct buf *out, const char *name, const char *display,
    const char *address)
{
	char clean[LIMIT_HEADER_BYTES + 1];
	size_t column = start_field(out, name);

	if (clean_value(text_or(display, ""), NAME_MAX_BYTES, clean) == 0) {
		buf_puts(out, address);
		buf_puts(out, "\r\n");
		return;
	}
	if (!is_plain(clean))
		add_coded(out, clean, &column);
	else if (is_phrase(clean))
		add_plain(out, clean, &column);
	else
		add_quoted(out, clean, &column);
	if (column + strlen(address) + 3 > FOLD_AT)
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
	} else if (field->column + len + 3 > FOLD_AT) {
		fold(field->out, &field->column);
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
