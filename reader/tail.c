#include "reader/tail.h"

#include <ctype.h>
#include <string.h>

#include "lib/cleanup.h"
#include "lib/text.h"
#include "reader/markers.h"

/* A signature longer than this is text after a "--". */
#define SIGNATURE_LINES 15
/* A name, a title and a firm below "Regards,". */
#define SIGN_OFF_LINES 5
/* A disclaimer longer than this is not one. */
#define DISCLAIMER_LINES 40

/* The end of [from, to) without blank lines. */
static size_t
trim(const struct lines *lines, size_t from, size_t to)
{
	while (to > from && lines->list[to - 1].blank)
		to--;
	return to;
}

static size_t
cut_quotes(struct lines *lines, size_t from, size_t to)
{
	size_t end = to;

	while (end > from && (lines->list[end - 1].blank ||
				 line_is_quoted(&lines->list[end - 1])))
		end--;
	if (end == to || end == from || !lines_have_words(lines, from, end))
		return to;
	lines_set_fate(lines, end, to, LINE_QUOTE);
	return end;
}

/* "--" and its relatives, on a line of their own. */
static bool
opens_signature(const char *words)
{
	static const char *const marks[] = { "--", "—", "——", "–", "---" };

	for (size_t i = 0; i < ARRAY_COUNT(marks); i++)
		if (text_eq(words, marks[i]))
			return true;
	return marker_is_rule(words);
}

/* A name, a title, a number; not a sentence. */
static bool
is_card_line(const char *words)
{
	static const char *const ends[] = { ".", "!", "?", ":", ",", "。", "！",
		"？", "：", "，", "；" };

	if (strlen(words) > 60 || strchr("-*#+", *words) != NULL ||
	    (isdigit((unsigned char)*words) && strchr(".)", words[1]) != NULL))
		return false;
	for (size_t i = 0; i < ARRAY_COUNT(ends); i++)
		if (text_ends(words, ends[i]))
			return false;
	return true;
}

/* Whom to call, and where they are on the net. */
static bool
is_contact(const char *words)
{
	size_t digits = 0;

	for (const char *c = words; *c != '\0'; c++)
		digits += isdigit((unsigned char)*c) != 0;
	return digits >= 7 || strchr(words, '@') != NULL ||
	       strstr(words, "www.") != NULL || strstr(words, "://") != NULL;
}

static bool
is_sentence(const char *words)
{
	static const char *const ends[] = { ".", "!", "?", "。", "！", "？" };

	for (size_t i = 0; i < ARRAY_COUNT(ends); i++)
		if (strlen(words) > 12 && text_ends(words, ends[i]))
			return true;
	return false;
}

/* Writers draw a line between two thoughts, too: sentences and no card. */
static bool
is_prose(const struct lines *lines, size_t from, size_t to)
{
	size_t sentences = 0;

	for (size_t i = from; i < to; i++) {
		const char *words = lines->list[i].words;

		if (is_contact(words) || marker_is_disclaimer(words) ||
		    marker_count_secrets(words) > 0)
			return false;
		sentences += is_sentence(words);
	}
	return sentences >= 2;
}

static size_t
find_signature(const struct lines *lines, size_t from, size_t to)
{
	size_t words = 0;
	bool is_card = true;

	for (size_t i = to; i-- > from;) {
		const char *line = lines->list[i].words;

		if (lines->list[i].blank)
			continue;
		if (++words > SIGNATURE_LINES + 1)
			break;
		if (text_eq(line, "--") || text_eq(line, "—"))
			return is_prose(lines, i + 1, to) ? to : i;
		/* Writers draw lines, too. */
		if (is_card && words > 1 && words <= 5 && i > from &&
		    lines->list[i - 1].blank && opens_signature(line))
			return i;
		is_card = is_card && is_card_line(line);
	}
	return to;
}

static bool
has_digit(const char *text)
{
	while (*text != '\0' && !isdigit((unsigned char)*text))
		text++;
	return *text != '\0';
}

/* "Regards,", a name and a title.  A name alone is the writer's, and where
 * there is a number it may be the flat. */
