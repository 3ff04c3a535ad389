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

/* A number that stands for itself: not part of a place, a time or a sum. */
static bool
is_alone(const struct glyphs *text, size_t from, size_t end)
{
	uint32_t before = glyphs_before(text, from);
	uint32_t behind = glyphs_at(text, end);

	if (before == '-' || behind == '-' || glyph_is_latin(before) ||
	    glyph_is_latin(behind) || glyph_is_digit(before))
		return false;
	return !(glyph_is_one_of(before, ".,:") &&
		   glyph_is_digit(glyphs_before(text, from - 1))) &&
	       !(glyph_is_one_of(behind, ".,:") &&
		   glyph_is_digit(glyphs_at(text, end + 1)));
}

/* "0001", "T2611230001": as it is said behind a word that asks for a case.
 * Eleven digits without T are a telephone. */
static bool
find_short(const struct glyphs *text, size_t at, struct span *ret)
{
	for (; at < text->count; at++) {
		size_t run = digit_run(text, at), date = 0;
		bool has_t = glyphs_before(text, at) == 't';

		if (run > DATE_DIGITS + SERIAL_MIN - 1 &&
		    run <= DATE_DIGITS + (has_t ? SERIAL_MAX : SERIAL_MIN) &&
		    is_date(text, at))
			date = DATE_DIGITS;
		if (run > 0 && (date > 0 || run <= SERIAL_MAX) &&
		    is_alone(text, has_t ? at - 1 : at, at + run)) {
			*ret = (struct span){ .from = has_t ? at - 1 : at,
				.date = at,
				.serial = at + date,
				.len = run - date };
			return true;
		}
		at += run > 0 ? run - 1 : 0;
	}
	return false;
}

static void
call(const struct glyphs *text, const struct span *found, struct arena *arena,
    struct case_call *ret)
{
	*ret = (struct case_call){ 0 };
	if (found->serial > found->date)
		ret->number = canonical(
		    text, found->date, found->serial, found->len, arena);
	for (size_t i = 0; i < found->len && ret->number == NULL; i++)
		ret->serial =
		    ret->serial * 10 +
		    (int)(glyphs_at(text, found->serial + i) - '0');
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

/* Both kinds; a full number is none of two short ones. */
static bool
find_any(const struct glyphs *text, size_t at, struct span *ret)
{
	struct span full;

	if (!find_short(text, at, ret))
		return find_from(text, at, ret);
	if (find_from(text, at, &full) && full.from <= ret->from)
		*ret = full;
	return true;
}

char *
case_number_cut(const char *text, struct arena *arena)
{
	char *ret = arena_strdup(arena, text);
	struct glyphs glyphs;
	struct span found = { 0 };

	glyphs_init(&glyphs, text, arena);
	while (find_any(&glyphs, found.serial + found.len, &found)) {
		size_t end = found.serial + found.len;
		size_t from = glyphs.list[found.from].at;
		size_t to =
		    end < glyphs.count ? glyphs.list[end].at : strlen(text);

		memset(ret + from, '\n', to - from);
	}
	return ret;
}

bool
case_call_find(const char *text, struct arena *arena, struct case_call *ret)
{
	struct glyphs glyphs;
	struct span found;

	glyphs_init(&glyphs, text, arena);
	if (!find_any(&glyphs, 0, &found))
		return false;
	call(&glyphs, &found, arena, ret);
	return true;
}

bool
case_call_lead(const char *text, struct arena *arena, struct case_call *ret)
{
	static const char *const openings[] = { "编号", "单号", "工单", "号",
		"number", "case", "no", "my", NULL };
	struct glyphs glyphs;
	struct span found;
	uint32_t behind;
	size_t at = 0;

	glyphs_init(&glyphs, text, arena);
	if (!find_short(&glyphs, 0, &found))
		return false;
	while (at < found.from) {
		size_t len = glyphs_any_at(&glyphs, at, openings);

		if (len == 0 && !glyph_is_one_of(
				    glyphs_at(&glyphs, at), " \t\n[(#.:,。、"))
			return false;
		at += len > 0 ? len : 1;
	}
	behind = glyphs_at(&glyphs, found.serial + found.len);
	if (behind != 0 && !glyph_is_one_of(behind, " \t\n])#.:;,!。、"))
		return false;
	call(&glyphs, &found, arena, ret);
	return true;
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
