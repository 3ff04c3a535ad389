#include "cli/simulate.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "cli/ask.h"
#include "core/limits.h"
#include "core/texts.h"
#include "desk/config.h"
#include "desk/import.h"
#include "desk/simulate.h"
#include "desk/texts.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/file.h"

static const char usage[] =
    "usage: shouwen simulate [--conf FILE] [-o KEY=VALUE] SCRIPT.jsonl\n"
    "\n"
    "Plays a script of mails, texts and reports through the whole desk on a\n"
    "fake clock and prints every effect, one JSON object a line. Nothing\n"
    "leaves, nothing is kept. `-' reads the script from standard input.\n"
    "Use it to try new rules on yesterday's messages.\n"
    "\n"
    "A mistake in the script: its line and the reason, exit 65.\n";

enum { OVERRIDES_MAX = 32 };

#define REGISTER_MEMORY (256 * MIB)

static void
complain(const char *mistake, void *arg)
{
	(void)arg;
	(void)fprintf(stderr, "%s\n", mistake);
}

static void
print_line(const char *line, void *arg)
{
	(void)arg;
	(void)puts(line);
}

static int
read_script(const char *path, struct buf *ret)
{
	int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO)
					: open(path, O_RDONLY | O_CLOEXEC);
	int status;

	if (fd < 0) {
		(void)fprintf(
		    stderr, "shouwen: %s: %s\n", path, strerror(errno));
		return -1;
	}
	status = file_read_rest(fd, ret);
	(void)close(fd);
	if (status < 0)
		(void)fprintf(
		    stderr, "shouwen: %s: cannot be read whole\n", path);
	return status;
}

static int
play(const struct config *conf, const char *path)
{
	struct texts *texts;
	struct buf script scoped(buf_done);
	struct simulation simulation = { .conf = conf, .print = print_line };
	struct err err = { 0 };
	struct arena arena scoped(arena_done);
	struct owner_list owners = { 0 };
	char *copy;
	int status = EX_OK;

	buf_init(&script, 256 * MIB);
	arena_init(&arena, REGISTER_MEMORY);
	if (read_script(path, &script) < 0)
		return EX_NOINPUT;
	texts = desk_texts_load(conf->templates, conf->classifier, complain, NULL, &err);
	if (texts == NULL) {
		(void)fprintf(stderr, "shouwen: %s\n", err.msg);
		return EX_CONFIG;
	}
	if (import_registers(conf, complain, NULL, &arena, &owners, &err) < 0) {
		(void)fprintf(stderr, "shouwen: %s\n", err.msg);
		texts_free(&texts);
		return EX_CONFIG;
	}
	simulation.texts = texts;
	simulation.owners = owners.list;
	simulation.owner_count = owners.count;
	copy = strdup(path);
	if (copy == NULL)
		abort();
	if (simulate_run(&simulation, path, dirname(copy), buf_text(&script),
		&err) < 0) {
		(void)fprintf(stderr, "shouwen: %s\n", err.msg);
		status = err.kind == ERR_DATA ? EX_DATAERR : EX_SOFTWARE;
	}
	free(copy);
	texts_free(&texts);
	return status;
}

int
cli_simulate(int argc, char **argv)
{
	static const struct option known[] = {
		{ "conf", required_argument, NULL, 'c' },
		{ "override", required_argument, NULL, 'o' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	const char *conf_path = CLI_DEFAULT_CONF;
	const char *overrides[OVERRIDES_MAX + 1] = { NULL };
	size_t override_count = 0;
	struct config *conf scoped(config_free) = NULL;
	struct err err = { 0 };
	int option;

	while ((option = getopt_long(argc, argv, "c:o:h", known, NULL)) != -1) {
		if (option == 'c') {
			conf_path = optarg;
		} else if (option == 'o' && override_count < OVERRIDES_MAX) {
			overrides[override_count++] = optarg;
		} else if (option == 'h') {
			(void)fputs(usage, stdout);
			return EX_OK;
		} else {
			(void)fputs(usage, stderr);
			return EX_USAGE;
		}
	}
	if (optind + 1 != argc) {
		(void)fputs(usage, stderr);
		return EX_USAGE;
	}
	if (config_load_with(conf_path, overrides, complain, NULL, &conf, &err) <
	    0) {
		(void)fprintf(stderr, "shouwen: %s\n", err.msg);
		return EX_CONFIG;
	}
	return play(conf, argv[optind]);
}
