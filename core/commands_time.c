/*
 * Times as staff write them: 11-24 17:00, 11月24日17:00, 明天下午5点,
 * Friday 5pm, 24h, 2个工作日 (rules.md 4.2).
 */
#include "core/calendar.h"
#include "core/civil.h"
#include "core/commands_day.h"
#include "core/zone.h"

#include <string.h>

enum {
	HALF_YEAR_DAYS = 182,
	AMBIGUOUS_HOUR_MAX = 7, /* "5点" may be five in the afternoon */
};

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
read_span(struct time_reading *r, msec_t *ret)
{
	const struct time_want *want = r->want;
	size_t start = r->at;
	int amount;

	if (time_eat(r, (const char *const[]){ "半小时", "半个小时", NULL })) {
		*ret = want->now + 30 * MSEC_MINUTE;
		return true;
	}
	amount = time_eat_number(r);
	r->at = glyphs_skip_blanks(r->text, r->at);
	if (amount <= 0) {
		r->at = start;
		return false;
	}
	if (time_eat(r, unit_workdays) && want->calendar != NULL)
		*ret = calendar_add_workdays(want->calendar, want->now, amount);
	else if (time_eat(r, unit_business) && want->calendar != NULL)
		*ret = calendar_add_business(
		    want->calendar, want->now, amount * 60);
	else if (time_eat(r, unit_hours))
		*ret = want->now + amount * MSEC_HOUR;
	else if (time_eat(r, unit_minutes))
		*ret = want->now + amount * MSEC_MINUTE;
	else if (time_eat(r, unit_days))
		*ret = want->now + amount * MSEC_DAY;
	else {
		r->at = start;
		return false;
	}
	(void)time_eat(
	    r, (const char *const[]){ "之内", "以内", "内", "后", NULL });
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
	{ { "下午", "傍晚", "pm", "p.m.", NULL }, TIME_NOON },
	{ { "晚上", "夜里", "晚", NULL }, TIME_NOON },
};

static int
eat_period(struct time_reading *r)
{
	for (size_t i = 0; i < ARRAY_COUNT(periods); i++)
		if (time_eat(r, periods[i].words))
			return (int)i;
	return -1;
}

/* Minutes after 点: 半, 一刻, 30分, nothing. */
static int
read_minutes(struct time_reading *r)
{
	int minutes;

	if (time_eat_one(r, "半"))
		return 30;
	if (time_eat_one(r, "一刻"))
		return 15;
	if (time_eat_one(r, "三刻"))
		return 45;
	minutes = time_eat_number(r);
	(void)time_eat_one(r, minutes < 0 ? "钟" : "分");
	return minutes < 0 ? 0 : minutes;
}

/* Twelve hours later where the part of the day says so. */
static int
shift_hour(int hour, int from_hour)
{
	if (from_hour == 10) /* 中午1点 */
		return hour < 10 ? hour + TIME_NOON : hour;
	if (from_hour == TIME_NOON && hour < TIME_NOON)
		return hour + TIME_NOON;
	return hour;
}

static bool
read_clock(struct time_reading *r, int from_hour, bool has_period)
{
	static const char *const hour_words[] = { "点", "时", NULL };
	size_t start = r->at;
	int hour = time_eat_number(r), minute = 0, period;
	size_t width = r->at - start;
	bool is_sure = has_period;

	if (hour < 0)
		return false;
	if (time_eat_one(r, ":")) {
		minute = time_eat_number(r);
		if (time_eat_one(r, ":"))
			(void)time_eat_number(r);
		is_sure |= width == 2;
	} else if (time_eat(r, hour_words)) {
		minute = read_minutes(r);
	} else {
		r->at = glyphs_skip_blanks(r->text, r->at);
		if (!time_eat(r, (const char *const[]){
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
		hour = from_hour == 0 && hour == TIME_NOON ? 0 : hour;
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
find_year(struct time_reading *r)
{
	int64_t days;

	r->local.year = r->now.year;
	days = civil_to_days(r->now.year, r->local.month, r->local.day);
	if (!r->want->is_past && days < time_today(r) - HALF_YEAR_DAYS)
		r->local.year++;
	else if (r->want->is_past && days > time_today(r) + HALF_YEAR_DAYS)
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
skip_joint(struct time_reading *r)
{
	static const char *const joints[] = { " ", "\t", ",", "t", "at ", "的",
		"by ", NULL };

	for (int i = 0; i < 3 && time_eat(r, joints); i++)
		continue;
}

/* Day, part of the day and hour, each of which may be missing. */
static bool
read_moment(struct time_reading *r)
{
	int from_hour = 0, period;
	size_t after_day;

	time_day(r, &from_hour);
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
settle(struct time_reading *r, struct time_read *ret)
{
	const struct time_want *want = r->want;

	if (!r->has_day)
		time_set_day(r, time_today(r));
	if (!r->has_year)
		find_year(r);
	if (r->mistake == TIME_FINE && !is_real_day(&r->local))
		r->mistake = TIME_WRONG;
	if (r->mistake == TIME_FINE && !r->has_clock && !want->days)
		r->mistake = TIME_NO_HOUR;
	ret->is_day = !r->has_clock;
	ret->at = zone_instant(want->zone, &r->local);
}

void
command_time(const struct glyphs *text, size_t at, const struct time_want *want,
    struct time_read *ret)
{
	static const char *const by[] = { "之前", "以前", "前", NULL };
	struct time_reading r = { .text = text, .want = want };

	*ret = (struct time_read){ .mistake = TIME_NONE, .end = at };
	if (want->zone == NULL)
		return;
	r.at = glyphs_skip_blanks(text, at);
	r.now = zone_local(want->zone, want->now);
	if (!want->is_past && read_span(&r, &ret->at)) {
		ret->mistake = TIME_FINE;
		ret->end = r.at;
		return;
	}
	if (!read_moment(&r))
		return;
	settle(&r, ret);
	(void)time_eat(&r, by);
	ret->end = r.at;
	if (r.mistake == TIME_FINE && !want->is_past &&
	    ret->at + (ret->is_day ? MSEC_DAY : 0) <= want->now)
		r.mistake = TIME_PASSED;
	ret->mistake = r.mistake;
}
