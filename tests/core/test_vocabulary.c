#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "core/input.h"
#include "core/outgoing.h"
#include "core/vocabulary.h"

static void
every_word_comes_back_from_its_code(void **state)
{
	enum kind kind;
	enum severity severity;
	enum channel channel;
	enum role role;
	enum language language;
	enum timer_kind timer;
	enum out_state out;

	(void)state;
	for (int i = 0; i < KIND_COUNT; i++) {
		assert_int_equal(kind_from(kind_name((enum kind)i), &kind), 0);
		assert_int_equal(kind, i);
	}
	for (int i = SEVERITY_MINOR; i < SEVERITY_COUNT; i++) {
		assert_int_equal(severity_from(severity_name((enum severity)i),
				     &severity), 0);
		assert_int_equal(severity, i);
	}
	for (int i = CHANNEL_MAIL; i <= CHANNEL_SMS; i++) {
		assert_int_equal(
		    channel_from(channel_name((enum channel)i), &channel), 0);
		assert_int_equal(channel, i);
	}
	for (int i = ROLE_OWNER; i <= ROLE_SYSTEM; i++) {
		assert_int_equal(role_from(role_name((enum role)i), &role), 0);
		assert_int_equal(role, i);
	}
	for (int i = 0; i < LANGUAGE_COUNT; i++) {
		assert_int_equal(language_from(language_name((enum language)i),
				     &language), 0);
		assert_int_equal(language, i);
	}
	for (int i = 0; i < TIMER_KIND_COUNT; i++) {
		assert_int_equal(timer_kind_from(
				     timer_kind_name((enum timer_kind)i), &timer), 0);
		assert_int_equal(timer, i);
	}
	for (int i = 0; i < OUT_STATE_COUNT; i++) {
		assert_int_equal(out_state_from(
				     out_state_name((enum out_state)i), &out), 0);
		assert_int_equal(out, i);
	}
}

static void
a_word_that_does_not_exist_is_refused(void **state)
{
	enum kind kind = KIND_PRAISE;
	enum severity severity = SEVERITY_MAJOR;
	enum language language;
	enum out_state out;
	enum timer_kind timer;

	(void)state;
	assert_int_equal(kind_from("complaints", &kind), -1);
	assert_int_equal(kind_from(NULL, &kind), -1);
	assert_int_equal(kind, KIND_PRAISE);
	assert_int_equal(severity_from("", &severity), -1);
	assert_int_equal(severity_from(NULL, &severity), -1);
	assert_int_equal(severity, SEVERITY_MAJOR);
	assert_int_equal(language_from("de", &language), -1);
	assert_int_equal(out_state_from("gone", &out), -1);
	assert_int_equal(timer_kind_from(NULL, &timer), -1);
}

static void
no_severity_has_no_code(void **state)
{
	(void)state;
	assert_null(severity_name(SEVERITY_NONE));
	assert_string_equal(severity_word(SEVERITY_NONE, LANGUAGE_ZH), "");
}

static void
five_kinds_make_a_case(void **state)
{
	int count = 0;

	(void)state;
	for (int i = 0; i < KIND_COUNT; i++)
		count += kind_makes_case((enum kind)i);
	assert_int_equal(count, 5);
	assert_true(kind_makes_case(KIND_PRAISE));
	assert_false(kind_makes_case(KIND_FOLLOWUP));
}

static void
words_are_for_people_in_their_language(void **state)
{
	(void)state;
	assert_string_equal(kind_word(KIND_COMPLAINT, LANGUAGE_ZH), "投诉");
	assert_string_equal(kind_word(KIND_INQUIRY, LANGUAGE_EN), "enquiry");
	assert_string_equal(
	    severity_word(SEVERITY_EMERGENCY, LANGUAGE_ZH), "紧急");
	for (int i = 0; i < KIND_COUNT; i++) {
		assert_non_null(kind_word((enum kind)i, LANGUAGE_ZH));
		assert_non_null(kind_word((enum kind)i, LANGUAGE_EN));
	}
}

/* A letter for each state in the order of enum out_state: '+' is allowed. */
static void
delivery_never_goes_backwards(void **state)
{
	static const struct {
		enum out_state from;
		const char *to;
	} table[] = {
		/*               qsasduefcb */
		{ OUT_QUEUED,    "-++++-++++" },
		{ OUT_SENDING,   "+-++++++--" },
		{ OUT_ACCEPTED,  "---+++++--" },
		{ OUT_SENT,      "----+-++--" },
		{ OUT_DELIVERED, "----------" },
		{ OUT_UNKNOWN,   "+-+++-+++-" },
		{ OUT_EXPIRED,   "----+-----" },
		{ OUT_FAILED,    "----+-----" },
		{ OUT_CANCELLED, "----------" },
		{ OUT_BUNDLED,   "+-------+-" },
	};

	(void)state;
	assert_int_equal(ARRAY_COUNT(table), OUT_STATE_COUNT);
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		assert_int_equal(strlen(table[i].to), OUT_STATE_COUNT);
		for (int to = 0; to < OUT_STATE_COUNT; to++) {
			print_message("# %s to %s\n",
			    out_state_name(table[i].from),
			    out_state_name((enum out_state)to));
			assert_int_equal(out_state_may_move(table[i].from,
					     (enum out_state)to),
			    table[i].to[to] == '+');
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_word_comes_back_from_its_code),
		cmocka_unit_test(a_word_that_does_not_exist_is_refused),
		cmocka_unit_test(no_severity_has_no_code),
		cmocka_unit_test(five_kinds_make_a_case),
		cmocka_unit_test(words_are_for_people_in_their_language),
		cmocka_unit_test(delivery_never_goes_backwards),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
