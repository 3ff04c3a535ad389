#include <ctype.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/text.h"
#include "reader/bounce_reading.h"
#include "reader/bounce_words.h"

/* An address is looked for so far around an "@". */
#define ADDRESS_BYTES 320

/* The reporter, or whom the report went to: the sender of the lost mail. */
static bool
is_party(const struct bounce_reading *r, const char *addr)
{
	for (size_t i = 0; i < r->to_count; i++)
		if (text_eq(addr, r->to[i].addr))
			return true;
	return text_eq(addr, r->message->from.addr);
}

/* The address around the "@" at `at'; "" when there is none. */
static const char *
address_around(const struct bounce_reading *r, const char *text, const char *at)
{
	const char *start = at;
	size_t len;

	while (start > text && at - start < ADDRESS_BYTES &&
	       (isalnum((unsigned char)start[-1]) ||
		   strchr("._+-=&#/%'!", start[-1]) != NULL))
		start--;
	while (start < at && strchr("'/=", *start) != NULL)
		start++;
	len = (size_t)(at - start) + 1;
	len += strspn(at + 1, "abcdefghijklmnopqrstuvwxyz"
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
	while (len > 0 && strchr(".-", start[len - 1]) != NULL)
		len--;
	if (start == at || start + len <= at + 1)
		return "";
	return text_lower(arena_strndup(r->arena, start, len));
}

/* Between "<" and ">" in the same line behind `at': it outranks. */
static const char *
bracketed_behind(const char *at)
{
	size_t len = strcspn(at, "\n:");
	const char *open = memchr(at, '<', len);
	const char *mark =
	    open == NULL ? NULL : memchr(open, '@', len - (size_t)(open - at));

	return mark != NULL && at[-1] != '<' &&
		       memchr(open, '>', len - (size_t)(open - at)) != NULL &&
		       isspace((unsigned char)open[-1])
		   ? mark
		   : NULL;
}

/* The first address that may have failed. `robots': postmaster, too, when
 * nobody else is named. */
static bool
find_one(struct bounce_reading *r, const char *text, bool robots)
{
	for (const char *at = text; (at = strchr(at, '@')) != NULL; at++) {
		const char *addr = address_around(r, text, at);
		const char *better;

		if (*addr == '\0' || is_party(r, addr) ||
		    (!robots && bounce_is_reporter(addr)))
			continue;
		better = bracketed_behind(at);
		if (better != NULL)
			addr = address_around(r, at, better);
		bounce_add_recipient(r, addr);
		if (r->ret->recipient_count > 0)
			return true;
	}
	return false;
}

void
bounce_find_recipients(struct bounce_reading *r, const char *text)
{
	const char *list = bounce_list_start(text);

	if (list != NULL && find_one(r, list, false))
		return;
	if (!find_one(r, text, false))
		(void)find_one(r, text, true);
}
