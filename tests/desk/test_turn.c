/*
 * The engine: what arrives is stored, decided and remembered before anything
 * leaves, and once.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "lib/sealed.h"
#include "store/cases.h"
#include "store/outbox.h"
#include "tests/support/stage.h"

#define WANG "wang@owner.example"
#define LIN  "lin@sunshine.example"

static void
nothing_leaves_before_the_commit(void **state)
{
	struct stage *stage = *state;
	struct err err = { 0 };

	stage->reader = STAGE_WAITS;
	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_mail(stage, 7, 2, stage_letter(WANG, "b", "电梯又坏了"), false);
	stage_mail(stage, 8, 3, stage_letter(WANG, "c", "灯不亮"), false);
	expect_log(stage, "");
	assert_int_equal(stage->reads, 0);
	assert_int_equal(desk_turn(stage->desk, stage->now, &err), 1);
	/* One message to the server for each run of one UIDVALIDITY. */
	expect_log(stage, "settle desk 7:1,2; settle desk 8:3; ");
	assert_int_equal(stage->reads, 3);
	assert_int_equal(stage_cases(stage), 0);
	assert_false(desk_is_idle(stage->desk, stage->now));
	stage_read_all(stage);
	assert_int_equal(stage->sent_count, 0);
	stage_turns(stage);
	assert_true(stage_cases(stage) > 0);
	assert_true(log_has(stage, "send ack"));
	assert_true(desk_is_idle(stage->desk, stage->now));
	/* The commit of the attempt stands before the sending. */
	assert_int_equal(
	    stage_status(stage, stage_last(stage, WANG)->out).state,
	    OUT_ACCEPTED);
}

static void
a_second_arrival_is_settled_and_makes_no_second_case(void **state)
{
	static const struct {
		const char *what;
		uint32_t uidvalidity, uid;
	} again[] = {
		{ "the same UID", 7, 1 },
		{ "another UID", 7, 9 },
		{ "another UIDVALIDITY", 8, 1 },
	};
	struct stage *stage = *state;
	const char *raw = stage_letter(WANG, "a", "电梯坏了");
	char wanted[64];
	int reads;

	stage_mail(stage, 7, 1, raw, false);
	stage_turns(stage);
	assert_int_equal(stage_cases(stage), 1);
	reads = stage->reads;
	for (size_t i = 0; i < ARRAY_COUNT(again); i++) {
		stage_forget_log(stage);
		stage_mail(
		    stage, again[i].uidvalidity, again[i].uid, raw, false);
		stage_turns(stage);
		(void)snprintf(wanted, sizeof(wanted), "settle desk %u:%u; ",
		    (unsigned)again[i].uidvalidity, (unsigned)again[i].uid);
		expect_log(stage, wanted);
		assert_int_equal(stage->reads, reads);
		assert_int_equal(stage_cases(stage), 1);
	}
}

static void
a_copy_by_another_way_is_the_same_mail(void **state)
{
	struct stage *stage = *state;
	char copy[4096];

	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	(void)snprintf(copy, sizeof(copy),
	    "Return-Path: <x@y>\r\nReceived: from z\r\n\tby q\r\n%s",
	    stage_letter(WANG, "a", "电梯坏了"));
	stage_mail(stage, 7, 2, copy, false);
	stage_turns(stage);
	assert_int_equal(stage_cases(stage), 1);
}

static void
a_batch_that_lies_about_its_mails_is_refused(void **state)
{
	static const struct {
		const char *mailbox;
		struct desk_mail mail;
	} lies[] = {
		{ "desk", { .uid = 1, .offset = 9, .length = 1 } },
		{ "desk", { .uid = 1, .offset = 4, .length = 5 } },
		{ "desk", { .uid = 1, .offset = 1, .length = SIZE_MAX } },
		{ "other", { .uid = 1, .length = 8 } },
	};
	struct stage *stage = *state;

	for (size_t i = 0; i < ARRAY_COUNT(lies); i++) {
		struct err err = { 0 };
		int fd = sealed_new(&(struct bytes){ "12345678", 8 }, 1, &err);

		assert_int_equal(desk_mails(stage->desk, lies[i].mailbox, 7, fd,
				     &lies[i].mail, 1, &err),
		    -1);
		assert_int_equal(err.kind, ERR_DATA);
	}
	stage_turns(stage);
	expect_log(stage, "");
}

