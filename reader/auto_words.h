/*
 * auto_words - how machines that answer mail put it, as data.
 */
#ifndef READER_AUTO_WORDS_H
#define READER_AUTO_WORDS_H

#include "reader/word.h"

/* A subject that starts so, with a colon or nothing behind it, is theirs. */
extern struct word_list auto_prefixes;
/* Words that only a machine uses of itself. */
extern struct word_list auto_statements;
/* "I am out of the office"; a person may write that. */
extern struct word_list auto_absences;
/* What goes with it in a machine's text and seldom in a person's. */
extern struct word_list auto_manners;
/* What people ask of us: no machine that tells of an absence names it, but
 * where it repeats our subject. */
extern struct word_list auto_matters;
/* The subjects of reports that somebody called our mail spam. */
extern struct word_list auto_complaints;
/* "Read: ", and what the text of such a receipt says. */
extern struct word_list auto_receipts;
extern struct word_list auto_receipt_texts;
/* "Accepted: " */
extern struct word_list auto_invitations;

#endif
