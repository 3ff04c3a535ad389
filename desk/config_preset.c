/*
 * Which provider file the preset of a channel is.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/config.h"
#include "desk/config_parts.h"
#include "lib/text.h"

/* Beside the settings, or the shipped one. */
static const char *
path_of(struct reading *reading, const char *preset)
{
	struct arena *arena = &reading->loaded->arena;
	const char *own =
	    arena_printf(arena, "%s/sms/%s.conf", reading->dir, preset);

	if (access(own, F_OK) == 0)
		return own;
	return arena_printf(arena, "%s/%s.conf",
	    text_or(reading->loaded->conf.sms_presets, "."), preset);
}

static int
is_provider_file(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && text_ends(entry->d_name, ".conf");
}

/* The names of the files that are there, for who has mistyped one. */
static const char *
shipped(struct reading *reading)
{
	struct arena *arena = &reading->loaded->arena;
	struct dirent **files = NULL;
	const char *names = "a file in sms_presets";
	int count = scandir(text_or(reading->loaded->conf.sms_presets, "."),
	    &files, is_provider_file, alphasort);

	for (int i = 0; i < count; i++) {
		const char *file = files[i]->d_name;

		names = arena_printf(arena, "%s%.*s",
		    i == 0 ? "one of " : arena_printf(arena, "%s, ", names),
		    (int)(strlen(file) - strlen(".conf")), file);
		free(files[i]);
	}
	free((void *)files);
	return names;
}

static bool
is_preset_name(const char *name)
{
	return *name != '.' && *name != '\0' && strchr(name, '/') == NULL;
}

const char *
preset_path(struct reading *reading, const char *preset, const char *at)
{
	const char *path;

	if (!is_preset_name(preset)) {
		mistake_at(reading, at,
		    "\"%s\" is no name; expected one such as \"kannel\"",
		    preset);
		return NULL;
	}
	path = path_of(reading, preset);
	if (access(path, F_OK) == 0)
		return path;
	mistake_at(reading, at,
	    "there is no preset \"%s\": %s is missing; expected %s, or a file "
	    "of your own in the folder sms beside these settings",
	    preset, path, shipped(reading));
	return NULL;
}
