/*
 * language - the languages that people are written to in.
 *
 * Chinese and English stand in the program's own tables, side by side.  Any
 * other is a folder of templates/ with a catalogue, words.po, of what those
 * tables say: it is known by the English (as gettext does it), so that a new
 * word in a table needs no number and no second list.
 *
 * The languages are those of the process, as the time zone is: found before
 * the settings are read (desk/languages.h), and never removed.
 */
#ifndef CORE_LANGUAGE_H
#define CORE_LANGUAGE_H

#include <stddef.h>

#include "core/vocabulary.h"
#include "lib/cleanup.h"

struct catalogue;

enum { LANGUAGES_MAX = 16, LANGUAGE_CODE_MAX = 35 };

/* How many there are: LANGUAGE_ZH, LANGUAGE_EN, and those that were added. */
int language_count(void);
/* A folder's name becomes a language: "de", "pt-BR", as in BCP 47.  What it is
 * from now on, also when it was one before; -1 when it is no such name, or
 * there are LANGUAGES_MAX. */
int language_add(const char *code, enum language *ret) must_check;
/* "zh-CN, en, de"; for error messages, until the next call. */
const char *language_list(void);

/* What a language calls it.  Where its catalogue does not say, the English. */
const char *language_word(
    enum language language, const char *zh, const char *en);
/* The same of a row of a table. */
const char *language_pick(
    enum language language, const char *const row[LANGUAGE_COUNT]);
/* One word after another of the tables, for whoever keeps a catalogue. */
typedef void language_visit(const char *zh, const char *en, void *arg);
/* Those of the core's tables, by the files that have them. */
void vocabulary_words(language_visit *visit, void *arg);
void case_words(language_visit *visit, void *arg);
void place_part_words(language_visit *visit, void *arg);
void command_words(language_visit *visit, void *arg);
void text_words(language_visit *visit, void *arg);
void text_weekly_words(language_visit *visit, void *arg);
void text_survey_words(language_visit *visit, void *arg);
void text_plan_words(language_visit *visit, void *arg);
void home_visit_words(language_visit *visit, void *arg);

/* The language takes over the catalogue, and NULL is left behind. */
void language_set_words(enum language language, struct catalogue **catalogue);

#endif
