/*
 * How many files and sockets the desk may have open at once.
 */
#include <string.h>

#include "core/config.h"
#include "daemon/descriptors.h"
#include "daemon/http.h"
#include "lib/err.h"
#include "lib/frame.h"
#include "tests/support/cmocka_fence.h"

static void
each_part_of_the_settings_takes_its_own(void **state)
{
	static struct smtp_account smtps[] = { { .connections = 4 } };
	static struct sms_channel channels[] = { { .connections = 8 } };
	struct config conf = { .readers = 1 };
	size_t least = descriptors_needed(&conf);

	(void)state;
	conf.readers = 3;
	assert_int_equal(
	    descriptors_needed(&conf) - least, 2 * (1 + FRAME_FDS_MAX));
	conf.readers = 1;
	conf.listen_port = 8080;
	assert_int_equal(
	    descriptors_needed(&conf) - least, HTTP_CONNECTIONS_MAX);
	conf.listen_port = 0;
	conf.smtps = smtps;
	conf.smtp_count = 1;
	assert_int_equal(descriptors_needed(&conf) - least, 4);
	conf.sms_channels = channels;
	conf.sms_channel_count = 1;
	assert_int_equal(descriptors_needed(&conf) - least, 4 + 8 + 2);
	conf.mailbox_count = 2;
	assert_true(descriptors_needed(&conf) - least > 4 + 8 + 2);
}

static void
too_few_are_told_with_what_to_do(void **state)
{
	const struct config conf = { .readers = 1 };
	size_t needed = descriptors_needed(&conf);
	struct err err = { 0 };

	(void)state;
	assert_int_equal(descriptors_check(&conf, needed, &err), 0);
	assert_int_equal(descriptors_check(&conf, needed - 1, &err), -1);
	assert_int_equal(err.kind, ERR_CONF);
	assert_non_null(strstr(err.msg, "ulimit -Hn"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_part_of_the_settings_takes_its_own),
		cmocka_unit_test(too_few_are_told_with_what_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
