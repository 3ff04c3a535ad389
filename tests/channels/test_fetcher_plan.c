#include <stdint.h>
#include <string.h>

#include "channels/fetcher_plan.h"
#include "channels/imap_meter.h"
#include "core/limits.h"
#include "lib/cleanup.h"
#include "tests/support/cmocka_fence.h"

/* ---- plan ---- */

/* Let the plan believe that a range brought these mails. */
static void
give_mails(struct fetcher_plan *plan, const uint32_t *sizes, size_t count)
{
	plan->mails.list = test_calloc(count, sizeof(struct imap_mail));
	plan->mails.count = plan->mails.size = count;
	for (size_t i = 0; i < count; i++)
		plan->mails.list[i] = (struct imap_mail){
			.uid = plan->next + (uint32_t)i,
			.size = sizes[i],
		};
}

static void
take_mails(struct fetcher_plan *plan)
{
	test_free(plan->mails.list);
	plan->mails.list = NULL;
	plan->mails.count = plan->fetched = 0;
}

static void
a_small_mailbox_is_listed_in_one_go(void **state)
{
	static const uint32_t sizes[] = { 1, 1 };
	const struct imap_selected selected = { 1, 4000000000, 3 };
	struct fetcher_plan plan;
	uint32_t first, last;

	(void)state;
	fetcher_plan_init(&plan, 17, &selected);
	assert_true(fetcher_plan_range(&plan, &first, &last));
	assert_int_equal(first, 17);
	assert_int_equal(last, 0);
	give_mails(&plan, sizes, 2);
	fetcher_plan_listed(&plan, last);
	assert_int_equal(plan.next, 19);
	assert_false(fetcher_plan_range(&plan, &first, &last));
	/* News while mails wait: first what is known. */
	plan.is_due = true;
	assert_false(fetcher_plan_range(&plan, &first, &last));
	take_mails(&plan);
	assert_true(fetcher_plan_range(&plan, &first, &last));
	assert_int_equal(first, 19);
}

static void
empty_ranges_grow_and_full_ones_do_not(void **state)
{
	static const uint32_t sizes[] = { 1 };
	const struct imap_selected selected = { 1, 4000000000, 500000 };
	struct fetcher_plan plan;
	uint32_t first, last, width = 0, steps = 0;

	(void)state;
	fetcher_plan_init(&plan, 1, &selected);
	assert_true(fetcher_plan_range(&plan, &first, &last));
	assert_int_equal(last, 1000);
	fetcher_plan_listed(&plan, last);
	assert_true(fetcher_plan_range(&plan, &first, &last));
	assert_int_equal(first, 1001);
	assert_int_equal(last, 5000);
	give_mails(&plan, sizes, 1);
	fetcher_plan_listed(&plan, last);
	take_mails(&plan);
	assert_true(fetcher_plan_range(&plan, &first, &last));
	assert_int_equal(last - first + 1, 1000);
	do {
		width = last - first + 1;
		fetcher_plan_listed(&plan, last);
		assert_true(fetcher_plan_range(&plan, &first, &last));
	} while (last != 0 && ++steps < 100000);
	assert_true(width > 1000);
	/* The last range is open: mail may have come since. */
	assert_int_equal(last, 0);
	assert_true(steps < 20000);
}

