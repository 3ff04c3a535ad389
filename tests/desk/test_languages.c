/* A third language is a folder: nothing else is told of it. */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/limits.h"
#include "core/texts.h"
#include "desk/config.h"
#include "desk/languages.h"
#include "desk/texts.h"
#include "handlers/help.h"
#include "handlers/sentences.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "tests/support/text_facts.h"

static struct arena arena;
static struct buf mistakes;
static char folder[] = "/tmp/shouwen-languages-XXXXXX";

static void
run(const char *command)
{
	const char *const words[] = { "sh", "-c", command, NULL };
	pid_t child = fork();
	int status = -1;

	assert_int_not_equal(child, -1);
	if (child == 0) {
		(void)execv("/bin/sh", (char *const *)(uintptr_t)words);
		_exit(127);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static FILE *
open_file(const char *name)
{
	FILE *file =
	    fopen(arena_printf(&arena, "%s/%s", folder, name), "wb");

	assert_non_null(file);
	return file;
}

static void
write_quoted(FILE *file, const char *name, const char *before, const char *text)
{
	(void)fprintf(file, "%s \"%s", name, before);
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			(void)fputc('\\', file);
		(void)fputc(*text, file);
	}
	(void)fputs("\"\n", file);
}

static const char *seen[1000];
static size_t seen_count;

static void
write_word(const char *zh, const char *en, void *arg)
{
	(void)zh;
	for (size_t i = 0; i < seen_count; i++)
		if (text_eq(seen[i], en))
			return;
	seen[seen_count++] = en;
	write_quoted(arg, "msgid", "", en);
	write_quoted(arg, "msgstr", text_starts(en, "{day}") ? "" : "de:",
	    text_starts(en, "{day}") ? "{day}. {month}, {time} Uhr" : en);
}

/* The shipped templates, and German as a copy of the English. */
static int
set_up(void **state)
{
	FILE *words;

	(void)state;
	arena_init(&arena, LIMIT_WORK_BYTES);
	buf_init(&mistakes, MIB);
	assert_non_null(mkdtemp(folder));
	run(arena_printf(&arena,
	    "cp -R templates/mail.html templates/zh-CN templates/en %s/ && "
	    "cp -R templates/en %s/de",
	    folder, folder));
	words = open_file("de/words.po");
	languages_each_word(write_word, words);
	(void)fclose(words);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	run(arena_printf(&arena, "rm -r %s", folder));
	buf_done(&mistakes);
	arena_done(&arena);
	return 0;
}

static void
note(const char *mistake, void *arg)
{
	(void)arg;
	buf_puts(&mistakes, mistake);
	buf_putc(&mistakes, '\n');
}

static struct texts *
load(void)
{
	struct err err = { 0 };

	buf_reset(&mistakes);
	languages_find(folder, note, NULL);
	return desk_texts_load(folder, NULL, note, NULL, &err);
}

static void
a_third_language_is_a_folder(void **state)
{
	scoped(texts_free) struct texts *texts = load();
	struct text_facts facts = demo_facts(CHANNEL_MAIL, LANGUAGE_EN);
	struct text_rendered text = { 0 };
	struct err err = { 0 };
	enum language german = LANGUAGE_EN;

	(void)state;
	assert_string_equal(buf_text(&mistakes), "");
	assert_non_null(texts);
	assert_int_equal(language_from("de", &german), 0);
	facts.to_staff = demo_staff("lin");
	facts.language = german;
	assert_int_equal(
	    texts_render(texts, "new_case", &facts, &arena, &text, &err), 0);
	assert_non_null(strstr(text.text,
	    "Place: de:Building 3, de:Unit 2, de:Room 501\n"));
	assert_non_null(strstr(
	    text.text, "Matter: de:complaint, plumbing, de:normal, de:assigned\n"));
	assert_non_null(strstr(
	    text.text, "Received: 23. de:Nov, 09:00 Uhr\n"));
	assert_non_null(strstr(text.text, "(by de:mail, in de:English)"));
	assert_non_null(strstr(text.text, "Handler: Li Ming"));
	assert_string_equal(
	    sentence(SAY_ASSIGNED, german, "Li Ming", &arena),
	    "de:Assigned to Li Ming.");
	assert_string_equal(
	    help_meaning(COMMAND_TAKE, german), "de:I handle it");
}

static void
the_settings_take_it_for_people_and_estates(void **state)
{
	scoped(config_free) struct config *conf = NULL;
	const char *overrides[] = {
		arena_printf(&arena, "templates=%s", folder),
		"staff.lin.language=de", "estate.sunshine.language=de", NULL };
	const char *wrong[] = { overrides[0], "staff.lin.language=fr", NULL };
	enum language german = LANGUAGE_EN;
	struct err err = { 0 };

	(void)state;
	buf_reset(&mistakes);
	assert_int_equal(config_load_with("conf/demo/shouwen.conf", overrides,
			     note, NULL, &conf, &err),
	    0);
	assert_int_equal(language_from("de", &german), 0);
	assert_int_equal(config_staff(conf, "lin")->language, german);
	assert_int_equal(config_estate(conf, "sunshine")->language, german);
	config_free(&conf);
	assert_int_equal(config_load_with("conf/demo/shouwen.conf", wrong,
			     note, NULL, &conf, &err),
	    -1);
	assert_non_null(strstr(buf_text(&mistakes),
	    "expected a folder of the templates: zh-CN, en, de"));
}

static void
what_a_folder_lacks_is_listed(void **state)
{
	static const char *const told[] = {
		"templates/de/ack.sms: no such file\n",
		"templates/de/help.mail:3: no colour here; allowed: ",
		"templates/de/words.po:2: nothing says \"never said\"",
		"templates/de/words.po: no msgstr for \"complaint\"; see",
		"templates/Deutsch!: not a language as in BCP 47",
	};
	scoped(texts_free) struct texts *texts = NULL;
	FILE *file;

	(void)state;
	file = open_file("de/words.po");
	(void)fputs("\nmsgid \"never said\"\nmsgstr \"nie\"\n", file);
	(void)fclose(file);
	file = open_file("de/help.mail");
	(void)fputs("Subject: x\n\n{{colour}}\n", file);
	(void)fclose(file);
	run(arena_printf(
	    &arena, "rm %s/de/ack.sms && mkdir '%s/Deutsch!'", folder, folder));
	texts = load();
	assert_null(texts);
	for (size_t i = 0; i < ARRAY_COUNT(told); i++)
		if (strstr(buf_text(&mistakes), told[i]) == NULL)
			fail_msg("not told: %s; but: %s", told[i],
			    buf_text(&mistakes));
	run(arena_printf(&arena, "rm %s/de/words.po", folder));
	assert_null(load());
	assert_non_null(strstr(buf_text(&mistakes),
	    "templates/de/words.po: no such file; make it from "));
	buf_reset(&mistakes);
	languages_find("/nonexistent", note, NULL);
	assert_string_equal(buf_text(&mistakes), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_third_language_is_a_folder),
		cmocka_unit_test(the_settings_take_it_for_people_and_estates),
		cmocka_unit_test(what_a_folder_lacks_is_listed),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
