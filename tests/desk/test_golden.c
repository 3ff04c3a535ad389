/*
 * Every text in every language, as it goes out, against what was last looked
 * at (tests/golden/).  After a change: `make golden', and read the difference.
 * Compared by tests/program/golden.t alone (GOLDEN=check), so that a change of
 * a text is one step of work and its look another.
 *
 * A mail's lines stand behind the letters of their forms, and its HTML without
 * its styles, so that a new colour is one change and not hundreds; the page
 * with its styles stands once, in page.html.
 */
#include "tests/support/cmocka_fence.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/language.h"
#include "core/letter.h"
#include "core/limits.h"
#include "core/outgoing.h"
#include "core/text_list.h"
#include "core/texts.h"
#include "desk/languages.h"
#include "desk/texts.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/html.h"
#include "tests/support/text_facts.h"

#define FOLDER "tests/golden"

enum { FILES_MAX = 1000, SHOWN_BYTES = 1500 };

static struct arena arena;
static struct texts *texts;
static bool is_writing, is_checking;
static int changes;
static const char *written[FILES_MAX];
static size_t written_count;

static void
complain(const char *mistake, void *arg)
{
	(void)arg;
	print_error("%s\n", mistake);
}

static int
set_up(void **state)
{
	struct err err = { 0 };

	(void)state;
	arena_init(&arena, 256 * MIB);
	is_writing = text_eq(getenv("GOLDEN"), "write");
	is_checking = text_eq(getenv("GOLDEN"), "check");
	texts = desk_texts_load("templates", NULL, complain, NULL, &err);
	return texts == NULL;
}

static int
tear_down(void **state)
{
	(void)state;
	texts_free(&texts);
	arena_done(&arena);
	return 0;
}

/* ---- files ---- */

static const char *
read_file(const char *path)
{
	scoped(buf_done) struct buf text = { 0 };
	FILE *file = fopen(path, "rb");
	size_t got = 0;

	if (file == NULL)
		return NULL;
	buf_init(&text, MIB);
	do {
		char *room = buf_room(&text, 64 * KIB);

		assert_non_null(room);
		got = fread(room, 1, 64 * KIB, file);
		buf_grow(&text, got);
	} while (got > 0);
	(void)fclose(file);
	return arena_strndup(&arena, buf_text(&text), text.len);
}

static void
write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "wb");

	if (file == NULL)
		fail_msg("cannot write %s", path);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	(void)fclose(file);
}

/* The first line that differs. */
static const char *
difference(const char *was, const char *is)
{
	int line = 1;

	while (*was != '\0' && *is != '\0') {
		size_t old = strcspn(was, "\n"), new = strcspn(is, "\n");

		if (old != new || memcmp(was, is, old) != 0)
			break;
		was += old + (was[old] != '\0');
		is += new + (is[new] != '\0');
		line++;
	}
	return arena_printf(&arena, "line %d\n-%.*s\n+%.*s", line,
	    (int)strcspn(was, "\n"), was, (int)strcspn(is, "\n"), is);
}

static void
compare(const char *path, const char *text)
{
	const char *was = read_file(path);

	assert_true(written_count < FILES_MAX);
	written[written_count++] = arena_strdup(&arena, path);
	if (text_eq(was, text) || !(is_writing || is_checking))
		return;
	changes++;
	if (is_writing) {
		print_message("%s %s\n", was == NULL ? "new    " : "changed",
		    path);
		write_file(path, text);
	} else {
		print_error("%s: %.*s\n", path, SHOWN_BYTES,
		    was == NULL ? "is not there" : difference(was, text));
	}
}

/* ---- what a text becomes ---- */

/* What the digests say, with something in each of their lists. */
static void
add_digests(struct text_facts *facts)
{
	struct charge_list *charge = arena_alloc(&arena, sizeof(*charge));

	facts->week = demo_week(facts, "还是漏水，电话13900139001", &arena);
	*charge = (struct charge_list){
		.level = 3,
		.mine = facts->week->late,
		.below = facts->week->low,
		.coming = facts->week->due,
		.left_out = 1,
	};
	charge->mine.lines->is_untaken = true;
	facts->charge = charge;
}

static struct text_facts
facts_for(const char *name, enum channel channel, enum language language)
{
	struct text_facts facts = demo_facts(channel, language);

	if (!text_is_for_owner(name)) {
		facts.to_staff = demo_staff("lin");
		facts.to_name = NULL;
		add_digests(&facts);
	}
	return facts;
}

