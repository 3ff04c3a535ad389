#include "channels/fetcher_tell.h"

#include <poll.h>
#include <sysexits.h>

#include "channels/fetcher.h"
#include "channels/imap.h"
#include "core/limits.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/frame.h"
#include "lib/json.h"

/* A desk that does not read for so long will not. */
#define FAREWELL_MS (60 * 1000)

static int
tell(struct frame_link *link, enum fetcher_frame type, json_t *payload,
    struct err *err)
{
	struct buf text scoped(buf_done);
	int result;

	buf_init(&text, LIMIT_FETCH_BATCH_BYTES);
	json_to_buf(payload, &text);
	json_decref(payload);
	result = frame_put(link, type, buf_text(&text), text.len, -1, err);
	return result < 0 ? -1 : frame_flush(link, err);
}

int
fetcher_tell_up(struct frame_link *link, const struct imap_selected *selected,
    bool is_first, struct err *err)
{
	json_t *up = json_object();

	json_put_int(up, "uidvalidity", selected->uidvalidity);
	json_put_int(up, "uidnext", selected->uidnext);
	json_put_int(up, "exists", selected->exists);
	json_put_flag(up, "first", is_first);
	return tell(link, FETCHER_UP, up, err);
}

int
fetcher_tell_settled(struct frame_link *link, uint32_t uidvalidity,
    const uint32_t *uids, size_t count, struct err *err)
{
	json_t *settled = json_object(), *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_integer(uids[i]));
	json_put_int(settled, "uidvalidity", uidvalidity);
	json_object_set_new(settled, "uids", list);
	return tell(link, FETCHER_SETTLED, settled, err);
}

int
fetcher_tell_seen(struct frame_link *link, mono_t at, struct err *err)
{
	json_t *seen = json_object();

	json_put_int(seen, "mono_ms", at.ms);
	return tell(link, FETCHER_SEEN, seen, err);
}

/* Servers answer in any charset; what is not UTF-8 is shown as "?". */
static void
make_ascii(char *text)
{
	json_t *probe scoped(json_release) = json_string(text);

	for (; probe == NULL && *text != '\0'; text++)
		if ((*text & 0x80) != 0)
			*text = '?';
}

int
fetcher_tell_down(
    struct frame_link *link, uint32_t refused, const struct err *why)
{
	bool is_conf = why->kind == ERR_CONF || why->kind == ERR_PERM;
	json_t *down = json_object();
	struct err err = { 0 }, copy = *why;

	make_ascii(copy.msg);
	json_put_text(down, "kind", is_conf ? "configuration" : "temporary");
	json_put_text(down, "reason", copy.msg);
	if (refused != 0)
		json_put_int(down, "refused", refused);
	if (tell(link, FETCHER_DOWN, down, &err) == 0)
		while (frame_wants_write(link) && frame_flush(link, &err) == 0)
			(void)poll(&(struct pollfd){ .fd = link->fd,
				       .events = POLLOUT },
			    1, FAREWELL_MS);
	return is_conf ? EX_CONFIG : EX_TEMPFAIL;
}
