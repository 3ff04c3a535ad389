/*
 * Bytes in memory that nobody can change any more.
 */
#include "tests/support/cmocka_fence.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/err.h"
#include "lib/sealed.h"

static int
memory(int seals)
{
	int fd = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "hello", 5), 5);
	assert_int_equal(fcntl(fd, F_ADD_SEALS, seals), 0);
	return fd;
}

static void
parts_lie_in_a_row_and_stay_as_they_are(void **state)
{
	static const struct bytes parts[] = { { "a\0b", 3 }, { NULL, 0 },
		{ "cd", 2 } };
	struct sealed sealed scoped(sealed_unmap) = { 0 };
	struct err err = { 0 };
	int fd = sealed_new(parts, ARRAY_COUNT(parts), &err);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(sealed_map(fd, &sealed, &err), 0);
	assert_int_equal(sealed.size, 5);
	assert_memory_equal(sealed.data, "a\0bcd", 5);
	assert_int_equal(pwrite(fd, "x", 1, 0), -1);
	assert_int_equal(ftruncate(fd, 0), -1);
	assert_int_equal(ftruncate(fd, 6), -1);
	/* Not even the seals can be changed. */
	assert_int_equal(fcntl(fd, F_ADD_SEALS, F_SEAL_FUTURE_WRITE), -1);
	(void)close(fd);
}

static void
nothing_at_all_is_a_line_end(void **state)
{
	struct sealed sealed scoped(sealed_unmap) = { 0 };
	struct err err = { 0 };
	int fd = sealed_new(NULL, 0, &err);

	(void)state;
	assert_int_equal(sealed_map(fd, &sealed, &err), 0);
	assert_int_equal(sealed.size, 1);
	assert_memory_equal(sealed.data, "\n", 1);
	(void)close(fd);
}

static void
memory_without_all_its_seals_is_refused(void **state)
{
	static const int seals[] = { 0, F_SEAL_SHRINK,
		F_SEAL_SHRINK | F_SEAL_GROW, F_SEAL_SHRINK | F_SEAL_WRITE,
		F_SEAL_GROW | F_SEAL_WRITE };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(seals); i++) {
		struct sealed sealed;
		struct err err = { 0 };
		int fd = memory(seals[i]);

		assert_int_equal(sealed_map(fd, &sealed, &err), -1);
		assert_int_equal(err.kind, ERR_DATA);
		assert_null(sealed.data);
		(void)close(fd);
	}
}

static void
what_is_no_memory_is_refused(void **state)
{
	struct sealed sealed;
	struct err err = { 0 };
	int ends[2], null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(sealed_map(null, &sealed, &err), -1);
	assert_int_equal(sealed_map(ends[0], &sealed, &err), -1);
	assert_int_equal(sealed_map(-1, &sealed, &err), -1);
	assert_int_equal(err.kind, ERR_DATA);
	(void)close(null);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

/* It could not be mapped, and our own is never empty. */
static void
an_empty_memory_is_refused(void **state)
{
	struct sealed sealed;
	struct err err = { 0 };
	int fd = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	(void)state;
	assert_int_equal(
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE),
	    0);
	assert_int_equal(sealed_map(fd, &sealed, &err), -1);
	assert_int_equal(err.kind, ERR_DATA);
	(void)close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_lie_in_a_row_and_stay_as_they_are),
		cmocka_unit_test(nothing_at_all_is_a_line_end),
		cmocka_unit_test(memory_without_all_its_seals_is_refused),
		cmocka_unit_test(what_is_no_memory_is_refused),
		cmocka_unit_test(an_empty_memory_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
