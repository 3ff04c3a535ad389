#include <stdio.h>
#include <stdlib.h>

#include "core/sms_half.h"
#include "lib/cleanup.h"
#include "lib/digest.h"
#include "reader/push.h"
#include "tests/reader/reading.h"

/* As conf/sms/kannel.conf has it. */
static const struct push_map kannel = {
	.push = { .format = SMS_FORMAT_QUERY,
	    .id = "id",
	    .from = "from",
	    .to = "to",
	    .text = "text",
	    .time = "ts",
	    .charset = "charset",
	    .coding = "coding",
	    .header = "udh" },
	.report = { .format = SMS_FORMAT_QUERY,
	    .id = "id",
	    .state = "type",
	    .reason = "reply" },
};
static struct push_map
kannel_map(void)
{
	static const char *const utf16[] = { "2", NULL };
	static const char *const delivered[] = { "1", NULL };
	static const char *const sent[] = { "4", "8", NULL };
	static const char *const expired[] = { "34", NULL };
	static const char *const failed[] = { "2", "16", "66", NULL };
	struct push_map map = kannel;

	map.push.utf16_codings = utf16;
	map.report.delivered = delivered;
	map.report.sent = sent;
	map.report.expired = expired;
	map.report.failed = failed;
	return map;
}

static const struct push_map gate = {
	.push = { .format = SMS_FORMAT_JSON,
	    .id = "/payload/messageId",
	    .from = "/payload/sender",
	    .to = "/payload/recipient",
	    .text = "/payload/message",
	    .time = "/payload/receivedAt" },
	.report = { .format = SMS_FORMAT_JSON,
	    .id = "/payload/messageId",
	    .state = "/payload/message" },
	.poll = { .format = SMS_FORMAT_JSON,
	    .items = "/inbox",
	    .cursor = "/meta/next",
	    .from = "/payload/sender",
	    .text = "/payload/message" },
};

/* The only item of a push; the error of an item is one of the whole. */
static int
one(const struct push_map *map, bool is_report, const char *raw,
    struct push_item *ret, struct err *err)
{
	struct push_page page;

	if (reader_push(
		map, is_report, raw, strlen(raw), &arena, &page, err) < 0)
		return -1;
	assert_int_equal(page.count, 1);
	*ret = page.items[0];
	return ret->error == NULL ? 0 : err_set(err, ERR_DATA, "%s", ret->error);
}

static int
text(const struct push_map *map, const char *raw, struct message *ret,
    struct err *err)
{
	struct push_item item;
	int result = one(map, false, raw, &item, err);

	if (result == 0)
		*ret = item.message;
	return result;
}

static int
report(const struct push_map *map, const char *raw, struct push_report *ret,
    struct err *err)
{
	struct push_item item;
	int result = one(map, true, raw, &item, err);

	if (result == 0)
		*ret = item.report;
	return result;
}

static void
kannels_text_is_read(void **state)
{
	const struct push_map map = kannel_map();
	struct message m;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(
	    text(&map,
		"{\"query\":{\"id\":\"f648\",\"from\":\"+8613900000002\","
		"\"to\":\"777\",\"text\":\"楼上漏水😀\",\"ts\":\"1795416870\","
		"\"coding\":\"0\",\"charset\":\"UTF-8\",\"udh\":\"\"}}",
		&m, &err),
	    0);
	assert_int_equal(m.channel, CHANNEL_SMS);
	assert_string_equal(m.from.addr, "+8613900000002");
	assert_string_equal(m.recipient, "777");
	assert_string_equal(m.message_id, "f648");
	assert_string_equal(m.text, "楼上漏水😀");
	assert_string_equal(m.own, m.text);
	assert_int_equal(m.sent_at, 1795416870000);
	assert_int_equal(m.part_count, 0);
}

