#include "daemon/readers.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/limits.h"
#include "daemon/child.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/log.h"
#include "reader/protocol.h"

/* So many jobs are with one reader at once: enough to keep it busy while the
 * desk commits. */
enum { IN_FLIGHT_MAX = 48 };
/* A reader that dies at its start must not be started in a circle. */
#define RESTART_PAUSE_MS 1000

struct job {
	struct job *next;
	struct reader_job head;
	/* The desk's; valid until the job comes back. */
	int fd;
	const char *data;  /* where there is no descriptor */
	const char *extra; /* or NULL */
};

struct job_list {
	struct job *first;
	struct job **end;
};

struct reader {
	struct child child;
	struct job_list jobs; /* in the order they were given */
	int in_flight;
	mono_t deadline; /* of the first job */
	mono_t restart_at;
	bool is_ready;
	bool is_hung;
};

struct readers {
	struct desk *desk;
	struct reader *list;
	size_t count;
	struct job_list waiting;
};

static void
list_init(struct job_list *list)
{
	list->first = NULL;
	list->end = &list->first;
}

static void
list_add(struct job_list *list, struct job *job)
{
	job->next = NULL;
	*list->end = job;
	list->end = &job->next;
}

static struct job *
list_take(struct job_list *list)
{
	struct job *job = list->first;

	if (job == NULL)
		return NULL;
	list->first = job->next;
	if (list->first == NULL)
		list->end = &list->first;
	return job;
}

static void
list_free(struct job_list *list)
{
	struct job *job;

	while ((job = list_take(list)) != NULL)
		free(job);
}

/* ---- processes ---- */

static void
start_reader(struct reader *reader)
{
	struct err err = { 0 };

	reader->is_ready = false;
	reader->is_hung = false;
	reader->restart_at = mono_add(clock_mono(), RESTART_PAUSE_MS);
	if (child_start(&reader->child, "reader", "shouwend: reader",
		LIMIT_READER_PAGE_BYTES, &err) < 0)
		log_event(LOG_LEVEL_ERROR, "reader", "err=\"%s\"", err.msg);
}

struct readers *
readers_open(unsigned count, struct err *err)
{
	struct readers *readers = calloc(1, sizeof(*readers));

	(void)err;
	if (readers == NULL)
		abort();
	readers->list = calloc(count, sizeof(*readers->list));
	if (readers->list == NULL)
		abort();
	readers->count = count;
	list_init(&readers->waiting);
	for (size_t i = 0; i < count; i++) {
		list_init(&readers->list[i].jobs);
		start_reader(&readers->list[i]);
	}
	return readers;
}

void
readers_serve(struct readers *readers, struct desk *desk)
{
	readers->desk = desk;
}

void
readers_close(struct readers **readers)
{
	struct readers *old = *readers;

	*readers = NULL;
	if (old == NULL)
		return;
	for (size_t i = 0; i < old->count; i++) {
		child_stop(&old->list[i].child);
		list_free(&old->list[i].jobs);
	}
	list_free(&old->waiting);
	free(old->list);
	free(old);
}

/* ---- jobs ---- */

void
readers_read(void *self, const struct desk_read *read)
{
	struct readers *readers = self;
	struct job *job = calloc(1, sizeof(*job));

	if (job == NULL)
		abort();
	job->extra = read->map_json;
	job->fd = read->fd;
	job->data = read->data;
	job->head = (struct reader_job){
		.job = read->job,
		.kind = read->kind,
		.extra = read->map_json == NULL
			     ? 0
			     : (uint32_t)strlen(read->map_json),
		.offset = read->offset,
		.length = read->length,
	};
	list_add(&readers->waiting, job);
}

static int
give(struct reader *reader, const struct job *job, struct err *err)
{
	struct buf frame scoped(buf_done) = { 0 };
	int fd = -1;

	buf_init(
	    &frame, sizeof(job->head) + LIMIT_PUSH_MAP_BYTES + LIMIT_JOB_BYTES);
	buf_add(&frame, &job->head, sizeof(job->head));
	buf_add(&frame, job->extra, job->head.extra);
	if (job->fd < 0) {
		buf_add(&frame, job->data, (size_t)job->head.length);
	} else {
		fd = fcntl(job->fd, F_DUPFD_CLOEXEC, 3);
		if (fd < 0)
			return err_sys(err, ERR_TEMP, "copy a descriptor");
	}
	if (buf_is_over(&frame))
		return err_set(err, ERR_DATA, "larger than a job may be");
	return frame_put(&reader->child.link, READER_JOB, buf_text(&frame),
	    frame.len, fd, err);
}

static void
set_deadline(struct reader *reader)
{
	reader->deadline = mono_add(clock_mono(), LIMIT_READER_MS);
}

