/*
 * Rows of the inbox that a decision wants read once more (desk/recover.c does
 * it).
 */
#include <stdlib.h>

#include "desk/engine.h"

enum { AGAIN_AT_FIRST = 16 };

void
desk_read_again(struct desk *desk, int64_t inbox)
{
	bool is_new = desk->first_new != 0 && inbox >= desk->first_new;

	/* The search for what was left will come by. */
	if (desk->is_recovering && inbox > desk->recover_after && !is_new)
		return;
	if (desk->again_count == desk->again_room) {
		size_t room = desk->again_room == 0 ? AGAIN_AT_FIRST
						    : 2 * desk->again_room;
		int64_t *grown =
		    reallocarray(desk->again, room, sizeof(*grown));

		if (grown == NULL)
			abort();
		desk->again = grown;
		desk->again_room = room;
	}
	desk->again[desk->again_count++] = inbox;
}
