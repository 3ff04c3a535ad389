/*
 * Texts that are a keyword or a rating as a whole (rules.md 2.7, 4.4, 5.7).
 */
#include "core/classify_parts.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <ctype.h>
#include <string.h>

/* How long the mark is that the text begins (or ends) with; 0: none. */
static size_t
mark_at(const char *text, const char *const *marks, size_t count, bool at_end)
{
	size_t text_len = strlen(text);

	for (size_t i = 0; i < count; i++) {
		size_t len = strlen(marks[i]);
		const char *at = at_end && len <= text_len
				     ? text + text_len - len
				     : text;

		/* A text of marks alone stays. */
		if (len < text_len && memcmp(at, marks[i], len) == 0)
			return len;
	}
	return 0;
}

/* Without blanks, quotes and brackets around it and marks at the end. */
static char *
without_marks(char *text)
{
	static const char *const opening[] = { "“", "‘", "「", "『", "【", "《",
		"(", "[", "\"", "'", "<" };
	static const char *const closing[] = { "。", ".", "!", "~", ",", "…",
		"?", ";", ":", "、", "”", "’", "」", "』", "】", "》", ")", "]",
		"\"", "'", ">" };
	size_t front, back;

	do {
		text = text_trim(text);
		front = mark_at(text, opening, ARRAY_COUNT(opening), false);
		text += front;
		back = mark_at(text, closing, ARRAY_COUNT(closing), true);
		text[strlen(text) - back] = '\0';
	} while (front > 0 || back > 0);
	return text;
}

/* What a telephone writes below each text.  Fewer than the footers of mail
 * programs (reader/marker_words.c): a text ends here where they begin a line,
 * whatever stands behind them. */
static void
cut_signature(char *text)
{
	static const char *const signatures[] = { "sent from", "sent via",
		"get outlook", "--", "发自", "发送自", "来自我的" };
	char *line = text;

	while ((line = strchr(line, '\n')) != NULL) {
		char *below = line + strspn(line, " \t\r\n");

		for (size_t i = 0; i < ARRAY_COUNT(signatures); i++)
			if (text_starts(below, signatures[i])) {
				*line = '\0';
				return;
			}
		line++;
	}
}

/* One blank is enough, and between Chinese characters none is needed. */
static void
close_up(char *text)
{
	char *to = text;

	for (const char *at = text; *at != '\0';) {
		size_t blanks = strspn(at, " \t\r\n");
		bool is_inner = to > text && (unsigned char)to[-1] >= 0x80 &&
				(unsigned char)at[blanks] >= 0x80;

		if (blanks > 0 && !is_inner)
			*to++ = ' ';
		at += blanks;
		if (*at != '\0')
			*to++ = *at++;
	}
	*to = '\0';
}

static char *
bare_text(const struct classifier *words, const char *text, struct arena *arena)
{
	return without_marks(classifier_fold(words, text, arena));
}

/* The same of what may be a keyword, where the form means less. */
static char *
keyword_text(
    const struct classifier *words, const char *text, struct arena *arena)
{
	char *ret = classifier_fold(words, text, arena);

	cut_signature(ret);
	ret = without_marks(ret);
	close_up(ret);
	return ret;
}

/* "stop please", 退订,谢谢: nothing that would change what the word means. Of
 * words of every day it might.  Not all that core/tone.c takes for thanks: "ok"
 * and 收到 answer somebody, and "please" thanks nobody. */
static bool
is_politeness(int word, const char *rest)
{
	static const char *const polite[] = { "谢谢", "谢谢您", "谢谢你", "多谢",
		"感谢", "谢谢了", "麻烦了", "辛苦了", "thanks", "thank you",
		"many thanks", "thx", "please", "pls" };

	if (word == SMS_GREETING || word == SMS_FOLLOWUP ||
	    word == SMS_OPTOUT_RECENT ||
	    isalpha((unsigned char)rest[0]))
		return false;
	rest += strspn(rest, " ,.!;:~");
	if (text_starts(rest, "。"))
		rest += strlen("。");
	rest += strspn(rest, " ");
	for (size_t i = 0; i < ARRAY_COUNT(polite); i++)
		if (text_eq(rest, polite[i]))
			return true;
	return false;
}

/* These may have a case number behind them. */
static bool
may_go_on(int word)
{
	return word == SMS_STATUS || word == SMS_WITHDRAW ||
	       word == SMS_FOLLOWUP;
}

