#include "channels/transfers.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "channels/transfer.h"
#include "core/limits.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/text.h"

enum {
	/* Servers end idle connections after minutes; reusing one that is
	 * about to be closed costs a failed attempt. */
	IDLE_SECONDS = 60,
	KEPT_CONNECTIONS = 4 * LIMIT_SENDS_IN_FLIGHT,
	SOCKETS_MAX = 8 * LIMIT_SENDS_IN_FLIGHT,
};

struct transfers {
	CURLM *multi;
	size_t running;
	int most_ms;
	struct transfers_alarm *alarms;
	struct curl_waitfd *waits;
	size_t wait_room;
	int sockets[SOCKETS_MAX];
	size_t socket_count;
};

/* ---- sockets, so that closing can be quick ---- */

static curl_socket_t
open_socket(void *self, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct transfers *transfers = self;
	int fd = socket(address->family, address->socktype | SOCK_CLOEXEC,
	    address->protocol);

	(void)purpose;
	if (fd >= 0 && transfers->socket_count < SOCKETS_MAX)
		transfers->sockets[transfers->socket_count++] = fd;
	return fd < 0 ? CURL_SOCKET_BAD : fd;
}

static int
close_socket(void *self, curl_socket_t fd)
{
	struct transfers *transfers = self;

	for (size_t i = 0; i < transfers->socket_count; i++) {
		if (transfers->sockets[i] == fd) {
			transfers->sockets[i] =
			    transfers->sockets[--transfers->socket_count];
			break;
		}
	}
	return close(fd);
}

struct transfers *
transfers_open(struct err *err)
{
	struct transfers *transfers;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		(void)err_set(err, ERR_BUG, "libcurl does not start");
		return NULL;
	}
	transfers = calloc(1, sizeof(*transfers));
	if (transfers == NULL)
		abort();
	transfers->multi = curl_multi_init();
	if (transfers->multi == NULL)
		abort();
	transfers->most_ms = INT_MAX;
	(void)curl_multi_setopt(transfers->multi, CURLMOPT_MAXCONNECTS,
	    (long)KEPT_CONNECTIONS);
	return transfers;
}

void
transfers_close(struct transfers **transfers)
{
	struct transfers *gone = *transfers;

	*transfers = NULL;
	if (gone == NULL)
		return;
	/* curl says QUIT and waits for the answer, up to two minutes; with the
	 * reading side shut it says QUIT and sees the end at once. */
	for (size_t i = 0; i < gone->socket_count; i++)
		(void)shutdown(gone->sockets[i], SHUT_RD);
	(void)curl_multi_cleanup(gone->multi);
	free(gone->waits);
	free(gone);
}

void
transfers_hurry(struct transfers *transfers, int most_ms)
{
	transfers->most_ms = most_ms;
}

/* ---- one transfer ---- */

static void
set_tls(CURL *easy, const char *ca_file)
{
	const curl_version_info_data *version =
	    curl_version_info(CURLVERSION_NOW);

	(void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	(void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	(void)curl_easy_setopt(
	    easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (ca_file != NULL)
		(void)curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file);
	/* The folder would be read anew for each connection (mail.md C), and
	 * would add the world's authorities to a private one. */
	if (ca_file != NULL || version->cainfo != NULL)
		(void)curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
}

int
transfer_open(struct transfer *transfer, struct transfers *owner,
    const char *protocols, const char *ca_file, struct err *err)
{
	CURL *easy = curl_easy_init();

	if (easy == NULL)
		abort();
	transfer->easy = easy;
	transfer->owner = owner;
	(void)curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
	(void)curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->why);
	(void)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	/* Connections go where the configuration says, whatever proxies the
	 * environment names. */
	(void)curl_easy_setopt(easy, CURLOPT_PROXY, "");
	(void)curl_easy_setopt(
	    easy, CURLOPT_MAXAGE_CONN, (long)IDLE_SECONDS);
	(void)curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	(void)curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, owner);
	(void)curl_easy_setopt(
	    easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
	(void)curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, owner);
	set_tls(easy, ca_file);
	if (curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, protocols) !=
	    CURLE_OK) {
		transfer_close(transfer);
		return err_set(
		    err, ERR_BUG, "this libcurl does not speak %s", protocols);
	}
	return 0;
}

void
transfer_close(struct transfer *transfer)
{
	if (transfer->is_running) {
		(void)curl_multi_remove_handle(
		    transfer->owner->multi, transfer->easy);
		transfer->owner->running--;
		transfer->is_running = false;
	}
	curl_easy_cleanup(transfer->easy);
	transfer->easy = NULL;
}

void
transfer_deadline(struct transfer *transfer, int connect_ms, int all_ms)
{
	long most = transfer->owner->most_ms;
	long connect = connect_ms < most ? connect_ms : most;
	long all = all_ms < most ? all_ms : most;

	(void)curl_easy_setopt(
	    transfer->easy, CURLOPT_CONNECTTIMEOUT_MS, connect);
	(void)curl_easy_setopt(transfer->easy, CURLOPT_TIMEOUT_MS, all);
}

int
transfer_start(struct transfer *transfer, struct err *err)
{
	CURLMcode code;

	transfer->why[0] = '\0';
	code = curl_multi_add_handle(transfer->owner->multi, transfer->easy);
	if (code != CURLM_OK)
		return err_set(err, ERR_BUG, "libcurl takes no transfer: %s",
		    curl_multi_strerror(code));
	transfer->is_running = true;
	transfer->owner->running++;
	return 0;
}

