/*
 * Notices that go in one mail: over restarts, refusals and full disks (rules.md
 * 5.33).
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "lib/text.h"
#include "store/bundles.h"
#include "store/cases.h"
#include "store/outbox.h"
#include "tests/support/stage.h"

#define LIN    "lin@sunshine.example"
#define WINDOW (10 * MSEC_MINUTE)

enum { ALONE = 5 };

static const struct receipt refused = {
	.result = ERR_PERM, .code = 550, .answer = "550 no such user"
};
static const struct receipt in_the_dark = { .result = ERR_TEMP,
	.is_unknown = true };

/* Each of another household about something else; lin is their first
 * responder. */
static const char *const matters[] = {
	"您好,1-2-501厨房水管漏水,请派人来看看。",
	"您好,2-2-502走廊灯不亮,请修。",
	"您好,3-2-503门禁刷不开,请看看。",
	"您好,4-2-504电梯按钮坏了,请修一下。",
	"您好,5-2-505楼道垃圾没人清,请打扫。",
	"您好,6-2-506楼上装修太吵,请管管。",
	"您好,7-2-507车位被占,请处理。",
	"您好,8-2-508下水道堵了,请疏通。",
};

static void
owners_write(struct stage *stage, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		char address[40], id[20];

		(void)snprintf(
		    address, sizeof(address), "o%zu@owner.example", i);
		(void)snprintf(id, sizeof(id), "m%zu", i);
		stage_mail(stage, 7, (uint32_t)i + 1,
		    stage_letter(address, id, matters[i]), false);
		stage_turns(stage);
	}
}

static size_t
held(struct stage *stage)
{
	const struct bundle_key key = { "lin", "sunshine" };
	out_id ids[ARRAY_COUNT(matters)];
	int count = notices_held(stage->fixture->store, &key, ids,
	    ARRAY_COUNT(matters), &stage->fixture->err);

	assert_true(count >= 0);
	return (size_t)count;
}

/* Three of eight wait. */
static void
three_wait(struct stage *stage)
{
	stage->conf->rules.notices = ALONE;
	owners_write(stage, 0, ARRAY_COUNT(matters));
	assert_int_equal(stage_cases(stage), ARRAY_COUNT(matters));
	assert_int_equal(stage_told(stage, LIN, "new_case"), ALONE);
	assert_int_equal(held(stage), 3);
}

static struct outgoing
row(struct stage *stage, out_id id)
{
	struct fixture *fixture = stage->fixture;
	struct outgoing out = { 0 };
	struct out_status status;

	assert_int_equal(out_load(fixture->store, id, &fixture->arena, &out,
			     &status, &fixture->err),
	    1);
	return out;
}

static void
s33_what_is_too_much_waits_and_goes_together(void **state)
{
	struct stage *stage = *state;
	out_id ids[4];
	char *html;

	three_wait(stage);
	assert_int_equal(bundle_next(stage->fixture->store), MORNING + WINDOW);
	stage_turns_at(stage, MORNING + WINDOW - 1);
	assert_int_equal(stage_told(stage, LIN, "bundle"), 0);
	stage_turns_at(stage, MORNING + WINDOW);
	assert_int_equal(stage_told(stage, LIN, "bundle"), 1);
	assert_int_equal(stage_told(stage, LIN, "new_case"), ALONE);
	assert_int_equal(held(stage), 0);
	assert_int_equal(bundle_next(stage->fixture->store), 0);
	/* Each has its own buttons, whose token is of its own row. */
	assert_int_equal(
	    notices_of(stage->fixture->store, stage_last(stage, LIN)->out, ids,
		4, &stage->fixture->err),
	    3);
	html = stage_html(stage_last(stage, LIN)->wire);
	for (size_t i = 0; i < 3; i++) {
		struct outgoing notice = row(stage, ids[i]);
		char link[300];

		(void)snprintf(link, sizeof(link),
		    "href=\"mailto:%s?subject=", notice.reply_to);
		assert_non_null(strstr(notice.reply_to, "+"));
		assert_non_null(strstr(html, link));
		assert_int_equal(
		    stage_status(stage, ids[i]).state, OUT_BUNDLED);
	}
	free(html);
}

static void
s33_a_button_in_the_bundle_takes_its_case(void **state)
{
	static char letter[1000];
	struct stage *stage = *state;
	struct case_file file = { 0 };
	out_id ids[4];

	three_wait(stage);
	stage_turns_at(stage, MORNING + WINDOW);
	assert_int_equal(
	    notices_of(stage->fixture->store, stage_last(stage, LIN)->out, ids,
		4, &stage->fixture->err),
	    3);
	(void)snprintf(letter, sizeof(letter),
	    "From: <" LIN ">\r\nTo: %s\r\nMessage-ID: <l1@sunshine.example>\r\n"
	    "Authentication-Results: mx.sunshine.example; dkim=pass "
	    "header.d=sunshine.example; spf=pass\r\n"
	    "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
	    "\r\n#接单\r\n",
	    row(stage, ids[1]).reply_to);
	stage_mail(stage, 7, 90, letter, false);
	stage_turns(stage);
	assert_int_equal(
	    case_load(stage->fixture->store, row(stage, ids[1]).case_id,
		&stage->fixture->arena, &file, &stage->fixture->err),
	    1);
	assert_string_equal(file.handler, "lin");
}

