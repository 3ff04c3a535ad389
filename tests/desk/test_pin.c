/*
 * A PIN that a staff member sets is in the store as a hash, and its mail is
 * not kept (rules.md 5.40).
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <string.h>

#include "core/pin.h"
#include "lib/buf.h"
#include "store/inbox.h"
#include "store/staff.h"
#include "tests/support/stage.h"

#define LIN "lin@sunshine.example"

static void
mail_of_lin(struct stage *stage, uint32_t uid, const char *text)
{
	char letter[1024];

	(void)snprintf(letter, sizeof(letter),
	    "Authentication-Results: mx.sunshine.example; dkim=pass "
	    "header.d=sunshine.example\r\n"
	    "From: <" LIN ">\r\nTo: desk@sunshine.example\r\n"
	    "Subject: PIN\r\nMessage-ID: <%u@sunshine.example>\r\n"
	    "Date: Mon, 23 Nov 2026 09:00:00 +0800\r\n\r\n%s\r\n",
	    (unsigned)uid, text);
	stage_mail(stage, 7, uid, letter, false);
	stage_turns(stage);
}

static size_t
raw_len(struct stage *stage, int64_t inbox)
{
	struct buf raw scoped(buf_done) = { 0 };
	struct err err = { 0 };

	buf_init(&raw, 1 << 16);
	assert_int_equal(
	    inbox_raw(stage->fixture->store, inbox, &raw, &err) >= 0, 1);
	return raw.len;
}

static void
s40_a_new_pin_is_kept_as_a_hash_and_its_mail_is_not_kept(void **state)
{
	struct stage *stage = *state;
	const struct staff *lin = config_staff(stage->conf, "lin");
	struct err err = { 0 };
	struct pin pin;

	mail_of_lin(stage, 1, "#pin 73619 2580");
	assert_int_equal(
	    pin_load(stage->fixture->store, "lin", &pin, &err), 1);
	assert_true(pin_fits(stage->conf, lin, &pin, "73619"));
	assert_int_equal(stage_inbox(stage, 1).state, INBOX_BINNED);
	assert_int_equal(raw_len(stage, 1), 0);
	assert_non_null(strstr(stage_last(stage, LIN)->text, "PIN"));
	assert_null(strstr(stage_last(stage, LIN)->text, "73619"));
	/* Over a restart too. */
	stage_stop(stage);
	stage_start(stage);
	mail_of_lin(stage, 2, "#pin 11223 2580");
	assert_true(pin_load(stage->fixture->store, "lin", &pin, &err) == 1 &&
		    pin_fits(stage->conf, lin, &pin, "73619"));
	mail_of_lin(stage, 3, "#pin 11223 73619");
	assert_true(pin_load(stage->fixture->store, "lin", &pin, &err) == 1 &&
		    pin_fits(stage->conf, lin, &pin, "11223"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    s40_a_new_pin_is_kept_as_a_hash_and_its_mail_is_not_kept,
		    stage_setup, stage_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
