/*
 * Case numbers in a text (rules.md 3.2, 5.6).
 */
#include "core/civil.h"
#include "core/classify.h"
#include "core/glyphs.h"
#include "lib/arena.h"

#include <stdlib.h>
#include <string.h>

enum { DATE_DIGITS = 6, SERIAL_MIN = 4, SERIAL_MAX = 6 };

static size_t
digit_run(const struct glyphs *text, size_t at)
{
	size_t end = at;

	while (glyph_is_digit(glyphs_at(text, end)))
		end++;
	return end - at;
}

static int
two_digits(const struct glyphs *text, size_t at)
{
	return (int)(glyphs_at(text, at) - '0') * 10 +
	       (int)(glyphs_at(text, at + 1) - '0');
}

static bool
is_date(const struct glyphs *text, size_t at)
{
	int year = 2000 + two_digits(text, at), back_year;
	int month = two_digits(text, at + 2), back_month;
	int day = two_digits(text, at + 4), back_day;

	civil_from_days(civil_to_days(year, month, day), &back_year,
	    &back_month, &back_day);
	return back_year == year && back_month == month && back_day == day;
}

/* Glyphs between date and serial: one dash of any kind, blanks around. */
static size_t
dash_len(const struct glyphs *text, size_t at)
{
	size_t end = glyphs_skip_blanks(text, at);

	if (glyphs_at(text, end) != '-' && glyphs_at(text, end) != '_')
		return 0;
	return glyphs_skip_blanks(text, end + 1) - at;
}

static const char *
canonical(const struct glyphs *text, size_t date, size_t serial, size_t len,
    struct arena *arena)
{
	char number[1 + DATE_DIGITS + 1 + SERIAL_MAX + 1] = "T";
	size_t used = 1;

	for (size_t i = 0; i < DATE_DIGITS; i++)
		number[used++] = (char)glyphs_at(text, date + i);
	number[used++] = '-';
	for (size_t i = 0; i < len; i++)
		number[used++] = (char)glyphs_at(text, serial + i);
	return arena_strndup(arena, number, used);
}

/* "T", a bracket or nothing; a dash or another letter makes it part of
 * something else. */
static bool
may_start(const struct glyphs *text, size_t at)
{
	uint32_t before = glyphs_before(text, at);

	if (before == 't')
		before = glyphs_before(text, at - 1);
	return before != '-' && before != '.' && !glyph_is_latin(before) &&
	       !glyph_is_digit(before);
}

/* The glyphs of one number. */
struct span {
	size_t from, date, serial, len;
};

static bool
find_from(const struct glyphs *text, size_t at, struct span *ret)
{
	for (; at < text->count; at++) {
		size_t run = digit_run(text, at), serial, len;

		if (run == 0)
			continue;
		serial = at + run + dash_len(text, at + run);
		len = digit_run(text, serial);
		if (run == DATE_DIGITS && serial > at + run &&
		    len >= SERIAL_MIN && len <= SERIAL_MAX &&
		    may_start(text, at) && is_date(text, at)) {
			*ret = (struct span){
				.from = glyphs_before(text, at) == 't' ? at - 1
								       : at,
				.date = at,
				.serial = serial,
				.len = len,
			};
			return true;
		}
		at += run - 1;
	}
	return false;
}

/* False when surely no date stands in the text: six digits, of any width, with
 * nothing that is seen between them. */
static bool
may_hold_date(const char *text)
{
	/* A wide digit is 0xEF 0xBC and 0x90 to 0x99. */
	static const char begins[] = "0123456789\xEF";
	int run = 0;

	while (run < DATE_DIGITS) {
		const unsigned char *at = (const unsigned char *)text;

		if (*at < 0x80 || (*at >= 0xE3 && *at <= 0xE9)) {
			if (*at == '\0')
				return false;
			if (*at < '0' || *at > '9')
				run = 0; /* other ASCII, Han */
		}
		run += (*at >= '0' && *at <= '9') ||
		       (at[0] == 0xEF && at[1] == 0xBC && at[2] >= 0x90 &&
			   at[2] <= 0x99);
		text++;
		/* What is skipped here and not seen is no end of a run. */
		if (run == 0)
			text += strcspn(text, begins);
	}
	return true;
}

const char *
case_number_find(const char *text, struct arena *arena)
{
	struct glyphs glyphs;
	struct span found;

	if (text == NULL || !may_hold_date(text))
		return NULL;
	glyphs_init(&glyphs, text, arena);
	if (!find_from(&glyphs, 0, &found))
		return NULL;
	return canonical(&glyphs, found.date, found.serial, found.len, arena);
}

const char *
case_number_lead(const char *text, struct arena *arena, const char **rest)
{
	struct glyphs glyphs;
	struct span found;
	size_t end;

	if (!may_hold_date(text))
		return NULL;
	glyphs_init(&glyphs, text, arena);
	if (!find_from(&glyphs, 0, &found))
		return NULL;
	for (size_t i = 0; i < found.from; i++)
		if (!glyph_is_one_of(glyphs_at(&glyphs, i), " \t[(【「·•*-"))
			return NULL;
	end = found.serial + found.len;
	while (glyph_is_one_of(glyphs_at(&glyphs, end), " \t])】」:,，、。"))
		end++;
	*rest = text + glyphs.list[end].at;
	return canonical(
	    &glyphs, found.date, found.serial, found.len, arena);
}

char *
case_number_cut(const char *text, struct arena *arena)
{
	char *ret = arena_strdup(arena, text);
	struct glyphs glyphs;
	struct span found = { 0 };

	if (!may_hold_date(text))
		return ret;
	glyphs_init(&glyphs, text, arena);
	while (find_from(&glyphs, found.serial + found.len, &found)) {
		size_t end = found.serial + found.len;
		size_t from = glyphs.list[found.from].at;
		size_t to =
		    end < glyphs.count ? glyphs.list[end].at : strlen(text);

		memset(ret + from, '\n', to - from);
	}
	return ret;
}

int
case_serial_find(const char *text)
{
	for (const char *at = text; *at != '\0';) {
		size_t len = strspn(at, "0123456789");

		if (len == 4 || len == 5)
			return (int)strtol(at, NULL, 10);
		at += len > 0 ? len : 1;
	}
	return 0;
}
