/*
 * classify - `shouwen classify': what the desk understands of messages
 * (architecture.md 6, rules.md 5.5).
 */
#ifndef CLI_CLASSIFY_H
#define CLI_CLASSIFY_H

/* The verb with its arguments; an exit status of sysexits.h. */
int cli_classify(int argc, char **argv);

#endif
