/*
 * How each shipped preset that can be asked is asked: the first page and one
 * behind it.
 */
#include <stdio.h>
#include <string.h>

#include "channels/transfer.h"
#include "channels/transfers.h"
#include "lib/cleanup.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/fake_server.h"
#include "tests/support/gateway.h"

enum { HURRY_MS = 3000, PATIENCE_MS = 20000, WANTED_MAX = 4 };

#define SINCE INT64_C(1795416814000) /* 2026-11-23T06:53:34Z */
#define NOW   (SINCE + MSEC_DAY)

static const struct {
	const char *preset;
	bool is_report;
	const char *cursor;
	const char *wanted[WANTED_MAX];
} asks[] = {
	{ "playsms", false, "",
	    { "GET /?app=ws&op=ix&u=me&h=foo%26bar&c=100 " } },
	{ "playsms", false, "77", { "&c=100&last=77 " } },
	{ "playsms", true, "",
	    { "GET /?app=ws&op=ds&u=me&h=foo%26bar&c=100 " } },
	{ "twilio", false, "",
	    { "GET /2010-04-01/Accounts/AC1/Messages.json?To=777&DateSent%3E="
	      "2026-11-23&PageSize=100 ",
		"Authorization: Basic bWU6Zm9vJmJhcg==" } },
	{ "twilio", false,
	    "/2010-04-01/Accounts/AC1/Messages.json?Page=1&PageToken=PASM2",
	    { "GET /2010-04-01/Accounts/AC1/Messages.json?Page=1&PageToken="
	      "PASM2 ",
		"Authorization: Basic bWU6Zm9vJmJhcg==" } },
	{ "smsgate", true, "",
	    { "GET /messages?from=2026-11-23T06%3A53%3A34Z&to="
	      "2026-11-24T06%3A53%3A34Z&limit=100 ",
		"Authorization: Basic bWU6Zm9vJmJhcg==" } },
	{ "smsgate", true, "100", { "&limit=100&offset=100 " } },
	{ "tencent", false, "",
	    { "POST / ", "X-TC-Action: PullSmsReplyStatus",
		"{\"SmsSdkAppId\":\"1400\",\"Limit\":100}",
		"Authorization: TC3-HMAC-SHA256 Credential=me/2026-11-24/" } },
	{ "tencent", true, "",
	    { "POST / ", "X-TC-Action: PullSmsSendStatus",
		"{\"SmsSdkAppId\":\"1400\",\"Limit\":100}" } },
};

struct bench {
	struct gateway gateway;
	struct transfers *transfers;
	struct fake *fake;
	struct sms_poller *poller;
	char url[40];
};

static void
bench_close(struct bench *bench)
{
	sms_poller_close(&bench->poller);
	transfers_close(&bench->transfers);
	fake_stop(&bench->fake);
	gateway_close(&bench->gateway);
}

static void
bench_open(struct bench *bench, const char *preset, bool is_report)
{
	static const struct fake_rule rules[] = {
		{ .on = "",
		    .say = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" },
		{ 0 },
	};
	const struct sms_provider *provider;
	struct err err = { 0 };

	gateway_open(&bench->gateway, gateway_settings(preset));
	bench->fake = fake_start(FAKE_HTTP, rules);
	bench->transfers = transfers_open(&err);
	assert_non_null(bench->transfers);
	transfers_hurry(bench->transfers, HURRY_MS);
	(void)snprintf(bench->url, sizeof(bench->url), "http://127.0.0.1:%u%s",
	    fake_port(bench->fake), strcmp(preset, "playsms") == 0 ? "/" : "");
	bench->gateway.channel->url = bench->url;
	provider = bench->gateway.channel->provider;
	bench->poller =
	    sms_poller_open(bench->transfers, bench->gateway.channel,
		is_report ? &provider->report_poll : &provider->poll, &err);
	if (bench->poller == NULL)
		fail_msg("%s", err.msg);
}

static void
look(struct bench *bench, const char *cursor)
{
	mono_t deadline = mono_add(clock_mono(), PATIENCE_MS);
	struct poll_answer answer;
	struct err err = { 0 };

	if (sms_poller_start(bench->poller,
		&(struct poll_look){
		    .since = SINCE, .cursor = cursor, .now = NOW },
		&err) < 0)
		fail_msg("%s", err.msg);
	while (!sms_poller_collect(bench->poller, &answer)) {
		if (mono_left_ms(deadline) == 0)
			fail_msg("no answer");
		assert_int_equal(
		    transfers_wait(bench->transfers, NULL, 0, 1000, &err), 0);
	}
	buf_done(&answer.body);
}

static void
each_is_asked_as_its_vendor_wants(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(asks); i++) {
		struct bench bench scoped(bench_close) = { 0 };
		struct buf heard scoped(buf_done) = { 0 };

		bench_open(&bench, asks[i].preset, asks[i].is_report);
		look(&bench, asks[i].cursor);
		heard = fake_heard(bench.fake);
		for (size_t j = 0; j < WANTED_MAX; j++)
			if (asks[i].wanted[j] != NULL &&
			    strstr(buf_text(&heard), asks[i].wanted[j]) == NULL)
				fail_msg("%s lacks %s in\n%s", asks[i].preset,
				    asks[i].wanted[j], buf_text(&heard));
	}
}

/* Whatever else a preset can be asked for stands in the table above. */
static void
no_preset_that_can_be_asked_is_forgotten(void **state)
{
	static const char *const presets[] = { "africastalking", "aliyun",
		"clickatell", "infobip", "jasmin", "json", "kannel",
		"messagebird", "playsms", "plivo", "smsgate", "tencent",
		"twilio", "vonage" };

	(void)state;
	for (size_t i = 0; i < 2 * ARRAY_COUNT(presets); i++) {
		struct gateway gateway scoped(gateway_close) = { 0 };
		const char *preset = presets[i / 2];
		bool is_report = i % 2 == 1, is_tested = false;
		const struct sms_provider *provider;

		gateway_open(&gateway, gateway_settings(preset));
		provider = gateway.channel->provider;
		for (size_t j = 0; j < ARRAY_COUNT(asks); j++)
			is_tested =
			    is_tested || (strcmp(asks[j].preset, preset) == 0 &&
					     asks[j].is_report == is_report);
		assert_int_equal(is_report ? provider->report_poll.is_there
					   : provider->poll.is_there,
		    is_tested);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_asked_as_its_vendor_wants),
		cmocka_unit_test(no_preset_that_can_be_asked_is_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
