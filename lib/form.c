#include "lib/form.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/digest.h"

static struct bytes
decode(const char *text, size_t len, struct arena *arena)
{
	char *out = arena_alloc(arena, len + 1);
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		char digits[3] = "";
		uint8_t byte;

		if (text[i] == '%' && i + 2 < len) {
			digits[0] = text[i + 1];
			digits[1] = text[i + 2];
		}
		if (digest_unhex(digits, &byte, 1) == 0) {
			out[used++] = (char)byte;
			i += 2;
		} else {
			out[used++] = (char)(text[i] == '+' ? ' ' : text[i]);
		}
	}
	out[used] = '\0';
	return (struct bytes){ out, used };
}

/* Up to `end' or to all of it, which is taken off with the mark. */
static struct bytes
take_until(struct bytes *rest, char end)
{
	const char *stop =
	    rest->len == 0 ? NULL : memchr(rest->data, end, rest->len);
	size_t len = stop == NULL ? rest->len : (size_t)(stop - rest->data);
	size_t taken = len + (stop != NULL);
	struct bytes ret = { rest->data, len };

	if (taken > 0)
		*rest = (struct bytes){ rest->data + taken, rest->len - taken };
	return ret;
}

bool
form_next(struct bytes *rest, struct arena *arena, struct form_field *ret)
{
	struct bytes field = { 0 }, name;

	while (field.len == 0) {
		if (rest->len == 0)
			return false;
		field = take_until(rest, '&');
	}
	name = take_until(&field, '=');
	ret->name = decode(name.data, name.len, arena);
	ret->text = decode(field.data, field.len, arena);
	return true;
}
