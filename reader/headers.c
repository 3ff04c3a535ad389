#include "reader/headers.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "reader/charset.h"
#include "reader/transfer.h"

char *
header_unfold(const char *raw, struct arena *arena)
{
	char *copy = arena_strdup(arena, raw);
	size_t used = 0;

	if (copy == NULL)
		return NULL;
	for (size_t i = 0; copy[i] != '\0'; i++)
		if (copy[i] != '\r' && copy[i] != '\n')
			copy[used++] = (char)(copy[i] == '\t' ? ' ' : copy[i]);
	copy[used] = '\0';
	return text_trim(copy);
}

/* One encoded word: =?charset*language?B?data?= */
struct word {
	char charset[40];
	char kind; /* 'B' or 'Q' */
	const char *data;
	size_t data_len;
	const char *end; /* first byte behind it */
};

static bool
parse_word(const char *at, struct word *ret)
{
	const char *charset = at + 2;
	const char *mark, *data, *stop;
	size_t len;

	if (at[0] != '=' || at[1] != '?')
		return false;
	mark = strchr(charset, '?');
	if (mark == NULL || mark == charset || mark[1] == '\0' || mark[2] != '?')
		return false;
	ret->kind = (char)toupper((unsigned char)mark[1]);
	if (ret->kind != 'B' && ret->kind != 'Q')
		return false;
	len = strcspn(charset, "*?");
	if (len >= sizeof(ret->charset) || memchr(charset, ' ', len) != NULL)
		return false;
	memcpy(ret->charset, charset, len);
	ret->charset[len] = '\0';
	data = mark + 3;
	stop = strstr(data, "?=");
	ret->data = data;
	ret->data_len = stop == NULL ? strlen(data) : (size_t)(stop - data);
	ret->end = stop == NULL ? data + ret->data_len : stop + 2;
	return true;
}

static size_t
decode_word(const struct word *word, struct arena *arena, char *out)
{
	char *spaced;

	if (word->kind == 'B')
		return transfer_decode(TRANSFER_BASE64, word->data,
		    word->data_len, out, word->data_len);
	spaced = arena_strndup(arena, word->data, word->data_len);
	for (size_t i = 0; i < word->data_len; i++)
		if (spaced[i] == '_')
			spaced[i] = ' ';
	return transfer_decode(
	    TRANSFER_QUOTED, spaced, word->data_len, out, word->data_len);
}

/* The word behind that one, when it is of the same charset. */
static bool
next_in_run(const struct word *word, struct word *ret)
{
	return parse_word(word->end + strspn(word->end, " "), ret) &&
	       text_eq_nocase(ret->charset, word->charset);
}

/* The run of words that starts at `at': neighbours of one charset are joined
 * before decoding, because senders split characters between them. */
static const char *
decode_run(const char *at, const struct word *first, struct arena *arena,
    char **ret_text)
{
	struct word word = *first, next;
	size_t used = 0;
	char *bytes;

	/* Room for this run only: a field may be thousands of them. */
	while (next_in_run(&word, &next))
		word = next;
	bytes = arena_alloc(arena, (size_t)(word.end - at) + 1);
	word = *first;
	used += decode_word(&word, arena, bytes);
	while (next_in_run(&word, &next)) {
		word = next;
		used += decode_word(&word, arena, bytes + used);
	}
	*ret_text = charset_to_utf8(first->charset, bytes, used, arena);
	return word.end;
}

static bool
only_spaces(const char *from, const char *to)
{
	while (from < to && *from == ' ')
		from++;
	return from == to;
}

/* Unicode has line ends of its own, which some programs heed. */
static const char *
one_line(char *text)
{
	static const char *const ends[] = { "\n", "\r", "\t", "\v", "\f",
		"\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9" };

	for (char *c = text; *c != '\0'; c++)
		for (size_t i = 0; i < ARRAY_COUNT(ends); i++)
			if (text_starts(c, ends[i]))
				memset(c, ' ', strlen(ends[i]));
	text[charset_fit(text, LIMIT_HEADER_BYTES)] = '\0';
	return text_trim(text);
}

/* `text' is one unfolded line. */
static const char *
decode_line(const char *text, struct arena *arena)
{
	const char *plain = text, *at = text;
	char *out;
	size_t used = 0, size = 3 * strlen(text) + 16;
	bool after_word = false;

	if (strstr(text, "=?") == NULL)
		return one_line(
		    charset_to_utf8(NULL, text, strlen(text), arena));
	out = arena_alloc(arena, size);
	while (plain != NULL) {
		struct word word;
		char *piece;
		size_t len;

		at = at == NULL ? NULL : strstr(at, "=?");
		if (at != NULL && !parse_word(at, &word)) {
			at += 2;
			continue;
		}
		len = at == NULL ? strlen(plain) : (size_t)(at - plain);
		if (!(after_word && at != NULL && only_spaces(plain, at))) {
			piece = charset_to_utf8(NULL, plain, len, arena);
			len = strlen(piece);
			memcpy(out + used, piece, len);
			used += len;
		}
		if (at == NULL)
			break;
		plain = at = decode_run(at, &word, arena, &piece);
		len = strlen(piece);
		memcpy(out + used, piece, len);
		used += len;
		after_word = true;
	}
	out[used] = '\0';
	return one_line(out);
}

const char *
header_text(const char *raw, struct arena *arena)
{
	const char *text = header_unfold(raw, arena);

	return text == NULL ? NULL : decode_line(text, arena);
}

const char **
header_ids(const char *raw, size_t limit, struct arena *arena, size_t *ret_count)
{
	char *text = header_unfold(raw, arena);
	const char **list = arena_array(arena, limit, sizeof(*list));
	size_t count = 0;

	*ret_count = 0;
	if (text == NULL)
		return list;
	for (const char *at = strchr(text, '<'); at != NULL && count < limit;
	     at = strchr(at, '<')) {
		size_t len = strcspn(++at, "<>");

		if (len > 0 && len <= LIMIT_HEADER_BYTES / 4)
			list[count++] =
			    charset_to_utf8(NULL, at, len, arena);
	}
	/* Some senders leave the brackets out. */
	if (count == 0 && strlen(text) <= LIMIT_HEADER_BYTES / 4 &&
	    strchr(text, '@') != NULL && strpbrk(text, " <") == NULL)
		list[count++] =
		    charset_to_utf8(NULL, text, strlen(text), arena);
	*ret_count = count;
	return list;
}
