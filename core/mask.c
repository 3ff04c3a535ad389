#include "core/mask.h"

#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <ctype.h>
#include <string.h>

enum {
	PHONE_DIGITS_MIN = 7, /* short codes are nobody's own */
	PHONE_DIGITS_MAX = 18, /* also covers identity card numbers */
	HIDDEN_DIGITS = 4,
	IDENTITY_DIGITS_MIN = 15,
};

static size_t
count_digits(const char *text, size_t len)
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++)
		count += isdigit((unsigned char)text[i]) != 0;
	return count;
}

/* Hide the four digits before the last four; of a short number everything
 * but its last two. */
static void
hide_digits(char *text, size_t len)
{
	size_t digits = count_digits(text, len), seen = 0;
	size_t from = 0, to = digits > 2 ? digits - 2 : digits;

	if (digits > (size_t)2 * HIDDEN_DIGITS) {
		to = digits - HIDDEN_DIGITS;
		from = to - HIDDEN_DIGITS;
	}
	if (digits >= IDENTITY_DIGITS_MIN)
		from = 3;
	for (size_t i = 0; i < len; i++) {
		if (!isdigit((unsigned char)text[i]))
			continue;
		if (seen >= from && seen < to)
			text[i] = '*';
		seen++;
	}
}

const char *
mask_phone(const char *number, struct arena *arena)
{
	char *ret = arena_strdup(arena, text_or(number, ""));
	size_t len = strlen(ret);

	if (count_digits(ret, len) >= PHONE_DIGITS_MIN)
		hide_digits(ret, len);
	return ret;
}

const char *
mask_mail(const char *address, struct arena *arena)
{
	const char *at = strrchr(text_or(address, ""), '@');
	size_t first;

	if (at == NULL)
		return "***";
	first = at == address ? 0 : unicode_grapheme(address);
	return arena_printf(arena, "%.*s***%s", (int)first, address, at);
}

const char *
mask_name(const char *name, struct arena *arena)
{
	name = text_or(name, "");
	if (*name == '\0')
		return "";
	return arena_printf(arena, "%.*s**", (int)unicode_grapheme(name), name);
}

const char *
mask_address(const char *address, struct arena *arena)
{
	if (strchr(text_or(address, ""), '@') != NULL)
		return mask_mail(address, arena);
	return mask_phone(address, arena);
}

/* Bytes of the number that starts here, single blanks and dashes inside
 * included. */
static size_t
number_len(const char *text)
{
	size_t i = text[0] == '+', end = 0;

	if (!isdigit((unsigned char)text[i]))
		return 0;
	for (;; i++) {
		if (isdigit((unsigned char)text[i]))
			end = i + 1;
		else if ((text[i] != ' ' && text[i] != '-') || end != i)
			return end;
	}
}

static bool
is_phone(const char *text, size_t len)
{
	size_t digits = count_digits(text, len);

	if (digits < PHONE_DIGITS_MIN || digits > PHONE_DIGITS_MAX)
		return false;
	if (*text == '+')
		return true;
	if (*text == '0') /* area code and number */
		return digits >= 10 && digits <= 12;
	if (*text == '1' && digits == 11)
		return true;
	if (digits >= IDENTITY_DIGITS_MIN)
		return digits != 16;
	/* Other numbers with gaps are dates, places and case numbers. */
	return digits == len && digits >= 9;
}

static bool
is_mail_byte(char c)
{
	return isalnum((unsigned char)c) || (c != '\0' && strchr("._%+-", c));
}

/* The address around the `@' at text[at], or false. */
static bool
mail_around(const char *text, size_t at, size_t *start, size_t *end)
{
	*start = at;
	*end = at + 1;
	while (*start > 0 && is_mail_byte(text[*start - 1]))
		(*start)--;
	while (is_mail_byte(text[*end]))
		(*end)++;
	return *start<at && * end> at + 1;
}

static void
hide_mails(char *text)
{
	size_t start, end;

	for (size_t i = 0; text[i] != '\0'; i++) {
		if (text[i] != '@' || !mail_around(text, i, &start, &end))
			continue;
		for (size_t k = start + 1; k < i; k++)
			text[k] = '*';
	}
}

const char *
mask_text(const char *text, struct arena *arena)
{
	char *ret = arena_strdup(arena, text_or(text, ""));
	char before = ' ';

	hide_mails(ret);
	for (size_t i = 0; ret[i] != '\0';) {
		size_t len = isalnum((unsigned char)before) || before == '-'
				 ? 0
				 : number_len(ret + i);

		/* The last place of an identity number may be an X. */
		if (len == 0 ||
		    (isalpha((unsigned char)ret[i + len]) &&
			(len != 17 || toupper(ret[i + len]) != 'X'))) {
			before = ret[i++];
			continue;
		}
		if (is_phone(ret + i, len))
			hide_digits(ret + i, len);
		i += len;
		before = ret[i - 1];
	}
	return ret;
}

const char *
mask_words(const char *text, const char *name, struct arena *arena)
{
	const char *rest = mask_text(text, arena), *ret = "", *at;
	size_t len = strlen(text_or(name, ""));

	/* One character is a word like any other. */
	if (len == 0 || unicode_grapheme(name) == len)
		return rest;
	while ((at = strstr(rest, name)) != NULL) {
		ret = arena_printf(arena, "%s%.*s%s", ret, (int)(at - rest),
		    rest, mask_name(name, arena));
		rest = at + len;
	}
	return arena_printf(arena, "%s%s", ret, rest);
}
