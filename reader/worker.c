#include "reader/worker.h"

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/frame.h"
#include "lib/json.h"
#include "lib/sandbox.h"
#include "lib/text.h"
#include "reader/charset.h"
#include "reader/fault.h"
#include "reader/protocol.h"
#include "reader/reader.h"

/* The desk ends a slow reader after LIMIT_READER_MS; should the desk itself
 * be stuck, the reader ends alone. */
#define ALARM_SECONDS (2 * LIMIT_READER_MS / 1000)

struct worker {
	struct frame_link link;
	struct arena arena;
	struct buf out;
};

/* The raw bytes of a job, mapped. */
struct mapping {
	void *data;
	size_t size;
	const char *raw; /* of this message */
};

static void
unmap(struct mapping *mapping)
{
	if (mapping->data != NULL)
		(void)munmap(mapping->data, mapping->size);
	mapping->data = NULL;
}

/* Without the seals the desk could be made to crash us by a third hand that
 * shrinks the memory while it is read. */
static int
map_job(int fd, const struct reader_job *job, struct mapping *ret,
    struct err *err)
{
	const int wanted = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
	struct stat info;
	int seals;

	if (fd < 0)
		return err_set(err, ERR_BUG, "a job without a descriptor");
	seals = fcntl(fd, F_GET_SEALS);
	if (seals < 0 || (seals & wanted) != wanted)
		return err_set(err, ERR_BUG, "a job whose memory is not sealed");
	if (fstat(fd, &info) < 0 || info.st_size < 0)
		return err_sys(err, ERR_BUG, "a job's memory");
	ret->size = (size_t)info.st_size;
	if (job->offset > ret->size || job->length > ret->size - job->offset)
		return err_set(err, ERR_BUG, "a job outside of its memory");
	if (ret->size == 0)
		return 0;
	ret->data = mmap(NULL, ret->size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (ret->data == MAP_FAILED) {
		ret->data = NULL;
		return err_sys(err, ERR_TEMP, "map a job");
	}
	ret->raw = (const char *)ret->data + job->offset;
	return 0;
}

static json_t *
report_to_json(const struct push_report *report)
{
	json_t *object = json_object();

	json_put_text(object, "id", report->id);
	json_put_text(object, "state", report->state);
	json_put_text(object, "answer", report->answer);
	return object;
}

static int
read_poll(struct worker *worker, const struct push_map *map, const char *raw,
    size_t len, json_t *answer, struct err *err)
{
	struct message *list;
	size_t count;
	json_t *array;

	if (reader_poll(map, raw, len, &worker->arena, &list, &count, err) < 0)
		return -1;
	array = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, message_to_json(&list[i]));
	json_object_set_new(answer, "messages", array);
	return 0;
}

/* Parse, and put what came out under its key in `answer'. */
static int
read_job(struct worker *worker, const struct reader_job *job,
    const struct push_map *map, const char *raw, json_t *answer,
    struct err *err)
{
	struct message message;
	struct push_report report;
	size_t len = (size_t)job->length;

	switch ((enum reader_job_kind)job->kind) {
	case READER_MAIL:
		fault_maybe(raw, len);
		if (reader_mail(raw, len, &worker->arena, &message, err) < 0)
			return -1;
		break;
	case READER_PUSH_TEXT:
		if (reader_push_text(
			map, raw, len, &worker->arena, &message, err) < 0)
			return -1;
		break;
	case READER_PUSH_REPORT:
		if (reader_push_report(
			map, raw, len, &worker->arena, &report, err) < 0)
			return -1;
		json_object_set_new(answer, "report", report_to_json(&report));
		return 0;
	case READER_POLL:
		return read_poll(worker, map, raw, len, answer, err);
	default: return err_set(err, ERR_BUG, "unknown job kind %u", job->kind);
	}
	json_object_set_new(answer, "message", message_to_json(&message));
	return 0;
}

/* Halve the long texts of a message; false when there is none left. */
static bool
shorten(json_t *message)
{
	static const char *const keys[] = { "text", "reply", "body" };
	json_t *forward = json_object_get(message, "forward");
	bool any = false;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
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
		json_put_text(message, "warning", "text cut");
	return any;
}

static int
send_answer(struct worker *worker, uint64_t job, json_t *answer,
    struct err *err)
{
	json_t *message = json_object_get(answer, "message");

	do {
		buf_reset(&worker->out);
		json_to_buf(answer, &worker->out);
	} while (buf_is_over(&worker->out) && message != NULL &&
	    shorten(message));
	if (buf_is_over(&worker->out)) {
		json_object_clear(answer);
		json_put_int(answer, "job", (int64_t)job);
		json_put_text(answer, "error", "the answer is too large");
		buf_reset(&worker->out);
		json_to_buf(answer, &worker->out);
	}
	return frame_send(&worker->link, READER_RESULT, buf_text(&worker->out),
	    worker->out.len, -1, err);
}

static int
serve_job(struct worker *worker, const struct frame *frame, struct err *err)
{
	struct reader_job job;
	struct mapping mapping scoped(unmap) = { 0 };
	json_t *answer scoped(json_release) = json_object();
	json_t *map_document scoped(json_release) = NULL;
	struct push_map map = { 0 };
	struct err why = { 0 };

	if (frame->type != READER_JOB || frame->len < sizeof(job))
		return err_set(err, ERR_BUG, "not a job");
	memcpy(&job, frame->data, sizeof(job));
	if (job.extra != frame->len - sizeof(job))
		return err_set(err, ERR_BUG, "a job of another length");
	json_put_int(answer, "job", (int64_t)job.job);
	if (job.extra > 0)
		map_document =
		    json_from(frame->data + sizeof(job), job.extra, &why);
	if ((job.extra > 0 &&
		(map_document == NULL ||
		    push_map_from_json(
			map_document, &worker->arena, &map, &why) < 0)) ||
	    map_job(frame->fd, &job, &mapping, &why) < 0 ||
	    read_job(worker, &job, &map, text_or(mapping.raw, ""), answer,
		&why) < 0)
		json_put_text(answer, "error", why.msg);
	return send_answer(worker, job.job, answer, err);
}

static int
serve(struct worker *worker, struct err *err)
{
	struct frame frame;
	int got;

	while ((got = frame_wait(&worker->link, -1, &frame, err)) > 0) {
		int result;

		(void)alarm(ALARM_SECONDS);
		arena_reset(&worker->arena);
		result = serve_job(worker, &frame, err);
		(void)alarm(0);
		if (frame.fd >= 0)
			(void)close(frame.fd);
		if (result < 0)
			return -1;
	}
	return got;
}

int
reader_worker_run(int fd)
{
	static const struct sandbox_limits limits = {
		.memory_bytes = LIMIT_READER_MEMORY,
		.open_files = FRAME_FDS_MAX + 16,
	};
	struct worker worker;
	struct err err = { 0 };
	int result;

	frame_link_init(&worker.link, fd, LIMIT_READER_ANSWER_BYTES);
	arena_init(&worker.arena, LIMIT_WORK_BYTES);
	buf_init(&worker.out, LIMIT_READER_ANSWER_BYTES);
	charset_keep_modules();
	if (reader_open(&err) < 0 ||
	    sandbox_enter(SANDBOX_READER, &limits, &err) < 0 ||
	    frame_send(&worker.link, READER_READY, NULL, 0, -1, &err) < 0)
		result = -1;
	else
		result = serve(&worker, &err);
	buf_done(&worker.out);
	arena_done(&worker.arena);
	frame_link_done(&worker.link);
	return result < 0 ? EX_SOFTWARE : EX_OK;
}
