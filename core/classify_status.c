/*
 * "How is it going?" and nothing else, in a mail or a text (R42, rules.md 4.4).
 */
#include "core/classify_parts.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

/* Who writes more than that has something to tell. */
enum { QUESTION_BYTES = 300 };

enum said { SAID_NOTHING, SAID_QUESTION, SAID_MORE };

/* Marks of any width part a text, and so do brackets around a number. */
static size_t
mark_at(const char *text)
{
	static const char *const marks[] = { "。", "、", "【", "】", "…", "—" };

	if ((unsigned char)*text < 0x80)
		return strchr("\n\r,.!?;:~[]()#-", *text) != NULL;
	/* All of them begin with one of two bytes, and Han does not. */
	if (*text != marks[0][0] && *text != marks[4][0])
		return 0;
	for (size_t i = 0; i < ARRAY_COUNT(marks); i++)
		if (text_starts(text, marks[i]))
			return strlen(marks[i]);
	return 0;
}

static enum said
judge_piece(
    const struct classifier *words, const char *piece, struct arena *arena)
{
	const struct keyword *word;
	const char *rest;

	if (*piece == '\0')
		return SAID_NOTHING;
	word = keyword_of(words, piece, arena, &rest);
	switch (word == NULL ? -1 : word->subject) {
	case SMS_STATUS: return SAID_QUESTION;
	case SMS_GREETING: return SAID_NOTHING;
	default: return SAID_MORE;
	}
}

/* Greetings and thanks around the question are manners, not news. */
static enum said
what_is_said(
    const struct classifier *words, const char *text, struct arena *arena)
{
	enum said said = SAID_NOTHING;
	char *at;

	if (strlen(text) > QUESTION_BYTES)
		return SAID_MORE;
	at = arena_strdup(
	    arena, unicode_nfkc(case_number_cut(text, arena), true, arena));
	for (char *piece = at; said != SAID_MORE; piece = at) {
		size_t mark = 0;
		enum said one;
		char end;

		while (*at != '\0' && (mark = mark_at(at)) == 0)
			at++;
		end = *at;
		*at = '\0';
		one = judge_piece(words, text_trim(piece), arena);
		said = one > said ? one : said;
		if (end == '\0')
			break;
		at += mark;
	}
	return said;
}

bool
asks_status(const struct classifier *words, const char *subject,
    const char *own, struct arena *arena)
{
	enum said said = what_is_said(words, own, arena);

	/* A mail whose whole question stands in its subject. */
	if (said == SAID_NOTHING)
		said = what_is_said(words, text_or(subject, ""), arena);
	return said == SAID_QUESTION;
}

bool
classify_calls_case(const struct classifier *words, const char *subject,
    const char *own, struct arena *arena, struct case_call *ret)
{
	const char *rest;
	const struct keyword *word = keyword_of(words, own, arena, &rest);

	if (word != NULL && *rest != '\0')
		return case_call_lead(rest, arena, ret);
	return asks_status(words, subject, own, arena) &&
	       (case_call_find(own, arena, ret) ||
		   case_call_find(text_or(subject, ""), arena, ret));
}
