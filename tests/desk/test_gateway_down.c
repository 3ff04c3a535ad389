/*
 * A gateway that refuses us, or is away: what is urgent does not wait for it,
 * all else does, for three days.
 */
#include "tests/support/cmocka_fence.h"

#include <string.h>

#include "core/config.h"
#include "store/outbox.h"
#include "tests/support/stage.h"

#define WANG       "wang@owner.example"
#define WANG_PHONE "+8613900139001"
#define HUANG      "+8613900139003"
#define LIN        "lin@sunshine.example"
#define ADMIN      "admin@hq.example"
#define FIRE       "3号楼2单元501着火了"

static const struct receipt accepted = { .code = 202 };
static const struct receipt away = { .result = ERR_TEMP };
static const struct receipt bad_login = {
	.result = ERR_CONF, .code = 403, .answer = "Authorization failed"
};

static size_t
texts(const struct stage *stage)
{
	size_t count = 0;

	for (size_t i = 0; i < stage->sent_count; i++)
		count += stage->sent[i].lane == STAGE_GATEWAY;
	return count;
}

static void
what_is_urgent_does_not_wait_for_a_gateway_that_refuses_us(void **state)
{
	struct stage *stage = *state;
	size_t tried;

	stage->lanes[STAGE_GATEWAY].by_hand = true;
	stage_text(stage, "k1");
	stage_turns(stage);
	assert_int_equal(stage_settle_all(stage, bad_login), 1);
	assert_true(channel_is_down(stage->fixture->store, "gateway"));
	assert_int_equal(stage_told(stage, ADMIN, "channel_down"), 1);
	tried = texts(stage);
	/* Its owner and staff hear by mail in the same moment; the gateway is
	 * not even asked. */
	stage_say(stage, "k2", WANG_PHONE, FIRE);
	assert_int_equal(texts(stage), tried);
	assert_int_equal(stage_told(stage, WANG, "ack_emergency"), 1);
	assert_int_equal(stage_told(stage, LIN, "alert"), 1);
	/* L2 is not told of each alarm that went by mail alone. */
	assert_int_equal(stage_told(stage, "chen@sunshine.example",
			     "colleague_unreached"),
	    0);
	/* The owner who has no mail is called. */
	stage_say(stage, "k3", HUANG, "3-2-601着火了");
	assert_int_equal(stage_told(stage, LIN, "phone_task"), 1);
	assert_non_null(
	    strstr(stage_told_text(stage, LIN, "phone_task"), "短信通道中断"));
	/* It is mended: what waited goes, and nothing that went by mail. */
	stage_turns_at(stage, MORNING + 40 * MSEC_SECOND);
	assert_int_equal(stage_settle_all(stage, accepted), 1);
	while (stage_settle_all(stage, accepted) > 0)
		;
	assert_int_equal(stage_told(stage, ADMIN, "channel_up"), 1);
	assert_int_equal(stage_told(stage, ADMIN, "channel_down"), 1);
	assert_int_equal(stage_told(stage, HUANG, "ack"), 2);
	assert_int_equal(stage_told(stage, HUANG, "ack_emergency"), 0);
	assert_int_equal(stage_told(stage, WANG_PHONE, "ack_emergency"), 0);
	assert_int_equal(out_waiting_count(stage->fixture->store), 0);
}

/* Also those that wait behind the one that asks whether it was mended. */
static void
texts_for_a_gateway_that_nobody_mends_end_after_three_days(void **state)
{
	struct stage *stage = *state;
	out_id first;
	size_t tried;

	stage->lanes[STAGE_GATEWAY].by_hand = true;
	stage_text(stage, "k1");
	stage_turns(stage);
	first = stage_last(stage, HUANG)->out;
	assert_int_equal(stage_settle_all(stage, bad_login), 1);
	tried = texts(stage);
	stage_say(stage, "k2", WANG_PHONE, "电梯坏了");
	assert_int_equal(texts(stage), tried);
	stage_turns_at(stage, MORNING + 3 * MSEC_DAY - MSEC_MINUTE);
	assert_int_equal(stage_settle_all(stage, bad_login), 1);
	assert_int_equal(stage_status(stage, first).state, OUT_QUEUED);
	assert_int_equal(stage_told(stage, WANG, "ack"), 0);
	stage_turns_at(stage, MORNING + 3 * MSEC_DAY + 20 * MSEC_MINUTE);
	assert_int_equal(stage_settle_all(stage, bad_login), 1);
	/* It asked with the other one. */
	assert_int_equal(stage_told(stage, HUANG, "ack"), 2);
	assert_int_equal(stage_told(stage, WANG_PHONE, "ack"), 1);
	assert_int_equal(stage_status(stage, first).state, OUT_FAILED);
	assert_int_equal(stage_told(stage, WANG, "ack"), 1);
	assert_int_equal(stage_told(stage, LIN, "delivery_failed"), 1);
	/* What is younger goes on waiting. */
	assert_true(out_waiting_count(stage->fixture->store) > 0);
}

/* The urgent text that finds out is itself not kept. */
static void
the_urgent_text_that_is_refused_goes_another_way(void **state)
{
	struct stage *stage = *state;

	stage->lanes[STAGE_GATEWAY].by_hand = true;
	stage_say(stage, "k1", WANG_PHONE, FIRE);
	assert_int_equal(stage_told(stage, WANG_PHONE, "ack_emergency"), 1);
	assert_int_equal(stage_told(stage, WANG, "ack_emergency"), 0);
	assert_true(stage_settle_all(stage, bad_login) > 1);
	assert_int_equal(stage_told(stage, WANG, "ack_emergency"), 1);
	assert_int_equal(stage_told(stage, ADMIN, "channel_down"), 1);
	stage_turns_at(stage, MORNING + MSEC_MINUTE);
	assert_int_equal(stage_told(stage, WANG_PHONE, "ack_emergency"), 1);
}

