/*
 * quarantine - `shouwen quarantine': what came in and became no case of its
 * sender.
 */
#ifndef CLI_QUARANTINE_H
#define CLI_QUARANTINE_H

/* `argv[0]' is the verb; a status of <sysexits.h>. */
int cli_quarantine(int argc, char **argv);

#endif
