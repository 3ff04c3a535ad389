/* What can be taken back, and until when: rules.md 5.11. */
#include "tests/support/cmocka_fence.h"
#include "tests/support/decision.h"

#include <string.h>

static void
s11_an_answer_is_held_for_the_undo_time_unless_urgent(void **state)
{
	static const struct {
		enum severity severity;
		msec_t held;
	} table[] = { { SEVERITY_NORMAL, 60 * MSEC_SECOND + 10 * MSEC_MINUTE },
		{ SEVERITY_EMERGENCY, 0 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_conf(&d)->undo_seconds = 60;
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.severity = table[i].severity;
		decision_staff(&d, "lin", REPLY_MATTER, "您好,师傅已在路上。");
		decision_run(&d);
		assert_int_equal(sent(&d, "staff_reply", NULL)->not_before,
		    d.ctx.now + table[i].held);
		/* At the latest: it waits for what its author is told. */
		assert_int_equal(sent(&d, "staff_reply", NULL)->waits_for,
		    table[i].held == 0 ? 0 : sent(&d, "transcript", "lin")->id);
		decision_done(&d);
	}
}

static void
s11_the_undo_time_begins_when_the_author_has_been_told(void **state)
{
	static const struct {
		const char *template_name;
		enum role role;
		enum out_state state;
		bool releases;
	} table[] = {
		{ "transcript", ROLE_STAFF, OUT_ACCEPTED, true },
		{ "transcript", ROLE_MANAGER, OUT_DELIVERED, true },
		/* Its author will never be told. */
		{ "transcript", ROLE_STAFF, OUT_FAILED, true },
		{ "refused", ROLE_STAFF, OUT_ACCEPTED, false },
		{ "staff_reply", ROLE_OWNER, OUT_ACCEPTED, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		const struct effect *release = NULL;
		struct decision d;

		decision_init(&d);
		decision_conf(&d)->undo_seconds = 60;
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.answered = (struct outgoing){ .id = 77,
			.case_id = d.before.the_case.id,
			.person = "lin",
			.to = "lin@sunshine.example",
			.template_name = table[i].template_name,
			.role = table[i].role };
		d.in = (struct input){ .kind = INPUT_REPORT,
			.report = { .out = 77, .state = table[i].state } };
		decision_run(&d);
		for (size_t k = 0; k < d.out.count; k++)
			if (d.out.list[k].kind == EFFECT_RELEASE)
				release = &d.out.list[k];
		assert_int_equal(release != NULL, table[i].releases);
		if (release != NULL) {
			assert_int_equal(release->release.confirmation, 77);
			assert_int_equal(release->release.due,
			    d.ctx.now + MSEC_MINUTE);
		}
		decision_done(&d);
	}
}

static void
s11_undo_takes_back_message_and_state(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_conf(&d)->undo_seconds = 60;
	decision_case(&d, CASE_RESOLVED);
	d.before.the_case.first_reply_at = d.ctx.now - 20 * MSEC_SECOND;
	decision_event(
	    &d, "resolved", "lin", 0, d.ctx.now - 20 * MSEC_SECOND);
	decision_held(&d, "outcome", d.ctx.now - 20 * MSEC_SECOND);
	decision_staff(&d, "lin", REPLY_INTERNAL, "#撤回");
	decision_run(&d);
	assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
	assert_int_equal(case_after(&d)->first_reply_at, 0);
	assert_int_equal(event_count(&d, "undone"), 1);
	assert_non_null(timer_after(&d, TIMER_OUTCOME));
	decision_done(&d);
}

static void
s11_undo_after_its_time_is_refused(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_conf(&d)->undo_seconds = 60;
	decision_case(&d, CASE_RESOLVED);
	decision_event(&d, "resolved", "lin", 0, d.ctx.now - 2 * MSEC_MINUTE);
	decision_held(&d, "outcome", d.ctx.now - 2 * MSEC_MINUTE);
	d.before.sent[0].state = OUT_SENDING;
	d.before.sent[0].attempts = 1;
	decision_staff(&d, "lin", REPLY_INTERNAL, "#撤回");
	decision_run(&d);
	assert_int_equal(case_after(&d)->state, CASE_RESOLVED);
	/* It is named. */
	assert_non_null(strstr(sent(&d, "refused", "lin")->text, "办结"));
	assert_int_equal(event_count(&d, "refused"), 1);
	decision_done(&d);
}

static void
s11_undo_brings_back_the_clock_of_a_promise(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_conf(&d)->undo_seconds = 60;
	decision_case(&d, CASE_RESOLVED);
	d.before.the_case.promise_due = d.ctx.now + MSEC_DAY;
	decision_event(
	    &d, "resolved", "lin", 0, d.ctx.now - 20 * MSEC_SECOND);
	decision_held(&d, "outcome", d.ctx.now - 20 * MSEC_SECOND);
	decision_staff(&d, "lin", REPLY_INTERNAL, "#撤回");
	decision_run(&d);
	assert_non_null(timer_after(&d, TIMER_PROMISE));
	decision_done(&d);
}

static void
s11_undo_takes_back_the_time_that_only_that_answer_named(void **state)
{
	static const bool was_promised_before[] = { false, true };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(was_promised_before); i++) {
		struct decision d;
		msec_t said;

		decision_init(&d);
		decision_conf(&d)->undo_seconds = 60;
		said = d.ctx.now - 20 * MSEC_SECOND;
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.promise_due = d.ctx.now + MSEC_DAY;
		if (was_promised_before[i]) {
			decision_event(
			    &d, "promised", "lin", 0, said - MSEC_HOUR);
			d.events[0].reason = "2026-11-23T15:00";
		}
		decision_event(&d, "promised", "lin", 0, said);
		decision_event(&d, "replied", "lin", 0, said);
		decision_held(&d, "staff_reply", said);
		decision_staff(&d, "lin", REPLY_INTERNAL, "#撤回");
		decision_run(&d);
		assert_int_equal(case_after(&d)->promise_due,
		    was_promised_before[i] ?
			decision_time("2026-11-23T15:00:00+08:00") : 0);
		assert_int_equal(timer_stopped(&d, TIMER_PROMISE),
		    !was_promised_before[i]);
		decision_done(&d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    s11_an_answer_is_held_for_the_undo_time_unless_urgent),
		cmocka_unit_test(
		    s11_the_undo_time_begins_when_the_author_has_been_told),
		cmocka_unit_test(s11_undo_takes_back_message_and_state),
		cmocka_unit_test(s11_undo_after_its_time_is_refused),
		cmocka_unit_test(s11_undo_brings_back_the_clock_of_a_promise),
		cmocka_unit_test(
		    s11_undo_takes_back_the_time_that_only_that_answer_named),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
