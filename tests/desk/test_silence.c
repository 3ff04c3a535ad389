/*
 * Messages of which nobody knows whether they arrived.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <string.h>

#include "store/owners.h"
#include "tests/support/stage.h"

#define WANG	   "wang@owner.example"
#define WANG_PHONE "+8613900139001"
#define HUANG	   "+8613900139003"

/* One turn that must fail with these words. */
static void
turn_cannot(struct stage *stage, const char *why)
{
	struct err err = { 0 };

	assert_int_equal(desk_turn(stage->desk, stage->now, &err), -1);
	assert_non_null(strstr(err.msg, why));
}

static const struct receipt in_the_dark = { .result = ERR_TEMP,
	.is_unknown = true };

/* ---- texts of unknown fate ---- */

static void
a_silent_text_waits_goes_once_more_and_then_another_way(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent =
	    stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");
	out_id out = sent->out;

	stage_settle(stage, sent, in_the_dark);
	assert_int_equal(stage_status(stage, out).state, OUT_UNKNOWN);
	stage_turns_at(stage, MORNING + 10 * MSEC_MINUTE - 1);
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 1);
	stage_turns_at(stage, MORNING + 10 * MSEC_MINUTE);
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 2);
	sent = stage_last(stage, WANG_PHONE);
	assert_int_equal(sent->out, out);
	stage_settle(stage, sent, in_the_dark);
	assert_int_equal(stage_sent_to(stage, WANG), 0);
	stage_turns_at(stage, MORNING + 20 * MSEC_MINUTE);
	assert_int_equal(stage_status(stage, out).state, OUT_FAILED);
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 2);
	assert_int_equal(stage_sent_to(stage, WANG), 1);
	assert_string_equal(
	    stage_last(stage, WANG)->template_name, "ack");
}

static void
a_text_that_is_held_goes_another_way_at_once(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent =
	    stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");
	out_id out = sent->out;

	stage_provider(stage)->unknown =
	    (struct sms_unknown){ .policy = SMS_UNKNOWN_HOLD };
	stage_settle(stage, sent, in_the_dark);
	stage_turns_at(stage, MORNING + 10 * MSEC_MINUTE);
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 1);
	assert_int_equal(stage_status(stage, out).state, OUT_FAILED);
	assert_int_equal(stage_sent_to(stage, WANG), 1);
}

static void
a_gateway_that_wants_a_pause_gets_it(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent =
	    stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");

	stage_settle(stage, sent,
	    (struct receipt){ .result = ERR_TEMP,
		.code = 429,
		.retry_after = MSEC_HOUR });
	stage_turns_at(stage, MORNING + MSEC_HOUR - 1);
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 1);
	stage_turns_at(stage, MORNING + MSEC_HOUR);
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 2);
}

static void
who_has_opted_out_at_the_gateway_has_here(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent =
	    stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");

	stage_settle(stage, sent,
	    (struct receipt){ .result = ERR_PERM,
		.code = 400,
		.is_optout = true });
	assert_int_equal(stage_status(stage, sent->out).state, OUT_FAILED);
	assert_true(opt_is_out(stage->fixture->store, WANG_PHONE));
}

static void
what_waited_does_not_go_after_an_opt_out(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent =
	    stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");
	out_id out = sent->out;

	stage_settle(stage, sent,
	    (struct receipt){ .result = ERR_TEMP,
		.code = 429,
		.retry_after = MSEC_HOUR });
	stage_turns_at(stage, MORNING + MSEC_MINUTE);
	stage_sql(stage, "INSERT INTO opt_outs (address, channel, is_out, "
			 "changed_at) SELECT '" WANG_PHONE
			 "', 'sms', 1, created_at + 1 FROM outbox "
			 "WHERE recipient = '" WANG_PHONE "'");
	stage_turns_at(stage, MORNING + MSEC_HOUR);
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 1);
	assert_int_equal(stage_status(stage, out).state, OUT_FAILED);
	assert_non_null(
	    strstr(stage_status(stage, out).answer, "has opted out"));
	/* Somebody is told, or it went another way. */
	assert_true(stage_sent_to(stage, WANG) > 0 ||
		    stage_sent_to(stage, "lin@sunshine.example") > 0);
}

/* A store that does not say who has opted out is no leave to send. */
static void
nothing_goes_while_the_opt_outs_cannot_be_read(void **state)
{
	static const struct {
		const char *opt_out; /* meanwhile */
		size_t texts;
		enum out_state then;
	} table[] = { { "SELECT 1", 2, OUT_SENDING },
		{ "INSERT INTO opt_outs_away (address, channel, is_out, "
		  "changed_at) SELECT '" WANG_PHONE
		  "', 'sms', 1, created_at + 1 FROM outbox "
		  "WHERE recipient = '" WANG_PHONE "'",
		    1, OUT_FAILED } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct stage *stage;
		struct stage_sent *sent;
		void *one = NULL;

		(void)stage_setup(&one);
		stage = one;
		sent = stage_text_in_flight(stage, WANG_PHONE, "电梯坏了");
		stage_settle(stage, sent,
		    (struct receipt){ .result = ERR_TEMP,
			.code = 429,
			.retry_after = 2 * MSEC_MINUTE });
		stage_sql(
		    stage, "ALTER TABLE opt_outs RENAME TO opt_outs_away");
		stage_sql(stage, table[i].opt_out);
		stage->now = MORNING + 2 * MSEC_MINUTE;
		turn_cannot(stage, "no such table: opt_outs");
		turn_cannot(stage, "no such table: opt_outs");
		assert_int_equal(stage_sent_to(stage, WANG_PHONE), 1);
		assert_int_equal(stage_status(stage, sent->out).state, OUT_QUEUED);
		assert_int_equal(stage_status(stage, sent->out).attempts, 1);
		stage_sql(
		    stage, "ALTER TABLE opt_outs_away RENAME TO opt_outs");
		stage_turns(stage);
		assert_int_equal(
		    stage_sent_to(stage, WANG_PHONE), table[i].texts);
		assert_int_equal(
		    stage_status(stage, sent->out).state, table[i].then);
		(void)stage_teardown(&one);
	}
}

