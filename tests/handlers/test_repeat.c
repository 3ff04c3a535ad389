/* The same words again by text (R1): one case, one answer; and where the same
 * word is a second answer. */
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/decision.h"

#include <string.h>

enum { FIRST_ROW = 7 };

/* wang texts what they texted a moment ago, about their case if they have
 * one. */
static void
again(struct decision *d, enum case_state state, const char *own)
{
	decision_init(d);
	decision_sms(d, "+8613900139001", own);
	decision_owner(d);
	decision_case(d, state);
	d->before.match = MATCH_OPEN_PHONE;
	d->before.sender.is_participant = true;
	d->before.twin = FIRST_ROW;
}

static void
expect_duplicate(struct decision *d)
{
	decision_run(d);
	assert_int_equal(d->out.count, 1);
	assert_string_equal(bin_of(d), "duplicate");
	assert_int_equal(d->out.list[0].bin.twin, FIRST_ROW);
	decision_done(d);
}

static void
r1_the_same_text_again_is_no_second_matter(void **state)
{
	static const char *const texts[] = { "厨房漏水,请来看看", "着火了",
		"人工", "撤回", "5" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		struct decision d;

		again(&d, CASE_IN_PROGRESS, texts[i]);
		expect_duplicate(&d);
		/* Also of somebody who has no case yet. */
		again(&d, CASE_IN_PROGRESS, texts[i]);
		d.before.has_case = false;
		expect_duplicate(&d);
	}
}

static void
who_asks_again_is_answered_again(void **state)
{
	static const struct {
		const char *text, *answer;
	} table[] = { { "进度", "status" }, { "帮助", "help" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		again(&d, CASE_IN_PROGRESS, table[i].text);
		decision_run(&d);
		assert_int_equal(sent_count(&d, table[i].answer), 1);
		decision_done(&d);
	}
}

static void
the_same_word_as_an_answer_to_another_question_counts(void **state)
{
	struct decision d;

	(void)state;
	again(&d, CASE_CLOSED, "5");
	d.before.pending_rating = d.before.the_case.id;
	decision_run(&d);
	assert_int_equal(event_count(&d, "rated"), 1);
	decision_done(&d);

	again(&d, CASE_IN_PROGRESS, "是");
	decision_event(
	    &d, "withdraw_asked", "owner", 0, d.ctx.now - MSEC_MINUTE);
	decision_run(&d);
	assert_int_equal(event_count(&d, "withdrawn"), 1);
	decision_done(&d);

	/* Out, in, and out again. */
	again(&d, CASE_IN_PROGRESS, "TD");
	decision_run(&d);
	assert_int_equal(sent_count(&d, "optout"), 1);
	decision_done(&d);
}

/* `1' to one alert and `1' to the next. */
static void
r24_staff_may_answer_two_alerts_with_the_same_word(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_ACKNOWLEDGED);
	decision_sms(&d, "+8613800138001", "1");
	d.before.the_case.severity = SEVERITY_EMERGENCY;
	d.before.match = MATCH_NUMBER;
	d.before.twin = FIRST_ROW;
	decision_run(&d);
	assert_int_equal(event_count(&d, "taken"), 1);
	decision_done(&d);
}

static void
a_matter_that_staff_log_twice_is_logged_once(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_sms(&d, "+8613800138001", "#new 3-2-501 13900139001 厨房漏水");
	d.before.twin = FIRST_ROW;
	expect_duplicate(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(r1_the_same_text_again_is_no_second_matter),
		cmocka_unit_test(who_asks_again_is_answered_again),
		cmocka_unit_test(
		    the_same_word_as_an_answer_to_another_question_counts),
		cmocka_unit_test(
		    r24_staff_may_answer_two_alerts_with_the_same_word),
		cmocka_unit_test(a_matter_that_staff_log_twice_is_logged_once),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
