/*
 * What stands behind a command word, taken apart as its row in
 * command_specs says; the mistakes as sentences.
 */
#include "core/classify.h"
#include "core/commands_parts.h"
#include "core/config.h"
#include "core/language.h"
#include "core/limits.h"
#include "core/phrase.h"
#include "core/plan.h"
#include "core/pin.h"
#include "core/unicode.h"
#include "core/zone.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

enum { TOKEN_MAX = 20, RFC3339_MAX = 32 };

/* {1} is what was written, {2} what may be. */
static const char *const sentences[MISTAKE_COUNT][LANGUAGE_COUNT] = {
	[MISTAKE_UNKNOWN] = { "没有“#{1}”这个指令。相近的有：{2}",
	    "there is no command \"#{1}\". Nearest: {2}" },
	[MISTAKE_WHO_NONE] = { "“{1}”中没有认得的部门或人员。可写：{2}",
	    "no department or person is known in \"{1}\". There are: "
	    "{2}" },
	[MISTAKE_WHO_MANY] = { "“{1}”不止一个，请写全名：{2}",
	    "\"{1}\" fits several; please write one in full: {2}" },
	[MISTAKE_TEXT] = { "“#{1}”后面缺少内容。格式：{2}",
	    "\"#{1}\" lacks its text. Form: {2}" },
	[MISTAKE_VALUE] = { "看不懂“{1}”。格式：{2}",
	    "\"{1}\" is not understood. Form: {2}" },
	[MISTAKE_CASE] = { "“{1}”不是工单编号。格式：{2}",
	    "\"{1}\" is no case number. Form: {2}" },
	[MISTAKE_TIME_NONE] = { "“{1}”中没有认得的时间。格式：{2}",
	    "no time is known in \"{1}\". Form: {2}" },
	[MISTAKE_TIME_NO_HOUR] = { "“{1}”缺少几点。格式：{2}",
	    "\"{1}\" lacks the hour. Form: {2}" },
	[MISTAKE_TIME_AMBIGUOUS] = { "“{1}”的时间有歧义，请写明上午或下午，或用24小时制。格式：{2}",
	    "the time in \"{1}\" is ambiguous; write am, pm or 24-hour "
	    "time. Form: {2}" },
	[MISTAKE_TIME_WRONG] = { "“{1}”中没有这样的日期或时间。格式：{2}",
	    "there is no such date or time as in \"{1}\". Form: {2}" },
	[MISTAKE_TIME_PASSED] = { "“{1}”中的时间已过去。格式：{2}",
	    "the time in \"{1}\" has passed. Form: {2}" },
	[MISTAKE_CONTRADICTS] = { "“#{1}”与“#{2}”不能同时使用，请只留一个",
	    "\"#{1}\" and \"#{2}\" cannot stand in one message; "
	    "please keep one" },
	[MISTAKE_TOO_MANY] = { "指令超过{1}条，请分几次发送（{2}）",
	    "more than {1} commands; please send several messages "
	    "({2})" },
};

static const enum command_mistake mistake_of_time[] = {
	[TIME_NONE] = MISTAKE_TIME_NONE,
	[TIME_NO_HOUR] = MISTAKE_TIME_NO_HOUR,
	[TIME_AMBIGUOUS] = MISTAKE_TIME_AMBIGUOUS,
	[TIME_WRONG] = MISTAKE_TIME_WRONG,
	[TIME_PASSED] = MISTAKE_TIME_PASSED,
};

static const char *const line_words[LANGUAGE_COUNT] = { "第{1}行：{2}",
	"Line {1}: {2}" };

const char *
command_at_line(
    enum language language, int line, const char *words, struct arena *arena)
{
	const char *const args[] = { arena_printf(arena, "%d", line), words };

	return phrase(language, line_words, args, ARRAY_COUNT(args), arena);
}

void
command_words(language_visit *visit, void *arg)
{
	visit(line_words[LANGUAGE_ZH], line_words[LANGUAGE_EN], arg);
	for (size_t i = 0; i < MISTAKE_COUNT; i++)
		visit(sentences[i][LANGUAGE_ZH], sentences[i][LANGUAGE_EN],
		    arg);
}

void
command_complain(struct command_parse *parse, int line,
    enum command_mistake mistake, const char *what, const char *right)
{
	struct commands *out = parse->out;
	enum language language = parse->ctx->language;
	struct arena *arena = parse->arena;
	const char *const args[] = { what, right };
	const char *text;

	if (out->error_count == LIMIT_COMMANDS)
		return;
	out->error_lines[out->error_count] = line;
	text = phrase(
	    language, sentences[mistake], args, ARRAY_COUNT(args), arena);
	if (!parse->is_one_line)
		text = command_at_line(language, line, text, arena);
	out->errors[out->error_count++] = text;
}

