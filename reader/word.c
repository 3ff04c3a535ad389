#include "reader/word.h"

#include <stdlib.h>

/* The capital's small letter in the scripts that the tables use. */
static unsigned
lower_letter(unsigned value)
{
	if ((value >= 0xC0 && value <= 0xDE && value != 0xD7) ||
	    (value >= 0x391 && value <= 0x3A9) ||
	    (value >= 0x410 && value <= 0x42F))
		return value + 0x20;
	if (value >= 0x400 && value <= 0x40F)
		return value + 0x50;
	/* Latin Extended-A: capitals are even in these ranges, else odd. */
	if ((value >= 0x100 && value <= 0x137) ||
	    (value >= 0x14A && value <= 0x177))
		return value | 1;
	if ((value >= 0x139 && value <= 0x148) ||
	    (value >= 0x179 && value <= 0x17E))
		return value + value % 2;
	return value;
}

/* The next character, a capital as its small letter.  Scripts of three bytes
 * have no capitals: their bytes stand for the character. */
static unsigned
lower_next(const char **at)
{
	const unsigned char *c = (const unsigned char *)*at;

	if (c[0] < 0x80 || c[1] == '\0') {
		*at += 1;
		return c[0] >= 'A' && c[0] <= 'Z' ? c[0] | 0x20U : c[0];
	}
	if (c[0] == 0xC2 && c[1] == 0xA0) { /* no-break space */
		*at += 2;
		return ' ';
	}
	if (c[0] >= 0xE0 && c[2] != '\0') {
		*at += 3;
		return (unsigned)c[0] << 16 | (unsigned)c[1] << 8 | c[2];
	}
	if (c[0] < 0xC3 || c[0] > 0xD3) {
		*at += 1;
		return c[0];
	}
	*at += 2;
	return lower_letter((unsigned)(c[0] & 0x1F) << 6 | (c[1] & 0x3F));
}

static unsigned
bucket_of(const char *text)
{
	unsigned value = lower_next(&text);

	return (value ^ value >> 7) % WORD_BUCKETS;
}

/* bucket_of(), without a call for what most texts consist of. */
static unsigned
bucket_at(const char *text)
{
	const unsigned char *c = (const unsigned char *)text;
	unsigned value;

	if (c[0] < 0x80)
		value = c[0] >= 'A' && c[0] <= 'Z' ? c[0] | 0x20U : c[0];
	else if (c[0] >= 0xE0 && c[1] != '\0' && c[2] != '\0')
		value = (unsigned)c[0] << 16 | (unsigned)c[1] << 8 | c[2];
	else
		return bucket_of(text);
	return (value ^ value >> 7) % WORD_BUCKETS;
}

static void
make_index(struct word_list *list)
{
	if (list->count > WORD_LIST_MAX)
		abort();
	/* From the end, so that each bucket keeps the list's order. */
	for (size_t i = list->count; i-- > 0;) {
		uint8_t *first = &list->first[bucket_of(list->words[i])];

		list->next[i] = *first;
		*first = (uint8_t)(i + 1);
	}
	list->is_indexed = true;
}

size_t
word_at(const char *text, const char *word)
{
	const char *at = text;

	while (*word != '\0') {
		if (*at == '\0' || lower_next(&at) != lower_next(&word))
			return 0;
	}
	return (size_t)(at - text);
}

const char *
word_find(const char *text, const char *word)
{
	for (; *text != '\0'; text++)
		if (((unsigned char)*text & 0xC0) != 0x80 &&
		    word_at(text, word) > 0)
			return text;
	return NULL;
}

bool
word_list_next(struct word_list *list, const char *text, struct word_hit *hit)
{
	if (!list->is_indexed)
		make_index(list);
	if (!hit->has_begun)
		hit->next = list->first[bucket_at(text)];
	hit->has_begun = true;
	while (hit->next > 0) {
		size_t at = hit->next - 1U;

		hit->next = list->next[at];
		hit->len = word_at(text, list->words[at]);
		if (hit->len > 0)
			return true;
	}
	return false;
}

bool
word_list_at(struct word_list *list, const char *text)
{
	struct word_hit hit = { 0 };

	return word_list_next(list, text, &hit);
}

const char *
word_list_find(struct word_list *list, const char *text)
{
	if (!list->is_indexed)
		make_index(list);
	for (; *text != '\0'; text++)
		if (((unsigned char)*text & 0xC0) != 0x80 &&
		    list->first[bucket_at(text)] != 0 &&
		    word_list_at(list, text))
			return text;
	return NULL;
}

bool
word_list_in(struct word_list *list, const char *text)
{
	return word_list_find(list, text) != NULL;
}

size_t
word_list_count(struct word_list *list, const char *text)
{
	size_t count = 0;

	while ((text = word_list_find(list, text)) != NULL) {
		count++;
		text++;
	}
	return count;
}
