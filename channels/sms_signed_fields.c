#include "channels/sms_signed_fields.h"

#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/digest.h"

void
signed_fields_add(struct signed_fields *fields, const struct sms_pair *list,
    size_t count, struct arena *arena)
{
	for (size_t i = 0; i < count && fields->count < SIGNED_FIELDS_MAX; i++)
		fields->list[fields->count++] = (struct sms_pair){
			arena_strdup(arena, list[i].name),
			arena_strdup(arena, list[i].text),
		};
}

static char *
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
		if (digits[0] != '\0' && digest_unhex(digits, &byte, 1) == 0) {
			out[used++] = (char)byte;
			i += 2;
		} else {
			out[used++] = (char)(text[i] == '+' ? ' ' : text[i]);
		}
	}
	out[used] = '\0';
	return out;
}

void
signed_fields_add_form(
    struct signed_fields *fields, struct bytes body, struct arena *arena)
{
	const char *at = body.data, *end = body.data + body.len;

	while (at != NULL && at < end && fields->count < SIGNED_FIELDS_MAX) {
		size_t left = (size_t)(end - at);
		const char *stop = memchr(at, '&', left);
		size_t len = stop == NULL ? left : (size_t)(stop - at);
		const char *equals = memchr(at, '=', len);
		size_t name_len = equals == NULL ? len : (size_t)(equals - at);

		if (len > 0)
			fields->list[fields->count++] = (struct sms_pair){
				decode(at, name_len, arena),
				equals == NULL ? ""
					       : decode(equals + 1,
						     len - name_len - 1, arena),
			};
		at = stop == NULL ? NULL : stop + 1;
	}
}

static int
compare(const void *a, const void *b)
{
	const struct sms_pair *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order != 0 ? order : strcmp(x->text, y->text);
}

void
signed_fields_sort(struct signed_fields *fields)
{
	qsort(fields->list, fields->count, sizeof(*fields->list), compare);
}
