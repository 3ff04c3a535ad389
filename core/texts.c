#include "core/texts.h"

#include "core/letter.h"
#include "core/limits.h"
#include "core/text_field.h"
#include "core/texts_inside.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/text.h"

#include <stdlib.h>
#include <string.h>

/* A subject is one header line; mail programs show less than this. */
enum { SUBJECT_MAX = 240 };
/* Most texts are shorter, and then nothing is copied while they grow. */
enum { USUAL_BYTES = 2000 };

static void
free_language(struct language_texts *texts)
{
	for (size_t i = 0; i < TEXT_PART_COUNT; i++)
		template_free(&texts->parts[i]);
	for (size_t i = 0; texts->forms != NULL && i < text_row_count; i++) {
		for (int form = 0; form < FORM_COUNT; form++)
			template_free(&texts->forms[i][form]);
	}
	free(texts->forms);
}

void
texts_free(struct texts **texts)
{
	if (*texts == NULL)
		return;
	for (int i = 0; i < LANGUAGES_MAX; i++)
		free_language(&(*texts)->in[i]);
	template_free(&(*texts)->page);
	free(*texts);
	*texts = NULL;
}

/* The row's index, or -1. */
static int
row_index(const char *name, size_t len)
{
	for (size_t i = 0; i < text_row_count; i++) {
		const char *row = text_rows[i].name;

		if (row[0] == name[0] && strncmp(row, name, len) == 0 &&
		    row[len] == '\0')
			return (int)i;
	}
	return -1;
}

bool
texts_is_known(const char *path)
{
	const char *name = strchr(path, '/');
	const char *dot = strrchr(path, '.');
	bool is_sms = text_ends(path, ".sms");
	int i;

	if (text_eq(path, TEXTS_PAGE))
		return true;
	if (name == NULL || dot == NULL || dot < name ||
	    (!is_sms && !text_ends(path, ".mail")))
		return false;
	name++;
	i = row_index(name, (size_t)(dot - name));
	if (i >= 0)
		return (is_sms ? text_rows[i].sms : text_rows[i].mail) != NULL;
	for (i = 0; i < TEXT_PART_COUNT; i++) {
		if (strncmp(text_parts[i], name, (size_t)(dot - name)) == 0 &&
		    text_parts[i][dot - name] == '\0')
			return !is_sms;
	}
	return false;
}

static bool
has_form(int row, enum channel channel)
{
	return (channel == CHANNEL_SMS ? text_rows[row].sms
				       : text_rows[row].mail) != NULL;
}

bool
texts_has(const struct texts *texts, const char *name, enum channel channel)
{
	int i = row_index(name, strlen(name));

	(void)texts;
	return i >= 0 && has_form(i, channel);
}

int
text_part_index(const char *name)
{
	for (int i = 0; i < TEXT_PART_COUNT; i++) {
		if (strcmp(text_parts[i], name) == 0)
			return i;
	}
	return -1;
}

static const struct template *
find_part(const char *name, void *arg)
{
	const struct language_texts *texts = arg;
	int i = text_part_index(name);

	return i < 0 ? NULL : texts->parts[i];
}

/* Nothing in a value can end the header line or hide in it: control
 * characters, line and paragraph separators become one space. */
static char *
make_one_line(char *text)
{
	size_t len = 0;

	for (const char *at = text; *at != '\0';) {
		size_t skip = (unsigned char)*at < ' ' || *at == '\x7f';

		if (strncmp(at, "\xc2\x85", 2) == 0)
			skip = 2;
		else if (strncmp(at, "\xe2\x80\xa8", 3) == 0 ||
			 strncmp(at, "\xe2\x80\xa9", 3) == 0)
			skip = 3;
		if (skip == 0)
			text[len++] = *at++;
		else if (len > 0 && text[len - 1] != ' ')
			text[len++] = ' ';
		at += skip;
	}
	if (len > SUBJECT_MAX)
		for (len = SUBJECT_MAX; (text[len] & 0xc0) == 0x80; len--)
			;
	text[len] = '\0';
	return text_trim(text);
}

