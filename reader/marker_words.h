/*
 * marker_words - the words of markers.h, as data.
 */
#ifndef READER_MARKER_WORDS_H
#define READER_MARKER_WORDS_H

#include "reader/markers.h"
#include "reader/word.h"

extern struct word_list marker_labels[LABEL_COUNT];
extern struct word_list marker_originals;
/* Either between dashes or as a line of their own with a colon. */
extern struct word_list marker_forwards;
/* "wrote", at an attribution's end. */
extern struct word_list marker_wrote;
/* An attribution's first word. */
extern struct word_list marker_openers;
/* With which a footer of a mobile program starts. */
extern struct word_list marker_footers;
extern struct word_list marker_auto_subjects;
/* "re:", "fw:" */
extern struct word_list marker_reply_subjects;
extern struct word_list marker_forward_subjects;

#endif
