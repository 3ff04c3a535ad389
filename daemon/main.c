/*
 * shouwend - options and roles, nothing else.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "channels/fetcher.h"
#include "core/config.h"
#include "core/zone.h"
#include "daemon/child.h"
#include "daemon/run.h"
#include "desk/config.h"
#include "lib/crash.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/text.h"
#include "reader/worker.h"

#define DEFAULT_CONF "/etc/shouwen/shouwen.conf"
enum { OVERRIDES_MAX = 64 };

struct options {
	const char *conf;
	const char *overrides[OVERRIDES_MAX + 1];
	size_t override_count;
	const char *role;
	msec_t demo_start;
	enum log_level level;
};

static const char usage[] =
    "usage: shouwend [-v] [-c FILE] [-o KEY=VALUE] [--demo-clock TIME]\n"
    "\n"
    "The complaint desk: fetches mail, takes texts, and answers both.\n"
    "\n"
    "  -c, --conf FILE        settings (default " DEFAULT_CONF ")\n"
    "  -o, --override K=V     a setting that stands over the file's\n"
    "      --demo-clock TIME  start at this RFC 3339 time and jump over idle\n"
    "                         stretches when asked (for `make demo')\n"
    "  -v, --verbose          log more\n"
    "      --list-crash-points\n"
    "  -h, --help\n"
    "  -V, --version\n"
    "\n"
    "Check the settings first with `shouwen check'. The log goes to standard\n"
    "error. SIGTERM ends it after what is in flight; SIGHUP makes it begin\n"
    "anew with the settings of now, unless they have mistakes.\n";

static int
list_crash_points(void)
{
	for (int i = 0; i < CRASH_POINT_COUNT; i++)
		(void)puts(crash_point_name((enum crash_point)i));
	return EX_OK;
}

static int
wrong(const char *what, const char *value)
{
	(void)fprintf(stderr, "shouwend: %s%s\nTry `shouwend --help'.\n", what,
	    text_or(value, ""));
	return EX_USAGE;
}

/* An exit status, or -1 to go on. */
static int
parse_options(int argc, char **argv, struct options *options)
{
	static const struct option known[] = {
		{ "conf", required_argument, NULL, 'c' },
		{ "override", required_argument, NULL, 'o' },
		{ "demo-clock", required_argument, NULL, 'D' },
		{ "role", required_argument, NULL, 'R' },
		{ "list-crash-points", no_argument, NULL, 'L' },
		{ "verbose", no_argument, NULL, 'v' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "c:o:vhV", known, NULL)) != -1) {
		switch (option) {
		case 'c': options->conf = optarg; break;
		case 'o':
			if (options->override_count == OVERRIDES_MAX)
				return wrong("too many -o", NULL);
			options->overrides[options->override_count++] = optarg;
			break;
		case 'D':
			if (time_from_rfc3339(optarg, &options->demo_start) < 0)
				return wrong("no RFC 3339 time: ", optarg);
			break;
		case 'R': options->role = optarg; break;
		case 'L': return list_crash_points();
		case 'v': options->level = LOG_LEVEL_DEBUG; break;
		case 'h': (void)fputs(usage, stdout); return EX_OK;
		case 'V': (void)puts("shouwend " SHOUWEN_VERSION); return EX_OK;
		default: return wrong("", NULL);
		}
	}
	return optind < argc ? wrong("unexpected: ", argv[optind]) : -1;
}

static void
complain(const char *mistake, void *arg)
{
	(void)arg;
	(void)fprintf(stderr, "%s\n", mistake);
}

int
main(int argc, char **argv)
{
	struct options options = {
		.conf = DEFAULT_CONF,
		.level = LOG_LEVEL_INFO,
	};
	struct config *conf scoped(config_free) = NULL;
	struct err err = { 0 };
	int status = parse_options(argc, argv, &options);

	if (status >= 0)
		return status;
	if (text_eq(options.role, "reader"))
		return reader_worker_run(CHILD_LINK_FD);
	if (text_eq(options.role, "fetcher"))
		return fetcher_run(CHILD_LINK_FD);
	if (options.role != NULL)
		return wrong("no such role: ", options.role);
	log_open(options.level, "shouwend");
	if (config_load_with(options.conf, options.overrides, complain, NULL,
		&conf, &err) < 0) {
		(void)fprintf(stderr, "shouwend: %s\n", err.msg);
		return EX_CONFIG;
	}
	status = run_desk(&(struct run_setup){
	    .conf = conf,
	    .overrides = options.overrides,
	    .demo_start = options.demo_start,
	});
	if (status != RUN_AGAIN)
		return status;
	/* Signals stay blocked, so none is lost until the next one looks. */
	(void)execv("/proc/self/exe", argv);
	log_event(LOG_LEVEL_ERROR, "reload", "state=failed err=\"%s\"",
	    strerror(errno));
	return EX_OSERR;
}
