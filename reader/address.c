#include <stdbool.h>
#include <string.h>

#include "core/limits.h"
#include "core/message.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "reader/charset.h"
#include "reader/headers.h"

/* Where the mailbox that starts at `at' ends: at a comma or semicolon outside
 * quotes, comments, angle brackets and encoded words. */
static const char *
mailbox_end(const char *at)
{
	bool quoted = false, angle = false;
	int comment = 0;

	for (; *at != '\0'; at++) {
		if (*at == '\\' && at[1] != '\0') {
			at++;
		} else if (*at == '"' && comment == 0) {
			quoted = !quoted;
		} else if (quoted) {
			continue;
		} else if (*at == '(') {
			comment++;
		} else if (*at == ')' && comment > 0) {
			comment--;
		} else if (at[0] == '=' && at[1] == '?') {
			const char *data = strchr(at + 2, '?');
			const char *end = data == NULL || data[1] == '\0' ||
				data[2] != '?'
			    ? NULL
			    : strstr(data + 3, "?=");

			if (end != NULL)
				at = end + 1;
		} else if (*at == '<') {
			angle = true;
		} else if (*at == '>') {
			angle = false;
		} else if ((*at == ',' || *at == ';') && comment == 0 &&
		    !angle) {
			return at;
		}
	}
	return at;
}

/* Drop quotes and the backslashes in them. */
static char *
unquote(char *text)
{
	size_t used = 0;

	for (size_t i = 0; text[i] != '\0'; i++) {
		if (text[i] == '"')
			continue;
		if (text[i] == '\\' && text[i + 1] != '\0')
			i++;
		text[used++] = text[i];
	}
	text[used] = '\0';
	return text_trim(text);
}

static const char *
name_of(const char *raw, size_t len, struct arena *arena)
{
	const char *name =
	    header_text(unquote(arena_strndup(arena, raw, len)), arena);

	return text_is_empty(name) ? NULL : name;
}

static const char *
clean_address(const char *raw, size_t len, struct arena *arena)
{
	char *addr = charset_to_utf8(NULL, raw, len, arena);
	size_t used = 0;
	int comment = 0;

	/* White space in an address is a fold or a mistake. */
	for (size_t i = 0; addr[i] != '\0'; i++) {
		comment += addr[i] == '(';
		if (comment == 0 && strchr(" \t\n<>", addr[i]) == NULL)
			addr[used++] = addr[i];
		comment -= addr[i] == ')' && comment > 0;
	}
	addr[used] = '\0';
	if (used > LIMIT_HEADER_BYTES / 4)
		return NULL;
	/* RFC 822's "@a,@b:name@c", and links. */
	if (addr[0] == '@' && strchr(addr, ':') != NULL)
		addr = strchr(addr, ':') + 1;
	if (strncasecmp(addr, "mailto:", 7) == 0)
		addr += 7;
	return strchr(addr, '@') == NULL ? NULL : text_lower(addr);
}

/* "Name <addr>": the first "<" outside quotes that has an "@" behind it.  Some
 * write two mailboxes without a comma, some a "<" in the name. */
static const char *
find_angle(const char *text)
{
	bool quoted = false;

	for (; *text != '\0'; text++) {
		if (*text == '\\' && text[1] != '\0')
			text++;
		else if (*text == '"')
			quoted = !quoted;
		else if (*text == '<' && !quoted &&
		    memchr(text + 1, '@', strcspn(text + 1, "<>")) != NULL)
			return text;
	}
	return NULL;
}

/* Where the comment that starts at `text' ends: they nest. */
static const char *
comment_end(const char *text)
{
	int depth = 0;

	for (; *text != '\0'; text++) {
		depth += *text == '(';
		depth -= *text == ')';
		if (depth == 0)
			break;
	}
	return text;
}

/* addr (Name), Name addr, or addr alone: the first word with an "@" that is
 * not in quotes. */
static bool
parse_bare(const char *text, struct arena *arena, struct address *ret)
{
	const char *comment = strchr(text, '(');
	const char *quote = strrchr(text, '"');
	const char *at = strchr(quote == NULL ? text : quote, '@');
	const char *start, *end;

	if (at == NULL)
		return false;
	end = comment == NULL ? NULL : comment_end(comment);
	if (comment != NULL && (comment > at || (*end == ')' && end < at)))
		ret->name = name_of(
		    comment + 1, (size_t)(end - comment - 1), arena);
	if (comment != NULL && *end == ')' && end < at)
		text = end + 1;
	start = at;
	while (start > text && start[-1] != ' ' && start[-1] != '\t' && start[-1] != ':')
		start--;
	end = at + strcspn(at, " \t(>");
	ret->addr = clean_address(start, (size_t)(end - start), arena);
	if (ret->name == NULL && start > text)
		ret->name = name_of(text, (size_t)(start - text), arena);
	return ret->addr != NULL;
}

static bool
parse_mailbox(const char *text, struct arena *arena, struct address *ret)
{
	const char *angle = find_angle(text);

	*ret = (struct address){ 0 };
	if (angle != NULL) {
		ret->addr =
		    clean_address(angle + 1, strcspn(angle + 1, ">"), arena);
		if (ret->addr != NULL) {
			ret->name =
			    name_of(text, (size_t)(angle - text), arena);
			return true;
		}
	}
	return parse_bare(text, arena, ret);
}

/* "Group: a@b, c@d;" names no mailbox before its colon. */
static const char *
skip_group(const char *text)
{
	size_t len = strcspn(text, ":@<\"=(");

	return text[len] == ':' ? text + len + 1 : text;
}

struct address *
header_addresses(
    const char *raw, size_t limit, struct arena *arena, size_t *ret_count)
{
	const char *text = header_unfold(raw, arena);
	struct address *list = arena_array(arena, limit, sizeof(*list));
	size_t count = 0;

	while (text != NULL && *text != '\0' && count < limit) {
		const char *end;
		const char *one;

		text = skip_group(text);
		end = mailbox_end(text);
		one = arena_strndup(arena, text, (size_t)(end - text));
		/* Some put all of it, with the address, in an encoded word. */
		if (parse_mailbox(one, arena, &list[count]) ||
		    (strstr(one, "=?") != NULL &&
			parse_mailbox(
			    header_text(one, arena), arena, &list[count])))
			count++;
		text = *end == '\0' ? NULL : end + 1;
	}
	*ret_count = count;
	return list;
}
