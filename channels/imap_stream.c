/*
 * The driver that libetpan reads and writes through.
 */
#include <stdlib.h>
#include <string.h>

#include "channels/imap_session.h"

enum { STREAM_BUFFER_BYTES = 64 * 1024 };

/* ---- the driver ---- */

static struct imap *
owner(const mailstream_low *low)
{
	return low->data;
}

static ssize_t
meter(struct imap *imap, const void *data, ssize_t got)
{
	const char *why;

	if (got <= 0)
		return got;
	why = imap_meter_count(&imap->meter, data, (size_t)got);
	return why == NULL ? got : tls_refuse(imap->link, why);
}

static ssize_t
stream_read(mailstream_low *low, void *data, size_t size)
{
	struct imap *imap = owner(low);

	return meter(imap, data, tls_read(imap->link, data, size));
}

static ssize_t
stream_read_now(mailstream_low *low, void *data, size_t size)
{
	struct imap *imap = owner(low);

	return meter(imap, data, tls_read_now(imap->link, data, size));
}

static ssize_t
stream_write(mailstream_low *low, const void *data, size_t len)
{
	return tls_write(owner(low)->link, data, len);
}

/* The link is closed by imap_close(): libetpan closes in odd moments. */
static int
stream_close(mailstream_low *low)
{
	(void)low;
	return 0;
}

static int
stream_fd(mailstream_low *low)
{
	return tls_fd(owner(low)->link);
}

static void
stream_free(mailstream_low *low)
{
	free(low);
}

static void
stream_cancel(mailstream_low *low)
{
	(void)low;
}

static struct mailstream_cancel *
stream_get_cancel(mailstream_low *low)
{
	(void)low;
	return NULL;
}

static carray *
stream_chain(mailstream_low *low)
{
	(void)low;
	return NULL;
}

static int
stream_no_idle(mailstream_low *low)
{
	(void)low;
	return -1;
}

/* Two, because libetpan's interface has no word for "do not wait". */
static mailstream_low_driver driver = {
	.mailstream_read = stream_read,
	.mailstream_write = stream_write,
	.mailstream_close = stream_close,
	.mailstream_get_fd = stream_fd,
	.mailstream_free = stream_free,
	.mailstream_cancel = stream_cancel,
	.mailstream_get_cancel = stream_get_cancel,
	.mailstream_get_certificate_chain = stream_chain,
	.mailstream_setup_idle = stream_no_idle,
	.mailstream_unsetup_idle = stream_no_idle,
	.mailstream_interrupt_idle = stream_no_idle,
};
static mailstream_low_driver driver_now = {
	.mailstream_read = stream_read_now,
	.mailstream_write = stream_write,
	.mailstream_close = stream_close,
	.mailstream_get_fd = stream_fd,
	.mailstream_free = stream_free,
	.mailstream_cancel = stream_cancel,
	.mailstream_get_cancel = stream_get_cancel,
	.mailstream_get_certificate_chain = stream_chain,
	.mailstream_setup_idle = stream_no_idle,
	.mailstream_unsetup_idle = stream_no_idle,
	.mailstream_interrupt_idle = stream_no_idle,
};

mailstream *
imap_stream_new(struct imap *imap)
{
	mailstream_low *low = mailstream_low_new(imap, &driver);
	mailstream *stream;

	if (low == NULL)
		abort();
	stream = mailstream_new(low, STREAM_BUFFER_BYTES);
	if (stream == NULL)
		abort();
	return stream;
}

int
imap_stream_feed(struct imap *imap)
{
	mailstream *stream = imap->session->imap_stream;
	mailstream_low *low = mailstream_get_low(stream);
	ssize_t got;

	low->driver = &driver_now;
	got = mailstream_feed_read_buffer(stream);
	low->driver = &driver;
	if (got > 0)
		return 1;
	/* A TLS record that carries no data of the server's wakes poll() too. */
	return tls_why(imap->link)[0] == '\0' ? 0 : -1;
}

/* ---- commands ---- */

void
imap_begin(struct imap *imap, int ms, size_t extra_bytes)
{
	tls_allow(imap->link, ms, LIMIT_IMAP_ANSWER_BYTES + extra_bytes);
	if (imap->session->imap_selection_info != NULL)
		imap->session->imap_selection_info->sel_has_exists = 0;
}

bool
imap_end(struct imap *imap, int result)
{
	const struct mailimap_selection_info *info =
	    imap->session->imap_selection_info;

	if (info != NULL && info->sel_has_exists != 0)
		imap->was_told = true;
	return result == MAILIMAP_NO_ERROR;
}

bool
imap_was_refused(const struct imap *imap, int result)
{
	/* Not MAILIMAP_ERROR_PROTOCOL: that is a tagged BAD. */
	static const int broken[] = {
		MAILIMAP_ERROR_BAD_STATE,
		MAILIMAP_ERROR_STREAM,
		MAILIMAP_ERROR_PARSE,
		MAILIMAP_ERROR_CONNECTION_REFUSED,
		MAILIMAP_ERROR_MEMORY,
		MAILIMAP_ERROR_FATAL,
		MAILIMAP_ERROR_DONT_ACCEPT_CONNECTION,
	};

	for (size_t i = 0; i < ARRAY_COUNT(broken); i++)
		if (result == broken[i])
			return false;
	return result != MAILIMAP_NO_ERROR &&
	       tls_why(imap->link)[0] == '\0';
}

bool
imap_is_busy(const struct imap *imap)
{
	static const char *const codes[] = { "UNAVAILABLE", "INUSE", "LIMIT",
		"SERVERBUG", "THROTTLED" };
	const struct mailimap_response_info *info =
	    imap->session->imap_response_info;
	const char *text = imap->session->imap_response;

	for (size_t i = 0; i < ARRAY_COUNT(codes); i++)
		if (info != NULL && info->rsp_atom != NULL &&
		    strcasecmp(info->rsp_atom, codes[i]) == 0)
			return true;
	return text != NULL && strcasestr(text, "too many") != NULL;
}

/* The server's words, without our password should it repeat it. */
static const char *
server_words(const struct imap *imap)
{
	const char *text = imap->session->imap_response;

	if (text == NULL || text[0] == '\0')
		return "no reason given";
	if (imap->mailbox->password != NULL &&
	    imap->mailbox->password[0] != '\0' &&
	    strstr(text, imap->mailbox->password) != NULL)
		return "(the answer repeats the password)";
	return text;
}

int
imap_fail(struct imap *imap, int result, enum err_kind refused,
    const char *action, struct err *err)
{
	const struct mailbox *box = imap->mailbox;
	const char *why = tls_why(imap->link);

	if (imap_was_refused(imap, result))
		return err_set(err, imap_is_busy(imap) ? ERR_TEMP : refused,
		    "%s at %s refused: %s", action, box->host,
		    server_words(imap));
	if (why[0] == '\0')
		why = result == MAILIMAP_ERROR_DONT_ACCEPT_CONNECTION
			  ? "the server accepts no connection now"
			  : "the server's answer makes no sense";
	return err_set(err, ERR_TEMP, "%s at %s: %s", action, box->host, why);
}
