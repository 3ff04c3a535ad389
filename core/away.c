#include "core/away.h"

#include <string.h>

#include "core/commands_parts.h"
#include "core/config.h"
#include "core/glyphs.h"
#include "core/unicode.h"
#include "core/zone.h"
#include "lib/text.h"

/* Farther ahead it is a forgotten answer, or another date altogether. */
#define AWAY_MOST (60 * MSEC_DAY)
enum { BREATH = 24 }; /* glyphs: "back in the office on" */

bool
away_is_said(const char *text, struct arena *arena)
{
	static const char *const words[] = { "休假", "年假", "请假", "度假",
		"出差", "外出", "不在办公室", "不在公司", "不在岗", "离岗",
		"产假", "病假", "婚假", "丧假", "事假", "陪产", "调休",
		"out of office", "out of the office", "out-of-office",
		"on leave", "on vacation", "on holiday", "annual leave",
		"sick leave", "maternity leave", "paternity leave",
		"parental leave", "business trip", "am away", "be away",
		"not in the office", "away from", "travelling", "traveling" };
	const char *folded = unicode_nfkc(text_or(text, ""), true, arena);

	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		if (strstr(folded, words[i]) != NULL)
			return true;
	return false;
}

/* ---- until when ---- */

static bool
has_within(
    const struct glyphs *text, size_t from, size_t to, const char *const *words)
{
	for (size_t at = from; at < to; at++)
		if (glyphs_any_at(text, at, words) > 0)
			return true;
	return false;
}

/* "back on 30 Nov", "11月30日返岗": that day they are there. */
static bool
is_return(const struct glyphs *text, size_t at, size_t end)
{
	static const char *const before[] = { "back", "return", "resume",
		"available", "恢复", "返", NULL };
	static const char *const after[] = { "返", "回", "上班", "恢复", "复工",
		"正常", "到岗", NULL };
	size_t from = at > BREATH ? at - BREATH : 0;

	/* "until 27 November, back ..." belongs to what comes before it. */
	for (size_t i = from; i < at; i++)
		if (glyph_is_one_of(glyphs_at(text, i), ",.;，。；\n"))
			from = i + 1;
	for (size_t i = end; i < end + BREATH / 2; i++) {
		if (glyph_is_one_of(glyphs_at(text, i), ",.;，。；\n") ||
		    glyphs_at(text, i) == 0)
			break;
		if (glyphs_any_at(text, i, after) > 0)
			return true;
	}
	return has_within(text, from, at, before);
}

/* A day of the calendar, not an hour, a span or the days of a week, which
 * stand in every signature. */
static bool
names_day(const struct glyphs *text, size_t at, size_t end)
{
	bool has_digit = false, has_mark = false;

	for (size_t i = at; i < end; i++) {
		uint32_t c = glyphs_at(text, i);

		has_digit |= glyph_is_digit(c);
		has_mark |= glyphs_word_at(text, i, "月") || c == '/' ||
			    c == '-' || glyph_is_latin(c);
	}
	return has_digit && has_mark;
}

/* Behind "11月25日至": "27日", of the same month. */
static msec_t
same_month(
    const struct glyphs *text, size_t at, const struct zone *zone, msec_t first)
{
	static const char *const until[] = { "至", "到", "-", "~", NULL };
	static const char *const day[] = { "日", "号", NULL };
	struct local_time local = zone_local(zone, first);
	struct glyph_number number;
	size_t len = glyphs_any_at(text, at, until);
	int value = 0;

	if (len == 0 || !glyphs_number_at(text, at + len, &number) ||
	    glyphs_any_at(text, number.end, day) == 0)
		return 0;
	for (const char *c = number.digits; *c >= '0' && *c <= '9'; c++)
		value = value * 10 + (*c - '0');
	if (value <= local.day || value > 31)
		return 0;
	local.day = value;
	return zone_instant(zone, &local);
}

/* The moment after what is named at `at', and where it ends; 0: nothing. */
static msec_t
read_end(const struct estate *estate, const struct glyphs *text, size_t at,
    msec_t now, size_t *end)
{
	const struct time_want want = { .zone = estate->zone,
		.calendar = estate->calendar,
		.now = now,
		.days = true };
	struct time_read read;
	msec_t later;

	command_time(text, at, &want, &read);
	if (read.mistake == TIME_NONE || !names_day(text, at, read.end))
		return 0;
	*end = read.end;
	later = same_month(text, read.end, estate->zone, read.at);
	if (later > now)
		return later + MSEC_DAY;
	if (read.mistake != TIME_FINE)
		return 0;
	if (!read.is_day || is_return(text, at, read.end))
		return read.at;
	return read.at + MSEC_DAY;
}

static bool
is_blank(uint32_t c)
{
	return c == ' ' || c == '\t';
}

msec_t
away_until(const struct estate *estate, msec_t now, const char *text,
    struct arena *arena)
{
	struct glyphs glyphs;
	msec_t last = 0;

	glyphs_init(&glyphs, text_or(text, ""), arena);
	for (size_t at = 0; at < glyphs.count; at++) {
		uint32_t before = at > 0 ? glyphs_before(&glyphs, at) : ' ';
		uint32_t here = glyphs_at(&glyphs, at);
		size_t end = at;

		/* Of blanks the first is read with all that follow it. */
		if (glyph_is_digit(before) || before == '-' || before == '/' ||
		    (glyph_is_latin(before) && glyph_is_latin(here)) ||
		    (is_blank(before) && is_blank(here)))
			continue;
		msec_t one = read_end(estate, &glyphs, at, now, &end);

		if (one > last && one > now && one - now <= AWAY_MOST)
			last = one;
		if (end > at)
			at = end - 1;
	}
	return last;
}
