#include <string.h>

#include "channels/sms_form.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "tests/support/cmocka_fence.h"

static const struct sms_pair outer_pairs[] = { { "user", "me" },
	{ "text", "hidden" }, { "none", "" } };
static const struct sms_scope outer = { outer_pairs, 3, NULL };
static const struct sms_pair inner_pairs[] = {
	{ "text", "漏水 & \"a\\b\"<c>'\n" },
	{ "emoji", "A中😀" },
	{ "now", "1551113065" },
	{ "percent", "100%" },
	{ "ucs2", "1" },
	{ "gsm7", "" },
};
static const struct sms_scope scope = { inner_pairs, 6, &outer };

static void
places_are_filled(void **state)
{
	static const struct {
		const char *form, *wanted;
	} cases[] = {
		{ "a{user}b", "ameb" },
		{ "{text|url}",
		    "%E6%BC%8F%E6%B0%B4%20%26%20%22a%5Cb%22%3Cc%3E%27%0A" },
		{ "{\"t\":\"{text|json}\"}",
		    "{\"t\":\"漏水 & \\\"a\\\\b\\\"<c>'\\n\"}" },
		{ "{text|xml}",
		    "漏水 &amp; &quot;a\\b&quot;&lt;c&gt;&apos;\n" },
		{ "{emoji|hex16be}", "00414e2dd83dde00" },
		{ "{user|b64}", "bWU=" },
		{ "{emoji|b64}", "QeS4rfCfmIA=" },
		{ "{now|b64}", "MTU1MTExMzA2NQ==" },
		{ "{none|sha256}", "e3b0c44298fc1c149afbf4c8996fb924"
				   "27ae41e4649b934ca495991b7852b855" },
		{ "{now|iso}", "2019-02-25T16:44:25Z" },
		{ "{now|day}", "2019-02-25" },
		{ "{user|day}", "1970-01-01" },
		{ "{percent|percent|url}", "100%25%25" },
		{ "{#ucs2}&coding=2{/ucs2}{^ucs2}x{/ucs2}", "&coding=2" },
		{ "{#gsm7}{#ucs2}no{/ucs2}{/gsm7}{^gsm7}yes{/gsm7}", "yes" },
		{ "{} { a} {\"a\"} {A}", "{} { a} {\"a\"} {A}" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct buf out scoped(buf_done) = { 0 };
		const char *wanted = cases[i].wanted;

		buf_init(&out, 1000);
		sms_form_fill(cases[i].form, &scope, &out);
		if (strcmp(buf_text(&out), wanted) != 0)
			fail_msg("%s: %s", cases[i].form, buf_text(&out));
	}
}

static void
each_fault_is_told(void **state)
{
	static const struct {
		const char *form, *fault;
	} cases[] = {
		{ "{user} {text|url|b64} {#ucs2}{user}{/ucs2} {\"a\"}", NULL },
		{ "{usr}", "{usr} is not known" },
		{ "{usr}", "{user}" },
		{ "{user|urk}",
		    "\"urk\" in {user} is no filter; expected url" },
		/* all of them, the names that there are once */
		{ "{user|urk}{usr}{#ucs3}x{/ucs3}{us2}{#ucs2}y{/gsm7}",
		    "{ucs3} is not known; {us2} is not known; {/gsm7} ends "
		    "what is not open; {#ucs2} has no {/ucs2}" },
		{ "{user|urk}{usr}", "{usr} is not known; expected" },
		{ "{user", "is no place" },
		{ "{user |url}", "is no place" },
		{ "{#ucs2}x", "{#ucs2} has no {/ucs2}" },
		{ "x{/ucs2}", "{/ucs2} ends what is not open" },
		{ "{#ucs2}{#gsm7}{/ucs2}{/gsm7}", "ends what is not open" },
		{ "{#user}{#user}{#user}{#user}{#user}{#user}{#user}{#user}"
		  "{#user}",
		    "too deep" },
	};
	struct arena arena scoped(arena_done);

	(void)state;
	arena_init(&arena, 1000 * 1000);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const char *fault =
		    sms_form_fault(cases[i].form, &scope, &arena);

		if ((fault == NULL) != (cases[i].fault == NULL) ||
		    (fault != NULL && strstr(fault, cases[i].fault) == NULL))
			fail_msg("%s: %s", cases[i].form,
			    fault == NULL ? "no fault" : fault);
	}
}

static void
what_a_form_has_is_known(void **state)
{
	static const struct {
		const char *form;
		bool has, is_bare;
	} cases[] = {
		{ "a{text}b", true, true },
		{ "{text|url}", true, false },
		{ "{text|url}{text}", true, true },
		{ "{#ucs2}{text|json}{/ucs2}", true, false },
		{ "{#text}yes{/text}{^text}no{/text}", false, false },
		{ "{text_hex}{tex}{\"text\":1}", false, false },
		{ "{text", false, false },
		{ "", false, false },
		{ NULL, false, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const char *form = cases[i].form;

		if (sms_form_has(form, "text") != cases[i].has ||
		    sms_form_has_bare(form, "text") != cases[i].is_bare)
			fail_msg("case %zu: %s", i, form == NULL ? "" : form);
	}
}

static void
a_value_that_is_too_long_is_seen(void **state)
{
	struct buf out scoped(buf_done) = { 0 };

	(void)state;
	buf_init(&out, 10);
	sms_form_fill("{text|url}", &scope, &out);
	assert_true(buf_is_over(&out));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_are_filled),
		cmocka_unit_test(each_fault_is_told),
		cmocka_unit_test(what_a_form_has_is_known),
		cmocka_unit_test(a_value_that_is_too_long_is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
