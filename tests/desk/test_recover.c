/*
 * Messages that nobody has decided: each goes to a reader once.
 */
#include "core/calendar.h"
#include "desk/config.h"
#include "desk/desk.h"
#include "lib/cleanup.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/store_fixture.h"

#include <stdlib.h>
#include <string.h>

struct stage {
	struct fixture *fixture;
	struct config *conf;
	struct desk *desk;
	int reads;
	char first; /* byte of what was read last */
};

static void
on_read(void *self, const struct desk_read *read)
{
	struct stage *stage = self;

	stage->reads++;
	stage->first = read->data[read->offset];
}

static void
on_settle(void *self, const char *mailbox, uint32_t uidvalidity,
    const uint32_t *uids, size_t count)
{
	(void)self, (void)mailbox, (void)uidvalidity, (void)uids, (void)count;
}

static void
on_hold(void *self, bool hold)
{
	(void)self, (void)hold;
}

static void
on_note(void *self, enum desk_note_kind kind, const char *at, const char *text)
{
	(void)self, (void)kind, (void)at, (void)text;
}

static int
setup(void **state)
{
	struct stage *stage = calloc(1, sizeof(*stage));
	void *fixture = NULL;
	struct err err = { 0 };

	assert_non_null(stage);
	(void)fixture_memory(&fixture);
	stage->fixture = fixture;
	fixture_commit(fixture);
	if (config_load_public("conf/demo/shouwen.conf", NULL, NULL, NULL,
		&stage->conf, &err) < 0)
		fail_msg("%s", err.msg);
	*state = stage;
	return 0;
}

static int
teardown(void **state)
{
	struct stage *stage = *state;
	void *fixture = stage->fixture;

	desk_close(&stage->desk);
	(void)fixture_done(&fixture);
	config_free(&stage->conf);
	free(stage);
	return 0;
}

static void
open_desk(struct stage *stage)
{
	const struct desk_setup setup_of_desk = {
		.conf = stage->conf,
		.store = stage->fixture->store,
		.ports = { .read = on_read,
		    .settle = on_settle,
		    .hold = on_hold,
		    .note = on_note,
		    .self = stage },
	};
	struct err err = { 0 };

	stage->desk = desk_open(&setup_of_desk, MORNING, &err);
	if (stage->desk == NULL)
		fail_msg("%s", err.msg);
}

static void
turn(struct stage *stage)
{
	struct err err = { 0 };

	if (desk_turn(stage->desk, MORNING, &err) < 0)
		fail_msg("%s", err.msg);
}

/* A mail in the bin, taken out of it again when `again'. */
static int64_t
mail(struct stage *stage, uint32_t uid, const char *raw, bool again)
{
	struct fixture *fixture = stage->fixture;
	int64_t id;

	fixture_begin(fixture);
	id = fixture_mail(fixture, uid, raw);
	assert_int_equal(inbox_set_state(fixture->store, id, INBOX_BINNED,
			     "spam", NULL, 0, &fixture->err),
	    0);
	if (again)
		assert_int_equal(
		    inbox_again(fixture->store, id, &fixture->err), 1);
	fixture_commit(fixture);
	return id;
}

static void
a_message_out_of_quarantine_is_read_once(void **state)
{
	struct stage *stage = *state;
	int64_t id = mail(stage, 1, "From: a\n\n", false);

	open_desk(stage);
	turn(stage);
	assert_int_equal(stage->reads, 0);
	fixture_begin(stage->fixture);
	assert_int_equal(
	    inbox_again(stage->fixture->store, id, &stage->fixture->err), 1);
	fixture_commit(stage->fixture);
	assert_true(desk_is_idle(stage->desk, MORNING));
	desk_read_again(stage->desk, id);
	assert_false(desk_is_idle(stage->desk, MORNING));
	turn(stage);
	turn(stage);
	assert_int_equal(stage->reads, 1);
	assert_int_equal(stage->first, 'F');
}

static void
a_desk_that_was_down_finds_it_at_its_start(void **state)
{
	struct stage *stage = *state;
	int64_t id = mail(stage, 1, "From: a\n\n", true);

	open_desk(stage);
	/* Before the search for what was left: not twice. */
	desk_read_again(stage->desk, id);
	turn(stage);
	turn(stage);
	assert_int_equal(stage->reads, 1);
}

static void
many_are_read_and_one_that_still_lies_in_the_bin_is_not(void **state)
{
	struct stage *stage = *state;
	char raw[] = "From: a\n\n";

	open_desk(stage);
	turn(stage);
	for (uint32_t i = 0; i < 20; i++) {
		raw[6] = (char)('a' + i);
		desk_read_again(stage->desk, mail(stage, i + 1, raw, i != 7));
	}
	desk_read_again(stage->desk, 999);
	turn(stage);
	assert_int_equal(stage->reads, 19);
}

/* Only a death while it was decided counts against a message. */
static void
ends_in_order_are_no_deaths(void **state)
{
	struct stage *stage = *state;
	struct inbox_row row = { 0 };
	int64_t id = mail(stage, 1, "From: a\n\n", true);

	for (int i = 1; i <= 5; i++) {
		open_desk(stage);
		turn(stage);
		assert_int_equal(stage->reads, i);
		desk_close(&stage->desk);
	}
	assert_int_equal(inbox_load(stage->fixture->store, id,
			     &stage->fixture->arena, &row, &stage->fixture->err),
	    1);
	assert_int_equal(row.state, INBOX_RECEIVED);
	assert_int_equal(row.reads, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_message_out_of_quarantine_is_read_once, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    a_desk_that_was_down_finds_it_at_its_start, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    many_are_read_and_one_that_still_lies_in_the_bin_is_not,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(
		    ends_in_order_are_no_deaths, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
