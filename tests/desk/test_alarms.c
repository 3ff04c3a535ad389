/*
 * A channel that went down or came back: the admin hears of it once, whatever
 * happens to the desk meanwhile.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <string.h>

#include "store/outbox.h"
#include "tests/support/stage.h"

#define WANG  "wang@owner.example"
#define HUANG "+8613900139003"
#define ADMIN "admin@hq.example"
#define LIN   "lin@sunshine.example"

static const struct receipt accepted = { .code = 250 };
static const struct receipt busy = { .result = ERR_TEMP, .code = 450 };
static const struct receipt away = { .result = ERR_TEMP };
static const struct receipt bad_login = {
	.result = ERR_CONF, .code = 535, .answer = "535 login refused"
};

static void
a_login_that_fails_is_told_to_the_admin_once(void **state)
{
	struct stage *stage = *state;

	stage->lanes[STAGE_GATEWAY].by_hand = true;
	stage_text(stage, "k1");
	stage_text(stage, "k2");
	stage_push(stage, false,
	    "{\"id\":\"k3\",\"from\":\"13900139001\",\"to\":\"10690001\","
	    "\"text\":\"灯不亮\",\"coding\":\"0\",\"charset\":\"UTF-8\"}");
	stage_turns(stage);
	assert_true(stage_settle_all(stage, bad_login) >= 2);
	assert_int_equal(stage_sent_to(stage, ADMIN), 1);
	assert_string_equal(
	    stage_last(stage, ADMIN)->template_name, "channel_down");
	assert_non_null(strstr(stage_last(stage, ADMIN)->text, "535"));
	assert_true(channel_is_down(stage->fixture->store, "gateway"));
	/* One message asks whether it was mended; not yet. */
	stage_turns_at(stage, stage->now + 40 * MSEC_SECOND);
	assert_int_equal(stage_settle_all(stage, bad_login), 1);
	assert_int_equal(stage_sent_to(stage, ADMIN), 1);
	stage_turns_at(stage, stage->now + 90 * MSEC_SECOND);
	assert_int_equal(stage_settle_all(stage, accepted), 1);
	assert_int_equal(stage_sent_to(stage, ADMIN), 2);
	assert_string_equal(
	    stage_last(stage, ADMIN)->template_name, "channel_up");
	assert_false(channel_is_down(stage->fixture->store, "gateway"));
	/* And the queue that waited goes. */
	assert_true(stage_settle_all(stage, accepted) >= 1);
	assert_int_equal(stage_sent_to(stage, ADMIN), 2);
	assert_int_equal(out_waiting_count(stage->fixture->store), 0);
}

static int
fail_times(struct stage *stage, int times)
{
	int failed = 0;

	for (int i = 0; i < times; i++) {
		failed += stage_settle_all(stage, away) > 0;
		stage_turns_at(stage, stage->now + 6 * MSEC_MINUTE);
	}
	return failed;
}

static void
a_gateway_that_cannot_be_reached_is_told_once_and_when_it_is_back(void **state)
{
	struct stage *stage = *state;

	stage->lanes[STAGE_GATEWAY].by_hand = true;
	stage_text(stage, "k1");
	stage_turns(stage);
	assert_int_equal(fail_times(stage, 5), 5);
	assert_int_equal(stage_sent_to(stage, ADMIN), 0);
	stage_forget_log(stage);
	assert_int_equal(fail_times(stage, 3), 3);
	assert_true(log_has(stage,
	    "error channel name=gateway (connection) state=down why=\"it "
	    "cannot be reached: "));
	assert_int_equal(stage_sent_to(stage, ADMIN), 1);
	assert_string_equal(
	    stage_last(stage, ADMIN)->template_name, "channel_down");
	assert_non_null(
	    strstr(stage_last(stage, ADMIN)->text, "gateway (connection)"));
	assert_non_null(strstr(stage_last(stage, ADMIN)->text, "消息1条"));
	/* Since the first try, not since it was told. */
	assert_non_null(strstr(stage_last(stage, ADMIN)->text, "自"));
	assert_non_null(strstr(stage_last(stage, ADMIN)->text, "09:00"));
	/* The next run knows that it was told. */
	stage_stop(stage);
	stage_start(stage);
	stage_turns(stage);
	assert_int_equal(fail_times(stage, 7), 7);
	assert_int_equal(stage_sent_to(stage, ADMIN), 1);
	/* Whatever it answers, it is there. */
	assert_int_equal(stage_settle_all(stage, busy), 1);
	assert_int_equal(stage_sent_to(stage, ADMIN), 2);
	assert_string_equal(
	    stage_last(stage, ADMIN)->template_name, "channel_up");
	assert_false(
	    channel_is_down(stage->fixture->store, "gateway (connection)"));
}

