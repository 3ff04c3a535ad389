#include "tests/support/cmocka_fence.h"

#include <sqlite3.h>
#include <string.h>

#include "core/effect.h"
#include "store/cases.h"
#include "store/db.h"
#include "store/outbox.h"
#include "tests/support/store_fixture.h"

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, with_a_case, fixture_done)

static int
with_a_case(void **state)
{
	const struct case_file file = fixture_case(1);

	(void)fixture_memory(state);
	fixture_save(*state, &file);
	return 0;
}

static struct out_claim
load(struct fixture *fixture, out_id id)
{
	struct out_claim row = { 0 };

	assert_int_equal(out_load(fixture->store, id, &fixture->arena, &row.out,
			     &row.status, &fixture->err),
	    1);
	return row;
}

static enum out_state
state_of(struct fixture *fixture, out_id id)
{
	return load(fixture, id).status.state;
}

static int
claim(struct fixture *fixture, msec_t now, struct out_claim *ret, int max)
{
	return out_claim_due(fixture->store, "smtp", now, &fixture->arena, ret,
	    max, &fixture->err);
}

/* One row of the outbox, claimed. */
static struct out_claim
claim_one(struct fixture *fixture)
{
	const struct outgoing out = fixture_out(1, 1);
	struct out_claim claimed = { 0 };

	fixture_queue(fixture, &out);
	assert_int_equal(claim(fixture, MORNING, &claimed, 1), 1);
	return claimed;
}

static void
settle(struct fixture *fixture, const struct out_result *result, msec_t now)
{
	if (out_settle(fixture->store, result, now, &fixture->err) < 0)
		fail_msg("%s", fixture->err.msg);
}

/* ---- rows ---- */

static void
assert_same_words(const struct outgoing *a, const struct outgoing *b)
{
	assert_string_equal(a->estate, b->estate);
	assert_string_equal(a->person, b->person);
	assert_string_equal(a->to, b->to);
	assert_string_equal(a->to_name, b->to_name);
	assert_string_equal(a->template_name, b->template_name);
	assert_string_equal(a->subject, b->subject);
	assert_string_equal(a->text, b->text);
	assert_string_equal(a->layout, b->layout);
	assert_string_equal(a->message_id, b->message_id);
	assert_string_equal(a->in_reply_to, b->in_reply_to);
	assert_string_equal(a->references, b->references);
	assert_string_equal(a->reply_to, b->reply_to);
	assert_string_equal(a->sender, b->sender);
}

static void
a_message_comes_back_as_it_was(void **state)
{
	struct fixture *fixture = *state;
	struct outgoing out = fixture_out(1, 1);
	const struct passed_part parts[] = {
		{ fixture_mail(fixture, 1, "photo"), 1, 3 },
		{ fixture_mail(fixture, 2, "other"), 0, 5 },
	};
	struct out_claim row;

	out.parts = parts;
	out.part_count = 2;
	out.cause = 2;
	out.is_urgent = true;
	out.not_before = MORNING + 60;
	fixture_queue(fixture, &out);
	row = load(fixture, 1);
	assert_same_words(&row.out, &out);
	assert_int_equal(row.out.case_id, 1);
	assert_int_equal(row.out.channel, CHANNEL_MAIL);
	assert_int_equal(row.out.role, ROLE_OWNER);
	assert_int_equal(row.out.language, LANGUAGE_EN);
	assert_int_equal(row.out.reply_kind, REPLY_OWNER);
	assert_true(row.out.null_sender && row.out.is_automatic &&
		    row.out.is_urgent && row.out.is_outcome);
	assert_int_equal(row.out.created_at, MORNING);
	assert_int_equal(row.out.not_before, MORNING + 60);
	assert_int_equal(row.out.cause, 2);
	assert_int_equal(row.out.part_count, 2);
	assert_memory_equal(row.out.parts, parts, sizeof(parts));
	assert_int_equal(row.status.state, OUT_QUEUED);
	assert_int_equal(row.status.attempts, 0);
	assert_int_equal(row.status.accepted_at, 0);
	assert_int_equal(out_next_id(fixture->store), 2);
}

