/*
 * subject - is a member of staff what the words complain about (R9)?
 *
 * A name by itself is none: people greet, thank and mention those who help
 * them.
 */
#ifndef CORE_SUBJECT_H
#define CORE_SUBJECT_H

#include <stdbool.h>

struct staff;

/* `text' (or NULL) holds the owner's own words.  Known are the full names, the
 * surname with its title (林女士, 林师傅, 小林, Ms Lin) and the title that
 * owners read.  True where a sentence with such a name blames; in a complaint
 * the full name is enough, but where it is greeted or thanked. */
bool subject_is_named(
    const char *text, const struct staff *staff, bool is_complaint);

/* Is `id' one of the words of a list, such as case_file.subjects?  NULL: an
 * empty one; ids hold no blanks. */
bool subject_is_listed(const char *list, const char *id);

#endif
