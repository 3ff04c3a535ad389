/*
 * What each shipped preset sends.
 */
#include <stdio.h>
#include <string.h>

#include "lib/cleanup.h"
#include "tests/channels/sending.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/gateway.h"

enum { HURRY_MS = 3000, WANTED_MAX = 6 };

#define LOGIN "user = \"me\"; password_file = \"secrets/password\"; "
#define PUSH                                    \
	"push_secret_file = \"secrets/push\"; " \
	"public_url = \"http://127.0.0.1:8080\"; "
#define REPORT_URL "%2Fsms%2Fgateway%2Fp%2525s-secret%2Fdlr"
#define TEMPLATES                                                   \
	"templates = ( { kind = \"ack\"; id = \"T-1\"; params = [ " \
	"\"no=case\", \"who=name\" ]; }, { kind = \"*\"; id = \"T-9\"; } );"
#define PARAMS "{\"no\":\"T1024\",\"who\":\"张工\"}"

/* What a request must hold. */
static const struct {
	const char *preset, *settings, *text, *answer;
	const char *wanted[WANTED_MAX];
} requests[] = {
	{ "kannel", LOGIN PUSH, "水", "0: Accepted for delivery",
	    { "GET /?username=me&password=foo%26bar&from=777", "&coding=2",
		"dlr-url=http%3A%2F%2F127.0.0.1%3A8080" } },
	{ "json", LOGIN "has_reports = false;", "a\"b", "{\"id\":7}",
	    { "POST / ", "\"text\":\"a\\\"b\"}",
		"Authorization: Basic bWU6Zm9vJmJhcg==" } },
	{ "twilio", LOGIN PUSH "values: { account = \"AC1\"; };", "a&b",
	    "{\"sid\":\"SM1\",\"status\":\"queued\"}",
	    { "POST /2010-04-01/Accounts/AC1/Messages.json ",
		"To=%2B8613800138000&From=777&Body=a%26b&StatusCallback=http"
		"%3A%2F%2F127.0.0.1%3A8080" REPORT_URL,
		"Authorization: Basic bWU6Zm9vJmJhcg==",
		"Content-Type: application/x-www-form-urlencoded" } },
	{ "vonage",
	    LOGIN PUSH "values: { signature_key_file = \"secrets/key\"; };",
	    "水", "{\"messages\":[{\"status\":\"0\",\"message-id\":\"0A\"}]}",
	    { "POST /sms/json ",
		"api_key=me&api_secret=foo%26bar&from=777&to=8613800138000&"
		"type=unicode&text=%E6%B0%B4&client-ref=881-5-1795416814000"
		"&status-report-req=1&callback=http" } },
	{ "smsgate", LOGIN "values: { signing_key_file = \"secrets/key\"; };",
	    "a\nb", "{\"id\":\"x\",\"state\":\"Pending\"}",
	    { "POST /messages ",
		"{\"id\":\"881-1795416814000\",\"textMessage\":{\"text\":"
		"\"a\\nb\"},\"phoneNumbers\":[\"+8613800138000\"]" } },
	{ "tencent",
	    LOGIN
	    "values: { app_id = \"1400\"; sign_name = \"某物业\"; }; " TEMPLATES,
	    "x",
	    "{\"Response\":{\"SendStatusSet\":[{\"SerialNo\":\"5:1\","
	    "\"Code\":\"Ok\"}]}}",
	    { "POST / ", "X-TC-Action: SendSms", "X-TC-Region: ap-guangzhou",
		"Authorization: TC3-HMAC-SHA256 Credential=me/",
		"\"TemplateId\":\"T-1\",\"TemplateParamSet\":"
		"[\"T1024\",\"张工\"],\"SessionContext\":\"881-5-1795416814000\"}",
		"\"SignName\":\"某物业\"" } },
	{ "aliyun", LOGIN "values: { sign_name = \"某物业\"; }; " TEMPLATES,
	    "x", "{\"Code\":\"OK\",\"BizId\":\"9^0\"}",
	    { "POST /?OutId=881-5-1795416814000&PhoneNumbers=8613800138000&SignName=%E6",
		"&TemplateCode=T-1&TemplateParam=%7B%22no%22%3A%22T1024%22%2C",
		"x-acs-action: SendSms", "x-acs-version: 2017-05-25",
		"Authorization: ACS3-HMAC-SHA256 Credential=me,SignedHeaders="
		"host;x-acs-action;x-acs-content-sha256;x-acs-date;"
		"x-acs-signature-nonce;x-acs-version,Signature=" } },
	{ "jasmin", LOGIN PUSH, "A中", "Success \"07033084-5cfd\"",
	    { "GET /send?username=me&password=foo%26bar&from=777",
		"&coding=8&hex-content=00414e2d&dlr=yes&dlr-level=3" } },
	{ "playsms", LOGIN, "水",
	    "{\"data\":[{\"status\":\"OK\",\"error\":\"0\",\"smslog_id\":"
	    "\"77\"}],\"error_string\":null}",
	    { "GET /?app=ws&op=pv&u=me&h=foo%26bar&to=%2B8613800138000",
		"&unicode=1&nofooter=1" } },
	{ "clickatell", "password_file = \"secrets/password\";", "a\"",
	    "{\"messages\":[{\"apiMessageId\":\"c1\",\"accepted\":true}]}",
	    { "POST /v1/message ", "Authorization: foo&bar",
		"\"to\":\"8613800138000\",\"from\":\"777\",\"content\":"
		"\"a\\\"\",\"clientMessageId\":\"881-5-1795416814000\"" } },
	{ "infobip", "password_file = \"secrets/password\"; " PUSH, "a",
	    "{\"messages\":[{\"messageId\":\"881-5-1795416814000\",\"status\":{"
	    "\"groupName\":\"PENDING\",\"name\":\"PENDING_ACCEPTED\"}}]}",
	    { "POST /sms/2/text/advanced ", "Authorization: App foo&bar",
		"\"notifyUrl\":\"http://127.0.0.1:8080/sms/gateway/" } },
	{ "messagebird",
	    "password_file = \"secrets/password\"; " PUSH
	    "values: { signing_key_file = \"secrets/key\"; };",
	    "水", "{\"id\":\"e8\"}",
	    { "POST /messages ", "Authorization: AccessKey foo&bar",
		"\"reference\":\"881-5-1795416814000\",\"datacoding\":\"unicode\"" } },
	{ "plivo", LOGIN PUSH, "a", "{\"message_uuid\":[\"db3c\"]}",
	    { "POST /v1/Account/me/Message/ ",
		"{\"src\":\"777\",\"dst\":\"8613800138000\",\"text\":\"a\"" } },
	{ "africastalking", LOGIN, "a b",
	    "{\"SMSMessageData\":{\"Recipients\":[{\"statusCode\":101,"
	    "\"messageId\":\"ATX\"}]}}",
	    { "POST /version1/messaging ", "apiKey: foo&bar",
		"username=me&to=%2B8613800138000&from=777&message=a%20b" } },
};

