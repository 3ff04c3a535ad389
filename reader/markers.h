/*
 * markers - the words by which mail programs set off what is not the writer's
 * own (rules.md 3.4), as data.
 *
 * All look-ups take one line without quote prefix and white space at its ends.
 */
#ifndef READER_MARKERS_H
#define READER_MARKERS_H

#include <stdbool.h>
#include <stddef.h>

enum label {
	LABEL_NONE,
	LABEL_FROM,
	LABEL_TO,
	LABEL_CC,
	LABEL_DATE,
	LABEL_SUBJECT,
	LABEL_REPLY_TO,
	LABEL_COUNT
};

/* Behind white space and the "*" of bold text. */
const char *marker_skip_decoration(const char *text);

/* "From: x", "发件人：x", "*Von:* x": which label the line starts with, and
 * where its value starts. */
enum label marker_label(const char *line, const char **ret_value);

/* The first label anywhere in a line that a mail program has flattened:
 * "From: aTo: bSubject: c".  Returns where it starts, or NULL. */
const char *marker_label_in(
    const char *line, enum label *ret, const char **ret_value);

/* "-----Original Message-----": what follows is quoted. */
bool marker_is_original(const char *line);
/* The same without dashes, as some programs put it above a header block. */
bool marker_is_bare_original(const char *line);

/* "---------- Forwarded message ---------": what follows is content.  Where
 * the words behind the marker start, or NULL. */
const char *marker_forward(const char *line);

/* "On ... wrote:", joined into one line.  Likely: a person may write that, too,
 * so that only a quote below makes it one. */
enum attribution {
	ATTRIBUTION_NONE,
	ATTRIBUTION_LIKELY,
	ATTRIBUTION_SURE,
};
enum attribution marker_attribution(const char *line);
/* The line can be the first of an attribution that goes on below it. */
bool marker_starts_attribution(const char *line);
/* GroupWise: ">>> Ann <a@b> 11/20/2026 10:05 AM >>>", with its ">". */
bool marker_is_groupwise(const char *text);
/* Notes: "Ann ---11/20/2026 10:05:00 AM---first words of the text". */
bool marker_is_notes(const char *line);
/* "On Fri, Nov 20": an opener and soon a digit, or a digit at once. */
bool marker_opens_with_date(const char *line);
/* It can be the last one: it ends in a colon. */
bool marker_ends_attribution(const char *line, size_t len);
/* It holds a year or a time of day. */
bool marker_has_date(const char *line);

/* "Sent from my iPhone" and its relatives. */
bool marker_is_footer(const char *line);

/* "Best regards," */
bool marker_is_sign_off(const char *line);

/* The first line of a disclaimer, and how many words the line has of those
 * that such texts hold. */
bool marker_is_disclaimer(const char *line);
size_t marker_count_secrets(const char *line);

/* "________": nothing but five or more of one of -_=. */
bool marker_is_rule(const char *line);

/* Behind any pile of "Re:", "RE[2]:", "回复：", "AW:". */
const char *marker_skip_reply_subjects(const char *subject);
/* "Fw:", "转发：": after any "Re:" in front of it. */
bool marker_is_forward_subject(const char *subject);

#endif
