#include "reader/charset.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/text.h"
#include "reader/charset_choose.h"
#include "reader/charset_convert.h"
#include "reader/charset_guess.h"
#include "reader/charset_table.h"

int
charset_open_all(struct err *err)
{
	if (charset_table_open(err) < 0)
		return -1;
	charset_guess_open();
	return 0;
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
	used = charset_convert_into(
	    charset_choose(label, data, len, arena), data, len, out, &bad);
	clean(out, used);
	return out;
}
