/*
 * The weekly digest and the levels' lists through the engine: each once,
 * whatever happens (R30).
 */
#include "tests/support/cmocka_fence.h"

#include "core/config.h"
#include "tests/support/stage.h"

#include <stdio.h>
#include <string.h>

#define CHEN "chen@sunshine.example"

/* MORNING is Monday 2026-11-23, 09:00; the digest of that week is made on the
 * Monday after it at 13:15. */
#define DIGEST (MORNING + 7 * MSEC_DAY + 4 * MSEC_HOUR + 15 * MSEC_MINUTE)

static size_t
digests(const struct stage *stage)
{
	return stage_told(stage, CHEN, "weekly");
}

static const char *
last_digest(const struct stage *stage)
{
	for (size_t i = stage->sent_count; i > 0; i--)
		if (strcmp(stage->sent[i - 1].template_name, "weekly") == 0)
			return stage->sent[i - 1].text;
	fail_msg("no digest");
	return "";
}

static void
r30_the_digest_goes_out_once_however_often_the_desk_starts(void **state)
{
	struct stage *stage = *state;

	stage_text(stage, "k1");
	stage_turns(stage);
	stage_turns_at(stage, DIGEST - 1);
	assert_int_equal(digests(stage), 0);
	stage_turns_at(stage, DIGEST);
	assert_int_equal(digests(stage), 1);
	/* L1 to L4 and the heads, nobody else. */
	assert_int_equal(
	    stage_told(stage, "lin@sunshine.example", "weekly"), 1);
	assert_int_equal(
	    stage_told(stage, "sun@sunshine.example", "weekly"), 1);
	assert_int_equal(
	    stage_told(stage, "li@sunshine.example", "weekly"), 0);
	assert_int_equal(
	    stage_told(stage, "he@hq.example", "weekly"), 0);
	assert_null(strstr(last_digest(stage), "迟发"));
	for (int i = 0; i < 3; i++) {
		stage_stop(stage);
		stage_start(stage);
		stage_turns_at(stage, DIGEST + i * MSEC_HOUR);
	}
	assert_int_equal(digests(stage), 1);
	stage_turns_at(stage, DIGEST + 7 * MSEC_DAY);
	assert_int_equal(digests(stage), 2);
}

static void
r30_down_from_sunday_to_monday_15_there_is_one_and_it_says_late(void **state)
{
	struct stage *stage = *state;

	stage_text(stage, "k1");
	stage_turns(stage);
	stage_turns_at(stage, MORNING + 6 * MSEC_DAY);
	stage_stop(stage);
	stage->now = MORNING + 7 * MSEC_DAY + 6 * MSEC_HOUR;
	stage_start(stage);
	stage_turns_at(stage, stage->now);
	assert_int_equal(digests(stage), 1);
	assert_non_null(strstr(last_digest(stage), "迟发"));
	stage_turns_at(stage, stage->now + MSEC_DAY);
	assert_int_equal(digests(stage), 1);
}

static void
r30_weeks_that_were_missed_stand_in_one_digest(void **state)
{
	struct stage *stage = *state;

	stage_text(stage, "k1");
	stage_turns(stage);
	stage_stop(stage);
	stage->now = MORNING + 23 * MSEC_DAY;
	stage_start(stage);
	stage_turns_at(stage, stage->now);
	assert_int_equal(digests(stage), 1);
	assert_non_null(strstr(last_digest(stage), "合并3周"));
	assert_non_null(strstr(last_digest(stage), "11月23日—12月13日"));
}

/* It is one transaction: all of them or none, and then again. */
static void
r30_a_digest_that_fails_half_way_is_sent_to_nobody_and_then_to_all(void **state)
{
	struct stage *stage = *state;

	stage_text(stage, "k1");
	stage_turns(stage);
	stage_sql(stage, "CREATE TRIGGER no_weekly BEFORE INSERT ON outbox "
			 "WHEN new.template = 'weekly' AND new.person = 'wu' "
			 "BEGIN SELECT RAISE(ABORT, 'refused'); END");
	stage_turns_at(stage, DIGEST);
	assert_int_equal(digests(stage), 0);
	assert_int_equal(
	    stage_told(stage, "lin@sunshine.example", "weekly"), 0);
	assert_non_null(strstr(buf_text(&stage->log), "weekly"));
	stage_sql(stage, "DROP TRIGGER no_weekly");
	stage_turns_at(stage, DIGEST + MSEC_HOUR);
	assert_int_equal(digests(stage), 1);
	assert_int_equal(
	    stage_told(stage, "lin@sunshine.example", "weekly"), 1);
}

