/*
 * Long texts whose parts a gateway hands on one by one.
 *
 * A part waits as a row until the others are there; then one text is decided.
 * What never becomes whole is handed over as it is after a while, danger almost
 * at once: words of an owner are worth more than their order.
 */
#include "store/sms_parts.h"

#include <stdlib.h>

#include "core/classify.h"
#include "core/config.h"
#include "core/limits.h"
#include "core/sms_half.h"
#include "desk/engine.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/inbox.h"

/* An emergency is acknowledged within a minute (rules.md 2.3), and it may show
 * only in the joined text.  What comes later joins the case all the same. */
#define PARTS_WAIT MSEC_MINUTE
/* Danger in one part; the others mostly follow within seconds, and may say
 * where it is. */
#define DANGER_WAIT (10 * MSEC_SECOND)
/* Parts of one text (3GPP TS 23.040 9.2.3.24.1). */
enum { PARTS_MAX = 255 };

/* ---- one text of its parts ---- */

static void
join(const struct sms_part *parts, int count, struct buf *out)
{
	unsigned next = 1;

	for (int i = 0; i < count; i++) {
		if (parts[i].number != next)
			buf_puts(out, " […] ");
		buf_puts(out, parts[i].text);
		next = parts[i].number + 1;
	}
	if (next <= parts[0].count)
		buf_puts(out, " […]");
}

const char *
parts_alone(struct desk *desk, const struct message *message)
{
	const struct sms_part part = {
		.count = message->part_count,
		.number = message->part_number,
		.text = text_or(message->own, ""),
	};
	struct buf text scoped(buf_done) = { 0 };

	buf_init(&text, LIMIT_TEXT_BYTES);
	join(&part, 1, &text);
	return sms_half_join(buf_text(&text), &desk->turn);
}

/* The row that came last carries the decision; the others lie in a bin. */
static int64_t
last_row(const struct sms_part *parts, int count)
{
	int64_t last = 0;

	for (int i = 0; i < count; i++)
		if (parts[i].inbox > last)
			last = parts[i].inbox;
	return last;
}

/* The case has them all: for the archive, and to be erased with it. */
static int
follow(struct desk *desk, const struct sms_part *parts, int count, int64_t last,
    struct err *err)
{
	struct inbox_row row = { 0 };
	const char *why;

	if (inbox_load(desk->store, last, &desk->turn, &row, err) < 0)
		return -1;
	why = arena_printf(&desk->turn,
	    "went with the rest of its text: message %lld", (long long)last);
	for (int i = 0; i < count; i++)
		if (parts[i].inbox != last &&
		    inbox_set_state(desk->store, parts[i].inbox, INBOX_BINNED,
			"part", why, row.case_id, err) < 0)
			return -1;
	return 0;
}

static int
decide_joined(struct desk *desk, const struct sms_part *parts, int count,
    msec_t now, struct err *err)
{
	struct message *message = arena_alloc(&desk->turn, sizeof(*message));
	struct buf text scoped(buf_done) = { 0 };
	struct inbox_row row = { 0 };
	struct input in = { .kind = INPUT_MESSAGE, .message = message };
	int64_t last = last_row(parts, count);

	if (inbox_load(desk->store, last, &desk->turn, &row, err) < 0)
		return -1;
	buf_init(&text, LIMIT_TEXT_BYTES);
	join(parts, count, &text);
	*message = (struct message){ .channel = CHANNEL_SMS };
	message->from.addr = parts[0].sender;
	message->recipient = parts[0].recipient;
	message->own = sms_half_join(buf_text(&text), &desk->turn);
	message->is_rest = parts[0].number > 1;
	message->text = message->own;
	in.source = row.source;
	in.estate = row.estate;
	in.received_at = row.received_at;
	in.inbox = last;
	if (message_decide(desk, &in, now, err) < 0)
		return -1;
	return follow(desk, parts, count, last, err);
}

