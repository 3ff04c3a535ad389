/*
 * ask - put a question to the desk: over the control socket of a running
 * one, else straight to its store.
 */
#ifndef CLI_ASK_H
#define CLI_ASK_H

#include "lib/json.h"

/* `request' is taken and gets "who".  `conf_path' is the settings file.  The
 * answer, a new reference, in *ret; an exit status of sysexits.h, 0 when
 * there is an answer without "error".  Mistakes are told on standard error. */
int cli_ask(const char *conf_path, json_t *request, json_t **ret);

#define CLI_DEFAULT_CONF "/etc/shouwen/shouwen.conf"

#endif
