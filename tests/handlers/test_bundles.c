/* Which notices may wait for others, and what their one mail says (rules.md
 * 5.33). */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "core/config.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "tests/support/decision.h"

/* ---- which may wait ---- */

static void
s33_a_notice_waits_unless_that_would_do_harm(void **state)
{
	static const struct {
		const char *what;
		msec_t due; /* of the first reply, from now */
		enum severity severity;
		bool may;
	} table[] = {
		{ "in time", 11 * MSEC_MINUTE, SEVERITY_NORMAL, true },
		{ "it would be missed", 9 * MSEC_MINUTE, SEVERITY_NORMAL,
		    false },
		{ "emergency", 11 * MSEC_MINUTE, SEVERITY_EMERGENCY, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("# %s\n", table[i].what);
		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.taken_at = d.before.the_case.received_at;
		d.before.the_case.handler = "li";
		d.before.the_case.severity = table[i].severity;
		d.before.the_case.reply_due = d.ctx.now + table[i].due;
		decision_timer(&d, TIMER_REPLY, 0);
		decision_run(&d);
		assert_int_equal(
		    sent(&d, "reminder", "li")->is_notice, table[i].may);
		decision_done(&d);
	}
}

static void
s33_an_untaken_case_does_not_wait_past_its_take_due(void **state)
{
	static const struct {
		msec_t due;
		bool may;
	} table[] = { { 9 * MSEC_MINUTE, false }, { 11 * MSEC_MINUTE, true } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_ACKNOWLEDGED);
		d.before.the_case.take_due = d.ctx.now + table[i].due;
		decision_owner(&d);
		d.before.match = MATCH_TOKEN;
		decision_mail(&d, "wang@owner.example", "还在漏水,请快来。");
		decision_run(&d);
		assert_int_equal(
		    sent(&d, "followup", "lin")->is_notice, table[i].may);
		decision_done(&d);
	}
}

static void
s33_what_has_an_answer_of_its_own_goes_alone(void **state)
{
	struct decision d;

	(void)state;
	decision_answer(
	    &d, CASE_IN_PROGRESS, "lin", "#请示 陈立 水管是不是公共的?");
	assert_false(sent(&d, "question", "chen")->is_notice);
	/* Whoever wrote waits for what was done. */
	assert_false(sent(&d, "transcript", "lin")->is_notice);
	decision_done(&d);
}

/* ---- what has waited ---- */

enum { NOTICES = 3 };

/* Three notices of lin, of cases that stand differently by now. */
static void
notices_waited(struct decision *d)
{
	static const char *const numbers[NOTICES] = { "T261123-0003",
		"T261123-0004", "T261123-0005" };
	struct held_notice *list;

	decision_init(d);
	decision_case(d, CASE_ACKNOWLEDGED);
	list = arena_array(&d->arena, NOTICES, sizeof(*list));
	for (size_t i = 0; i < NOTICES; i++) {
		list[i].the_case = d->before.the_case;
		list[i].the_case.id += (case_id)i;
		list[i].the_case.number = numbers[i];
		list[i].out = (struct outgoing){
			.id = 50 + (out_id)i,
			.case_id = list[i].the_case.id,
			.subject =
			    arena_printf(&d->arena, "[%s] 新工单", numbers[i]),
			.text = "请接单。\n\n接单: #接单\n\n————\n"
				"直接回复本邮件：发给业主。\n",
			.layout = "l.b.rs",
		};
	}
	list[1].the_case.state = CASE_IN_PROGRESS;
	list[1].the_case.handler = "li";
	list[1].the_case.taken_at = d->ctx.now;
	d->before.has_case = false;
	d->before.the_case = (struct case_file){ 0 };
	d->before.notices = list;
	d->before.notice_count = NOTICES;
	d->in = (struct input){ .kind = INPUT_BUNDLE,
		.estate = "sunshine",
		.received_at = d->ctx.now,
		.staff = "lin" };
}

static struct held_notice *
notice(struct decision *d, size_t i)
{
	struct held_notice *copy =
	    arena_array(&d->arena, NOTICES, sizeof(*copy));

	memcpy(copy, d->before.notices, NOTICES * sizeof(*copy));
	d->before.notices = copy;
	return &copy[i];
}

static size_t
joined(const struct decision *d, out_id bundle)
{
	size_t count = 0;

	for (size_t i = 0; i < d->out.count; i++)
		count += d->out.list[i].kind == EFFECT_NOTICE &&
			 d->out.list[i].notice.bundle == bundle;
	return count;
}

