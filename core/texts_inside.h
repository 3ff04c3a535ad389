/*
 * texts_inside - the loaded texts and what loads them, shared by core/texts*.c
 * only.
 */
#ifndef CORE_TEXTS_INSIDE_H
#define CORE_TEXTS_INSIDE_H

#include "core/language.h"
#include "core/template.h"
#include "core/text_list.h"
#include "core/texts.h"
#include "lib/arena.h"

enum form { FORM_SUBJECT, FORM_MAIL, FORM_SMS, FORM_COUNT };

struct language_texts {
	struct template *(*forms)[FORM_COUNT]; /* one row per text */
	struct template *parts[TEXT_PART_COUNT];
};

struct texts {
	struct template *page; /* of all mails, as HTML */
	struct language_texts in[LANGUAGES_MAX];
};

/* The page's file in the templates folder. */
#define TEXTS_PAGE "mail.html"

/* One run of texts_load(). */
struct loader {
	texts_read *read;
	texts_complain *complain;
	void *arg;
	struct texts *texts;
	struct arena arena;
	size_t mistakes;
};

void loader_mistake(struct loader *loader, const char *mistake);
/* The page; every mistake in it is told.  NULL when it cannot be parsed. */
struct template *texts_page_load(struct loader *loader);

/* The index in text_parts, or -1. */
int text_part_index(const char *name);

#endif
