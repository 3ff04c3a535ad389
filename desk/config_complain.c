#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "desk/config_parts.h"
#include "lib/text.h"

enum { MISTAKE_BYTES = 2048 };

static void
key_of(const config_setting_t *setting, struct buf *out)
{
	const config_setting_t *parent = config_setting_parent(setting);

	if (parent == NULL)
		return;
	key_of(parent, out);
	if (out->len > 0)
		buf_putc(out, '.');
	if (config_setting_name(setting) != NULL)
		buf_puts(out, config_setting_name(setting));
	else
		buf_printf(out, "[%d]", config_setting_index(setting));
}

static void
place_of(struct reading *reading, const config_setting_t *setting,
    struct buf *out)
{
	const char *file = config_setting_source_file(setting);
	unsigned line = config_setting_source_line(setting);

	if (config_setting_is_root(setting))
		buf_puts(out, reading->path);
	else if (line == 0)
		buf_puts(out, "argument -o");
	else if (file == NULL || text_eq(file, reading->path))
		buf_printf(out, "%s:%u", reading->path, line);
	else if (*file == '/' || text_eq(reading->dir, "."))
		buf_printf(out, "%s:%u", file, line);
	else
		buf_printf(out, "%s/%s:%u", reading->dir, file, line);
}

static void
tell(struct reading *reading, const struct buf *text)
{
	if (reading->complain != NULL)
		reading->complain(buf_text(text), reading->arg);
}

static void
complain(struct reading *reading, const config_setting_t *setting,
    const char *key, bool is_warning, const char *words)
{
	struct buf text scoped(buf_done) = { 0 };
	const config_setting_t *place = NULL;
	size_t before;

	buf_init(&text, MISTAKE_BYTES);
	if (key != NULL && config_setting_is_group(setting))
		place = config_setting_get_member(setting, key);
	place_of(reading, place != NULL ? place : setting, &text);
	buf_puts(&text, ": ");
	before = text.len;
	{
		struct buf name scoped(buf_done) = { 0 };

		buf_init(&name, MISTAKE_BYTES);
		key_of(setting, &name);
		if (key != NULL)
			buf_printf(
			    &name, "%s%s", name.len > 0 ? "." : "", key);
		buf_puts(&text, buf_text(&name));
	}
	if (text.len > before)
		buf_puts(&text, ": ");
	if (is_warning)
		buf_puts(&text, "warning: ");
	else
		reading->mistakes++;
	buf_puts(&text, words);
	tell(reading, &text);
}

void
reading_mistake(struct reading *reading, const config_setting_t *setting,
    const char *key, const char *fmt, ...)
{
	char words[MISTAKE_BYTES];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(words, sizeof(words), fmt, args);
	va_end(args);
	complain(reading, setting, key, false, words);
}

void
reading_warning(struct reading *reading, const config_setting_t *setting,
    const char *key, const char *fmt, ...)
{
	char words[MISTAKE_BYTES];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(words, sizeof(words), fmt, args);
	va_end(args);
	complain(reading, setting, key, true, words);
}

const char *
key_path(struct reading *reading, const char *group, const char *name,
    const char *key)
{
	return arena_printf(
	    &reading->loaded->arena, "%s.%s.%s", group, name, key);
}

/* A path is told whole, at the place of the nearest group that is written. */
static void
complain_at(struct reading *reading, const char *path, bool is_warning,
    const char *words)
{
	struct buf text scoped(buf_done) = { 0 };
	char *group = arena_strdup(&reading->loaded->arena, path);
	config_setting_t *place = config_lookup(&reading->file, group);
	char *dot;

	while (place == NULL && (dot = strrchr(group, '.')) != NULL) {
		*dot = '\0';
		place = config_lookup(&reading->file, group);
	}
	if (place == NULL)
		place = config_root_setting(&reading->file);
	buf_init(&text, MISTAKE_BYTES);
	place_of(reading, place, &text);
	buf_printf(
	    &text, ": %s: %s%s", path, is_warning ? "warning: " : "", words);
	if (!is_warning)
		reading->mistakes++;
	tell(reading, &text);
}

void
mistake_at(struct reading *reading, const char *path, const char *fmt, ...)
{
	char words[MISTAKE_BYTES];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(words, sizeof(words), fmt, args);
	va_end(args);
	complain_at(reading, path, false, words);
}

void
warning_at(struct reading *reading, const char *path, const char *fmt, ...)
{
	char words[MISTAKE_BYTES];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(words, sizeof(words), fmt, args);
	va_end(args);
	complain_at(reading, path, true, words);
}

void
reading_foreign_mistake(const char *mistake, void *arg)
{
	struct reading *reading = arg;

	reading->mistakes++;
	if (reading->complain != NULL)
		reading->complain(mistake, reading->arg);
}