static void
s33_the_mail_says_how_each_case_stands_and_what_was_written(void **state)
{
	const struct outgoing *bundle;
	struct decision d;

	(void)state;
	notices_waited(&d);
	decision_run(&d);
	bundle = sent(&d, "bundle", "lin");
	assert_int_equal(bundle->reply_kind, REPLY_BUNDLE);
	assert_int_equal(bundle->case_id, 0);
	assert_null(bundle->references);
	assert_non_null(strstr(bundle->subject, "3条"));
	assert_non_null(
	    strstr(bundle->text, "- [T261123-0003] 新工单(现为:已受理)\n"
				 "- [T261123-0004] 新工单(现为:处理中，李明)\n"
				 "- [T261123-0005] 新工单(现为:已受理)\n\n"
				 "-- [T261123-0003] 新工单 --\n\n"
				 "请接单。\n\n接单: #接单\n\n"
				 "-- [T261123-0004] 新工单 --\n\n请接单。\n"));
	/* Of their ends only one is left, which is its own. */
	assert_null(strstr(bundle->text, "发给业主"));
	assert_non_null(strstr(bundle->text, "以工单编号开头"));
	assert_int_equal(joined(&d, bundle->id), NOTICES);
	decision_done(&d);
}

static void
s33_its_first_due_is_that_of_an_open_case(void **state)
{
	struct decision d;

	(void)state;
	notices_waited(&d);
	notice(&d, 0)->the_case.reply_due = d.ctx.now + MSEC_HOUR;
	notice(&d, 2)->the_case.take_due = d.ctx.now + 15 * MSEC_MINUTE;
	decision_run(&d);
	assert_non_null(
	    strstr(sent(&d, "bundle", "lin")->subject, "11月23日10:15"));
	decision_done(&d);
	notices_waited(&d);
	notice(&d, 0)->the_case.reply_due = d.ctx.now + MSEC_HOUR;
	notice(&d, 2)->the_case.take_due = d.ctx.now + 15 * MSEC_MINUTE;
	notice(&d, 2)->the_case.state = CASE_CLOSED;
	decision_run(&d);
	assert_non_null(
	    strstr(sent(&d, "bundle", "lin")->subject, "11月23日11:00"));
	decision_done(&d);
}

static void
s33_who_is_complained_about_meanwhile_reads_nothing_of_it(void **state)
{
	const struct effect *gone;
	struct decision d;

	(void)state;
	notices_waited(&d);
	notice(&d, 1)->the_case.subjects = "lin";
	decision_run(&d);
	assert_null(strstr(sent(&d, "bundle", "lin")->text, "T261123-0004"));
	gone = effect_of(&d, EFFECT_OUT_STATE);
	assert_int_equal(gone->out_state.out, 51);
	assert_int_equal(gone->out_state.state, OUT_CANCELLED);
	assert_int_equal(joined(&d, sent(&d, "bundle", "lin")->id), 2);
	decision_done(&d);
}

static void
s33_files_go_along(void **state)
{
	static const struct passed_part parts[] = { { 7, 10, 100 },
		{ 7, 110, 200 } };
	struct decision d;

	(void)state;
	notices_waited(&d);
	notice(&d, 0)->out.parts = parts;
	notice(&d, 0)->out.part_count = 2;
	notice(&d, 2)->out.parts = parts;
	notice(&d, 2)->out.part_count = 1;
	decision_run(&d);
	assert_int_equal(sent(&d, "bundle", "lin")->part_count, 3);
	assert_int_equal(sent(&d, "bundle", "lin")->parts[2].offset, 10);
	decision_done(&d);
}

static void
s33_without_a_bundle_each_goes_by_itself(void **state)
{
	struct decision d;

	(void)state;
	/* One needs no other. */
	notices_waited(&d);
	d.before.notice_count = 1;
	decision_run(&d);
	assert_int_equal(sent_count(&d, NULL), 0);
	assert_int_equal(joined(&d, 0), 1);
	assert_string_equal(
	    effect_of(&d, EFFECT_NOTICE)->notice.sender, "relay");
	decision_done(&d);
	/* Somebody whom the settings do not know any more. */
	notices_waited(&d);
	d.in.staff = "nobody";
	decision_run(&d);
	assert_int_equal(sent_count(&d, NULL), 0);
	assert_int_equal(joined(&d, 0), NOTICES);
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(s33_a_notice_waits_unless_that_would_do_harm),
		cmocka_unit_test(
		    s33_an_untaken_case_does_not_wait_past_its_take_due),
		cmocka_unit_test(s33_what_has_an_answer_of_its_own_goes_alone),
		cmocka_unit_test(
		    s33_the_mail_says_how_each_case_stands_and_what_was_written),
		cmocka_unit_test(s33_its_first_due_is_that_of_an_open_case),
		cmocka_unit_test(
		    s33_who_is_complained_about_meanwhile_reads_nothing_of_it),
		cmocka_unit_test(s33_files_go_along),
		cmocka_unit_test(s33_without_a_bundle_each_goes_by_itself),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