static int
finish(
    struct desk *desk, const struct sms_part *like, msec_t now, struct err *err)
{
	struct sms_part *parts =
	    arena_array(&desk->turn, PARTS_MAX, sizeof(*parts));
	int count = sms_part_group(
	    desk->store, like, &desk->turn, parts, PARTS_MAX, err);

	desk->next_part = -1;
	if (count <= 0)
		return count;
	if (sms_part_drop(desk->store, like, err) < 0)
		return -1;
	return decide_joined(desk, parts, count, now, err);
}

/* ---- one part ---- */

/* A number that waits already: the gateway says it twice, or its numbers have
 * come round and the older text never became whole. */
static int
replace(
    struct desk *desk, const struct sms_part *part, msec_t now, struct err *err)
{
	struct sms_part *parts =
	    arena_array(&desk->turn, PARTS_MAX, sizeof(*parts));
	int count = sms_part_group(
	    desk->store, part, &desk->turn, parts, PARTS_MAX, err);

	for (int i = 0; i < count; i++)
		if (parts[i].number == part->number &&
		    text_eq(parts[i].text, part->text))
			return inbox_set_state(desk->store, part->inbox,
			    INBOX_BINNED, "part", "waits already", 0, err);
	if (count < 0 || finish(desk, part, now, err) < 0)
		return -1;
	return sms_part_add(desk->store, part, err);
}

/* 1, 0, -1 */
static int
tells_of_danger(
    struct desk *desk, const struct input *in, msec_t now, struct err *err)
{
	struct understanding seen;
	const struct classify_context ctx = {
		.now = now,
		.conf = desk->conf,
		.estate = config_estate(desk->conf, in->estate),
	};
	const struct classify_in part = {
		.channel = CHANNEL_SMS,
		.from = FROM_UNKNOWN,
		.own = text_or(in->message->own, ""),
	};

	if (classify(&ctx, &part, &desk->turn, &seen, err) < 0)
		return -1;
	return seen.severity == SEVERITY_EMERGENCY;
}

int
parts_take(
    struct desk *desk, const struct input *in, msec_t now, struct err *err)
{
	const struct message *message = in->message;
	int is_danger = tells_of_danger(desk, in, now, err);
	const struct sms_part part = {
		.inbox = in->inbox,
		.source = in->source,
		.sender = message->from.addr,
		.recipient = text_or(message->recipient, ""),
		.ref = message->part_ref,
		.count = message->part_count,
		.number = message->part_number,
		.text = text_or(message->own, ""),
		.due = now + (is_danger > 0 ? DANGER_WAIT : PARTS_WAIT),
	};
	struct sms_part *parts;
	int added, count;

	if (is_danger < 0)
		return -1;
	if (sms_part_waiting(desk->store) >= LIMIT_SMS_PARTS_WAITING)
		return 0;
	if (inbox_set_state(desk->store, in->inbox, INBOX_BINNED, "part",
		"waits for the rest of its text", 0, err) < 0)
		return -1;
	added = sms_part_add(desk->store, &part, err);
	if (added == 0)
		added = replace(desk, &part, now, err);
	if (added < 0)
		return -1;
	desk->next_part = -1;
	parts = arena_array(&desk->turn, PARTS_MAX, sizeof(*parts));
	count = sms_part_group(
	    desk->store, &part, &desk->turn, parts, PARTS_MAX, err);
	if (count < 0 || ((unsigned)count == part.count &&
			     finish(desk, &part, now, err) < 0))
		return -1;
	return 1;
}

/* ---- those that wait too long ---- */

int
parts_run(struct desk *desk, msec_t now, struct err *err)
{
	struct sms_part part;
	msec_t next = parts_next(desk);
	int found;

	if (next == 0 || next > now)
		return 0;
	while ((found = sms_part_due(
		    desk->store, now, &desk->turn, &part, err)) > 0)
		if (finish(desk, &part, now, err) < 0)
			return -1;
	desk->next_part = -1;
	return found;
}

msec_t
parts_next(struct desk *desk)
{
	if (desk->next_part < 0)
		desk->next_part = sms_part_next(desk->store);
	return desk->next_part;
}
