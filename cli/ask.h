/*
 * ask - put a question to the desk: over the control socket of a running
 * one, else straight to its store.
 */
#ifndef CLI_ASK_H
#define CLI_ASK_H

#include "lib/json.h"

#define CLI_DEFAULT_CONF "/etc/shouwen/shouwen.conf"

/* Which desk: its settings file and what stands over it (NULL-terminated, or
 * NULL).  Its secrets are not read. */
struct cli_desk {
	const char *conf;
	const char *const *overrides;
};

/* `request' (desk/query.h) gets "who".  The answer, a new reference, in *ret;
 * a status of <sysexits.h>, EX_OK only for an answer without "error".  What is
 * wrong, and what to do, is told on standard error. */
int cli_ask(const struct cli_desk *desk, json_t *request, json_t **ret);

/* The same for several questions in a row: a line to one desk.  A status, and
 * *ret is to be ended with cli_line_close() only where it is EX_OK. */
struct cli_line;
int cli_line_open(const struct cli_desk *desk, struct cli_line **ret);
int cli_line_ask(struct cli_line *line, json_t *request, json_t **ret);
/* For scoped(cli_line_close); accepts NULL, clears the pointer. */
void cli_line_close(struct cli_line **line);

#endif
