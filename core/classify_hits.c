/*
 * The hits of a scan, in the order in which they end.
 */
#include "core/classify_scan.h"
#include "core/limits.h"

#include <string.h>

void
scan_put(struct scan *scan, const struct word_hit *hit)
{
	struct word_hits *out = scan->out;

	if (out->count == LIMIT_WORD_HITS)
		return;
	if (out->count == scan->room) {
		struct word_hit *more;

		scan->room = scan->room == 0 ? 16 : scan->room * 2;
		more = arena_array(scan->arena, scan->room, sizeof(*more));
		if (out->count > 0)
			memcpy(more, out->list, out->count * sizeof(*more));
		out->list = more;
	}
	out->list[out->count++] = *hit;
}
