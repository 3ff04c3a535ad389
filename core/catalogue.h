/*
 * catalogue - the words of a language, by the English that they stand for.
 *
 * Its file has gettext's form, which translators have tools for:
 *
 *	# a remark
 *	msgid "Assigned to {}."
 *	msgstr "An {} übergeben."
 *
 * with strings that may go on on further lines, and \n, \" and \\ in them.
 */
#ifndef CORE_CATALOGUE_H
#define CORE_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/cleanup.h"

struct catalogue;

/* Told each mistake, with the line that it is in. */
typedef void catalogue_complain(int line, const char *mistake, void *arg);

/* Never NULL: what cannot be read is told and left out.  An empty msgstr is not
 * translated yet; one must have the {...} of its msgid. */
struct catalogue *catalogue_parse(
    const char *text, catalogue_complain *complain, void *arg);
void catalogue_free(struct catalogue **catalogue);

/* NULL when it has none, also of no catalogue. */
const char *catalogue_find(const struct catalogue *catalogue, const char *en);

/* Each that it has; `line' is that of its msgid. */
void catalogue_each(const struct catalogue *catalogue,
    void (*visit)(const char *en, int line, void *arg), void *arg);

#endif
