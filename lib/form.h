/*
 * form - application/x-www-form-urlencoded, taken apart field by field.
 *
 * One reading for who checks its signature and for who takes its meaning: what
 * two understood differently, a stranger could use.
 */
#ifndef LIB_FORM_H
#define LIB_FORM_H

#include <stdbool.h>

#include "lib/buf.h"

struct arena;

/* Decoded; a NUL stands behind each, and may stand in each. */
struct form_field {
	struct bytes name;
	struct bytes text;
};

/* The first field of `rest', which is moved behind it; false at the end.
 * Nothing between two "&" is no field; a broken escape stays as it is. */
bool form_next(struct bytes *rest, struct arena *arena, struct form_field *ret);

#endif