static void
a_restart_while_it_is_down_tells_nobody_twice(void **state)
{
	struct stage *stage = *state;

	stage->lanes[STAGE_GATEWAY].by_hand = true;
	stage_text(stage, "k1");
	stage_turns(stage);
	assert_int_equal(stage_settle_all(stage, bad_login), 1);
	stage_stop(stage);
	stage_start(stage);
	stage_turns(stage);
	assert_int_equal(stage_settle_all(stage, bad_login), 1);
	assert_int_equal(stage_told(stage, ADMIN, "channel_down"), 1);
	stage_say(stage, "k2", WANG_PHONE, FIRE);
	assert_int_equal(stage_told(stage, WANG, "ack_emergency"), 1);
	assert_int_equal(stage_told(stage, WANG_PHONE, "ack_emergency"), 0);
}

/* Nobody knows when it will be back; in an emergency ten minutes are long. */
static void
a_gateway_that_is_away_is_waited_for_ten_minutes(void **state)
{
	struct stage *stage = *state;
	msec_t until = MORNING + 10 * MSEC_MINUTE;

	stage->lanes[STAGE_GATEWAY].by_hand = true;
	stage_say(stage, "k1", WANG_PHONE, FIRE);
	for (msec_t at = MORNING; at < until; at += 30 * MSEC_SECOND) {
		stage_turns_at(stage, at);
		(void)stage_settle_all(stage, away);
		assert_int_equal(stage_told(stage, WANG, "ack_emergency"), 0);
	}
	stage_turns_at(stage, until + 5 * MSEC_MINUTE);
	(void)stage_settle_all(stage, away);
	assert_int_equal(stage_told(stage, WANG, "ack_emergency"), 1);
	assert_false(channel_is_down(stage->fixture->store, "gateway"));
}

/* Whenever nothing else wakes it, its own clock does. */
static void
a_quiet_desk_gives_an_urgent_text_up_on_the_minute(void **state)
{
	struct stage *stage = *state;
	msec_t until = MORNING + 7 * MSEC_MINUTE;

	stage_gateway(stage)->report_urgent_minutes = 7;
	stage->lanes[STAGE_GATEWAY].by_hand = true;
	stage_say(stage, "k1", WANG_PHONE, FIRE);
	for (int i = 0; stage_told(stage, WANG, "ack_emergency") == 0; i++) {
		assert_in_range(i, 0, 100);
		assert_true(stage->now < until);
		(void)stage_settle_all(stage, away);
		assert_true(desk_next(stage->desk) > stage->now);
		stage_turns_at(stage, desk_next(stage->desk));
	}
	assert_int_equal(stage->now, until);
}

/* A turn takes a part of them; the next one comes at once. */
static void
however_many_are_urgent_none_waits_for_the_end_of_the_rest(void **state)
{
	struct stage *stage = *state;

	stage->lanes[STAGE_GATEWAY].by_hand = true;
	stage_text(stage, "k1");
	stage_turns(stage);
	stage_sql(stage,
	    "WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 "
	    "FROM n WHERE i < 1199) INSERT INTO outbox (id, estate, channel, "
	    "role, recipient, template, language, null_sender, sender, "
	    "reply_kind, is_automatic, is_urgent, is_outcome, created_at, "
	    "not_before, state) SELECT i, 'sunshine', 'sms', 'staff', "
	    "'+8613900139009', 'alert', 'zh-CN', 0, 'gateway', 'none', 1, 1, "
	    "0, created_at, created_at, 'queued' FROM outbox, n "
	    "WHERE recipient = '" HUANG "'");
	assert_int_equal(out_waiting_count(stage->fixture->store), 201);
	assert_int_equal(stage_settle_all(stage, bad_login), 1);
	/* The one that asks whether it was mended, alone. */
	assert_int_equal(out_waiting_count(stage->fixture->store), 1);
	assert_true(desk_next(stage->desk) > stage->now);
}

static void
an_urgent_text_does_not_wait_out_a_long_pause(void **state)
{
	static const struct {
		msec_t pause;
		size_t mails;
	} table[] = { { 5 * MSEC_MINUTE, 0 }, { MSEC_HOUR, 1 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct stage *stage;
		struct stage_sent *sent;
		void *one = NULL;

		(void)stage_setup(&one);
		stage = one;
		sent = stage_text_in_flight(stage, WANG_PHONE, FIRE);
		stage_settle(stage, sent,
		    (struct receipt){ .result = ERR_TEMP,
			.code = 429,
			.retry_after = table[i].pause });
		assert_int_equal(
		    stage_told(stage, WANG, "ack_emergency"), table[i].mails);
		(void)stage_teardown(&one);
	}
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_urgent_does_not_wait_for_a_gateway_that_refuses_us),
		TEST(texts_for_a_gateway_that_nobody_mends_end_after_three_days),
		TEST(the_urgent_text_that_is_refused_goes_another_way),
		TEST(a_restart_while_it_is_down_tells_nobody_twice),
		TEST(a_gateway_that_is_away_is_waited_for_ten_minutes),
		TEST(a_quiet_desk_gives_an_urgent_text_up_on_the_minute),
		TEST(however_many_are_urgent_none_waits_for_the_end_of_the_rest),
		cmocka_unit_test(an_urgent_text_does_not_wait_out_a_long_pause),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
