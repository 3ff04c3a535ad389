/* One fault of several households: rules.md 2.2 "hot", R12, R16, R41. */
#include "handlers/work.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/households.h"

#include <string.h>

#define REPORT "您好,3号楼楼道灯不亮,请派人看看。"

static struct incident_case cases[8];
static struct incident_word words[20];

/* wang reports, and so many households have before. */
static void
report(struct decision *d, size_t before)
{
	static const char *const rooms[] = { "601", "401", "301", "201" };

	decision_init(d);
	decision_owner(d);
	decision_mail(d, "wang@owner.example", REPORT);
	for (size_t i = 0; i < before; i++)
		cases[i] = neighbour((case_id)(20 - i), rooms[i]);
	d->before.near.cases = cases;
	d->before.near.case_count = before;
}

/* ---- looking ---- */

static void
a_new_case_asks_for_its_neighbours_first(void **state)
{
	struct decision d;
	struct err err = { 0 };

	(void)state;
	report(&d, 0);
	d.before.looked = NULL;
	assert_int_equal(decide(&d.ctx, &d.in, &d.before, &d.out, &err), 1);
	assert_non_null(d.out.wanted);
	assert_string_equal(d.out.wanted->estate, "sunshine");
	assert_string_equal(d.out.wanted->category, "electrical");
	assert_string_equal(d.out.wanted->place.building, "3");
	assert_null(d.out.wanted->place.area);
	assert_null(d.out.wanted->number);
	/* The second time it knows, and does not read the message again. */
	d.before.looked = d.out.wanted;
	assert_non_null(d.before.looked->seen);
	assert_string_equal(d.before.looked->asked_by->name, "new-case");
	effects_init(&d.out, &d.arena);
	decision_run(&d);
	assert_non_null(event_of(&d, "created"));
	decision_done(&d);
}

static void
what_cannot_be_shared_is_not_looked_for(void **state)
{
	static const char *const rows[] = {
		"您好,物业费怎么交?",     /* no fault */
		"您好,灯坏了,请派人来。", /* nowhere */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct decision d;

		decision_init(&d);
		decision_mail(&d, "stranger@owner.example", rows[i]);
		d.before.looked = NULL;
		decision_run(&d);
		assert_non_null(event_of(&d, "created"));
		decision_done(&d);
	}
}

static void
the_configuration_can_switch_it_off(void **state)
{
	struct decision d;

	(void)state;
	report(&d, 4);
	decision_conf(&d)->rules.hot_households = 0;
	d.before.looked = NULL;
	decision_run(&d);
	assert_null(event_of(&d, "hot"));
	assert_null(incident_after(&d));
	decision_done(&d);
}

/* ---- beginning ---- */

static void
two_households_are_no_incident(void **state)
{
	struct decision d;

	(void)state;
	report(&d, 1);
	/* One that wrote before, and one of the same flat. */
	cases[1] = neighbour(11, "501");
	cases[2] = neighbour(10, "601");
	d.before.near.case_count = 3;
	decision_run(&d);
	assert_null(event_of(&d, "hot"));
	assert_int_equal(case_after(&d)->incident, 0);
	decision_done(&d);
}

