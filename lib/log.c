#include "lib/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum log_level log_threshold = LOG_LEVEL_INFO;
static const char *log_process = "shouwen";

void
log_open(enum log_level level, const char *process)
{
	log_threshold = level;
	log_process = process;
}

enum { LINE_MOST = 1024 };

/* `text' with its value in quotes made one that a program can read: the one
 * that was cut is closed again.  A line feed in it must not make a second line.
 * Returns the length. */
static size_t
write_line(const char *text, char ret[static LINE_MOST])
{
	const char *value = strstr(text, "=\"");
	const char *end = text + strlen(text);
	size_t len = 0;

	if (value != NULL) {
		value += 2;
		end -= end > value && end[-1] == '"';
	}
	/* Room for an escape, the quote and the line feed. */
	for (const char *at = text; at < end && len < LINE_MOST - 4; at++) {
		if (value != NULL && at >= value && (*at == '"' || *at == '\\'))
			ret[len++] = '\\';
		ret[len] = *at;
		if ((unsigned char)*at < ' ')
			ret[len] = ' ';
		len++;
	}
	if (value != NULL)
		ret[len++] = '"';
	ret[len++] = '\n';
	return len;
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
	char text[LINE_MOST], line[LINE_MOST];
	va_list ap;
	int head;

	if (level > log_threshold)
		return;
	head = snprintf(text, sizeof(text), "<%d>%s level=%s at=%s ",
	    levels[level].syslog, log_process, levels[level].name, at);
	va_start(ap, fmt);
	(void)vsnprintf(text + head, sizeof(text) - (size_t)head, fmt, ap);
	va_end(ap);
	/* One write, so that lines of several processes do not mix. */
	if (write(STDERR_FILENO, line, write_line(text, line)) < 0)
		return;
}
