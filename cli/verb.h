/*
 * verb - what the verbs that ask the desk have in common: their options, from
 * which come parsing, the request and --help.
 */
#ifndef CLI_VERB_H
#define CLI_VERB_H

#include "cli/ask.h"

#include <stdbool.h>
#include <stddef.h>

enum verb_value { VERB_FLAG, VERB_TEXT, VERB_NUMBER };

/* One option: it becomes the member `name' of the request. */
struct verb_option {
	const char *name;
	enum verb_value value;
	const char *shown; /* name of the value in --help */
	const char *doc;
};

/* What is asked about, the one argument that is no option. */
struct verb_operand {
	const char *key; /* of the request; NULL: there is none */
	enum verb_value value;
	const char *shown;
	bool required;
};

struct verb {
	const char *name;
	const char *doc; /* whole sentences for --help */
	struct verb_operand operand;
	/* A second argument that is needed and not asked of the desk: what
	 * --help calls it; or NULL. */
	const char *second;
	const struct verb_option *options;
	size_t option_count;
};

enum { VERB_OVERRIDES_MAX = 64 };

/* One run of a verb. */
struct asking {
	struct cli_desk desk;
	const char *overrides[VERB_OVERRIDES_MAX + 1];
	bool is_json;
	const char *second;
	json_t *request; /* "verb", operand and options */
};

/* Parse `argv' (argv[0] is the verb).  -1 to go on, else an exit status;
 * *ret is to be ended with asking_done() in any case. */
int asking_read(
    const struct verb *verb, int argc, char **argv, struct asking *ret);
/* For scoped(asking_done). */
void asking_done(struct asking *asking);

/* Ask and print: the answer as one line of JSON with --json, else by
 * `print'. */
int asking_run(struct asking *asking, void (*print)(const json_t *answer));

/* Read, ask, print. */
int verb_run(const struct verb *verb, int argc, char **argv,
    void (*print)(const json_t *answer));

/* One line on standard output, as with --json. */
void verb_print_json(const json_t *answer);

/* "2026-11-23T09:00:00+08:00" is "2026-11-23 09:00" to people; "" when there
 * is none.  `ret' holds 24 bytes. */
void verb_time(const json_t *row, const char *key, char *ret);

/* NULL also for "". */
const char *verb_text(const json_t *row, const char *key);

/* A line that says that there are more rows than were asked for. */
void verb_say_more(const json_t *answer);

#endif
