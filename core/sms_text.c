#include "core/sms_text.h"

#include <stdint.h>
#include <string.h>

#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/cleanup.h"

enum {
	GSM_ALONE = 160,
	GSM_JOINED = 153, /* 140 octets less a user data header of 6 */
	UCS_ALONE = 70,
	UCS_JOINED = 67,
	MAINLAND_UNITS = 500, /* signature and text */
};

/* 3GPP TS 23.038, 6.2.1: the basic table beyond ASCII, ascending. */
static const uint16_t gsm_basic[] = { 0x00a1, 0x00a3, 0x00a4, 0x00a5, 0x00a7,
	0x00bf, 0x00c4, 0x00c5, 0x00c6, 0x00c7, 0x00c9, 0x00d1, 0x00d6, 0x00d8,
	0x00dc, 0x00df, 0x00e0, 0x00e4, 0x00e5, 0x00e6, 0x00e8, 0x00e9, 0x00ec,
	0x00f1, 0x00f2, 0x00f6, 0x00f8, 0x00f9, 0x00fc, 0x0393, 0x0394, 0x0398,
	0x039b, 0x039e, 0x03a0, 0x03a3, 0x03a6, 0x03a8, 0x03a9 };

size_t
sms_gsm_units(uint32_t character)
{
	if (character == '\n' || character == '\r')
		return 1;
	if (character == '\f' || character == 0x20ac)
		return 2;
	if (character >= ' ' && character < 0x7f) {
		if (character == '`')
			return 0;
		return strchr("^{}\\[~]|", (int)character) != NULL ? 2 : 1;
	}
	for (size_t i = 0; i < ARRAY_COUNT(gsm_basic); i++) {
		if (gsm_basic[i] == character)
			return 1;
	}
	return 0;
}

static size_t
character_units(uint32_t character, bool is_gsm7)
{
	if (is_gsm7)
		return sms_gsm_units(character);
	return character >= 0x10000 ? 2 : 1;
}

/* Parts as they fill up. */
struct filling {
	bool is_gsm7;
	size_t units; /* of all parts */
	size_t parts; /* were the text a joined one */
	size_t used;  /* in the last part */
};

static size_t
alone_size(const struct filling *filling)
{
	return filling->is_gsm7 ? GSM_ALONE : UCS_ALONE;
}

static size_t
joined_size(const struct filling *filling)
{
	return filling->is_gsm7 ? GSM_JOINED : UCS_JOINED;
}

static size_t
parts_so_far(const struct filling *filling)
{
	return filling->units <= alone_size(filling) ? 1 : filling->parts;
}

/* Something that must not be cut apart. */
static void
fill(struct filling *filling, size_t units)
{
	if (filling->parts == 0 ||
	    filling->used + units > joined_size(filling)) {
		filling->parts++;
		filling->used = 0;
	}
	filling->used += units;
	filling->units += units;
}

/* The units of the grapheme at `text', or 0 when one of its characters has no
 * code. */
static size_t
grapheme_units(const char *text, size_t len, bool is_gsm7)
{
	const char *end = text + len;
	size_t sum = 0;

	while (text < end) {
		size_t units =
		    character_units(unicode_next(&text), is_gsm7);

		if (units == 0)
			return 0;
		sum += units;
	}
	return sum;
}

/* Add one grapheme; false when it has no code.  One that is longer than a
 * whole part has to be cut after all, between characters. */
static bool
fill_grapheme(struct filling *filling, const char *text, size_t len)
{
	const char *end = text + len;
	size_t units = grapheme_units(text, len, filling->is_gsm7);

	if (units == 0)
		return false;
	if (units <= joined_size(filling)) {
		fill(filling, units);
		return true;
	}
	while (text < end)
		fill(filling,
		    character_units(unicode_next(&text), filling->is_gsm7));
	return true;
}

/* Add a text; false when a character has no code. */
static bool
fill_text(struct filling *filling, const char *text)
{
	size_t len;

	for (; (len = unicode_grapheme(text)) > 0; text += len) {
		if (!fill_grapheme(filling, text, len))
			return false;
	}
	return true;
}

/* What the gateway puts in front; false when it has no code. */
static bool
begin(const struct sms_counting *counting, bool is_gsm7, struct filling *ret)
{
	*ret = (struct filling){ .is_gsm7 = is_gsm7 };
	return counting->signature == NULL ||
	       (fill_text(ret, "【") && fill_text(ret, counting->signature) &&
		   fill_text(ret, "】"));
}

static bool
is_over(const struct sms_counting *counting, const struct filling *filling)
{
	return parts_so_far(filling) > counting->max_parts ||
	       (counting->is_mainland && filling->units > MAINLAND_UNITS);
}

static bool
measure(const struct sms_counting *counting, const char *text,
    struct filling *ret)
{
	bool is_gsm7 =
	    begin(counting, true, ret) && fill_text(ret, text);

	if (!is_gsm7 || counting->is_mainland) {
		(void)begin(counting, false, ret);
		(void)fill_text(ret, text);
	}
	return is_gsm7;
}

struct sms_size
sms_text_size(const struct sms_counting *counting, const char *text)
{
	struct filling filling;
	bool is_gsm7 = measure(counting, text, &filling);

	return (struct sms_size){
		.is_gsm7 = is_gsm7,
		.units = filling.units,
		.parts = parts_so_far(&filling),
	};
}

bool
sms_text_fits(const struct sms_counting *counting, const char *text)
{
	struct filling filling;

	(void)measure(counting, text, &filling);
	return !is_over(counting, &filling);
}

static const char *
ellipsis(bool is_gsm7)
{
	return is_gsm7 ? "..." : "…";
}

/* Bytes of the longest beginning that, with the ellipsis, fits in that
 * coding. */
static size_t
longest_beginning(
    const struct sms_counting *counting, const char *text, bool is_gsm7)
{
	struct filling filling;
	const char *at = text;
	size_t keep = 0;
	size_t len;

	if (!begin(counting, is_gsm7, &filling))
		return 0;
	for (; (len = unicode_grapheme(at)) > 0; at += len) {
		struct filling ended;

		if (!fill_grapheme(&filling, at, len))
			break;
		ended = filling;
		(void)fill_text(&ended, ellipsis(is_gsm7));
		if (is_over(counting, &ended))
			break;
		keep = (size_t)(at - text) + len;
	}
	return keep;
}

const char *
sms_text_fit(const struct sms_counting *counting, const char *text,
    struct arena *arena)
{
	size_t as_gsm = 0, as_ucs;
	bool is_gsm7;

	if (sms_text_fits(counting, text))
		return arena_strdup(arena, text);
	/* A text may need UCS-2 only for what is cut off. */
	if (!counting->is_mainland)
		as_gsm = longest_beginning(counting, text, true);
	as_ucs = longest_beginning(counting, text, false);
	is_gsm7 = as_gsm > 0 && as_gsm >= as_ucs;
	return arena_printf(arena, "%.*s%s", (int)(is_gsm7 ? as_gsm : as_ucs),
	    text, ellipsis(is_gsm7));
}
