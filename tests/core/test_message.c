#include <string.h>

#include "core/limits.h"
#include "core/message.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "tests/support/cmocka_fence.h"

static struct arena arena;

static struct message
journey(const struct message *message)
{
	struct message copy;
	struct err err = { 0 };
	json_t *document = message_to_json(message);

	assert_int_equal(message_from_json(document, &arena, &copy, &err), 0);
	json_decref(document);
	return copy;
}

static void
everything_survives_the_journey(void **state)
{
	const char *recipients[] = { "o@x" };
	const char *references[] = { "r1", "r2" };
	struct address to[] = { { "d@x", "Desk" }, { "e@x", NULL } };
	struct attachment files[] = {
		{ "水.jpg", "image/jpeg", 5, 100, 50, true },
	};
	const struct message m = {
		.channel = CHANNEL_MAIL,
		.from = { "a@x", "张三" },
		.raw_from = "a@x",
		.reply_to = { "b@x", "B" },
		.return_path = "",
		.to = to,
		.to_count = 2,
		.message_id = "m1",
		.in_reply_to = "r2",
		.references = references,
		.reference_count = 2,
		.subject = "s",
		.sent_at = 1795399500000,
		.text = "all",
		.own = "own",
		.forward = { true, "f@x", "F", "fs", "fb" },
		.attachments = files,
		.attachment_count = 1,
		.is_auto = true,
		.auto_reason = "bounce",
		.bounce = { .is_bounce = true, .recipients = recipients,
		    .recipient_count = 1, .status = "5.1.1", .is_hard = true,
		    .original_message_id = "o1" },
		.auth_results = { "mx; spf=pass" },
		.auth_result_count = 1,
		.spam_hint = true,
		.warning = "text cut",
	};
	struct message copy = journey(&m);

	(void)state;
	assert_string_equal(copy.from.addr, "a@x");
	assert_string_equal(copy.from.name, "张三");
	assert_string_equal(copy.raw_from, "a@x");
	assert_string_equal(copy.reply_to.name, "B");
	assert_string_equal(copy.return_path, "");
	assert_int_equal(copy.to_count, 2);
	assert_string_equal(copy.to[0].name, "Desk");
	assert_null(copy.to[1].name);
	assert_string_equal(copy.references[1], "r2");
	assert_string_equal(copy.subject, "s");
	assert_int_equal(copy.sent_at, m.sent_at);
	assert_string_equal(copy.own, "own");
	assert_true(copy.forward.is_forward);
	assert_string_equal(copy.forward.body, "fb");
	assert_string_equal(copy.attachments[0].name, "水.jpg");
	assert_int_equal(copy.attachments[0].offset, 100);
	assert_int_equal(copy.attachments[0].length, 50);
	assert_true(copy.attachments[0].is_inline);
	assert_true(copy.is_auto);
	assert_true(copy.bounce.is_bounce);
	assert_true(copy.bounce.is_hard);
	assert_string_equal(copy.bounce.recipients[0], "o@x");
	assert_string_equal(copy.bounce.original_message_id, "o1");
	assert_string_equal(copy.auth_results[0], "mx; spf=pass");
	assert_true(copy.spam_hint);
	assert_string_equal(copy.warning, "text cut");
}

static void
a_text_message_survives_too(void **state)
{
	const struct message m = {
		.channel = CHANNEL_SMS,
		.from = { "+86139", NULL },
		.recipient = "777",
		.text = "x",
		.own = "x",
		.part_ref = 9,
		.part_count = 2,
		.part_number = 1,
	};
	struct message copy = journey(&m);

	(void)state;
	assert_int_equal(copy.channel, CHANNEL_SMS);
	assert_string_equal(copy.recipient, "777");
	assert_int_equal(copy.part_ref, 9);
	assert_int_equal(copy.part_number, 1);
	assert_null(copy.subject);
	assert_false(copy.bounce.is_bounce);
}

static void
a_delay_is_no_failure_on_the_far_side(void **state)
{
	const struct message m = { .bounce = { .is_delay = true } };
	struct message copy = journey(&m);

	(void)state;
	assert_true(copy.bounce.is_delay);
	assert_false(copy.bounce.is_bounce);
}

static void
wrong_types_are_absent_values(void **state)
{
	static const char *const documents[] = {
		"{\"from\":1,\"to\":{},\"references\":\"x\",\"text\":[],"
		"\"attachments\":[1,\"x\"],\"bounce\":true,\"forward\":[],"
		"\"sent_at\":\"x\",\"auth_results\":7}",
		"{\"sent_at\":-1,\"to\":[{\"addr\":1}],\"references\":[1],"
		"\"part_count\":2,\"part_number\":3,"
		"\"attachments\":[{\"offset\":-1,\"length\":1e9}]}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
		struct message m;
		struct err err = { 0 };
		json_t *document =
		    json_from(documents[i], strlen(documents[i]), &err);

		assert_int_equal(message_from_json(document, &arena, &m, &err), 0);
		assert_null(m.from.addr);
		assert_null(m.text);
		assert_int_equal(m.to_count, 0);
		assert_int_equal(m.reference_count, 0);
		assert_int_equal(m.sent_at, 0);
		assert_int_equal(m.part_count, 0);
		for (size_t k = 0; k < m.attachment_count; k++)
			assert_int_equal(m.attachments[k].length, 0);
		json_decref(document);
	}
}

static void
over_long_values_are_cut(void **state)
{
	json_t *document = json_object();
	json_t *to = json_array();
	char *text = arena_alloc(&arena, LIMIT_TEXT_BYTES + 100);
	struct message m;
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; i + 3 < LIMIT_TEXT_BYTES + 90; i += 3)
		memcpy(text + i, "水", 3);
	json_put_text(document, "text", text);
	json_put_text(document, "subject", text);
	for (int i = 0; i < LIMIT_RECIPIENTS + 5; i++)
		json_array_append_new(to, json_pack("{s:s}", "addr", "a@x"));
	json_object_set_new(document, "to", to);
	assert_int_equal(message_from_json(document, &arena, &m, &err), 0);
	assert_in_range(strlen(m.text), LIMIT_TEXT_BYTES - 3, LIMIT_TEXT_BYTES);
	assert_in_range(
	    strlen(m.subject), LIMIT_HEADER_BYTES - 3, LIMIT_HEADER_BYTES);
	assert_int_equal(m.to_count, LIMIT_RECIPIENTS);
	json_decref(document);
}

static void
what_is_no_object_is_refused(void **state)
{
	struct message m;
	struct err err = { 0 };
	json_t *array = json_array();

	(void)state;
	assert_int_equal(message_from_json(NULL, &arena, &m, &err), -1);
	assert_int_equal(message_from_json(array, &arena, &m, &err), -1);
	assert_int_equal(err.kind, ERR_DATA);
	json_decref(array);
}

static int
open_arena(void **state)
{
	(void)state;
	arena_init(&arena, LIMIT_WORK_BYTES);
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_survives_the_journey),
		cmocka_unit_test(a_text_message_survives_too),
		cmocka_unit_test(a_delay_is_no_failure_on_the_far_side),
		cmocka_unit_test(wrong_types_are_absent_values),
		cmocka_unit_test(over_long_values_are_cut),
		cmocka_unit_test(what_is_no_object_is_refused),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
