/*
 * bounce - is a mail a failure report, for whom, and is it final (RFC 3464).
 */
#ifndef READER_BOUNCE_H
#define READER_BOUNCE_H

#include "core/message.h"
#include "reader/mime.h"

struct arena;

/* `message' holds what is known so far (sender, recipients, subject, text). A
 * report of success is no bounce. */
void bounce_read(const char *raw, const struct mime *mime,
    const struct message *message, struct arena *arena, struct bounce *ret);

#endif
