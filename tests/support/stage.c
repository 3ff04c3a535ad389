#include "tests/support/cmocka_fence.h"

#include "tests/support/stage.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "core/config.h"
#include "core/limits.h"
#include "core/texts.h"
#include "desk/config.h"
#include "desk/raw.h"
#include "desk/texts.h"
#include "reader/protocol.h"
#include "reader/reader.h"
#include "store/cases.h"
#include "store/outbox.h"
#include "store/owners.h"

/* Nothing leaves before the commit. */
static void
check_committed(const struct stage *stage)
{
	assert_false(store_in_transaction(stage->fixture->store));
}

/* ---- the reader ---- */

static json_t *
read_document(const struct desk_read *read, struct arena *arena)
{
	const char *raw = read->data + read->offset;
	json_t *answer = json_object(), *what;
	struct message message = { 0 };
	struct push_report report = { 0 };
	struct err err = { 0 };
	int result;

	if (read->kind == READER_MAIL)
		result = reader_mail(raw, read->length, arena, &message, &err);
	else if (read->kind == READER_PUSH_TEXT)
		result = reader_push_text(
		    read->map, raw, read->length, arena, &message, &err);
	else
		result = reader_push_report(
		    read->map, raw, read->length, arena, &report, &err);
	if (result < 0) {
		json_put_text(answer, "error", err.msg);
	} else if (read->kind == READER_PUSH_REPORT) {
		what = json_object();
		json_put_text(what, "id", report.id);
		json_put_text(what, "state", report.state);
		json_put_text(what, "answer", report.answer);
		json_object_set_new(answer, "report", what);
	} else {
		json_object_set_new(
		    answer, "message", message_to_json(&message));
	}
	return answer;
}

static void
read_now(struct stage *stage, const struct desk_read *read)
{
	struct arena arena scoped(arena_done);
	struct buf text scoped(buf_done);
	json_t *answer scoped(json_release) = NULL;

	arena_init(&arena, LIMIT_WORK_BYTES);
	buf_init(&text, LIMIT_READER_ANSWER_BYTES);
	answer = read_document(read, &arena);
	json_to_buf(answer, &text);
	desk_read_done(stage->desk, read->job, buf_text(&text), text.len);
}

static void
on_read(void *self, const struct desk_read *read)
{
	struct stage *stage = self;

	stage->reads++;
	if (stage->reader == STAGE_READS)
		read_now(stage, read);
	else if (stage->reader == STAGE_DIES)
		desk_read_failed(stage->desk, read->job, "the reader died");
	else if (stage->reader == STAGE_BABBLES)
		desk_read_done(stage->desk, read->job, "ok", 2);
	else if (stage->reader == STAGE_SAYS_NOTHING)
		desk_read_done(stage->desk, read->job, "{}", 2);
	else if (stage->job_count < STAGE_JOBS_MAX)
		stage->jobs[stage->job_count++] = *read;
}

void
stage_read_all(struct stage *stage)
{
	size_t count = stage->job_count;

	stage->job_count = 0;
	for (size_t i = 0; i < count; i++)
		read_now(stage, &stage->jobs[i]);
}

/* ---- the other ports ---- */

static void
on_settle(void *self, const char *mailbox, uint32_t uidvalidity,
    const uint32_t *uids, size_t count)
{
	struct stage *stage = self;

	check_committed(stage);
	buf_printf(&stage->log, "settle %s %u:", mailbox, (unsigned)uidvalidity);
	for (size_t i = 0; i < count; i++)
		buf_printf(&stage->log, "%s%u", i > 0 ? "," : "",
		    (unsigned)uids[i]);
	buf_puts(&stage->log, "; ");
}

static void
on_hold(void *self, bool hold)
{
	struct stage *stage = self;

	check_committed(stage);
	buf_puts(&stage->log, hold ? "hold; " : "go on; ");
}

static void
on_answer(void *self, void *request, int status, const char *why)
{
	struct stage *stage = self;

	check_committed(stage);
	assert_ptr_equal(request, stage);
	stage->status = status;
	(void)snprintf(stage->why, sizeof(stage->why), "%s", why);
	buf_printf(&stage->log, "answer %d; ", status);
}

static void
on_note(void *self, enum desk_note_kind kind, const char *at, const char *text)
{
	struct stage *stage = self;

	if (kind == NOTE_ERROR)
		buf_printf(&stage->log, "error %s %s; ", at, text);
}

/* ---- senders ---- */

static void
take_wire_id(const struct send_job *job, struct stage_sent *sent)
{
	const char *at = job->wire == NULL
			     ? NULL
			     : memmem(job->wire, job->wire_len, "\nMessage-ID: <",
				   strlen("\nMessage-ID: <"));

	if (at == NULL)
		return;
	at += strlen("\nMessage-ID: <");
	(void)snprintf(sent->wire_id, sizeof(sent->wire_id), "%s", at);
	sent->wire_id[strcspn(sent->wire_id, ">")] = '\0';
}

