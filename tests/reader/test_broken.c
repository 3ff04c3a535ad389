/*
 * Mails that senders got wrong, and what a person would read in them.
 */
#include "lib/cleanup.h"
#include "lib/text.h"
#include "tests/reader/reading.h"

#define HEAD "From: a@x.org\nSubject: tap\n"

static void
words_are_found_in_a_broken_structure(void **state)
{
	static const struct {
		const char *raw, *text;
	} cases[] = {
		/* no end */
		{ HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
		       "Content-Type: text/plain\n\nhello",
		    "hello" },
		/* a boundary in another case, another one, none */
		{ HEAD "Content-Type: multipart/mixed; boundary=BoUnd\n\n"
		       "--bound\n\nhello\n--bound--\n",
		    "hello" },
		{ HEAD "Content-Type: multipart/mixed; boundary=b\n\n--c\n"
		       "Content-Type: text/plain\n\nhello\n--c--\n",
		    "hello" },
		{ HEAD "Content-Type: multipart/mixed\n\npreamble\n--c  \n"
		       "Content-Type: text/plain\n\nhello\n--c--\nepilogue\n",
		    "hello" },
		/* an inner one */
		{ HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
		       "Content-Type: multipart/alternative; boundary=i\n\n"
		       "--j\nContent-Type: text/plain\n\nhello\n--j--\n--b--\n",
		    "hello" },
		/* a multipart without parts */
		{ HEAD "Content-Type: multipart/mixed; boundary=b\n\n"
		       "hello\n",
		    "hello" },
		/* no blank line behind a header, of a mail and of a part */
		{ HEAD "hello, it drips\nand drips\n",
		    "hello, it drips\nand drips" },
		{ HEAD "   \nhello\n", "hello" },
		{ HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
		       "Content-Type: text/plain\nhello there\n--b--\n",
		    "hello there" },
		{ HEAD "Content-Type: multipart/mixed; boundary=b\n"
		       "--b\nContent-Type: text/plain\n\nhello\n--b--\n",
		    "hello" },
		/* an odd line in a header does not end it */
		{ "From: a@x.org\nodd line here\nSubject: tap\n\nhello\n",
		    "hello" },
		/* a line of text that looks like a delimiter */
		{ HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n"
		       "hello\n--bad\nmore\n--b--\n",
		    "hello\n--bad\nmore" },
		/* line ends and zeros */
		{ "From: a@x.org\rSubject: tap\r\rhello\rworld",
		    "hello\nworld" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct message m = read_mail(cases[i].raw);

		assert_string_equal(m.text, cases[i].text);
		assert_string_equal(m.from.addr, "a@x.org");
		assert_string_equal(m.subject, "tap");
	}
}

static void
a_part_found_by_hand_is_a_slice_as_well(void **state)
{
	static const char raw[] =
	    HEAD "Content-Type: multipart/mixed; boundary=b\n\n--c\n"
		 "Content-Type: text/plain\n\nhello\n--c\n"
		 "Content-Type: image/png; name=\"a.png\"\n\nxyz\n--c--\n";
	struct message m = read_mail(raw);

	(void)state;
	assert_int_equal(m.attachment_count, 1);
	assert_string_equal(m.attachments[0].name, "a.png");
	assert_true(text_starts(
	    raw + m.attachments[0].offset, "Content-Type: image/png"));
	assert_true(text_starts(
	    raw + m.attachments[0].offset + m.attachments[0].length, "--c--"));
}

static void
transfer_encodings_have_many_spellings(void **state)
{
	static const char *const heads[] = {
		"Content-Transfer-Encoding: BASE64",
		"Content-Transfer-Encoding: \"base64\"",
		"Content-Transfer-Encoding: Base-64;",
		"content-transfer-encoding : base64 (x)",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(heads); i++) {
		char raw[200];

		(void)snprintf(
		    raw, sizeof(raw), HEAD "%s\n\naGVsbG8=\n", heads[i]);
		assert_string_equal(read_mail(raw).text, "hello");
	}
	assert_string_equal(
	    read_mail(HEAD "Content-Transfer-Encoding: quoted printable\n\n"
			   "a=3Db\n")
		.text,
	    "a=b");
}

static void
a_wrong_transfer_encoding_is_seen_through(void **state)
{
	static const struct {
		const char *encoding, *body, *text;
	} cases[] = {
		/* text that is said to be base64 */
		{ "base64", "The tap drips, please come.\nThank you, A.",
		    "The tap drips, please come.\nThank you, A." },
		{ "base64", "5oKo5a*W9\n7!!7yM\n\n5ryP5rC0", "您好，漏水" },
		/* encoded text that is not said to be */
		{ "7bit", "5oKo5aW977yM5oiR5a625ryP5rC0\n", "您好，我家漏水" },
		{ "8bit", "=E6=82=A8=E5=A5=BD=EF=BC=8C=\n=E6=BC=8F\n",
		    "您好，漏" },
		/* nothing of the kind */
		{ "7bit", "TheTapInMyKitchenDripsPleaseCome",
		    "TheTapInMyKitchenDripsPleaseCome" },
		{ "7bit", "a=B1 b=C2 c=D3", "a=B1 b=C2 c=D3" },
		{ "7bit", "x=1&y=22&z=333&A=4", "x=1&y=22&z=333&A=4" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char raw[300];

		(void)snprintf(raw, sizeof(raw),
		    HEAD "Content-Type: text/plain; charset=utf-8\n"
			 "Content-Transfer-Encoding: %s\n\n%s\n",
		    cases[i].encoding, cases[i].body);
		assert_string_equal(read_mail(raw).text, cases[i].text);
	}
}

static void
a_page_under_the_name_of_plain_text_is_a_page(void **state)
{
	(void)state;
	assert_string_equal(
	    read_mail(HEAD "\n \n<!DOCTYPE html><html><p>hello</p></html>")
		.text,
	    "hello");
	assert_string_equal(
	    read_mail(HEAD "\nit says <html> here").text,
	    "it says <html> here");
}

static void
the_sender_is_found_in_odd_places(void **state)
{
	static const struct {
		const char *fields, *addr, *name;
	} cases[] = {
		{ "Sender: Anna <a@x.org>\nReturn-Path: <r@x.org>", "a@x.org",
		    "Anna" },
		{ "Return-Path: <r@x.org>", "r@x.org", NULL },
		{ "From: B <b@x> Bobby <bobby@x>", "b@x", "B" },
		{ "From: 1 < 2 <b@x>", "b@x", "1 < 2" },
		{ "From: a@x.org (John (J.) Doe)", "a@x.org", "John (J.) Doe" },
		{ "From: (John) a@x.org", "a@x.org", "John" },
		{ "From: <@r1,@r2:a@x.org>", "a@x.org", NULL },
		{ "From: a..b.@docomo.ne.jp", "a..b.@docomo.ne.jp", NULL },
		{ "From: <@:>", NULL, "<@:>" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char raw[300];
		struct message m;

		(void)snprintf(
		    raw, sizeof(raw), "%s\n\nhello\n", cases[i].fields);
		m = read_mail(raw);
		if (cases[i].addr == NULL)
			assert_null(m.from.addr);
		else
			assert_string_equal(m.from.addr, cases[i].addr);
		if (cases[i].name == NULL)
			assert_null(m.from.name);
		else
			assert_string_equal(m.from.name, cases[i].name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_found_in_a_broken_structure),
		cmocka_unit_test(a_part_found_by_hand_is_a_slice_as_well),
		cmocka_unit_test(transfer_encodings_have_many_spellings),
		cmocka_unit_test(a_wrong_transfer_encoding_is_seen_through),
		cmocka_unit_test(a_page_under_the_name_of_plain_text_is_a_page),
		cmocka_unit_test(the_sender_is_found_in_odd_places),
	};

	return cmocka_run_group_tests(tests, open_reader, close_reader);
}
