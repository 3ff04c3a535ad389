/*
 * Long texts that come in parts.
 */
#include <stdio.h>
#include <string.h>

#include "core/limits.h"
#include "store/cases.h"
#include "store/inbox.h"
#include "store/sms_parts.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/stage.h"

#define HUANG "+8613900139003"
#define WAIT  MSEC_MINUTE

/* One part, as Kannel hands it on when it does not join them itself. */
static void
part(struct stage *stage, const char *id, const char *from, unsigned ref,
    unsigned count, unsigned number, const char *text)
{
	char query[600];

	(void)snprintf(query, sizeof(query),
	    "{\"id\":\"%s\",\"from\":\"%s\",\"to\":\"10690001\",\"text\":\"%s\","
	    "\"charset\":\"UTF-8\",\"udh\":\"050003%02x%02x%02x\"}",
	    id, from, text, ref, count, number);
	stage_push(stage, false, query);
	stage_turns(stage);
	assert_int_equal(stage->status, 200);
}

static int64_t
waiting(struct stage *stage)
{
	return sms_part_waiting(stage->fixture->store);
}

static const char *
words_of_case(struct stage *stage)
{
	static struct case_file file;

	assert_int_equal(
	    case_load(stage->fixture->store, 1, &stage->fixture->arena, &file,
		&stage->fixture->err),
	    1);
	return file.text;
}

static void
parts_in_any_order_are_one_text(void **state)
{
	struct stage *stage = *state;

	part(stage, "p3", "13900139003", 7, 3, 3, "很急。");
	part(stage, "p1", "13900139003", 7, 3, 1, "3-2-601厨房");
	assert_int_equal(stage_cases(stage), 0);
	assert_int_equal(waiting(stage), 2);
	/* Somebody else's part with that number is none of theirs. */
	part(stage, "q2", "13900139001", 7, 3, 2, "电梯");
	assert_int_equal(stage_cases(stage), 0);
	part(stage, "p2", "13900139003", 7, 3, 2, "水管漏水,");
	assert_int_equal(stage_cases(stage), 1);
	assert_string_equal(words_of_case(stage), "3-2-601厨房水管漏水,很急。");
	assert_int_equal(stage_sent_to(stage, HUANG), 1);
	assert_int_equal(waiting(stage), 1);
	assert_string_equal(stage_inbox(stage, 1).bin, "part");
	/* For the archive, and to be erased with it. */
	assert_int_equal(stage_inbox(stage, 1).case_id, 1);
	assert_int_equal(stage_inbox(stage, 2).case_id, 1);
	assert_int_equal(stage_inbox(stage, 3).case_id, 0);
	assert_int_equal(stage_inbox(stage, 4).state, INBOX_DONE);
}

static void
what_never_becomes_whole_is_handed_over_as_it_is(void **state)
{
	struct stage *stage = *state;

	part(stage, "p1", "13900139003", 7, 4, 1, "3-2-601厨房漏水");
	part(stage, "p3", "13900139003", 7, 4, 3, "请快来");
	stage_turns_at(stage, stage->now + WAIT - 1);
	assert_int_equal(stage_cases(stage), 0);
	stage_turns_at(stage, stage->now + 1);
	assert_int_equal(stage_cases(stage), 1);
	assert_string_equal(
	    words_of_case(stage), "3-2-601厨房漏水 […] 请快来 […]");
	assert_int_equal(waiting(stage), 0);
}

static void
a_part_that_is_said_twice_is_one(void **state)
{
	struct stage *stage = *state;

	part(stage, "p1", "13900139003", 7, 2, 1, "3-2-601厨房");
	part(stage, "p1", "13900139003", 7, 2, 1, "3-2-601厨房");
	part(stage, "x1", "13900139003", 7, 2, 1, "3-2-601厨房");
	assert_int_equal(waiting(stage), 1);
	part(stage, "p2", "13900139003", 7, 2, 2, "漏水");
	assert_int_equal(stage_cases(stage), 1);
	assert_string_equal(words_of_case(stage), "3-2-601厨房漏水");
	/* Late, after all was decided: known by its id. */
	part(stage, "p2", "13900139003", 7, 2, 2, "漏水");
	assert_int_equal(waiting(stage), 0);
}

static void
numbers_that_come_round_do_not_mix_two_texts(void **state)
{
	struct stage *stage = *state;

	part(stage, "a1", "13900139003", 7, 2, 1, "3-2-601厨房漏水");
	part(stage, "b1", "13900139003", 7, 2, 1, "4号楼电梯");
	assert_int_equal(stage_cases(stage), 1);
	assert_string_equal(words_of_case(stage), "3-2-601厨房漏水 […]");
	part(stage, "b2", "13900139003", 7, 2, 2, "停了");
	assert_int_equal(waiting(stage), 0);
}

