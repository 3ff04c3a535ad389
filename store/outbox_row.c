#include "store/outbox_row.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/err.h"

#define TEXT(field) COLUMN(outgoing, field, field, COLUMN_TEXT)
#define FLAG(field) COLUMN(outgoing, field, field, COLUMN_FLAG)
#define NUM(field)  COLUMN(outgoing, field, field, COLUMN_NUM)

const struct column out_meta[OUT_META_COUNT] = {
	NUM(id),
	COLUMN(outgoing, case_id, case_id, COLUMN_MAYBE),
	TEXT(estate),
	COLUMN_OF(outgoing, channel, channel, words_channel),
	COLUMN_OF(outgoing, role, role, words_role),
	TEXT(person),
	COLUMN(outgoing, recipient, to, COLUMN_TEXT),
	COLUMN(outgoing, template, template_name, COLUMN_TEXT),
	COLUMN_OF(outgoing, language, language, words_language),
	TEXT(message_id),
	COLUMN(outgoing, waits_for, waits_for, COLUMN_MAYBE),
	FLAG(null_sender),
	TEXT(sender),
	COLUMN_OF(outgoing, reply_kind, reply_kind, words_reply_kind),
	FLAG(is_automatic),
	FLAG(is_urgent),
	FLAG(is_outcome),
	FLAG(is_notice),
	NUM(created_at),
	NUM(not_before),
	COLUMN(outgoing, cause, cause, COLUMN_MAYBE),
};

const struct column out_texts[OUT_TEXT_COUNT] = {
	TEXT(to_name),
	TEXT(subject),
	TEXT(text),
	TEXT(layout),
	TEXT(in_reply_to),
	COLUMN(outgoing, thread_refs, references, COLUMN_TEXT),
	TEXT(reply_to),
	TEXT(params),
};

const struct column out_status_columns[OUT_STATUS_COUNT] = {
	COLUMN_OF(out_status, state, state, words_out_state),
	COLUMN(out_status, attempts, attempts, COLUMN_INT),
	COLUMN(out_status, accepted_at, accepted_at, COLUMN_MAYBE),
	COLUMN(out_status, report_due, report_due, COLUMN_MAYBE),
	COLUMN(out_status, answer, answer, COLUMN_TEXT),
	COLUMN(out_status, attempt, attempt, COLUMN_MAYBE),
};

int
out_parts_read(struct query *query, struct arena *arena,
    const struct passed_part **ret, size_t *ret_count, struct err *err)
{
	struct passed_part *list = NULL;
	size_t count = 0, room = 0;
	int more;

	while ((more = query_row(query, err)) > 0) {
		if (count == room) {
			struct passed_part *wider;

			room = room == 0 ? 8 : room * 2;
			wider = arena_array(arena, room, sizeof(*wider));
			if (count > 0)
				memcpy(wider, list, count * sizeof(*list));
			list = wider;
		}
		list[count++] = (struct passed_part){
			.inbox = query_get(query, 0),
			.offset = (size_t)query_get(query, 1),
			.length = (size_t)query_get(query, 2),
		};
	}
	if (more < 0)
		return -1;
	*ret = list;
	*ret_count = count;
	return 0;
}

static int
load_parts(struct store *store, struct arena *arena, struct outgoing *out,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OUT_PARTS, err) < 0)
		return -1;
	query_num(&query, out->id);
	return out_parts_read(
	    &query, arena, &out->parts, &out->part_count, err);
}

static int
read_row(const struct query *query, struct arena *arena, struct out_claim *ret,
    struct err *err)
{
	if (row_read(query, 0, out_meta, OUT_META_COUNT, arena, &ret->out,
		err) < 0 ||
	    row_read(query, OUT_META_COUNT, out_texts, OUT_TEXT_COUNT, arena,
		&ret->out, err) < 0 ||
	    row_read(query, OUT_META_COUNT + OUT_TEXT_COUNT, out_status_columns,
		OUT_STATUS_COUNT, arena, &ret->status, err) < 0)
		return -1;
	return 1;
}

int
out_row_load(struct store *store, out_id id, struct arena *arena,
    struct out_claim *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int found;

	found = query_first(&query, store, SQL_OUT_LOAD, id, err);
	if (found > 0)
		found = read_row(&query, arena, ret, err);
	if (found <= 0 || ret->out.channel != CHANNEL_MAIL)
		return found;
	return load_parts(store, arena, &ret->out, err) < 0 ? -1 : 1;
}

int
out_rows_load(struct store *store, const out_id *ids, int count,
    struct arena *arena, struct out_claim *ret, struct err *err)
{
	for (int i = 0; i < count; i++) {
		if (out_row_load(store, ids[i], arena, &ret[i], err) < 0)
			return -1;
	}
	return count;
}
