/*
 * Each ceiling of core/limits.h on a mail: what is over it costs no more than
 * itself, and a person is told.
 */
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "tests/reader/reading.h"

#define TEN(text) text text text text text text text text text text

struct cap {
	const char *head; /* of the mail, to the place that is repeated */
	const char *repeated;
	size_t times;
	const char *tail;
	const char *text;    /* what is read all the same, or NULL */
	const char *warning; /* part of it, or NULL */
};

static const struct cap caps[] = {
	/* header: its size, its fields, one field */
	{ "From: a@x\n", "X-A: b\n", LIMIT_HEAD_BYTES / 7 + 10, "\nhello\n",
	    "hello", "first 256 KB of the header" },
	{ "From: a@x\nX-A: ", "y", 2 * LIMIT_HEAD_BYTES, "\n\nhello\n", "hello",
	    "first 256 KB of the header" },
	{ "From: a@x\nSubject: ", "y", 2 * LIMIT_HEADER_BYTES, "\n\nhello\n",
	    "hello", NULL },
	{ "From: a@x\nContent-Type: text/plain; ", "a=b; ", 40000,
	    "\n\nhello\n", "hello", NULL },
	/* recipients */
	{ "From: a@x\nTo: ", "b@x, ", LIMIT_RECIPIENTS, "\n\nhello\n", "hello",
	    NULL },
	{ "From: a@x\nTo: ", "b@x, ", LIMIT_RECIPIENTS + 1, "\n\nhello\n",
	    "hello", "first 100 recipients" },
	/* parts, in a row, in each other, mails in mails */
	{ "From: a@x\nContent-Type: multipart/mixed; boundary=b\n\n"
	  "--b\n\nhello\n",
	    "--b\nContent-Type: image/png; name=a.png\n\nx\n", 10000, "--b--\n",
	    "hello", "first 1,000 parts" },
	{ "From: a@x\nContent-Type: multipart/mixed; boundary=z\n\n",
	    "--c\nContent-Type: text/plain\n\nhello\n", 10000, "--c--\n",
	    "hello", "first 1,000 parts" },
	{ "From: a@x\nContent-Type: multipart/mixed; boundary=b\n\n"
	  "--b\n\nhello\n--b\n",
	    "Content-Type: multipart/mixed; boundary=c\n\n--c\n", 10000,
	    "\n--b--\n", "hello", "deeper than 100 levels" },
	{ "From: a@x\n", "Content-Type: message/rfc822\n\n", 10000, "hello\n",
	    NULL, NULL },
	/* text: its size, one line, decoded from less, quotes in quotes */
	{ "From: a@x\n\nhello\n", "drip\n", LIMIT_TEXT_BYTES, "", NULL,
	    "256 KB of the text" },
	{ "From: a@x\n\n", "x", 8 * MIB, "\n", NULL, "256 KB of the text" },
	{ "From: a@x\n\n", ">", 100000, "\n", NULL, NULL },
	{ "From: a@x\nContent-Type: text/html\n\nhello", "<table><tr><td>",
	    30000, "", "hello", NULL },
	{ "From: a@x\nContent-Type: text/html\n\nhello<ol>", "<li>&nbsp;",
	    60000, "", NULL, "256 KB of the text" },
	{ "From: a@x\nContent-Type: text/html\n\nhello<p ", "a=\"b\" ", 100000,
	    "></p>", "hello", NULL },
	/* words, addresses, comments */
	{ "From: a@x\nSubject: ", "=?utf-8?B?5ryP?= ", 10000, "\n\nhello\n",
	    "hello", NULL },
	{ "From: a@x\nSubject: ", "=?a?Q?b?==?c?Q?d?=", 3500, "\n\nhello\n",
	    "hello", NULL },
	{ "From: a@x\nContent-Type: multipart/mixed; boundary=b\n\n"
	  "--b\n\nhello\n",
	    "--b\nContent-Type: image/png" TEN(
		TEN("; a=\"b\";c=\"\"")) "; name=a\n\nx\n",
	    LIMIT_PARTS - 2, "--b--\n", "hello", NULL },
	{ "From: a@x\nCc: ", "(", 200000, "\n\nhello\n", "hello", NULL },
	{ "From: a@x\nCc: ", "<", 200000, "\n\nhello\n", "hello", NULL },
};

static void
what_is_over_a_cap_costs_no_more_than_itself(void **state)
{
	struct buf raw scoped(buf_done);

	(void)state;
	buf_init(&raw, 32 * MIB);
	for (size_t i = 0; i < ARRAY_COUNT(caps); i++) {
		const struct cap *cap = &caps[i];
		struct message m;
		struct err err = { 0 };

		arena_reset(&arena);
		buf_reset(&raw);
		buf_puts(&raw, cap->head);
		for (size_t k = 0; k < cap->times; k++)
			buf_puts(&raw, cap->repeated);
		buf_puts(&raw, cap->tail);
		assert_false(buf_is_over(&raw));
		if (reader_mail(raw.data, raw.len, &arena, &m, &err) < 0)
			fail_msg("%zu: %s", i, err.msg);
		assert_string_equal(m.from.addr, "a@x");
		if (cap->text != NULL)
			assert_string_equal(m.text, cap->text);
		if (cap->warning == NULL
			? m.warning != NULL
			: m.warning == NULL ||
			      strstr(m.warning, cap->warning) == NULL)
			fail_msg("%zu: warning %s", i, m.warning);
	}
}

static void
mails_attached_to_a_mail_are_read_only_where_they_came_back(void **state)
{
	struct buf raw scoped(buf_done);
	struct message m;

	(void)state;
	arena_reset(&arena);
	buf_init(&raw, 32 * MIB);
	buf_puts(&raw, "From: a@x\nContent-Type: multipart/mixed; boundary=b"
		       "\n\n--b\n\nhello\n");
	for (int i = 0; i < 100; i++) {
		buf_puts(&raw, "--b\nContent-Type: message/rfc822\n\n"
			       "From: b@x\nSubject: inside\n\n");
		for (int line = 0; line < 10000; line++)
			buf_puts(&raw, "a line of somebody's words\n");
	}
	buf_puts(&raw, "--b--\n");
	assert_false(buf_is_over(&raw));
	m = read_mail(buf_text(&raw));
	assert_string_equal(m.text, "hello");
	assert_int_equal(m.attachment_count, 100);
	assert_string_equal(m.attachments[99].name, "inside");
	assert_string_equal(m.forward.subject, "inside");
}

static void
a_mail_over_the_largest_size_is_refused(void **state)
{
	struct message m;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(
	    reader_mail("", LIMIT_MAIL_BYTES + 1, &arena, &m, &err), -1);
	assert_int_equal(err.kind, ERR_DATA);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_over_a_cap_costs_no_more_than_itself),
		cmocka_unit_test(
		    mails_attached_to_a_mail_are_read_only_where_they_came_back),
		cmocka_unit_test(a_mail_over_the_largest_size_is_refused),
	};

	return cmocka_run_group_tests(tests, open_reader, close_reader);
}
