/*
 * Anybody can write in the name of staff: whatever it is, reading it takes
 * little memory and has an end.
 */
#include "core/commands.h"
#include "core/limits.h"
#include "core/promise.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "tests/core/written.h"
#include "tests/support/cmocka_fence.h"

#include <string.h>

static void
a_message_of_nothing_but_commands_has_an_end(void **state)
{
	struct buf own;
	struct commands commands;

	(void)state;
	buf_init(&own, 1 << 20);
	for (int i = 0; i < 20000; i++)
		buf_puts(&own, "#note x\n");
	commands = written_parse(CHANNEL_MAIL, buf_text(&own));
	assert_int_equal(commands.count, 50);
	assert_true(commands.error_count > 0 && commands.error_count <= 50);
	buf_done(&own);
}

/* Anybody can write in the name of staff. */
static void
long_words_and_many_lines_take_little_memory(void **state)
{
	static const struct {
		const char *line;
		size_t times;
		bool is_one_word;
	} table[] = {
		{ "这不是命令", 15000, true },
		{ "#你好吗\n", 20000, false },
		{ "#转派的时候请说清楚\n", 8000, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct arena work scoped(arena_done);
		struct buf own scoped(buf_done);
		struct commands commands;

		arena_init(&work, LIMIT_WORK_BYTES);
		buf_init(&own, MIB);
		if (table[i].is_one_word)
			buf_putc(&own, '#');
		for (size_t k = 0; k < table[i].times; k++)
			buf_puts(&own, table[i].line);
		assert_true(own.len < LIMIT_TEXT_BYTES);
		(void)written_parse(CHANNEL_MAIL, "");
		commands_parse(&written_ctx, buf_text(&own), &work, &commands);
		assert_true(commands.error_count > 0);
		if (arena_is_over(&work))
			fail_msg("row %zu takes %zu bytes", i, work.used);
	}
}

static void
many_short_lines_about_many_cases_take_little_memory(void **state)
{
	struct arena work scoped(arena_done);
	struct buf own scoped(buf_done);
	struct command_section sections[LIMIT_CASES_NAMED + 1];
	struct commands commands;
	size_t count;

	(void)state;
	arena_init(&work, LIMIT_WORK_BYTES);
	buf_init(&own, LIMIT_TEXT_BYTES);
	for (int i = 1; i <= LIMIT_CASES_NAMED; i++)
		buf_printf(&own, "T261123-%04d: 请接单\n\n", i);
	while (own.len + 2 < LIMIT_TEXT_BYTES)
		buf_puts(&own, "a\n");
	(void)written_parse(CHANNEL_MAIL, "");
	count = commands_sections(&written_ctx, buf_text(&own), &work, sections,
	    ARRAY_COUNT(sections));
	assert_int_equal(count, ARRAY_COUNT(sections));
	for (size_t i = 0; i < count; i++)
		commands_parse(&written_ctx, sections[i].own, &work, &commands);
	if (work.used > 2 * LIMIT_WORK_BYTES)
		fail_msg("%zu bytes", work.used);
}

static void
a_promise_is_looked_for_no_longer_than_its_text(void **state)
{
	static const char *const parts[] = { "1", "十", "1-1", " ", "下" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
		struct arena work scoped(arena_done);
		struct buf text scoped(buf_done);
		const char *words = NULL;
		msec_t at = 0;

		arena_init(&work, LIMIT_WORK_BYTES);
		buf_init(&text, LIMIT_TEXT_BYTES);
		while (text.len + strlen(parts[i]) <= LIMIT_TEXT_BYTES)
			buf_puts(&text, parts[i]);
		assert_int_equal(promise_find(cast.estates, written_at,
				     buf_text(&text), &work, &at, &words),
		    PROMISE_NONE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    many_short_lines_about_many_cases_take_little_memory),
		cmocka_unit_test(
		    a_promise_is_looked_for_no_longer_than_its_text),
		cmocka_unit_test(long_words_and_many_lines_take_little_memory),
		cmocka_unit_test(a_message_of_nothing_but_commands_has_an_end),
	};

	return cmocka_run_group_tests(tests, written_open, written_close);
}
