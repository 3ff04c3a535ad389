#include "cli/check.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "channels/probe.h"
#include "cli/ask.h"
#include "cli/check_texts.h"
#include "cli/table.h"
#include "core/calendar.h"
#include "core/texts.h"
#include "core/zone.h"
#include "desk/config.h"
#include "desk/import.h"
#include "desk/texts.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/text.h"

static const char usage[] =
    "usage: shouwen check [--conf FILE] [-o KEY=VALUE]... [--print]\n"
    "                     [--connect] [--texts [--json]]\n"
    "       shouwen check --document=markdown|man\n"
    "\n"
    "Reads settings, word lists, texts and registers and tells every mistake\n"
    "in one run.\n"
    "\n"
    "  --conf FILE     settings (default: " CLI_DEFAULT_CONF ")\n"
    "  -o KEY=VALUE    stands over the file, such as mailbox.desk.port=10993\n"
    "  --print         print all settings as they are in force\n"
    "  --connect       log in to every mail server, reach every SMS gateway;\n"
    "                  nothing is read or sent\n"
    "  --texts         what each of our text messages costs on each SMS "
    "channel,\n"
    "                  with sample data as long as it gets in your estates\n"
    "  --json          the same for programs, as one line of JSON\n"
    "  --document=FORM print the reference of all settings\n"
    "\n"
    "Exit: 0 good, 78 mistakes in the files, 69 a server does not let us "
    "in.\n";

enum {
	OVERRIDES_MAX = 128,
	PRINT_BYTES = 4 * 1024 * 1024,
	REGISTER_BYTES = 256 * 1024 * 1024,
};

struct options {
	const char *conf;
	const char *overrides[OVERRIDES_MAX + 1];
	size_t override_count;
	const char *document;
	bool connect;
	bool print;
	bool texts;
	bool json;
	int status; /* when there is nothing more to do; else -1 */
};

struct tally {
	unsigned warnings;
};

static void
complain(const char *mistake, void *arg)
{
	struct tally *tally = arg;

	if (strstr(mistake, ": warning: ") != NULL)
		tally->warnings++;
	(void)fprintf(stderr, "%s\n", mistake);
}

