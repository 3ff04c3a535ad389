#include "reader/markers.h"

#include <ctype.h>
#include <string.h>

#include "reader/marker_words.h"

#define WIDE_COLON "\xEF\xBC\x9A"

static const char *
skip_decoration(const char *text)
{
	for (;;) {
		if (*text == '*' || *text == ' ' || *text == '\t')
			text++;
		else if ((unsigned char)text[0] == 0xC2 &&
			 (unsigned char)text[1] == 0xA0)
			text += 2;
		else
			return text;
	}
}

/* The value behind ":", or NULL. */
static const char *
behind_colon(const char *text)
{
	const char *at = skip_decoration(text);

	if (*at == ':')
		return skip_decoration(at + 1);
	if (strncmp(at, WIDE_COLON, 3) == 0)
		return skip_decoration(at + 3);
	return NULL;
}

/* The value behind the first "word:" of the list, or NULL. */
static const char *
behind_word(const char *text, struct word_list *list)
{
	struct word_hit hit = { 0 };

	while (word_list_next(list, text, &hit)) {
		const char *value = behind_colon(text + hit.len);

		if (value != NULL)
			return value;
	}
	return NULL;
}
static enum label
label_at(const char *text, const char **ret_value)
{
	for (int label = LABEL_FROM; label < LABEL_COUNT; label++) {
		const char *value = behind_word(text, &marker_labels[label]);

		if (value == NULL)
			continue;
		*ret_value = value;
		return (enum label)label;
	}
	return LABEL_NONE;
}

enum label
marker_label(const char *line, const char **ret_value)
{
	return label_at(skip_decoration(line), ret_value);
}

const char *
marker_label_in(const char *line, enum label *ret, const char **ret_value)
{
	for (; *line != '\0'; line++) {
		/* One-letter labels would be found inside of words. */
		if (((unsigned char)*line & 0xC0) == 0x80 ||
		    islower((unsigned char)*line) || *line == ' ')
			continue;
		*ret = label_at(line, ret_value);
		if (*ret != LABEL_NONE && *ret_value - line > 3)
			return line;
	}
	return NULL;
}

static const char *
skip_dashes(const char *line, size_t *ret_count)
{
	const char *at = skip_decoration(line);
	size_t count = 0;

	while (*at == '-' || *at == '_' || *at == '=') {
		count++;
		at = skip_decoration(at + 1);
	}
	*ret_count = count;
	return at;
}

/* Between dashes: where the words of the list end, or NULL. */
static const char *
dashed_word(const char *line, struct word_list *list)
{
	size_t dashes, behind;
	const char *text = skip_dashes(line, &dashes);
	struct word_hit hit = { 0 };

	while (dashes >= 2 && word_list_next(list, text, &hit)) {
		const char *end = skip_dashes(text + hit.len, &behind);

		if (behind >= 2)
			return end;
	}
	return NULL;
}

bool
marker_is_original(const char *line)
{
	return dashed_word(line, &marker_originals) != NULL;
}

const char *
marker_forward(const char *line)
{
	const char *end = dashed_word(line, &marker_forwards);
	const char *text = skip_decoration(line);
	struct word_hit hit = { 0 };

	while (end == NULL && word_list_next(&marker_forwards, text, &hit)) {
		const char *rest = behind_colon(text + hit.len);

		if (rest != NULL && *rest == '\0')
			end = rest;
	}
	return end;
}

static bool
is_year(const char *at)
{
	return (strncmp(at, "19", 2) == 0 || strncmp(at, "20", 2) == 0) &&
	       isdigit((unsigned char)at[2]) && isdigit((unsigned char)at[3]) &&
	       !isdigit((unsigned char)at[4]);
}

bool
marker_has_date(const char *line)
{
	const char *at = line;

	while (*at != '\0') {
		if (!isdigit((unsigned char)*at)) {
			at++;
			continue;
		}
		if (is_year(at))
			return true;
		at += strspn(at, "0123456789");
		if ((*at == ':' || *at == '.' || *at == '/') &&
		    isdigit((unsigned char)at[1]) &&
		    isdigit((unsigned char)at[2]))
			return true;
	}
	return false;
}

bool
marker_starts_attribution(const char *line)
{
	line = skip_decoration(line);
	return marker_has_date(line) &&
	       (word_list_at(&marker_openers, line) ||
		   strchr(line, '@') != NULL || strchr(line, '<') != NULL ||
		   isdigit((unsigned char)*line));
}

bool
marker_is_attribution(const char *line)
{
	size_t len = strlen(line);
	bool has_date;

	while (len > 0 && strchr("* \t", line[len - 1]) != NULL)
		len--;
	if (len < 6 || len > 500)
		return false;
	if (line[len - 1] != ':' &&
	    !(len > 3 && strncmp(line + len - 3, WIDE_COLON, 3) == 0))
		return false;
	has_date = marker_has_date(line);
	if (!has_date && strchr(line, '@') == NULL)
		return false;
	if (word_list_in(&marker_wrote, line))
		return true;
	/* "2016-10-24 15:36 GMT+02:00 Foo <foo@bar>:" */
	return has_date && len > 2 && line[len - 2] == '>' &&
	       strchr(line, '@') != NULL;
}

bool
marker_is_footer(const char *line)
{
	size_t words = 0;
	bool in_word = false;

	line = skip_decoration(line);
	if (!word_list_at(&marker_footers, line))
		return false;
	for (const char *at = line; *at != '\0' && *at != '<' && *at != '(';
	     at++) {
		if (*at != ' ' && !in_word)
			words++;
		in_word = *at != ' ';
	}
	/* A sentence is not a footer; nor is a long Chinese line. */
	return words <= 10 && strlen(line) < 160 &&
	       word_find(line, " is ") == NULL;
}

bool
marker_is_rule(const char *line)
{
	size_t count;
	const char *end = skip_dashes(line, &count);

	return *end == '\0' && count >= 5;
}

bool
marker_is_auto_subject(const char *subject)
{
	return word_list_in(&marker_auto_subjects, subject);
}

bool
marker_is_forward_subject(const char *subject)
{
	struct word_hit hit = { .len = 1 };

	while (hit.len > 0) {
		hit = (struct word_hit){ 0 };
		subject = skip_decoration(subject);
		(void)word_list_next(&marker_reply_subjects, subject, &hit);
		subject += hit.len;
	}
	return word_list_at(&marker_forward_subjects, subject);
}
