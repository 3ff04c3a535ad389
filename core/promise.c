#include "core/promise.h"

#include "core/commands_parts.h"
#include "core/glyphs.h"
#include "lib/arena.h"

#include <string.h>

enum { GLYPHS_SHOWN = 4, GLYPHS_OF_A_BREATH = 6, DIGITS_MOST = 5 };

/* What begins a time.  Those that name no day of their own block. */
static const char *const day_words[] = { "明天", "明日", "大后天", "后天",
	"今天上午", "今天下午", "今天晚上", "今天内", "今日内", "今天之内",
	"明早", "明晚", "今晚", "下周", "下星期", "下个星期", "下礼拜", "下月",
	"下个月", "本周内", "这周内", "本周末", "这周末", "周末前", "月底前",
	"月底之前", "月末前", "年底前", NULL };
static const char *const english_days[] = { "tomorrow",
	"the day after tomorrow", "tonight", "monday", "tuesday", "wednesday",
	"thursday", "friday", "saturday", "sunday", "next monday",
	"next tuesday", "next wednesday", "next thursday", "next friday",
	"next saturday", "next sunday", "next week", "this week", "next month",
	"end of the month", "end of the week", "within an hour",
	"within one hour", "within two hours", "within the hour",
	"within a day", "within one day", "within two days",
	"within three days", "within a week", NULL };
static const char *const english_months[] = { "january", "jan", "february",
	"feb", "march", "mar", "april", "apr", "may", "june", "jun", "july",
	"jul", "august", "aug", "september", "sep", "october", "oct",
	"november", "nov", "december", "dec", NULL };