static struct options
options_read(int argc, char **argv)
{
	static const struct option known[] = {
		{ "conf", required_argument, NULL, 'c' },
		{ "connect", no_argument, NULL, 'C' },
		{ "print", no_argument, NULL, 'p' },
		{ "texts", no_argument, NULL, 't' },
		{ "json", no_argument, NULL, 'j' },
		{ "document", required_argument, NULL, 'd' },
		{ "override", required_argument, NULL, 'o' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct options options = { .conf = CLI_DEFAULT_CONF, .status = -1 };
	int option;

	while ((option = getopt_long(argc, argv, "c:o:h", known, NULL)) != -1) {
		if (option == 'c') {
			options.conf = optarg;
		} else if (option == 'o' &&
		    options.override_count < OVERRIDES_MAX) {
			options.overrides[options.override_count++] = optarg;
		} else if (option == 'C') {
			options.connect = true;
		} else if (option == 'p') {
			options.print = true;
		} else if (option == 't') {
			options.texts = true;
		} else if (option == 'j') {
			options.json = true;
		} else if (option == 'd') {
			options.document = optarg;
		} else {
			(void)fputs(usage, option == 'h' ? stdout : stderr);
			options.status = option == 'h' ? EX_OK : EX_USAGE;
			return options;
		}
	}
	if (optind < argc) {
		(void)fprintf(stderr, "shouwen: unexpected: %s\n%s",
		    argv[optind], usage);
		options.status = EX_USAGE;
	} else if (options.json && !options.texts) {
		(void)fprintf(stderr,
		    "shouwen: --json goes with --texts\n%s", usage);
		options.status = EX_USAGE;
	}
	return options;
}

static int
print_document(const char *form)
{
	struct buf text scoped(buf_done) = { 0 };

	buf_init(&text, PRINT_BYTES);
	if (text_eq(form, "markdown")) {
		config_describe(CONFIG_MARKDOWN, &text);
	} else if (text_eq(form, "man")) {
		config_describe(CONFIG_MAN, &text);
	} else {
		(void)fprintf(stderr,
		    "shouwen: --document is markdown or man, not %s\n", form);
		return EX_USAGE;
	}
	(void)fputs(buf_text(&text), stdout);
	return EX_OK;
}

/* A year without a calendar is Monday to Friday: say so in time (2.4). */
static void
years_check(const struct config *conf, struct tally *tally)
{
	enum { DAYS_AHEAD = 30 };
	msec_t now = clock_wall(&clock_real);

	for (size_t i = 0; i < conf->estate_count; i++) {
		const struct estate *estate = &conf->estates[i];
		int year = zone_local(estate->zone, now).year;
		int soon =
		    zone_local(estate->zone, now + DAYS_AHEAD * MSEC_DAY).year;

		for (; year <= soon; year++) {
			if (calendar_has_year(estate->calendar, year))
				continue;
			tally->warnings++;
			(void)fprintf(stderr,
			    "%s: estate.%s.calendars: warning: no calendar "
			    "for %d: every Monday to Friday counts as a "
			    "working day\n",
			    conf->path, estate->id, year);
		}
	}
}

/* What the settings name besides themselves. */
static int
files_check(
    const struct config *conf, struct tally *tally, struct texts **ret)
{
	struct arena arena scoped(arena_done) = { 0 };
	struct owner_list owners = { 0 };
	struct err err = { 0 };
	struct texts *texts = desk_texts_load(
	    conf->templates, conf->classifier, complain, tally, &err);
	int status = EX_OK;

	if (texts == NULL ||
	    check_texts_length(conf, texts, complain, tally, &err) < 0) {
		(void)fprintf(stderr, "shouwen: %s\n", err.msg);
		status = EX_CONFIG;
	}
	*ret = texts;
	arena_init(&arena, REGISTER_BYTES);
	if (import_registers(conf, complain, tally, &arena, &owners, &err) < 0) {
		(void)fprintf(stderr, "shouwen: %s\n", err.msg);
		status = EX_CONFIG;
	}
	years_check(conf, tally);
	return status;
}

static bool
probe_add(struct table *table, const char *kind, const char *name,
    const struct probe *probe)
{
	char what[160];

	(void)snprintf(what, sizeof(what), "%s.%.100s", kind, name);
	table_cell(table, what);
	table_cell(table, probe->server);
	table_cell_coloured(
	    table, probe->result, probe->is_good ? TABLE_GOOD : TABLE_BAD);
	table_cell(table, probe->advice);
	return probe->is_good;
}

static int
connect_all(const struct config *conf)
{
	static const char *const heads[] = { "setting", "server", "result",
		"what to do", NULL };
	struct table *table scoped(table_close) = table_open(heads);
	struct probe probe;
	bool good = true;

	for (size_t i = 0; i < conf->mailbox_count; i++) {
		probe_mailbox(&conf->mailboxes[i], &probe);
		good &= probe_add(
		    table, "mailbox", conf->mailboxes[i].name, &probe);
	}
	for (size_t i = 0; i < conf->smtp_count; i++) {
		probe_smtp(&conf->smtps[i], &probe);
		good &= probe_add(table, "smtp", conf->smtps[i].name, &probe);
	}
	for (size_t i = 0; i < conf->sms_channel_count; i++) {
		probe_sms(&conf->sms_channels[i], &probe);
		good &= probe_add(
		    table, "sms", conf->sms_channels[i].name, &probe);
	}
	table_print(table, stdout);
	return good ? EX_OK : EX_UNAVAILABLE;
}

static void
print_settings(const struct config *conf)
{
	struct buf text scoped(buf_done) = { 0 };

	buf_init(&text, PRINT_BYTES);
	config_print(conf, &text);
	(void)fputs(buf_text(&text), stdout);
}

static int
print_texts(const struct config *conf, const struct texts *texts, bool as_json,
    int status)
{
	struct err err = { 0 };

	if (texts == NULL || check_texts_print(conf, texts, as_json, &err) == 0)
		return status;
	(void)fprintf(stderr, "shouwen: %s\n", err.msg);
	return EX_SOFTWARE;
}

static void
print_good(const struct config *conf, const struct tally *tally)
{
	(void)printf("%s: good; estates %zu, people %zu, mailboxes %zu, SMTP "
		     "accounts %zu, SMS channels %zu, warnings %u\n",
	    conf->path, conf->estate_count, conf->staff_count,
	    conf->mailbox_count, conf->smtp_count, conf->sms_channel_count,
	    tally->warnings);
}

int
cli_check(int argc, char **argv)
{
	struct options options = options_read(argc, argv);
	struct config *conf scoped(config_free) = NULL;
	struct texts *texts scoped(texts_free) = NULL;
	struct tally tally = { 0 };
	struct err err = { 0 };
	int status;

	if (options.status >= 0)
		return options.status;
	if (options.document != NULL)
		return print_document(options.document);
	if (config_load_with(options.conf, options.overrides, complain, &tally,
		&conf, &err) < 0) {
		(void)fprintf(stderr, "shouwen: %s\n", err.msg);
		return EX_CONFIG;
	}
	status = files_check(conf, &tally, &texts);
	if (options.print)
		print_settings(conf);
	else if (options.texts)
		status = print_texts(conf, texts, options.json, status);
	else if (status == EX_OK)
		print_good(conf, &tally);
	if (status == EX_OK && options.connect)
		status = connect_all(conf);
	return status;
}
