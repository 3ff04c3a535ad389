#include "tests/support/cmocka_fence.h"

#include "tests/support/store_fixture.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/limits.h"
#include "lib/digest.h"
#include "store/cases.h"
#include "store/db.h"
#include "store/outbox.h"

static struct fixture *
make(const char *path)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	assert_non_null(fixture);
	arena_init(&fixture->arena, LIMIT_WORK_BYTES);
	fixture->store = store_open(path, &fixture->err);
	if (fixture->store == NULL)
		fail_msg("%s", fixture->err.msg);
	return fixture;
}

int
fixture_memory(void **state)
{
	struct fixture *fixture = make(":memory:");

	*state = fixture;
	fixture_begin(fixture);
	return 0;
}

int
fixture_file(void **state)
{
	char path[] = "/tmp/shouwen-store-XXXXXX";
	int fd = mkstemp(path);
	struct fixture *fixture;

	assert_true(fd >= 0);
	(void)close(fd);
	fixture = make(path);
	(void)snprintf(fixture->path, sizeof(fixture->path), "%s", path);
	*state = fixture;
	return 0;
}

static void
remove_file(const char *path)
{
	static const char *const endings[] = { "", "-wal", "-shm" };

	for (size_t i = 0; i < ARRAY_COUNT(endings); i++) {
		char name[80];

		(void)snprintf(name, sizeof(name), "%s%s", path, endings[i]);
		(void)unlink(name);
	}
}

int
fixture_done(void **state)
{
	struct fixture *fixture = *state;

	store_close(&fixture->store);
	arena_done(&fixture->arena);
	if (fixture->path[0] != '\0')
		remove_file(fixture->path);
	free(fixture);
	return 0;
}

void
fixture_reopen(struct fixture *fixture)
{
	store_close(&fixture->store);
	fixture->store = store_open(fixture->path, &fixture->err);
	if (fixture->store == NULL)
		fail_msg("%s", fixture->err.msg);
}

void
fixture_begin(struct fixture *fixture)
{
	if (store_begin(fixture->store, &fixture->err) < 0)
		fail_msg("%s", fixture->err.msg);
}

void
fixture_commit(struct fixture *fixture)
{
	if (store_commit(fixture->store, &fixture->err) < 0)
		fail_msg("%s", fixture->err.msg);
}

int64_t
fixture_mail(struct fixture *fixture, uint32_t uid, const char *raw)
{
	char key[32], digest[SHA256_HEX];
	uint8_t bytes[SHA256_BYTES];
	int64_t id = 0;
	const struct inbox_new row = {
		.channel = CHANNEL_MAIL,
		.source = "desk",
		.estate = "sunshine",
		.key = key,
		.digest = digest,
		.received_at = MORNING,
		.raw = raw,
		.raw_len = strlen(raw),
		.uidvalidity = 7,
		.uid = uid,
	};

	(void)snprintf(key, sizeof(key), "7/%u", (unsigned)uid);
	digest_sha256(raw, strlen(raw), bytes);
	digest_hex(bytes, sizeof(bytes), digest);
	if (inbox_add(fixture->store, &row, &id, &fixture->err) < 0)
		fail_msg("%s", fixture->err.msg);
	return id;
}

struct case_file
fixture_case(case_id id)
{
	static char numbers[64][32];
	char *number = numbers[id % 64];

	(void)snprintf(number, sizeof(numbers[0]), "T261123-%04lld",
	    (long long)id);
	return (struct case_file){
		.id = id,
		.number = number,
		.estate = "sunshine",
		.state = CASE_ASSIGNED,
		.kind = KIND_REQUEST,
		.category = "plumbing",
		.severity = SEVERITY_MAJOR,
		.agitated = true,
		.hostile = true,
		.channel = CHANNEL_SMS,
		.mail = "lin@example.com",
		.phone = "+8613800000000",
		.owner_name = "林女士",
		.language = LANGUAGE_EN,
		.place = { "3", "2", "5", "501", "中心花园" },
		.subject = "水管",
		.text = "水管坏了",
		.first_responder = "lin",
		.handler = "zhou",
		.department = "engineering",
		.subjects = "lin zhou",
		.level = 2,
		.transfers = 3,
		.reopened = 1,
		.after_reports = 4,
		.incident = 5,
		.incident_told = 6,
		.merged_into = id,
		.received_at = MORNING,
		.acknowledged_at = MORNING + 1,
		.taken_at = MORNING + 2,
		.first_reply_at = MORNING + 3,
		.resolved_at = MORNING + 4,
		.fed_back_at = MORNING + 5,
		.closed_at = MORNING + 6,
		.take_due = MORNING + 7,
		.dispatch_due = MORNING + 8,
		.reply_due = MORNING + 9,
		.outcome_due = MORNING + 10,
		.promise_due = MORNING + 11,
		.promise_told_at = MORNING + 19,
		.news_due = MORNING + 12,
		.last_news_at = MORNING + 13,
		.outcome = "已修好",
		.outcome_out = 12,
		.rating = 4,
		.owner_thread = "first@example.com",
		.owner_last = "last@example.com",
	};
}

