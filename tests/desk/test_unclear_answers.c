/*
 * A gateway whose answers are neither yes nor no: a login page, a captive
 * portal, another server behind its address.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <string.h>

#include "store/outbox.h"
#include "tests/support/stage.h"

#define ADMIN "admin@hq.example"

/* What the far side says. */
static const struct {
	char step;
	struct receipt receipt;
} words[] = {
	{ '?', { .result = ERR_TEMP,
		   .is_unknown = true,
		   .code = 200,
		   .answer = "HTTP 200 <html>" } },
	{ 'g', { .result = ERR_TEMP,
		   .is_unknown = true,
		   .code = 504,
		   .answer = "HTTP 504" } },
	{ 'x', { .result = ERR_TEMP, .is_unknown = true } },
	{ 'a', { .code = 202 } },
	{ 'p', { .result = ERR_PERM, .code = 400 } },
	{ 't', { .result = ERR_TEMP, .code = 503 } },
};

static struct receipt
says(char step)
{
	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		if (words[i].step == step)
			return words[i].receipt;
	fail_msg("no word for %c", step);
	return words[0].receipt;
}

/* The acknowledgement of a complaint from the nth stranger. */
static struct stage_sent *
ack_to(struct stage *stage, int stranger)
{
	char phone[40];

	(void)snprintf(phone, sizeof(phone), "+86139001391%02d", stranger);
	return stage_last(stage, phone);
}

static void
complain(struct stage *stage, int stranger)
{
	char id[16], phone[40];

	(void)snprintf(id, sizeof(id), "k%d", stranger);
	(void)snprintf(phone, sizeof(phone), "139001391%02d", stranger);
	stage_say(stage, id, phone, "电梯坏了");
}

static void
complain_all(struct stage *stage, size_t count)
{
	stage->lanes[STAGE_GATEWAY].by_hand = true;
	for (size_t i = 0; i < count; i++) {
		complain(stage, (int)i);
		assert_non_null(ack_to(stage, (int)i));
	}
}

static bool
is_down(const struct stage *stage)
{
	return channel_is_down(stage->fixture->store, "gateway");
}

/* The answer to the first text that is in flight to the gateway: its row, or 0
 * when none is. */
static out_id
answer_one(struct stage *stage, char step)
{
	for (size_t i = 0; i < stage->sent_count; i++) {
		struct stage_sent *sent = &stage->sent[i];
		out_id out = sent->out;

		if (sent->is_answered || sent->lane != STAGE_GATEWAY)
			continue;
		stage_settle(stage, sent, says(step));
		return out;
	}
	return 0;
}

static void
an_answer_that_says_neither_yes_nor_no_is_logged(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent =
	    stage_text_in_flight(stage, "+8613900139001", "电梯坏了");

	stage_settle(stage, sent, says('?'));
	assert_int_equal(stage_status(stage, sent->out).state, OUT_UNKNOWN);
	assert_non_null(strstr(buf_text(&stage->log),
	    "warn channel name=gateway err=\"its answer is neither yes nor no: "
	    "HTTP 200 <html>\";"));
	assert_int_equal(stage_told(stage, ADMIN, "channel_down"), 0);
}

