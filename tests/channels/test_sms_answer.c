/*
 * What an answer means by the rows of a provider file, and what it may not.
 */
#include <string.h>

#include "channels/sms_answer.h"
#include "lib/cleanup.h"
#include "tests/support/cmocka_fence.h"

static struct receipt
judged(const struct sms_error *row, int status, const char *text)
{
	const struct sms_provider provider = { .errors = row,
		.error_count = row == NULL ? 0 : 1,
		.accepted = { .status = "200-299" } };
	struct buf body scoped(buf_done) = { 0 };
	struct receipt ret = { 0 };

	buf_init(&body, 1000);
	buf_puts(&body, text);
	sms_answer_judge(&provider, status, &body, &ret);
	return ret;
}

/* Who is in between has given up waiting: the gateway may have the text.  Who
 * writes that status into a row, or knows the answer's words, knows better. */
static void
a_504_is_no_answer_but_where_a_row_names_it(void **state)
{
	static const char words[] = "{\"code\":7}";
	static const struct {
		struct sms_error row;
		int status;
		const char *body;
		enum err_kind result;
		bool is_unknown;
	} cases[] = {
		{ { .status = "500-599", .then = SMS_THEN_RETRY }, 504, "",
		    ERR_TEMP, true },
		{ { .status = "500-503,505-599", .then = SMS_THEN_RETRY }, 504,
		    "", ERR_TEMP, true },
		{ { .status = "500-599", .then = SMS_THEN_PERMANENT }, 504, "",
		    ERR_TEMP, true },
		{ { .status = "500-599", .then = SMS_THEN_RETRY }, 503, "",
		    ERR_TEMP, false },
		{ { .status = "504", .then = SMS_THEN_RETRY }, 504, "",
		    ERR_TEMP, false },
		{ { .status = "500,504", .then = SMS_THEN_PERMANENT }, 504, "",
		    ERR_PERM, false },
		{ { .status = "504-504", .then = SMS_THEN_CONFIG }, 504, "",
		    ERR_CONF, false },
		{ { .status = "500-599",
		      .at = "/code",
		      .then = SMS_THEN_RETRY },
		    504, words, ERR_TEMP, false },
		{ { .is = "code", .then = SMS_THEN_PERMANENT }, 504, words,
		    ERR_PERM, false },
		{ { .at = "/code", .then = SMS_THEN_PERMANENT }, 504,
		    "<html>Gateway Time-out", ERR_TEMP, true },
		{ { .status = "504", .then = SMS_THEN_ACCEPTED }, 504, "",
		    ERR_NONE, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct receipt receipt =
		    judged(&cases[i].row, cases[i].status, cases[i].body);

		if (receipt.result != cases[i].result ||
		    receipt.is_unknown != cases[i].is_unknown)
			fail_msg("%zu: %s %d", i, err_kind_name(receipt.result),
			    receipt.is_unknown);
	}
	assert_true(judged(NULL, 504, words).is_unknown);
}

/* Whatever is not plainly nothing is kept before it is read. */
static void
a_queue_that_lists_nothing_has_no_news(void **state)
{
	static const struct sms_poll queue = { .mode = SMS_POLL_QUEUE,
		.fields = { .items = "/texts" } };
	static const struct sms_poll bare = { .mode = SMS_POLL_QUEUE };
	static const struct sms_poll paged = { .mode = SMS_POLL_QUEUE,
		.paging = SMS_PAGING_CURSOR,
		.fields = { .items = "/texts", .cursor = "/next" } };
	static const struct sms_poll window = { .mode = SMS_POLL_WINDOW,
		.fields = { .items = "/texts" } };
	static const struct {
		const struct sms_poll *poll;
		const char *body;
		bool is_empty;
	} cases[] = {
		{ &queue, "{\"texts\":[],\"RequestId\":\"r-1\"}", true },
		{ &bare, " [ ] ", true },
		{ &queue, "{\"texts\":[{}]}", false },
		{ &queue, "{\"texts\":{}}", false },
		{ &queue, "{\"texts\":null}", false },
		{ &queue, "{\"other\":[]}", false },
		{ &queue, "{\"texts\":[],\"texts\":[{}]}", false },
		{ &queue, "{\"texts\":[]", false },
		{ &queue, "", false },
		{ &paged, "{\"texts\":[],\"next\":\"2\"}", false },
		/* Its next look begins later. */
		{ &window, "{\"texts\":[]}", false },
	};
	const struct sms_provider provider = { .name = "own" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct buf body scoped(buf_done) = { 0 };
		bool is_empty = !cases[i].is_empty;

		buf_init(&body, 1000);
		buf_puts(&body, cases[i].body);
		assert_int_equal(sms_answer_of_poll(&provider, cases[i].poll,
				     200, &body, &is_empty),
		    ERR_NONE);
		if (is_empty != cases[i].is_empty)
			fail_msg("%s", cases[i].body);
		assert_int_not_equal(sms_answer_of_poll(&provider,
					 cases[i].poll, 503, &body, &is_empty),
		    ERR_NONE);
		assert_false(is_empty);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_504_is_no_answer_but_where_a_row_names_it),
		cmocka_unit_test(a_queue_that_lists_nothing_has_no_news),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
