/* Calls at an owner's door: R36, R40. */
#include "tests/support/cmocka_fence.h"

#include "core/config.h"
#include "lib/text.h"
#include "tests/support/decision.h"

#include <string.h>

static struct home_visit
visit_of(const char *mail, const char *phone)
{
	return (struct home_visit){ .id = 12,
		.reason = HOME_VISIT_ELDERLY,
		.year = 2026,
		.owner = { .id = 4,
		    .estate = "sunshine",
		    .name = "王芳",
		    .home = { "3", "2", NULL, "501", NULL },
		    .mail = mail,
		    .phone = phone } };
}

/* ---- proposing ---- */

static void
r36_each_is_asked_before_anything_is_fixed_and_staff_get_a_list(void **state)
{
	static const struct {
		const char *mail, *phone;
		bool no_texts, no_mail;
		const char *to; /* NULL: nobody can be written to */
	} table[] = {
		{ "w@owner.example", "+8613900139001", false, false,
		    "+8613900139001" },
		{ "w@owner.example", "+8613900139001", true, false,
		    "w@owner.example" },
		{ "w@owner.example", "+8653100000001", false, false,
		    "w@owner.example" },
		{ "w@owner.example", NULL, false, true, NULL },
		{ NULL, NULL, false, false, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct home_visit found =
		    visit_of(table[i].mail, table[i].phone);
		const struct outgoing *list;
		struct decision d;

		decision_init(&d);
		d.ctx.now = decision_time("2026-04-01T10:00:00+08:00");
		d.in = (struct input){ .kind = INPUT_ROUND,
			.estate = "sunshine",
			.received_at = d.ctx.now,
			.round = {
			    .estate = "sunshine", .kind = ROUND_HOME_VISITS } };
		found.owner.sms_opted_out = table[i].no_texts;
		found.owner.survey_opted_out = table[i].no_mail;
		d.before.home_visits = &found;
		d.before.home_visit_count = 1;
		d.before.next_home_visit = 31;
		decision_run(&d);
		assert_int_equal(
		    effect_of(&d, EFFECT_HOME_VISIT)->home_visit.id, 31);
		assert_int_equal(effect_of(&d, EFFECT_ROUND_SET)->round.due,
		    decision_time("2026-07-01T10:00:00+08:00"));
		list = sent(&d, "home_visits", "chen");
		/* Whom they are to call, in full (R40). */
		assert_non_null(strstr(list->text, "V31 3号楼2单元501室 王芳"));
		assert_true(table[i].phone == NULL ||
			    strstr(list->text, table[i].phone) != NULL);
		assert_true(table[i].mail == NULL ||
			    strstr(list->text, table[i].mail) != NULL);
		assert_int_equal(
		    sent_count(&d, "home_visit_ask"), table[i].to != NULL);
		assert_int_equal(strstr(list->text, "请电话约时间") != NULL,
		    table[i].to == NULL);
		if (table[i].to != NULL)
			assert_string_equal(
			    sent(&d, "home_visit_ask", NULL)->to, table[i].to);
		decision_done(&d);
	}
}

static void
r36_a_quarter_without_proposals_bothers_nobody(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	d.in = (struct input){ .kind = INPUT_ROUND,
		.estate = "sunshine",
		.received_at = d.ctx.now,
		.round = { .estate = "sunshine", .kind = ROUND_HOME_VISITS } };
	decision_run(&d);
	assert_int_equal(sent_count(&d, NULL), 0);
	assert_non_null(effect_of(&d, EFFECT_ROUND_SET));
	decision_done(&d);
}

/* ---- the owner ---- */

static void
r36_what_the_owner_says_goes_to_staff_and_their_matters_are_cases(void **state)
{
	static const struct {
		const char *own;
		bool is_answer;
		enum home_visit_state becomes;
	} table[] = {
		{ "周六下午两点以后都可以", true, HOME_VISIT_ANSWERED },
		{ "我这周都在家", true, HOME_VISIT_ANSWERED },
		{ "不用了,谢谢", true, HOME_VISIT_DECLINED },
		{ "3-2-501厨房水管漏水,请派人来看看。", false, 0 },
		{ "家里煤气味很重,快来人", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_owner(&d);
		decision_sms(&d, "+8613900139001", table[i].own);
		d.before.home_visit = visit_of(NULL, "+8613900139001");
		decision_run(&d);
		assert_int_equal(effect_of(&d, EFFECT_HOME_VISIT_NEWS) != NULL,
		    table[i].is_answer);
		assert_int_equal(
		    event_count(&d, "created"), !table[i].is_answer);
		if (table[i].is_answer) {
			assert_int_equal(effect_of(&d, EFFECT_HOME_VISIT_NEWS)
					     ->home_visit_news.state,
			    table[i].becomes);
			assert_non_null(
			    strstr(sent(&d, "home_visit_answer", "chen")->text,
				table[i].own));
			assert_non_null(
			    strstr(sent(&d, "home_visit_answer", "lin")->text,
				"王芳 +8613900139001"));
			assert_null(strstr(
			    sent(&d, "home_visit_answer", "lin")->subject,
			    "王芳"));
			assert_string_equal(bin_of(&d), "handled");
		}
		decision_done(&d);
	}
}

/* ---- staff ---- */

static void
r36_staff_tell_how_it_was(void **state)
{
	static const struct {
		const char *own;
		int64_t id;          /* of the row that was found; 0: none */
		const char *refused; /* or NULL */
		enum home_visit_state becomes;
		int score;
	} table[] = {
		{ "#回访 V12 5 很满意", 12, NULL, HOME_VISIT_DONE, 5 },
		{ "#visit V12 she is content", 12, NULL, HOME_VISIT_DONE, 0 },
		{ "#回访 V12 谢绝", 12, NULL, HOME_VISIT_DECLINED, 0 },
		{ "#回访 V12 家里没人", 12, NULL, HOME_VISIT_DECLINED, 0 },
		{ "#visit V12 not in", 12, NULL, HOME_VISIT_DECLINED, 0 },
		{ "#回访 V99 5 很好", 0, "没有这个编号", 0, 0 },
		{ "#回访 V12", 12, "请写明", 0, 0 },
		{ "#回访 V12 5 好\n#备注 其他", 12, "只写一条", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		const struct effect *news;
		struct decision d;

		decision_init(&d);
		decision_staff(&d, "chen", REPLY_DIGEST, table[i].own);
		d.before.has_case = false;
		d.before.answered.case_id = 0;
		if (table[i].id != 0)
			d.before.home_visit = visit_of(NULL, NULL);
		decision_run(&d);
		news = effect_of(&d, EFFECT_HOME_VISIT_NEWS);
		assert_int_equal(news == NULL, table[i].refused != NULL);
		if (table[i].refused != NULL) {
			assert_non_null(
			    strstr(sent(&d, "refused", "chen")->text,
				table[i].refused));
		} else {
			assert_int_equal(
			    news->home_visit_news.state, table[i].becomes);
			assert_int_equal(
			    news->home_visit_news.score, table[i].score);
			assert_string_equal(
			    news->home_visit_news.staff, "chen");
			assert_non_null(sent(&d, "transcript", "chen"));
		}
		decision_done(&d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    r36_each_is_asked_before_anything_is_fixed_and_staff_get_a_list),
		cmocka_unit_test(
		    r36_a_quarter_without_proposals_bothers_nobody),
		cmocka_unit_test(
		    r36_what_the_owner_says_goes_to_staff_and_their_matters_are_cases),
		cmocka_unit_test(r36_staff_tell_how_it_was),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
