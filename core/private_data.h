/*
 * private_data - what belongs to others, in a text to an owner (R41, R44,
 * rules.md 2.9): numbers, mail addresses, names and flats.
 */
#ifndef CORE_PRIVATE_DATA_H
#define CORE_PRIVATE_DATA_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct case_file;
struct config;
struct estate;

/* For whom it is: what is theirs, the estate's or its staff's they may read. */
struct private_known {
	const struct config *conf;
	const struct estate *estate;
	const struct case_file *file;
};

struct private_find {
	const char *words; /* in the arena */
	bool blocks;       /* else only to be told: a colleague's own number */
};

/* `text' is NFKC, case folded.  `known' NULL: a text for everybody.  At most
 * `max'; how many were found. */
size_t private_data_find(const char *text, const struct private_known *known,
    struct arena *arena, struct private_find *ret, size_t max);

#endif
