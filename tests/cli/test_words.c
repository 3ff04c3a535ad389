/*
 * Words of strangers on a terminal.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/words.h"
#include "lib/text.h"

static const struct {
	const char *text, *line, *lines;
} cases[] = {
	{ "", "", "" },
	{ "plain 漏水 é", "plain 漏水 é", "> plain 漏水 é\n" },
	{ "13900139002\n evil log=1", "13900139002? evil log=1",
	    "> 13900139002\n>  evil log=1\n" },
	{ "a\n", "a?", "> a\n" },
	{ "a\033[2J\r\x7f\xc2\x9bz", "a?[2J????z", "> a?[2J????z\n" },
	{ "\xc2\xa0\xc2", "\xc2\xa0\xc2", "> \xc2\xa0\xc2\n" },
};

static void
control_characters_are_not_printed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text = NULL;
		size_t len = 0;
		FILE *out = open_memstream(&text, &len);

		assert_non_null(out);
		words_print(cases[i].text, out);
		assert_int_equal(fflush(out), 0);
		assert_string_equal(text_or(text, ""), cases[i].line);
		assert_int_equal(fseek(out, 0, SEEK_SET), 0);
		words_print_lines(cases[i].text, "> ", out);
		assert_int_equal(fputc('\0', out), 0);
		assert_int_equal(fclose(out), 0);
		assert_string_equal(text, cases[i].lines);
		free(text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(control_characters_are_not_printed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
