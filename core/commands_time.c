/*
 * Times as staff write them: 11-24 17:00, 11月24日17:00, 明天下午5点,
 * Friday 5pm, 24h, 2个工作日 (rules.md 4.2).
 */
#include "core/calendar.h"
#include "core/civil.h"
#include "core/commands_parts.h"
#include "core/zone.h"

#include <string.h>

enum {
	HALF_YEAR_DAYS = 182,
	AMBIGUOUS_HOUR_MAX = 7, /* "5点" may be five in the afternoon */
	NOON = 12,
};

struct reading {
	const struct glyphs *text;
	const struct time_want *want;
	size_t at;
	struct local_time now, local;
	bool has_day, has_year, has_clock;
	enum time_mistake mistake;
};

static bool
eat(struct reading *r, const char *const *words)
{
	size_t len = glyphs_any_at(r->text, r->at, words);

	r->at += len;
	return len > 0;
}

static bool
eat_one(struct reading *r, const char *word)
{
	return eat(r, (const char *const[]){ word, NULL });
}

/* At most four digits, or a Han number; its value, or -1. */
static int
eat_number(struct reading *r)
{
	struct glyph_number number;
	int value = 0;

	if (glyph_is_digit(glyphs_at(r->text, r->at))) {
		size_t end = r->at;

		for (; glyph_is_digit(glyphs_at(r->text, end)); end++)
			if (end - r->at < 4)
				value = value * 10 +
					(int)(glyphs_at(r->text, end) - '0');
		if (end - r->at > 4)
			return -1;
		r->at = end;
		return value;
	}
	if (!glyphs_number_at(r->text, r->at, &number) ||
	    strlen(number.digits) > 3)
		return -1;
	for (const char *digit = number.digits; *digit != '\0'; digit++)
		value = value * 10 + (*digit - '0');
	r->at = number.end;
	return value;
}

/* -- spans from now: 24h, 2wd --------------------------------------------- */

static const char *const unit_hours[] = { "个小时", "小时", "个钟头", "hours",
	"hour", "hrs", "h", NULL };
static const char *const unit_minutes[] = { "分钟", "minutes", "minute", "min",
	NULL };
static const char *const unit_days[] = { "天", "days", "day", "d", NULL };
static const char *const unit_workdays[] = { "个工作日", "工作日",
	"working days", "working day", "business days", "business day", "wd",
	NULL };
static const char *const unit_business[] = { "个工作小时", "工作小时",
	"business hours", "working hours", "bh", NULL };

static bool
read_span(struct reading *r, msec_t *ret)
{
	const struct time_want *want = r->want;
	size_t start = r->at;
	int amount;

	if (eat(r, (const char *const[]){ "半小时", "半个小时", NULL })) {
		*ret = want->now + 30 * MSEC_MINUTE;
		return true;
	}
	amount = eat_number(r);
	r->at = glyphs_skip_blanks(r->text, r->at);
	if (amount <= 0) {
		r->at = start;
		return false;
	}
	if (eat(r, unit_workdays) && want->calendar != NULL)
		*ret = calendar_add_workdays(want->calendar, want->now, amount);
	else if (eat(r, unit_business) && want->calendar != NULL)
		*ret = calendar_add_business(
		    want->calendar, want->now, amount * 60);
	else if (eat(r, unit_hours))
		*ret = want->now + amount * MSEC_HOUR;
	else if (eat(r, unit_minutes))
		*ret = want->now + amount * MSEC_MINUTE;
	else if (eat(r, unit_days))
		*ret = want->now + amount * MSEC_DAY;
	else {
		r->at = start;
		return false;
	}
	(void)eat(r, (const char *const[]){ "之内", "以内", "内", "后", NULL });
	return true;
}

/* -- days ------------------------------------------------------------------ */