/* "补充 2 楼也漏": who adds something may begin with a number. */
static bool
goes_on_short(int word, const char *rest, struct arena *arena)
{
	struct case_call called;

	return word != SMS_STATUS && case_call_lead(rest, arena, &called) &&
	       (word != SMS_FOLLOWUP || called.number != NULL ||
		   case_serial_find(rest) == called.serial);
}

/* Most long texts begin with none, and need not be looked at as a whole. */
static bool
may_be_keyword(
    const struct classifier *words, const char *text, struct arena *arena)
{
	enum { HEAD_BYTES = 1024 };
	size_t len = strnlen(text, HEAD_BYTES);
	uint32_t end;

	if (text[len] == '\0')
		return true;
	while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
		len--;
	return classifier_first(words, GROUP_SMS,
		   text_trim(classifier_fold(
		       words, arena_strndup(arena, text, len), arena)),
		   &end) != NULL;
}

const struct keyword *
keyword_of(const struct classifier *words, const char *text,
    struct arena *arena, const char **rest)
{
	const char *bare;
	uint32_t end = 0;
	const struct keyword *word;

	*rest = "";
	if (!may_be_keyword(words, text, arena))
		return NULL;
	bare = keyword_text(words, text, arena);
	word = classifier_first(words, GROUP_SMS, bare, &end);
	if (word == NULL || bare[end] == '\0' ||
	    is_politeness(word->subject, bare + end))
		return word;
	if (!may_go_on(word->subject) ||
	    (case_number_find(bare + end, arena) == NULL &&
		!goes_on_short(word->subject, bare + end, arena)))
		return NULL;
	*rest = bare + end;
	return word;
}

bool
classify_withdraws(
    const struct classifier *words, const char *own, struct arena *arena)
{
	const char *rest;
	const struct keyword *word = keyword_of(words, own, arena, &rest);

	return word != NULL && word->subject == SMS_WITHDRAW && *rest == '\0';
}

static bool
is_of_country(const char *code, size_t len, const char *const *countries,
    const char *number)
{
	if (number != NULL && number[0] == '+' &&
	    strncmp(number + 1, code, len) == 0)
		return true;
	for (; countries != NULL && *countries != NULL; countries++)
		if (strlen(*countries) == len &&
		    memcmp(*countries, code, len) == 0)
			return true;
	return false;
}

bool
keyword_is_of(const struct keyword *word, const char *const *countries,
    const char *number)
{
	const char *code = word->countries;

	/* Where nothing is known of the sender, each country's words count. */
	if (code == NULL || (countries == NULL && number == NULL))
		return true;
	while (*code != '\0') {
		size_t len = strcspn(code, " ");

		if (is_of_country(code, len, countries, number))
			return true;
		code += len + strspn(code + len, " ");
	}
	return false;
}

static bool
ends_word(const char *text)
{
	/* "3.5" and "3:30" are other numbers. */
	if ((*text == '.' || *text == ',' || *text == ':') &&
	    isdigit((unsigned char)text[1]))
		return false;
	return *text == '\0' || strchr(" ,.!?;:\n~", *text) != NULL ||
	       text_starts(text, "。") || text_starts(text, "、");
}

/* "5 号楼" begins with a building and not with a rating. */
static bool
goes_on_as_place(const char *text)
{
	static const char *const places[] = { "号", "栋", "幢", "楼", "单元",
		"座", "层", "#", "-" };

	text += strspn(text, " ");
	for (size_t i = 0; i < ARRAY_COUNT(places); i++)
		if (text_starts(text, places[i]))
			return true;
	return false;
}

/* "C 没解决" is a grade and why; "A tap drips" is no grade. */
static bool
is_letter_end(const char *behind)
{
	const char *next = behind + strspn(behind, " ,.:;");

	return *behind == '\0' ||
	    (next != behind && unicode_is_han(unicode_next(&next)));
}

/* Words such as 满意 may be followed by anything, numbers and letters only by
 * what ends them. */
static bool
is_rating_end(const struct keyword *rating, const char *behind)
{
	const char *word = rating->text;
	uint32_t first = unicode_next(&word), second = unicode_next(&word);

	if (goes_on_as_place(behind))
		return false;
	if (unicode_is_han(first) && second != 0)
		return true;
	if (second == 0 && isalpha((int)(first & 0x7F)) && first < 0x80)
		return is_letter_end(behind);
	return ends_word(behind);
}

int
rating_of(const struct classifier *words, const char *text, struct arena *arena)
{
	const char *bare = bare_text(words, text, arena);
	uint32_t end = 0;
	const struct keyword *rating =
	    classifier_first(words, GROUP_RATING, bare, &end);

	return rating != NULL && is_rating_end(rating, bare + end)
		   ? rating->subject + 1
		   : 0;
}
