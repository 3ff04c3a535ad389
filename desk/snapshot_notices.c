/*
 * Notices that waited to be bundled (rules.md 5.33).
 */
#include <string.h>

#include "core/limits.h"
#include "desk/snapshot_parts.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/bundles.h"
#include "store/cases.h"
#include "store/outbox.h"

/* What one mail holds. */
struct load {
	size_t bytes;
	size_t files;
	size_t file_bytes;
};

static void
add(struct load *load, const struct held_notice *notice)
{
	const struct outgoing *out = &notice->out;

	load->bytes += strlen(text_or(out->text, "")) +
		       strlen(text_or(notice->the_case.text, ""));
	load->files += out->part_count;
	for (size_t i = 0; i < out->part_count; i++)
		load->file_bytes += out->parts[i].length;
}

static bool
fits(const struct load *load)
{
	return load->bytes <= LIMIT_BUNDLED_BYTES &&
	       load->files <= LIMIT_PASSED_ON &&
	       load->file_bytes <= LIMIT_PASSED_ON_BYTES;
}

static int
load_one(struct search *s, out_id id, struct held_notice *ret, struct err *err)
{
	struct store *store = s->desk->store;
	struct out_status status;

	if (out_load(store, id, s->arena, &ret->out, &status, err) < 0)
		return -1;
	return case_load(
	    store, ret->out.case_id, s->arena, &ret->the_case, err);
}

int
snapshot_load_notices(struct search *s, struct err *err)
{
	const struct bundle_key key = { s->in->staff, s->in->estate };
	struct held_notice *list =
	    arena_array(s->arena, LIMIT_BUNDLED, sizeof(*list));
	struct load load = { 0 };
	out_id ids[LIMIT_BUNDLED];
	int count = notices_held(s->desk->store, &key, ids, LIMIT_BUNDLED, err);

	s->ret->notices = list;
	for (int i = 0; i < count; i++) {
		if (load_one(s, ids[i], &list[i], err) < 0)
			return -1;
		add(&load, &list[i]);
		/* The rest goes in another mail. */
		if (i > 0 && !fits(&load))
			break;
		s->ret->notice_count++;
	}
	return count < 0 ? -1 : 0;
}
