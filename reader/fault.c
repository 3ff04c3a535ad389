#include "reader/fault.h"

#ifdef CRASH_POINTS

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "core/limits.h"
#include "lib/cleanup.h"
#include "lib/text.h"

static void
fault_open(void)
{
	if (open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0)
		_Exit(0);
}

static void
fault_socket(void)
{
	if (socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0)
		_Exit(0);
}

static void
fault_hang(void)
{
	volatile int stuck = 1;

	while (stuck)
		;
}

static void
fault_memory(void)
{
	for (;;) {
		char *piece = malloc(MIB);

		if (piece == NULL)
			abort();
		memset(piece, 1, MIB);
	}
}

static void
fault_crash(void)
{
	volatile int *volatile nowhere = NULL;

	*nowhere = 1;
}

void
fault_maybe(const char *raw, size_t len)
{
	static const char mark[] = "SHOUWEN-FAULT";
	static const struct {
		const char *name;
		void (*run)(void);
	} faults[] = {
		{ "open", fault_open },
		{ "socket", fault_socket },
		{ "hang", fault_hang },
		{ "memory", fault_memory },
		{ "crash", fault_crash },
	};
	const char *wanted = getenv("SHOUWEN_READER_FAULT");

	if (wanted == NULL || memmem(raw, len, mark, strlen(mark)) == NULL)
		return;
	for (size_t i = 0; i < ARRAY_COUNT(faults); i++)
		if (text_eq(wanted, faults[i].name))
			faults[i].run();
}

#endif