static void
kannels_text_without_recode_is_utf16(void **state)
{
	const struct push_map map = kannel_map();
	static const char *const raws[] = {
		"{\"query\":{\"from\":\"1\",\"coding\":\"2\",\"charset\":"
		"\"UTF-16BE\"},\"query_hex\":{\"text\":\"6c347ba1\"}}",
		"{\"query\":{\"from\":\"1\",\"coding\":\"2\"},"
		"\"query_hex\":{\"text\":\"6C347BA1\"}}",
		"{\"query\":{\"from\":\"1\"},\"content_type\":"
		"\"text/plain; charset=\\\"UTF-16BE\\\"\","
		"\"body_hex\":\"6c347ba1\"}",
	};
	struct message m;
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(raws); i++) {
		assert_int_equal(text(&map, raws[i], &m, &err), 0);
		assert_string_equal(m.text, "水管");
	}
	assert_int_equal(text(&map,
			     "{\"query\":{\"from\":\"1\",\"coding\":\"2\","
			     "\"text\":\"\\u0000A\"}}",
			     &m, &err),
	    0);
	assert_string_equal(m.text, "A");
}

static void
half_a_character_waits_at_the_border_of_a_part(void **state)
{
	const struct push_map map = kannel_map();
	static const struct {
		const char *head, *header, *tail, *joined;
	} cases[] = {
		{ "6c34d83d", "050003cc0201", "de007ba1", "水😀管" },
		{ "6c34d83d", "050003cc0201", "7ba1", "水\uFFFD管" },
		/* Of a text that is whole nothing else comes. */
		{ "6c34d83d", "", "de007ba1", "水\uFFFD\uFFFD管" },
	};
	struct message m = { 0 };
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct buf both scoped(buf_done) = { 0 };
		char raw[300];

		buf_init(&both, 100);
		for (int k = 0; k < 2; k++) {
			(void)snprintf(raw, sizeof(raw),
			    "{\"query\":{\"from\":\"1\",\"coding\":\"2\"},"
			    "\"query_hex\":{\"text\":\"%s\",\"udh\":\"%s\"}}",
			    k == 0 ? cases[i].head : cases[i].tail,
			    cases[i].header);
			assert_int_equal(text(&map, raw, &m, &err), 0);
			assert_string_equal(m.own, m.text);
			buf_puts(&both, m.text);
		}
		assert_string_equal(
		    sms_half_join(buf_text(&both), &arena),
		    cases[i].joined);
	}
}

