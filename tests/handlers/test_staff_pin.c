/* #pin, #confirm, #notspam: rules.md 5.12, 5.39, 5.40, 4.2. */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "core/pin.h"
#include "lib/text.h"
#include "tests/support/decision.h"

#define NEW_PIN "73619"

/* Nothing that is kept or said holds it. */
static void
is_told_nowhere(const struct decision *d, const char *secret)
{
	for (size_t i = 0; i < d->out.count; i++) {
		const struct effect *effect = &d->out.list[i];

		if (effect->kind == EFFECT_SEND) {
			assert_null(strstr(effect->send.text, secret));
			assert_null(strstr(
			    text_or(effect->send.subject, ""), secret));
		}
		if (effect->kind == EFFECT_EVENT)
			assert_null(strstr(
			    text_or(effect->event.text, ""), secret));
	}
}

static void
s40_a_pin_is_set_with_the_old_one_or_a_token(void **state)
{
	static const struct {
		const char *own;
		bool by_reply;
	} table[] = {
		{ "#pin " NEW_PIN " 2580", false },
		{ "#密码 " NEW_PIN, true },
		{ "＃密码：" NEW_PIN, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		const struct effect *effect;

		print_message("%s\n", table[i].own);
		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		decision_staff(&d, "lin", REPLY_MATTER, table[i].own);
		if (!table[i].by_reply) {
			d.before.has_case = false;
			d.before.match = MATCH_NONE;
			d.before.answered = (struct outgoing){ 0 };
		}
		decision_run(&d);
		effect = effect_of(&d, EFFECT_PIN);
		assert_non_null(effect);
		assert_string_equal(effect->pin.staff, "lin");
		assert_true(pin_fits(d.ctx.conf,
		    config_staff(d.ctx.conf, "lin"), &effect->pin.pin, NEW_PIN));
		assert_non_null(sent(&d, "transcript", "lin"));
		assert_null(case_after(&d));
		assert_string_equal(bin_of(&d), "handled");
		is_told_nowhere(&d, NEW_PIN);
		decision_done(&d);
	}
}

static void
s40_a_pin_that_is_refused_is_told_nowhere_either(void **state)
{
	static const struct {
		const char *own;
		enum match_by match;
		const char *secret;
	} table[] = {
		/* no proof: told to L2, and kept in the case */
		{ "#pin " NEW_PIN, MATCH_NUMBER, NEW_PIN },
		{ "#pin\n" NEW_PIN, MATCH_NUMBER, NEW_PIN },
		/* no proof, about no case */
		{ "#pin " NEW_PIN, MATCH_NONE, NEW_PIN },
		/* malformed, misspelt, not alone */
		{ "#pin 73x619", MATCH_TOKEN, "73x619" },
		{ "#pin 736191234567", MATCH_TOKEN, "736191234567" },
		{ "#pinn " NEW_PIN, MATCH_TOKEN, NEW_PIN },
		{ "#pin\n" NEW_PIN, MATCH_TOKEN, NEW_PIN },
		{ "#接单\n#pin " NEW_PIN, MATCH_TOKEN, NEW_PIN },
		{ "#pin " NEW_PIN "\n谢谢", MATCH_TOKEN, NEW_PIN },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("%s\n", table[i].own);
		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		decision_staff(&d, "lin", REPLY_MATTER, table[i].own);
		d.before.match = table[i].match;
		if (table[i].match == MATCH_NONE)
			d.before.has_case = false;
		decision_run(&d);
		assert_null(effect_of(&d, EFFECT_PIN));
		assert_true(sent_count(&d, NULL) > 0);
		is_told_nowhere(&d, table[i].secret);
		decision_done(&d);
	}
}

static void
s40_a_pin_is_not_changed_by_text(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_sms(&d, "+8613800138001", "#pin " NEW_PIN);
	decision_run(&d);
	assert_null(effect_of(&d, EFFECT_PIN));
	assert_non_null(strstr(
	    sent(&d, "refused", "+8613800138001")->text, "邮件"));
	is_told_nowhere(&d, NEW_PIN);
	decision_done(&d);
}

static void
s12_the_pin_that_was_set_proves_and_the_old_one_does_not(void **state)
{
	static const struct {
		const char *own;
		bool is_done;
	} table[] = {
		{ "#接单 " NEW_PIN, true },
		{ "#接单 2580", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_ACKNOWLEDGED);
		decision_staff(&d, "lin", REPLY_MATTER, table[i].own);
		d.before.match = MATCH_NUMBER;
		pin_make(d.ctx.conf, "lin", NEW_PIN, 1, &d.before.sender.pin);
		decision_run(&d);
		assert_int_equal(event_count(&d, "taken"), table[i].is_done);
		decision_done(&d);
	}
}

/* ---- #confirm ---- */

static void
s39_staff_confirm_who_named_the_flat(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.owner_is_unconfirmed = true;
	decision_staff(&d, "lin", REPLY_MATTER, "#确认业主");
	decision_run(&d);
	assert_int_equal(effect_of(&d, EFFECT_CONFIRM)->confirm, 1);
	assert_string_equal(event_of(&d, "owner_confirmed")->actor, "lin");
	assert_null(sent(&d, NULL, "wang@owner.example"));
	decision_done(&d);
}

static void
s39_there_must_be_somebody_to_confirm(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	decision_staff(&d, "lin", REPLY_MATTER, "#confirm");
	decision_run(&d);
	assert_null(effect_of(&d, EFFECT_CONFIRM));
	assert_non_null(sent(&d, "refused", "lin"));
	decision_done(&d);
}

static void
s39_staff_are_told_that_somebody_is_not_confirmed(void **state)
{
	static const struct {
		bool is_known;
	} table[] = { { true }, { false } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		const struct outgoing *out;

		decision_init(&d);
		if (table[i].is_known)
			decision_owner(&d);
		decision_mail(
		    &d, "wang@owner.example", "您好,3-2-501厨房水管漏水。");
		decision_run(&d);
		out = sent(&d, "new_case", "lin");
		assert_int_equal(
		    strstr(out->text, "#确认业主") == NULL, table[i].is_known);
		assert_null(
		    strstr(sent(&d, "ack", NULL)->text, "#确认业主"));
		decision_done(&d);
	}
}

/* ---- #notspam ---- */

static void
taken_for_spam(struct decision *d, enum case_state before)
{
	decision_init(d);
	decision_case(d, CASE_SPAM);
	d->before.the_case.news_due = 0;
	decision_event(d, "created", "owner", 0, d->ctx.now - MSEC_HOUR);
	d->events[0].state = CASE_NEW;
	decision_event(d, "taken", "lin", 0, d->ctx.now - MSEC_HOUR);
	d->events[1].state = before;
	decision_event(d, "spam", "lin", 0, d->ctx.now - MSEC_MINUTE);
	d->events[2].state = CASE_SPAM;
	decision_event(d, "noted", "chen", 0, d->ctx.now - MSEC_MINUTE);
	d->events[3].state = CASE_SPAM;
}

static void
s42_not_spam_stands_where_it_stood_and_its_clocks_run(void **state)
{
	static const enum case_state states[] = { CASE_ACKNOWLEDGED,
		CASE_ASSIGNED, CASE_IN_PROGRESS, CASE_WAITING_OWNER };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(states); i++) {
		struct decision d;
		const struct case_file *file;

		taken_for_spam(&d, states[i]);
		/* Long ago: nothing may be late from the first moment. */
		d.ctx.now = decision_time("2026-12-01T10:00:00+08:00");
		decision_staff(&d, "lin", REPLY_MATTER, "#非垃圾");
		decision_run(&d);
		file = case_after(&d);
		assert_int_equal(file->state, states[i]);
		assert_int_equal(event_count(&d, "notspam"), 1);
		assert_non_null(timer_after(&d, TIMER_TAKE));
		assert_non_null(timer_after(&d, TIMER_REPLY));
		assert_non_null(timer_after(&d, TIMER_OUTCOME));
		assert_non_null(timer_after(&d, TIMER_NEWS));
		assert_true(file->reply_due > d.ctx.now);
		assert_true(file->outcome_due > d.ctx.now);
		assert_non_null(sent(&d, "new_case", "lin"));
		decision_done(&d);
	}
}

