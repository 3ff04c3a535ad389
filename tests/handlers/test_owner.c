/* Owners who write again, and words with a fixed meaning: R34, R38, R39,
 * R42, R45, R53, rules.md 4.3.3, 4.4, 5.1, 5.23. */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "lib/text.h"
#include "tests/support/decision.h"

/* wang answers our mail about the case. */
static void
wang_answers(struct decision *d, enum case_state state, const char *own)
{
	decision_init(d);
	decision_case(d, state);
	decision_mail(d, "wang@owner.example", own);
	decision_owner(d);
	d->before.match = MATCH_TOKEN;
	d->before.answered.id = 42;
}

/* A text of wang's number; `known' about its case. */
static void
wang_texts(struct decision *d, const char *own)
{
	decision_init(d);
	decision_sms(d, "+8613900139001", own);
	decision_owner(d);
	d->before.sender.is_participant = false;
}

/* ---- writing again ---- */

static void
s433_a_follow_up_is_told_to_handler_and_first_responder(void **state)
{
	struct decision d;

	(void)state;
	wang_answers(&d, CASE_IN_PROGRESS, "今天晚上七点以后家里有人。");
	d.before.the_case.handler = "sun";
	decision_run(&d);
	assert_int_equal(event_count(&d, "followup"), 1);
	assert_non_null(sent(&d, "followup", "lin"));
	assert_non_null(sent(&d, "followup", "sun"));
	assert_int_equal(sent(&d, "followup", "sun")->reply_kind, REPLY_MATTER);
	assert_int_equal(sent_count(&d, NULL), 2);
	assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
	decision_done(&d);
}

static void
s433_thanks_alone_cost_nobody_any_time(void **state)
{
	static const char *const texts[] = { "谢谢", "好的,收到,谢谢!",
		"Thanks, ok." };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		struct decision d;

		wang_answers(&d, CASE_CLOSED, texts[i]);
		d.before.the_case.closed_at = d.ctx.now - MSEC_DAY;
		decision_run(&d);
		assert_int_equal(sent_count(&d, NULL), 0);
		assert_int_equal(event_count(&d, "followup"), 1);
		assert_int_equal(case_after(&d)->state, CASE_CLOSED);
		decision_done(&d);
	}
}

