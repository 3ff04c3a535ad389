/*
 * probe - can a server be reached and does it let us in?
 *
 * For `shouwen check --connect': the same addresses, certificates and
 * passwords as in real work, but no mail is read and nothing is sent.
 */
#ifndef CHANNELS_PROBE_H
#define CHANNELS_PROBE_H

#include <stdbool.h>

struct mailbox;
struct sms_channel;
struct smtp_account;

struct probe {
	bool is_good;
	char server[280]; /* "imaps://host:993" */
	char result[200]; /* what happened, for people; no secret */
	char advice[200]; /* what to do next, "" when good */
};

/* Each takes 20 seconds at most. */
/* Log in and open the folder read-only (IMAP EXAMINE). */
void probe_mailbox(const struct mailbox *mailbox, struct probe *ret);
/* Greet, log in when the account has a user, NOOP. */
void probe_smtp(const struct smtp_account *account, struct probe *ret);
/* Connect to the gateway, with TLS where its address says so. */
void probe_sms(const struct sms_channel *channel, struct probe *ret);

#endif
