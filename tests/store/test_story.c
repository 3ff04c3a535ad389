/*
 * What a decision leaves behind: the story of a case, its timers, and all of it
 * at once.
 */
#include "tests/support/cmocka_fence.h"

#include "store/cases.h"
#include "store/outbox.h"
#include "store/owners.h"
#include "tests/support/store_fixture.h"

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_memory, fixture_done)

/* ---- the story ---- */

static void
the_story_is_told_in_order(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(1), other = fixture_case(2);
	struct snapshot_event *events = NULL;
	size_t count = 0;

	fixture_save(fixture, &file);
	fixture_save(fixture, &other);
	fixture_record(fixture, &(struct event){ .case_id = 1,
				    .name = "created",
				    .actor = "owner",
				    .state = CASE_NEW,
				    .text = "水管坏了" });
	fixture_record(
	    fixture, &(struct event){ .case_id = 2, .name = "created" });
	fixture_record(fixture, &(struct event){ .case_id = 1,
				    .name = "escalated",
				    .actor = "desk",
				    .state = CASE_ASSIGNED,
				    .level = 3,
				    .reason = "overdue",
				    .out = 9 });
	assert_int_equal(case_events(fixture->store, 1, &fixture->arena,
			     &events, &count, &fixture->err),
	    0);
	assert_int_equal(count, 2);
	assert_string_equal(events[0].name, "created");
	assert_string_equal(events[0].actor, "owner");
	assert_string_equal(events[0].text, "水管坏了");
	assert_null(events[0].reason);
	assert_int_equal(events[0].at, MORNING);
	assert_string_equal(events[1].name, "escalated");
	assert_int_equal(events[1].level, 3);
	assert_int_equal(events[1].state, CASE_ASSIGNED);
	assert_string_equal(events[1].reason, "overdue");
	assert_null(events[1].text);
}

/* ---- timers ---- */

static void
a_case_has_one_timer_of_each_kind(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(1);
	struct timer timers[4] = { { 0 } };
	struct timer timer = { .case_id = 1,
		.kind = TIMER_REPLY,
		.step = 0,
		.due = MORNING + 10 };

	fixture_save(fixture, &file);
	assert_int_equal(timers_next(fixture->store), 0);
	assert_int_equal(timer_set(fixture->store, &timer, &fixture->err), 0);
	timer.step = 1;
	timer.due = MORNING + 20;
	assert_int_equal(timer_set(fixture->store, &timer, &fixture->err), 0);
	timer.kind = TIMER_ESCALATION;
	timer.due = MORNING + 5;
	assert_int_equal(timer_set(fixture->store, &timer, &fixture->err), 0);
	assert_int_equal(timers_next(fixture->store), MORNING + 5);
	assert_int_equal(
	    timers_of(fixture->store, 1, timers, 4, &fixture->err), 2);
	assert_int_equal(timers_due(fixture->store, MORNING + 4, timers, 4,
			     &fixture->err),
	    0);
	assert_int_equal(timers_due(fixture->store, MORNING + 20, timers, 4,
			     &fixture->err),
	    2);
	assert_int_equal(timers[0].kind, TIMER_ESCALATION);
	assert_int_equal(timers[1].kind, TIMER_REPLY);
	assert_int_equal(timers[1].step, 1);
	/* Handed out again until a decision moves or cancels it. */
	assert_int_equal(timers_due(fixture->store, MORNING + 20, timers, 1,
			     &fixture->err),
	    1);
	assert_int_equal(timer_cancel(fixture->store, 1, TIMER_ESCALATION,
			     &fixture->err),
	    0);
	assert_int_equal(timer_cancel(fixture->store, 1, TIMER_ESCALATION,
			     &fixture->err),
	    0);
	assert_int_equal(timers_next(fixture->store), MORNING + 20);
}

/* ---- a decision as a whole ---- */

