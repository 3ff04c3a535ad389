/* What an estate looks after by the clock: R9, R12, R40, R46. */
#include "core/config.h"
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/decision.h"

#include <string.h>

static void
round_at(struct decision *d, enum round_kind kind, const char *since,
    const char *now)
{
	decision_init(d);
	d->ctx.now = decision_time(now);
	d->in = (struct input){
		.kind = INPUT_ROUND,
		.estate = "sunshine",
		.received_at = d->ctx.now,
		.round = { .estate = "sunshine",
		    .kind = kind,
		    .since = decision_time(since),
		    .due = d->ctx.now },
	};
}

static const struct round *
round_after(const struct decision *d)
{
	const struct effect *set = effect_of(d, EFFECT_ROUND_SET);

	if (set == NULL)
		fail_msg("the round was not set again");
	return set == NULL ? NULL : &set->round;
}

static void
r12_the_supervisor_reads_what_is_new_and_what_is_late(void **state)
{
	struct case_file file = { 0 };
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	file = d.before.the_case;
	decision_done(&d);
	round_at(&d, ROUND_DAILY, "2026-11-20T17:30:00+08:00",
	    "2026-11-23T17:30:00+08:00");
	d.before.round.fresh =
	    (struct round_cases){ .list = &file, .count = 1, .total = 1 };
	decision_run(&d);
	assert_int_equal(sent_count(&d, NULL), 1);
	assert_non_null(sent(&d, "daily", "chen"));
	assert_non_null(strstr(sent(&d, "daily", "chen")->text, file.number));
	assert_int_equal(round_after(&d)->since, d.ctx.now);
	assert_int_equal(
	    round_after(&d)->due, decision_time("2026-11-24T17:30:00+08:00"));
	decision_done(&d);
}

static void
r12_a_day_without_anything_brings_no_mail(void **state)
{
	struct decision d;

	(void)state;
	round_at(&d, ROUND_DAILY, "2026-11-20T17:30:00+08:00",
	    "2026-11-23T17:30:00+08:00");
	decision_run(&d);
	assert_int_equal(sent_count(&d, NULL), 0);
	assert_int_equal(
	    round_after(&d)->due, decision_time("2026-11-24T17:30:00+08:00"));
	decision_done(&d);
}

static void
r9_who_is_complained_about_does_not_read_it_in_the_summary(void **state)
{
	struct case_file files[2] = { { 0 } };
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	files[0] = files[1] = d.before.the_case;
	decision_done(&d);
	files[1].number = "T261123-0002";
	files[1].kind = KIND_COMPLAINT;
	files[1].text = "陈立态度太差";
	round_at(&d, ROUND_DAILY, "2026-11-20T17:30:00+08:00",
	    "2026-11-23T17:30:00+08:00");
	d.before.round.late =
	    (struct round_cases){ .list = files, .count = 2, .total = 2 };
	decision_run(&d);
	assert_non_null(sent(&d, "daily", "chen"));
	assert_null(strstr(sent(&d, "daily", "chen")->text, "T261123-0002"));
	assert_non_null(strstr(sent(&d, "daily", "chen")->subject, "1"));
	assert_non_null(sent(&d, "daily", "wu"));
	assert_non_null(strstr(sent(&d, "daily", "wu")->text, "T261123-0002"));
	assert_null(strstr(sent(&d, "daily", "wu")->text, "T261123-0001"));
	decision_done(&d);
}

static void
a_year_without_holidays_is_told_in_time(void **state)
{
	struct decision d;

	(void)state;
	round_at(&d, ROUND_DAILY, "2026-12-07T17:30:00+08:00",
	    "2026-12-08T17:30:00+08:00");
	decision_run(&d);
	assert_non_null(sent(&d, "daily", "chen"));
	assert_non_null(strstr(sent(&d, "daily", "chen")->text, "2027"));
	decision_done(&d);
}

static void
r46_a_full_roster_says_nothing(void **state)
{
	struct decision d;

	(void)state;
	round_at(&d, ROUND_ROSTER, "2026-11-23T10:00:00+08:00",
	    "2026-11-23T10:00:00+08:00");
	decision_run(&d);
	assert_int_equal(sent_count(&d, NULL), 0);
	assert_int_equal(
	    round_after(&d)->due, decision_time("2026-11-23T11:00:00+08:00"));
	assert_int_equal(
	    round_after(&d)->since, decision_time("2026-11-25T10:00:00+08:00"));
	decision_done(&d);
}

/* The demo's night row taken out: nobody from 17:30 to 08:30. */
static void
r46_a_gap_is_told_two_days_ahead_and_once(void **state)
{
	static const struct {
		const char *since, *now;
		const char *told; /* a part of the text, or NULL */
	} table[] = {
		/* The first look tells what is there. */
		{ "2026-11-23T10:00:00+08:00", "2026-11-23T10:00:00+08:00",
		    "11月23日17:30" },
		{ "2026-11-25T17:00:00+08:00", "2026-11-23T18:00:00+08:00",
		    "11月25日17:30" },
		/* The last look ended inside of it. */
		{ "2026-11-25T18:00:00+08:00", "2026-11-23T19:00:00+08:00",
		    NULL },
		{ "2026-11-26T08:00:00+08:00", "2026-11-24T09:00:00+08:00",
		    NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		struct config conf;
		struct estate estate;
		const struct outgoing *mail;

		round_at(&d, ROUND_ROSTER, table[i].since, table[i].now);
		conf = *d.ctx.conf;
		estate = conf.estates[0];
		estate.duty_count = 1;
		conf.estates = &estate;
		conf.estate_count = 1;
		d.ctx.conf = &conf;
		decision_run(&d);
		mail = sent(&d, "roster_gap", "chen");
		if (table[i].told == NULL) {
			assert_null(mail);
		} else {
			assert_non_null(mail);
			assert_non_null(strstr(mail->text, table[i].told));
			/* By text as well. */
			assert_int_equal(sent_count(&d, "roster_gap"), 2);
		}
		decision_done(&d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    r12_the_supervisor_reads_what_is_new_and_what_is_late),
		cmocka_unit_test(r12_a_day_without_anything_brings_no_mail),
		cmocka_unit_test(
		    r9_who_is_complained_about_does_not_read_it_in_the_summary),
		cmocka_unit_test(a_year_without_holidays_is_told_in_time),
		cmocka_unit_test(r46_a_full_roster_says_nothing),
		cmocka_unit_test(r46_a_gap_is_told_two_days_ahead_and_once),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
