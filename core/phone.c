#include "core/phone.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"

enum {
	E164_MIN = 7, /* digits with the country; ITU-T E.164 names no minimum */
	E164_MAX = 15,
	COUNTRY_MAX = 3, /* digits of a country code */
	NATIONAL_MIN = 8, /* a national number that can stand without a trunk 0 */
};

/* What people write between digits. */
static bool
is_separator(uint32_t character)
{
	return character == ' ' || character == '-' || character == '.' ||
	    character == '(' || character == ')' || character == '/' ||
	    character == 0x00a0 || character == 0x3000 || character == 0xff08 ||
	    character == 0xff09 || character == 0xff0d || character == 0x2212 ||
	    (character >= 0x2000 && character <= 0x2015) ||
	    character == 0x202f || character == 0xfeff;
}

/* Digits of `raw', full-width ones too, without separators.  False when there
 * is anything else in it, or too much. */
static bool
read_digits(const char *raw, char ret[static E164_MAX + 8], bool *has_plus)
{
	size_t len = 0;
	uint32_t character;

	*has_plus = false;
	while ((character = unicode_next(&raw)) != 0) {
		if (character >= 0xff10 && character <= 0xff19)
			character = character - 0xff10 + '0';
		if (is_separator(character))
			continue;
		if ((character == '+' || character == 0xff0b) && len == 0 &&
		    !*has_plus) {
			*has_plus = true;
			continue;
		}
		if (character < '0' || character > '9' || len >= E164_MAX + 7)
			return false;
		ret[len++] = (char)character;
	}
	ret[len] = '\0';
	return len > 0;
}

/* Mainland China: mobiles 1[3-9] and 9 digits, else area code and 7 or 8
 * digits.  Rules out service and port numbers (10086, 1069...), which gateways
 * also give with +86 in front. */
static bool
is_chinese_national(const char *digits)
{
	size_t len = strlen(digits);

	if (digits[0] == '1' && digits[1] >= '3')
		return len == 11;
	if (text_starts(digits, "10") || digits[0] == '2')
		return len == 10;
	return digits[0] >= '3' && (len == 10 || len == 11);
}

static bool
is_international(const char *digits)
{
	size_t len = strlen(digits);

	if (digits[0] == '0' || len < E164_MIN || len > E164_MAX)
		return false;
	if (text_starts(digits, "86"))
		return is_chinese_national(digits + 2);
	return true;
}

/* The number with its country, "" when it cannot be told. */
static const char *
with_country(const char *digits, const char *country, struct arena *arena)
{
	size_t country_len = strlen(country);
	size_t len = strlen(digits);

	if (text_starts(digits, "00"))
		return digits + 2;
	if (country_len == 0)
		return "";
	/* A port, not Beijing: 010 is written with its 0. */
	if (text_eq(country, "86") && text_starts(digits, "106"))
		return "";
	if (digits[0] == '0') /* the trunk prefix */
		return arena_printf(arena, "%s%s", country, digits + 1);
	if (text_starts(digits, country) &&
	    len >= country_len + NATIONAL_MIN &&
	    (!text_eq(country, "86") || is_chinese_national(digits + 2)))
		return digits;
	if (len >= NATIONAL_MIN)
		return arena_printf(arena, "%s%s", country, digits);
	return "";
}

const char *
phone_e164(const char *raw, const char *country, struct arena *arena)
{
	char digits[E164_MAX + 8] = "";
	const char *number = digits;
	bool has_plus;

	if (raw == NULL || !read_digits(raw, digits, &has_plus))
		return NULL;
	if (!has_plus)
		number = with_country(digits, text_or(country, ""), arena);
	if (!is_international(number))
		return NULL;
	return arena_printf(arena, "+%s", number);
}

bool
phone_is_e164(const char *number)
{
	if (number == NULL || number[0] != '+')
		return false;
	return number[1 + strspn(number + 1, "0123456789")] == '\0' &&
	       is_international(number + 1);
}

bool
phone_is_name(const char *sender)
{
	char digits[E164_MAX + 8];
	bool has_plus;

	return sender != NULL && !read_digits(sender, digits, &has_plus);
}

bool
phone_is_whole(const char *number)
{
	char digits[E164_MAX + 8] = "";
	bool has_plus;
	size_t len;

	if (!text_starts(number, "+"))
		return *number != '\0';
	if (!read_digits(number, digits, &has_plus) || digits[0] == '0')
		return false;
	len = strlen(digits);
	return len >= E164_MIN && len <= E164_MAX;
}

bool
phone_is_sender(const char *sender)
{
	enum { NAME_MOST = 11, CODE_LEAST = 3, CODE_MOST = 20 };
	size_t len = strlen(sender), letters = 0, digits = 0, others = 0;

	if (*sender == '+')
		return phone_is_whole(sender);
	for (size_t i = 0; i < len; i++) {
		letters += (sender[i] >= 'A' && sender[i] <= 'Z') ||
			   (sender[i] >= 'a' && sender[i] <= 'z');
		digits += sender[i] >= '0' && sender[i] <= '9';
		others += strchr(" &_-", sender[i]) != NULL;
	}
	if (letters == 0)
		return digits == len && len >= CODE_LEAST && len <= CODE_MOST;
	return len <= NAME_MOST && letters + digits + others == len;
}

bool
phone_is_country(const char *code)
{
	size_t digits = strspn(code, "0123456789");

	return digits >= 1 && digits <= COUNTRY_MAX && code[digits] == '\0' &&
	       code[0] != '0';
}

bool
phone_takes_texts(const char *number)
{
	if (!phone_is_e164(number))
		return false;
	return !text_starts(number, "+86") ||
	    (number[3] == '1' && number[4] >= '3');
}
