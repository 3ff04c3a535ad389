/*
 * Why something failed.
 */
#include "tests/support/cmocka_fence.h"

#include <errno.h>
#include <string.h>

#include "lib/err.h"

static void
an_error_is_one_line_of_code(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_int_equal(err_set(&err, ERR_DATA, "row %d", 7), -1);
	assert_int_equal(err.kind, ERR_DATA);
	assert_string_equal(err.msg, "row 7");
	errno = ENOENT;
	assert_int_equal(err_sys(&err, ERR_CONF, "open %s", "x"), -1);
	assert_int_equal(err.sys, ENOENT);
	assert_int_equal(errno, ENOENT);
	assert_string_equal(err.msg, "open x: No such file or directory");
	assert_int_equal(err_wrap(&err, "line %d", 3), -1);
	assert_string_equal(
	    err.msg, "line 3: open x: No such file or directory");
	assert_int_equal(err.kind, ERR_CONF);
	assert_int_equal(err.sys, ENOENT);
}

static void
nobody_has_to_listen(void **state)
{
	(void)state;
	assert_int_equal(err_set(NULL, ERR_BUG, "x"), -1);
	assert_int_equal(err_sys(NULL, ERR_BUG, "x"), -1);
	assert_int_equal(err_wrap(NULL, "x"), -1);
}

static void
a_long_reason_is_cut(void **state)
{
	char text[2 * sizeof(((struct err *)NULL)->msg)];
	struct err err = { 0 };

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	(void)err_set(&err, ERR_TEMP, "%s", text);
	assert_int_equal(strlen(err.msg), sizeof(err.msg) - 1);
	errno = EIO;
	(void)err_sys(&err, ERR_TEMP, "%s", text);
	assert_int_equal(strlen(err.msg), sizeof(err.msg) - 1);
	(void)err_wrap(&err, "head");
	assert_int_equal(strlen(err.msg), sizeof(err.msg) - 1);
	assert_memory_equal(err.msg, "head: xxx", 9);
	(void)err_wrap(&err, "%s", text);
	assert_int_equal(strlen(err.msg), sizeof(err.msg) - 1);
}

static void
each_kind_has_a_name(void **state)
{
	(void)state;
	assert_string_equal(err_kind_name(ERR_TEMP), "temporary");
	assert_string_equal(err_kind_name(ERR_CONF), "configuration");
	assert_string_equal(err_kind_name((enum err_kind)77), "unknown");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_error_is_one_line_of_code),
		cmocka_unit_test(nobody_has_to_listen),
		cmocka_unit_test(a_long_reason_is_cut),
		cmocka_unit_test(each_kind_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