static void
an_id_is_used_once(void **state)
{
	struct fixture *fixture = *state;
	const struct outgoing out = fixture_out(1, 1);
	struct out_claim row;

	fixture_queue(fixture, &out);
	assert_int_equal(out_add(fixture->store, &out, 0, &fixture->err), -1);
	assert_int_equal(fixture->err.kind, ERR_BUG);
	assert_int_equal(out_load(fixture->store, 2, &fixture->arena, &row.out,
			     &row.status, &fixture->err),
	    0);
}

static void
a_part_of_a_mail_that_is_not_kept_is_refused(void **state)
{
	struct fixture *fixture = *state;
	const struct passed_part part = { 77, 0, 1 };
	struct outgoing out = fixture_out(1, 1);

	out.parts = &part;
	out.part_count = 1;
	assert_int_equal(out_add(fixture->store, &out, 0, &fixture->err), -1);
	assert_int_equal(fixture->err.kind, ERR_BUG);
}

static int64_t
number_of(struct fixture *fixture, const char *sql)
{
	sqlite3_stmt *statement;
	int64_t number;

	assert_int_equal(sqlite3_prepare_v2(fixture->store->db, sql, -1,
			     &statement, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	number = sqlite3_column_int64(statement, 0);
	(void)sqlite3_finalize(statement);
	return number;
}

static void
what_several_people_are_told_is_stored_once(void **state)
{
	static const struct {
		case_id of_case;
		const char *text, *layout;
	} sends[] = {
		{ 1, "Water in the lift.", "p" },
		{ 1, "Another text.", NULL },
		{ 1, "Water in the lift.", "p" },
		{ 1, "Water in the lift.", NULL },
		{ 1, "Water in the lift.", "p" },
		{ 2, "Water in the lift.", "p" },
		{ 0, "Water in the lift.", NULL },
		{ 0, "Water in the lift.", NULL },
	};
	const struct case_file other = fixture_case(2);
	struct fixture *fixture = *state;
	struct effects effects;

	fixture_save(fixture, &other);
	effects_init(&effects, &fixture->arena);
	for (size_t i = 0; i < ARRAY_COUNT(sends); i++) {
		struct outgoing out =
		    fixture_out((out_id)i + 1, sends[i].of_case);

		out.text = sends[i].text;
		out.layout = sends[i].layout;
		effects_add(&effects, EFFECT_SEND)->send = out;
	}
	assert_int_equal(store_apply(fixture->store, &effects, 0, MORNING,
			     &fixture->err),
	    0);
	assert_int_equal(number_of(fixture,
			     "SELECT count(*) FROM outbox_texts "
			     "WHERE same_as = 1 AND out IN (3, 5)"),
	    2);
	assert_int_equal(number_of(fixture,
			     "SELECT count(*) FROM outbox_texts "
			     "WHERE text IS NOT NULL AND same_as IS NULL"),
	    6);
	for (size_t i = 0; i < ARRAY_COUNT(sends); i++) {
		struct out_claim row = load(fixture, (out_id)i + 1);

		assert_string_equal(row.out.text, sends[i].text);
		if (sends[i].layout == NULL)
			assert_null(row.out.layout);
		else
			assert_string_equal(row.out.layout, sends[i].layout);
	}
}

static void
the_photos_of_the_first_staff_mail_belong_to_the_case(void **state)
{
	struct fixture *fixture = *state;
	int64_t inbox = fixture_mail(fixture, 1, "photo");
	const struct passed_part first = { inbox, 1, 2 }, second = { inbox, 3, 1 };
	const struct passed_part *found = NULL;
	size_t count = 9;

	assert_int_equal(out_case_parts(fixture->store, 1, &fixture->arena,
			     &found, &count, &fixture->err),
	    0);
	assert_int_equal(count, 0);
	for (out_id id = 1; id <= 3; id++) {
		struct outgoing out = fixture_out(id, 1);

		out.role = id == 1 ? ROLE_OWNER : ROLE_STAFF;
		out.parts = id == 2 ? &first : &second;
		out.part_count = 1;
		fixture_queue(fixture, &out);
	}
	assert_int_equal(out_case_parts(fixture->store, 1, &fixture->arena,
			     &found, &count, &fixture->err),
	    0);
	assert_int_equal(count, 1);
	assert_int_equal(found[0].offset, 1);
}

/* ---- claiming ---- */

static void
urgent_ones_go_first_and_then_the_oldest(void **state)
{
	static const struct {
		msec_t not_before;
		bool urgent;
		const char *sender;
	} rows[] = {
		{ MORNING + 2, false, "smtp" },
		{ MORNING + 1, false, "smtp" },
		{ MORNING + 3, true, "smtp" },
		{ MORNING + 9, true, "smtp" },
		{ MORNING + 1, true, "sms" },
	};
	struct fixture *fixture = *state;
	struct out_claim claims[5];

	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct outgoing out = fixture_out((out_id)i + 1, 1);

		out.not_before = rows[i].not_before;
		out.is_urgent = rows[i].urgent;
		out.sender = rows[i].sender;
		fixture_queue(fixture, &out);
	}
	assert_int_equal(out_next_due(fixture->store, "smtp"), MORNING + 1);
	assert_int_equal(out_next_due(fixture->store, "none"), 0);
	assert_int_equal(claim(fixture, MORNING, claims, 5), 0);
	assert_int_equal(claim(fixture, MORNING + 5, claims, 2), 2);
	assert_int_equal(claims[0].out.id, 3);
	assert_int_equal(claims[1].out.id, 2);
	assert_int_equal(claims[0].status.state, OUT_SENDING);
	assert_int_equal(claims[0].status.attempts, 1);
	assert_int_not_equal(claims[0].status.attempt, claims[1].status.attempt);
	assert_int_equal(claim(fixture, MORNING + 5, claims, 5), 1);
	assert_int_equal(claims[0].out.id, 1);
	assert_int_equal(claim(fixture, MORNING + 5, claims, 5), 0);
	assert_int_equal(out_next_due(fixture->store, "smtp"), MORNING + 9);
	assert_int_equal(out_waiting_count(fixture->store), 5);
}

static void
a_claim_without_a_result_is_found_after_a_crash(void **state)
{
	struct fixture *fixture = *state;
	struct out_claim claimed = claim_one(fixture), left[2];
	struct out_attempt attempts[2];

	assert_int_equal(out_unfinished(fixture->store, &fixture->arena, left, 2,
			     &fixture->err),
	    1);
	assert_int_equal(left[0].out.id, 1);
	assert_int_equal(left[0].status.attempt, claimed.status.attempt);
	assert_int_equal(out_attempts(fixture->store, 1, &fixture->arena,
			     attempts, 2, &fixture->err),
	    1);
	assert_int_equal(attempts[0].started_at, MORNING);
	assert_int_equal(attempts[0].ended_at, 0);
	assert_null(attempts[0].result);
}

/* ---- results ---- */

static int
moved(struct fixture *fixture, out_id out, enum out_state to, msec_t report_due,
    msec_t now)
{
	return out_move(fixture->store,
	    &(struct out_news){
		.out = out, .state = to, .report_due = report_due },
	    now, &fixture->err);
}

static void
an_accepted_message_is_out(void **state)
{
	struct fixture *fixture = *state;
	struct out_claim claimed = claim_one(fixture), row;
	struct out_attempt attempts[2];

	settle(fixture,
	    &(struct out_result){ .out = 1,
		.attempt = claimed.status.attempt,
		.state = OUT_ACCEPTED,
		.result = "accepted",
		.code = 250,
		.provider_id = "p-1",
		.answer = "queued as 5" },
	    MORNING + 1);
	row = load(fixture, 1);
	assert_int_equal(row.status.state, OUT_ACCEPTED);
	assert_int_equal(row.status.accepted_at, MORNING + 1);
	assert_string_equal(row.status.answer, "queued as 5");
	assert_int_equal(out_attempts(fixture->store, 1, &fixture->arena,
			     attempts, 2, &fixture->err),
	    1);
	assert_int_equal(attempts[0].ended_at, MORNING + 1);
	assert_string_equal(attempts[0].result, "accepted");
	assert_int_equal(attempts[0].code, 250);
	assert_string_equal(attempts[0].provider_id, "p-1");
	assert_int_equal(out_waiting_count(fixture->store), 0);
}

static void
a_refusal_for_now_is_tried_again_later(void **state)
{
	struct fixture *fixture = *state;
	struct out_claim claimed = claim_one(fixture);

	settle(fixture,
	    &(struct out_result){ .out = 1,
		.attempt = claimed.status.attempt,
		.retry_at = MORNING + 100,
		.result = "temporary",
		.code = 451 },
	    MORNING + 1);
	assert_int_equal(state_of(fixture, 1), OUT_QUEUED);
	assert_int_equal(out_next_due(fixture->store, "smtp"), MORNING + 100);
	assert_int_equal(claim(fixture, MORNING + 99, &claimed, 1), 0);
	assert_int_equal(claim(fixture, MORNING + 100, &claimed, 1), 1);
	assert_int_equal(claimed.status.attempts, 2);
}

static void
a_report_may_overtake_the_answer(void **state)
{
	struct fixture *fixture = *state;
	struct out_claim claimed = claim_one(fixture), row;

	assert_int_equal(moved(fixture, 1, OUT_DELIVERED, 0, MORNING + 1), 1);
	settle(fixture,
	    &(struct out_result){ .out = 1,
		.attempt = claimed.status.attempt,
		.state = OUT_ACCEPTED,
		.result = "accepted",
		.provider_id = "p-1" },
	    MORNING + 2);
	row = load(fixture, 1);
	assert_int_equal(row.status.state, OUT_DELIVERED);
	assert_int_equal(row.status.accepted_at, MORNING + 1);
}

static void
delivery_never_goes_backwards(void **state)
{
	static const struct {
		enum out_state to;
		int moved;
		enum out_state expect;
	} steps[] = {
		{ OUT_ACCEPTED, 1, OUT_ACCEPTED },
		{ OUT_QUEUED, 0, OUT_ACCEPTED },
		{ OUT_DELIVERED, 1, OUT_DELIVERED },
		{ OUT_ACCEPTED, 0, OUT_DELIVERED },
		{ OUT_SENT, 0, OUT_DELIVERED },
		{ OUT_FAILED, 0, OUT_DELIVERED },
	};
	struct fixture *fixture = *state;

	(void)claim_one(fixture);
	for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
		assert_int_equal(
		    moved(fixture, 1, steps[i].to, 0, MORNING), steps[i].moved);
		assert_int_equal(state_of(fixture, 1), steps[i].expect);
	}
	assert_int_equal(moved(fixture, 99, OUT_FAILED, 0, MORNING), -1);
}

