/*
 * owners - the directory of flats and the people in them.
 */
#ifndef STORE_OWNERS_H
#define STORE_OWNERS_H

#include <stddef.h>
#include <stdint.h>

#include "core/directory.h"
#include "lib/cleanup.h"
#include "lib/units.h"

struct arena;
struct err;
struct store;

/* 1, 0 none, -1.  `address' is a mail address in lower case or E.164. */
int owner_by_address(struct store *store, const char *estate,
    const char *address, struct arena *arena, struct owner *ret,
    struct err *err) must_check;
int owner_load(struct store *store, int64_t id, struct arena *arena,
    struct owner *ret, struct err *err) must_check;

/* Import: make the estate's register equal to the list.  People who are in it
 * keep their row, their opt-outs and their history; who is missing is marked
 * as gone, not deleted.  Counts what changed. */
struct owners_change {
	int added, changed, gone, same;
};
int owners_replace(struct store *store, const char *estate,
    const struct owner *list, size_t count, msec_t now,
    struct owners_change *ret, struct err *err) must_check;

/* An unconfirmed contact (rules.md 5.39); its new id. */
int owner_add_contact(struct store *store, const struct owner *owner,
    msec_t now, int64_t *ret_id, struct err *err) must_check;

/* Staff have made sure of them. */
int owner_confirm(struct store *store, int64_t id, struct err *err) must_check;

/* Opt-out belongs to the number, known or not (R53).  `inbox' is the message
 * that said so, or 0. */
int opt_set(struct store *store, const struct opt_out *opt, int64_t inbox,
    msec_t now, struct err *err) must_check;
bool opt_is_out(struct store *store, const char *phone);
struct opt_out_view {
	const char *address;
	const char *account; /* or NULL */
	msec_t since;
	int64_t inbox, refused; /* what said so; 0: not that */
};
/* Who wants no texts, by number, or that number alone: the count, or -1. */
int opt_list(struct store *store, const char *number, struct arena *arena,
    struct opt_out_view *ret, int max, struct err *err) must_check;
/* Whether its owner wants no texts, and said so after `since': 1, 0, -1. */
int opt_out_after(struct store *store, const char *phone, msec_t since,
    struct err *err) must_check;

/* Reading personal data leaves a record (R43). */
int access_note(struct store *store, const char *who, const char *what,
    msec_t now, struct err *err) must_check;

#endif
