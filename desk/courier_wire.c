/*
 * An outgoing row as the bytes of a mail, with the parts that go along.
 */
#include "channels/compose.h"
#include "core/config.h"
#include "core/letter.h"
#include "core/texts.h"
#include "core/zone.h"
#include "desk/engine.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/bundles.h"
#include "store/inbox.h"

static int
load_parts(struct desk *desk, const struct outgoing *out, struct buf *bytes,
    struct bytes *parts, struct err *err)
{
	size_t starts[LIMIT_PASSED_ON + 1];

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

/* Where replies go: to the mail, and to each notice of a bundle. */
static int
load_replies(struct desk *desk, const struct mailbox *mailbox,
    const struct outgoing *out, struct arena *arena, struct letter_reply *ret,
    struct err *err)
{
	out_id ids[LIMIT_BUNDLED];
	int count = 0;

	ret[0] = (struct letter_reply){ token_in(out, mailbox), out->subject };
	if (out->reply_kind == REPLY_BUNDLE)
		count = notices_of(
		    desk->store, out->id, ids, LIMIT_BUNDLED, err);
	for (int i = 0; i < count; i++) {
		struct outgoing notice = { 0 };
		struct out_status status;

		if (out_load(desk->store, ids[i], arena, &notice, &status,
			err) < 0)
			return -1;
		ret[i + 1] = (struct letter_reply){
			token_in(&notice, mailbox), notice.subject
		};
	}
	return count < 0 ? -1 : count + 1;
}

static int
finish(struct desk *desk, const struct mailbox *mailbox, struct outgoing *mail,
    struct arena *arena, struct err *err)
{
	struct letter_reply replies[LIMIT_BUNDLED + 1];
	int count = load_replies(desk, mailbox, mail, arena, replies, err);

	return count < 0 ? -1
			 : texts_finish(desk->texts, replies, (size_t)count,
			       mail, arena, err);
}

int
courier_compose(struct desk *desk, const struct outgoing *out, struct buf *wire,
    struct err *err)
{
	const struct estate *estate = config_estate(desk->conf, out->estate);
	struct bytes parts[LIMIT_PASSED_ON];
	struct buf bytes scoped(buf_done);
	char date[40];
	struct compose_from from = { .date = date };
	struct arena arena scoped(arena_done) = { 0 };
	struct outgoing mail = *out;

	buf_init(&bytes, LIMIT_PASSED_ON_BYTES);
	arena_init(&arena, LIMIT_WORK_BYTES);
	if (estate == NULL || estate->mailbox == NULL ||
	    out->part_count > LIMIT_PASSED_ON)
		return err_set(err, ERR_DATA, "no mailbox to send this from");
	if (load_parts(desk, out, &bytes, parts, err) < 0)
		return -1;
	from.addr = estate->mailbox->address;
	from.name = estate->from_name;
	zone_rfc5322(estate->zone, out->created_at, date);
	if (out->layout != NULL &&
	    finish(desk, estate->mailbox, &mail, &arena, err) < 0)
		return -1;
	return compose_mail(&mail, &from, parts, wire, err);
}
