#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <string.h>

#include "channels/transfer.h"
#include "channels/transfers.h"
#include "core/config.h"
#include "core/limits.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "tests/support/fake_server.h"

enum { HURRY_MS = 3000, PATIENCE_MS = 20000 };

struct bench {
	struct transfers *transfers;
	struct fake *fake;
	struct sms_channel channel;
	struct sms_provider provider;
	struct sms_poller *poller;
	enum sms_paging paging;
	char url[100];
};

static void
bench_open(struct bench *bench, const struct fake_rule *rules, int hurry_ms)
{
	struct err err = { 0 };

	bench->fake = fake_start(FAKE_HTTP, rules);
	bench->transfers = transfers_open(&err);
	assert_non_null(bench->transfers);
	transfers_hurry(bench->transfers, hurry_ms);
	(void)snprintf(bench->url, sizeof(bench->url), "http://127.0.0.1:%u",
	    fake_port(bench->fake));
	bench->provider = (struct sms_provider){
		.auth = { .kind = SMS_AUTH_BASIC,
		    .user = "{user}",
		    .password = "{password}" },
		.poll = { .is_there = true,
		    .paging = bench->paging,
		    .limit = 50,
		    .request.url =
			"{url}/in?from={since|iso|url}&after={cursor|url}"
			"&x={Y}" },
	};
	bench->channel.provider = &bench->provider;
	bench->channel.name = "gateway";
	bench->channel.url = bench->url;
	bench->channel.user = "tester";
	bench->channel.password = "foobar";
	bench->poller = sms_poller_open(
	    bench->transfers, &bench->channel, &bench->provider.poll, &err);
	if (bench->poller == NULL)
		fail_msg("%s", err.msg);
}

static void
bench_close(struct bench *bench)
{
	sms_poller_close(&bench->poller);
	transfers_close(&bench->transfers);
	fake_stop(&bench->fake);
}

static struct poll_answer
look(struct bench *bench, msec_t since, const char *cursor)
{
	mono_t deadline = mono_add(clock_mono(), PATIENCE_MS);
	struct poll_answer answer;
	struct err err = { 0 };

	if (sms_poller_start(bench->poller,
		&(struct poll_look){ .since = since, .cursor = cursor },
		&err) < 0)
		fail_msg("%s", err.msg);
	while (!sms_poller_collect(bench->poller, &answer)) {
		if (mono_left_ms(deadline) == 0)
			fail_msg("no answer");
		assert_int_equal(
		    transfers_wait(bench->transfers, NULL, 0, 1000, &err), 0);
	}
	return answer;
}

static void
the_answer_comes_as_it_is(void **state)
{
	static const struct fake_rule rules[] = {
		{ .on = "GET",
		    .say = "HTTP/1.1 200 OK\r\nX-Next-Cursor: p2\r\n"
			   "Content-Length: 2\r\n\r\n[]" },
		{ 0 },
	};
	struct bench bench scoped(bench_close) = { 0 };
	struct poll_answer answer;

	(void)state;
	bench_open(&bench, rules, HURRY_MS);
	for (int i = 0; i < 2; i++) {
		answer = look(&bench, 1795416814000, "a b&c");
		assert_int_equal(answer.result, ERR_NONE);
		assert_int_equal(answer.code, 200);
		assert_string_equal(buf_text(&answer.body), "[]");
		assert_string_equal(answer.next, "p2");
		buf_done(&answer.body);
	}
	struct buf heard scoped(buf_done) = fake_heard(bench.fake);

	assert_non_null(strstr(buf_text(&heard),
	    "1 GET /in?from=2026-11-23T06%3A53%3A34Z&after=a%20b%26c"));
	assert_non_null(strstr(
	    buf_text(&heard), "Authorization: Basic dGVzdGVyOmZvb2Jhcg=="));
}

