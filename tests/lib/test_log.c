/*
 * One event, one line.
 */
#include "tests/support/cmocka_fence.h"

#include <string.h>
#include <unistd.h>

#include "lib/buf.h"
#include "lib/log.h"

/* What this event writes to standard error. */
static const char *
logged(enum log_level level, const char *value)
{
	static char text[4096];
	int pipe_ends[2], kept = dup(STDERR_FILENO);
	ssize_t got;

	assert_true(kept >= 0);
	assert_int_equal(pipe(pipe_ends), 0);
	assert_true(dup2(pipe_ends[1], STDERR_FILENO) >= 0);
	(void)close(pipe_ends[1]);
	log_event(level, "test", "value=\"%s\"", value);
	(void)dup2(kept, STDERR_FILENO);
	(void)close(kept);
	got = read(pipe_ends[0], text, sizeof(text) - 1);
	(void)close(pipe_ends[0]);
	assert_true(got >= 0);
	text[got] = '\0';
	return text;
}

static void
an_event_is_a_line_with_its_level(void **state)
{
	(void)state;
	log_open(LOG_LEVEL_INFO, "desk");
	assert_string_equal(logged(LOG_LEVEL_WARN, "x"),
	    "<4>desk level=warn at=test value=\"x\"\n");
	assert_string_equal(logged(LOG_LEVEL_ERROR, "电"),
	    "<3>desk level=error at=test value=\"电\"\n");
	assert_string_equal(logged(LOG_LEVEL_DEBUG, "x"), "");
	log_open(LOG_LEVEL_DEBUG, "desk");
	assert_string_equal(logged(LOG_LEVEL_DEBUG, "x"),
	    "<7>desk level=debug at=test value=\"x\"\n");
}

static void
a_line_feed_makes_no_second_line(void **state)
{
	(void)state;
	log_open(LOG_LEVEL_INFO, "desk");
	assert_string_equal(
	    logged(LOG_LEVEL_INFO, "a\n<3>desk at=forged\r\tb\x1b[2J"),
	    "<6>desk level=info at=test value=\"a <3>desk at=forged  b "
	    "[2J\"\n");
}

static void
quotes_in_a_value_are_escaped(void **state)
{
	(void)state;
	log_open(LOG_LEVEL_INFO, "desk");
	assert_string_equal(
	    logged(LOG_LEVEL_INFO, "no \"from\" in {\"a\":\"\\n\"}"),
	    "<6>desk level=info at=test value=\"no \\\"from\\\" in "
	    "{\\\"a\\\":\\\"\\\\n\\\"}\"\n");
	assert_string_equal(logged(LOG_LEVEL_INFO, "\" at=forged why=\""),
	    "<6>desk level=info at=test value=\"\\\" at=forged "
	    "why=\\\"\"\n");
	assert_string_equal(logged(LOG_LEVEL_INFO, ""),
	    "<6>desk level=info at=test value=\"\"\n");
}

static void
a_long_value_is_cut_and_still_ends_its_line(void **state)
{
	char value[3000];
	const char *line;
	size_t len;

	(void)state;
	memset(value, 'x', sizeof(value));
	value[sizeof(value) - 1] = '\0';
	log_open(LOG_LEVEL_INFO, "desk");
	line = logged(LOG_LEVEL_INFO, value);
	len = strlen(line);
	assert_in_range(len, 900, 1024);
	assert_ptr_equal(strchr(line, '\n'), line + len - 1);
	assert_int_equal(line[len - 2], '"');
	memset(value, '"', sizeof(value) - 1);
	line = logged(LOG_LEVEL_INFO, value);
	len = strlen(line);
	assert_in_range(len, 900, 1024);
	assert_string_equal(line + len - 3, "\"\"\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_is_a_line_with_its_level),
		cmocka_unit_test(a_line_feed_makes_no_second_line),
		cmocka_unit_test(quotes_in_a_value_are_escaped),
		cmocka_unit_test(a_long_value_is_cut_and_still_ends_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
