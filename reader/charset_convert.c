#include "reader/charset_convert.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "lib/arena.h"
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

/* What is passed over of what fits nothing: less than a unit would put all that
 * follows out of step. */
static size_t
unit_of(int charset)
{
	if (charset_is(charset, "UTF-16"))
		return 2;
	return charset_is(charset, "UTF-32") ? 4 : 1;
}

size_t
charset_convert_into(
    int charset, const char *data, size_t len, char *out, size_t *ret_bad)
{
	iconv_t cd = charset_converter(charset);
	char *in, *to = out;
	size_t left = len, room = 3 * len + 8, unit = unit_of(charset);

	/* iconv does not write to it, whatever its prototype says. */
	memcpy(&in, &data, sizeof(in));
	if (charset == UTF8)
		return copy_utf8(data, len, out, ret_bad);
	*ret_bad = 0;
	(void)iconv(cd, NULL, NULL, NULL, NULL);
	while (left > 0 && iconv(cd, &in, &left, &to, &room) == (size_t)-1) {
		size_t step = left < unit ? left : unit;

		/* Of some charsets it holds a character back, and may fail with
		 * all of the input taken. */
		if (errno == E2BIG || room < 3 || left == 0)
			break;
		memcpy(to, replacement, sizeof(replacement));
		to += 3;
		room -= 3;
		in += step;
		left -= step;
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
	size_t used = charset_convert_into(
	    charset_find(label), data, len, out, ret_bad);

	out[used] = '\0';
	return out;
}
