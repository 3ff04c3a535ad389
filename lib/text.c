#include "lib/text.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool
text_is_empty(const char *text)
{
	return text == NULL || *text == '\0';
}

const char *
text_or(const char *text, const char *otherwise)
{
	return text == NULL ? otherwise : text;
}

bool
text_eq(const char *a, const char *b)
{
	a = text_or(a, "");
	b = text_or(b, "");
	/* Mostly the first byte tells. */
	return *a == *b && strcmp(a, b) == 0;
}

bool
text_eq_nocase(const char *a, const char *b)
{
	return strcasecmp(text_or(a, ""), text_or(b, "")) == 0;
}

bool
text_starts(const char *text, const char *prefix)
{
	/* Mostly the first byte tells. */
	for (text = text_or(text, ""); *prefix != '\0'; prefix++)
		if (*text++ != *prefix)
			return false;
	return true;
}

bool
text_starts_nocase(const char *text, const char *prefix)
{
	return strncasecmp(text_or(text, ""), prefix, strlen(prefix)) == 0;
}

bool
text_ends(const char *text, const char *suffix)
{
	size_t len = strlen(text_or(text, "")), tail = strlen(suffix);

	return len >= tail && strcmp(text_or(text, "") + len - tail, suffix) == 0;
}

int
text_to_int(const char *text, int64_t min, int64_t max, int64_t *ret)
{
	char *end = NULL;
	long long value;

	if (text_is_empty(text) || isspace((unsigned char)*text))
		return -1;
	errno = 0;
	value = strtoll(text, &end, 10);
	if (errno != 0 || *end != '\0' || value < min || value > max)
		return -1;
	*ret = value;
	return 0;
}

void
text_from_int(int64_t value, char ret[TEXT_INT])
{
	char digits[TEXT_INT];
	size_t len = 0, at = 0;
	uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;

	do
		digits[len++] = (char)('0' + rest % 10);
	while ((rest /= 10) > 0);
	if (value < 0)
		ret[at++] = '-';
	while (len > 0)
		ret[at++] = digits[--len];
	ret[at] = '\0';
}

char *
text_lower(char *text)
{
	for (char *p = text; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	return text;
}

char *
text_trim(char *text)
{
	size_t len;

	while (isspace((unsigned char)*text))
		text++;
	len = strlen(text);
	while (len > 0 && isspace((unsigned char)text[len - 1]))
		text[--len] = '\0';
	return text;
}

int
text_hex_value(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	digit = (char)(digit | ('a' ^ 'A'));
	return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

size_t
text_distance(const char *a, const char *b, size_t limit)
{
	enum { LONGEST = 63 };
	size_t row[LONGEST + 1], a_len = strlen(a), b_len = strlen(b);

	if (a_len > LONGEST || b_len > LONGEST)
		return limit + 1;
	for (size_t j = 0; j <= b_len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			size_t best = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[b_len] > limit ? limit + 1 : row[b_len];
}
