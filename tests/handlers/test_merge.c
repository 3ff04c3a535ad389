/* What staff say to all owners of an incident, and #merge: rules.md 4.2, 5.11,
 * R9, R16, R41. */
#include "lib/err.h"
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/households.h"

#include <string.h>

static struct incident_case cases[2];
static struct incident_word words[1];

/* ---- staff speak to all ---- */

/* sun answers the incident's mail, about wang's case and two others. */
static void
speak(struct decision *d, enum reply_kind kind, const char *own)
{
	decision_init(d);
	decision_case(d, CASE_IN_PROGRESS);
	d->before.the_case.incident = 3;
	d->before.the_case.handler = "sun";
	d->before.incident.it = the_incident();
	d->before.incident.it.handler = "sun";
	d->before.incident.it.department = "engineering";
	d->before.incident.it.is_taken = true;
	cases[0] = neighbour(20, "601");
	cases[1] = neighbour(19, "401");
	d->before.incident.cases = cases;
	d->before.incident.case_count = 2;
	decision_staff(d, "sun", kind, own);
}

static void
what_answers_the_incident_is_for_all(void **state)
{
	static const struct {
		const char *own;
		enum reply_kind reply;
		int to_all; /* 1 a reply, 2 an outcome */
	} rows[] = {
		{ "您好,线路已找到故障点。", REPLY_INCIDENT, 1 },
		{ "#回复 您好,线路已找到故障点。", REPLY_INCIDENT, 1 },
		{ "#办结 您好,已更换线路并试灯。", REPLY_INCIDENT, 2 },
		{ "#办结\n您好,已更换线路并试灯。", REPLY_INCIDENT, 2 },
		{ "#回复全部 您好,线路已找到故障点。", REPLY_MATTER, 1 },
		{ "#办结全部 您好,已更换线路并试灯。", REPLY_INTERNAL, 2 },
		/* On a case's own mail it is for its owner. */
		{ "您好,线路已找到故障点。", REPLY_MATTER, 0 },
		{ "#办结 您好,已更换线路并试灯。", REPLY_MATTER, 0 },
		/* And a note is a note. */
		{ "已安排明天来看。", REPLY_INTERNAL, 0 },
		{ "#备注 电工已联系。", REPLY_INCIDENT, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct decision d;
		const struct incident_word *word;

		speak(&d, rows[i].reply, rows[i].own);
		decision_run(&d);
		word = word_of(&d);
		if ((word != NULL) != (rows[i].to_all > 0))
			fail_msg("%s", rows[i].own);
		assert_null(event_of(&d, "refused"));
		if (word != NULL) {
			/* Each case tells its own owner later; none here. */
			assert_null(sent(&d, "staff_reply", NULL));
			assert_null(sent(&d, "outcome", NULL));
			assert_int_equal(word->incident, 3);
			assert_string_equal(word->author, "sun");
			assert_true(text_starts(word->text, "您好"));
			assert_int_equal(word->kind,
			    rows[i].to_all == 2 ? WORD_OUTCOME : WORD_REPLY);
			assert_int_equal(
			    incident_after(&d)->is_open, rows[i].to_all == 1);
			assert_true(ring_of(&d) > d.ctx.now);
			assert_non_null(
			    strstr(sent(&d, "transcript", "sun")->text, "2件"));
		}
		decision_done(&d);
	}
}

static void
what_is_not_fit_for_all_goes_back_to_its_author(void **state)
{
	static const struct {
		const char *own, *says;
	} rows[] = {
		{ "黄丽您好,灯已恢复。", "黄丽" },
		{ "您好,601门口的灯已换。", "601" },
		{ "您好,明天一定修好。", "一定" },
		{ "您好,今天下午或明天上午来修。", "时间" },
		{ "#办结 已处理", "处理结果" },
		{ "#办结全部 ok", "处理结果" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct decision d;

		speak(&d, REPLY_INCIDENT, rows[i].own);
		decision_run(&d);
		if (word_of(&d) != NULL || event_of(&d, "refused") == NULL)
			fail_msg("%s", rows[i].own);
		assert_int_equal(ring_of(&d), 0);
		assert_non_null(
		    strstr(event_of(&d, "refused")->text, rows[i].says));
		decision_done(&d);
	}
}

static void
a_case_of_no_incident_speaks_for_itself_only(void **state)
{
	static const char *const rows[] = { "#回复全部 您好,已查看。",
		"#办结全部 您好,已更换线路并试灯。", "#拆出" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		decision_staff(&d, "sun", REPLY_MATTER, rows[i]);
		decision_run(&d);
		assert_null(word_of(&d));
		assert_non_null(
		    strstr(event_of(&d, "refused")->text, "不属于热点事件"));
		decision_done(&d);
	}
}

static void
s11_a_word_to_all_is_held_unless_one_is_in_danger(void **state)
{
	(void)state;
	for (int is_danger = 0; is_danger < 2; is_danger++) {
		struct decision d;
		msec_t held = is_danger ? 0 : 60 * MSEC_SECOND;

		speak(&d, REPLY_INCIDENT, "您好,线路已找到故障点。");
		decision_conf(&d)->undo_seconds = 60;
		if (is_danger)
			cases[1].severity = SEVERITY_EMERGENCY;
		decision_run(&d);
		assert_int_equal(word_of(&d)->goes_at,
		    d.ctx.now + held + (is_danger ? 0 : 10 * MSEC_MINUTE));
		assert_int_equal(word_of(&d)->waits_for != 0, !is_danger);
		assert_int_equal(
		    ring_of(&d), d.ctx.now + (is_danger ? 1 : held));
		decision_done(&d);
	}
}

static void
s11_undo_takes_it_back_from_all(void **state)
{
	struct decision d;

	(void)state;
	for (int kind = WORD_REPLY; kind <= WORD_OUTCOME; kind++) {
		speak(&d, REPLY_INTERNAL, "#撤回");
		words[0] = (struct incident_word){ .id = 8,
			.incident = 3,
			.kind = (enum word_kind)kind,
			.author = "sun",
			.goes_at = d.ctx.now + 1 };
		d.before.incident.words = words;
		d.before.incident.word_count = 1;
		d.before.incident.it.is_open = kind == WORD_REPLY;
		decision_run(&d);
		assert_int_equal(
		    nth_effect(&d, EFFECT_WORD_UNDO, 0)->word_undo, 8);
		assert_non_null(event_of(&d, "undone"));
		if (kind == WORD_OUTCOME)
			assert_true(incident_after(&d)->is_open);
		decision_done(&d);
	}

	/* It has gone, or is a colleague's. */
	for (int row = 0; row < 2; row++) {
		speak(&d, REPLY_INTERNAL, "#撤回");
		words[0].author = row == 0 ? "sun" : "lin";
		words[0].goes_at = d.ctx.now + row;
		d.before.incident.words = words;
		d.before.incident.word_count = 1;
		decision_run(&d);
		assert_null(nth_effect(&d, EFFECT_WORD_UNDO, 0));
		assert_non_null(event_of(&d, "refused"));
		decision_done(&d);
	}
}

static void
who_speaks_to_all_has_the_incident_when_nobody_had(void **state)
{
	struct decision d;

	(void)state;
	speak(&d, REPLY_INCIDENT, "您好,线路已找到故障点。");
	d.before.incident.it.handler = NULL;
	decision_run(&d);
	assert_string_equal(incident_after(&d)->handler, "sun");
	assert_true(incident_after(&d)->is_taken);
	decision_done(&d);
}

static void
who_takes_one_case_takes_the_incident(void **state)
{
	struct decision d;

	(void)state;
	speak(&d, REPLY_MATTER, "#接单");
	d.before.the_case.handler = NULL;
	d.before.the_case.state = CASE_ACKNOWLEDGED;
	d.before.incident.it.handler = NULL;
	d.before.incident.it.is_taken = false;
	decision_run(&d);
	assert_string_equal(incident_after(&d)->handler, "sun");
	assert_true(incident_after(&d)->is_taken);
	assert_true(ring_of(&d) > d.ctx.now);
	/* The head had the notice already. */
	assert_null(sent(&d, "hot", NULL));
	decision_done(&d);

	speak(&d, REPLY_MATTER, "#转派 li 请处理");
	decision_run(&d);
	assert_string_equal(incident_after(&d)->handler, "li");
	assert_false(incident_after(&d)->is_taken);
	assert_int_equal(sent(&d, "hot", "li")->reply_kind, REPLY_INCIDENT);
	decision_done(&d);

	/* Of one that is over nothing follows. */
	speak(&d, REPLY_MATTER, "#转派 li 请处理");
	d.before.incident.it.is_open = false;
	decision_run(&d);
	assert_null(incident_after(&d));
	decision_done(&d);
}

static void
another_category_has_other_neighbours(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	decision_staff(&d, "sun", REPLY_MATTER, "#分类 lift");
	decision_run(&d);
	assert_non_null(timer_after(&d, TIMER_INCIDENT));
	decision_done(&d);
}

static void
a_case_that_is_another_matter_is_taken_out(void **state)
{
	struct decision d;

	(void)state;
	speak(&d, REPLY_MATTER, "#拆出");
	decision_run(&d);
	assert_int_equal(case_after(&d)->incident, 0);
	assert_string_equal(event_of(&d, "left")->actor, "sun");
	assert_string_equal(event_of(&d, "left")->reason, "T261123-0001");
	assert_true(timer_stopped(&d, TIMER_INCIDENT));
	assert_null(incident_after(&d));
	decision_done(&d);
}

/* ---- #merge ---- */

/* chen merges wang's case 3 into another one. */
static void
merge(struct decision *d, bool is_same_owner)
{
	decision_init(d);
	decision_case(d, CASE_IN_PROGRESS);
	d->before.the_case.handler = "sun";
	decision_staff(d, "chen", REPLY_MATTER, "#并案 T261123-0002");
	d->before.has_other = true;
	d->before.other = d->before.the_case;
	d->before.other.id = 2;
	d->before.other.number = "T261123-0002";
	d->before.other.first_responder = "zhou";
	d->before.other.handler = NULL;
	d->before.other.state = CASE_ACKNOWLEDGED;
	d->before.other.text = "您好,厨房水管还在漏水。";
	if (is_same_owner)
		return;
	d->before.other.owner = 2;
	d->before.other.mail = "xu@owner.example";
	d->before.other.phone = NULL;
	d->before.other.owner_name = "徐杰";
}

static void
merging_asks_for_the_other_case(void **state)
{
	struct decision d;
	struct err err = { 0 };

	(void)state;
	merge(&d, true);
	d.before.looked = NULL;
	assert_int_equal(decide(&d.ctx, &d.in, &d.before, &d.out, &err), 1);
	assert_string_equal(d.out.wanted->number, "T261123-0002");
	assert_string_equal(d.out.wanted->estate, "sunshine");
	decision_done(&d);
}

static void
the_owners_own_second_case_goes_on_in_the_first(void **state)
{
	struct decision d;
	const struct case_file *merged, *other;

	(void)state;
	merge(&d, true);
	d.before.the_case.severity = SEVERITY_MAJOR;
	d.before.the_case.reply_due -= 4 * MSEC_HOUR;
	decision_run(&d);
	merged = &nth_effect(&d, EFFECT_CASE, 0)->the_case;
	other = &nth_effect(&d, EFFECT_CASE, 1)->the_case;
	assert_int_equal(merged->id, 3);
	assert_int_equal(merged->state, CASE_MERGED);
	assert_int_equal(merged->merged_into, 2);
	assert_string_equal(merged->first_responder, "lin");
	assert_string_equal(event_of(&d, "merged")->reason, "T261123-0002");
	assert_string_equal(event_of(&d, "merged")->actor, "chen");
	assert_int_equal(other->id, 2);
	assert_string_equal(other->first_responder, "zhou");
	assert_int_equal(event_of(&d, "merged_from")->case_id, 2);
	/* The graver grade and the earlier promise stand. */
	assert_int_equal(other->severity, SEVERITY_MAJOR);
	assert_true(other->reply_due <= merged->reply_due);
	/* Told once, with the number that goes on. */
	assert_non_null(strstr(
	    sent(&d, "merged", "wang@owner.example")->text, "T261123-0002"));
	assert_non_null(
	    strstr(sent(&d, "followup", "zhou")->text, d.before.the_case.text));
	assert_null(incident_after(&d));
	decision_done(&d);
}

static bool
callback_stops(const struct decision *d, case_id id)
{
	for (size_t i = 0; i < d->out.count; i++) {
		const struct effect *effect = &d->out.list[i];

		if (effect->kind == EFFECT_TIMER_CANCEL &&
		    effect->timer.kind == TIMER_CALLBACK &&
		    effect->timer.case_id == id)
			return true;
	}
	return false;
}

/* They were to be called within half an hour; a merge is no reason to wait
 * anew, nor one to be forgotten. */
static void
the_call_that_is_owed_goes_on_in_the_other_case(void **state)
{
	static const struct {
		const char *names[2];
		bool is_owed;
	} table[] = {
		{ { "phone_task" }, true },
		{ { "called_back", "phone_task" }, true },
		{ { "phone_task", "called_back" }, false },
		{ { "noted" }, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		msec_t asked;
		const struct timer *timer;

		merge(&d, true);
		asked = d.ctx.now - 10 * MSEC_MINUTE;
		for (size_t k = 0; k < 2 && table[i].names[k] != NULL; k++) {
			decision_event(
			    &d, table[i].names[k], "owner", 0, asked);
			d.events[d.before.event_count - 1].reason = "callback";
		}
		decision_run(&d);
		timer = timer_after(&d, TIMER_CALLBACK);
		assert_true(callback_stops(&d, 3));
		assert_int_equal(timer != NULL, table[i].is_owed);
		assert_int_equal(
		    event_count(&d, "phone_task"), table[i].is_owed);
		if (timer != NULL) {
			assert_int_equal(timer->case_id, 2);
			assert_int_equal(
			    timer->due, asked + 30 * MSEC_MINUTE);
			assert_int_equal(
			    event_of(&d, "phone_task")->case_id, 2);
		}
		decision_done(&d);
	}
}

static void
what_cannot_be_merged_is_refused_with_the_reason(void **state)
{
	enum { NONE, SELF, OVER, ABOUT_CHEN, DANGER, OWES, TWO, DONE, ROWS };
	static const char *const says[ROWS] = {
		[NONE] = "未找到",
		[SELF] = "不能并入自己",
		[OVER] = "已结案",
		[ABOUT_CHEN] = "未找到",
		[DANGER] = "反过来",
		[OWES] = "反过来",
		[TWO] = "先在其中一件",
		[DONE] = "已结案",
	};

	(void)state;
	for (int row = 0; row < ROWS; row++) {
		struct decision d;
		struct case_file *file, *other;

		merge(&d, row != TWO);
		file = &d.before.the_case;
		other = &d.before.other;
		switch (row) {
		case NONE: d.before.has_other = false; break;
		case SELF: *other = *file; break;
		case OVER: other->state = CASE_CLOSED; break;
		case ABOUT_CHEN:
			other->kind = KIND_COMPLAINT;
			other->text = "投诉陈立态度不好";
			break;
		case DANGER: file->severity = SEVERITY_EMERGENCY; break;
		case OWES: file->after_reports = 1; break;
		case TWO:
			file->incident = 3;
			d.before.incident.it = the_incident();
			d.before.near.it = the_incident();
			d.before.near.it.id = 4;
			break;
		default: file->state = CASE_CLOSED; break;
		}
		decision_run(&d);
		if (event_of(&d, "refused") == NULL ||
		    strstr(event_of(&d, "refused")->text, says[row]) == NULL)
			fail_msg("row %d", row);
		assert_null(event_of(&d, "merged"));
		assert_null(event_of(&d, "joined"));
		decision_done(&d);
	}
}

static void
r16_cases_of_two_owners_become_one_incident(void **state)
{
	struct decision d;
	const struct incident *it;

	(void)state;
	merge(&d, false);
	decision_run(&d);
	it = incident_after(&d);
	assert_int_equal(it->id, d.before.next_incident);
	assert_string_equal(it->number, "T261123-0002");
	assert_string_equal(it->handler, "sun");
	assert_true(it->is_taken && it->is_open);
	assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
	assert_int_equal(case_after(&d)->incident, it->id);
	assert_int_equal(nth_effect(&d, EFFECT_JOIN, 0)->join.case_id, 2);
	assert_int_equal(event_count(&d, "joined"), 2);
	assert_string_equal(event_of(&d, "joined")->actor, "chen");
	assert_true(ring_of(&d) > d.ctx.now);
	assert_int_equal(sent(&d, "hot", "sun")->reply_kind, REPLY_INCIDENT);
	assert_non_null(sent(&d, "hot", "zhou"));
	assert_null(sent(&d, "hot", "wu"));
	/* Neither owner reads of the other. */
	for (size_t i = 0; i < d.out.count; i++)
		if (d.out.list[i].kind == EFFECT_SEND)
			assert_int_not_equal(
			    d.out.list[i].send.role, ROLE_OWNER);
	decision_done(&d);
}

static void
a_case_joins_the_incident_that_the_other_has(void **state)
{
	struct decision d;

	(void)state;
	merge(&d, false);
	d.before.near.it = the_incident();
	words[0] = (struct incident_word){ .id = 8, .incident = 3 };
	d.before.near.words = words;
	d.before.near.word_count = 1;
	decision_run(&d);
	assert_int_equal(case_after(&d)->incident, 3);
	/* Its owner is given what is known, by the next ring. */
	assert_int_equal(case_after(&d)->incident_told, 7);
	assert_non_null(timer_after(&d, TIMER_INCIDENT));
	assert_null(nth_effect(&d, EFFECT_JOIN, 0));
	decision_done(&d);

	/* Or brings the other into its own. */
	merge(&d, false);
	d.before.the_case.incident = 3;
	d.before.the_case.incident_told = 8;
	d.before.incident.it = the_incident();
	decision_run(&d);
	assert_int_equal(nth_effect(&d, EFFECT_JOIN, 0)->join.case_id, 2);
	assert_int_equal(nth_effect(&d, EFFECT_JOIN, 0)->join.incident, 3);
	assert_int_equal(nth_effect(&d, EFFECT_JOIN, 0)->join.told, 8);
	decision_done(&d);
}

#define TEST(name) cmocka_unit_test(name)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_answers_the_incident_is_for_all),
		TEST(what_is_not_fit_for_all_goes_back_to_its_author),
		TEST(a_case_of_no_incident_speaks_for_itself_only),
		TEST(s11_a_word_to_all_is_held_unless_one_is_in_danger),
		TEST(s11_undo_takes_it_back_from_all),
		TEST(who_speaks_to_all_has_the_incident_when_nobody_had),
		TEST(who_takes_one_case_takes_the_incident),
		TEST(another_category_has_other_neighbours),
		TEST(a_case_that_is_another_matter_is_taken_out),
		TEST(merging_asks_for_the_other_case),
		TEST(the_owners_own_second_case_goes_on_in_the_first),
		TEST(the_call_that_is_owed_goes_on_in_the_other_case),
		TEST(what_cannot_be_merged_is_refused_with_the_reason),
		TEST(r16_cases_of_two_owners_become_one_incident),
		TEST(a_case_joins_the_incident_that_the_other_has),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
