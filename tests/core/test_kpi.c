/* The figures of a week, by the formulas of rules.md 2.8. */
#include "core/kpi.h"
#include "lib/cleanup.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/office.h"

#include <string.h>

static struct config conf;

/* Monday 2026-11-16 00:00 in Shanghai, and a week. */
#define FROM ((msec_t)1794758400000)
#define TO   (FROM + 7 * MSEC_DAY)
/* An hour of a day of that week; 0 is Monday. */
#define AT(day, hour) (FROM + (day)*MSEC_DAY + (hour)*MSEC_HOUR)

static const struct kpi_events nothing;

static int
open_office(void **state)
{
	conf = (struct config){ .rules = rules_default };
	return office_open(state);
}

static struct kpi
add(const struct case_file *file, const struct kpi_events *events,
    bool came_again)
{
	const struct kpi_span span = { &conf, &office, FROM, TO, TO };
	struct kpi ret = { 0 };

	kpi_add(&ret, &span, file, events, came_again);
	return ret;
}

/* What one case counts for: hits of how many, of one share. */
static const struct {
	const char *what;
	struct case_file file;
	enum kpi_rate rate;
	int hits, of;
	bool came_again;
} shares[] = {
	{ "acknowledged within 5 minutes",
	    { .severity = SEVERITY_NORMAL,
		.received_at = AT(0, 9),
		.acknowledged_at = AT(0, 9) + 5 * MSEC_MINUTE },
	    KPI_ACKNOWLEDGED, 1, 1, false },
	{ "a second later",
	    { .severity = SEVERITY_NORMAL,
		.received_at = AT(0, 9),
		.acknowledged_at = AT(0, 9) + 5 * MSEC_MINUTE + 1 },
	    KPI_ACKNOWLEDGED, 0, 1, false },
	{ "an emergency after two minutes",
	    { .severity = SEVERITY_EMERGENCY,
		.received_at = AT(0, 9),
		.acknowledged_at = AT(0, 9) + 2 * MSEC_MINUTE },
	    KPI_ACKNOWLEDGED, 0, 1, false },
	{ "never", { .severity = SEVERITY_NORMAL, .received_at = AT(0, 9) },
	    KPI_ACKNOWLEDGED, 0, 1, false },
	{ "received in another week",
	    { .severity = SEVERITY_NORMAL, .received_at = TO },
	    KPI_ACKNOWLEDGED, 0, 0, false },
	{ "spam", { .state = CASE_SPAM, .received_at = AT(0, 9) },
	    KPI_ACKNOWLEDGED, 0, 0, false },

	{ "replied at the due",
	    { .reply_due = AT(1, 17), .first_reply_at = AT(1, 17) },
	    KPI_REPLIED, 1, 1, false },
	{ "replied late",
	    { .reply_due = AT(1, 17), .first_reply_at = AT(1, 18) },
	    KPI_REPLIED, 0, 1, false },
	{ "an outcome is an answer",
	    { .reply_due = AT(1, 17), .fed_back_at = AT(1, 10) }, KPI_REPLIED,
	    1, 1, false },
	{ "due on the next Monday",
	    { .reply_due = TO, .first_reply_at = AT(1, 10) }, KPI_REPLIED, 0, 0,
	    false },
	{ "withdrawn before it was due",
	    { .state = CASE_WITHDRAWN,
		.reply_due = AT(1, 17),
		.closed_at = AT(1, 9) },
	    KPI_REPLIED, 0, 0, false },
	{ "withdrawn after it was missed",
	    { .state = CASE_WITHDRAWN,
		.reply_due = AT(1, 17),
		.closed_at = AT(2, 9) },
	    KPI_REPLIED, 0, 1, false },

	{ "fed back in time",
	    { .state = CASE_FED_BACK,
		.outcome_due = AT(3, 17),
		.fed_back_at = AT(3, 16) },
	    KPI_FINISHED, 1, 1, false },
	{ "resolved, and not fed back",
	    { .state = CASE_RESOLVED,
		.outcome_due = AT(3, 17),
		.resolved_at = AT(3, 16) },
	    KPI_FINISHED, 0, 1, false },
	{ "waiting for the owner",
	    { .state = CASE_WAITING_OWNER, .outcome_due = AT(3, 17) },
	    KPI_FINISHED, 0, 0, false },
	{ "no due", { .state = CASE_IN_PROGRESS }, KPI_FINISHED, 0, 0, false },

	{ "closed, and nobody came again",
	    { .state = CASE_CLOSED, .closed_at = AT(4, 9) }, KPI_FIXED_FIRST, 1,
	    1, false },
	{ "that household came again",
	    { .state = CASE_CLOSED, .closed_at = AT(4, 9) }, KPI_FIXED_FIRST, 0,
	    1, true },
	{ "it had been opened again",
	    { .state = CASE_CLOSED, .closed_at = AT(4, 9), .reopened = 1 },
	    KPI_FIXED_FIRST, 0, 1, false },
	{ "withdrawn is not closed",
	    { .state = CASE_WITHDRAWN, .closed_at = AT(4, 9) }, KPI_FIXED_FIRST,
	    0, 0, false },

	{ "the owner has heard it",
	    { .state = CASE_FED_BACK,
		.resolved_at = AT(4, 9),
		.fed_back_at = AT(4, 10) },
	    KPI_FED_BACK, 1, 1, false },
	{ "the owner has not",
	    { .state = CASE_RESOLVED, .resolved_at = AT(4, 9) }, KPI_FED_BACK,
	    0, 1, false },
};

