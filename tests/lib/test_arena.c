/*
 * Memory for one unit of work: zeroed, aligned, bounded.
 */
#include "tests/support/cmocka_fence.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/arena.h"

static bool
is_zero(const unsigned char *at, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (at[i] != 0)
			return false;
	return true;
}

static void
memory_is_zeroed_and_aligned_also_after_a_reset(void **state)
{
	static const size_t sizes[] = { 1, 7, 16, 100, 65536, 200000 };
	struct arena arena;

	(void)state;
	arena_init(&arena, 1 << 20);
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < ARRAY_COUNT(sizes); i++) {
			unsigned char *at = arena_alloc(&arena, sizes[i]);

			assert_int_equal(
			    (uintptr_t)at % _Alignof(max_align_t), 0);
			assert_true(is_zero(at, sizes[i]));
			memset(at, 0xff, sizes[i]);
		}
		arena_reset(&arena);
		assert_false(arena_is_over(&arena));
	}
	arena_done(&arena);
}

static void
passing_the_cap_is_told_and_a_reset_forgives_it(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, 1000);
	(void)arena_alloc(&arena, 1000);
	assert_true(arena_is_over(&arena)); /* 1000 is rounded up to 1008 */
	arena_reset(&arena);
	(void)arena_alloc(&arena, 992);
	assert_false(arena_is_over(&arena));
	memset(arena_alloc(&arena, 2000), 'x', 2000);
	assert_true(arena_is_over(&arena));
	arena_reset(&arena);
	assert_false(arena_is_over(&arena));
	arena_done(&arena);
}

static void
far_over_the_cap(void)
{
	struct arena arena;

	arena_init(&arena, 1000);
	for (int i = 0; i < 6; i++)
		(void)arena_alloc(&arena, 992);
}

static void
a_size_that_overflows(void)
{
	struct arena arena;
	volatile size_t half = SIZE_MAX / 2;

	arena_init(&arena, SIZE_MAX);
	(void)arena_array(&arena, half, 3);
}

static void
what_no_caller_can_mean_ends_the_process(void **state)
{
	static void (*const ways[])(void) = { far_over_the_cap,
		a_size_that_overflows };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(ways); i++) {
		pid_t pid = fork();
		int status = 0;

		if (pid == 0) {
			const struct rlimit no_core = { 0, 0 };

			(void)setrlimit(RLIMIT_CORE, &no_core);
			(void)signal(SIGABRT, SIG_DFL);
			ways[i]();
			_exit(0);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(
		    WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	}
}

static void
texts_are_copied(void **state)
{
	struct arena arena;
	char text[] = "abcdef", *copy;

	(void)state;
	arena_init(&arena, 1000);
	copy = arena_strdup(&arena, text);
	text[0] = 'x';
	assert_string_equal(copy, "abcdef");
	assert_string_equal(arena_strndup(&arena, "abcdef", 3), "abc");
	assert_string_equal(arena_strndup(&arena, "", 0), "");
	assert_null(arena_strdup(&arena, NULL));
	assert_string_equal(arena_printf(&arena, "%s-%d", "a", 7), "a-7");
	assert_string_equal(arena_printf(&arena, "%s", ""), "");
	assert_string_equal(
	    arena_join(&arena, (const char *[]){ "a", NULL, "", "bc" }, 4),
	    "abc");
	assert_string_equal(arena_join(&arena, NULL, 0), "");
	arena_done(&arena);
}

static void
a_text_longer_than_the_rest_of_its_block_is_whole_and_leaves_zeros(
    void **state)
{
	enum { BLOCK = 64 * 1024, LEFT = 32 };
	static char long_text[200];
	struct arena arena;
	const char *text, *next;

	(void)state;
	memset(long_text, 'x', sizeof(long_text) - 1);
	arena_init(&arena, (size_t)8 * BLOCK);
	for (size_t len = LEFT - 2; len <= LEFT + 1; len++) {
		(void)arena_alloc(&arena, BLOCK - LEFT);
		text = arena_printf(
		    &arena, "%.*s", (int)len, long_text);
		assert_int_equal(strlen(text), len);
		assert_memory_equal(text, long_text, len);
		arena_reset(&arena);
	}
	(void)arena_alloc(&arena, BLOCK - LEFT);
	text = arena_printf(&arena, "%s", long_text);
	assert_string_equal(text, long_text);
	next = arena_alloc(&arena, 64);
	for (size_t i = 0; i < 64; i++)
		assert_int_equal(next[i], 0);
	arena_done(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    memory_is_zeroed_and_aligned_also_after_a_reset),
		cmocka_unit_test(
		    passing_the_cap_is_told_and_a_reset_forgives_it),
		cmocka_unit_test(what_no_caller_can_mean_ends_the_process),
		cmocka_unit_test(texts_are_copied),
		cmocka_unit_test(
		    a_text_longer_than_the_rest_of_its_block_is_whole_and_leaves_zeros),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
