#include <string.h>

#include "desk/config_parts.h"
#include "lib/text.h"

/* Farther than this nobody means the other word. */
enum { NEAR = 3 };

enum { LIST_BYTES = 65536 };

static const struct config_row *
row_find(const struct config_section *section, const char *key)
{
	for (size_t i = 0; i < section->count; i++)
		if (text_eq(section->rows[i].key, key))
			return &section->rows[i];
	return NULL;
}

static const char *
nearest_key(const struct config_section *section, const char *key)
{
	const char *best = NULL;
	size_t best_distance = NEAR + 1;

	for (size_t i = 0; i < section->count; i++) {
		const char *known = section->rows[i].key;
		size_t distance = text_distance(key, known, NEAR);

		/* "password" means "password_file". */
		if (text_starts(known, key) || text_starts(key, known))
			distance = 1;
		if (distance < best_distance) {
			best_distance = distance;
			best = known;
		}
	}
	return best;
}

void
keys_check(struct reading *reading, const config_setting_t *group,
    const struct config_section *section)
{
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *member =
		    config_setting_get_elem(group, (unsigned)i);
		const char *key = config_setting_name(member);
		const char *near;

		if (row_find(section, key) != NULL)
			continue;
		near = nearest_key(section, key);
		if (near != NULL)
			reading_mistake(reading, member, NULL,
			    "unknown setting; did you mean \"%s\"?", near);
		else
			reading_mistake(reading, member, NULL,
			    "unknown setting; see shouwen.conf(5)");
	}
}

/* The setting as text, whatever its spelling: overrides are all text.
 * NULL when it is written in a way that the row does not take. */
static const char *
setting_text(struct reading *reading, const struct config_row *row,
    const config_setting_t *setting)
{
	struct arena *arena = &reading->loaded->arena;

	switch (config_setting_type(setting)) {
	case CONFIG_TYPE_STRING:
		return config_setting_get_string(setting);
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		/* 010690 without quotes would lose its zero. */
		if (row->type == ROW_NUMBER)
			return arena_printf(arena, "%lld",
			    config_setting_get_int64(setting));
		break;
	case CONFIG_TYPE_BOOL:
		if (row->type == ROW_FLAG)
			return config_setting_get_bool(setting) ? "true" :
								  "false";
		break;
	default:
		break;
	}
	return NULL;
}

static void
wrong_shape(struct reading *reading, const struct config_row *row,
    const config_setting_t *setting)
{
	struct buf allowed scoped(buf_done) = { 0 };

	buf_init(&allowed, 512);
	value_allowed(row, &allowed);
	reading_mistake(reading, setting, NULL, "wrong form; expected %s",
	    buf_text(&allowed));
}

/* ["a", "b"] or "a, b" into one text a line for value_parse(). */
static const char *
list_text(struct reading *reading, const struct config_row *row,
    const config_setting_t *setting)
{
	struct buf text scoped(buf_done) = { 0 };

	if (config_setting_type(setting) == CONFIG_TYPE_STRING)
		return config_setting_get_string(setting);
	if (!config_setting_is_array(setting) &&
	    !config_setting_is_list(setting))
		return NULL;
	buf_init(&text, LIST_BYTES);
	for (int i = 0; i < config_setting_length(setting); i++) {
		const config_setting_t *one =
		    config_setting_get_elem(setting, (unsigned)i);
		const char *word = setting_text(reading, row, one);

		if (word == NULL)
			return NULL;
		buf_printf(&text, "%s%s", i > 0 ? "," : "", word);
	}
	return arena_strdup(&reading->loaded->arena, buf_text(&text));
}

static void
row_read(struct reading *reading, const struct config_row *row,
    const config_setting_t *setting, void *field)
{
	bool is_list = row->type == ROW_TEXTS || row->type == ROW_PATHS ||
	    row->type == ROW_COUNTRIES;
	const char *text = is_list ? list_text(reading, row, setting) :
				     setting_text(reading, row, setting);
	const char *why;

	if (text == NULL) {
		wrong_shape(reading, row, setting);
		return;
	}
	if (row->type == ROW_PIN && config_setting_source_line(setting) == 0) {
		reading_mistake(reading, setting, NULL,
		    "a secret as an argument can be read by everybody on this "
		    "machine; name a file");
		return;
	}
	reading->base_dir = setting_dir(reading, setting);
	why = value_parse(reading, row, text, field);
	if (why != NULL)
		reading_mistake(reading, setting, NULL, "%s", why);
}

static void
row_default(struct reading *reading, const config_setting_t *group,
    const struct config_row *row, void *field)
{
	const char *why;

	if (row->required && group != NULL) {
		reading_mistake(reading, group, row->key,
		    "missing; %s is required", row->key);
		return;
	}
	if (row->standard == NULL)
		return;
	reading->base_dir = "";
	why = value_parse(reading, row, row->standard, field);
	if (why != NULL && group != NULL)
		reading_mistake(reading, group, row->key, "default: %s", why);
}

void
rows_read(struct reading *reading, const config_setting_t *group,
    const struct config_section *section, void *object)
{
	for (size_t i = 0; i < section->count; i++) {
		const struct config_row *row = &section->rows[i];
		void *field = (char *)object + row->at;
		const config_setting_t *setting = NULL;

		if (row->type == ROW_GROUP)
			continue;
		if (group != NULL)
			setting = config_setting_get_member(group, row->key);
		if (setting != NULL)
			row_read(reading, row, setting, field);
		else
			row_default(reading, group, row, field);
	}
	if (group != NULL)
		keys_check(reading, group, section);
}

void *
named_read(struct reading *reading, const char *name,
    const struct config_section *section, size_t size, size_t *ret_count)
{
	struct arena *arena = &reading->loaded->arena;
	const config_setting_t *list = config_lookup(&reading->file, name);
	size_t count = 0;
	char *objects;

	*ret_count = 0;
	if (list == NULL)
		return NULL;
	if (!config_setting_is_group(list)) {
		reading_mistake(reading, list, NULL,
		    "wrong form; expected %s: { NAME: { ... }; };", name);
		return NULL;
	}
	objects = arena_array(
	    arena, (size_t)config_setting_length(list) + 1, size);
	for (int i = 0; i < config_setting_length(list); i++) {
		const config_setting_t *group =
		    config_setting_get_elem(list, (unsigned)i);
		char *object = objects + count * size;

		if (!config_setting_is_group(group)) {
			reading_mistake(reading, group, NULL,
			    "wrong form; expected %s: { ... };",
			    config_setting_name(group));
			continue;
		}
		*(const char **)(void *)object =
		    arena_strdup(arena, config_setting_name(group));
		rows_read(reading, group, section, object);
		count++;
	}
	*ret_count = count;
	return objects;
}
