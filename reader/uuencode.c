#include "reader/uuencode.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "lib/arena.h"
#include "reader/inner_file.h"
#include "reader/transfer.h"

static const char *
next_line(const char *line)
{
	const char *end = strchr(line, '\n');

	return end == NULL ? line + strlen(line) : end + 1;
}

/* A line that says of itself how long it is. */
static bool
is_data(const char *line)
{
	size_t len = strcspn(line, "\n");
	size_t bytes = ((unsigned)line[0] - ' ') & 63;
	size_t digits = (bytes + 2) / 3 * 4;

	/* White space at the end gets lost, and some add a check letter. */
	return len > 1 && line[0] > ' ' && line[0] <= '`' &&
	       len - 1 <= digits + 1 && len - 1 + 4 > digits;
}

/* "begin 644 name" in front of at least one line of data: the name. */
static const char *
begins(const char *line)
{
	const char *mode = line + strlen("begin ");
	size_t digits;

	if (strncmp(line, "begin ", 6) != 0)
		return NULL;
	digits = strspn(mode, "01234567");
	if (digits < 3 || digits > 4 || mode[digits] != ' ' ||
	    mode[digits + 1] == '\n' || !is_data(next_line(line)))
		return NULL;
	return mode + digits + 1;
}

/* The line behind "end", or where the data ends without it. */
static const char *
end_of(const char *line)
{
	for (line = next_line(line); *line != '\0'; line = next_line(line)) {
		if (strncmp(line, "end", 3) == 0 &&
		    (line[3] == '\n' || line[3] == '\0'))
			return next_line(line);
		if (!is_data(line) && line[0] != '`' && line[0] != ' ' &&
		    line[0] != '\n')
			return line;
	}
	return line;
}

void
uuencode_take(char *text, struct arena *arena, struct inner_files *files)
{
	const char *line = text;
	char *to = text;

	if (strstr(text, "begin ") == NULL)
		return;
	while (*line != '\0') {
		const char *name = begins(line);
		const char *next =
		    name == NULL ? next_line(line) : end_of(line);

		if (name == NULL) {
			memmove(to, line, (size_t)(next - line));
			to += next - line;
		} else {
			inner_file_add(files, arena,
			    (struct inner_file){
				arena_strndup(arena, name, strcspn(name, "\n")),
				"application/octet-stream",
				transfer_decode(TRANSFER_UUENCODE, line,
				    (size_t)(next - line), NULL, SIZE_MAX) });
		}
		line = next;
	}
	*to = '\0';
}
