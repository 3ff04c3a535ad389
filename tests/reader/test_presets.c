/*
 * What the vendors' documented pushes and lists say, by each shipped preset.
 */
#include <string.h>

#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/err.h"
#include "reader/reader.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/gateway.h"

#define FORM(body)                                                                 \
	"{\"content_type\":\"application/x-www-form-urlencoded\",\"body\":\"" body \
	"\"}"
#define JSON(body) \
	"{\"content_type\":\"application/json\",\"body\":\"" body "\"}"
#define POLL(body) body

enum way { PUSH, POLLED };

/* The first text. */
static const struct {
	const char *preset;
	enum way way;
	const char *said;
	size_t count;
	const char *id, *from, *to, *text;
	msec_t at; /* in seconds */
} texts[] = {
	{ "kannel", PUSH,
	    "{\"query\":{\"id\":\"f648\",\"from\":\"+8613900000002\",\"to\":"
	    "\"777\",\"ts\":\"1795416870\",\"coding\":\"0\",\"charset\":"
	    "\"UTF-8\",\"text\":\"漏水\",\"udh\":\"\"}}",
	    1, "f648", "+8613900000002", "777", "漏水", 1795416870 },
	{ "jasmin", PUSH,
	    FORM("id=07033084&from=8613900000002&to=777&origin-connector=c&"
		 "coding=0&content=leak+%26+gas&binary=6c65616b&priority=1"),
	    1, "07033084", "8613900000002", "777", "leak & gas", 0 },
	{ "jasmin", PUSH,
	    FORM("id=2&from=8613900000002&to=777&coding=8&content=%6F%0F%6C%34&"
		 "binary=6f0f6c34"),
	    1, "2", "8613900000002", "777", "漏水", 0 },
	{ "jasmin", PUSH,
	    FORM("id=3&from=8613900000002&to=777&coding=8&binary=6f0f6c34"), 1,
	    "3", "8613900000002", "777", "漏水", 0 },
	{ "playsms", POLLED,
	    POLL("{\"data\":[{\"id\":\"12\",\"src\":\"+8613900000002\",\"dst\":"
		 "\"777\",\"msg\":\"漏水\",\"dt\":\"2026-11-23 06:53:34\"},"
		 "{\"id\":\"13\",\"src\":\"+86139\",\"dst\":\"777\",\"msg\":"
		 "\"x\",\"dt\":\"\"}],\"error_string\":null}"),
	    2, "12", "+8613900000002", "777", "漏水", 1795416814 },
	{ "twilio", PUSH,
	    FORM(
		"ToCountry=US&MessageSid=SM1&NumMedia=0&Body=%E6%BC%8F%E6%B0%B4"
		"&From=%2B8613900000002&To=%2B12025550123&SmsSid=SM1&"
		"ApiVersion=2010-04-01"),
	    1, "SM1", "+8613900000002", "+12025550123", "漏水", 0 },
	{ "twilio", POLLED,
	    POLL(
		"{\"messages\":[{\"sid\":\"SM9\",\"direction\":\"outbound-api\","
		"\"from\":\"+1\",\"to\":\"+2\",\"body\":\"ours\"},{\"sid\":"
		"\"SM1\",\"direction\":\"inbound\",\"from\":"
		"\"+8613900000002\",\"to\":\"+12025550123\",\"body\":\"漏水\","
		"\"date_sent\":\"Mon, 23 Nov 2026 06:53:34 +0000\"}],"
		"\"next_page_uri\":null}"),
	    1, "SM1", "+8613900000002", "+12025550123", "漏水", 1795416814 },
	{ "vonage", PUSH,
	    FORM("msisdn=8613900000002&to=12025550123&messageId=0A00&text="
		 "%E6%BC%8F%E6%B0%B4&type=unicode&keyword=X&message-timestamp="
		 "2026-11-23+06%3A53%3A34&nonce=n&timestamp=1&sig=s"),
	    1, "0A00", "8613900000002", "12025550123", "漏水", 1795416814 },
	{ "vonage", PUSH,
	    "{\"query\":{\"msisdn\":\"8613900000002\",\"to\":\"12025550123\","
	    "\"messageId\":\"0A01\",\"text\":\"漏水\"}}",
	    1, "0A01", "8613900000002", "12025550123", "漏水", 0 },
	{ "vonage", PUSH,
	    JSON(
		"{\\\"msisdn\\\":\\\"8613900000002\\\",\\\"to\\\":"
		"\\\"12025550123\\\",\\\"messageId\\\":\\\"0A02\\\","
		"\\\"text\\\":\\\"\\\\u6f0f水 \\\\\\\"x\\\\\\\"\\\",\\\"type\\\":"
		"\\\"unicode\\\",\\\"message-timestamp\\\":"
		"\\\"2026-11-23 06:53:34\\\"}"),
	    1, "0A02", "8613900000002", "12025550123", "漏水 \"x\"",
	    1795416814 },
	{ "smsgate", PUSH,
	    JSON(
		"{\\\"deviceId\\\":\\\"d\\\",\\\"event\\\":\\\"sms:received\\\","
		"\\\"id\\\":\\\"e\\\",\\\"payload\\\":{\\\"messageId\\\":"
		"\\\"abc123\\\",\\\"message\\\":\\\"漏水\\\",\\\"sender\\\":"
		"\\\"+8613900000002\\\",\\\"recipient\\\":\\\"+8613\\\","
		"\\\"simNumber\\\":1,\\\"receivedAt\\\":"
		"\\\"2026-11-23T14:53:34.000+08:00\\\"},\\\"webhookId\\\":"
		"\\\"w\\\"}"),
	    1, "abc123", "+8613900000002", "+8613", "漏水", 1795416814 },
	/* Of before `sender' was. */
	{ "smsgate", PUSH,
	    JSON("{\\\"event\\\":\\\"sms:received\\\",\\\"payload\\\":{"
		 "\\\"messageId\\\":\\\"a\\\",\\\"message\\\":\\\"x\\\","
		 "\\\"phoneNumber\\\":\\\"6505551212\\\",\\\"receivedAt\\\":"
		 "\\\"2026-11-23T06:53:34Z\\\"}}"),
	    1, "a", "6505551212", NULL, "x", 1795416814 },
	{ "smsgate", PUSH,
	    JSON("{\\\"event\\\":\\\"system:ping\\\",\\\"payload\\\":{}}"), 0,
	    NULL, NULL, NULL, NULL, 0 },
	{ "tencent", PUSH,
	    JSON(
		"{\\\"extend\\\":\\\"\\\",\\\"mobile\\\":\\\"13900000002\\\","
		"\\\"nationcode\\\":\\\"86\\\",\\\"sign\\\":\\\"s\\\",\\\"text\\\":"
		"\\\"漏水\\\",\\\"time\\\":1795416814}"),
	    1, NULL, "13900000002", NULL, "漏水", 1795416814 },
	{ "tencent", POLLED,
	    POLL(
		"{\"Response\":{\"PullSmsReplyStatusSet\":[{\"ExtendCode\":\"\","
		"\"CountryCode\":\"86\",\"PhoneNumber\":\"+8613900000002\","
		"\"SignName\":\"s\",\"ReplyContent\":\"漏水\",\"ReplyTime\":"
		"1795416814,\"SubscriberNumber\":\"13900000002\"}],"
		"\"RequestId\":\"r\"}}"),
	    1, NULL, "+8613900000002", NULL, "漏水", 1795416814 },
	{ "aliyun", PUSH,
	    JSON("[{\\\"phone_number\\\":\\\"13900000002\\\",\\\"send_time\\\":"
		 "\\\"2026-11-23 14:53:34\\\",\\\"content\\\":\\\"漏水\\\","
		 "\\\"sign_name\\\":\\\"s\\\",\\\"dest_code\\\":\\\"1234\\\","
		 "\\\"sequence_id\\\":1234567890},{\\\"phone_number\\\":"
		 "\\\"139\\\",\\\"content\\\":\\\"x\\\",\\\"sequence_id\\\":"
		 "\\\"2\\\"}]"),
	    2, "1234567890", "13900000002", "1234", "漏水", 1795416814 },
	{ "clickatell", PUSH,
	    JSON(
		"{\\\"integrationId\\\":\\\"i\\\",\\\"messageId\\\":\\\"m1\\\","
		"\\\"fromNumber\\\":\\\"8613900000002\\\",\\\"toNumber\\\":"
		"\\\"777\\\",\\\"timestamp\\\":1795416814000,\\\"text\\\":"
		"\\\"漏水\\\",\\\"charset\\\":\\\"UTF-8\\\"}"),
	    1, "m1", "8613900000002", "777", "漏水", 1795416814 },
	{ "infobip", PUSH,
	    JSON(
		"{\\\"results\\\":[{\\\"messageId\\\":\\\"817790313235066447\\\","
		"\\\"from\\\":\\\"8613900000002\\\",\\\"to\\\":\\\"777\\\","
		"\\\"text\\\":\\\"漏水\\\",\\\"cleanText\\\":\\\"水\\\","
		"\\\"keyword\\\":\\\"K\\\",\\\"receivedAt\\\":"
		"\\\"2026-11-23T06:53:34.000+0000\\\",\\\"smsCount\\\":1}],"
		"\\\"messageCount\\\":1,\\\"pendingMessageCount\\\":0}"),
	    1, "817790313235066447", "8613900000002", "777", "漏水",
	    1795416814 },
	{ "messagebird", PUSH,
	    FORM("id=e8&recipient=12025550123&originator=8613900000002&body="
		 "%E6%BC%8F%E6%B0%B4&createdDatetime=2026-11-23T06%3A53%3A34"
		 "%2B00%3A00"),
	    1, "e8", "8613900000002", "12025550123", "漏水", 1795416814 },
	{ "plivo", PUSH,
	    FORM("From=8613900000002&To=12025550123&Text=%E6%BC%8F%E6%B0%B4&"
		 "Type=sms&MessageUUID=db3c"),
	    1, "db3c", "8613900000002", "12025550123", "漏水", 0 },
	{ "africastalking", PUSH,
	    FORM("linkId=&text=%E6%BC%8F%E6%B0%B4&to=777&id=28a9&date="
		 "2026-11-23+06%3A53%3A34&from=%2B254711000000"),
	    1, "28a9", "+254711000000", "777", "漏水", 1795416814 },
	{ "json", PUSH,
	    JSON("{\\\"id\\\":7,\\\"from\\\":\\\"+8613900000002\\\",\\\"to\\\":"
		 "\\\"777\\\",\\\"text\\\":\\\"漏水\\\",\\\"time\\\":"
		 "\\\"2026-11-23T14:53:34+08:00\\\"}"),
	    1, "7", "+8613900000002", "777", "漏水", 1795416814 },
};

