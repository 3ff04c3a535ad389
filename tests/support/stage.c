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
#include "desk/texts.h"
#include "lib/sealed.h"
#include "reader/reader.h"
#include "store/cases.h"
#include "store/outbox.h"
#include "store/owners.h"

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
	struct desk_setup setup = {
		.conf = stage->conf,
		.texts = stage->texts,
		.store = stage->fixture->store,
		.senders = senders,
		.sender_count = ARRAY_COUNT(senders),
	};
	struct err err = { 0 };

	stage_ports(stage, &setup.ports);
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
	    desk_texts_load(stage->conf->templates, stage->conf->classifier, complain, NULL, &err);
	if (stage->texts == NULL)
		fail_msg("%s", err.msg);
	stage->conf->rules.notices = 1000;
	for (int i = 0; i < 2; i++)
		stage_sender(stage, i, names[i]);
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
		.internaldate = stage->internaldate,
	};
	struct err err = { 0 };
	int fd = sealed_new(&(struct bytes){ raw, strlen(raw) }, 1, &err);

	assert_true(fd >= 0);
	if (desk_mails(stage->desk, "desk", uidvalidity, fd, &mail, 1, &err) <
	    0)
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

static bool
is_told(const struct stage_sent *sent, const char *to, const char *name)
{
	return strcmp(sent->to, to) == 0 &&
	       strcmp(sent->template_name, name) == 0;
}

size_t
stage_told(const struct stage *stage, const char *to, const char *template_name)
{
	size_t count = 0;

	for (size_t i = 0; i < stage->sent_count; i++)
		count += is_told(&stage->sent[i], to, template_name);
	return count;
}

const char *
stage_told_text(
    const struct stage *stage, const char *to, const char *template_name)
{
	for (size_t i = stage->sent_count; i > 0; i--)
		if (is_told(&stage->sent[i - 1], to, template_name))
			return stage->sent[i - 1].text;
	return "";
}

char *
stage_html(const char *wire)
{
	static const char head[] =
	    "Content-Type: text/html; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
	const char *at = strstr(wire, head);
	char *html = calloc(1, strlen(wire)), *to = html;

	if (at == NULL || html == NULL)
		abort();
	at += sizeof(head) - 1;
	while (strncmp(at, "\r\n--", 4) != 0) {
		assert_int_not_equal(*at, '\0');
		if (*at != '=') {
			*to++ = *at++;
		} else if (at[1] == '\r') {
			at += 3;
		} else {
			const char digits[3] = { at[1], at[2], '\0' };

			*to++ = (char)strtoul(digits, NULL, 16);
			at += 3;
		}
	}
	return html;
}

struct out_status
stage_status(struct stage *stage, out_id out)
{
	struct outgoing row = { 0 };
	struct out_status status = { 0 };

	assert_int_equal(
	    out_load(stage->fixture->store, out, &stage->fixture->arena, &row,
		&status, &stage->fixture->err),
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

	assert_int_equal(
	    inbox_load(stage->fixture->store, id, &stage->fixture->arena, &row,
		&stage->fixture->err),
	    1);
	return row;
}

void
stage_forget_log(struct stage *stage)
{
	buf_reset(&stage->log);
}

void
expect_log(struct stage *stage, const char *wanted)
{
	assert_string_equal(buf_text(&stage->log), wanted);
	stage_forget_log(stage);
}

bool
log_has(const struct stage *stage, const char *words)
{
	return strstr(buf_text(&stage->log), words) != NULL;
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

int
stage_save(const char *path, void (*fill)(struct stage *stage))
{
	char sql[200];
	void *stage = NULL;

	if (stage_setup(&stage) != 0)
		return 1;
	fill(stage);
	(void)snprintf(sql, sizeof(sql), "VACUUM INTO '%s'", path);
	stage_sql(stage, sql);
	return stage_teardown(&stage);
}
