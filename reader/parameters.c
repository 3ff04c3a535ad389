#include "reader/parameters.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "reader/charset.h"
#include "reader/headers.h"

/* Pieces that one value may come in: 1,000 letters of three bytes each. */
enum { PIECES_MAX = 64 };

struct piece {
	const char *value; /* raw, without its quotes */
	bool is_extended;  /* "name*0*=": percent signs count */
};

struct found {
	const char *plain;               /* "name=" */
	const char *extended;            /* "name*=" */
	struct piece pieces[PIECES_MAX]; /* "name*0=" and so on */
};

/* One line, and not more of it than a field may have. */
static char *
unfold(const char *raw, struct arena *arena)
{
	return header_unfold(
	    arena_strndup(arena, raw, strnlen(raw, LIMIT_HEADER_BYTES)), arena);
}

/* Windows paths are not quoted as they should be. */
static bool
is_escape(const char *at)
{
	return *at == '\\' && (at[1] == '"' || at[1] == '\\');
}

/* The quote that closes a value, or the end of the text. */
static const char *
closing_quote(const char *at)
{
	for (; *at != '\0' && *at != '"'; at++)
		if (is_escape(at))
			at++;
	return at;
}

/* Where a value ends, in front of its closing quote.  Without quotes it ends at
 * the next semicolon: some have spaces; so does a quote that is not closed. */
static const char *
value_end(const char *at)
{
	const char *end;

	if (*at != '"')
		return strchrnul(at, ';');
	end = closing_quote(at + 1);
	return *end == '"' ? end : strchrnul(at + 1, ';');
}

static char *
value_of(const char *at, const char *end, struct arena *arena)
{
	bool is_quoted = *at == '"';
	char *value;
	size_t used = 0;

	at += is_quoted;
	value = arena_strndup(arena, at, (size_t)(end - at));
	if (!is_quoted)
		return text_trim(value);
	for (const char *c = value; *c != '\0'; c++) {
		c += is_escape(c);
		value[used++] = *c;
	}
	value[used] = '\0';
	return value;
}

/* "name", "name*", "name*1" or "name*1*": where in `found' does it belong? */
static void
place(struct found *found, const char *suffix, const char *value)
{
	char *end;
	unsigned long number;

	if (*suffix == '\0') {
		if (found->plain == NULL)
			found->plain = value;
		return;
	}
	if (text_eq(suffix, "*")) {
		if (found->extended == NULL)
			found->extended = value;
		return;
	}
	if (suffix[0] != '*' || !isdigit((unsigned char)suffix[1]))
		return;
	number = strtoul(suffix + 1, &end, 10);
	if (number >= PIECES_MAX || found->pieces[number].value != NULL)
		return;
	found->pieces[number] = (struct piece){ value, text_eq(end, "*") };
}

/* The last word in front of a "=": some leave out the semicolon before it. */
static const char *
word_before(const char *from, const char **equals)
{
	const char *word;

	while (*equals > from && isspace((unsigned char)(*equals)[-1]))
		(*equals)--;
	word = *equals;
	while (word > from && !isspace((unsigned char)word[-1]))
		word--;
	return word;
}

/* Only what is looked for is copied: a field may be hundreds of others. */
static void
find(const char *text, const char *name, struct arena *arena,
    struct found *found)
{
	size_t len = strlen(name);
	const char *at = text;

	while (*at != '\0') {
		const char *stop = at + strcspn(at, "=;");
		const char *word, *value, *end;

		if (*stop != '=') {
			at = stop + (*stop == ';');
			continue;
		}
		/* "charset==?gb2312?..." is an encoded word behind a "=". */
		value = stop + 1;
		value += strspn(value, " ");
		end = value_end(value);
		word = word_before(at, &stop);
		if ((size_t)(stop - word) >= len &&
		    strncasecmp(word, name, len) == 0)
			place(found,
			    arena_strndup(
				arena, word + len, (size_t)(stop - word) - len),
			    value_of(value, end, arena));
		at = strchrnul(end, ';');
	}
}

/* Adds `text' to `out', its "%E6" as bytes. */
static size_t
add_percent(const char *text, char *out)
{
	size_t used = 0;

	for (; *text != '\0'; text++) {
		if (*text == '%' && text_hex_value(text[1]) >= 0 &&
		    text_hex_value(text[2]) >= 0) {
			out[used++] =
			    (char)(unsigned char)(text_hex_value(text[1]) * 16 +
						  text_hex_value(text[2]));
			text += 2;
			continue;
		}
		out[used++] = *text;
	}
	return used;
}

