#include "reader/transfer.h"

#include <ctype.h>
#include <string.h>

#include "lib/text.h"

/* Where decoded bytes go, or only their count. */
struct sink {
	char *out;
	size_t room;
	size_t used;
};

static void
put(struct sink *sink, unsigned value)
{
	if (sink->used >= sink->room)
		return;
	if (sink->out != NULL)
		sink->out[sink->used] = (char)(unsigned char)value;
	sink->used++;
}

static int
base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static void
decode_base64(const char *data, size_t len, struct sink *sink)
{
	unsigned bits = 0;
	int count = 0;

	for (size_t i = 0; i < len && sink->used < sink->room; i++) {
		int value = base64_value(data[i]);

		/* Padding ends one run; a second may follow it. */
		if (data[i] == '=')
			count = 0;
		if (value < 0)
			continue;
		bits = (bits << 6) | (unsigned)value;
		count++;
		if (count == 1)
			continue;
		put(sink, bits >> ((4 - count) * 2));
		if (count == 4)
			count = 0;
	}
}

/* A soft line break: "=", white space, line end.  Its length, or 0. */
static size_t
soft_break(const char *data, size_t len)
{
	size_t i = 1;

	while (i < len && (data[i] == ' ' || data[i] == '\t'))
		i++;
	if (i == len)
		return len;
	if (data[i] == '\r' && i + 1 < len && data[i + 1] == '\n')
		return i + 2;
	return data[i] == '\n' ? i + 1 : 0;
}

static void
decode_quoted(const char *data, size_t len, struct sink *sink)
{
	size_t i = 0;

	while (i < len && sink->used < sink->room) {
		size_t skip;

		if (data[i] != '=') {
			put(sink, (unsigned char)data[i++]);
			continue;
		}
		if (i + 2 < len && text_hex_value(data[i + 1]) >= 0 &&
		    text_hex_value(data[i + 2]) >= 0) {
			put(sink, (unsigned)(text_hex_value(data[i + 1]) * 16 +
					     text_hex_value(data[i + 2])));
			i += 3;
			continue;
		}
		skip = soft_break(data + i, len - i);
		if (skip == 0)
			put(sink, '=');
		i += skip == 0 ? 1 : skip;
	}
}

static void
decode_uu_line(const char *line, size_t len, struct sink *sink)
{
	size_t count = ((unsigned)line[0] - ' ') & 63;

	for (size_t i = 1; count > 0 && i < len; i += 4) {
		unsigned v[4] = { 0 };

		for (size_t k = 0; k < 4 && i + k < len; k++)
			v[k] = ((unsigned)line[i + k] - ' ') & 63;
		put(sink, v[0] << 2 | v[1] >> 4);
		if (count > 1)
			put(sink, v[1] << 4 | v[2] >> 2);
		if (count > 2)
			put(sink, v[2] << 6 | v[3]);
		count -= count < 3 ? count : 3;
	}
}

static void
decode_uuencode(const char *data, size_t len, struct sink *sink)
{
	const char *end = data + len;

	for (const char *line = data; line < end;) {
		const char *stop = memchr(line, '\n', (size_t)(end - line));
		size_t size = (size_t)((stop == NULL ? end : stop) - line);

		if (size > 0 && line[size - 1] == '\r')
			size--;
		if (size >= 3 && memcmp(line, "end", 3) == 0)
			return;
		if (size > 1 && !(size > 6 && memcmp(line, "begin ", 6) == 0))
			decode_uu_line(line, size, sink);
		line = stop == NULL ? end : stop + 1;
	}
}

enum transfer
transfer_named(const char *raw)
{
	static const struct {
		const char *name;
		enum transfer transfer;
	} names[] = {
		{ "base64", TRANSFER_BASE64 },
		{ "quotedprintable", TRANSFER_QUOTED },
		{ "uue", TRANSFER_UUENCODE },
		{ "xuu", TRANSFER_UUENCODE },
	};
	char letters[40];
	size_t used = 0;

	for (; raw != NULL && *raw != '\0' && used + 1 < sizeof(letters); raw++)
		if (isalnum((unsigned char)*raw))
			letters[used++] = (char)tolower((unsigned char)*raw);
	letters[used] = '\0';
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strncmp(letters, names[i].name, strlen(names[i].name)) == 0)
			return names[i].transfer;
	return TRANSFER_NONE;
}

size_t
transfer_decode(enum transfer transfer, const char *data, size_t len, char *out,
    size_t room)
{
	struct sink sink = { .out = out, .room = room };

	switch (transfer) {
	case TRANSFER_BASE64: decode_base64(data, len, &sink); break;
	case TRANSFER_QUOTED: decode_quoted(data, len, &sink); break;
	case TRANSFER_UUENCODE: decode_uuencode(data, len, &sink); break;
	case TRANSFER_NONE:
		sink.used = len < room ? len : room;
		if (out != NULL && sink.used > 0)
			memcpy(out, data, sink.used);
		break;
	}
	return sink.used;
}
