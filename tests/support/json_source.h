/*
 * json_source - a JSON document as the data of a template, as the
 * specification of Mustache has it.
 */
#ifndef TESTS_SUPPORT_JSON_SOURCE_H
#define TESTS_SUPPORT_JSON_SOURCE_H

#include "core/template.h"
#include "lib/json.h"

/* Borrows `data'. */
struct template_source json_source(const json_t *data);

#endif
