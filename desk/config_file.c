#include <string.h>
#include <sys/stat.h>

#include "desk/config_parts.h"
#include "lib/err.h"
#include "lib/text.h"

const char *
path_from(struct reading *reading, const char *name)
{
	if (*name == '/' || text_is_empty(reading->base_dir))
		return arena_strdup(&reading->loaded->arena, name);
	return arena_printf(
	    &reading->loaded->arena, "%s/%s", reading->base_dir, name);
}

/* The folder of a file's path, "." for a bare name. */
static const char *
dir_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	if (slash == path)
		return "/";
	return arena_strndup(arena, path, (size_t)(slash - path));
}

const char *
setting_dir(struct reading *reading, const config_setting_t *setting)
{
	struct arena *arena = &reading->loaded->arena;
	const char *file = config_setting_source_file(setting);
	const char *dir;

	if (config_setting_source_line(setting) == 0)
		return ""; /* an argument: from the working directory */
	if (file == NULL || text_eq(file, reading->path))
		return reading->dir;
	dir = dir_of(arena, file);
	if (*dir == '/')
		return dir;
	if (text_eq(dir, "."))
		return reading->dir;
	return arena_printf(arena, "%s/%s", reading->dir, dir);
}

static const char *
override_add(struct reading *reading, char *path, const char *value)
{
	config_setting_t *group = config_root_setting(&reading->file), *leaf;
	char *rest = NULL, *name, *next;

	name = strtok_r(path, ".", &rest);
	if (name == NULL)
		return "no setting is named";
	while ((next = strtok_r(NULL, ".", &rest)) != NULL) {
		config_setting_t *inner = config_setting_get_member(group, name);

		if (inner == NULL)
			inner = config_setting_add(
			    group, name, CONFIG_TYPE_GROUP);
		if (inner == NULL || !config_setting_is_group(inner))
			return "is not inside a group";
		group = inner;
		name = next;
	}
	if (config_setting_get_member(group, name) != NULL)
		config_setting_remove(group, name);
	leaf = config_setting_add(group, name, CONFIG_TYPE_STRING);
	if (leaf == NULL || !config_setting_set_string(leaf, value))
		return "is not a name that can be set";
	return NULL;
}

/* "mailbox.desk.port=10993" over what the file says. */
static void
override(struct reading *reading, const char *text)
{
	char *path = arena_strdup(&reading->loaded->arena, text);
	char *equals = strchr(path, '=');
	const config_setting_t *root = config_root_setting(&reading->file);
	const char *why;

	if (equals == NULL) {
		reading_mistake(reading, root, NULL,
		    "argument -o %s: no \"=\"; write key=value", text);
		return;
	}
	*equals = '\0';
	why = override_add(
	    reading, arena_strdup(&reading->loaded->arena, path), equals + 1);
	if (why != NULL)
		reading_mistake(reading, root, NULL, "argument -o %s: %s; %s",
		    path, why, "write it as in --print");
}

static int
syntax_error(struct reading *reading, struct err *err)
{
	const config_t *file = &reading->file;
	const char *name = config_error_file(file);
	struct buf text scoped(buf_done) = { 0 };

	if (config_error_type(file) == CONFIG_ERR_FILE_IO)
		return err_sys(err, ERR_CONF, "cannot read %s", reading->path);
	buf_init(&text, 1024);
	if (name == NULL || text_eq(name, reading->path) || *name == '/')
		buf_puts(&text, text_or(name, reading->path));
	else
		buf_printf(&text, "%s/%s", reading->dir, name);
	/* libconfig's words only: the line itself may hold a secret. */
	buf_printf(&text, ":%d: %s", config_error_line(file),
	    config_error_text(file));
	reading_foreign_mistake(buf_text(&text), reading);
	return err_set(err, ERR_CONF, "%s", buf_text(&text));
}

int
reading_open(
    struct reading *reading, const char *const *overrides, struct err *err)
{
	struct stat facts;

	config_init(&reading->file);
	reading->dir = dir_of(&reading->loaded->arena, reading->path);
	config_set_include_dir(&reading->file, reading->dir);
	/* libconfig would wait for ever on a pipe and read a folder as
	 * nothing. */
	if (stat(reading->path, &facts) < 0)
		return err_sys(err, ERR_CONF, "cannot read %s", reading->path);
	if (!S_ISREG(facts.st_mode))
		return err_set(
		    err, ERR_CONF, "cannot read %s: not a file", reading->path);
	if (!config_read_file(&reading->file, reading->path))
		return syntax_error(reading, err);
	for (; overrides != NULL && *overrides != NULL; overrides++)
		override(reading, *overrides);
	return 0;
}

void
reading_close(struct reading *reading)
{
	config_destroy(&reading->file);
}
