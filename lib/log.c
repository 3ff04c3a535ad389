#include "lib/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

static enum log_level log_threshold = LOG_LEVEL_INFO;
static const char *log_process = "shouwen";

void
log_open(enum log_level level, const char *process)
{
	log_threshold = level;
	log_process = process;
}

void
log_event(enum log_level level, const char *at, const char *fmt, ...)
{
	static const struct {
		int syslog;
		const char *name;
	} levels[] = {
		[LOG_LEVEL_ERROR] = { 3, "error" },
		[LOG_LEVEL_WARN] = { 4, "warn" },
		[LOG_LEVEL_INFO] = { 6, "info" },
		[LOG_LEVEL_DEBUG] = { 7, "debug" },
	};
	char line[1024];
	va_list ap;
	int head, len;

	if (level > log_threshold)
		return;
	head = snprintf(line, sizeof(line) - 1, "<%d>%s level=%s at=%s ",
	    levels[level].syslog, log_process, levels[level].name, at);
	va_start(ap, fmt);
	len = vsnprintf(line + head, sizeof(line) - 1 - (size_t)head, fmt, ap);
	va_end(ap);
	if (len < 0)
		return;
	len += head;
	if ((size_t)len > sizeof(line) - 2)
		len = (int)sizeof(line) - 2;
	/* A line feed in a value must not make a second line. */
	for (int i = 0; i < len; i++)
		if ((unsigned char)line[i] < ' ')
			line[i] = ' ';
	line[len++] = '\n';
	/* One write, so that lines of several processes do not mix. */
	if (write(STDERR_FILENO, line, (size_t)len) < 0)
		return;
}
