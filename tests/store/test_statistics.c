/*
 * What there was in a stretch of time: found by indices, cut at both ends, of
 * one estate.
 */
#include "store/statistics.h"

#include "lib/text.h"
#include "store/db.h"
#include "store/incidents.h"
#include "store/outbox.h"
#include "store/owners.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/store_fixture.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_memory, fixture_done)
#define WEEK_START (MORNING - MSEC_DAY)

static const struct stretch week = { "sunshine", WEEK_START,
	WEEK_START + 7 * MSEC_DAY };

/* Long ago, over, and nothing of it in the week. */
static struct case_file
old_case(case_id id)
{
	struct case_file file = fixture_case(id);

	file.state = CASE_CLOSED;
	file.received_at = file.closed_at = 1000;
	file.reply_due = file.outcome_due = file.promise_due = 1000;
	file.resolved_at = file.fed_back_at = 1000;
	file.after_reports = 0;
	file.merged_into = 0;
	file.incident = file.incident_told = 0;
	file.owner = 0;
	return file;
}

struct seen {
	case_id ids[20];
	size_t count;
	bool stops;
};

static int
see(const struct case_file *file, void *arg, struct err *err)
{
	struct seen *seen = arg;

	(void)err;
	assert_true(seen->count < ARRAY_COUNT(seen->ids));
	seen->ids[seen->count++] = file->id;
	return seen->stops ? -1 : 0;
}

static void
each_case_that_the_week_touched_is_seen_once(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file;
	struct seen seen = { 0 };

	for (case_id id = 1; id <= 12; id++) {
		file = old_case(id);
		switch (id) {
		case 1: file.received_at = week.from; break;
		case 2: file.reply_due = week.to - 1; break;
		case 3: file.outcome_due = week.from; break;
		case 4: file.fed_back_at = week.from; break;
		case 5: file.closed_at = week.from; break;
		case 6: file.state = CASE_IN_PROGRESS; break;
		case 7: file.state = CASE_RESOLVED; break;
		case 8: file.after_reports = 1; break;
		case 9: /* all of it */
			file.received_at = file.reply_due = week.from;
			file.state = CASE_IN_PROGRESS;
			break;
		case 10:
			file.received_at = week.from;
			file.estate = "moon";
			break;
		case 11: file.received_at = week.from - 1; break;
		default: file.reply_due = week.to; break;
		}
		fixture_save(fixture, &file);
	}
	assert_int_equal(
	    statistics_cases(fixture->store, &week, see, &seen, &fixture->err),
	    0);
	assert_int_equal(seen.count, 9);
	for (size_t i = 0; i < seen.count; i++)
		assert_int_equal(seen.ids[i], (case_id)i + 1);
	/* Who looks may stop. */
	seen = (struct seen){ .stops = true };
	assert_int_equal(
	    statistics_cases(fixture->store, &week, see, &seen, &fixture->err),
	    -1);
	assert_int_equal(seen.count, 1);
}

static void
open_cases_are_those_of_the_estate(void **state)
{
	struct fixture *fixture = *state;
	struct seen seen = { 0 };

	for (case_id id = 1; id <= 3; id++) {
		struct case_file file = old_case(id);

		file.state = id == 1 ? CASE_CLOSED : CASE_IN_PROGRESS;
		file.estate = id == 3 ? "moon" : "sunshine";
		fixture_save(fixture, &file);
	}
	assert_int_equal(statistics_open_cases(fixture->store, "sunshine", see,
			     &seen, &fixture->err),
	    0);
	assert_int_equal(seen.count, 1);
	assert_int_equal(seen.ids[0], 2);
}

static void
record(struct fixture *fixture, case_id id, const char *name, msec_t at)
{
	struct effects effects;

	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_EVENT)->event =
	    (struct event){ .case_id = id, .name = name, .actor = "desk" };
	assert_int_equal(
	    store_apply(fixture->store, &effects, 0, at, &fixture->err), 0);
}