static void
the_third_household_begins_it_for_all(void **state)
{
	struct decision d;
	const struct incident *it;

	(void)state;
	report(&d, 2);
	decision_run(&d);
	it = incident_after(&d);
	assert_non_null(it);
	assert_int_equal(it->id, d.before.next_incident);
	assert_string_equal(it->number, "T261123-0001");
	assert_string_equal(it->category, "electrical");
	assert_string_equal(it->place.building, "3");
	assert_null(it->place.area);
	assert_true(it->is_open);
	assert_false(it->is_raised);
	assert_null(it->handler);
	assert_int_equal(case_after(&d)->incident, it->id);
	assert_int_equal(nth_effect(&d, EFFECT_JOIN, 0)->join.case_id, 19);
	assert_int_equal(nth_effect(&d, EFFECT_JOIN, 1)->join.case_id, 20);
	assert_null(nth_effect(&d, EFFECT_JOIN, 2));
	assert_int_equal(event_count(&d, "joined"), 3);
	assert_string_equal(event_of(&d, "hot")->reason, "3 households");
	assert_true(ring_of(&d) > d.ctx.now);
	/* The head may answer all; the others are told, L3 among them. */
	assert_int_equal(sent(&d, "hot", "sun")->reply_kind, REPLY_INCIDENT);
	assert_int_equal(sent(&d, "hot", "wu")->reply_kind, REPLY_INTERNAL);
	assert_non_null(sent(&d, "hot", "chen"));
	assert_non_null(sent(&d, "hot", "lin"));
	assert_non_null(sent(&d, "hot", "zhou"));
	assert_int_equal(sent_count(&d, "hot"), 5);
	/* Nobody of the first two is bothered. */
	assert_null(sent(&d, "ack", "+8613900139003"));
	assert_null(sent(&d, "staff_reply", NULL));
	decision_done(&d);
}

static void
cases_that_belong_elsewhere_neither_count_nor_join(void **state)
{
	struct decision d;

	(void)state;
	/* Its outcome is written and on its way to them. */
	report(&d, 4);
	cases[0].incident = cases[1].incident = 2;
	cases[2].incident = 2;
	decision_run(&d);
	assert_null(event_of(&d, "hot"));
	assert_null(nth_effect(&d, EFFECT_JOIN, 0));
	decision_done(&d);
}

static void
who_has_one_of_the_cases_has_the_incident(void **state)
{
	struct decision d;

	(void)state;
	report(&d, 2);
	cases[1].handler = "li";
	cases[1].state = CASE_IN_PROGRESS;
	decision_run(&d);
	assert_string_equal(incident_after(&d)->handler, "li");
	assert_true(incident_after(&d)->is_taken);
	assert_string_equal(case_after(&d)->handler, "li");
	assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
	/* R16: the first responder is each case's own. */
	assert_string_equal(case_after(&d)->first_responder, "lin");
	assert_int_equal(sent(&d, "hot", "li")->reply_kind, REPLY_INCIDENT);
	assert_int_equal(sent(&d, "assigned", "li")->reply_kind, REPLY_MATTER);
	assert_true(timer_stopped(&d, TIMER_TAKE));
	assert_non_null(strstr(sent(&d, "ack", "wang@owner.example")->text,
	    "由工程部李师傅统一处理"));
	decision_done(&d);
}

static void
r9_nobody_gets_the_complaint_about_them_by_way_of_an_incident(void **state)
{
	struct decision d;

	(void)state;
	report(&d, 2);
	decision_mail(&d, "wang@owner.example",
	    "我要投诉!3号楼楼道灯坏了,李明答应了又不来。");
	cases[1].handler = "li";
	cases[1].state = CASE_IN_PROGRESS;
	decision_run(&d);
	assert_int_equal(case_after(&d)->kind, KIND_COMPLAINT);
	assert_null(incident_after(&d)->handler);
	assert_null(case_after(&d)->handler);
	assert_null(sent(&d, "hot", "li"));
	assert_null(sent(&d, "assigned", "li"));
	decision_done(&d);
}

/* ---- later ---- */

/* wang's report meets an incident that sun has. */
static void
meet(struct decision *d, size_t others)
{
	report(d, others);
	for (size_t i = 0; i < others; i++)
		cases[i].incident = 3;
	d->before.near.it = the_incident();
	d->before.near.it.handler = "sun";
	d->before.near.it.department = "engineering";
	d->before.near.it.is_taken = true;
	words[0] = (struct incident_word){ .id = 8,
		.incident = 3,
		.author = "sun",
		.text = "线路已找到故障点。",
		.at = d->ctx.now - MSEC_HOUR,
		.goes_at = d->ctx.now - MSEC_HOUR };
	d->before.near.words = words;
	d->before.near.word_count = 1;
}

