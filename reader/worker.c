#include "reader/worker.h"

#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/frame.h"
#include "lib/json.h"
#include "lib/sandbox.h"
#include "lib/sealed.h"
#include "lib/text.h"
#include "reader/answer.h"
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

/* Everything of a job that can be wrong without the link being broken. */
static json_t *
read_job(struct worker *worker, const struct frame *frame,
    const struct reader_job *job, struct err *err)
{
	struct sealed memory scoped(sealed_unmap) = { 0 };
	json_t *map_document scoped(json_release) = NULL;
	struct push_map map = { 0 };
	const char *raw;

	if (job->extra > 0) {
		map_document =
		    json_from(frame->data + sizeof(*job), job->extra, err);
		if (map_document == NULL || push_map_from_json(map_document,
						&worker->arena, &map, err) < 0)
			return NULL;
	}
	if (sealed_map(frame->fd, &memory, err) < 0)
		return NULL;
	if (job->offset > memory.size ||
	    job->length > memory.size - job->offset) {
		(void)err_set(err, ERR_BUG, "a job outside of its memory");
		return NULL;
	}
	raw = (const char *)memory.data + job->offset;
	if (job->kind == READER_MAIL)
		fault_maybe(raw, (size_t)job->length);
	return answer_make(
	    job->kind, &map, raw, (size_t)job->length, &worker->arena);
}

static int
serve_job(struct worker *worker, const struct frame *frame, struct err *err)
{
	struct reader_job job;
	json_t *answer scoped(json_release) = NULL;
	struct err why = { 0 };

	if (frame->type != READER_JOB || frame->len < sizeof(job))
		return err_set(err, ERR_BUG, "not a job");
	memcpy(&job, frame->data, sizeof(job));
	if (job.extra != frame->len - sizeof(job))
		return err_set(err, ERR_BUG, "a job of another length");
	answer = read_job(worker, frame, &job, &why);
	if (answer == NULL) {
		answer = json_object();
		json_put_text(answer, "error", why.msg);
	}
	json_put_int(answer, "job", (int64_t)job.job);
	answer_write(answer, &worker->out);
	return frame_send(&worker->link, READER_RESULT, buf_text(&worker->out),
	    worker->out.len, -1, err);
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
	arena_init(&worker.arena, LIMIT_READER_WORK_BYTES);
	buf_init(&worker.out, LIMIT_READER_ANSWER_BYTES);
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
