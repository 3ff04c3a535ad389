/*
 * What gateways report of our texts, in whatever order; and texts of which they
 * report nothing.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <string.h>

#include "core/config.h"
#include "lib/text.h"
#include "store/outbox.h"
#include "tests/support/stage.h"

#define WANG       "wang@owner.example"
#define WANG_PHONE "+8613900139001"
#define HUANG      "+8613900139003"
#define LIN        "lin@sunshine.example"
#define FIRE       "3号楼2单元501着火了"

enum { DELIVERED = 1, FAILED = 2, SENT = 8, EXPIRED = 34, NOT_KNOWN = 0 };

static const struct receipt accepted = { .code = 202 };
static const struct receipt in_the_dark = { .result = ERR_TEMP,
	.is_unknown = true };

static enum out_state
state_of(struct stage *stage, out_id out)
{
	return stage_status(stage, out).state;
}

/* ---- the order in which they come ---- */

/* a: the answer to the sending; d s x f ?: what is reported. */
static void
play(struct stage *stage, const struct stage_sent *sent, const char *steps)
{
	static const struct {
		char step;
		int type;
	} types[] = { { 'd', DELIVERED }, { 's', SENT }, { 'x', EXPIRED },
		{ 'f', FAILED }, { '?', NOT_KNOWN } };
	/* What is sent meanwhile moves nothing here. */
	struct stage_sent mine = *sent;

	for (; *steps != '\0'; steps++) {
		if (*steps == 'a')
			stage_settle(stage, &mine, accepted);
		for (size_t i = 0; i < ARRAY_COUNT(types); i++)
			if (types[i].step == *steps)
				stage_report(stage, &mine, types[i].type);
	}
}

static void
reports_may_come_in_any_order_and_again(void **state)
{
	static const struct {
		const char *steps;
		enum out_state state;
		size_t mails; /* what failed is said by mail, once */
	} table[] = {
		{ "a", OUT_ACCEPTED, 0 },
		{ "asd", OUT_DELIVERED, 0 },
		{ "asx", OUT_EXPIRED, 1 },
		{ "asf", OUT_FAILED, 1 },
		/* before the answer */
		{ "da", OUT_DELIVERED, 0 },
		{ "sa", OUT_SENT, 0 },
		{ "sad", OUT_DELIVERED, 0 },
		{ "fa", OUT_FAILED, 1 },
		{ "xa", OUT_EXPIRED, 1 },
		/* out of order */
		{ "ads", OUT_DELIVERED, 0 },
		{ "adf", OUT_DELIVERED, 0 },
		{ "adx", OUT_DELIVERED, 0 },
		{ "afs", OUT_FAILED, 1 },
		{ "afd", OUT_DELIVERED, 1 },
		{ "axd", OUT_DELIVERED, 1 },
		{ "axf", OUT_EXPIRED, 1 },
		/* again */
		{ "assdd", OUT_DELIVERED, 0 },
		{ "affxx", OUT_FAILED, 1 },
		{ "dda", OUT_DELIVERED, 0 },
		/* the network does not know */
		{ "a?", OUT_ACCEPTED, 0 },
		{ "?a?s?d?", OUT_DELIVERED, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct stage *stage;
		struct stage_sent *sent;
		void *one = NULL;

		(void)stage_setup(&one);
		stage = one;
		print_message("# %s\n", table[i].steps);
		sent = stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");
		play(stage, sent, table[i].steps);
		assert_int_equal(state_of(stage, sent->out), table[i].state);
		assert_int_equal(stage_sent_to(stage, WANG_PHONE), 1);
		assert_int_equal(stage_sent_to(stage, WANG), table[i].mails);
		(void)stage_teardown(&one);
	}
}

static void
a_report_in_a_word_that_nobody_knows_is_logged(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent =
	    stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");

	stage_settle(stage, sent, accepted);
	stage_push(stage, true, "{\"id\":\"x1\",\"type\":\"SMSC_LIKES_IT\"}");
	stage_turns(stage);
	assert_int_equal(stage->status, 200);
	assert_non_null(strstr(buf_text(&stage->log),
	    "warn report channel=gateway id=x1 "
	    "err=\"it says nothing known: SMSC_LIKES_IT\";"));
	assert_int_equal(state_of(stage, sent->out), OUT_ACCEPTED);
}

static void
a_report_after_the_case_is_closed_is_taken(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent =
	    stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");

	stage_settle(stage, sent, accepted);
	stage_sql(stage, "UPDATE cases SET state = 'closed', is_open = 0, "
			 "closed_at = received_at");
	stage_report(stage, sent, FAILED);
	assert_int_equal(state_of(stage, sent->out), OUT_FAILED);
	/* It is not acknowledged once more. */
	assert_int_equal(stage_told(stage, WANG, "ack"), 0);
	stage_report(stage, sent, DELIVERED);
	assert_int_equal(state_of(stage, sent->out), OUT_DELIVERED);
	assert_int_equal(stage_told(stage, LIN, "arrived_late"), 0);
}

static void
a_report_by_the_id_that_every_attempt_has_is_known(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent =
	    stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");
	char id[48];

	(void)snprintf(id, sizeof(id), "%lld-%lld", (long long)sent->out,
	    (long long)stage->now);
	stage_report_of(stage, id, DELIVERED);
	assert_int_equal(state_of(stage, sent->out), OUT_DELIVERED);
}

/* ---- too early: we do not know the gateway's id yet ---- */

static const struct receipt with_id = { .code = 202, .provider_id = "P-7" };

static void
a_report_that_comes_before_the_id_waits_for_it(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent =
	    stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");

	stage_report_of(stage, "P-8", FAILED);
	stage_report_of(stage, "P-7", SENT);
	stage_report_of(stage, "P-7", DELIVERED);
	stage_report_of(stage, "P-7", DELIVERED);
	assert_int_equal(state_of(stage, sent->out), OUT_SENDING);
	stage_settle(stage, sent, with_id);
	assert_int_equal(state_of(stage, sent->out), OUT_DELIVERED);
	assert_int_equal(stage_sent_to(stage, WANG), 0);
	/* From now on the id is known. */
	stage_report_of(stage, "P-7", SENT);
	assert_int_equal(state_of(stage, sent->out), OUT_DELIVERED);
}

static void
a_report_that_waits_survives_a_death(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent =
	    stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");
	out_id out = sent->out;

	stage_report_of(stage, "P-7", DELIVERED);
	stage_stop(stage);
	stage_start(stage);
	stage_turns(stage);
	assert_int_equal(state_of(stage, out), OUT_UNKNOWN);
	/* The second attempt asks first, and is told "have it, as P-7". */
	stage_turns_at(stage, MORNING + 10 * MSEC_MINUTE);
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 2);
	stage_settle(stage, stage_last(stage, WANG_PHONE), with_id);
	assert_int_equal(state_of(stage, out), OUT_DELIVERED);
}

