/*
 * verify - `shouwen verify': does the record of all cases still hold?
 */
#ifndef CLI_VERIFY_H
#define CLI_VERIFY_H

/* `argv[0]' is the verb; a status of <sysexits.h>: 65 when it does not. */
int cli_verify(int argc, char **argv);

#endif