static void
several_in_a_row_take_the_channel_down(void **state)
{
	static const struct {
		const char *steps;
		bool is_down;
	} table[] = {
		{ "?", false },
		{ "??", false },
		{ "???", true },
		{ "????", true },
		/* Who says yes or no is the gateway. */
		{ "??a??", false },
		{ "??p??", false },
		{ "??t??", false },
		{ "??a???", true },
		{ "???a", false },
		/* Who says nothing may be anybody, and a 504 is half of one. */
		{ "??g?", true },
		{ "??x?", true },
		{ "?g?g", true },
		{ "ggggg", false },
		{ "ggggag", false },
		{ "gggggg", true },
		{ "ggxggxgg", true },
		{ "xxxxxx", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct stage *stage;
		void *one = NULL;
		const char *steps = table[i].steps;

		(void)stage_setup(&one);
		stage = one;
		print_message("# %s\n", steps);
		complain_all(stage, strlen(steps));
		for (int k = 0; steps[k] != '\0'; k++)
			stage_settle(stage, ack_to(stage, k), says(steps[k]));
		assert_int_equal(is_down(stage), table[i].is_down);
		(void)stage_teardown(&one);
	}
}

static void
what_was_answered_so_may_be_there_and_the_others_wait(void **state)
{
	struct stage *stage = *state;
	out_id probe;

	complain_all(stage, 3);
	for (int i = 0; i < 3; i++) {
		stage_settle(stage, ack_to(stage, i), says('?'));
		assert_int_equal(
		    stage_status(stage, ack_to(stage, i)->out).state,
		    OUT_UNKNOWN);
	}
	assert_int_equal(stage_told(stage, ADMIN, "channel_down"), 1);
	assert_non_null(strstr(stage_last(stage, ADMIN)->text,
	    "its answers are neither yes nor no: HTTP 200 <html>"));
	/* The next ones wait behind the one that asks. */
	complain(stage, 3);
	complain(stage, 4);
	assert_null(ack_to(stage, 3));
	stage_turns_at(stage, MORNING + 40 * MSEC_SECOND);
	probe = answer_one(stage, '?');
	assert_int_not_equal(probe, 0);
	assert_int_equal(stage_status(stage, probe).state, OUT_UNKNOWN);
	assert_int_equal(answer_one(stage, '?'), 0);
	assert_int_equal(stage_told(stage, ADMIN, "channel_down"), 1);
	/* It is mended. */
	stage_turns_at(stage, MORNING + 3 * MSEC_MINUTE);
	while (answer_one(stage, 'a') != 0)
		;
	assert_false(is_down(stage));
	assert_int_equal(stage_told(stage, ADMIN, "channel_up"), 1);
	assert_int_equal(stage_told(stage, ADMIN, "channel_down"), 1);
	assert_non_null(ack_to(stage, 3));
	assert_non_null(ack_to(stage, 4));
}

/* A proxy that answers 504 for a gateway that is gone. */
static void
six_504_take_the_channel_down_and_no_text_goes_twice(void **state)
{
	struct stage *stage = *state;
	out_id probe;

	complain_all(stage, 6);
	for (int i = 0; i < 6; i++)
		stage_settle(stage, ack_to(stage, i), says('g'));
	assert_int_equal(stage_told(stage, ADMIN, "channel_down"), 1);
	complain(stage, 6);
	complain(stage, 7);
	assert_null(ack_to(stage, 6));
	stage_turns_at(stage, MORNING + 40 * MSEC_SECOND);
	probe = answer_one(stage, 'g');
	assert_int_not_equal(probe, 0);
	assert_int_equal(answer_one(stage, 'g'), 0);
	for (int i = 0; i < 6; i++)
		assert_int_equal(
		    stage_status(stage, ack_to(stage, i)->out).attempts, 1);
	stage_turns_at(stage, MORNING + 3 * MSEC_MINUTE);
	while (answer_one(stage, 'a') != 0)
		;
	assert_false(is_down(stage));
	assert_int_equal(stage_told(stage, ADMIN, "channel_down"), 1);
	assert_int_equal(stage_told(stage, ADMIN, "channel_up"), 1);
	for (int i = 0; i < 6; i++)
		assert_int_equal(
		    stage_status(stage, ack_to(stage, i)->out).attempts, 1);
}

static void
after_a_restart_one_is_enough(void **state)
{
	struct stage *stage = *state;

	complain_all(stage, 3);
	for (int i = 0; i < 3; i++)
		stage_settle(stage, ack_to(stage, i), says('?'));
	stage_stop(stage);
	stage_start(stage);
	complain(stage, 3);
	assert_non_null(ack_to(stage, 3));
	stage_settle(stage, ack_to(stage, 3), says('?'));
	complain(stage, 4);
	assert_null(ack_to(stage, 4));
	assert_int_equal(stage_told(stage, ADMIN, "channel_down"), 1);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    an_answer_that_says_neither_yes_nor_no_is_logged,
		    stage_setup, stage_teardown),
		cmocka_unit_test(several_in_a_row_take_the_channel_down),
		TEST(what_was_answered_so_may_be_there_and_the_others_wait),
		TEST(six_504_take_the_channel_down_and_no_text_goes_twice),
		TEST(after_a_restart_one_is_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