static void
an_unknown_fate_waits_and_is_sent_once_more(void **state)
{
	struct fixture *fixture = *state;
	struct out_claim claimed = claim_one(fixture), silent[2];
	struct out_result again;

	settle(fixture,
	    &(struct out_result){ .out = 1,
		.attempt = claimed.status.attempt,
		.state = OUT_UNKNOWN,
		.report_due = MORNING + 3,
		.result = "unknown" },
	    MORNING + 1);
	assert_int_equal(out_next_silent(fixture->store), MORNING + 3);
	assert_int_equal(out_silent(fixture->store, MORNING + 2,
			     &fixture->arena, silent, 2, &fixture->err),
	    0);
	assert_int_equal(out_silent(fixture->store, MORNING + 3,
			     &fixture->arena, silent, 2, &fixture->err),
	    1);
	assert_int_equal(out_unknown_count(fixture->store, 1), 1);
	assert_int_equal(silent[0].status.attempt, claimed.status.attempt);
	assert_int_equal(silent[0].status.accepted_at, MORNING + 1);
	again = (struct out_result){ .out = 1,
		.attempt = silent[0].status.attempt,
		.retry_at = MORNING + 3,
		.result = "unknown, sent again" };
	settle(fixture, &again, MORNING + 3);
	assert_int_equal(state_of(fixture, 1), OUT_QUEUED);
	assert_int_equal(out_next_silent(fixture->store), 0);
	assert_int_equal(out_unknown_count(fixture->store, 1), 1);
	assert_int_equal(claim(fixture, MORNING + 3, &claimed, 1), 1);
	/* An answer to the first attempt says nothing about the second. */
	again.retry_at = 0;
	again.state = OUT_FAILED;
	settle(fixture, &again, MORNING + 4);
	assert_int_equal(state_of(fixture, 1), OUT_SENDING);
}

