#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "tests/channels/sending.h"
#include "tests/support/cmocka_fence.h"

enum { HURRY_MS = 300 };

static const char mail[] = "From: desk@sunshine.example\r\n"
			   "Subject: x\r\n\r\n.dot\r\n..\r\n.\r\nend\r\n";

struct bench {
	struct sending link;
	struct smtp_account account;
};

static void
bench_open(struct bench *bench, const struct fake_rule *rules)
{
	struct err err = { 0 };

	sending_to_fake(&bench->link, FAKE_SMTP, rules, HURRY_MS);
	if (bench->account.host == NULL)
		bench->account.host = "127.0.0.1";
	bench->account.name = "out";
	bench->account.port = fake_port(bench->link.fake);
	bench->account.hello = "desk.example";
	bench->link.sender =
	    smtp_sender_open(bench->link.transfers, &bench->account, &err);
	if (bench->link.sender == NULL)
		fail_msg("%s", err.msg);
}

static void
bench_close(struct bench *bench)
{
	sending_close(&bench->link);
}

static void
start_mail(struct bench *bench, const struct outgoing *out)
{
	const struct send_job job = {
		.out = out,
		.attempt = out->id * 10,
		.wire = mail,
		.wire_len = sizeof(mail) - 1,
		.envelope_from = "desk@sunshine.example",
	};

	sending_start(&bench->link, &job);
}

static const struct outgoing to_zhang = {
	.id = 7,
	.to = "zhang@owner.example",
};

static void
a_mail_is_handed_in_byte_for_byte(void **state)
{
	static const struct fake_rule rules[] = { { 0 } };
	struct bench bench scoped(bench_close) = { .account.tls = TLS_NONE };
	struct receipt receipt;

	(void)state;
	bench_open(&bench, rules);
	start_mail(&bench, &to_zhang);
	receipt = sending_wait(&bench.link);
	assert_int_equal(receipt.result, ERR_NONE);
	assert_false(receipt.is_unknown);
	assert_int_equal(receipt.out, 7);
	assert_int_equal(receipt.attempt, 70);
	assert_int_equal(receipt.code, 250);
	assert_string_equal(receipt.answer, "2.0.0 taken");
	struct buf heard scoped(buf_done) = fake_heard(bench.link.fake);

	assert_string_equal(buf_text(&heard),
	    "1 EHLO desk.example\n"
	    "1 MAIL FROM:<desk@sunshine.example> SIZE=61\n"
	    "1 RCPT TO:<zhang@owner.example>\n"
	    "1 DATA\n"
	    "1 From: desk@sunshine.example\n1 Subject: x\n1 \n"
	    "1 ..dot\n1 ...\n1 ..\n1 end\n"
	    "1 .\n");
}

static void
an_acknowledgement_has_the_null_sender(void **state)
{
	static const struct fake_rule rules[] = { { 0 } };
	struct bench bench scoped(bench_close) = { .account.tls = TLS_NONE };
	struct outgoing ack = to_zhang;

	(void)state;
	ack.null_sender = true;
	bench_open(&bench, rules);
	start_mail(&bench, &ack);
	assert_int_equal(sending_wait(&bench.link).result, ERR_NONE);
	struct buf heard scoped(buf_done) = fake_heard(bench.link.fake);

	assert_non_null(strstr(buf_text(&heard), "MAIL FROM:<> SIZE"));
}

static void
one_connection_serves_many_mails(void **state)
{
	static const struct fake_rule rules[] = { { 0 } };
	struct bench bench scoped(
	    bench_close) = { .account = { .tls = TLS_NONE, .connections = 2 } };

	(void)state;
	bench_open(&bench, rules);
	for (int i = 0; i < 20; i++)
		start_mail(&bench, &to_zhang);
	for (int i = 0; i < 20; i++)
		assert_int_equal(sending_wait(&bench.link).result, ERR_NONE);
	assert_int_equal(transfers_running(bench.link.transfers), 0);
	struct buf heard scoped(buf_done) = fake_heard(bench.link.fake);

	assert_non_null(strstr(buf_text(&heard), "2 EHLO"));
	assert_null(strstr(buf_text(&heard), "3 EHLO"));
}

