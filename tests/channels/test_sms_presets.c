/*
 * Each shipped preset: what it sends, and what the answers that the vendor
 * documents mean.
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
		"type=unicode&text=%E6%B0%B4&client-ref=881-5"
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
		"[\"T1024\",\"张工\"],\"SessionContext\":\"881-5\"}",
		"\"SignName\":\"某物业\"" } },
	{ "aliyun", LOGIN "values: { sign_name = \"某物业\"; }; " TEMPLATES,
	    "x", "{\"Code\":\"OK\",\"BizId\":\"9^0\"}",
	    { "POST /?OutId=881-5&PhoneNumbers=8613800138000&SignName=%E6",
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
		"\"a\\\"\",\"clientMessageId\":\"881-5\"" } },
	{ "infobip", "password_file = \"secrets/password\"; " PUSH, "a",
	    "{\"messages\":[{\"messageId\":\"881-5\",\"status\":{"
	    "\"groupName\":\"PENDING\",\"name\":\"PENDING_ACCEPTED\"}}]}",
	    { "POST /sms/2/text/advanced ", "Authorization: App foo&bar",
		"\"notifyUrl\":\"http://127.0.0.1:8080/sms/gateway/" } },
	{ "messagebird",
	    "password_file = \"secrets/password\"; " PUSH
	    "values: { signing_key_file = \"secrets/key\"; };",
	    "水",
	    "{\"id\":\"e8\"}",
	    { "POST /messages ", "Authorization: AccessKey foo&bar",
		"\"reference\":\"881-5\",\"datacoding\":\"unicode\"" } },
	{ "plivo", LOGIN PUSH, "a", "{\"message_uuid\":[\"db3c\"]}",
	    { "POST /v1/Account/me/Message/ ",
		"{\"src\":\"777\",\"dst\":\"8613800138000\",\"text\":\"a\"" } },
	{ "africastalking", LOGIN, "a b",
	    "{\"SMSMessageData\":{\"Recipients\":[{\"statusCode\":101,"
	    "\"messageId\":\"ATX\"}]}}",
	    { "POST /version1/messaging ", "apiKey: foo&bar",
		"username=me&to=%2B8613800138000&from=777&message=a%20b" } },
};

/* What an answer means. */
static const struct {
	const char *preset;
	int status;
	const char *answer;
	enum err_kind result;
	const char *id;
	bool is_optout;
	int delay;
} answers[] = {
	{ "twilio", 201, "{\"sid\":\"SM1\",\"error_code\":null}", ERR_NONE,
	    "SM1", false, 0 },
	{ "twilio", 400, "{\"code\":21610,\"status\":400}", ERR_PERM, "", true,
	    0 },
	{ "twilio", 400, "{\"code\":21211}", ERR_PERM, "", false, 0 },
	{ "twilio", 401, "{\"code\":20003}", ERR_CONF, "", false, 0 },
	{ "twilio", 429, "{\"code\":20429}", ERR_TEMP, "", false, 10 },
	{ "twilio", 503, "busy", ERR_TEMP, "", false, 0 },
	{ "vonage", 200,
	    "{\"messages\":[{\"status\":\"0\",\"message-id\":\"0A\"},"
	    "{\"status\":\"0\",\"message-id\":\"0B\"}]}",
	    ERR_NONE, "0A", false, 0 },
	{ "vonage", 200, "{\"messages\":[{\"status\":\"1\"}]}", ERR_TEMP, "",
	    false, 2 },
	{ "vonage", 200, "{\"messages\":[{\"status\":\"4\"}]}", ERR_CONF, "",
	    false, 0 },
	{ "vonage", 200, "{\"messages\":[{\"status\":\"29\"}]}", ERR_PERM, "",
	    false, 0 },
	{ "vonage", 200, "<html>", ERR_CONF, "", false, 0 },
	{ "smsgate", 202, "{\"id\":\"x\"}", ERR_NONE, "x", false, 0 },
	{ "smsgate", 409, "{\"message\":\"exists\"}", ERR_NONE, "", false, 0 },
	{ "smsgate", 403, "", ERR_CONF, "", false, 0 },
	{ "tencent", 200,
	    "{\"Response\":{\"SendStatusSet\":[{\"SerialNo\":\"5:1\",\"Code\":"
	    "\"Ok\"}]}}",
	    ERR_NONE, "5:1", false, 0 },
	{ "tencent", 200,
	    "{\"Response\":{\"SendStatusSet\":[{\"Code\":"
	    "\"FailedOperation.PhoneNumberInBlacklist\"}]}}",
	    ERR_PERM, "", true, 0 },
	{ "tencent", 200,
	    "{\"Response\":{\"SendStatusSet\":[{\"Code\":"
	    "\"LimitExceeded.PhoneNumberDailyLimit\"}]}}",
	    ERR_TEMP, "", false, 43200 },
	{ "tencent", 200,
	    "{\"Response\":{\"SendStatusSet\":[{\"Code\":\"FailedOperation."
	    "SignatureIncorrectOrUnapproved\"}]}}",
	    ERR_CONF, "", false, 0 },
	{ "tencent", 200,
	    "{\"Response\":{\"SendStatusSet\":[{\"Code\":"
	    "\"InvalidParameterValue.IncorrectPhoneNumber\"}]}}",
	    ERR_PERM, "", false, 0 },
	{ "tencent", 200,
	    "{\"Response\":{\"Error\":{\"Code\":"
	    "\"AuthFailure.SignatureFailure\"}}}",
	    ERR_CONF, "", false, 0 },
	{ "tencent", 200,
	    "{\"Response\":{\"Error\":{\"Code\":\"RequestLimitExceeded\"}}}",
	    ERR_TEMP, "", false, 5 },
	{ "aliyun", 200, "{\"Code\":\"OK\",\"BizId\":\"9^0\"}", ERR_NONE, "9^0",
	    false, 0 },
	{ "aliyun", 200, "{\"Code\":\"isv.BLACK_KEY_CONTROL_LIMIT\"}", ERR_PERM,
	    "", true, 0 },
	{ "aliyun", 200, "{\"Code\":\"isv.BUSINESS_LIMIT_CONTROL\"}", ERR_TEMP,
	    "", false, 3600 },
	{ "aliyun", 200, "{\"Code\":\"isv.MOBILE_NUMBER_ILLEGAL\"}", ERR_PERM,
	    "", false, 0 },
	{ "aliyun", 200, "{\"Code\":\"isv.AMOUNT_NOT_ENOUGH\"}", ERR_CONF, "",
	    false, 0 },
	{ "aliyun", 400, "{\"Code\":\"SignatureDoesNotMatch\"}", ERR_CONF, "",
	    false, 0 },
	{ "aliyun", 400, "{\"Code\":\"Throttling.User\"}", ERR_TEMP, "", false,
	    5 },
	{ "jasmin", 200, "Success \"07033084-5cfd\"", ERR_NONE, "07033084-5cfd",
	    false, 0 },
	{ "jasmin", 403, "Error \"Authentication failure\"", ERR_CONF, "",
	    false, 0 },
	{ "jasmin", 412, "Error \"No route found\"", ERR_PERM, "", false, 0 },
	{ "jasmin", 500, "Error \"Cannot send\"", ERR_TEMP, "", false, 0 },
	{ "playsms", 200,
	    "{\"data\":[{\"status\":\"OK\",\"error\":\"0\",\"smslog_id\":77}]}",
	    ERR_NONE, "77", false, 0 },
	{ "playsms", 200, "{\"status\":\"ERR\",\"error\":\"100\"}", ERR_CONF,
	    "", false, 0 },
	{ "playsms", 200, "{\"data\":[{\"status\":\"ERR\",\"error\":\"200\"}]}",
	    ERR_TEMP, "", false, 0 },
	{ "clickatell", 202,
	    "{\"messages\":[{\"apiMessageId\":\"c1\",\"accepted\":true}]}",
	    ERR_NONE, "c1", false, 0 },
	{ "clickatell", 207,
	    "{\"messages\":[{\"accepted\":false,\"error\":{}}]}", ERR_PERM, "",
	    false, 0 },
	{ "clickatell", 401, "{}", ERR_CONF, "", false, 0 },
	{ "infobip", 200,
	    "{\"messages\":[{\"messageId\":\"m\",\"status\":{\"groupName\":"
	    "\"PENDING\"}}]}",
	    ERR_NONE, "m", false, 0 },
	{ "infobip", 200,
	    "{\"messages\":[{\"status\":{\"groupName\":\"REJECTED\",\"name\":"
	    "\"REJECTED_NOT_ENOUGH_CREDITS\"}}]}",
	    ERR_CONF, "", false, 0 },
	{ "infobip", 200,
	    "{\"messages\":[{\"status\":{\"groupName\":\"REJECTED\",\"name\":"
	    "\"REJECTED_DESTINATION\"}}]}",
	    ERR_PERM, "", false, 0 },
	{ "messagebird", 201, "{\"id\":\"e8\"}", ERR_NONE, "e8", false, 0 },
	{ "messagebird", 401, "{\"errors\":[{\"code\":2}]}", ERR_CONF, "",
	    false, 0 },
	{ "messagebird", 422, "{\"errors\":[{\"code\":25}]}", ERR_CONF, "",
	    false, 0 },
	{ "messagebird", 422, "{\"errors\":[{\"code\":9}]}", ERR_PERM, "",
	    false, 0 },
	{ "plivo", 202, "{\"message_uuid\":[\"db3c\"]}", ERR_NONE, "db3c",
	    false, 0 },
	{ "plivo", 400, "{\"error\":\"dst\"}", ERR_PERM, "", false, 0 },
	{ "plivo", 402, "{}", ERR_CONF, "", false, 0 },
	{ "africastalking", 201,
	    "{\"SMSMessageData\":{\"Recipients\":[{\"statusCode\":101,"
	    "\"messageId\":\"ATX\"}]}}",
	    ERR_NONE, "ATX", false, 0 },
	{ "africastalking", 201,
	    "{\"SMSMessageData\":{\"Recipients\":[{\"statusCode\":406}]}}",
	    ERR_PERM, "", true, 0 },
	{ "africastalking", 201,
	    "{\"SMSMessageData\":{\"Recipients\":[{\"statusCode\":405}]}}",
	    ERR_CONF, "", false, 0 },
	{ "africastalking", 201,
	    "{\"SMSMessageData\":{\"Message\":\"InvalidSenderId\","
	    "\"Recipients\":[]}}",
	    ERR_CONF, "", false, 0 },
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

static void
each_answer_has_its_meaning(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(answers); i++) {
		char answer[1000];
		struct buf heard scoped(buf_done) = { 0 };
		struct receipt receipt = send_one(answers[i].preset,
		    settings_of(answers[i].preset), "x",
		    say(answers[i].status, answers[i].answer, answer), &heard);

		if (receipt.result != answers[i].result ||
		    strcmp(receipt.provider_id, answers[i].id) != 0 ||
		    receipt.is_optout != answers[i].is_optout ||
		    receipt.retry_after != answers[i].delay * MSEC_SECOND)
			fail_msg("case %zu, %s %d %s: %s id=%s", i,
			    answers[i].preset, answers[i].status,
			    answers[i].answer, err_kind_name(receipt.result),
			    receipt.provider_id);
	}
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
		cmocka_unit_test(each_answer_has_its_meaning),
		cmocka_unit_test(no_secret_comes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
