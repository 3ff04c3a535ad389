#include "channels/sms_signed_fields.h"

#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/flat_json.h"
#include "lib/form.h"

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

static void
add_field(struct signed_fields *fields, const struct form_field *field)
{
	fields->is_cut = strlen(field->name.data) != field->name.len ||
			 strlen(field->text.data) != field->text.len;
	add(fields, field->name.data, field->text.data);
}

void
signed_fields_add_form(
    struct signed_fields *fields, struct bytes body, struct arena *arena)
{
	struct form_field field;

	while (!fields->is_cut && form_next(&body, arena, &field))
		add_field(fields, &field);
}

void
signed_fields_add_json(
    struct signed_fields *fields, struct bytes body, struct arena *arena)
{
	struct flat_json json = flat_json_open(body);
	struct form_field field;

	while (!fields->is_cut && flat_json_next(&json, arena, &field))
		add_field(fields, &field);
	fields->is_cut = fields->is_cut || !json.is_good;
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
