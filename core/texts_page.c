/*
 * The page that all mails are put into, templates/mail.html.
 *
 * A mail program shows what stands there to everybody, next to strangers'
 * words: so nothing in it may be unescaped, run, or be fetched.
 */
#include <string.h>

#include "core/letter.h"
#include "core/limits.h"
#include "core/texts_inside.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"

static const char PLACE[] = "templates/" TEXTS_PAGE;

/* In any case of letters. */
static const struct {
	const char *word;
	const char *why;
} forbidden[] = {
	{ "<script", "no script runs in a mail" },
	{ "javascript:", "no script runs in a mail" },
	{ "<img", "pictures are not shown by many mail programs, and fetched "
		  "ones tell who reads" },
	{ "<picture", "no pictures" },
	{ "<svg", "no pictures" },
	{ "<iframe", "nothing is fetched" },
	{ "<object", "nothing is fetched" },
	{ "<embed", "nothing is fetched" },
	{ "<link", "nothing is fetched; styles stand inside" },
	{ "<form", "answers are mails" },
	{ "<base", "nothing is fetched" },
	{ "@import", "nothing is fetched; styles stand inside" },
	{ "url(", "nothing is fetched" },
	{ "src=", "nothing is fetched" },
	{ "srcset", "nothing is fetched" },
	{ "background=", "nothing is fetched" },
	{ "http:", "nothing is fetched, and links are the buttons only" },
	{ "https:", "nothing is fetched, and links are the buttons only" },
	{ "http-equiv", "nothing but the mail itself says what it is" },
	{ " onload", "no script runs in a mail" },
	{ " onclick", "no script runs in a mail" },
	{ " onerror", "no script runs in a mail" },
	{ " onmouseover", "no script runs in a mail" },
	{ "=\"//", "nothing is fetched" },
};

static bool
check_name(const char *name, int line, void *arg)
{
	struct loader *loader = arg;

	if (letter_name_number(name) < 0 && !text_eq(name, "."))
		loader_mistake(loader,
		    arena_printf(&loader->arena, "%s:%d: no %s here; allowed: %s",
			PLACE, line, name, letter_names(&loader->arena)));
	return true;
}

static bool
check_raw(const char *name, int line, void *arg)
{
	struct loader *loader = arg;

	loader_mistake(loader,
	    arena_printf(&loader->arena,
		"%s:%d: {{{%s}}} is not escaped; write {{%s}}", PLACE, line,
		name, name));
	return true;
}

static bool
check_partial(const char *name, int line, void *arg)
{
	struct loader *loader = arg;

	loader_mistake(loader,
	    arena_printf(&loader->arena,
		"%s:%d: no partial %s: the page is one file", PLACE, line,
		name));
	return true;
}

static void
check_line(struct loader *loader, const char *line, int number)
{
	for (size_t i = 0; i < ARRAY_COUNT(forbidden); i++)
		if (strcasestr(line, forbidden[i].word) != NULL)
			loader_mistake(loader,
			    arena_printf(&loader->arena,
				"%s:%d: no \"%s\" here: %s", PLACE, number,
				text_trim(arena_strdup(&loader->arena,
				    forbidden[i].word)),
				forbidden[i].why));
}

static void
check_lines(struct loader *loader, const char *file)
{
	for (int number = 1; *file != '\0'; number++) {
		size_t len = strcspn(file, "\n");

		check_line(loader,
		    arena_strndup(&loader->arena, file, len), number);
		file += len + (file[len] == '\n');
	}
}

struct template *
texts_page_load(struct loader *loader)
{
	const char *file = loader->read(TEXTS_PAGE, loader->arg);
	struct err err = { 0 };
	struct template *page;

	if (file == NULL) {
		loader_mistake(loader,
		    arena_printf(&loader->arena, "%s: no such file", PLACE));
		return NULL;
	}
	check_lines(loader, file);
	page = template_parse(PLACE, 1, file, ESCAPE_HTML, &err);
	if (page == NULL) {
		loader_mistake(loader, err.msg);
		return NULL;
	}
	template_bind(page, letter_name_number);
	template_names(page, check_name, loader);
	template_raw(page, check_raw, loader);
	template_partials(page, check_partial, loader);
	/* It takes a pointer to struct template for a number. */
	/* cppcheck-suppress CastIntegerToAddressAtReturn */
	return page;
}