static void
an_urgent_mail_overtakes(void **state)
{
	static const struct fake_rule rules[] = { { 0 } };
	struct bench bench scoped(bench_close) = { .account.tls = TLS_NONE };
	struct outgoing out = to_zhang;

	(void)state;
	bench_open(&bench, rules);
	for (out.id = 1; out.id <= 3; out.id++)
		start_mail(&bench, &out);
	out.is_urgent = true;
	start_mail(&bench, &out);
	assert_int_equal(sending_wait(&bench.link).out, 1);
	assert_int_equal(sending_wait(&bench.link).out, 4);
	assert_int_equal(sending_wait(&bench.link).out, 2);
}

/* What each refusal means. */
static const struct {
	const char *on;
	const char *say;
	enum fake_then then;
	enum err_kind result;
	int code;
	bool is_unknown;
	const char *answer; /* begins like this; NULL: whatever */
} outcomes[] = {
	{ "", "554 5.7.1 not you\r\n", FAKE_GO_ON, ERR_CONF, 554, false,
	    "5.7.1 not you" },
	{ "", "421 4.3.2 later\r\n", FAKE_GO_ON, ERR_TEMP, 421, false,
	    "4.3.2 later" },
	{ "", NULL, FAKE_HANG, ERR_TEMP, 0, false, NULL },
	{ "", NULL, FAKE_CLOSE, ERR_TEMP, 0, false, NULL },
	{ "", "SSH-2.0-OpenSSH\r\n", FAKE_GO_ON, ERR_TEMP, 0, false, NULL },
	/* curl tries HELO then, into a closed connection. */
	{ "EHLO", "421 4.7.0 slow down\r\n", FAKE_CLOSE, ERR_TEMP, 0, false,
	    NULL },
	{ "EHLO", NULL, FAKE_CLOSE, ERR_TEMP, 0, false, NULL },
	{ "MAIL", "530 5.7.0 log in\r\n", FAKE_GO_ON, ERR_CONF, 530, false,
	    NULL },
	{ "MAIL", "550 5.7.1 you are blocked\r\n", FAKE_GO_ON, ERR_CONF, 550,
	    false, "5.7.1 you are blocked" },
	{ "MAIL", "552 5.3.4 too large\r\n", FAKE_GO_ON, ERR_PERM, 552, false,
	    NULL },
	{ "MAIL", "451 4.3.0 busy\r\n", FAKE_GO_ON, ERR_TEMP, 451, false,
	    NULL },
	{ "RCPT", "550 5.1.1 no such user\r\n", FAKE_GO_ON, ERR_PERM, 550,
	    false, "5.1.1 no such user" },
	{ "RCPT", "550-5.1.1 no such\r\n550 5.1.1 user\r\n", FAKE_GO_ON,
	    ERR_PERM, 550, false, "5.1.1 no such 5.1.1 user" },
	{ "RCPT", "551 moved\r\n", FAKE_GO_ON, ERR_PERM, 551, false, NULL },
	{ "RCPT", "553 bad name\r\n", FAKE_GO_ON, ERR_PERM, 553, false, NULL },
	{ "RCPT", "550 5.2.1 disabled\r\n", FAKE_GO_ON, ERR_PERM, 550, false,
	    NULL },
	{ "RCPT", "550 5.7.1 he wants none of this\r\n", FAKE_GO_ON, ERR_PERM,
	    550, false, NULL },
	{ "RCPT", "450 4.2.0 greylisted\r\n", FAKE_GO_ON, ERR_TEMP, 450, false,
	    NULL },
	{ "RCPT", "452 4.2.2 mailbox full\r\n", FAKE_GO_ON, ERR_TEMP, 452,
	    false, NULL },
	{ "RCPT", "554 5.7.1 Relay access denied\r\n", FAKE_GO_ON, ERR_CONF,
	    554, false, NULL },
	{ "RCPT", "554 5.7.1 Recipient address rejected: Access denied\r\n",
	    FAKE_GO_ON, ERR_CONF, 554, false, NULL },
	{ "RCPT", "550 5.4.1 Recipient address rejected: Access denied\r\n",
	    FAKE_GO_ON, ERR_PERM, 550, false, NULL },
	{ "RCPT", "553 5.7.1 Sender address rejected: not yours\r\n",
	    FAKE_GO_ON, ERR_CONF, 553, false, NULL },
	{ "RCPT", NULL, FAKE_HANG, ERR_TEMP, 0, false, NULL },
	{ "DATA", "554 5.5.1 no valid recipients\r\n", FAKE_GO_ON, ERR_PERM,
	    554, false, NULL },
	{ "DATA", "451 4.3.0 disk\r\n", FAKE_GO_ON, ERR_TEMP, 451, false,
	    NULL },
	{ "DATA", NULL, FAKE_CLOSE, ERR_TEMP, 0, false, NULL },
	{ ".", "554 5.7.1 looks like spam\r\n", FAKE_GO_ON, ERR_PERM, 554,
	    false, NULL },
	{ ".", "552 5.2.2 full\r\n", FAKE_GO_ON, ERR_PERM, 552, false, NULL },
	{ ".", "550 5.4.5 Daily sending quota exceeded\r\n", FAKE_GO_ON,
	    ERR_CONF, 550, false, NULL },
	{ ".", "451 4.3.0 later\r\n", FAKE_GO_ON, ERR_TEMP, 451, false, NULL },
	{ ".", NULL, FAKE_CLOSE, ERR_TEMP, 0, true, NULL },
	{ ".", NULL, FAKE_HANG, ERR_TEMP, 0, true, NULL },
};

