/*
 * Bytes from outside in memory that nobody can change any more.
 */
#include "tests/support/cmocka_fence.h"

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/limits.h"
#include "desk/raw.h"
#include "lib/err.h"

static bool
is_open(int fd)
{
	return fcntl(fd, F_GETFD) >= 0;
}

static void
what_is_not_sealed_is_refused_and_closed(void **state)
{
	struct err err = { 0 };
	int fd = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	(void)state;
	assert_int_equal(write(fd, "hello", 5), 5);
	assert_null(raw_from_fd(fd, &err));
	assert_int_equal(err.kind, ERR_DATA);
	assert_false(is_open(fd));
	assert_null(raw_from_fd(-1, &err));
}

static void
sealed_memory_is_taken_and_freed_with_its_last_user(void **state)
{
	struct err err = { 0 };
	int fd = sealed_new(&(struct bytes){ "hello", 5 }, 1, &err);
	struct raw *raw = raw_from_fd(fd, &err), *other;

	(void)state;
	assert_non_null(raw);
	assert_int_equal(raw->bytes.size, 5);
	assert_memory_equal(raw->bytes.data, "hello", 5);
	other = raw_keep(raw);
	raw_drop(&raw);
	assert_null(raw);
	assert_true(is_open(fd));
	assert_memory_equal(other->bytes.data, "hello", 5);
	raw_drop(&other);
	assert_false(is_open(fd));
	raw_drop(&other);
}

static void
our_own_bytes_are_copied_and_sealed_when_they_are_many(void **state)
{
	static const char many[LIMIT_JOB_BYTES + 1];
	struct err err = { 0 };
	struct raw *large = raw_from_bytes(many, sizeof(many), &err);
	struct raw *raw = raw_from_bytes("a\0b", 3, &err);
	struct raw *empty = raw_from_bytes("", 0, &err);

	(void)state;
	assert_non_null(large);
	assert_true(is_open(large->fd));
	assert_int_equal(large->bytes.size, sizeof(many));
	raw_drop(&large);
	assert_non_null(raw);
	assert_int_equal(raw->fd, -1);
	assert_memory_equal(raw->bytes.data, "a\0b", 3);
	assert_int_equal(raw->bytes.size, 3);
	raw_drop(&raw);
	/* There is always a place to point to. */
	assert_non_null(empty);
	assert_non_null(empty->bytes.data);
	raw_drop(&empty);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_sealed_is_refused_and_closed),
		cmocka_unit_test(
		    sealed_memory_is_taken_and_freed_with_its_last_user),
		cmocka_unit_test(
		    our_own_bytes_are_copied_and_sealed_when_they_are_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
