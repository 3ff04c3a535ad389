/*
 * words - strangers' words on a terminal, which must not be told by them what
 * to do.
 */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include <stdio.h>

/* Control characters (C0, DEL, C1) become "?" in place, but for those in
 * `kept'. */
void words_clean(char *text, const char *kept);
/* Clean, on one line without its end. */
void words_print(const char *text, FILE *out);
/* Clean, each line behind `indent' and with an end. */
void words_print_lines(const char *text, const char *indent, FILE *out);

#endif