static const struct {
	const char *word;
	int days;
	int from_hour; /* 今晚 says the part of the day too; 0: it does not */
} near_days[] = {
	{ "大后天", 3, 0 },
	{ "the day after tomorrow", 2, 0 },
	{ "后天", 2, 0 },
	{ "明天", 1, 0 },
	{ "明日", 1, 0 },
	{ "明早", 1, 1 },
	{ "明晚", 1, NOON },
	{ "tomorrow", 1, 0 },
	{ "今天", 0, 0 },
	{ "今日", 0, 0 },
	{ "今早", 0, 1 },
	{ "今晚", 0, NOON },
	{ "tonight", 0, NOON },
	{ "today", 0, 0 },
	{ "昨天", -1, 0 },
	{ "昨晚", -1, NOON },
	{ "yesterday", -1, 0 },
	{ "前天", -2, 0 },
};

static const char *const weekday_words[7][6] = {
	{ "日", "天", "7", "sunday", "sun", NULL },
	{ "一", "1", "monday", "mon", NULL },
	{ "二", "2", "tuesday", "tue", NULL },
	{ "三", "3", "wednesday", "wed", NULL },
	{ "四", "4", "thursday", "thu", NULL },
	{ "五", "5", "friday", "fri", NULL },
	{ "六", "6", "saturday", "sat", NULL },
};

static const char *const month_words[12][3] = {
	{ "january", "jan", NULL },
	{ "february", "feb", NULL },
	{ "march", "mar", NULL },
	{ "april", "apr", NULL },
	{ "may", NULL },
	{ "june", "jun", NULL },
	{ "july", "jul", NULL },
	{ "august", "aug", NULL },
	{ "september", "sep", NULL },
	{ "october", "oct", NULL },
	{ "november", "nov", NULL },
	{ "december", "dec", NULL },
};

static void
set_day(struct reading *r, int64_t days)
{
	civil_from_days(days, &r->local.year, &r->local.month, &r->local.day);
	r->has_day = r->has_year = true;
}

static int64_t
today(const struct reading *r)
{
	return civil_to_days(r->now.year, r->now.month, r->now.day);
}

static bool
read_near_day(struct reading *r, int *from_hour)
{
	for (size_t i = 0; i < ARRAY_COUNT(near_days); i++) {
		if (!eat_one(r, near_days[i].word))
			continue;
		set_day(r, today(r) + near_days[i].days);
		*from_hour = near_days[i].from_hour;
		return true;
	}
	return false;
}

/* 周五 is the next one to come (the last one, where the past is meant), 下周一
 * that of the next week. */
static bool
read_weekday(struct reading *r)
{
	static const char *const week[] = { "周", "星期", "礼拜", NULL };
	static const char *const next_words[] = { "下", "next ", NULL };
	size_t start = r->at;
	bool is_next = eat(r, next_words), is_this;
	bool has_han = false;
	int64_t monday = today(r) - (r->now.weekday + 6) % 7;

	is_this = !is_next &&
		  eat(r, (const char *const[]){ "本", "这", "this ", NULL });
	has_han = eat(r, week);
	for (int day = 0; day < 7; day++) {
		int64_t found = monday + (day + 6) % 7;

		if (!eat(r, weekday_words[day] +
				(has_han ? 0 : (day == 0 ? 3 : 2))))
			continue;
		if (!is_this && !is_next && r->want->is_past &&
		    found > today(r))
			found -= 7;
		else if (is_next ||
			 (!is_this && !r->want->is_past && found < today(r)))
			found += 7;
		set_day(r, found);
		return true;
	}
	r->at = start;
	return false;
}

static int
eat_month_word(struct reading *r)
{
	for (int month = 0; month < 12; month++)
		if (eat(r, month_words[month]))
			return month + 1;
	return 0;
}

/* "24 Nov", "Nov 24" */
static bool
read_english_date(struct reading *r)
{
	static const char *const ordinals[] = { "st", "nd", "rd", "th", NULL };
	size_t start = r->at;
	int month = eat_month_word(r), day;

	r->at = glyphs_skip_blanks(r->text, r->at);
	day = eat_number(r);
	(void)eat(r, ordinals);
	if (month == 0 && day > 0) {
		r->at = glyphs_skip_blanks(r->text, r->at);
		month = eat_month_word(r);
	}
	if (month == 0 || day <= 0 || glyphs_at(r->text, r->at) == ':') {
		r->at = start;
		return false;
	}
	r->local.month = month;
	r->local.day = day;
	r->has_day = true;
	return true;
}

