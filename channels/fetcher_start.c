#include "channels/fetcher_start.h"

#include "channels/fetcher.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/json.h"

/* The texts of a mailbox, both ways. */
#define MEMBER(field) { #field, offsetof(struct mailbox, field) }
static const struct {
	const char *key;
	size_t at;
} texts[] = {
	MEMBER(name),
	MEMBER(host),
	MEMBER(ca_file),
	MEMBER(user),
	MEMBER(password),
	MEMBER(folder),
	MEMBER(move_to),
	MEMBER(flag),
};

json_t *
fetcher_start_json(
    const struct mailbox *mailbox, uint32_t uidvalidity, uint32_t uid)
{
	json_t *start = json_object();

	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		const char *const *text =
		    (const void *)((const char *)mailbox + texts[i].at);

		json_put_text(start, texts[i].key, *text);
	}
	json_put_int(start, "port", mailbox->port);
	json_put_int(start, "tls", mailbox->tls);
	json_put_int(start, "auth", mailbox->auth);
	json_put_int(start, "poll_seconds", mailbox->poll_seconds);
	json_put_flag(start, "idle", mailbox->idle);
	json_put_flag(start, "from_start", mailbox->from_start);
	json_put_int(start, "uidvalidity", uidvalidity);
	json_put_int(start, "uid", uid);
	return start;
}

int
fetcher_start_read(const char *data, size_t len, struct arena *arena,
    struct fetcher_start *ret, struct err *err)
{
	json_t *start scoped(json_release) = json_from(data, len, err);
	struct mailbox *box = &ret->mailbox;

	if (start == NULL)
		return err_wrap(err, "start");
	*ret = (struct fetcher_start){
		.times.quiet_ms = (int)json_int(start, "quiet_ms", 0),
		.times.command_ms = (int)json_int(start, "command_ms", 0),
		.times.fetch_ms = (int)json_int(start, "command_ms", 0),
		.uidvalidity = (uint32_t)json_int(start, "uidvalidity", 0),
		.uid = (uint32_t)json_int(start, "uid", 0),
		.first_uidvalidity =
		    (uint32_t)json_int(start, "first_uidvalidity", 0),
		.first_at = json_int(start, "first_at", 0),
		.given_up = (uint32_t)json_int(start, "given_up", 0),
	};
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		const char **text = (void *)((char *)box + texts[i].at);

		*text = json_text_in(start, texts[i].key, arena);
	}
	box->port = (unsigned)json_int(start, "port", 0);
	box->tls = (enum tls_mode)json_int(start, "tls", TLS_IMPLICIT);
	box->auth = (enum mail_auth)json_int(start, "auth", MAIL_AUTH_PASSWORD);
	box->poll_seconds = (unsigned)json_int(start, "poll_seconds", 0);
	box->idle = json_flag(start, "idle");
	box->from_start = json_flag(start, "from_start");
	if (box->host == NULL || box->user == NULL || box->password == NULL ||
	    box->folder == NULL)
		return err_set(err, ERR_BUG, "a start without its mailbox");
	return 0;
}
