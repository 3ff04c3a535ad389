/*
 * What an earlier run was given once, and left.
 */
#include <string.h>
#include <sys/resource.h>

#include "core/config.h"
#include "core/limits.h"
#include "daemon/kept_answers.h"
#include "store/inbox.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/stage.h"

#define LEAK                                                            \
	"{\"texts\":[{\"id\":\"q1\",\"from\":\"13900139003\",\"text\":" \
	"\"3-2-601 厨房漏水\"}]}"

static void
a_queue(struct stage *stage)
{
	stage_provider(stage)->poll = (struct sms_poll){
		.is_there = true,
		.mode = SMS_POLL_QUEUE,
		.fields = { .format = SMS_FORMAT_JSON,
		    .items = "/texts",
		    .id = "/id",
		    .from = "/from",
		    .text = "/text" },
	};
}

/* "maple" beside the estate that there is. */
static void
two_estates(struct stage *stage)
{
	static struct estate estates[2];
	struct config *conf = (struct config *)(uintptr_t)stage->conf;

	estates[0] = estates[1] = conf->estates[0];
	estates[1].id = "maple";
	conf->estates = estates;
	conf->estate_count = ARRAY_COUNT(estates);
}

static void
kept_as(
    struct stage *stage, const char *source, bool is_report, const char *raw)
{
	const struct poll_kept row = { .source = source,
		.estate = "maple",
		.is_report = is_report,
		.form = "",
		.cursor = "",
		.raw = { raw, strlen(raw) } };
	int64_t id;

	fixture_begin(stage->fixture);
	assert_int_equal(poll_answer_keep(stage->fixture->store, &row, &id,
			     &stage->fixture->err),
	    0);
	fixture_commit(stage->fixture);
}

static void
kept(struct stage *stage, const char *source, bool is_report)
{
	kept_as(stage, source, is_report, LEAK);
}

static size_t
left(struct stage *stage)
{
	struct poll_kept row = { 0 };
	size_t count = 0;

	while (poll_answer_next(stage->fixture->store, row.id,
		   &stage->fixture->arena, &row, &stage->fixture->err) > 0)
		count++;
	return count;
}

static struct kept_answers *
opened(struct stage *stage)
{
	return kept_answers_open(
	    stage->conf, stage->fixture->store, stage->desk);
}

static void
each_is_decided_and_what_came_later_is_not_its_business(void **state)
{
	struct stage *stage = *state;
	struct kept_answers *answers;

	a_queue(stage);
	kept(stage, "gateway", false);
	answers = opened(stage);
	assert_int_equal(kept_answers_timeout(answers), 0);
	kept(stage, "gateway", false);
	kept_answers_work(answers, stage->now);
	assert_int_equal(kept_answers_timeout(answers), -1);
	stage_turns(stage);
	assert_int_equal(stage_cases(stage), 1);
	assert_int_equal(left(stage), 1);
	kept_answers_work(answers, stage->now);
	kept_answers_close(&answers);
	assert_null(answers);
}

static void
what_cannot_be_handed_in_now_is_handed_in_later(void **state)
{
	struct stage *stage = *state;
	struct kept_answers *answers;
	struct rlimit files, none;
	/* So much needs a descriptor. */
	char large[LIMIT_JOB_BYTES + sizeof(LEAK)];

	memset(large, ' ', sizeof(large));
	memcpy(large, LEAK, strlen(LEAK));
	large[sizeof(large) - 1] = '\0';
	a_queue(stage);
	kept_as(stage, "gateway", false, large);
	answers = opened(stage);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &files), 0);
	none = (struct rlimit){ .rlim_cur = 0, .rlim_max = files.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	kept_answers_work(answers, stage->now);
	kept_answers_work(answers, stage->now);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &files), 0);
	assert_in_range(kept_answers_timeout(answers), 1, 2000);
	assert_int_equal(left(stage), 1);
	kept_answers_work(answers, stage->now);
	assert_int_equal(kept_answers_timeout(answers), -1);
	stage_turns(stage);
	assert_int_equal(stage_cases(stage), 1);
	assert_int_equal(left(stage), 0);
	kept_answers_close(&answers);
}

