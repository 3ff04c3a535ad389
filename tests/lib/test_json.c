/*
 * Documents that nobody vouches for.
 */
#include "tests/support/cmocka_fence.h"

#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/json.h"

static json_t *
parse(const char *text)
{
	struct err err = { 0 };

	return json_from(text, strlen(text), &err);
}

static void
wrong_types_are_absent_values(void **state)
{
	json_t *object scoped(json_release) = parse(
	    "{\"t\":\"x\",\"n\":7,\"f\":true,\"r\":1.5,\"z\":null}");
	struct arena arena scoped(arena_done);

	(void)state;
	arena_init(&arena, 1000);
	assert_string_equal(json_text(object, "t"), "x");
	assert_string_equal(json_text_in(object, "t", &arena), "x");
	assert_null(json_text(object, "n"));
	assert_null(json_text(object, "none"));
	assert_null(json_text_in(object, "z", &arena));
	assert_int_equal(json_int(object, "n", 1), 7);
	assert_int_equal(json_int(object, "r", 1), 1);
	assert_int_equal(json_int(object, "t", -3), -3);
	assert_true(json_flag(object, "f"));
	assert_false(json_flag(object, "n") || json_flag(object, "none"));
	/* Not even an object. */
	assert_null(json_text(NULL, "t"));
	assert_null(json_text(json_object_get(object, "t"), "t"));
	assert_int_equal(json_int(NULL, "n", 5), 5);
	assert_false(json_flag(NULL, "f"));
}

static void
what_was_put_in_comes_out_on_one_line(void **state)
{
	json_t *object scoped(json_release) = json_object();
	struct buf out scoped(buf_done);

	(void)state;
	buf_init(&out, 1000);
	json_put_text(object, "a", "电梯\n\"x\"");
	json_put_text(object, "b", NULL);
	json_put_text(object, "c", "\xff\xfe");
	json_put_int(object, "d", INT64_MIN);
	json_put_flag(object, "e", false);
	json_to_buf(object, &out);
	assert_string_equal(buf_text(&out),
	    "{\"a\":\"电梯\\n\\\"x\\\"\",\"b\":null,\"c\":null,"
	    "\"d\":-9223372036854775808,\"e\":false}");
}

static void
a_document_larger_than_its_buffer_is_told(void **state)
{
	json_t *object scoped(json_release) = parse("[1,2,3,4,5,6,7,8,9]");
	struct buf out scoped(buf_done);

	(void)state;
	buf_init(&out, 8);
	json_to_buf(object, &out);
	assert_true(buf_is_over(&out));
}

static void
malformed_documents_are_refused_with_the_place(void **state)
{
	static const char *const wrong[] = { "", "{", "{\"a\":1,\"a\":2}",
		"[1] x", "\"\xff\"", "{\"a\":\"\\u0000\"}", "nul", "[1,]" };
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(wrong); i++) {
		err = (struct err){ 0 };
		assert_null(json_from(wrong[i], strlen(wrong[i]), &err));
		assert_int_equal(err.kind, ERR_DATA);
		assert_memory_equal(err.msg, "line ", 5);
	}
}

static void
a_nul_byte_is_in_no_document(void **state)
{
	static const char wrong[] = "[1\0]";
	struct err err = { 0 };

	(void)state;
	assert_null(json_from(wrong, sizeof(wrong) - 1, &err));
	assert_int_equal(err.kind, ERR_DATA);
	assert_string_equal(err.msg, "it has a NUL byte");
	assert_null(json_from("[1]\0", 4, &err));
	assert_null(json_from("\0", 1, &err));
}

static void
half_characters_among_the_escapes_are_mended(void **state)
{
	static const struct {
		const char *text, *mended;
	} cases[] = {
		{ "[\"\\ud83d\"]", "[\"\\ufffd\"]" },
		{ "[\"\\uDE00x\"]", "[\"\\ufffdx\"]" },
		{ "[\"\\ud83d\\ud83d\\ude00\"]",
		    "[\"\\ufffd\\ud83d\\ude00\"]" },
		{ "[\"\\ud83d\\u0041\"]", "[\"\\ufffd\\u0041\"]" },
		{ "[\"a\\u0000b\"]", "[\"a\\ufffdb\"]" },
		/* A backslash that is one. */
		{ "[\"\\\\ud83d\"]", "[\"\\\\ud83d\"]" },
		{ "[\"\\ud8", "[\"\\ud8" },
		{ "[\"\\ud83d\\ude", "[\"\\ufffd\\ude" },
		{ "[\"\\", "[\"\\" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char *text = strdup(cases[i].text);

		json_mend_escapes(text, strlen(text));
		assert_string_equal(text, cases[i].mended);
		free(text);
	}
}

static void
a_document_of_many_levels_is_refused(void **state)
{
	enum { LEVELS = 100000 };
	char *text = malloc(LEVELS);
	struct err err = { 0 };

	(void)state;
	assert_non_null(text);
	memset(text, '[', LEVELS);
	assert_null(json_from(text, LEVELS, &err));
	assert_int_equal(err.kind, ERR_DATA);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_types_are_absent_values),
		cmocka_unit_test(what_was_put_in_comes_out_on_one_line),
		cmocka_unit_test(a_document_larger_than_its_buffer_is_told),
		cmocka_unit_test(
		    malformed_documents_are_refused_with_the_place),
		cmocka_unit_test(a_nul_byte_is_in_no_document),
		cmocka_unit_test(half_characters_among_the_escapes_are_mended),
		cmocka_unit_test(a_document_of_many_levels_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
