#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/text.h"
#include "reader/bounce_reading.h"

/* Mail breaks long lines in the middle of a value, so that no JSON parser
 * would read it: what is wanted is looked for by name. */

/* The text without the backslashes of the envelope. */
static char *
without_escapes(const char *text, struct arena *arena)
{
	char *copy = arena_strdup(arena, text);
	char *to = copy;

	for (const char *from = copy; *from != '\0'; from++)
		if (*from != '\\' || from[1] != '"')
			*to++ = *from;
	*to = '\0';
	return copy;
}

/* The text value of the next member of that name behind `*at', which moves
 * there; NULL when there is none. */
static const char *
next_member(const char **at, const char *quoted_name, struct arena *arena)
{
	const char *found = strstr(*at, quoted_name);
	const char *value;
	size_t len;

	if (found == NULL)
		return NULL;
	value = found + strlen(quoted_name);
	value += strspn(value, " :\n");
	if (*value != '"')
		return NULL;
	len = strcspn(value + 1, "\"");
	*at = value + 1 + len;
	return arena_strndup(arena, value + 1, len);
}

static const char *
member(const char *text, const char *quoted_name, struct arena *arena)
{
	return next_member(&text, quoted_name, arena);
}

bool
bounce_read_notification(struct bounce_reading *r, const char *text)
{
	const char *list, *at, *addr, *value;

	if (strstr(text, "bouncedRecipients") == NULL)
		return false;
	list = without_escapes(text, r->arena);
	at = strstr(list, "\"bouncedRecipients\"");
	if (at == NULL)
		return false;
	r->is_failure = true;
	while ((addr = next_member(&at, "\"emailAddress\"", r->arena)) != NULL)
		bounce_add_recipient(r, addr);
	at = strstr(list, "\"bouncedRecipients\"");
	value = member(at, "\"status\"", r->arena);
	if (value != NULL)
		bounce_take_status(
		    &r->near_status, bounce_status_at(value, r->arena));
	value = member(at, "\"diagnosticCode\"", r->arena);
	buf_puts(r->diagnosis, text_or(value, ""));
	value = member(list, "\"messageId\"", r->arena);
	r->ret->original_message_id = value;
	return true;
}
