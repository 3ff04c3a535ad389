/*
 * Pushes and delivery reports of the gateways.
 */
#include "core/limits.h"
#include "desk/raw.h"
#include "store/cases.h"
#include "store/outbox.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WANG  "wang@owner.example"
#define HUANG "+8613900139003"

static void
a_push_is_answered_after_its_commit_and_once(void **state)
{
	struct stage *stage = *state;

	stage_text(stage, "k1");
	assert_int_equal(stage->status, 0);
	stage_turns(stage);
	assert_int_equal(stage->status, 200);
	assert_string_equal(stage->why, "");
	assert_int_equal(stage_cases(stage), 1);
	stage_text(stage, "k1");
	stage_turns(stage);
	assert_int_equal(stage->status, 200);
	assert_int_equal(stage_cases(stage), 1);
	assert_int_equal(stage_sent_to(stage, HUANG), 1);
}

static void
a_malformed_push_is_answered_with_the_reason_and_kept(void **state)
{
	static const struct {
		bool is_report;
		const char *query, *why;
	} pushes[] = {
		{ false, "{\"id\":\"k9\",\"text\":\"x\"}", "\"from\"" },
		{ true, "{\"type\":\"1\"}", "\"id\"" },
		{ true, "{\"id\":\"5-1\",\"type\":\" \"}", "\"type\"" },
	};
	struct stage *stage = *state;

	for (size_t i = 0; i < ARRAY_COUNT(pushes); i++) {
		struct buf kept scoped(buf_done);

		stage_push(stage, pushes[i].is_report, pushes[i].query);
		stage_turns(stage);
		assert_int_equal(stage->status, 400);
		assert_non_null(strstr(stage->why, pushes[i].why));
		assert_int_equal(
		    stage_inbox(stage, (int64_t)i + 1).state, INBOX_BINNED);
		buf_init(&kept, MIB);
		assert_int_equal(
		    inbox_raw(stage->fixture->store, (int64_t)i + 1, &kept,
			&stage->fixture->err),
		    1);
		assert_non_null(strstr(buf_text(&kept), pushes[i].query));
		/* A second one is not kept twice. */
		stage_push(stage, pushes[i].is_report, pushes[i].query);
		stage_turns(stage);
		assert_int_equal(stage->status, 400);
	}
	assert_int_equal(stage_cases(stage), 0);
	assert_int_equal(inbox_waiting_count(stage->fixture->store), 0);
}

static void
a_push_whose_answer_says_nothing_is_not_taken_for_good(void **state)
{
	struct stage *stage = *state;

	stage->reader = STAGE_SAYS_NOTHING;
	stage_text(stage, "k1");
	stage_turns(stage);
	assert_int_equal(stage->status, 400);
	assert_int_equal(stage_inbox(stage, 1).state, INBOX_BINNED);
	stage_push(stage, true, "{\"id\":\"1-1\",\"type\":\"1\"}");
	stage_turns(stage);
	assert_int_equal(stage->status, 400);
}

static void
a_text_that_kills_the_reader_becomes_a_case_for_a_human(void **state)
{
	struct stage *stage = *state;

	stage->reader = STAGE_DIES;
	stage_text(stage, "k1");
	stage_turns(stage);
	assert_int_equal(stage->status, 200);
	assert_int_equal(stage_cases(stage), 1);
	assert_int_equal(stage_inbox(stage, 1).state, INBOX_UNREADABLE);
	/* The gateway may say it again: it stays one. */
	stage_text(stage, "k1");
	stage_turns(stage);
	assert_int_equal(stage->status, 200);
	assert_int_equal(stage_cases(stage), 1);
}

static void
a_malformed_text_out_of_quarantine_goes_back_into_it(void **state)
{
	struct stage *stage = *state;
	struct fixture *fixture = stage->fixture;

	stage_push(stage, false, "{\"id\":\"k9\",\"text\":\"x\"}");
	stage_turns(stage);
	fixture_begin(fixture);
	assert_int_equal(inbox_again(fixture->store, 1, &fixture->err), 1);
	fixture_commit(fixture);
	desk_read_again(stage->desk, 1);
	stage_turns(stage);
	assert_int_equal(stage->reads, 2);
	assert_int_equal(stage_inbox(stage, 1).state, INBOX_BINNED);
}