const char *
command_usage(const struct command_parse *parse, enum command_kind kind)
{
	if (parse->ctx->channel == CHANNEL_SMS)
		return command_text_form(
		    kind, parse->ctx->language, parse->arena);
	return command_form(kind, parse->ctx->language);
}

/* -- reading --------------------------------------------------------------- */

struct args {
	struct command_parse *parse;
	struct command *command;
	struct glyphs text;
	size_t at; /* glyph of the first argument not yet read */
	bool failed;
};

/* The next word as it was written, for the sentences. */
static const char *
next_word(const struct args *args)
{
	const struct glyphs *text = &args->text;
	size_t start = glyphs_skip_blanks(text, args->at), end = start;

	while (end - start < TOKEN_MAX && glyphs_at(text, end) != 0 &&
	       !glyph_is_one_of(glyphs_at(text, end), " \t\n"))
		end++;
	return arena_strndup(args->parse->arena,
	    text->text + text->list[start].at,
	    text->list[end].at - text->list[start].at);
}

static void
fail(struct args *args, enum command_mistake mistake, const char *right)
{
	if (args->failed)
		return;
	args->failed = true;
	command_complain(args->parse, args->command->line, mistake,
	    *next_word(args) == '\0'
		? command_word(args->command->kind, args->parse->ctx->language)
		: next_word(args),
	    right == NULL ? command_usage(args->parse, args->command->kind)
			  : right);
}

static void
read_target(struct args *args, enum command_target target)
{
	struct who who;
	size_t end = 0;
	int level;

	if (target == TARGET_LEVEL) {
		level = command_level(&args->text, args->at, &end);
		if (level == 0)
			return;
		args->command->to =
		    arena_printf(args->parse->arena, "L%d", level);
		args->at = end;
		return;
	}
	who = command_who(
	    &(struct commands_context){ .conf = args->parse->ctx->conf,
		.estate = args->parse->estate,
		.sender = args->parse->ctx->sender },
	    &args->text, args->at, target, args->parse->arena);
	if (who.to == NULL) {
		fail(args, who.is_many ? MISTAKE_WHO_MANY : MISTAKE_WHO_NONE,
		    who.candidates);
		return;
	}
	args->command->to = who.to;
	args->at = who.end;
}

struct word_value {
	const char *value;
	const char *words[6];
};

static const struct word_value severity_values[] = {
	{ "emergency", { "emergency", "紧急", NULL } },
	{ "major", { "major", "重大", NULL } },
	{ "normal", { "normal", "一般", "普通", NULL } },
	{ "minor", { "minor", "轻微", NULL } },
	{ NULL, { NULL } },
};

static const struct word_value means_values[] = {
	{ "phone", { "电话", "phone", "call", "by phone", NULL } },
	{ "visit", { "上门", "登门", "当面", "visit", "in person", NULL } },
	{ "mail", { "邮件", "mail", "email", "e-mail", NULL } },
	{ "sms", { "短信", "sms", "text", NULL } },
	{ NULL, { NULL } },
};

static const char *
read_word_value(struct args *args, const struct word_value *values)
{
	size_t at = glyphs_skip_blanks(&args->text, args->at);

	for (; values->value != NULL; values++) {
		size_t len = glyphs_any_at(&args->text, at, values->words);

		if (len == 0)
			continue;
		args->at = at + len;
		return values->value;
	}
	return NULL;
}

/* "5 ", "5分": a number of its own, else the text begins here. */
static void
read_rating(struct args *args)
{
	static const char *const ends[] = { "分", "星", " ", ",", "，", ":",
		"\n", NULL };
	const struct glyphs *text = &args->text;
	size_t at = glyphs_skip_blanks(text, args->at);
	uint32_t c = glyphs_at(text, at);
	size_t len = glyphs_any_at(text, at + 1, ends);

	if (c < '1' || c > '5' || (len == 0 && glyphs_at(text, at + 1) != 0))
		return;
	args->command->score = (int)(c - '0');
	args->at = at + 1 + len;
}

static const char *
read_pin(struct args *args)
{
	const char *word = next_word(args);

	if (!pin_has_form(word))
		return NULL;
	args->at = args->text.count;
	return word;
}

/* The number of a case as the first word; NULL when it is none. */
static const char *
case_word(struct args *args, bool serial_too)
{
	const char *word = next_word(args), *number;
	size_t len = strlen(word);

	if (serial_too && len >= 4 && len <= 6 &&
	    strspn(word, "0123456789") == len)
		number = word;
	else
		number = case_number_find(word, args->parse->arena);
	if (number == NULL)
		return NULL;
	args->at = glyphs_skip_blanks(&args->text, args->at);
	while (glyphs_at(&args->text, args->at) != 0 &&
	       !glyph_is_one_of(glyphs_at(&args->text, args->at), " \t\n"))
		args->at++;
	return number;
}

