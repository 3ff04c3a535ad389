/*
 * text_list - the names of all texts, for core/texts.c and for who checks
 * what others call them.
 */
#ifndef CORE_TEXT_LIST_H
#define CORE_TEXT_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* What a text may use, in the words of text_data_offers(); NULL: there is no
 * such text on that channel. */
struct text_row {
	const char *name;
	const char *mail;
	const char *sms;
};

extern const struct text_row text_rows[];
extern const size_t text_row_count;

/* Those stand in front. */
bool text_is_for_owner(const char *name);

/* Whether there is such a text by SMS. */
bool text_is_sms(const char *name);
/* Whether that is always about a case. */
bool text_is_about_case(const char *name);
/* Whether a gateway's template for "*" may stand for it: what tells an owner
 * how their case goes.  Not what asks them something, nor of danger: other words
 * do not say that. */
bool text_is_news(const char *name);
/* All of those: "ack, ack_soothe, ..." */
const char *text_sms_names(struct arena *arena);

enum { TEXT_PART_COUNT = 5 };

/* Partials, for mail only. */
extern const char *const text_parts[TEXT_PART_COUNT];

#endif
