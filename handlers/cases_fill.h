/*
 * cases_fill - a new case: what it is about, who told it, and where.
 *
 * Private to handlers/cases*.c.
 */
#ifndef HANDLERS_CASES_FILL_H
#define HANDLERS_CASES_FILL_H

#include "handlers/work.h"

struct matter;

/* T261123-0007, of today; in the work's arena. */
const char *cases_new_number(const struct work *work);
/* The file of the work's new case, from what was understood. */
void cases_fill(struct work *work, const struct matter *matter);
void cases_bind_contact(struct work *work, const struct matter *matter);

#endif
