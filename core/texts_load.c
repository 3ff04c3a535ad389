#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "core/text_field.h"
#include "core/texts.h"
#include "core/texts_inside.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"

static const char *const suffixes[FORM_COUNT] = {
	[FORM_SUBJECT] = "mail",
	[FORM_MAIL] = "mail",
	[FORM_SMS] = "sms",
};

/* One template in the loader's hands. */
struct checked {
	struct loader *loader;
	const struct language_texts *texts;
	const char *place;
	const char *uses;
	int depth; /* of partials */
};

static struct template *
parse_file(struct loader *loader, const char *place, int line, const char *text,
    enum template_escape escape)
{
	struct err err = { 0 };
	struct template *template =
	    template_parse(place, line, text, escape, &err);

	if (template == NULL)
		loader_mistake(loader, err.msg);
	else
		template_bind(template, text_field_number);
	/* It takes a pointer to struct template for a number. */
	/* cppcheck-suppress CastIntegerToAddressAtReturn */
	return template;
}

static bool
check_name(const char *name, int line, void *arg)
{
	const struct checked *checked = arg;
	struct arena *arena = &checked->loader->arena;

	if (!text_data_offers(name, checked->uses))
		loader_mistake(checked->loader,
		    arena_printf(arena, "%s:%d: no %s here; allowed: %s",
			checked->place, line, name,
			text_data_allowed(checked->uses, arena)));
	return true;
}

static bool
check_partial(const char *name, int line, void *arg)
{
	const struct checked *checked = arg;
	int i = text_part_index(name);
	const struct template *part;
	struct checked inner = *checked;

	if (i < 0) {
		loader_mistake(checked->loader,
		    arena_printf(&checked->loader->arena,
			"%s:%d: no partial of the name %s", checked->place,
			line, name));
		return true;
	}
	part = checked->texts->parts[i];
	inner.place = arena_printf(&checked->loader->arena, "%s:%d: %s",
	    checked->place, line, name);
	inner.depth++;
	if (part != NULL && inner.depth < LIMIT_TEMPLATE_NESTING) {
		template_names(part, check_name, &inner);
		template_partials(part, check_partial, &inner);
	}
	return true;
}

static void
check(struct loader *loader, const struct template *template,
    const struct checked *like)
{
	struct checked checked = *like;

	checked.loader = loader;
	if (template == NULL)
		return;
	template_names(template, check_name, &checked);
	template_partials(template, check_partial, &checked);
}

/* The file behind its header line "Subject: ..." and an empty line; the
 * subject is cut out into the arena.  NULL when it is not like that. */
static const char *
split_mail(struct loader *loader, const char *place, const char *file,
    const char **subject)
{
	static const char header[] = "Subject: ";
	const char *end = strchr(file, '\n');

	if (!text_starts(file, header) || end == NULL || end[1] != '\n') {
		loader_mistake(loader,
		    arena_printf(&loader->arena,
			"%s:1: wants \"Subject: ...\" and an empty line",
			place));
		return NULL;
	}
	file += sizeof(header) - 1;
	*subject = arena_strndup(&loader->arena, file, (size_t)(end - file));
	return end + 2;
}

static void
load_mail(struct loader *loader, const struct text_row *row,
    struct template *forms[FORM_COUNT], struct checked *checked,
    const char *file)
{
	/* The number at the left is what finds the case again (rules.md
	 * 3.2); also behind a section, for texts with and without a case. */
	static const char number[] = "[{{case.number}}] ";
	const char *subject = NULL;
	const char *body = split_mail(loader, checked->place, file, &subject);
	bool is_about_case = text_starts(row->mail, "case") &&
	    !text_starts(row->mail, "cases");

	if (body == NULL)
		return;
	if (is_about_case && !text_starts(subject, number) &&
	    !text_starts(subject, "{{#case.number}}[{{case.number}}] "))
		loader_mistake(loader,
		    arena_printf(&loader->arena,
			"%s:1: the subject wants to start with %s",
			checked->place, number));
	forms[FORM_SUBJECT] =
	    parse_file(loader, checked->place, 1, subject, ESCAPE_NONE);
	forms[FORM_MAIL] = parse_file(
	    loader, checked->place, 3, body, ESCAPE_MARKED);
	check(loader, forms[FORM_SUBJECT], checked);
	check(loader, forms[FORM_MAIL], checked);
}

static const char *
path_of(struct loader *loader, enum language language, const char *name,
    const char *suffix)
{
	return arena_printf(&loader->arena, "%s/%s.%s",
	    language_name(language), name, suffix);
}

static void
load_form(struct loader *loader, enum language language, size_t i,
    enum form form)
{
	const struct text_row *row = &text_rows[i];
	struct language_texts *texts = &loader->texts->in[language];
	const char *path = path_of(loader, language, row->name, suffixes[form]);
	const char *file = loader->read(path, loader->arg);
	struct checked checked = {
		.texts = texts,
		.place = arena_printf(&loader->arena, "templates/%s", path),
		.uses = form == FORM_SMS ? row->sms : row->mail,
	};

	if (file == NULL) {
		loader_mistake(loader,
		    arena_printf(&loader->arena, "%s: no such file",
			checked.place));
		return;
	}
	if (form == FORM_MAIL) {
		load_mail(loader, row, texts->forms[i], &checked, file);
		return;
	}
	texts->forms[i][form] =
	    parse_file(loader, checked.place, 1, file, ESCAPE_NONE);
	check(loader, texts->forms[i][form], &checked);
}

static struct template *
load_part(struct loader *loader, enum language language, const char *name)
{
	const char *path =
	    path_of(loader, language, name, suffixes[FORM_MAIL]);
	const char *file = loader->read(path, loader->arg);
	const char *place = arena_printf(&loader->arena, "templates/%s", path);

	if (file != NULL)
		/* cppcheck-suppress CastIntegerToAddressAtReturn */
		return parse_file(loader, place, 1, file, ESCAPE_MARKED);
	loader_mistake(loader,
	    arena_printf(&loader->arena, "%s: no such file", place));
	return NULL;
}

static void
load_language(struct loader *loader, enum language language)
{
	struct language_texts *texts = &loader->texts->in[language];
	struct template *(*forms)[FORM_COUNT] =
	    calloc(text_row_count, sizeof(*forms));

	if (forms == NULL)
		abort();
	texts->forms = forms;
	for (size_t i = 0; i < TEXT_PART_COUNT; i++)
		texts->parts[i] = load_part(loader, language, text_parts[i]);
	for (size_t i = 0; i < text_row_count; i++) {
		if (text_rows[i].mail != NULL)
			load_form(loader, language, i, FORM_MAIL);
		if (text_rows[i].sms != NULL)
			load_form(loader, language, i, FORM_SMS);
	}
}

struct texts *
texts_load(texts_read *read, texts_complain *complain, void *arg)
{
	struct texts *texts = calloc(1, sizeof(*texts));
	struct loader loader = {
		.read = read,
		.complain = complain,
		.arg = arg,
		.texts = texts,
	};

	if (texts == NULL)
		abort();
	arena_init(&loader.arena, LIMIT_WORK_BYTES);
	texts->page = texts_page_load(&loader);
	for (int i = 0; i < language_count(); i++)
		load_language(&loader, (enum language)i);
	arena_done(&loader.arena);
	if (loader.mistakes > 0)
		texts_free(&texts);
	return texts;
}
