/*
 * bounce_words - how mail servers tell in free text that a mail came back.
 */
#ifndef READER_BOUNCE_WORDS_H
#define READER_BOUNCE_WORDS_H

#include <stdbool.h>

/* MAILER-DAEMON and its relatives; NULL is not. */
bool bounce_is_reporter(const char *addr);
/* "no-reply": some providers report from there. */
bool bounce_is_unanswered(const char *addr);
bool bounce_is_subject(const char *subject);
bool bounce_is_text(const char *text);
/* Only a warning: the server will try again. */
bool bounce_is_delay(const char *subject, const char *text);
/* Where the mail that came back starts in the text, or NULL. */
const char *bounce_original_start(const char *text);
/* Behind "did not reach the following recipients": or NULL. */
const char *bounce_list_start(const char *text);
/* Final for that address, so that the person has to be reached otherwise;
 * a full mailbox and a refusal of us are not. */
bool bounce_is_hard(const char *status, const char *words);
/* The enhanced status (RFC 3463) for the servers' words, where they gave none.
 * Never NULL. */
const char *bounce_status_of(const char *words, bool is_delay);

#endif
