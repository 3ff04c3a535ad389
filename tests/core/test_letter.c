#include "tests/support/cmocka_fence.h"

#include <stdlib.h>
#include <string.h>

#include "core/letter.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/text.h"

/* A page that shows all that a letter is made of, and no more. */
static const char page_text[] =
    "{{lang}}/{{title}}{{#blocks}}\n"
    "{{#lead}}LEAD {{#lines}}{{#breaks}}~{{/breaks}}{{text}}{{/lines}}{{/lead}}"
    "{{#plain}}P {{#lines}}{{#breaks}}~{{/breaks}}{{text}}{{/lines}}{{/plain}}"
    "{{#heading}}H {{#lines}}{{text}}{{/lines}}{{/heading}}"
    "{{#words}}W {{#lines}}{{#breaks}}~{{/breaks}}{{text}}{{/lines}}{{/words}}"
    "{{#small}}S {{#lines}}{{text}}{{/lines}}{{/small}}"
    "{{#rule}}R{{/rule}}"
    "{{#facts}}F{{#rows}} ({{label}}={{#lines}}{{#breaks}}~{{/breaks}}{{text}}"
    "{{/lines}}){{/rows}}{{/facts}}"
    "{{#items}}I{{#rows}} ({{#lines}}{{#breaks}}~{{/breaks}}{{text}}{{/lines}})"
    "{{/rows}}{{/items}}"
    "{{#buttons}}B{{#rows}} ({{label}}{{#link}} to {{link}}{{/link}}){{/rows}}"
    "{{/buttons}}"
    "{{#table}}T{{#rows}} ({{#is_head}}!{{/is_head}}{{#cells}}[{{^bar}}{{text}}"
    "{{/bar}}{{#is_number}}#{{/is_number}}{{#bar}}{{percent}}+{{rest}}{{/bar}}]"
    "{{/cells}}){{/rows}}{{/table}}"
    "{{/blocks}}";

static struct arena arena;
static struct template *page;

static int
set_up(void **state)
{
	(void)state;
	arena_init(&arena, LIMIT_WORK_BYTES);
	page = template_parse("page", 1, page_text, ESCAPE_HTML, NULL);
	template_bind(page, letter_name_number);
	return page == NULL;
}

static int
tear_down(void **state)
{
	(void)state;
	template_free(&page);
	arena_done(&arena);
	return 0;
}

static bool
get_nothing(const struct template_source *source,
    const struct template_value *object, const struct template_name *name,
    struct template_value *ret)
{
	(void)object;
	if (!text_eq(name->text, "x"))
		return false;
	*ret = (struct template_value){
		.kind = VALUE_TEXT,
		.text = source->root.text,
		.len = strlen(source->root.text),
	};
	return true;
}

/* A template with {{x}}, as it is rendered for a mail. */
static struct letter
letter_of(const char *text, const char *x)
{
	struct template_source source = {
		.get = get_nothing,
		.root = { .kind = VALUE_OBJECT, .text = x },
	};
	scoped(template_free) struct template *template =
	    template_parse("t", 1, text, ESCAPE_MARKED, NULL);
	scoped(buf_done) struct buf out;
	struct letter ret = { .lang = "en", .title = "a & b" };

	assert_non_null(template);
	buf_init(&out, LIMIT_RENDERED_BYTES);
	template_render(template, &source, NULL, NULL, &out);
	assert_int_equal(letter_make(buf_text(&out), &arena, &ret), 0);
	return ret;
}

static const char *
html_of(const struct letter *letter)
{
	scoped(buf_done) struct buf out;
	const char *html;

	buf_init(&out, LIMIT_HTML_BYTES);
	letter_html(page, letter, &arena, &out);
	html = arena_strdup(&arena, buf_text(&out));
	assert_true(text_starts(html, "en/a &amp; b"));
	return html + strlen("en/a &amp; b");
}

