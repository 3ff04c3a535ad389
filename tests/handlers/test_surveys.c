/* The monthly sample: R35, R37, R38, R53. */
#include "tests/support/cmocka_fence.h"

#include "core/config.h"
#include "lib/text.h"
#include "tests/support/decision.h"

#include <string.h>

static void
turn_at(struct decision *d, const char *now)
{
	decision_init(d);
	d->ctx.now = decision_time(now);
	d->in = (struct input){
		.kind = INPUT_ROUND,
		.estate = "sunshine",
		.received_at = d->ctx.now,
		.round = { .estate = "sunshine",
		    .kind = ROUND_SURVEY,
		    .due = d->ctx.now },
	};
}

static msec_t
next(const struct decision *d)
{
	return effect_of(d, EFFECT_ROUND_SET)->round.due;
}

static void
r35_a_draw_is_kept_first_and_asked_after(void **state)
{
	static const struct survey_picked list[] = { { 1, 7 }, { 2, 9 } };
	struct decision d;

	(void)state;
	turn_at(&d, "2026-12-01T10:00:00+08:00");
	d.before.survey_turn.draw = (struct survey_draw){ .estate = "sunshine",
		.scope = "cleaning",
		.seed = "s/sunshine/2026-12",
		.households = 40,
		.list = list,
		.count = 2 };
	decision_run(&d);
	assert_int_equal(effect_of(&d, EFFECT_SURVEY_DRAW)->draw.count, 2);
	assert_non_null(
	    strstr(sent(&d, "survey_drawn", "chen")->text, "s/sunshine"));
	assert_int_equal(sent_count(&d, "survey"), 0);
	assert_int_equal(next(&d), d.ctx.now + 1);
	decision_done(&d);

	/* Nobody may be asked: next month. */
	turn_at(&d, "2026-12-01T10:00:00+08:00");
	decision_run(&d);
	assert_null(effect_of(&d, EFFECT_SURVEY_DRAW));
	assert_int_equal(next(&d), decision_time("2027-01-01T10:00:00+08:00"));
	decision_done(&d);
}

static void
r35_where_a_cap_is_reached_they_are_asked_tomorrow(void **state)
{
	const struct survey_guest guest = { .survey = { .id = 3,
						.scope = "cleaning" },
		.owner = { .mail = "a@owner.example" } };
	struct decision d;

	(void)state;
	turn_at(&d, "2026-12-01T10:00:00+08:00");
	d.before.spent.texts = 5000;
	d.before.survey_turn = (struct survey_turn){
		.guests = &guest, .guest_count = 1, .waiting = 1
	};
	decision_run(&d);
	assert_int_equal(sent_count(&d, "survey"), 0);
	assert_null(effect_of(&d, EFFECT_SURVEY_NEWS));
	assert_int_equal(next(&d), decision_time("2026-12-02T10:00:00+08:00"));
	assert_int_equal(sent_count(&d, "sms_cap"), 1);
	assert_int_equal(sent_count(&d, "sms_cap_admin"), 1);
	decision_done(&d);
}

static void
r35_those_drawn_are_asked_where_they_may_be(void **state)
{
	static const struct {
		struct owner owner;
		const char *to;
		enum channel channel;
	} table[] = {
		{ { .mail = "a@owner.example", .phone = "+8613900139001" },
		    "a@owner.example", CHANNEL_MAIL },
		{ { .mail = "a@owner.example",
		      .phone = "+8613900139001",
		      .survey_opted_out = true },
		    "+8613900139001", CHANNEL_SMS },
		{ { .phone = "+8613900139001" }, "+8613900139001",
		    CHANNEL_SMS },
		{ { .phone = "+8613900139001", .sms_opted_out = true }, "",
		    CHANNEL_SMS },
		/* A landline takes no texts. */
		{ { .phone = "+861062345678" }, "", CHANNEL_SMS },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		const struct survey_guest guest = { .survey = { .id = 3,
							.scope = "cleaning" },
			.owner = table[i].owner };
		struct decision d;

		turn_at(&d, "2026-12-01T10:00:00+08:00");
		d.before.survey_turn = (struct survey_turn){
			.guests = &guest, .guest_count = 1, .waiting = 1
		};
		decision_run(&d);
		assert_string_equal(
		    effect_of(&d, EFFECT_SURVEY_NEWS)->survey.address,
		    table[i].to);
		assert_int_equal(
		    sent_count(&d, "survey"), *table[i].to != '\0');
		if (*table[i].to != '\0') {
			const struct outgoing *out = sent(&d, "survey", NULL);

			assert_int_equal(out->channel, table[i].channel);
			assert_non_null(strstr(out->text, "保洁"));
			assert_non_null(strstr(out->text, "退订"));
		}
		assert_int_equal(
		    next(&d), decision_time("2027-01-01T10:00:00+08:00"));
		decision_done(&d);
	}
}

