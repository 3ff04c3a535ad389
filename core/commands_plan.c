/*
 * The three fields of #plan (R33), and the lines below them.
 */
#include "core/calendar.h"
#include "core/commands_parts.h"
#include "core/config.h"
#include "core/plan.h"
#include "lib/arena.h"
#include "lib/text.h"

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
field(const struct command_args *args, size_t from, size_t to)
{
	const struct glyphs *text = &args->text;

	return text_trim(arena_strndup(args->parse->arena,
	    text->text + text->list[from].at,
	    text->list[to].at - text->list[from].at));
}

/* All of [at, end) must be one name. */
static void
read_responsible(struct command_args *args, size_t at, size_t end)
{
	struct who who = command_args_who(args, at, TARGET_WHO);

	if (who.to != NULL && glyphs_skip_blanks(&args->text, who.end) == end) {
		args->command->to = who.to;
		return;
	}
	args->at = at;
	command_args_fail_who(args, &who);
}

/* A day, to its end of business, or a time; what follows in its line is no
 * part of it, and refused. */
static size_t
read_plan_due(struct command_args *args, size_t at)
{
	const struct estate *estate = args->parse->estate;
	struct time_want want = command_args_time(args, WHEN_DAYS);
	struct time_read date;
	uint32_t next;

	command_time(&args->text, at, &want, &date);
	args->at = at;
	if (date.mistake != TIME_FINE) {
		command_args_fail_time(args, date.mistake);
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
		command_args_fail(args, MISTAKE_TIME_PASSED, NULL);
	else if (next != 0 && next != '\n')
		command_args_fail(args, MISTAKE_TIME_WRONG, NULL);
	return date.end;
}

void
command_args_plan(struct command_args *args)
{
	const struct glyphs *text = &args->text;
	size_t measure = glyphs_skip_blanks(text, args->at);
	size_t first = field_end(text, measure);
	size_t second = field_end(text, first + (first < text->count));
	const char *what = field(args, measure, first), *below;

	if (second == text->count || *what == '\0') {
		command_args_fail(args, MISTAKE_VALUE, NULL);
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