/* The row was written under other settings. */
static void
r30_a_meeting_that_was_moved_counts_from_the_next_start(void **state)
{
	struct stage *stage = *state;

	stage_text(stage, "k1");
	stage_turns(stage);
	stage_stop(stage);
	stage->conf->rules.weekly_at = 10 * 60;
	stage_start(stage);
	stage_turns_at(stage, DIGEST - 4 * MSEC_HOUR - 31 * MSEC_MINUTE);
	assert_int_equal(digests(stage), 0);
	stage_turns_at(stage, DIGEST - 4 * MSEC_HOUR - 30 * MSEC_MINUTE);
	assert_int_equal(digests(stage), 1);
}

/* Somewhere in the digest; the statement is an error where it is not. */
static void
assert_said(struct stage *stage, const char *words)
{
	char sql[400];

	(void)snprintf(sql, sizeof(sql),
	    "SELECT CASE WHEN EXISTS (SELECT 1 FROM outbox_texts JOIN outbox "
	    "ON outbox.id = out WHERE template = 'weekly' "
	    "AND instr(text, '%s')) THEN 1 ELSE json('not said') END",
	    words);
	stage_sql(stage, sql);
}

static void
r31_what_failed_and_was_down_stands_under_health(void **state)
{
	struct stage *stage = *state;
	char inbox[POLL_NAME_MAX];
	struct err err = { 0 };

	stage_text(stage, "k1");
	stage_turns(stage);
	assert_int_equal(desk_channel(stage->desk, "desk", true, "refused",
			     MORNING + MSEC_HOUR, &err),
	    0);
	assert_int_equal(desk_channel(stage->desk, "desk", false, NULL,
			     MORNING + 2 * MSEC_HOUR, &err),
	    0);
	/* Texts could be sent, but not be read. */
	poll_alarm_name(stage->conf->sms_channels[0].name, false, inbox);
	assert_int_equal(desk_channel(stage->desk, inbox, true, "refused",
			     MORNING + MSEC_HOUR, &err),
	    0);
	assert_int_equal(desk_channel(stage->desk, inbox, false, NULL,
			     MORNING + 3 * MSEC_HOUR, &err),
	    0);
	stage_sql(stage, "INSERT INTO braked (estate, at, template, cap, "
			 "went) VALUES ('sunshine', 1795395600000, "
			 "'status', 'brake', 0)");
	stage_turns_at(stage, DIGEST);
	assert_said(stage, "通道desk中断：1次，共60分钟");
	assert_said(stage, "(inbox)中断：1次，共120分钟");
	assert_said(stage, "被限流的自动消息：1");
}

/* 16:00 on the day after, the list of the next morning. */
static void
r27_the_levels_read_once_a_working_day_what_they_have(void **state)
{
	struct stage *stage = *state;
	const msec_t list = MORNING + 2 * MSEC_DAY - 15 * MSEC_MINUTE;

	stage_text(stage, "k1");
	stage_turns(stage);
	for (msec_t at = MORNING; at < list; at += MSEC_HOUR)
		stage_turns_at(stage, at);
	assert_int_equal(stage_told(stage, "wu@sunshine.example", "charge"), 1);
	stage_stop(stage);
	stage_start(stage);
	stage_turns_at(stage, list);
	assert_int_equal(stage_told(stage, "wu@sunshine.example", "charge"), 2);
	stage_stop(stage);
	stage_start(stage);
	stage_turns_at(stage, list + MSEC_HOUR);
	assert_int_equal(stage_told(stage, "wu@sunshine.example", "charge"), 2);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(
		    r30_the_digest_goes_out_once_however_often_the_desk_starts),
		TEST(
		    r30_down_from_sunday_to_monday_15_there_is_one_and_it_says_late),
		TEST(r30_weeks_that_were_missed_stand_in_one_digest),
		TEST(
		    r30_a_digest_that_fails_half_way_is_sent_to_nobody_and_then_to_all),
		TEST(r30_a_meeting_that_was_moved_counts_from_the_next_start),
		TEST(r31_what_failed_and_was_down_stands_under_health),
		TEST(r27_the_levels_read_once_a_working_day_what_they_have),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
