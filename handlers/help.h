/*
 * help - what a staff member may write after `#', as a mail to them (#help).
 */
#ifndef HANDLERS_HELP_H
#define HANDLERS_HELP_H

#include "core/commands.h"
#include "core/language.h"
#include "core/outgoing.h"
#include "handlers/work.h"

/* What the command does, in a few words; NULL: it is not available. */
const char *help_meaning(enum command_kind kind, enum language language);
/* For whoever keeps a catalogue. */
void help_words(language_visit *visit, void *arg);
/* The least level that may use it; department staff are 1. */
int help_level(enum command_kind kind);

/* The commands of `staff' and of nobody else. */
void help_tell(
    struct work *work, const struct staff *staff, enum reply_kind reply);

#endif
