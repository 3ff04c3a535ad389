#include "cli/import.h"

#include <getopt.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "cli/ask.h"
#include "core/limits.h"
#include "desk/config.h"
#include "desk/import.h"
#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "store/owners.h"
#include "store/store.h"

static const char usage[] =
    "usage: shouwen import [--conf FILE] [-o KEY=VALUE]... [--estate NAME]\n"
    "                      [--skip-bad] [--dry-run] [--force] [FILE.csv]\n"
    "\n"
    "Makes the register of an estate equal to a table of owners; people who\n"
    "are no longer in it are marked as gone, never deleted. Without FILE.csv\n"
    "the estate's owners_file is read.\n"
    "\n"
    "Columns: name, home (3-2-501), mail, phone, language (zh-CN, en),\n"
    "kind (owner, tenant), elderly (yes, no); name and home must be there.\n"
    "\n"
    "  --estate NAME  needed when the settings have several\n"
    "  --skip-bad     leave bad rows out; else one bad row refuses the file\n"
    "  --dry-run      keep nothing; say who would be added, changed and gone\n"
    "  --force        also when more people would go than stay: else a wrong\n"
    "                 file, or one with nothing but its heading, is refused\n"
    "\n"
    "Exit: 0 done, 65 bad rows, 78 bad settings, 75 the store is busy.\n";

enum { OVERRIDES_MAX = 32 };

#define REGISTER_MEMORY (256 * MIB)

struct options {
	const char *conf;
	const char *overrides[OVERRIDES_MAX + 1];
	size_t override_count;
	const char *estate;
	const char *file;
	bool skip_bad;
	bool dry_run;
	bool force;
	int status; /* when there is nothing more to do; else -1 */
};

static void
complain(const char *mistake, void *arg)
{
	(void)arg;
	(void)fprintf(stderr, "%s\n", mistake);
}

