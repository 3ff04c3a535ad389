/*
 * json_escape - the characters that JSON writes as "\uXXXX" (RFC 8259 7).
 */
#ifndef LIB_JSON_ESCAPE_H
#define LIB_JSON_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The character whose hexadecimal digits stand here, behind "\u"; one beyond 16
 * bits goes on with a second "\uXXXX".  Returns how many bytes, 0 for none. */
size_t json_escape_read(const char *data, size_t len, uint32_t *ret);
/* Half of a character beyond 16 bits: what a gateway has that cuts a text
 * between the two. */
bool json_escape_is_half(uint32_t code);

#endif
