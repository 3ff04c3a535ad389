/*
 * sms_signed_fields - the fields of a push that is signed field by field.
 *
 * The only strangers' bytes that are taken apart outside of the sandbox: a
 * form (lib/form) or a flat JSON object (lib/flat_json) into names and values,
 * for the signature alone.
 */
#ifndef CHANNELS_SMS_SIGNED_FIELDS_H
#define CHANNELS_SMS_SIGNED_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/sms_provider.h"
#include "lib/buf.h"

struct arena;

enum { SIGNED_FIELDS_MAX = 256 };

struct signed_fields {
	struct sms_pair list[SIGNED_FIELDS_MAX];
	size_t count;
	/* There are more, or they cannot be read to their end, or a NUL hides
	 * the end of one: what else is in them would be read and not signed. */
	bool is_cut;
};

void signed_fields_add(struct signed_fields *fields,
    const struct sms_pair *list, size_t count, struct arena *arena);
/* application/x-www-form-urlencoded. */
void signed_fields_add_form(
    struct signed_fields *fields, struct bytes body, struct arena *arena);
/* An object that does not nest; anything else is cut. */
void signed_fields_add_json(
    struct signed_fields *fields, struct bytes body, struct arena *arena);
/* By name, then by value, in bytes. */
void signed_fields_sort(struct signed_fields *fields);

#endif
