#include "core/commands.h"

#include "core/commands_parts.h"
#include "core/config.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* -- joining ----------------------------------------------------------------
 */

struct sorting {
	struct command_parse *parse;
	const char *secret; /* a new PIN stands from here on, or NULL */
	char *plain; /* room for the whole own text */
	size_t plain_len;
	struct command *open;   /* takes the lines that follow */
	const char *open_start; /* of its text, in the own text */
	const char *open_end;
};

/* The text of the open command is one stretch of the own text. */
static void
close_text(struct sorting *sorting)
{
	if (sorting->open == NULL)
		return;
	sorting->open->text =
	    arena_strndup(sorting->parse->arena, sorting->open_start,
		(size_t)(sorting->open_end - sorting->open_start));
	sorting->open = NULL;
}

static void
add_plain(struct sorting *sorting, const struct command_line *line)
{
	memcpy(sorting->plain + sorting->plain_len, line->start, line->len);
	sorting->plain_len += line->len;
	sorting->plain[sorting->plain_len++] = '\n';
}

static void
add_command(
    struct sorting *sorting, const struct command_head *head, const struct command_line *line)
{
	struct commands *out = sorting->parse->out;
	struct command *command;

	close_text(sorting);
	if (out->count == LIMIT_COMMANDS) {
		command_complain(sorting->parse, line->number, MISTAKE_TOO_MANY,
		    arena_printf(sorting->parse->arena, "%d", LIMIT_COMMANDS),
		    head->word);
		return;
	}
	command = &out->list[out->count++];
	*command = (struct command){
		.kind = head->kind,
		.line = line->number,
	};
	sorting->open = command;
	sorting->open_start = head->args;
	sorting->open_end = line->start + line->len;
	if (!command_specs[head->kind].swallows)
		close_text(sorting);
}

/* #pin, and what was meant for it. */
static bool
is_pin_line(const struct command_parse *parse, const struct command_head *head)
{
	const char *nearest;

	if (head->is == LINE_COMMAND)
		return head->kind == COMMAND_PIN;
	if (head->is == LINE_TEXT)
		return false;
	nearest = command_nearest(head->word, parse->arena);
	return strstr(nearest, "#pin") != NULL ||
	       strstr(nearest, "#密码") != NULL;
}

/* "> ...": somebody else's words, between or above the writer's. */
static bool
is_quote(const struct command_parse *parse, const struct command_line *line)
{
	const char *at = line->start, *end = line->start + line->len;

	while (at < end && is_blank(*at))
		at++;
	return parse->ctx->channel == CHANNEL_MAIL && at < end && *at == '>';
}

static void
sort_line(struct sorting *sorting, const struct command_line *line)
{
	struct command_parse *parse = sorting->parse;
	struct command_head head = command_head(parse, line);

	if (is_quote(parse, line)) {
		close_text(sorting);
		return;
	}
	if (sorting->secret == NULL && is_pin_line(parse, &head))
		sorting->secret = head.args;

	switch (head.is) {
	case LINE_COMMAND: add_command(sorting, &head, line); return;
	case LINE_UNKNOWN:
		close_text(sorting);
		command_complain(parse, line->number, MISTAKE_UNKNOWN,
		    head.word, command_nearest(head.word, parse->arena));
		return;
	case LINE_TEXT:
		if (sorting->open != NULL)
			sorting->open_end = line->start + line->len;
		else
			add_plain(sorting, line);
		return;
	}
}

static void
sort_lines(struct command_parse *parse, const char *own)
{
	struct sorting sorting = {
		.parse = parse,
		.plain = arena_alloc(parse->arena, strlen(own) + 2),
	};
	struct command_line line = { 0 };
	const char *plain, *whole = own;

	while (command_line_next(&own, &line))
		sort_line(&sorting, &line);
	close_text(&sorting);
	if (sorting.secret != NULL)
		parse->out->own = arena_strndup(
		    parse->arena, whole, (size_t)(sorting.secret - whole));
	plain = text_trim(sorting.plain);
	parse->out->plain = *plain == '\0' ? NULL : plain;
}

/* -- the whole --------------------------------------------------------------
 */

/* A resolve without words of its own takes those of the message, so that the
 * owner gets one message and not two (rules.md 5.4). */
static void
give_outcome(struct command_parse *parse, struct command *command)
{
	if (command->kind != COMMAND_RESOLVE || command->text != NULL)
		return;
	command->text = parse->out->plain;
	parse->out->plain = NULL;
	if (command->text == NULL)
		command_complain(parse, command->line, MISTAKE_TEXT,
		    command_word(command->kind, parse->ctx->language),
		    command_usage(parse, command->kind));
}

/* Texts may name several cases: only what is about the same one can
 * contradict. */
static void
find_contradictions(struct command_parse *parse)
{
	const struct command *list = parse->out->list;
	enum language language = parse->ctx->language;

	for (size_t i = 0; i < parse->out->count; i++)
		for (size_t k = 0; k < i; k++)
			if (command_contradicts(list[k].kind, list[i].kind) &&
			    text_eq(list[k].case_no, list[i].case_no))
				command_complain(parse, list[i].line,
				    MISTAKE_CONTRADICTS,
				    command_word(list[k].kind, language),
				    command_word(list[i].kind, language));
}

static const struct estate *
estate_of(const struct commands_context *ctx)
{
	if (ctx->estate != NULL || ctx->conf == NULL ||
	    ctx->conf->estate_count == 0)
		return ctx->estate;
	return &ctx->conf->estates[0];
}

void
commands_parse(const struct commands_context *ctx, const char *own,
    struct arena *arena, struct commands *ret)
{
	struct command_parse parse = {
		.ctx = ctx,
		.estate = estate_of(ctx),
		.is_one_line = ctx->channel == CHANNEL_SMS &&
			       strchr(text_or(own, ""), '\n') == NULL,
		.arena = arena,
		.out = ret,
	};

	*ret = (struct commands){
		.list = arena_array(arena, LIMIT_COMMANDS, sizeof(*ret->list)),
		.errors =
		    arena_array(arena, LIMIT_COMMANDS, sizeof(*ret->errors)),
		.error_lines = arena_array(
		    arena, LIMIT_COMMANDS, sizeof(*ret->error_lines)),
	};
	ret->own = own = command_take_pin(&parse, text_or(own, ""));
	sort_lines(&parse, command_word_first(&parse, own));
	for (size_t i = 0; i < ret->count; i++) {
		command_case_no(&parse, &ret->list[i]);
		command_args(&parse, &ret->list[i]);
		command_drop_wrong_pin(&parse, &ret->list[i]);
		give_outcome(&parse, &ret->list[i]);
	}
	find_contradictions(&parse);
}