static void
a_later_reporter_is_told_at_once_what_is_known(void **state)
{
	struct decision d;
	const struct outgoing *ack;

	(void)state;
	meet(&d, 2);
	decision_run(&d);
	assert_int_equal(case_after(&d)->incident, 3);
	assert_int_equal(case_after(&d)->incident_told, 8);
	assert_string_equal(case_after(&d)->handler, "sun");
	assert_int_equal(event_count(&d, "joined"), 1);
	assert_null(event_of(&d, "hot"));
	assert_null(sent(&d, "hot", NULL));
	assert_null(incident_after(&d));
	ack = sent(&d, "ack", "wang@owner.example");
	assert_non_null(strstr(ack->text, "同一问题已有多户反映"));
	assert_non_null(strstr(ack->text, "由工程部孙主管统一处理"));
	assert_non_null(strstr(ack->text, "11月23日09:00的答复：线路已找到"));
	assert_null(strstr(ack->text, "T261123-0001"));
	assert_null(strstr(ack->text, "黄丽"));
	decision_done(&d);
}

/* By text there is no room for all of it: nothing is cut. */
static void
a_word_too_long_for_the_acknowledgement_follows_it(void **state)
{
	static const struct {
		int times;
		bool follows;
	} rows[] = { { 1, false }, { 40, true } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct decision d;
		const struct outgoing *ack;
		const char *text = "";

		meet(&d, 2);
		decision_sms(&d, "+8613900139001", REPORT);
		for (int k = 0; k < rows[i].times; k++)
			text = arena_printf(&d.arena, "%s已找到故障。", text);
		words[0].text = text;
		decision_run(&d);
		ack = sent(&d, "ack", "+8613900139001");
		assert_non_null(ack);
		assert_int_equal(
		    strstr(ack->text, "已找到故障") == NULL, rows[i].follows);
		assert_null(strstr(ack->text, "…"));
		assert_int_equal(
		    case_after(&d)->incident_told, rows[i].follows ? 7 : 8);
		assert_int_equal(timer_after(&d, TIMER_INCIDENT) != NULL,
		    rows[i].follows);
		decision_done(&d);
	}
}

static void
a_time_that_the_newcomer_reads_is_promised_to_them_too(void **state)
{
	struct decision d;

	(void)state;
	meet(&d, 2);
	words[0].promise_at = d.ctx.now + MSEC_HOUR;
	decision_run(&d);
	assert_int_equal(case_after(&d)->promise_due, d.ctx.now + MSEC_HOUR);
	assert_string_equal(event_of(&d, "promised")->actor, "sun");
	assert_non_null(timer_after(&d, TIMER_PROMISE));
	decision_done(&d);

	/* One that has passed is not repeated. */
	meet(&d, 2);
	words[0].promise_at = d.ctx.now;
	decision_run(&d);
	assert_int_equal(case_after(&d)->promise_due, 0);
	assert_null(strstr(sent(&d, "ack", NULL)->text, "故障点"));
	decision_done(&d);
}

static void
a_word_that_is_held_comes_to_the_newcomer_later(void **state)
{
	struct decision d;

	(void)state;
	meet(&d, 2);
	words[1] = words[0];
	words[1].id = 9;
	words[1].text = "马上就好了";
	words[1].goes_at = d.ctx.now + 30 * MSEC_SECOND;
	d.before.near.word_count = 2;
	decision_run(&d);
	assert_int_equal(case_after(&d)->incident_told, 8);
	assert_int_equal(
	    timer_after(&d, TIMER_INCIDENT)->due, words[1].goes_at);
	assert_null(strstr(sent(&d, "ack", NULL)->text, "马上"));
	decision_done(&d);
}