static void
r31_each_share_by_its_formula(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(shares); i++) {
		struct kpi kpi =
		    add(&shares[i].file, &nothing, shares[i].came_again);
		const struct kpi_share *share = &kpi.rates[shares[i].rate];

		if (share->hits != shares[i].hits || share->of != shares[i].of)
			fail_msg("%s: %d of %d", shares[i].what, share->hits,
			    share->of);
	}
}

static void
r31_what_happened_is_counted(void **state)
{
	const struct case_file file = {
		.kind = KIND_COMPLAINT,
		.severity = SEVERITY_EMERGENCY,
		.state = CASE_IN_PROGRESS,
		.received_at = AT(0, 9),
		.reply_due = AT(1, 9),
		.outcome_due = AT(2, 9),
		.transfers = 3,
		.after_reports = 2,
	};
	struct kpi kpi = add(&file,
	    &(struct kpi_events){ .escalated = 2, .skipped = 1, .reopened = 1 },
	    false);
	static const int expected[KPI_COUNT_COUNT] = {
		[KPI_RECEIVED] = 1,
		[KPI_COMPLAINTS] = 1,
		[KPI_EMERGENCIES] = 1,
		[KPI_OPEN] = 1,
		[KPI_OVERDUE] = 1, /* one case, two dues */
		[KPI_ESCALATED] = 2,
		[KPI_SKIPPED] = 1,
		[KPI_REPORTS_OWED] = 1,
		[KPI_PASSED_ON] = 1,
	};

	(void)state;
	for (int i = 0; i < KPI_COUNT_COUNT; i++)
		if (kpi.counts[i] != expected[i])
			fail_msg("count %d is %d", i, kpi.counts[i]);
	assert_int_equal(kpi.rates[KPI_REOPENED].hits, 1);
	assert_int_equal(kpi.rates[KPI_REOPENED].of, 1);
}

static void
r31_means_are_of_office_hours_and_working_days(void **state)
{
	const struct kpi_span span = { &conf, &office, FROM, TO, TO };
	/* Monday 09:00: answered 14:30, four office hours; an outcome on
	 * Wednesday. */
	const struct case_file slow = { .received_at = AT(0, 9),
		.first_reply_at = AT(0, 14) + 30 * MSEC_MINUTE,
		.fed_back_at = AT(2, 10) };
	/* Answered and finished the same day. */
	const struct case_file quick = { .received_at = AT(1, 9),
		.first_reply_at = AT(1, 10),
		.fed_back_at = AT(1, 11) };
	struct kpi kpi = { 0 };

	(void)state;
	assert_int_equal(kpi_tenths(&kpi.means[KPI_REPLY_MINUTES], 60), -1);
	kpi_add(&kpi, &span, &slow, &nothing, false);
	kpi_add(&kpi, &span, &quick, &nothing, false);
	assert_int_equal(kpi.means[KPI_REPLY_MINUTES].of, 2);
	assert_int_equal(kpi_tenths(&kpi.means[KPI_REPLY_MINUTES], 60), 25);
	assert_int_equal(kpi_tenths(&kpi.means[KPI_OUTCOME_DAYS], 1), 10);
	assert_int_equal(kpi.counts[KPI_OUTCOMES], 2);
}

static void
r31_ratings_and_percentages(void **state)
{
	static const struct {
		struct kpi_share share;
		int percent;
	} table[] = {
		{ { 0, 0 }, -1 },
		{ { 0, 3 }, 0 },
		{ { 3, 3 }, 100 },
		{ { 2, 3 }, 67 },
		{ { 1, 3 }, 33 },
		{ { 1, 8 }, 13 },
		{ { 1, 200 }, 1 },
		/* Not all is not 100. */
		{ { 299, 300 }, 99 },
	};
	struct kpi kpi = { 0 };

	(void)state;
	for (int score = 1; score <= 5; score++)
		kpi_add_rating(&kpi, score);
	assert_int_equal(kpi.rates[KPI_SATISFIED].hits, 2);
	assert_int_equal(kpi.rates[KPI_SATISFIED].of, 5);
	for (size_t i = 0; i < ARRAY_COUNT(table); i++)
		assert_int_equal(
		    kpi_percent(&table[i].share), table[i].percent);
	assert_int_equal(kpi_target(KPI_REPLIED), 95);
	assert_int_equal(kpi_target(KPI_RATED), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(r31_each_share_by_its_formula),
		cmocka_unit_test(r31_what_happened_is_counted),
		cmocka_unit_test(
		    r31_means_are_of_office_hours_and_working_days),
		cmocka_unit_test(r31_ratings_and_percentages),
	};

	return cmocka_run_group_tests(tests, open_office, office_close);
}
