/*
 * sms_template - the wording of a template that a gateway keeps, as its
 * console shows it: "您的事项{1}已登记", "Case ${no} is registered".
 */
#ifndef CORE_SMS_TEMPLATE_H
#define CORE_SMS_TEMPLATE_H

#include <stdbool.h>

struct arena;
struct sms_template;

/* NULL, or what is wrong with its wording: places and parameters must be
 * the same ones. */
const char *sms_template_fault(
    const struct sms_template *template, struct arena *arena);

/* Is the fact of that name in one of its parameters? */
bool sms_template_uses(const struct sms_template *template, const char *fact);

/* What parameters may be made of (desk/config_sms.c); NULL: not known. */
struct sms_template_facts {
	const char *case_number;
	const char *name; /* of whom it goes to */
	const char *estate;
	const char *phone; /* of the duty */
};
/* The facts that are its parameters, in their order; "" for what is not
 * known.  Within the arena. */
const char *const *sms_template_values(const struct sms_template *template,
    const struct sms_template_facts *facts, struct arena *arena);

/* The text that the gateway makes; `values' in the order of the parameters.
 * NULL when the wording is not known. */
const char *sms_template_fill(const struct sms_template *template,
    const char *const *values, struct arena *arena);

#endif