static void
s433_that_it_works_is_news_only_while_the_case_is_open(void **state)
{
	static const struct {
		enum case_state state;
		const char *own;
		bool is_told;
		int reopened;
	} table[] = {
		{ CASE_FED_BACK, "It works now, thank you very much", false, 0 },
		{ CASE_CLOSED, "谢谢,已修好", false, 0 },
		{ CASE_CLOSED, "修好了吗?", true, 1 },
		{ CASE_IN_PROGRESS, "谢谢,已修好", true, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		wang_answers(&d, table[i].state, table[i].own);
		d.before.the_case.fed_back_at =
		    case_is_open(table[i].state) ? 0 : d.ctx.now - MSEC_DAY;
		d.before.the_case.closed_at = d.before.the_case.fed_back_at;
		decision_run(&d);
		print_message("%s\n", table[i].own);
		assert_int_equal(event_count(&d, "followup"), 1);
		assert_int_equal(sent_count(&d, NULL) > 0, table[i].is_told);
		assert_int_equal(
		    event_count(&d, "reopened"), table[i].reopened);
		decision_done(&d);
	}
}

static void
s23_within_seven_days_it_reopens(void **state)
{
	static const struct {
		const char *own;
		enum case_state before;
		int level;
		const char *handler;
	} table[] = {
		{ "没修好,还在漏。", CASE_CLOSED, 2, "chen" },
		{ "没修好,还在漏。", CASE_FED_BACK, 2, "chen" },
		{ "水表读数请再核对一下。", CASE_CLOSED, 1, "sun" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		wang_answers(&d, table[i].before, table[i].own);
		d.before.the_case.handler = "sun";
		d.before.the_case.fed_back_at = d.ctx.now - 6 * MSEC_DAY;
		decision_run(&d);
		assert_int_equal(case_after(&d)->state, CASE_REOPENED);
		assert_int_equal(case_after(&d)->reopened, 1);
		assert_int_equal(case_after(&d)->level, table[i].level);
		assert_string_equal(case_after(&d)->handler, table[i].handler);
		assert_string_equal(case_after(&d)->first_responder, "lin");
		assert_int_equal(event_count(&d, "reopened"), 1);
		assert_non_null(sent(&d, "reopened", "wang@owner.example"));
		assert_non_null(sent(&d, "reopened_staff", "lin"));
		assert_non_null(sent(&d, "reopened_staff", table[i].handler));
		assert_true(case_after(&d)->reply_due > d.ctx.now);
		assert_non_null(timer_after(&d, TIMER_REPLY));
		assert_true(timer_stopped(&d, TIMER_RATING));
		decision_done(&d);
	}
}

static void
r39_a_second_reopening_goes_to_l4_and_never_to_the_handler(void **state)
{
	struct decision d;

	(void)state;
	wang_answers(&d, CASE_CLOSED, "没修好,还在漏。");
	d.before.the_case.closed_at = d.ctx.now - MSEC_DAY;
	d.before.the_case.reopened = 1;
	d.before.the_case.level = 2;
	d.before.the_case.handler = "zheng";
	decision_run(&d);
	assert_string_equal(case_after(&d)->handler, "he");
	assert_int_equal(event_of(&d, "escalated")->level, 5);
	decision_done(&d);
}

static void
s23_after_seven_days_it_is_a_case_of_its_own(void **state)
{
	struct decision d;

	(void)state;
	wang_answers(&d, CASE_CLOSED, "厨房水管又漏水了,请派人来看看。");
	d.before.the_case.closed_at = d.ctx.now - 8 * MSEC_DAY;
	decision_run(&d);
	assert_int_equal(case_after(&d)->id, 7);
	assert_string_equal(case_after(&d)->number, "T261123-0007");
	assert_string_equal(event_of(&d, "created")->reason, "T261123-0003");
	assert_non_null(sent(&d, "ack", "wang@owner.example"));
	assert_int_equal(event_count(&d, "reopened"), 0);
	decision_done(&d);
}

static void
s1_danger_in_a_follow_up_raises_the_alarm(void **state)
{
	static const enum case_state states[] = { CASE_IN_PROGRESS,
		CASE_CLOSED };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(states); i++) {
		struct decision d;

		wang_answers(
		    &d, states[i], "现在家里有很浓的燃气味,快来人!");
		d.before.the_case.closed_at = d.ctx.now - MSEC_DAY;
		decision_run(&d);
		assert_int_equal(
		    case_after(&d)->severity, SEVERITY_EMERGENCY);
		assert_true(case_is_open(case_after(&d)->state));
		assert_int_equal(case_after(&d)->id, 3);
		assert_int_equal(sent_count(&d, "alert"), 8);
		assert_non_null(
		    strstr(sent(&d, "alert", "chen")->text, "很浓的燃气味"));
		assert_non_null(
		    sent(&d, "ack_emergency", "wang@owner.example"));
		assert_non_null(sent(&d, "ack_emergency", "+8613900139001"));
		decision_done(&d);
	}
}

static void
r24_what_is_new_in_an_emergency_is_alarmed_anew(void **state)
{
	static const struct {
		const char *own;
		bool had_place;
		int alerts;
		const char *shows;
	} table[] = {
		{ "有人触电受伤了，快叫救护车！", true, 8, "触电受伤" },
		{ "在3号楼2单元501。", false, 8, "3号楼2单元501室" },
		{ "在3号楼2单元501。", true, 0, NULL },
		{ "钥匙在物业那里。", false, 0, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		wang_answers(&d, CASE_IN_PROGRESS, table[i].own);
		d.before.the_case.severity = SEVERITY_EMERGENCY;
		d.before.the_case.taken_at = d.ctx.now - MSEC_MINUTE;
		if (!table[i].had_place)
			d.before.the_case.place = (struct place){ 0 };
		decision_run(&d);
		print_message("%s\n", table[i].own);
		assert_int_equal(sent_count(&d, "alert"), table[i].alerts);
		if (table[i].alerts > 0)
			assert_non_null(strstr(
			    sent(&d, "alert", "chen")->text, table[i].shows));
		/* It is one emergency, and one report is owed. */
		assert_int_equal(event_count(&d, "skipped"), 0);
		assert_int_equal(sent_count(&d, "ack_emergency"), 0);
		decision_done(&d);
	}
}

static void
a_stranger_with_a_case_number_opens_a_case_of_their_own(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_mail(&d, "liu@owner.example",
	    "T261123-0003 3-2-502厨房水管漏水,请派人来看看。");
	d.before.named_case_refused = true;
	decision_run(&d);
	assert_int_equal(case_after(&d)->id, 7);
	assert_null(strstr(sent(&d, "ack", NULL)->text, "T261123-0003"));
	decision_done(&d);
}

/* ---- ratings ---- */

static void
rate(struct decision *d, const char *own)
{
	wang_texts(d, own);
	decision_case(d, CASE_CLOSED);
	d->before.the_case.channel = CHANNEL_SMS;
	d->before.the_case.closed_at = d->ctx.now - MSEC_DAY;
	d->before.the_case.handler = "sun";
	d->before.sender.is_participant = true;
	d->before.match = MATCH_OPEN_PHONE;
	d->before.pending_rating = d->before.the_case.id;
	decision_run(d);
}

static void
r34_a_good_rating_is_kept_and_told(void **state)
{
	struct decision d;

	(void)state;
	rate(&d, "5");
	assert_int_equal(case_after(&d)->rating, 5);
	assert_int_equal(case_after(&d)->state, CASE_CLOSED);
	assert_int_equal(event_count(&d, "rated"), 1);
	assert_non_null(sent(&d, "rated", "lin"));
	decision_done(&d);
}

static void
r38_r39_a_low_rating_with_words_reopens_above_the_handler(void **state)
{
	struct decision d;

	(void)state;
	rate(&d, "2 还是漏水");
	assert_int_equal(case_after(&d)->rating, 2);
	assert_int_equal(case_after(&d)->state, CASE_REOPENED);
	assert_string_equal(case_after(&d)->handler, "chen");
	assert_non_null(sent(&d, "reopened", "+8613900139001"));
	decision_done(&d);
}

static void
s27_a_number_that_is_no_score_is_asked_again_once(void **state)
{
	static const char *const texts[] = { "10分", "6", "0", "3.5" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		struct decision d;

		rate(&d, texts[i]);
		assert_int_equal(case_after(&d)->state, CASE_CLOSED);
		assert_int_equal(sent_count(&d, "rating_again"), 1);
		assert_int_equal(sent_count(&d, NULL), 1);
		assert_string_equal(
		    event_of(&d, "rating_asked")->reason, "again");
		decision_done(&d);
	}
}

static void
s27_the_second_such_number_is_kept_and_no_more(void **state)
{
	struct decision d;

	(void)state;
	rate(&d, "6");
	decision_event(&d, "rating_asked", "desk", 0, d.ctx.now);
	d.events[0].reason = "again";
	effects_init(&d.out, &d.arena);
	decision_run(&d);
	assert_int_equal(event_count(&d, "followup"), 1);
	assert_int_equal(sent_count(&d, NULL), 0);
	assert_int_equal(case_after(&d)->state, CASE_CLOSED);
	decision_done(&d);
}

static void
r39_a_low_rating_of_an_open_case_is_read_by_who_has_it(void **state)
{
	struct decision d;

	(void)state;
	rate(&d, "5");
	d.before.the_case.state = CASE_REOPENED;
	d.message.own = "2 还是不亮";
	effects_init(&d.out, &d.arena);
	decision_run(&d);
	assert_int_equal(event_count(&d, "rated"), 1);
	assert_int_equal(event_count(&d, "reopened"), 0);
	assert_non_null(strstr(sent(&d, "followup", "sun")->text, "还是不亮"));
	decision_done(&d);
}

/* ---- words with a fixed meaning ---- */

static void
r53_opting_out_is_confirmed_once(void **state)
{
	for (int was_out = 0; was_out < 2; was_out++) {
		struct decision d;

		(void)state;
		wang_texts(&d, "TD");
		d.before.sender.is_opted_out = was_out;
		decision_run(&d);
		assert_int_equal(d.out.list[0].kind, EFFECT_OPT);
		assert_true(d.out.list[0].opt.is_out);
		assert_string_equal(
		    d.out.list[0].opt.address, "+8613900139001");
		assert_int_equal(sent_count(&d, "optout"), was_out ? 0 : 1);
		assert_string_equal(bin_of(&d), "handled");
		decision_done(&d);
	}
}

static void
r53_after_an_opt_out_no_prompt_is_sent(void **state)
{
	struct decision d;

	(void)state;
	wang_texts(&d, "5");
	d.before.sender.is_opted_out = true;
	decision_run(&d);
	assert_string_equal(bin_of(&d), "unclear");
	assert_int_equal(sent_count(&d, NULL), 0);
	decision_done(&d);
}

static void
what_is_no_number_gets_no_text(void **state)
{
	static const char *const senders[] = { "10086", "BANK", "" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(senders); i++) {
		struct decision d;

		decision_init(&d);
		decision_sms(&d, senders[i], "1");
		decision_run(&d);
		assert_int_equal(sent_count(&d, NULL), 0);
		decision_done(&d);
	}
}

static void
r42_a_number_that_is_not_theirs_and_one_that_is_not_look_the_same(
    void **state)
{
	struct decision missing, foreign;

	(void)state;
	wang_texts(&missing, "进度 T261123-9999");
	decision_run(&missing);
	wang_texts(&foreign, "进度 T261123-0003");
	foreign.before.named_case_refused = true;
	decision_run(&foreign);
	assert_string_equal(sent(&missing, "status_none", NULL)->text,
	    sent(&foreign, "status_none", NULL)->text);
	assert_string_equal(sent(&missing, "status_none", NULL)->to,
	    sent(&foreign, "status_none", NULL)->to);
	assert_int_equal(sent(&foreign, "status_none", NULL)->case_id, 0);
	assert_int_equal(missing.out.count, foreign.out.count);
	decision_done(&missing);
	decision_done(&foreign);
}

static void
r42_the_own_case_is_told(void **state)
{
	struct decision d;

	(void)state;
	wang_texts(&d, "进度 T261123-0003");
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.match = MATCH_NUMBER;
	d.before.sender.is_participant = true;
	decision_run(&d);
	assert_non_null(strstr(sent(&d, "status", NULL)->text, "T261123-0003"));
	assert_int_equal(sent_count(&d, NULL), 1);
	decision_done(&d);
}

static void
r42_the_own_case_is_told_by_mail_too(void **state)
{
	struct decision d;

	(void)state;
	wang_answers(&d, CASE_IN_PROGRESS,
	    "您好!\n请问 T261123-0003 处理到哪一步了？谢谢！");
	d.before.sender.is_participant = true;
	decision_run(&d);
	assert_non_null(strstr(
	    sent(&d, "status", "wang@owner.example")->text, "T261123-0003"));
	assert_int_equal(sent_count(&d, NULL), 1);
	assert_string_equal(bin_of(&d), "handled");
	assert_int_equal(event_count(&d, "followup"), 0);
	decision_done(&d);
}

static void
r42_a_token_that_was_passed_on_tells_no_state(void **state)
{
	struct decision d;

	(void)state;
	wang_texts(&d, "进度 T261123-0003");
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.match = MATCH_TOKEN;
	decision_run(&d);
	assert_null(sent(&d, "status", NULL));
	assert_non_null(sent(&d, "status_none", NULL));
	decision_done(&d);
}

static void
r42_the_sixth_question_in_an_hour_is_not_answered(void **state)
{
	struct decision d;

	(void)state;
	wang_texts(&d, "进度 T261123-9999");
	d.before.sender.status_queries_hour = 5;
	decision_run(&d);
	assert_int_equal(sent_count(&d, NULL), 0);
	assert_string_equal(bin_of(&d), "handled");
	decision_done(&d);
}

static void
s44_a_call_back_is_asked_of_the_duty_agent_within_half_an_hour(void **state)
{
	struct decision d;

	(void)state;
	wang_texts(&d, "回电");
	decision_run(&d);
	assert_non_null(
	    strstr(sent(&d, "phone_task", "lin")->text, "+8613900139001"));
	assert_non_null(strstr(sent(&d, "phone_task", "lin")->text, "回电"));
	assert_non_null(strstr(
	    sent(&d, "callback", "+8613900139001")->text, "10:30"));
	decision_done(&d);
}

static void
s44_withdrawing_is_confirmed_first(void **state)
{
	struct decision d;

	(void)state;
	wang_texts(&d, "撤回 T261123-0003");
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.match = MATCH_NUMBER;
	d.before.sender.is_participant = true;
	decision_run(&d);
	assert_non_null(sent(&d, "withdraw_ask", "+8613900139001"));
	assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
	decision_done(&d);

	wang_texts(&d, "是");
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.match = MATCH_OPEN_PHONE;
	d.before.sender.is_participant = true;
	decision_event(
	    &d, "withdraw_asked", "owner", 0, d.ctx.now - MSEC_HOUR);
	decision_run(&d);
	assert_int_equal(case_after(&d)->state, CASE_WITHDRAWN);
	assert_non_null(sent(&d, "withdrawn", NULL));
	assert_null(sent(&d, "followup", NULL));
	assert_non_null(
	    strstr(sent(&d, "notice", "lin")->text, "业主已撤回"));
	assert_true(timer_stopped(&d, TIMER_REPLY));
	decision_done(&d);
}

static void
an_unclear_text_gets_one_prompt_within_the_brakes(void **state)
{
	for (int braked = 0; braked < 2; braked++) {
		struct decision d;

		(void)state;
		wang_texts(&d, "?");
		d.before.sender.automatic.in_10min = braked ? 5 : 0;
		decision_run(&d);
		assert_string_equal(bin_of(&d), "unclear");
		assert_int_equal(sent_count(&d, NULL), braked ? 0 : 1);
		decision_done(&d);
	}
}

/* The answer to who writes about no case is stopped by caps too; the first stop
 * of a day is told, whatever was told of other caps. */
static void
caps_stop_an_answer_and_tell_it_once(void **state)
{
	static const struct {
		int64_t texts;
		size_t prompts, told_supervisor, told_admin;
		int all;
		enum cap told;
	} table[] = {
		{ 4999, 1, 0, 0, 19, CAP_NONE },
		{ 0, 0, 1, 0, 20, CAP_NONE },
		{ 0, 0, 0, 0, 20, CAP_NUMBER },
		{ 5000, 0, 1, 1, 0, CAP_NUMBER },
		{ 5000, 0, 0, 0, 0, CAP_TEXTS },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		wang_texts(&d, "?");
		d.before.sender.texts.all = table[i].all;
		d.before.spent.texts = table[i].texts;
		d.before.cap_is_told[table[i].told] = true;
		decision_run(&d);
		assert_int_equal(sent_count(&d, "unclear"), table[i].prompts);
		assert_int_equal(
		    sent_count(&d, "sms_cap"), table[i].told_supervisor);
		assert_int_equal(
		    sent_count(&d, "sms_cap_admin"), table[i].told_admin);
		decision_done(&d);
	}
}

static void
spam_is_never_answered(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_mail(&d, "sales@shop.example",
	    "代开各行业发票,点数优惠,先验后付,联系微信。");
	decision_run(&d);
	assert_string_equal(bin_of(&d), "spam");
	assert_int_equal(d.out.count, 1);
	decision_done(&d);
}

static void
r23_who_is_not_satisfied_hears_when_or_is_phoned(void **state)
{
	static const struct {
		bool has_address;
		const char *event;
	} table[] = { { true, "owner_told_reply_time" },
		{ false, "phone_task" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_FED_BACK);
		decision_owner(&d);
		d.before.the_case.fed_back_at = d.ctx.now - MSEC_DAY;
		d.before.the_case.handler = "sun";
		decision_mail(&d, "wang@owner.example", "没修好,还是漏水。");
		d.before.match = MATCH_TOKEN;
		if (!table[i].has_address)
			d.before.the_case.mail = d.before.the_case.phone = NULL;
		decision_run(&d);
		assert_int_equal(event_count(&d, "escalated"), 1);
		assert_int_equal(event_count(&d, table[i].event), 1);
		decision_done(&d);
	}
}

static void
r39_a_second_reopening_never_goes_down(void **state)
{
	static const struct {
		int level, reopened, after;
	} table[] = { { 1, 0, 2 }, { 1, 1, 4 }, { 4, 1, 5 }, { 5, 1, 5 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_FED_BACK);
		decision_owner(&d);
		d.before.the_case.fed_back_at = d.ctx.now - MSEC_DAY;
		d.before.the_case.handler = "sun";
		d.before.the_case.level = table[i].level;
		d.before.the_case.reopened = table[i].reopened;
		decision_mail(&d, "wang@owner.example", "没修好,还是漏水。");
		d.before.match = MATCH_TOKEN;
		decision_run(&d);
		assert_int_equal(case_after(&d)->level, table[i].after);
		assert_string_not_equal(case_after(&d)->handler, "sun");
		/* R27: the reviewer must take it. */
		assert_int_equal(timer_after(&d, TIMER_ESCALATION)->step,
		    table[i].after);
		decision_done(&d);
	}
}

/* ---- tone ---- */

static void
r5_anger_in_a_later_message_asks_for_a_call(void **state)
{
	static const struct {
		const char *own;
		enum severity severity;
		bool is_call;
	} table[] = {
		{ "太过分了!!!到底管不管!", SEVERITY_NORMAL, true },
		{ "请问什么时候来修?", SEVERITY_NORMAL, false },
		{ "太过分了!!!到底管不管!", SEVERITY_EMERGENCY, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("%s\n", table[i].own);
		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		decision_owner(&d);
		d.before.the_case.severity = table[i].severity;
		decision_mail(&d, "wang@owner.example", table[i].own);
		d.before.match = MATCH_TOKEN;
		decision_run(&d);
		assert_int_equal(event_count(&d, "call_task"), table[i].is_call);
		assert_int_equal(
		    timer_after(&d, TIMER_CALL) != NULL, table[i].is_call);
		assert_int_equal(case_after(&d)->agitated, table[i].is_call);
		decision_done(&d);
	}
}

static void
r45_abuse_in_a_later_message_is_told_to_the_supervisor_once(void **state)
{
	static const struct {
		bool was_hostile, is_told;
	} table[] = { { false, true }, { true, false } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		decision_owner(&d);
		d.before.the_case.hostile = table[i].was_hostile;
		decision_mail(&d, "wang@owner.example", "你们这帮混蛋,还没来修");
		d.before.match = MATCH_TOKEN;
		decision_run(&d);
		assert_true(case_after(&d)->hostile);
		assert_int_equal(
		    sent(&d, "followup", "chen") != NULL, table[i].is_told);
		/* No text of ours answers it. */
		assert_null(sent(&d, NULL, "wang@owner.example"));
		decision_done(&d);
	}
}

static void
s44_a_call_back_about_a_case_is_asked_of_its_first_responder(void **state)
{
	struct decision d;

	(void)state;
	wang_texts(&d, "回电");
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.first_responder = "zhou";
	d.before.sender.is_participant = true;
	d.before.match = MATCH_OPEN_PHONE;
	decision_run(&d);
	assert_non_null(sent(&d, "phone_task", "zhou"));
	assert_string_equal(event_of(&d, "phone_task")->reason, "callback");
	assert_int_equal(sent_count(&d, "callback"), 1);
	assert_null(bin_of(&d));
	decision_done(&d);
}

static void
s51_a_rating_that_tells_of_danger_is_an_alarm(void **state)
{
	struct decision d;

	(void)state;
	rate(&d, "1 现在电表箱冒烟了");
	assert_int_equal(case_after(&d)->rating, 1);
	assert_int_equal(case_after(&d)->state, CASE_REOPENED);
	assert_int_equal(case_after(&d)->severity, SEVERITY_EMERGENCY);
	assert_string_equal(event_of(&d, "reopened")->reason, "danger");
	assert_int_equal(event_count(&d, "alerted"), 1);
	assert_non_null(strstr(sent(&d, "alert", "chen")->text, "电表箱冒烟"));
	assert_non_null(sent(&d, "ack_emergency", "+8613900139001"));
	assert_non_null(timer_after(&d, TIMER_ALERT));
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    s433_a_follow_up_is_told_to_handler_and_first_responder),
		cmocka_unit_test(s433_thanks_alone_cost_nobody_any_time),
		cmocka_unit_test(
		    s433_that_it_works_is_news_only_while_the_case_is_open),
		cmocka_unit_test(s23_within_seven_days_it_reopens),
		cmocka_unit_test(
		    r39_a_second_reopening_goes_to_l4_and_never_to_the_handler),
		cmocka_unit_test(s23_after_seven_days_it_is_a_case_of_its_own),
		cmocka_unit_test(s1_danger_in_a_follow_up_raises_the_alarm),
		cmocka_unit_test(
		    r24_what_is_new_in_an_emergency_is_alarmed_anew),
		cmocka_unit_test(
		    a_stranger_with_a_case_number_opens_a_case_of_their_own),
		cmocka_unit_test(r34_a_good_rating_is_kept_and_told),
		cmocka_unit_test(
		    s27_a_number_that_is_no_score_is_asked_again_once),
		cmocka_unit_test(s27_the_second_such_number_is_kept_and_no_more),
		cmocka_unit_test(
		    r39_a_low_rating_of_an_open_case_is_read_by_who_has_it),
		cmocka_unit_test(
		    r38_r39_a_low_rating_with_words_reopens_above_the_handler),
		cmocka_unit_test(r53_opting_out_is_confirmed_once),
		cmocka_unit_test(r53_after_an_opt_out_no_prompt_is_sent),
		cmocka_unit_test(what_is_no_number_gets_no_text),
		cmocka_unit_test(
		    r42_a_number_that_is_not_theirs_and_one_that_is_not_look_the_same),
		cmocka_unit_test(r42_the_own_case_is_told),
		cmocka_unit_test(r42_the_own_case_is_told_by_mail_too),
		cmocka_unit_test(r42_a_token_that_was_passed_on_tells_no_state),
		cmocka_unit_test(
		    r42_the_sixth_question_in_an_hour_is_not_answered),
		cmocka_unit_test(
		    s44_a_call_back_is_asked_of_the_duty_agent_within_half_an_hour),
		cmocka_unit_test(s44_withdrawing_is_confirmed_first),
		cmocka_unit_test(
		    an_unclear_text_gets_one_prompt_within_the_brakes),
		cmocka_unit_test(caps_stop_an_answer_and_tell_it_once),
		cmocka_unit_test(spam_is_never_answered),
		cmocka_unit_test(r5_anger_in_a_later_message_asks_for_a_call),
		cmocka_unit_test(
		    r45_abuse_in_a_later_message_is_told_to_the_supervisor_once),
		cmocka_unit_test(
		    r23_who_is_not_satisfied_hears_when_or_is_phoned),
		cmocka_unit_test(r39_a_second_reopening_never_goes_down),
		cmocka_unit_test(
		    s44_a_call_back_about_a_case_is_asked_of_its_first_responder),
		cmocka_unit_test(s51_a_rating_that_tells_of_danger_is_an_alarm),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
