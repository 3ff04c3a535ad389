/*
 * show - `shouwen show': one case with its story and its messages.
 */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

/* `argv[0]' is the verb; a status of <sysexits.h>. */
int cli_show(int argc, char **argv);

#endif
