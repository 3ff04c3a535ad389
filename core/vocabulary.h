/*
 * vocabulary - the desk's words: kinds, severities, states (rules.md 1.0,
 * 2.1, 2.2, 3.1).
 *
 * One table per word list; names are the codes of rules.md and stand in the
 * store, in `classify' and in `simulate'.  Look-ups take a code and return
 * 0, or -1 when there is no such word.
 */
#ifndef CORE_VOCABULARY_H
#define CORE_VOCABULARY_H

#include <stdbool.h>

#include "lib/cleanup.h"

enum channel { CHANNEL_MAIL, CHANNEL_SMS };

/* What a message is (rules.md 2.1, 5.1). */
enum kind {
	KIND_COMPLAINT, /* these five make a case */
	KIND_REQUEST,
	KIND_INQUIRY,
	KIND_SUGGESTION,
	KIND_PRAISE,
	KIND_FOLLOWUP, /* these do not */
	KIND_RATING,
	KIND_STATUS_QUERY,
	KIND_WITHDRAW,
	KIND_OPTOUT,
	KIND_OPTIN,
	KIND_HELP,
	KIND_CALLBACK,
	KIND_STAFF_COMMAND,
	KIND_STAFF_NOTE,
	KIND_STAFF_REPLY,
	KIND_AUTO_REPLY,
	KIND_BOUNCE,
	KIND_SPAM,
	KIND_UNCLEAR,
	KIND_COUNT
};

enum severity {
	SEVERITY_NONE, /* messages that carry none, such as a plain follow-up */
	SEVERITY_MINOR,
	SEVERITY_NORMAL,
	SEVERITY_MAJOR,
	SEVERITY_EMERGENCY,
	SEVERITY_COUNT
};

/* Who receives or acts. */
enum role { ROLE_OWNER, ROLE_STAFF, ROLE_MANAGER, ROLE_ADMIN, ROLE_SYSTEM };

/* Those that stand in our own tables; others count on (core/language.h). */
enum language { LANGUAGE_ZH, LANGUAGE_EN, LANGUAGE_COUNT };

const char *channel_name(enum channel channel);	   /* "mail", "sms" */
const char *kind_name(enum kind kind);		   /* "complaint" */
const char *severity_name(enum severity severity); /* "normal"; NONE: NULL */
const char *role_name(enum role role);
const char *language_name(enum language language); /* "zh-CN", "en" */

int channel_from(const char *name, enum channel *ret) must_check;
int kind_from(const char *name, enum kind *ret) must_check;
int severity_from(const char *name, enum severity *ret) must_check;
int role_from(const char *name, enum role *ret) must_check;
int language_from(const char *name, enum language *ret) must_check;

/* For people: 投诉, complaint. */
const char *kind_word(enum kind kind, enum language language);
const char *severity_word(enum severity severity, enum language language);

/* The five kinds that make a case. */
bool kind_makes_case(enum kind kind);

#endif
