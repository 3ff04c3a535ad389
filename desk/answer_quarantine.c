#include "core/limits.h"
#include "core/mask.h"
#include "desk/answer.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/cases.h"
#include "store/inbox.h"

/* Raw bytes that one answer carries: spelled in hexadecimal they are twice as
 * long, and the desk stands still meanwhile. */
#define SLICE_BYTES (4 * MIB)

static json_t *
quarantine_row(struct question *question, const struct inbox_row *in)
{
	json_t *row = json_object();

	json_put_int(row, "id", in->id);
	answer_put_time(question, row, "received", in->received_at, in->estate);
	json_put_text(row, "channel", channel_name(in->channel));
	json_put_text(row, "source", in->source);
	json_put_text(row, "bin", in->bin);
	json_put_text(row, "reason", mask_text(in->reason, question->arena));
	json_put_int(row, "bytes", (int64_t)in->raw_len);
	return row;
}

/* A bin that there is not would be answered by an empty list, which looks like
 * good news. */
static bool
is_bin(const char *name)
{
	static const char *const bins[] = { "spam", "auto", "bounce", "unclear",
		"handled", "malformed", "part", "duplicate", "unreadable" };

	for (size_t i = 0; i < ARRAY_COUNT(bins); i++)
		if (text_eq(bins[i], name))
			return true;
	return false;
}

static int
list_rows(struct question *question, struct err *err)
{
	int limit = answer_limit(question), count;
	struct inbox_row *rows =
	    arena_array(question->arena, (size_t)limit, sizeof(*rows));
	const char *bin = json_text(question->request, "bin");
	json_t *list;

	if (bin != NULL && !is_bin(bin))
		return answer_refuse(question,
		    "no such bin; expected spam, auto, bounce, unclear, "
		    "handled, malformed, duplicate or unreadable");
	list = json_array();
	json_object_set_new(question->answer, "quarantine", list);
	count = inbox_list(
	    question->store, bin, question->arena, rows, limit, err);
	for (int i = 0; i < count; i++)
		json_array_append_new(list, quarantine_row(question, &rows[i]));
	json_put_flag(question->answer, "more", count == limit);
	return count < 0 ? -1 : 0;
}

/* A slice of the raw bytes from "offset", in hexadecimal because they may be
 * anything.  Who asks goes on until he has "bytes". */
int
answer_put_raw(struct question *question, int64_t id, struct err *err)
{
	static const char digits[] = "0123456789abcdef";
	int64_t offset = json_int(question->request, "offset", 0);
	struct buf raw scoped(buf_done);
	struct buf hex scoped(buf_done);
	int found;

	buf_init(&raw, SLICE_BYTES);
	buf_init(&hex, 2 * SLICE_BYTES);
	found = inbox_raw_slice(question->store, id,
	    offset < 0 ? 0 : (size_t)offset, SLICE_BYTES, &raw, err);
	if (found < 0)
		return -1;
	if (found == 0)
		return answer_refuse(question,
		    "nothing raw is kept of message %lld (a duplicate, or "
		    "erased)",
		    (long long)id);
	for (size_t i = 0; i < raw.len; i++) {
		unsigned char byte = (unsigned char)raw.data[i];

		buf_putc(&hex, digits[byte >> 4]);
		buf_putc(&hex, digits[byte & 15]);
	}
	json_put_text(question->answer, "raw_hex", buf_text(&hex));
	return 0;
}

static int
number_of(
    struct question *question, case_id id, const char **ret, struct err *err)
{
	struct case_file file = { 0 };
	int found = id == 0 ? 0
			    : case_load(question->store, id, question->arena,
				  &file, err);

	*ret = file.number;
	return found < 0 ? -1 : 0;
}

/* Give it to a reader again.  A running desk sees "again" in the answer; one
 * that is down finds the row at its next start. */
static int
retry(struct question *question, const struct inbox_row *in, struct err *err)
{
	const char *number;
	int moved;

	if (text_eq(in->bin, "part"))
		return answer_refuse(question,
		    "message %lld is one part of a long text and cannot be "
		    "read alone: it %s",
		    (long long)in->id, text_or(in->reason, "is decided"));
	if (number_of(question, in->case_id, &number, err) < 0 ||
	    store_begin(question->store, err) < 0)
		return -1;
	moved = inbox_again(question->store, in->id, err);
	if (moved < 0 || store_commit(question->store, err) < 0) {
		store_rollback(question->store);
		return -1;
	}
	if (moved == 0)
		return answer_refuse(question,
		    "message %lld is not in quarantine, or its raw bytes are "
		    "gone; `shouwen quarantine' lists what is",
		    (long long)in->id);
	json_put_int(question->answer, "again", in->id);
	/* The case that stood for it stays; a human closes it. */
	if (number != NULL)
		json_put_text(question->answer, "case", number);
	return 0;
}

int
answer_quarantine(struct question *question, struct err *err)
{
	int64_t id = json_int(question->request, "id", 0);
	struct inbox_row in = { 0 };
	const char *number;
	int found;

	if (id == 0)
		return list_rows(question, err);
	found = inbox_load(question->store, id, question->arena, &in, err);
	if (found < 0)
		return -1;
	if (found == 0)
		return answer_refuse(question,
		    "there is no message %lld; `shouwen quarantine' shows "
		    "their ids",
		    (long long)id);
	if (json_flag(question->request, "retry"))
		return retry(question, &in, err);
	json_object_update_new(question->answer, quarantine_row(question, &in));
	if (number_of(question, in.case_id, &number, err) < 0)
		return -1;
	json_put_text(question->answer, "case", number);
	return json_flag(question->request, "raw") ? answer_put_raw(question, id, err)
						   : 0;
}
