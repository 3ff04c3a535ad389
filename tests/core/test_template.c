#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "core/template.h"
#include "lib/err.h"
#include "tests/support/json_source.h"

#define SPEC "../shared/corpora/mustache-spec/"

struct partials {
	const json_t *sources;
	struct template *list[8];
	const char *names[8];
	size_t count;
};

static void
partials_done(struct partials *partials)
{
	for (size_t i = 0; i < partials->count; i++)
		template_free(&partials->list[i]);
}

static const struct template *
find_partial(const char *name, void *arg)
{
	struct partials *partials = arg;
	const char *source = json_text(partials->sources, name);

	for (size_t i = 0; i < partials->count; i++) {
		if (strcmp(partials->names[i], name) == 0)
			return partials->list[i];
	}
	if (source == NULL)
		return NULL;
	assert_true(partials->count < 8);
	partials->names[partials->count] = name;
	partials->list[partials->count] =
	    template_parse(name, 1, source, ESCAPE_HTML, NULL);
	return partials->list[partials->count++];
}

static void
render(const struct template *template, const json_t *data,
    template_partial *partials, void *arg, struct buf *out)
{
	const struct template_source source = json_source(data);

	template_render(template, &source, partials, arg, out);
}

/* One case of the specification; false when the result differs. */
static bool
run_case(const char *module, const json_t *test)
{
	scoped(buf_done) struct buf out;
	scoped(partials_done) struct partials partials = {
		.sources = json_object_get(test, "partials"),
	};
	scoped(template_free) struct template *template = NULL;
	struct err err = { 0 };

	buf_init(&out, LIMIT_RENDERED_BYTES);
	template = template_parse(
	    module, 1, json_text(test, "template"), ESCAPE_HTML, &err);
	if (template == NULL) {
		printf("# %s: %s: %s\n", module, json_text(test, "name"),
		    err.msg);
		return false;
	}
	render(template, json_object_get(test, "data"), find_partial,
	    &partials, &out);
	if (strcmp(buf_text(&out), json_text(test, "expected")) == 0)
		return true;
	printf("# %s: %s: got '%s'\n", module, json_text(test, "name"),
	    buf_text(&out));
	return false;
}

static void
the_required_modules_of_the_specification_pass(void **state)
{
	static const struct {
		const char *module;
		size_t least; /* tests that the module has at the least */
	} modules[] = {
		{ "comments", 10 },
		{ "delimiters", 12 },
		{ "interpolation", 30 },
		{ "inverted", 20 },
		{ "partials", 10 },
		{ "sections", 25 },
	};
	int passed = 0, failed = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(modules); i++) {
		char path[128];
		scoped(json_release) json_t *document = NULL;
		const json_t *tests, *test;
		size_t at;

		(void)snprintf(path, sizeof(path), SPEC "%s.json", modules[i].module);
		document = json_load_file(path, 0, NULL);
		if (document == NULL) {
			printf("# no " SPEC " here\n");
			skip();
		}
		tests = json_object_get(document, "tests");
		assert_true(json_array_size(tests) >= modules[i].least);
		json_array_foreach (tests, at, test) {
			if (run_case(modules[i].module, test))
				passed++;
			else
				failed++;
		}
	}
	printf("# specification: %d passed, %d failed\n", passed, failed);
	assert_int_equal(failed, 0);
}