static void
s42_an_emergency_that_was_taken_for_spam_alarms_again(void **state)
{
	struct decision d;

	(void)state;
	taken_for_spam(&d, CASE_ACKNOWLEDGED);
	d.before.the_case.severity = SEVERITY_EMERGENCY;
	d.before.the_case.after_reports = 1;
	decision_staff(&d, "lin", REPLY_MATTER, "#notspam");
	decision_run(&d);
	assert_true(
	    timer_after(&d, TIMER_ALERT)->due <= d.ctx.now + MSEC_SECOND);
	assert_non_null(timer_after(&d, TIMER_AFTER_REPORT));
	decision_done(&d);
}

static void
s42_what_is_no_spam_cannot_be_taken_out_of_it(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	decision_staff(&d, "lin", REPLY_MATTER, "#notspam");
	decision_run(&d);
	assert_null(event_of(&d, "notspam"));
	assert_non_null(sent(&d, "refused", "lin"));
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(s40_a_pin_is_set_with_the_old_one_or_a_token),
		cmocka_unit_test(
		    s40_a_pin_that_is_refused_is_told_nowhere_either),
		cmocka_unit_test(s40_a_pin_is_not_changed_by_text),
		cmocka_unit_test(
		    s12_the_pin_that_was_set_proves_and_the_old_one_does_not),
		cmocka_unit_test(s39_staff_confirm_who_named_the_flat),
		cmocka_unit_test(s39_there_must_be_somebody_to_confirm),
		cmocka_unit_test(
		    s39_staff_are_told_that_somebody_is_not_confirmed),
		cmocka_unit_test(
		    s42_not_spam_stands_where_it_stood_and_its_clocks_run),
		cmocka_unit_test(
		    s42_an_emergency_that_was_taken_for_spam_alarms_again),
		cmocka_unit_test(
		    s42_what_is_no_spam_cannot_be_taken_out_of_it),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
