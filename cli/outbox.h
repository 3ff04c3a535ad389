/*
 * outbox - `shouwen outbox': what waits to leave, and what became of it.
 */
#ifndef CLI_OUTBOX_H
#define CLI_OUTBOX_H

#include "lib/json.h"

/* `argv[0]' is the verb; a status of <sysexits.h>. */
int cli_outbox(int argc, char **argv);

/* Outgoing messages as a table (desk/query.h). */
void outbox_print(const json_t *rows);

#endif
