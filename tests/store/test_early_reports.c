/*
 * Whose a delivery report is, and those that come too early.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>

#include "core/limits.h"
#include "store/outbox.h"
#include "store/reports.h"
#include "tests/support/store_fixture.h"

/* Row 1 of the sender "smtp", created in the morning, tried once and known
 * there as "P-1". */
static int64_t
send_one(struct fixture *fixture)
{
	struct outgoing out = fixture_out(1, 0);
	struct out_claim claim;
	struct out_result result = { .out = 1,
		.state = OUT_ACCEPTED,
		.result = "accepted",
		.provider_id = "P-1" };

	fixture_queue(fixture, &out);
	assert_int_equal(out_claim_due(fixture->store, "smtp", MORNING,
			     &fixture->arena, &claim, 1, &fixture->err),
	    1);
	result.attempt = claim.status.attempt;
	assert_int_equal(
	    out_settle(fixture->store, &result, MORNING, &fixture->err), 1);
	return claim.status.attempt;
}

static void
a_report_names_its_message_in_three_ways(void **state)
{
	struct fixture *fixture = *state;
	int64_t attempt = send_one(fixture);
	char ref[60], id[40], other[60], restored[60], later[40];
	const struct {
		const char *source, *name;
		int found;
		int64_t attempt;
	} table[] = {
		{ "smtp", ref, 1, attempt },
		{ "smtp", id, 1, 0 },
		{ "smtp", "P-1", 1, attempt },
		/* of another row, of none, of another channel */
		{ "smtp", other, 0, 0 },
		/* of before a restore, or without the moment */
		{ "smtp", restored, 0, 0 },
		{ "smtp", later, 0, 0 },
		{ "smtp", "1-1", 0, 0 },
		{ "smtp", "P-2", 0, 0 },
		{ "sms", ref, 0, 0 },
		{ "sms", id, 0, 0 },
		{ "sms", "P-1", 0, 0 },
		/* numbers that are none */
		{ "smtp", "1-", 0, 0 },
		{ "smtp", "1", 0, 0 },
		{ "smtp", "-1-1", 0, 0 },
		{ "smtp", "99999999999999999999-1", 0, 0 },
		{ "smtp", "1-99999999999999999999", 0, 0 },
		{ "smtp", "1-1-1-1", 0, 0 },
		{ "smtp", "", 0, 0 },
	};

	(void)snprintf(ref, sizeof(ref), "1-%lld-%lld", (long long)attempt,
	    (long long)MORNING);
	(void)snprintf(other, sizeof(other), "2-%lld-%lld", (long long)attempt,
	    (long long)MORNING);
	(void)snprintf(restored, sizeof(restored), "1-%lld-%lld",
	    (long long)attempt, (long long)MORNING - 1);
	(void)snprintf(
	    later, sizeof(later), "1-%lld", (long long)MORNING - 1);
	(void)snprintf(id, sizeof(id), "1-%lld", (long long)MORNING);
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct report_of of = { 0 };

		print_message("# %s %s\n", table[i].source, table[i].name);
		assert_int_equal(
		    report_find(fixture->store,
			&(struct report_name){ table[i].source, table[i].name },
			&of, &fixture->err),
		    table[i].found);
		assert_int_equal(of.out, table[i].found);
		assert_int_equal(of.attempt, table[i].attempt);
	}
}

static void
keep(
    struct fixture *fixture, const char *name, enum out_state state, msec_t now)
{
	assert_int_equal(early_report_keep(fixture->store,
			     &(struct report_name){ "sms", name },
			     &(struct early_report){ .state = state,
				 .is_optout = state == OUT_FAILED,
				 .answer = "why" },
			     now, &fixture->err),
	    0);
}

static int
list(struct fixture *fixture, const char *source, const char *name, msec_t now,
    struct early_report ret[4])
{
	return early_report_list(fixture->store,
	    &(struct report_name){ source, name }, now, &fixture->arena, ret, 4,
	    &fixture->err);
}

static void
early_reports_wait_once_each_for_a_day(void **state)
{
	struct fixture *fixture = *state;
	struct early_report found[4], failed[4];

	keep(fixture, "P-1", OUT_DELIVERED, MORNING);
	keep(fixture, "P-2", OUT_FAILED, MORNING);
	keep(fixture, "P-1", OUT_SENT, MORNING + 1);
	keep(fixture, "P-1", OUT_SENT, MORNING + 2);
	assert_int_equal(list(fixture, "sms", "P-1", MORNING + 3, found), 2);
	assert_int_equal(found[0].state, OUT_DELIVERED);
	assert_string_equal(found[0].answer, "why");
	assert_false(found[0].is_optout);
	assert_int_equal(list(fixture, "sms", "P-2", MORNING + 3, failed), 1);
	assert_true(failed[0].is_optout);
	assert_int_equal(found[1].state, OUT_SENT);
	assert_int_equal(list(fixture, "smtp", "P-1", MORNING + 3, found), 0);
	assert_int_equal(
	    list(fixture, "sms", "P-1", MORNING + MSEC_DAY + 1, found), 1);
	assert_int_equal(found[0].state, OUT_SENT);
	assert_int_equal(
	    early_report_drop(fixture->store,
		&(struct report_name){ "sms", "P-1" }, &fixture->err),
	    0);
	assert_int_equal(list(fixture, "sms", "P-1", MORNING + 3, found), 0);
	assert_int_equal(list(fixture, "sms", "P-2", MORNING + 3, found), 1);
}

static void
a_flood_of_strange_reports_is_bounded_and_the_newest_stay(void **state)
{
	struct fixture *fixture = *state;
	struct early_report found[4];
	char name[16];

	for (int i = 0; i <= LIMIT_EARLY_REPORTS; i++) {
		(void)snprintf(name, sizeof(name), "Q-%d", i);
		keep(fixture, name, OUT_SENT, MORNING);
	}
	assert_int_equal(list(fixture, "sms", "Q-0", MORNING, found), 0);
	assert_int_equal(list(fixture, "sms", "Q-1", MORNING, found), 1);
	assert_int_equal(list(fixture, "sms", name, MORNING, found), 1);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_memory, fixture_done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_report_names_its_message_in_three_ways),
		TEST(early_reports_wait_once_each_for_a_day),
		TEST(a_flood_of_strange_reports_is_bounded_and_the_newest_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