static void
each_answer_has_its_meaning(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(outcomes); i++) {
		const struct fake_rule rules[] = {
			{ .on = outcomes[i].on,
			    .say = outcomes[i].say,
			    .then = outcomes[i].then },
			{ 0 },
		};
		struct bench bench scoped(bench_close) = {
			.account.tls = TLS_NONE,
		};
		struct receipt receipt;

		bench_open(&bench, rules);
		start_mail(&bench, &to_zhang);
		receipt = sending_wait(&bench.link);
		if (receipt.result != outcomes[i].result ||
		    receipt.code != outcomes[i].code ||
		    receipt.is_unknown != outcomes[i].is_unknown ||
		    (outcomes[i].answer != NULL &&
			strcmp(receipt.answer, outcomes[i].answer) != 0) ||
		    receipt.answer[0] == '\0')
			fail_msg("%s at %s: %s %d unknown %d, %s",
			    outcomes[i].say == NULL ? "silence"
						    : outcomes[i].say,
			    outcomes[i].on, err_kind_name(receipt.result),
			    receipt.code, receipt.is_unknown, receipt.answer);
	}
}

/* Then the mails of other estates go on. */
static void
an_address_that_may_not_send_is_not_the_account(void **state)
{
	static const struct {
		const char *on, *say;
		bool is_of_sender;
	} cases[] = {
		{ "MAIL", "553 5.7.1 not owned by user relay\r\n", true },
		{ "MAIL", "501 5.1.7 bad syntax\r\n", true },
		{ "MAIL", "550 5.1.8 domain not found\r\n", true },
		{ "MAIL", "550 Sender address not allowed\r\n", true },
		{ "RCPT",
		    "553 5.7.1 <a@b.example>: Sender address rejected: not "
		    "owned by user relay@b.example\r\n",
		    true },
		{ "MAIL", "550 5.7.1 you are blocked\r\n", false },
		{ "MAIL", "530 5.7.0 log in\r\n", false },
		{ "MAIL", "553 5.4.5 your quota\r\n", false },
		{ "RCPT", "554 5.7.1 Relay access denied\r\n", false },
		{ "RCPT", "550 5.1.1 no such user\r\n", false },
		{ "", "554 5.7.1 not you\r\n", false },
	};

	(void)state;
	for (size_t i = 0; i < 2 * ARRAY_COUNT(cases); i++) {
		bool is_bounce = i >= ARRAY_COUNT(cases);
		size_t at = i % ARRAY_COUNT(cases);
		const struct fake_rule rules[] = {
			{ .on = cases[at].on, .say = cases[at].say },
			{ 0 },
		};
		struct outgoing out = to_zhang;
		struct bench bench scoped(bench_close) = {
			.account.tls = TLS_NONE,
		};
		struct receipt receipt;

		out.null_sender = is_bounce;
		bench_open(&bench, rules);
		start_mail(&bench, &out);
		receipt = sending_wait(&bench.link);
		if (receipt.is_of_sender != (cases[at].is_of_sender && !is_bounce))
			fail_msg("%s at %s", cases[at].say, cases[at].on);
	}
}

