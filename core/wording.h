/*
 * wording - the civil-wording lint (R4, R7, R8, R11, rules.md 2.9).
 *
 * Lists are data (conf/words/wording.conf), loaded with the classifier.
 */
#ifndef CORE_WORDING_H
#define CORE_WORDING_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct classifier;
struct private_known;

struct wording_hit {
	const char *rule; /* promise, shirk, judgement, contradict, rude, ... */
	const char *words; /* as they stand in the text */
	bool blocks;	   /* else a warning */
};

/* Staff text on its way to an owner.  `has_findings' unlocks judgement; what
 * the owner may read of people is in `known' (core/private_data.h), NULL for a
 * text to everybody. */
size_t wording_check(const struct classifier *words, const char *text,
    bool has_findings, const struct private_known *known, struct arena *arena,
    struct wording_hit *ret, size_t max);
/* The text claims that prohibited behaviour was stopped or reported (R47). */
bool wording_claims_steps(
    const struct classifier *words, const char *text, struct arena *arena);
/* R15: shorter than 6 characters, or "ok", "done", "已处理". */
bool wording_is_no_outcome(const char *text);
/* R13: a note of a call that reached nobody ("未接通", "no answer") is no
 * proof that the owner has heard. */
bool wording_is_not_reached(const char *text);

#endif