static void
events_are_counted_within_the_stretch(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = old_case(1);
	struct kpi_events events;

	fixture_save(fixture, &file);
	record(fixture, 1, "escalated", week.from - 1);
	record(fixture, 1, "escalated", week.from);
	record(fixture, 1, "skipped", week.from);
	record(fixture, 1, "noted", week.from);
	record(fixture, 1, "reopened", week.to - 1);
	record(fixture, 1, "reopened", week.to);
	assert_int_equal(statistics_events(fixture->store, 1, week.from,
			     week.to, &events, &fixture->err),
	    0);
	assert_int_equal(events.escalated, 1);
	assert_int_equal(events.skipped, 1);
	assert_int_equal(events.reopened, 1);
}

static int64_t
add_owner(struct fixture *fixture, const char *phone, const char *room)
{
	const struct owner owner = {
		.estate = "sunshine",
		.name = "王芳",
		.home = { .building = room == NULL ? NULL : "3",
		    .unit = room == NULL ? NULL : "2",
		    .room = room },
		.phone = phone,
		.is_confirmed = true,
	};
	int64_t id = 0;

	assert_true(owner_add_contact(fixture->store, &owner, MORNING, &id,
			&fixture->err) >= 0);
	return id;
}

static void
a_household_is_its_flat_or_else_its_owner(void **state)
{
	struct fixture *fixture = *state;
	int64_t wang = add_owner(fixture, "+8613900139001", "501");
	int64_t wife = add_owner(fixture, "+8613900139002", "501");
	int64_t other = add_owner(fixture, "+8613900139003", "502");
	int64_t nowhere = add_owner(fixture, "+8613900139004", NULL);
	int64_t neither = add_owner(fixture, "+8613900139005", NULL);
	const struct {
		int64_t owner;        /* of the other case */
		const char *category; /* and its category */
		msec_t received_at;
		int64_t of; /* the owner of the case that is asked about */
		enum case_state state;
		bool again;
	} table[] = {
		{ wang, "plumbing", MORNING, wang, CASE_CLOSED, true },
		{ wife, "plumbing", MORNING, wang, CASE_CLOSED, true },
		{ other, "plumbing", MORNING, wang, CASE_CLOSED, false },
		{ wang, "lift", MORNING, wang, CASE_CLOSED, false },
		{ wang, "plumbing", MORNING - 31 * MSEC_DAY, wang, CASE_CLOSED,
		    false },
		{ wang, "plumbing", MORNING + 32 * MSEC_DAY, wang, CASE_CLOSED,
		    false },
		{ wang, "plumbing", MORNING, wang, CASE_SPAM, false },
		{ wang, "plumbing", MORNING, wang, CASE_MERGED, false },
		/* Who has no flat is no neighbour of the others who have
		 * none. */
		{ neither, "plumbing", MORNING, nowhere, CASE_CLOSED, false },
		{ nowhere, "plumbing", MORNING, nowhere, CASE_CLOSED, true },
		/* Somebody who is not in the register. */
		{ wang, "plumbing", MORNING, 0, CASE_CLOSED, false },
	};

	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct case_file asked = old_case(1), file = old_case(2);

		asked.owner = table[i].of;
		asked.received_at = MORNING;
		asked.closed_at = MORNING + MSEC_DAY;
		asked.category = "plumbing";
		file.owner = table[i].owner;
		file.category = table[i].category;
		file.received_at = table[i].received_at;
		file.state = table[i].state;
		fixture_save(fixture, &asked);
		(void)sqlite3_exec(fixture->store->db,
		    "DELETE FROM case_people WHERE case_id = 2; "
		    "DELETE FROM cases WHERE id = 2",
		    NULL, NULL, NULL);
		fixture_save(fixture, &file);
		if (statistics_came_again(fixture->store, &asked,
			30 * MSEC_DAY) != table[i].again)
			fail_msg("row %zu", i);
	}
}

struct rated {
	int scores[4];
	size_t count;
	const char *words;
	struct arena *arena;
};

static int
see_rating(const struct case_file *file, const struct statistics_rating *rating,
    void *arg, struct err *err)
{
	struct rated *rated = arg;

	(void)err;
	assert_string_equal(file->estate, "sunshine");
	rated->scores[rated->count++] = rating->score;
	rated->words = arena_strdup(rated->arena, rating->words);
	return 0;
}