static void
a_character_that_the_cut_went_through_is_whole_again(void **state)
{
	struct stage *stage = *state;
	static const char *const raws[] = {
		"{\"query\":{\"id\":\"p1\",\"from\":\"13900139003\","
		"\"coding\":\"2\"},\"query_hex\":{\"udh\":\"050003090201\","
		"\"text\":"
		"\"0033002d0032002d003600300031"
		"53a8623f6f0f6c34d83d\"}}",
		"{\"query\":{\"id\":\"p2\",\"from\":\"13900139003\","
		"\"coding\":\"2\"},\"query_hex\":{\"udh\":\"050003090202\","
		"\"text\":\"de008bf76765\"}}",
	};

	for (size_t i = 0; i < ARRAY_COUNT(raws); i++) {
		assert_int_equal(
		    desk_push(stage->desk, "gateway", false, raws[i],
			strlen(raws[i]), stage, &stage->fixture->err),
		    0);
		stage_turns(stage);
		assert_int_equal(stage->status, 200);
	}
	assert_string_equal(words_of_case(stage), "3-2-601厨房漏水😀请来");
}

/* People take a text out of its bin whose other parts are gone. */
static void
a_part_that_is_read_again_does_not_wait(void **state)
{
	struct stage *stage = *state;

	part(stage, "p1", "13900139003", 7, 2, 1, "3-2-601厨房");
	part(stage, "p2", "13900139003", 7, 2, 2, "3-2-601漏水了");
	stage_sql(stage,
	    "UPDATE inbox SET state = 'received', case_id = NULL WHERE id = 2");
	desk_read_again(stage->desk, 2);
	stage_turns(stage);
	assert_int_equal(waiting(stage), 0);
	assert_int_equal(stage_inbox(stage, 2).state, INBOX_DONE);
}

static void
a_restart_forgets_none(void **state)
{
	struct stage *stage = *state;

	part(stage, "p1", "13900139003", 7, 2, 1, "3-2-601厨房");
	stage_stop(stage);
	stage_start(stage);
	part(stage, "p2", "13900139003", 7, 2, 2, "漏水");
	assert_string_equal(words_of_case(stage), "3-2-601厨房漏水");
	stage_stop(stage);
	stage_start(stage);
	stage_turns_at(stage, stage->now + 2 * WAIT);
	assert_int_equal(stage_cases(stage), 1);
}

static void
too_many_are_not_kept_waiting(void **state)
{
	struct stage *stage = *state;

	part(stage, "p1", "13900139003", 7, 2, 1, "3-2-601厨房");
	stage_sql(stage,
	    "INSERT INTO inbox (channel, source, estate, key, received_at, "
	    "state, bin, raw_len, uidvalidity, uid, is_settled) "
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
	    "WHERE i < 1000) SELECT 'sms', 'gateway', 'sunshine', 'n' || i, 0, "
	    "'binned', 'part', 0, 0, 0, 1 FROM n");
	stage_sql(stage,
	    "INSERT INTO sms_parts SELECT id, source, key, '', 1, 2, 1, 'x', "
	    "9000000000000000 FROM inbox WHERE key LIKE 'n%'");
	assert_true(waiting(stage) >= LIMIT_SMS_PARTS_WAITING);
	part(stage, "z1", "13900139001", 9, 2, 1, "3-2-501电梯坏了");
	assert_int_equal(stage_cases(stage), 1);
	assert_string_equal(words_of_case(stage), "3-2-501电梯坏了 […]");
}

static void
danger_in_one_part_waits_for_no_other(void **state)
{
	struct stage *stage = *state;

	part(stage, "p1", "13900139003", 7, 2, 1, "3-2-601家里煤气泄漏，");
	assert_int_equal(stage_cases(stage), 0);
	stage_turns_at(stage, stage->now + 10 * MSEC_SECOND);
	assert_int_equal(stage_cases(stage), 1);
	assert_int_equal(stage_sent_to(stage, "+8613800138001"), 1);
	/* What comes late is told to the same people, of the same case. */
	part(stage, "p2", "13900139003", 7, 2, 2, "钥匙在邻居家。");
	stage_turns_at(stage, stage->now + WAIT);
	assert_int_equal(stage_cases(stage), 1);
	assert_int_equal(stage_sent_to(stage, "+8613800138001"), 2);
}

static void
a_part_that_comes_too_late_is_added_to_the_case_of_the_others(void **state)
{
	struct stage *stage = *state;

	part(stage, "p1", "13900139003", 7, 2, 1, "3-2-601厨房漏水，");
	stage_turns_at(stage, stage->now + WAIT);
	assert_int_equal(stage_cases(stage), 1);
	part(stage, "p2", "13900139003", 7, 2, 2, "家里五点以后有人。");
	stage_turns_at(stage, stage->now + WAIT);
	assert_int_equal(stage_cases(stage), 1);
	/* A text of its own is a matter of its own. */
	part(stage, "q1", "13900139003", 8, 2, 1, "楼道灯坏了，");
	stage_turns_at(stage, stage->now + WAIT);
	assert_int_equal(stage_cases(stage), 2);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(parts_in_any_order_are_one_text),
		TEST(what_never_becomes_whole_is_handed_over_as_it_is),
		TEST(a_part_that_is_said_twice_is_one),
		TEST(numbers_that_come_round_do_not_mix_two_texts),
		TEST(a_character_that_the_cut_went_through_is_whole_again),
		TEST(a_part_that_is_read_again_does_not_wait),
		TEST(a_restart_forgets_none),
		TEST(too_many_are_not_kept_waiting),
		TEST(danger_in_one_part_waits_for_no_other),
		TEST(a_part_that_comes_too_late_is_added_to_the_case_of_the_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
