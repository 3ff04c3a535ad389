/* Whom we ask how it was, and what their answer wants: R34, R38. */
#include "tests/support/cmocka_fence.h"

#include "core/kpi.h"
#include "core/survey.h"
#include "lib/text.h"

#include <stdio.h>

static void
r34_what_is_owed_after_an_outcome_goes_by_kind_and_severity(void **state)
{
	static const struct {
		enum kind kind;
		enum severity severity;
		int rating;
		unsigned percent;
		enum visit owed;
		bool asks;
	} rows[] = {
		{ KIND_COMPLAINT, SEVERITY_NORMAL, 0, 0, VISIT_ASK, true },
		{ KIND_COMPLAINT, SEVERITY_MINOR, 0, 0, VISIT_ASK, true },
		{ KIND_REQUEST, SEVERITY_NORMAL, 0, 0, VISIT_NONE, true },
		{ KIND_REQUEST, SEVERITY_NORMAL, 0, 100, VISIT_ASK, true },
		{ KIND_REQUEST, SEVERITY_MAJOR, 0, 0, VISIT_ASK, true },
		{ KIND_REQUEST, SEVERITY_EMERGENCY, 0, 0, VISIT_CALL, false },
		{ KIND_COMPLAINT, SEVERITY_NORMAL, 2, 0, VISIT_CALL, false },
		{ KIND_COMPLAINT, SEVERITY_NORMAL, 3, 0, VISIT_ASK, true },
		{ KIND_SUGGESTION, SEVERITY_MINOR, 1, 0, VISIT_CALL, false },
		{ KIND_INQUIRY, SEVERITY_MINOR, 0, 100, VISIT_NONE, false },
		{ KIND_SUGGESTION, SEVERITY_MINOR, 0, 100, VISIT_NONE, false },
		{ KIND_PRAISE, SEVERITY_MINOR, 0, 100, VISIT_NONE, false },
		{ KIND_UNCLEAR, SEVERITY_NORMAL, 0, 0, VISIT_ASK, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct rules rules = rules_default;
		struct case_file file = { .number = "T261123-0007",
			.kind = rows[i].kind,
			.severity = rows[i].severity,
			.rating = rows[i].rating };

		rules.followup_repair_percent = rows[i].percent;
		file.visit = survey_visit(&rules, &file);
		assert_int_equal(file.visit, rows[i].owed);
		assert_int_equal(survey_asks_rating(&file), rows[i].asks);
	}
}

static int
drawn(const char *seed, char ret[1000])
{
	struct rules rules = rules_default;
	int count = 0;

	rules.sample_seed = seed;
	for (int i = 0; i < 1000; i++) {
		char number[24];

		(void)snprintf(number, sizeof(number), "T261123-%04d", i + 1);
		ret[i] = survey_draw(&rules, number) < 30;
		count += ret[i];
	}
	return count;
}

static void
r34_the_same_seed_draws_the_same_numbers_and_about_the_share(void **state)
{
	static char one[1000], same[1000], other[1000];
	int count = drawn("spring", one);

	(void)state;
	assert_in_range(count, 260, 340);
	assert_int_equal(drawn("spring", same), count);
	assert_memory_equal(one, same, sizeof(one));
	assert_in_range(drawn("autumn", other), 260, 340);
	assert_memory_not_equal(one, other, sizeof(one));
}

static void
r38_words_beside_a_score_want_something_or_do_not(void **state)
{
	static const struct {
		const char *text;
		int score;
		bool wants;
		const char *rest;
	} rows[] = {
		{ "5", 5, false, "" },
		{ "５分！", 5, false, "" },
		{ "5星 服务好", 5, false, "服务好" },
		{ "4 师傅很准时,就是地没擦干净", 4, true,
		    "师傅很准时,就是地没擦干净" },
		{ "5分，另外楼道灯坏了", 5, true, "另外楼道灯坏了" },
		{ "4 but the lamp is broken", 4, true,
		    "but the lamp is broken" },
		{ "5 good job", 5, false, "good job" },
		{ "3 速度慢", 3, true, "速度慢" },
		{ NULL, 5, false, "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		const char *rest;

		assert_int_equal(
		    survey_asks_more(rows[i].text, rows[i].score, &rest),
		    rows[i].wants);
		assert_string_equal(rest, rows[i].rest);
	}
}

static void
r31_return_visits_and_ratings_are_counted_of_what_was_due(void **state)
{
	static const struct {
		enum visit visit;
		int rating, asked;
		msec_t fed_back_at;
		int visited, due, rated, requests;
	} rows[] = {
		{ VISIT_ANSWERED, 5, 1, 10 * MSEC_DAY, 1, 1, 1, 1 },
		{ VISIT_UNREACHED, 0, 1, 10 * MSEC_DAY, 1, 1, 0, 1 },
		{ VISIT_ASK, 0, 1, 10 * MSEC_DAY, 0, 1, 0, 1 },
		{ VISIT_CALL, 2, 0, 10 * MSEC_DAY, 0, 1, 0, 0 },
		{ VISIT_NONE, 4, 1, 10 * MSEC_DAY, 0, 0, 1, 1 },
		/* Not due in these weeks. */
		{ VISIT_ASK, 0, 0, 2 * MSEC_DAY, 0, 0, 0, 0 },
		{ VISIT_ASK, 0, 0, 0, 0, 0, 0, 0 },
	};
	struct config conf = { .rules = rules_default };
	struct estate estate = { .id = "sunshine" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		const struct kpi_span span = { .conf = &conf,
			.estate = &estate,
			.from = 11 * MSEC_DAY,
			.to = 18 * MSEC_DAY };
		/* Fed back before the span: no calendar is asked. */
		const struct case_file file = { .state = CASE_CLOSED,
			.visit = rows[i].visit,
			.rating = rows[i].rating,
			.fed_back_at = rows[i].fed_back_at };
		const struct kpi_events events = { .asked = rows[i].asked };
		struct kpi kpi = { 0 };

		kpi_add(&kpi, &span, &file, &events, false);
		assert_int_equal(kpi.rates[KPI_VISITED].hits, rows[i].visited);
		assert_int_equal(kpi.rates[KPI_VISITED].of, rows[i].due);
		assert_int_equal(kpi.rates[KPI_RATED].hits, rows[i].rated);
		assert_int_equal(kpi.rates[KPI_RATED].of, rows[i].requests);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    r34_what_is_owed_after_an_outcome_goes_by_kind_and_severity),
		cmocka_unit_test(
		    r34_the_same_seed_draws_the_same_numbers_and_about_the_share),
		cmocka_unit_test(
		    r31_return_visits_and_ratings_are_counted_of_what_was_due),
		cmocka_unit_test(
		    r38_words_beside_a_score_want_something_or_do_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
