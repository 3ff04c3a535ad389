#include "tests/support/gateway.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk/config.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "tests/support/cmocka_fence.h"

static const char settings_form[] =
    "domain = \"desk.example\"; admin = \"admin@hq.example\";\n"
    "token_key_file = \"secrets/token\"; world_readable_secrets = true;\n"
    "templates = \"%s/templates\"; words = \"%s/conf/words\";\n"
    "sms_presets = \"%s/conf/sms\"; listen_port = 18080;\n"
    "staff: { lin: { estate = \"e\"; name = \"Lin\"; title = \"Ms Lin\";\n"
    "  phone = \"+8613800138001\"; mail = \"lin@example.com\"; level = 1; };\n"
    " chen: { estate = \"e\"; name = \"Chen\"; title = \"Mr Chen\";\n"
    "  phone = \"+8613800138002\"; mail = \"chen@example.com\"; level = 2; };\n"
    "};\n"
    "estate: { e: { name = \"E\"; signature = \"E\"; duty_phone = \"1\";\n"
    "  buildings = 1; sms = \"gateway\"; duty = ( { staff = \"lin\"; } ); }; };\n"
    "sms: { gateway: { number = \"777\";\n%s\n}; };\n";

static void
write_file(const char *folder, const char *name, const char *text)
{
	char path[200];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void
make_folder(char folder[64], const char *settings, const char *provider)
{
	struct buf text scoped(buf_done) = { 0 };
	char top[1000], path[80];

	assert_non_null(getcwd(top, sizeof(top)));
	(void)snprintf(folder, 64, "/tmp/shouwen-gateway.XXXXXX");
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/secrets", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	(void)snprintf(path, sizeof(path), "%s/sms", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	write_file(folder, "secrets/token", "0123456789abcdef0123456789abcdef");
	write_file(folder, "secrets/password", "foo&bar");
	write_file(folder, "secrets/push", "p%s-secret");
	write_file(folder, "secrets/key", "key-of-ours");
	if (provider != NULL)
		write_file(folder, "sms/own.conf", provider);
	buf_init(&text, 64 * 1024);
	/* The form is ours. */
	buf_printf(&text, settings_form, top, top, top, settings);
	write_file(folder, "shouwen.conf", buf_text(&text));
}

static void
remove_folder(const char *folder)
{
	static const char *const names[] = { "secrets/token",
		"secrets/password", "secrets/push", "secrets/key", "secrets",
		"sms/own.conf", "sms", "shouwen.conf", "" };
	char path[200];

	for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		(void)remove(path);
	}
}

static void
note(const char *mistake, void *arg)
{
	buf_printf(arg, "%s\n", mistake);
}

static struct config *
load(const char *folder, struct buf *said)
{
	struct config *conf = NULL;
	struct err err = { 0 };
	char path[100];

	(void)snprintf(path, sizeof(path), "%s/shouwen.conf", folder);
	if (config_load(path, note, said, &conf, &err) < 0)
		assert_null(conf);
	return conf;
}

#define LOGIN "user = \"me\"; password_file = \"secrets/password\"; "
#define HERE  "url = \"http://127.0.0.1:1/\"; has_reports = false; "
#define CN                                                            \
	"templates = ( { kind = \"ack\"; id = \"T-1\"; params = [ "     \
	"\"no=case\", \"who=name\" ]; }, { kind = \"*\"; id = \"T-9\"; } );"
#define KEYS(name) "values: { " name " = \"secrets/key\"; };"

const char *
gateway_settings(const char *preset)
{
	static const char *const all[][2] = {
		{ "africastalking", LOGIN },
		{ "aliyun", LOGIN "values: { sign_name = \"某物业\"; }; " CN },
		{ "clickatell", LOGIN },
		{ "infobip", LOGIN },
		{ "jasmin", LOGIN },
		{ "json", LOGIN },
		{ "kannel", LOGIN },
		{ "messagebird", LOGIN KEYS("signing_key_file") },
		{ "playsms", LOGIN },
		{ "plivo", LOGIN },
		{ "smsgate", LOGIN KEYS("signing_key_file") },
		{ "tencent",
		    LOGIN "values: { app_id = \"1400\"; sign_name = "
			  "\"某物业\"; }; " CN },
		{ "twilio", LOGIN "values: { account = \"AC1\"; };" },
		{ "vonage", LOGIN KEYS("signature_key_file") },
	};
	static char settings[1000];

	for (size_t i = 0; i < ARRAY_COUNT(all); i++) {
		if (strcmp(all[i][0], preset) != 0)
			continue;
		(void)snprintf(settings, sizeof(settings),
		    "preset = \"%s\"; " HERE "%s", preset, all[i][1]);
		return settings;
	}
	fail_msg("no preset %s", preset);
	return "";
}

void
gateway_open(struct gateway *gateway, const char *settings)
{
	struct buf said scoped(buf_done) = { 0 };

	buf_init(&said, 64 * 1024);
	make_folder(gateway->folder, settings, NULL);
	gateway->conf = load(gateway->folder, &said);
	if (gateway->conf == NULL)
		fail_msg("%s", buf_text(&said));
	gateway->channel = &gateway->conf->sms_channels[0];
}

void
gateway_close(struct gateway *gateway)
{
	config_free(&gateway->conf);
	remove_folder(gateway->folder);
}

char *
gateway_mistakes(const char *settings, const char *provider)
{
	struct buf said scoped(buf_done) = { 0 };
	struct config *conf;
	char folder[64];

	buf_init(&said, 256 * 1024);
	make_folder(folder, settings, provider);
	conf = load(folder, &said);
	config_free(&conf);
	remove_folder(folder);
	return strdup(buf_text(&said));
}
