#include "lib/crash.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

const char *
crash_point_name(enum crash_point point)
{
	static const char *const names[] = {
#define CRASH_POINT_NAME(id, name) [CRASH_##id] = (name),
		CRASH_POINT_LIST(CRASH_POINT_NAME)
#undef CRASH_POINT_NAME
	};

	return names[point];
}

#ifdef CRASH_POINTS
void
crash_point(enum crash_point point)
{
	static long passed[CRASH_POINT_COUNT];
	const char *name = crash_point_name(point);
	const char *wanted = getenv("SHOUWEN_CRASH");
	size_t len = strlen(name);

	passed[point]++;
	if (wanted == NULL || strncmp(wanted, name, len) != 0 ||
	    (wanted[len] != ':' && wanted[len] != '\0'))
		return;
	if (wanted[len] == '\0' || strtol(wanted + len + 1, NULL, 10) == passed[point])
		(void)raise(SIGKILL);
}
#endif
