/*
 * The PIN in what staff write: taken out before anything is read or kept, and
 * one that is wrong too (rules.md 5.12).
 */
#include <string.h>

#include "core/classify.h"
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

static bool
takes_pin(enum command_kind kind)
{
	return command_pin_of(kind) != COMMAND_PIN_NONE;
}

/* The text has a command that takes a PIN. */
static bool
has_pin_command(struct command_parse *parse, const char *own)
{
	struct command_line line = { 0 };

	own = command_word_first(parse, own);
	while (command_line_next(&own, &line)) {
		struct command_head head = command_head(parse, &line);

		if (head.is == LINE_COMMAND && takes_pin(head.kind))
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

/* Up to `end' nothing stands behind the word but marks and thanks. */
static bool
is_at_end(
    const char *own, const struct word *word, size_t end, struct arena *arena)
{
	const char *tail =
	    arena_strndup(arena, own + word->end, end - word->end);
	struct word other;

	return !word_before(tail, strlen(tail), &other) ||
	       tone_is_thanks(tail, arena);
}

/* A text is one guess: what stands at its end. */
static bool
find_pin(struct command_parse *parse, const char *own, struct word *ret)
{
	bool is_text = parse->ctx->channel == CHANNEL_SMS, is_end = true;
	size_t end;

	if (!last_word(own, ret))
		return false;
	end = ret->end + strcspn(own + ret->end, "\n");
	while (is_end) {
		const char *plain = plain_word(own, ret, parse->arena);

		if (is_pin(parse, plain))
			return true;
		if (pin_has_form(plain))
			parse->tried_pin = plain;
		if (!is_text || !word_before(own, ret->start, ret))
			return false;
		is_end = is_at_end(own, ret, end, parse->arena);
	}
	return false;
}

/* No proof there, but kept nowhere: behind the command and its case, whose
 * number may be the same digits. */
static const char *
drop_scattered(const struct command_parse *parse, const char *own)
{
	struct word word;

	for (size_t at = strlen(own); word_before(own, at, &word);
	     at = word.start) {
		struct word first, second;

		if (!word_before(own, word.start, &second) ||
		    !word_before(own, second.start, &first))
			break;
		if (is_pin(parse, plain_word(own, &word, parse->arena)))
			own = without(own, &word, parse->arena);
	}
	return own;
}

const char *
command_take_pin(struct command_parse *parse, const char *own)
{
	struct word word;

	if (find_pin(parse, own, &word)) {
		parse->out->pin = plain_word(own, &word, parse->arena);
		/* Thanks behind it were for the order: "take 2580 thanks". */
		if (parse->ctx->channel == CHANNEL_SMS)
			word.end += strcspn(own + word.end, "\n");
		own = without(own, &word, parse->arena);
	}
	if (parse->ctx->channel != CHANNEL_SMS || !has_pin_command(parse, own))
		return own;
	return drop_scattered(parse, own);
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

/* Digits at the end of a text that could be a PIN. */
static const char *
digits_at_end(const char *text, struct arena *arena, struct word *ret)
{
	size_t end = strlen(text), at = end;

	while (word_before(text, at, ret) && is_at_end(text, ret, end, arena)) {
		const char *digits = plain_word(text, ret, arena);

		if (pin_has_form(digits))
			return digits;
		at = ret->start;
	}
	return NULL;
}

/* It was held against the PIN, and is no number of a case. */
static void
drop_tried(struct command_parse *parse, struct command *command)
{
	const char *tried = parse->tried_pin, *rest;
	struct commands *out = parse->out;
	struct word word;

	if (tried == NULL || !find_word(out->own, tried, parse->arena, &word))
		return;
	if (text_eq(tried, command->value)) {
		out->may_be_wrong_pin = true;
		return;
	}
	rest = without(out->own, &word, parse->arena);
	if (text_eq(tried, command->case_no) && case_serial_find(rest) == 0)
		return;
	out->has_wrong_pin = true;
	out->own = rest;
	if (text_eq(tried, command->case_no))
		command->case_no = NULL;
	if (command->text != NULL &&
	    find_word(command->text, tried, parse->arena, &word))
		command->text = without(command->text, &word, parse->arena);
	parse->tried_pin = NULL;
}

void
command_drop_wrong_pin(struct command_parse *parse, struct command *command)
{
	struct commands *out = parse->out;
	struct arena *arena = parse->arena;
	const char *digits;
	struct word word;

	if (parse->ctx->channel != CHANNEL_SMS || out->pin != NULL ||
	    !takes_pin(command->kind))
		return;
	drop_tried(parse, command);
	if (command->text == NULL)
		return;
	while ((digits = digits_at_end(command->text, arena, &word)) != NULL) {
		command->text = without(command->text, &word, arena);
		out->has_wrong_pin = true;
		if (find_word(out->own, digits, arena, &word))
			out->own = without(out->own, &word, arena);
	}
	if (!word_before(command->text, strlen(command->text), &word))
		command->text = NULL;
}

const char *
commands_without_pin(const struct commands_context *ctx, const char *own,
    struct arena *arena, bool *is_right)
{
	struct commands out = { 0 };
	struct command_parse parse = {
		.ctx = ctx, .arena = arena, .out = &out
	};
	struct word word;
	const char *ret = command_take_pin(&parse, own);

	*is_right = out.pin != NULL;
	if (!*is_right && parse.tried_pin != NULL &&
	    find_word(own, parse.tried_pin, arena, &word))
		ret = without(own, &word, arena);
	return ret;
}
