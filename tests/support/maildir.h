/*
 * maildir - the mailboxes of the real servers, from behind.
 */
#ifndef TESTS_SUPPORT_MAILDIR_H
#define TESTS_SUPPORT_MAILDIR_H

#include <stddef.h>

/* Put a mail into the user's mailbox as a file.  `number' orders the mails
 * that the server has not seen yet, and is used once. */
void maildir_put(
    const char *user, unsigned number, const char *data, size_t len);
/* How many files the shell pattern finds in the user's home, which holds a
 * Maildir. */
size_t maildir_count(const char *user, const char *pattern);
/* An access token for XOAUTH2.  The caller frees. */
char *maildir_token(const char *user);

#endif