static void
a_batch_is_bounded_by_count_and_bytes(void **state)
{
	static uint32_t small[250];
	static const uint32_t large[] = { 3 * MIB, 2 * MIB, 10 * MIB, 1,
		LIMIT_MAIL_BYTES + 1, 1 };
	static const struct {
		size_t count;
		uint32_t head;
	} wanted[] = { { 1, 0 }, { 1, 0 }, { 1, 0 }, { 1, 0 },
		{ 1, LIMIT_FETCH_HEAD_BYTES }, { 1, 0 }, { 0, 0 } };
	const struct imap_selected selected = { 1, 300, 300 };
	const struct imap_mail *mails;
	struct fetcher_plan plan;
	uint32_t head;

	(void)state;
	fetcher_plan_init(&plan, 1, &selected);
	give_mails(&plan, small, 250);
	assert_int_equal(fetcher_plan_batch(&plan, &mails, &head), 100);
	fetcher_plan_fetched(&plan, 100);
	assert_int_equal(fetcher_plan_batch(&plan, &mails, &head), 100);
	assert_int_equal(mails[0].uid, 101);
	fetcher_plan_fetched(&plan, 100);
	assert_int_equal(fetcher_plan_batch(&plan, &mails, &head), 50);
	take_mails(&plan);
	give_mails(&plan, large, ARRAY_COUNT(large));
	for (size_t i = 0; i < ARRAY_COUNT(wanted); i++) {
		size_t count = fetcher_plan_batch(&plan, &mails, &head);

		assert_int_equal(count, wanted[i].count);
		assert_int_equal(head, wanted[i].head);
		fetcher_plan_fetched(&plan, count);
	}
	take_mails(&plan);
}

static void
the_window_closes_until_batches_are_settled(void **state)
{
	struct fetcher_window window = { 0 };

	(void)state;
	for (uint32_t i = 0; i < FETCHER_AHEAD; i++) {
		assert_true(fetcher_window_is_open(&window));
		fetcher_window_add(&window, i * 10 + 1, i * 10 + 2, 2, 1);
	}
	assert_false(fetcher_window_is_open(&window));
	/* Mails that are not of any batch change nothing. */
	fetcher_window_settled(&window, 9);
	fetcher_window_settled(&window, 11);
	assert_false(fetcher_window_is_open(&window));
	fetcher_window_settled(&window, 12);
	assert_true(fetcher_window_is_open(&window));
	/* Bytes close it too. */
	fetcher_window_add(&window, 90, 90, 1, LIMIT_WAITING_HIGH_BYTES);
	assert_false(fetcher_window_is_open(&window));
	fetcher_window_settled(&window, 90);
	assert_true(fetcher_window_is_open(&window));
}

/* ---- meter ---- */

static const char *
count_in_pieces(const char *text, size_t piece)
{
	struct imap_meter meter = { .line_cap = 20, .literal_cap = 100 };
	const char *why = NULL;
	size_t len = strlen(text);

	for (size_t at = 0; at < len && why == NULL; at += piece)
		why = imap_meter_count(&meter, text + at,
		    piece < len - at ? piece : len - at);
	return why;
}

static void
lines_and_literals_are_told_apart(void **state)
{
	static const struct {
		const char *text;
		const char *why; /* NULL: good */
	} cases[] = {
		{ "* OK\r\n* OK\r\n", NULL },
		{ "12345678901234567890\r\n", "line" },
		{ "123456789012345678901234567890", "line" },
		/* A literal may be longer than a line, and hold anything. */
		{ "* 1 X {30}\r\n123456789012345678901234567890)\r\n", NULL },
		{ "* 1 X {5}\r\n{9}\r\n)\r\n* OK\r\n", NULL },
		{ "* 1 X {30}\r\n1234567890123456789012345678901234567890"
		  "1234567890123456789012\r\n",
		    "line" },
		{ "* 1 X {101}\r\n", "mail" },
		{ "* {99999999999999}\r\n", "mail" },
		/* Not at the end of the line: no literal. */
		{ "* {999999} x\r\nok\r\n", NULL },
		{ "* {}\r\n* OK\r\n", NULL },
		{ "* {0}\r\n\r\n* OK\r\n", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		for (size_t piece = 1; piece < 80; piece++) {
			const char *why = count_in_pieces(cases[i].text, piece);

			if ((why == NULL) != (cases[i].why == NULL) ||
			    (why != NULL && strstr(why, cases[i].why) == NULL))
				fail_msg("case %zu: %s", i,
				    why == NULL ? "good" : why);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_small_mailbox_is_listed_in_one_go),
		cmocka_unit_test(empty_ranges_grow_and_full_ones_do_not),
		cmocka_unit_test(a_batch_is_bounded_by_count_and_bytes),
		cmocka_unit_test(the_window_closes_until_batches_are_settled),
		cmocka_unit_test(lines_and_literals_are_told_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
