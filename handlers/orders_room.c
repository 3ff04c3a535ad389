/*
 * Has a text message room for what goes to an owner?  Nothing is cut: without
 * mail it goes back to its author, with the length that goes.
 */
#include "handlers/orders.h"
#include "handlers/tell.h"
#include "lib/arena.h"

static bool
refuse_length(struct orders *orders, size_t most)
{
	orders_refuse(orders, NO_TEXT_SO_LONG,
	    arena_printf(orders->work->arena, "%zu", most));
	return false;
}

bool
orders_has_room(struct orders *orders, const struct tell *tell)
{
	size_t most;

	return !tell_owner_is_too_long(orders->work, tell, &most) ||
	       refuse_length(orders, most);
}

bool
orders_has_room_at_all(struct orders *orders, const struct tell *tell)
{
	const struct incident_view *view = &orders->work->before->incident;
	bool has_texts = false;
	size_t most;

	for (size_t i = 0; i < view->case_count; i++)
		has_texts = has_texts || view->cases[i].mail == NULL;
	return !has_texts || !tell_all_is_too_long(orders->work, tell, &most) ||
	       refuse_length(orders, most);
}
