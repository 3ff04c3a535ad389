#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "channels/http_transfer.h"
#include "channels/sms_answer.h"
#include "channels/sms_channel.h"
#include "channels/sms_job.h"
#include "channels/sms_request.h"
#include "channels/transfers.h"
#include "core/config.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "lib/units.h"

enum {
	CONNECT_MS = 10000,
	POLL_MS = 30000,
	SCOPE_MAX = 256 * 1024,
};

enum { SINCE, CURSOR, LIMIT, NOW, POLL_NAMES };
static const struct sms_pair poll_names[POLL_NAMES] = {
	[SINCE] = { "since", "" },
	[CURSOR] = { "cursor", "" },
	[LIMIT] = { "limit", "" },
	[NOW] = { "now", "" },
};
const struct sms_scope sms_poll_names = { poll_names, POLL_NAMES,
	&sms_channel_names };

struct sms_poller {
	const struct sms_channel *channel;
	const struct sms_poll *poll;
	struct arena arena;
	struct sms_scope scope; /* the channel's values */
	struct transfer transfer;
	struct sms_wire wire;
	struct curl_slist *headers;
	struct buf body;
	struct poll_answer answer;
	bool is_finished;
};

/* Where the next page begins, when the gateway says so. */
static void
read_cursor(const struct transfer *transfer, struct poll_answer *answer)
{
	struct curl_header *header = NULL;

	if (curl_easy_header(transfer->easy, "X-Next-Cursor", 0, CURLH_HEADER,
		-1, &header) == CURLHE_OK &&
	    strlen(header->value) < sizeof(answer->next))
		(void)snprintf(
		    answer->next, sizeof(answer->next), "%s", header->value);
}

static void
poll_done(struct transfer *transfer, CURLcode code)
{
	struct sms_poller *poller = transfer->self;
	struct poll_answer *answer = &poller->answer;
	int status = http_transfer_status(transfer);

	answer->body = poller->body;
	buf_init(&poller->body, LIMIT_POLL_BYTES);
	poller->is_finished = true;
	if (code != CURLE_OK || status == 0) {
		answer->result = transfer_failure(code);
		transfer_reason(
		    transfer, code, NULL, answer->why, sizeof(answer->why));
		return;
	}
	answer->code = status;
	answer->retry_after = http_transfer_retry_after(transfer);
	read_cursor(transfer, answer);
	answer->result = sms_answer_of_poll(poller->channel->provider,
	    poller->poll, status, &answer->body, &answer->is_empty);
	if (answer->result != ERR_NONE) {
		(void)snprintf(
		    answer->why, sizeof(answer->why), "HTTP status %d", status);
	} else if (buf_is_over(&answer->body)) {
		answer->is_cut = true;
		if (poller->poll->mode == SMS_POLL_WINDOW)
			answer->result = ERR_DATA;
		(void)snprintf(answer->why, sizeof(answer->why),
		    "the answer is larger than %zu bytes", LIMIT_POLL_BYTES);
	}
}

struct sms_poller *
sms_poller_open(struct transfers *transfers, const struct sms_channel *channel,
    const struct sms_poll *poll, struct err *err)
{
	struct sms_poller *poller = calloc(1, sizeof(*poller));

	if (poller == NULL)
		abort();
	poller->channel = channel;
	poller->poll = poll;
	arena_init(&poller->arena, SCOPE_MAX);
	poller->scope = sms_channel_scope(channel, &poller->arena);
	sms_wire_init(&poller->wire);
	poller->transfer.self = poller;
	poller->transfer.done = poll_done;
	buf_init(&poller->body, LIMIT_POLL_BYTES);
	if (http_transfer_open(&poller->transfer, transfers, channel->ca_file,
		&poller->body, err) < 0)
		sms_poller_close(&poller);
	return poller;
}

void
sms_poller_close(struct sms_poller **poller)
{
	struct sms_poller *gone = *poller;

	*poller = NULL;
	if (gone == NULL)
		return;
	transfer_close(&gone->transfer);
	buf_done(&gone->body);
	sms_wire_done(&gone->wire);
	curl_slist_free_all(gone->headers);
	arena_done(&gone->arena);
	if (gone->is_finished)
		buf_done(&gone->answer.body);
	free(gone);
}

/* ---- one look ---- */

/* "https://host:port" of an address. */
static size_t
origin_len(const char *url)
{
	const char *host = strstr(url, "://");

	return host == NULL
		   ? 0
		   : (size_t)(host + 3 - url) + strcspn(host + 3, "/?#");
}

/* The gateway names the address of the next page.  We log in wherever we ask,
 * so it must be the gateway's own. */
static int
next_page(const struct sms_poller *poller, const char *next, struct buf *ret,
    struct err *err)
{
	const char *base = text_or(poller->channel->url, "");
	size_t len = origin_len(base);

	if (next[0] == '/' && next[1] != '/')
		buf_add(ret, base, len);
	else if (origin_len(next) != len || strncmp(next, base, len) != 0)
		return err_set(err, ERR_CONF,
		    "%s: the next page is at another host than url",
		    poller->channel->name);
	buf_puts(ret, next);
	return 0;
}

static int
make(struct sms_poller *poller, const struct poll_look *look, struct err *err)
{
	const struct sms_poll *poll = poller->poll;
	const struct sms_moment moment = { look->now / MSEC_SECOND, NULL };
	struct sms_request request = poll->request;
	char since[TEXT_INT], now[TEXT_INT], limit[TEXT_INT];
	struct buf next scoped(buf_done) = { 0 };

	buf_init(&next, LIMIT_CURSOR_BYTES + LIMIT_HEADER_BYTES);
	text_from_int(look->since < 0 ? 0 : look->since / MSEC_SECOND, since);
	text_from_int(moment.seconds, now);
	text_from_int(poll->limit, limit);
	if (poll->paging == SMS_PAGING_URL && !text_is_empty(look->cursor)) {
		if (next_page(poller, look->cursor, &next, err) < 0)
			return -1;
		request.url = "{next}";
	}
	const struct sms_pair pairs[POLL_NAMES] = {
		[SINCE] = { poll_names[SINCE].name, since },
		[CURSOR] = { poll_names[CURSOR].name,
		    text_or(look->cursor, "") },
		[LIMIT] = { poll_names[LIMIT].name, limit },
		[NOW] = { poll_names[NOW].name, now },
	};
	const struct sms_pair page = { "next", buf_text(&next) };
	const struct sms_scope pages = { &page, 1, &poller->scope };
	const struct sms_scope scope = { pairs, POLL_NAMES, &pages };

	return sms_wire_make(&poller->channel->provider->auth, &request, &scope,
	    &moment, &poller->wire, err);
}

int
sms_poller_start(
    struct sms_poller *poller, const struct poll_look *look, struct err *err)
{
	if (poller->transfer.is_running || poller->is_finished)
		return err_set(err, ERR_BUG, "%s is being polled already",
		    poller->channel->name);
	if (make(poller, look, err) < 0 ||
	    http_transfer_ask(
		&poller->transfer, &poller->wire, &poller->headers, err) < 0)
		return -1;
	buf_reset(&poller->body);
	poller->answer = (struct poll_answer){ .result = ERR_NONE };
	transfer_deadline(&poller->transfer, CONNECT_MS, POLL_MS);
	return transfer_start(&poller->transfer, err);
}

int
sms_poller_collect(struct sms_poller *poller, struct poll_answer *ret)
{
	if (!poller->is_finished)
		return 0;
	poller->is_finished = false;
	*ret = poller->answer;
	return 1;
}
