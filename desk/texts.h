/*
 * texts - load the templates folder.
 */
#ifndef DESK_TEXTS_H
#define DESK_TEXTS_H

struct arena;
struct classifier;
struct err;
struct texts;

/* All templates below the folder `path'; every mistake is told to `complain' as
 * "path:line: ...", and so is what `words' (or NULL) find unfit for owners.  NULL with
 * ERR_CONF when there was one. */
struct texts *desk_texts_load(const char *path, const struct classifier *words,
    void (*complain)(const char *mistake, void *arg), void *arg,
    struct err *err);

#endif