static void
hand_out(struct readers *readers, struct reader *reader)
{
	struct err err = { 0 };

	while (reader->is_ready && reader->in_flight < IN_FLIGHT_MAX) {
		struct job *job = readers->waiting.first;
		int given = job == NULL ? -1 : give(reader, job, &err);

		/* It never fits, and must not hold up the others. */
		if (given < 0 && err.kind == ERR_DATA) {
			desk_read_failed(readers->desk, job->head.job, err.msg);
			free(list_take(&readers->waiting));
			err = (struct err){ 0 };
			continue;
		}
		if (given < 0)
			break;
		if (reader->in_flight++ == 0)
			set_deadline(reader);
		(void)list_take(&readers->waiting);
		list_add(&reader->jobs, job);
	}
	/* A failure shows as the end of the link. */
	if (reader->child.pid != 0 &&
	    frame_flush(&reader->child.link, &err) < 0)
		return;
}

static void
take_result(
    struct readers *readers, struct reader *reader, const struct frame *frame)
{
	struct job *job;

	if (frame->fd >= 0)
		(void)close(frame->fd);
	if (frame->type == READER_READY) {
		reader->is_ready = true;
		return;
	}
	job = list_take(&reader->jobs);
	if (job == NULL)
		return;
	reader->in_flight--;
	set_deadline(reader);
	desk_read_done(readers->desk, job->head.job, frame->data, frame->len);
	free(job);
}

/* What one read of the link brings.  1, 0 at the end of the link, -1 when
 * what it says is no answer. */
static int
take_results(struct readers *readers, struct reader *reader)
{
	struct err err = { 0 };
	struct frame frame;
	int filled = frame_fill(&reader->child.link, &err), got = filled;

	/* Jobs that it died without reading reset the link. */
	if (filled < 0 && err.kind == ERR_TEMP)
		return 0;
	while (got > 0 &&
	       (got = frame_next(&reader->child.link, &frame, &err)) > 0)
		take_result(readers, reader, &frame);
	return got < 0 ? -1 : filled;
}

/* Answers that it gave before it died still count, however many reads they
 * take. */
static void
take_last_results(struct readers *readers, struct reader *reader)
{
	/* So that the link ends after what is in it, whoever holds it. */
	(void)shutdown(reader->child.link.fd, SHUT_RD);
	while (take_results(readers, reader) > 0)
		;
}

/* The first job is the one that it died of; the rest are innocent. */
static void
settle_death(struct readers *readers, struct reader *reader, const char *why)
{
	struct job *job = list_take(&reader->jobs), *next;
	char reason[80];

	if (job != NULL) {
		(void)snprintf(reason, sizeof(reason), "the reader %s",
		    reader->is_hung ? "took too long" : why);
		desk_read_failed(readers->desk, job->head.job, reason);
		free(job);
	}
	if (reader->jobs.first != NULL) {
		next = readers->waiting.first;
		*reader->jobs.end = next;
		if (next == NULL)
			readers->waiting.end = reader->jobs.end;
		readers->waiting.first = reader->jobs.first;
	}
	list_init(&reader->jobs);
	reader->in_flight = 0;
	reader->is_ready = false;
	log_event(LOG_LEVEL_WARN, "reader", "state=died why=\"%s\"",
	    reader->is_hung ? "took too long" : why);
}

bool
readers_reap(struct readers *readers, pid_t pid, int status)
{
	char why[32], reason[64];

	for (size_t i = 0; i < readers->count; i++) {
		struct reader *reader = &readers->list[i];

		if (reader->child.pid != pid)
			continue;
		take_last_results(readers, reader);
		child_ended(&reader->child, status, why, sizeof(why));
		(void)snprintf(reason, sizeof(reason), "died (%s)", why);
		settle_death(readers, reader, reason);
		return true;
	}
	return false;
}

void
readers_work(struct readers *readers)
{
	for (size_t i = 0; i < readers->count; i++) {
		struct reader *reader = &readers->list[i];
		int taken =
		    reader->child.pid == 0 ? 1 : take_results(readers, reader);

		if (taken == 0)
			child_kill(&reader->child);
		/* What it says is not to be trusted any more than what it
		 * reads. */
		if (taken < 0)
			child_stop(&reader->child);
		if (reader->child.pid == 0) {
			if (reader->jobs.first != NULL)
				settle_death(
				    readers, reader, "broke its protocol");
			if (mono_left_ms(reader->restart_at) == 0)
				start_reader(reader);
			continue;
		}
		if (reader->in_flight > 0 && !reader->is_hung &&
		    mono_left_ms(reader->deadline) == 0) {
			reader->is_hung = true;
			child_stop(&reader->child);
			settle_death(readers, reader, "took too long");
			continue;
		}
		hand_out(readers, reader);
	}
}

/* ---- the loop ---- */

size_t
readers_count(const struct readers *readers)
{
	return readers->count;
}

size_t
readers_poll(struct readers *readers, struct pollfd *fds)
{
	size_t count = 0;

	for (size_t i = 0; i < readers->count; i++)
		count += child_poll(&readers->list[i].child, fds + count);
	return count;
}

int
readers_timeout(const struct readers *readers)
{
	int soonest = -1;

	for (size_t i = 0; i < readers->count; i++) {
		const struct reader *reader = &readers->list[i];
		int left;

		if (reader->child.pid == 0)
			left = mono_left_ms(reader->restart_at);
		else if (reader->in_flight > 0)
			left = mono_left_ms(reader->deadline);
		else
			continue;
		if (soonest < 0 || left < soonest)
			soonest = left;
	}
	return soonest;
}
