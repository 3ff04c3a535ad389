/*
 * texts - `shouwen texts': what of the caps on texts is used, and who wants
 * none.
 */
#ifndef CLI_TEXTS_H
#define CLI_TEXTS_H

/* `argv[0]' is the verb; a status of <sysexits.h>. */
int cli_texts(int argc, char **argv);

#endif