/* 2026-11-24, 11/24, 11月24日 */
static bool
read_number_date(struct reading *r)
{
	static const char *const after_year[] = { "年", "-", "/", ".", NULL };
	static const char *const after_month[] = { "月", "-", "/", NULL };
	size_t start = r->at;
	int first = eat_number(r), month, day;

	if (first >= 2000 && eat(r, after_year)) {
		r->local.year = first;
		r->has_year = true;
		first = eat_number(r);
	}
	month = first;
	if (month < 0 ||
	    !(eat(r, after_month) || (r->has_year && eat_one(r, "."))) ||
	    (day = eat_number(r)) < 0 || glyphs_at(r->text, r->at) == '-') {
		r->at = start;
		r->has_year = false;
		return false;
	}
	(void)eat(r, (const char *const[]){ "日", "号", NULL });
	r->local.month = month;
	r->local.day = day;
	r->has_day = true;
	return true;
}

/* -- the clock ------------------------------------------------------------- */

static const struct {
	const char *words[6];
	int from_hour; /* hours below are meant twelve later */
} periods[] = {
	{ { "凌晨", "清晨", NULL }, 0 },
	{ { "早上", "上午", "早", "am", "a.m.", NULL }, 0 },
	{ { "中午", NULL }, 10 },
	{ { "下午", "傍晚", "pm", "p.m.", NULL }, NOON },
	{ { "晚上", "夜里", "晚", NULL }, NOON },
};

static int
eat_period(struct reading *r)
{
	for (size_t i = 0; i < ARRAY_COUNT(periods); i++)
		if (eat(r, periods[i].words))
			return (int)i;
	return -1;
}

/* Minutes after 点: 半, 一刻, 30分, nothing. */
static int
read_minutes(struct reading *r)
{
	int minutes;

	if (eat_one(r, "半"))
		return 30;
	if (eat_one(r, "一刻"))
		return 15;
	if (eat_one(r, "三刻"))
		return 45;
	minutes = eat_number(r);
	(void)eat_one(r, minutes < 0 ? "钟" : "分");
	return minutes < 0 ? 0 : minutes;
}

/* Twelve hours later where the part of the day says so. */
static int
shift_hour(int hour, int from_hour)
{
	if (from_hour == 10) /* 中午1点 */
		return hour < 10 ? hour + NOON : hour;
	if (from_hour == NOON && hour < NOON)
		return hour + NOON;
	return hour;
}

static bool
read_clock(struct reading *r, int from_hour, bool has_period)
{
	static const char *const hour_words[] = { "点", "时", NULL };
	size_t start = r->at;
	int hour = eat_number(r), minute = 0, period;
	size_t width = r->at - start;
	bool is_sure = has_period;

	if (hour < 0)
		return false;
	if (eat_one(r, ":")) {
		minute = eat_number(r);
		if (eat_one(r, ":"))
			(void)eat_number(r);
		is_sure |= width == 2;
	} else if (eat(r, hour_words)) {
		minute = read_minutes(r);
	} else {
		r->at = glyphs_skip_blanks(r->text, r->at);
		if (!eat(r, (const char *const[]){
				"am", "pm", "a.m.", "p.m.", NULL })) {
			r->at = start;
			return false;
		}
		r->at -= glyphs_at(r->text, r->at - 1) == '.' ? 4 : 2;
	}
	r->at = glyphs_skip_blanks(r->text, r->at);
	period = has_period ? -1 : eat_period(r);
	if (period >= 0) {
		from_hour = periods[period].from_hour;
		is_sure = true;
		hour = from_hour == 0 && hour == NOON ? 0 : hour;
	}
	hour = shift_hour(hour, from_hour);
	r->has_clock = true;
	r->local.hour = hour;
	r->local.minute = minute;
	if (hour > 24 || minute < 0 || minute > 59 ||
	    (hour == 24 && minute > 0))
		r->mistake = TIME_WRONG;
	else if (!is_sure && hour >= 1 && hour <= AMBIGUOUS_HOUR_MAX)
		r->mistake = TIME_AMBIGUOUS;
	return true;
}