static void
five_households_make_normal_major(void **state)
{
	struct decision d;

	(void)state;
	meet(&d, 3);
	decision_run(&d);
	assert_int_equal(case_after(&d)->severity, SEVERITY_NORMAL);
	decision_done(&d);

	meet(&d, 4);
	decision_run(&d);
	assert_int_equal(case_after(&d)->severity, SEVERITY_MAJOR);
	assert_string_equal(event_of(&d, "severity")->reason, "hot");
	assert_true(incident_after(&d)->is_raised);
	assert_true(ring_of(&d) > d.ctx.now);
	/* 4 business hours, as a major case (2.3). */
	assert_int_equal(case_after(&d)->reply_due,
	    decision_time("2026-11-23T15:30:00+08:00"));
	assert_non_null(sent(&d, "hot", "sun"));
	assert_null(sent(&d, "hot", "wu"));
	decision_done(&d);

	/* It is raised once. */
	meet(&d, 4);
	d.before.near.it.is_raised = true;
	decision_run(&d);
	assert_int_equal(case_after(&d)->severity, SEVERITY_MAJOR);
	assert_null(incident_after(&d));
	assert_null(sent(&d, "hot", NULL));
	decision_done(&d);
}

static void
an_emergency_joins_and_keeps_its_alarms(void **state)
{
	struct decision d;

	(void)state;
	meet(&d, 2);
	decision_mail(
	    &d, "wang@owner.example", "3号楼楼道电线冒火花,着火了,快来!");
	decision_run(&d);
	assert_int_equal(case_after(&d)->severity, SEVERITY_EMERGENCY);
	assert_int_equal(case_after(&d)->incident, 3);
	assert_null(case_after(&d)->handler);
	assert_int_equal(case_after(&d)->taken_at, 0);
	assert_non_null(timer_after(&d, TIMER_ALERT));
	assert_non_null(event_of(&d, "alerted"));
	assert_non_null(sent(&d, "ack_emergency", "wang@owner.example"));
	decision_done(&d);
}

/* ---- what each case does when it is rung ---- */

static void
ring(struct decision *d, enum case_state state)
{
	decision_init(d);
	decision_case(d, state);
	d->before.the_case.incident = 3;
	d->before.incident.it = the_incident();
	d->before.incident.it.handler = "sun";
	d->before.incident.it.department = "engineering";
	d->before.incident.it.is_taken = true;
	d->before.incident.words = words;
	words[0] = (struct incident_word){ .id = 8,
		.incident = 3,
		.author = "sun",
		.text = "您好,线路已找到故障点。",
		.at = d->ctx.now - MSEC_MINUTE,
		.goes_at = d->ctx.now };
	decision_timer(d, TIMER_INCIDENT, 0);
}

static void
a_case_follows_the_handler_of_its_incident(void **state)
{
	static const enum case_state states[][2] = {
		{ CASE_ACKNOWLEDGED, CASE_IN_PROGRESS },
		{ CASE_ASSIGNED, CASE_IN_PROGRESS },
		{ CASE_REOPENED, CASE_IN_PROGRESS },
		/* One that waits goes on waiting. */
		{ CASE_WAITING_OWNER, CASE_WAITING_OWNER },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(states); i++) {
		struct decision d;

		ring(&d, states[i][0]);
		decision_run(&d);
		assert_string_equal(case_after(&d)->handler, "sun");
		assert_string_equal(case_after(&d)->first_responder, "lin");
		assert_int_equal(case_after(&d)->state, states[i][1]);
		assert_int_equal(case_after(&d)->taken_at, d.ctx.now);
		assert_int_equal(event_count(&d, "assigned"), 1);
		assert_int_equal(sent_count(&d, NULL), 0);
		decision_done(&d);
	}
}