static void
instants_are_written_in_utc(void **state)
{
	static const struct fake_rule rules[] = {
		{ .on = "GET",
		    .say = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" },
		{ 0 },
	};
	static const struct {
		msec_t at;
		const char *text;
	} cases[] = {
		{ 0, "from=1970-01-01T00%3A00%3A00Z" },
		{ 951782399999, "from=2000-02-28T23%3A59%3A59Z" },
		{ 951868799000, "from=2000-02-29T23%3A59%3A59Z" },
		{ 951868800000, "from=2000-03-01T00%3A00%3A00Z" },
		{ 1704067199000, "from=2023-12-31T23%3A59%3A59Z" },
		{ 1709164800000, "from=2024-02-29T00%3A00%3A00Z" },
		{ 4107542400000, "from=2100-03-01T00%3A00%3A00Z" },
	};
	struct bench bench scoped(bench_close) = { 0 };

	(void)state;
	bench_open(&bench, rules, HURRY_MS);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct poll_answer answer = look(&bench, cases[i].at, NULL);

		assert_int_equal(answer.result, ERR_NONE);
		buf_done(&answer.body);
		struct buf heard scoped(buf_done) = fake_heard(bench.fake);

		if (strstr(buf_text(&heard), cases[i].text) == NULL)
			fail_msg(
			    "%s not in %s", cases[i].text, buf_text(&heard));
	}
}

static void
each_failure_has_its_kind(void **state)
{
	static const struct {
		const char *say;
		enum fake_then then;
		enum err_kind result;
		int code;
	} cases[] = {
		{ "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n", FAKE_GO_ON,
		    ERR_CONF, 401 },
		{ "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", FAKE_GO_ON,
		    ERR_CONF, 404 },
		{ "HTTP/1.1 302 There\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n",
		    FAKE_GO_ON, ERR_CONF, 302 },
		{ "HTTP/1.1 429 Slow\r\nRetry-After: 90\r\n"
		  "Content-Length: 0\r\n\r\n",
		    FAKE_GO_ON, ERR_TEMP, 429 },
		{ "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", FAKE_GO_ON,
		    ERR_TEMP, 503 },
		{ NULL, FAKE_CLOSE, ERR_TEMP, 0 },
		{ NULL, FAKE_HANG, ERR_TEMP, 0 },
		/* Half a document is none. */
		{ "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[", FAKE_CLOSE,
		    ERR_TEMP, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct fake_rule rules[] = {
			{ .on = "",
			    .say = cases[i].say,
			    .then = cases[i].then },
			{ 0 },
		};
		struct bench bench scoped(bench_close) = { 0 };
		msec_t pause = cases[i].code == 429 ? 90 * MSEC_SECOND : 0;
		struct poll_answer answer;

		bench_open(&bench, rules, 300);
		answer = look(&bench, 0, "");
		buf_done(&answer.body);
		if (answer.result != cases[i].result ||
		    answer.code != cases[i].code ||
		    answer.retry_after != pause || answer.why[0] == '\0')
			fail_msg("case %zu: %s %d %s", i,
			    err_kind_name(answer.result), answer.code,
			    answer.why);
	}
}

/* What is handed out once is worth having as far as it came. */
static void
an_endless_answer_is_cut(void **state)
{
	static const struct {
		enum sms_poll_mode mode;
		enum err_kind result;
	} cases[] = {
		{ SMS_POLL_WINDOW, ERR_DATA },
		{ SMS_POLL_QUEUE, ERR_NONE },
	};
	struct buf say scoped(buf_done);

	(void)state;
	buf_init(&say, 2 * LIMIT_POLL_BYTES);
	buf_printf(&say, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n",
	    LIMIT_POLL_BYTES + 1);
	for (size_t i = 0; i <= LIMIT_POLL_BYTES; i++)
		buf_putc(&say, 'a');
	const struct fake_rule rules[] = {
		{ .on = "", .say = buf_text(&say) },
		{ 0 },
	};

	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct bench bench scoped(bench_close) = { 0 };
		struct poll_answer answer;

		bench_open(&bench, rules, PATIENCE_MS);
		bench.provider.poll.mode = cases[i].mode;
		answer = look(&bench, 0, "");
		assert_int_equal(answer.result, cases[i].result);
		assert_true(answer.is_cut);
		assert_int_equal(answer.body.len, LIMIT_POLL_BYTES);
		assert_non_null(strstr(answer.why, "larger"));
		buf_done(&answer.body);
	}
}