static const struct {
	const char *preset;
	enum way way;
	const char *said;
	const char *id, *state;
} reports[] = {
	{ "kannel", PUSH,
	    "{\"query\":{\"id\":\"7-3\",\"type\":\"1\",\"reply\":\"id:1 "
	    "stat:DELIVRD\"}}",
	    "7-3", "delivered" },
	{ "kannel", PUSH, "{\"query\":{\"id\":\"7-3\",\"type\":\"2\"}}", "7-3",
	    "failed" },
	{ "kannel", PUSH, "{\"query\":{\"id\":\"7-3\",\"type\":\"16\"}}", "7-3",
	    "failed" },
	{ "jasmin", PUSH,
	    FORM(
		"id=07033084&message_status=DELIVRD&level=2&connector=c&err=0"),
	    "07033084", "delivered" },
	{ "jasmin", PUSH, FORM("id=07033084&message_status=UNDELIV&level=2"),
	    "07033084", "failed" },
	{ "jasmin", PUSH,
	    FORM("id=07033084&message_status=ESME_RINVDSTADR&level=1"),
	    "07033084", "failed" },
	{ "playsms", POLLED,
	    POLL("{\"data\":[{\"smslog_id\":\"77\",\"src\":\"1\",\"dst\":\"2\","
		 "\"status\":\"3\"}]}"),
	    "77", "delivered" },
	{ "playsms", POLLED,
	    POLL("{\"data\":[{\"smslog_id\":77,\"status\":2}]}"), "77",
	    "failed" },
	{ "twilio", PUSH,
	    FORM("MessageSid=SM1&SmsSid=SM1&MessageStatus=delivered&"
		 "SmsStatus=delivered&To=%2B86139&From=%2B1&ApiVersion=x"),
	    "SM1", "delivered" },
	{ "twilio", PUSH,
	    FORM("MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003"),
	    "SM1", "failed" },
	{ "vonage", PUSH,
	    FORM("msisdn=8613900000002&to=777&network-code=46000&messageId=0A&"
		 "price=0.03&status=delivered&scts=2611230653&err-code=0&"
		 "client-ref=7-3"),
	    "7-3", "delivered" },
	{ "vonage", PUSH,
	    "{\"query\":{\"messageId\":\"0A\",\"status\":\"rejected\","
	    "\"err-code\":\"7\"}}",
	    "0A", "failed" },
	{ "smsgate", PUSH,
	    JSON(
		"{\\\"event\\\":\\\"sms:delivered\\\",\\\"payload\\\":{"
		"\\\"messageId\\\":\\\"7-3\\\",\\\"phoneNumber\\\":\\\"+86\\\","
		"\\\"deliveredAt\\\":\\\"2026-11-23T06:53:34Z\\\"}}"),
	    "7-3", "delivered" },
	{ "smsgate", PUSH,
	    JSON(
		"{\\\"event\\\":\\\"sms:failed\\\",\\\"payload\\\":{"
		"\\\"messageId\\\":\\\"7-3\\\",\\\"reason\\\":\\\"no SIM\\\"}}"),
	    "7-3", "failed" },
	{ "smsgate", POLLED,
	    POLL("[{\"id\":\"7-3\",\"state\":\"Delivered\",\"recipients\":[{"
		 "\"phoneNumber\":\"+86\",\"state\":\"Delivered\"}]}]"),
	    "7-3", "delivered" },
	{ "smsgate", POLLED,
	    POLL("[{\"id\":\"7-3\",\"state\":\"Failed\",\"recipients\":[{"
		 "\"error\":\"no SIM\"}]}]"),
	    "7-3", "failed" },
	{ "tencent", PUSH,
	    JSON("[{\\\"user_receive_time\\\":\\\"2026-11-23 14:53:34\\\","
		 "\\\"nationcode\\\":\\\"86\\\",\\\"mobile\\\":\\\"139\\\","
		 "\\\"report_status\\\":\\\"SUCCESS\\\",\\\"errmsg\\\":"
		 "\\\"DELIVRD\\\",\\\"sid\\\":\\\"5000:1\\\"}]"),
	    "5000:1", "delivered" },
	{ "tencent", POLLED,
	    POLL(
		"{\"Response\":{\"PullSmsSendStatusSet\":[{\"SerialNo\":"
		"\"5000:1\",\"ReportStatus\":\"FAIL\",\"Description\":\"MK:100\","
		"\"SessionContext\":\"7-3\"}]}}"),
	    "7-3", "failed" },
	{ "aliyun", PUSH,
	    JSON(
		"[{\\\"phone_number\\\":\\\"139\\\",\\\"success\\\":true,"
		"\\\"err_code\\\":\\\"DELIVERED\\\",\\\"sms_size\\\":\\\"1\\\","
		"\\\"biz_id\\\":\\\"9^0\\\",\\\"out_id\\\":\\\"7-3\\\"}]"),
	    "7-3", "delivered" },
	{ "aliyun", PUSH,
	    JSON("[{\\\"success\\\":false,\\\"err_code\\\":"
		 "\\\"MOBILE_IN_BLACK\\\",\\\"biz_id\\\":\\\"9^0\\\"}]"),
	    "9^0", "failed" },
	{ "clickatell", PUSH,
	    JSON("{\\\"messageId\\\":\\\"c1\\\",\\\"statusCode\\\":4,"
		 "\\\"status\\\":\\\"RECEIVED_BY_RECIPIENT\\\","
		 "\\\"clientMessageId\\\":\\\"7-3\\\"}"),
	    "7-3", "delivered" },
	{ "clickatell", PUSH,
	    JSON("{\\\"messageId\\\":\\\"c1\\\",\\\"statusCode\\\":9}"), "c1",
	    "failed" },
	{ "infobip", PUSH,
	    JSON("{\\\"results\\\":[{\\\"messageId\\\":\\\"7-3\\\",\\\"to\\\":"
		 "\\\"86139\\\",\\\"status\\\":{\\\"groupId\\\":3,"
		 "\\\"groupName\\\":\\\"DELIVERED\\\",\\\"name\\\":"
		 "\\\"DELIVERED_TO_HANDSET\\\"},\\\"error\\\":{\\\"name\\\":"
		 "\\\"NO_ERROR\\\"}}]}"),
	    "7-3", "delivered" },
	{ "infobip", PUSH,
	    JSON(
		"{\\\"results\\\":[{\\\"messageId\\\":\\\"7-3\\\",\\\"status\\\":{"
		"\\\"groupName\\\":\\\"UNDELIVERABLE\\\"},\\\"error\\\":{"
		"\\\"name\\\":\\\"EC_ABSENT_SUBSCRIBER\\\"}}]}"),
	    "7-3", "failed" },
	{ "messagebird", PUSH,
	    "{\"query\":{\"id\":\"e8\",\"reference\":\"7-3\",\"recipient\":"
	    "\"8613900000002\",\"status\":\"delivered\",\"statusDatetime\":"
	    "\"2026-11-23T06:53:34+00:00\"}}",
	    "7-3", "delivered" },
	{ "messagebird", PUSH,
	    "{\"query\":{\"id\":\"e8\",\"reference\":\"7-3\",\"status\":"
	    "\"delivery_failed\",\"statusErrorCode\":\"103\"}}",
	    "7-3", "failed" },
	{ "plivo", PUSH, FORM("MessageUUID=db3c&Status=delivered&From=1&To=2"),
	    "db3c", "delivered" },
	{ "plivo", PUSH,
	    FORM("MessageUUID=db3c&Status=undelivered&ErrorCode=30"), "db3c",
	    "failed" },
	{ "africastalking", PUSH,
	    FORM("id=ATX&status=Success&phoneNumber=%2B254&networkCode=63902"),
	    "ATX", "delivered" },
	{ "africastalking", PUSH,
	    FORM("id=ATX&status=AbsentSubscriber&failureReason="), "ATX",
	    "failed" },
	{ "json", PUSH,
	    JSON("{\\\"id\\\":\\\"7-3\\\",\\\"state\\\":\\\"delivered\\\"}"),
	    "7-3", "delivered" },
	{ "json", PUSH,
	    JSON("{\\\"id\\\":\\\"7-3\\\",\\\"state\\\":\\\"failed\\\"}"),
	    "7-3", "failed" },
};

