/*
 * sms_answer - what a gateway's answer means, by its provider file.
 */
#ifndef CHANNELS_SMS_ANSWER_H
#define CHANNELS_SMS_ANSWER_H

#include <stdbool.h>

#include "core/ports.h"
#include "core/sms_provider.h"
#include "lib/buf.h"

struct arena;

/* Sets result, provider_id, retry_after, is_optout and is_unknown of what was
 * answered to a send. */
void sms_answer_judge(const struct sms_provider *provider, int status,
    const struct buf *body, struct receipt *ret);

/* The same of a poll: ERR_NONE for a list, or for *ret_is_empty: there is no
 * news.  Some say that by an error; a queue does by an empty list, which costs
 * no write then. */
enum err_kind sms_answer_of_poll(const struct sms_provider *provider,
    const struct sms_poll *poll, int status, const struct buf *body,
    bool *ret_is_empty);

/* "200-299,409"; NULL is any. */
bool sms_status_fits(const char *list, int status);
/* Each: NULL, or what is wrong. */
const char *sms_status_fault(const char *list);
const char *sms_pattern_fault(const char *pattern, struct arena *arena);
/* Whether it matches whatever stands there; its groups. */
bool sms_pattern_fits_all(const char *pattern);
size_t sms_pattern_groups(const char *pattern);

#endif