/* Takes "utf-8'en'" off the front. */
static const char *
take_charset(const char **text, struct arena *arena)
{
	const char *first = strchr(*text, '\'');
	const char *second = first == NULL ? NULL : strchr(first + 1, '\'');
	const char *label;

	if (second == NULL || first - *text > 40)
		return NULL;
	label = arena_strndup(arena, *text, (size_t)(first - *text));
	*text = second + 1;
	return label;
}

static const char *
decode_extended(const char *value, struct arena *arena)
{
	const char *label = take_charset(&value, arena);
	char *bytes = arena_alloc(arena, strlen(value) + 1);
	size_t len = add_percent(value, bytes);

	return charset_to_utf8(label, bytes, len, arena);
}

static const char *
join_pieces(const struct found *found, struct arena *arena)
{
	const char *first = found->pieces[0].value;
	const char *label = NULL;
	size_t size = 1, used = 0;
	bool is_extended = false;
	char *bytes;

	for (int i = 0; i < PIECES_MAX && found->pieces[i].value != NULL; i++)
		size += strlen(found->pieces[i].value);
	bytes = arena_alloc(arena, size);
	if (found->pieces[0].is_extended)
		label = take_charset(&first, arena);
	for (int i = 0; i < PIECES_MAX && found->pieces[i].value != NULL; i++) {
		const char *value = i == 0 ? first : found->pieces[i].value;

		is_extended |= found->pieces[i].is_extended;
		if (found->pieces[i].is_extended) {
			used += add_percent(value, bytes + used);
			continue;
		}
		memcpy(bytes + used, value, strlen(value));
		used += strlen(value);
	}
	bytes[used] = '\0';
	/* Some cut an encoded word into pieces. */
	return is_extended ? charset_to_utf8(label, bytes, used, arena)
			   : header_text(bytes, arena);
}

const char *
parameter_text(const char *raw, const char *name, struct arena *arena)
{
	const char *value = NULL;
	struct found found = { 0 };

	if (raw == NULL || strcasestr(raw, name) == NULL)
		return NULL;
	find(unfold(raw, arena), name, arena, &found);
	if (found.extended != NULL)
		value = decode_extended(found.extended, arena);
	else if (found.pieces[0].value != NULL)
		value = join_pieces(&found, arena);
	else if (found.plain != NULL)
		value = found.plain;
	/* One line for people, whatever was encoded. */
	return header_text(value, arena);
}

static bool
is_token(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] <= ' ' ||
		    (unsigned char)text[i] > '~' ||
		    strchr("()<>@,;:\\\"/[]?=", text[i]) != NULL)
			return false;
	return len > 0 && len < 100;
}

/* What stands where "text/html" should. */
static const char *
odd_type(const char *text, struct arena *arena)
{
	static const struct {
		const char *word, *type;
	} odd[] = {
		{ "text", "text/plain" },
		{ "plain", "text/plain" },
		{ "html", "text/html" },
		{ "multipart", "multipart/mixed" },
	};
	const char *word =
	    text_trim(arena_strndup(arena, text, strcspn(text, ";")));

	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		if (text_eq_nocase(word, odd[i].word))
			return odd[i].type;
	return parameter_text(text, "name", arena) != NULL
		   ? "application/octet-stream"
		   : "text/plain";
}

const char *
content_type(const char *raw, struct arena *arena)
{
	const char *text = raw == NULL ? NULL : unfold(raw, arena);
	const char *slash;
	size_t main_len, sub_len;

	if (text == NULL)
		return "text/plain";
	slash = strchr(text, '/');
	if (slash == NULL || strcspn(text, ";") < (size_t)(slash - text))
		return odd_type(text, arena);
	main_len = (size_t)(slash - text);
	while (main_len > 0 && text[main_len - 1] == ' ')
		main_len--;
	slash++;
	slash += strspn(slash, " ");
	sub_len = strcspn(slash, "; (\"=,");
	if (!is_token(text, main_len) || !is_token(slash, sub_len))
		return odd_type(text, arena);
	return text_lower(arena_printf(
	    arena, "%.*s/%.*s", (int)main_len, text, (int)sub_len, slash));
}
