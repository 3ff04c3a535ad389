/*
 * Days as staff write them: 明天, 周五, 11-24, 24 Nov; and eating a text word
 * by word.
 */
#include "core/commands_day.h"

#include "core/civil.h"

#include <string.h>

bool
time_eat(struct time_reading *r, const char *const *words)
{
	size_t len = glyphs_any_at(r->text, r->at, words);

	r->at += len;
	return len > 0;
}

bool
time_eat_one(struct time_reading *r, const char *word)
{
	return time_eat(r, (const char *const[]){ word, NULL });
}

/* At most four digits, or a Han number; its value, or -1. */
int
time_eat_number(struct time_reading *r)
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
	{ "明晚", 1, TIME_NOON },
	{ "tomorrow", 1, 0 },
	{ "今天", 0, 0 },
	{ "今日", 0, 0 },
	{ "今早", 0, 1 },
	{ "今晚", 0, TIME_NOON },
	{ "tonight", 0, TIME_NOON },
	{ "today", 0, 0 },
	{ "昨天", -1, 0 },
	{ "昨晚", -1, TIME_NOON },
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

void
time_set_day(struct time_reading *r, int64_t days)
{
	civil_from_days(days, &r->local.year, &r->local.month, &r->local.day);
	r->has_day = r->has_year = true;
}

int64_t
time_today(const struct time_reading *r)
{
	return civil_to_days(r->now.year, r->now.month, r->now.day);
}

static bool
read_near_day(struct time_reading *r, int *from_hour)
{
	for (size_t i = 0; i < ARRAY_COUNT(near_days); i++) {
		if (!time_eat_one(r, near_days[i].word))
			continue;
		time_set_day(r, time_today(r) + near_days[i].days);
		*from_hour = near_days[i].from_hour;
		return true;
	}
	return false;
}

/* 周五 is the next one to come (the last one, where the past is meant), 下周一
 * that of the next week. */
static bool
read_weekday(struct time_reading *r)
{
	static const char *const week[] = { "周", "星期", "礼拜", NULL };
	static const char *const next_words[] = { "下个", "下", "next ",
		NULL };
	size_t start = r->at;
	bool is_next = time_eat(r, next_words), is_this;
	bool has_han = false;
	int64_t monday = time_today(r) - (r->now.weekday + 6) % 7;

	is_this = !is_next && time_eat(r, (const char *const[]){
					      "本", "这个", "这", "this ", NULL });
	has_han = time_eat(r, week);
	for (int day = 0; day < 7; day++) {
		int64_t found = monday + (day + 6) % 7;

		if (!time_eat(r, weekday_words[day] +
				     (has_han ? 0 : (day == 0 ? 3 : 2))))
			continue;
		if (!is_this && !is_next && r->want->is_past &&
		    found > time_today(r))
			found -= 7;
		else if (is_next || (!is_this && !r->want->is_past &&
					found < time_today(r)))
			found += 7;
		time_set_day(r, found);
		return true;
	}
	r->at = start;
	return false;
}

static int
eat_month_word(struct time_reading *r)
{
	for (int month = 0; month < 12; month++)
		if (time_eat(r, month_words[month]))
			return month + 1;
	return 0;
}

/* "24 Nov", "Nov 24" */
static bool
read_english_date(struct time_reading *r)
{
	static const char *const ordinals[] = { "st", "nd", "rd", "th", NULL };
	size_t start = r->at;
	int month = eat_month_word(r), day;

	r->at = glyphs_skip_blanks(r->text, r->at);
	day = time_eat_number(r);
	(void)time_eat(r, ordinals);
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
read_number_date(struct time_reading *r)
{
	static const char *const after_year[] = { "年", "-", "/", ".", NULL };
	static const char *const after_month[] = { "月", "-", "/", NULL };
	size_t start = r->at;
	int first = time_eat_number(r), month, day;

	if (first >= 2000 && time_eat(r, after_year)) {
		r->local.year = first;
		r->has_year = true;
		first = time_eat_number(r);
	}
	month = first;
	if (month < 0 ||
	    !(time_eat(r, after_month) ||
		(r->has_year && time_eat_one(r, "."))) ||
	    (day = time_eat_number(r)) < 0 ||
	    glyphs_at(r->text, r->at) == '-') {
		r->at = start;
		r->has_year = false;
		return false;
	}
	(void)time_eat(r, (const char *const[]){ "日", "号", NULL });
	r->local.month = month;
	r->local.day = day;
	r->has_day = true;
	return true;
}

/* Behind 3号 stands what can follow a day: not 3号楼. */
static bool
is_behind_a_day(const struct glyphs *text, size_t at)
{
	static const char *const after[] = { "上午", "下午", "早", "晚", "中午",
		"凌晨", "前", "之前", "以前", "给", "上门", "来", "到", "派",
		"为您", "答复", "回复", "维修", "安排", "完成", "更换", "处理",
		"能", "会", NULL };
	size_t clock = glyphs_skip_blanks(text, at);

	if (glyphs_any_at(text, clock, after) > 0)
		return true;
	while (glyph_is_digit(glyphs_at(text, clock)))
		clock++;
	return glyphs_word_at(text, clock, "点") ||
	       glyphs_word_at(text, clock, ":");
}

/* 25号上午, 本月25号, 下月3日 */
static bool
read_day_of_month(struct time_reading *r)
{
	static const char *const this_month[] = { "本月", "这个月", NULL };
	static const char *const next_month[] = { "下月", "下个月", NULL };
	size_t start = r->at;
	bool is_next = time_eat(r, next_month);
	bool is_named = is_next || time_eat(r, this_month);
	int day = time_eat_number(r), month = r->now.month;

	if (day < 1 || day > 31 ||
	    !time_eat(r, (const char *const[]){ "号", "日", NULL }) ||
	    (!is_named && !is_behind_a_day(r->text, r->at))) {
		r->at = start;
		return false;
	}
	if (is_next || (!is_named && !r->want->is_past && day < r->now.day))
		month++;
	else if (!is_named && r->want->is_past && day > r->now.day)
		month--;
	r->local.year = r->now.year + (month > 12) - (month < 1);
	r->local.month = month > 12 ? 1 : month < 1 ? 12 : month;
	r->local.day = day;
	r->has_day = r->has_year = true;
	return true;
}

void
time_day(struct time_reading *r, int *from_hour)
{
	if (!read_near_day(r, from_hour) && !read_weekday(r) &&
	    !read_number_date(r) && !read_english_date(r))
		(void)read_day_of_month(r);
}
