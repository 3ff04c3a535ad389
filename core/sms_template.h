/*
 * sms_template - the wording of a template that a gateway keeps, as its
 * console shows it: "您的事项{1}已登记", "Case ${no} is registered".
 */
#ifndef CORE_SMS_TEMPLATE_H
#define CORE_SMS_TEMPLATE_H

struct arena;
struct sms_template;

/* NULL, or what is wrong with its wording: places and parameters must be
 * the same ones. */
const char *sms_template_fault(
    const struct sms_template *template, struct arena *arena);

/* The text that the gateway makes; `values' in the order of the parameters.
 * NULL when the wording is not known. */
const char *sms_template_fill(const struct sms_template *template,
    const char *const *values, struct arena *arena);

#endif
