/* What a template may say of a case, the people apart. */
#include "core/mask.h"
#include "core/place.h"
#include "core/text_field.h"
#include "core/text_words.h"
#include "lib/text.h"

#include <string.h>

struct template_value
field_state(const struct text_view *view, const void *at)
{
	const enum case_state *state = at;

	return value_text(case_state_word(*state, view->language));
}

struct template_value
field_category(const struct text_view *view, const void *at)
{
	const char *const *code = at;
	const struct category *category = estate_category(view->estate, *code);

	if (category == NULL)
		return value_text(*code);
	return value_text(view_either(view, category->name, category->name_en));
}

/* What staff type on a phone: 0007 of T261123-0007. */
struct template_value
field_serial(const struct text_view *view, const void *at)
{
	const char *const *member = at;
	const char *number = text_or(*member, "");
	const char *hyphen = strrchr(number, '-');

	(void)view;
	return value_text(hyphen == NULL ? number : hyphen + 1);
}

struct template_value
field_kind(const struct text_view *view, const void *at)
{
	const enum kind *kind = at;

	return value_text(kind_word(*kind, view->language));
}

struct template_value
field_severity(const struct text_view *view, const void *at)
{
	const enum severity *severity = at;

	return value_text(severity_word(*severity, view->language));
}

struct template_value
field_is_emergency(const struct text_view *view, const void *at)
{
	const enum severity *severity = at;

	(void)view;
	return value_flag(*severity == SEVERITY_EMERGENCY);
}

struct template_value
field_is_taken(const struct text_view *view, const void *at)
{
	const msec_t *taken_at = at;

	(void)view;
	return value_flag(*taken_at != 0);
}

/* Acknowledgements say by when they are answered; that of an emergency names no
 * time. */
struct template_value
field_reply_is_told(const struct text_view *view, const void *at)
{
	const struct case_file *file = at;

	(void)view;
	return value_flag(file->acknowledged_at != 0 &&
			  file->severity != SEVERITY_EMERGENCY);
}

struct template_value
field_promise_is_told(const struct text_view *view, const void *at)
{
	const struct case_file *file = at;

	(void)view;
	return value_flag(file->promise_told_at != 0);
}

struct template_value
field_hides_reporter(const struct text_view *view, const void *at)
{
	const struct case_file *file = at;

	(void)view;
	return value_flag(case_hides_reporter(file));
}

struct template_value
field_owner_language(const struct text_view *view, const void *at)
{
	const enum language *language = at;

	return value_text(text_language_word(*language, view->language));
}

struct template_value
field_owner_channel(const struct text_view *view, const void *at)
{
	const enum channel *channel = at;

	return value_text(text_channel_word(*channel, view->language));
}

struct template_value
field_masked_place(const struct text_view *view, const void *at)
{
	const struct place *place = at;

	return value_text(place_masked(place, view->language, view->arena));
}

struct template_value
field_masked_text(const struct text_view *view, const void *at)
{
	const struct case_file *file = at;

	return value_text(file->text == NULL
			      ? NULL
			      : mask_words(file->text, file->owner_name,
				    view->arena));
}
