/*
 * compose_coding - bytes as mail can carry them: base 64, quoted-printable
 * (RFC 2045 6) and line ends.  Gateways want the first of it too.
 */
#ifndef CHANNELS_COMPOSE_CODING_H
#define CHANNELS_COMPOSE_CODING_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* `mark' and two upper-case hexadecimal digits, such as "=0A". */
void coding_hex(struct buf *out, char mark, unsigned char byte);
/* One piece without line ends. */
void coding_base64(struct buf *out, const void *data, size_t len);
/* Lines of 76 with CRLF, the last one too. */
void coding_base64_lines(struct buf *out, const char *data, size_t len);

/* Every LF, CR and CRLF becomes CRLF; what does not end in one gets one. */
void coding_line_ends(struct buf *out, const char *text, size_t len);
/* Text whose lines end in CRLF, the last one too. */
void coding_quoted(struct buf *out, const char *text, size_t len);
/* How long coding_quoted() would make it, about. */
size_t coding_quoted_len(const char *text, size_t len);

/* Decode leniently: what is wrong stays as it is. */
void coding_unquote(struct buf *out, const char *data, size_t len);
/* Only the letters of base 64 count, in new lines of 76. */
void coding_rewrap_base64(struct buf *out, const char *data, size_t len);

/* Lines of at most 998 bytes that end in CRLF, no NUL, no other CR or LF
 * (RFC 5321 4.5.3.1.6, RFC 2045 2.7, 2.8). */
bool coding_is_transportable(const char *data, size_t len);

#endif
