#include "tests/support/cmocka_fence.h"

#include "core/config.h"
#include "core/sms_template.h"
#include "lib/arena.h"
#include "lib/cleanup.h"

static const struct sms_pair params[] = { { "no", "case" }, { "who", "name" } };
static const char *const values[] = { "T1024", "张工" };

static void
places_are_named_or_numbered(void **state)
{
	static const struct {
		const char *text, *filled, *fault;
	} cases[] = {
		{ "您的{1}由{2}处理", "您的T1024由张工处理", NULL },
		{ "您的${no}由${who}处理", "您的T1024由张工处理", NULL },
		{ "{who}: {no}, {no}", "张工: T1024, T1024", NULL },
		{ "$5 {2} {1", "$5 张工 {1",
		    "a place has no end; expected {name}, ${name} or {1}" },
		{ "$5 {2}", "$5 张工",
		    "the parameter no has no place in it; expected {no} or "
		    "{1}" },
		{ "{1} {2} {3}", NULL, "{3} is none of its parameters" },
		{ "{1} ${name}", NULL, "{name} is none of its parameters" },
		{ "", "",
		    "the parameter no has no place in it; expected {no} or "
		    "{1}" },
		{ NULL, NULL, NULL },
	};
	struct arena arena scoped(arena_done);

	(void)state;
	arena_init(&arena, 1 << 16);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct sms_template template = { "ack", "T-1", params, 2,
			cases[i].text };
		const char *fault = sms_template_fault(&template, &arena);

		if (cases[i].fault == NULL)
			assert_null(fault);
		else
			assert_string_equal(fault, cases[i].fault);
		if (cases[i].filled != NULL)
			assert_string_equal(
			    sms_template_fill(&template, values, &arena),
			    cases[i].filled);
		else if (cases[i].text == NULL)
			assert_null(
			    sms_template_fill(&template, values, &arena));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_are_named_or_numbered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