static void
what_nobody_can_read_any_more_is_shown_to_people(void **state)
{
	struct stage *stage = *state;
	struct kept_answers *answers;

	a_queue(stage);
	two_estates(stage);
	kept(stage, "gone", false);   /* no such channel */
	kept(stage, "gateway", true); /* its reports are not fetched */
	kept(stage, "gone", false);   /* the same again */
	answers = opened(stage);
	kept_answers_work(answers, stage->now);
	assert_int_equal(kept_answers_timeout(answers), -1);
	stage_turns(stage);
	assert_int_equal(left(stage), 0);
	assert_int_equal(stage_cases(stage), 0);
	for (int64_t id = 1; id <= 2; id++) {
		struct inbox_row row = stage_inbox(stage, id);

		assert_int_equal(row.state, INBOX_BINNED);
		assert_string_equal(row.bin, "malformed");
		assert_string_equal(row.source, id == 1 ? "gone" : "gateway");
		assert_string_equal(row.estate, "maple");
		assert_int_equal(row.raw_len, strlen(LEAK));
	}
	kept_answers_close(&answers);
}

static void
a_channel_that_no_estate_uses_reads_nothing(void **state)
{
	struct stage *stage = *state;
	struct kept_answers *answers;

	a_queue(stage);
	kept(stage, "gateway", false);
	for (size_t i = 0; i < stage->conf->estate_count; i++)
		((struct estate *)(uintptr_t)&stage->conf->estates[i])->sms =
		    NULL;
	answers = opened(stage);
	kept_answers_work(answers, stage->now);
	assert_string_equal(stage_inbox(stage, 1).bin, "malformed");
	assert_int_equal(left(stage), 0);
	kept_answers_close(&answers);
}

static void
what_the_store_refuses_stays(void **state)
{
	struct stage *stage = *state;
	struct kept_answers *answers;

	kept(stage, "gone", false);
	stage_sql(stage,
	    "CREATE TRIGGER refuse BEFORE DELETE ON poll_answers BEGIN "
	    "SELECT RAISE(ABORT, 'no'); END");
	answers = opened(stage);
	kept_answers_work(answers, stage->now);
	assert_in_range(kept_answers_timeout(answers), 1, 2000);
	assert_int_equal(left(stage), 1);
	stage_sql(stage, "DROP TRIGGER refuse");
	kept_answers_work(answers, stage->now);
	assert_int_equal(left(stage), 0);
	assert_string_equal(stage_inbox(stage, 1).bin, "malformed");
	kept_answers_close(&answers);
}

/* A start that meets a busy disk does not leave them until the next one. */
static void
a_store_that_cannot_say_what_there_is_is_asked_again(void **state)
{
	struct stage *stage = *state;
	struct kept_answers *answers;
	int64_t id;

	a_queue(stage);
	kept(stage, "gateway", false);
	stage_sql(stage, "ALTER TABLE poll_answers RENAME TO elsewhere");
	answers = opened(stage);
	assert_false(kept_answers_are_known(answers));
	assert_int_equal(kept_answers_timeout(answers), 0);
	kept_answers_work(answers, stage->now);
	assert_false(kept_answers_are_known(answers));
	assert_in_range(kept_answers_timeout(answers), 1, 2000);
	assert_int_equal(kept_answers_add(answers,
			     &(struct poll_kept){ .source = "gateway" }, &id,
			     &stage->fixture->err),
	    -1);
	stage_sql(stage, "ALTER TABLE elsewhere RENAME TO poll_answers");
	kept_answers_work(answers, stage->now);
	assert_true(kept_answers_are_known(answers));
	assert_int_equal(kept_answers_timeout(answers), -1);
	stage_turns(stage);
	assert_int_equal(stage_cases(stage), 1);
	assert_int_equal(left(stage), 0);
	kept_answers_close(&answers);
}

static void
nothing_kept_is_nothing_to_do(void **state)
{
	struct stage *stage = *state;
	struct kept_answers *answers = opened(stage);

	assert_true(kept_answers_are_known(answers));
	assert_int_equal(kept_answers_timeout(answers), -1);
	kept_answers_work(answers, stage->now);
	kept_answers_close(&answers);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_is_decided_and_what_came_later_is_not_its_business),
		TEST(what_cannot_be_handed_in_now_is_handed_in_later),
		TEST(what_nobody_can_read_any_more_is_shown_to_people),
		TEST(a_channel_that_no_estate_uses_reads_nothing),
		TEST(what_the_store_refuses_stays),
		TEST(a_store_that_cannot_say_what_there_is_is_asked_again),
		TEST(nothing_kept_is_nothing_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
