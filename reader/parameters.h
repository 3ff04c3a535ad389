/*
 * parameters - what stands in Content-Type and Content-Disposition, forgiving
 * (RFC 2045 5.1, RFC 2231, and encoded words where they may not stand).
 */
#ifndef READER_PARAMETERS_H
#define READER_PARAMETERS_H

struct arena;

/* The value of a parameter as text for people, or NULL. `raw' is the raw
 * value of the field; NULL gives NULL.  Pieces are put together, a charset is
 * converted, a missing quote or quotes around an encoded word do no harm. */
const char *parameter_text(
    const char *raw, const char *name, struct arena *arena);

/* "text/html", lower case, of a Content-Type field; what some write instead
 * ("html") is understood.  Without a type that makes sense it is "text/plain",
 * or "application/octet-stream" when a file is named (RFC 2045 5.2). */
const char *content_type(const char *raw, struct arena *arena);

#endif