static void
a_mistake_is_told_with_its_line(void **state)
{
	static const struct {
		const char *text;
		const char *says;
	} rows[] = {
		{ "a\n{{#b}}\nc", "t:2: {{b}} is not closed" },
		{ "a\n\n{{/b}}", "t:3: {{/b}} closes nothing" },
		{ "{{#a}}\n{{/b}}", "t:2: {{/b}} closes {{a}} of line 1" },
		{ "x {{name", "t:1: a tag is not closed" },
		{ "x {{{name}} y", "t:1: a tag is not closed" },
		{ "{{}}", "t:1: a tag without a name" },
		{ "{{# }}", "t:1: a tag without a name" },
		{ "{{=a=}}", "t:1: delimiters want to be" },
		{ "{{=[ [ [=}}", "t:1: delimiters want to be" },
		{ "{{=12345678901234567 ]=}}", "t:1: delimiters want to be" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct err err = { 0 };

		assert_null(
		    template_parse("t", 1, rows[i].text, ESCAPE_NONE, &err));
		assert_int_equal(err.kind, ERR_CONF);
		assert_memory_equal(
		    err.msg, rows[i].says, strlen(rows[i].says));
	}
}

static void
sections_nest_only_so_deep(void **state)
{
	scoped(buf_done) struct buf text;
	struct err err = { 0 };

	(void)state;
	buf_init(&text, LIMIT_RENDERED_BYTES);
	for (int i = 0; i <= LIMIT_TEMPLATE_NESTING; i++)
		buf_puts(&text, "{{#a}}");
	assert_null(template_parse("t", 1, buf_text(&text), ESCAPE_NONE, &err));
	assert_non_null(strstr(err.msg, "deeper"));
}

static void
plain_text_is_not_escaped(void **state)
{
	scoped(json_release) json_t *data = json_pack("{ss}", "a", "<&\"'>");
	static const struct {
		enum template_escape escape;
		const char *expected;
	} rows[] = {
		{ ESCAPE_NONE, "<&\"'> <&\"'>" },
		{ ESCAPE_HTML, "&lt;&amp;&quot;&#39;&gt; <&\"'>" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scoped(buf_done) struct buf out;
		scoped(template_free) struct template *template =
		    template_parse("t", 1, "{{a}} {{{a}}}", rows[i].escape, NULL);

		buf_init(&out, LIMIT_RENDERED_BYTES);
		render(template, data, NULL, NULL, &out);
		assert_string_equal(buf_text(&out), rows[i].expected);
	}
}

static void
a_value_is_never_read_as_a_template(void **state)
{
	scoped(json_release) json_t *data =
	    json_pack("{ssss}", "a", "{{b}}{{#b}}", "b", "secret");
	scoped(template_free) struct template *template =
	    template_parse("t", 1, "[{{a}}]", ESCAPE_NONE, NULL);
	scoped(buf_done) struct buf out;

	(void)state;
	buf_init(&out, LIMIT_RENDERED_BYTES);
	render(template, data, NULL, NULL, &out);
	assert_string_equal(buf_text(&out), "[{{b}}{{#b}}]");
}

static void
a_partial_that_calls_itself_for_ever_ends(void **state)
{
	scoped(json_release) json_t *sources =
	    json_pack("{ss}", "loop", "x{{>loop}}");
	scoped(json_release) json_t *data = json_object();
	scoped(partials_done) struct partials partials = { .sources = sources };
	scoped(buf_done) struct buf out;
	scoped(template_free) struct template *template =
	    template_parse("t", 1, "{{>loop}}", ESCAPE_NONE, NULL);

	(void)state;
	buf_init(&out, LIMIT_RENDERED_BYTES);
	render(template, data, find_partial, &partials, &out);
	assert_int_equal(out.len, LIMIT_TEMPLATE_NESTING);
}

static void
output_stops_at_its_ceiling(void **state)
{
	scoped(json_release) json_t *data = json_pack("{s[iii]}", "a", 1, 2, 3);
	scoped(template_free) struct template *template =
	    template_parse("t", 1, "{{#a}}0123456789{{/a}}", ESCAPE_NONE, NULL);
	scoped(buf_done) struct buf out;

	(void)state;
	buf_init(&out, 25);
	render(template, data, NULL, NULL, &out);
	assert_true(buf_is_over(&out));
	assert_true(out.len <= 25);
}

static bool
note_name(const char *name, int line, void *arg)
{
	buf_printf(arg, "%s:%d ", name, line);
	return strcmp(name, "stop") != 0;
}

static void
the_names_that_a_template_uses_are_told_with_their_lines(void **state)
{
	scoped(buf_done) struct buf out;
	scoped(template_free) struct template *template = template_parse("t", 1,
	    "{{a.b}}\n{{#c}}\n{{! no }}{{^d}}{{.}}{{/d}}{{/c}}\n{{>e}}"
	    "{{stop}}{{f}}",
	    ESCAPE_NONE, NULL);

	(void)state;
	buf_init(&out, LIMIT_RENDERED_BYTES);
	template_names(template, note_name, &out);
	assert_string_equal(buf_text(&out), "a.b:1 c:2 d:3 .:3 stop:4 ");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_required_modules_of_the_specification_pass),
		cmocka_unit_test(a_mistake_is_told_with_its_line),
		cmocka_unit_test(sections_nest_only_so_deep),
		cmocka_unit_test(plain_text_is_not_escaped),
		cmocka_unit_test(a_value_is_never_read_as_a_template),
		cmocka_unit_test(a_partial_that_calls_itself_for_ever_ends),
		cmocka_unit_test(output_stops_at_its_ceiling),
		cmocka_unit_test(
		    the_names_that_a_template_uses_are_told_with_their_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
