/*
 * What stands in a mail without being a part of it: uuencoded files, Outlook's
 * winmail.dat, invitations.
 */
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "reader/calendar_part.h"
#include "reader/inner_file.h"
#include "reader/tnef.h"
#include "reader/uuencode.h"
#include "tests/reader/reading.h"

static void
uuencoded_files_leave_the_text(void **state)
{
	static const struct {
		const char *text, *rest, *name;
		size_t size;
	} cases[] = {
		{ "see file\n\nbegin 644 a b.txt\n+:&5L;&\\@=V]R;&0*\n`\nend\n"
		  "bye",
		    "see file\n\nbye", "a b.txt", 11 },
		/* no end, no mode, no data, a line of text */
		{ "begin 644 a.txt\n+:&5L;&\\@=V]R;&0*\nand then", "and then",
		    "a.txt", 11 },
		{ "begin 6 a.txt\n+:&5L;&\\@=V]R;&0*\nend",
		    "begin 6 a.txt\n+:&5L;&\\@=V]R;&0*\nend", NULL, 0 },
		{ "begin 644 a.txt\nwith the kitchen\n",
		    "begin 644 a.txt\nwith the kitchen\n", NULL, 0 },
		{ "please begin 100 times", "please begin 100 times", NULL, 0 },
		{ "begin 644 a", "begin 644 a", NULL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char text[200];
		struct inner_files files = { 0 };

		(void)snprintf(text, sizeof(text), "%s", cases[i].text);
		uuencode_take(text, &arena, &files);
		assert_string_equal(text, cases[i].rest);
		assert_int_equal(files.count, cases[i].name != NULL);
		if (files.count == 0)
			continue;
		assert_string_equal(files.list[0].name, cases[i].name);
		assert_int_equal(files.list[0].size, cases[i].size);
	}
}

static void
a_mail_lists_its_uuencoded_files(void **state)
{
	struct message m = read_mail(
	    "From: a@x\n\nsee\nbegin 644 a.txt\n+:&5L;&\\@=V]R;&0*\n`\nend\n");

	(void)state;
	assert_string_equal(m.text, "see");
	assert_int_equal(m.attachment_count, 1);
	assert_string_equal(m.attachments[0].name, "a.txt");
	/* It cannot be passed on alone. */
	assert_int_equal(m.attachments[0].length, 0);
}

/* "From: c@y\nSubject: inner\n\nwords\n" */
static void
an_attached_mail_in_base64_is_read(void **state)
{
	struct message m = read_mail(
	    "From: a@x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n\n"
	    "--b\nContent-Type: message/rfc822\n"
	    "Content-Transfer-Encoding: base64\n\n"
	    "RnJvbTogY0B5ClN1YmplY3Q6IGlubmVyCgp3b3Jkcwo=\n--b--\n");

	(void)state;
	assert_string_equal(m.attachments[0].name, "inner");
	assert_true(m.forward.is_forward);
	assert_string_equal(m.forward.from, "c@y");
	assert_string_equal(m.forward.body, "words");
}

static void
put(struct buf *out, uint32_t value, int bytes)
{
	for (; bytes > 0; bytes--, value >>= 8)
		buf_putc(out, (char)(unsigned char)(value & 0xFF));
}

static void
put_attribute(
    struct buf *out, int level, uint32_t id, const char *data, size_t len)
{
	put(out, (uint32_t)level, 1);
	put(out, id, 4);
	put(out, (uint32_t)len, 4);
	buf_add(out, data, len);
	put(out, 0, 2);
}

/* PR_ATTACH_LONG_FILENAME behind a property of a fixed size and a named one of
 * many values. */
static void
put_long_name(struct buf *out, const char *name)
{
	struct buf props scoped(buf_done);

	buf_init(&props, 4096);
	put(&props, 3, 4);
	put(&props, 0x3705000B, 4);
	put(&props, 1, 4);
	put(&props, 0x8000101E, 4);
	for (int i = 0; i < 4; i++)
		put(&props, 0, 4);
	put(&props, 1, 4);
	put(&props, 2, 4);
	buf_add(&props, "x\0\0\0", 4);
	put(&props, 2, 4);
	for (int i = 0; i < 2; i++) {
		put(&props, 3, 4);
		buf_add(&props, "ab\0\0", 4);
	}
	put(&props, 0x3707001E, 4);
	put(&props, 1, 4);
	put(&props, (uint32_t)strlen(name) + 1, 4);
	buf_add(&props, name, strlen(name) + 1);
	while (props.len % 4 != 0)
		buf_putc(&props, '\0');
	put_attribute(out, 2, 0x00069005, props.data, props.len);
}

static void
make_winmail(struct buf *out)
{
	put(out, 0x223E9F78, 4);
	put(out, 1, 2);
	put_attribute(out, 1, 0x00069007, "\xA8\x03\0\0", 4); /* 936 */
	put_attribute(out, 1, 0x0002800C, "\xCB\xAE\xB9\xDC\0", 5);
	put_attribute(out, 2, 0x00069002, "\0\0", 2);
	put_attribute(out, 2, 0x00018010, "SHORT~1.TXT", 12);
	put_attribute(out, 2, 0x0006800F, "hello", 5);
	put_long_name(out, "\xCB\xAE in words.txt");
	put_attribute(out, 2, 0x00069002, "\0\0", 2);
	put_attribute(out, 2, 0x00018010, "b.png", 6);
	put_attribute(out, 2, 0x0006800F, "xyz", 3);
}

static void
outlooks_files_and_words_are_found(void **state)
{
	struct buf raw scoped(buf_done);
	struct inner_files files = { 0 };
	struct tnef_body body;

	(void)state;
	buf_init(&raw, 4096);
	make_winmail(&raw);
	tnef_read(raw.data, raw.len, &arena, &files, &body);
	assert_string_equal(body.text, "水管");
	assert_false(body.is_html);
	assert_int_equal(files.count, 2);
	assert_string_equal(files.list[0].name, "水 in words.txt");
	assert_int_equal(files.list[0].size, 5);
	assert_string_equal(files.list[1].name, "b.png");
	/* Cut anywhere, it is read as far as it goes. */
	for (size_t len = 0; len < raw.len; len++) {
		struct inner_files some = { 0 };

		tnef_read(raw.data, len, &arena, &some, &body);
		assert_in_range(some.count, 0, 2);
	}
}

static void
a_mail_of_outlook_alone_is_not_without_words(void **state)
{
	struct buf raw scoped(buf_done);
	struct message m;
	struct err err = { 0 };

	(void)state;
	buf_init(&raw, 8192);
	buf_puts(&raw, "From: a@x\nContent-Type: application/ms-tnef; "
		       "name=winmail.dat\n\n");
	make_winmail(&raw);
	assert_int_equal(
	    reader_mail(raw.data, raw.len, &arena, &m, &err), 0);
	assert_string_equal(m.own, "水管");
	assert_int_equal(m.attachment_count, 3);
	assert_string_equal(m.attachments[0].name, "winmail.dat");
	assert_string_equal(m.attachments[1].name, "水 in words.txt");
}

static void
an_invitation_says_what_when_where_and_who(void **state)
{
	static const struct {
		const char *text, *plain;
	} cases[] = {
		{ "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nEND:VTIMEZONE\n"
		  "BEGIN:VEVENT\nSUMMARY;LANGUAGE=en:Mend the\n  tap\n"
		  "DTSTART;TZID=Asia/Shanghai:20261125T100000\n"
		  "DTEND:20261125T030000Z\nLOCATION:Flat 5\\, left\n"
		  "ORGANIZER;CN=\"Anna: X\":mailto:a@x.org\n"
		  "DESCRIPTION:One\\ntwo\nBEGIN:VALARM\nDESCRIPTION:bell\n"
		  "END:VALARM\nEND:VEVENT\n",
		    "Mend the tap\n2026-11-25 10:00 Asia/Shanghai – 2026-11-25 "
		    "03:00 UTC\nFlat 5, left\nAnna: X <a@x.org>\n\nOne\ntwo" },
		{ "BEGIN:VEVENT\nSUMMARY:Day\nDTSTART;VALUE=DATE:20261125\n"
		  "END:VEVENT\n",
		    "Day\n2026-11-25" },
		{ "BEGIN:VEVENT\nDTSTART:soon", "soon" },
		{ "BEGIN:VTODO\nSUMMARY:x\n", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_string_equal(
		    calendar_to_text(cases[i].text, &arena), cases[i].plain);
	assert_string_equal(
	    read_mail("From: a@x\nContent-Type: multipart/mixed; boundary=b\n"
		      "\n--b\n\n\n--b\nContent-Type: text/calendar\n\n"
		      "BEGIN:VEVENT\nSUMMARY:Visit\nEND:VEVENT\n--b--\n")
		.text,
	    "Visit");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(uuencoded_files_leave_the_text),
		cmocka_unit_test(a_mail_lists_its_uuencoded_files),
		cmocka_unit_test(an_attached_mail_in_base64_is_read),
		cmocka_unit_test(outlooks_files_and_words_are_found),
		cmocka_unit_test(a_mail_of_outlook_alone_is_not_without_words),
		cmocka_unit_test(an_invitation_says_what_when_where_and_who),
	};

	return cmocka_run_group_tests(tests, open_reader, close_reader);
}