/* It refused us, and is restarted with another password. */
static void
a_gateway_that_refuses_us_is_not_at_once_told_as_away(void **state)
{
	struct stage *stage = *state;

	stage->lanes[STAGE_GATEWAY].by_hand = true;
	stage_text(stage, "k1");
	stage_turns(stage);
	for (int i = 0; i < 8; i++) {
		assert_int_equal(stage_settle_all(stage, bad_login), 1);
		stage_turns_at(stage, stage->now + 20 * MSEC_MINUTE);
	}
	assert_int_equal(fail_times(stage, 5), 5);
	assert_int_equal(stage_sent_to(stage, ADMIN), 1);
	assert_false(
	    channel_is_down(stage->fixture->store, "gateway (connection)"));
}

/* A mail about a relay does not go by that relay. */
static void
a_relay_that_cannot_be_reached_is_logged_alone(void **state)
{
	struct stage *stage = *state;

	stage->lanes[STAGE_RELAY].by_hand = true;
	stage_text(stage, "k1");
	stage_turns(stage);
	assert_int_equal(fail_times(stage, 7), 7);
	assert_true(
	    log_has(stage, "error channel name=relay (connection) state=down"));
	while (stage_settle_all(stage, accepted) > 0)
		;
	assert_false(
	    channel_is_down(stage->fixture->store, "relay (connection)"));
	assert_int_equal(stage_sent_to(stage, ADMIN), 0);
}

/* The relay takes what others write from. */
static void
an_address_that_is_refused_is_told_once_and_holds_up_no_other(void **state)
{
	static const struct receipt not_yours = { .result = ERR_CONF,
		.code = 553,
		.is_of_sender = true,
		.answer = "553 5.7.1 not owned by you" };
	struct stage *stage = *state;
	struct store *store = stage->fixture->store;
	out_id out;

	stage_by_hand(stage);
	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, LIN), 1);
	out = stage_last(stage, LIN)->out;
	stage_settle(stage, stage_last(stage, LIN), not_yours);
	assert_true(channel_is_down(store, "relay (estate sunshine)"));
	assert_false(channel_is_down(store, "relay"));
	assert_int_equal(stage_sent_to(stage, ADMIN), 1);
	/* What has no sender says nothing of the address. */
	stage_settle(stage, stage_last(stage, WANG), accepted);
	assert_true(channel_is_down(store, "relay (estate sunshine)"));
	/* Each waits by itself, and not for long. */
	stage_turns_at(stage, stage->now + 20 * MSEC_SECOND);
	assert_int_equal(stage_sent_to(stage, LIN), 1);
	stage_turns_at(stage, stage->now + MSEC_MINUTE);
	assert_int_equal(stage_sent_to(stage, LIN), 2);
	stage_settle(stage, stage_last(stage, LIN), not_yours);
	assert_int_equal(stage_sent_to(stage, ADMIN), 1);
	stage_turns_at(stage, stage->now + 2 * MSEC_MINUTE);
	assert_int_equal(stage_sent_to(stage, LIN), 3);
	stage_settle(stage, stage_last(stage, LIN), accepted);
	assert_false(channel_is_down(store, "relay (estate sunshine)"));
	assert_int_equal(stage_status(stage, out).state, OUT_ACCEPTED);
	assert_string_equal(
	    stage_last(stage, ADMIN)->template_name, "channel_up");
}

static void
a_mailbox_that_is_down_is_told_once_and_again_when_up(void **state)
{
	struct stage *stage = *state;
	struct err err = { 0 };

	for (int i = 0; i < 3; i++)
		assert_int_equal(desk_channel(stage->desk, "desk", true,
				     "login refused", stage->now, &err),
		    0);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, ADMIN), 1);
	assert_string_equal(
	    stage_last(stage, ADMIN)->template_name, "inbox_down");
	for (int i = 0; i < 3; i++)
		assert_int_equal(desk_channel(stage->desk, "desk", false, NULL,
				     stage->now, &err),
		    0);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, ADMIN), 2);
	assert_string_equal(
	    stage_last(stage, ADMIN)->template_name, "inbox_up");
}

/* ---- the end of an alarm ---- */

static size_t
ends_told(const struct stage *stage)
{
	return stage_told(stage, ADMIN, "channel_up");
}

