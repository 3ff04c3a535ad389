/*
 * told - a matter that a staff member was told by phone or in person and
 * writes down: `#new 3-2-501 13900139001 words' (R16, rules.md 5.12).
 */
#ifndef CORE_TOLD_H
#define CORE_TOLD_H

#include "core/place.h"

struct arena;
struct estate;

struct told {
	struct place place; /* written in front; may be empty */
	const char *phone;  /* E.164, or NULL */
	const char *mail;   /* lower case, or NULL */
	const char *name;   /* "王女士", "Mr Smith"; or NULL */
	const char *text;   /* the words, without place and contact; "" none */
	const char *wrong;  /* looks like a phone number and is none, or NULL */
};

/* Read the text of #new.  Place, name and contact are known only in front of
 * the words and in any order: a number further on may be anybody's.  A word
 * that is none of them stays in the text. */
void told_read(const char *text, const struct estate *estate,
    struct arena *arena, struct told *ret);

#endif
