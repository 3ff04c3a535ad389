/*
 * What can be done with one touch: a new mail with the command in it.
 *
 * Its address is missing here, for it holds the reply token of the mail's one
 * reader: letter_address() puts it in when the mail is sent, and takes the link
 * out where a new mail would prove nothing (rules.md 5.12).
 */
#include <string.h>

#include "core/commands.h"
#include "core/text_field.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/text.h"

enum { LINK_BYTES = 1000 };

/* RFC 6068 2: all but the unreserved characters. */
static void
add_encoded(struct buf *out, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789-._~";

	for (; *text != '\0'; text++) {
		if (strchr(plain, *text) != NULL)
			buf_putc(out, *text);
		else
			buf_printf(out, "%%%02X", (unsigned char)*text);
	}
}

/* "mailto:?subject=[T261123-0007]&body=#take ", encoded. */
static struct template_value
touch(const struct text_view *view, const struct case_file *file,
    enum command_kind command, const char *behind)
{
	scoped(buf_done) struct buf link = { 0 };

	buf_init(&link, LINK_BYTES);
	buf_puts(&link, "mailto:?subject=%5B");
	add_encoded(&link, text_or(file->number, ""));
	buf_puts(&link, "%5D&body=%23");
	add_encoded(&link, command_word(command, view->language));
	add_encoded(&link, behind);
	return value_text(arena_strndup(view->arena, buf_text(&link), link.len));
}

/* Whose reply would be taken for theirs, about something that goes on. */
static bool
may_touch(const struct text_view *view, const struct case_file *file)
{
	return view->facts->to_staff != NULL &&
	    view->facts->reply != REPLY_NONE && case_is_open(file->state);
}

static bool
is_handler(const struct text_view *view, const struct case_file *file)
{
	return file->taken_at != 0 &&
	    text_eq(file->handler, view->facts->to_staff->id);
}

struct template_value
field_touch_take(const struct text_view *view, const void *at)
{
	const struct case_file *file = at;

	return !may_touch(view, file) || is_handler(view, file)
	    ? value_text(NULL)
	    : touch(view, file, COMMAND_TAKE, "");
}

struct template_value
field_touch_reply(const struct text_view *view, const void *at)
{
	const struct case_file *file = at;

	return may_touch(view, file) ? touch(view, file, COMMAND_REPLY, " ")
				     : value_text(NULL);
}

/* Who has not taken it has no outcome yet. */
struct template_value
field_touch_resolve(const struct text_view *view, const void *at)
{
	const struct case_file *file = at;

	return may_touch(view, file) && is_handler(view, file)
	    ? touch(view, file, COMMAND_RESOLVE, " ")
	    : value_text(NULL);
}

struct template_value
field_touch_note(const struct text_view *view, const void *at)
{
	const struct case_file *file = at;

	return may_touch(view, file) ? touch(view, file, COMMAND_NOTE, " ")
				     : value_text(NULL);
}