static void
s33_a_desk_that_was_killed_meanwhile_makes_it_once(void **state)
{
	struct stage *stage = *state;

	three_wait(stage);
	stage_stop(stage);
	stage->now = MORNING + MSEC_HOUR;
	stage_start(stage);
	stage_turns(stage);
	assert_int_equal(stage_told(stage, LIN, "bundle"), 1);
	stage_stop(stage);
	stage_start(stage);
	stage_turns(stage);
	assert_int_equal(stage_told(stage, LIN, "bundle"), 1);
	assert_int_equal(stage_told(stage, LIN, "new_case"), ALONE);
}

static void
s33_a_full_disk_makes_it_later_and_once(void **state)
{
	struct stage *stage = *state;

	three_wait(stage);
	stage->now = MORNING + WINDOW;
	stage_disk(stage, true);
	stage_turn_fails(stage);
	assert_int_equal(stage_told(stage, LIN, "bundle"), 0);
	stage_disk(stage, false);
	stage_turns(stage);
	assert_int_equal(stage_told(stage, LIN, "bundle"), 1);
	assert_int_equal(held(stage), 0);
}

/* The bundle, in flight. */
static struct stage_sent *
bundle_in_flight(struct stage *stage)
{
	three_wait(stage);
	stage_by_hand(stage);
	stage_turns_at(stage, MORNING + WINDOW);
	assert_string_equal(stage_last(stage, LIN)->template_name, "bundle");
	return stage_last(stage, LIN);
}

static void
s33_a_bundle_without_an_answer_goes_again_as_it_was(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *first = bundle_in_flight(stage);

	stage_settle(stage, first, in_the_dark);
	/* What the cases are by now changes nothing. */
	stage_sql(stage, "UPDATE cases SET handler = 'zhou'");
	stage_turns_at(stage, stage->now + MSEC_MINUTE);
	assert_int_equal(stage_told(stage, LIN, "bundle"), 2);
	assert_string_equal(stage_last(stage, LIN)->wire_id, first->wire_id);
	assert_string_equal(stage_last(stage, LIN)->text, first->text);
	assert_ptr_not_equal(stage_last(stage, LIN), first);
}

static void
s33_a_bundle_that_is_refused_is_taken_apart(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *bundle = bundle_in_flight(stage);

	stage_settle(stage, bundle, refused);
	assert_int_equal(stage_status(stage, bundle->out).state, OUT_FAILED);
	assert_int_equal(
	    stage_told(stage, LIN, "new_case"), ARRAY_COUNT(matters));
	assert_int_equal(held(stage), 0);
}

static void
s33_without_a_bundle_each_goes_alone(void **state)
{
	struct stage *stage = *state;

	three_wait(stage);
	stage_sql(stage,
	    "CREATE TRIGGER broken BEFORE INSERT ON outbox "
	    "WHEN NEW.template = 'bundle' BEGIN SELECT RAISE(ABORT, 'no'); "
	    "END");
	stage_turns_at(stage, MORNING + WINDOW);
	assert_int_equal(stage_told(stage, LIN, "bundle"), 0);
	assert_int_equal(
	    stage_told(stage, LIN, "new_case"), ARRAY_COUNT(matters));
	assert_true(log_has(stage, "staff=lin"));
	assert_int_equal(bundle_next(stage->fixture->store), 0);
}

static void
s33_who_has_left_gets_what_was_on_its_way(void **state)
{
	struct stage *stage = *state;

	three_wait(stage);
	stage_stop(stage);
	for (size_t i = 0; i < stage->conf->staff_count; i++)
		if (text_eq(stage->conf->staff[i].id, "lin"))
			stage->conf->staff[i].left = true;
	stage_start(stage);
	stage_turns_at(stage, MORNING + WINDOW);
	assert_int_equal(stage_told(stage, LIN, "bundle"), 0);
	assert_int_equal(
	    stage_told(stage, LIN, "new_case"), ARRAY_COUNT(matters));
}

static void
s33_one_that_waited_alone_goes_alone(void **state)
{
	struct stage *stage = *state;

	stage->conf->rules.notices = ALONE;
	owners_write(stage, 0, ALONE + 1);
	assert_int_equal(held(stage), 1);
	stage_turns_at(stage, MORNING + WINDOW);
	assert_int_equal(stage_told(stage, LIN, "bundle"), 0);
	assert_int_equal(stage_told(stage, LIN, "new_case"), ALONE + 1);
}

static void
s33_a_bundle_counts_for_the_window_after_it(void **state)
{
	struct stage *stage = *state;

	stage->conf->rules.notices = 1;
	owners_write(stage, 0, 3);
	assert_int_equal(stage_told(stage, LIN, "new_case"), 1);
	stage_turns_at(stage, MORNING + WINDOW);
	assert_int_equal(stage_told(stage, LIN, "bundle"), 1);
	owners_write(stage, 3, 5);
	assert_int_equal(held(stage), 2);
	stage_turns_at(stage, MORNING + 2 * WINDOW - 1);
	assert_int_equal(stage_told(stage, LIN, "bundle"), 1);
	stage_turns_at(stage, MORNING + 2 * WINDOW);
	assert_int_equal(stage_told(stage, LIN, "bundle"), 2);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(s33_what_is_too_much_waits_and_goes_together),
		TEST(s33_a_button_in_the_bundle_takes_its_case),
		TEST(s33_a_desk_that_was_killed_meanwhile_makes_it_once),
		TEST(s33_a_full_disk_makes_it_later_and_once),
		TEST(s33_a_bundle_without_an_answer_goes_again_as_it_was),
		TEST(s33_a_bundle_that_is_refused_is_taken_apart),
		TEST(s33_without_a_bundle_each_goes_alone),
		TEST(s33_who_has_left_gets_what_was_on_its_way),
		TEST(s33_one_that_waited_alone_goes_alone),
		TEST(s33_a_bundle_counts_for_the_window_after_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
