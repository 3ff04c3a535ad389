#include "lib/text.h"
#include "tests/reader/reading.h"

#define REPORT(action, status)                                                 \
	"From: MAILER-DAEMON@mx.x\nReturn-Path: <>\nSubject: Undelivered\n"     \
	"Content-Type: multipart/report; report-type=delivery-status; "        \
	"boundary=B\n\n--B\n\nIt failed.\n--B\n"                               \
	"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.x\n\n" \
	"Final-Recipient: rfc822;\n Owner@Example.org\nAction: " action        \
	"\nStatus: " status "\n\n--B\nContent-Type: message/rfc822\n\n"        \
	"Message-ID: <out-7@desk.x>\nSubject: s\n\nx\n--B--\n"

static void
a_report_names_whom_and_which_mail(void **state)
{
	struct message m = read_mail(REPORT("failed", "5.1.1"));

	(void)state;
	assert_true(m.is_auto);
	assert_true(m.bounce.is_bounce);
	assert_true(m.bounce.is_hard);
	assert_int_equal(m.bounce.recipient_count, 1);
	assert_string_equal(m.bounce.recipients[0], "owner@example.org");
	assert_string_equal(m.bounce.status, "5.1.1");
	assert_string_equal(m.bounce.original_message_id, "out-7@desk.x");
	assert_false(m.forward.is_forward);
}

static void
a_full_mailbox_is_not_final(void **state)
{
	struct message m = read_mail(REPORT("failed", "4.2.2"));

	(void)state;
	assert_true(m.bounce.is_bounce);
	assert_false(m.bounce.is_hard);
}

static void
a_delay_and_a_success_are_no_failure(void **state)
{
	struct message m = read_mail(REPORT("delayed", "4.4.1"));

	(void)state;
	assert_false(m.bounce.is_bounce);
	assert_true(m.bounce.is_delay);
	assert_true(m.is_auto);
	m = read_mail(REPORT("delivered", "2.0.0"));
	assert_false(m.bounce.is_bounce);
	assert_false(m.bounce.is_delay);
	assert_true(m.is_auto);
}

static void
a_failure_is_read_in_capitals_of_any_script(void **state)
{
	struct message m =
	    read_mail("From: MAILER-DAEMON@mx.x\nReturn-Path: <>\n"
		      "Subject: НЕДОСТАВЛЕННОЕ сообщение\n\n"
		      "Владелец <owner@example.org>: Не существует.\n");

	(void)state;
	assert_true(m.bounce.is_bounce);
	assert_true(m.bounce.is_hard);
	assert_string_equal(m.bounce.status, "5.1.1");
}

static void
free_text_is_read(void **state)
{
	struct message m = read_mail(
	    "From: postmaster@qq.com\nSubject: 系统退信\n"
	    "Content-Type: text/plain; charset=utf-8\n\n"
	    "无法投递到 owner@example.org\n550 5.1.1 User unknown\n\n"
	    "Original message follows.\nMessage-ID: <out-7@desk.x>\n");

	(void)state;
	assert_true(m.bounce.is_bounce);
	assert_string_equal(m.bounce.recipients[0], "owner@example.org");
	assert_string_equal(m.bounce.status, "5.1.1");
	assert_string_equal(m.bounce.original_message_id, "out-7@desk.x");
}

static void
a_person_who_writes_about_a_bounce_is_no_bounce(void **state)
{
	struct message m = read_mail("From: owner@example.org\n"
				     "Subject: Mail delivery failed\n\n"
				     "my mail to the desk was returned\n");

	(void)state;
	assert_false(m.bounce.is_bounce);
	assert_false(m.is_auto);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_names_whom_and_which_mail),
		cmocka_unit_test(a_full_mailbox_is_not_final),
		cmocka_unit_test(a_delay_and_a_success_are_no_failure),
		cmocka_unit_test(a_failure_is_read_in_capitals_of_any_script),
		cmocka_unit_test(free_text_is_read),
		cmocka_unit_test(a_person_who_writes_about_a_bounce_is_no_bounce),
	};

	return cmocka_run_group_tests(tests, open_reader, close_reader);
}