static void
parts_of_a_long_text_are_told(void **state)
{
	const struct push_map map = kannel_map();
	static const struct {
		const char *raw;
		unsigned ref, count, number;
	} cases[] = {
		{ "{\"query\":{\"from\":\"1\",\"text\":\"a\"},"
		  "\"query_hex\":{\"udh\":\"050003cc0201\"}}",
		    0xCC, 2, 1 },
		{ "{\"query\":{\"from\":\"1\",\"text\":\"a\","
		  "\"udh\":\"\\u0005\\u0000\\u0003\\u0007\\u0003\\u0002\"}}",
		    7, 3, 2 },
		{ "{\"query\":{\"from\":\"1\",\"text\":\"a\","
		  "\"udh\":\"06080401020303\"}}",
		    0x102, 3, 3 },
		{ "{\"query\":{\"from\":\"1\",\"text\":\"a\"},"
		  "\"query_hex\":{\"udh\":\"050003cc0203\"}}", /* 3 of 2 */
		    0, 0, 0 },
		{ "{\"query\":{\"from\":\"1\",\"text\":\"a\"},"
		  "\"query_hex\":{\"udh\":\"ff0003\"}}", /* too short */
		    0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct message m;
		struct err err = { 0 };

		assert_int_equal(text(&map, cases[i].raw, &m, &err), 0);
		assert_int_equal(m.part_ref, cases[i].ref);
		assert_int_equal(m.part_count, cases[i].count);
		assert_int_equal(m.part_number, cases[i].number);
	}
}

static void
kannels_reports_are_read(void **state)
{
	const struct push_map map = kannel_map();
	static const struct {
		const char *type, *state;
	} cases[] = { { "1", "delivered" }, { "2", "failed" },
		{ "4", "sent" }, { "8", "sent" }, { "16", "failed" },
		{ "34", "expired" }, { "66", "failed" },
		{ "0", "unknown" }, { "EXPIRED", "expired" },
		{ "Sent", "sent" }, { "queued", "accepted" },
		{ "ENROUTE", "sent" }, { "SMSC_LIKES_IT", "unknown" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char raw[200];
		struct push_report r;
		struct err err = { 0 };

		(void)snprintf(raw, sizeof(raw),
		    "{\"query\":{\"id\":\"9-1\",\"type\":\"%s\","
		    "\"reply\":\"NACK/x\"}}",
		    cases[i].type);
		assert_int_equal(report(&map, raw, &r, &err), 0);
		assert_string_equal(r.id, "9-1");
		assert_string_equal(r.state, cases[i].state);
		assert_string_equal(r.answer, "NACK/x");
	}
}

static void
json_is_read_by_pointers(void **state)
{
	struct message m;
	struct push_report r;
	struct err err = { 0 };
	const struct push_map escaped = {
		.push = { .format = SMS_FORMAT_JSON,
		    .from = "/a~1b/0",
		    .text = "/~0" },
	};

	(void)state;
	assert_int_equal(
	    text(&gate,
		"{\"query\":{},\"body\":\"{\\\"payload\\\":{\\\"messageId\\\":"
		"\\\"abc\\\",\\\"sender\\\":\\\"+86139\\\",\\\"message\\\":"
		"\\\"漏水\\\",\\\"receivedAt\\\":"
		"\\\"2026-11-23T10:05:00+08:00\\\"}}\"}",
		&m, &err),
	    0);
	assert_string_equal(m.message_id, "abc");
	assert_string_equal(m.text, "漏水");
	assert_int_equal(m.sent_at, 1795399500000);
	/* Numbers count as text. */
	assert_int_equal(text(&escaped,
			     "{\"body\":\"{\\\"a/b\\\":[13900000002],"
			     "\\\"~\\\":\\\"x\\\"}\"}",
			     &m, &err),
	    0);
	assert_string_equal(m.from.addr, "13900000002");
	assert_int_equal(
	    report(&gate,
		"{\"body\":\"{\\\"payload\\\":{\\\"messageId\\\":\\\"abc\\\","
		"\\\"message\\\":\\\"DELIVRD\\\"}}\"}",
		&r, &err),
	    0);
	assert_string_equal(r.state, "delivered");
}

static void
a_poll_answer_is_a_list(void **state)
{
	static const char raw[] =
	    "{\"inbox\":[{\"payload\":{\"sender\":\"1\",\"message\":\"a\"}},"
	    "7,{\"payload\":{\"sender\":\"2\",\"message\":\"\\\"b\"}}],"
	    "\"meta\":{\"next\":42}}";
	struct push_map map = gate;
	struct push_page page;
	struct push_item again;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(
	    reader_poll(&map, false, raw, strlen(raw), &arena, &page, &err), 0);
	assert_int_equal(page.count, 3);
	assert_int_equal(page.listed, 3);
	assert_string_equal(page.cursor, "42");
	assert_string_equal(page.items[0].message.text, "a");
	/* What says nothing costs itself. */
	assert_non_null(strstr(page.items[1].error, "no sender's number"));
	assert_string_equal(page.items[2].message.text, "\"b");
	/* What is kept of it can be read again alone, by the poll's fields. */
	assert_int_equal(one(&map, false, page.items[2].raw, &again, &err), 0);
	assert_string_equal(again.message.from.addr, "2");
	assert_string_equal(again.message.text, "\"b");
	assert_int_equal(one(&map, false, page.items[1].raw, &again, &err), -1);
	map.poll.cursor = "/meta";
	assert_int_equal(
	    reader_poll(&map, false, raw, strlen(raw), &arena, &page, &err), 0);
	assert_null(page.cursor);
	assert_int_equal(
	    reader_poll(&map, false, "{}", 2, &arena, &page, &err), -1);
	assert_int_equal(
	    reader_poll(&map, false, "[", 1, &arena, &page, &err), -1);
}

static void
a_cursor_that_no_address_could_hold_is_refused(void **state)
{
	static char raw[LIMIT_CURSOR_BYTES + 100];
	struct push_map map = { .poll = { .format = SMS_FORMAT_JSON,
				    .items = "/list",
				    .cursor = "/next" } };
	struct push_page page;
	struct err err = { 0 };

	(void)state;
	(void)snprintf(raw, sizeof(raw), "{\"list\":[],\"next\":\"%0*d\"}",
	    LIMIT_CURSOR_BYTES + 1, 0);
	assert_int_equal(
	    reader_poll(&map, false, raw, strlen(raw), &arena, &page, &err),
	    -1);
	assert_non_null(strstr(err.msg, "at most 500"));
}

static const struct push_map form = {
	.push = { .format = SMS_FORMAT_FORM,
	    .id = "MessageSid|SmsSid",
	    .from = "From",
	    .text = "Body",
	    .part_ref = "concat-ref",
	    .part_count = "concat-total",
	    .part_number = "concat-part" },
};

static void
forms_are_decoded(void **state)
{
	struct message m;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(
	    text(&form,
		"{\"query\":{},\"body\":\"SmsSid=SM1&From=%2B86139&"
		"Body=%E6%BC%8F+%26+x&Body=y&&bad%zz&concat-ref=7&"
		"concat-total=3&concat-part=2\"}",
		&m, &err),
	    0);
	assert_string_equal(m.message_id, "SM1");
	assert_string_equal(m.from.addr, "+86139");
	assert_string_equal(m.text, "漏 & x");
	assert_int_equal(m.part_ref, 7);
	assert_int_equal(m.part_count, 3);
	assert_int_equal(m.part_number, 2);
	/* A name that is not in the body may be in the address. */
	assert_int_equal(
	    text(&form,
		"{\"query\":{\"From\":\"1\"},\"body\":\"Body=x&concat-total=1&"
		"concat-part=2\"}",
		&m, &err),
	    0);
	assert_int_equal(m.part_count, 0);
}

static const struct push_map xml = {
	.push = { .format = SMS_FORMAT_XML,
	    .id = "?id",
	    .from = "/message/submit/oa/number",
	    .text = "/message/submit/ud" },
};

static void
xml_is_read_by_paths(void **state)
{
	struct message m;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(
	    text(&xml,
		"{\"query\":{\"id\":\"k1\"},\"body\":\"<?xml version=\\\"1.0\\\"?>"
		"<message><submit><oa><number> 8613 </number></oa>"
		"<ud>漏&lt;水</ud></submit></message>\"}",
		&m, &err),
	    0);
	assert_string_equal(m.message_id, "k1");
	assert_string_equal(m.from.addr, "8613");
	assert_string_equal(m.text, "漏<水");
	assert_int_equal(text(&xml, "{\"body\":\"<message>\"}", &m, &err), -1);
	assert_int_equal(
	    text(&xml,
		"{\"body\":\"<!DOCTYPE m [<!ENTITY a 'b'>]><m>&a;</m>\"}", &m,
		&err),
	    -1);
	assert_non_null(strstr(err.msg, "document type"));
}

static const struct push_map array = {
	.push = { .format = SMS_FORMAT_JSON_ARRAY,
	    .id = "/sequence_id",
	    .from = "/phone_number",
	    .text = "/content",
	    .time = "/send_time",
	    .time_zone = "+08:00" },
	.report = { .format = SMS_FORMAT_JSON_ARRAY,
	    .id = "/biz_id",
	    .state = "/success",
	    .reason = "/err_code" },
};

static void
one_push_may_bring_many(void **state)
{
	static const char raw[] =
	    "{\"body\":\"[{\\\"sequence_id\\\":12,\\\"phone_number\\\":"
	    "\\\"139\\\",\\\"content\\\":\\\"a\\\",\\\"send_time\\\":"
	    "\\\"2026-11-23 10:05:00\\\"},{\\\"content\\\":\\\"b\\\"}]\"}";
	static const char reports[] =
	    "{\"body\":\"[{\\\"biz_id\\\":\\\"9^0\\\",\\\"success\\\":true,"
	    "\\\"err_code\\\":\\\"DELIVERED\\\"}]\"}";
	static const char *const yes[] = { "true", NULL };
	struct push_map map = array;
	struct push_page page;
	struct push_item again;
	struct err err = { 0 };

	(void)state;
	map.report.delivered = yes;
	assert_int_equal(
	    reader_push(&map, false, raw, strlen(raw), &arena, &page, &err), 0);
	assert_int_equal(page.count, 2);
	assert_string_equal(page.items[0].message.message_id, "12");
	assert_int_equal(page.items[0].message.sent_at, 1795399500000);
	assert_non_null(page.items[1].error);
	assert_int_equal(one(&map, false, page.items[0].raw, &again, &err), 0);
	assert_string_equal(again.message.text, "a");
	assert_int_equal(reader_push(&map, true, reports, strlen(reports),
			     &arena, &page, &err),
	    0);
	assert_string_equal(page.items[0].report.state, "delivered");
	assert_string_equal(page.items[0].report.answer, "DELIVERED");
}

static void
what_is_no_text_is_passed_over(void **state)
{
	struct push_map map = gate;
	struct push_page page;
	struct err err = { 0 };
	static const char raw[] = "{\"body\":\"{\\\"event\\\":\\\"ping\\\"}\"}";

	(void)state;
	map.push.only_at = "/event";
	map.push.only_is = "sms:received";
	assert_int_equal(
	    reader_push(&map, false, raw, strlen(raw), &arena, &page, &err), 0);
	assert_int_equal(page.count, 0);
	assert_int_equal(page.listed, 1);
}

static void
words_may_come_in_hexadecimal(void **state)
{
	static const char *const ucs2[] = { "8", NULL };
	const struct push_map map = { .push = { .format = SMS_FORMAT_QUERY,
					  .from = "from",
					  .text = "content",
					  .text_hex = "binary",
					  .coding = "coding",
					  .utf16_codings = ucs2 } };
	struct message m;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(text(&map,
			     "{\"query\":{\"from\":\"1\",\"coding\":\"8\","
			     "\"binary\":\"6c347ba1\"}}",
			     &m, &err),
	    0);
	assert_string_equal(m.text, "水管");
}

/* "水管" and the first byte of what follows. */
static void
half_a_unit_of_utf16_costs_no_other_character(void **state)
{
	static const char *const ucs2[] = { "8", NULL };
	const struct push_map map = { .push = { .format = SMS_FORMAT_QUERY,
					  .from = "from",
					  .text = "content",
					  .text_hex = "binary",
					  .coding = "coding",
					  .utf16_codings = ucs2 } };
	static const struct {
		const char *query, *want;
	} cases[] = {
		{ "\"coding\":\"8\",\"binary\":\"6c347ba16f\"", "水管" },
		/* Its bytes would be ASCII as well. */
		{ "\"coding\":\"8\",\"binary\":\"4f60597d54\"", "你好" },
		{ "\"coding\":\"8\",\"binary\":\"6c347ba16\"", "水管" },
		{ "\"coding\":\"8\",\"binary\":\"6c\"", "" },
		/* Recoded, with the old name left on it. */
		{ "\"coding\":\"8\",\"content\":\"a leak here\"",
		    "a leak here" },
	};
	struct message m;
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const char *raw = arena_printf(&arena,
		    "{\"query\":{\"from\":\"1\",%s}}", cases[i].query);

		assert_int_equal(text(&map, raw, &m, &err), 0);
		assert_string_equal(m.text, cases[i].want);
	}
	assert_int_equal(
	    text(&map,
		"{\"query\":{\"from\":\"1\",\"coding\":\"8\"},\"query_hex\":"
		"{\"content\":\"6c347ba16f\"}}",
		&m, &err),
	    0);
	assert_string_equal(m.text, "水管");
}

static void
times_are_written_in_many_ways(void **state)
{
	static const char *const times[] = { "1795399500", "1795399500000",
		"2026-11-23T10:05:00+08:00", "2026-11-23T02:05:00Z",
		"2026-11-23 10:05:00", "Mon, 23 Nov 2026 02:05:00 +0000" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(times); i++)
		if (push_time(times[i], "+08:00", &arena) != 1795399500000)
			fail_msg("%s: %lld", times[i],
			    (long long)push_time(times[i], "+08:00", &arena));
	assert_int_equal(push_time("soon", "+08:00", &arena), 0);
	assert_int_equal(push_time("2026-13-23 10:05:00", "+08:00", &arena), 0);
	assert_int_equal(push_time(NULL, NULL, &arena), 0);
}

/* Both are what gateways send that cut a text anywhere. */
static void
json_that_is_cut_within_a_character_is_mended(void **state)
{
	static const struct {
		const char *body, *text;
	} cases[] = {
		{ "\\ud83d", "\xef\xbf\xbd" },
		{ "\\ude00漏水", "\xef\xbf\xbd漏水" },
		{ "漏水\\ud83d\\ude00\\ud83d", "漏水😀\xef\xbf\xbd" },
		{ "a\\u0000b", "a\xef\xbf\xbd"
				"b" },
		{ "漏水了快来人\xf0\x9f", "漏水了快来人" },
		{ "漏水了\xff快来人", "漏水了" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct push_map map = gate;
		struct push_page page;
		struct message message = { 0 };
		struct err err = { 0 };
		char body[300];
		json_t *request scoped(json_release) = json_object();
		char hex[2 * sizeof(body)], *raw;

		(void)snprintf(body, sizeof(body),
		    "{\"payload\":{\"sender\":\"13900139002\","
		    "\"message\":\"%s\"}}",
		    cases[i].body);
		digest_hex((const uint8_t *)body, strlen(body), hex);
		json_put_text(request, "body_hex", hex);
		raw = json_dumps(request, 0);
		assert_int_equal(text(&map, raw, &message, &err), 0);
		if (strstr(message.text, cases[i].text) == NULL)
			fail_msg("%s: %s", cases[i].body, message.text);
		free(raw);
		(void)snprintf(body, sizeof(body),
		    "{\"inbox\":[{\"payload\":{\"sender\":\"1\","
		    "\"message\":\"%s\"}}]}",
		    cases[i].body);
		assert_int_equal(reader_poll(&map, false, body, strlen(body),
				     &arena, &page, &err),
		    0);
		assert_int_equal(page.count, 1);
		assert_non_null(
		    strstr(page.items[0].message.text, cases[i].text));
	}
}

static void
a_nul_byte_is_in_no_json(void **state)
{
	static const char listed[] = "{\"inbox\":[]}\0{}";
	struct push_map map = gate;
	struct push_page page;
	struct message message;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(
	    text(&map,
		"{\"body_hex\":\"7b227061796c6f6164223a7b2273656e646572223a22"
		"31222c226d657373616765223a2261227d7d007b7d\"}",
		&message, &err),
	    -1);
	assert_non_null(strstr(err.msg, "not JSON"));
	assert_int_equal(reader_poll(&map, false, listed, sizeof(listed) - 1,
			     &arena, &page, &err),
	    -1);
}

static void
a_sender_is_a_number_or_a_short_name(void **state)
{
	static const struct {
		const char *sender;
		bool is_one;
	} cases[] = {
		{ "13900139002", true },
		{ "+86 139-0013-9002", true },
		{ "\t+8613900139002\r\n", true },
		{ "10086", true },
		{ "1", true },
		{ "Sunshine PM", true },
		{ "阳光物业", true },
		{ "whatsapp:+8613900139002", true },
		{ "12345678901234567890123456789012", true },
		{ "123456789012345678901234567890123", false },
		{ "", false },
		{ "+", false },
		{ " - ", false },
		{ "13900139002'; DROP TABLE x;--\n evil log=1", false },
		{ "139\n1", false },
		{ "139\x1b[31m", false },
		{ "139\x7f", false },
		{ "139\xc2\x9b", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct push_map map = kannel_map();
		json_t *request scoped(json_release) = json_pack(
		    "{s:{s:s,s:s}}", "query", "from", cases[i].sender, "text",
		    "漏水");
		char *raw = json_dumps(request, 0);
		struct message message;
		struct err err = { 0 };

		if ((text(&map, raw, &message, &err) == 0) != cases[i].is_one)
			fail_msg("%s", cases[i].sender);
		if (!cases[i].is_one)
			assert_non_null(strstr(err.msg, "\"from\""));
		free(raw);
	}
}

static void
what_is_missing_is_told_in_a_sentence(void **state)
{
	static const struct {
		const struct push_map *map;
		bool is_report;
		const char *raw, *word;
	} cases[] = {
		{ &kannel, false, "{\"query\":{\"text\":\"a\"}}", "\"from\"" },
		{ &kannel, false, "{\"query\":{\"from\":\"1\"}}", "\"text\"" },
		{ &kannel, false, "[]", "request" },
		{ &kannel, false, "{\"query\":{\"from\":\"1\",\"text\":7}}",
		    "\"text\"" },
		{ &kannel, true, "{\"query\":{\"type\":\"1\"}}", "\"id\"" },
		{ &kannel, true, "{\"query\":{\"id\":\"1\"}}", "\"type\"" },
		{ &gate, false, "{\"body\":\"{\"}", "not JSON" },
		{ &form, false,
		    "{\"content_type\":\"application/json\",\"body\":"
		    "\"{\\\"from\\\":{}}\"}",
		    "no JSON object of texts alone" },
		{ &gate, false, "{\"body\":\"{}\"}", "sender" },
		{ &gate, true, "{\"body\":\"{}\"}", "id" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct message m;
		struct push_report r;
		struct err err = { 0 };

		assert_int_equal(cases[i].is_report
			? report(cases[i].map, cases[i].raw, &r, &err)
			: text(cases[i].map, cases[i].raw, &m, &err),
		    -1);
		assert_int_equal(err.kind, ERR_DATA);
		if (strstr(err.msg, cases[i].word) == NULL)
			fail_msg("%s", err.msg);
	}
}

static void
a_map_survives_its_journey(void **state)
{
	struct push_map copy;
	struct err err = { 0 };
	struct push_map map = gate;
	json_t *document;

	(void)state;
	map.report = kannel_map().report;
	document = push_map_to_json(&map);
	assert_int_equal(
	    push_map_from_json(document, &arena, &copy, &err), 0);
	assert_int_equal(copy.poll.format, SMS_FORMAT_JSON);
	assert_string_equal(copy.poll.items, "/inbox");
	assert_string_equal(copy.push.time, gate.push.time);
	assert_string_equal(copy.report.sent[1], "8");
	assert_string_equal(copy.report.expired[0], "34");
	assert_string_equal(copy.report.failed[2], "66");
	assert_null(copy.report.failed[3]);
	assert_null(copy.report_poll.id);
	json_decref(document);
	assert_int_equal(push_map_from_json(NULL, &arena, &copy, &err), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kannels_text_is_read),
		cmocka_unit_test(kannels_text_without_recode_is_utf16),
		cmocka_unit_test(
		    half_a_character_waits_at_the_border_of_a_part),
		cmocka_unit_test(parts_of_a_long_text_are_told),
		cmocka_unit_test(kannels_reports_are_read),
		cmocka_unit_test(json_is_read_by_pointers),
		cmocka_unit_test(a_poll_answer_is_a_list),
		cmocka_unit_test(
		    a_cursor_that_no_address_could_hold_is_refused),
		cmocka_unit_test(forms_are_decoded),
		cmocka_unit_test(xml_is_read_by_paths),
		cmocka_unit_test(one_push_may_bring_many),
		cmocka_unit_test(what_is_no_text_is_passed_over),
		cmocka_unit_test(words_may_come_in_hexadecimal),
		cmocka_unit_test(half_a_unit_of_utf16_costs_no_other_character),
		cmocka_unit_test(times_are_written_in_many_ways),
		cmocka_unit_test(json_that_is_cut_within_a_character_is_mended),
		cmocka_unit_test(a_nul_byte_is_in_no_json),
		cmocka_unit_test(a_sender_is_a_number_or_a_short_name),
		cmocka_unit_test(what_is_missing_is_told_in_a_sentence),
		cmocka_unit_test(a_map_survives_its_journey),
	};

	return cmocka_run_group_tests(tests, open_reader, close_reader);
}
