#include "tests/support/json_source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The engine knows whole numbers only; a text until the next one. */
static const char *
real_text(double number)
{
	static char text[40];

	for (int digits = 15; digits <= 17; digits++) {
		(void)snprintf(text, sizeof(text), "%.*g", digits, number);
		if (strtod(text, NULL) == number)
			break;
	}
	return text;
}

static struct template_value
value_of(const json_t *json)
{
	struct template_value value = { .kind = VALUE_NONE, .of = json };

	if (json_is_object(json)) {
		value.kind = VALUE_OBJECT;
	} else if (json_is_array(json)) {
		value.kind = VALUE_LIST;
		value.len = json_array_size(json);
	} else if (json_is_string(json)) {
		value.kind = VALUE_TEXT;
		value.text = json_string_value(json);
		value.len = json_string_length(json);
	} else if (json_is_real(json)) {
		value.kind = VALUE_TEXT;
		value.text = real_text(json_real_value(json));
		value.len = strlen(value.text);
	} else if (json_is_boolean(json)) {
		value.kind = VALUE_FLAG;
		value.number = json_is_true(json);
	} else if (json_is_integer(json)) {
		value.kind = VALUE_NUMBER;
		value.number = json_integer_value(json);
	}
	return value;
}

static bool
get(const struct template_source *source, const struct template_value *object,
    const struct template_name *name, struct template_value *ret)
{
	const char *at = name->text;
	size_t len = strcspn(at, ".");
	const json_t *json = json_object_getn(object->of, at, len);

	(void)source;
	if (json == NULL)
		return false;
	/* The rest of a dotted name is looked for only inside. */
	while (json != NULL && at[len] == '.') {
		at += len + 1;
		len = strcspn(at, ".");
		json = json_object_getn(json, at, len);
	}
	*ret = value_of(json);
	return true;
}

static struct template_value
item(const struct template_source *source, const struct template_value *list,
    size_t i)
{
	(void)source;
	return value_of(json_array_get(list->of, i));
}

struct template_source
json_source(const json_t *data)
{
	return (struct template_source){
		.get = get, .item = item, .root = value_of(data)
	};
}
