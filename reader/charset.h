/*
 * charset - bytes under any label into clean UTF-8.
 *
 * Labels lie: GB2312 is GB18030 in truth, Latin-1 is often UTF-8 or GBK.  So a
 * label is the first guess, and the bytes decide.
 */
#ifndef READER_CHARSET_H
#define READER_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/cleanup.h"

struct arena;
struct err;

/* Open every charset once, under each of its labels, and keep it open: glibc
 * loads a module a charset and unloads it with its last user, and the sandbox
 * allows no file.  gmime, which converts file names itself, finds them loaded;
 * from then on any other charset is unknown to it (charset_gate.c). */
int charset_open_all(struct err *err) must_check;
/* Whether glibc can convert these without a file: always before
 * charset_open_all(), only what is loaded after it. */
bool charset_may_open(const char *to, const char *from);

/* The labels that charset_open_all() opened, for tests. */
size_t charset_count(void);
const char *charset_label(size_t index);

/* Valid UTF-8 without NUL, control characters and byte order mark, whatever
 * came in; `label' may be NULL or unknown.  Bytes that fit nothing become
 * U+FFFD.  Line ends become "\n". */
char *charset_to_utf8(
    const char *label, const char *data, size_t len, struct arena *arena);

bool charset_is_utf8(const char *data, size_t len);

/* The longest prefix of valid UTF-8 `text' that has at most `len' bytes and
 * cuts no character. */
size_t charset_fit(const char *text, size_t len);

#endif
