#include "tests/support/cmocka_fence.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk/config.h"
#include "desk/import.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/csv.h"
#include "lib/err.h"

static struct arena arena;
static struct buf said;
static struct estate estate = { .id = "sunshine",
	.has_units = true,
	.buildings = 12,
	.language = LANGUAGE_ZH };

static void
note(const char *mistake, void *arg)
{
	(void)arg;
	buf_printf(&said, "%s\n", mistake);
}

static int
set_up(void **state)
{
	(void)state;
	arena_init(&arena, 64 * 1024 * 1024);
	buf_init(&said, 1024 * 1024);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_done(&arena);
	buf_done(&said);
	return 0;
}

static struct import
import_of(bool skip_bad)
{
	return (struct import){ .place = "o.csv",
		.estate = &estate,
		.skip_bad = skip_bad,
		.complain = note };
}

static int
parse(const char *text, struct owner_list *ret)
{
	struct import import = import_of(false);
	struct err err = { 0 };
	int status =
	    import_parse(&import, text, strlen(text), &arena, ret, &err);

	if (status < 0)
		note(err.msg, NULL);
	return status;
}

static void
was_said(const char *words)
{
	if (strstr(buf_text(&said), words) == NULL)
		fail_msg("not said: %s\nbut:\n%s", words, buf_text(&said));
}

static void
a_record_is_read_as_the_rfc_says(void **state)
{
	static const char text[] = "a,b,c\r\n"
				   "\"x, \"\"y\"\"\",,\"two\nlines\"\n"
				   "\r\n"
				   "\"\",last";
	const char *fields[3];
	struct csv csv;
	struct err err = { 0 };
	size_t count = 0;

	(void)state;
	csv_open(&csv, text, ',');
	assert_int_equal(csv_next(&csv, &arena, fields, 3, &count, &err), 1);
	assert_int_equal(count, 3);
	assert_string_equal(fields[2], "c");
	assert_int_equal(csv_next(&csv, &arena, fields, 3, &count, &err), 1);
	assert_int_equal(csv.line, 2);
	assert_string_equal(fields[0], "x, \"y\"");
	assert_string_equal(fields[1], "");
	assert_string_equal(fields[2], "two\nlines");
	assert_int_equal(csv_next(&csv, &arena, fields, 3, &count, &err), 1);
	assert_int_equal(csv.line, 5);
	assert_int_equal(count, 2);
	assert_string_equal(fields[0], "");
	assert_string_equal(fields[1], "last");
	assert_int_equal(csv_next(&csv, &arena, fields, 3, &count, &err), 0);
}

static void
broken_quotes_end_the_reading(void **state)
{
	static const char *const texts[] = { "\"open", "\"a\"b,c", "\"a\" ,c",
		"\"a\"\"", "x,\"" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		const char *fields[3];
		struct csv csv;
		struct err err = { 0 };
		size_t count = 0;

		csv_open(&csv, texts[i], ',');
		assert_int_equal(
		    csv_next(&csv, &arena, fields, 3, &count, &err), -1);
		assert_int_equal(err.kind, ERR_DATA);
	}
}

static void
more_fields_than_asked_for_are_counted_only(void **state)
{
	const char *fields[2] = { NULL, NULL };
	struct csv csv;
	struct err err = { 0 };
	size_t count = 0;

	(void)state;
	csv_open(&csv, "a;b;c;d", ';');
	assert_int_equal(csv_next(&csv, &arena, fields, 2, &count, &err), 1);
	assert_int_equal(count, 4);
	assert_string_equal(fields[1], "b");
}

static void
the_demo_register_is_the_cast(void **state)
{
	struct config *conf scoped(config_free) = NULL;
	struct owner_list found = { 0 };
	struct err err = { 0 };

	(void)state;
	if (config_load("conf/demo/shouwen.conf", note, NULL, &conf, &err) < 0)
		fail_msg("%s\n%s", err.msg, buf_text(&said));
	assert_int_equal(
	    import_registers(conf, note, NULL, &arena, &found, &err), 0);
	assert_int_equal(found.count, 12);
	assert_string_equal(found.list[0].name, "王芳");
	assert_string_equal(found.list[0].home.building, "3");
	assert_string_equal(found.list[0].home.unit, "2");
	assert_string_equal(found.list[0].home.room, "501");
	assert_string_equal(found.list[0].mail, "wang@owner.example");
	assert_string_equal(found.list[0].phone, "+8613900139001");
	assert_string_equal(found.list[0].estate, "sunshine");
	assert_true(found.list[0].is_confirmed);
	assert_null(found.list[2].mail);
	assert_null(found.list[3].phone);
	assert_true(found.list[8].is_tenant);
	assert_int_equal(found.list[8].language, LANGUAGE_EN);
	assert_true(found.list[10].is_elderly);
	assert_false(found.list[11].is_elderly);
	assert_string_equal(found.list[11].home.room, "1103");
}