/* What is said, by the fields of the preset. */
static struct push_page
page_of(const char *preset, enum way way, bool is_report, const char *said,
    struct arena *arena)
{
	struct gateway gateway scoped(gateway_close) = { 0 };
	struct push_page page = { 0 };
	struct err err = { 0 };
	const struct sms_provider *provider;

	gateway_open(&gateway, gateway_settings(preset));
	provider = gateway.channel->provider;
	const struct push_map map = push_map_from(provider);

	if ((way == PUSH ? reader_push : reader_poll)(
		&map, is_report, said, strlen(said), arena, &page, &err) < 0)
		fail_msg("%s: %s\n%s", preset, err.msg, said);
	return page;
}

static bool
is_same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void
each_text_is_understood(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		struct arena arena scoped(arena_done);
		const struct message *got;
		struct push_page page;

		arena_init(&arena, (size_t)4 * 1024 * 1024);
		page = page_of(texts[i].preset, texts[i].way, false,
		    texts[i].said, &arena);
		assert_int_equal(page.count, texts[i].count);
		if (page.count == 0)
			continue;
		got = &page.items[0].message;
		if (page.items[0].error != NULL ||
		    !is_same(got->message_id, texts[i].id) ||
		    !is_same(got->from.addr, texts[i].from) ||
		    !is_same(got->recipient, texts[i].to) ||
		    !is_same(got->text, texts[i].text) ||
		    got->sent_at != texts[i].at * MSEC_SECOND)
			fail_msg("%s: %s, id %s, from %s, to %s, at %lld, %s",
			    texts[i].preset, page.items[0].error,
			    got->message_id, got->from.addr, got->recipient,
			    (long long)got->sent_at, got->text);
	}
}

