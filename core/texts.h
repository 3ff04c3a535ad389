/*
 * texts - every message that the desk sends, by name, language and channel.
 *
 * Loaded at start from templates/<language>/<name>.{mail,sms}; a .mail file
 * starts with "Subject: ..." and an empty line, and its lines have forms
 * (core/letter.h), from which templates/mail.html makes the HTML of all of
 * them.  Files named part_* are partials.  The list of names and what each may
 * use is a table in text_list.c; an unknown variable or partial, a missing
 * file, or a subject about a case that does not start with its number is an
 * error with file:line.
 */
#ifndef CORE_TEXTS_H
#define CORE_TEXTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/vocabulary.h"
#include "lib/cleanup.h"

struct arena;
struct classifier;
struct err;
struct letter_reply;
struct outgoing;
struct text_facts;
struct texts;

struct text_rendered {
	const char *subject; /* mail only; one line, no control characters */
	const char *text;
	const char *layout; /* mail only: the form of each line of its text */
};

/* A file's contents, handed in because the core does no I/O: NULL when there
 * is no such file.  `path' is relative to the templates folder. */
typedef const char *texts_read(const char *path, void *arg);
/* Told each mistake: "templates/en/ack.sms:1: ...; allowed: ...". */
typedef void texts_complain(const char *mistake, void *arg);

/* All templates of all languages; every mistake is told.  NULL when there was
 * one. */
struct texts *texts_load(texts_read *read, texts_complain *complain, void *arg);
void texts_free(struct texts **texts);

/* Are the texts to owners fit for them (R4, R7, R8, R11, rules.md 5.26)?  Each
 * phrase that staff could not send either is told with its file and line; how
 * many. */
size_t texts_lint(texts_read *read, const struct classifier *words,
    texts_complain *complain, void *arg);

/* Is a file of that path ("en/ack.sms") read?  So that whoever reads the
 * folder can name the files that nobody will ever send. */
bool texts_is_known(const char *path);

/* Is there a text of that name on that channel? */
bool texts_has(const struct texts *texts, const char *name,
    enum channel channel);
/* Render into the arena, in the language and for the channel of the facts.  -1
 * with ERR_BUG for an unknown name, ERR_DATA when over LIMIT_RENDERED_BYTES. */
int texts_render(const struct texts *texts, const char *name,
    const struct text_facts *facts, struct arena *arena,
    struct text_rendered *ret, struct err *err) must_check;

/* A mail that texts_render() made becomes what is sent: `mail' gets its plain
 * text and HTML, in the arena, with what can be done with one touch by a mail
 * to an address that holds the reader's reply token; replies[0] is the mail's
 * own, those behind it are of a bundle's notices (letter_address()).  -1 with
 * ERR_DATA when over LIMIT_HTML_BYTES. */
int texts_finish(const struct texts *texts, const struct letter_reply *replies,
    size_t count, struct outgoing *mail, struct arena *arena, struct err *err)
    must_check;

#endif
