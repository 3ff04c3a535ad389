/*
 * Who wants no texts says so to the gateway, and its report is all that tells
 * (R53).
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/config.h"
#include "store/outbox.h"
#include "store/owners.h"
#include "tests/support/stage.h"

#define STRANGER "+8613900139199"

static const char *const words[] = { "MOBILE_IN_BLACK", NULL };

/* The reader hears of it at the start. */
static void
know_the_words(struct stage *stage)
{
	const struct sms_channel *sms = config_sms(stage->conf, "gateway");

	((struct sms_provider *)(uintptr_t)sms->provider)
	    ->report.fields.optout = words;
	stage_stop(stage);
	stage_start(stage);
}

static struct stage_sent *
in_flight(struct stage *stage)
{
	stage_by_hand(stage);
	stage_push(stage, false,
	    "{\"id\":\"k1\",\"from\":\"13900139199\",\"to\":\"10690001\","
	    "\"text\":\"电梯坏了\",\"coding\":\"0\",\"charset\":\"UTF-8\"}");
	stage_turns(stage);
	return stage_last(stage, STRANGER);
}

static bool
is_out(struct stage *stage)
{
	return opt_out_after(stage->fixture->store, STRANGER, 0,
		   &stage->fixture->err) > 0;
}

static void
a_report_ends_texts_as_a_refusal_does(void **state)
{
	static const struct {
		const char *type, *reason;
		bool is_out;
	} cases[] = {
		{ "2", "SPACE_SHORTAGE", false },
		/* It arrived, whatever the reason says. */
		{ "1", "MOBILE_IN_BLACK", false },
		{ "2", "MOBILE_IN_BLACK", true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		for (int is_early = 0; is_early <= 1; is_early++) {
			void *one = NULL;
			struct stage *stage;
			struct stage_sent *sent;
			char query[200];

			assert_int_equal(stage_setup(&one), 0);
			stage = one;
			know_the_words(stage);
			sent = in_flight(stage);
			(void)snprintf(query, sizeof(query),
			    "{\"id\":\"P-7\",\"type\":\"%s\",\"reply\":\"%s\"}",
			    cases[i].type, cases[i].reason);
			if (is_early)
				stage_push(stage, true, query);
			stage_settle(stage, sent,
			    (struct receipt){
				.code = 202, .provider_id = "P-7" });
			if (!is_early)
				stage_push(stage, true, query);
			stage_turns(stage);
			if (is_out(stage) != cases[i].is_out)
				fail_msg("%s %s, early %d", cases[i].type,
				    cases[i].reason, is_early);
			assert_int_equal(stage_teardown(&one), 0);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_ends_texts_as_a_refusal_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
