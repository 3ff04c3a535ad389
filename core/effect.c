#include "core/effect.h"

#include <string.h>

#include "lib/arena.h"

/* As many as a new case has. */
enum { FIRST_ROOM = 24 };

void
effects_init(struct effects *effects, struct arena *arena)
{
	*effects = (struct effects){ .arena = arena };
}

struct effect *
effects_add(struct effects *effects, enum effect_kind kind)
{
	if (effects->count == effects->room) {
		size_t room = effects->room == 0 ? FIRST_ROOM : effects->room * 2;
		struct effect *list =
		    arena_array(effects->arena, room, sizeof(*list));

		if (effects->count > 0)
			memcpy(list, effects->list, effects->count * sizeof(*list));
		effects->list = list;
		effects->room = room;
	}
	/* A refused mail takes its effects back and leaves the places used. */
	effects->list[effects->count] = (struct effect){ .kind = kind };
	return &effects->list[effects->count++];
}

const struct case_file *
effects_case(const struct effects *effects, case_id id)
{
	for (size_t i = effects->count; i > 0; i--)
		if (effects->list[i - 1].kind == EFFECT_CASE &&
		    effects->list[i - 1].the_case.id == id)
			return &effects->list[i - 1].the_case;
	return NULL;
}
