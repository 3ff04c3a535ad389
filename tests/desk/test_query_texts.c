/*
 * Why a number is silent, what of the caps is used, and whose a text was, as
 * `shouwen texts' and `shouwen show' tell it.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <string.h>

#include "desk/query.h"
#include "lib/cleanup.h"
#include "lib/json.h"
#include "lib/text.h"
#include "tests/support/stage.h"

#define HUANG  "+8613900139003"
#define MASKED "+86139****9003"

static void
say(struct stage *stage, const char *id, const char *words)
{
	char query[300];

	(void)snprintf(query, sizeof(query),
	    "{\"id\":\"%s\",\"from\":\"13900139003\",\"to\":\"10690001\","
	    "\"text\":\"%s\",\"coding\":\"0\",\"charset\":\"UTF-8\"}",
	    id, words);
	stage_push(stage, false, query);
	stage_turns(stage);
}

static json_t *
ask(struct stage *stage, const char *text)
{
	struct err err = { 0 };
	json_t *request scoped(json_release) =
	    json_from(text, strlen(text), &err);

	assert_non_null(request);
	return query_answer(
	    stage->fixture->store, stage->conf, request, stage->now);
}

static void
texts_tells_what_is_used_and_who_wants_none(void **state)
{
	struct stage *stage = *state;
	json_t *answer scoped(json_release) = NULL;
	const json_t *row;

	say(stage, "k1", "厨房漏水");
	say(stage, "k2", "TD");
	answer = ask(stage, "{\"verb\":\"texts\"}");
	row = json_array_get(json_object_get(answer, "channels"), 0);
	assert_string_equal(json_text(row, "channel"), "gateway");
	assert_int_equal(json_int(row, "texts", 0), 2);
	assert_int_equal(json_int(row, "day_texts", 0), 5000);
	row = json_array_get(json_object_get(answer, "opt_outs"), 0);
	assert_string_equal(json_text(row, "number"), MASKED);
	assert_string_equal(json_text(row, "account"), "gateway");
	assert_int_equal(json_int(row, "inbox", 0), 2);
	assert_non_null(json_text(row, "since"));
}

static void
a_number_is_told_alone(void **state)
{
	static const struct {
		const char *number;
		int texts;
		bool is_out, is_refused;
	} cases[] = {
		{ "13900139003", 2, true, false },
		{ HUANG, 2, true, false },
		{ "+8613900139001", 0, false, false },
		{ "10086", 0, false, true },
	};
	struct stage *stage = *state;

	say(stage, "k1", "厨房漏水");
	say(stage, "k2", "TD");
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		json_t *answer scoped(json_release) = NULL;
		char request[100];

		(void)snprintf(request, sizeof(request),
		    "{\"verb\":\"texts\",\"number\":\"%s\"}", cases[i].number);
		answer = ask(stage, request);
		assert_int_equal(
		    json_text(answer, "error") != NULL, cases[i].is_refused);
		assert_int_equal(json_int(answer, "texts", 0), cases[i].texts);
		assert_int_equal(json_object_get(answer, "opt_out") != NULL,
		    cases[i].is_out);
	}
}

static void
show_tells_whose_a_text_was(void **state)
{
	static const struct {
		const char *request, *sender;
	} cases[] = {
		{ "{\"verb\":\"show\",\"case\":\"T261123-0001\"}", MASKED },
		{ "{\"verb\":\"show\",\"case\":\"T261123-0001\","
		  "\"unmasked\":true}",
		    HUANG },
	};
	struct stage *stage = *state;

	say(stage, "k1", "厨房漏水");
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		json_t *answer scoped(json_release) =
		    ask(stage, cases[i].request);
		const json_t *row =
		    json_array_get(json_object_get(answer, "inbox"), 0);

		assert_string_equal(
		    text_or(json_text(row, "sender"), "none"), cases[i].sender);
		assert_string_equal(json_text(row, "source"), "gateway");
	}
}

/* With neither number nor words: a gateway repeats both in its answer. */
static void
a_text_that_is_refused_is_logged(void **state)
{
	struct stage *stage = *state;
	char line[80];
	out_id out;

	stage_by_hand(stage);
	say(stage, "k1", "厨房漏水");
	out = stage_last(stage, HUANG)->out;
	stage_settle(stage, stage_last(stage, HUANG),
	    (struct receipt){ .result = ERR_PERM,
		.code = 400,
		.answer = "HTTP 400 no such number " HUANG });
	(void)snprintf(line, sizeof(line),
	    "warn refused channel=gateway out=%lld code=400; ", (long long)out);
	assert_true(log_has(stage, line));
	assert_false(log_has(stage, HUANG));
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, stage_setup, stage_teardown)
	const struct CMUnitTest tests[] = {
		TEST(texts_tells_what_is_used_and_who_wants_none),
		TEST(a_number_is_told_alone),
		TEST(show_tells_whose_a_text_was),
		TEST(a_text_that_is_refused_is_logged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
