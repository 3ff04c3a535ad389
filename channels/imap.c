#include "channels/imap.h"

#include <stdlib.h>
#include <string.h>

#include "channels/imap_session.h"
#include "core/limits.h"

/* mmap_string would put larger strings into a file under /tmp, which the
 * sandbox forbids. */
enum { STRINGS_IN_MEMORY_BYTES = 1 << 30 };

static const struct imap_times times_default = {
	.quiet_ms = 30 * 1000,
	.command_ms = 120 * 1000,
	.fetch_ms = 600 * 1000,
};

static int
or_default(int value, int otherwise)
{
	return value > 0 ? value : otherwise;
}

/* ---- opening and closing ---- */

static int
greet(struct imap *imap, struct err *err)
{
	mailstream *stream = imap_stream_new(imap);
	int result;

	imap_begin(imap, imap->times.command_ms, 0);
	result = mailimap_connect(imap->session, stream);
	/* On failure it may or may not have taken the stream. */
	if (imap->session->imap_stream == NULL)
		(void)mailstream_close(stream);
	if (result == MAILIMAP_NO_ERROR_NON_AUTHENTICATED ||
	    result == MAILIMAP_NO_ERROR_AUTHENTICATED)
		return 0;
	return imap_fail(imap, result, ERR_TEMP, "greeting", err);
}

static void
forget_capabilities(struct imap *imap)
{
	struct mailimap_connection_info *info =
	    imap->session->imap_connection_info;

	if (info != NULL && info->imap_capability != NULL) {
		mailimap_capability_data_free(info->imap_capability);
		info->imap_capability = NULL;
	}
}

static int
start_tls(struct imap *imap, struct err *err)
{
	int result;

	imap_begin(imap, imap->times.command_ms, 0);
	result = mailimap_starttls(imap->session);
	if (!imap_end(imap, result))
		return imap_fail(imap, result, ERR_CONF, "STARTTLS", err);
	/* What stands in the buffer came in clear and would be taken for the
	 * server's word under TLS (CVE-2020-15953). */
	if (imap_has_buffered(imap))
		return err_set(err, ERR_TEMP,
		    "STARTTLS at %s: bytes injected before TLS",
		    imap->mailbox->host);
	if (tls_start(imap->link, err) < 0)
		return -1;
	/* So were the capabilities that it told before. */
	forget_capabilities(imap);
	return 0;
}

static int
open_session(struct imap *imap, struct err *err)
{
	const struct mailbox *box = imap->mailbox;
	const struct tls_setup setup = {
		.host = box->host,
		.port = box->port,
		.mode = box->tls,
		.ca_file = box->ca_file,
		.quiet_ms = imap->times.quiet_ms,
	};

	imap->link = tls_open(&setup, err);
	if (imap->link == NULL)
		return -1;
	if (greet(imap, err) < 0)
		return -1;
	return box->tls == TLS_STARTTLS ? start_tls(imap, err) : 0;
}

struct imap *
imap_open(const struct mailbox *mailbox, const struct imap_times *times,
    struct err *err)
{
	struct imap *imap = calloc(1, sizeof(*imap));

	if (imap == NULL)
		abort();
	mmap_string_set_ceil(STRINGS_IN_MEMORY_BYTES);
	imap->mailbox = mailbox;
	imap->times = (struct imap_times){
		.quiet_ms = or_default(times->quiet_ms, times_default.quiet_ms),
		.command_ms =
		    or_default(times->command_ms, times_default.command_ms),
		.fetch_ms = or_default(times->fetch_ms, times_default.fetch_ms),
	};
	imap->meter.line_cap = LIMIT_IMAP_LINE_BYTES;
	imap->meter.literal_cap = LIMIT_MAIL_BYTES + LIMIT_IMAP_ANSWER_BYTES;
	imap->session = mailimap_new(0, NULL);
	if (imap->session == NULL)
		abort();
	if (open_session(imap, err) < 0)
		imap_close(&imap);
	return imap;
}

void
imap_close(struct imap **imap)
{
	struct imap *old = *imap;

	*imap = NULL;
	if (old == NULL)
		return;
	if (old->link != NULL) {
		/* mailimap_free() says LOGOUT; in IDLE that is no command. */
		if (old->is_idling)
			(void)tls_refuse(old->link, "closed");
		tls_allow(old->link, old->times.quiet_ms / 10,
		    LIMIT_IMAP_ANSWER_BYTES);
	}
	mailimap_free(old->session);
	tls_close(&old->link);
	free(old);
}

