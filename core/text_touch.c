/*
 * What a reader may do with one touch; how is in core/letter_touch.c.
 */
#include "core/text_field.h"
#include "lib/text.h"

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
	/* Who is asked something is not asked to take it. */
	return value_flag(may_touch(view, at) && !is_handler(view, at) &&
	    view->facts->reply != REPLY_ASK);
}

struct template_value
field_touch_write(const struct text_view *view, const void *at)
{
	return value_flag(may_touch(view, at));
}

/* Who has not taken it has no outcome yet. */
struct template_value
field_touch_resolve(const struct text_view *view, const void *at)
{
	return value_flag(may_touch(view, at) && is_handler(view, at));
}