/* Nobody can be answered 400: the admin hears, once, that no text comes in. */
static void
a_poll_answer_that_cannot_be_read_is_told(void **state)
{
	struct stage *stage = *state;
	struct err err = { 0 };

	for (int i = 0; i < 2; i++) {
		assert_int_equal(desk_polled(stage->desk,
				     &(struct desk_poll){ .channel = "gateway",
					 .raw = "<html>",
					 .len = 6,
					 .since = 1 },
				     &err),
		    0);
		stage_turns(stage);
	}
	assert_true(
	    log_has(stage, "error channel name=gateway (inbox) state=down"));
	assert_int_equal(stage_sent_to(stage, "admin@hq.example"), 1);
	/* Nothing waits to be sent there. */
	assert_string_equal(
	    stage_last(stage, "admin@hq.example")->template_name, "inbox_down");
	assert_null(
	    strstr(stage_last(stage, "admin@hq.example")->text, "等待发送"));
	assert_int_equal(stage_inbox(stage, 1).state, INBOX_BINNED);
	assert_string_equal(stage_inbox(stage, 1).bin, "malformed");
}

static void
a_gateway_that_hung_up_gets_no_answer(void **state)
{
	struct stage *stage = *state;

	stage_text(stage, "k1");
	desk_push_gone(stage->desk, stage);
	stage_turns(stage);
	assert_int_equal(stage->status, 0);
	assert_int_equal(stage_cases(stage), 1);
}

/* A gateway that gives up and comes again leaves what it said behind. */
static void
pushes_that_wait_are_bounded_and_others_come_in_again(void **state)
{
	struct stage *stage = *state;
	struct err err = { 0 };
	static char large[LIMIT_PUSHES_WAITING_BYTES / 2 - 64 * KIB];
	size_t taken = 0;

	stage->reader = STAGE_WAITS;
	while (desk_push(stage->desk, "gateway", false, "{}", 2, stage, &err) ==
	       0) {
		desk_push_gone(stage->desk, stage);
		taken++;
	}
	assert_int_equal(taken, LIMIT_PUSHES_WAITING);
	assert_int_equal(err.kind, ERR_TEMP);
	/* Mails are not kept waiting by them. */
	stage_mail(stage, 7, 1, stage_letter(WANG, "m1", "灯不亮"), false);
	stage_turns(stage);
	expect_log(stage, "settle desk 7:1; ");
	stage_read_all(stage);
	stage_turns(stage);
	for (int i = 0; i < 2; i++)
		assert_int_equal(desk_push(stage->desk, "gateway", false, large,
				     sizeof(large), stage, &err),
		    0);
	err = (struct err){ 0 };
	assert_int_equal(desk_push(stage->desk, "gateway", false, large,
			     sizeof(large), stage, &err),
	    -1);
	assert_int_equal(err.kind, ERR_TEMP);
}

/* One commit for all that is nearly there. */
static void
a_turn_expects_more_while_readers_have_some(void **state)
{
	struct stage *stage = *state;

	stage->reader = STAGE_WAITS;
	assert_false(desk_expects_more(stage->desk));
	stage_text(stage, "k1");
	stage_text(stage, "k2");
	assert_false(desk_expects_more(stage->desk));
	desk_read_failed(stage->desk, stage->jobs[0].job, "the reader died");
	assert_true(desk_expects_more(stage->desk));
	desk_read_failed(stage->desk, stage->jobs[1].job, "the reader died");
	assert_false(desk_expects_more(stage->desk));
	stage_turns(stage);
	assert_int_equal(stage_cases(stage), 2);
}

static void
a_turn_expects_more_while_others_are_being_sent(void **state)
{
	struct stage *stage = *state;

	stage_by_hand(stage);
	stage_text(stage, "k1");
	stage_turns(stage);
	assert_true(stage->sent_count > 1);
	assert_false(desk_expects_more(stage->desk));
	for (size_t i = 0; i < stage->sent_count; i++) {
		stage_answer(
		    stage, &stage->sent[i], (struct receipt){ .code = 202 });
		assert_int_equal(desk_expects_more(stage->desk),
		    i + 1 < stage->sent_count);
	}
	stage_turns(stage);
	assert_int_equal(stage_status(stage, 1).state, OUT_ACCEPTED);
}

static void
pushes_and_polls_of_no_channel_are_refused(void **state)
{
	struct stage *stage = *state;
	struct err err = { 0 };

	assert_int_equal(
	    desk_push(stage->desk, "tea", false, "{}", 2, stage, &err), -1);
	assert_int_equal(err.kind, ERR_CONF);
	assert_int_equal(
	    desk_polled(stage->desk,
		&(struct desk_poll){ .channel = "tea", .raw = "{}", .len = 2 },
		&err), -1);
	stage_turns(stage);
	expect_log(stage, "");
}

/* The query of a report, in room that the next call overwrites. */
static const char *
report_of(const struct stage_sent *sent, int type)
{
	static char query[120];

	(void)snprintf(query, sizeof(query),
	    "{\"id\":\"%lld-%lld-%lld\",\"type\":\"%d\"}",
	    (long long)sent->out, (long long)sent->attempt,
	    (long long)sent->created_at, type);
	return query;
}

