/*
 * classify - what a message is about (rules.md 2.1, 2.2, 4.4, 5.1-5.10).
 *
 * Pure: the words are data (conf/words/), the rest is arguments.
 */
#ifndef CORE_CLASSIFY_H
#define CORE_CLASSIFY_H

#include "core/commands.h"
#include "core/place.h"
#include "core/vocabulary.h"
#include "lib/units.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct classifier;
struct classify_why;
struct config;
struct err;
struct estate;

/* The word lists as loaded: learn the text of each data file, check what holds
 * only of all of them, then seal.  Mistakes are told as "place:line: ...". */
struct classifier *classifier_new(void);
int classifier_learn(struct classifier *classifier, const char *place,
    const char *text, void (*complain)(const char *mistake, void *arg),
    void *arg) must_check;
int classifier_check(const struct classifier *classifier,
    void (*complain)(const char *mistake, void *arg), void *arg) must_check;
int classifier_seal(struct classifier *classifier, struct err *err) must_check;
void classifier_free(struct classifier **classifier);

enum from_role {
	FROM_UNKNOWN,
	FROM_OWNER, /* also tenants */
	FROM_STAFF,
};

struct classify_context {
	msec_t now;
	const struct config *conf;
	const struct estate *estate;
	const struct place *home; /* the sender's flat, or NULL */
	const char *number; /* of who texts, E.164; or NULL */
	bool pending_rating;
	bool open_question;
	bool recent_text;
	bool is_reply;            /* references, token or "Re: [T...]" */
	struct classify_why *why; /* filled for people, or NULL */
};

struct classify_in {
	enum channel channel;
	enum from_role from;
	const char *subject; /* or NULL */
	const char *own;     /* own text */
	const char
	    *forwarded; /* forwarded content counts as content, or NULL */
	bool is_auto;
	bool is_bounce;
	bool spam_hint;
};

struct understanding {
	enum kind kind;
	const char *category; /* NULL when the kind has none */
	enum severity severity;
	struct place place;
	bool agitated;
	bool hostile;	      /* abuse (R45) */
	bool asks_owner_data; /* and nothing else (R44) */
	bool is_reply;
	const char *case_no; /* T261123-0007, or NULL */
	int score;           /* of a rating */
	enum language language;
	const char *emergency;    /* gas_leak, fire, ...; NULL */
	struct commands commands; /* of staff */
};

int classify(const struct classify_context *ctx, const struct classify_in *in,
    struct arena *arena, struct understanding *ret, struct err *err) must_check;

/* The text brings no matter of its own, and no word with a fixed meaning: said
 * by somebody whose matter, of that category (or NULL), is open it adds to
 * that. */
bool classify_is_addition(const struct classifier *classifier, const char *text,
    const char *category, struct arena *arena);

/* The text is 撤回 and no more: which case is meant stands nowhere. */
bool classify_withdraws(const struct classifier *classifier, const char *own,
    struct arena *arena);

/* A case number in a subject or text, in canonical form, or NULL
 * (rules.md 5.6). */
const char *case_number_find(const char *text, struct arena *arena);
/* The same at the start of a text, blanks and opening marks before it apart;
 * *rest is what follows, without the mark that joins it. */
const char *case_number_lead(
    const char *text, struct arena *arena, const char **rest);
/* The first stand-alone run of four or five digits ("take 0007"), or 0. */
int case_serial_find(const char *text);

/* How owners name a case behind a word with a fixed meaning (rules.md 4.4):
 * "0001", "T2611230001", or its number in full. */
struct case_call {
	const char *number; /* in canonical form, or NULL */
	int serial;	    /* without it: its end */
};

/* The text with line ends in the place of what may name a case. */
char *case_number_cut(const char *text, struct arena *arena);
/* The first of it in the text; or a short one at its start ("编号", "case no"
 * and opening marks before it apart), with nothing joined to it. */
bool case_call_find(
    const char *text, struct arena *arena, struct case_call *ret);
bool case_call_lead(
    const char *text, struct arena *arena, struct case_call *ret);
/* The case that an owner names in a question how it goes, or behind 撤回 or
 * 补充, when the number there is not given in full. */
bool classify_calls_case(const struct classifier *classifier,
    const char *subject, const char *own, struct arena *arena,
    struct case_call *ret);

#endif
