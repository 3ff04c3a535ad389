/*
 * What can be done with one touch: links to new mails with the words in them
 * (RFC 6068).
 *
 * A stored text holds the words alone.  The address has the reply token of the
 * mail's one reader in it, so it is put in when the mail is sent; where there
 * is none a new mail would prove nothing, and the buttons go (rules.md 5.12).
 * In a bundle each notice has its own (5.33).
 */
#include <stdbool.h>
#include <string.h>

#include "core/letter.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/text.h"

/* RFC 6068 2: all but the unreserved characters. */
static void
add_encoded(struct buf *out, const char *text, size_t len)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789-._~";

	for (size_t i = 0; i < len; i++) {
		if (text[i] != '\0' && strchr(plain, text[i]) != NULL)
			buf_putc(out, text[i]);
		else
			buf_printf(out, "%%%02X", (unsigned char)text[i]);
	}
}

/* "[T261123-0007]" of the subject. */
static void
add_subject(struct buf *out, const char *subject)
{
	const char *end = subject[0] == '[' ? strchr(subject, ']') : NULL;

	buf_puts(out, "?");
	if (end == NULL)
		return;
	buf_puts(out, "subject=");
	add_encoded(out, subject, (size_t)(end + 1 - subject));
	buf_puts(out, "&");
}

/* "Note: #note" becomes "Note: mailto:...?subject=...&body=#note ", ready for
 * the writer to go on. */
static void
add_button(struct buf *out, const char *line, size_t len,
    const struct letter_reply *reply)
{
	const char *colon = memmem(line, len, ": ", 2);
	size_t label = colon == NULL ? len : (size_t)(colon + 2 - line);

	buf_add(out, line, label);
	if (colon == NULL)
		return;
	buf_puts(out, "mailto:");
	buf_puts(out, reply->address);
	add_subject(out, text_or(reply->title, ""));
	buf_puts(out, "body=");
	add_encoded(out, line + label, len - label);
	buf_puts(out, "%20");
}

/* One line after another of a letter. */
struct reading {
	const char *at;
	const char *layout;
	const char *line;
	size_t len;
	char form;
};

static bool
next_line(struct reading *reading)
{
	if (*reading->at == '\0')
		return false;
	reading->line = reading->at;
	reading->len = strcspn(reading->at, "\n");
	reading->at += reading->len + (reading->at[reading->len] != '\0');
	reading->form = LETTER_PLAIN;
	if (*reading->layout != '\0')
		reading->form = *reading->layout++;
	return true;
}

void
letter_address(struct letter *letter, const struct letter_reply *replies,
    size_t count, struct arena *arena)
{
	static const struct letter_reply nobody;
	const struct letter_reply *reply = count > 0 ? replies : &nobody;
	size_t next = 1;
	struct reading reading = { .at = letter->text,
		.layout = text_or(letter->layout, "") };
	char last = LETTER_BLANK;
	scoped(buf_done) struct buf text = { 0 };
	scoped(buf_done) struct buf layout = { 0 };

	buf_init(&text, LIMIT_HTML_BYTES);
	buf_init(&layout, LIMIT_HTML_BYTES);
	while (next_line(&reading)) {
		bool is_button = reading.form == LETTER_BUTTON;

		if (reading.form == LETTER_NOTICE)
			reply = next < count ? &replies[next++] : &nobody;
		/* Buttons that go leave no hole. */
		if ((is_button && reply->address == NULL) ||
		    (reading.form == LETTER_BLANK && last == LETTER_BLANK))
			continue;
		if (is_button)
			add_button(&text, reading.line, reading.len, reply);
		else
			buf_add(&text, reading.line, reading.len);
		buf_putc(&text, '\n');
		buf_putc(&layout, reading.form);
		last = reading.form;
	}
	letter->text = arena_strndup(arena, buf_text(&text), text.len);
	letter->layout = arena_strndup(arena, buf_text(&layout), layout.len);
}

const char *
letter_plain(const struct letter *letter, struct arena *arena)
{
	struct reading reading = { .at = letter->text,
		.layout = text_or(letter->layout, "") };
	char before = LETTER_BLANK;
	scoped(buf_done) struct buf text = { 0 };

	buf_init(&text, LIMIT_HTML_BYTES);
	while (next_line(&reading)) {
		if (reading.form != LETTER_BUTTON || before != LETTER_BUTTON) {
			buf_add(&text, reading.line, reading.len);
			buf_putc(&text, '\n');
		}
		before = reading.form;
	}
	return arena_strndup(arena, buf_text(&text), text.len);
}
