/*
 * charset_table - the charsets that the reader knows, by index, and glibc's
 * converters for them.
 */
#ifndef READER_CHARSET_TABLE_H
#define READER_CHARSET_TABLE_H

#include <iconv.h>
#include <stdbool.h>

#include "lib/cleanup.h"

struct err;

/* The first ones of the table. */
enum { UTF8, GB18030, CP1252, BIG5 };

/* charset_open_all() without what the guess needs. */
int charset_table_open(struct err *err) must_check;
/* The index of a label, or -1. */
int charset_find(const char *label);

/* Does glibc's name of it start so?  False of -1. */
bool charset_is(int index, const char *prefix);

/* Open since charset_open_all(); to UTF-8. */
iconv_t charset_converter(int index);

#endif