static size_t
find_sign_off(const struct lines *lines, size_t from, size_t to)
{
	size_t words = 0;

	for (size_t i = to; i-- > from;) {
		const char *line = lines->list[i].words;

		if (lines->list[i].blank)
			continue;
		if (words >= 2 && marker_is_sign_off(line))
			return i;
		if (++words > SIGN_OFF_LINES || has_digit(line) ||
		    strlen(line) > 60)
			break;
	}
	return to;
}

static size_t
find_footer(const struct lines *lines, size_t from, size_t to)
{
	size_t start = to;

	for (size_t i = to; i-- > from;) {
		const struct line *line = &lines->list[i];

		if (line->blank)
			continue;
		if (!marker_is_footer(line->words))
			break;
		start = i;
	}
	return start;
}

/* The paragraph in which line `at' stands starts at: */
static size_t
paragraph_start(const struct lines *lines, size_t from, size_t at)
{
	while (at > from && !lines->list[at - 1].blank)
		at--;
	return at;
}

/* A person asks to keep something quiet, too, but with fewer of the words. */
static bool
is_about_secrets(const struct lines *lines, size_t from, size_t to)
{
	size_t words = 0;

	for (size_t i = from; i < to; i++)
		words += marker_count_secrets(lines->list[i].words);
	return words >= 2;
}

/* The first paragraph of the end that starts as a disclaimer does and below
 * which a text speaks of secrets. */
static size_t
find_disclaimer(const struct lines *lines, size_t from, size_t to)
{
	size_t i = to > from + DISCLAIMER_LINES ? to - DISCLAIMER_LINES : from;

	for (; i < to; i++) {
		const char *words = lines->list[i].words;

		if (!lines->list[i].blank && marker_is_disclaimer(words) &&
		    (i == paragraph_start(lines, from, i) ||
			opens_signature(lines->list[i - 1].words)) &&
		    is_about_secrets(lines, i, to) &&
		    lines_have_words(lines, from, i))
			return i;
	}
	return to;
}

/* What mail programs put above a quote: Foxmail the sender's address, Notes
 * the first words of what it quotes. */
static size_t
find_writer(
    const struct lines *lines, size_t from, size_t to, const char *writer)
{
	const char *words;

	if (to == from)
		return to;
	words = lines->list[to - 1].words;
	return marker_is_notes(words) ||
		       (to < lines->count && marker_is_bare_original(words)) ||
		       (writer != NULL && text_eq_nocase(words, writer))
		   ? to - 1
		   : to;
}

/* The line that Foxmail draws above what it quotes: nothing is below it. */
static size_t
find_last_rule(const struct lines *lines, size_t from, size_t to)
{
	return to > from && marker_is_rule(lines->list[to - 1].words) &&
		       lines_have_words(lines, from, to - 1)
		   ? to - 1
		   : to;
}

/* The card of NetEase's program, a table: it ends in a lone "|". */
static size_t
find_table(const struct lines *lines, size_t from, size_t to)
{
	size_t start = to;

	if (to == from || !text_eq(lines->list[to - 1].words, "|"))
		return to;
	for (size_t i = to; i-- > from && to - i <= SIGNATURE_LINES;) {
		if (lines->list[i].blank)
			break;
		if (lines->list[i].words[0] == '|')
			start = i;
	}
	return start;
}

void
tail_cut(struct lines *lines, size_t from, size_t to, const char *writer)
{
	static const struct {
		size_t (*find)(const struct lines *, size_t, size_t);
		enum line_fate fate;
	} kinds[] = {
		{ find_last_rule, LINE_SIGNATURE },
		{ find_footer, LINE_FOOTER },
		{ find_disclaimer, LINE_DISCLAIMER },
		{ find_table, LINE_SIGNATURE },
		{ find_signature, LINE_SIGNATURE },
		{ find_sign_off, LINE_SIGN_OFF },
	};
	size_t end = cut_quotes(lines, from, to);
	size_t before;

	end = trim(lines, from, end);
	before = find_writer(lines, from, end, writer);
	lines_set_fate(lines, before, end, LINE_SIGNATURE);
	end = before;
	do {
		before = end;
		for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
			size_t start;

			end = trim(lines, from, end);
			start = kinds[i].find(lines, from, end);
			lines_set_fate(lines, start, end, kinds[i].fate);
			end = start;
		}
	} while (end < before && end > from);
}
