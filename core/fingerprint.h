/*
 * fingerprint - is this the same mail that we had before? (rules.md 5.32)
 */
#ifndef CORE_FINGERPRINT_H
#define CORE_FINGERPRINT_H

#include <stddef.h>

#include "lib/digest.h"

struct message;

/* SHA-256, in hexadecimal, of a mail without its trace headers (Received,
 * Return-Path, Delivered-To, X-Original-To, X-...; RFC 5322 3.6.7), which
 * differ between two copies of one mail.  Line ends do not count. */
void fingerprint_mail(const char *raw, size_t len, char ret[SHA256_HEX]);
/* Of a text: who said what; a part of a long text is not another.  `from' is
 * the sender in one form whatever the gateway's, for a push and a list may
 * write one number differently. */
void fingerprint_text(const struct message *message, const char *from,
    char ret[SHA256_HEX]);
/* Of any bytes: a text without an id of its own. */
void fingerprint_bytes(const char *raw, size_t len, char ret[SHA256_HEX]);

#endif
