/*
 * What the arguments of all commands are read with: the next word, who and when
 * is meant, and what is said of one that is wrong.
 */
#include "core/commands_parts.h"
#include "core/config.h"
#include "lib/arena.h"
#include "lib/text.h"

/* A longer one is not repeated whole. */
enum { TOKEN_MAX = 20 };

const char *
command_args_word(const struct command_args *args)
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

void
command_args_fail(
    struct command_args *args, enum command_mistake mistake, const char *right)
{
	if (args->failed)
		return;
	args->failed = true;
	command_complain(args->parse, args->command->line, mistake,
	    *command_args_word(args) == '\0'
		? command_word(args->command->kind, args->parse->ctx->language)
		: command_args_word(args),
	    right == NULL ? command_usage(args->parse, args->command->kind)
			  : right);
}

void
command_args_fail_time(struct command_args *args, enum time_mistake mistake)
{
	static const enum command_mistake mistakes[] = {
		[TIME_NONE] = MISTAKE_TIME_NONE,
		[TIME_NO_HOUR] = MISTAKE_TIME_NO_HOUR,
		[TIME_AMBIGUOUS] = MISTAKE_TIME_AMBIGUOUS,
		[TIME_WRONG] = MISTAKE_TIME_WRONG,
		[TIME_PASSED] = MISTAKE_TIME_PASSED,
	};

	command_args_fail(args, mistakes[mistake], NULL);
}

struct who
command_args_who(
    const struct command_args *args, size_t at, enum command_target target)
{
	const struct command_parse *parse = args->parse;

	return command_who(
	    &(struct commands_context){ .conf = parse->ctx->conf,
		.estate = parse->estate,
		.language = parse->ctx->language,
		.sender = parse->ctx->sender },
	    &args->text, at, target, parse->arena);
}

void
command_args_fail_who(struct command_args *args, const struct who *who)
{
	command_args_fail(args,
	    who->is_many ? MISTAKE_WHO_MANY : MISTAKE_WHO_NONE,
	    who->candidates);
}

struct time_want
command_args_time(const struct command_args *args, enum command_when when)
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
