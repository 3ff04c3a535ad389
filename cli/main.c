/*
 * shouwen - the command for people; one file a verb.
 */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "cli/archive.h"
#include "cli/check.h"
#include "cli/classify.h"
#include "cli/import.h"
#include "cli/list.h"
#include "cli/outbox.h"
#include "cli/parse.h"
#include "cli/quarantine.h"
#include "cli/show.h"
#include "cli/simulate.h"
#include "cli/texts.h"
#include "cli/verify.h"
#include "lib/cleanup.h"
#include "lib/text.h"

/* Farther than this nobody means the other word. */
enum { NEAR = 3 };

static const struct verb {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *doc;
} verbs[] = {
	{ "archive", cli_archive, "a case that has ended, as one file" },
	{ "check", cli_check, "tell every mistake in the settings" },
	{ "classify", cli_classify, "what is understood of messages" },
	{ "import", cli_import, "read the register of owners" },
	{ "list", cli_list, "the cases that are open" },
	{ "outbox", cli_outbox, "what waits to leave" },
	{ "parse", cli_parse, "what is read in a mail" },
	{ "quarantine", cli_quarantine, "what came in and became no case" },
	{ "show", cli_show, "one case with its story" },
	{ "simulate", cli_simulate, "play a script through the whole desk" },
	{ "texts", cli_texts, "caps on texts, and who wants none" },
	{ "verify", cli_verify, "does the record of all cases still hold" },
};

static void
print_help(FILE *out)
{
	(void)fputs("usage: shouwen VERB [OPTION]... [FILE]...\n\n", out);
	for (size_t i = 0; i < ARRAY_COUNT(verbs); i++)
		(void)fprintf(out, "  %-11s %s\n", verbs[i].name, verbs[i].doc);
	(void)fputs("\n`shouwen VERB --help' tells more. The daemon is "
		    "shouwend(8).\n",
	    out);
}

static int
unknown(const char *name)
{
	const char *nearest = NULL;
	size_t best = NEAR + 1;

	for (size_t i = 0; i < ARRAY_COUNT(verbs); i++) {
		size_t distance = text_distance(name, verbs[i].name, NEAR);

		if (distance < best) {
			best = distance;
			nearest = verbs[i].name;
		}
	}
	(void)fprintf(stderr, "shouwen: no verb \"%s\"", name);
	if (nearest != NULL)
		(void)fprintf(stderr, "; did you mean \"%s\"?\n", nearest);
	else
		(void)fputs("; see shouwen --help\n", stderr);
	return EX_USAGE;
}

/* A full disk or a closed pipe must not look like success. */
static int
finish(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	perror("shouwen: cannot write");
	return status == EX_OK ? EX_IOERR : status;
}

int
main(int argc, char **argv)
{
	if (argc < 2) {
		print_help(stderr);
		return EX_USAGE;
	}
	if (text_eq(argv[1], "--help") || text_eq(argv[1], "-h") ||
	    text_eq(argv[1], "help")) {
		print_help(stdout);
		return finish(EX_OK);
	}
	if (text_eq(argv[1], "--version")) {
		(void)puts("shouwen " SHOUWEN_VERSION);
		return finish(EX_OK);
	}
	for (size_t i = 0; i < ARRAY_COUNT(verbs); i++)
		if (text_eq(verbs[i].name, argv[1]))
			return finish(verbs[i].run(argc - 1, argv + 1));
	return unknown(argv[1]);
}
