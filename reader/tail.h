/*
 * tail - what stands below a writer's words and is not part of them: a
 * signature, the footer of a mobile program, a disclaimer.
 */
#ifndef READER_TAIL_H
#define READER_TAIL_H

#include <stddef.h>

#include "reader/lines.h"

/* Gives such lines at the end of [from, to) their fate.  Quoted lines there
 * go too, unless nothing else would be left. `writer' is the mail's sender, or
 * NULL: Foxmail puts that address above what it quotes. */
void tail_cut(struct lines *lines, size_t from, size_t to, const char *writer);

#endif
