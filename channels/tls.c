#include "channels/tls.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "channels/dial.h"
#include "lib/clock.h"
#include "lib/err.h"

struct tls_link {
	int fd;
	char *host;
	gnutls_certificate_credentials_t trust;
	gnutls_session_t session; /* NULL: plain */
	int quiet_ms;
	mono_t deadline; /* of all reads and writes, see tls_allow() */
	size_t bytes_left;
	bool failed;
	char why[200];
};

/* For the handshake, before anybody has allowed anything. */
enum { OPEN_MS = 30000, OPEN_BYTES = 1 << 20 };

/* ---- failing ---- */

static ssize_t
fail(struct tls_link *link, int code, const char *why)
{
	if (!link->failed)
		(void)snprintf(link->why, sizeof(link->why), "%s", why);
	link->failed = true;
	errno = code;
	return -1;
}

int
tls_refuse(struct tls_link *link, const char *why)
{
	return (int)fail(link, EBADMSG, why);
}

const char *
tls_why(const struct tls_link *link)
{
	return link->why;
}

/* ---- waiting ---- */

static bool
wait_ready(struct tls_link *link, short events)
{
	struct pollfd one = { .fd = link->fd, .events = events };
	int total = mono_left_ms(link->deadline);
	int ready;

	do
		ready = poll(
		    &one, 1, total < link->quiet_ms ? total : link->quiet_ms);
	while (ready < 0 && errno == EINTR);
	if (ready > 0)
		return true;
	(void)fail(link, ETIMEDOUT,
	    ready < 0		     ? strerror(errno)
	    : total < link->quiet_ms ? "the server took too long"
				     : "the server fell silent");
	return false;
}

/* GnuTLS's and the socket's results in one form: bytes, 0 at the end, or
 * -EAGAIN with the events to wait for, or -errno with `why'. */
static ssize_t
classify(struct tls_link *link, ssize_t result, short *events)
{
	if (link->session == NULL) {
		if (result >= 0)
			return result;
		if (errno == EINTR || errno == EAGAIN)
			return -EAGAIN;
		(void)fail(link, errno, strerror(errno));
		return -EIO;
	}
	if (result >= 0)
		return result;
	if (result == GNUTLS_E_AGAIN || result == GNUTLS_E_INTERRUPTED) {
		*events = gnutls_record_get_direction(link->session) == 1
			      ? POLLOUT
			      : POLLIN;
		return -EAGAIN;
	}
	if (result == GNUTLS_E_PREMATURE_TERMINATION)
		return 0;
	(void)fail(link, EIO, gnutls_strerror((int)result));
	return -EIO;
}

static ssize_t
read_once(struct tls_link *link, void *data, size_t size, short *events)
{
	ssize_t got = link->session == NULL
			  ? recv(link->fd, data, size, 0)
			  : gnutls_record_recv(link->session, data, size);

	*events = POLLIN;
	return classify(link, got, events);
}

static ssize_t
write_once(struct tls_link *link, const void *data, size_t len, short *events)
{
	ssize_t put = link->session == NULL
			  ? send(link->fd, data, len, MSG_NOSIGNAL)
			  : gnutls_record_send(link->session, data, len);

	*events = POLLOUT;
	return classify(link, put, events);
}

static ssize_t
count_bytes(struct tls_link *link, size_t got)
{
	if (got > link->bytes_left)
		return fail(link, EMSGSIZE, "the server sends without end");
	link->bytes_left -= got;
	return (ssize_t)got;
}

static ssize_t
read_some(struct tls_link *link, void *data, size_t size, bool may_wait)
{
	/* A server that trickles is never quiet; only the clock ends it. */
	if (!link->failed && mono_left_ms(link->deadline) == 0)
		(void)fail(link, ETIMEDOUT, "the server took too long");
	while (!link->failed) {
		short events = POLLIN;
		ssize_t got = read_once(link, data, size, &events);

		if (got > 0)
			return count_bytes(link, (size_t)got);
		if (got == 0)
			return fail(link, ECONNRESET,
			    "the server closed the connection");
		if (got != -EAGAIN)
			break;
		if (!may_wait) {
			errno = EAGAIN;
			return -1;
		}
		if (!wait_ready(link, events))
			return -1;
	}
	errno = ECONNRESET;
	return -1;
}

ssize_t
tls_read(struct tls_link *link, void *data, size_t size)
{
	return read_some(link, data, size, true);
}

ssize_t
tls_read_now(struct tls_link *link, void *data, size_t size)
{
	return read_some(link, data, size, false);
}

ssize_t
tls_write(struct tls_link *link, const void *data, size_t len)
{
	while (!link->failed) {
		short events = POLLOUT;
		ssize_t put = write_once(link, data, len, &events);

		if (put >= 0)
			return put;
		if (put != -EAGAIN || !wait_ready(link, events))
			break;
	}
	errno = ECONNRESET;
	return -1;
}

/* ---- handshake ---- */

