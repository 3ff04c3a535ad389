#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "channels/dial.h"
#include "channels/imap.h"
#include "channels/tls.h"
#include "core/config.h"
#include "lib/cleanup.h"
#include "lib/err.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/fake_imap.h"
#include "tests/support/real_servers.h"

/* A file of the servers' certificates. */
static const char *
pki(const char *name)
{
	static char paths[4][160];
	static size_t next;
	char *path = paths[next++ % ARRAY_COUNT(paths)];

	real_servers_need();
	(void)snprintf(
	    path, sizeof(paths[0]), "%s/%s", real_servers_get("PKI_DIR"), name);
	return path;
}

static const struct fake_imap_step greet_under_tls[] = {
	{ FAKE_IMAP_TLS, NULL, 0 },
	{ FAKE_IMAP_SAY, "hello", 0 },
	{ FAKE_IMAP_EXPECT, "bye", 0 },
	{ FAKE_IMAP_END, NULL, 0 },
};

static void
a_certificate_must_be_known_and_name_the_host(void **state)
{
	const struct {
		const char *certificate, *ca, *host;
		const char *why; /* NULL: good */
	} cases[] = {
		{ pki("server.pem"), pki("ca.pem"), "localhost", NULL },
		{ pki("server.pem"), pki("ca.pem"), "127.0.0.1", NULL },
	};
	const struct {
		const char *certificate, *ca, *host, *why;
	} bad[] = {
		{ "wrongname.pem", "ca.pem", "localhost", "does not match" },
		{ "wrongname.pem", "ca.pem", "127.0.0.1", "does not match" },
		{ "stranger.pem", "ca.pem", "localhost", "issuer is unknown" },
		{ "server.pem", "otherca.pem", "localhost",
		    "issuer is unknown" },
		/* The machine's own authorities do not know the tests'. */
		{ "server.pem", NULL, "localhost", "issuer is unknown" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases) + ARRAY_COUNT(bad); i++) {
		bool is_good = i < ARRAY_COUNT(cases);
		size_t j = i - ARRAY_COUNT(cases);
		struct fake_imap *fake scoped(fake_imap_stop) = fake_imap_start(
		    greet_under_tls,
		    is_good ? cases[i].certificate : pki(bad[j].certificate));
		const struct tls_setup setup = {
			.host = is_good ? cases[i].host : bad[j].host,
			.port = fake_imap_port(fake),
			.mode = TLS_IMPLICIT,
			.ca_file = is_good             ? cases[i].ca
				   : bad[j].ca == NULL ? NULL
						       : pki(bad[j].ca),
			.quiet_ms = 20000,
		};
		struct err err = { 0 };
		struct tls_link *link scoped(tls_close) =
		    tls_open(&setup, &err);
		char data[16];

		if (is_good) {
			if (link == NULL)
				fail_msg("%s: %s", setup.host, err.msg);
			assert_int_equal(tls_read(link, data, 5), 5);
			assert_memory_equal(data, "hello", 5);
			continue;
		}
		assert_null(link);
		assert_int_equal(err.kind, ERR_CONF);
		if (strstr(err.msg, bad[j].why) == NULL)
			fail_msg("%s: %s", bad[j].why, err.msg);
	}
}

static struct tls_link *
open_plain(const struct fake_imap *fake, int quiet_ms)
{
	const struct tls_setup setup = {
		.host = "127.0.0.1",
		.port = fake_imap_port(fake),
		.mode = TLS_NONE,
		.quiet_ms = quiet_ms,
	};
	struct err err = { 0 };
	struct tls_link *link = tls_open(&setup, &err);

	if (link == NULL)
		fail_msg("%s", err.msg);
	return link;
}

static void
the_end_of_the_stream_is_an_error(void **state)
{
	static const struct fake_imap_step script[] = {
		{ FAKE_IMAP_SAY, "abc", 0 },
		{ FAKE_IMAP_END, NULL, 0 },
	};
	struct fake_imap *fake scoped(fake_imap_stop) =
	    fake_imap_start(script, NULL);
	struct tls_link *link scoped(tls_close) = open_plain(fake, 20000);
	char data[16];

	(void)state;
	assert_int_equal(tls_read(link, data, sizeof(data)), 3);
	assert_string_equal(tls_why(link), "");
	assert_int_equal(tls_read(link, data, sizeof(data)), -1);
	assert_int_equal(errno, ECONNRESET);
	assert_non_null(strstr(tls_why(link), "closed the connection"));
	/* And from then on, at once. */
	assert_int_equal(tls_read(link, data, sizeof(data)), -1);
	assert_int_equal(tls_write(link, "x", 1), -1);
}

