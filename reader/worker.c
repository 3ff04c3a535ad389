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

/* A list of very short words takes so much more in memory than as JSON. */
enum { MAP_ROOM = 8 };

struct worker {
	struct frame_link link;
	struct arena arena;
	struct buf out;
	/* Nearly always the same as that of the job before. */
	struct buf map_json;
	struct arena map_arena;
	struct push_map map;
};

static int
take_map(struct worker *worker, const char *json, size_t len, struct err *err)
{
	json_t *document scoped(json_release) = NULL;

	if (len == worker->map_json.len &&
	    memcmp(json, buf_text(&worker->map_json), len) == 0)
		return 0;
	buf_reset(&worker->map_json);
	arena_reset(&worker->map_arena);
	document = json_from(json, len, err);
	if (document == NULL || push_map_from_json(document, &worker->map_arena,
				    &worker->map, err) < 0)
		return -1;
	buf_add(&worker->map_json, json, len);
	return 0;
}

/* Everything of a job that can be wrong without the link being broken. */
static json_t *
read_job(struct worker *worker, const struct frame *frame,
    const struct reader_job *job, struct err *err)
{
	struct sealed memory scoped(sealed_unmap) = { 0 };
	static const struct push_map none;
	const char *extra = frame->data + sizeof(*job);
	const char *raw = extra + job->extra;

	if (job->extra > 0 && take_map(worker, extra, job->extra, err) < 0)
		return NULL;
	if (frame->fd >= 0) {
		if (sealed_map(frame->fd, &memory, err) < 0)
			return NULL;
		if (job->offset > memory.size ||
		    job->length > memory.size - job->offset) {
			(void)err_set(
			    err, ERR_BUG, "a job outside of its memory");
			return NULL;
		}
		raw = (const char *)memory.data + job->offset;
	}
	if (job->kind == READER_MAIL)
		fault_maybe(raw, (size_t)job->length);
	return answer_make(job->kind, job->extra > 0 ? &worker->map : &none,
	    raw, (size_t)job->length, &worker->arena);
}

static bool
has_its_length(const struct frame *frame, const struct reader_job *job)
{
	size_t rest = frame->len - sizeof(*job);

	return job->extra <= rest &&
	       rest - job->extra == (frame->fd < 0 ? job->length : 0);
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
	if (!has_its_length(frame, &job))
		return err_set(err, ERR_BUG, "a job of another length");
	answer = read_job(worker, frame, &job, &why);
	if (answer == NULL) {
		answer = json_object();
		json_put_text(answer, "error", why.msg);
	}
	json_put_int(answer, "job", (int64_t)job.job);
	worker->out.cap = answer_most(job.kind);
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

	frame_link_init(&worker.link, fd, LIMIT_READER_PAGE_BYTES);
	arena_init(&worker.arena, LIMIT_READER_WORK_BYTES);
	worker.map = (struct push_map){ 0 };
	arena_init(&worker.map_arena, MAP_ROOM * LIMIT_PUSH_MAP_BYTES);
	buf_init(&worker.map_json, LIMIT_PUSH_MAP_BYTES);
	buf_init(&worker.out, LIMIT_READER_PAGE_BYTES);
	if (reader_open(&err) < 0 ||
	    sandbox_enter(SANDBOX_READER, &limits, &err) < 0 ||
	    frame_send(&worker.link, READER_READY, NULL, 0, -1, &err) < 0)
		result = -1;
	else
		result = serve(&worker, &err);
	buf_done(&worker.out);
	buf_done(&worker.map_json);
	arena_done(&worker.map_arena);
	arena_done(&worker.arena);
	frame_link_done(&worker.link);
	return result < 0 ? EX_SOFTWARE : EX_OK;
}
