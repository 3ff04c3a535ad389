/*
 * Does the record hold?  Whoever changes it behind the desk's back is found
 * out, at the place (R2, architecture.md 5.8).
 */
#include "desk/query.h"
#include "lib/json.h"
#include "lib/text.h"
#include "store/audit.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WANG "wang@owner.example"

/* All slices one after the other, as `shouwen verify' does. */
static json_t *
walk(struct stage *stage, const char *anchor)
{
	json_t *request = json_object(), *all = json_array();
	bool is_done = false;

	json_put_text(request, "verb", "verify");
	if (anchor != NULL)
		json_put_text(request, "anchor", anchor);
	while (!is_done) {
		json_t *answer = query_answer(
		    stage->fixture->store, stage->conf, request, stage->now);

		assert_null(json_text(answer, "error"));
		json_array_extend(all, json_object_get(answer, "faults"));
		is_done = json_flag(answer, "cases_done");
		json_object_update(request, answer);
		json_decref(answer);
	}
	json_decref(request);
	return all;
}

static void
print_faults(const json_t *faults)
{
	for (size_t i = 0; i < json_array_size(faults); i++) {
		char *line = json_dumps(json_array_get(faults, i), 0);

		print_message("%s\n", line);
		free(line);
	}
}

static void
assert_whole(struct stage *stage)
{
	json_t *faults = walk(stage, NULL);

	print_faults(faults);
	assert_int_equal(json_array_size(faults), 0);
	json_decref(faults);
}

static bool
has_fault(const json_t *faults, int64_t event, const char *what)
{
	for (size_t i = 0; i < json_array_size(faults); i++) {
		const json_t *fault = json_array_get(faults, i);

		if (json_int(fault, "event", 0) == event &&
		    strstr(json_text(fault, "what"), what) != NULL)
			return true;
	}
	return false;
}

static void
begin(struct stage *stage)
{
	stage_mail(
	    stage, 7, 1, stage_letter(WANG, "a", "3-2-501电梯坏了"), false);
	stage_text(stage, "t1");
	stage_turns(stage);
}

/* Two cases with a story: three events and more of each. */
static void
fill(struct stage *stage)
{
	begin(stage);
	stage_turns_at(stage, stage->now + 2 * MSEC_HOUR);
	assert_int_equal(stage_cases(stage), 2);
	assert_whole(stage);
	stage_sql(
	    stage, "DROP TRIGGER events_stay; DROP TRIGGER events_remain");
}

static void
an_alarm_that_no_round_comes_for_is_told(void **state)
{
	static const char plan[] =
	    "INSERT INTO plans (id, estate, source, measure, responsible, "
	    "made_by, made_at, due, alarm) VALUES (3, 'sunshine', 'meeting', "
	    "'x', 'lin', 'wu', 1, 2, 2);"
	    "INSERT INTO plan_requests VALUES (1, 'sunshine', 'order', 'zhao', "
	    "1, 2, 1, 1, 2, 0, 2, NULL);";
	struct stage *stage = *state;
	json_t *faults;

	begin(stage);
	stage_sql(stage, plan);
	stage_sql(stage, "UPDATE rounds SET due = 2 WHERE kind = 'plans'");
	assert_whole(stage);
	stage_sql(stage, "UPDATE rounds SET due = 99999999999999 "
			 "WHERE kind = 'plans'");
	faults = walk(stage, NULL);
	assert_true(has_fault(faults, 0, "no round will"));
	assert_int_equal(json_array_size(faults), 2);
	json_decref(faults);
	stage_sql(stage, "DELETE FROM rounds WHERE kind = 'plans'");
	faults = walk(stage, NULL);
	assert_int_equal(json_array_size(faults), 2);
	json_decref(faults);
}