static int
on_start(void *self, const struct send_job *job, struct err *err)
{
	struct stage_lane *lane = self;
	struct stage *stage = lane->stage;
	struct stage_sent *sent = &stage->sent[stage->sent_count];

	check_committed(stage);
	if (lane->is_broken)
		return err_set(err, ERR_BUG, "this sender is broken");
	assert_in_range(stage->sent_count, 0, STAGE_SENT_MAX - 1);
	stage->sent_count++;
	*sent = (struct stage_sent){
		.out = job->out->id,
		.attempt = job->attempt,
		.lane = lane->number,
	};
	(void)snprintf(sent->to, sizeof(sent->to), "%s", job->out->to);
	(void)snprintf(sent->template_name, sizeof(sent->template_name), "%s",
	    job->out->template_name);
	(void)snprintf(sent->message_id, sizeof(sent->message_id), "%s",
	    job->out->message_id == NULL ? "" : job->out->message_id);
	(void)snprintf(sent->text, sizeof(sent->text), "%s", job->out->text);
	take_wire_id(job, sent);
	buf_printf(&stage->log, "send %s; ", job->out->template_name);
	if (!lane->by_hand)
		stage_answer(stage, sent, (struct receipt){ .code = 250 });
	return 0;
}

static int
on_collect(void *self, struct receipt *ret)
{
	struct stage_lane *lane = self;

	if (lane->ready_count == 0)
		return 0;
	*ret = lane->ready[0];
	lane->ready_count--;
	memmove(lane->ready, lane->ready + 1,
	    lane->ready_count * sizeof(*lane->ready));
	return 1;
}

void
stage_answer(
    struct stage *stage, struct stage_sent *sent, struct receipt receipt)
{
	struct stage_lane *lane = &stage->lanes[sent->lane];

	assert_false(sent->is_answered);
	sent->is_answered = true;
	receipt.out = sent->out;
	receipt.attempt = sent->attempt;
	lane->ready[lane->ready_count++] = receipt;
}

/* ---- setting up ---- */

static void
complain(const char *mistake, void *arg)
{
	(void)arg;
	print_error("%s\n", mistake);
}

void
stage_start(struct stage *stage)
{
	struct sender *senders[] = {
		&stage->lanes[STAGE_RELAY].sender,
		&stage->lanes[STAGE_GATEWAY].sender,
	};
	const struct desk_setup setup = {
		.conf = stage->conf,
		.texts = stage->texts,
		.store = stage->fixture->store,
		.senders = senders,
		.sender_count = ARRAY_COUNT(senders),
		.ports = { .read = on_read,
		    .settle = on_settle,
		    .hold = on_hold,
		    .answer = on_answer,
		    .note = on_note,
		    .self = stage },
	};
	struct err err = { 0 };

	stage->desk = desk_open(&setup, stage->now, &err);
	if (stage->desk == NULL)
		fail_msg("%s", err.msg);
}

void
stage_stop(struct stage *stage)
{
	desk_close(&stage->desk);
	stage->job_count = 0;
	for (size_t i = 0; i < ARRAY_COUNT(stage->lanes); i++)
		stage->lanes[i].ready_count = 0;
}

static void
fill_register(struct fixture *fixture)
{
	static const struct owner owners[] = {
		{ .estate = "sunshine",
		    .name = "王芳",
		    .home = { .building = "3", .unit = "2", .room = "501" },
		    .mail = "wang@owner.example",
		    .phone = "+8613900139001",
		    .is_confirmed = true },
		{ .estate = "sunshine",
		    .name = "黄丽",
		    .home = { .building = "3", .unit = "2", .room = "601" },
		    .phone = "+8613900139003",
		    .is_confirmed = true },
	};
	struct owners_change change;

	fixture_begin(fixture);
	if (owners_replace(fixture->store, "sunshine", owners,
		ARRAY_COUNT(owners), MORNING, &change, &fixture->err) < 0)
		fail_msg("%s", fixture->err.msg);
	fixture_commit(fixture);
}

int
stage_setup(void **state)
{
	static const char *const names[] = { "relay", "gateway" };
	struct stage *stage = calloc(1, sizeof(*stage));
	struct err err = { 0 };
	void *fixture = NULL;

	assert_non_null(stage);
	(void)fixture_file(&fixture);
	stage->fixture = fixture;
	stage->now = MORNING;
	buf_init(&stage->log, MIB);
	if (reader_open(&err) < 0 ||
	    config_load("conf/demo/shouwen.conf", complain, NULL, &stage->conf,
		&err) < 0)
		fail_msg("%s", err.msg);
	stage->texts =
	    desk_texts_load(stage->conf->templates, complain, NULL, &err);
	if (stage->texts == NULL)
		fail_msg("%s", err.msg);
	for (int i = 0; i < 2; i++)
		stage->lanes[i] = (struct stage_lane){
			.stage = stage,
			.number = i,
			.sender = { .name = names[i],
			    .start = on_start,
			    .collect = on_collect,
			    .self = &stage->lanes[i] },
		};
	fill_register(stage->fixture);
	stage_start(stage);
	*state = stage;
	return 0;
}

