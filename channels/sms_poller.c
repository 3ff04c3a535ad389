#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "channels/http_transfer.h"
#include "channels/sms_preset.h"
#include "channels/transfers.h"
#include "core/config.h"
#include "core/limits.h"
#include "lib/err.h"
#include "lib/text.h"
#include "lib/units.h"

enum {
	CONNECT_MS = 10000,
	POLL_MS = 30000,
	URL_MAX = 8192,
};

struct sms_poller {
	const struct sms_channel *channel;
	struct transfer transfer;
	struct buf body;
	struct poll_answer answer;
	bool is_finished;
};

static const struct sms_verdict verdicts[] = {
	{ 200, 299, NULL, ERR_NONE },
	{ 408, 408, NULL, ERR_TEMP },
	{ 429, 429, NULL, ERR_TEMP },
	{ 500, 599, NULL, ERR_TEMP },
};

/* Days since 1970-01-01 into a date; the shifted year starts in March, so that
 * the leap day is its last. */
static void
add_instant(struct buf *text, msec_t at)
{
	int64_t days = at / MSEC_DAY;
	int64_t seconds = at % MSEC_DAY / MSEC_SECOND;
	int64_t shifted = days + 719468;
	int64_t era = shifted / 146097;
	int64_t day = shifted % 146097;
	int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	int64_t month;

	day -= 365 * year + year / 4 - year / 100;
	month = (5 * day + 2) / 153;
	day -= (153 * month + 2) / 5;
	month = month < 10 ? month + 3 : month - 9;
	year += era * 400 + (month <= 2);
	buf_printf(text, "%04lld-%02lld-%02lldT%02lld:%02lld:%02lldZ",
	    (long long)year, (long long)month, (long long)day + 1,
	    (long long)seconds / 3600, (long long)seconds / 60 % 60,
	    (long long)seconds % 60);
}

/* poll_url with its two places filled in. */
static void
fill_url(const char *pattern, msec_t since, const char *cursor,
    struct buf *ret)
{
	struct buf instant scoped(buf_done);

	buf_init(&instant, 64);
	add_instant(&instant, since < 0 ? 0 : since);
	while (*pattern != '\0') {
		if (text_starts(pattern, "{since}")) {
			sms_url_add(ret, buf_text(&instant));
			pattern += strlen("{since}");
		} else if (text_starts(pattern, "{cursor}")) {
			sms_url_add(ret, text_or(cursor, ""));
			pattern += strlen("{cursor}");
		} else {
			buf_putc(ret, *pattern++);
		}
	}
}

/* Where the next page begins, when the gateway says so. */
static void
read_cursor(const struct transfer *transfer, struct poll_answer *answer)
{
	struct curl_header *header = NULL;

	if (curl_easy_header(transfer->easy, "X-Next-Cursor", 0, CURLH_HEADER,
		-1, &header) == CURLHE_OK &&
	    strlen(header->value) < sizeof(answer->next))
		(void)snprintf(answer->next, sizeof(answer->next), "%s",
		    header->value);
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
		transfer_reason(transfer, code, poller->channel->password,
		    answer->why, sizeof(answer->why));
		return;
	}
	answer->code = status;
	read_cursor(transfer, answer);
	answer->result = sms_verdict(verdicts, ARRAY_COUNT(verdicts), status,
	    buf_text(&answer->body));
	if (answer->result != ERR_NONE) {
		(void)snprintf(
		    answer->why, sizeof(answer->why), "HTTP status %d", status);
	} else if (buf_is_over(&answer->body)) {
		answer->result = ERR_DATA;
		(void)snprintf(answer->why, sizeof(answer->why),
		    "the answer is larger than %zu bytes", LIMIT_POLL_BYTES);
	}
}

struct sms_poller *
sms_poller_open(struct transfers *transfers,
    const struct sms_channel *channel, struct err *err)
{
	struct sms_poller *poller = calloc(1, sizeof(*poller));

	if (poller == NULL)
		abort();
	poller->channel = channel;
	poller->transfer.self = poller;
	poller->transfer.done = poll_done;
	buf_init(&poller->body, LIMIT_POLL_BYTES);
	if (http_transfer_open(&poller->transfer, transfers, channel->ca_file,
		channel->user, channel->password, &poller->body, err) < 0)
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
	if (gone->is_finished)
		buf_done(&gone->answer.body);
	free(gone);
}

int
sms_poller_start(struct sms_poller *poller, int64_t since_ms,
    const char *cursor, struct err *err)
{
	struct buf url scoped(buf_done) = { 0 };

	if (poller->transfer.is_running || poller->is_finished)
		return err_set(err, ERR_BUG, "%s is being polled already",
		    poller->channel->name);
	buf_init(&url, URL_MAX);
	fill_url(poller->channel->poll_url, since_ms, cursor, &url);
	if (buf_is_over(&url))
		return err_set(err, ERR_DATA, "%s: the cursor is too long",
		    poller->channel->name);
	if (curl_easy_setopt(poller->transfer.easy, CURLOPT_URL,
		buf_text(&url)) != CURLE_OK)
		return err_set(err, ERR_BUG, "no memory for an address");
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
