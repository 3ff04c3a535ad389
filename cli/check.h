/*
 * check - `shouwen check': are the settings right, and do the servers let us
 * in?
 */
#ifndef CLI_CHECK_H
#define CLI_CHECK_H

/* `argv[0]' is the verb.  A status of <sysexits.h>: EX_CONFIG when anything
 * is wrong in the files, EX_UNAVAILABLE when a server is. */
int cli_check(int argc, char **argv);

#endif
