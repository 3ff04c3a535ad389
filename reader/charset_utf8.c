#include "reader/charset_utf8.h"

#include <string.h>

#include "reader/charset.h"

/* Bytes of the character that starts with `lead', 0 when none does. */
static size_t
utf8_need(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead < 0xC2 || lead >= 0xF5)
		return 0;
	return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* Bytes of the well-formed character at `data' (RFC 3629), 0 if there is
 * none. */
static size_t
utf8_length(const unsigned char *data, size_t len)
{
	unsigned char lead = data[0];
	size_t need = utf8_need(lead);

	if (need == 0 || need > len)
		return 0;
	for (size_t i = 1; i < need; i++)
		if ((data[i] & 0xC0) != 0x80)
			return 0;
	if ((lead == 0xE0 && data[1] < 0xA0) ||
	    (lead == 0xED && data[1] > 0x9F) ||
	    (lead == 0xF0 && data[1] < 0x90) ||
	    (lead == 0xF4 && data[1] > 0x8F))
		return 0;
	return need;
}

/* Bytes from `data' on that are well formed. */
size_t
utf8_run(const char *data, size_t len)
{
	const unsigned char *bytes = (const unsigned char *)data;
	size_t i = 0, step = 1;

	while (i < len && step > 0) {
		/* Most bytes of markup, then most of Chinese text. */
		if (bytes[i] < 0x80) {
			i++;
			continue;
		}
		if (bytes[i] > 0xE0 && bytes[i] < 0xED && len - i > 2 &&
		    (bytes[i + 1] & 0xC0) == 0x80 &&
		    (bytes[i + 2] & 0xC0) == 0x80) {
			i += 3;
			continue;
		}
		step = utf8_length(bytes + i, len - i);
		i += step;
	}
	return i;
}

bool
charset_is_utf8(const char *data, size_t len)
{
	return utf8_run(data, len) == len;
}

size_t
charset_fit(const char *text, size_t len)
{
	size_t fit = strnlen(text, len + 1);

	if (fit <= len)
		return fit;
	fit = len;
	while (fit > 0 && ((unsigned char)text[fit] & 0xC0) == 0x80)
		fit--;
	return fit;
}

struct utf8_look
utf8_look(const char *data, size_t len)
{
	const unsigned char *bytes = (const unsigned char *)data;
	struct utf8_look look = { 0 };

	for (size_t i = 0; i < len;) {
		size_t step;

		if (bytes[i] < 0x80) {
			i++;
			continue;
		}
		step = utf8_length(bytes + i, len - i);
		look.high += step == 0 ? 1 : step;
		look.pairs += step == 2;
		look.longer += step > 2;
		if (step == 0 && utf8_need(bytes[i]) > len - i)
			break;
		look.bad += step == 0;
		i += step == 0 ? 1 : step;
	}
	return look;
}