/* ---- login ---- */

static int
refresh_capabilities(struct imap *imap, struct err *err)
{
	struct mailimap_capability_data *data = NULL;
	int result;

	forget_capabilities(imap);
	imap_begin(imap, imap->times.command_ms, 0);
	result = mailimap_capability(imap->session, &data);
	if (!imap_end(imap, result))
		return imap_fail(imap, result, ERR_TEMP, "CAPABILITY", err);
	if (data != NULL)
		mailimap_capability_data_free(data);
	return 0;
}

/* Some servers serve nobody who does not say who they are; what they answer
 * is of no interest. */
static int
introduce(struct imap *imap, struct err *err)
{
	char *name = NULL, *version = NULL;
	int result;

	if (mailimap_has_id(imap->session) == 0)
		return 0;
	imap_begin(imap, imap->times.command_ms, 0);
	result = mailimap_id_basic(
	    imap->session, "shouwen", SHOUWEN_VERSION, &name, &version);
	free(name);
	free(version);
	if (imap_end(imap, result) || imap_was_refused(imap, result))
		return 0;
	return imap_fail(imap, result, ERR_TEMP, "ID", err);
}

int
imap_login(struct imap *imap, struct err *err)
{
	const struct mailbox *box = imap->mailbox;
	int result;

	imap_begin(imap, imap->times.command_ms, 0);
	result = box->auth == MAIL_AUTH_XOAUTH2
		     ? mailimap_oauth2_authenticate(
			   imap->session, box->user, box->password)
		     : mailimap_login(imap->session, box->user, box->password);
	if (!imap_end(imap, result))
		return imap_fail(imap, result, ERR_CONF, "login", err);
	/* More is on offer to those who are known. */
	if (refresh_capabilities(imap, err) < 0)
		return -1;
	return introduce(imap, err);
}

/* ---- select ---- */

/* Old servers do not tell UIDNEXT; the last mail does.  Rare enough to look
 * through the whole mailbox. */
static int
find_uidnext(struct imap *imap, struct imap_selected *selected, struct err *err)
{
	struct imap_mails mails = { 0 };

	selected->uidnext = 1;
	if (selected->exists == 0)
		return 0;
	if (imap_list(imap, 1, 0, &mails, err) < 0)
		return -1;
	if (mails.count > 0)
		selected->uidnext = mails.list[mails.count - 1].uid + 1;
	free(mails.list);
	return 0;
}

int
imap_select(struct imap *imap, struct imap_selected *ret, struct err *err)
{
	const struct mailimap_selection_info *info;
	struct imap_selected selected;
	int result;

	imap_begin(imap, imap->times.command_ms, 0);
	result = mailimap_select(imap->session, imap->mailbox->folder);
	if (!imap_end(imap, result))
		return imap_fail(imap, result, ERR_CONF, "SELECT", err);
	imap->was_told = false;
	info = imap->session->imap_selection_info;
	if (info == NULL || info->sel_uidvalidity == 0)
		return err_set(err, ERR_CONF, "%s tells no UIDVALIDITY of %s",
		    imap->mailbox->host, imap->mailbox->folder);
	selected = (struct imap_selected){
		.uidvalidity = info->sel_uidvalidity,
		.uidnext = info->sel_uidnext,
		.exists = info->sel_exists,
	};
	if (selected.uidnext == 0 && find_uidnext(imap, &selected, err) < 0)
		return -1;
	*ret = selected;
	return 0;
}

bool
imap_was_told(struct imap *imap)
{
	bool was = imap->was_told;

	imap->was_told = false;
	return was;
}

int
imap_noop(struct imap *imap, struct err *err)
{
	int result;

	imap_begin(imap, imap->times.command_ms, 0);
	result = mailimap_noop(imap->session);
	return imap_end(imap, result)
		   ? 0
		   : imap_fail(imap, result, ERR_TEMP, "NOOP", err);
}

int
imap_fd(const struct imap *imap)
{
	return tls_fd(imap->link);
}

bool
imap_has_buffered(const struct imap *imap)
{
	return imap->session->imap_stream->read_buffer_len > 0 ||
	       tls_has_pending(imap->link);
}