static void
how_a_line_begins_is_its_form(void **state)
{
	static const struct {
		const char *template, *x, *text, *layout, *html;
	} cases[] = {
		{ "Hello\nworld", "", "Hello\nworld\n", "pp",
		    "\nP Hello~world" },
		{ "! Take it by {{x}}.\n\na < b", "5", "Take it by 5.\n\na < b\n",
		    "l.p", "\nLEAD Take it by 5.\nP a &lt; b" },
		{ "= Place: {{x}}\n= 联系：1: 2\n= none", "3-2", "Place: 3-2\n联系：1: 2\nnone\n",
		    "fff", "\nF (Place=3-2) (联系=1: 2) (=none)" },
		{ "= Place: {{x}}\n", "a\n= b", "Place: a\n= b\n", "f+",
		    "\nF (Place=a~= b)" },
		{ "-- Words --\n—— 原文 ——\n-- x", "", "-- Words --\n—— 原文 ——\n-- x\n",
		    "hhh", "\nH Words原文x" },
		{ "> {{x}}\n", "a\n\n- b\r\n> c", "> a\n> \n> - b\n> > c\n", "w+++",
		    "\nW a~~- b~&gt; c" },
		{ "- one\n- {{x}}\n- three", "two\nand", "- one\n- two\nand\n- three\n",
		    "ii+i", "\nI (one) (two~and) (three)" },
		{ "@ Take: mailto:a@b?body=%23take\n@ Web: http://x\n@ bare", "",
		    "Take: mailto:a@b?body=%23take\nWeb: http://x\nbare\n", "bbb",
		    "\nB (Take to mailto:a@b?body=%23take) (Web) ()" },
		{ "~ small\n----\n————", "", "small\n----\n————\n", "srr",
		    "\nS small\nR" },
		/* What is not there leaves no hole. */
		{ "\n\na\n\n\n\nb\n\n", "", "a\n\nb\n\n", "p.p.", "\nP a\nP b" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct letter letter =
		    letter_of(cases[i].template, cases[i].x);

		assert_string_equal(letter.text, cases[i].text);
		assert_string_equal(letter.layout, cases[i].layout);
		assert_string_equal(html_of(&letter), cases[i].html);
	}
}

static void
no_value_makes_a_form(void **state)
{
	static const char *const values[] = { "! lead", "= a: b", "-- h --", "> w",
		"- i", "@ b: mailto:evil@x", "|| a | b", "| a | b", "~ s", "----",
		"", "\x01\x02\x03", "x\n@ b: mailto:evil@x", "\n| a | b" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(values); i++) {
		struct letter letter = letter_of("{{x}}\nend", values[i]);

		assert_int_equal(letter.layout[0], LETTER_PLAIN);
		assert_int_equal(letter.layout[strspn(letter.layout, "p+")], 0);
		assert_true(text_ends(letter.text, "\nend\n"));
		assert_null(strstr(html_of(&letter), "evil)"));
	}
}

static void
rows_are_a_table_with_columns(void **state)
{
	struct letter letter = letter_of("|| Name | Cases | Share\n"
					 "| 王芳 | 12 | ██▌\n"
					 "| {{x}} | - | \nend",
	    "a|b\nc");

	(void)state;
	assert_string_equal(letter.text,
	    "Name  | Cases | Share\n"
	    "王芳  | 12    | ██▌\n"
	    "a/b c | -     | \nend\n");
	assert_string_equal(letter.layout, "Tttp");
	assert_string_equal(html_of(&letter),
	    "\nT (![Name][Cases#][Share]) ([王芳][12#][12+88]) "
	    "([a/b c][-#][#])\nP end");
	letter = letter_of("|| Head | Only\n", "");
	assert_string_equal(html_of(&letter), "\nT (![Head][Only])");
	/* More than there are columns for stay in the last. */
	letter = letter_of("| 1|2|3|4|5|6|7|8|9|10|11|12|13", "");
	assert_true(text_ends(letter.text, " | 12/13\n"));
	/* A measure of a page does not make its whole column as wide. */
	letter = letter_of("|| P1 | Due\n| {{x}} | 5\n| short | 6\n",
	    "123456789 123456789 123456789 123456789 123456789 123456789 1");
	assert_true(text_starts(letter.text, "P1    | Due\n1234"));
	assert_true(text_ends(letter.text, " 1 | 5\nshort | 6\n"));
}

static void
a_table_that_grows_far_too_long_is_refused(void **state)
{
	struct buf marked scoped(buf_done);
	struct letter letter;

	(void)state;
	buf_init(&marked, LIMIT_RENDERED_BYTES);
	for (int i = 0; i < 6; i++)
		buf_puts(&marked, "| 123456789 123456789 123456789 123456789 ");
	for (int i = 0; i < 20000; i++)
		buf_puts(&marked, "\n|  | | | | |");
	assert_false(buf_is_over(&marked));
	assert_int_equal(letter_make(buf_text(&marked), &arena, &letter), -1);
}

static void
a_bar_is_as_long_as_it_says(void **state)
{
	static const struct {
		int permille;
		const char *text, *html;
	} cases[] = {
		{ -5, "", "[#]" },
		{ 0, "", "[#]" },
		{ 1, "▏", "[1+99]" },
		{ 50, "█", "[5+95]" },
		{ 500, "██████████", "[50+50]" },
		{ 525, "██████████▌", "[52+48]" },
		{ 1000, "████████████████████", "[100+]" },
		{ 2000, "████████████████████", "[100+]" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const char *bar = letter_bar(cases[i].permille, &arena);
		struct letter letter = letter_of("| a | {{x}}", bar);

		assert_string_equal(bar, cases[i].text);
		assert_string_equal(html_of(&letter),
		    arena_printf(&arena, "\nT ([a]%s)", cases[i].html));
	}
}

static void
a_text_without_a_layout_is_plain(void **state)
{
	struct letter letter = { .text = "! a\n\nb", .lang = "en",
		.title = "a & b" };

	(void)state;
	assert_string_equal(html_of(&letter), "\nP ! a\nP b");
	letter.layout = "l";
	assert_string_equal(html_of(&letter), "\nLEAD ! a\nP b");
	letter.text = "";
	assert_string_equal(html_of(&letter), "");
	assert_non_null(strstr(letter_names(&arena), "blocks lead plain"));
	assert_int_equal(letter_name_number("colour"), -1);
}

static void
a_bundle_has_one_end_and_buttons_of_their_own(void **state)
{
	static const struct letter notices[] = {
		{ .text = "Take it.\n\nTake: #take\n\n----\nA reply is a "
			  "note.\n",
		    .layout = "l.b.rs",
		    .title = "[T1] one" },
		{ .text = "Take: #take\n", .layout = "b", .title = "[T2] two" },
	};
	static const struct letter_reply replies[] = { { NULL, "all" },
		{ "a@x", "[T1] one" }, { "b@x", "[T2] two" } };
	struct letter letter = { .text = "Two.\n\n----\nA reply names "
					 "them.\n",
		.layout = "l.rs" };

	(void)state;
	letter_bundle(&letter, notices, ARRAY_COUNT(notices), &arena);
	assert_string_equal(letter.text,
	    "Two.\n\n-- [T1] one --\n\nTake it.\n\nTake: #take\n\n"
	    "-- [T2] two --\n\nTake: #take\n\n"
	    "----\nA reply names them.\n");
	assert_string_equal(letter.layout, "l.n.l.b.n.b.rs");
	letter_address(&letter, replies, ARRAY_COUNT(replies), &arena);
	assert_non_null(strstr(letter.text,
	    "Take: mailto:a@x?subject=%5BT1%5D&body=%23take%20\n"));
	assert_non_null(strstr(letter.text,
	    "Take: mailto:b@x?subject=%5BT2%5D&body=%23take%20\n"));
}

static void
a_notice_whose_address_is_not_known_has_no_buttons(void **state)
{
	static const struct letter notice = { .text = "Take: #take\n",
		.layout = "b",
		.title = "[T1] one" };
	static const struct letter_reply reply = { "a@x", "all" };
	struct letter letter = { .text = "Two.\n", .layout = "l" };

	(void)state;
	letter_bundle(&letter, &notice, 1, &arena);
	assert_string_equal(letter.text, "Two.\n\n-- [T1] one --\n\n"
					 "Take: #take\n\n");
	letter_address(&letter, &reply, 1, &arena);
	assert_string_equal(letter.text, "Two.\n\n-- [T1] one --\n\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(how_a_line_begins_is_its_form),
		cmocka_unit_test(no_value_makes_a_form),
		cmocka_unit_test(rows_are_a_table_with_columns),
		cmocka_unit_test(a_table_that_grows_far_too_long_is_refused),
		cmocka_unit_test(a_bar_is_as_long_as_it_says),
		cmocka_unit_test(a_text_without_a_layout_is_plain),
		cmocka_unit_test(a_bundle_has_one_end_and_buttons_of_their_own),
		cmocka_unit_test(
		    a_notice_whose_address_is_not_known_has_no_buttons),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
