#include "tests/support/fake_imap.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/cmocka_fence.h"

enum { LINE_BYTES = 8192, TRICKLE_MS = 50 };

struct fake_imap {
	pid_t pid;
	unsigned port;
};

/* ---- in the child ---- */

struct serving {
	int fd;
	gnutls_certificate_credentials_t credentials;
	gnutls_session_t session;
	char line[LINE_BYTES];
	char tag[64];
};

static ssize_t
receive(struct serving *serving, char *data, size_t size)
{
	return serving->session == NULL
		   ? recv(serving->fd, data, size, 0)
		   : gnutls_record_recv(serving->session, data, size);
}

static void
transmit(struct serving *serving, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t put =
		    serving->session == NULL
			? send(serving->fd, data, len, MSG_NOSIGNAL)
			: gnutls_record_send(serving->session, data, len);

		if (put <= 0)
			_exit(0);
		data += put;
		len -= (size_t)put;
	}
}

static void
expect(struct serving *serving, const char *text)
{
	do {
		size_t len = 0;

		while (len < LINE_BYTES - 1) {
			if (receive(serving, &serving->line[len], 1) != 1)
				_exit(0);
			if (serving->line[len++] == '\n')
				break;
		}
		serving->line[len] = '\0';
		len = strcspn(serving->line, " ");
		if (len < sizeof(serving->tag)) {
			memcpy(serving->tag, serving->line, len);
			serving->tag[len] = '\0';
		}
	} while (strstr(serving->line, text) == NULL);
}

static void
say(struct serving *serving, const char *text)
{
	char out[LINE_BYTES];
	size_t len = 0;

	for (; *text != '\0' && len < LINE_BYTES - sizeof(serving->tag);
	     text++) {
		if (*text != '$') {
			out[len++] = *text;
			continue;
		}
		memcpy(out + len, serving->tag, strlen(serving->tag));
		len += strlen(serving->tag);
	}
	transmit(serving, out, len);
}

static void
trickle(struct serving *serving, const struct fake_imap_step *step)
{
	for (size_t i = 0; i < step->count; i++) {
		transmit(serving, step->text, strlen(step->text));
		(void)poll(NULL, 0, TRICKLE_MS);
	}
}

static void
repeat(struct serving *serving, const struct fake_imap_step *step)
{
	size_t len = strlen(step->text), all = len * step->count;
	char *data = malloc(all);

	if (data == NULL)
		_exit(1);
	for (size_t i = 0; i < step->count; i++)
		memcpy(data + i * len, step->text, len);
	transmit(serving, data, all);
	free(data);
}

static void
shake_hands(struct serving *serving)
{
	gnutls_init(&serving->session, GNUTLS_SERVER);
	gnutls_set_default_priority(serving->session);
	gnutls_credentials_set(serving->session, GNUTLS_CRD_CERTIFICATE,
	    serving->credentials);
	gnutls_transport_set_int(serving->session, serving->fd);
	if (gnutls_handshake(serving->session) < 0)
		_exit(0);
}

__attribute__((noreturn)) static void
serve(int listener, const struct fake_imap_step *script,
    gnutls_certificate_credentials_t credentials)
{
	struct serving serving = { .credentials = credentials };

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	serving.fd = accept(listener, NULL, NULL);
	for (; script->what != FAKE_IMAP_END; script++) {
		switch (script->what) {
		case FAKE_IMAP_EXPECT:
			expect(&serving, script->text);
			break;
		case FAKE_IMAP_SAY:
			say(&serving, script->text);
			break;
		case FAKE_IMAP_REPEAT:
			repeat(&serving, script);
			break;
		case FAKE_IMAP_TRICKLE:
			trickle(&serving, script);
			break;
		case FAKE_IMAP_TLS:
			shake_hands(&serving);
			break;
		case FAKE_IMAP_HANG:
			expect(&serving, "\n\n");
			break;
		case FAKE_IMAP_END:
		default:
			_exit(1);
		}
	}
	(void)shutdown(serving.fd, SHUT_WR);
	_exit(0);
}

/* ---- in the test ---- */

static gnutls_certificate_credentials_t
load(const char *certificate)
{
	gnutls_certificate_credentials_t credentials = NULL;
	char *key;

	if (certificate == NULL)
		return NULL;
	/* NAME.pem, NAME.key */
	key = strdup(certificate);
	assert_non_null(key);
	memcpy(key + strlen(key) - 3, "key", 3);
	assert_int_equal(
	    gnutls_certificate_allocate_credentials(&credentials), 0);
	assert_int_equal(gnutls_certificate_set_x509_key_file(credentials,
			     certificate, key, GNUTLS_X509_FMT_PEM),
	    0);
	free(key);
	return credentials;
}

struct fake_imap *
fake_imap_start(
    const struct fake_imap_step *script, const char *certificate)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t len = sizeof(address);
	struct fake_imap *fake = calloc(1, sizeof(*fake));
	gnutls_certificate_credentials_t credentials = load(certificate);
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_non_null(fake);
	assert_int_equal(
	    bind(listener, (const struct sockaddr *)&address, len), 0);
	assert_int_equal(listen(listener, 4), 0);
	assert_int_equal(
	    getsockname(listener, (struct sockaddr *)&address, &len), 0);
	fake->port = ntohs(address.sin_port);
	fake->pid = fork();
	assert_true(fake->pid >= 0);
	if (fake->pid == 0)
		serve(listener, script, credentials);
	(void)close(listener);
	if (credentials != NULL)
		gnutls_certificate_free_credentials(credentials);
	return fake;
}

unsigned
fake_imap_port(const struct fake_imap *fake)
{
	return fake->port;
}

void
fake_imap_stop(struct fake_imap **fake)
{
	if (*fake == NULL)
		return;
	(void)kill((*fake)->pid, SIGKILL);
	(void)waitpid((*fake)->pid, NULL, 0);
	free(*fake);
	*fake = NULL;
}
