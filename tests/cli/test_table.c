#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/table.h"
#include "lib/cleanup.h"

static const char *const heads[] = { "case", "place", "state", NULL };

/* What the table prints into a pipe or file. */
static char *
printed(const struct table *table)
{
	static char text[4096];
	FILE *file = fmemopen(text, sizeof(text), "w");

	assert_non_null(file);
	table_print(table, file);
	assert_int_equal(fclose(file), 0);
	return text;
}

static void
a_chinese_character_takes_two_places(void **state)
{
	(void)state;
	assert_int_equal(table_width("abc"), 3);
	assert_int_equal(table_width("中心花园"), 8);
	assert_int_equal(table_width("３号"), 4);
	assert_int_equal(table_width("e\xcc\x81"), 1);
	assert_int_equal(table_width(""), 0);
}

static void
columns_stand_under_each_other(void **state)
{
	struct table *table scoped(table_close) = table_open(heads);

	(void)state;
	table_cell(table, "T261123-0007");
	table_cell(table, "中心花园");
	table_cell(table, "new");
	table_cell(table, "T261123-0008");
	table_cell(table, "3-2-501");
	table_cell_coloured(table, "closed", TABLE_GOOD);
	assert_int_equal(table_rows(table), 2);
	assert_string_equal(printed(table),
	    "case          place     state\n"
	    "T261123-0007  中心花园  new\n"
	    "T261123-0008  3-2-501   closed\n");
}

static void
strangers_words_cannot_move_the_cursor(void **state)
{
	struct table *table scoped(table_close) = table_open(heads);

	(void)state;
	table_cell(table, "a\033[2Jb\nc\xc2\x9b");
	table_cell(table, NULL);
	table_cell(table, "x");
	assert_non_null(strstr(printed(table), "a?[2Jb?c??  -      x\n"));
}

static void
many_rows_keep_their_order(void **state)
{
	struct table *table scoped(table_close) = table_open(heads);
	char number[16];

	(void)state;
	for (int i = 0; i < 300; i++) {
		(void)snprintf(number, sizeof(number), "%d", i);
		table_cell(table, number);
	}
	assert_int_equal(table_rows(table), 100);
	assert_non_null(strstr(printed(table), "\n3     4      5\n"));
}

static void
a_table_without_rows_shows_its_heads(void **state)
{
	struct table *table scoped(table_close) = table_open(heads);

	(void)state;
	assert_int_equal(table_rows(table), 0);
	assert_string_equal(printed(table), "case  place  state\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_chinese_character_takes_two_places),
		cmocka_unit_test(columns_stand_under_each_other),
		cmocka_unit_test(strangers_words_cannot_move_the_cursor),
		cmocka_unit_test(many_rows_keep_their_order),
		cmocka_unit_test(a_table_without_rows_shows_its_heads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
