/* What a text may say of the opinions on a department (R28). */
#include "core/opinion.h"
#include "core/place.h"
#include "core/text_field.h"
#include "lib/arena.h"

/* Whoever an opinion is about learns not even that there is one (R9). */
static int
count_for(const struct text_view *view, const struct opinions *opinions,
    int (*count)(const struct weekly_view *view))
{
	int ret = count(&opinions->view);

	if (view->facts->to_staff != opinions->reader)
		ret += count(&opinions->above);
	return ret;
}

/* Departments of which nothing was said are left out. */
struct template_value
field_opinions(const struct text_view *view, const void *at)
{
	const struct weekly_view *week = at;
	struct opinions *list =
	    arena_array(view->arena, week->opinion_count, sizeof(*list));
	size_t count = 0;

	for (size_t i = 0; i < week->opinion_count; i++)
		if (count_for(view, &week->opinions[i], opinions_count) > 0)
			list[count++] = week->opinions[i];
	return value_list(OF_OPINION, list, count);
}

struct template_value
field_opinion_count(const struct text_view *view, const void *at)
{
	return value_count(count_for(view, at, opinions_count));
}

struct template_value
field_opinion_before(const struct text_view *view, const void *at)
{
	return value_count(count_for(view, at, opinions_before));
}

struct template_value
field_said_count(const struct text_view *view, const void *at)
{
	(void)view;
	return value_count(opinions_count(at));
}

struct template_value
field_problem_is_repeated(const struct text_view *view, const void *at)
{
	const struct weekly_problem *problem = at;

	(void)view;
	return value_flag(
	    problem->count > 1 && !place_is_empty(&problem->place));
}
