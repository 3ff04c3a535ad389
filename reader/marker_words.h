/*
 * marker_words - the words of markers.h, as data.
 */
#ifndef READER_MARKER_WORDS_H
#define READER_MARKER_WORDS_H

#include "reader/markers.h"
#include "reader/word.h"

#define WIDE_COLON "\xEF\xBC\x9A"

extern struct word_list marker_labels[LABEL_COUNT];
extern struct word_list marker_originals;
/* Either between dashes or as a line of their own with a colon. */
extern struct word_list marker_forwards;
/* "wrote", at an attribution's end. */
extern struct word_list marker_wrote;
/* An attribution's first word. */
extern struct word_list marker_openers;
/* "you wrote": words of a person who cites. */
extern struct word_list marker_speakers;
/* "I wrote": no program introduces a quote so. */
extern struct word_list marker_own_speakers;
/* A date between name and "wrote". */
extern struct word_list marker_dated;
/* With which a footer of a mobile program starts. */
extern struct word_list marker_footers;
/* The same in English, where a person may start so, too. */
extern struct word_list marker_sent_from;
/* The same in Chinese; one of the devices must follow. */
extern struct word_list marker_footers_zh;
extern struct word_list marker_devices;
/* Lines that are nothing else, however long. */
extern struct word_list marker_footer_lines;
/* "Best regards" */
extern struct word_list marker_sign_offs;
/* With which a disclaimer starts, and what one speaks of. */
extern struct word_list marker_disclaimers;
extern struct word_list marker_secrets;
/* "re", "fw": a colon follows */
extern struct word_list marker_reply_subjects;
extern struct word_list marker_forward_subjects;

#endif
