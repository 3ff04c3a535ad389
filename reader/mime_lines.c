#include "reader/mime_lines.h"

#include <string.h>

#include "lib/cleanup.h"

/* Lines behind an odd one in which a known field means that the header goes
 * on. */
enum { LOOK_AHEAD = 3 };

/* A line without its end, and where the next one starts. */
struct line {
	const char *text;
	size_t len;
	size_t next;
};

static struct line
line_at(const char *raw, size_t len, size_t at)
{
	const char *end = memchr(raw + at, '\n', len - at);
	size_t stop = end == NULL ? len : (size_t)(end - raw);
	struct line line = { raw + at, stop - at,
		end == NULL ? len : stop + 1 };

	if (line.len > 0 && line.text[line.len - 1] == '\r')
		line.len--;
	return line;
}

static bool
is_known(const char *name, size_t len)
{
	static const char *const names[] = { "From", "To", "Cc", "Subject",
		"Date", "Message-ID", "Received", "Return-Path", "Reply-To",
		"MIME-Version", "In-Reply-To", "References", "Sender",
		"Delivered-To" };
	static const char *const starts[] = { "Content-", "X-", "DKIM-", "ARC-",
		"List-" };

	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		if (strlen(names[i]) == len &&
		    strncasecmp(name, names[i], len) == 0)
			return true;
	for (size_t i = 0; i < ARRAY_COUNT(starts); i++)
		if (len > strlen(starts[i]) &&
		    strncasecmp(name, starts[i], strlen(starts[i])) == 0)
			return true;
	return false;
}

/* Does a header field start here ("Name:")?  `known': one that mails have. */
static bool
is_field(const char *line, size_t len, bool known)
{
	size_t name = 0, colon;

	while (name < len && line[name] > ' ' && line[name] < 0x7F &&
	       line[name] != ':')
		name++;
	colon = name;
	while (colon < len && (line[colon] == ' ' || line[colon] == '\t'))
		colon++;
	if (name == 0 || colon == len || line[colon] != ':')
		return false;
	return !known || is_known(line, name);
}

static bool
is_white(const struct line *line)
{
	for (size_t i = 0; i < line->len; i++)
		if (line->text[i] != ' ' && line->text[i] != '\t')
			return false;
	return true;
}

/* Is the odd line before `at' one in a header that goes on? */
static bool
goes_on(const char *raw, size_t len, size_t at)
{
	for (int i = 0; i < LOOK_AHEAD && at < len; i++) {
		struct line line = line_at(raw, len, at);

		if (line.len == 0)
			return false;
		if (is_field(line.text, line.len, true))
			return true;
		at = line.next;
	}
	return false;
}

static bool
is_delimiter(const struct line *line)
{
	return line->len > 2 && line->text[0] == '-' && line->text[1] == '-';
}

size_t
mime_header_end(const char *raw, size_t len, bool *ret_is_broken)
{
	size_t at = 0;

	*ret_is_broken = false;
	while (at < len) {
		struct line line = line_at(raw, len, at);

		if (line.len == 0)
			return line.next;
		if (is_field(line.text, line.len, false) ||
		    (at > 0 && (line.text[0] == ' ' || line.text[0] == '\t') &&
			!is_white(&line))) {
			at = line.next;
			continue;
		}
		if (is_delimiter(&line) || !goes_on(raw, len, line.next)) {
			*ret_is_broken = true;
			return is_white(&line) ? line.next : at;
		}
		at = line.next;
	}
	return len;
}

bool
mime_find_delimiter(const char *raw, size_t len, struct mime_delimiter *ret)
{
	for (size_t at = 0; at < len;) {
		struct line line = line_at(raw, len, at);
		struct line next;

		if (is_delimiter(&line) && line.len < 200 && line.next < len) {
			next = line_at(raw, len, line.next);
			if (is_field(next.text, next.len, true) &&
			    strncasecmp(next.text, "Content-", 8) == 0) {
				*ret = (struct mime_delimiter){ at, line.text,
					line.len };
				while (ret->text[ret->length - 1] == ' ')
					ret->length--;
				return true;
			}
		}
		at = line.next;
	}
	return false;
}

size_t
mime_next_delimiter(const char *raw, size_t len, size_t from,
    const struct mime_delimiter *delimiter, size_t *ret_next)
{
	for (size_t at = from; at < len;) {
		struct line line = line_at(raw, len, at);
		size_t size = line.len;

		while (size > 0 && line.text[size - 1] == ' ')
			size--;
		*ret_next = line.next;
		if (size == delimiter->length + 2 &&
		    memcmp(line.text + size - 2, "--", 2) == 0)
			size -= 2;
		if (size == delimiter->length &&
		    strncasecmp(line.text, delimiter->text, size) == 0)
			return at;
		at = line.next;
	}
	*ret_next = len;
	return len;
}
