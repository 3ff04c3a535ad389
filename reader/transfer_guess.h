/*
 * transfer_guess - the content transfer encoding that a text is in truth in.
 */
#ifndef READER_TRANSFER_GUESS_H
#define READER_TRANSFER_GUESS_H

#include <stddef.h>

#include "reader/transfer.h"

struct arena;

/* `named' unless the bytes say that it is wrong: text under the name of
 * base64, or base64 or quoted-printable text without any name. */
enum transfer transfer_guess(
    enum transfer named, const char *data, size_t len, struct arena *arena);

#endif
