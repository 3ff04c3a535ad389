#include "reader/transfer_guess.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "lib/arena.h"
#include "reader/charset.h"

enum {
	SAMPLE_BYTES = 4096,
	LEAST_BASE64 = 24, /* fewer letters may well be one word */
	LEAST_ESCAPES = 3,
};

static bool
is_base64(char c)
{
	return isalnum((unsigned char)c) || c == '+' || c == '/' || c == '=';
}

/* Letters that base64 has not, spaces inside of lines among them; counted up
 * to `enough'. */
static size_t
count_foreign(const char *data, size_t len, size_t enough)
{
	size_t count = 0;

	for (size_t i = 0; i < len && count < enough; i++) {
		bool at_end =
		    i + 1 == len || data[i + 1] == '\n' || data[i + 1] == '\r';

		if (data[i] == '\n' || data[i] == '\r' ||
		    (data[i] == ' ' && at_end))
			continue;
		count += !is_base64(data[i]);
	}
	return count;
}

/* Clean text with a letter that is no ASCII, or several words. */
static bool
is_text(const char *data, size_t len)
{
	bool has_more = false;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)data[i];

		if ((c < ' ' && c != '\n' && c != '\r' && c != '\t') ||
		    c == 0x7F)
			return false;
		has_more |= c >= 0x80 || c == ' ';
	}
	return has_more && charset_is_utf8(data, len);
}

static bool
decodes_to_text(
    enum transfer transfer, const char *data, size_t len, struct arena *arena)
{
	/* A character cut at the end would look broken. */
	char *out = arena_alloc(arena, SAMPLE_BYTES + 4);
	size_t got = transfer_decode(transfer, data, len, out, SAMPLE_BYTES);

	out[got] = '\0';
	if (got > 8 && len == SAMPLE_BYTES)
		got = charset_fit(out, got - 4);
	return is_text(out, got);
}

/* Nothing but "=E6=B0=B4" and soft line breaks behind the equals signs. */
static bool
is_quoted(const char *data, size_t len)
{
	size_t escapes = 0;

	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)data[i] >= 0x80)
			return false;
		if (data[i] != '=' || i + 2 >= len)
			continue;
		if (data[i + 1] == '\n' || data[i + 1] == '\r')
			continue;
		if (strchr("89ABCDEF", data[i + 1]) == NULL ||
		    !isxdigit((unsigned char)data[i + 2]))
			return false;
		escapes++;
	}
	return escapes >= LEAST_ESCAPES;
}

enum transfer
transfer_guess(
    enum transfer named, const char *data, size_t len, struct arena *arena)
{
	if (len > SAMPLE_BYTES)
		len = SAMPLE_BYTES;
	if (named != TRANSFER_NONE && named != TRANSFER_BASE64)
		return named;
	if (named == TRANSFER_BASE64)
		return count_foreign(data, len, len) * 8 > len ? TRANSFER_NONE
							       : named;
	if (len >= LEAST_BASE64 && count_foreign(data, len, 1) == 0 &&
	    decodes_to_text(TRANSFER_BASE64, data, len, arena))
		return TRANSFER_BASE64;
	if (memchr(data, '=', len) != NULL && is_quoted(data, len) &&
	    decodes_to_text(TRANSFER_QUOTED, data, len, arena))
		return TRANSFER_QUOTED;
	return named;
}
