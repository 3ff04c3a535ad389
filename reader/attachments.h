/*
 * attachments - what came with a mail's text.
 */
#ifndef READER_ATTACHMENTS_H
#define READER_ATTACHMENTS_H

#include "core/message.h"

struct arena;
struct body;
struct mime;

/* One more note for people; NULL is none. */
void reader_warn(
    struct message *message, const char *warning, struct arena *arena);

/* Each part that is no text, and the files that stand in parts. */
void attachments_list(const char *raw, const struct mime *mime,
    const struct body *body, struct arena *arena, struct message *ret);

/* A mail forwarded as an attachment is content like a forwarded text. */
void attachments_read_mail(const char *raw, const struct mime *mime,
    struct arena *arena, struct message *ret);

#endif