static struct options
options_read(int argc, char **argv)
{
	static const struct option known[] = {
		{ "conf", required_argument, NULL, 'c' },
		{ "estate", required_argument, NULL, 'e' },
		{ "skip-bad", no_argument, NULL, 's' },
		{ "dry-run", no_argument, NULL, 'n' },
		{ "force", no_argument, NULL, 'f' },
		{ "override", required_argument, NULL, 'o' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct options options = { .conf = CLI_DEFAULT_CONF, .status = -1 };
	int option;

	while ((option = getopt_long(argc, argv, "c:o:nh", known, NULL)) !=
	    -1) {
		if (option == 'c') {
			options.conf = optarg;
		} else if (option == 'e') {
			options.estate = optarg;
		} else if (option == 's') {
			options.skip_bad = true;
		} else if (option == 'n') {
			options.dry_run = true;
		} else if (option == 'f') {
			options.force = true;
		} else if (option == 'o' &&
		    options.override_count < OVERRIDES_MAX) {
			options.overrides[options.override_count++] = optarg;
		} else {
			(void)fputs(usage, option == 'h' ? stdout : stderr);
			options.status = option == 'h' ? EX_OK : EX_USAGE;
			return options;
		}
	}
	if (optind < argc)
		options.file = argv[optind++];
	if (optind < argc) {
		(void)fputs(usage, stderr);
		options.status = EX_USAGE;
	}
	return options;
}

static const struct estate *
estate_of(const struct config *conf, const char *name)
{
	const struct estate *estate = config_estate(conf, name);

	if (name == NULL && conf->estate_count == 1)
		return &conf->estates[0];
	if (name == NULL)
		(void)fprintf(stderr, "shouwen: which estate? Say --estate");
	else if (estate == NULL)
		(void)fprintf(stderr, "shouwen: no estate \"%s\"; there are",
		    name);
	else
		return estate;
	for (size_t i = 0; i < conf->estate_count; i++)
		(void)fprintf(stderr, " %s", conf->estates[i].id);
	(void)fputc('\n', stderr);
	return NULL;
}

/* Most likely the wrong file. */
static bool
is_unlikely(const struct owners_change *change)
{
	return change->gone > change->changed + change->same;
}

/* Register and access record are one fact (R43).  0 kept, 1 not: a dry run, or
 * refused. */
static int
write_all(struct store *store, const struct estate *estate,
    const struct owner_list *owners, const struct options *options,
    struct owners_change *ret, struct err *err)
{
	const struct passwd *user = getpwuid(getuid());
	msec_t now = clock_wall(&clock_real);
	char what[160];

	(void)snprintf(what, sizeof(what), "import of %zu people into %s",
	    owners->count, estate->id);
	if (store_begin(store, err) < 0)
		return -1;
	if (owners_replace(store, estate->id, owners->list, owners->count, now,
		ret, err) < 0 ||
	    access_note(store, user == NULL ? "unknown" : user->pw_name, what,
		now, err) < 0) {
		store_rollback(store);
		return -1;
	}
	if (options->dry_run || (is_unlikely(ret) && !options->force)) {
		store_rollback(store);
		return 1;
	}
	return store_commit(store, err);
}

/* A register that is not there yet is empty. */
static struct store *
open_register(const struct config *conf, const struct options *options,
    struct err *err)
{
	bool is_new = access(conf->database, F_OK) < 0;

	return store_open(options->dry_run && is_new ? ":memory:" :
						       conf->database, err);
}

static int
keep(const struct config *conf, const struct estate *estate,
    const struct owner_list *owners, const struct options *options)
{
	struct err err = { 0 };
	struct store *store scoped(store_close) =
	    open_register(conf, options, &err);
	struct owners_change change = { 0 };
	int kept = store == NULL ? -1 : write_all(store, estate, owners,
					    options, &change, &err);

	if (kept < 0) {
		(void)fprintf(stderr, "shouwen: %s\n", err.msg);
		return err.kind == ERR_CONF ? EX_CONFIG : EX_TEMPFAIL;
	}
	(void)printf("%s: %sadded %d, changed %d, gone %d, same %d", estate->id,
	    kept == 0 ? "" : "nothing kept; would be ", change.added,
	    change.changed, change.gone, change.same);
	if (owners->bad > 0)
		(void)printf(", bad rows left out %zu", owners->bad);
	(void)putchar('\n');
	if (!is_unlikely(&change) || options->force)
		return EX_OK;
	(void)fprintf(stderr, "shouwen: more people would go than stay; is it "
			      "the right file? If so, say --force\n");
	return EX_DATAERR;
}

int
cli_import(int argc, char **argv)
{
	struct options options = options_read(argc, argv);
	struct config *conf scoped(config_free) = NULL;
	struct arena arena scoped(arena_done) = { 0 };
	struct import import = { .complain = complain };
	struct owner_list owners = { 0 };
	struct err err = { 0 };

	if (options.status >= 0)
		return options.status;
	if (config_load_with(options.conf, options.overrides, complain, NULL,
		&conf, &err) < 0) {
		(void)fprintf(stderr, "shouwen: %s\n", err.msg);
		return EX_CONFIG;
	}
	import.estate = estate_of(conf, options.estate);
	if (import.estate == NULL)
		return EX_USAGE;
	import.place = options.file != NULL ? options.file :
					      import.estate->owners_file;
	import.skip_bad = options.skip_bad;
	if (import.place == NULL) {
		(void)fprintf(stderr, "shouwen: no file is named, and estate "
				      "%s has no owners_file\n",
		    import.estate->id);
		return EX_USAGE;
	}
	arena_init(&arena, REGISTER_MEMORY);
	if (import_file(&import, &arena, &owners, &err) < 0) {
		(void)fprintf(stderr, "shouwen: %s\n", err.msg);
		return EX_DATAERR;
	}
	return keep(conf, import.estate, &owners, &options);
}
