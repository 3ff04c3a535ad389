/*
 * What is old is erased, and the chain of the events holds.
 */
#include "tests/support/cmocka_fence.h"

#include <sqlite3.h>

#include "lib/buf.h"
#include "store/audit.h"
#include "store/cases.h"
#include "store/db.h"
#include "store/outbox.h"
#include "store/owners.h"
#include "store/retention.h"
#include "tests/support/store_fixture.h"

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_memory, fixture_done)

static void
no_finding(void *arg, const struct audit_finding *finding)
{
	(void)arg;
	fail_msg("event %lld is broken", (long long)finding->event);
}

static void
the_chain_holds_and_survives_erasing(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1);
	const struct outgoing out = fixture_out(1, 1);
	struct snapshot_event *events = NULL;
	struct audit audit = { .found = no_finding };
	struct effects effects;
	struct buf raw scoped(buf_done);
	struct out_status status;
	struct outgoing sent;
	size_t count = 0;
	int64_t inbox = fixture_mail(fixture, 1, "水管坏了");

	buf_init(&raw, 1000);
	file.state = CASE_CLOSED;
	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_CASE)->the_case = file;
	effects_add(&effects, EFFECT_EVENT)->event = (struct event){
		.case_id = 1, .name = "created", .text = "水管坏了" };
	effects_add(&effects, EFFECT_EVENT)->event =
	    (struct event){ .case_id = 1, .name = "noted", .actor = "desk" };
	effects_add(&effects, EFFECT_SEND)->send = out;
	effects_add(&effects, EFFECT_ATTACH)->attach = 1;
	fixture_apply(fixture, &effects, inbox);
	assert_int_equal(
	    audit_events(fixture->store, &audit, 10, &fixture->err), 2);
	assert_int_equal(audit.erased, 0);

	assert_int_equal(case_erase(fixture->store, 1, MORNING, &fixture->err), 0);
	audit = (struct audit){ .found = no_finding };
	assert_int_equal(
	    audit_events(fixture->store, &audit, 10, &fixture->err), 2);
	assert_int_equal(audit.erased, 1);
	file = fixture_load(fixture, 1);
	assert_string_equal(file.number, "T261123-0001");
	assert_string_equal(file.category, "plumbing");
	assert_null(file.mail);
	assert_null(file.text);
	assert_null(file.place.room);
	assert_int_equal(case_events(fixture->store, 1, &fixture->arena,
			     &events, &count, &fixture->err),
	    0);
	assert_int_equal(count, 2);
	assert_null(events[0].text);
	assert_int_equal(
	    inbox_raw(fixture->store, inbox, &raw, &fixture->err), 0);
	assert_int_equal(out_load(fixture->store, 1, &fixture->arena, &sent,
			     &status, &fixture->err),
	    1);
	assert_null(sent.text);
	assert_string_equal(sent.to, "");
}

static void
messages_of_no_case_are_forgotten_in_steps(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1);
	int64_t ids[5];
	int count = 0, steps = 0;

	fixture_save(fixture, &file);
	for (uint32_t i = 0; i < 5; i++) {
		const char raw[] = { (char)('a' + i), '\0' };

		ids[i] = fixture_mail(fixture, i + 1, raw);
		assert_int_equal(
		    inbox_set_state(fixture->store, ids[i],
			i == 1 ? INBOX_DONE : INBOX_BINNED,
			i == 1 ? NULL : "spam", NULL, i == 1, &fixture->err),
		    0);
	}
	assert_int_equal(messages_forget(fixture->store, MORNING - 1, 2,
			     &fixture->err),
	    0);
	while ((count = messages_forget(fixture->store, MORNING + MSEC_DAY, 2,
		    &fixture->err)) > 0) {
		assert_true(count <= 2);
		steps++;
	}
	assert_int_equal(count, 0);
	assert_int_equal(steps, 3);
	for (int i = 0; i < 5; i++) {
		struct buf raw scoped(buf_done);

		buf_init(&raw, 100);
		/* What belongs to a case goes with it. */
		assert_int_equal(inbox_raw(fixture->store, ids[i], &raw,
				     &fixture->err),
		    i == 1);
	}
}

static void
who_left_the_register_is_forgotten(void **state)
{
	struct fixture *fixture = *state;
	struct sqlite3 *db = fixture->store->db;

	assert_int_equal(
	    sqlite3_exec(db,
		"INSERT INTO owners (id, estate, name, mail, language, "
		"is_tenant, is_elderly, is_confirmed, created_at, gone_at) "
		"VALUES (1, 'e', 'a', 'a@x.example', 'en', 0, 0, 1, 1, 100), "
		"(2, 'e', 'b', 'b@x.example', 'en', 0, 0, 1, 1, 300), "
		"(3, 'e', 'c', 'c@x.example', 'en', 0, 0, 1, 1, NULL)",
		NULL, NULL, NULL),
	    SQLITE_OK);
	assert_int_equal(owners_forget(fixture->store, 200, &fixture->err), 0);
	assert_int_equal(sqlite3_changes(db), 1);
	assert_int_equal(owners_forget(fixture->store, 200, &fixture->err), 0);
	assert_int_equal(sqlite3_changes(db), 0);
}

static void
what_is_old_enough_to_forget_is_found(void **state)
{
	struct fixture *fixture = *state;
	case_id ids[4] = { 0 };

	for (case_id id = 1; id <= 3; id++) {
		struct case_file file = fixture_case(id);

		file.state = id == 3 ? CASE_ASSIGNED : CASE_CLOSED;
		file.closed_at = MORNING - id * MSEC_DAY;
		fixture_save(fixture, &file);
	}
	assert_int_equal(cases_erasable(fixture->store, MORNING, ids, 4,
			     &fixture->err),
	    2);
	assert_int_equal(ids[0], 2);
	assert_int_equal(case_erase(fixture->store, 2, MORNING, &fixture->err), 0);
	assert_int_equal(cases_erasable(fixture->store, MORNING, ids, 4,
			     &fixture->err),
	    1);
	assert_int_equal(cases_erasable(fixture->store, MORNING - MSEC_DAY,
			     ids, 4, &fixture->err),
	    0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_chain_holds_and_survives_erasing),
		TEST(what_is_old_enough_to_forget_is_found),
		TEST(messages_of_no_case_are_forgotten_in_steps),
		TEST(who_left_the_register_is_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