static void
run(struct fixture *fixture, const char *sql)
{
	if (sqlite3_exec(fixture->store->db, sql, NULL, NULL, NULL) !=
	    SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(fixture->store->db));
}

static void
rate(struct fixture *fixture, case_id id, msec_t at, int score)
{
	char sql[200];

	(void)snprintf(sql, sizeof(sql),
	    "INSERT INTO ratings (case_id, at, score, text) "
	    "VALUES (%lld, %lld, %d, '漏水')",
	    (long long)id, (long long)at, score);
	run(fixture, sql);
}

static void
ratings_come_with_their_cases(void **state)
{
	struct fixture *fixture = *state;
	struct rated rated = { .arena = &fixture->arena };
	struct case_file file = old_case(1);

	fixture_save(fixture, &file);
	file = old_case(2);
	file.estate = "moon";
	fixture_save(fixture, &file);
	rate(fixture, 1, week.from - 1, 5);
	rate(fixture, 1, week.from, 2);
	rate(fixture, 2, week.from, 1);
	rate(fixture, 1, week.to, 4);
	assert_int_equal(statistics_ratings(fixture->store, &week, see_rating,
			     &rated, &fixture->err),
	    0);
	assert_int_equal(rated.count, 1);
	assert_int_equal(rated.scores[0], 2);
	assert_string_equal(rated.words, "漏水");
}

static void
queue(struct fixture *fixture, out_id id, enum channel channel,
    const char *name, msec_t at)
{
	struct outgoing out = fixture_out(id, 1);

	out.channel = channel;
	out.template_name = name;
	out.created_at = at;
	fixture_queue(fixture, &out);
}

static void
messages_that_failed_are_counted(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = old_case(1);

	fixture_save(fixture, &file);
	queue(fixture, 1, CHANNEL_MAIL, "ack", week.from);
	queue(fixture, 2, CHANNEL_SMS, "ack", week.from);
	queue(fixture, 3, CHANNEL_SMS, "ack", week.from);
	for (out_id id = 1; id <= 3; id++) {
		char sql[120];

		(void)snprintf(sql, sizeof(sql),
		    "UPDATE outbox SET state = 'failed', moved_at = %lld "
		    "WHERE id = %lld",
		    (long long)(id == 3 ? week.to : week.from), (long long)id);
		run(fixture, sql);
	}
	assert_int_equal(
	    statistics_failed(fixture->store, &week, CHANNEL_MAIL), 1);
	assert_int_equal(
	    statistics_failed(fixture->store, &week, CHANNEL_SMS), 1);
}

static void
incidents_of_the_week_and_those_that_go_on(void **state)
{
	struct fixture *fixture = *state;
	struct weekly_hot hot[5];
	struct case_file file = old_case(1);

	for (incident_id id = 1; id <= 4; id++) {
		const struct incident incident = {
			.id = id,
			.number = "T261120-0001",
			.estate = id == 4 ? "moon" : "sunshine",
			.category = "plumbing",
			.place = { .building = "3" },
			.is_open = id == 2,
			.handler = "sun",
			.opened_at = id == 3 ? week.from : 1000,
		};

		assert_int_equal(
		    incident_save(fixture->store, &incident, &fixture->err), 0);
	}
	file.incident = 3;
	fixture_save(fixture, &file);
	assert_int_equal(statistics_hot(fixture->store, &week, &fixture->arena,
			     hot, 5, &fixture->err),
	    2);
	assert_int_equal(hot[0].opened_at, week.from);
	assert_int_equal(hot[0].cases, 1);
	assert_true(hot[1].is_open);
	assert_string_equal(hot[1].place.building, "3");
	assert_int_equal(statistics_hot_count(fixture->store, &week), 1);
	assert_int_equal(statistics_hot(fixture->store, &week, &fixture->arena,
			     hot, 1, &fixture->err),
	    1);
}

struct outages {
	msec_t total;
	int times;
	bool is_down;
};