struct outgoing
fixture_out(out_id id, case_id of_case)
{
	return (struct outgoing){
		.id = id,
		.case_id = of_case,
		.estate = "sunshine",
		.channel = CHANNEL_MAIL,
		.role = ROLE_OWNER,
		.person = "lin",
		.to = "lin@example.com",
		.to_name = "林女士",
		.template_name = "ack",
		.language = LANGUAGE_EN,
		.subject = "[T261123-0001] 已受理",
		.text = "您好",
		.layout = "p",
		.message_id = "1.token@example.com",
		.in_reply_to = "first@example.com",
		.references = "first@example.com last@example.com",
		.reply_to = "desk+1.token@example.com",
		.null_sender = true,
		.sender = "smtp",
		.reply_kind = REPLY_OWNER,
		.is_automatic = true,
		.is_outcome = true,
		.created_at = MORNING,
		.not_before = MORNING,
	};
}

void
fixture_save(struct fixture *fixture, const struct case_file *file)
{
	struct effects effects;

	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_CASE)->the_case = *file;
	fixture_apply(fixture, &effects, 0);
}

struct case_file
fixture_load(struct fixture *fixture, case_id id)
{
	struct case_file file = { 0 };

	assert_int_equal(case_load(fixture->store, id, &fixture->arena, &file,
			     &fixture->err),
	    1);
	return file;
}

void
fixture_apply(
    struct fixture *fixture, const struct effects *effects, int64_t inbox)
{
	if (store_apply(
		fixture->store, effects, inbox, MORNING, &fixture->err) < 0)
		fail_msg("%s", fixture->err.msg);
}

void
fixture_record(struct fixture *fixture, const struct event *event)
{
	struct effects effects;

	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_EVENT)->event = *event;
	fixture_apply(fixture, &effects, 0);
}

void
fixture_queue(struct fixture *fixture, const struct outgoing *out)
{
	if (out_add(fixture->store, out, 0, &fixture->err) < 0)
		fail_msg("%s", fixture->err.msg);
}

void
fixture_plan(struct fixture *fixture, enum sql sql, const char *wanted)
{
	char text[4096] = "EXPLAIN QUERY PLAN ";
	sqlite3_stmt *plan = NULL;
	bool is_met = false;

	strncat(text, sql_texts[sql], sizeof(text) - 20);
	assert_int_equal(
	    sqlite3_prepare_v2(fixture->store->db, text, -1, &plan, NULL),
	    SQLITE_OK);
	while (sqlite3_step(plan) == SQLITE_ROW) {
		const char *detail = (const char *)sqlite3_column_text(plan, 3);

		if (strncmp(detail, "SCAN", 4) == 0 ||
		    strstr(detail, "TEMP B-TREE") != NULL)
			fail_msg("%s: %s", sql_texts[sql], detail);
		is_met = is_met || strstr(detail, wanted) != NULL;
	}
	(void)sqlite3_finalize(plan);
	if (!is_met)
		fail_msg("%s: not by %s", sql_texts[sql], wanted);
}

int
fixture_runs(const struct fixture *fixture, enum sql sql)
{
	sqlite3_stmt *statement = fixture->store->statements[sql];

	return statement == NULL
		   ? 0
		   : sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_RUN, 1);
}