void
transfer_reason(const struct transfer *transfer, CURLcode code,
    const char *secret, char *ret, size_t size)
{
	const char *why = transfer->why;
	size_t len;

	if (why[0] == '\0' ||
	    (!text_is_empty(secret) && strstr(why, secret) != NULL))
		why = curl_easy_strerror(code);
	len = strnlen(why, size - 1);
	memcpy(ret, why, len);
	ret[len] = '\0';
}

/* What only the operator can mend; all else may pass. */
static const CURLcode settings[] = {
	CURLE_UNSUPPORTED_PROTOCOL,
	CURLE_URL_MALFORMAT,
	CURLE_NOT_BUILT_IN,
	CURLE_LOGIN_DENIED,
	CURLE_AUTH_ERROR,
	CURLE_USE_SSL_FAILED,
	CURLE_PEER_FAILED_VERIFICATION,
	CURLE_SSL_ISSUER_ERROR,
	CURLE_SSL_CACERT_BADFILE,
};

enum err_kind
transfer_failure(CURLcode code)
{
	for (size_t i = 0; i < ARRAY_COUNT(settings); i++) {
		if (settings[i] == code)
			return ERR_CONF;
	}
	return ERR_TEMP;
}

/* ---- alarms ---- */

void
transfers_alarm_add(struct transfers *transfers, struct transfers_alarm *alarm)
{
	alarm->next = transfers->alarms;
	transfers->alarms = alarm;
}

void
transfers_alarm_remove(
    struct transfers *transfers, struct transfers_alarm *alarm)
{
	struct transfers_alarm **at = &transfers->alarms;

	while (*at != NULL && *at != alarm)
		at = &(*at)->next;
	if (*at != NULL)
		*at = alarm->next;
}

static int
until_next_alarm(const struct transfers *transfers, int timeout_ms)
{
	if (timeout_ms < 0)
		timeout_ms = INT_MAX;
	for (const struct transfers_alarm *alarm = transfers->alarms;
	    alarm != NULL; alarm = alarm->next) {
		int left = alarm->is_set ? mono_left_ms(alarm->at) : timeout_ms;

		if (left < timeout_ms)
			timeout_ms = left;
	}
	return timeout_ms;
}

static void
ring_alarms(struct transfers *transfers)
{
	for (struct transfers_alarm *alarm = transfers->alarms; alarm != NULL;
	    alarm = alarm->next) {
		if (!alarm->is_set || mono_left_ms(alarm->at) > 0)
			continue;
		alarm->is_set = false;
		alarm->ring(alarm->self);
	}
}

/* ---- the one wait ---- */

static void
set_waits(struct transfers *transfers, const struct pollfd *fds, size_t count)
{
	if (count > transfers->wait_room) {
		free(transfers->waits);
		transfers->waits = calloc(count, sizeof(*transfers->waits));
		if (transfers->waits == NULL)
			abort();
		transfers->wait_room = count;
	}
	for (size_t i = 0; i < count; i++) {
		short events = 0;

		if ((fds[i].events & POLLIN) != 0)
			events |= CURL_WAIT_POLLIN;
		if ((fds[i].events & POLLOUT) != 0)
			events |= CURL_WAIT_POLLOUT;
		if ((fds[i].events & POLLPRI) != 0)
			events |= CURL_WAIT_POLLPRI;
		transfers->waits[i] = (struct curl_waitfd){
			.fd = fds[i].fd,
			.events = events,
		};
	}
}

static void
tell_finished(struct transfers *transfers)
{
	const CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(transfers->multi, &left)) !=
	    NULL) {
		struct transfer *transfer = NULL;
		CURLcode code = message->data.result;
		char *private = NULL;

		if (message->msg != CURLMSG_DONE)
			continue;
		(void)curl_easy_getinfo(
		    message->easy_handle, CURLINFO_PRIVATE, &private);
		transfer = (struct transfer *)(void *)private;
		(void)curl_multi_remove_handle(
		    transfers->multi, transfer->easy);
		transfer->is_running = false;
		transfers->running--;
		transfer->done(transfer, code);
	}
}

int
transfers_wait(struct transfers *transfers, struct pollfd *fds, size_t count,
    int timeout_ms, struct err *err)
{
	CURLMcode code;
	int ready, running;

	set_waits(transfers, fds, count);
	code = curl_multi_poll(transfers->multi, transfers->waits,
	    (unsigned)count, until_next_alarm(transfers, timeout_ms), &ready);
	if (code != CURLM_OK)
		return err_set(
		    err, ERR_BUG, "waiting: %s", curl_multi_strerror(code));
	/* curl does not pass on POLLHUP and POLLERR. */
	if (poll(fds, count, 0) <= 0) {
		for (size_t i = 0; i < count; i++)
			fds[i].revents = 0;
	}
	code = curl_multi_perform(transfers->multi, &running);
	if (code != CURLM_OK)
		return err_set(err, ERR_BUG, "moving transfers on: %s",
		    curl_multi_strerror(code));
	tell_finished(transfers);
	ring_alarms(transfers);
	return 0;
}

size_t
transfers_running(const struct transfers *transfers)
{
	size_t count = transfers->running;

	for (const struct transfers_alarm *alarm = transfers->alarms;
	    alarm != NULL; alarm = alarm->next)
		count += alarm->is_set;
	return count;
}
