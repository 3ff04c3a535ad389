/*
 * list - `shouwen list': the cases, the newest first.
 */
#ifndef CLI_LIST_H
#define CLI_LIST_H

/* `argv[0]' is the verb; a status of <sysexits.h>. */
int cli_list(int argc, char **argv);

#endif