static void
what_cannot_be_read_becomes_a_case_for_a_human(void **state)
{
	static const enum stage_reader ways[] = { STAGE_DIES, STAGE_BABBLES,
		STAGE_SAYS_NOTHING };
	struct stage *stage = *state;
	const char *raw = stage_letter(WANG, "a", "电梯坏了");
	struct buf kept scoped(buf_done);
	struct inbox_row row;

	for (size_t i = 0; i < ARRAY_COUNT(ways); i++) {
		char id[8] = "a";

		id[0] = (char)('a' + i);
		raw = stage_letter(WANG, id, "电梯坏了");
		stage->reader = ways[i];
		stage_mail(stage, 7, (uint32_t)i + 1, raw, false);
		stage_turns(stage);
		assert_int_equal(stage_cases(stage), i + 1);
		assert_string_equal(
		    stage_last(stage, LIN)->template_name, "unreadable");
		row = stage_inbox(stage, (int64_t)i + 1);
		assert_int_equal(row.state, INBOX_UNREADABLE);
		assert_int_equal(row.case_id, i + 1);
		assert_true(strlen(row.reason) > 0);
	}
	buf_init(&kept, MIB);
	assert_int_equal(
	    inbox_raw(stage->fixture->store, 3, &kept, &stage->fixture->err),
	    1);
	assert_string_equal(buf_text(&kept), raw);
	/* And the owner has heard nothing that could be wrong. */
	assert_int_equal(stage_sent_to(stage, WANG), 0);
}

static void
a_mail_that_is_too_large_is_decided_with_its_arrival(void **state)
{
	struct stage *stage = *state;
	struct err err = { 0 };

	stage_mail(stage, 7, 1, stage_letter(WANG, "a", ""), true);
	assert_int_equal(desk_turn(stage->desk, stage->now, &err), 1);
	assert_int_equal(stage->reads, 0);
	assert_int_equal(stage_inbox(stage, 1).state, INBOX_UNREADABLE);
	assert_string_equal(
	    stage_inbox(stage, 1).reason, "the mail is too large");
	assert_int_equal(stage_cases(stage), 1);
	/* So a desk that dies now does not take the head for all of it. */
	stage_stop(stage);
	stage_start(stage);
	stage_turns(stage);
	assert_int_equal(stage->reads, 0);
	assert_int_equal(stage_cases(stage), 1);
}

/* That the server gave nothing of both does not make them the same mail. */
static void
each_mail_that_the_server_would_not_give_is_a_case(void **state)
{
	struct stage *stage = *state;

	stage_mail(stage, 7, 1, "", false);
	stage_mail(stage, 7, 2, "", false);
	stage_mail(stage, 7, 3, "", true);
	stage_turns(stage);
	assert_int_equal(stage_cases(stage), 3);
	for (int64_t i = 1; i <= 3; i++) {
		assert_int_equal(stage_inbox(stage, i).state, INBOX_UNREADABLE);
		assert_string_equal(stage_inbox(stage, i).reason,
		    "the server would not give it");
	}
	assert_int_equal(stage_sent_to(stage, LIN), 3);
}

static void
a_decision_that_fails_costs_its_own_message_only(void **state)
{
	struct stage *stage = *state;

	stage_sql(stage, "CREATE TRIGGER broken BEFORE INSERT ON case_people "
			 "WHEN NEW.mail = 'liu@owner.example' "
			 "BEGIN SELECT RAISE(ABORT, 'broken'); END");
	stage_mail(stage, 7, 1,
	    stage_letter("liu@owner.example", "a", "电梯坏了"), false);
	stage_mail(stage, 7, 2, stage_letter(WANG, "b", "灯不亮"), false);
	stage_turns(stage);
	assert_true(log_has(stage, "error decide inbox=1"));
	assert_int_equal(stage_cases(stage), 2);
	assert_int_equal(stage_inbox(stage, 1).state, INBOX_UNREADABLE);
	assert_true(stage_inbox(stage, 1).case_id > 0);
	assert_int_equal(stage_inbox(stage, 2).state, INBOX_DONE);
	assert_int_equal(stage_sent_to(stage, WANG), 1);
	assert_int_equal(stage_sent_to(stage, "liu@owner.example"), 0);
}

/* R40: what the store or a far side complains of may name people. */
static void
no_line_of_the_log_names_people(void **state)
{
	struct stage *stage = *state;

	stage_sql(stage,
	    "CREATE TRIGGER broken BEFORE INSERT ON case_people "
	    "BEGIN SELECT RAISE(ABORT, "
	    "'wang@owner.example, 13900139001, +8613900139001'); END");
	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_turns(stage);
	assert_true(
	    log_has(stage, "w***@owner.example, 139****9001, +86139****9001"));
	assert_false(log_has(stage, WANG));
	assert_false(log_has(stage, "13900139001"));
}