static void
r35_one_number_of_two_flats_is_asked_once_and_the_busy_not_at_all(void **state)
{
	const struct survey_guest guests[] = {
		{ .survey = { .id = 3, .scope = "general" },
		    .owner = { .mail = "a@owner.example" } },
		{ .survey = { .id = 4, .scope = "general" },
		    .owner = { .mail = "a@owner.example" } },
		{ .survey = { .id = 5, .scope = "general" },
		    .owner = { .mail = "b@owner.example" },
		    .is_busy = true },
	};
	struct decision d;
	int noted = 0;

	(void)state;
	turn_at(&d, "2026-12-01T10:00:00+08:00");
	d.before.survey_turn = (struct survey_turn){ .guests = guests,
		.guest_count = ARRAY_COUNT(guests),
		.waiting = ARRAY_COUNT(guests) };
	decision_run(&d);
	assert_int_equal(sent_count(&d, "survey"), 1);
	for (size_t i = 0; i < d.out.count; i++)
		noted += d.out.list[i].kind == EFFECT_SURVEY_NEWS;
	assert_int_equal(noted, 3);
	decision_done(&d);
}

static void
r35_nobody_is_asked_at_night_and_a_batch_is_followed_by_the_next(void **state)
{
	const struct survey_guest guest = { .survey = { .id = 3,
						.scope = "general" },
		.owner = { .mail = "a@owner.example" } };
	static const struct {
		const char *now, *next;
		int asked;
	} table[] = {
		{ "2026-12-01T22:00:00+08:00", "2026-12-02T09:00:00+08:00", 0 },
		{ "2026-12-02T09:00:00+08:00", "2026-12-02T09:01:00+08:00", 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		turn_at(&d, table[i].now);
		d.before.survey_turn = (struct survey_turn){
			.guests = &guest, .guest_count = 1, .waiting = 5
		};
		decision_run(&d);
		assert_int_equal(sent_count(&d, "survey"), table[i].asked);
		assert_int_equal(next(&d), decision_time(table[i].next));
		decision_done(&d);
	}
}

/* ---- answers ---- */

static void
answers(struct decision *d, const char *own, bool asked_again)
{
	decision_init(d);
	decision_owner(d);
	decision_sms(d, "+8613900139001", own);
	d->before.survey = (struct survey){ .id = 3,
		.owner = 1,
		.scope = "cleaning",
		.asked_at = d->ctx.now - MSEC_HOUR,
		.asked_again = asked_again };
	decision_run(d);
}

static void
r37_r38_an_answer_is_kept_and_what_it_wants_is_a_case(void **state)
{
	static const struct {
		const char *own;
		int score;
		const char *category; /* of the case; NULL: none */
	} table[] = {
		{ "5", 5, NULL },
		{ "很满意", 5, NULL },
		{ "B", 4, NULL },
		{ "4 服务好", 4, NULL },
		{ "2", 2, "cleaning" },
		{ "1 电梯里灯坏了没人修", 1, "lift" },
		{ "4 另外楼道灯坏了,麻烦修一下", 4, "electrical" },
		{ "5 电梯里有人被困", 5, "lift" },
		{ "谢谢,物业很好", 0, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		const struct survey_news *news;
		struct decision d;

		answers(&d, table[i].own, false);
		assert_non_null(effect_of(&d, EFFECT_SURVEY_NEWS));
		news = &effect_of(&d, EFFECT_SURVEY_NEWS)->survey;
		assert_int_equal(news->id, 3);
		assert_int_equal(news->score, table[i].score);
		assert_string_equal(news->text, table[i].own);
		if (table[i].category == NULL) {
			assert_string_equal(bin_of(&d), "handled");
			assert_int_equal(news->opened, 0);
		} else {
			assert_string_equal(
			    case_after(&d)->category, table[i].category);
			assert_int_equal(news->opened, case_after(&d)->id);
			assert_string_equal(
			    event_of(&d, "created")->reason, "survey");
		}
		decision_done(&d);
	}
}

static void
s27_a_number_beyond_the_scale_is_asked_again_once(void **state)
{
	(void)state;
	for (int again = 0; again < 2; again++) {
		struct decision d;

		answers(&d, "10分", again == 1);
		assert_int_equal(sent_count(&d, "survey_again"), again == 0);
		assert_string_equal(bin_of(&d), "handled");
		decision_done(&d);
	}
}

static void
r37_a_long_mail_that_answers_nothing_is_a_matter_of_its_own(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_owner(&d);
	decision_mail(&d, "wang@owner.example",
	    "您好,3-2-501厨房水管漏水,从昨天晚上开始,越来越大,请派人来看看。");
	d.before.survey = (struct survey){ .id = 3, .scope = "general" };
	decision_run(&d);
	assert_non_null(event_of(&d, "created"));
	assert_null(event_of(&d, "created")->reason);
	assert_null(effect_of(&d, EFFECT_SURVEY_NEWS));
	decision_done(&d);
}

static void
s29_a_month_and_a_quarter_begin_on_their_first_working_day(void **state)
{
	static const struct {
		const char *after;
		int months;
		const char *next;
	} table[] = {
		{ "2026-01-05T09:00:00+08:00", 1, "2026-02-02T10:00:00+08:00" },
		{ "2026-02-02T10:00:00+08:00", 1, "2026-03-02T10:00:00+08:00" },
		{ "2026-02-02T09:59:00+08:00", 1, "2026-02-02T10:00:00+08:00" },
		/* 4 January is a make-up day, 1 to 3 are free. */
		{ "2025-12-20T10:00:00+08:00", 1, "2026-01-04T10:00:00+08:00" },
		{ "2025-12-20T10:00:00+08:00", 3, "2026-01-04T10:00:00+08:00" },
		{ "2026-01-04T10:00:00+08:00", 3, "2026-04-01T10:00:00+08:00" },
		{ "2026-06-30T10:00:00+08:00", 3, "2026-07-01T10:00:00+08:00" },
		{ "2026-09-30T10:00:00+08:00", 1, "2026-10-08T10:00:00+08:00" },
	};
	struct decision d;

	(void)state;
	decision_init(&d);
	for (size_t i = 0; i < ARRAY_COUNT(table); i++)
		assert_int_equal(
		    round_monthly_next(d.ctx.conf, &d.ctx.conf->estates[0],
			table[i].months, decision_time(table[i].after)),
		    decision_time(table[i].next));
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    s29_a_month_and_a_quarter_begin_on_their_first_working_day),
		cmocka_unit_test(r35_a_draw_is_kept_first_and_asked_after),
		cmocka_unit_test(r35_those_drawn_are_asked_where_they_may_be),
		cmocka_unit_test(
		    r35_where_a_cap_is_reached_they_are_asked_tomorrow),
		cmocka_unit_test(
		    r35_one_number_of_two_flats_is_asked_once_and_the_busy_not_at_all),
		cmocka_unit_test(
		    r35_nobody_is_asked_at_night_and_a_batch_is_followed_by_the_next),
		cmocka_unit_test(
		    r37_r38_an_answer_is_kept_and_what_it_wants_is_a_case),
		cmocka_unit_test(
		    s27_a_number_beyond_the_scale_is_asked_again_once),
		cmocka_unit_test(
		    r37_a_long_mail_that_answers_nothing_is_a_matter_of_its_own),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