/* The first one counts; what ends it ends the waiting. */
static void
a_report_is_waited_for_from_the_acceptance_on(void **state)
{
	static const struct {
		enum out_state to;
		msec_t due, expect;
	} steps[] = {
		{ OUT_UNKNOWN, MORNING + 10, MORNING + 10 },
		{ OUT_ACCEPTED, MORNING + 20, MORNING + 20 },
		{ OUT_SENT, MORNING + 30, MORNING + 20 },
		{ OUT_DELIVERED, 0, 0 },
	};
	struct fixture *fixture = *state;

	(void)claim_one(fixture);
	for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
		assert_int_equal(moved(fixture, 1, steps[i].to, steps[i].due,
				     MORNING),
		    1);
		assert_int_equal(
		    load(fixture, 1).status.report_due, steps[i].expect);
		assert_int_equal(
		    out_next_silent(fixture->store), steps[i].expect);
	}
}

static void
a_result_for_no_attempt_is_a_fault(void **state)
{
	struct fixture *fixture = *state;
	struct out_claim claimed = claim_one(fixture);
	struct out_result result = { .out = 1, .attempt = claimed.status.attempt + 1,
		.state = OUT_ACCEPTED };

	assert_int_equal(
	    out_settle(fixture->store, &result, MORNING, &fixture->err), -1);
	assert_int_equal(fixture->err.kind, ERR_BUG);
}

