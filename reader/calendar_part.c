#include "reader/calendar_part.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/text.h"

enum field {
	SUMMARY,
	START,
	END,
	LOCATION,
	ORGANIZER,
	DESCRIPTION,
	FIELD_COUNT
};

static const char *const names[FIELD_COUNT] = { "SUMMARY", "DTSTART", "DTEND",
	"LOCATION", "ORGANIZER", "DESCRIPTION" };

/* A content line behind its name: ";TZID=Asia/Shanghai:20261125T100000". */
struct event {
	const char *fields[FIELD_COUNT];
};

/* Lines that start with white space go on the one before. */
static char *
unfold(const char *text, struct arena *arena)
{
	char *copy = arena_strdup(arena, text);
	size_t used = 0;

	for (size_t i = 0; copy[i] != '\0'; i++) {
		if (copy[i] == '\n' &&
		    (copy[i + 1] == ' ' || copy[i + 1] == '\t')) {
			i++;
			continue;
		}
		copy[used++] = copy[i];
	}
	copy[used] = '\0';
	return copy;
}

static void
take_line(struct event *event, const char *line)
{
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		const char *rest = line + strlen(names[i]);

		if (text_starts_nocase(line, names[i]) &&
		    (*rest == ':' || *rest == ';') && event->fields[i] == NULL)
			event->fields[i] = rest;
	}
}

static bool
read_event(char *text, struct event *event)
{
	bool inside = false;
	char *rest = NULL;

	for (char *line = strtok_r(text, "\n", &rest); line != NULL;
	     line = strtok_r(NULL, "\n", &rest)) {
		/* An alarm in it has a description, too. */
		if (inside && (text_starts_nocase(line, "BEGIN:") ||
				  text_starts_nocase(line, "END:")))
			break;
		if (inside)
			take_line(event, line);
		inside = inside || text_starts_nocase(line, "BEGIN:VEVENT");
	}
	return inside;
}

/* The value behind the parameters, its escapes undone. */
static char *
value_of(const char *field, struct arena *arena)
{
	bool quoted = false;
	size_t used = 0;
	char *value;

	if (field == NULL)
		return arena_strdup(arena, "");
	for (; *field != '\0' && (*field != ':' || quoted); field++)
		quoted ^= *field == '"';
	value = arena_strdup(arena, *field == ':' ? field + 1 : "");
	for (size_t i = 0; value[i] != '\0'; i++) {
		char c = value[i];

		if (c == '\\' && value[i + 1] != '\0') {
			c = value[++i];
			if (c == 'n' || c == 'N')
				c = '\n';
		}
		value[used++] = c;
	}
	value[used] = '\0';
	return text_trim(value);
}

/* A parameter such as CN or TZID, or NULL. */
static const char *
parameter_of(const char *field, const char *name, struct arena *arena)
{
	const char *end = field == NULL ? NULL : strchr(field, ':');
	const char *at = field == NULL ? NULL : strcasestr(field, name);
	size_t len;

	if (at == NULL || end == NULL || at > end || at == field ||
	    at[-1] != ';' || at[strlen(name)] != '=')
		return NULL;
	at += strlen(name) + 1;
	if (*at == '"')
		return arena_strndup(arena, at + 1, strcspn(at + 1, "\""));
	len = strcspn(at, ";:");
	return arena_strndup(arena, at, len);
}

/* "20261125T100000Z" as "2026-11-25 10:00 UTC". */
static const char *
time_of(const char *field, struct arena *arena)
{
	const char *value = value_of(field, arena);
	const char *zone = parameter_of(field, "TZID", arena);
	size_t digits = strspn(value, "0123456789");

	if (digits != 8)
		return value;
	if (strspn(value + 9, "0123456789") < 4 || value[8] != 'T')
		return arena_printf(
		    arena, "%.4s-%.2s-%.2s", value, value + 4, value + 6);
	if (text_ends(value, "Z"))
		zone = "UTC";
	return arena_printf(arena, "%.4s-%.2s-%.2s %.2s:%.2s%s%s", value,
	    value + 4, value + 6, value + 9, value + 11,
	    zone == NULL ? "" : " ", text_or(zone, ""));
}

static const char *
organizer_of(const char *field, struct arena *arena)
{
	const char *name = parameter_of(field, "CN", arena);
	const char *value = value_of(field, arena);

	if (text_starts_nocase(value, "mailto:"))
		value += strlen("mailto:");
	return name == NULL ? value
			    : arena_printf(arena, "%s <%s>", name, value);
}

char *
calendar_to_text(const char *text, struct arena *arena)
{
	struct event event = { 0 };
	const char *start, *end;

	if (!read_event(unfold(text, arena), &event))
		return arena_strdup(arena, "");
	start = time_of(event.fields[START], arena);
	end = time_of(event.fields[END], arena);
	return text_trim(arena_printf(arena, "%s\n%s%s%s\n%s\n%s\n\n%s",
	    value_of(event.fields[SUMMARY], arena), start,
	    text_is_empty(end) ? "" : " – ", end,
	    value_of(event.fields[LOCATION], arena),
	    organizer_of(event.fields[ORGANIZER], arena),
	    value_of(event.fields[DESCRIPTION], arena)));
}
