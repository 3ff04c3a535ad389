/* #help: each person's own commands, and the document that lists all. */
#include <stdio.h>
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "core/commands.h"
#include "handlers/help.h"
#include "handlers/orders.h"
#include "lib/text.h"
#include "tests/support/decision.h"

static const char *
help_of(struct decision *d, const char *staff)
{
	decision_init(d);
	decision_mail(d, config_staff(d->ctx.conf, staff)->mail, "#帮助");
	decision_run(d);
	assert_non_null(sent(d, "command_help", staff));
	return sent(d, "command_help", staff)->text;
}

static void
help_lists_what_this_person_may_do(void **state)
{
	static const struct {
		const char *staff, *has, *has_not;
	} table[] = {
		{ "lin", "#接单", "#结案" },
		{ "lin", "#新建 3-2-501", "#交接" },
		{ "sun", "#请示", "#并案" },
		{ "chen", "#回访 5 内容", "#整改" },
		{ "chen", "#缺席", "#整改" },
		{ "sun", "#整改 措施", "#交接" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		const char *text = help_of(&d, table[i].staff);

		assert_non_null(strstr(text, table[i].has));
		assert_null(strstr(text, table[i].has_not));
		decision_done(&d);
	}
}

/* Those that are about no case have handlers of their own. */
static bool
is_alone(enum command_kind kind)
{
	return kind == COMMAND_NEW || kind == COMMAND_LEAVE ||
	       kind == COMMAND_PIN;
}

static void
every_command_that_works_is_explained_and_no_other(void **state)
{
	(void)state;
	for (int i = 0; i < COMMAND_KIND_COUNT; i++) {
		enum command_kind kind = (enum command_kind)i;
		bool works = order_rules[kind].run != NULL || is_alone(kind);

		print_message("%s\n", command_name(kind));
		assert_int_equal(
		    help_meaning(kind, LANGUAGE_ZH) != NULL, works);
		assert_int_equal(
		    help_meaning(kind, LANGUAGE_EN) != NULL, works);
	}
}

/* The document, without the backslashes that keep its tables together. */
static char *
document(void)
{
	static char text[32 * 1024];
	FILE *file = fopen("docs/COMMANDS.md", "r");
	size_t len = 0;
	int c;

	assert_non_null(file);
	while ((c = getc(file)) != EOF && len + 1 < sizeof(text))
		if (c != '\\')
			text[len++] = (char)c;
	text[len] = '\0';
	(void)fclose(file);
	return text;
}

static void
the_document_has_every_form_and_meaning(void **state)
{
	const char *text = document();

	(void)state;
	for (int i = 0; i < COMMAND_KIND_COUNT; i++) {
		enum command_kind kind = (enum command_kind)i;
		const char *meaning = help_meaning(kind, LANGUAGE_EN);
		const char *en = command_form(kind, LANGUAGE_EN);
		bool has = strstr(text, en) != NULL;

		if (has != (meaning != NULL))
			fail_msg("docs/COMMANDS.md: %s", en);
		if (meaning == NULL)
			continue;
		if (strstr(text, command_form(kind, LANGUAGE_ZH)) == NULL ||
		    strstr(text, meaning) == NULL)
			fail_msg("docs/COMMANDS.md: %s: %s", en, meaning);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(help_lists_what_this_person_may_do),
		cmocka_unit_test(
		    every_command_that_works_is_explained_and_no_other),
		cmocka_unit_test(the_document_has_every_form_and_meaning),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
