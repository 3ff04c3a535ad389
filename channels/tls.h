/*
 * tls - one connection that is checked, bounded in time and in bytes.
 *
 * libetpan's own TLS checks neither chain nor name and knows no limit; this
 * is what stands between it and the net.  Owner of GnuTLS as a protocol.
 */
#ifndef CHANNELS_TLS_H
#define CHANNELS_TLS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "core/config.h"
#include "lib/cleanup.h"

struct err;
struct tls_link;

struct tls_setup {
	const char *host; /* checked against the certificate */
	unsigned port;
	enum tls_mode mode;
	const char *ca_file; /* NULL: the system's */
	int quiet_ms;	     /* no byte for so long: give up */
};

/* Look up, read the CA, connect, and with TLS_IMPLICIT shake hands.  With
 * TLS_NONE the peer must be this machine.  NULL: ERR_TEMP for the network,
 * ERR_CONF when the operator must act (certificate, CA file).  Opens files;
 * nothing below does. */
struct tls_link *tls_open(const struct tls_setup *setup, struct err *err);
/* TLS_STARTTLS: shake hands on the open connection.  The caller has seen to
 * it that no plain byte is left in its buffers. */
int tls_start(struct tls_link *link, struct err *err) must_check;
void tls_close(struct tls_link **link);

/* From now on: at most `ms' and at most `bytes' received, all reads and
 * writes together; what comes after is a failure. */
void tls_allow(struct tls_link *link, int ms, size_t bytes);

/* At least one byte; waits for it.  -1 with errno: the end of the stream is
 * ECONNRESET (libetpan 1.9.4 spins on a 0), deadlines ETIMEDOUT.  After a
 * failure every further call fails at once. */
ssize_t tls_read(struct tls_link *link, void *data, size_t size);
ssize_t tls_write(struct tls_link *link, const void *data, size_t len);
/* As tls_read, but -1 with EAGAIN instead of waiting; not a failure then. */
ssize_t tls_read_now(struct tls_link *link, void *data, size_t size);

/* Make the connection fail for a reason found above it.  Returns -1. */
int tls_refuse(struct tls_link *link, const char *why);

int tls_fd(const struct tls_link *link);
/* Decrypted bytes wait that poll() on the descriptor does not see. */
bool tls_has_pending(const struct tls_link *link);
/* Why it failed; "" while it works. */
const char *tls_why(const struct tls_link *link);

#endif