static void
reports_come_early_late_and_twice(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent;

	stage->lanes[STAGE_GATEWAY].by_hand = true;
	stage_text(stage, "k1");
	stage_turns(stage);
	sent = stage_last(stage, HUANG);
	assert_non_null(sent);
	stage_report(stage, sent, 1);
	assert_int_equal(stage_status(stage, sent->out).state, OUT_DELIVERED);
	/* The answer to the sending comes after the report. */
	stage_answer(stage, sent, (struct receipt){ .code = 202 });
	stage_turns(stage);
	assert_int_equal(stage_status(stage, sent->out).state, OUT_DELIVERED);
	stage_report(stage, sent, 1);
	/* A buffered "accepted" that comes last. */
	stage_report(stage, sent, 8);
	assert_int_equal(stage_status(stage, sent->out).state, OUT_DELIVERED);
	assert_int_equal(stage_sent_to(stage, HUANG), 1);
	assert_false(log_has(stage, "error"));
}

static void
a_report_about_nothing_of_ours_changes_nothing(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *mail;

	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_turns(stage);
	mail = stage_last(stage, WANG);
	stage_report(
	    stage, &(struct stage_sent){ .out = 999999, .attempt = 1 }, 1);
	stage_report(stage, &(struct stage_sent){ .out = -5, .attempt = 1 }, 1);
	stage_push(
	    stage, true, "{\"id\":\"99999999999999999999-1\",\"type\":\"1\"}");
	stage_turns(stage);
	assert_int_equal(stage->status, 200);
	stage_push(stage, true, "{\"id\":\"gateway-7\",\"type\":\"2\"}");
	stage_turns(stage);
	assert_int_equal(stage->status, 200);
	/* A gateway knows nothing of mails. */
	stage_report(stage, mail, 2);
	assert_int_equal(stage_status(stage, mail->out).state, OUT_ACCEPTED);
	assert_false(log_has(stage, "error"));
}

/* Both the row and what follows from it, or neither (R13). */
static void
a_report_whose_decision_fails_is_not_taken(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent;

	stage->lanes[STAGE_GATEWAY].by_hand = true;
	stage_text(stage, "k1");
	stage_turns(stage);
	sent = stage_last(stage, HUANG);
	assert_non_null(sent);
	stage_sql(stage,
	    "CREATE TRIGGER broken BEFORE INSERT ON events WHEN NEW.name = "
	    "'acknowledged' BEGIN SELECT RAISE(ABORT, 'no'); END");
	stage_push(stage, true, report_of(sent, 1));
	stage_turns(stage);
	assert_int_equal(stage->status, 503);
	assert_int_equal(stage_status(stage, sent->out).state, OUT_SENDING);
	assert_true(log_has(stage, "error report out="));
	stage_sql(stage, "DROP TRIGGER broken");
	stage_push(stage, true, report_of(sent, 1));
	stage_turns(stage);
	assert_int_equal(stage->status, 200);
	assert_int_equal(stage_status(stage, sent->out).state, OUT_DELIVERED);
}

/* A push of 黄丽's number with these fields beside the words. */
static void
say(struct stage *stage, const char *fields, const char *words)
{
	char query[300];

	(void)snprintf(query, sizeof(query),
	    "{%s\"from\":\"13900139003\",\"to\":\"10690001\",\"text\":\"%s\","
	    "\"coding\":\"0\",\"charset\":\"UTF-8\"}",
	    fields, words);
	stage_push(stage, false, query);
	stage_turns(stage);
	assert_int_equal(stage->status, 200);
}

#define LEAK "3-2-601 厨房漏水"

static void
a_text_again_under_another_id_is_no_second_case(void **state)
{
	struct stage *stage = *state;
	msec_t start = stage->now;
	struct buf kept scoped(buf_done);

	say(stage, "\"id\":\"a1\",", LEAK);
	stage->now = start + 9 * MSEC_MINUTE;
	say(stage, "\"id\":\"a2\",", LEAK);
	assert_int_equal(stage_cases(stage), 1);
	assert_int_equal(stage_sent_to(stage, HUANG), 1);
	assert_int_equal(stage_inbox(stage, 2).state, INBOX_BINNED);
	assert_string_equal(stage_inbox(stage, 2).bin, "duplicate");
	/* The bytes are there, should it have been meant. */
	buf_init(&kept, MIB);
	assert_int_equal(
	    inbox_raw(stage->fixture->store, 2, &kept, &stage->fixture->err),
	    1);
	say(stage, "\"id\":\"a3\",", LEAK "了");
	assert_int_equal(stage_cases(stage), 2);
	/* From the first one on, so that nobody who goes on asking is never
	 * heard. */
	stage->now = start + 11 * MSEC_MINUTE;
	say(stage, "\"id\":\"a4\",", LEAK);
	assert_int_equal(stage_cases(stage), 3);
}