/* Glyphs of a run of digits here; no time has as many as DIGITS_MOST. */
static size_t
digits_at(const struct glyphs *text, size_t at)
{
	size_t len = 0;

	while (len < DIGITS_MOST && glyph_is_digit(glyphs_at(text, at + len)))
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
	if (glyphs_any_at(text, glyphs_skip_blanks(text, at + len),
		(const char *const[]){ "am", "pm", "a.m.", "p.m.", NULL }) > 0)
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

/* 周三, 下周三, 本星期五; but not 每周三, 上周三, 一周三次. */
static bool
is_weekday(const struct glyphs *text, size_t at)
{
	static const char *const which[] = { "下个", "下", "这个", "这", "本",
		NULL };
	static const char *const week[] = { "周", "星期", "礼拜", NULL };
	uint32_t before = glyphs_before(text, at);
	size_t len;

	if (glyph_is_digit(before) || glyph_is_one_of(before, "每上两个") ||
	    glyph_han_digit(before) >= 0)
		return false;
	at += glyphs_any_at(text, at, which);
	len = glyphs_any_at(text, at, week);
	return len > 0 &&
	       glyph_is_one_of(glyphs_at(text, at + len), "一二三四五六日天");
}

/* 25号上午, 本月25号, 25日前: what the reader takes for a day (command_time);
 * 3号楼 is none. */
static bool
is_day_of_month(const struct glyphs *text, size_t at)
{
	static const char *const months[] = { "本月", "这个月", NULL };
	size_t month = glyphs_any_at(text, at, months);
	size_t len = digits_at(text, at + month);

	return len >= 1 && len <= 2 &&
	       !glyph_is_digit(glyphs_before(text, at)) &&
	       !glyph_is_one_of(glyphs_before(text, at), "-/月#") &&
	       glyph_is_one_of(glyphs_at(text, at + month + len), "号日");
}

/* 下午3点, 上午十点半 */
static bool
is_part_and_hour(const struct glyphs *text, size_t at)
{
	static const char *const parts[] = { "上午", "下午", "早上", "晚上",
		"中午", "傍晚", NULL };
	size_t len = glyphs_any_at(text, at, parts);
	struct glyph_number number;

	return len > 0 && glyphs_number_at(text, at + len, &number) &&
	       (glyphs_word_at(text, number.end, "点") ||
		   glyphs_word_at(text, number.end, ":"));
}

static bool
ends_word(const struct glyphs *text, size_t at)
{
	return !glyph_is_latin(glyphs_at(text, at));
}

/* "on Friday", "25 November", "Nov 25th"; but not "flat 3 may be". */
static bool
is_english_day(const struct glyphs *text, size_t at)
{
	uint32_t before = glyphs_before(text, at);
	size_t len = glyphs_any_at(text, at, english_days), digits;

	if (glyph_is_latin(before) || glyph_is_digit(before) || before == '-')
		return false;
	if (len > 0)
		return ends_word(text, at + len) &&
		       !(at >= 5 && glyphs_word_at(text, at - 5, "last ")) &&
		       !(at >= 6 && glyphs_word_at(text, at - 6, "every "));
	len = glyphs_any_at(text, at, english_months);
	if (len > 0) {
		at = glyphs_skip_blanks(text, at + len);
		digits = digits_at(text, at);
		return (digits == 1 || digits == 2) &&
		       glyphs_at(text, at + digits) != ':';
	}
	digits = digits_at(text, at);
	if (digits < 1 || digits > 2)
		return false;
	at += digits;
	at += glyphs_any_at(
	    text, at, (const char *const[]){ "st", "nd", "rd", "th", NULL });
	at = glyphs_skip_blanks(text, at);
	len = glyphs_any_at(text, at, english_months);
	return len > 0 && ends_word(text, at + len) &&
	       !(glyphs_word_at(text, at, "may") &&
		   !ends_word(text, glyphs_skip_blanks(text, at + len)));
}

/* 三天内, 两小时内, 24小时以内, within 2 hours */
static bool
is_span(const struct glyphs *text, size_t at)
{
	static const char *const units[] = { "个工作日", "工作日", "天", "日",
		"个小时", "小时", "个工作小时", "工作小时", "个钟头", "分钟",
		"周", "个星期", NULL };
	static const char *const within[] = { "内", "之内", "以内", NULL };
	uint32_t before = glyphs_before(text, at);
	struct glyph_number number;
	size_t end;

	if (glyph_is_digit(before) || glyph_han_digit(before) >= 0 ||
	    before == '-' || before == '.')
		return false;
	if (glyphs_word_at(text, at, "半"))
		end = at + 1;
	else if (glyphs_number_at(text, at, &number))
		end = number.end;
	else
		return false;
	if (at >= 7 && glyphs_word_at(text, at - 7, "within "))
		return true;
	end = glyphs_skip_blanks(text, end);
	end += glyphs_any_at(text, end, units);
	return glyphs_any_at(text, end, within) > 0;
}

static bool
is_time(const struct glyphs *text, size_t at)
{
	return is_dashed_date(text, at) || is_numeric_time(text, at) ||
	       glyphs_any_at(text, at, day_words) > 0 || is_weekday(text, at) ||
	       is_day_of_month(text, at) || is_part_and_hour(text, at) ||
	       is_english_day(text, at) || is_span(text, at);
}

/* "11月20日已更换": what follows in the same breath tells what was done. */
static bool
was_done(const struct glyphs *text, size_t end)
{
	for (size_t at = end; at < end + GLYPHS_OF_A_BREATH; at++) {
		uint32_t c = glyphs_at(text, at);

		if (c == 0 || glyph_is_one_of(c, ",.。、;!?\n"))
			return false;
		if (glyph_is_one_of(c, "已曾"))
			return true;
	}
	return false;
}

/* "预计9:30上门", written at ten. */
static bool
is_meant_ahead(const struct glyphs *text, size_t at)
{
	static const char *const words[] = { "预计", "将于", "将在", "会在",
		"定于", "计划", "by ", "before ", "until ", NULL };

	for (size_t from = at > GLYPHS_OF_A_BREATH ? at - GLYPHS_OF_A_BREATH
						   : 0;
	     from < at; from++) {
		if (glyphs_any_at(text, from, words) > 0)
			return true;
	}
	return false;
}

/* Nobody waits for it: it lies behind, and is told as what was done. */
static bool
is_behind(const struct glyphs *text, size_t at, size_t end,
    const struct time_read *time, msec_t now)
{
	if (time->mistake == TIME_FINE)
		return false;
	if (was_done(text, end))
		return true;
	if (time->mistake != TIME_PASSED &&
	    !(time->mistake == TIME_NO_HOUR && time->is_day &&
		time->at + MSEC_DAY <= now))
		return false;
	return !is_meant_ahead(text, at);
}

static size_t
byte_of(const struct glyphs *text, size_t at)
{
	return at < text->count ? text->list[at].at : strlen(text->text);
}

/* The words of a time, or its beginning when it could not be read. */
static const char *
words_at(const struct glyphs *text, size_t at, size_t end, struct arena *arena)
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
		/* 3号楼 */
		if (time.mistake == TIME_NONE && is_day_of_month(&glyphs, at)) {
			at = end;
			continue;
		}
		if (time.mistake == TIME_FINE && found == PROMISE_NONE) {
			found = PROMISE_CLEAR;
			*ret_at = time.at;
		} else if (!is_behind(&glyphs, at, end, &time, now) &&
			   (time.mistake != TIME_FINE || time.at != *ret_at)) {
			*ret_words = words_at(&glyphs, at, end, arena);
			return PROMISE_UNCLEAR;
		}
		at = end;
	}
	return found;
}
