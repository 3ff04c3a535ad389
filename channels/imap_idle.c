/*
 * IDLE (RFC 2177), by hand: libetpan 1.9.4 breaks when news stand before the
 * "+", and hides what comes together with it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "channels/imap_session.h"
#include "core/limits.h"
#include "lib/text.h"

/* The server's own limit is 30 minutes. */
enum { IDLE_MS = 29 * 60 * 1000 };

bool
imap_can_idle(struct imap *imap)
{
	return mailimap_has_extension(imap->session, "IDLE") != 0;
}

static int
broken(const struct imap *imap, struct err *err)
{
	const char *why = tls_why(imap->link);

	return err_set(err, ERR_TEMP, "IDLE at %s: %s", imap->mailbox->host,
	    why[0] == '\0' ? "the connection broke" : why);
}

static int
say(struct imap *imap, const char *line, struct err *err)
{
	mailstream *stream = imap->session->imap_stream;

	if (mailstream_write(stream, line, strlen(line)) < 0 ||
	    mailstream_flush(stream) < 0)
		return broken(imap, err);
	return 0;
}

/* "* 23 EXISTS" */
static bool
announces_mail(const char *line)
{
	size_t digits;

	if (!text_starts(line, "* "))
		return false;
	line += 2;
	digits = strspn(line, "0123456789");
	return digits > 0 && text_starts_nocase(line + digits, " EXISTS");
}

/* One line, waiting for its end; the caller looks at what kind it is. */
static int
read_line(struct imap *imap, MMAPString *line, struct err *err)
{
	const char *text = mailstream_read_line_remove_eol(
	    imap->session->imap_stream, line);

	if (text == NULL)
		return broken(imap, err);
	if (announces_mail(text))
		imap->was_told = true;
	if (text_starts_nocase(text, "* BYE"))
		return err_set(err, ERR_TEMP, "%s: %.100s",
		    imap->mailbox->host, text + 2);
	return 0;
}

/* Read until a line starts with `wanted'; `tag' alone is a refusal. */
static int
read_until(struct imap *imap, const char *wanted, const char *tag,
    struct err *err)
{
	MMAPString *line = mmap_string_new("");
	int result;

	if (line == NULL)
		abort();
	for (;;) {
		result = read_line(imap, line, err);
		if (result < 0 || text_starts_nocase(line->str, wanted))
			break;
		if (text_starts(line->str, tag)) {
			result = err_set(err, ERR_TEMP, "IDLE at %s refused",
			    imap->mailbox->host);
			break;
		}
	}
	mmap_string_free(line);
	return result;
}

int
imap_idle_start(struct imap *imap, struct err *err)
{
	char line[40], tag[24];

	(void)snprintf(tag, sizeof(tag), "idle%u ", ++imap->idle_tag);
	(void)snprintf(line, sizeof(line), "%sIDLE\r\n", tag);
	imap_begin(imap, imap->times.command_ms, 0);
	if (say(imap, line, err) < 0 || read_until(imap, "+", tag, err) < 0)
		return -1;
	imap->is_idling = true;
	tls_allow(imap->link, IDLE_MS, LIMIT_IMAP_ANSWER_BYTES);
	return 0;
}

int
imap_idle_take(struct imap *imap, struct err *err)
{
	mailstream *stream = imap->session->imap_stream;
	MMAPString *line;
	int result = 0;

	if (stream->read_buffer_len == 0) {
		result = imap_stream_feed(imap);
		if (result < 0)
			return broken(imap, err);
		if (result == 0)
			return 0;
	}
	line = mmap_string_new("");
	if (line == NULL)
		abort();
	result = 0;
	while (result == 0 && stream->read_buffer_len > 0)
		result = read_line(imap, line, err);
	mmap_string_free(line);
	return result;
}

int
imap_idle_end(struct imap *imap, struct err *err)
{
	char wanted[32], tag[24];

	(void)snprintf(tag, sizeof(tag), "idle%u ", imap->idle_tag);
	(void)snprintf(wanted, sizeof(wanted), "%sOK", tag);
	imap_begin(imap, imap->times.command_ms, 0);
	if (say(imap, "DONE\r\n", err) < 0 ||
	    read_until(imap, wanted, tag, err) < 0)
		return -1;
	imap->is_idling = false;
	return 0;
}
