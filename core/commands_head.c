/*
 * What a line of the own text begins with: a command, or what looks like one.
 */
#include "core/classify.h"
#include "core/commands_parts.h"
#include "core/han.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

bool
command_line_next(const char **at, struct command_line *line)
{
	const char *start = *at;

	if (*start == '\0')
		return false;
	line->start = start;
	line->len = strcspn(start, "\n");
	line->number++;
	*at = start + line->len + (start[line->len] == '\n');
	return true;
}

static bool
is_word_glyph(const struct glyphs *text, size_t at, bool is_han)
{
	uint32_t c = glyphs_at(text, at);

	if (is_han)
		return unicode_is_han(c);
	return glyph_is_latin(c) ||
	       (c == '-' && glyph_is_latin(glyphs_at(text, at + 1)));
}

static size_t
word_end(const struct glyphs *text, size_t at)
{
	bool is_han = unicode_is_han(glyphs_at(text, at));

	while (is_word_glyph(text, at, is_han))
		at++;
	return at;
}

static const char *
slice(const struct glyphs *text, size_t from, size_t to, struct arena *arena)
{
	return arena_strndup(arena, text->text + text->list[from].at,
	    text->list[to].at - text->list[from].at);
}

/* "接单，马上到", "take, on my way"; but "take care" and "我来反映" are a
 * matter. */
static bool
is_taken_with_words(const struct glyphs *text, size_t at)
{
	static const char *const words[] = { "接单", "认领", NULL };
	size_t start = glyphs_skip_blanks(text, 0);
	size_t next = glyphs_skip_blanks(text, at);

	if (glyph_is_digit(glyphs_at(text, next)))
		return false;
	return glyph_is_one_of(glyphs_at(text, next), ".!,;:~。、…") ||
	    (next > at && glyphs_any_at(text, start, words) > 0);
}

/* A text may leave the mark out, when a number follows or nothing does. */
static bool
may_be_bare(const struct glyphs *text, size_t at, enum command_kind kind)
{
	if (kind == COMMAND_TAKE && is_taken_with_words(text, at))
		return true;
	at = glyphs_skip_blanks(text, at);
	if (command_specs[kind].is_alone)
		return glyph_is_digit(glyphs_at(text, at));
	if (glyphs_at(text, at) == 't')
		at++;
	return glyphs_at(text, at) == 0 ||
	       (glyph_is_digit(glyphs_at(text, at)) &&
		   glyph_is_digit(glyphs_at(text, at + 1)) &&
		   glyph_is_digit(glyphs_at(text, at + 2)) &&
		   glyph_is_digit(glyphs_at(text, at + 3)));
}

/* No command's word has more glyphs; nobody can make us look at longer ones. */
enum { WORD_GLYPHS = 16 };

/* In the plain form of the table: one kind of hyphen, traditional characters as
 * simplified ones. */
static int
kind_of(struct command_parse *parse, const char *word)
{
	static const char hyphen[] = "\xe2\x80\x90";
	char *plain = unicode_nfkc(word, true, parse->arena), *at;
	const char *first = word;
	int kind;

	while ((at = strstr(plain, hyphen)) != NULL) {
		*at = '-';
		memmove(at + 1, at + 3, strlen(at + 3) + 1);
	}
	kind = command_from_word(plain);
	if (kind >= 0 || !unicode_is_han(unicode_next(&first)))
		return kind;
	if (parse->simple == NULL)
		parse->simple = han_table(parse->arena);
	han_simplify(parse->simple, plain);
	return command_from_word(plain);
}

/* "#转派工程部": without a blank, as many write.  Only commands whose rest must be
 * known to be right, or that nobody outside reads. */
static int
joined_kind(struct command_parse *parse, const struct glyphs *text, size_t from,
    size_t *end)
{
	size_t most = from + WORD_GLYPHS;

	for (size_t to = *end - 1 < most ? *end - 1 : most; to > from; to--) {
		int kind = kind_of(parse, slice(text, from, to, parse->arena));

		if (kind < 0)
			continue;
		if (!command_specs[kind].may_join)
			return -1;
		*end = to;
		return kind;
	}
	return -1;
}

