/*
 * One fault of many households in the running desk: joining is part of the
 * message's own transaction, and a word to all reaches each of them once,
 * whatever happens on the way.
 */
#include "store/cases.h"
#include "store/incidents.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/stage.h"

#include <stdio.h>
#include <string.h>

/* More than one turn rings, and less than the stage can write down. */
enum { HOUSEHOLDS = 150 };

#define WANG  "wang@owner.example"
#define THIRD "new@owner.example"

static void
address_of(int household, char ret[40])
{
	(void)snprintf(ret, 40, "home%d@owner.example", household);
}

/* ---- the third report ---- */

static void
report(struct stage *stage, uint32_t uid, const char *from, const char *text)
{
	char id[16];

	(void)snprintf(id, sizeof(id), "r%u", uid);
	stage_mail(stage, 7, uid, stage_letter(from, id, text), false);
	stage_turns(stage);
}

static void
two_reports(struct stage *stage)
{
	report(stage, 1, WANG, "3-2-501家里停水了");
	stage_say(stage, "t1", "13900139003", "3-2-601停水了");
	assert_int_equal(stage_cases(stage), 2);
}

static struct case_file
load(struct stage *stage, case_id id)
{
	struct case_file file = { 0 };

	assert_int_equal(
	    case_load(stage->fixture->store, id, &stage->fixture->arena, &file,
		&stage->fixture->err),
	    1);
	return file;
}

static void
the_third_household_joins_the_first_two_once(void **state)
{
	struct stage *stage = *state;

	two_reports(stage);
	assert_int_equal(load(stage, 1).incident, 0);
	report(stage, 2, THIRD, "3-2-401停水了,请处理");
	/* The same mail once more. */
	stage_mail(stage, 7, 3,
	    stage_letter(THIRD, "r2", "3-2-401停水了,请处理"), false);
	stage_turns(stage);
	assert_int_equal(stage_cases(stage), 3);
	for (case_id id = 1; id <= 3; id++)
		assert_int_equal(load(stage, id).incident, 1);
	assert_int_equal(incident_next_id(stage->fixture->store), 2);
	/* Nobody but the third has been written to again. */
	assert_int_equal(stage_sent_to(stage, WANG), 1);
	assert_int_equal(stage_sent_to(stage, THIRD), 1);
	assert_non_null(strstr(stage_last(stage, THIRD)->text, "多户"));
}

static void
where_joining_fails_nothing_is_half_and_a_human_gets_the_mail(void **state)
{
	struct stage *stage = *state;

	two_reports(stage);
	stage_sql(stage,
	    "CREATE TRIGGER refuse BEFORE UPDATE OF incident ON cases "
	    "WHEN NEW.incident IS NOT NULL AND NEW.id = 2 "
	    "BEGIN SELECT RAISE(ABORT, 'refused'); END");
	report(stage, 2, THIRD, "3-2-401停水了,请处理");
	assert_int_equal(stage_cases(stage), 3);
	assert_int_equal(load(stage, 3).kind, KIND_UNCLEAR);
	for (case_id id = 1; id <= 3; id++)
		assert_int_equal(load(stage, id).incident, 0);
	assert_int_equal(incident_next_id(stage->fixture->store), 1);
}

/* ---- one outcome to all ---- */

