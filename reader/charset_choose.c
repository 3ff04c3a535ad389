#include "reader/charset_choose.h"

#include <stdbool.h>
#include <string.h>

#include "lib/cleanup.h"
#include "reader/charset.h"
#include "reader/charset_guess.h"
#include "reader/charset_table.h"
#include "reader/charset_utf8.h"

/* Scores of charset_guess.h: worth believing without a label, against one, and
 * what no other text gets by chance. */
enum { LIKELY_SCORE = 15, SURE_SCORE = 35, OWN_SCORE = 60 };

/* Nearly all high bytes come in pairs, as Chinese text has them and European
 * text has not; the pairs of kana and Cyrillic rows count as well. */
static bool
looks_chinese(const char *data, size_t len)
{
	const unsigned char *bytes = (const unsigned char *)data;
	size_t high = 0, paired = 0;

	for (size_t i = 0; i < len; i++) {
		if (bytes[i] < 0x80)
			continue;
		high++;
		if (i + 1 < len && bytes[i] >= 0xA1 && bytes[i + 1] >= 0xA1) {
			high++;
			paired += 2;
			i++;
		}
	}
	return paired * 10 >= high * 8;
}

/* Most characters are right, so the rest is damage, or was cut. */
static bool
is_mostly_utf8(const struct utf8_look *look, bool is_labelled)
{
	if (look->bad == 0)
		return look->longer > 0 || look->pairs > 0 || is_labelled;
	return is_labelled ? look->pairs + look->longer >= 2 * look->bad
			   : look->longer >= 2 * look->bad;
}

/* UTF-16 without a mark: every other byte of ASCII is zero. */
static int
bare_utf16(const char *data, size_t len)
{
	size_t even = 0, odd = 0;

	for (size_t i = 0; i + 1 < len && i < 400; i += 2) {
		even += data[i] == '\0';
		odd += data[i + 1] == '\0';
	}
	if (even + odd < 4 || (even > 0 && odd > 0))
		return -1;
	if ((even + odd) * 8 < (len < 400 ? len : 400))
		return -1;
	return charset_find(even > 0 ? "utf-16be" : "utf-16le");
}

static bool
is_seven_bit(int charset)
{
	return charset_is(charset, "ISO-2022") || charset_is(charset, "UTF-7");
}

/* What bytes are that no label tells. */
static int
guess(const char *data, size_t len, struct arena *arena)
{
	unsigned score;
	const char *label = charset_guess(data, len, arena, &score);

	if (label != NULL && score >= SURE_SCORE)
		return charset_find(label);
	if (looks_chinese(data, len))
		return GB18030;
	return label != NULL && score >= LIKELY_SCORE ? charset_find(label)
						      : CP1252;
}

/* A label that is believed unless another is far likelier. */
static int
check_label(int labelled, size_t high, const char *data, size_t len,
    struct arena *arena)
{
	unsigned best;
	const char *label;
	int mine =
	    charset_score(charset_label((size_t)labelled), data, len, arena);

	/* Bytes that are no ASCII have no place in it. */
	if (is_seven_bit(labelled))
		mine = 0;
	/* As good as no label: what knows no other puts it on everything. */
	if (labelled == CP1252)
		return mine >= OWN_SCORE ? CP1252 : guess(data, len, arena);
	if (mine < 0 || mine >= LIKELY_SCORE)
		return labelled;
	label = charset_guess(data, len, arena, &best);
	/* One or two characters prove nothing. */
	return label != NULL && high > 3 && best >= SURE_SCORE &&
		       best >= 3 * (unsigned)mine
		   ? charset_find(label)
		   : labelled;
}

/* A byte order mark tells the truth about UTF-16. */
static int
from_mark(int labelled, const char *data, size_t len)
{
	if (len >= 2 && memcmp(data, "\xFE\xFF", 2) == 0)
		return charset_find("utf-16be");
	if (len >= 2 && memcmp(data, "\xFF\xFE", 2) == 0)
		return charset_find("utf-16le");
	return labelled;
}

/* Bytes that say themselves what they are, or are no matter of choice: the
 * index; -1 for others. */
static int
plain_case(int labelled, const char *data, size_t len)
{
	const char *escapes = charset_of_escapes(data, len);

	if (labelled != UTF8 && charset_is(labelled, "UTF-"))
		return labelled;
	if (escapes != NULL)
		return is_seven_bit(labelled) ? labelled
					      : charset_find(escapes);
	return bare_utf16(data, len);
}

static int
choose(int labelled, const char *data, size_t len, struct arena *arena)
{
	struct utf8_look look;

	/* Most mail is what it says. */
	if (labelled == UTF8 && utf8_run(data, len) == len)
		return UTF8;
	look = utf8_look(data, len);
	if (look.high == 0)
		return labelled < 0 ? UTF8 : labelled;
	/* Two bytes of GBK may pass for UTF-8 by chance; hardly more. */
	if (is_mostly_utf8(&look, labelled == UTF8) &&
	    (labelled < 0 || labelled == UTF8 || labelled == CP1252))
		return UTF8;
	if (labelled < 0 || labelled == UTF8)
		return guess(data, len, arena);
	if (look.bad == 0 &&
	    (look.longer > 0 ||
		(look.pairs > 0 && labelled != GB18030 && labelled != BIG5)))
		return UTF8;
	return check_label(labelled, look.high, data, len, arena);
}

int
charset_choose(
    const char *label, const char *data, size_t len, struct arena *arena)
{
	int labelled = label == NULL ? -1 : charset_find(label);
	int plain;

	labelled = from_mark(labelled, data, len);
	plain = plain_case(labelled, data, len);
	return plain >= 0 ? plain : choose(labelled, data, len, arena);
}
