/*
 * Texts on their way out, and keywords on their way in.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/classify.h"
#include "core/config.h"
#include "core/limits.h"
#include "core/sms_fold.h"
#include "core/sms_signature.h"
#include "core/sms_text.h"
#include "core/unicode.h"
#include "fuzz/must.h"
#include "fuzz/targets.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/file.h"
#include "lib/text.h"

/* ---- counting ---- */

static size_t
units_of(const char *text, size_t len, bool is_gsm7)
{
	const char *end = text + len;
	size_t units = 0;

	while (text < end) {
		uint32_t character = unicode_next(&text);

		if (is_gsm7)
			units += sms_gsm_units(character);
		else
			units += character >= 0x10000 ? 2 : 1;
	}
	return units;
}

/* Parts as a phone gets them, cut by the simplest of rules. */
struct parts {
	size_t most; /* units of one */
	size_t used, count;
	size_t bytes; /* of all */
};

static void
put_piece(struct parts *parts, size_t len, size_t units)
{
	if (parts->count == 0 || parts->used + units > parts->most) {
		parts->count++;
		parts->used = 0;
	}
	parts->used += units;
	parts->bytes += len;
	must(parts->used <= parts->most, "a part is over its size");
}

static void
put_character(struct parts *parts, const char *text, bool is_gsm7)
{
	const char *end = text;

	(void)unicode_next(&end);
	put_piece(parts, (size_t)(end - text),
	    units_of(text, (size_t)(end - text), is_gsm7));
}

static void
split(struct parts *parts, const char *text, bool is_gsm7)
{
	size_t len;

	for (; (len = unicode_grapheme(text)) > 0; text += len) {
		size_t units = units_of(text, len, is_gsm7);

		if (units <= parts->most)
			put_piece(parts, len, units);
		for (const char *at = text;
		     units > parts->most && at < text + len;
		     (void)unicode_next(&at))
			put_character(parts, at, is_gsm7);
	}
}

static void
check_size(const struct sms_counting *counting, const char *text)
{
	const struct sms_size size = sms_text_size(counting, text);
	bool is_gsm7 = size.is_gsm7 && !counting->is_mainland;
	const char *front = counting->signature == NULL
	    ? ""
	    : arena_printf(&fuzz_arena, "【%s】", counting->signature);
	size_t units = units_of(front, strlen(front), is_gsm7) +
	    units_of(text, strlen(text), is_gsm7);
	struct parts parts = { .most = is_gsm7 ? 153 : 67 };

	split(&parts, front, is_gsm7);
	split(&parts, text, is_gsm7);
	must(size.units == units, "the units are others");
	must(parts.bytes == strlen(front) + strlen(text),
	    "the parts are not the text");
	must(size.parts == (units <= (is_gsm7 ? 160 : 70) ? 1 : parts.count),
	    "the parts are others");
}

/* ---- cutting ---- */

static void
check_longest(const struct sms_counting *counting, const char *text,
    size_t kept)
{
	static const char *const ends[] = { "...", "…" };
	size_t more = kept + unicode_grapheme(text + kept);

	for (size_t i = 0; i < 2; i++)
		must(!sms_text_fits(counting,
			 arena_printf(&fuzz_arena, "%.*s%s", (int)more, text,
			     ends[i])),
		    "more of it would fit");
}

static void
check_fit(const struct sms_counting *counting, const char *text)
{
	const char *fitted = sms_text_fit(counting, text, &fuzz_arena);
	size_t kept = strlen(fitted);

	must(sms_text_fits(counting, fitted), "what was made to fit does not");
	if (sms_text_fits(counting, text)) {
		must(text_eq(fitted, text), "what fits is changed");
		return;
	}
	must(text_ends(fitted, "...") || text_ends(fitted, "…"),
	    "what was cut does not say so");
	kept -= 3; /* bytes, either way */
	must(strncmp(fitted, text, kept) == 0, "not a beginning of it");
	check_longest(counting, text, kept);
}

/* ---- folding and signing ---- */

static void
check_fold(const struct sms_counting *counting, const char *text)
{
	const char *folded = sms_fold(counting, text, &fuzz_arena);
	bool is_chinese = false;

	for (const char *at = text; *at != '\0';)
		is_chinese = unicode_is_han(unicode_next(&at)) || is_chinese;
	must(text_eq(sms_fold(counting, folded, &fuzz_arena), folded),
	    "it can be folded twice");
	if (folded == text)
		return;
	must(!is_chinese, "Chinese is folded");
	must(sms_text_size(counting, folded).is_gsm7, "it is folded in vain");
	must(sms_text_size(counting, folded).parts <=
		 sms_text_size(counting, text).parts,
	    "it is longer than before");
}

