/*
 * fake_imap - an IMAP server that misbehaves as it is told.
 *
 * A child process serves one connection by a script, then closes it.
 */
#ifndef TESTS_SUPPORT_FAKE_IMAP_H
#define TESTS_SUPPORT_FAKE_IMAP_H

#include <stddef.h>

#include "lib/cleanup.h"

enum fake_imap_do {
	FAKE_IMAP_END,
	FAKE_IMAP_EXPECT, /* read lines up to one that contains `text' */
	FAKE_IMAP_SAY,	  /* send `text'; "$" is the tag of the last line */
	FAKE_IMAP_REPEAT, /* send `text' `count' times */
	FAKE_IMAP_TRICKLE, /* the same, with 50 ms between */
	FAKE_IMAP_HANG,	   /* until the client goes */
	FAKE_IMAP_TLS,	   /* shake hands */
};

struct fake_imap_step {
	enum fake_imap_do what;
	const char *text;
	size_t count;
};

struct fake_imap;

/* `certificate' is a file NAME.pem beside NAME.key, or NULL. */
struct fake_imap *fake_imap_start(
    const struct fake_imap_step *script, const char *certificate);
unsigned fake_imap_port(const struct fake_imap *fake);
/* For scoped(fake_imap_stop). */
void fake_imap_stop(struct fake_imap **fake);

/* The usual beginning of a script: greeting, login, capabilities, ID. */
#define FAKE_IMAP_LOGIN                                                        \
	{ FAKE_IMAP_SAY, "* OK ready\r\n", 0 },                                \
	    { FAKE_IMAP_EXPECT, "LOGIN", 0 },                                  \
	    { FAKE_IMAP_SAY, "$ OK in\r\n", 0 },                               \
	    { FAKE_IMAP_EXPECT, "CAPABILITY", 0 },                             \
	{                                                                      \
		FAKE_IMAP_SAY, "* CAPABILITY IMAP4rev1\r\n$ OK done\r\n", 0    \
	}
/* One mail, of uid 7. */
#define FAKE_IMAP_SELECT                                                       \
	{ FAKE_IMAP_EXPECT, "SELECT", 0 },                                     \
	{                                                                      \
		FAKE_IMAP_SAY,                                                 \
		    "* 1 EXISTS\r\n* FLAGS (\\Seen)\r\n"                       \
		    "* OK [UIDVALIDITY 5] ok\r\n* OK [UIDNEXT 8] ok\r\n"       \
		    "$ OK [READ-WRITE] selected\r\n",                          \
		    0                                                          \
	}

#endif