static struct text_rendered
render_alone(const char *name, const struct text_facts *facts)
{
	struct text_rendered text = { 0 };
	struct err err = { 0 };

	if (texts_render(texts, name, facts, &arena, &text, &err) != 0)
		fail_msg("%s", err.msg);
	return text;
}

/* A bundle with what it is there for. */
static struct text_rendered
render_bundle(const struct text_facts *facts)
{
	static const char *const names[] = { "new_case", "reminder" };
	struct text_facts bundle = *facts;
	struct text_rendered text;
	struct letter letter, notices[ARRAY_COUNT(names)];

	bundle.reply = REPLY_BUNDLE;
	text = render_alone("bundle", &bundle);
	letter = (struct letter){ .text = text.text, .layout = text.layout };
	for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
		struct text_rendered notice = render_alone(names[i], facts);

		notices[i] = (struct letter){ .text = notice.text,
			.layout = notice.layout,
			.title = notice.subject };
	}
	letter_bundle(&letter, notices, ARRAY_COUNT(notices), &arena);
	text.text = letter.text;
	text.layout = letter.layout;
	return text;
}

static struct text_rendered
render(const char *name, const struct text_facts *facts)
{
	return text_eq(name, "bundle") ? render_bundle(facts)
				       : render_alone(name, facts);
}

/* "l Please take this case." */
static const char *
lines_of(const struct text_rendered *text)
{
	scoped(buf_done) struct buf out;
	const char *form = text->layout;

	buf_init(&out, LIMIT_RENDERED_BYTES);
	buf_printf(&out, "Subject: %s\n\n", text->subject);
	for (const char *at = text->text; *at != '\0';) {
		size_t len = strcspn(at, "\n");

		buf_putc(&out, *form++);
		if (len > 0)
			buf_putc(&out, ' ');
		buf_add(&out, at, len);
		buf_putc(&out, '\n');
		at += len + (at[len] != '\0');
	}
	assert_int_equal(*form, '\0');
	return arena_strdup(&arena, buf_text(&out));
}

/* The body, without what only says how it looks. */
static const char *
body_of(const char *html)
{
	static const char *const starts[] = { " style=\"", " cellpadding=\"",
		" cellspacing=\"", " border=\"", " width=\"100%\"" };
	const char *end = strstr(html, "</body>");
	scoped(buf_done) struct buf out;

	html = strstr(html, "<body");
	assert_true(html != NULL && end != NULL);
	buf_init(&out, LIMIT_HTML_BYTES);
	while (html < end) {
		size_t i = 0;

		while (i < ARRAY_COUNT(starts) && !text_starts(html, starts[i]))
			i++;
		if (i == ARRAY_COUNT(starts)) {
			buf_putc(&out, *html++);
			continue;
		}
		html = strchr(html, '"') + 1;
		html = strchr(html, '"') + 1;
	}
	return arena_strdup(&arena, buf_text(&out));
}

static const char *
html_of(const struct text_rendered *text, enum language language)
{
	struct outgoing mail = { .subject = text->subject,
		.text = text->text,
		.layout = text->layout,
		.language = language };
	struct err err = { 0 };

	const struct letter_reply replies[] = {
		{ "desk+881.k3vabcdefghijklmn@sunshine.example",
		    text->subject },
		{ "desk+879.k4vabcdefghijklmn@sunshine.example",
		    "[T261123-0007] 1" },
		{ "desk+880.k5vabcdefghijklmn@sunshine.example",
		    "[T261123-0008] 2" },
	};

	if (texts_finish(texts, replies, ARRAY_COUNT(replies), &mail, &arena,
		&err) != 0)
		fail_msg("%s", err.msg);
	return mail.html;
}

/* For a browser: the whole page, below the folder of PAGES. */
static void
keep_page(const char *name, const char *code, const char *html)
{
	const char *folder = getenv("PAGES");

	if (folder == NULL)
		return;
	folder = arena_printf(&arena, "%s/%s", folder, code);
	(void)mkdir(folder, 0755);
	write_file(arena_printf(&arena, "%s/%s.html", folder, name), html);
}

static void
compare_text(const char *name, enum language language)
{
	const char *html;

	const char *code = language_name(language);
	struct text_facts facts = facts_for(name, CHANNEL_MAIL, language);
	struct text_rendered text;

	if (texts_has(texts, name, CHANNEL_MAIL)) {
		text = render(name, &facts);
		compare(arena_printf(&arena, FOLDER "/%s/%s.mail", code, name),
		    lines_of(&text));
		html = html_of(&text, language);
		keep_page(name, code, html);
		compare(arena_printf(&arena, FOLDER "/%s/%s.html", code, name),
		    body_of(html));
	}
	if (texts_has(texts, name, CHANNEL_SMS)) {
		facts = facts_for(name, CHANNEL_SMS, language);
		text = render(name, &facts);
		compare(arena_printf(&arena, FOLDER "/%s/%s.sms", code, name),
		    arena_printf(&arena, "%s\n", text.text));
	}
}