static void
check_signature(const struct sms_channel *channel, const char *text)
{
	static const struct estate estate = { .signature = "阳光物业",
		.signature_en = "Sunshine PM" };
	const char *once =
	    sms_signature_put(channel, &estate, text, &fuzz_arena);

	if (channel->signature != NULL && channel->counting.signature == NULL)
		must(text_eq(sms_signature_put(
				 channel, &estate, once, &fuzz_arena),
			 once),
		    "it is signed twice");
	else
		must(text_ends(text, once), "more than a signature is gone");
}

void
fuzz_sms_text(const uint8_t *data, size_t size)
{
	struct sms_channel channel = { 0 };
	const char *text;

	arena_reset(&fuzz_arena);
	if (size == 0)
		return;
	channel.counting = (struct sms_counting){
		.is_mainland = (data[0] & 1) != 0,
		.signature = (data[0] & 2) != 0 ? "某物业" : NULL,
		.max_parts = 1 + data[0] / 16 % LIMIT_SMS_PARTS,
	};
	channel.signature = (data[0] & 4) != 0 ? "大阳光集团" : NULL;
	text = as_text(data + 1, size - 1);
	check_size(&channel.counting, text);
	check_fit(&channel.counting, text);
	check_fold(&channel.counting, text);
	check_signature(&channel, text);
}

/* ---- keywords ---- */

enum { WORDS_BYTES = 1024 * 1024 };

static void
complain(const char *mistake, void *arg)
{
	(void)arg;
	(void)fprintf(stderr, "%s\n", mistake);
}

static int
is_list(const struct dirent *entry)
{
	return text_ends(entry->d_name, ".conf");
}

/* The shipped lists, once a process. */
static const struct classifier *
word_lists(void)
{
	static struct classifier *words;
	struct err err = { 0 };
	struct arena arena scoped(arena_done) = { 0 };
	struct dirent **names;
	int count;

	if (words != NULL)
		return words;
	arena_init(&arena, LIMIT_WORDS_BYTES);
	words = classifier_new();
	count = scandir("conf/words", &names, is_list, alphasort);
	must(count > 0, "no lists in conf/words");
	for (int i = 0; i < count; i++) {
		const char *path =
		    arena_printf(&arena, "conf/words/%s", names[i]->d_name);
		size_t len;
		const char *text =
		    file_read(path, WORDS_BYTES, &arena, &len, &err);

		must(text != NULL && classifier_learn(words, path, text,
					 complain, NULL) == 0,
		    "a list is wrong");
		free(names[i]);
	}
	free(names);
	must(classifier_check(words, complain, NULL) == 0 &&
		 classifier_seal(words, &err) == 0,
	    "the lists are wrong");
	return words;
}

static struct understanding
understand(uint8_t known, const char *own)
{
	const struct config conf = { .classifier = word_lists() };
	static const char *const numbers[] = { "+8613900139001",
		"+14155550100", "+33612345678", NULL };
	const struct classify_context context = {
		.now = INT64_C(1795395600000),
		.conf = &conf,
		.number = numbers[known & 3],
		.pending_rating = (known & 4) != 0,
		.open_question = (known & 8) != 0,
		.recent_text = (known & 16) != 0,
	};
	const struct classify_in in = {
		.channel = (known & 32) != 0 ? CHANNEL_MAIL : CHANNEL_SMS,
		.from = FROM_OWNER,
		.own = own,
	};
	struct understanding ret = { 0 };
	struct err err = { 0 };

	must(classify(&context, &in, &fuzz_arena, &ret, &err) == 0, err.msg);
	must(kind_name(ret.kind) != NULL, "a kind that is none");
	must(ret.score >= 0 && ret.score <= 5, "a score that is none");
	must((ret.kind == KIND_RATING) == (ret.score > 0),
	    "a score and no rating");
	return ret;
}

/* R53: the whole text is the word; more words make it something else. */
void
fuzz_keywords(const uint8_t *data, size_t size)
{
	struct understanding alone, padded, more;
	const char *own;

	arena_reset(&fuzz_arena);
	if (size == 0)
		return;
	own = as_text(data + 1, size - 1);
	alone = understand(data[0], own);
	padded = understand(
	    data[0], arena_printf(&fuzz_arena, " \n%s\n ", own));
	must(alone.kind == padded.kind && alone.score == padded.score,
	    "blanks around it make it something else");
	more = understand(data[0],
	    arena_printf(&fuzz_arena, "%s the leak in my flat please", own));
	must(more.kind != KIND_OPTOUT && more.kind != KIND_OPTIN,
	    "a complaint is taken for a keyword");
}