static void
a_refusal_costs_only_its_own_mail(void **state)
{
	static const struct fake_rule rules[] = {
		{ .on = "RCPT",
		    .say = "550 5.1.1 no such user\r\n",
		    .once = true },
		/* Not even a server that ignores our farewell. */
		{ .on = "QUIT", .then = FAKE_HANG },
		{ 0 },
	};
	struct bench bench scoped(bench_close) = { .account.tls = TLS_NONE };

	(void)state;
	bench_open(&bench, rules);
	start_mail(&bench, &to_zhang);
	start_mail(&bench, &to_zhang);
	assert_int_equal(sending_wait(&bench.link).result, ERR_PERM);
	assert_int_equal(sending_wait(&bench.link).result, ERR_NONE);
}

static void
a_connection_lost_within_the_mail_is_no_riddle(void **state)
{
	static const struct fake_rule rules[] = {
		{ .on = "BODY", .then = FAKE_CLOSE },
		{ 0 },
	};
	enum { SIZE = 8 << 20 };
	struct bench bench scoped(bench_close) = { .account.tls = TLS_NONE };
	struct err err = { 0 };
	struct send_job job = {
		.out = &to_zhang,
		.envelope_from = "desk@sunshine.example",
		.wire_len = SIZE,
	};
	struct receipt receipt;
	char *wire = malloc(SIZE);

	(void)state;
	assert_non_null(wire);
	for (size_t i = 0; i < SIZE; i++)
		wire[i] = i % 64 == 62 ? '\r' : i % 64 == 63 ? '\n' : 'a';
	bench_open(&bench, rules);
	job.wire = wire;
	assert_int_equal(
	    bench.link.sender->start(bench.link.sender->self, &job, &err), 0);
	free(wire);
	receipt = sending_wait(&bench.link);
	assert_int_equal(receipt.result, ERR_TEMP);
	/* The final dot had not gone out: the server cannot have the mail. */
	assert_false(receipt.is_unknown);
}

static void
a_wrong_password_is_for_the_operator(void **state)
{
	static const struct {
		const char *say;
		enum err_kind result;
	} cases[] = {
		{ "535 5.7.8 wrong\r\n", ERR_CONF },
		{ "454 4.7.0 not now\r\n", ERR_TEMP },
		{ "421 4.7.0 not now\r\n", ERR_TEMP },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct fake_rule rules[] = {
			{ .on = "EHLO",
			    .say = "250-fake\r\n250 AUTH PLAIN LOGIN\r\n" },
			{ .on = "AUTH", .say = cases[i].say },
			{ 0 },
		};
		struct bench bench scoped(bench_close) = {
			.account = { .tls = TLS_NONE,
			    .user = "desk",
			    .password = "s3cret" },
		};
		struct receipt receipt;

		bench_open(&bench, rules);
		start_mail(&bench, &to_zhang);
		receipt = sending_wait(&bench.link);
		assert_int_equal(receipt.result, cases[i].result);
		assert_null(strstr(receipt.answer, "s3cret"));
	}
}

static void
without_starttls_nothing_is_said(void **state)
{
	static const struct fake_rule rules[] = { { 0 } };
	struct bench bench scoped(bench_close) = {
		.account = { .tls = TLS_STARTTLS,
		    .user = "u",
		    .password = "p" },
	};

	(void)state;
	bench_open(&bench, rules);
	start_mail(&bench, &to_zhang);
	assert_int_equal(sending_wait(&bench.link).result, ERR_CONF);
	struct buf heard scoped(buf_done) = fake_heard(bench.link.fake);

	assert_null(strstr(buf_text(&heard), "AUTH"));
	assert_null(strstr(buf_text(&heard), "MAIL FROM"));
}

static void
nobody_there_is_temporary(void **state)
{
	static const struct fake_rule rules[] = { { 0 } };
	struct bench bench scoped(bench_close) = { .account.tls = TLS_NONE };
	struct receipt receipt;

	(void)state;
	bench_open(&bench, rules);
	fake_stop(&bench.link.fake);
	start_mail(&bench, &to_zhang);
	receipt = sending_wait(&bench.link);
	assert_int_equal(receipt.result, ERR_TEMP);
	assert_int_equal(receipt.code, 0);
}

