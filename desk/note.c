#include <stdarg.h>
#include <stdio.h>

#include "core/mask.h"
#include "desk/engine.h"
#include "lib/arena.h"

/* The far side's words and a store's complaint may name people: no line of the
 * log does (R40). */
void
desk_note(struct desk *desk, enum desk_note_kind kind, const char *at,
    const char *fmt, ...)
{
	struct arena arena scoped(arena_done);
	char text[512];
	va_list ap;

	arena_init(&arena, LIMIT_WORK_BYTES);
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	desk->ports.note(desk->ports.self, kind, at, mask_text(text, &arena));
}
