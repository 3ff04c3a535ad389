#include "cli/words.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

void
words_clean(char *text, const char *kept)
{
	for (unsigned char *p = (unsigned char *)text; *p != '\0'; p++) {
		if ((*p < ' ' || *p == 0x7f) && strchr(kept, *p) == NULL)
			*p = '?';
		/* C1 controls, U+0080 to U+009F; some terminals obey them. */
		else if (*p == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0)
			p[0] = p[1] = '?';
	}
}

static char *
clean_copy(const char *text, const char *kept)
{
	char *copy = strdup(text);

	if (copy == NULL)
		abort();
	words_clean(copy, kept);
	return copy;
}

void
words_print(const char *text, FILE *out)
{
	char *clean = clean_copy(text, "");

	(void)fputs(clean, out);
	free(clean);
}

void
words_print_lines(const char *text, const char *indent, FILE *out)
{
	char *clean = clean_copy(text, "\n");
	bool at_start = true;

	for (const char *p = clean; *p != '\0'; p++) {
		if (at_start)
			(void)fputs(indent, out);
		at_start = *p == '\n';
		(void)putc(*p, out);
	}
	if (!at_start)
		(void)putc('\n', out);
	free(clean);
}
