#include <stdio.h>

#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/text.h"
#include "tests/reader/reading.h"

static void
the_head_says_who_what_and_when(void **state)
{
	struct message m =
	    read_mail("Return-Path: <>\r\n"
		      "From: =?GB2312?B?1cXI/Q==?= <Zhang@Example.ORG>\r\n"
		      "Reply-To: box@example.org\r\n"
		      "To: \"Desk, the\" <desk@x.org>, b@x.org\r\n"
		      "Cc: c@x.org\r\nDelivered-To: desk+t1@x.org\r\n"
		      "Subject: =?utf-8?B?5rC0?=\r\n =?utf-8?B?566h?=\r\n"
		      "Date: Mon, 23 Nov 2026 10:05:00 CST\r\n"
		      "Message-ID: <m1@x>\r\nIn-Reply-To: <a@x>\r\n"
		      "References: <a@x> <b@x>\r\n"
		      "Authentication-Results: mx.x.org;\r\n\tspf=pass\r\n"
		      "X-Spam-Flag: YES\r\n\r\nhello\r\n");

	(void)state;
	assert_string_equal(m.from.addr, "zhang@example.org");
	assert_string_equal(m.from.name, "张三");
	assert_string_equal(m.reply_to.addr, "box@example.org");
	assert_string_equal(m.return_path, "");
	assert_int_equal(m.to_count, 4);
	assert_string_equal(m.to[0].name, "Desk, the");
	assert_string_equal(m.to[3].addr, "desk+t1@x.org");
	assert_string_equal(m.subject, "水管");
	assert_string_equal(m.message_id, "m1@x");
	assert_string_equal(m.in_reply_to, "a@x");
	assert_int_equal(m.reference_count, 2);
	assert_string_equal(m.auth_results[0], "mx.x.org; spf=pass");
	assert_true(m.spam_hint);
	/* CST is +0800. */
	assert_int_equal(m.sent_at, 1795399500000);
}

