#include "reader/markers.h"

#include <ctype.h>
#include <string.h>

#include "lib/cleanup.h"
#include "lib/text.h"
#include "reader/marker_words.h"

const char *
marker_skip_decoration(const char *text)
{
	for (;;) {
		if (*text == '*' || *text == ' ' || *text == '\t')
			text++;
		else if ((unsigned char)text[0] == 0xC2 &&
			 (unsigned char)text[1] == 0xA0)
			text += 2;
		else if (strncmp(text, "&nbsp;", 6) == 0) /* QQ Mail */
			text += 6;
		else
			return text;
	}
}

/* The value behind ":", or NULL. */
static const char *
behind_colon(const char *text)
{
	const char *at = marker_skip_decoration(text);

	if (*at == ':' || *at == '|')
		return marker_skip_decoration(at + 1);
	if (strncmp(at, WIDE_COLON, 3) == 0)
		return marker_skip_decoration(at + 3);
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
	line = marker_skip_decoration(line);
	if (*line == '|') /* a row of a table: "| From | Ann |" */
		line = marker_skip_decoration(line + 1);
	return label_at(line, ret_value);
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
	const char *at = marker_skip_decoration(line);
	size_t count = 0;

	for (;;) {
		size_t len = *at == '-' || *at == '_' || *at == '=' ? 1 : 0;

		if (strncmp(at, "—", 3) == 0 || strncmp(at, "－", 3) == 0)
			len = 3;
		if (len == 0)
			break;
		count++;
		at = marker_skip_decoration(at + len);
	}
	*ret_count = count;
	return at;
}

/* Words of the list and dashes behind them: where these end, or NULL. */
static const char *
dashed_again(const char *text, struct word_list *list)
{
	struct word_hit hit = { 0 };
	size_t behind;

	while (word_list_next(list, text, &hit)) {
		const char *end = skip_dashes(text + hit.len, &behind);

		if (behind >= 2)
			return end;
	}
	return NULL;
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
		const char *again = behind < 2 ? NULL : dashed_again(end, list);

		/* Thunderbird repeats some in English. */
		if (behind >= 2)
			return again != NULL ? again : end;
	}
	return NULL;
}

bool
marker_is_original(const char *line)
{
	return dashed_word(line, &marker_originals) != NULL ||
	       ((*line == '#' || *line == '-') && strlen(line) < 100 &&
		   word_find(line, "reply above this line") != NULL);
}

bool
marker_is_bare_original(const char *line)
{
	struct word_hit hit = { 0 };

	line = marker_skip_decoration(line);
	while (word_list_next(&marker_originals, line, &hit))
		if (*marker_skip_decoration(line + hit.len) == '\0')
			return true;
	return false;
}

const char *
marker_forward(const char *line)
{
	const char *end = dashed_word(line, &marker_forwards);
	const char *text = marker_skip_decoration(line);
	struct word_hit hit = { 0 };

	while (end == NULL && word_list_next(&marker_forwards, text, &hit)) {
		const char *rest = behind_colon(text + hit.len);

		if (rest != NULL && *rest == '\0')
			end = rest;
	}
	return end;
}

bool
marker_is_sign_off(const char *line)
{
	struct word_hit hit = { 0 };

	line = marker_skip_decoration(line);
	while (word_list_next(&marker_sign_offs, line, &hit)) {
		const char *rest = line + hit.len;

		if (rest[strspn(rest, ",.!;: ")] == '\0')
			return true;
	}
	return false;
}

bool
marker_is_disclaimer(const char *line)
{
	return word_list_at(&marker_disclaimers, marker_skip_decoration(line));
}

size_t
marker_count_secrets(const char *line)
{
	return word_list_count(&marker_secrets, line);
}

bool
marker_is_rule(const char *line)
{
	size_t count;
	const char *end = skip_dashes(line, &count);

	return *end == '\0' && count >= 5;
}

/* "Re:", "RE[2]:", "回复：", "答复(2)：": its length, or 0. */
static size_t
reply_prefix(const char *subject)
{
	struct word_hit hit = { 0 };

	while (word_list_next(&marker_reply_subjects, subject, &hit)) {
		const char *at = subject + hit.len;
		const char *rest;

		if (*at == '[' || *at == '(' || *at == '^') {
			at += 1 + strspn(at + 1, "0123456789");
			at += *at == ']' || *at == ')';
		}
		rest = behind_colon(at);
		if (rest != NULL)
			return (size_t)(rest - subject);
	}
	return 0;
}

const char *
marker_skip_reply_subjects(const char *subject)
{
	size_t len;

	do {
		subject = marker_skip_decoration(subject);
		len = reply_prefix(subject);
		subject += len;
	} while (len > 0);
	return subject;
}

bool
marker_is_forward_subject(const char *subject)
{
	const char *text = marker_skip_reply_subjects(subject);
	struct word_hit hit = { 0 };

	while (word_list_next(&marker_forward_subjects, text, &hit))
		if (behind_colon(text + hit.len) != NULL)
			return true;
	return false;
}