static int
refuse_certificate(struct tls_link *link, struct err *err)
{
	unsigned status = gnutls_session_get_verify_cert_status(link->session);
	gnutls_datum_t text = { 0 };

	if (gnutls_certificate_verification_status_print(
		status, GNUTLS_CRT_X509, &text, 0) < 0)
		return err_set(err, ERR_CONF, "%s: bad certificate", link->host);
	(void)err_set(err, ERR_CONF, "%s: %s", link->host,
	    (const char *)text.data);
	gnutls_free(text.data);
	return -1;
}

static int
prepare_session(struct tls_link *link, struct err *err)
{
	int result = gnutls_init(
	    &link->session, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL);

	if (result == 0)
		result = gnutls_set_default_priority_append(
		    link->session, "-VERS-TLS1.0:-VERS-TLS1.1", NULL, 0);
	if (result == 0)
		result = gnutls_credentials_set(
		    link->session, GNUTLS_CRD_CERTIFICATE, link->trust);
	if (result == 0 && !dial_is_address(link->host))
		result = gnutls_server_name_set(link->session, GNUTLS_NAME_DNS,
		    link->host, strlen(link->host));
	if (result < 0)
		return err_set(err, ERR_CONF, "TLS to %s: %s", link->host,
		    gnutls_strerror(result));
	/* Chain and name, for addresses the name of the address. */
	gnutls_session_set_verify_cert(link->session, link->host, 0);
	gnutls_transport_set_int(link->session, link->fd);
	return 0;
}

int
tls_start(struct tls_link *link, struct err *err)
{
	if (prepare_session(link, err) < 0)
		return -1;
	for (;;) {
		int result = gnutls_handshake(link->session);
		short events = POLLIN;

		if (result == 0)
			return 0;
		if (result == GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR)
			return refuse_certificate(link, err);
		if (gnutls_error_is_fatal(result) != 0)
			return err_set(err, ERR_TEMP, "TLS to %s: %s",
			    link->host, gnutls_strerror(result));
		if (mono_left_ms(link->deadline) == 0 ||
		    (classify(link, result, &events) == -EAGAIN &&
			!wait_ready(link, events)))
			return err_set(err, ERR_TEMP, "TLS to %s: time-out",
			    link->host);
	}
}

/* ---- opening and closing ---- */

static int
load_trust(struct tls_link *link, const char *ca_file, struct err *err)
{
	int count = gnutls_certificate_allocate_credentials(&link->trust);

	if (count == 0)
		count = ca_file == NULL
			    ? gnutls_certificate_set_x509_system_trust(
				  link->trust)
			    : gnutls_certificate_set_x509_trust_file(
				  link->trust, ca_file, GNUTLS_X509_FMT_PEM);
	if (count < 0)
		return err_set(err, ERR_CONF, "CA file %s: %s",
		    ca_file == NULL ? "of the system" : ca_file,
		    gnutls_strerror(count));
	if (count == 0)
		return err_set(err, ERR_CONF, "CA file %s: no certificate",
		    ca_file == NULL ? "of the system" : ca_file);
	return 0;
}

static int
open_link(
    struct tls_link *link, const struct tls_setup *setup, struct err *err)
{
	const struct dial dial_setup = {
		.host = setup->host,
		.port = setup->port,
		.only_loopback = setup->mode == TLS_NONE,
		.timeout_ms = setup->quiet_ms,
	};

	if (setup->mode != TLS_NONE &&
	    load_trust(link, setup->ca_file, err) < 0)
		return -1;
	link->fd = dial(&dial_setup, err);
	if (link->fd < 0)
		return -1;
	tls_allow(link, OPEN_MS, OPEN_BYTES);
	return setup->mode == TLS_IMPLICIT ? tls_start(link, err) : 0;
}

struct tls_link *
tls_open(const struct tls_setup *setup, struct err *err)
{
	struct tls_link *link = calloc(1, sizeof(*link));

	if (link == NULL)
		abort();
	link->fd = -1;
	link->quiet_ms = setup->quiet_ms;
	link->host = strdup(setup->host);
	if (link->host == NULL)
		abort();
	if (open_link(link, setup, err) < 0)
		tls_close(&link);
	return link;
}

void
tls_close(struct tls_link **link)
{
	struct tls_link *old = *link;

	*link = NULL;
	if (old == NULL)
		return;
	if (old->session != NULL) {
		/* One attempt: a good-bye that would block is not worth it. */
		if (!old->failed)
			(void)gnutls_bye(old->session, GNUTLS_SHUT_WR);
		gnutls_deinit(old->session);
	}
	if (old->trust != NULL)
		gnutls_certificate_free_credentials(old->trust);
	if (old->fd >= 0)
		(void)close(old->fd);
	free(old->host);
	free(old);
}

void
tls_allow(struct tls_link *link, int ms, size_t bytes)
{
	link->deadline = mono_add(clock_mono(), ms);
	link->bytes_left = bytes;
}

int
tls_fd(const struct tls_link *link)
{
	return link->fd;
}

bool
tls_has_pending(const struct tls_link *link)
{
	return link->session != NULL &&
	       gnutls_record_check_pending(link->session) > 0;
}