static void
silence_and_slowness_are_bounded(void **state)
{
	static const struct fake_imap_step hang[] = {
		{ FAKE_IMAP_HANG, NULL, 0 },
		{ FAKE_IMAP_END, NULL, 0 },
	};
	static const struct fake_imap_step trickle[] = {
		{ FAKE_IMAP_TRICKLE, "x", 1000 },
		{ FAKE_IMAP_END, NULL, 0 },
	};
	struct fake_imap *quiet scoped(fake_imap_stop) =
	    fake_imap_start(hang, NULL);
	struct fake_imap *slow scoped(fake_imap_stop) =
	    fake_imap_start(trickle, NULL);
	struct tls_link *first scoped(tls_close) = open_plain(quiet, 50);
	struct tls_link *second scoped(tls_close) = open_plain(slow, 20000);
	ssize_t got;
	char data[16];

	(void)state;
	assert_int_equal(tls_read_now(first, data, sizeof(data)), -1);
	assert_int_equal(errno, EAGAIN);
	assert_int_equal(tls_read(first, data, sizeof(data)), -1);
	assert_int_equal(errno, ETIMEDOUT);
	assert_non_null(strstr(tls_why(first), "silent"));
	tls_allow(second, 300, 1000);
	do
		got = tls_read(second, data, sizeof(data));
	while (got > 0);
	assert_non_null(strstr(tls_why(second), "too long"));
}

static void
more_bytes_than_allowed_are_refused(void **state)
{
	static const struct fake_imap_step script[] = {
		{ FAKE_IMAP_REPEAT, "x", 100 },
		{ FAKE_IMAP_HANG, NULL, 0 },
		{ FAKE_IMAP_END, NULL, 0 },
	};
	struct fake_imap *fake scoped(fake_imap_stop) =
	    fake_imap_start(script, NULL);
	struct tls_link *link scoped(tls_close) = open_plain(fake, 20000);
	char data[60];

	(void)state;
	tls_allow(link, 20000, 99);
	assert_int_equal(tls_read(link, data, sizeof(data)), 60);
	assert_int_equal(tls_read(link, data, sizeof(data)), -1);
	assert_int_equal(errno, EMSGSIZE);
}

static void
without_tls_only_this_machine_is_talked_to(void **state)
{
	/* TEST-NET-1 (RFC 5737): refused before anything is sent there. */
	const struct tls_setup setup = {
		.host = "192.0.2.1",
		.port = 143,
		.mode = TLS_NONE,
		.quiet_ms = 20000,
	};
	struct err err = { 0 };

	(void)state;
	assert_null(tls_open(&setup, &err));
	assert_int_equal(err.kind, ERR_CONF);
}

static void
nobody_there_is_temporary(void **state)
{
	static const struct fake_imap_step script[] = {
		{ FAKE_IMAP_END, NULL, 0 },
	};
	struct fake_imap *fake = fake_imap_start(script, NULL);
	const struct tls_setup setup = {
		.host = "127.0.0.1",
		.port = fake_imap_port(fake),
		.mode = TLS_NONE,
		.quiet_ms = 20000,
	};
	struct err err = { 0 };

	(void)state;
	fake_imap_stop(&fake);
	assert_null(tls_open(&setup, &err));
	assert_int_equal(err.kind, ERR_TEMP);
	assert_non_null(strstr(err.msg, "127.0.0.1"));
}

static void
addresses_are_told_from_names(void **state)
{
	(void)state;
	assert_true(dial_is_address("127.0.0.1"));
	assert_true(dial_is_address("::1"));
	assert_false(dial_is_address("localhost"));
	assert_false(dial_is_address("127.1"));
}

/* ---- STARTTLS ---- */

