/*
 * The fields that are signed one by one.
 */
#include <stdbool.h>
#include <string.h>

#include "fuzz/must.h"
#include "fuzz/targets.h"
#include "lib/arena.h"
#include "lib/flat_json.h"
#include "lib/form.h"
#include "lib/json.h"

/* As the verifiers and the reader take it for granted. */
static void
check_field(const struct form_field *field, size_t size)
{
	must(field->name.data[field->name.len] == '\0' &&
		 field->text.data[field->text.len] == '\0',
	    "no NUL behind a field");
	must(field->name.len + field->text.len <= size,
	    "a field is longer than what it was taken from");
}

/* The text of the field, as jansson has it; it stops at nothing either. */
static void
check_against(const json_t *object, const struct form_field *field)
{
	const json_t *value = json_object_get(object, field->name.data);

	if (strlen(field->name.data) != field->name.len ||
	    !json_is_string(value))
		return;
	must(json_string_length(value) == field->text.len &&
		 memcmp(json_string_value(value), field->text.data,
		     field->text.len) == 0,
	    "a text of JSON is another one to jansson");
}

static bool
is_flat(const json_t *object)
{
	const char *name;
	json_t *value;

	if (!json_is_object(object))
		return false;
	json_object_foreach((json_t *)(uintptr_t)object, name,
	    value) if (json_is_object(value) ||
		       json_is_array(value)) return false;
	return true;
}

/* Two readers of one body must not differ in what is one.  jansson alone
 * refuses wrong UTF-8, which we hand on to be mended, and numbers that it
 * cannot count. */
static void
check_taken(const uint8_t *data, size_t size)
{
	char *copy = arena_strndup(&fuzz_arena, (const char *)data, size);
	json_error_t why;
	json_t *object;

	json_mend_escapes(copy, size);
	object = json_loadb(copy, size, JSON_ALLOW_NUL, &why);
	must(object != NULL ||
		 json_error_code(&why) == json_error_invalid_utf8 ||
		 json_error_code(&why) == json_error_numeric_overflow,
	    "we read it, and jansson does not");
	json_decref(object);
}

void
fuzz_fields(const uint8_t *data, size_t size)
{
	struct bytes form = { (const char *)data, size };
	struct flat_json json = flat_json_open(form);
	bool has_nul = size > 0 && memchr(data, '\0', size) != NULL;
	/* Of two of a name it keeps the last: those are not compared; nor what
	 * it reads over a NUL behind a number. */
	json_t *object =
	    has_nul ? NULL
		    : json_loadb((const char *)data, size,
			  JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
	struct form_field field;
	size_t count = 0;

	arena_reset(&fuzz_arena);
	while (form_next(&form, &fuzz_arena, &field))
		check_field(&field, size);
	while (flat_json_next(&json, &fuzz_arena, &field)) {
		check_field(&field, size);
		check_against(object, &field);
		count++;
	}
	must(!json.is_good || !has_nul, "a NUL is in what we read");
	if (json.is_good)
		check_taken(data, size);
	if (is_flat(object)) {
		must(json.is_good, "jansson reads it, and we do not");
		must(json_object_size(object) == count, "fields are missing");
	} else if (object != NULL) {
		must(!json.is_good, "what nests is taken for flat");
	}
	json_decref(object);
}