/* A mail and a text from owners, and all that follows is accepted. */
static void
all_goes_well(struct stage *stage, uint32_t uid)
{
	char id[16];

	(void)snprintf(id, sizeof(id), "m%u", (unsigned)uid);
	stage_mail(stage, 7, uid, stage_letter(WANG, id, "电梯坏了"), false);
	stage_text(stage, id);
	stage_turns(stage);
	while (stage_settle_all(stage, accepted) > 0)
		;
}

static void
alarms_of_an_earlier_run_end_once_each(void **state)
{
	static const char *const told[] = { "gateway", "gateway (connection)",
		"relay", "relay (estate sunshine)" };
	struct stage *stage = *state;
	struct channel_down down[8];

	stage_by_hand(stage);
	stage_stop(stage);
	stage_sql(stage,
	    "INSERT INTO channels (name, is_down, reason, changed_at) VALUES "
	    "('gateway', 1, 'x', 1), ('gateway (connection)', 1, 'x', 1), "
	    "('relay', 1, 'x', 1), ('relay (connection)', 1, 'x', 1), "
	    "('relay (estate sunshine)', 1, 'x', 1), ('desk', 1, 'x', 1)");
	stage_start(stage);
	all_goes_well(stage, 1);
	assert_int_equal(ends_told(stage), ARRAY_COUNT(told));
	for (size_t i = 0; i < ARRAY_COUNT(told); i++)
		assert_false(channel_is_down(stage->fixture->store, told[i]));
	/* Nobody has read the mailbox yet. */
	assert_int_equal(
	    channels_down(stage->fixture->store, &stage->fixture->arena, down,
		8, &stage->fixture->err),
	    1);
	assert_string_equal(down[0].name, "desk");
	all_goes_well(stage, 2);
	assert_int_equal(ends_told(stage), ARRAY_COUNT(told));
}

/* The first of two answers ends the alarm, the second finds none; then the disk
 * is full, and neither was. */
static void
an_end_that_was_not_kept_comes_again(void **state)
{
	struct stage *stage = *state;
	struct store *store = stage->fixture->store;

	stage_by_hand(stage);
	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_text(stage, "k1");
	stage_turns(stage);
	stage_settle(stage, stage_last(stage, LIN), bad_login);
	assert_true(channel_is_down(store, "relay"));
	stage_answer(stage, stage_last(stage, WANG), accepted);
	stage_answer(stage, stage_last(stage, HUANG), accepted);
	stage_disk(stage, true);
	stage_turn_fails(stage);
	stage_disk(stage, false);
	assert_true(channel_is_down(store, "relay"));
	stage_turns(stage);
	assert_false(channel_is_down(store, "relay"));
	while (stage_settle_all(stage, accepted) > 0)
		;
	assert_int_equal(ends_told(stage), 1);
}

static int
questions(const struct stage *stage)
{
	return fixture_runs(stage->fixture, SQL_CHANNEL_IS_DOWN) +
	       fixture_runs(stage->fixture, SQL_CHANNELS_DOWN);
}

static void
while_nothing_is_down_no_message_asks_for_alarms(void **state)
{
	struct stage *stage = *state;

	stage_by_hand(stage);
	all_goes_well(stage, 1);
	(void)questions(stage);
	for (uint32_t i = 2; i < 8; i++)
		all_goes_well(stage, i);
	assert_true(stage->sent_count > 20);
	assert_int_equal(questions(stage), 0);
	/* It does as soon as something is. */
	stage_mail(stage, 7, 9, stage_letter(WANG, "b", "灯不亮"), false);
	stage_turns(stage);
	stage_settle(stage, stage_last(stage, LIN), bad_login);
	assert_int_equal(stage_told(stage, ADMIN, "channel_down"), 0);
	stage_turns_at(stage, stage->now + MSEC_MINUTE);
	all_goes_well(stage, 10);
	assert_true(questions(stage) > 0);
	assert_int_equal(stage_told(stage, ADMIN, "channel_down"), 1);
	assert_int_equal(ends_told(stage), 1);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_login_that_fails_is_told_to_the_admin_once),
		TEST(
		    a_gateway_that_cannot_be_reached_is_told_once_and_when_it_is_back),
		TEST(a_gateway_that_refuses_us_is_not_at_once_told_as_away),
		TEST(a_relay_that_cannot_be_reached_is_logged_alone),
		TEST(
		    an_address_that_is_refused_is_told_once_and_holds_up_no_other),
		TEST(a_mailbox_that_is_down_is_told_once_and_again_when_up),
		TEST(alarms_of_an_earlier_run_end_once_each),
		TEST(an_end_that_was_not_kept_comes_again),
		TEST(while_nothing_is_down_no_message_asks_for_alarms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
