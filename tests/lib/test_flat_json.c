/*
 * JSON objects that are taken apart before anybody knows whose they are.
 */
#include <stdio.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/flat_json.h"
#include "lib/json.h"
#include "tests/support/cmocka_fence.h"

/* "name=text;" each, and "!" where it is no such object. */
static const char *
taken_apart(const char *body, size_t len, struct arena *arena)
{
	struct flat_json json = flat_json_open((struct bytes){ body, len });
	const char *ret = "";
	struct form_field field;

	while (flat_json_next(&json, arena, &field)) {
		assert_int_equal(field.name.data[field.name.len], 0);
		assert_int_equal(field.text.data[field.text.len], 0);
		ret = arena_printf(
		    arena, "%s%s=%s;", ret, field.name.data, field.text.data);
	}
	return json.is_good ? ret : arena_printf(arena, "%s!", ret);
}

static void
fields_are_taken_one_by_one(void **state)
{
	static const struct {
		const char *body, *fields;
	} cases[] = {
		{ "{}", "" },
		{ " \t\r\n{ } ", "" },
		{ "{\"a\":\"b\"}", "a=b;" },
		{ " { \"a\" : \"b\" , \"c\" : \"\" } ", "a=b;c=;" },
		{ "{\"n\":-1.5e3,\"t\":true,\"f\":false,\"0\":null}",
		    "n=-1.5e3;t=true;f=false;0=;" },
		{ "{\"a\":\"1\",\"a\":\"2\"}", "a=1;a=2;" },
		{ "{\"\\u6f0f\":\"\\u6c34\\n\\\"\\\\\\/\\t\"}",
		    "漏=水\n\"\\/\t;" },
		{ "{\"a\":\"\\ud83d\\uDE00\\u00e9\\u0041\"}", "a=😀éA;" },
		{ "{\"a\":\"水😀\"}", "a=水😀;" },
		/* Half of a character, as a gateway has it that cuts a text
		 * between its two. */
		{ "{\"a\":\"\\ud83d\"}", "a=\xef\xbf\xbd;" },
		{ "{\"a\":\"\\ude00\"}", "a=\xef\xbf\xbd;" },
		{ "{\"a\":\"\\ud83d\\u0041\"}", "a=\xef\xbf\xbd"
						"A;" },
		{ "{\"a\":\"\\ud83dx\"}", "a=\xef\xbf\xbdx;" },
		{ "{\"a\":\"\\ud83d\\ud83d\\ude00\"}", "a=\xef\xbf\xbd😀;" },
		{ "{\"a\":0,\"b\":-0.50E+7}", "a=0;b=-0.50E+7;" },
		/* None of these, or not to their end. */
		{ "{\"a\":01}", "!" },
		{ "{\"a\":-}", "!" },
		{ "{\"a\":1.}", "!" },
		{ "{\"a\":1e}", "!" },
		{ "{\"a\":+1}", "!" },
		{ "{\"a\":1x}", "!" },
		{ "{\"a\":tru}", "!" },
		{ "{\"a\":nullx}", "!" },
		{ "{\"a\":\"\\ud83d\\u00\"}", "!" },
		{ "", "!" },
		{ "{", "!" },
		{ "[]", "!" },
		{ "\"a\"", "!" },
		{ "{\"a\"}", "!" },
		{ "{\"a\":}", "!" },
		{ "{\"a\":\"b\"", "a=b;!" },
		{ "{\"a\":\"b\"}x", "a=b;!" },
		{ "{\"a\":\"b\",}", "a=b;!" },
		{ "{\"a\":\"b\" \"c\":\"d\"}", "a=b;!" },
		{ "{,\"a\":\"b\"}", "!" },
		{ "{a:\"b\"}", "!" },
		{ "{\"a\":\"b}", "!" },
		{ "{\"a\":{\"b\":\"c\"}}", "!" },
		{ "{\"a\":[\"b\"]}", "!" },
		{ "{\"a\":1[2]}", "!" },
		{ "{\"a\":'b'}", "!" },
		{ "{\"a\":\"x\ny\"}", "!" },
		{ "{\"a\":\"\\x\"}", "!" },
		{ "{\"a\":\"\\u12\"}", "!" },
		{ "{\"a\":\"\\u12zz\"}", "!" },
		{ "{\"a\":\"\\", "!" },
	};
	struct arena arena scoped(arena_done);

	(void)state;
	arena_init(&arena, (size_t)1024 * 1024);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_string_equal(
		    taken_apart(cases[i].body, strlen(cases[i].body), &arena),
		    cases[i].fields);
}