static void
each_report_is_understood(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(reports); i++) {
		struct arena arena scoped(arena_done);
		const struct push_item *got;
		struct push_page page;

		arena_init(&arena, (size_t)4 * 1024 * 1024);
		page = page_of(reports[i].preset, reports[i].way, true,
		    reports[i].said, &arena);
		assert_int_equal(page.count, 1);
		got = &page.items[0];
		if (got->error != NULL ||
		    !is_same(got->report.id, reports[i].id) ||
		    !is_same(got->report.state, reports[i].state))
			fail_msg("%s: %s, id %s, %s\n%s", reports[i].preset,
			    got->error, got->report.id, got->report.state,
			    reports[i].said);
	}
}

/* As its documents say; on the others their refusal of the text tells. */
static void
a_report_may_say_that_they_want_no_texts(void **state)
{
	static const struct {
		const char *preset, *said;
		bool is_optout;
	} cases[] = {
		{ "aliyun",
		    JSON("[{\\\"success\\\":false,\\\"err_code\\\":"
			 "\\\"MOBILE_IN_BLACK\\\",\\\"biz_id\\\":\\\"9^0\\\"}]"),
		    true },
		{ "aliyun",
		    JSON("[{\\\"success\\\":false,\\\"err_code\\\":"
			 "\\\"MOBILE_NOT_ON_SERVICE\\\",\\\"biz_id\\\":"
			 "\\\"9^0\\\"}]"),
		    false },
		{ "twilio",
		    FORM("MessageSid=SM7&MessageStatus=failed&ErrorCode=21610"),
		    true },
		{ "twilio",
		    FORM("MessageSid=SM7&MessageStatus=failed&ErrorCode=30003"),
		    false },
		{ "plivo",
		    FORM("MessageUUID=db3c&Status=failed&ErrorCode=200"),
		    true },
		{ "africastalking",
		    FORM("id=ATX&status=Failed&failureReason=UserInBlackList"),
		    true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct arena arena scoped(arena_done);
		struct push_page page;

		arena_init(&arena, (size_t)4 * 1024 * 1024);
		page = page_of(
		    cases[i].preset, PUSH, true, cases[i].said, &arena);
		assert_int_equal(page.count, 1);
		if (page.items[0].report.is_optout != cases[i].is_optout)
			fail_msg("%s", cases[i].said);
	}
}

static int
setup(void **state)
{
	struct err err = { 0 };

	(void)state;
	return reader_open(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_text_is_understood),
		cmocka_unit_test(each_report_is_understood),
		cmocka_unit_test(a_report_may_say_that_they_want_no_texts),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
