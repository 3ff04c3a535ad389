/*
 * The file of `shouwen archive', where it cannot be written.
 */
#include "cli/archive_file.h"
#include "core/limits.h"
#include "lib/buf.h"
#include "tests/support/cmocka_fence.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static char path[64];

static int
finish_with(size_t index_bytes, size_t part_bytes, rlim_t most)
{
	struct archive *archive = archive_open(path);
	struct rlimit before, limit;
	struct buf index scoped(buf_done);
	int ret;

	assert_non_null(archive);
	buf_init(&index, LIMIT_WORK_BYTES);
	for (size_t i = 0; i < index_bytes; i++)
		buf_putc(&index, 'i');
	archive_begin(archive, "in-1.txt", "text/plain");
	for (size_t i = 0; i < part_bytes; i++)
		archive_add(archive, "p", 1);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	limit = before;
	limit.rlim_cur = most;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	archive_end(archive);
	ret = archive_finish(archive, "Case", &index);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	archive_close(&archive);
	return ret;
}

static void
a_full_disk_leaves_no_half_of_an_archive(void **state)
{
	static const struct {
		const char *what;
		size_t index, part;
	} rows[] = {
		{ "while attachments are gathered", 10, 500000 },
		{ "while the text is written", 500000, 10 },
		{ "at the very end", 60000, 10000 },
	};

	(void)state;
	(void)signal(SIGXFSZ, SIG_IGN);
	(void)snprintf(path, sizeof(path), "/tmp/shouwen-archive-%ld.eml",
	    (long)getpid());
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		print_message("%s\n", rows[i].what);
		(void)unlink(path);
		assert_int_equal(
		    finish_with(rows[i].index, rows[i].part, 65536), -1);
		assert_int_equal(access(path, F_OK), -1);
	}
	assert_int_equal(finish_with(500000, 500000, RLIM_INFINITY), 0);
	assert_int_equal(access(path, F_OK), 0);
	/* One that is there is left alone. */
	assert_int_equal(finish_with(10, 10, RLIM_INFINITY), -1);
	assert_int_equal(access(path, F_OK), 0);
	(void)unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_disk_leaves_no_half_of_an_archive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
