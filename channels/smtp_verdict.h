/*
 * smtp_verdict - what a mail server's answer means for us (architecture.md
 * 1.5): try again, this recipient never, or the whole account is down.
 */
#ifndef CHANNELS_SMTP_VERDICT_H
#define CHANNELS_SMTP_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/err.h"

/* What the server was asked last. */
enum smtp_phase {
	SMTP_GREETING, /* nothing yet */
	SMTP_HELLO,    /* EHLO, HELO, STARTTLS */
	SMTP_AUTH,
	SMTP_MAIL,
	SMTP_RCPT,
	SMTP_DATA, /* the word DATA */
	SMTP_BODY, /* the mail itself and its final dot */
};

/* The phase that a command starts; `before' when it is none that is known,
 * such as the lines of an AUTH exchange. */
enum smtp_phase smtp_phase_of(
    const char *command, size_t len, enum smtp_phase before);

/* A refusal: `code' 400 to 599 and the words behind it.  *ret_is_of_sender:
 * ERR_CONF, for the address that the mail comes from and not for us. */
enum err_kind smtp_verdict(enum smtp_phase phase, int code, const char *words,
    bool *ret_is_of_sender);

#endif
