#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/text.h"
#include "reader/bounce_reading.h"
#include "reader/headers.h"

void
bounce_add_recipient(struct bounce_reading *r, const char *text)
{
	struct bounce *bounce = r->ret;
	size_t count;
	const struct address *list;

	list = header_addresses(text, 1, r->arena, &count);
	if (count == 0 || bounce->recipient_count == LIMIT_RECIPIENTS)
		return;
	for (size_t i = 0; i < bounce->recipient_count; i++)
		if (text_eq(bounce->recipients[i], list[0].addr))
			return;
	if (bounce->recipients == NULL)
		bounce->recipients = arena_array(
		    r->arena, LIMIT_RECIPIENTS, sizeof(*bounce->recipients));
	bounce->recipients[bounce->recipient_count++] = list[0].addr;
}

const char *
bounce_status_at(const char *text, struct arena *arena)
{
	size_t len = strspn(text, "0123456789.");
	size_t dots = 0;

	if (len < 5 || len > 9 || text[1] != '.' ||
	    (text[0] != '2' && text[0] != '4' && text[0] != '5'))
		return NULL;
	for (size_t i = 0; i < len; i++)
		dots += text[i] == '.';
	if (text[len - 1] == '.') {
		len--;
		dots--;
	}
	if (dots != 2 || text[len - 1] == '.' || text[2] == '.')
		return NULL;
	return arena_strndup(arena, text, len);
}

/* Not part of a version, an address or a name: "v4.6.1", "mta-5.5.0", but
 * "550-5.1.1" and "#5.1.1". */
static bool
may_start_status(const char *text, const char *at)
{
	if (at == text)
		return true;
	if (at[-1] == '-')
		return at - text > 3 && isdigit((unsigned char)at[-2]) &&
		       isdigit((unsigned char)at[-4]);
	return isalnum((unsigned char)at[-1]) == 0 && at[-1] != '.' &&
	       at[-1] != '/';
}

const char *
bounce_find_status(const char *text, struct arena *arena)
{
	const char *last = NULL;

	for (const char *at = text; *at != '\0'; at++) {
		const char *found;

		if ((*at != '4' && *at != '5') || at[1] != '.' ||
		    !may_start_status(text, at))
			continue;
		found = bounce_status_at(at, arena);
		bounce_take_status(&last, found);
	}
	return last;
}

/* A reason in it: "5.0.0" and "5.1.0" say less than "5.1.1". */
static bool
is_vague(const char *status)
{
	return text_ends(status, ".0.0") || text_eq(status, "5.5.0");
}

void
bounce_take_status(const char **slot, const char *status)
{
	if (status == NULL || status[0] == '2')
		return;
	if (*slot == NULL || (is_vague(*slot) && !is_vague(status)) ||
	    ((*slot)[0] == '4' && status[0] == '5' && !is_vague(status)))
		*slot = status;
}

/* "rfc822; a@b" */
static const char *
behind_type(const char *value)
{
	const char *mark = strchr(value, ';');

	return mark == NULL ? value : mark + 1;
}

static void
take_action(struct bounce_reading *r, const char *value)
{
	r->is_failure |= text_starts_nocase(value, "fail");
	r->is_delay |= text_starts_nocase(value, "delay");
	r->is_success |= text_starts_nocase(value, "deliver") ||
			 text_starts_nocase(value, "relay") ||
			 text_starts_nocase(value, "expand");
}

static void
take_diagnosis(struct bounce_reading *r, const char *value)
{
	bounce_take_status(&r->far_status, bounce_find_status(value, r->arena));
	buf_puts(r->diagnosis, value);
	buf_putc(r->diagnosis, '\n');
}

static void
take_field(struct bounce_reading *r, const char *name, const char *value)
{
	if (text_eq_nocase(name, "Final-Recipient") ||
	    text_eq_nocase(name, "Original-Recipient") ||
	    text_eq_nocase(name, "X-Actual-Recipient"))
		bounce_add_recipient(r, behind_type(value));
	else if (text_eq_nocase(name, "Action"))
		take_action(r, value);
	else if (text_eq_nocase(name, "Status"))
		bounce_take_status(
		    &r->near_status, bounce_status_at(value, r->arena));
	else if (text_eq_nocase(name, "Diagnostic-Code"))
		take_diagnosis(r, value);
}

void
bounce_read_fields(struct bounce_reading *r, const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		char *line;
		size_t name;

		while (text[len] == '\n' &&
		       (text[len + 1] == ' ' || text[len + 1] == '\t'))
			len += 1 + strcspn(text + len + 1, "\n");
		line =
		    header_unfold(arena_strndup(r->arena, text, len), r->arena);
		name = strcspn(line, ":");
		if (line[name] == ':') {
			line[name] = '\0';
			take_field(r, line, text_trim(line + name + 1));
		}
		text += len;
		text += *text == '\n';
	}
}

bool
bounce_has_fields(const char *text)
{
	return strcasestr(text, "\nfinal-recipient:") != NULL &&
	       strcasestr(text, "\naction:") != NULL;
}

/* The value of a header field in a text, up to its line's end; or NULL. */
static char *
find_field(const char *text, const char *name, struct arena *arena)
{
	size_t len = strlen(name);
	const char *found = text;

	if (strncasecmp(text, name + 1, len - 1) != 0) {
		found = strcasestr(text, name);
		if (found == NULL)
			return NULL;
		found++;
	}
	found += len - 1;
	found += strspn(found, " \t\n");
	return arena_strndup(arena, found, strcspn(found, "\n"));
}

void
bounce_read_original(struct bounce_reading *r, const char *text)
{
	char *id = find_field(text, "\nmessage-id:", r->arena);
	size_t count;
	const char **ids;

	if (r->lost_to == NULL)
		r->lost_to = find_field(text, "\nto:", r->arena);
	if (id == NULL)
		return;
	ids = header_ids(id, 1, r->arena, &count);
	if (count > 0)
		r->ret->original_message_id = ids[0];
}
