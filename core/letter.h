/*
 * letter - a mail as lines of text, each with a form.
 *
 * The words of a mail stand once, in its template, and become both its plain
 * text and its HTML; so the two never differ, and a translator writes no HTML.
 * A template's line says its form by how it begins (docs/TEMPLATES.md).  The
 * text and one letter a line (the layout) are what is kept of a mail; its HTML
 * is made from them when it is sent.
 *
 * No value can change a form: template_render() with ESCAPE_MARKED marks where
 * values begin and end their lines, and only what the template itself says is
 * looked at.
 */
#ifndef CORE_LETTER_H
#define CORE_LETTER_H

#include <stddef.h>

#include "core/template.h"
#include "lib/cleanup.h"

struct arena;
struct buf;

/* The letters of a layout; stored in the outbox. */
enum letter_form {
	LETTER_BLANK = '.',
	LETTER_PLAIN = 'p',
	LETTER_LEAD = 'l',    /* "! what is wanted by when" */
	LETTER_FACT = 'f',    /* "= Label: value" */
	LETTER_HEADING = 'h', /* "-- heading --" */
	LETTER_WORDS = 'w',   /* "> what somebody wrote" */
	LETTER_ITEM = 'i',    /* "- one of several" */
	LETTER_BUTTON = 'b',  /* "@ Label: words of a new mail" */
	LETTER_HEAD = 'T',    /* "|| Name | Number": head of a table */
	LETTER_ROW = 't',     /* "| cell | cell" */
	LETTER_SMALL = 's',   /* "~ small print" */
	LETTER_RULE = 'r',    /* "----" */
	LETTER_NOTICE = 'n',  /* heading of a notice in a bundle */
	LETTER_MORE = '+',    /* goes on with the line before */
};

struct letter {
	const char *text;   /* each line ends with a line end */
	const char *layout; /* one letter a line; shorter: the rest is plain */
	const char *lang;   /* of BCP 47: "zh-CN" */
	const char *title;  /* its subject */
};

/* Text and layout of what template_render() made with ESCAPE_MARKED; both in
 * the arena.  -1: the columns of its tables make it far too long. */
int letter_make(const char *marked, struct arena *arena, struct letter *ret)
    must_check;

/* A bundle (rules.md 5.33): the notices, each below its title and without its
 * end, stand before the end of the letter, which is what follows its last line
 * across.  In the arena. */
void letter_bundle(struct letter *letter, const struct letter *notices,
    size_t count, struct arena *arena);

/* Where a letter's buttons lead to, about what the title says in brackets; an
 * address that is NULL: there are no such buttons. */
struct letter_reply {
	const char *address;
	const char *title;
};

/* Its buttons become links to mails to replies[0]; those of a bundle's first
 * notice to replies[1], and so on.  In the arena. */
void letter_address(struct letter *letter, const struct letter_reply *replies,
    size_t count, struct arena *arena);
/* Its text as plain text: of buttons that follow one another the first, for
 * who reads there can answer with a key.  In the arena. */
const char *letter_plain(const struct letter *letter, struct arena *arena);

/* Gives the names in templates/mail.html their numbers, for template_bind();
 * -1: there is no such name. */
int letter_name_number(const char *name);
/* All of them in one line, for error messages; in the arena. */
const char *letter_names(struct arena *arena);

/* Appends the HTML of a letter, by the page of templates/mail.html; check
 * buf_is_over() after. */
void letter_html(const struct template *template, const struct letter *letter,
    struct arena *arena, struct buf *out);

/* A bar of a bar chart as text, permille of its full length; letter_html()
 * knows a cell that is nothing but a bar, and draws it.  In the arena. */
const char *letter_bar(int permille, struct arena *arena);

#endif