int
stage_teardown(void **state)
{
	struct stage *stage = *state;
	void *fixture = stage->fixture;

	stage_disk(stage, false);
	stage_stop(stage);
	texts_free(&stage->texts);
	config_free(&stage->conf);
	buf_done(&stage->log);
	(void)fixture_done(&fixture);
	free(stage);
	return 0;
}

/* ---- what arrives ---- */

const char *
stage_letter(const char *from, const char *id, const char *text)
{
	static char letter[4096];

	(void)snprintf(letter, sizeof(letter),
	    "From: <%s>\r\nTo: desk@sunshine.example\r\nSubject: 投诉\r\n"
	    "Message-ID: <%s@owner.example>\r\n"
	    "Date: Mon, 23 Nov 2026 09:00:00 +0800\r\nMIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n",
	    from, id, text);
	return letter;
}

void
stage_mail(struct stage *stage, uint32_t uidvalidity, uint32_t uid,
    const char *raw, bool too_large)
{
	struct desk_mail mail = {
		.uid = uid,
		.length = strlen(raw),
		.too_large = too_large,
	};
	struct err err = { 0 };
	struct raw *bytes = raw_from_bytes(raw, strlen(raw), &err);
	int fd;

	assert_non_null(bytes);
	fd = raw_fd_copy(bytes, &err);
	raw_drop(&bytes);
	assert_true(fd >= 0);
	if (desk_mails(stage->desk, "desk", uidvalidity, fd, &mail, 1, &err) < 0)
		fail_msg("%s", err.msg);
}

void
stage_push(struct stage *stage, bool is_report, const char *query)
{
	char push[2048];
	struct err err = { 0 };

	(void)snprintf(push, sizeof(push), "{\"query\":%s}", query);
	stage->status = 0;
	if (desk_push(stage->desk, "gateway", is_report, push, strlen(push),
		stage, &err) < 0)
		fail_msg("%s", err.msg);
}

void
stage_text(struct stage *stage, const char *id)
{
	char query[300];

	(void)snprintf(query, sizeof(query),
	    "{\"id\":\"%s\",\"from\":\"13900139003\",\"to\":\"10690001\","
	    "\"text\":\"3-2-601 电梯坏了\",\"coding\":\"0\","
	    "\"charset\":\"UTF-8\"}",
	    id);
	stage_push(stage, false, query);
}

/* ---- turns ---- */

void
stage_turns(struct stage *stage)
{
	struct err err = { 0 };
	int done = 1;

	for (int i = 0; done > 0; i++) {
		assert_in_range(i, 0, 1000);
		done = desk_turn(stage->desk, stage->now, &err);
	}
	if (done < 0)
		fail_msg("%s", err.msg);
}

void
stage_turns_at(struct stage *stage, msec_t now)
{
	stage->now = now;
	stage_turns(stage);
}

void
stage_turn_fails(struct stage *stage)
{
	struct err err = { 0 };

	assert_int_equal(desk_turn(stage->desk, stage->now, &err), -1);
	assert_int_equal(err.kind, ERR_TEMP);
	assert_false(store_in_transaction(stage->fixture->store));
}

/* ---- looking ---- */

struct stage_sent *
stage_last(struct stage *stage, const char *to)
{
	for (size_t i = stage->sent_count; i > 0; i--)
		if (strcmp(stage->sent[i - 1].to, to) == 0)
			return &stage->sent[i - 1];
	return NULL;
}

size_t
stage_sent_to(const struct stage *stage, const char *to)
{
	size_t count = 0;

	for (size_t i = 0; i < stage->sent_count; i++)
		count += strcmp(stage->sent[i].to, to) == 0;
	return count;
}

struct out_status
stage_status(struct stage *stage, out_id out)
{
	struct outgoing row = { 0 };
	struct out_status status = { 0 };

	assert_int_equal(out_load(stage->fixture->store, out,
			     &stage->fixture->arena, &row, &status,
			     &stage->fixture->err),
	    1);
	return status;
}

int64_t
stage_cases(struct stage *stage)
{
	return case_count(stage->fixture->store);
}

struct inbox_row
stage_inbox(struct stage *stage, int64_t id)
{
	struct inbox_row row = { 0 };

	assert_int_equal(inbox_load(stage->fixture->store, id,
			     &stage->fixture->arena, &row, &stage->fixture->err),
	    1);
	return row;
}

void
stage_forget_log(struct stage *stage)
{
	buf_reset(&stage->log);
}

void
stage_sql(struct stage *stage, const char *sql)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(stage->fixture->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	(void)sqlite3_close(db);
}

/* A file that may not grow behaves as one on a full disk; the signal that
 * comes with it is not for us. */
void
stage_disk(struct stage *stage, bool full)
{
	struct rlimit limit;

	(void)stage;
	(void)signal(SIGXFSZ, SIG_IGN);
	(void)getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = full ? 4096 : limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}
