/*
 * lines - a text as lines, each apart from its quote prefix.
 */
#ifndef READER_LINES_H
#define READER_LINES_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Why a line is the writer's own or is not. */
enum line_fate {
	LINE_OWN,
	LINE_ATTRIBUTION, /* "On ... wrote:" */
	LINE_MARKER, /* "-----Original Message-----" */
	LINE_HEADERS, /* "From: ..." above a mail that is quoted */
	LINE_QUOTE,
	LINE_SIGNATURE,
	LINE_SIGN_OFF,
	LINE_FOOTER,
	LINE_DISCLAIMER,
	LINE_FORWARDED,
	LINE_FATE_COUNT
};

/* "own", "attribution": for programs, and a few words for people. */
const char *line_fate_name(enum line_fate fate);
const char *line_fate_words(enum line_fate fate);

struct line {
	const char *text; /* as it stands, without html.h's mark */
	const char *words; /* without prefix and white space at the ends */
	int quotes; /* ">" in front of it */
	char mark; /* html.h's mark, or 0 */
	bool blank;
	enum line_fate fate;
};

struct lines {
	struct line *list;
	size_t count;
	size_t room;
};

/* Behind ">", or in what HTML calls a quote. */
bool line_is_quoted(const struct line *line);

void lines_split(const char *text, struct arena *arena, struct lines *ret);

/* The first line at `at' or below that is not blank, or the end. */
size_t lines_skip_blank(const struct lines *lines, size_t at);

/* Has [from, to) a word that is not quoted? */
bool lines_have_words(const struct lines *lines, size_t from, size_t to);

/* Lines [from, to) as text again, blank lines at the ends left out; `bare'
 * drops the quote prefix of one level. */
const char *lines_join(const struct lines *lines, size_t from, size_t to,
    bool bare, struct arena *arena);

/* The writer's own lines as text; where others stood between them there is a
 * blank line. */
const char *lines_join_own(const struct lines *lines, struct arena *arena);

/* Gives all lines of [from, to) that are the writer's own so far another
 * fate. */
void lines_set_fate(
    struct lines *lines, size_t from, size_t to, enum line_fate fate);

/* Makes two lines of one: the second starts at that byte of its words. */
void lines_break(
    struct lines *lines, size_t at, size_t byte, struct arena *arena);

#endif
