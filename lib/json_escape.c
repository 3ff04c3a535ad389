#include "lib/json_escape.h"

#include "lib/text.h"

enum { DIGITS = 4, NEXT = DIGITS + 2 }; /* where a second one's digits are */

static bool
read_unit(const char *data, size_t len, uint32_t *ret)
{
	*ret = 0;
	if (len < DIGITS)
		return false;
	for (size_t i = 0; i < DIGITS; i++) {
		int digit = text_hex_value(data[i]);

		if (digit < 0)
			return false;
		*ret = *ret << 4 | (uint32_t)digit;
	}
	return true;
}

size_t
json_escape_read(const char *data, size_t len, uint32_t *ret)
{
	uint32_t low;

	if (!read_unit(data, len, ret))
		return 0;
	if (*ret < 0xd800 || *ret > 0xdbff || len < NEXT + DIGITS ||
	    data[DIGITS] != '\\' || data[DIGITS + 1] != 'u' ||
	    !read_unit(data + NEXT, len - NEXT, &low) || low < 0xdc00 ||
	    low > 0xdfff)
		return DIGITS;
	*ret = 0x10000 + ((*ret - 0xd800) << 10) + (low - 0xdc00);
	return NEXT + DIGITS;
}

bool
json_escape_is_half(uint32_t code)
{
	return code >= 0xd800 && code <= 0xdfff;
}
