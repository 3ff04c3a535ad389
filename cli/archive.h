/*
 * archive - `shouwen archive': a case that has ended as one file (R48).
 */
#ifndef CLI_ARCHIVE_H
#define CLI_ARCHIVE_H

/* `argv[0]' is the verb; a status of <sysexits.h>. */
int cli_archive(int argc, char **argv);

#endif
