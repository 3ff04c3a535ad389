/*
 * reading - read a mail from a string literal in a test.
 */
#ifndef TESTS_READER_READING_H
#define TESTS_READER_READING_H

#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "reader/reader.h"
#include "tests/support/cmocka_fence.h"

static struct arena arena;

static int
open_reader(void **state)
{
	struct err err = { 0 };

	(void)state;
	arena_init(&arena, LIMIT_READER_WORK_BYTES);
	assert_int_equal(reader_open(&err), 0);
	return 0;
}

static int
close_reader(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

__attribute__((unused)) static struct message
read_mail(const char *raw)
{
	struct message message;
	struct err err = { 0 };

	if (reader_mail(raw, strlen(raw), &arena, &message, &err) < 0)
		fail_msg("%s", err.msg);
	return message;
}

#endif