static void
a_decision_becomes_one_story(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(1);
	int64_t inbox = fixture_mail(fixture, 1, "a");
	struct effects effects;
	struct inbox_row row;
	struct owner owner;

	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_CONTACT)->contact = (struct owner){
		.estate = "sunshine",
		.mail = "lin@example.com",
		.home = { .building = "3", .room = "501" },
	};
	effects_add(&effects, EFFECT_CASE)->the_case = file;
	effects_add(&effects, EFFECT_EVENT)->event =
	    (struct event){ .case_id = 1, .name = "created" };
	effects_add(&effects, EFFECT_TIMER_SET)->timer =
	    (struct timer){ .case_id = 1, .due = MORNING };
	effects_add(&effects, EFFECT_TIMER_CANCEL)->timer =
	    (struct timer){ .case_id = 1, .kind = TIMER_CLOSE };
	effects_add(&effects, EFFECT_SEND)->send = fixture_out(1, 1);
	effects_add(&effects, EFFECT_OUT_STATE)->out_state.out = 1;
	effects.list[6].out_state.state = OUT_FAILED;
	effects_add(&effects, EFFECT_OPT)->opt.address = "+8613800000000";
	effects.list[7].opt.is_out = true;
	effects_add(&effects, EFFECT_ATTACH)->attach = 1;
	fixture_apply(fixture, &effects, inbox);

	assert_int_equal(inbox_load(fixture->store, inbox, &fixture->arena,
			     &row, &fixture->err),
	    1);
	assert_int_equal(row.state, INBOX_DONE);
	assert_int_equal(fixture_load(fixture, 1).owner, 1);
	assert_int_equal(owner_by_address(fixture->store, "sunshine",
			     "lin@example.com", &fixture->arena, &owner,
			     &fixture->err),
	    1);
	assert_false(owner.is_confirmed);
	assert_true(opt_is_out(fixture->store, "+8613800000000"));
	assert_int_equal(timers_next(fixture->store), MORNING);
	assert_int_equal(out_waiting_count(fixture->store), 0);
}

static void
a_message_may_end_in_a_bin(void **state)
{
	struct fixture *fixture = *state;
	int64_t inbox = fixture_mail(fixture, 1, "a");
	struct effects effects;
	struct inbox_row row;

	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_BIN)->bin.bin = "spam";
	effects.list[0].bin.reason = "promo";
	fixture_apply(fixture, &effects, inbox);
	assert_int_equal(inbox_list(fixture->store, "spam", &fixture->arena,
			     &row, 1, &fixture->err),
	    1);
	assert_int_equal(row.id, inbox);
}

static void
a_message_that_would_end_nowhere_is_a_fault(void **state)
{
	struct fixture *fixture = *state;
	int64_t inbox = fixture_mail(fixture, 1, "a");
	struct effects effects;

	effects_init(&effects, &fixture->arena);
	assert_int_equal(store_apply(fixture->store, &effects, inbox, MORNING,
			     &fixture->err),
	    -1);
	assert_int_equal(fixture->err.kind, ERR_BUG);
	assert_int_equal(store_apply(fixture->store, &effects, 0, MORNING,
			     &fixture->err),
	    0);
}

static void
an_effect_about_a_case_that_is_not_there_is_a_fault(void **state)
{
	static const enum effect_kind kinds[] = { EFFECT_EVENT,
		EFFECT_TIMER_SET, EFFECT_RATING };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
		struct effects effects;
		struct effect *effect;

		effects_init(&effects, &fixture->arena);
		effect = effects_add(&effects, kinds[i]);
		if (kinds[i] == EFFECT_EVENT)
			effect->event =
			    (struct event){ .case_id = 9, .name = "taken" };
		else if (kinds[i] == EFFECT_TIMER_SET)
			effect->timer.case_id = 9;
		else
			effect->rating.case_id = 9;
		assert_int_equal(
		    store_unit_begin(fixture->store, &fixture->err), 0);
		assert_int_equal(store_apply(fixture->store, &effects, 0,
				     MORNING, &fixture->err),
		    -1);
		assert_int_equal(fixture->err.kind, ERR_BUG);
		store_unit_undo(fixture->store);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_story_is_told_in_order),
		TEST(a_case_has_one_timer_of_each_kind),
		TEST(a_decision_becomes_one_story),
		TEST(a_message_may_end_in_a_bin),
		TEST(a_message_that_would_end_nowhere_is_a_fault),
		TEST(an_effect_about_a_case_that_is_not_there_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