static void
what_no_decision_can_take_is_marked_and_stops_nobody(void **state)
{
	struct stage *stage = *state;

	stage_sql(stage, "CREATE TRIGGER broken BEFORE INSERT ON cases "
			 "BEGIN SELECT RAISE(ABORT, 'broken'); END");
	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_turns(stage);
	assert_true(log_has(stage, "error undecided inbox=1"));
	assert_int_equal(stage_inbox(stage, 1).state, INBOX_UNREADABLE);
	assert_int_equal(stage_cases(stage), 0);
	assert_true(desk_is_idle(stage->desk, stage->now));
}

static void
answers_for_no_job_are_dropped(void **state)
{
	struct stage *stage = *state;

	desk_read_done(stage->desk, 77, "{}", 2);
	desk_read_failed(stage->desk, 78, "died");
	stage_turns(stage);
	expect_log(stage, "");
}

static void
rows_of_an_earlier_run_are_recovered(void **state)
{
	struct stage *stage = *state;
	char id[8];

	stage->reader = STAGE_WAITS;
	/* More than one look brings. */
	for (uint32_t i = 1; i <= 70; i++) {
		(void)snprintf(id, sizeof(id), "m%u", (unsigned)i);
		stage_mail(stage, 7, i, stage_letter(WANG, id, id), false);
	}
	stage_turns(stage);
	assert_int_equal(stage->reads, 70);
	stage_stop(stage);
	stage->reader = STAGE_READS;
	stage->reads = 0;
	stage_start(stage);
	stage_turns(stage);
	assert_int_equal(stage->reads, 70);
	assert_int_equal(inbox_waiting_count(stage->fixture->store), 0);
}

static void
a_mail_that_stops_the_desk_five_times_is_poison(void **state)
{
	struct stage *stage = *state;

	stage->reader = STAGE_WAITS;
	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_mail(stage, 7, 2, stage_letter(WANG, "b", "门禁坏了"), false);
	stage_turns(stage);
	stage_stop(stage);
	/* What a desk leaves that died while it decided them. */
	stage_sql(stage, "UPDATE inbox SET reads = 3 + id");
	stage->reader = STAGE_READS;
	stage->reads = 0;
	stage_start(stage);
	stage_turns(stage);
	assert_int_equal(stage->reads, 1);
	assert_int_equal(stage_inbox(stage, 1).state, INBOX_DONE);
	assert_int_equal(stage_inbox(stage, 1).reads, 5);
	assert_int_equal(stage_inbox(stage, 2).state, INBOX_UNREADABLE);
	assert_int_equal(stage_cases(stage), 2);
}

static void
a_desk_that_only_stops_makes_no_mail_poison(void **state)
{
	struct stage *stage = *state;

	stage->reader = STAGE_WAITS;
	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_turns(stage);
	for (int i = 0; i < 5; i++) {
		stage_stop(stage);
		stage_start(stage);
		stage_turns(stage);
	}
	assert_int_equal(stage_inbox(stage, 1).reads, 0);
	stage_stop(stage);
	stage->reader = STAGE_READS;
	stage_start(stage);
	stage_turns(stage);
	assert_int_equal(stage_inbox(stage, 1).state, INBOX_DONE);
}

static void
the_first_look_at_a_mailbox_remembers_where_new_mail_begins(void **state)
{
	struct stage *stage = *state;
	struct fixture *fixture = stage->fixture;
	struct cursor cursor;
	struct err err = { 0 };

	assert_int_equal(
	    desk_mailbox_up(stage->desk, "desk", 7, 41, true, stage->now, &err), 0);
	assert_int_equal(cursor_load(fixture->store, "desk", &cursor,
			     &fixture->err),
	    1);
	assert_int_equal(cursor.uidvalidity, 7);
	assert_int_equal(cursor.uid, 40);
	assert_int_equal(cursor.first_uidvalidity, 7);
	assert_int_equal(cursor.first_at, stage->now);
	assert_int_equal(
	    desk_mailbox_up(stage->desk, "tea", 7, 41, true, stage->now, &err), -1);
}

