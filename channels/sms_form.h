/*
 * sms_form - texts with places to fill: "To={to|url}&Body={text|url}".
 *
 *   {name}            the value
 *   {name|url|b64}    through filters, from left to right
 *   {#name}...{/name} only when the value is not empty
 *   {^name}...{/name} only when it is
 *
 * A brace that no lower-case letter, "#", "^" or "/" follows is itself, so
 * that JSON needs no escapes.
 */
#ifndef CHANNELS_SMS_FORM_H
#define CHANNELS_SMS_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "core/sms_provider.h"
#include "lib/buf.h"

struct arena;

/* What names mean; an inner one hides the outer. */
struct sms_scope {
	const struct sms_pair *list;
	size_t count;
	const struct sms_scope *outer;
};

/* The values of a list of names, in its order; NULL is "".  The list is the
 * arena's, the texts stay whose they are. */
struct sms_scope sms_scope_of(const struct sms_scope *names,
    const char *const *values, const struct sms_scope *outer,
    struct arena *arena);
/* NULL when the name is unknown. */
const char *sms_scope_find(const struct sms_scope *scope, const char *name);

/* A small letter, then those, digits and "_": what {name} may hold. */
bool sms_name_is_valid(const char *name);

/* A form that sms_form_fault() has found good. */
void sms_form_fill(
    const char *form, const struct sms_scope *scope, struct buf *out);
/* NULL, or all that is wrong with it; `known' says which names there are. */
const char *sms_form_fault(
    const char *form, const struct sms_scope *known, struct arena *arena);
/* The form puts a value of that name somewhere; a section that only asks for
 * it does not.  NULL has none. */
bool sms_form_has(const char *form, const char *name);
/* The same, with no filter. */
bool sms_form_has_bare(const char *form, const char *name);

#endif