/* The counter of a gateway that begins anew names texts that are known. */
static void
other_words_under_a_known_id_are_a_text_of_their_own(void **state)
{
	struct stage *stage = *state;

	say(stage, "\"id\":\"7\",", LEAK);
	stage->now += MSEC_DAY;
	assert_false(log_has(stage, "other words"));
	say(stage, "\"id\":\"7\",", "着火了快来人 3-2-601");
	assert_true(log_has(stage, "other words"));
	assert_int_equal(stage_cases(stage), 2);
	/* Another sender with the same words. */
	stage_push(stage, false,
	    "{\"id\":\"7\",\"from\":\"13900139004\",\"to\":\"10690001\","
	    "\"text\":\"" LEAK "\"}");
	stage_turns(stage);
	assert_int_equal(stage->status, 200);
	assert_int_equal(stage_cases(stage), 3);
	/* Each again is none, at any time. */
	stage_forget_log(stage);
	stage->now += MSEC_DAY;
	say(stage, "\"id\":\"7\",", LEAK);
	say(stage, "\"id\":\"7\",", "着火了快来人 3-2-601");
	/* A list writes the number in its own way, and not to whom. */
	stage_push(stage, false,
	    "{\"id\":\"7\",\"from\":\"+86 139 0013 9003\","
	    "\"text\":\"" LEAK "\"}");
	stage_turns(stage);
	assert_int_equal(stage_cases(stage), 3);
	assert_false(log_has(stage, "other words"));
	/* What is erased cannot be told apart, and stays one. */
	stage_sql(stage, "UPDATE inbox SET words = NULL WHERE key = '7'");
	say(stage, "\"id\":\"7\",", "又漏水了 3-2-601");
	assert_int_equal(stage_cases(stage), 3);
}

static void
a_duplicate_that_was_meant_is_decided_when_it_is_taken_out(void **state)
{
	struct stage *stage = *state;
	struct fixture *fixture = stage->fixture;

	say(stage, "\"id\":\"a1\",", LEAK);
	say(stage, "\"id\":\"a2\",", LEAK);
	assert_int_equal(stage_cases(stage), 1);
	fixture_begin(fixture);
	assert_int_equal(inbox_again(fixture->store, 2, &fixture->err), 1);
	fixture_commit(fixture);
	desk_read_again(stage->desk, 2);
	stage_turns(stage);
	assert_int_equal(stage_inbox(stage, 2).state, INBOX_DONE);
	assert_int_equal(stage_cases(stage), 2);
}

static void
words_without_id_and_time_are_the_same_for_minutes_not_for_ever(void **state)
{
	static const struct {
		const char *fields;
		msec_t later;
		int64_t cases;
	} pushes[] = {
		{ "", MSEC_SECOND, 1 },
		{ "", 9 * MSEC_MINUTE, 1 },
		{ "", 7 * MSEC_DAY, 2 },
		/* Where the gateway tells its time, its bytes tell all. */
		{ "\"ts\":\"1795485600\",", 14 * MSEC_DAY, 3 },
		{ "\"ts\":\"1795485600\",", 15 * MSEC_DAY, 3 },
		{ "\"ts\":\"1795485660\",", 16 * MSEC_DAY, 4 },
	};
	struct stage *stage = *state;
	msec_t start = stage->now;

	say(stage, "", LEAK);
	for (size_t i = 0; i < ARRAY_COUNT(pushes); i++) {
		stage->now = start + pushes[i].later;
		say(stage, pushes[i].fields, LEAK);
		assert_int_equal(stage_cases(stage), pushes[i].cases);
	}
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_push_is_answered_after_its_commit_and_once),
		TEST(a_malformed_push_is_answered_with_the_reason_and_kept),
		TEST(a_push_whose_answer_says_nothing_is_not_taken_for_good),
		TEST(a_text_that_kills_the_reader_becomes_a_case_for_a_human),
		TEST(a_malformed_text_out_of_quarantine_goes_back_into_it),
		TEST(a_poll_answer_that_cannot_be_read_is_told),
		TEST(a_gateway_that_hung_up_gets_no_answer),
		TEST(pushes_that_wait_are_bounded_and_others_come_in_again),
		TEST(a_turn_expects_more_while_readers_have_some),
		TEST(a_turn_expects_more_while_others_are_being_sent),
		TEST(pushes_and_polls_of_no_channel_are_refused),
		TEST(reports_come_early_late_and_twice),
		TEST(a_report_about_nothing_of_ours_changes_nothing),
		TEST(a_text_again_under_another_id_is_no_second_case),
		TEST(other_words_under_a_known_id_are_a_text_of_their_own),
		TEST(
		    a_duplicate_that_was_meant_is_decided_when_it_is_taken_out),
		TEST(
		    words_without_id_and_time_are_the_same_for_minutes_not_for_ever),
		TEST(a_report_whose_decision_fails_is_not_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