static struct receipt
send_one(const char *preset, const char *settings, const char *text,
    const char *say, struct buf *ret_heard)
{
	const struct fake_rule rules[] = { { .on = "", .say = say }, { 0 } };
	const struct outgoing out = { .id = 881,
		.to = "+8613800138000",
		.text = text,
		.template_name = "ack",
		.params = PARAMS,
		.created_at = 1795416814000 };
	const struct send_job job = {
		.out = &out, .attempt = 5, .now = 1700000000000
	};
	struct sending link scoped(sending_close) = { 0 };
	struct gateway gateway scoped(gateway_close) = { 0 };
	struct receipt receipt;
	struct err err = { 0 };
	char all[2000];

	sending_to_fake(&link, FAKE_HTTP, rules, HURRY_MS);
	(void)snprintf(all, sizeof(all),
	    "preset = \"%s\"; url = \"http://127.0.0.1:%u%s\"; %s", preset,
	    fake_port(link.fake),
	    strcmp(preset, "kannel") == 0 || strcmp(preset, "playsms") == 0
		? "/"
		: "",
	    settings);
	gateway_open(&gateway, all);
	link.sender = sms_sender_open(link.transfers, gateway.channel, &err);
	assert_non_null(link.sender);
	sending_start(&link, &job);
	receipt = sending_wait(&link);
	*ret_heard = fake_heard(link.fake);
	sender_close(&link.sender);
	return receipt;
}

static const char *
say(int status, const char *answer, char ret[1000])
{
	(void)snprintf(ret, 1000,
	    "HTTP/1.1 %d X\r\nContent-Length: %zu\r\n\r\n%s", status,
	    strlen(answer), answer);
	return ret;
}

static void
each_asks_as_its_vendor_wants(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(requests); i++) {
		char answer[1000];
		struct buf heard scoped(buf_done) = { 0 };

		(void)send_one(requests[i].preset, requests[i].settings,
		    requests[i].text, say(200, requests[i].answer, answer),
		    &heard);
		for (size_t j = 0; j < WANTED_MAX; j++)
			if (requests[i].wanted[j] != NULL &&
			    strstr(buf_text(&heard), requests[i].wanted[j]) ==
				NULL)
				fail_msg("%s lacks %s in\n%s",
				    requests[i].preset, requests[i].wanted[j],
				    buf_text(&heard));
	}
}

static const char *
settings_of(const char *preset)
{
	for (size_t i = 0; i < ARRAY_COUNT(requests); i++)
		if (strcmp(requests[i].preset, preset) == 0)
			return requests[i].settings;
	return "";
}

/* A gateway that says our password back must not bring it into the log. */
static void
no_secret_comes_back(void **state)
{
	static const struct {
		const char *preset, *secret;
	} cases[] = { { "twilio", "foo&bar" }, { "vonage", "key-of-ours" },
		{ "kannel", "p%s-secret" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char answer[1000], text[200];
		struct buf heard scoped(buf_done) = { 0 };
		struct receipt receipt;

		(void)snprintf(
		    text, sizeof(text), "bad request: %s", cases[i].secret);
		receipt =
		    send_one(cases[i].preset, settings_of(cases[i].preset), "x",
			say(400, text, answer), &heard);
		assert_null(strstr(receipt.answer, cases[i].secret));
		assert_non_null(strstr(receipt.answer, "secret of ours"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_asks_as_its_vendor_wants),
		cmocka_unit_test(no_secret_comes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
