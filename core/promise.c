#include "core/promise.h"

#include <string.h>

#include "core/commands_parts.h"
#include "core/glyphs.h"
#include "lib/arena.h"

enum { GLYPHS_SHOWN = 4 };

static const char *const day_words[] = { "明天", "后天", "今天上午", "今天下午",
	"今天晚上", "明早", "明晚", "今晚", "tomorrow", NULL };

/* Glyphs of a run of digits here. */
static size_t
digits_at(const struct glyphs *text, size_t at)
{
	size_t len = 0;

	while (glyph_is_digit(glyphs_at(text, at + len)))
		len++;
	return len;
}

/* "9:30", "9点", "11月24": what the lint calls an untracked time. */
static bool
is_numeric_time(const struct glyphs *text, size_t at)
{
	size_t len = digits_at(text, at);
	uint32_t after = glyphs_at(text, at + len);

	if (len < 1 || len > 2 || glyph_is_digit(glyphs_before(text, at)))
		return false;
	if (after == ':' && digits_at(text, at + len + 1) == 2)
		return true;
	if (glyphs_word_at(text, at + len, "点"))
		return true;
	return glyphs_word_at(text, at + len, "月") &&
	    digits_at(text, at + len + 1) > 0;
}

/* "01-11 14:00", "2026-01-11": the day must be read with its hour, or the
 * owner reads another time than we remember.  "3-2" may be a building. */
static bool
is_dashed_date(const struct glyphs *text, size_t at)
{
	size_t first = digits_at(text, at), second, end;
	uint32_t before = glyphs_before(text, at);
	uint32_t dash = glyphs_at(text, at + first);

	if (glyph_is_digit(before) || before == '-' || before == '/' ||
	    (dash != '-' && dash != '/'))
		return false;
	second = digits_at(text, at + first + 1);
	end = at + first + 1 + second;
	if (second < 1 || second > 2)
		return false;
	if (first == 4)
		return glyphs_at(text, end) == dash;
	if (first < 1 || first > 2 || first + second == 2)
		return false;
	end = glyphs_skip_blanks(text, end);
	return is_numeric_time(text, end) &&
	    !glyphs_word_at(text, end + digits_at(text, end), "月");
}

static bool
is_time(const struct glyphs *text, size_t at)
{
	return is_dashed_date(text, at) || is_numeric_time(text, at) ||
	    glyphs_any_at(text, at, day_words) > 0;
}

static size_t
byte_of(const struct glyphs *text, size_t at)
{
	return at < text->count ? text->list[at].at : strlen(text->text);
}

/* The words of a time, or its beginning when it could not be read. */
static const char *
words_at(const struct glyphs *text, size_t at, size_t end,
    struct arena *arena)
{
	size_t from = byte_of(text, at);

	if (end < at + GLYPHS_SHOWN)
		end = at + GLYPHS_SHOWN;
	return arena_strndup(
	    arena, text->text + from, byte_of(text, end) - from);
}

enum promise
promise_find(const struct estate *estate, msec_t now, const char *text,
    struct arena *arena, msec_t *ret_at, const char **ret_words)
{
	const struct time_want want = {
		.zone = estate->zone, .calendar = estate->calendar, .now = now
	};
	enum promise found = PROMISE_NONE;
	struct glyphs glyphs;

	glyphs_init(&glyphs, text, arena);
	for (size_t at = 0; at < glyphs.count;) {
		if (!is_time(&glyphs, at)) {
			at++;
			continue;
		}
		struct time_read time;
		size_t end;

		command_time(&glyphs, at, &want, &time);
		end = time.end > at ? time.end : at + 1;
		if (time.mistake == TIME_FINE && found == PROMISE_NONE) {
			found = PROMISE_CLEAR;
			*ret_at = time.at;
		} else if (time.mistake != TIME_PASSED &&
		    (time.mistake != TIME_FINE || time.at != *ret_at)) {
			*ret_words = words_at(&glyphs, at, end, arena);
			return PROMISE_UNCLEAR;
		}
		at = end;
	}
	return found;
}
