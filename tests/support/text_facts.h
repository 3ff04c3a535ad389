/*
 * text_facts - a case of the demo estate with every fact filled in, for
 * tests that render texts.
 */
#ifndef TESTS_SUPPORT_TEXT_FACTS_H
#define TESTS_SUPPORT_TEXT_FACTS_H

#include "core/text_data.h"

/* To 王芳; set to_staff for a text to staff.  Nothing needs freeing. */
struct text_facts demo_facts(enum channel channel, enum language language);
/* lin, zhou, chen, sun, li, qian, or moon of another estate; NULL for NULL. */
const struct staff *demo_staff(const char *id);

#endif
