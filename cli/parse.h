/*
 * parse - `shouwen parse': what the reader makes of a mail.
 */
#ifndef CLI_PARSE_H
#define CLI_PARSE_H

/* `argv[0]' is the verb.  Prints one JSON object a file, on a line of its own;
 * returns a status of <sysexits.h>: EX_NOINPUT and EX_DATAERR name the file on
 * standard error and do not stop the others. */
int cli_parse(int argc, char **argv);

#endif