static void
one_look_at_a_time(void **state)
{
	static const struct fake_rule rules[] = {
		{ .on = "", .then = FAKE_HANG },
		{ 0 },
	};
	struct bench bench scoped(bench_close) = { 0 };
	struct err err = { 0 };

	(void)state;
	bench_open(&bench, rules, HURRY_MS);
	assert_int_equal(
	    sms_poller_start(bench.poller, &(struct poll_look){ 0 }, &err), 0);
	assert_int_equal(
	    sms_poller_start(bench.poller, &(struct poll_look){ 0 }, &err), -1);
	assert_int_equal(err.kind, ERR_BUG);
	assert_int_equal(transfers_running(bench.transfers), 1);
}

/* We log in wherever we ask. */
static void
the_next_page_is_at_the_same_gateway(void **state)
{
	static const struct fake_rule rules[] = {
		{ .on = "GET",
		    .say = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]" },
		{ 0 },
	};
	static const char *const strange[] = { "http://evil.example/p2",
		"//evil.example/p2", "http://127.0.0.1.evil.example/",
		"http://127.0.0.1:1@evil.example/", "p2" };
	struct bench bench scoped(bench_close) = { .paging = SMS_PAGING_URL };
	struct poll_answer answer;
	char whole[150];
	struct err err = { 0 };

	(void)state;
	bench_open(&bench, rules, HURRY_MS);
	answer = look(&bench, 0, "/p2?token={x}&a=%20b");
	buf_done(&answer.body);
	(void)snprintf(whole, sizeof(whole), "%s/p3", bench.url);
	answer = look(&bench, 0, whole);
	buf_done(&answer.body);
	struct buf heard scoped(buf_done) = fake_heard(bench.fake);

	assert_non_null(
	    strstr(buf_text(&heard), "GET /p2?token={x}&a=%20b HTTP"));
	assert_non_null(strstr(buf_text(&heard), "GET /p3 HTTP"));
	for (size_t i = 0; i < ARRAY_COUNT(strange); i++) {
		err = (struct err){ 0 };
		assert_int_equal(
		    sms_poller_start(bench.poller,
			&(struct poll_look){ .cursor = strange[i] }, &err),
		    -1);
		assert_int_equal(err.kind, ERR_CONF);
	}
}

static void
no_news_may_look_like_an_error(void **state)
{
	static const struct fake_rule rules[] = {
		{ .on = "GET",
		    .say = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n"
			   "{\"error\":501}" },
		{ 0 },
	};
	static const struct sms_error errors[] = {
		{ .at = "/error", .is = "^501$", .then = SMS_THEN_ACCEPTED },
	};
	struct bench bench scoped(bench_close) = { 0 };
	struct poll_answer answer;

	(void)state;
	bench_open(&bench, rules, HURRY_MS);
	bench.provider.errors = errors;
	bench.provider.error_count = 1;
	answer = look(&bench, 0, "");
	buf_done(&answer.body);
	assert_int_equal(answer.result, ERR_NONE);
	assert_true(answer.is_empty);
	/* A refusal of one text for good is the gateway's state here. */
	bench.provider.errors = &(struct sms_error){
		.at = "/error", .is = "^501$", .then = SMS_THEN_PERMANENT
	};
	answer = look(&bench, 0, "");
	buf_done(&answer.body);
	assert_int_equal(answer.result, ERR_CONF);
	assert_false(answer.is_empty);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_answer_comes_as_it_is),
		cmocka_unit_test(instants_are_written_in_utc),
		cmocka_unit_test(each_failure_has_its_kind),
		cmocka_unit_test(an_endless_answer_is_cut),
		cmocka_unit_test(one_look_at_a_time),
		cmocka_unit_test(the_next_page_is_at_the_same_gateway),
		cmocka_unit_test(no_news_may_look_like_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