static void
what_waits_for_a_confirmation_leaves_after_it(void **state)
{
	struct fixture *fixture = *state;
	struct sent_view seen[4];
	struct out_claim claimed;

	for (out_id id = 1; id <= 3; id++) {
		struct outgoing out = fixture_out(id, 1);

		out.role = ROLE_OWNER;
		out.case_id = 1;
		out.is_automatic = false;
		out.waits_for = id == 3 ? 0 : 9;
		out.not_before = MORNING + (id == 2 ? 10 : 1000);
		fixture_queue(fixture, &out);
	}
	assert_int_equal(
	    out_sent(fixture->store, 1, &fixture->arena, seen, 4, &fixture->err),
	    3);
	assert_int_equal(seen[0].id, 3);
	assert_int_equal(seen[2].not_before, MORNING + 1000);
	assert_int_equal(
	    out_release(fixture->store, 8, MORNING + 1, &fixture->err), 0);
	assert_int_equal(claim(fixture, MORNING + 9, &claimed, 1), 0);
	/* Never later than it was to leave. */
	assert_int_equal(
	    out_release(fixture->store, 9, MORNING + 60, &fixture->err), 0);
	assert_int_equal(claim(fixture, MORNING + 10, &claimed, 1), 1);
	assert_int_equal(claimed.out.id, 2);
	assert_int_equal(claimed.out.waits_for, 9);
	assert_int_equal(claim(fixture, MORNING + 60, &claimed, 1), 1);
	assert_int_equal(claimed.out.id, 1);
	assert_int_equal(claim(fixture, MORNING + 999, &claimed, 1), 0);
}

/* ---- looking ---- */

