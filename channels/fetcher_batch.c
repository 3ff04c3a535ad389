#include "channels/fetcher_batch.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "channels/fetcher.h"
#include "core/limits.h"
#include "lib/err.h"
#include "lib/frame.h"
#include "lib/json.h"

static int
write_all(int fd, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t put = write(fd, data, len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		data += put;
		len -= (size_t)put;
	}
	return 0;
}

static int
fill(int fd, const struct imap_body *bodies, size_t count)
{
	size_t total = 0;

	for (size_t i = 0; i < count; i++) {
		if (bodies[i].data != NULL &&
		    write_all(fd, bodies[i].data, bodies[i].len) < 0)
			return -1;
		total += bodies[i].len;
	}
	/* An empty file cannot be mapped. */
	if (total == 0 && write_all(fd, "\n", 1) < 0)
		return -1;
	return fcntl(fd, F_ADD_SEALS,
	    F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
}

static int
seal_bytes(const struct imap_body *bodies, size_t count, struct err *err)
{
	int fd = memfd_create("shouwen-mails", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0)
		return err_sys(err, ERR_TEMP, "memfd");
	if (fill(fd, bodies, count) < 0) {
		(void)err_sys(err, ERR_TEMP, "fill memfd");
		(void)close(fd);
		return -1;
	}
	return fd;
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
