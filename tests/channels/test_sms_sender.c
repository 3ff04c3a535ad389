#include <stdio.h>
#include <string.h>

#include "core/config.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "tests/channels/sending.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/gateway.h"

enum { HURRY_MS = 300 };

#define ANSWER(status, length, body) \
	"HTTP/1.1 " status "\r\nContent-Length: " length "\r\n\r\n" body
#define ACCEPTED ANSWER("202 Accepted", "26", "0: Accepted for delivery\r\n")

struct bench {
	struct sending link;
	struct gateway gateway;
};

#define KANNEL "preset = \"kannel\";"
#define JSON   "preset = \"json\";"
#define SILENT " has_reports = false;"

static void
bench_open(
    struct bench *bench, const char *settings, const struct fake_rule *rules)
{
	struct err err = { 0 };
	char all[1000];

	sending_to_fake(&bench->link, FAKE_HTTP, rules, HURRY_MS);
	(void)snprintf(all, sizeof(all),
	    "url = \"http://127.0.0.1:%u/cgi-bin/sendsms\"; user = \"tester\"; "
	    "password_file = \"secrets/password\"; %s",
	    fake_port(bench->link.fake), settings);
	gateway_open(&bench->gateway, all);
	bench->link.sender = sms_sender_open(
	    bench->link.transfers, bench->gateway.channel, &err);
	if (bench->link.sender == NULL)
		fail_msg("%s", err.msg);
}

static void
bench_close(struct bench *bench)
{
	sending_close(&bench->link);
	gateway_close(&bench->gateway);
}

static void
start_text(struct bench *bench, const struct outgoing *out)
{
	const struct send_job job = { .out = out, .attempt = 5 };

	sending_start(&bench->link, &job);
}

static const struct outgoing to_zhang = {
	.id = 881,
	.to = "+8613800138000",
	.text = "Water & more: 100%",
	.created_at = 1795416814000,
};

static void
kannel_gets_a_query_with_everything_escaped(void **state)
{
	static const struct fake_rule rules[] = {
		{ .on = "", .say = ACCEPTED },
		{ 0 },
	};
	struct bench bench scoped(bench_close) = { 0 };
	struct outgoing out = to_zhang;
	struct receipt receipt;

	(void)state;
	bench_open(&bench,
	    KANNEL "push_secret_file = \"secrets/push\"; "
		   "public_url = \"http://127.0.0.1:8080\";",
	    rules);
	start_text(&bench, &out);
	receipt = sending_wait(&bench.link);
	assert_int_equal(receipt.result, ERR_NONE);
	assert_int_equal(receipt.code, 202);
	assert_int_equal(receipt.out, 881);
	assert_int_equal(receipt.attempt, 5);
	assert_string_equal(receipt.answer, "0: Accepted for delivery");
	out.text = "您好";
	start_text(&bench, &out);
	assert_int_equal(sending_wait(&bench.link).result, ERR_NONE);
	struct buf heard scoped(buf_done) = fake_heard(bench.link.fake);

	assert_non_null(strstr(buf_text(&heard),
	    "1 GET /cgi-bin/sendsms?username=tester&password=foo%26bar&from=777"
	    "&to=%2B8613800138000&charset=UTF-8"
	    "&text=Water%20%26%20more%3A%20100%25&dlr-mask=31&dlr-url="
	    "http%3A%2F%2F127.0.0.1%3A8080%2Fsms%2Fgateway%2Fp%25%2525s-secret"
	    "%2Fdlr%3Fid%3D881-5-1795416814000%26type%3D%25d%26ts%3D%25T%26reply%3D%25A"
	    "%26fid%3D%25F HTTP/1.1\r\n"));
	assert_non_null(strstr(buf_text(&heard),
	    "&charset=UTF-8&coding=2&text=%E6%82%A8%E5%A5%BD&"));
	assert_null(strstr(buf_text(&heard), "Authorization"));
}

static void
without_reports_none_is_asked_for(void **state)
{
	static const struct fake_rule rules[] = {
		{ .on = "", .say = ACCEPTED },
		{ 0 },
	};
	struct bench bench scoped(bench_close) = { 0 };

	(void)state;
	bench_open(&bench, KANNEL SILENT, rules);
	start_text(&bench, &to_zhang);
	assert_int_equal(sending_wait(&bench.link).result, ERR_NONE);
	struct buf heard scoped(buf_done) = fake_heard(bench.link.fake);

	assert_null(strstr(buf_text(&heard), "dlr"));
}