/* "P3"; what is no such number belongs to the text. */
static void
read_plan_number(struct args *args)
{
	const char *word =
	    unicode_nfkc(next_word(args), false, args->parse->arena);
	char digits[TEXT_INT];

	if (plan_number(word) == 0)
		return;
	text_from_int(plan_number(word), digits);
	args->command->value = arena_strdup(args->parse->arena, digits);
	args->at = glyphs_skip_blanks(&args->text, args->at);
	while (glyphs_at(&args->text, args->at) != 0 &&
	       !glyph_is_one_of(glyphs_at(&args->text, args->at), " \t\n"))
		args->at++;
}

static void
read_value(struct args *args, enum command_value value)
{
	struct command *command = args->command;
	enum command_mistake mistake = MISTAKE_VALUE;
	size_t end = 0;

	switch (value) {
	case VALUE_NONE: return;
	case VALUE_RATING: read_rating(args); return;
	case VALUE_PLAN: read_plan_number(args); return;
	case VALUE_SEVERITY:
		command->value = read_word_value(args, severity_values);
		break;
	case VALUE_MEANS:
		command->value = read_word_value(args, means_values);
		break;
	case VALUE_CATEGORY:
		command->value = command_category(
		    args->parse->estate, &args->text, args->at, &end);
		args->at = command->value == NULL ? args->at : end;
		break;
	case VALUE_CASE:
		mistake = MISTAKE_CASE;
		command->value =
		    case_word(args, args->parse->ctx->channel == CHANNEL_SMS);
		break;
	case VALUE_PIN:
		command->value = read_pin(args);
		/* Not even a wrong one is repeated. */
		if (command->value == NULL)
			args->at = args->text.count;
		break;
	}
	if (command->value == NULL)
		fail(args, mistake, NULL);
}

static struct time_want
time_want(const struct args *args, enum command_when when)
{
	const struct estate *estate = args->parse->estate;

	return (struct time_want){
		.zone = estate == NULL ? NULL : estate->zone,
		.calendar = estate == NULL ? NULL : estate->calendar,
		.now = args->parse->ctx->now,
		.is_past = when == WHEN_PAST,
		.days = when == WHEN_DAYS,
	};
}

/* From one time to another; the later one as RFC 3339 in value. */
static void
read_days(struct args *args)
{
	static const char *const until[] = { " ", "到", "至", "-", "~", "to ",
		"until ", NULL };
	struct time_want want = time_want(args, WHEN_DAYS);
	struct time_read from, to;
	char text[RFC3339_MAX];

	command_time(&args->text, args->at, &want, &from);
	for (size_t len; (len = glyphs_any_at(&args->text, from.end, until));)
		from.end += len;
	command_time(&args->text, from.end, &want, &to);
	if (to.mistake == TIME_NONE) {
		/* One day off. */
		to = from;
	}
	to.at += to.is_day ? MSEC_DAY : 0;
	if (from.mistake != TIME_FINE || to.mistake != TIME_FINE ||
	    to.at <= from.at) {
		enum time_mistake mistake =
		    from.mistake != TIME_FINE ? from.mistake : to.mistake;

		fail(args,
		    mistake == TIME_FINE ? MISTAKE_TIME_WRONG
					 : mistake_of_time[mistake],
		    NULL);
		return;
	}
	zone_rfc3339(want.zone, to.at, text);
	args->command->at = from.at;
	args->command->value = arena_strdup(args->parse->arena, text);
	args->at = to.end;
}

static void
read_when(struct args *args, enum command_when when)
{
	struct time_want want = time_want(args, when);
	struct time_read read;

	if (when == WHEN_NONE)
		return;
	if (when == WHEN_DAYS) {
		read_days(args);
		return;
	}
	command_time(&args->text, args->at, &want, &read);
	/* A record without its time is one of now; and what only looks like a
	 * time belongs to the words. */
	if (when == WHEN_PAST && read.mistake != TIME_FINE)
		return;
	if (read.mistake != TIME_FINE) {
		fail(args, mistake_of_time[read.mistake], NULL);
		return;
	}
	args->command->at = read.at;
	args->at = read.end;
}

/* The glyph of the next mark between two fields, or of the text's end. */
static size_t
field_end(const struct glyphs *text, size_t at)
{
	while (glyphs_at(text, at) != 0 &&
	       !glyph_is_one_of(glyphs_at(text, at), ";；"))
		at++;
	return at;
}

static const char *
field(const struct args *args, size_t from, size_t to)
{
	const struct glyphs *text = &args->text;

	return text_trim(arena_strndup(args->parse->arena,
	    text->text + text->list[from].at,
	    text->list[to].at - text->list[from].at));
}

