#include "channels/http_transfer.h"

#include <stdlib.h>
#include <string.h>

#include "lib/err.h"

/* Seconds; the far side may say anything. */
enum { RETRY_AFTER_MOST = 6 * 60 * 60 };

static size_t
take_body(char *data, size_t size, size_t count, void *self)
{
	struct buf *body = self;
	size_t len = size * count;

	/* As much as fits: a refusal's first words are worth having. */
	if (len > body->cap - body->len) {
		buf_add(body, data, body->cap - body->len);
		body->over = true;
	} else {
		buf_add(body, data, len);
	}
	return len;
}

int
http_transfer_open(struct transfer *transfer, struct transfers *owner,
    const char *ca_file, struct buf *body, struct err *err)
{
	CURL *easy;

	if (transfer_open(transfer, owner, "http,https", ca_file, err) < 0)
		return -1;
	easy = transfer->easy;
	(void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	(void)curl_easy_setopt(easy, CURLOPT_WRITEDATA, body);
	/* curl asks again by itself when a kept connection turns out dead, and
	 * a text would be sent twice. */
	(void)curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
	(void)curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
	(void)curl_easy_setopt(
	    easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	return 0;
}

int
http_transfer_ask(struct transfer *transfer, const struct sms_wire *wire,
    struct curl_slist **headers, struct err *err)
{
	CURL *easy = transfer->easy;
	char *lines = strdup(buf_text(&wire->headers)), *rest = lines, *line;

	if (lines == NULL)
		abort();
	curl_slist_free_all(*headers);
	*headers = NULL;
	while ((line = strsep(&rest, "\n")) != NULL)
		if (*line != '\0')
			*headers = curl_slist_append(*headers, line);
	free(lines);
	if (curl_easy_setopt(easy, CURLOPT_URL, buf_text(&wire->url)) !=
	    CURLE_OK)
		return err_set(err, ERR_BUG, "no memory for an address");
	if (wire->method == SMS_POST) {
		(void)curl_easy_setopt(easy, CURLOPT_POST, 1L);
		(void)curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
		    (curl_off_t)wire->body.len);
		(void)curl_easy_setopt(
		    easy, CURLOPT_POSTFIELDS, buf_text(&wire->body));
	} else {
		(void)curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
	}
	(void)curl_easy_setopt(easy, CURLOPT_HTTPHEADER, *headers);
	return 0;
}

int
http_transfer_status(const struct transfer *transfer)
{
	long status = 0;

	(void)curl_easy_getinfo(
	    transfer->easy, CURLINFO_RESPONSE_CODE, &status);
	return (int)status;
}

msec_t
http_transfer_retry_after(const struct transfer *transfer)
{
	curl_off_t seconds = 0;

	(void)curl_easy_getinfo(
	    transfer->easy, CURLINFO_RETRY_AFTER, &seconds);
	if (seconds > RETRY_AFTER_MOST)
		seconds = RETRY_AFTER_MOST;
	return seconds * MSEC_SECOND;
}

bool
http_transfer_was_asked(const struct transfer *transfer)
{
	long bytes = 0;

	(void)curl_easy_getinfo(transfer->easy, CURLINFO_REQUEST_SIZE, &bytes);
	return bytes > 0;
}