static void
an_early_report_whose_decision_fails_harms_nothing(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent =
	    stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");

	stage_report_of(stage, "P-7", DELIVERED);
	stage_sql(stage,
	    "CREATE TRIGGER broken BEFORE UPDATE ON outbox WHEN NEW.state = "
	    "'delivered' BEGIN SELECT RAISE(ABORT, 'no'); END");
	stage_settle(stage, sent, with_id);
	assert_int_equal(state_of(stage, sent->out), OUT_ACCEPTED);
	assert_non_null(strstr(buf_text(&stage->log), "error report out="));
}

/* ---- which attempt ---- */

static void
a_report_of_an_earlier_attempt_tells_of_arrival_alone(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent =
	    stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");
	const struct stage_sent first = *sent;

	stage_settle(stage, sent, in_the_dark);
	stage_turns_at(stage, MORNING + 10 * MSEC_MINUTE);
	sent = stage_last(stage, WANG_PHONE);
	assert_int_not_equal(sent->attempt, first.attempt);
	stage_report(stage, &first, FAILED);
	stage_report(stage, &first, SENT);
	assert_int_equal(state_of(stage, first.out), OUT_SENDING);
	stage_report(stage, &first, DELIVERED);
	assert_int_equal(state_of(stage, first.out), OUT_DELIVERED);
	stage_settle(stage, sent, (struct receipt){ .result = ERR_PERM });
	assert_int_equal(state_of(stage, first.out), OUT_DELIVERED);
	assert_int_equal(stage_sent_to(stage, WANG), 0);
}

static void
what_is_to_go_again_does_not_once_it_is_reported(void **state)
{
	static const struct {
		int type;
		enum out_state state;
	} table[] = { { DELIVERED, OUT_DELIVERED }, { SENT, OUT_SENT } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct stage *stage;
		struct stage_sent *sent;
		void *one = NULL;

		(void)stage_setup(&one);
		stage = one;
		sent = stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");
		stage_settle(stage, sent, in_the_dark);
		desk_wind_down(stage->desk, true);
		stage_turns_at(stage, MORNING + 10 * MSEC_MINUTE);
		assert_int_equal(state_of(stage, sent->out), OUT_QUEUED);
		stage_report(stage, sent, table[i].type);
		assert_int_equal(state_of(stage, sent->out), table[i].state);
		desk_wind_down(stage->desk, false);
		stage_turns(stage);
		assert_int_equal(stage_sent_to(stage, WANG_PHONE), 1);
		(void)stage_teardown(&one);
	}
}

