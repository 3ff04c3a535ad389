/*
 * row - structs and rows: one table of columns says how a struct is bound
 * and read.
 */
#ifndef STORE_ROW_H
#define STORE_ROW_H

#include <stddef.h>

#include "lib/cleanup.h"
#include "store/db.h"

enum column_type {
	COLUMN_TEXT,  /* const char *; NULL is NULL */
	COLUMN_NUM,   /* int64_t */
	COLUMN_MAYBE, /* int64_t; 0 is NULL */
	COLUMN_INT,   /* int */
	COLUMN_SCORE, /* int; 0 is NULL */
	COLUMN_FLAG,  /* bool */
	COLUMN_WORD,  /* an enum, stored as its code */
};

/* An enum's codes; NULL for a value that has none. */
struct words {
	const char *(*code)(int value);
	int count;
};

struct column {
	const char *name;
	size_t offset;
	enum column_type type;
	const struct words *words;
};

#define COLUMN(object, column_name, member, column_type)                       \
	{ #column_name, offsetof(struct object, member), column_type, NULL }
#define COLUMN_OF(object, column_name, member, list)                           \
	{ #column_name, offsetof(struct object, member), COLUMN_WORD, &(list) }

extern const struct words words_channel;
extern const struct words words_kind;
extern const struct words words_severity;
extern const struct words words_role;
extern const struct words words_language;
extern const struct words words_case_state;
extern const struct words words_out_state;
extern const struct words words_reply_kind;
extern const struct words words_timer_kind;
extern const struct words words_visit;
extern const struct words words_word_kind;
extern const struct words words_inbox_state;

/* NULL and unknown codes: -1. */
int words_find(const struct words *words, const char *code);

void row_bind(struct query *query, const struct column *columns, size_t count,
    const void *object);
/* Columns `first' and following into the object; text goes to the arena.
 * A code that is not known is ERR_BUG. */
int row_read(const struct query *query, int first, const struct column *columns,
    size_t count, struct arena *arena, void *object, struct err *err)
    must_check;

/* How the rows of a query become an array of objects. */
struct row_form {
	const struct column *columns;
	size_t count;
	size_t size; /* of an object */
};

#define ROW_FORM(object, columns)  \
	(&(const struct row_form){ \
	    columns, ARRAY_COUNT(columns), sizeof(struct object) })

/* The rows that are left, at most `max', into the array `ret': the count, or
 * -1. */
int row_list(struct query *query, const struct row_form *form,
    struct arena *arena, void *ret, int max, struct err *err) must_check;

#endif
