/*
 * message - one inbound message, whatever the channel, as the reader made it.
 *
 * All text is valid UTF-8 without NUL, capped by core/limits.h, and lives in
 * the arena of the unit of work.  Absent text is NULL.  Nothing in here can
 * be trusted: the reader may have been taken over by the message.
 */
#ifndef CORE_MESSAGE_H
#define CORE_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/vocabulary.h"
#include "lib/json.h"
#include "lib/units.h"

struct arena;
struct err;

/* A part that can be passed on as it came: the bytes [offset, offset+length)
 * of the raw mail are the MIME part, its own headers first. */
struct attachment {
	const char *name; /* decoded file name, or NULL */
	const char *type; /* "image/jpeg", lower case */
	size_t size;	  /* decoded bytes */
	size_t offset;
	size_t length; /* 0: cannot be passed on as it is (TNEF, uuencode) */
	bool is_inline; /* shown in the body, such as a logo */
};

struct address {
	const char *addr; /* lower case; domain in ASCII form as received */
	const char *name; /* or NULL */
};

struct bounce {
	bool is_bounce; /* it failed */
	bool is_delay;	/* not yet: the server goes on trying */
	const char **recipients;
	size_t recipient_count;
	const char *status; /* enhanced status "5.1.1", or NULL */
	bool is_hard;
	const char *original_message_id; /* of the mail that came back, or NULL */
};

struct forward {
	bool is_forward;
	const char *from; /* address in the forwarded header block, or NULL */
	const char *from_name;
	const char *subject;
	const char *body;
	/* Marker, header block and body as they stand; not in the document. */
	const char *whole;
};

struct message {
	enum channel channel;

	/* Who.  Mail: address in lower case.  Text: as the gateway gave it;
	 * core/phone makes E.164 of it. */
	struct address from;
	const char *raw_from; /* the undecoded header, for people */
	struct address reply_to;
	const char *return_path; /* envelope sender; "" for the null sender */
	struct address *to;	 /* To, Cc, Delivered-To, X-Original-To */
	size_t to_count;

	const char *message_id; /* without angle brackets; text: provider id */
	const char *in_reply_to;
	const char **references; /* oldest first, without angle brackets */
	size_t reference_count;
	const char *subject;
	msec_t sent_at; /* what the far side says; 0 when unknown */

	/* What. */
	const char *text; /* of its first text part, HTML turned to text */
	const char *more; /* of further ones, such as a list's footer; or NULL */
	/* Their own words in all of that: no quote, no signature. */
	const char *own;
	struct forward forward;
	struct attachment *attachments;
	size_t attachment_count;

	/* Machine or person (RFC 3834). */
	bool is_auto;
	const char *auto_reason; /* "auto-submitted", "list", "vacation text" */
	struct bounce bounce;
	const char *auth_results[8]; /* each Authentication-Results, unfolded */
	size_t auth_result_count;
	bool spam_hint; /* the site's own filter said so */

	/* A note of the reader for humans, such as "cut at 1,000 parts". */
	const char *warning;

	/* Texts only. */
	const char *recipient; /* our number */
	/* Parts of one long text that the gateway did not join; count 0: whole */
	unsigned part_ref, part_count, part_number;
	bool is_rest; /* the first of its parts went before it, alone */
};

/* The document that `shouwen parse' prints and, without `text', the reader
 * sends to the desk (architecture.md 6, with more keys).  A new reference. */
json_t *message_to_json(const struct message *message);

/* Takes nothing for granted: wrong types are absent values, over-long lists
 * are cut, texts are checked.  0, or -1 with ERR_DATA. */
int message_from_json(const json_t *document, struct arena *arena,
    struct message *ret, struct err *err) must_check;

#endif