static bool
is_written(const char *path)
{
	for (size_t i = 0; i < written_count; i++)
		if (text_eq(written[i], path))
			return true;
	return false;
}

/* What no text is any more. */
static void
look_for_leftovers(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (dir == NULL)
		return;
	while ((entry = readdir(dir)) != NULL) {
		const char *path =
		    arena_printf(&arena, "%s/%s", folder, entry->d_name);

		if (entry->d_name[0] == '.' || is_written(path) ||
		    !(is_writing || is_checking))
			continue;
		changes++;
		if (is_writing) {
			print_message("removed %s\n", path);
			(void)unlink(path);
		} else {
			print_error("%s: no such text any more\n", path);
		}
	}
	(void)closedir(dir);
}

static void
every_text_is_as_it_was_last_looked_at(void **state)
{
	struct text_facts facts =
	    facts_for("new_case", CHANNEL_MAIL, LANGUAGE_EN);
	struct text_rendered text = render("new_case", &facts);

	(void)state;
	(void)mkdir(FOLDER, 0755);
	for (int i = 0; i < LANGUAGE_COUNT; i++) {
		const char *folder = arena_printf(&arena, FOLDER "/%s",
		    language_name((enum language)i));

		(void)mkdir(folder, 0755);
		for (size_t k = 0; k < text_row_count; k++)
			compare_text(text_rows[k].name, (enum language)i);
		look_for_leftovers(folder);
	}
	compare(FOLDER "/page.html", html_of(&text, LANGUAGE_EN));
	if (changes > 0 && !is_writing)
		fail_msg("%d texts are not as they were: if they are meant to "
			 "be so, run `make golden' and look at what git shows",
		    changes);
}

/* A mail program that does not mark quotes brings our own words back as the
 * writer's; a hint at the start of a line would then be a command. */
static void
no_hint_in_the_html_of_a_mail_can_be_taken_for_a_command(void **state)
{
	(void)state;
	for (size_t i = 0; i < written_count; i++) {
		const char *text;

		if (!text_ends(written[i], ".html"))
			continue;
		text = read_file(written[i]);
		if (text == NULL)
			continue;
		text = html_unmark(html_to_text(text, &arena), &arena);
		for (; text != NULL; text = strchr(text, '\n')) {
			text += strspn(text, "\n \t>");
			if (*text == '#' || text_starts(text, "＃"))
				fail_msg("%s: %.60s", written[i], text);
		}
	}
}

static void
write_quoted(struct buf *out, const char *name, const char *text)
{
	buf_printf(out, "%s \"", name);
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			buf_putc(out, '\\');
		if (*text == '\n')
			buf_puts(out, "\\n");
		else
			buf_putc(out, *text);
	}
	buf_puts(out, "\"\n");
}

struct catalogue_file {
	struct buf out;
	const char **seen;
	size_t count;
};

static void
write_word(const char *zh, const char *en, void *arg)
{
	struct catalogue_file *file = arg;

	for (size_t i = 0; i < file->count; i++)
		if (text_eq(file->seen[i], en))
			return;
	assert_true(file->count < FILES_MAX);
	file->seen[file->count++] = en;
	buf_printf(&file->out, "\n#. %s\n", zh);
	write_quoted(&file->out, "msgid", en);
	write_quoted(&file->out, "msgstr", "");
}

/* What a translator starts from. */
static void
the_words_to_translate_are_those_of_the_tables(void **state)
{
	struct catalogue_file file = {
		.seen = arena_array(&arena, FILES_MAX, sizeof(char *)),
	};

	(void)state;
	changes = 0;
	buf_init(&file.out, MIB);
	buf_puts(&file.out,
	    "# What the desk says beside its templates.  Copy this file to the "
	    "folder of a\n# language as words.po and fill in each msgstr; the "
	    "Chinese stands above.\n");
	languages_each_word(write_word, &file);
	compare("templates/words.pot", buf_text(&file.out));
	buf_done(&file.out);
	if (changes > 0 && !is_writing)
		fail_msg("templates/words.pot is not what the tables say: run "
			 "`make golden'");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_text_is_as_it_was_last_looked_at),
		cmocka_unit_test(
		    no_hint_in_the_html_of_a_mail_can_be_taken_for_a_command),
		cmocka_unit_test(
		    the_words_to_translate_are_those_of_the_tables),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