/* Only such a line of a mail is worth a copy. */
static bool
has_mark_somewhere(const struct command_line *line)
{
	static const char *const marks[] = { "#", "＃", "﹟" };

	for (size_t i = 0; i < ARRAY_COUNT(marks); i++)
		if (memmem(line->start, line->len, marks[i],
			strlen(marks[i])) != NULL)
			return true;
	return false;
}

/* Glyph behind the number that the text begins with; 0: there is none. */
static size_t
number_end(const struct glyphs *text, const char *own, struct arena *arena)
{
	size_t start = glyphs_skip_blanks(text, 0), end = start;
	const char *rest;

	if (case_number_lead(own, arena, &rest) != NULL) {
		while (end < text->count && own + text->list[end].at < rest)
			end++;
		return end;
	}
	while (glyph_is_digit(glyphs_at(text, end)))
		end++;
	return end - start == 4 || end - start == 5 ? end : 0;
}

const char *
command_word_first(struct command_parse *parse, const char *own)
{
	struct glyphs text;
	size_t number, word, end;
	int kind;

	if (parse->ctx->channel != CHANNEL_SMS)
		return own;
	glyphs_init(&text, own, parse->arena);
	number = number_end(&text, own, parse->arena);
	word = glyphs_skip_blanks(&text, number);
	end = word_end(&text, word);
	if (number == 0 || end == word || end - word > WORD_GLYPHS)
		return own;
	kind = kind_of(parse, slice(&text, word, end, parse->arena));
	if (kind < 0 || command_specs[kind].is_alone)
		return own;
	return arena_printf(parse->arena, "%s %s%s",
	    slice(&text, word, end, parse->arena),
	    slice(&text, 0, number, parse->arena),
	    own + text.list[end].at);
}

struct command_head
command_head(struct command_parse *parse, const struct command_line *line)
{
	struct command_head head = { .is = LINE_TEXT };
	struct glyphs text;
	size_t at, end;
	bool has_mark;
	int kind = -1;

	if (parse->ctx->channel != CHANNEL_SMS && !has_mark_somewhere(line))
		return head;
	glyphs_init(&text, arena_strndup(parse->arena, line->start, line->len),
	    parse->arena);
	at = glyphs_skip_blanks(&text, 0);
	has_mark = glyphs_at(&text, at) == '#';
	if (!has_mark && parse->ctx->channel != CHANNEL_SMS)
		return head;
	at = glyphs_skip_blanks(&text, at + has_mark);
	end = word_end(&text, at);
	/* #501, ###, and #业主群# are text. */
	if (end == at || glyphs_at(&text, end) == '#')
		return head;
	head.word = slice(&text, at, end, parse->arena);
	if (end - at <= WORD_GLYPHS)
		kind = kind_of(parse, head.word);
	if (kind < 0 && has_mark && unicode_is_han(glyphs_at(&text, at)))
		kind = joined_kind(parse, &text, at, &end);
	if (!has_mark && (kind < 0 ||
			     !may_be_bare(&text, end, (enum command_kind)kind)))
		return head;
	head.is = kind < 0 ? LINE_UNKNOWN : LINE_COMMAND;
	head.kind = kind < 0 ? COMMAND_HELP : (enum command_kind)kind;
	end = glyphs_skip_blanks(&text, end);
	if (glyph_is_one_of(glyphs_at(&text, end), ":"))
		end++;
	head.args = line->start + text.list[end].at;
	return head;
}

/* A matter may begin with these too: "紧急 大门坏了", "close the valve". */
static const char *const speech[] = { "紧急", "垃圾", "我来", "内部", "确认",
	"帮助", "emergency", "urgent", "spam", "take", "ask", "close", "due",
	"return", "show", "visit", "help", "confirm", NULL };

bool
commands_begin(const struct commands_context *ctx, const char *own,
    struct arena *arena, enum command_kind *ret)
{
	struct command_parse parse = { .ctx = ctx, .arena = arena };
	struct glyphs text;
	size_t at, end;
	int kind;

	glyphs_init(&text, own, arena);
	at = glyphs_skip_blanks(&text, 0);
	end = word_end(&text, at);
	if (end == at || end - at > WORD_GLYPHS ||
	    glyphs_any_at(&text, at, speech) == end - at)
		return false;
	kind = kind_of(&parse, slice(&text, at, end, arena));
	if (kind < 0 || command_specs[kind].is_alone)
		return false;
	*ret = (enum command_kind)kind;
	return true;
}
