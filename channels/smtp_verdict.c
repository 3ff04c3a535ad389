#include "channels/smtp_verdict.h"

#include <string.h>
#include <strings.h>

#include "lib/cleanup.h"
#include "lib/text.h"

static const struct {
	const char *verb;
	enum smtp_phase phase;
} verbs[] = {
	{ "EHLO", SMTP_HELLO },
	{ "HELO", SMTP_HELLO },
	{ "STARTTLS", SMTP_HELLO },
	{ "AUTH", SMTP_AUTH },
	{ "MAIL", SMTP_MAIL },
	{ "RCPT", SMTP_RCPT },
	{ "DATA", SMTP_DATA },
};

enum smtp_phase
smtp_phase_of(const char *command, size_t len, enum smtp_phase before)
{
	for (size_t i = 0; i < ARRAY_COUNT(verbs); i++) {
		size_t verb_len = strlen(verbs[i].verb);

		/* A line of an AUTH exchange may begin with any letters. */
		if (len > verb_len && strchr(" \r", command[verb_len]) != NULL &&
		    strncasecmp(command, verbs[i].verb, verb_len) == 0)
			return verbs[i].phase;
	}
	return before;
}

#define IN(phase)  (1U << (phase))
#define IN_ALL	   (~0U)
#define IN_CONTENT (IN(SMTP_RCPT) | IN(SMTP_DATA) | IN(SMTP_BODY))

/* The first row that fits decides.  Enhanced codes: RFC 3463. */
static const struct {
	unsigned phases;
	int from, to;
	enum err_kind verdict;
	const char *words; /* the answer holds them; NULL: whatever it says */
	bool is_of_sender;
} verdicts[] = {
	{ IN_ALL, 400, 499, ERR_TEMP, NULL, false },
	/* Authentication required, wrong, too weak (RFC 4954 6). */
	{ IN_ALL, 530, 530, ERR_CONF, NULL, false },
	{ IN_ALL, 534, 535, ERR_CONF, NULL, false },
	{ IN_ALL, 538, 538, ERR_CONF, NULL, false },
	/* Big providers' word for our own daily quota. */
	{ IN_ALL, 500, 599, ERR_CONF, "5.4.5 ", false },
	/* The mail is too large, whoever sends it. */
	{ IN(SMTP_MAIL), 552, 552, ERR_PERM, NULL, false },
	{ IN(SMTP_MAIL), 500, 599, ERR_PERM, "5.3.4 ", false },
	/* Not every address may be written from, and the syntax of one or its
	 * domain may not please; Postfix says so after RCPT. */
	{ IN(SMTP_MAIL), 501, 501, ERR_CONF, NULL, true },
	{ IN(SMTP_MAIL), 553, 553, ERR_CONF, NULL, true },
	{ IN(SMTP_MAIL), 550, 559, ERR_CONF, "5.1.7 ", true },
	{ IN(SMTP_MAIL), 550, 559, ERR_CONF, "5.1.8 ", true },
	{ IN(SMTP_MAIL), 550, 559, ERR_CONF, "sender address", true },
	{ IN(SMTP_RCPT), 500, 599, ERR_CONF, "sender address rejected", true },
	/* Postfix tells what it has against us only after RCPT. */
	{ IN(SMTP_RCPT), 500, 599, ERR_CONF, "relay", false },
	/* Exchange says "Access denied" of an address that does not exist,
	 * Postfix of a client that did not log in. */
	{ IN(SMTP_RCPT), 550, 550, ERR_PERM, "5.4.1 ", false },
	{ IN(SMTP_RCPT), 500, 599, ERR_CONF, "access denied", false },
	{ IN(SMTP_RCPT), 500, 599, ERR_CONF, "client host rejected", false },
	{ IN(SMTP_RCPT), 500, 599, ERR_CONF, "helo command rejected", false },
	{ IN_CONTENT, 500, 599, ERR_PERM, NULL, false },
	{ IN_ALL, 500, 599, ERR_CONF, NULL, false },
};

enum err_kind
smtp_verdict(
    enum smtp_phase phase, int code, const char *words, bool *ret_is_of_sender)
{
	*ret_is_of_sender = false;
	for (size_t i = 0; i < ARRAY_COUNT(verdicts); i++) {
		if ((verdicts[i].phases & IN(phase)) == 0 ||
		    code < verdicts[i].from || code > verdicts[i].to)
			continue;
		if (verdicts[i].words != NULL &&
		    strcasestr(words, verdicts[i].words) == NULL)
			continue;
		*ret_is_of_sender = verdicts[i].is_of_sender;
		return verdicts[i].verdict;
	}
	return ERR_TEMP;
}