static void
dates_of_all_kinds_are_read(void **state)
{
	static const struct {
		const char *date;
		msec_t at;
	} cases[] = {
		{ "Mon, 23 Nov 2026 10:05:00 +0800", 1795399500000 },
		{ "23 Nov 2026 02:05 GMT", 1795399500000 },
		{ "Mon, 23 Nov 26 02:05:00 -0000", 1795399500000 },
		{ "Mon, 23-Nov-2026 02:05:00 +0000 (UTC)", 1795399500000 },
		{ "yesterday", 0 },
		{ "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char raw[200];

		(void)snprintf(raw, sizeof(raw), "From: a@x\nDate: %s\n\nx\n",
		    cases[i].date);
		assert_int_equal(read_mail(raw).sent_at, cases[i].at);
	}
}

static void
cst_is_told_by_the_servers_clock(void **state)
{
	static const struct {
		const char *fields;
		msec_t at;
	} cases[] = {
		/* China, a minute on the way */
		{ "Received: from a by b;\n Mon, 23 Nov 2026 02:06:00 +0000\n"
		  "Date: Mon, 23 Nov 2026 10:05:00 CST\n",
		    1795399500000 },
		/* Chicago */
		{ "Received: from a by b; Mon, 23 Nov 2026 16:06:00 GMT\n"
		  "Date: Mon, 23 Nov 2026 10:05:00 CST\n",
		    1795399500000 + 14 * MSEC_HOUR },
		/* said twice, or nobody knows */
		{ "Received: from a by b; Mon, 23 Nov 2026 16:06:00 GMT\n"
		  "Date: Mon, 23 Nov 2026 10:05:00 +0800 (CST)\n",
		    1795399500000 },
		{ "Received: from a by b\nDate: 23 Nov 26 10:05 CST\n",
		    1795399500000 },
		{ "Received: from a by b; Mon, 30 Nov 2026 16:06:00 GMT\n"
		  "Date: Mon, 23 Nov 2026 10:05:00 CST\n",
		    1795399500000 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char raw[300];

		(void)snprintf(
		    raw, sizeof(raw), "From: a@x\n%s\nx\n", cases[i].fields);
		assert_int_equal(read_mail(raw).sent_at, cases[i].at);
	}
}

static void
odd_senders_keep_their_address(void **state)
{
	static const struct {
		const char *from, *addr, *name;
	} cases[] = {
		{ "a..b@docomo.ne.jp", "a..b@docomo.ne.jp", NULL },
		{ "\"A, B\" a@b.c", "a@b.c", "A, B" },
		{ "a@b.c (Ann)", "a@b.c", "Ann" },
		{ "Ann <a@b.c", "a@b.c", "Ann" },
		{ "=?utf-8?Q?Li,_Ann?= <a@b.c>", "a@b.c", "Li, Ann" },
		{ "=?utf-8?Q?Ann_=3Ca=40b.c=3E?=", "a@b.c", "Ann" },
		{ "x\nFrom: second@b.c", "second@b.c", NULL },
		{ "P(x \\) y) <p(z)@s.t(h)>", "p@s.t", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char raw[200];
		struct message m;

		(void)snprintf(
		    raw, sizeof(raw), "From: %s\n\nx\n", cases[i].from);
		m = read_mail(raw);
		assert_non_null(m.from.addr);
		assert_string_equal(m.from.addr, cases[i].addr);
		if (cases[i].name != NULL)
			assert_string_equal(m.from.name, cases[i].name);
	}
}

static void
encoded_words_are_decoded(void **state)
{
	static const struct {
		const char *raw, *text;
	} cases[] = {
		/* one character split over two words */
		{ "=?utf-8?B?5rA=?= =?utf-8?B?tOeuoQ==?=", "水管" },
		{ "=?gb2312?B?y6653MKpy64=?=", "水管漏水" },
		/* GB18030 under the label GB2312 */
		{ "=?GB2312?B?6EXLrg==?=", "鐴水" },
		{ "=?utf-8*zh?B?5rC0?=", "水" }, { "=?utf-8?B?5rC0", "水" },
		{ "=?utf-8?Q?a_b=3D?= c", "a b= c" },
		{ "a =?utf-8?Q?b?= c", "a b c" },
		{ "=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab" },
		{ "=?nonsense", "=?nonsense" },
		{ "\xCB\xAE\xB9\xDC", "水管" }, /* raw GBK */
		{ "水管", "水管" },             /* raw UTF-8 */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char raw[200];

		(void)snprintf(raw, sizeof(raw),
		    "From: a@x\nSubject: %s\n\nx\n", cases[i].raw);
		if (i == 2) /* which rare character is not the point */
			assert_true(text_ends(read_mail(raw).subject, "水"));
		else
			assert_string_equal(
			    read_mail(raw).subject, cases[i].text);
	}
}

#define MIXED                            \
	"From: a@x\nMIME-Version: 1.0\n" \
	"Content-Type: multipart/mixed; boundary=B\n\n--B\n"

static void
an_attachment_is_a_slice_with_its_own_headers(void **state)
{
	static const char part[] =
	    "Content-Type: image/jpeg;\n name*=utf-8''%E6%B0%B4.jpg\n"
	    "Content-Disposition: attachment\n"
	    "Content-Transfer-Encoding: base64\n\nAQIDBAU\n=\n";
	static const char mail[] = "Content-Type: message/rfc822\n\n"
				   "From: b@x\nSubject: inner\n\ntext\n";
	char raw[1000];
	struct message m;

	(void)state;
	(void)snprintf(raw, sizeof(raw),
	    MIXED "\nsee photo\n--B\n%s--B\n%s--B--\n", part, mail);
	m = read_mail(raw);
	assert_string_equal(m.text, "see photo");
	assert_int_equal(m.attachment_count, 2);
	assert_string_equal(m.attachments[0].name, "水.jpg");
	assert_string_equal(m.attachments[0].type, "image/jpeg");
	assert_int_equal(m.attachments[0].size, 5);
	assert_memory_equal(
	    raw + m.attachments[0].offset, part, m.attachments[0].length);
	/* but for the line end that belongs to the boundary */
	assert_in_range(
	    m.attachments[0].length, strlen(part) - 1, strlen(part));
	assert_string_equal(m.attachments[1].name, "inner");
	assert_memory_equal(
	    raw + m.attachments[1].offset, mail, m.attachments[1].length);
	assert_in_range(
	    m.attachments[1].length, strlen(mail) - 1, strlen(mail));
	/* A mail that is attached is content that is handed on. */
	assert_true(m.forward.is_forward);
	assert_string_equal(m.forward.from, "b@x");
	assert_string_equal(m.forward.body, "text");
}

static void
of_two_forms_the_plain_one_is_read(void **state)
{
	struct message m = read_mail(
	    "From: a@x\nContent-Type: multipart/alternative; boundary=B\n\n"
	    "--B\nContent-Type: text/plain\n\nplain\n"
	    "--B\nContent-Type: text/html\n\n<p>rich</p>\n--B--\n");

	(void)state;
	assert_string_equal(m.text, "plain");
	m = read_mail(
	    "From: a@x\nContent-Type: multipart/alternative; boundary=B\n\n"
	    "--B\nContent-Type: text/plain\n\n \n"
	    "--B\nContent-Type: text/html\n\n<p>rich</p>\n--B--\n");
	assert_string_equal(m.text, "rich");
	assert_int_equal(m.attachment_count, 0);
}

static void
an_html_body_and_a_plain_footer_are_both_read(void **state)
{
	struct message m = read_mail(
	    MIXED "Content-Type: text/html\n\n<p>水管爆了</p>\n"
		  "--B\nContent-Type: text/plain\n\nlist footer\n--B--\n");

	(void)state;
	assert_string_equal(m.text, "水管爆了");
	assert_string_equal(m.more, "list footer");
	assert_string_equal(m.own, "水管爆了\n\nlist footer");
}

static void
flowed_lines_are_joined(void **state)
{
	struct message m =
	    read_mail("From: a@x\nContent-Type: text/plain; format=flowed\n\n"
		      "one \ntwo\n-- \nsign\n");

	(void)state;
	assert_string_equal(m.text, "one two\n-- \nsign");
	assert_string_equal(m.own, "one two");
}

static void
what_stands_before_the_header_is_skipped(void **state)
{
	(void)state;
	assert_string_equal(
	    read_mail("From x Mon Nov 23\nFrom: a@x\n\nt\n").from.addr, "a@x");
	assert_string_equal(
	    read_mail("   \r\n\r\nFrom: a@x\n\nt\n").from.addr, "a@x");
	assert_string_equal(
	    read_mail("From: a@x\rSubject: s\r\rt\r").subject, "s");
}

static void
what_is_no_mail_is_refused(void **state)
{
	static const char *const cases[] = { "", "\n", "   \n\n", "\nbody\n" };
	struct message message;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct err err = { 0 };

		assert_int_equal(reader_mail(cases[i], strlen(cases[i]), &arena,
				     &message, &err),
		    -1);
		assert_int_equal(err.kind, ERR_DATA);
	}
}

static void
machines_are_told_from_people(void **state)
{
	static const struct {
		const char *header;
		bool is_auto;
	} cases[] = {
		{ "Auto-Submitted: auto-replied", true },
		{ "Auto-Submitted: no", false },
		{ "Precedence: bulk", true },
		{ "List-Id: <l.x>", true },
		{ "X-Autoreply: yes", true },
		{ "X-Auto-Response-Suppress: All", false },
		{ "Return-Path: <>", true },
		{ "Return-Path: <a@x>", false },
		{ "Subject: 自动回复：收到", true },
		{ "Subject: Automatic reply: your mail", true },
		{ "Subject: the automatic door is broken", false },
		{ "X-Mailer: Foxmail", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char raw[200];

		(void)snprintf(
		    raw, sizeof(raw), "From: a@x\n%s\n\nx\n", cases[i].header);
		if (read_mail(raw).is_auto != cases[i].is_auto)
			fail_msg("%s", cases[i].header);
	}
}

/* Some servers write dozens of their own above it. */
static void
a_machine_is_told_however_many_fields_stand_above(void **state)
{
	char raw[2000];
	int len = snprintf(raw, sizeof(raw), "From: a@x\n");

	(void)state;
	for (int i = 0; i < 100; i++)
		len += snprintf(raw + len, sizeof(raw) - (size_t)len,
		    "X-Hop-%d: x\n", i);
	(void)snprintf(raw + len, sizeof(raw) - (size_t)len,
	    "Auto-Submitted: auto-replied\n\nx\n");
	assert_true(read_mail(raw).is_auto);
}

/* Servers on the way and senders write such headers, too, but below. */
static void
the_topmost_word_of_a_spam_filter_counts(void **state)
{
	static const struct {
		const char *headers;
		bool is_spam;
	} cases[] = {
		{ "X-Spam-Flag: YES", true },
		{ "X-Spam-Flag: NO", false },
		{ "X-Spam-Flag: NO\nX-Spam-Flag: YES", false },
		{ "X-Spam-Flag: YES\nX-Spam-Flag: NO", true },
		{ "X-Spam-Status: Yes, score=9.1 required=5.0", true },
		{ "X-Spam-Status: No, score=-1.0 required=5.0", false },
		{ "X-Spamd-Result: default: True [18.1 / 15.0]", true },
		{ "X-Spamd-Result: default: False [1.1 / 15.0]", false },
		{ "X-MS-Exchange-Organization-SCL: 6", true },
		{ "X-MS-Exchange-Organization-SCL: 1", false },
		{ "X-Bogosity: Spam, tests=bogofilter", true },
		{ "X-Bogosity: Ham, tests=bogofilter", false },
		{ "Subject: X-Spam-Flag: YES", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char raw[200];

		(void)snprintf(
		    raw, sizeof(raw), "From: a@x\n%s\n\nx\n", cases[i].headers);
		if (read_mail(raw).spam_hint != cases[i].is_spam)
			fail_msg("%s", cases[i].headers);
	}
}

static void
limits_cut_with_a_warning(void **state)
{
	struct buf raw scoped(buf_done);
	struct message m;

	(void)state;
	buf_init(&raw, 32 * MIB);
	buf_puts(&raw, MIXED);
	for (int i = 0; i < LIMIT_PARTS + 10; i++)
		buf_puts(&raw, "Content-Type: image/png\n\nx\n--B\n");
	m = read_mail(raw.data);
	assert_int_equal(m.attachment_count, LIMIT_ATTACHMENTS);
	assert_non_null(strstr(m.warning, "parts"));

	buf_reset(&raw);
	buf_puts(&raw, "From: a@x\n");
	for (int i = 0; i < LIMIT_RECIPIENTS + 10; i++)
		buf_printf(&raw, "To: b%d@x\n", i);
	buf_puts(&raw, "Subject: ");
	for (size_t i = 0; i < LIMIT_HEADER_BYTES; i++)
		buf_puts(&raw, "水");
	buf_puts(&raw, "\n\n");
	for (size_t i = 0; i < LIMIT_TEXT_BYTES; i++)
		buf_puts(&raw, "水");
	m = read_mail(raw.data);
	assert_int_equal(m.to_count, LIMIT_RECIPIENTS);
	assert_non_null(strstr(m.warning, "recipients"));
	assert_non_null(strstr(m.warning, "256 KB of the text"));
	assert_in_range(
	    strlen(m.subject), LIMIT_HEADER_BYTES - 4, LIMIT_HEADER_BYTES);
	assert_in_range(strlen(m.text), LIMIT_TEXT_BYTES - 4, LIMIT_TEXT_BYTES);
	arena_reset(&arena);
}

static void
deep_nesting_costs_only_what_is_deep(void **state)
{
	struct buf raw scoped(buf_done);
	struct message m;

	(void)state;
	buf_init(&raw, 8 * MIB);
	buf_puts(&raw, "From: a@x\n");
	for (int i = 0; i < 5000; i++)
		buf_printf(&raw,
		    "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i,
		    i);
	buf_puts(&raw, "\ntext\n");
	m = read_mail(raw.data);
	assert_non_null(m.warning);
	assert_string_equal(m.from.addr, "a@x");

	buf_reset(&raw);
	buf_puts(&raw, "From: a@x\n");
	for (int i = 0; i < 5000; i++)
		buf_puts(&raw, "Content-Type: message/rfc822\n\n");
	buf_puts(&raw, "\ntext\n");
	m = read_mail(raw.data);
	assert_string_equal(m.from.addr, "a@x");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_head_says_who_what_and_when),
		cmocka_unit_test(dates_of_all_kinds_are_read),
		cmocka_unit_test(cst_is_told_by_the_servers_clock),
		cmocka_unit_test(odd_senders_keep_their_address),
		cmocka_unit_test(encoded_words_are_decoded),
		cmocka_unit_test(an_attachment_is_a_slice_with_its_own_headers),
		cmocka_unit_test(of_two_forms_the_plain_one_is_read),
		cmocka_unit_test(an_html_body_and_a_plain_footer_are_both_read),
		cmocka_unit_test(flowed_lines_are_joined),
		cmocka_unit_test(what_stands_before_the_header_is_skipped),
		cmocka_unit_test(what_is_no_mail_is_refused),
		cmocka_unit_test(machines_are_told_from_people),
		cmocka_unit_test(
		    a_machine_is_told_however_many_fields_stand_above),
		cmocka_unit_test(the_topmost_word_of_a_spam_filter_counts),
		cmocka_unit_test(limits_cut_with_a_warning),
		cmocka_unit_test(deep_nesting_costs_only_what_is_deep),
	};

	return cmocka_run_group_tests(tests, open_reader, close_reader);
}
