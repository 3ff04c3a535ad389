#include "core/sms_fold.h"

#include <stdint.h>
#include <string.h>

#include "core/sms_text.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"

/* Unicode's names: the first and last of a row of characters. */
static const struct fold {
	uint32_t first, last;
	const char *plain;
} folds[] = {
	{ 0x0009, 0x0009, " " },   /* tab */
	{ 0x0060, 0x0060, "'" },   /* grave accent */
	{ 0x00a0, 0x00a0, " " },   /* no-break space */
	{ 0x00ab, 0x00ab, "\"" },  /* left-pointing double angle quote */
	{ 0x00ad, 0x00ad, "" },    /* soft hyphen */
	{ 0x00b4, 0x00b4, "'" },   /* acute accent */
	{ 0x00bb, 0x00bb, "\"" },  /* right-pointing double angle quote */
	{ 0x00bc, 0x00bc, "1/4" },
	{ 0x00bd, 0x00bd, "1/2" },
	{ 0x00be, 0x00be, "3/4" },
	{ 0x02b9, 0x02b9, "'" },   /* modifier letter prime */
	{ 0x02bb, 0x02bd, "'" },   /* modifier letter commas, apostrophe */
	{ 0x2000, 0x200a, " " },   /* spaces of other widths */
	{ 0x200b, 0x200b, "" },    /* zero width space */
	{ 0x2010, 0x2015, "-" },   /* hyphens and dashes */
	{ 0x2018, 0x2019, "'" },   /* single quotes */
	{ 0x201a, 0x201a, "," },   /* single low quote, written as a comma */
	{ 0x201b, 0x201b, "'" },
	{ 0x201c, 0x201f, "\"" },  /* double quotes */
	{ 0x2022, 0x2022, "-" },   /* bullet */
	{ 0x2026, 0x2026, "..." }, /* ellipsis */
	{ 0x2028, 0x2029, " " },   /* line and paragraph separators */
	{ 0x202f, 0x202f, " " },   /* narrow no-break space */
	{ 0x2032, 0x2032, "'" },   /* prime */
	{ 0x2033, 0x2033, "\"" },  /* double prime */
	{ 0x2039, 0x2039, "<" },
	{ 0x203a, 0x203a, ">" },
	{ 0x2043, 0x2043, "-" },   /* hyphen bullet */
	{ 0x2044, 0x2044, "/" },   /* fraction slash */
	{ 0x205f, 0x205f, " " },   /* mathematical space */
	{ 0x2060, 0x2060, "" },    /* word joiner */
	{ 0x2212, 0x2212, "-" },   /* minus */
	{ 0x2215, 0x2215, "/" },   /* division slash */
	{ 0x3000, 0x3000, " " },   /* ideographic space */
	{ 0x3001, 0x3001, "," },   /* ideographic comma */
	{ 0x3002, 0x3002, "." },   /* ideographic full stop */
	{ 0xfeff, 0xfeff, "" },    /* byte order mark */
};

/* The full-width forms of ASCII lie in its order. */
enum { WIDE_FIRST = 0xff01, WIDE_LAST = 0xff5e };

/* NULL: not for it. */
static const char *
plain_of(uint32_t character)
{
	size_t low = 0, high = ARRAY_COUNT(folds);

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (folds[middle].last < character)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < ARRAY_COUNT(folds) && folds[low].first <= character)
		return folds[low].plain;
	return NULL;
}

static void
put_folded(uint32_t character, const char *as_it_is, size_t len,
    struct buf *out)
{
	if (character >= WIDE_FIRST && character <= WIDE_LAST)
		character = character - WIDE_FIRST + '!';
	else if (sms_gsm_units(character) > 0 || plain_of(character) == NULL) {
		buf_add(out, as_it_is, len);
		return;
	}
	/* The grave accent has a full-width form too. */
	if (plain_of(character) != NULL)
		buf_puts(out, plain_of(character));
	else
		buf_putc(out, (char)character);
}

const char *
sms_fold(const struct sms_counting *counting, const char *text,
    struct arena *arena)
{
	const struct sms_size given = sms_text_size(counting, text);
	struct buf out scoped(buf_done) = { 0 };
	struct sms_size folded;
	const char *at = text;

	if (given.is_gsm7 || counting->is_mainland)
		return text;
	buf_init(&out, 3 * strlen(text) + 1);
	while (*at != '\0') {
		const char *from = at;
		uint32_t character = unicode_next(&at);

		put_folded(character, from, (size_t)(at - from), &out);
	}
	folded = sms_text_size(counting, buf_text(&out));
	if (!folded.is_gsm7 || folded.parts > given.parts)
		return text;
	return arena_strdup(arena, buf_text(&out));
}