static void
see_outage(const char *channel, msec_t from, msec_t to, bool is_down, void *arg)
{
	struct outages *outages = arg;

	assert_string_equal(channel, "smtp");
	outages->times++;
	outages->total += to - from;
	outages->is_down |= is_down;
}

static void
outages_are_cut_to_the_week(void **state)
{
	static const struct {
		msec_t at;
		bool down;
	} moves[] = {
		{ WEEK_START - MSEC_DAY, true },
		{ WEEK_START - MSEC_HOUR, false }, /* before it */
		{ WEEK_START - MSEC_MINUTE, true },
		{ WEEK_START + MSEC_MINUTE, false }, /* into it */
		{ WEEK_START + MSEC_HOUR, true },
		{ WEEK_START + MSEC_HOUR, true },
		{ WEEK_START + 2 * MSEC_HOUR, false },
		{ WEEK_START + 7 * MSEC_DAY - MSEC_MINUTE, true }, /* still */
	};
	struct fixture *fixture = *state;
	struct outages seen = { 0 };

	for (size_t i = 0; i < ARRAY_COUNT(moves); i++)
		assert_true(channel_mark(fixture->store, "smtp", moves[i].down,
				"refused", moves[i].at, &fixture->err) >= 0);
	assert_int_equal(statistics_outages(fixture->store, &week, see_outage,
			     &seen, &fixture->err),
	    0);
	assert_int_equal(seen.times, 3);
	assert_int_equal(seen.total, MSEC_HOUR + 2 * MSEC_MINUTE);
	assert_true(seen.is_down);
}

/* Twelve thousand old cases cost nothing: none of them is looked at. */
static void
history_does_not_matter(void **state)
{
	static const struct {
		enum sql sql;
		const char *indices[7];
	} table[] = {
		{ SQL_WEEK_CASES,
		    { "cases_received", "cases_reply_due", "cases_outcome_due",
			"cases_fed_back", "cases_kept", "cases_open",
			"cases_unheard" } },
		{ SQL_WEEK_EVENTS, { "events_case" } },
		{ SQL_WEEK_CAME_AGAIN, { "cases_owner", "owners_home" } },
		{ SQL_WEEK_RATINGS, { "ratings_at" } },
		{ SQL_WEEK_HOT,
		    { "incidents_opened", "incidents_open", "cases_incident",
			"incident_words_of" } },
		{ SQL_WEEK_FAILED, { "outbox_lost" } },
		{ SQL_BRAKED_COUNTS, { "braked_at" } },
		{ SQL_WEEK_OUTAGES, { "outages_to" } },
		{ SQL_OPEN_CASES, { "cases_open" } },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		char text[4096] = "EXPLAIN QUERY PLAN ";
		struct buf plan scoped(buf_done) = { 0 };
		sqlite3_stmt *query = NULL;

		buf_init(&plan, 4096);
		strncat(text, sql_texts[table[i].sql], sizeof(text) - 20);
		assert_int_equal(sqlite3_prepare_v2(fixture->store->db, text,
				     -1, &query, NULL),
		    SQLITE_OK);
		while (sqlite3_step(query) == SQLITE_ROW)
			buf_printf(&plan, "%s\n",
			    (const char *)sqlite3_column_text(query, 3));
		(void)sqlite3_finalize(query);
		for (size_t k = 0; k < ARRAY_COUNT(table[i].indices) &&
				   table[i].indices[k] != NULL;
		     k++)
			if (strstr(buf_text(&plan), table[i].indices[k]) ==
			    NULL)
				fail_msg("no %s in:\n%s", table[i].indices[k],
				    buf_text(&plan));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_case_that_the_week_touched_is_seen_once),
		TEST(open_cases_are_those_of_the_estate),
		TEST(events_are_counted_within_the_stretch),
		TEST(a_household_is_its_flat_or_else_its_owner),
		TEST(ratings_come_with_their_cases),
		TEST(messages_that_failed_are_counted),
		TEST(incidents_of_the_week_and_those_that_go_on),
		TEST(outages_are_cut_to_the_week),
		TEST(history_does_not_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
