/*
 * targets - the ways by which strangers' bytes come in, each as one function
 * that libFuzzer (entry.c) and the unit tests (tests/reader/test_finds.c)
 * call.
 *
 * Each aborts when something comes out that the rest of the program relies on
 * not to come out; the sanitizers see the rest.
 */
#ifndef FUZZ_TARGETS_H
#define FUZZ_TARGETS_H

#include <stddef.h>
#include <stdint.h>

/* Once a process, before the others. */
void fuzz_open(void);

/* A whole mail, to the answer that the desk gets, and back. */
void fuzz_mail(const uint8_t *data, size_t size);
/* The body of a failure report, behind a header that calls it one. */
void fuzz_bounce(const uint8_t *data, size_t size);
/* A text, with html.h's marks, for the quote cutter. */
void fuzz_own_text(const uint8_t *data, size_t size);
void fuzz_html(const uint8_t *data, size_t size);
/* One raw header value, as text, addresses, ids, date, and under a charset
 * label: what stands in front of its first line end. */
void fuzz_headers(const uint8_t *data, size_t size);
/* A winmail.dat; and the same bytes as an invitation and as uuencoded text. */
void fuzz_inner(const uint8_t *data, size_t size);
/* A push or a poll answer; the first byte says which. */
void fuzz_push(const uint8_t *data, size_t size);
/* A text of ours on its way out: signed, folded, counted, cut; the first byte
 * says how the channel counts. */
void fuzz_sms_text(const uint8_t *data, size_t size);
/* A text that comes in, and may be a keyword as a whole; the first byte says
 * what is known of its sender. */
void fuzz_keywords(const uint8_t *data, size_t size);
/* What is taken apart before anybody knows whose it is: a form, and as JSON. */
void fuzz_fields(const uint8_t *data, size_t size);

#endif
