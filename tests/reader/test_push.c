#include <stdio.h>

#include "lib/cleanup.h"
#include "tests/reader/reading.h"

static const struct push_map kannel = { .preset = "kannel" };
static const struct push_map gate = {
	.preset = "json",
	.items = "/inbox",
	.id = "/payload/messageId",
	.from = "/payload/sender",
	.to = "/payload/recipient",
	.text = "/payload/message",
	.time = "/payload/receivedAt",
};

static int
text(const struct push_map *map, const char *raw, struct message *ret,
    struct err *err)
{
	return reader_push_text(map, raw, strlen(raw), &arena, ret, err);
}

static int
report(const struct push_map *map, const char *raw, struct push_report *ret,
    struct err *err)
{
	return reader_push_report(map, raw, strlen(raw), &arena, ret, err);
}

static void
kannels_text_is_read(void **state)
{
	struct message m;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(
	    text(&kannel,
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
		assert_int_equal(text(&kannel, raws[i], &m, &err), 0);
		assert_string_equal(m.text, "水管");
	}
	assert_int_equal(text(&kannel,
			     "{\"query\":{\"from\":\"1\",\"coding\":\"2\","
			     "\"text\":\"\\u0000A\"}}",
			     &m, &err),
	    0);
	assert_string_equal(m.text, "A");
}

static void
parts_of_a_long_text_are_told(void **state)
{
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

		assert_int_equal(text(&kannel, cases[i].raw, &m, &err), 0);
		assert_int_equal(m.part_ref, cases[i].ref);
		assert_int_equal(m.part_count, cases[i].count);
		assert_int_equal(m.part_number, cases[i].number);
	}
}

static void
kannels_reports_are_read(void **state)
{
	static const struct {
		const char *type, *state;
	} cases[] = { { "1", "delivered" }, { "2", "failed" },
		{ "4", "accepted" }, { "8", "accepted" }, { "16", "failed" },
		{ "34", "failed" }, { "66", "failed" }, { "0", "unknown" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char raw[200];
		struct push_report r;
		struct err err = { 0 };

		(void)snprintf(raw, sizeof(raw),
		    "{\"query\":{\"id\":\"9-1\",\"type\":\"%s\","
		    "\"reply\":\"NACK/x\"}}",
		    cases[i].type);
		assert_int_equal(report(&kannel, raw, &r, &err), 0);
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
		.preset = "json", .from = "/a~1b/0", .text = "/~0"
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
	/* Numbers count as text; without a body the query is the document. */
	assert_int_equal(text(&escaped,
			     "{\"query\":{\"a/b\":[13900000002],\"~\":\"x\"}}",
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
	struct poll_page page = { 0 };
	struct message again;
	struct err err = { 0 };

	(void)state;
	map.cursor = "/meta/next";
	assert_int_equal(
	    reader_poll(&map, raw, strlen(raw), &arena, &page, &err), 0);
	assert_int_equal(page.count, 3);
	assert_string_equal(page.cursor, "42");
	assert_string_equal(page.texts[0].message.text, "a");
	/* What says nothing costs itself. */
	assert_non_null(strstr(page.texts[1].error, "no sender's number"));
	assert_string_equal(page.texts[2].message.text, "\"b");
	/* What is kept of it can be read again as a push. */
	assert_int_equal(
	    reader_push_text(&map, page.texts[2].raw,
		strlen(page.texts[2].raw), &arena, &again, &err),
	    0);
	assert_string_equal(again.from.addr, "2");
	assert_string_equal(again.text, "\"b");
	assert_int_equal(reader_push_text(&map, page.texts[1].raw,
			     strlen(page.texts[1].raw), &arena, &again, &err),
	    -1);
	map.cursor = "/meta";
	assert_int_equal(
	    reader_poll(&map, raw, strlen(raw), &arena, &page, &err), 0);
	assert_null(page.cursor);
	assert_int_equal(reader_poll(&map, "{}", 2, &arena, &page, &err), -1);
	assert_int_equal(reader_poll(&map, "[", 1, &arena, &page, &err), -1);
}

static void
a_cursor_that_no_address_could_hold_is_refused(void **state)
{
	static char raw[LIMIT_CURSOR_BYTES + 100];
	struct push_map map = { .items = "/list", .cursor = "/next" };
	struct poll_page page = { 0 };
	struct err err = { 0 };

	(void)state;
	(void)snprintf(raw, sizeof(raw), "{\"list\":[],\"next\":\"%0*d\"}",
	    LIMIT_CURSOR_BYTES + 1, 0);
	assert_int_equal(
	    reader_poll(&map, raw, strlen(raw), &arena, &page, &err), -1);
	assert_non_null(strstr(err.msg, "at most 500"));
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
		{ &kannel, true, "{\"query\":{\"type\":\"1\"}}", "\"id\"" },
		{ &kannel, true, "{\"query\":{\"id\":\"1\"}}", "\"type\"" },
		{ &kannel, true, "{\"query\":{\"id\":\"1\",\"type\":\"x\"}}",
		    "\"type\"" },
		{ &gate, false, "{\"body\":\"{\"}", "not JSON" },
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
	json_t *document = push_map_to_json(&gate);

	(void)state;
	assert_int_equal(
	    push_map_from_json(document, &arena, &copy, &err), 0);
	assert_string_equal(copy.preset, "json");
	assert_string_equal(copy.items, gate.items);
	assert_string_equal(copy.time, gate.time);
	json_decref(document);
	assert_int_equal(push_map_from_json(NULL, &arena, &copy, &err), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kannels_text_is_read),
		cmocka_unit_test(kannels_text_without_recode_is_utf16),
		cmocka_unit_test(parts_of_a_long_text_are_told),
		cmocka_unit_test(kannels_reports_are_read),
		cmocka_unit_test(json_is_read_by_pointers),
		cmocka_unit_test(a_poll_answer_is_a_list),
		cmocka_unit_test(
		    a_cursor_that_no_address_could_hold_is_refused),
		cmocka_unit_test(what_is_missing_is_told_in_a_sentence),
		cmocka_unit_test(a_map_survives_its_journey),
	};

	return cmocka_run_group_tests(tests, open_reader, close_reader);
}
