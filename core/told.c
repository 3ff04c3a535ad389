#include "core/told.h"

#include "core/config.h"
#include "core/phone.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

/* What looks like a number has so many digits: less may be a floor. */
enum { PHONE_DIGITS_MIN = 7, WORDS_MAX = 8 };

struct reading {
	const struct estate *estate;
	struct arena *arena;
	const char *at; /* what has not been read yet */
	struct told *ret;
};

static const char *const separators[] = { " ", "\t", "\n", "\r", ",", "，",
	"、", ";", "；", "　" };

static size_t
separator_len(const char *at)
{
	for (size_t i = 0; i < ARRAY_COUNT(separators); i++) {
		if (text_starts(at, separators[i]))
			return strlen(separators[i]);
	}
	return 0;
}

static const char *
skip_separators(const char *at)
{
	while (separator_len(at) > 0)
		at += separator_len(at);
	return at;
}

static size_t
word_len(const char *at)
{
	size_t len = 0;

	while (at[len] != '\0' && separator_len(at + len) == 0)
		len++;
	return len;
}

/* ---- what a word is ---- */

static bool
is_number(const char *word)
{
	size_t digits = 0;

	for (const char *at = word; *at != '\0'; at++) {
		if (*at >= '0' && *at <= '9')
			digits++;
		else if (strchr("+-()", *at) == NULL)
			return false;
	}
	return digits >= PHONE_DIGITS_MIN || word[0] == '+';
}

static bool
is_mail(const char *word)
{
	const char *at = strchr(word, '@');

	return at != NULL && at > word && strchr(at, '.') != NULL &&
	       strchr(at + 1, '@') == NULL;
}

static bool
is_contact(const char *word)
{
	return is_number(word) || is_mail(word);
}

/* A bare name cannot be told from a bare matter: 王芳, 漏水. */
static bool
is_name(const char *word)
{
	static const char *const ends[] = { "先生", "女士", "小姐", "太太",
		"阿姨", "叔叔", "大爷", "奶奶", "师傅", "老师" };
	size_t len = strlen(word);

	for (size_t i = 0; i < ARRAY_COUNT(ends); i++) {
		size_t end = strlen(ends[i]);

		if (len > end && len <= 5 * strlen("王") + end &&
		    text_eq(word + len - end, ends[i]))
			return true;
	}
	return false;
}

static bool
is_title(const char *word)
{
	static const char *const titles[] = { "mr", "mr.", "mrs", "mrs.", "ms",
		"ms.", "miss", "dr", "dr." };

	for (size_t i = 0; i < ARRAY_COUNT(titles); i++) {
		if (text_eq_nocase(word, titles[i]))
			return true;
	}
	return false;
}

/* ---- reading ---- */

static const char *
take_word(struct reading *reading)
{
	size_t len = word_len(reading->at);
	const char *word = arena_strndup(reading->arena, reading->at, len);

	reading->at = skip_separators(reading->at + len);
	return word;
}

static const char *
next_word(const struct reading *reading)
{
	return arena_strndup(
	    reading->arena, reading->at, word_len(reading->at));
}

/* The length of a place that ends where a word ends ("南门有积水" goes on and
 * stays text), or 0. */
static size_t
place_len(const struct reading *reading, const char *text, struct place *ret)
{
	const struct place_hints hints = {
		.estate_has_units = reading->estate->has_units,
		.areas = reading->estate->areas,
		.words = reading->estate->place_words,
	};
	struct place_find find;

	if (place_find_all(text, &hints, reading->arena, &find, 1) == 0 ||
	    find.start != 0 ||
	    (text[find.end] != '\0' && separator_len(text + find.end) == 0))
		return 0;
	*ret = find.place;
	return find.end;
}

static bool
read_place(struct reading *reading)
{
	struct place place = { 0 };
	size_t len;

	if (!place_is_empty(&reading->ret->place))
		return false;
	/* "3号楼 2单元 501"; else the word alone, because a number behind a
	 * room makes both look like one. */
	len = place_len(reading, reading->at, &place);
	if (len == 0)
		len = place_len(reading, next_word(reading), &place);
	if (len == 0)
		return false;
	reading->ret->place = place;
	reading->at = skip_separators(reading->at + len);
	return true;
}

static bool
read_contact(struct reading *reading)
{
	struct told *ret = reading->ret;
	const struct sms_channel *sms = reading->estate->sms;
	const char *word = next_word(reading);

	if (is_mail(word) && ret->mail == NULL) {
		ret->mail =
		    unicode_nfkc(take_word(reading), true, reading->arena);
		return true;
	}
	if (!is_number(word) || ret->phone != NULL)
		return false;
	ret->phone =
	    phone_e164(word, sms != NULL ? sms->country : "86", reading->arena);
	if (ret->phone == NULL)
		ret->wrong = word;
	(void)take_word(reading);
	return true;
}

static bool
read_name(struct reading *reading)
{
	struct reading back = *reading;
	const char *word = take_word(reading);

	if (reading->ret->name == NULL && is_name(word)) {
		reading->ret->name = word;
		return true;
	}
	if (reading->ret->name == NULL && is_title(word) &&
	    *reading->at != '\0') {
		reading->ret->name = arena_printf(
		    reading->arena, "%s %s", word, take_word(reading));
		return true;
	}
	*reading = back;
	return false;
}

/* One word that means nothing to us, when a contact follows it. */
static bool
keep_word(struct reading *reading, const char **kept)
{
	struct reading back = *reading;
	const char *word = take_word(reading);

	if (*kept == NULL && *reading->at != '\0' &&
	    is_contact(next_word(reading))) {
		*kept = word;
		return true;
	}
	*reading = back;
	return false;
}

void
told_read(const char *text, const struct estate *estate, struct arena *arena,
    struct told *ret)
{
	struct reading reading = {
		.estate = estate,
		.arena = arena,
		.at = skip_separators(text_or(text, "")),
		.ret = ret,
	};
	const char *kept = NULL;

	*ret = (struct told){ 0 };
	for (int i = 0; i < WORDS_MAX && *reading.at != '\0'; i++) {
		if (!read_place(&reading) && !read_contact(&reading) &&
		    !read_name(&reading) && !keep_word(&reading, &kept))
			break;
	}
	ret->text = text_trim(arena_printf(arena, "%s%s%s", text_or(kept, ""),
	    kept != NULL ? " " : "", reading.at));
}
