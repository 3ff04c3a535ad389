/*
 * transfer - one curl handle of the many, as the files of this folder use it.
 *
 * A handle is made once, set up for each job, and used again; its connection
 * stays in the multi handle's cache.  Nothing in here blocks.
 */
#ifndef CHANNELS_TRANSFER_H
#define CHANNELS_TRANSFER_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

#include "lib/cleanup.h"
#include "lib/err.h"
#include "lib/units.h"

struct transfers;

struct transfer {
	CURL *easy;
	struct transfers *owner;
	/* Called once for each transfer_start(), from transfers_wait(); may
	 * start the next one. */
	void (*done)(struct transfer *transfer, CURLcode code);
	void *self;
	bool is_running;
	char why[CURL_ERROR_SIZE];
};

/* Verified TLS with `ca_file' (NULL: the system's), no redirects, no proxy,
 * no signals; `protocols' such as "smtp,smtps" are all it may speak. */
int transfer_open(struct transfer *transfer, struct transfers *owner,
    const char *protocols, const char *ca_file, struct err *err) must_check;
/* Ends it without calling done.  A zeroed transfer is accepted. */
void transfer_close(struct transfer *transfer);
/* Both are shortened by transfers_hurry(). */
void transfer_deadline(struct transfer *transfer, int connect_ms, int all_ms);
int transfer_start(struct transfer *transfer, struct err *err) must_check;
/* What no answer, or no connection, means. */
enum err_kind transfer_failure(CURLcode code);
/* Why it failed, in words without `secret' (or NULL). */
void transfer_reason(const struct transfer *transfer, CURLcode code,
    const char *secret, char *ret, size_t size);

/* Something that wants to be called at a moment, by transfers_wait(). */
struct transfers_alarm {
	struct transfers_alarm *next;
	bool is_set;
	mono_t at;
	void (*ring)(void *self);
	void *self;
};
void transfers_alarm_add(
    struct transfers *transfers, struct transfers_alarm *alarm);
void transfers_alarm_remove(
    struct transfers *transfers, struct transfers_alarm *alarm);

/* No deadline is longer than this from now on: for tests. */
void transfers_hurry(struct transfers *transfers, int most_ms);

#endif
