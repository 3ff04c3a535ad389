#include "reader/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/text.h"
#include "reader/charset_choose.h"
#include "reader/charset_table.h"
#include "reader/charset_utf8.h"

/* U+FFFD */
static const char replacement[3] = { '\xEF', '\xBF', '\xBD' };

/* Lossy UTF-8: keep what is well formed, mark the rest.  When a text is cut
 * in a character or one byte was damaged, the label is still right. */
static size_t
copy_utf8(const char *data, size_t len, char *out, size_t *ret_bad)
{
	size_t used = 0;

	*ret_bad = 0;
	while (len > 0) {
		size_t run = utf8_run(data, len);

		memcpy(out + used, data, run);
		used += run;
		data += run;
		len -= run;
		if (len == 0)
			break;
		memcpy(out + used, replacement, sizeof(replacement));
		used += sizeof(replacement);
		(*ret_bad)++;
		data++;
		len--;
	}
	return used;
}

/* `out' has room for 3 * len + 8 bytes. */
static size_t
convert(int charset, const char *data, size_t len, char *out, size_t *ret_bad)
{
	iconv_t cd = charset_converter(charset);
	char *in, *to = out;
	size_t left = len, room = 3 * len + 8;

	/* iconv does not write to it, whatever its prototype says. */
	memcpy(&in, &data, sizeof(in));
	if (charset == UTF8)
		return copy_utf8(data, len, out, ret_bad);
	*ret_bad = 0;
	(void)iconv(cd, NULL, NULL, NULL, NULL);
	while (left > 0 && iconv(cd, &in, &left, &to, &room) == (size_t)-1) {
		if (errno == E2BIG || room < 3)
			break;
		memcpy(to, replacement, sizeof(replacement));
		to += 3;
		room -= 3;
		in++;
		left--;
		(*ret_bad)++;
	}
	(void)iconv(cd, NULL, NULL, &to, &room);
	return (size_t)(to - out);
}

char *
charset_convert(const char *label, const char *data, size_t len,
    struct arena *arena, size_t *ret_bad)
{
	char *out = arena_alloc(arena, 3 * len + 16);
	size_t used = convert(charset_find(label), data, len, out, ret_bad);

	out[used] = '\0';
	return out;
}

/* Line ends become "\n"; other control characters, NUL and byte order marks
 * go away, in place. */
static void
clean(char *text, size_t len)
{
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		/* Most bytes. */
		if (c >= ' ' && c < 0xEF && c != 0x7F) {
			text[used++] = (char)c;
			continue;
		}
		if (c == '\r') {
			if (i + 1 < len && text[i + 1] == '\n')
				continue;
			c = '\n';
		}
		if ((c < ' ' && c != '\n' && c != '\t') || c == 0x7F)
			continue;
		if (c == 0xEF && i + 2 < len &&
		    memcmp(text + i, "\xEF\xBB\xBF", 3) == 0) {
			i += 2;
			continue;
		}
		text[used++] = (char)c;
	}
	text[used] = '\0';
}

/* RFC 1843: what Chinese news used, and glibc does not know. */
static char *
from_hz(const char *data, size_t len, struct arena *arena)
{
	char *bytes = arena_alloc(arena, len + 1);
	size_t used = 0;
	bool is_chinese = false;

	for (size_t i = 0; i < len; i++) {
		char next = '\0';

		if (i + 1 < len)
			next = data[i + 1];
		if (data[i] == '~' && (next == '{' || next == '}')) {
			is_chinese = next == '{';
			i++;
		} else if (data[i] == '~' && (next == '~' || next == '\n')) {
			if (next == '~')
				bytes[used++] = '~';
			i++;
		} else {
			bytes[used++] =
			    (char)(is_chinese && data[i] > ' ' ? data[i] | 0x80
							       : data[i]);
		}
	}
	return charset_to_utf8("gb2312", bytes, used, arena);
}

char *
charset_to_utf8(
    const char *label, const char *data, size_t len, struct arena *arena)
{
	char *out;
	size_t bad, used;

	if (text_starts_nocase(text_or(label, ""), "hz"))
		return from_hz(data, len, arena);
	out = arena_alloc(arena, 3 * len + 16);
	used = convert(
	    charset_choose(label, data, len, arena), data, len, out, &bad);
	clean(out, used);
	return out;
}
