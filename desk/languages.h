/*
 * languages - the folders of the templates that are languages beside Chinese
 * and English.
 */
#ifndef DESK_LANGUAGES_H
#define DESK_LANGUAGES_H

#include <stdbool.h>

#include "core/language.h"

/* Each folder below `templates' becomes a language; one whose name is none is
 * told as "templates/x: ...".  No harm when there is no such folder; whoever
 * reads the texts tells that. */
void languages_find(const char *templates,
    void (*complain)(const char *mistake, void *arg), void *arg);

/* Their words, from words.po in each folder (opened as `folder'): every word
 * that the tables have, and no others.  False when there was a mistake. */
bool languages_load_words(int folder,
    void (*complain)(const char *mistake, void *arg), void *arg);

/* Every word of the tables, some of them more than once. */
void languages_each_word(language_visit *visit, void *arg);

#endif
