/*
 * shipped_texts - the texts of templates/ without a configuration around them,
 * some of their files replaced if a test wants so.
 */
#ifndef TESTS_SUPPORT_SHIPPED_TEXTS_H
#define TESTS_SUPPORT_SHIPPED_TEXTS_H

#include "core/text_data.h"
#include "core/texts.h"
#include "lib/arena.h"
#include "lib/buf.h"

extern struct texts *shipped;
extern struct arena shipped_arena;   /* what is read is kept there */
extern struct buf shipped_mistakes; /* told by shipped_note(), one a line */

/* For a group of tests: all as they are shipped. */
int shipped_open(void **state);
int shipped_close(void **state);

/* Must succeed; in the arena. */
struct text_rendered shipped_render(
    const char *name, const struct text_facts *facts);
/* The facts of the demo estate, for who reads that text. */
struct text_facts shipped_facts(
    const char *name, enum channel channel, enum language language);
/* Staff texts are those behind "new_case" in the table, up to the admin's. */
bool shipped_is_for_staff(const char *name);

struct shipped_files {
	const char *path[4];
	const char *instead[4]; /* NULL: the file is missing */
};

/* For texts_load(); `arg' is a struct shipped_files, or NULL. */
const char *shipped_read(const char *path, void *arg);
void shipped_note(const char *mistake, void *arg);

#endif