/* An incident with open cases, and an outcome that is written. */
static void
write_outcome(struct stage *stage)
{
	static char numbers[HOUSEHOLDS][20], mails[HOUSEHOLDS][40];
	struct fixture *fixture = stage->fixture;
	struct effects effects;

	stage_stop(stage);
	fixture_begin(fixture);
	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_INCIDENT)->incident =
	    (struct incident){ .id = 1,
		    .number = "T261123-0001",
		    .estate = "sunshine",
		    .category = "plumbing",
		    .place = { .building = "3" },
		    .handler = "sun",
		    .is_taken = true,
		    .opened_at = MORNING };
	for (int i = 0; i < HOUSEHOLDS; i++) {
		(void)snprintf(numbers[i], 20, "T261123-%04d", i + 1);
		address_of(i, mails[i]);
		effects_add(&effects, EFFECT_CASE)->the_case =
		    (struct case_file){ .id = i + 1,
			    .number = numbers[i],
			    .estate = "sunshine",
			    .state = CASE_IN_PROGRESS,
			    .kind = KIND_REQUEST,
			    .category = "plumbing",
			    .severity = SEVERITY_NORMAL,
			    .channel = CHANNEL_MAIL,
			    .mail = mails[i],
			    .place = { .building = "3" },
			    .first_responder = "lin",
			    .handler = "sun",
			    .department = "engineering",
			    .level = 1,
			    .received_at = MORNING,
			    .taken_at = MORNING,
			    .incident = 1 };
	}
	effects_add(&effects, EFFECT_WORD)->word =
	    (struct incident_word){ .incident = 1,
		    .kind = WORD_OUTCOME,
		    .author = "sun",
		    .text = "您好,已更换水泵并恢复供水。",
		    .at = MORNING,
		    .goes_at = MORNING };
	effects_add(&effects, EFFECT_INCIDENT_RING)->ring.incident = 1;
	effects.list[effects.count - 1].ring.due = MORNING;
	if (store_apply(fixture->store, &effects, 0, MORNING, &fixture->err) <
	    0)
		fail_msg("%s", fixture->err.msg);
	fixture_commit(fixture);
	stage_start(stage);
}

/* What a death left in flight goes once more, as the same message. */
static bool
is_told(const struct stage *stage, const char *address)
{
	const char *message_id = NULL;

	for (size_t i = 0; i < stage->sent_count; i++) {
		const struct stage_sent *sent = &stage->sent[i];

		if (strcmp(sent->to, address) != 0)
			continue;
		if (message_id != NULL)
			assert_string_equal(sent->message_id, message_id);
		message_id = sent->message_id;
	}
	return message_id != NULL;
}

static int
told_households(const struct stage *stage)
{
	int told = 0;

	for (int i = 0; i < HOUSEHOLDS; i++) {
		char address[40];

		address_of(i, address);
		told += is_told(stage, address);
	}
	return told;
}

static void
a_death_in_the_middle_loses_no_household_and_tells_none_twice(void **state)
{
	struct stage *stage = *state;
	struct err err = { 0 };

	write_outcome(stage);
	assert_int_equal(desk_turn(stage->desk, stage->now, &err), 1);
	assert_in_range(told_households(stage), 1, HOUSEHOLDS - 1);
	stage_stop(stage);
	stage_start(stage);
	stage_turns(stage);
	stage_turns_at(stage, MORNING + MSEC_HOUR);
	assert_int_equal(told_households(stage), HOUSEHOLDS);
	for (case_id id = 1; id <= HOUSEHOLDS; id++) {
		assert_int_equal(load(stage, id).state, CASE_FED_BACK);
		assert_int_equal(load(stage, id).incident_told, 1);
	}
}

static void
one_household_that_fails_holds_up_no_other_and_is_tried_again(void **state)
{
	struct stage *stage = *state;

	write_outcome(stage);
	stage_sql(stage, "CREATE TRIGGER refuse BEFORE INSERT ON outbox "
			 "WHEN NEW.recipient = 'home70@owner.example' "
			 "BEGIN SELECT RAISE(ABORT, 'refused'); END");
	stage_turns(stage);
	assert_int_equal(told_households(stage), HOUSEHOLDS - 1);
	assert_int_equal(load(stage, 71).state, CASE_IN_PROGRESS);
	stage_sql(stage, "DROP TRIGGER refuse");
	stage_turns_at(stage, MORNING + MSEC_HOUR);
	assert_int_equal(told_households(stage), HOUSEHOLDS);
	assert_int_equal(load(stage, 71).state, CASE_FED_BACK);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_third_household_joins_the_first_two_once),
		TEST(
		    where_joining_fails_nothing_is_half_and_a_human_gets_the_mail),
		TEST(
		    a_death_in_the_middle_loses_no_household_and_tells_none_twice),
		TEST(
		    one_household_that_fails_holds_up_no_other_and_is_tried_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
