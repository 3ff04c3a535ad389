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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_found_in_a_broken_structure),
		cmocka_unit_test(a_part_found_by_hand_is_a_slice_as_well),
		cmocka_unit_test(transfer_encodings_have_many_spellings),
	};

	return cmocka_run_group_tests(tests, open_reader, close_reader);
}
