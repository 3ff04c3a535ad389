/*
 * What stands behind a command word, taken apart as its row in
 * command_specs says.
 */
#include "core/classify.h"
#include "core/commands_parts.h"
#include "core/plan.h"
#include "core/pin.h"
#include "core/unicode.h"
#include "core/zone.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

enum { RFC3339_MAX = 32 };

/* However long it is. */
static void
skip_word(struct command_args *args)
{
	args->at = glyphs_skip_blanks(&args->text, args->at);
	while (glyphs_at(&args->text, args->at) != 0 &&
	       !glyph_is_one_of(glyphs_at(&args->text, args->at), " \t\n"))
		args->at++;
}

static void
read_target(struct command_args *args, enum command_target target)
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
	who = command_args_who(args, args->at, target);
	if (who.to == NULL) {
		command_args_fail_who(args, &who);
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
read_word_value(struct command_args *args, const struct word_value *values)
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
read_rating(struct command_args *args)
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
read_pin(struct command_args *args)
{
	const char *word = command_args_word(args);

	if (!pin_has_form(word))
		return NULL;
	args->at = args->text.count;
	return word;
}

/* The glyph behind a serial that stands at `start', "0007您好" and all; 0: these
 * are no digits of a case, but 0571-8888, 9:30 or 3.5. */
static size_t
serial_end(const struct glyphs *text, size_t start)
{
	size_t end = start;
	uint32_t next;

	while (glyph_is_digit(glyphs_at(text, end)))
		end++;
	next = glyphs_at(text, end);
	if (end - start < 4 || end - start > 6 || glyph_is_latin(next) ||
	    (glyph_is_one_of(next, "-/.:") &&
		glyph_is_digit(glyphs_at(text, end + 1))))
		return 0;
	return end;
}

static const char *
cut(const struct command_args *args, size_t start, size_t end)
{
	const struct glyphs *text = &args->text;

	return arena_strndup(args->parse->arena,
	    text->text + text->list[start].at,
	    text->list[end].at - text->list[start].at);
}

/* The number of a case as the first word; NULL when it is none.  A mark ends it
 * too: "0007，马上到". */
static const char *
case_word(struct command_args *args, bool serial_too)
{
	const struct glyphs *text = &args->text;
	struct arena *arena = args->parse->arena;
	size_t start = glyphs_skip_blanks(text, args->at), end;
	const char *number, *rest;

	if (serial_too && (end = serial_end(text, start)) > 0) {
		args->at = end;
		return unicode_nfkc(cut(args, start, end), false, arena);
	}
	number = case_number_lead(
	    text->text + text->list[start].at, arena, &rest);
	if (number != NULL) {
		for (end = start; text->text + text->list[end].at < rest;)
			end++;
		args->at = end;
		return number;
	}
	for (end = start; glyphs_at(text, end) != 0 &&
	     !glyph_is_one_of(glyphs_at(text, end), " \t\n,;:!。、");)
		end++;
	number = case_number_find(cut(args, start, end), arena);
	if (number != NULL)
		args->at = end;
	return number;
}

/* "0001、0002", "0001 and 0002", "0001 0002": a text is about one case, and the
 * others must not end in what the owner reads. */
static const char *
another_case(const struct command_args *args)
{
	static const char *const joints[] = { "、", "和", "及", "与", "&", "+",
		"/", "and ", NULL };
	struct command_args rest = *args;
	size_t at = glyphs_skip_blanks(&args->text, args->at);
	size_t joint = glyphs_any_at(&args->text, at, joints);
	const char *number;

	rest.at = glyphs_skip_blanks(&args->text, at + joint);
	number = case_word(&rest, true);
	if (number == NULL || joint > 0 || number[0] == 'T')
		return number;
	/* Where a PIN may stand it may be one. */
	return number[0] == '0' &&
		       command_pin_of(args->command->kind) == COMMAND_PIN_NONE
		   ? number
		   : NULL;
}

/* "P3"; what is no such number belongs to the text. */
static void
read_plan_number(struct command_args *args)
{
	const char *word =
	    unicode_nfkc(command_args_word(args), false, args->parse->arena);
	char digits[TEXT_INT];

	if (plan_number(word) == 0)
		return;
	text_from_int(plan_number(word), digits);
	args->command->value = arena_strdup(args->parse->arena, digits);
	skip_word(args);
}

static void
read_value(struct command_args *args, enum command_value value)
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
		command_args_fail(args, mistake, NULL);
}

/* From one time to another; the later one as RFC 3339 in value. */
static void
read_days(struct command_args *args)
{
	static const char *const until[] = { " ", "到", "至", "-", "~", "to ",
		"until ", NULL };
	struct time_want want = command_args_time(args, WHEN_DAYS);
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

		command_args_fail_time(
		    args, mistake == TIME_FINE ? TIME_WRONG : mistake);
		return;
	}
	zone_rfc3339(want.zone, to.at, text);
	args->command->at = from.at;
	args->command->value = arena_strdup(args->parse->arena, text);
	args->at = to.end;
}

static void
read_when(struct command_args *args, enum command_when when)
{
	struct time_want want = command_args_time(args, when);
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
		command_args_fail_time(args, read.mistake);
		return;
	}
	args->command->at = read.at;
	args->at = read.end;
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
read_text(struct command_args *args)
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
	struct command_args args = { .parse = parse, .command = command };

	glyphs_init(&args.text, text_or(command->text, ""), parse->arena);
	if (spec->target != TARGET_NONE)
		read_target(&args, spec->target);
	if (!args.failed)
		read_value(&args, spec->value);
	if (!args.failed)
		read_when(&args, spec->when);
	if (command->kind == COMMAND_PLAN)
		command_args_plan(&args);
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
	struct command_args args = { .parse = parse, .command = command };
	const struct command_spec *spec = &command_specs[command->kind];
	bool is_text = parse->ctx->channel == CHANNEL_SMS;
	const char *another;

	/* The number behind #merge is its value. */
	if (spec->is_alone || (!is_text && spec->value == VALUE_CASE))
		return;
	glyphs_init(&args.text, text_or(command->text, ""), parse->arena);
	command->case_no = case_word(&args, is_text);
	if (command->case_no == NULL)
		return;
	another = is_text && spec->value != VALUE_CASE ? another_case(&args)
						       : NULL;
	if (another != NULL)
		command_complain(parse, command->line, MISTAKE_SEVERAL,
		    command->case_no, another);
	read_text(&args);
}