static void
mail_older_than_the_first_look_is_not_acknowledged(void **state)
{
	struct stage *stage = *state;
	struct err err = { 0 };

	stage->conf->mailboxes[0].from_start = true;
	assert_int_equal(desk_mailbox_up(stage->desk, "desk", 7, 41, true,
			     stage->now, &err),
	    0);
	stage->internaldate = stage->now - 1;
	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_turns(stage);
	assert_int_equal(stage_cases(stage), 1);
	assert_int_equal(stage_sent_to(stage, WANG), 0);
	assert_string_equal(
	    stage_last(stage, LIN)->template_name, "new_case");
	/* Nor by a desk that finds it undecided. */
	stage->reader = STAGE_WAITS;
	stage_mail(stage, 7, 2, stage_letter(WANG, "b", "灯不亮"), false);
	stage_turns(stage);
	stage_stop(stage);
	stage->reader = STAGE_READS;
	stage_start(stage);
	stage_turns(stage);
	assert_int_equal(stage_inbox(stage, 2).state, INBOX_DONE);
	assert_int_equal(stage_sent_to(stage, WANG), 0);
	/* What came in the very instant, or at no known one, is new. */
	stage->internaldate = stage->now;
	stage_mail(stage, 7, 3, stage_letter(WANG, "c", "门坏了"), false);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, WANG), 1);
	stage->internaldate = 0;
	stage_mail(stage, 7, 4, stage_letter(WANG, "d", "墙裂了"), false);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, WANG), 2);
}

static void
what_the_server_has_not_flagged_is_handed_out_again(void **state)
{
	struct stage *stage = *state;
	const uint32_t flagged[] = { 1 };
	struct err err = { 0 };

	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_mail(stage, 7, 2, stage_letter(WANG, "b", "灯不亮"), false);
	stage_turns(stage);
	stage_forget_log(stage);
	assert_int_equal(
	    desk_settled(stage->desk, "desk", 7, flagged, 1, &err), 0);
	assert_int_equal(
	    desk_settled(stage->desk, "tea", 7, flagged, 1, &err), -1);
	stage_mail(stage, 7, 3, stage_letter(WANG, "c", "门坏了"), false);
	stage_turns(stage);
	stage_forget_log(stage);
	assert_int_equal(
	    desk_mailbox_up(stage->desk, "desk", 7, 4, false, stage->now, &err), 0);
	expect_log(stage, "settle desk 7:2,3; ");
}

static void
a_due_timer_rings_once_and_a_strange_one_is_silenced(void **state)
{
	struct stage *stage = *state;
	struct fixture *fixture = stage->fixture;
	struct timer odd = { .kind = TIMER_AFTER_REPORT, .due = MORNING };
	struct timer left[TIMER_KIND_COUNT];
	int count;

	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_turns(stage);
	odd.case_id = 1;
	fixture_begin(fixture);
	assert_int_equal(timer_set(fixture->store, &odd, &fixture->err), 0);
	fixture_commit(fixture);
	stage_stop(stage);
	stage_start(stage);
	stage_turns(stage);
	count =
	    timers_of(fixture->store, 1, left, TIMER_KIND_COUNT, &fixture->err);
	for (int i = 0; i < count; i++)
		assert_true(left[i].due > stage->now);
	assert_true(desk_next(stage->desk) > stage->now);
	/* Nobody takes the case: staff are reminded, and not in a circle. */
	stage_turns_at(stage, stage->now + 2 * MSEC_DAY);
	assert_true(stage_sent_to(stage, LIN) >= 2);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_leaves_before_the_commit),
		TEST(a_second_arrival_is_settled_and_makes_no_second_case),
		TEST(a_copy_by_another_way_is_the_same_mail),
		TEST(a_batch_that_lies_about_its_mails_is_refused),
		TEST(what_cannot_be_read_becomes_a_case_for_a_human),
		TEST(a_mail_that_is_too_large_is_decided_with_its_arrival),
		TEST(each_mail_that_the_server_would_not_give_is_a_case),
		TEST(a_decision_that_fails_costs_its_own_message_only),
		TEST(no_line_of_the_log_names_people),
		TEST(what_no_decision_can_take_is_marked_and_stops_nobody),
		TEST(answers_for_no_job_are_dropped),
		TEST(rows_of_an_earlier_run_are_recovered),
		TEST(a_mail_that_stops_the_desk_five_times_is_poison),
		TEST(a_desk_that_only_stops_makes_no_mail_poison),
		TEST(
		    the_first_look_at_a_mailbox_remembers_where_new_mail_begins),
		TEST(mail_older_than_the_first_look_is_not_acknowledged),
		TEST(what_the_server_has_not_flagged_is_handed_out_again),
		TEST(a_due_timer_rings_once_and_a_strange_one_is_silenced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
