/*
 * json - the one door to jansson.
 *
 * Everybody uses jansson's own types and functions through this header; it
 * adds reading with defaults, so that untrusted documents need no ladder of
 * type checks.
 */
#ifndef LIB_JSON_H
#define LIB_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct arena;
struct buf;
struct err;

/* For scoped(json_release): drops one reference, accepts NULL. */
void json_release(json_t **value);

/* Members of an object; the default when absent or of another type. */
const char *json_text(const json_t *object, const char *key);  /* or NULL */
const char *json_text_in(
    const json_t *object, const char *key, struct arena *arena); /* copy */
int64_t json_int(const json_t *object, const char *key, int64_t otherwise);
bool json_flag(const json_t *object, const char *key);

/* What an RFC 6901 pointer names in it, borrowed; "" is all of it.  NULL when
 * there is nothing, or `pointer' is none. */
const json_t *json_at(const json_t *value, const char *pointer);

/* A text, a number without a fraction or a truth as text; "" for anything
 * else, NULL too. */
void json_scalar(const json_t *value, char *ret, size_t size);

/* Set a member, taking nothing: text NULL becomes null. */
void json_put_text(json_t *object, const char *key, const char *text);
void json_put_int(json_t *object, const char *key, int64_t value);
void json_put_flag(json_t *object, const char *key, bool value);

/* One compact line without a line end, UTF-8 kept. */
void json_to_buf(const json_t *value, struct buf *out);

/* Half a character and NUL among the escapes of a document, which jansson takes
 * in no document, become U+FFFD in place. */
void json_mend_escapes(char *data, size_t len);
/* Parse `len' bytes.  A new reference, or NULL with err. */
json_t *json_from(const char *data, size_t len, struct err *err);

#endif