static void
a_json_gateway_gets_id_number_and_text(void **state)
{
	static const struct fake_rule rules[] = {
		{ .on = "POST /cgi-bin/sendsms HTTP/1.1",
		    .say = ANSWER("202 Accepted", "14", "{\"id\": \"ab-9\"}") },
		{ 0 },
	};
	struct bench bench scoped(bench_close) = { 0 };
	struct receipt receipt;

	(void)state;
	bench_open(&bench, JSON SILENT, rules);
	start_text(&bench, &to_zhang);
	receipt = sending_wait(&bench.link);
	assert_int_equal(receipt.result, ERR_NONE);
	assert_string_equal(receipt.provider_id, "ab-9");
	struct buf heard scoped(buf_done) = fake_heard(bench.link.fake);

	assert_non_null(strstr(buf_text(&heard),
	    "\r\nAuthorization: Basic dGVzdGVyOmZvbyZiYXI=\r\n"));
	assert_non_null(
	    strstr(buf_text(&heard), "\r\nContent-Type: application/json\r\n"));
	assert_non_null(strstr(buf_text(&heard),
	    "\r\n\r\n{\"id\":\"881-1795416814000\",\"to\":\"+8613800138000\","
	    "\"text\":\"Water & more: 100%\"}"));
}

/* What each answer means. */
static const struct {
	const char *settings;
	const char *say;
	enum fake_then then;
	enum err_kind result;
	int code;
	bool is_unknown;
	const char *provider_id;
} outcomes[] = {
	{ KANNEL SILENT,
	    ANSWER("202 Accepted", "28", "3: Queued for later delivery"),
	    FAKE_GO_ON, ERR_NONE, 202, false, "" },
	{ KANNEL SILENT,
	    ANSWER("202 Accepted", "31", "Sent. Denied receivers are: +86"),
	    FAKE_GO_ON, ERR_PERM, 202, false, "" },
	{ KANNEL SILENT,
	    ANSWER("403 Forbidden", "32", "Authorization failed for sendsms"),
	    FAKE_GO_ON, ERR_CONF, 403, false, "" },
	{ KANNEL SILENT,
	    ANSWER("403 Forbidden", "29", "Not routable. Do not try again."),
	    FAKE_GO_ON, ERR_PERM, 403, false, "" },
	{ KANNEL SILENT,
	    ANSWER("400 Bad", "33", "Missing receiver number, rejected"),
	    FAKE_GO_ON, ERR_PERM, 400, false, "" },
	{ KANNEL SILENT,
	    ANSWER(
		"400 Bad", "42", "Sender missing and no global set, rejected"),
	    FAKE_GO_ON, ERR_CONF, 400, false, "" },
	{ KANNEL SILENT,
	    ANSWER("400 Bad", "32", "DLR-URL field misformed, rejected"),
	    FAKE_GO_ON, ERR_CONF, 400, false, "" },
	{ KANNEL SILENT, ANSWER("404 Not Found", "16", "Unknown request."),
	    FAKE_GO_ON, ERR_CONF, 404, false, "" },
	{ KANNEL SILENT,
	    ANSWER("503 Busy", "32", "Temporal failure, try again later."),
	    FAKE_GO_ON, ERR_TEMP, 503, false, "" },
	{ KANNEL SILENT, ANSWER("500 Bad", "15", "Sending failed."), FAKE_GO_ON,
	    ERR_TEMP, 500, false, "" },
	{ KANNEL SILENT, ANSWER("504 Slow", "4", "Wait"), FAKE_GO_ON, ERR_TEMP,
	    504, true, "" },
	{ KANNEL SILENT, ANSWER("200 OK", "13", "<html>Welcome"), FAKE_GO_ON,
	    ERR_TEMP, 200, true, "" },
	{ KANNEL SILENT, ANSWER("204 No Content", "0", ""), FAKE_GO_ON,
	    ERR_TEMP, 204, true, "" },
	{ KANNEL SILENT,
	    "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 1\r\n\r\nx",
	    FAKE_GO_ON, ERR_CONF, 302, false, "" },
	{ KANNEL SILENT, NULL, FAKE_CLOSE, ERR_TEMP, 0, true, "" },
	{ KANNEL SILENT, NULL, FAKE_HANG, ERR_TEMP, 0, true, "" },
	{ KANNEL SILENT, "HTTP/1.1 202 Acc", FAKE_CLOSE, ERR_TEMP, 0, true,
	    "" },
	{ KANNEL SILENT,
	    "HTTP/1.1 202 Accepted\r\nContent-Length: 99\r\n\r\n0: Acc",
	    FAKE_CLOSE, ERR_NONE, 202, false, "" },
	{ JSON SILENT, ANSWER("201 Created", "9", "{\"id\":77}"), FAKE_GO_ON,
	    ERR_NONE, 201, false, "77" },
	{ JSON SILENT, ANSWER("200 OK", "6", "thanks"), FAKE_GO_ON, ERR_NONE,
	    200, false, "" },
	{ JSON SILENT, ANSWER("409 Conflict", "12", "{\"id\":\"x1\"}\r\n"),
	    FAKE_GO_ON, ERR_NONE, 409, false, "x1" },
	{ JSON SILENT, ANSWER("400 Bad", "3", "bad"), FAKE_GO_ON, ERR_PERM, 400,
	    false, "" },
	{ JSON SILENT, ANSWER("422 Bad", "3", "bad"), FAKE_GO_ON, ERR_PERM, 422,
	    false, "" },
	{ JSON SILENT, ANSWER("401 No", "3", "who"), FAKE_GO_ON, ERR_CONF, 401,
	    false, "" },
	{ JSON SILENT, ANSWER("403 No", "2", "no"), FAKE_GO_ON, ERR_CONF, 403,
	    false, "" },
	{ JSON SILENT, ANSWER("429 Slow", "4", "slow"), FAKE_GO_ON, ERR_TEMP,
	    429, false, "" },
	{ JSON SILENT, ANSWER("503 Busy", "4", "busy"), FAKE_GO_ON, ERR_TEMP,
	    503, false, "" },
	{ JSON SILENT, NULL, FAKE_HANG, ERR_TEMP, 0, true, "" },
};

