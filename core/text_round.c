/* What the summary of a day may say. */
#include "core/text_field.h"
#include "core/text_words.h"

static const struct round_view *
round_of(const void *at)
{
	static const struct round_view empty;
	const struct round_view *const *round = at;

	return *round != NULL ? *round : &empty;
}

struct template_value
field_fresh(const struct text_view *view, const void *at)
{
	const struct round_cases *cases = &round_of(at)->fresh;

	(void)view;
	return value_list(OF_CASE, cases->list, cases->count);
}

struct template_value
field_late(const struct text_view *view, const void *at)
{
	const struct round_cases *cases = &round_of(at)->late;

	(void)view;
	return value_list(OF_CASE, cases->list, cases->count);
}

struct template_value
field_bins(const struct text_view *view, const void *at)
{
	const struct round_view *round = round_of(at);

	(void)view;
	return value_list(OF_BIN, round->bins, round->bin_count);
}

struct template_value
field_fresh_count(const struct text_view *view, const void *at)
{
	(void)view;
	return value_count(round_of(at)->fresh.total);
}

struct template_value
field_late_count(const struct text_view *view, const void *at)
{
	(void)view;
	return value_count(round_of(at)->late.total);
}

struct template_value
field_open_count(const struct text_view *view, const void *at)
{
	(void)view;
	return value_count(round_of(at)->open);
}

struct template_value
field_fed_back_count(const struct text_view *view, const void *at)
{
	(void)view;
	return value_count(round_of(at)->fed_back);
}

struct template_value
field_bin_word(const struct text_view *view, const void *at)
{
	const char *const *bin = at;

	return value_text(text_bin_word(*bin, view->language));
}