static void
an_emergency_waits_a_minute_only(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent =
	    stage_text_in_flight(stage, WANG_PHONE, "3号楼2单元501着火了");

	assert_string_equal(sent->template_name, "ack_emergency");
	stage_settle(stage, sent, in_the_dark);
	stage_turns_at(stage, MORNING + MSEC_MINUTE - 1);
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 1);
	stage_turns_at(stage, MORNING + MSEC_MINUTE);
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 2);
}

static void
a_report_ends_the_waiting_for_its_text_alone(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *first, *second;
	char query[120];

	stage_by_hand(stage);
	stage_text(stage, "k1");
	stage_turns(stage);
	stage_accept_others(stage, stage_last(stage, HUANG)->out);
	first = stage_last(stage, HUANG);
	stage_settle(stage, first, in_the_dark);
	stage_turns_at(stage, MORNING + 5 * MSEC_MINUTE);
	second = stage_text_in_flight(stage, WANG_PHONE, "灯不亮");
	stage_settle(stage, second, in_the_dark);
	(void)snprintf(query, sizeof(query),
	    "{\"id\":\"%lld-%lld-%lld\",\"type\":\"1\"}", (long long)first->out,
	    (long long)first->attempt, (long long)first->created_at);
	stage_push(stage, true, query);
	stage_turns(stage);
	assert_int_equal(stage_status(stage, first->out).state, OUT_DELIVERED);
	stage_turns_at(stage, MORNING + 10 * MSEC_MINUTE);
	assert_int_equal(stage_sent_to(stage, HUANG), 1);
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 1);
	stage_turns_at(stage, MORNING + 15 * MSEC_MINUTE);
	assert_int_equal(stage_sent_to(stage, HUANG), 1);
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 2);
}

/* ---- a crash while it was sent ---- */

static void
a_mail_in_flight_at_a_crash_goes_again_under_its_name(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent = stage_mail_in_flight(stage, WANG);

	stage_stop(stage);
	stage_start(stage);
	stage_turns_at(stage, MORNING + 29 * MSEC_SECOND);
	assert_int_equal(stage_sent_to(stage, WANG), 1);
	stage_turns_at(stage, MORNING + 30 * MSEC_SECOND);
	assert_int_equal(stage_sent_to(stage, WANG), 2);
	assert_int_equal(stage_last(stage, WANG)->out, sent->out);
	assert_true(strlen(sent->wire_id) > 0);
	assert_string_equal(stage_last(stage, WANG)->wire_id, sent->wire_id);
	stage_settle(stage, stage_last(stage, WANG),
	    (struct receipt){ .code = 250 });
	assert_int_equal(stage_status(stage, sent->out).attempts, 2);
}

static void
a_text_in_flight_at_a_crash_waits_for_its_report(void **state)
{
	struct stage *stage = *state;
	out_id out = stage_text_in_flight(stage, WANG_PHONE, "电梯坏了")->out;

	stage_stop(stage);
	stage->now = MORNING + MSEC_SECOND;
	stage_start(stage);
	stage_turns(stage);
	assert_int_equal(stage_status(stage, out).state, OUT_UNKNOWN);
	stage_turns_at(stage, MORNING + 10 * MSEC_MINUTE);
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 1);
	stage_turns_at(stage, MORNING + 10 * MSEC_MINUTE + MSEC_SECOND);
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 2);
	/* Another crash: the waiting goes on where it was. */
	stage_settle(stage, stage_last(stage, WANG_PHONE), in_the_dark);
	stage_stop(stage);
	stage->now += 5 * MSEC_MINUTE;
	stage_start(stage);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, WANG), 0);
	stage_turns_at(stage, MORNING + 20 * MSEC_MINUTE + MSEC_SECOND);
	assert_int_equal(stage_sent_to(stage, WANG), 1);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_silent_text_waits_goes_once_more_and_then_another_way),
		TEST(a_text_that_is_held_goes_another_way_at_once),
		TEST(a_gateway_that_wants_a_pause_gets_it),
		TEST(who_has_opted_out_at_the_gateway_has_here),
		TEST(what_waited_does_not_go_after_an_opt_out),
		cmocka_unit_test(
		    nothing_goes_while_the_opt_outs_cannot_be_read),
		TEST(an_emergency_waits_a_minute_only),
		TEST(a_report_ends_the_waiting_for_its_text_alone),
		TEST(a_mail_in_flight_at_a_crash_goes_again_under_its_name),
		TEST(a_text_in_flight_at_a_crash_waits_for_its_report),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
