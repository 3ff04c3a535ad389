/*
 * Growing bytes with a ceiling.
 */
#include "tests/support/cmocka_fence.h"

#include <string.h>

#include "lib/buf.h"

static void
an_empty_buffer_has_an_empty_text(void **state)
{
	struct buf buf scoped(buf_done);

	(void)state;
	buf_init(&buf, 10);
	assert_string_equal(buf_text(&buf), "");
	buf_shift(&buf, 5);
	buf_reset(&buf);
	assert_int_equal(buf.len, 0);
	buf_add(&buf, "", 0);
	assert_string_equal(buf_text(&buf), "");
	assert_false(buf_is_over(&buf));
}

static void
bytes_are_kept_and_followed_by_a_nul(void **state)
{
	struct buf buf scoped(buf_done);

	(void)state;
	buf_init(&buf, 10000);
	for (int i = 0; i < 500; i++) {
		buf_puts(&buf, "ab");
		buf_putc(&buf, 'c');
		buf_printf(&buf, "%d", i % 10);
	}
	assert_int_equal(buf.len, 2000);
	assert_int_equal(strlen(buf_text(&buf)), 2000);
	assert_memory_equal(buf_text(&buf) + 1996, "abc9", 5);
	buf_shift(&buf, 1996);
	assert_string_equal(buf_text(&buf), "abc9");
	buf_add(&buf, "\0z", 2);
	assert_int_equal(buf.len, 6);
	assert_memory_equal(buf_text(&buf), "abc9\0z", 7);
	buf_shift(&buf, 99);
	assert_int_equal(buf.len, 0);
}

static void
the_ceiling_is_exact_and_sticky(void **state)
{
	struct buf buf scoped(buf_done);

	(void)state;
	buf_init(&buf, 4);
	buf_puts(&buf, "abcd");
	assert_false(buf_is_over(&buf));
	buf_putc(&buf, 'e');
	assert_true(buf_is_over(&buf));
	assert_string_equal(buf_text(&buf), "abcd");
	buf_shift(&buf, 2);
	buf_puts(&buf, "x");
	assert_string_equal(buf_text(&buf), "cd");
	buf_reset(&buf);
	assert_false(buf_is_over(&buf));
	buf_printf(&buf, "%s", "12345");
	assert_true(buf_is_over(&buf));
	assert_string_equal(buf_text(&buf), "");
	buf_reset(&buf);
	buf_add(&buf, "x", SIZE_MAX);
	assert_true(buf_is_over(&buf));
}

static void
printed_texts_of_any_length_are_whole(void **state)
{
	(void)state;
	for (int len = 0; len < 600; len++) {
		struct buf buf scoped(buf_done);

		buf_init(&buf, 599);
		buf_printf(&buf, "<%*s>", len, "x");
		if (len > 597) {
			assert_true(buf_is_over(&buf));
			assert_int_equal(buf.len, 0);
			continue;
		}
		assert_false(buf_is_over(&buf));
		assert_int_equal(buf.len, len > 1 ? len + 2 : 3);
		assert_int_equal(strlen(buf_text(&buf)), buf.len);
		assert_string_equal(buf_text(&buf) + buf.len - 2, "x>");
	}
}

static void
room_is_used_as_far_as_it_was_filled(void **state)
{
	struct buf buf scoped(buf_done);
	char *room;

	(void)state;
	buf_init(&buf, 8);
	room = buf_room(&buf, 8);
	assert_non_null(room);
	memcpy(room, "abc", 3);
	buf_grow(&buf, 3);
	assert_string_equal(buf_text(&buf), "abc");
	assert_null(buf_room(&buf, 6));
	assert_true(buf_is_over(&buf));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_buffer_has_an_empty_text),
		cmocka_unit_test(bytes_are_kept_and_followed_by_a_nul),
		cmocka_unit_test(the_ceiling_is_exact_and_sticky),
		cmocka_unit_test(printed_texts_of_any_length_are_whole),
		cmocka_unit_test(room_is_used_as_far_as_it_was_filled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
