/*
 * An outgoing row as the bytes of a mail, with the parts that go along.
 */
#include "channels/compose.h"
#include "core/config.h"
#include "core/texts.h"
#include "core/zone.h"
#include "desk/engine.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/inbox.h"

enum { PASSED_PARTS_MAX = 32 };

static int
load_parts(struct desk *desk, const struct outgoing *out, struct buf *bytes,
    struct bytes *parts, struct err *err)
{
	size_t starts[PASSED_PARTS_MAX + 1];

	for (size_t i = 0; i < out->part_count; i++) {
		const struct passed_part *part = &out->parts[i];

		starts[i] = bytes->len;
		if (inbox_raw_slice(desk->store, part->inbox, part->offset,
			part->length, bytes, err) < 0)
			return -1;
		starts[i + 1] = bytes->len;
	}
	for (size_t i = 0; i < out->part_count; i++)
		parts[i] = (struct bytes){
			.data = buf_text(bytes) + starts[i],
			.len = starts[i + 1] - starts[i],
		};
	return 0;
}

/* The reply address, when it holds a token: a new mail there proves whose it
 * is. */
static const char *
token_in(const struct outgoing *out, const struct mailbox *mailbox)
{
	return text_eq(out->reply_to, mailbox->address) ? NULL : out->reply_to;
}

int
courier_compose(struct desk *desk, const struct outgoing *out, struct buf *wire,
    struct err *err)
{
	const struct estate *estate = config_estate(desk->conf, out->estate);
	struct bytes parts[PASSED_PARTS_MAX];
	struct buf bytes scoped(buf_done);
	char date[40];
	struct compose_from from = { .date = date };
	struct arena arena scoped(arena_done) = { 0 };
	struct outgoing mail = *out;

	buf_init(&bytes, LIMIT_PASSED_ON_BYTES);
	arena_init(&arena, LIMIT_WORK_BYTES);
	if (estate == NULL || estate->mailbox == NULL ||
	    out->part_count > PASSED_PARTS_MAX)
		return err_set(err, ERR_DATA, "no mailbox to send this from");
	if (load_parts(desk, out, &bytes, parts, err) < 0)
		return -1;
	from.addr = estate->mailbox->address;
	from.name = estate->from_name;
	zone_rfc5322(estate->zone, out->created_at, date);
	if (out->layout != NULL &&
	    texts_finish(desk->texts, token_in(out, estate->mailbox), &mail,
		&arena, err) < 0)
		return -1;
	return compose_mail(&mail, &from, parts, wire, err);
}
