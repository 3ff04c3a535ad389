#include "channels/sms_signed_fields.h"

#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/digest.h"

static void
add(struct signed_fields *fields, const char *name, const char *text)
{
	if (fields->count == SIGNED_FIELDS_MAX)
		fields->is_cut = true;
	else
		fields->list[fields->count++] = (struct sms_pair){ name, text };
}

void
signed_fields_add(struct signed_fields *fields, const struct sms_pair *list,
    size_t count, struct arena *arena)
{
	for (size_t i = 0; i < count; i++)
		add(fields, arena_strdup(arena, list[i].name),
		    arena_strdup(arena, list[i].text));
}

static const char *
decode(struct signed_fields *fields, const char *text, size_t len,
    struct arena *arena)
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
	fields->is_cut = fields->is_cut || strlen(out) != used;
	return out;
}

void
signed_fields_add_form(
    struct signed_fields *fields, struct bytes body, struct arena *arena)
{
	const char *at = body.data, *end = body.data + body.len;

	while (at != NULL && at < end && !fields->is_cut) {
		size_t left = (size_t)(end - at);
		const char *stop = memchr(at, '&', left);
		size_t len = stop == NULL ? left : (size_t)(stop - at);
		const char *equals = memchr(at, '=', len);
		size_t name_len = equals == NULL ? len : (size_t)(equals - at);

		if (len > 0)
			add(fields, decode(fields, at, name_len, arena),
			    equals == NULL ? ""
					   : decode(fields, equals + 1,
						 len - name_len - 1, arena));
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
