/*
 * bounce_reading - what is gathered from a failure report, shared by the files
 * that read its forms.
 */
#ifndef READER_BOUNCE_READING_H
#define READER_BOUNCE_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/message.h"

struct arena;
struct buf;

struct bounce_reading {
	struct arena *arena;
	struct bounce *ret;
	const struct message *message;
	const struct address *to; /* whom the report went to */
	size_t to_count;
	bool is_failure, is_delay, is_success; /* said by the report */
	/* By the far server, and by the reporter: the former outranks. */
	const char *far_status, *near_status;
	struct buf *diagnosis; /* words of the servers, for their reason */
	const char *original;  /* in a text: where the mail itself starts */
	const char *lost_to;   /* whom the mail that came back was to reach */
};

void bounce_add_recipient(struct bounce_reading *r, const char *text);
/* The last enhanced status code of a text, the deepest cause; or NULL. */
const char *bounce_find_status(const char *text, struct arena *arena);
/* One that `text' starts with; or NULL. */
const char *bounce_status_at(const char *text, struct arena *arena);
/* Keeps `status' in `slot' when it says more than what is there. */
void bounce_take_status(const char **slot, const char *status);

/* The fields of a message/delivery-status part, all groups alike. */
void bounce_read_fields(struct bounce_reading *r, const char *text);
/* Such fields among the lines of a text that lost its structure. */
bool bounce_has_fields(const char *text);
/* The Message-ID and the addressee of the mail that came back. */
void bounce_read_original(struct bounce_reading *r, const char *text);

/* Addresses in the text of a report that failed by it: below a line that says
 * that such follow, else anywhere. */
void bounce_find_recipients(struct bounce_reading *r, const char *text);

/* A notification of Amazon SES, plain or in an envelope of SNS. False when the
 * text holds none. */
bool bounce_read_notification(struct bounce_reading *r, const char *text);

#endif
