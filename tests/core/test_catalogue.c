#include "tests/support/cmocka_fence.h"

#include <string.h>

#include "core/catalogue.h"
#include "core/language.h"
#include "core/limits.h"
#include "core/text_data.h"
#include "core/zone.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/text.h"
#include "tests/support/zones.h"

static struct buf mistakes;

static int
set_up(void **state)
{
	(void)state;
	buf_init(&mistakes, MIB);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	buf_done(&mistakes);
	return 0;
}

static void
note(int line, const char *mistake, void *arg)
{
	(void)arg;
	buf_printf(&mistakes, "%d: %s\n", line, mistake);
}

static struct catalogue *
parse(const char *text)
{
	buf_reset(&mistakes);
	return catalogue_parse(text, note, NULL);
}

static void
words_are_found_by_the_english(void **state)
{
	scoped(catalogue_free) struct catalogue *catalogue =
	    parse("# about the file\nmsgid \"\"\nmsgstr \"Language: de\\n\"\n\n"
		  "#. 已转派给{}。\r\nmsgid \"Assigned to {}.\"\r\n"
		  "msgstr \"An {} übergeben.\"\r\n"
		  "msgid \"say \\\"x\\\\\\\"\"\nmsgstr \"\"\n \"zwei \"\n"
		  "\t\"Zeilen\\nlang\"\n"
		  "msgid \"not yet\"\nmsgstr \"\"");

	(void)state;
	assert_string_equal(buf_text(&mistakes), "");
	assert_string_equal(catalogue_find(catalogue, "Assigned to {}."),
	    "An {} übergeben.");
	assert_string_equal(
	    catalogue_find(catalogue, "say \"x\\\""), "zwei Zeilen\nlang");
	assert_null(catalogue_find(catalogue, "not yet"));
	assert_null(catalogue_find(catalogue, ""));
	assert_null(catalogue_find(catalogue, NULL));
	assert_null(catalogue_find(NULL, "x"));
}

static void
every_mistake_of_a_catalogue_is_told_with_its_line(void **state)
{
	static const struct {
		const char *text, *told;
	} cases[] = {
		{ "", "" },
		{ "msgstr \"a\"", "1: wants msgid \"...\" and msgstr \"...\"\n" },
		{ "msgid \"a\"\n\nmsgid \"b\"\nmsgstr \"c\"",
		    "1: msgid without msgstr\n" },
		{ "msgid \"a\"\nmsgstr \"b\"\nmsgid \"c\"",
		    "3: msgid without msgstr\n" },
		{ "msgid \"a\nmsgstr \"b\"",
		    "1: wants msgid \"...\" and msgstr \"...\"\n" },
		{ "msgid \"a\" b\nmsgstr \"b\\",
		    "1: wants msgid \"...\" and msgstr \"...\"\n"
		    "2: wants msgid \"...\" and msgstr \"...\"\n" },
		{ "\nmsgid \"to {}\"\nmsgstr \"zu\"\nmsgid \"a\"\n"
		  "msgstr \"{name}\"",
		    "2: msgstr wants the same {...} as its msgid\n"
		    "4: msgstr wants the same {...} as its msgid\n" },
		{ "msgid \"a\"\nmsgstr \"b\"\nmsgid \"a\"\nmsgstr \"c\"",
		    "3: stands there a second time\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		scoped(catalogue_free) struct catalogue *catalogue =
		    parse(cases[i].text);

		assert_string_equal(buf_text(&mistakes), cases[i].told);
	}
}

static void
a_language_is_named_as_in_bcp_47(void **state)
{
	static const char *const wrong[] = { "", "d", "german", "de_AT", "de-",
		"de-austrian9", "../x", "x-y-z", "de-AT-" };
	enum language language = LANGUAGE_EN, again = LANGUAGE_EN;
	struct catalogue *words =
	    parse("msgid \"spam\"\nmsgstr \"Müll\"");
	int count = language_count();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(wrong); i++)
		assert_int_equal(language_add(wrong[i], &language), -1);
	assert_int_equal(language_add("en", &language), 0);
	assert_int_equal(language, LANGUAGE_EN);
	assert_int_equal(language_add("de-AT", &language), 0);
	assert_int_equal(language_add("de-AT", &again), 0);
	assert_int_equal(language, count);
	assert_int_equal(again, language);
	assert_int_equal(language_count(), count + 1);
	assert_string_equal(language_name(language), "de-AT");
	assert_null(language_name((enum language)(count + 1)));
	assert_string_equal(language_list(), "zh-CN, en, de-AT");
	/* Until it has words, the English. */
	assert_string_equal(language_word(language, "垃圾", "spam"), "spam");
	language_set_words(language, &words);
	assert_null(words);
	assert_string_equal(language_word(language, "垃圾", "spam"), "Müll");
	assert_string_equal(language_word(language, "好", "good"), "good");
	assert_string_equal(
	    language_word(LANGUAGE_ZH, "垃圾", "spam"), "垃圾");
	assert_string_equal(
	    language_word(LANGUAGE_EN, "垃圾", "spam"), "spam");
	language_set_words(language, &words);
	for (int i = language_count(); i < LANGUAGES_MAX; i++)
		assert_int_equal(language_add((const char[]){ 'x',
					     (char)('a' + i), '\0' },
				     &again),
		    0);
	assert_int_equal(language_add("zz", &again), -1);
}

static void
a_day_is_written_as_in_its_language(void **state)
{
	struct arena arena scoped(arena_done);
	struct zone *zone = zones_china();
	const struct estate estate = { .zone = zone };
	/* Thursday 2026-11-05, half past midnight in Shanghai. */
	const msec_t at = (msec_t)1793809800000;
	enum language german = LANGUAGE_EN;
	struct catalogue *words = parse("msgid \"{day} {month} {time}\"\n"
					"msgstr \"{time} {day}. {month}\"\n"
					"msgid \"Nov\"\nmsgstr \"November\"\n");

	(void)state;
	arena_init(&arena, MIB);
	assert_int_equal(language_add("de-AT", &german), 0);
	language_set_words(german, &words);
	assert_string_equal(
	    text_day(&estate, LANGUAGE_ZH, at, &arena), "11月5日");
	assert_string_equal(
	    text_day(&estate, LANGUAGE_EN, at, &arena), "5 Nov");
	assert_string_equal(
	    text_day(&estate, german, at, &arena), "5. November");
	language_set_words(german, &words);
	zone_free(&zone);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_found_by_the_english),
		cmocka_unit_test(
		    every_mistake_of_a_catalogue_is_told_with_its_line),
		cmocka_unit_test(a_language_is_named_as_in_bcp_47),
		cmocka_unit_test(a_day_is_written_as_in_its_language),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