static void
columns_may_be_chinese_and_in_any_order(void **state)
{
	struct owner_list found = { 0 };

	(void)state;
	assert_int_equal(
	    parse("\xef\xbb\xbf手机,房号,姓名,类别,老人,语言\r\n"
		  "139 0013 9001,3号楼2单元501室,王芳,租户,是,英文\r\n",
		&found),
	    0);
	assert_int_equal(found.count, 1);
	assert_string_equal(found.list[0].phone, "+8613900139001");
	assert_string_equal(found.list[0].home.room, "501");
	assert_true(found.list[0].is_tenant);
	assert_true(found.list[0].is_elderly);
	assert_int_equal(found.list[0].language, LANGUAGE_EN);
}

static void
semicolons_and_tabs_separate_too(void **state)
{
	struct owner_list found = { 0 };

	(void)state;
	assert_int_equal(parse("name;home\nA;3-2-501\n", &found), 0);
	assert_int_equal(found.count, 1);
	assert_int_equal(parse("name\thome\nA\t3-2-501\n", &found), 0);
	assert_int_equal(found.count, 1);
}

static void
all_mistakes_are_told_with_their_lines(void **state)
{
	static const char text[] =
	    "name,home,mail,phone,language,kind,elderly\n"
	    ",3-2-501,a@b.example,+8613900139001,zh-CN,owner,\n"
	    "B,,b@b.example,,,,\n"
	    "C,sea view,,,,,\n"
	    "D,3-502,,,,,\n"
	    "E,13-1-101,,,,,\n"
	    "F,3-2-503,f at b,1.39E+10,de,guest,maybe\n"
	    "G,3-2-504,A@B.example,,,,\n"
	    "H,3-2-505,,13900139001,,,\n"
	    "I,3-2-506\n";
	struct owner_list found = { .count = 99 };

	(void)state;
	assert_int_equal(parse(text, &found), -1);
	assert_int_equal(found.count, 99);
	was_said("o.csv:2: name: \"\" is empty");
	was_said("o.csv:3: home: \"\" is empty");
	was_said("o.csv:4: home: \"sea view\" is no flat");
	was_said("o.csv:5: home: \"3-502\"");
	was_said("o.csv:6: home: \"13-1-101\" is in no building of the "
		 "estate; there are 12");
	was_said("o.csv:7: mail: \"f at b\" is no mail address");
	was_said("o.csv:7: phone: \"1.39E+10\" is no full number");
	was_said("o.csv:7: language: \"de\" is not known");
	was_said("o.csv:7: kind: \"guest\" is not known");
	was_said("o.csv:7: elderly: \"maybe\" is not known");
	was_said("o.csv:8: mail: \"a@b.example\" stands on line 2 too");
	was_said("o.csv:9: phone: \"+8613900139001\" stands on line 2 too");
	was_said("o.csv:10: 2 fields; expected 7 as in the first line");
	was_said("o.csv: 9 bad rows; nothing was imported");
}

static void
bad_rows_can_be_left_out(void **state)
{
	static const char text[] = "name,home\nA,3-2-501\nB,nowhere\n";
	struct import import = import_of(true);
	struct owner_list found = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(
	    import_parse(&import, text, strlen(text), &arena, &found, &err),
	    0);
	assert_int_equal(found.count, 1);
	assert_int_equal(found.bad, 1);
	was_said("o.csv:3: home:");
}

