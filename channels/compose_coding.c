#include "channels/compose_coding.h"

#include <stdint.h>
#include <string.h>

#include "lib/buf.h"

enum {
	LINE = 76,
	LINE_BYTES = LINE / 4 * 3,
	TRANSPORT_LINE = 998,
};

static const char base64_letters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char hex_letters[] = "0123456789ABCDEF";

void
coding_hex(struct buf *out, char mark, unsigned char byte)
{
	const char text[] = { mark, hex_letters[byte >> 4],
		hex_letters[byte & 15] };

	buf_add(out, text, sizeof(text));
}

/* Returns the bytes written. */
static size_t
base64_into(char *to, const unsigned char *data, size_t len)
{
	const char *start = to;

	for (; len >= 3; data += 3, len -= 3) {
		uint32_t group = (uint32_t)data[0] << 16 |
		    (uint32_t)data[1] << 8 | data[2];

		*to++ = base64_letters[group >> 18];
		*to++ = base64_letters[group >> 12 & 63];
		*to++ = base64_letters[group >> 6 & 63];
		*to++ = base64_letters[group & 63];
	}
	if (len > 0) {
		uint32_t group = (uint32_t)data[0] << 16 |
		    (len > 1 ? (uint32_t)data[1] << 8 : 0);

		*to++ = base64_letters[group >> 18];
		*to++ = base64_letters[group >> 12 & 63];
		*to++ = '=';
		*to++ = '=';
		if (len > 1)
			to[-2] = base64_letters[group >> 6 & 63];
	}
	return (size_t)(to - start);
}

void
coding_base64(struct buf *out, const void *data, size_t len)
{
	char *room = buf_room(out, (len + 2) / 3 * 4);

	if (room != NULL)
		buf_grow(out, base64_into(room, data, len));
}

void
coding_base64_lines(struct buf *out, const char *data, size_t len)
{
	size_t lines = (len + LINE_BYTES - 1) / LINE_BYTES;
	char *room = buf_room(out, lines * (LINE + 2));
	char *to = room;

	if (room == NULL)
		return;
	while (len > 0) {
		size_t piece = len < LINE_BYTES ? len : LINE_BYTES;

		to += base64_into(to, (const unsigned char *)data, piece);
		*to++ = '\r';
		*to++ = '\n';
		data += piece;
		len -= piece;
	}
	buf_grow(out, (size_t)(to - room));
}

void
coding_line_ends(struct buf *out, const char *text, size_t len)
{
	const char *end = text + len;
	bool is_open = false;

	while (text < end) {
		const char *stop = text;

		while (stop < end && *stop != '\r' && *stop != '\n')
			stop++;
		buf_add(out, text, (size_t)(stop - text));
		is_open = stop == end;
		if (is_open)
			break;
		buf_add(out, "\r\n", 2);
		text = stop + 1;
		if (*stop == '\r' && text < end && *text == '\n')
			text++;
	}
	if (is_open)
		buf_add(out, "\r\n", 2);
}

static bool
is_literal(unsigned char byte)
{
	return (byte >= ' ' && byte < 0x7f && byte != '=') || byte == '\t';
}

/* As itself, or as a code?  White space at a line's end would be lost, a dot
 * or "From " at its start be changed by relays. */
static bool
needs_code(const char *text, size_t at, size_t len)
{
	unsigned char byte = (unsigned char)text[at];
	bool is_first = at == 0 || text[at - 1] == '\n';

	if (!is_literal(byte))
		return true;
	if (byte == ' ' || byte == '\t')
		return at + 1 >= len || text[at + 1] == '\r';
	if (byte == 'F' && is_first)
		return len - at >= 5 && memcmp(text + at, "From ", 5) == 0;
	return byte == '.' && is_first;
}

size_t
coding_quoted_len(const char *text, size_t len)
{
	size_t codes = 0;
	size_t sum;

	for (size_t i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)text[i];

		codes += !is_literal(byte) && byte != '\r' && byte != '\n';
	}
	sum = len + 2 * codes;
	return sum + sum / LINE * 3;
}

void
coding_quoted(struct buf *out, const char *text, size_t len)
{
	size_t column = 0;

	for (size_t i = 0; i < len; i++) {
		bool is_coded;

		if (text[i] == '\r' && i + 1 < len && text[i + 1] == '\n') {
			buf_add(out, "\r\n", 2);
			column = 0;
			i++;
			continue;
		}
		is_coded = needs_code(text, i, len);
		if (column + (is_coded ? 3 : 1) > LINE - 1) {
			buf_add(out, "=\r\n", 3);
			column = 0;
		}
		if (is_coded)
			coding_hex(out, '=', (unsigned char)text[i]);
		else
			buf_putc(out, text[i]);
		column += is_coded ? 3 : 1;
	}
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Bytes of a soft line break at `data', or 0. */
static size_t
soft_break(const char *data, size_t len)
{
	size_t i = 1;

	if (data[0] != '=')
		return 0;
	while (i < len && (data[i] == ' ' || data[i] == '\t' || data[i] == '\r'))
		i++;
	return i < len && data[i] == '\n' ? i + 1 : 0;
}

void
coding_unquote(struct buf *out, const char *data, size_t len)
{
	size_t i = 0;

	while (i < len) {
		size_t soft = soft_break(data + i, len - i);
		int high = len - i >= 3 ? hex_value(data[i + 1]) : -1;
		int low = len - i >= 3 ? hex_value(data[i + 2]) : -1;

		if (soft > 0) {
			i += soft;
		} else if (data[i] == '=' && high >= 0 && low >= 0) {
			buf_putc(out, (char)(high * 16 + low));
			i += 3;
		} else {
			buf_putc(out, data[i++]);
		}
	}
}

void
coding_rewrap_base64(struct buf *out, const char *data, size_t len)
{
	size_t column = 0;

	for (size_t i = 0; i < len; i++) {
		if (data[i] == '\0' ||
		    (strchr(base64_letters, data[i]) == NULL && data[i] != '='))
			continue;
		buf_putc(out, data[i]);
		if (++column == LINE) {
			buf_add(out, "\r\n", 2);
			column = 0;
		}
	}
	if (column > 0)
		buf_add(out, "\r\n", 2);
}

bool
coding_is_transportable(const char *data, size_t len)
{
	size_t line = 0;

	for (size_t i = 0; i < len; i++) {
		if (data[i] == '\r' && i + 1 < len && data[i + 1] == '\n') {
			line = 0;
			i++;
			continue;
		}
		if (data[i] == '\0' || data[i] == '\r' || data[i] == '\n' ||
		    ++line > TRANSPORT_LINE)
			return false;
	}
	return true;
}
