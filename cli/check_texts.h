/*
 * check_texts - what `shouwen check' says of the length and the price of text
 * messages.
 */
#ifndef CLI_CHECK_TEXTS_H
#define CLI_CHECK_TEXTS_H

#include <stdbool.h>

struct config;
struct err;
struct texts;

/* Told each text that is longer than its channel sends, with its file. */
typedef void check_texts_complain(const char *mistake, void *arg);
int check_texts_length(const struct config *conf, const struct texts *texts,
    check_texts_complain *complain, void *arg, struct err *err);

/* A table, or one line of JSON. */
int check_texts_print(const struct config *conf, const struct texts *texts,
    bool as_json, struct err *err);

#endif
