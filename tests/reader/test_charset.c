#include <iconv.h>
#include <stdint.h>

#include "lib/cleanup.h"
#include "reader/charset.h"
#include "reader/transfer.h"
#include "tests/reader/reading.h"

/* The bytes of a text in another charset; `text' is UTF-8. */
static size_t
encode(const char *charset, const char *text, char *out, size_t room)
{
	iconv_t cd = iconv_open(charset, "UTF-8");
	char copy[300], *from = copy, *to = out;
	size_t left = strlen(text), size = room;

	assert_true((intptr_t)cd != -1);
	memcpy(copy, text, left + 1);
	assert_true(iconv(cd, &from, &left, &to, &size) != (size_t)-1);
	assert_true(iconv(cd, NULL, NULL, &to, &size) != (size_t)-1);
	(void)iconv_close(cd);
	return room - size;
}

static void
labels_that_lie_are_seen_through(void **state)
{
	static const struct {
		const char *label, *bytes, *text;
	} cases[] = {
		{ "gb2312", "\xCB\xAE", "水" },
		{ "gb2312", "\x81\x30\x81\x30", "\xC2\x80" },
		{ "gb2312", "水", "水" },	    /* UTF-8 in truth */
		{ "us-ascii", "\xCB\xAE\xB9\xDC", "水管" }, /* GBK */
		{ "utf-8", "\xCB\xAE\xB9\xDC", "水管" },
		{ "iso-8859-1", "caf\xE9", "café" },
		{ "iso-8859-1", "café", "café" },
		{ "nonsense", "水", "水" },
		{ NULL, "caf\xE9 du", "café du" },
		{ "big5", "\xA4\xF4", "水" },
		{ "SHIFT_JIS", "\x90\x85", "水" },
		{ "iso-2022-jp", "\x1b$B?e\x1b(B", "水" },
		{ "euc-kr", "\xBC\xF6", "수" },
		{ "windows-1251", "\xE2", "в" },
		{ "utf-7", "bGw0", "bGw0" },
		{ "utf-8", "水管\xFF", "水管\xEF\xBF\xBD" },
		{ "utf-8", "\xEF\xBB\xBFx\r\ny\rz", "x\ny\nz" },
		{ "utf-8", "a\x01\x02\x1b" "b", "ab" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_string_equal(charset_to_utf8(cases[i].label,
					cases[i].bytes, strlen(cases[i].bytes),
					&arena),
		    cases[i].text);
}

static void
text_without_a_label_is_known_by_its_letters(void **state)
{
	static const struct {
		const char *charset, *text;
	} cases[] = {
		{ "GB18030", "您好，我家厨房漏水，请派人来" },
		{ "GB18030", "退订" },
		{ "BIG5", "您好，我家廚房漏水，請盡快派人處理" },
		{ "CP932", "水道の蛇口から水が漏れています。" },
		{ "EUC-JP", "水道の蛇口から水が漏れています。" },
		{ "ISO-2022-JP", "水道の蛇口から水が漏れています。" },
		{ "EUC-KR", "안녕하세요 부엌 수도꼭지에서 물이 샙니다" },
		{ "ISO-2022-KR", "안녕하세요" },
		{ "CP1251", "Здравствуйте, у меня течёт кран" },
		{ "KOI8-R", "Здравствуйте, у меня течёт кран" },
		{ "CP866", "Здравствуйте, у меня на кухне" },
		{ "CP1252", "Der Hahn in der Küche tropft. Schöne Grüße" },
		{ "CP1252", "A lâmpada não funciona há três dias" },
		{ "CP1253", "Καλημέρα, η βρύση στην κουζίνα στάζει" },
		{ "CP1255", "הברז במטבח מטפטף, נא לשלוח מישהו" },
		{ "CP874", "ลิฟต์เสียมาสามวันแล้ว" },
		{ "UTF-16LE", "my tap drips, 水" },
		{ "UTF-16BE", "my tap drips, 水" },
	};
	/* What a label says that is not so. */
	static const char *const labels[] = { NULL, "us-ascii", "iso-8859-1",
		"utf-8", "x-unknown" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char bytes[300];
		size_t len = encode(
		    cases[i].charset, cases[i].text, bytes, sizeof(bytes));

		for (size_t k = 0; k < ARRAY_COUNT(labels); k++)
			assert_string_equal(
			    charset_to_utf8(labels[k], bytes, len, &arena),
			    cases[i].text);
	}
}

static void
a_wrong_label_is_seen_through(void **state)
{
	static const struct {
		const char *label, *charset, *text;
	} cases[] = {
		{ "big5", "UTF-8", "您好，我家厨房漏水" },
		{ "big5", "GB18030", "您好，我家厨房漏水，请派人来" },
		{ "gb2312", "BIG5", "您好，我家廚房漏水，請盡快處理" },
		{ "windows-1251", "KOI8-R", "Здравствуйте, у меня кран" },
		{ "koi8-r", "CP1251", "Здравствуйте, у меня кран" },
		{ "windows-1251", "UTF-8", "Здравствуйте" },
		{ "iso-2022-jp", "UTF-8", "水道の蛇口から" },
		{ "iso-2022-jp", "CP932", "水道の蛇口から水が漏れて" },
		{ "euc-kr", "UTF-8", "안녕하세요 부엌" },
		{ "shift_jis", "EUC-JP", "水道の蛇口から水が漏れて" },
		{ "x-unknown", "CP1250", "Winda nie działa, proszę" },
		/* The label is right, however odd the text. */
		{ "gb2312", "GB18030", "㐂𠮷朱镕基喆" },
		{ "big5", "BIG5", "漏" },
		{ "iso-8859-2", "ISO-8859-2", "Proszę o naprawę, działa źle" },
		{ "windows-1251", "CP1251", "ЖЭК № 5" },
		{ "koi8-u", "KOI8-U", "Їжак і ґава" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char bytes[300];
		size_t len = encode(
		    cases[i].charset, cases[i].text, bytes, sizeof(bytes));

		assert_string_equal(
		    charset_to_utf8(cases[i].label, bytes, len, &arena),
		    cases[i].text);
	}
	assert_string_equal(
	    charset_to_utf8("hz-gb-2312", "a~~~{K.~}b~\nc", 13, &arena),
	    "a~水bc");
}

static void
what_fits_nothing_costs_itself_alone(void **state)
{
	static const struct {
		const char *label, *bytes;
		size_t len;
		const char *text;
	} cases[] = {
		{ "utf-16be", "\xD8\x3D\x6C\x34\x7B\xA1", 6, "\uFFFD水管" },
		{ "utf-16be", "\xDE\x00\x6C\x34\x7B\xA1", 6, "\uFFFD水管" },
		{ "utf-16be", "\x6C\x34\xDE\x00\x7B\xA1", 6, "水\uFFFD管" },
		{ "utf-16be", "\x6C\x34\x7B\xA1\xD8\x3D", 6, "水管\uFFFD" },
		{ "utf-16be", "\x6C\x34\x7B", 3, "水\uFFFD" },
		{ "utf-16le", "\x3D\xD8\x34\x6C\xA1\x7B", 6, "\uFFFD水管" },
		{ "utf-32be", "\0\0\xDE\0\0\0\x6C\x34", 8, "\uFFFD水" },
		{ "utf-32be", "\0\0\x6C\x34\0\0", 6, "水\uFFFD" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_string_equal(charset_to_utf8(cases[i].label,
					cases[i].bytes, cases[i].len, &arena),
		    cases[i].text);
}

static void
all_charsets_give_clean_text_of_any_bytes(void **state)
{
	char bytes[512];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(i * 7);
	for (size_t i = 0; i < charset_count(); i++) {
		const char *text = charset_to_utf8(
		    charset_label(i), bytes, sizeof(bytes), &arena);

		assert_true(charset_is_utf8(text, strlen(text)));
		assert_int_equal(strcspn(text, "\x01\x02\r\x7f"), strlen(text));
	}
}

static void
utf8_is_judged_as_the_standard_says(void **state)
{
	static const char *const wrong[] = { "\xC0\x80", "\xED\xA0\x80",
		"\xF4\x90\x80\x80", "\xE0\x80\x80", "\xE6\xB0", "\x80", "\xFF" };

	(void)state;
	assert_true(charset_is_utf8("水\xF0\x9F\x98\x80", 7));
	for (size_t i = 0; i < ARRAY_COUNT(wrong); i++)
		assert_false(charset_is_utf8(wrong[i], strlen(wrong[i])));
	assert_int_equal(charset_fit("水水", 4), 3);
	assert_int_equal(charset_fit("水水", 6), 6);
}

static void
transfer_encodings_are_undone_forgivingly(void **state)
{
	static const struct {
		enum transfer transfer;
		const char *data, *text;
	} cases[] = {
		{ TRANSFER_BASE64, "aGVsbG8=", "hello" },
		{ TRANSFER_BASE64, "aGV\r\nsb!G8", "hello" },
		{ TRANSFER_BASE64, "aGU=bGxv", "hello" },
		{ TRANSFER_BASE64, "", "" },
		{ TRANSFER_QUOTED, "a=3Db=\r\nc=\n=4", "a=bc=4" },
		{ TRANSFER_QUOTED, "a= \t\nb=zz", "ab=zz" },
		{ TRANSFER_UUENCODE, "begin 644 x\n%:&5L;&\\\n`\nend\n",
		    "hello" },
		{ TRANSFER_NONE, "a=3D", "a=3D" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char out[64] = "";
		size_t len = strlen(cases[i].data);

		(void)transfer_decode(
		    cases[i].transfer, cases[i].data, len, out, 63);
		assert_string_equal(out, cases[i].text);
		assert_int_equal(transfer_decode(cases[i].transfer,
				     cases[i].data, len, NULL, SIZE_MAX),
		    strlen(cases[i].text));
		assert_in_range(transfer_decode(cases[i].transfer,
				    cases[i].data, len, out, 2),
		    0, 2);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_that_lie_are_seen_through),
		cmocka_unit_test(text_without_a_label_is_known_by_its_letters),
		cmocka_unit_test(a_wrong_label_is_seen_through),
		cmocka_unit_test(what_fits_nothing_costs_itself_alone),
		cmocka_unit_test(all_charsets_give_clean_text_of_any_bytes),
		cmocka_unit_test(utf8_is_judged_as_the_standard_says),
		cmocka_unit_test(transfer_encodings_are_undone_forgivingly),
	};

	return cmocka_run_group_tests(tests, open_reader, close_reader);
}
