#include "channels/header_words.h"

#include <stdint.h>
#include <string.h>

#include "channels/compose_coding.h"
#include "core/unicode.h"
#include "lib/buf.h"

enum {
	CODED_LINE = 76, /* RFC 2047 2 */
	WORD_MAX = 500,  /* longer ASCII words are coded to be foldable */
};

#define CODED_START "=?UTF-8?"
enum {
	CODED_FRAME = sizeof(CODED_START "B?"
					 "?=") -
		      1
};

static const char replacement[] = "\xef\xbf\xbd";

/* C0, DEL, C1 and Unicode's own line ends: none may reach a header. */
static bool
is_blank(uint32_t character)
{
	return character <= ' ' || (character >= 0x7f && character <= 0x9f) ||
	       character == 0x2028 || character == 0x2029;
}

size_t
header_clean(const char *value, size_t max, char ret[LIMIT_HEADER_BYTES + 1])
{
	const char *at = value;
	size_t len = 0;
	bool gap = false;
	uint32_t character;

	while ((character = unicode_next(&at)) != 0) {
		bool is_wrong = character == 0xfffd;
		const char *bytes = is_wrong ? replacement : value;
		size_t count =
		    is_wrong ? sizeof(replacement) - 1 : (size_t)(at - value);

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

bool
header_is_plain(const char *text)
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

void
header_fold(struct buf *out, size_t *column)
{
	buf_puts(out, "\r\n ");
	*column = 1;
}

void
header_put_coded(struct buf *out, const char *text, size_t *column)
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
			header_fold(out, column);
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
			header_fold(out, column);
	}
}

void
header_put_plain(struct buf *out, const char *text, size_t *column)
{
	while (*text != '\0') {
		size_t len = (size_t)(*text == ' ') +
			     strcspn(text + (*text == ' '), " ");

		if (*text == ' ' && *column + len > HEADER_FOLD_AT) {
			buf_puts(out, "\r\n");
			*column = 0;
		}
		buf_add(out, text, len);
		*column += len;
		text += len;
	}
}
