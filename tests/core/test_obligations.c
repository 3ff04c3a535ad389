/*
 * Which timers a case must have (docs/STATES.md).
 */
#include "core/obligations.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/decision.h"

#include <string.h>

static const char *
owed(const struct decision *d, const struct case_file *file, msec_t now,
    char *ret)
{
	const struct config *conf = d->ctx.conf;

	*ret = '\0';
	for (int kind = 0; kind < TIMER_KIND_COUNT; kind++) {
		if (!obligation_is_owed(conf, &conf->estates[0], file,
			(enum timer_kind)kind, now))
			continue;
		strcat(ret, timer_kind_name((enum timer_kind)kind));
		strcat(ret, " ");
	}
	return ret;
}

static void
a_case_owes_what_it_has_not_done(void **state)
{
	static const struct {
		const char *what;
		enum case_state state;
		bool taken, replied, promised;
		int reports;
		const char *now; /* all dues are 2026-11-24 17:30 */
		const char *owed;
		enum visit visit;
	} rows[] = {
		{ "a new one", CASE_NEW, false, false, false, 0,
		    "2026-11-23T10:00:00+08:00",
		    "take dispatch reply outcome news ", VISIT_NONE },
		{ "taken", CASE_IN_PROGRESS, true, false, false, 0,
		    "2026-11-23T10:00:00+08:00",
		    "dispatch reply outcome news ", VISIT_NONE },
		{ "answered", CASE_IN_PROGRESS, true, true, true, 0,
		    "2026-11-23T10:00:00+08:00",
		    "dispatch outcome promise news ", VISIT_NONE },
		{ "late: only the ladder goes on", CASE_NEW, false, false,
		    false, 0, "2026-11-25T10:00:00+08:00",
		    "reply outcome news ", VISIT_NONE },
		{ "at the ladder's end", CASE_NEW, false, false, false, 0,
		    "2026-12-01T17:30:00+08:00", "news ", VISIT_NONE },
		{ "resolved", CASE_RESOLVED, true, true, true, 0,
		    "2026-11-23T10:00:00+08:00", "feedback ", VISIT_NONE },
		{ "fed back", CASE_FED_BACK, true, true, false, 1,
		    "2026-11-23T10:00:00+08:00", "close after_report ", VISIT_NONE },
		{ "fed back, nobody has asked how it was", CASE_FED_BACK,
		    true, true, false, 0, "2026-11-23T10:00:00+08:00",
		    "visit ", VISIT_ASK },
		{ "not reached on two days", CASE_FED_BACK, true, true, false,
		    0, "2026-11-23T10:00:00+08:00", "close ",
		    VISIT_UNREACHED },
		{ "closed", CASE_CLOSED, true, true, false, 0,
		    "2026-11-23T10:00:00+08:00", "", VISIT_NONE },
		{ "reopened", CASE_REOPENED, false, false, false, 0,
		    "2026-11-23T10:00:00+08:00",
		    "take dispatch reply outcome news ", VISIT_NONE },
	};
	const msec_t due = decision_time("2026-11-24T17:30:00+08:00");
	struct decision d;

	(void)state;
	decision_init(&d);
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct case_file file = {
			.state = rows[i].state,
			.severity = SEVERITY_NORMAL,
			.taken_at = rows[i].taken,
			.first_reply_at = rows[i].replied,
			.take_due = due,
			.dispatch_due = due,
			.reply_due = due,
			.outcome_due = due,
			.promise_due = rows[i].promised ? due : 0,
			.news_due = due,
			.after_reports = rows[i].reports,
			.visit = rows[i].visit,
		};
		char list[200];

		print_message("%s\n", rows[i].what);
		assert_string_equal(
		    owed(&d, &file, decision_time(rows[i].now), list),
		    rows[i].owed);
	}
	decision_done(&d);
}

static void
a_call_that_is_told_above_is_hurried_no_more(void **state)
{
	const struct case_file file = { .state = CASE_FED_BACK,
		.visit = VISIT_CALL,
		.visit_overdue_at = 1 };
	struct decision d;
	char list[200];

	(void)state;
	decision_init(&d);
	assert_string_equal(owed(&d, &file, 2, list), "");
	decision_done(&d);
}

static void
whoever_has_it_needs_no_dispatch(void **state)
{
	const struct case_file with_department = { .state = CASE_NEW,
		.dispatch_due = 9,
		.department = "engineering" };
	const struct case_file with_handler = {
		.state = CASE_NEW, .dispatch_due = 9, .handler = "sun"
	};
	struct decision d;
	char list[200];

	(void)state;
	decision_init(&d);
	assert_string_equal(owed(&d, &with_department, 1, list), "news ");
	assert_string_equal(owed(&d, &with_handler, 1, list), "news ");
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_case_owes_what_it_has_not_done),
		cmocka_unit_test(a_call_that_is_told_above_is_hurried_no_more),
		cmocka_unit_test(whoever_has_it_needs_no_dispatch),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