/* -- all of it ------------------------------------------------------------- */

/* The year that brings a date without one nearest to where it is meant. */
static void
find_year(struct reading *r)
{
	int64_t days;

	r->local.year = r->now.year;
	days = civil_to_days(r->now.year, r->local.month, r->local.day);
	if (!r->want->is_past && days < today(r) - HALF_YEAR_DAYS)
		r->local.year++;
	else if (r->want->is_past && days > today(r) + HALF_YEAR_DAYS)
		r->local.year--;
}

static bool
is_real_day(const struct local_time *local)
{
	int year, month, day;

	civil_from_days(civil_to_days(local->year, local->month, local->day),
	    &year, &month, &day);
	return year == local->year && month == local->month &&
	       day == local->day;
}

static void
skip_joint(struct reading *r)
{
	static const char *const joints[] = { " ", "\t", ",", "t", "at ", "的",
		"by ", NULL };

	for (int i = 0; i < 3 && eat(r, joints); i++)
		continue;
}

/* Day, part of the day and hour, each of which may be missing. */
static bool
read_moment(struct reading *r)
{
	int from_hour = 0, period;
	size_t after_day;

	if (!read_near_day(r, &from_hour) && !read_weekday(r) &&
	    !read_number_date(r))
		(void)read_english_date(r);
	after_day = r->at;
	if (r->has_day)
		skip_joint(r);
	/* The numbers of a range: "8-10点". */
	if (r->has_day && after_day == r->at &&
	    (glyphs_word_at(r->text, r->at, "点") ||
		glyphs_word_at(r->text, r->at, "时"))) {
		r->mistake = TIME_AMBIGUOUS;
		return true;
	}
	period = eat_period(r);
	if (period >= 0)
		from_hour = periods[period].from_hour;
	r->at = glyphs_skip_blanks(r->text, r->at);
	if (!read_clock(r, from_hour, period >= 0 || from_hour > 0)) {
		r->at = after_day;
		if (period >= 0)
			r->mistake = TIME_NO_HOUR;
	}
	return r->has_day || r->has_clock || period >= 0;
}

static void
settle(struct reading *r, struct time_read *ret)
{
	const struct time_want *want = r->want;

	if (!r->has_day)
		set_day(r, today(r));
	if (!r->has_year)
		find_year(r);
	if (r->mistake == TIME_FINE && !is_real_day(&r->local))
		r->mistake = TIME_WRONG;
	if (r->mistake == TIME_FINE && !r->has_clock && !want->days)
		r->mistake = TIME_NO_HOUR;
	ret->is_day = !r->has_clock;
	ret->at = zone_instant(want->zone, &r->local);
}

struct time_read
command_time(const struct glyphs *text, size_t at, const struct time_want *want)
{
	static const char *const by[] = { "之前", "以前", "前", NULL };
	struct reading r = { .text = text, .want = want };
	struct time_read ret = { .mistake = TIME_NONE, .end = at };

	if (want->zone == NULL)
		return ret;
	r.at = glyphs_skip_blanks(text, at);
	r.now = zone_local(want->zone, want->now);
	if (!want->is_past && read_span(&r, &ret.at)) {
		ret.mistake = TIME_FINE;
		ret.end = r.at;
		return ret;
	}
	if (!read_moment(&r))
		return ret;
	settle(&r, &ret);
	(void)eat(&r, by);
	ret.end = r.at;
	if (r.mistake == TIME_FINE && !want->is_past &&
	    ret.at + (ret.is_day ? MSEC_DAY : 0) <= want->now)
		r.mistake = TIME_PASSED;
	ret.mistake = r.mistake;
	return ret;
}