static struct imap *
open_starttls(const struct fake_imap *fake, struct err *err)
{
	static struct mailbox box;
	const struct imap_times times = { 0 };

	box = (struct mailbox){
		.host = "localhost",
		.port = fake_imap_port(fake),
		.tls = TLS_STARTTLS,
		.ca_file = pki("ca.pem"),
		.user = "desk",
		.password = "secret",
		.folder = "INBOX",
	};
	return imap_open(&box, &times, err);
}

static void
starttls_goes_on_under_tls(void **state)
{
	static const struct fake_imap_step script[] = {
		{ FAKE_IMAP_SAY, "* OK ready\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "STARTTLS", 0 },
		{ FAKE_IMAP_SAY, "$ OK go\r\n", 0 },
		{ FAKE_IMAP_TLS, NULL, 0 },
		{ FAKE_IMAP_EXPECT, "LOGIN", 0 },
		{ FAKE_IMAP_SAY, "$ OK in\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "CAPABILITY", 0 },
		{ FAKE_IMAP_SAY, "* CAPABILITY IMAP4rev1\r\n$ OK done\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "LOGOUT", 0 },
		{ FAKE_IMAP_SAY, "* BYE\r\n$ OK bye\r\n", 0 },
		{ FAKE_IMAP_END, NULL, 0 },
	};
	struct fake_imap *fake scoped(fake_imap_stop) =
	    fake_imap_start(script, pki("server.pem"));
	struct err err = { 0 };
	struct imap *imap scoped(imap_close) = open_starttls(fake, &err);

	(void)state;
	if (imap == NULL || imap_login(imap, &err) < 0)
		fail_msg("%s", err.msg);
}

static void
what_is_injected_before_the_handshake_is_refused(void **state)
{
	static const char *const injected[] = {
		"$ OK go\r\n* CAPABILITY IMAP4rev1 AUTH=X\r\n",
		"$ OK go\r\nx",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(injected); i++) {
		const struct fake_imap_step script[] = {
			{ FAKE_IMAP_SAY, "* OK ready\r\n", 0 },
			{ FAKE_IMAP_EXPECT, "STARTTLS", 0 },
			{ FAKE_IMAP_SAY, injected[i], 0 },
			{ FAKE_IMAP_TLS, NULL, 0 },
			{ FAKE_IMAP_END, NULL, 0 },
		};
		struct fake_imap *fake scoped(fake_imap_stop) =
		    fake_imap_start(script, pki("server.pem"));
		struct err err = { 0 };
		struct imap *imap scoped(imap_close) =
		    open_starttls(fake, &err);

		assert_null(imap);
		assert_int_not_equal(err.kind, ERR_NONE);
		assert_non_null(strstr(err.msg, "STARTTLS"));
	}
}

static void
a_server_without_starttls_is_not_logged_into(void **state)
{
	static const struct fake_imap_step script[] = {
		{ FAKE_IMAP_SAY, "* OK ready\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "STARTTLS", 0 },
		{ FAKE_IMAP_SAY, "$ BAD what\r\n", 0 },
		{ FAKE_IMAP_HANG, NULL, 0 },
		{ FAKE_IMAP_END, NULL, 0 },
	};
	struct fake_imap *fake scoped(fake_imap_stop) =
	    fake_imap_start(script, pki("server.pem"));
	struct err err = { 0 };

	(void)state;
	assert_null(open_starttls(fake, &err));
	if (err.kind != ERR_CONF)
		fail_msg("%s", err.msg);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_certificate_must_be_known_and_name_the_host),
		cmocka_unit_test(the_end_of_the_stream_is_an_error),
		cmocka_unit_test(silence_and_slowness_are_bounded),
		cmocka_unit_test(more_bytes_than_allowed_are_refused),
		cmocka_unit_test(without_tls_only_this_machine_is_talked_to),
		cmocka_unit_test(nobody_there_is_temporary),
		cmocka_unit_test(addresses_are_told_from_names),
		cmocka_unit_test(starttls_goes_on_under_tls),
		cmocka_unit_test(
		    what_is_injected_before_the_handshake_is_refused),
		cmocka_unit_test(a_server_without_starttls_is_not_logged_into),
	};

	return cmocka_run_group_tests(
	    tests, real_servers_start_mail, real_servers_stop);
}
