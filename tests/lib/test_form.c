/*
 * Forms, taken apart.
 */
#include <string.h>

#include "lib/arena.h"
#include "lib/form.h"
#include "tests/support/cmocka_fence.h"

static void
fields_come_decoded_and_in_order(void **state)
{
	static const struct {
		const char *form;
		const char *pairs[5]; /* name, text, ... */
	} cases[] = {
		{ "", { NULL } },
		{ "&&", { NULL } },
		{ "a=1&b=2", { "a", "1", "b", "2" } },
		{ "&a=1&&b=2&", { "a", "1", "b", "2" } },
		{ "a", { "a", "" } },
		{ "a=", { "a", "" } },
		{ "=1", { "", "1" } },
		{ "a=1=2", { "a", "1=2" } },
		{ "a+b=c+d", { "a b", "c d" } },
		{ "%E6%bC%8f=%26%3D", { "\u6f0f", "&=" } },
		{ "a=%4&b=%zz", { "a", "%4", "b", "%zz" } },
		{ "a=100%", { "a", "100%" } },
		{ "a=%&b=%25", { "a", "%", "b", "%" } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena arena scoped(arena_done) = { 0 };
		struct bytes rest = { cases[i].form, strlen(cases[i].form) };
		const char *const *pair = cases[i].pairs;
		struct form_field field;

		arena_init(&arena, 100 * 1000);
		for (; form_next(&rest, &arena, &field); pair += 2) {
			assert_non_null(*pair);
			assert_string_equal(field.name.data, pair[0]);
			assert_string_equal(field.text.data, pair[1]);
			assert_int_equal(field.text.len, strlen(pair[1]));
		}
		assert_null(*pair);
	}
}

static void
a_nul_is_a_byte_like_others(void **state)
{
	static const char form[] = "a=x%00y&b=x\0y";
	struct arena arena scoped(arena_done) = { 0 };
	struct bytes rest = { form, sizeof(form) - 1 };
	struct form_field field;

	(void)state;
	arena_init(&arena, 100 * 1000);
	for (size_t i = 0; i < 2; i++) {
		assert_true(form_next(&rest, &arena, &field));
		assert_int_equal(field.text.len, 3);
		assert_memory_equal(field.text.data, "x\0y", 4);
	}
	assert_false(form_next(&rest, &arena, &field));
	rest = (struct bytes){ 0 };
	assert_false(form_next(&rest, &arena, &field));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_come_decoded_and_in_order),
		cmocka_unit_test(a_nul_is_a_byte_like_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