static void
who_did_not_have_the_matter_is_sent_it(void **state)
{
	struct decision d;

	(void)state;
	ring(&d, CASE_IN_PROGRESS);
	d.before.the_case.handler = "sun";
	d.before.incident.it.handler = "li";
	decision_run(&d);
	assert_string_equal(case_after(&d)->handler, "li");
	assert_int_equal(sent(&d, "assigned", "li")->reply_kind, REPLY_MATTER);
	decision_done(&d);

	/* To a department: its head. */
	ring(&d, CASE_ACKNOWLEDGED);
	d.before.incident.it.handler = NULL;
	d.before.incident.it.department = "order";
	d.before.incident.it.is_taken = false;
	decision_run(&d);
	assert_null(case_after(&d)->handler);
	assert_string_equal(case_after(&d)->department, "order");
	assert_int_equal(case_after(&d)->state, CASE_ASSIGNED);
	assert_non_null(sent(&d, "assigned", "zhao"));
	decision_done(&d);
}

static void
nothing_changes_where_nothing_differs(void **state)
{
	static const struct {
		const char *handler, *department;
		enum severity severity;
	} rows[] = {
		{ "sun", "engineering", SEVERITY_NORMAL },
		{ NULL, NULL, SEVERITY_NORMAL }, /* the incident has nobody */
		{ "li", "engineering", SEVERITY_EMERGENCY },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct decision d;

		ring(&d, CASE_IN_PROGRESS);
		d.before.the_case.handler = "sun";
		d.before.the_case.taken_at = d.ctx.now - MSEC_HOUR;
		d.before.the_case.severity = rows[i].severity;
		d.before.incident.it.handler = rows[i].handler;
		d.before.incident.it.department = rows[i].department;
		decision_run(&d);
		assert_null(case_after(&d));
		assert_null(event_of(&d, "assigned"));
		decision_done(&d);
	}
}

static void
severity_rises_once_and_not_against_staff(void **state)
{
	struct decision d;

	(void)state;
	ring(&d, CASE_IN_PROGRESS);
	d.before.incident.it.is_raised = true;
	decision_run(&d);
	assert_int_equal(case_after(&d)->severity, SEVERITY_MAJOR);
	assert_non_null(timer_after(&d, TIMER_REPLY));
	decision_done(&d);

	ring(&d, CASE_IN_PROGRESS);
	d.before.incident.it.is_raised = true;
	decision_event(&d, "severity", "desk", 0, d.ctx.now - MSEC_HOUR);
	d.events[0].reason = "hot";
	decision_run(&d);
	assert_null(event_of(&d, "severity"));
	decision_done(&d);
}

static void
r13_an_outcome_for_all_is_fed_back_by_each_case_itself(void **state)
{
	static const enum case_state states[] = { CASE_ACKNOWLEDGED,
		CASE_ASSIGNED, CASE_IN_PROGRESS, CASE_WAITING_OWNER,
		CASE_REOPENED };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(states); i++) {
		struct decision d;
		const struct outgoing *out;

		ring(&d, states[i]);
		words[0].kind = WORD_OUTCOME;
		words[0].text = "您好,已更换线路,楼道灯已恢复。";
		d.before.incident.word_count = 1;
		decision_run(&d);
		out = sent(&d, "outcome", "wang@owner.example");
		assert_non_null(out);
		assert_true(out->is_outcome);
		assert_int_equal(case_after(&d)->state, CASE_RESOLVED);
		assert_int_equal(case_after(&d)->outcome_out, out->id);
		assert_string_equal(case_after(&d)->outcome, words[0].text);
		assert_int_equal(case_after(&d)->incident_told, 8);
		/* When it was written is what counts (R20). */
		assert_int_equal(case_after(&d)->first_reply_at, words[0].at);
		assert_string_equal(event_of(&d, "resolved")->actor, "sun");
		assert_true(timer_stopped(&d, TIMER_OUTCOME));
		decision_done(&d);
	}
}

