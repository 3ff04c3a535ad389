/*
 * import - `shouwen import': make the register of an estate equal to a file.
 */
#ifndef CLI_IMPORT_H
#define CLI_IMPORT_H

/* `argv[0]' is the verb; a status of <sysexits.h>. */
int cli_import(int argc, char **argv);

#endif
