/*
 * simulate_script - the lines of a simulator's script, and the mails that its
 * people write.
 */
#ifndef DESK_SIMULATE_SCRIPT_H
#define DESK_SIMULATE_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/outgoing.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/json.h"
#include "lib/units.h"

struct err;

enum script_kind {
	SCRIPT_WAIT,
	SCRIPT_MAIL,
	SCRIPT_SMS,
	SCRIPT_REPORT,
};

struct script_line {
	int number; /* in the file, from 1 */
	msec_t at;
	enum script_kind kind;
	json_t *what; /* the object behind "mail", "sms" or "report" */
	/* report */
	int out;
	const char *state; /* delivered, failed, bounced */
};

struct script {
	struct script_line *lines;
	size_t count;
};

/* Every mistake is "place:line: why"; the first one ends it. */
int script_parse(const char *place, const char *text, struct script *ret,
    struct err *err) must_check;
void script_free(struct script *script);

/* The mail of a line as raw bytes.  `answered' is the outgoing message that a
 * "reply_to" names, or NULL; `authserv_id' as which server's result the
 * checks are stamped, or NULL. */
int script_mail(const struct script_line *line, const struct outgoing *answered,
    const char *answered_from, const char *authserv_id, const char *folder,
    struct buf *ret, struct err *err) must_check;

/* A report that this mail could not be delivered (RFC 3464). */
void script_bounce(const struct outgoing *out, const char *from,
    const char *reporter, struct buf *ret);

#endif