static void
an_idle_connection_that_the_server_closed_costs_nothing(void **state)
{
	static const char *const farewells[] = { "250 ok\r\n",
		"250 ok\r\n421 4.4.2 idle too long\r\n" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(farewells); i++) {
		const struct fake_rule rules[] = {
			{ .on = ".", .say = farewells[i], .then = FAKE_CLOSE },
			{ 0 },
		};
		struct bench bench scoped(bench_close) = {
			.account.tls = TLS_NONE,
		};

		bench_open(&bench, rules);
		for (int j = 0; j < 10; j++) {
			start_mail(&bench, &to_zhang);
			assert_int_equal(
			    sending_wait(&bench.link).result, ERR_NONE);
		}
	}
}

static void
a_server_that_always_hangs_up_is_asked_twice_only(void **state)
{
	static const struct fake_rule rules[] = {
		{ .on = "MAIL", .say = "250 ok\r\n", .once = true },
		{ .on = "MAIL", .then = FAKE_CLOSE },
		{ 0 },
	};
	struct bench bench scoped(bench_close) = { .account.tls = TLS_NONE };

	(void)state;
	bench_open(&bench, rules);
	start_mail(&bench, &to_zhang);
	start_mail(&bench, &to_zhang);
	assert_int_equal(sending_wait(&bench.link).result, ERR_NONE);
	assert_int_equal(sending_wait(&bench.link).result, ERR_TEMP);
	struct buf heard scoped(buf_done) = fake_heard(bench.link.fake);

	assert_non_null(strstr(buf_text(&heard), "2 MAIL"));
	assert_null(strstr(buf_text(&heard), "3 EHLO"));
}

static void
clear_text_leaves_no_machine(void **state)
{
	static const struct smtp_account account = {
		.name = "out",
		.host = "mail.sunshine.example",
		.port = 25,
		.tls = TLS_NONE,
	};
	struct err err = { 0 };
	struct transfers *transfers = transfers_open(&err);

	(void)state;
	assert_null(smtp_sender_open(transfers, &account, &err));
	assert_int_equal(err.kind, ERR_CONF);
	transfers_close(&transfers);
}

static void
a_job_that_could_be_two_commands_is_refused(void **state)
{
	static const struct fake_rule rules[] = { { 0 } };
	static const struct {
		const char *to;
		const char *from;
		enum err_kind kind;
	} cases[] = {
		{ "a@b.example>\r\nRCPT TO:<c@d.example", "x@y.example",
		    ERR_DATA },
		{ "a@b.example", "x@y.example>\r\nDATA", ERR_BUG },
		{ "a@b.example", NULL, ERR_BUG },
	};
	struct bench bench scoped(bench_close) = { .account.tls = TLS_NONE };

	(void)state;
	bench_open(&bench, rules);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct outgoing out = { .id = 1, .to = cases[i].to };
		const struct send_job job = {
			.out = &out,
			.wire = mail,
			.wire_len = sizeof(mail) - 1,
			.envelope_from = cases[i].from,
		};
		struct err err = { 0 };

		assert_int_equal(bench.link.sender->start(
				     bench.link.sender->self, &job, &err),
		    -1);
		assert_int_equal(err.kind, cases[i].kind);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_is_handed_in_byte_for_byte),
		cmocka_unit_test(an_acknowledgement_has_the_null_sender),
		cmocka_unit_test(one_connection_serves_many_mails),
		cmocka_unit_test(an_urgent_mail_overtakes),
		cmocka_unit_test(each_answer_has_its_meaning),
		cmocka_unit_test(an_address_that_may_not_send_is_not_the_account),
		cmocka_unit_test(a_refusal_costs_only_its_own_mail),
		cmocka_unit_test(
		    a_connection_lost_within_the_mail_is_no_riddle),
		cmocka_unit_test(a_wrong_password_is_for_the_operator),
		cmocka_unit_test(without_starttls_nothing_is_said),
		cmocka_unit_test(nobody_there_is_temporary),
		cmocka_unit_test(
		    an_idle_connection_that_the_server_closed_costs_nothing),
		cmocka_unit_test(
		    a_server_that_always_hangs_up_is_asked_twice_only),
		cmocka_unit_test(clear_text_leaves_no_machine),
		cmocka_unit_test(a_job_that_could_be_two_commands_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