static void
a_reply_to_all_goes_to_the_owner_and_binds(void **state)
{
	struct decision d;
	const struct passed_part part = { 7, 10, 20 };

	(void)state;
	ring(&d, CASE_IN_PROGRESS);
	words[0].promise_at = d.ctx.now + MSEC_HOUR;
	words[0].parts = &part;
	words[0].part_count = 1;
	d.before.incident.word_count = 1;
	decision_run(&d);
	assert_int_equal(
	    sent(&d, "staff_reply", "wang@owner.example")->part_count, 1);
	assert_int_equal(case_after(&d)->promise_due, words[0].promise_at);
	assert_non_null(timer_after(&d, TIMER_PROMISE));
	assert_true(timer_stopped(&d, TIMER_REPLY));
	assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
	assert_string_equal(event_of(&d, "replied")->actor, "sun");
	decision_done(&d);
}

static void
words_are_given_once_and_in_order(void **state)
{
	struct decision d;

	(void)state;
	ring(&d, CASE_IN_PROGRESS);
	words[1] = words[2] = words[0];
	words[1].id = 9;
	words[2].id = 10;
	words[2].goes_at = d.ctx.now + MSEC_MINUTE;
	d.before.the_case.incident_told = 8;
	d.before.incident.word_count = 3;
	decision_run(&d);
	/* The first was told, the last is held for #undo. */
	assert_int_equal(sent_count(&d, "staff_reply"), 1);
	assert_int_equal(case_after(&d)->incident_told, 9);
	assert_int_equal(
	    timer_after(&d, TIMER_INCIDENT)->due, words[2].goes_at);
	decision_done(&d);

	/* As many as one look brings: there may be more. */
	ring(&d, CASE_IN_PROGRESS);
	for (size_t i = 0; i < 16; i++) {
		words[i] = words[0];
		words[i].id = 20 + (int64_t)i;
	}
	d.before.incident.word_count = 16;
	decision_run(&d);
	assert_int_equal(sent_count(&d, "staff_reply"), 16);
	assert_int_equal(case_after(&d)->incident_told, 35);
	assert_non_null(timer_after(&d, TIMER_INCIDENT));
	decision_done(&d);
}

static void
who_cannot_be_written_to_is_phoned(void **state)
{
	static const enum word_kind kinds[] = { WORD_REPLY, WORD_OUTCOME };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
		struct decision d;

		ring(&d, CASE_IN_PROGRESS);
		words[0].kind = kinds[i];
		d.before.the_case.mail = d.before.the_case.phone = NULL;
		d.before.incident.word_count = 1;
		decision_run(&d);
		assert_non_null(event_of(&d, "phone_task"));
		assert_non_null(sent(&d, "phone_task", "lin"));
		assert_int_equal(case_after(&d)->state, kinds[i] == WORD_OUTCOME
							    ? CASE_RESOLVED
							    : CASE_IN_PROGRESS);
		/* An answer that nobody has heard is owed still (R20). */
		assert_int_equal(case_after(&d)->first_reply_at != 0,
		    kinds[i] == WORD_OUTCOME);
		assert_int_equal(event_of(&d, "replied") != NULL, false);
		decision_done(&d);
	}
}

/* It was short enough when it was written. */
static void
who_has_no_room_for_it_is_phoned(void **state)
{
	struct decision d;
	const char *text = "";

	(void)state;
	ring(&d, CASE_IN_PROGRESS);
	for (int i = 0; i < 60; i++)
		text = arena_printf(&d.arena, "%s已找到故障。", text);
	words[0].text = text;
	d.before.the_case.channel = CHANNEL_SMS;
	d.before.the_case.mail = NULL;
	d.before.the_case.phone = "+8613900139001";
	d.before.incident.word_count = 1;
	decision_run(&d);
	assert_null(sent(&d, "staff_reply", NULL));
	assert_non_null(
	    strstr(sent(&d, "phone_task", NULL)->text, "短信放不下"));
	decision_done(&d);
}

