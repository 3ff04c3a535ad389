/*
 * The PIN in what staff write: taken out before anything is read or kept, and
 * one that is wrong too (rules.md 5.12).
 */
#include <string.h>

#include "core/commands_parts.h"
#include "core/config.h"
#include "core/pin.h"
#include "core/tone.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"

/* What may stand behind a PIN, or before it. */
static size_t
mark_before(const char *start, const char *end)
{
	static const char *const marks[] = { " ", "\t", "\r", "\n", ".", ",",
		";", ":", "!", "?", "~", "\"", "'", "(", ")", "。", "，", "、",
		"；", "：", "！", "？", "～", "…", "（", "）", "“", "”" };

	for (size_t i = 0; i < ARRAY_COUNT(marks); i++) {
		size_t len = strlen(marks[i]);

		if (len <= (size_t)(end - start) &&
		    memcmp(end - len, marks[i], len) == 0)
			return len;
	}
	return 0;
}

/* A word of the own text, from its end backwards. */
struct word {
	size_t start, end;
};

/* The word before `at', marks around it apart. */
static bool
word_before(const char *own, size_t at, struct word *ret)
{
	size_t mark;

	while ((mark = mark_before(own, own + at)) > 0)
		at -= mark;
	ret->end = at;
	while (at > 0 && mark_before(own, own + at) == 0)
		at--;
	ret->start = at;
	return ret->start < ret->end;
}

/* The last word of the first line that is not blank. */
static bool
last_word(const char *own, struct word *ret)
{
	struct command_line line = { 0 };
	const char *at = own;

	while (command_line_next(&at, &line)) {
		if (word_before(
			own, (size_t)(line.start - own) + line.len, ret))
			return true;
	}
	return false;
}

static const char *
without(const char *own, const struct word *word, struct arena *arena)
{
	return arena_printf(
	    arena, "%.*s%s", (int)word->start, own, own + word->end);
}

/* By text these end in the PIN (rules.md 5.12). */
static bool
wants_pin(enum command_kind kind)
{
	return kind == COMMAND_CLOSE || kind == COMMAND_MERGE ||
	       kind == COMMAND_SPAM || kind == COMMAND_SEVERITY;
}

/* The text has a command that takes a PIN. */
static bool
has_pin_command(struct command_parse *parse, const char *own)
{
	struct command_line line = { 0 };

	while (command_line_next(&own, &line)) {
		struct command_head head = command_head(parse, &line);

		if (head.is == LINE_COMMAND && wants_pin(head.kind))
			return true;
	}
	return false;
}

static const char *
plain_word(const char *own, const struct word *word, struct arena *arena)
{
	return unicode_nfkc(
	    arena_strndup(arena, own + word->start, word->end - word->start),
	    false, arena);
}

static bool
is_pin(const struct command_parse *parse, const char *word)
{
	const struct commands_context *ctx = parse->ctx;
	const struct staff *sender =
	    ctx->conf == NULL ? NULL : config_staff(ctx->conf, ctx->sender);

	return sender != NULL && pin_fits(ctx->conf, sender, ctx->pin, word);
}

/* Behind the command and its case, whose number may be the same digits. */
static const char *
take_scattered(struct command_parse *parse, const char *own)
{
	struct word word;

	for (size_t at = strlen(own); word_before(own, at, &word);
	     at = word.start) {
		const char *plain = plain_word(own, &word, parse->arena);
		struct word first, second;

		if (!word_before(own, word.start, &second) ||
		    !word_before(own, second.start, &first))
			break;
		if (!is_pin(parse, plain))
			continue;
		parse->out->pin = plain;
		own = without(own, &word, parse->arena);
	}
	return own;
}

const char *
command_take_pin(struct command_parse *parse, const char *own)
{
	struct word word;
	const char *plain;

	if (!last_word(own, &word))
		return own;
	plain = plain_word(own, &word, parse->arena);
	if (is_pin(parse, plain)) {
		parse->out->pin = plain;
		own = without(own, &word, parse->arena);
	}
	if (parse->ctx->channel != CHANNEL_SMS || !has_pin_command(parse, own))
		return own;
	return take_scattered(parse, own);
}

/* The word of the own text that says this, the last one. */
static bool
find_word(
    const char *own, const char *plain, struct arena *arena, struct word *ret)
{
	for (size_t at = strlen(own); word_before(own, at, ret);
	     at = ret->start)
		if (text_eq(plain_word(own, ret, arena), plain))
			return true;
	return false;
}

void
command_drop_wrong_pin(struct command_parse *parse, struct command *command)
{
	struct commands *out = parse->out;
	struct arena *arena = parse->arena;
	const char *digits, *at;
	size_t len;
	struct word word;

	if (parse->ctx->channel != CHANNEL_SMS || out->pin != NULL ||
	    !wants_pin(command->kind) || text_is_empty(command->text))
		return;
	at = unicode_nfkc(command->text, false, arena);
	len = strspn(at, "0123456789");
	digits = arena_strndup(arena, at, len);
	/* Marks and thanks may stand behind it. */
	if (len == 0 ||
	    (word_before(at + len, strlen(at + len), &word) &&
		!tone_is_thanks(at + len, arena)) ||
	    !find_word(out->own, digits, arena, &word))
		return;
	command->text = NULL;
	out->has_wrong_pin = true;
	out->own = without(out->own, &word, arena);
}

const char *
commands_without_pin(
    const struct commands_context *ctx, const char *own, struct arena *arena)
{
	struct commands out = { 0 };
	struct command_parse parse = {
		.ctx = ctx, .arena = arena, .out = &out
	};

	return command_take_pin(&parse, own);
}
