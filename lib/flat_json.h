/*
 * flat_json - a JSON object (RFC 8259) of texts, numbers and flags, taken
 * apart field by field.
 *
 * For what is signed field by field, and so has to be taken apart before
 * anybody knows whose it is: nothing is built, nothing nests.  As with
 * lib/form, who checks the signature and who takes the meaning read alike.
 */
#ifndef LIB_FLAT_JSON_H
#define LIB_FLAT_JSON_H

#include <stdbool.h>

#include "lib/buf.h"
#include "lib/form.h"

struct arena;

struct flat_json {
	struct bytes rest;
	bool is_begun;
	bool is_good; /* it was read to its end, and was such an object */
};

struct flat_json flat_json_open(struct bytes body);
/* The next field; false at the end, and at what is no such object.  Texts are
 * decoded (half a character is U+FFFD), numbers and flags as they stand, null is
 * empty. */
bool flat_json_next(
    struct flat_json *json, struct arena *arena, struct form_field *ret);

#endif
