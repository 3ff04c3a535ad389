/*
 * text_sample - a case of an estate with names, places and words as long as
 * they usually get there: what its texts may cost.
 */
#ifndef CORE_TEXT_SAMPLE_H
#define CORE_TEXT_SAMPLE_H

#include "core/text_data.h"

/* What the text of that name says by SMS.  Staff, categories and places are
 * the longest of the settings; the day is always the same.  All of it is in
 * the arena. */
struct text_facts text_sample(const struct config *conf,
    const struct estate *estate, const char *name, enum language language,
    struct arena *arena);

#endif