/* A refusal for now is not one of the two tries of rules.md 5.38. */
static void
only_what_nobody_knows_of_counts_as_unknown(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent =
	    stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");
	out_id out = sent->out;

	stage_settle(
	    stage, sent, (struct receipt){ .result = ERR_TEMP, .code = 503 });
	stage_turns_at(stage, stage->now + 2 * MSEC_MINUTE);
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 2);
	stage_settle(stage, stage_last(stage, WANG_PHONE), in_the_dark);
	stage_turns_at(stage, stage->now + 10 * MSEC_MINUTE);
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 3);
	stage_settle(stage, stage_last(stage, WANG_PHONE), in_the_dark);
	stage_turns_at(stage, stage->now + 10 * MSEC_MINUTE);
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 3);
	assert_int_equal(state_of(stage, out), OUT_FAILED);
	assert_int_equal(stage_sent_to(stage, WANG), 1);
}

/* ---- no report ---- */

static void
a_text_without_a_report_goes_another_way(void **state)
{
	static const struct {
		const char *text, *name;
		bool is_sent; /* the network has it, which is no arrival */
		msec_t limit;
	} table[] = {
		{ "电梯坏了", "ack", false, 4 * MSEC_HOUR },
		{ "电梯坏了", "ack", true, 4 * MSEC_HOUR },
		{ FIRE, "ack_emergency", false, 10 * MSEC_MINUTE },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct stage *stage;
		struct stage_sent *sent;
		void *one = NULL;
		out_id out;

		(void)stage_setup(&one);
		stage = one;
		sent = stage_text_in_flight(stage, WANG_PHONE, table[i].text);
		out = sent->out;
		stage_settle(stage, sent, accepted);
		stage->now += MSEC_MINUTE;
		if (table[i].is_sent)
			stage_report(stage, sent, SENT);
		/* Whatever happens to the desk meanwhile. */
		stage_stop(stage);
		stage_start(stage);
		stage_turns_at(stage, MORNING + table[i].limit - 1);
		assert_int_equal(stage_told(stage, WANG, table[i].name), 0);
		stage_turns_at(stage, MORNING + table[i].limit);
		assert_int_equal(stage_told(stage, WANG, table[i].name), 1);
		assert_int_equal(state_of(stage, out), OUT_FAILED);
		assert_int_equal(
		    stage_told(stage, WANG_PHONE, table[i].name), 1);
		/* Once is enough. */
		stage_accept_others(stage, 0);
		stage_turns_at(stage, MORNING + 2 * table[i].limit);
		assert_int_equal(stage_told(stage, WANG, table[i].name), 1);
		assert_int_equal(
		    stage_told(stage, WANG_PHONE, table[i].name), 1);
		(void)stage_teardown(&one);
	}
}

static void
where_there_is_no_other_way_staff_hear_and_hear_again(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent =
	    stage_text_in_flight(stage, HUANG, "电梯坏了");
	const struct stage_sent mine = *sent;

	stage_settle(stage, sent, accepted);
	stage_turns_at(stage, MORNING + 4 * MSEC_HOUR);
	stage_accept_others(stage, 0);
	assert_int_equal(stage_told(stage, LIN, "delivery_failed"), 1);
	assert_non_null(strstr(
	    stage_told_text(stage, LIN, "delivery_failed"), "没有送达回执"));
	stage_report(stage, &mine, DELIVERED);
	assert_int_equal(state_of(stage, mine.out), OUT_DELIVERED);
	assert_int_equal(stage_told(stage, LIN, "arrived_late"), 1);
	assert_int_equal(stage_sent_to(stage, HUANG), 1);
	stage_report(stage, &mine, DELIVERED);
	assert_int_equal(stage_told(stage, LIN, "arrived_late"), 1);
}