static void
column_names_must_be_known(void **state)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
		{ "", "is empty; expected a line of column names" },
		{ "\r\n\r\n", "is empty" },
		{ "name\nA\n", "column \"home\" is missing" },
		{ "home\n3-2-501\n", "column \"name\" is missing" },
		{ "name,home,shoe\n", "\"shoe\": unknown column" },
		{ "name,home,姓名\n", "\"姓名\": stands twice" },
		{ "\"name", "a quote is opened and never closed" },
		{ "name,home\n\"A", "o.csv:2: a quote is opened" },
	};
	struct owner_list found = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		buf_reset(&said);
		assert_int_equal(parse(cases[i].text, &found), -1);
		was_said(cases[i].words);
	}
}

static void
what_excel_saves_in_china_is_converted(void **state)
{
	char utf8[] = "姓名,房号\n王芳,3-2-501\n", gbk[128];
	char *in = utf8, *out = gbk;
	size_t in_len = strlen(utf8), out_len = sizeof(gbk);
	iconv_t converter = iconv_open("GB18030", "UTF-8");
	struct import import = import_of(false);
	struct owner_list found = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_true(converter != (iconv_t)-1);
	assert_true(iconv(converter, &in, &in_len, &out, &out_len) !=
	    (size_t)-1);
	(void)iconv_close(converter);
	assert_int_equal(import_parse(&import, gbk, sizeof(gbk) - out_len,
			     &arena, &found, &err),
	    0);
	assert_string_equal(found.list[0].name, "王芳");
	was_said("o.csv: note: not UTF-8; read as GB18030");
}

static void
what_is_no_text_is_refused_with_a_hint(void **state)
{
	static const struct {
		const char *data;
		size_t len;
		const char *words;
	} cases[] = {
		{ "\xff\xfen\0a\0", 6, "is UTF-16; in Excel choose" },
		{ "PK\x03\x04zip", 7, "is a workbook" },
		{ "name,home\nA\0B,3-2-501\n", 22, "neither UTF-8 nor GB18030" },
		{ "name,home\n\xff\xff,1\n", 15, "neither UTF-8 nor GB18030" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct import import = import_of(false);
		struct owner_list found = { 0 };
		struct err err = { 0 };

		assert_int_equal(import_parse(&import, cases[i].data,
				     cases[i].len, &arena, &found, &err),
		    -1);
		assert_int_equal(err.kind, ERR_DATA);
		if (strstr(err.msg, cases[i].words) == NULL)
			fail_msg("%zu: %s", i, err.msg);
	}
}

static void
a_file_that_is_not_there_is_an_error(void **state)
{
	struct import import = import_of(false);
	struct owner_list found = { 0 };
	struct err err = { 0 };

	(void)state;
	import.place = "/nowhere/owners.csv";
	assert_int_equal(import_file(&import, &arena, &found, &err), -1);
	assert_non_null(strstr(err.msg, "/nowhere/owners.csv"));
}

static void
a_large_register_is_read_in_one_go(void **state)
{
	enum { ROWS = 20000 };
	struct buf text scoped(buf_done) = { 0 };
	struct import import = import_of(false);
	struct owner_list found = { 0 };
	struct err err = { 0 };

	(void)state;
	buf_init(&text, 4 * 1024 * 1024);
	buf_puts(&text, "name,home,phone\n");
	for (int i = 0; i < ROWS; i++)
		buf_printf(&text, "N%d,%d-1-%d01,+86138%08d\n", i, i % 12 + 1,
		    i % 30 + 1, i);
	if (import_parse(&import, buf_text(&text), text.len, &arena, &found,
		&err) < 0)
		fail_msg("%s\n%.300s", err.msg, buf_text(&said));
	assert_int_equal(found.count, ROWS);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_record_is_read_as_the_rfc_says),
		TEST(broken_quotes_end_the_reading),
		TEST(more_fields_than_asked_for_are_counted_only),
		TEST(the_demo_register_is_the_cast),
		TEST(columns_may_be_chinese_and_in_any_order),
		TEST(semicolons_and_tabs_separate_too),
		TEST(all_mistakes_are_told_with_their_lines),
		TEST(bad_rows_can_be_left_out),
		TEST(column_names_must_be_known),
		TEST(what_excel_saves_in_china_is_converted),
		TEST(what_is_no_text_is_refused_with_a_hint),
		TEST(a_file_that_is_not_there_is_an_error),
		TEST(a_large_register_is_read_in_one_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
