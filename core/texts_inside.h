/*
 * texts_inside - the loaded texts, shared by texts.c (render) and
 * texts_load.c only.
 */
#ifndef CORE_TEXTS_INSIDE_H
#define CORE_TEXTS_INSIDE_H

#include "core/template.h"
#include "core/text_list.h"
#include "core/texts.h"

enum form { FORM_SUBJECT, FORM_MAIL, FORM_HTML, FORM_SMS, FORM_COUNT };

struct language_texts {
	struct template *(*forms)[FORM_COUNT]; /* one row per text */
	struct template *parts[TEXT_PART_COUNT];
	struct template *html_parts[TEXT_PART_COUNT];
};

struct texts {
	struct language_texts in[LANGUAGE_COUNT];
};

/* The index in text_parts, or -1. */
int text_part_index(const char *name);

#endif
