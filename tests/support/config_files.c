#include "tests/support/cmocka_fence.h"

#include "tests/support/config_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/zone.h"
#include "lib/err.h"

struct buf config_said;

void
config_note(const char *mistake, void *arg)
{
	(void)arg;
	buf_printf(&config_said, "%s\n", mistake);
}

int
config_files_open(void **state)
{
	(void)state;
	buf_init(&config_said, 256 * 1024);
	return 0;
}

int
config_files_close(void **state)
{
	(void)state;
	buf_done(&config_said);
	return 0;
}

struct config *
config_demo(const char *path)
{
	struct config *conf = NULL;
	struct err err = { 0 };

	if (config_load(path, config_note, NULL, &conf, &err) < 0)
		fail_msg("%s\n%s", err.msg, buf_text(&config_said));
	return conf;
}

void
config_refused(const char *const *overrides)
{
	struct config *conf = NULL;
	struct err err = { 0 };

	buf_reset(&config_said);
	assert_int_equal(
	    config_load_with(DEMO, overrides, config_note, NULL, &conf, &err),
	    -1);
	assert_int_equal(err.kind, ERR_CONF);
	assert_null(conf);
}

void
config_was_said(const char *words)
{
	if (strstr(buf_text(&config_said), words) == NULL)
		fail_msg("not said: %s\nbut:\n%s", words,
		    buf_text(&config_said));
}

msec_t
config_time(const char *time)
{
	msec_t ret = 0;

	assert_int_equal(time_from_rfc3339(time, &ret), 0);
	return ret;
}

char config_folder[64];

int
config_folder_open(void **state)
{
	(void)snprintf(
	    config_folder, sizeof(config_folder), "/tmp/shouwen-config-XXXXXX");
	assert_non_null(mkdtemp(config_folder));
	return config_files_open(state);
}

int
config_folder_close(void **state)
{
	static const char *const names[] = { "desk.conf", "inner/people.conf",
		"inner/pin", "inner/more.conf", "key", "password", "days.conf",
		"inner", "words", "" };
	char path[128];

	for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
		(void)snprintf(
		    path, sizeof(path), "%s/%s", config_folder, names[i]);
		(void)remove(path);
	}
	return config_files_close(state);
}

const char *
config_put(const char *name, const char *text)
{
	static char path[128];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/%s", config_folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	return path;
}

const char config_minimal[] =
    "domain = \"desk.example\"; admin = \"admin@hq.example\";\n"
    "token_key_file = \"key\"; words = \"words\";\n"
    "mailbox: { desk: { address = \"desk@a.example\"; host = \"a.example\";\n"
    "  password_file = \"password\"; }; };\n"
    "smtp: { relay: { host = \"a.example\"; }; };\n"
    "staff: {\n"
    "  one: { name = \"One\"; title = \"Ms One\"; mail = \"1@a.example\";\n"
    "    level = 1; };\n"
    "  two: { name = \"Two\"; title = \"Ms Two\"; mail = \"2@a.example\";\n"
    "    level = 2; };\n"
    "};\n"
    "estate: { a: { name = \"A\"; signature = \"A\"; duty_phone = \"1\";\n"
    "  mailbox = \"desk\"; smtp = \"relay\";\n"
    "  duty = ( { staff = \"one\"; } ); }; };\n";

int
config_load_minimal(const char *more, struct config **ret)
{
	char path[128], text[8192];
	struct err err = { 0 };

	(void)snprintf(path, sizeof(path), "%s/inner", config_folder);
	(void)mkdir(path, 0700);
	(void)snprintf(path, sizeof(path), "%s/words", config_folder);
	(void)mkdir(path, 0700);
	(void)config_put("key", "0123456789abcdef0123456789abcdef\n");
	(void)config_put("password", "hunter2\n");
	(void)snprintf(text, sizeof(text), "%s%s", config_minimal, more);
	(void)snprintf(path, sizeof(path), "%s", config_put("desk.conf", text));
	*ret = NULL;
	return config_load(path, config_note, NULL, ret, &err);
}