/* Who verifies has to see that there is more. */
static void
a_nul_does_not_end_a_text(void **state)
{
	static const char escaped[] = "{\"a\":\"b\\u0000c\"}";
	struct arena arena scoped(arena_done);
	struct flat_json json =
	    flat_json_open((struct bytes){ escaped, strlen(escaped) });
	struct form_field field;

	(void)state;
	arena_init(&arena, 1024);
	assert_true(flat_json_next(&json, &arena, &field));
	assert_int_equal(field.text.len, 3);
	assert_memory_equal(field.text.data, "b\0c", 3);
	assert_string_equal(taken_apart("{\"a\":\"b\0c\"}", 11, &arena), "!");
}

/* What follows a NUL would be signed by nobody, so it is nowhere taken. */
static void
a_nul_between_the_marks_is_no_json(void **state)
{
	static const char *const bodies[] = {
		"{\"a\":\"b\"}~",
		"{\"a\":\"b\"} ~{\"evil\":1}",
		"~{\"a\":\"b\"}",
		"{~\"a\":\"b\"}",
		"{\"a\"~:\"b\"}",
		"{\"a\":~\"b\"}",
		"{\"a\":\"b\"~}",
		"{\"a\":1~}",
		"{\"a\":null~}",
		"{\"a\":true~,\"b\":1}",
		"{~}",
	};
	struct arena arena scoped(arena_done);

	(void)state;
	arena_init(&arena, (size_t)64 * 1024);
	for (size_t i = 0; i < ARRAY_COUNT(bodies); i++) {
		size_t len = strlen(bodies[i]);
		char *body = arena_strndup(&arena, bodies[i], len);
		const char *said;

		*strchr(body, '~') = '\0';
		said = taken_apart(body, len, &arena);
		assert_int_equal(said[strlen(said) - 1], '!');
	}
}

/* What jansson writes is read as it was, to the byte, cut anywhere. */
static void
it_reads_what_jansson_writes(void **state)
{
	static const char *const words[] = { "", "plain", "漏水😀", "a\"b\\c/",
		"\x01\x1f\x7f", "\t\n\r\b\f", "&=+%" };
	static const size_t flags[] = { 0, JSON_ENSURE_ASCII, JSON_INDENT(2),
		JSON_ESCAPE_SLASH };
	struct arena arena scoped(arena_done);

	(void)state;
	arena_init(&arena, (size_t)4 * 1024 * 1024);
	for (size_t i = 0; i < ARRAY_COUNT(words) * ARRAY_COUNT(flags); i++) {
		const char *word = words[i % ARRAY_COUNT(words)];
		json_t *object = json_object();
		struct form_field field;
		struct flat_json json;
		char *text;

		json_put_text(object, "k", word);
		json_put_int(object, "n", 7);
		text = json_dumps(object, flags[i / ARRAY_COUNT(words)]);
		json = flat_json_open((struct bytes){ text, strlen(text) });
		assert_true(flat_json_next(&json, &arena, &field));
		assert_string_equal(field.text.data, word);
		assert_true(flat_json_next(&json, &arena, &field));
		assert_string_equal(field.text.data, "7");
		assert_false(flat_json_next(&json, &arena, &field));
		assert_true(json.is_good);
		for (size_t len = 0; len < strlen(text); len++) {
			const char *said = taken_apart(text, len, &arena);

			assert_int_equal(said[strlen(said) - 1], '!');
		}
		free(text);
		json_decref(object);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_taken_one_by_one),
		cmocka_unit_test(a_nul_does_not_end_a_text),
		cmocka_unit_test(a_nul_between_the_marks_is_no_json),
		cmocka_unit_test(it_reads_what_jansson_writes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
