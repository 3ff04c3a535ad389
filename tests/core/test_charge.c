/* What each level has in its charge, and will get (R26, R27). */
#include "core/charge.h"
#include "core/snapshot.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/office.h"

#include <string.h>

#define ROOM ((size_t)8 << 20)
/* Tuesday 2026-11-24, 08:45 in Shanghai. */
#define NOW  ((msec_t)1795481100000)
#define NEXT (NOW + MSEC_DAY)
/* The summary of the evening before. */
#define TOLD (NOW - 15 * MSEC_HOUR - 15 * MSEC_MINUTE)

static struct staff staff[] = { { .id = "lin", .level = 1 },
	{ .id = "chen", .level = 2 }, { .id = "wu", .level = 3 } };
static struct config conf;

static int
open_office(void **state)
{
	conf = (struct config){ .rules = rules_default,
		.staff = staff,
		.staff_count = ARRAY_COUNT(staff) };
	return office_open(state);
}

static void
r27_taken_is_what_the_level_or_one_above_has_acted_on(void **state)
{
	static const struct {
		struct snapshot_event events[3];
		msec_t untaken_since;
	} table[] = {
		{ { { .at = 5, .name = "escalated", .level = 2 } }, 5 },
		{ { { .at = 5, .name = "escalated", .level = 2 },
		      { .at = 6, .name = "noted", .actor = "chen" } },
		    0 },
		{ { { .at = 5, .name = "escalated", .level = 2 },
		      { .at = 6, .name = "assigned", .actor = "wu" } },
		    0 },
		/* Below it, or the desk. */
		{ { { .at = 5, .name = "escalated", .level = 2 },
		      { .at = 6, .name = "noted", .actor = "lin" },
		      { .at = 7, .name = "reminded", .actor = "desk" } },
		    5 },
		/* Before it was put in charge. */
		{ { { .at = 4, .name = "noted", .actor = "chen" },
		      { .at = 5, .name = "escalated", .level = 2 } },
		    5 },
		/* Of another level; and none at all. */
		{ { { .at = 5, .name = "escalated", .level = 3 } }, 0 },
		{ { { .at = 5, .name = "created" } }, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		const struct case_file file = { .level = 2 };
		struct charge_case it = charge_of(&conf, &file, table[i].events,
		    ARRAY_COUNT(table[i].events), NULL, 0, NOW);

		if (it.untaken_since != table[i].untaken_since)
			fail_msg(
			    "row %zu: %lld", i, (long long)it.untaken_since);
	}
}

static void
r26_the_timers_say_who_is_next(void **state)
{
	static const struct {
		struct timer timers[2];
		msec_t next_at;
		int level, next_level;
	} table[] = {
		/* A reminder comes before the due, and then L2. */
		{ { { .kind = TIMER_REPLY, .due = NOW + 10 } }, NOW + 1000, 1,
		    2 },
		{ { { .kind = TIMER_REPLY, .step = 1, .due = NOW + 1000 } },
		    NOW + 1000, 1, 2 },
		{ { { .kind = TIMER_REPLY, .step = 2, .due = NOW + 50 } },
		    NOW + 50, 2, 3 },
		/* A level that has it already gets no more. */
		{ { { .kind = TIMER_REPLY, .step = 2, .due = NOW + 50 } }, 0, 3,
		    0 },
		/* The first of two. */
		{ { { .kind = TIMER_REPLY, .step = 2, .due = NOW + 50 },
		      { .kind = TIMER_OUTCOME, .step = 3, .due = NOW + 20 } },
		    NOW + 20, 2, 4 },
		/* No ladder hangs on these. */
		{ { { .kind = TIMER_NEWS, .step = 1, .due = NOW + 5 },
		      { .kind = TIMER_CLOSE, .step = 1, .due = NOW + 5 } },
		    0, 1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		const struct case_file file = { .level = table[i].level,
			.reply_due = NOW + 1000,
			.news_due = NOW + 1000 };
		struct charge_case it = charge_of(&conf, &file, NULL, 0,
		    table[i].timers, table[i].timers[1].due != 0 ? 2 : 1, NOW);

		assert_int_equal(it.next_level, table[i].next_level);
		assert_int_equal(it.next_at, table[i].next_at);
		assert_int_equal(it.due, NOW + 1000);
	}
}

static struct charge_list
list_of(struct charge_case *it, int level, struct arena *arena)
{
	const struct charge_view view = { it, 1, 1 };

	it->file.number = "T261123-0001";
	return charge_list(&view,
	    &(struct charge_ask){ .conf = &conf,
		.estate = &office,
		.level = level,
		.reader = &staff[level - 1],
		.below = level == 2 ? NULL : &staff[level - 2],
		.now = NOW,
		.until = NEXT,
		.told = TOLD },
	    arena);
}

static void
r26_where_a_case_is_listed(void **state)
{
	enum { NOWHERE, MINE, BELOW, COMING };
	static const struct {
		const char *what;
		struct charge_case it;
		int of_l2, of_l3;
	} table[] = {
		{ "due later", { .file = { .level = 2 }, .due = NOW + 5 }, MINE,
		    NOWHERE },
		{ "late since this morning",
		    { .file = { .level = 2 }, .late_since = TOLD }, MINE,
		    NOWHERE },
		{ "said in the evening",
		    { .file = { .level = 2 }, .late_since = TOLD - 1 }, NOWHERE,
		    NOWHERE },
		{ "said, and nobody took it in time",
		    { .file = { .level = 2 },
			.late_since = TOLD - 1,
			.untaken_since = TOLD - 9 * MSEC_HOUR },
		    MINE, BELOW },
		{ "not taken, but there is time",
		    { .file = { .level = 2 }, .untaken_since = TOLD }, MINE,
		    NOWHERE },
		{ "L3 hears of what is late at any time",
		    { .file = { .level = 3 }, .late_since = TOLD - 1 }, NOWHERE,
		    MINE },
		{ "to come today",
		    { .file = { .level = 1 },
			.next_level = 2,
			.next_at = NEXT - 1 },
		    COMING, NOWHERE },
		{ "to come after the next list",
		    { .file = { .level = 1 },
			.next_level = 2,
			.next_at = NEXT },
		    NOWHERE, NOWHERE },
		{ "L2 has it, L3 will",
		    { .file = { .level = 2 },
			.due = NOW,
			.next_level = 3,
			.next_at = NOW },
		    MINE, COMING },
		{ "about L2 themselves (R9)",
		    { .file = { .level = 2, .subjects = "lin chen" },
			.due = NOW },
		    NOWHERE, MINE },
		{ "about L3", { .file = { .level = 3, .subjects = "wu" } },
		    NOWHERE, NOWHERE },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		for (int level = 2; level <= 3; level++) {
			struct arena arena scoped(arena_done) = { 0 };
			struct charge_case it = table[i].it;
			int expected =
			    level == 2 ? table[i].of_l2 : table[i].of_l3;
			struct charge_list list;

			arena_init(&arena, ROOM);
			list = list_of(&it, level, &arena);
			if (list.mine.total != (expected == MINE) ||
			    list.below.total != (expected == BELOW) ||
			    list.coming.total != (expected == COMING))
				fail_msg("%s, L%d: %d %d %d", table[i].what,
				    level, list.mine.total, list.below.total,
				    list.coming.total);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    r27_taken_is_what_the_level_or_one_above_has_acted_on),
		cmocka_unit_test(r26_the_timers_say_who_is_next),
		cmocka_unit_test(r26_where_a_case_is_listed),
	};

	return cmocka_run_group_tests(tests, open_office, office_close);
}
