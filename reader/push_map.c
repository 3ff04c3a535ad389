/*
 * What a provider file says of its fields, on its way to the reader.
 */
#include <stddef.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/push.h"

#define FIELD(name)                                      \
	{                                                \
#name, offsetof(struct sms_fields, name) \
	}

struct place {
	const char *key;
	size_t offset;
};

static const struct place texts[] = { FIELD(items), FIELD(only_at),
	FIELD(only_is), FIELD(id), FIELD(from), FIELD(to), FIELD(text),
	FIELD(time), FIELD(time_zone), FIELD(charset), FIELD(coding),
	FIELD(text_hex), FIELD(header), FIELD(part_ref), FIELD(part_count),
	FIELD(part_number), FIELD(state), FIELD(reason), FIELD(cursor) };
static const struct place lists[] = { FIELD(utf16_codings), FIELD(delivered),
	FIELD(sent), FIELD(expired), FIELD(failed), FIELD(accepted), FIELD(optout) };

static const struct {
	const char *key;
	size_t offset;
} parts[] = {
	{ "push", offsetof(struct push_map, push) },
	{ "report", offsetof(struct push_map, report) },
	{ "poll", offsetof(struct push_map, poll) },
	{ "report_poll", offsetof(struct push_map, report_poll) },
};

static json_t *
list_to_json(const char *const *list)
{
	json_t *array = json_array();

	for (; list != NULL && *list != NULL; list++)
		json_array_append_new(array, json_string(*list));
	return array;
}

static json_t *
fields_to_json(const struct sms_fields *fields)
{
	json_t *object = json_object();

	json_put_int(object, "format", (int64_t)fields->format);
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		const char *value;

		memcpy(&value, (const char *)fields + texts[i].offset,
		    sizeof(value));
		if (value != NULL)
			json_put_text(object, texts[i].key, value);
	}
	for (size_t i = 0; i < ARRAY_COUNT(lists); i++) {
		const char *const *value;

		memcpy(&value, (const char *)fields + lists[i].offset,
		    sizeof(value));
		json_object_set_new(object, lists[i].key, list_to_json(value));
	}
	return object;
}

struct push_map
push_map_from(const struct sms_provider *provider)
{
	return (struct push_map){
		.push = provider->push.fields,
		.report = provider->report.fields,
		.poll = provider->poll.fields,
		.report_poll = provider->report_poll.fields,
	};
}

json_t *
push_map_to_json(const struct push_map *map)
{
	json_t *object = json_object();

	for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
		const struct sms_fields *fields =
		    (const struct sms_fields *)(const void *)((const char *)
								  map +
							      parts[i].offset);

		json_object_set_new(
		    object, parts[i].key, fields_to_json(fields));
	}
	return object;
}

static const char *const *
list_from_json(const json_t *array, struct arena *arena)
{
	size_t count = json_array_size(array);
	const char **list = arena_array(arena, count + 1, sizeof(*list));

	for (size_t i = 0; i < count; i++)
		list[i] = arena_strdup(arena,
		    text_or(json_string_value(json_array_get(array, i)), ""));
	return list;
}

static void
fields_from_json(
    const json_t *object, struct arena *arena, struct sms_fields *ret)
{
	int64_t format = json_int(object, "format", 0);

	if (format >= SMS_FORMAT_QUERY && format <= SMS_FORMAT_XML)
		ret->format = (enum sms_format)format;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		const char *value = json_text_in(object, texts[i].key, arena);

		memcpy((char *)ret + texts[i].offset, &value, sizeof(value));
	}
	for (size_t i = 0; i < ARRAY_COUNT(lists); i++) {
		const char *const *value = list_from_json(
		    json_object_get(object, lists[i].key), arena);

		memcpy((char *)ret + lists[i].offset, &value, sizeof(value));
	}
}

int
push_map_from_json(const json_t *document, struct arena *arena,
    struct push_map *ret, struct err *err)
{
	if (!json_is_object(document))
		return err_set(err, ERR_DATA, "a push map is a JSON object");
	*ret = (struct push_map){ 0 };
	for (size_t i = 0; i < ARRAY_COUNT(parts); i++)
		fields_from_json(json_object_get(document, parts[i].key), arena,
		    (struct sms_fields *)(void *)((char *)ret +
						  parts[i].offset));
	return 0;
}
