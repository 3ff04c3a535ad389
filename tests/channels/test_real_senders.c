/*
 * The senders against Postfix and Kannel.
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/config.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "tests/channels/sending_kannel.h"
#include "tests/support/cmocka_fence.h"

enum { IN_FLIGHT = 16 };

static const char mail[] = "From: desk@bench.test\r\nTo: x@bench.test\r\n"
			   "Subject: real\r\n\r\n.dot\r\nend\r\n";

static struct smtp_account
account_with(enum tls_mode tls)
{
	return (struct smtp_account){
		.name = "out",
		.host = "localhost",
		.port = real_servers_port(
		    tls == TLS_IMPLICIT ? "SMTPS_PORT" : "SUBMISSION_PORT"),
		.tls = tls,
		.ca_file = real_servers_get("CA_FILE"),
		.user = "desk@bench.test",
		.password = "secret",
		.hello = "desk.example",
		.connections = 2,
	};
}

static void
open_account(struct sending *desk, const struct smtp_account *account)
{
	struct err err = { 0 };

	sending_open(desk);
	desk->sender = smtp_sender_open(desk->transfers, account, &err);
	assert_non_null(desk->sender);
}

static void
start_mail(struct sending *desk, const char *to, const char *wire, size_t len)
{
	const struct outgoing out = { .id = 1, .to = to };
	const struct send_job job = {
		.out = &out,
		.wire = wire,
		.wire_len = len,
		.envelope_from = "desk@bench.test",
	};

	sending_start(desk, &job);
}

static void
postfix_takes_a_mail(void **state)
{
	static const enum tls_mode modes[] = { TLS_IMPLICIT, TLS_STARTTLS };
	static const struct {
		const char *to;
		enum err_kind result;
		int code;
	} cases[] = {
		{ "sink@bench.test", ERR_NONE, 250 },
		{ "refused@bench.test", ERR_PERM, 550 },
		{ "busy@bench.test", ERR_TEMP, 450 },
		{ "sink@bench.test", ERR_NONE, 250 },
	};

	(void)state;
	real_servers_need();
	for (size_t i = 0; i < ARRAY_COUNT(modes) * ARRAY_COUNT(cases); i++) {
		const struct smtp_account account =
		    account_with(modes[i / ARRAY_COUNT(cases)]);
		size_t j = i % ARRAY_COUNT(cases);
		struct sending desk scoped(sending_close) = { 0 };
		struct receipt receipt;

		open_account(&desk, &account);
		start_mail(&desk, cases[j].to, mail, sizeof(mail) - 1);
		receipt = sending_wait(&desk);
		if (receipt.result != cases[j].result ||
		    receipt.code != cases[j].code)
			fail_msg("%s: %s %d %s", cases[j].to,
			    err_kind_name(receipt.result), receipt.code,
			    receipt.answer);
	}
}

static void
a_wrong_setting_stops_the_account(void **state)
{
	struct smtp_account accounts[4];

	(void)state;
	real_servers_need();
	for (size_t i = 0; i < ARRAY_COUNT(accounts); i++)
		accounts[i] = account_with(TLS_IMPLICIT);
	accounts[0].password = "wrong";
	accounts[1].ca_file = NULL; /* the system's does not know this one */
	accounts[2].host = "wrong.localhost"; /* not in the certificate */
	accounts[3].user = NULL;
	for (size_t i = 0; i < ARRAY_COUNT(accounts); i++) {
		struct sending desk scoped(sending_close) = { 0 };
		struct receipt receipt;

		open_account(&desk, &accounts[i]);
		start_mail(&desk, "sink@bench.test", mail, sizeof(mail) - 1);
		receipt = sending_wait(&desk);
		if (receipt.result != ERR_CONF)
			fail_msg("account %zu: %s %d %s", i,
			    err_kind_name(receipt.result), receipt.code,
			    receipt.answer);
		assert_false(receipt.is_unknown);
	}
}

/* What the owner's phone shows, as the network's line protocol says it. */
static void
read_phone(int fd, char *line, size_t size)
{
	size_t len = 0;

	while (len + 1 < size && recv(fd, line + len, 1, 0) == 1 &&
	       line[len] != '\n')
		len++;
	line[len] = '\0';
}

static struct receipt
send_text(struct sending *desk, const char *text)
{
	const struct outgoing out = {
		.id = 1,
		.to = "+8613800138000",
		.text = text,
	};

	sending_start(desk, &(struct send_job){ .out = &out });
	return sending_wait(desk);
}

static void
kannel_delivers_a_text(void **state)
{
	static const struct {
		const char *text;
		const char *line;
	} cases[] = {
		{ "Water & 100% {new}",
		    "777 +8613800138000 text Water & 100% {new}" },
		{ "你好", "777 +8613800138000 ucs-2 O%60Y%7D" },
	};
	struct gateway gateway scoped(gateway_close) = { 0 };
	struct sending desk scoped(sending_close) = { 0 };
	struct err err = { 0 };
	int phone;

	(void)state;
	sending_to_kannel(&desk, &gateway,
	    "push_secret_file = \"secrets/push\"; "
	    "public_url = \"http://127.0.0.1:9\";");
	phone = real_servers_phone();
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct receipt receipt = send_text(&desk, cases[i].text);
		char line[400];

		if (receipt.result != ERR_NONE)
			fail_msg("%d %s", receipt.code, receipt.answer);
		read_phone(phone, line, sizeof(line));
		assert_string_equal(line, cases[i].line);
	}
	sender_close(&desk.sender);
	gateway.channel->password = "wrong";
	desk.sender = sms_sender_open(desk.transfers, gateway.channel, &err);
	assert_non_null(desk.sender);
	assert_int_equal(send_text(&desk, "x").result, ERR_CONF);
	close(phone);
}

/* How fast mail leaves, with a few connections that are used again. */
static void
measure(unsigned connections)
{
	enum { MAILS = 3000 };
	struct smtp_account account = account_with(TLS_IMPLICIT);
	struct sending desk scoped(sending_close) = { 0 };
	static char wire[3000];
	size_t len = (size_t)snprintf(
	    wire, sizeof(wire), "Subject: x\r\n\r\n%02800d\r\n", 7);
	int started = 0, done = 0;
	mono_t start;

	for (size_t i = 90; i < len - 2; i += 76)
		memcpy(wire + i, "\r\n", 2);
	account.connections = connections;
	open_account(&desk, &account);
	start = clock_mono();
	while (done < MAILS) {
		for (; started < MAILS && started - done < IN_FLIGHT; started++)
			start_mail(&desk, "sink@bench.test", wire, len);
		assert_int_equal(sending_wait(&desk).result, ERR_NONE);
		done++;
	}
	printf("smtp.mails.%u %lld 1/s\n", connections,
	    MAILS * 1000LL / ((long long)clock_mono().ms - start.ms));
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(postfix_takes_a_mail),
		cmocka_unit_test(a_wrong_setting_stops_the_account),
		cmocka_unit_test(kannel_delivers_a_text),
	};

	if (argc > 1 && strcmp(argv[1], "--measure") == 0) {
		(void)real_servers_start_all(NULL);
		for (unsigned connections = 1; connections <= 4;
		     connections *= 2)
			measure(connections);
		return real_servers_stop(NULL);
	}
	return cmocka_run_group_tests(
	    tests, real_servers_start_all, real_servers_stop);
}