/* All of [at, end) must be one name. */
static void
read_responsible(struct args *args, size_t at, size_t end)
{
	struct who who = command_who(
	    &(struct commands_context){ .conf = args->parse->ctx->conf,
		.estate = args->parse->estate,
		.sender = args->parse->ctx->sender },
	    &args->text, at, TARGET_WHO, args->parse->arena);

	if (who.to != NULL && glyphs_skip_blanks(&args->text, who.end) == end) {
		args->command->to = who.to;
		return;
	}
	args->at = at;
	fail(args, who.is_many ? MISTAKE_WHO_MANY : MISTAKE_WHO_NONE,
	    who.candidates);
}

/* A day, to its end of business, or a time; what follows in its line is no
 * part of it, and refused. */
static size_t
read_plan_due(struct args *args, size_t at)
{
	const struct estate *estate = args->parse->estate;
	struct time_want want = time_want(args, WHEN_DAYS);
	struct time_read date;
	uint32_t next;

	command_time(&args->text, at, &want, &date);
	args->at = at;
	if (date.mistake != TIME_FINE) {
		fail(args, mistake_of_time[date.mistake], NULL);
		return at;
	}
	while (glyph_is_one_of(glyphs_at(&args->text, date.end), " \t.。"))
		date.end++;
	next = glyphs_at(&args->text, date.end);
	args->command->at = estate == NULL || estate->calendar == NULL
				? date.at
				: plan_due(estate->calendar, date.at,
				      date.is_day);
	if (args->command->at <= want.now)
		fail(args, MISTAKE_TIME_PASSED, NULL);
	else if (next != 0 && next != '\n')
		fail(args, MISTAKE_TIME_WRONG, NULL);
	return date.end;
}

/* #plan measure; responsible; date: the measure becomes the text, the lines
 * below it the value. */
static void
read_plan(struct args *args)
{
	const struct glyphs *text = &args->text;
	size_t measure = glyphs_skip_blanks(text, args->at);
	size_t first = field_end(text, measure);
	size_t second = field_end(text, first + (first < text->count));
	const char *what = field(args, measure, first), *below;

	if (second == text->count || *what == '\0') {
		fail(args, MISTAKE_VALUE, NULL);
		return;
	}
	read_responsible(args, first + 1, second);
	if (args->failed)
		return;
	size_t end = read_plan_due(args, second + 1);

	if (args->failed)
		return;
	below = field(args, end, text->count);
	args->command->text = what;
	args->command->value = *below == '\0' ? NULL : below;
}

/* "#接单。": the end of a sentence is no text. */
static bool
is_only_marks(const struct glyphs *text, size_t at)
{
	while (glyph_is_one_of(glyphs_at(text, at), " \t\r\n.!?;,:~。、…"))
		at++;
	return glyphs_at(text, at) == 0;
}

/* What is left is the text, without the mark that joins it. */
static void
read_text(struct args *args)
{
	const struct glyphs *text = &args->text;
	char *rest;

	while (glyph_is_one_of(glyphs_at(text, args->at), " \t\n,，:：、"))
		args->at++;
	rest = text_trim(arena_strdup(
	    args->parse->arena, text->text + text->list[args->at].at));
	args->command->text = is_only_marks(text, args->at) ? NULL : rest;
}

void
command_args(struct command_parse *parse, struct command *command)
{
	const struct command_spec *spec = &command_specs[command->kind];
	struct args args = { .parse = parse, .command = command };

	glyphs_init(&args.text, text_or(command->text, ""), parse->arena);
	if (spec->target != TARGET_NONE)
		read_target(&args, spec->target);
	if (!args.failed)
		read_value(&args, spec->value);
	if (!args.failed)
		read_when(&args, spec->when);
	if (command->kind == COMMAND_PLAN)
		read_plan(&args);
	else
		read_text(&args);
	if (spec->needs_text && text_is_empty(command->text) &&
	    command->kind != COMMAND_RESOLVE && !args.failed)
		command_complain(parse, command->line, MISTAKE_TEXT,
		    command_word(command->kind, parse->ctx->language),
		    command_usage(parse, command->kind));
}

void
command_case_no(struct command_parse *parse, struct command *command)
{
	struct args args = { .parse = parse, .command = command };
	bool is_text = parse->ctx->channel == CHANNEL_SMS;

	/* The number behind #merge is its value. */
	if (command_specs[command->kind].is_alone ||
	    (!is_text && command_specs[command->kind].value == VALUE_CASE))
		return;
	glyphs_init(&args.text, text_or(command->text, ""), parse->arena);
	command->case_no = case_word(&args, is_text);
	if (command->case_no != NULL)
		read_text(&args);
}