static void
each_answer_has_its_meaning(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(outcomes); i++) {
		const struct fake_rule rules[] = {
			{ .on = "",
			    .say = outcomes[i].say,
			    .then = outcomes[i].then },
			{ 0 },
		};
		struct bench bench scoped(bench_close) = { 0 };
		struct receipt receipt;

		bench_open(&bench, outcomes[i].settings, rules);
		start_text(&bench, &to_zhang);
		receipt = sending_wait(&bench.link);
		if (receipt.result != outcomes[i].result ||
		    receipt.code != outcomes[i].code ||
		    receipt.is_unknown != outcomes[i].is_unknown ||
		    strcmp(receipt.provider_id, outcomes[i].provider_id) != 0 ||
		    receipt.answer[0] == '\0' ||
		    strstr(receipt.answer, "foo") != NULL)
			fail_msg("case %zu: %s %d unknown %d id %s, %s", i,
			    err_kind_name(receipt.result), receipt.code,
			    receipt.is_unknown, receipt.provider_id,
			    receipt.answer);
	}
}

/* What the admin is told is never nothing. */
static void
a_refusal_is_told_with_its_status(void **state)
{
	static const struct {
		const char *say, *answer;
	} cases[] = {
		{ ANSWER("302 Found", "0", ""), "HTTP 302" },
		{ ANSWER("403 Forbidden", "6", "\n\t no\n"), "HTTP 403 no" },
		{ ANSWER("404 Not Found", "3", "\1\2\3"), "HTTP 404" },
		{ ANSWER("200 OK", "0", ""), "HTTP 200" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct fake_rule rules[] = {
			{ .on = "", .say = cases[i].say },
			{ 0 },
		};
		struct bench bench scoped(bench_close) = { 0 };

		bench_open(&bench, KANNEL SILENT, rules);
		start_text(&bench, &to_zhang);
		assert_string_equal(
		    sending_wait(&bench.link).answer, cases[i].answer);
	}
}

static void
the_pause_that_a_gateway_wants_is_known(void **state)
{
#define PAUSE(status, pause)                             \
	"HTTP/1.1 " status "\r\nRetry-After: " pause     \
	"\r\nContent-Length: 4\r\n\r\nwait"
	static const struct {
		const char *say;
		msec_t from, to;
	} cases[] = {
		{ PAUSE("429 Slow", "120"), 2 * MSEC_MINUTE, 2 * MSEC_MINUTE },
		{ PAUSE("503 Busy", "7"), 7 * MSEC_SECOND, 7 * MSEC_SECOND },
		{ PAUSE("503 Busy", "99999999"), 6 * MSEC_HOUR, 6 * MSEC_HOUR },
		{ PAUSE("503 Busy", "Fri, 31 Dec 2100 23:59:59 GMT"),
		    6 * MSEC_HOUR, 6 * MSEC_HOUR },
		{ PAUSE("503 Busy", "Fri, 31 Dec 1999 23:59:59 GMT"), 0, 0 },
		{ PAUSE("503 Busy", "-5"), 0, 0 },
		{ PAUSE("503 Busy", "soon"), 0, 0 },
		{ PAUSE("403 No", "120"), 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct fake_rule rules[] = {
			{ .on = "", .say = cases[i].say },
			{ 0 },
		};
		struct bench bench scoped(bench_close) = { 0 };
		msec_t pause;

		bench_open(&bench, KANNEL SILENT, rules);
		start_text(&bench, &to_zhang);
		pause = sending_wait(&bench.link).retry_after;
		if (pause < cases[i].from || pause > cases[i].to)
			fail_msg("case %zu: %lld", i, (long long)pause);
	}
}

static void
a_text_is_asked_for_once_only(void **state)
{
	static const struct fake_rule rules[] = {
		{ .on = "", .say = ACCEPTED, .once = true },
		{ .on = "", .then = FAKE_CLOSE },
		{ 0 },
	};
	struct bench bench scoped(bench_close) = { 0 };
	size_t count = 0;

	(void)state;
	bench_open(&bench, KANNEL SILENT, rules);
	start_text(&bench, &to_zhang);
	assert_int_equal(sending_wait(&bench.link).result, ERR_NONE);
	/* On a kept connection libcurl would quietly ask once more. */
	start_text(&bench, &to_zhang);
	assert_true(sending_wait(&bench.link).is_unknown);
	struct buf heard scoped(buf_done) = fake_heard(bench.link.fake);

	for (const char *at = buf_text(&heard);
	     (at = strstr(at, "GET /")) != NULL; at++)
		count++;
	assert_int_equal(count, 2);
}

/* A text that may be there already is asked for before it goes again. */
static void
a_text_of_unknown_fate_is_looked_for_first(void **state)
{
#define LIST(body)                                                                    \
	{                                                                             \
		.on =                                                                 \
		    "GET /cgi-bin/sendsms/2010-04-01/Accounts/AC1/Messages.json?To=", \
		.say = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" body,           \
		.then = FAKE_CLOSE                                                    \
	}
	static const struct {
		struct fake_rule rules[3];
		enum err_kind result;
		bool is_unknown, was_sent;
		const char *id;
	} cases[] = {
		{ { LIST("{\"messages\":[{\"sid\":\"SM0\",\"body\":\"y\"},"
			 "{\"sid\":\"SM7\",\"body\":\"Water & more: 100%\"}]}"),
		      { 0 } },
		    ERR_NONE, false, false, "SM7" },
		{ { LIST("{\"messages\":[{\"sid\":\"SM0\",\"body\":\"y\"}]}"),
		      { .on = "POST",
			  .say = ANSWER(
			      "201 Created", "13", "{\"sid\":\"SM8\"}") },
		      { 0 } },
		    ERR_NONE, false, true, "SM8" },
		{ { LIST("<html>"), { 0 } }, ERR_TEMP, true, false, "" },
		{ { { .on = "GET", .then = FAKE_CLOSE }, { 0 } }, ERR_TEMP,
		    true, false, "" },
		{ { { .on = "GET", .say = ANSWER("503 Busy", "4", "busy") },
		      { 0 } },
		    ERR_TEMP, true, false, "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct bench bench scoped(bench_close) = { 0 };
		const struct send_job job = {
			.out = &to_zhang, .attempt = 6, .may_be_there = true
		};
		struct receipt receipt;

		bench_open(&bench,
		    "preset = \"twilio\"; values: { account = \"AC1\"; };" SILENT,
		    cases[i].rules);
		sending_start(&bench.link, &job);
		receipt = sending_wait(&bench.link);
		struct buf heard scoped(buf_done) = fake_heard(bench.link.fake);
		bool was_sent = strstr(buf_text(&heard), "POST /") != NULL;

		if (receipt.result != cases[i].result ||
		    receipt.is_unknown != cases[i].is_unknown ||
		    strcmp(receipt.provider_id, cases[i].id) != 0 ||
		    was_sent != cases[i].was_sent)
			fail_msg("case %zu: %s %d %s sent %d\n%s", i,
			    err_kind_name(receipt.result), receipt.is_unknown,
			    receipt.provider_id, was_sent, buf_text(&heard));
	}
}

static void
a_gateway_that_is_not_there_has_nothing(void **state)
{
	static const struct fake_rule rules[] = { { 0 } };
	struct bench bench scoped(bench_close) = { 0 };
	struct receipt receipt;

	(void)state;
	bench_open(&bench, KANNEL SILENT, rules);
	fake_stop(&bench.link.fake);
	start_text(&bench, &to_zhang);
	receipt = sending_wait(&bench.link);
	assert_int_equal(receipt.result, ERR_TEMP);
	assert_false(receipt.is_unknown);
}

static void
a_text_of_too_many_parts_does_not_leave(void **state)
{
	static const struct fake_rule rules[] = {
		{ .on = "", .say = ACCEPTED },
		{ 0 },
	};
	struct bench bench scoped(bench_close) = { 0 };
	struct outgoing out = to_zhang;
	struct receipt receipt;
	char text[400] = "";

	(void)state;
	memset(text, 'a', 307);
	out.text = text;
	bench_open(&bench, KANNEL SILENT " max_parts = 2;", rules);
	start_text(&bench, &out);
	receipt = sending_wait(&bench.link);
	assert_int_equal(receipt.result, ERR_PERM);
	assert_string_equal(
	    receipt.answer, "text needs 3 parts, allowed are 2");
	text[306] = '\0';
	start_text(&bench, &out);
	assert_int_equal(sending_wait(&bench.link).result, ERR_NONE);
	struct buf heard scoped(buf_done) = fake_heard(bench.link.fake);

	assert_null(strstr(buf_text(&heard), "2 GET"));
}

static void
the_pace_is_kept(void **state)
{
	static const struct fake_rule rules[] = {
		{ .on = "", .say = ACCEPTED },
		{ 0 },
	};
	struct bench bench scoped(bench_close) = { 0 };
	mono_t earliest;

	(void)state;
	bench_open(&bench, KANNEL SILENT " per_second = 20;", rules);
	earliest = mono_add(clock_mono(), 4 * 50);
	for (int i = 0; i < 5; i++)
		start_text(&bench, &to_zhang);
	assert_true(transfers_running(bench.link.transfers) > 0);
	for (int i = 0; i < 5; i++)
		assert_int_equal(sending_wait(&bench.link).result, ERR_NONE);
	assert_int_equal(mono_left_ms(earliest), 0);
	assert_int_equal(transfers_running(bench.link.transfers), 0);
}

static void
only_a_full_number_gets_a_text(void **state)
{
	static const struct fake_rule rules[] = { { 0 } };
	static const struct {
		const char *to;
		const char *text;
		enum err_kind kind;
	} cases[] = {
		{ "10086", "x", ERR_DATA },
		{ "+8613800138000&text=y", "x", ERR_DATA },
		{ "+8613800138000", "", ERR_BUG },
		{ "+8613800138000", NULL, ERR_BUG },
	};
	struct bench bench scoped(bench_close) = { 0 };

	(void)state;
	bench_open(&bench, KANNEL SILENT, rules);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct outgoing out = {
			.id = 1,
			.to = cases[i].to,
			.text = cases[i].text,
		};
		const struct send_job job = { .out = &out };
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
		cmocka_unit_test(kannel_gets_a_query_with_everything_escaped),
		cmocka_unit_test(without_reports_none_is_asked_for),
		cmocka_unit_test(a_json_gateway_gets_id_number_and_text),
		cmocka_unit_test(each_answer_has_its_meaning),
		cmocka_unit_test(a_refusal_is_told_with_its_status),
		cmocka_unit_test(the_pause_that_a_gateway_wants_is_known),
		cmocka_unit_test(a_text_is_asked_for_once_only),
		cmocka_unit_test(a_text_of_unknown_fate_is_looked_for_first),
		cmocka_unit_test(a_gateway_that_is_not_there_has_nothing),
		cmocka_unit_test(a_text_of_too_many_parts_does_not_leave),
		cmocka_unit_test(the_pace_is_kept),
		cmocka_unit_test(only_a_full_number_gets_a_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
