/*
 * text_facts - a case of the demo estate with every fact filled in, for
 * tests that render texts.
 */
#ifndef TESTS_SUPPORT_TEXT_FACTS_H
#define TESTS_SUPPORT_TEXT_FACTS_H

#include "core/text_data.h"

/* To 王芳; set to_staff for a text to staff.  Nothing needs freeing. */
struct text_facts demo_facts(enum channel channel, enum language language);
/* A weekly digest about facts->the_case with something in each of its lists;
 * `words' is what its owner said with a low rating.  In the arena. */
const struct weekly_view *demo_week(const struct text_facts *facts,
    const char *words, struct arena *arena);
/* A plan and a request for one, both of them late. */
const struct plan_view *demo_plans(
    const struct text_facts *facts, struct arena *arena);
/* lin, zhou, chen, sun, li, qian, or moon of another estate; NULL for NULL. */
const struct staff *demo_staff(const char *id);

#endif