/* A gateway that names all messages alike names none of them. */
static void
a_report_by_an_id_that_several_texts_have_proves_nothing(void **state)
{
	const struct receipt same = { .code = 202, .provider_id = "SAME" };
	struct stage *stage = *state;
	struct stage_sent wang, huang;

	stage_by_hand(stage);
	stage_say(stage, "k1", WANG_PHONE, "电梯坏了");
	stage_say(stage, "k2", HUANG, "电梯坏了");
	wang = *stage_last(stage, WANG_PHONE);
	huang = *stage_last(stage, HUANG);
	stage_settle(stage, stage_last(stage, WANG_PHONE), same);
	stage_settle(stage, stage_last(stage, HUANG), same);
	stage_report_of(stage, "SAME", DELIVERED);
	stage_report_of(stage, "SAME", FAILED);
	assert_int_equal(state_of(stage, wang.out), OUT_ACCEPTED);
	assert_int_equal(state_of(stage, huang.out), OUT_ACCEPTED);
	assert_true(log_has(stage,
	    "warn report channel=gateway id=SAME err=\"the gateway gave "
	    "several messages this id; its report says nothing of any\""));
	/* Our own reference does. */
	stage_report(stage, &wang, DELIVERED);
	assert_int_equal(state_of(stage, wang.out), OUT_DELIVERED);
	/* The other goes the way of silence. */
	stage_turns_at(stage, MORNING + 4 * MSEC_HOUR);
	assert_int_equal(state_of(stage, huang.out), OUT_FAILED);
}

/* No report is that late, and some gateways begin anew with their numbers. */
static void
an_id_of_last_week_is_another_texts_today(void **state)
{
	const struct receipt same = { .code = 202, .provider_id = "7" };
	static const msec_t gaps[] = { 6 * MSEC_DAY, 8 * MSEC_DAY };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(gaps); i++) {
		void *one = NULL;
		struct stage *stage;
		out_id out;

		(void)stage_setup(&one);
		stage = one;
		stage_settle(stage,
		    stage_text_in_flight(stage, WANG_PHONE, "电梯坏了"),
		    same);
		stage_report_of(stage, "7", DELIVERED);
		stage->now += gaps[i];
		stage_say(stage, "k9", HUANG, "电梯坏了");
		out = stage_last(stage, HUANG)->out;
		stage_settle(stage, stage_last(stage, HUANG), same);
		stage_report_of(stage, "7", DELIVERED);
		assert_int_equal(state_of(stage, out),
		    i == 0 ? OUT_ACCEPTED : OUT_DELIVERED);
		(void)stage_teardown(&one);
	}
}

static void
a_channel_without_reports_is_not_waited_for(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent;

	stage_gateway(stage)->has_reports = false;
	sent = stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");
	stage_settle(stage, sent, accepted);
	assert_int_equal(stage_status(stage, sent->out).report_due, 0);
	stage_turns_at(stage, MORNING + 5 * MSEC_HOUR);
	assert_int_equal(state_of(stage, sent->out), OUT_ACCEPTED);
	assert_int_equal(stage_told(stage, WANG, "ack"), 0);
}

static void
a_channel_that_is_gone_from_the_settings_is_given_up(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent =
	    stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");
	out_id out = sent->out;

	stage_settle(stage, sent, in_the_dark);
	stage_sql(
	    stage, "UPDATE outbox SET sender = 'old' WHERE channel = 'sms'");
	stage_stop(stage);
	stage_start(stage);
	stage_turns_at(stage, MORNING + 10 * MSEC_MINUTE);
	assert_int_equal(state_of(stage, out), OUT_FAILED);
	assert_int_equal(stage_told(stage, WANG, "ack"), 1);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reports_may_come_in_any_order_and_again),
		TEST(a_report_in_a_word_that_nobody_knows_is_logged),
		TEST(a_report_after_the_case_is_closed_is_taken),
		TEST(a_report_by_the_id_that_every_attempt_has_is_known),
		TEST(a_report_that_comes_before_the_id_waits_for_it),
		TEST(a_report_that_waits_survives_a_death),
		TEST(an_early_report_whose_decision_fails_harms_nothing),
		TEST(a_report_of_an_earlier_attempt_tells_of_arrival_alone),
		cmocka_unit_test(
		    what_is_to_go_again_does_not_once_it_is_reported),
		TEST(only_what_nobody_knows_of_counts_as_unknown),
		cmocka_unit_test(a_text_without_a_report_goes_another_way),
		TEST(where_there_is_no_other_way_staff_hear_and_hear_again),
		TEST(a_report_by_an_id_that_several_texts_have_proves_nothing),
		cmocka_unit_test(an_id_of_last_week_is_another_texts_today),
		TEST(a_channel_without_reports_is_not_waited_for),
		TEST(a_channel_that_is_gone_from_the_settings_is_given_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
