/*
 * auto - did a machine write this, so that no machine may answer it
 * (RFC 3834, R50)?
 */
#ifndef READER_AUTO_H
#define READER_AUTO_H

#include <stdbool.h>

#include "core/message.h"
#include "reader/mime.h"

struct arena;

/* Why it must not be answered, or NULL.  `message' holds sender, subject,
 * return path and bounce facts. */
const char *auto_reason(const struct mime *mime, const struct message *message,
    struct arena *arena);

/* The site's own filter called it spam. */
bool auto_spam_hint(const struct mime *mime, struct arena *arena);

#endif