static void
brakes_count_automatic_messages_to_an_address(void **state)
{
	struct fixture *fixture = *state;

	for (out_id id = 1; id <= 5; id++) {
		struct outgoing out = fixture_out(id, 1);

		out.created_at = MORNING + id;
		out.is_automatic = id != 2;
		out.channel = id == 3 ? CHANNEL_SMS : CHANNEL_MAIL;
		out.to = id == 5 ? "wu@example.com" : "lin@example.com";
		out.template_name = id == 4 ? "status" : "ack";
		fixture_queue(fixture, &out);
	}
	assert_int_equal(out_automatic_count(fixture->store, "lin@example.com",
			     MORNING),
	    3);
	assert_int_equal(out_automatic_count(fixture->store, "lin@example.com",
			     MORNING + 4),
	    1);
	assert_int_equal(out_template_count(fixture->store, "lin@example.com",
			     "status", MORNING),
	    1);
	assert_true(out_recent_text(fixture->store, "lin@example.com",
	    MORNING + 3));
	assert_false(out_recent_text(fixture->store, "lin@example.com",
	    MORNING + 4));
	/* What was taken back has not been said. */
	assert_int_equal(moved(fixture, 4, OUT_CANCELLED, 0, MORNING),
	    1);
	assert_int_equal(out_automatic_count(fixture->store, "lin@example.com",
			     MORNING),
	    2);
	assert_int_equal(out_template_count(fixture->store, "lin@example.com",
			     "status", MORNING),
	    0);
}

static void
the_list_shows_what_is_not_settled_newest_first(void **state)
{
	static const struct {
		bool all;
		case_id of_case;
		int count;
		out_id first;
	} asked[] = { { false, 0, 2, 3 }, { true, 0, 3, 3 }, { false, 1, 1, 1 },
		{ true, 1, 2, 2 }, { true, 7, 0, 0 } };
	struct fixture *fixture = *state;

	(void)claim_one(fixture);
	for (out_id id = 2; id <= 3; id++) {
		struct outgoing out = fixture_out(id, id == 3 ? 0 : 1);

		fixture_queue(fixture, &out);
	}
	assert_int_equal(moved(fixture, 2, OUT_FAILED, 0, MORNING),
	    1);
	for (size_t i = 0; i < ARRAY_COUNT(asked); i++) {
		struct out_claim list[4] = { 0 };
		int count = out_list(fixture->store, asked[i].all,
		    asked[i].of_case, &fixture->arena, list, 4, &fixture->err);

		if (count != asked[i].count || list[0].out.id != asked[i].first)
			fail_msg("row %zu: %d, %lld", i, count,
			    (long long)list[0].out.id);
	}
}

static void
a_channel_that_is_down_is_told_once(void **state)
{
	static const struct {
		bool down;
		int changed;
	} steps[] = { { false, 0 }, { true, 1 }, { true, 0 }, { false, 1 },
		{ false, 0 } };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
		assert_int_equal(channel_mark(fixture->store, "smtp",
				     steps[i].down, "535", MORNING,
				     &fixture->err),
		    steps[i].changed);
		assert_int_equal(
		    channel_is_down(fixture->store, "smtp"), steps[i].down);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_message_comes_back_as_it_was),
		TEST(an_id_is_used_once),
		TEST(a_part_of_a_mail_that_is_not_kept_is_refused),
		TEST(what_several_people_are_told_is_stored_once),
		TEST(the_photos_of_the_first_staff_mail_belong_to_the_case),
		TEST(urgent_ones_go_first_and_then_the_oldest),
		TEST(a_claim_without_a_result_is_found_after_a_crash),
		TEST(an_accepted_message_is_out),
		TEST(a_refusal_for_now_is_tried_again_later),
		TEST(a_report_may_overtake_the_answer),
		TEST(delivery_never_goes_backwards),
		TEST(an_unknown_fate_waits_and_is_sent_once_more),
		TEST(a_report_is_waited_for_from_the_acceptance_on),
		TEST(a_result_for_no_attempt_is_a_fault),
		TEST(what_waits_for_a_confirmation_leaves_after_it),
		TEST(brakes_count_automatic_messages_to_an_address),
		TEST(the_list_shows_what_is_not_settled_newest_first),
		TEST(a_channel_that_is_down_is_told_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