static void
whatever_is_changed_is_told_at_its_place(void **state)
{
	static const struct {
		const char *sql;
		int64_t event;
		const char *what;
	} changes[] = {
		{ "UPDATE events SET at = at + 1 WHERE id = 2", 2, "changed" },
		{ "UPDATE events SET actor = 'he' WHERE id = 3", 3, "changed" },
		{ "UPDATE events SET actor = NULL WHERE id = 3", 3, "changed" },
		{ "UPDATE events SET reason = 'x' WHERE id = 3", 3, "changed" },
		{ "UPDATE events SET case_id = 2 WHERE id = 2", 2, "changed" },
		{ "UPDATE events SET level = 5 WHERE id = 2", 2, "changed" },
		{ "UPDATE events SET text_digest = zeroblob(32) WHERE id = 1",
		    1, "changed" },
		{ "UPDATE events SET chain = zeroblob(32) WHERE id = 2", 2,
		    "changed" },
		{ "UPDATE event_texts SET text = text || '!' WHERE event = 1",
		    1, "its text was changed" },
		{ "UPDATE event_texts SET salt = zeroblob(16) WHERE event = 1",
		    1, "its text was changed" },
		{ "DELETE FROM event_texts WHERE event = 1", 1,
		    "its text is gone" },
		{ "DELETE FROM event_texts WHERE event = 2; "
		  "DELETE FROM events WHERE id = 2",
		    3, "1 before it gone" },
		{ "DELETE FROM event_texts WHERE event <= 2; "
		  "DELETE FROM events WHERE id <= 2",
		    3, "2 before it gone" },
		/* Two change places. */
		{ "UPDATE events SET id = -1 WHERE id = 3; "
		  "UPDATE events SET id = 3 WHERE id = 4; "
		  "UPDATE events SET id = 4 WHERE id = -1",
		    3, "changed" },
		{ "UPDATE events SET state = 'closed' WHERE id = 2", 2,
		    "no legal move: new to closed" },
		{ "UPDATE events SET state = 'opne' WHERE id = 2", 2,
		    "no such state" },
		{ "UPDATE events SET state = 'closed' WHERE id = 1", 1,
		    "no legal move: nothing to closed" },
		/* Nothing of the chain, and yet not what happened. */
		{ "UPDATE cases SET state = 'closed' WHERE id = 1", 0,
		    "its state is closed, its last event says" },
		{ "DELETE FROM timers WHERE case_id = 1 AND kind = 'reply'", 0,
		    "owes reply, and no timer" },
		{ "DELETE FROM timers WHERE case_id = 2 AND kind = 'news'", 0,
		    "owes news, and no timer" },
	};

	for (size_t i = 0; i < ARRAY_COUNT(changes); i++) {
		void *one = NULL;
		struct stage *stage;
		json_t *faults;

		(void)state;
		assert_int_equal(stage_setup(&one), 0);
		stage = one;
		fill(stage);
		stage_sql(stage, "PRAGMA foreign_keys = OFF");
		stage_sql(stage, changes[i].sql);
		faults = walk(stage, NULL);
		if (!has_fault(faults, changes[i].event, changes[i].what)) {
			print_faults(faults);
			fail_msg("not found out: %s", changes[i].sql);
		}
		json_decref(faults);
		(void)stage_teardown(&one);
	}
}

static void
one_changed_event_is_one_broken_place(void **state)
{
	struct stage *stage = *state;
	json_t *faults;

	fill(stage);
	stage_sql(stage, "UPDATE events SET actor = 'he' WHERE id = 3");
	faults = walk(stage, NULL);
	print_faults(faults);
	assert_int_equal(json_array_size(faults), 1);
	assert_non_null(json_text(json_array_get(faults, 0), "case"));
	json_decref(faults);
}

/* Who can write the file can make a whole new chain, or leave off its end:
 * only what was noted down elsewhere shows that. */
static void
an_anchor_shows_what_the_chain_alone_cannot(void **state)
{
	struct stage *stage = *state;
	struct audit audit = { 0 };
	char anchor[128], hex[SHA256_HEX];
	json_t *faults;

	fill(stage);
	audit.found = NULL;
	assert_true(audit_events(stage->fixture->store, &audit, 1000,
			&stage->fixture->err) > 3);
	digest_hex(audit.chain, SHA256_BYTES, hex);
	(void)snprintf(anchor, sizeof(anchor), "%lld:%s",
	    (long long)audit.after_event, hex);
	faults = walk(stage, anchor);
	assert_int_equal(json_array_size(faults), 0);
	json_decref(faults);
	stage_sql(stage, "DELETE FROM events WHERE id = "
			 "(SELECT max(id) FROM events)");
	faults = walk(stage, anchor);
	assert_true(has_fault(faults, audit.after_event, "anchor"));
	json_decref(faults);
	(void)snprintf(anchor, sizeof(anchor), "2:%s", hex);
	faults = walk(stage, anchor);
	assert_true(has_fault(faults, 2, "anchor"));
	json_decref(faults);
}

static void
an_anchor_that_is_none_is_refused(void **state)
{
	static const char *const wrong[] = { "", "7", "7:", "x:00", "0:00",
		"7:0011", ":00", "99999999999999999999999999:00" };
	struct stage *stage = *state;

	for (size_t i = 0; i < ARRAY_COUNT(wrong); i++) {
		json_t *request = json_object(), *answer;

		json_put_text(request, "verb", "verify");
		json_put_text(request, "anchor", wrong[i]);
		answer = query_answer(
		    stage->fixture->store, stage->conf, request, stage->now);
		assert_non_null(strstr(
		    text_or(json_text(answer, "error"), ""), "EVENT:HASH"));
		json_decref(answer);
		json_decref(request);
	}
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(int argc, char **argv)
{
	/* For tests/program/cli.t: a record that holds, on any day. */
	if (argc == 3 && text_eq(argv[1], "--fill"))
		return stage_save(argv[2], begin);

	const struct CMUnitTest tests[] = {
		TEST(an_alarm_that_no_round_comes_for_is_told),
		cmocka_unit_test(whatever_is_changed_is_told_at_its_place),
		TEST(one_changed_event_is_one_broken_place),
		TEST(an_anchor_shows_what_the_chain_alone_cannot),
		TEST(an_anchor_that_is_none_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
