/*
 * answer - what the files that answer questions share; nobody else
 * includes it.
 *
 * An answer function fills question->answer: 0 also when it refuses (the answer
 * then has "error"), -1 when the store failed.
 */
#ifndef DESK_ANSWER_H
#define DESK_ANSWER_H

#include "core/case.h"
#include "core/config.h"
#include "lib/arena.h"
#include "lib/json.h"
#include "store/store.h"

struct err;

struct question {
	struct store *store;
	const struct config *conf;
	const json_t *request;
	msec_t now;
	struct arena *arena;
	json_t *answer;
};

/* query.c */
int answer_refuse(struct question *question, const char *fmt, ...)
    print_fmt(2, 3);
/* "limit" of the request, with a default and a ceiling. */
int answer_limit(const struct question *question);
/* An instant as the estate's clock shows it; 0 puts nothing.  An estate that
 * is not known is the first one. */
void answer_put_time(struct question *question, json_t *row, const char *key,
    msec_t at, const char *estate_id);

/* answer_case.c: one case, or a list of them. */
int answer_list(struct question *question, struct err *err) must_check;
int answer_show(struct question *question, struct err *err) must_check;
/* The case that the request names: 1, 0 and refused, -1. */
int answer_find_case(struct question *question, struct case_file *ret,
    struct err *err) must_check;
/* What it is, its people, its story, its messages. */
int answer_put_case(struct question *question, const struct case_file *file,
    bool unmasked, struct err *err) must_check;

/* answer_outbox.c */
int answer_outbox(struct question *question, struct err *err) must_check;
/* Put the outgoing messages of one case, or of all (0), as "outbox". */
int answer_put_outbox(struct question *question, bool all, case_id id,
    struct err *err) must_check;

/* answer_texts.c: caps on texts, and who wants none. */
int answer_texts(struct question *question, struct err *err) must_check;

/* answer_quarantine.c: what came in and became no case. */
int answer_quarantine(struct question *question, struct err *err) must_check;
/* A slice of a message's raw bytes, or a refusal. */
int answer_put_raw(struct question *question, int64_t id, struct err *err)
    must_check;

/* answer_archive.c: a case that has ended, whole (R48). */
int answer_archive(struct question *question, struct err *err) must_check;

/* answer_verify.c: one slice of "does the record still hold". */
int answer_verify(struct question *question, struct err *err) must_check;

#endif