/* Of a mail's text the marks stay in. */
static int
render(const struct language_texts *texts, const struct template *template,
    const struct template_source *data, struct buf *out, struct err *err)
{
	/* template_render() hands it back unchanged, and never writes. */
	union {
		const struct language_texts *given;
		void *arg;
	} in = { .given = texts };

	buf_init(out, LIMIT_RENDERED_BYTES);
	(void)buf_room(out, USUAL_BYTES);
	template_render(template, data, find_part, in.arg, out);
	if (!buf_is_over(out))
		return 0;
	err_set(err, ERR_DATA, "text over %zu bytes", LIMIT_RENDERED_BYTES);
	return -1;
}

static int
render_sms(const struct language_texts *texts, struct template *const *forms,
    const struct template_source *data, struct arena *arena,
    struct text_rendered *ret, struct err *err)
{
	scoped(buf_done) struct buf text = { 0 };

	if (render(texts, forms[FORM_SMS], data, &text, err) != 0)
		return -1;
	*ret = (struct text_rendered){
		.text =
		    text_trim(arena_strndup(arena, buf_text(&text), text.len)),
	};
	return 0;
}

static int
render_mail(const struct language_texts *texts, struct template *const *forms,
    const struct template_source *data, struct arena *arena,
    struct text_rendered *ret, struct err *err)
{
	scoped(buf_done) struct buf subject = { 0 }, marked = { 0 };
	struct letter letter;

	if (render(texts, forms[FORM_SUBJECT], data, &subject, err) != 0 ||
	    render(texts, forms[FORM_MAIL], data, &marked, err) != 0)
		return -1;
	if (letter_make(buf_text(&marked), arena, &letter) != 0) {
		err_set(err, ERR_DATA, "its tables are too wide");
		return -1;
	}
	*ret = (struct text_rendered){
		.subject = make_one_line(
		    arena_strndup(arena, buf_text(&subject), subject.len)),
		.text = letter.text,
		.layout = letter.layout,
	};
	return 0;
}

int
texts_render(const struct texts *texts, const char *name,
    const struct text_facts *facts, struct arena *arena,
    struct text_rendered *ret, struct err *err)
{
	const struct language_texts *in = &texts->in[facts->language];
	int i = row_index(name, strlen(name));
	struct text_view view;
	int rc;

	/* A language that came after these were loaded. */
	if (in->forms == NULL)
		in = &texts->in[LANGUAGE_EN];
	if (i < 0 || !has_form(i, facts->channel))
		return err_set(err, ERR_BUG, "no text %s for %s", name,
		    channel_name(facts->channel));
	text_view_init(&view, facts, arena);
	rc = facts->channel == CHANNEL_SMS
		 ? render_sms(in, in->forms[i], &view.source, arena, ret, err)
		 : render_mail(in, in->forms[i], &view.source, arena, ret, err);
	return rc == 0 ? 0 : err_wrap(err, "%s", name);
}

int
texts_finish(const struct texts *texts, const struct letter_reply *replies,
    size_t count, struct outgoing *mail, struct arena *arena, struct err *err)
{
	struct letter letter = {
		.text = text_or(mail->text, ""),
		.layout = mail->layout,
		.lang = language_name(mail->language),
		.title = mail->subject,
	};
	scoped(buf_done) struct buf html = { 0 };

	letter_address(&letter, replies, count, arena);
	buf_init(&html, LIMIT_HTML_BYTES);
	letter_html(texts->page, &letter, arena, &html);
	if (buf_is_over(&html)) {
		err_set(err, ERR_DATA, "HTML over %zu bytes", LIMIT_HTML_BYTES);
		return -1;
	}
	mail->text = letter_plain(&letter, arena);
	mail->html = arena_strndup(arena, buf_text(&html), html.len);
	return 0;
}
