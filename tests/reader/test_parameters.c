#include "lib/cleanup.h"
#include "reader/parameters.h"
#include "tests/reader/reading.h"

static void
file_names_are_found_however_they_are_written(void **state)
{
	static const struct {
		const char *field, *name;
	} cases[] = {
		{ "attachment; filename=a.pdf", "a.pdf" },
		{ "attachment; filename=\"a b.pdf\"", "a b.pdf" },
		{ "attachment; filename = \"a;b.pdf\"; size=3", "a;b.pdf" },
		{ "attachment; filename=my file (1).doc; x=y",
		    "my file (1).doc" },
		{ "attachment filename=a.pdf", "a.pdf" },
		{ "attachment; FileName=\"a.pdf", "a.pdf" },
		{ "attachment; filename=\"a.pdf; size=3", "a.pdf" },
		{ "attachment; filename=\"say \\\"hi\\\".txt\"",
		    "say \"hi\".txt" },
		{ "attachment; filename=\"C:\\Temp\\a.txt\"",
		    "C:\\Temp\\a.txt" },
		{ "attachment; filename=a.pdf; filename=b.pdf", "a.pdf" },
		/* RFC 2231 */
		{ "attachment; filename*=utf-8''%E6%BC%8F%E6%B0%B4.doc",
		    "漏水.doc" },
		{ "attachment; filename*=gb2312'zh'%C2%A9%CB%AE.doc",
		    "漏水.doc" },
		{ "attachment; filename*=%E6%BC%8F.doc", "漏.doc" },
		{ "attachment; filename=x; filename*=UTF-8''%E6%BC%8F.doc",
		    "漏.doc" },
		{ "attachment; filename*0=a; filename*1=\"b.doc\"", "ab.doc" },
		{ "attachment; filename*1*=%B0%B4;\r\n "
		  "filename*0*=utf-8''%E6%BC%8F%E6; filename*2=.doc",
		    "漏水.doc" },
		{ "attachment; filename*0*=a'; filename*2=b", "a'" },
		{ "attachment; filename*99999999999999999999=a", NULL },
		/* RFC 2047, where it may not stand */
		{ "attachment; filename=\"=?gb2312?B?wqnLrg==?=.doc\"",
		    "漏水.doc" },
		{ "attachment; filename==?gb2312?B?wqnLrg==?=.doc",
		    "漏水.doc" },
		{ "attachment; filename=\"=?utf-8?B?5ryP?=\r\n "
		  "=?utf-8?B?5rC0?=.doc\"",
		    "漏水.doc" },
		{ "attachment; filename*0=\"=?utf-8?B?5ryP\"; "
		  "filename*1=\"5rC0?=.doc\"",
		    "漏水.doc" },
		{ "attachment; filename=\"=?utf-8?Q?a=0Ab.doc?=\"", "a b.doc" },
		/* neither: raw bytes, here GBK */
		{ "attachment; filename=\"\xC2\xA9\xCB\xAE\xD5\xD5\xC6\xAC\"",
		    "漏水照片" },
		{ "attachment", NULL },
		{ "attachment; filename", NULL },
		{ "", NULL },
		{ NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const char *name =
		    parameter_text(cases[i].field, "filename", &arena);

		if (cases[i].name == NULL)
			assert_null(name);
		else
			assert_string_equal(name, cases[i].name);
	}
}

static void
types_are_understood_as_they_are_meant(void **state)
{
	static const struct {
		const char *field, *type;
	} cases[] = {
		{ "Text/HTML; charset=utf-8", "text/html" },
		{ "text / html ;x=y", "text/html" },
		{ "html", "text/html" },
		{ "text", "text/plain" },
		{ "application-x-gzip; name=\"a/b.gz\"",
		    "application/octet-stream" },
		{ "nonsense", "text/plain" },
		{ "/", "text/plain" },
		{ "", "text/plain" },
		{ NULL, "text/plain" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_string_equal(
		    content_type(cases[i].field, &arena), cases[i].type);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(file_names_are_found_however_they_are_written),
		cmocka_unit_test(types_are_understood_as_they_are_meant),
	};

	return cmocka_run_group_tests(tests, open_reader, close_reader);
}
