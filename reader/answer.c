#include "reader/answer.h"

#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/charset.h"
#include "reader/protocol.h"
#include "reader/reader.h"

struct job {
	const struct push_map *map;
	const char *raw;
	size_t len;
	struct arena *arena;
	json_t *answer;
};

static void
put_message(struct job *job, struct message *message)
{
	message->text = message->more = NULL;
	json_object_set_new(job->answer, "message", message_to_json(message));
}

static int
read_mail(struct job *job, struct err *err)
{
	struct message message;

	if (reader_mail(job->raw, job->len, job->arena, &message, err) < 0)
		return -1;
	put_message(job, &message);
	return 0;
}

static json_t *
report_to_json(const struct push_report *report)
{
	json_t *object = json_object();

	json_put_text(object, "id", report->id);
	json_put_text(object, "state", report->state);
	json_put_text(object, "answer", report->answer);
	json_put_flag(object, "is_optout", report->is_optout);
	return object;
}

static json_t *
item_to_json(struct push_item *item, bool is_report)
{
	json_t *object = json_object();

	json_put_text(object, "raw", item->raw);
	json_put_text(object, "error", item->error);
	item->message.text = NULL;
	if (item->error == NULL && is_report)
		json_object_set_new(
		    object, "report", report_to_json(&item->report));
	else if (item->error == NULL)
		json_object_set_new(
		    object, "message", message_to_json(&item->message));
	return object;
}

static int
read_page(struct job *job, bool is_report, bool is_poll, struct err *err)
{
	struct push_page page = { 0 };
	int result = is_poll
	    ? reader_poll(job->map, is_report, job->raw, job->len, job->arena,
		  &page, err)
	    : reader_push(job->map, is_report, job->raw, job->len, job->arena,
		  &page, err);
	json_t *array;

	if (result < 0)
		return -1;
	array = json_array();
	for (size_t i = 0; i < page.count; i++)
		json_array_append_new(
		    array, item_to_json(&page.items[i], is_report));
	json_object_set_new(job->answer, "items", array);
	json_put_int(job->answer, "listed", (int64_t)page.listed);
	json_put_text(job->answer, "cursor", page.cursor);
	json_put_text(job->answer, "last_id", page.last_id);
	return 0;
}

static int
read_push_text(struct job *job, struct err *err)
{
	return read_page(job, false, false, err);
}

static int
read_push_report(struct job *job, struct err *err)
{
	return read_page(job, true, false, err);
}

static int
read_poll(struct job *job, struct err *err)
{
	return read_page(job, false, true, err);
}

static int
read_report_poll(struct job *job, struct err *err)
{
	return read_page(job, true, true, err);
}

json_t *
answer_make(uint32_t kind, const struct push_map *map, const char *raw,
    size_t len, struct arena *arena)
{
	static int (*const readings[])(struct job *, struct err *) = {
		[READER_MAIL] = read_mail,
		[READER_PUSH_TEXT] = read_push_text,
		[READER_PUSH_REPORT] = read_push_report,
		[READER_POLL] = read_poll,
		[READER_REPORT_POLL] = read_report_poll,
	};
	struct job job = { map, raw, len, arena, json_object() };
	struct err err = { 0 };
	int result = kind < ARRAY_COUNT(readings)
			 ? readings[kind](&job, &err)
			 : err_set(&err, ERR_BUG, "unknown job kind %u", kind);

	if (result < 0)
		json_put_text(job.answer, "error", err.msg);
	return job.answer;
}

size_t
answer_most(uint32_t kind)
{
	return kind == READER_MAIL ? LIMIT_READER_ANSWER_BYTES
				   : LIMIT_READER_PAGE_BYTES;
}

/* Halve the long texts of a message; false when there is none left. */
static bool
shorten(json_t *message)
{
	static const char *const keys[] = { "reply", "body" };
	json_t *forward = json_object_get(message, "forward");
	bool any = false;

	for (size_t i = 0; i < ARRAY_COUNT(keys); i++) {
		json_t *holder = text_eq(keys[i], "body") ? forward : message;
		json_t *value = json_object_get(holder, keys[i]);
		size_t len = json_string_length(value);

		if (len < LIMIT_HEADER_BYTES)
			continue;
		len = charset_fit(json_string_value(value), len / 2);
		json_object_set_new(holder, keys[i],
		    json_stringn(json_string_value(value), len));
		any = true;
	}
	if (any)
		json_put_text(message, "warning", "only a part of the text was read");
	return any;
}

/* False when it does not fit. */
static bool
write_whole(json_t *answer, struct buf *out)
{
	json_t *message = json_object_get(answer, "message");
	json_t *own scoped(json_release) =
	    json_incref(json_object_get(message, "reply"));

	buf_reset(out);
	if (json_is_string(own))
		json_object_del(message, "reply");
	json_to_buf(answer, out);
	if (json_is_string(own)) {
		json_object_set(message, "reply", own);
		buf_putc(out, '\0');
		buf_add(out, json_string_value(own), json_string_length(own));
	}
	return !buf_is_over(out);
}

void
answer_write(json_t *answer, struct buf *out)
{
	json_t *message = json_object_get(answer, "message");
	json_t *job;

	while (!write_whole(answer, out)) {
		if (message != NULL && shorten(message))
			continue;
		job = json_incref(json_object_get(answer, "job"));
		json_object_clear(answer);
		json_object_set_new(answer, "job", job);
		json_put_text(answer, "error", "the answer is too large");
		message = NULL;
	}
}

int
answer_read(const char *data, size_t len, struct answer *ret, struct err *err)
{
	const char *mark = memchr(data, '\0', len);
	const char *own = mark == NULL ? "" : mark + 1;
	size_t size = mark == NULL ? len : (size_t)(mark - data);
	size_t own_len = mark == NULL ? 0 : len - size - 1;

	*ret = (struct answer){ 0 };
	if (own_len > LIMIT_TEXT_BYTES || memchr(own, '\0', own_len) != NULL ||
	    !charset_is_utf8(own, own_len))
		return err_set(err, ERR_DATA, "own words that are no text");
	ret->object = json_from(data, size, err);
	if (ret->object == NULL)
		return -1;
	if (mark != NULL)
		ret->own = strndup(own, own_len);
	return 0;
}

void
answer_text(uint32_t kind, const struct push_map *map, const char *raw,
    size_t len, struct buf *out)
{
	struct arena arena scoped(arena_done);
	json_t *answer scoped(json_release) = NULL;

	arena_init(&arena, LIMIT_READER_WORK_BYTES);
	buf_init(out, answer_most(kind));
	answer = answer_make(kind, map, raw, len, &arena);
	answer_write(answer, out);
}
