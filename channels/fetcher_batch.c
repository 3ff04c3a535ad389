#include "channels/fetcher_batch.h"

#include "channels/fetcher.h"
#include "core/limits.h"
#include "lib/err.h"
#include "lib/frame.h"
#include "lib/json.h"
#include "lib/sealed.h"

static int
seal_bytes(const struct imap_body *bodies, size_t count, struct err *err)
{
	struct bytes parts[LIMIT_FETCH_BATCH_MAILS];

	for (size_t i = 0; i < count; i++)
		parts[i] = (struct bytes){
			.data = bodies[i].data,
			.len = bodies[i].data == NULL ? 0 : bodies[i].len,
		};
	return sealed_new(parts, count, err);
}

static json_t *
describe(const struct imap_body *body, size_t offset, bool is_head)
{
	json_t *mail = json_object();

	json_put_int(mail, "uid", body->mail->uid);
	json_put_int(mail, "offset", (int64_t)offset);
	json_put_int(mail, "length", (int64_t)body->len);
	json_put_int(mail, "internaldate", body->mail->internaldate);
	json_put_int(mail, "size", body->mail->size);
	if (is_head)
		json_put_flag(mail, "too_large", true);
	return mail;
}

static json_t *
make_index(const struct imap_body *bodies, size_t count, bool is_head,
    struct fetcher_sent *sent)
{
	json_t *mails = json_array();

	for (size_t i = 0; i < count; i++) {
		const struct imap_body *body = &bodies[i];

		if (body->data == NULL)
			continue;
		json_array_append_new(
		    mails, describe(body, sent->bytes, is_head));
		if (sent->count++ == 0)
			sent->first = body->mail->uid;
		sent->last = body->mail->uid;
		sent->bytes += body->len;
	}
	return mails;
}

int
fetcher_batch_send(struct frame_link *link, uint32_t uidvalidity,
    const struct imap_body *bodies, size_t count, bool is_head,
    struct fetcher_sent *ret, struct err *err)
{
	struct buf text scoped(buf_done);
	json_t *index scoped(json_release) = json_object();
	int fd;

	buf_init(&text, LIMIT_FETCH_BATCH_BYTES);
	*ret = (struct fetcher_sent){ 0 };
	json_put_int(index, "uidvalidity", uidvalidity);
	json_object_set_new(
	    index, "mails", make_index(bodies, count, is_head, ret));
	if (ret->count == 0)
		return 0;
	json_to_buf(index, &text);
	fd = seal_bytes(bodies, count, err);
	if (fd < 0)
		return -1;
	return frame_put(
	    link, FETCHER_BATCH, buf_text(&text), text.len, fd, err);
}
