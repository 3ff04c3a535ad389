#include "desk/config.h"

#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/classify.h"
#include "core/limits.h"
#include "core/zone.h"
#include "desk/config_parts.h"
#include "desk/languages.h"
#include "lib/digest.h"
#include "lib/err.h"
#include "lib/text.h"

enum { CONFIG_BYTES = 64 * 1024 * 1024 };

static unsigned
port_or(unsigned port, unsigned standard)
{
	return port != 0 ? port : standard;
}

static void
mailboxes_read(struct reading *reading)
{
	struct config *conf = &reading->loaded->conf;

	conf->mailboxes = named_read(reading, "mailbox",
	    &config_mailbox_section, sizeof(struct mailbox),
	    &conf->mailbox_count);
	for (size_t i = 0; i < conf->mailbox_count; i++) {
		struct mailbox *box = &conf->mailboxes[i];

		box->user = text_or(box->user, box->address);
		box->port =
		    port_or(box->port, box->tls == TLS_IMPLICIT ? 993 : 143);
	}
}

static void
smtps_read(struct reading *reading)
{
	static const unsigned ports[] = { [TLS_IMPLICIT] = 465,
		[TLS_STARTTLS] = 587,
		[TLS_NONE] = 25 };
	struct config *conf = &reading->loaded->conf;

	conf->smtps = named_read(reading, "smtp", &config_smtp_section,
	    sizeof(struct smtp_account), &conf->smtp_count);
	for (size_t i = 0; i < conf->smtp_count; i++) {
		struct smtp_account *smtp = &conf->smtps[i];

		smtp->hello = text_or(smtp->hello, conf->domain);
		smtp->port = port_or(smtp->port, ports[smtp->tls]);
	}
}

static void
staff_read(struct reading *reading)
{
	struct config *conf = &reading->loaded->conf;

	conf->staff = named_read(reading, "staff", &config_staff_section,
	    sizeof(struct staff), &conf->staff_count);
	for (size_t i = 0; i < conf->staff_count; i++) {
		struct staff *staff = &conf->staff[i];

		staff->name_en = text_or(staff->name_en, staff->name);
		staff->title_en = text_or(staff->title_en, staff->title);
	}
}

static void
rules_read(struct reading *reading)
{
	const config_setting_t *group = config_lookup(&reading->file, "rules");

	reading->loaded->conf.rules = rules_default;
	if (group == NULL)
		return;
	if (config_setting_is_group(group))
		rows_read(reading, group, &config_rules_section,
		    &reading->loaded->conf.rules);
	else
		reading_mistake(reading, group, NULL,
		    "wrong form; expected rules: { ... };");
}

static void
all_read(struct reading *reading)
{
	struct loaded *loaded = reading->loaded;
	struct config *conf = &loaded->conf;

	rows_read(reading, config_root_setting(&reading->file), &config_top,
	    conf);
	if (conf->database == NULL)
		conf->database = arena_printf(
		    &loaded->arena, "%s/shouwen.db", conf->state_dir);
	languages_find(conf->templates, reading_foreign_mistake, reading);
	mailboxes_read(reading);
	smtps_read(reading);
	sms_channels_read(reading);
	staff_read(reading);
	rules_read(reading);
	estates_read(reading);
	if (!reading->is_public)
		words_read(reading);
	relations_check(reading);
	people_check(reading);
}

static int
load(const char *path, const char *const *overrides, bool is_public,
    config_complain *complain, void *arg, struct config **ret,
    struct err *err)
{
	struct loaded *loaded = calloc(1, sizeof(*loaded));
	struct config *conf scoped(config_free) = NULL;
	struct reading reading = { .loaded = loaded,
		.complain = complain,
		.arg = arg,
		.is_public = is_public,
		.base_dir = "" };
	int result;

	if (loaded == NULL)
		return err_set(err, ERR_TEMP, "out of memory");
	conf = &loaded->conf;
	arena_init(&loaded->arena, CONFIG_BYTES);
	conf->path = arena_strdup(&loaded->arena, path);
	reading.path = conf->path;
	result = reading_open(&reading, overrides, err);
	if (result == 0)
		all_read(&reading);
	reading_close(&reading);
	if (result == 0 && reading.mistakes > 0)
		result = err_set(err, ERR_CONF, "%s: %u mistake%s", path,
		    reading.mistakes, reading.mistakes == 1 ? "" : "s");
	if (result < 0)
		return -1;
	*ret = conf;
	conf = NULL;
	return 0;
}

int
config_load_with(const char *path, const char *const *overrides,
    config_complain *complain, void *arg, struct config **ret,
    struct err *err)
{
	return load(path, overrides, false, complain, arg, ret, err);
}

int
config_load_public(const char *path, const char *const *overrides,
    config_complain *complain, void *arg, struct config **ret,
    struct err *err)
{
	return load(path, overrides, true, complain, arg, ret, err);
}

int
config_load(const char *path, config_complain *complain, void *arg,
    struct config **ret, struct err *err)
{
	return config_load_with(path, NULL, complain, arg, ret, err);
}

void
config_free(struct config **conf)
{
	/* The configuration is the first member of what was loaded. */
	struct loaded *loaded = (struct loaded *)(void *)*conf;

	if (loaded == NULL)
		return;
	/* Calendars lean on zones, and every zone was kept before them. */
	for (struct owned *one = loaded->owned; one != NULL; one = one->next) {
		calendar_free(&one->calendar);
		zone_free(&one->zone);
	}
	classifier_free(&loaded->classifier);
	arena_done(&loaded->arena);
	explicit_bzero(loaded, sizeof(*loaded));
	free(loaded);
	*conf = NULL;
}