static void
r9_whom_it_is_about_does_not_sign(void **state)
{
	struct decision d;

	(void)state;
	ring(&d, CASE_IN_PROGRESS);
	d.before.the_case.kind = KIND_COMPLAINT;
	d.before.the_case.text = "投诉工程部孙强,灯坏了不来修。";
	d.before.incident.word_count = 1;
	decision_run(&d);
	assert_null(case_after(&d)->handler);
	assert_null(strstr(sent(&d, "staff_reply", NULL)->text, "孙主管"));
	decision_done(&d);
}

static void
a_case_that_is_over_hears_nothing_more(void **state)
{
	static const enum case_state states[] = { CASE_RESOLVED, CASE_FED_BACK,
		CASE_CLOSED, CASE_WITHDRAWN, CASE_SPAM, CASE_MERGED };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(states); i++) {
		struct decision d;

		ring(&d, states[i]);
		d.before.incident.word_count = 1;
		decision_run(&d);
		assert_int_equal(sent_count(&d, NULL), 0);
		assert_null(case_after(&d));
		decision_done(&d);
	}
}

static void
a_case_that_learned_its_place_looks_for_neighbours(void **state)
{
	struct decision d;
	struct err err = { 0 };

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	decision_timer(&d, TIMER_INCIDENT, 0);
	d.before.looked = NULL;
	assert_int_equal(decide(&d.ctx, &d.in, &d.before, &d.out, &err), 1);
	assert_string_equal(d.out.wanted->category, "plumbing");
	decision_done(&d);

	/* It joins; its owner has read nothing yet and is given the last
	 * word. */
	meet(&d, 2);
	decision_case(&d, CASE_IN_PROGRESS);
	decision_timer(&d, TIMER_INCIDENT, 0);
	decision_run(&d);
	assert_int_equal(case_after(&d)->incident, 3);
	assert_int_equal(case_after(&d)->incident_told, 7);
	assert_non_null(timer_after(&d, TIMER_INCIDENT));
	assert_int_equal(case_after(&d)->promise_due, 0);
	decision_done(&d);
}

#define TEST(name) cmocka_unit_test(name)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_case_asks_for_its_neighbours_first),
		TEST(what_cannot_be_shared_is_not_looked_for),
		TEST(the_configuration_can_switch_it_off),
		TEST(two_households_are_no_incident),
		TEST(the_third_household_begins_it_for_all),
		TEST(cases_that_belong_elsewhere_neither_count_nor_join),
		TEST(who_has_one_of_the_cases_has_the_incident),
		TEST(
		    r9_nobody_gets_the_complaint_about_them_by_way_of_an_incident),
		TEST(a_later_reporter_is_told_at_once_what_is_known),
		TEST(a_word_too_long_for_the_acknowledgement_follows_it),
		TEST(a_time_that_the_newcomer_reads_is_promised_to_them_too),
		TEST(a_word_that_is_held_comes_to_the_newcomer_later),
		TEST(five_households_make_normal_major),
		TEST(an_emergency_joins_and_keeps_its_alarms),
		TEST(a_case_follows_the_handler_of_its_incident),
		TEST(who_did_not_have_the_matter_is_sent_it),
		TEST(nothing_changes_where_nothing_differs),
		TEST(severity_rises_once_and_not_against_staff),
		TEST(r13_an_outcome_for_all_is_fed_back_by_each_case_itself),
		TEST(a_reply_to_all_goes_to_the_owner_and_binds),
		TEST(words_are_given_once_and_in_order),
		TEST(who_cannot_be_written_to_is_phoned),
		TEST(who_has_no_room_for_it_is_phoned),
		TEST(r9_whom_it_is_about_does_not_sign),
		TEST(a_case_that_is_over_hears_nothing_more),
		TEST(a_case_that_learned_its_place_looks_for_neighbours),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
