/*
 * Texts of the same words to one number, of which one's fate is unknown: what
 * the gateway finds may be the other.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>

#include "core/config.h"
#include "store/outbox.h"
#include "tests/support/stage.h"

#define STRANGER "+8613900139199"

/* A code, or the second would wait until the first one has found out whether
 * the gateway is back. */
static const struct receipt in_the_dark = {
	.result = ERR_TEMP, .code = 504, .is_unknown = true
};
static const struct receipt taken = { .code = 201, .provider_id = "SM1" };
static const struct receipt found = { .code = 200,
	.is_found = true,
	.provider_id = "SM1",
	.answer = "the gateway has it already" };

/* Nobody knows what it is about: each is answered by the same words. */
static struct stage_sent *
say_hello(struct stage *stage, const char *id, const char *words)
{
	stage_say(stage, id, STRANGER, words);
	return stage_last(stage, STRANGER);
}

static struct stage_sent *
again(struct stage *stage, msec_t minutes)
{
	stage_turns_at(stage, MORNING + minutes * MSEC_MINUTE);
	return stage_last(stage, STRANGER);
}

static void
a_text_is_looked_for_among_those_that_are_nobodys(void **state)
{
	static const struct {
		enum sms_unknown_policy policy;
		const char *others;
		msec_t first_at;
	} cases[] = {
		{ SMS_UNKNOWN_LOOK_UP, "SM1", MORNING },
		/* It does not ask. */
		{ SMS_UNKNOWN_RETRY, "", 0 },
	};
	struct stage *stage = *state;
	msec_t now = 0;

	stage_by_hand(stage);
	stage_settle(stage, say_hello(stage, "k1", "hello"), taken);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct stage_sent *sent;
		char id[8];

		stage_provider(stage)->unknown.policy = cases[i].policy;
		(void)snprintf(id, sizeof(id), "j%zu", i);
		sent = say_hello(stage, id, i == 0 ? "Hi?" : "Hey!");
		assert_string_equal(sent->text, stage->sent[0].text);
		assert_string_equal(sent->others, "");
		stage_settle(stage, sent, in_the_dark);
		now += 11;
		sent = again(stage, now);
		assert_string_equal(sent->others, cases[i].others);
		assert_int_equal(sent->first_at, cases[i].first_at);
		stage_settle(stage, sent,
		    (struct receipt){ .code = 201, .provider_id = "SM2" });
		assert_int_equal(
		    stage_status(stage, sent->out).state, OUT_ACCEPTED);
	}
}

/* Neither id was known when the other was asked for. */
static void
what_two_find_at_once_belongs_to_the_first(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *one, *two;
	out_id first, second;

	stage_by_hand(stage);
	stage_provider(stage)->unknown.policy = SMS_UNKNOWN_LOOK_UP;
	one = say_hello(stage, "k1", "hello");
	two = say_hello(stage, "k2", "Hi?");
	stage_answer(stage, one, in_the_dark);
	stage_settle(stage, two, in_the_dark);
	two = again(stage, 11);
	one = two - 1;
	first = one->out;
	second = two->out;
	assert_int_not_equal(first, second);
	stage_answer(stage, one, found);
	stage_settle(stage, two, found);
	assert_int_equal(stage_status(stage, first).state, OUT_ACCEPTED);
	assert_int_equal(stage_status(stage, second).state, OUT_QUEUED);
	two = again(stage, 60);
	assert_int_equal(two->out, second);
	assert_string_equal(two->others, "SM1");
}

/* A gateway that counts anew may give an id twice: that text was sent. */
static void
what_was_sent_is_sent_whatever_its_id(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent;

	stage_by_hand(stage);
	stage_provider(stage)->unknown.policy = SMS_UNKNOWN_LOOK_UP;
	stage_settle(stage, say_hello(stage, "k1", "hello"), taken);
	sent = say_hello(stage, "k2", "Hi?");
	stage_settle(stage, sent, taken);
	assert_int_equal(stage_status(stage, sent->out).state, OUT_ACCEPTED);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, stage_setup, stage_teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_text_is_looked_for_among_those_that_are_nobodys),
		TEST(what_two_find_at_once_belongs_to_the_first),
		TEST(what_was_sent_is_sent_whatever_its_id),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
