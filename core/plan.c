#include "core/plan.h"

#include "core/calendar.h"
#include "lib/arena.h"

#include <inttypes.h>

enum { NUMBER_DIGITS = 9 };

static const char *const sources[PLAN_SOURCE_COUNT] = {
	[PLAN_MEETING] = "meeting",
	[PLAN_OPINIONS] = "opinions",
};

const char *
plan_source_name(enum plan_source source)
{
	return sources[source];
}

bool
plan_is_overdue(const struct plan *plan, msec_t now)
{
	return plan->done_at == 0 && plan->due < now;
}

int64_t
plan_number(const char *word)
{
	int64_t ret = 0;
	int digits = 0;

	if (*word == 'p' || *word == 'P')
		word++;
	for (; *word >= '0' && *word <= '9'; word++) {
		if (++digits > NUMBER_DIGITS)
			return 0;
		ret = ret * 10 + (*word - '0');
	}
	return *word == '\0' ? ret : 0;
}

const char *
plan_word(int64_t id, struct arena *arena)
{
	return arena_printf(arena, "P%" PRId64, id);
}

msec_t
plan_due(const struct calendar *calendar, msec_t at, bool is_day)
{
	return is_day ? calendar_add_workdays(calendar, at - MSEC_DAY, 1) : at;
}
