/*
 * Reading the word lists of conf/words/; see classify_words.h for their form.
 */
#include "core/classify_words.h"

#include "core/classify.h"
#include "core/han.h"
#include "core/limits.h"
#include "core/phone.h"
#include "core/unicode.h"
#include "lib/err.h"
#include "lib/text.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { WEIGHT_DEFAULT = 2, WEIGHT_MAX = 9 };

/* -- one file ---------------------------------------------------------------
 */

struct learning {
	struct classifier *classifier;
	struct word_place place;
	void (*complain)(const char *mistake, void *arg);
	void *arg;
	struct arena arena; /* for the words of the sentences */
	int mistakes;
	bool has_section;
	enum word_group group;
	int subject, weight;
	const char *countries; /* in the classifier's arena, or NULL */
};

static void
tell_mistake(struct learning *learning, const char *what, const char *allowed)
{
	learning->mistakes++;
	if (learning->complain != NULL)
		learning->complain(arena_printf(&learning->arena,
				       "%s:%d: %s; %s", learning->place.file,
				       learning->place.line, what, allowed),
		    learning->arg);
}

static const char *
list_of(const char *const *names, struct arena *arena)
{
	const char *text = "allowed:";

	for (; *names != NULL; names++)
		text = arena_printf(arena, "%s %s", text, *names);
	return text;
}

static int
index_of(const char *const *names, const char *name)
{
	for (int i = 0; names[i] != NULL; i++)
		if (text_eq(names[i], name))
			return i;
	return -1;
}

static int
group_of(const char *name)
{
	for (int i = 0; i < GROUP_COUNT; i++)
		if (text_eq(word_group_name((enum word_group)i), name))
			return i;
	return -1;
}

static bool
is_code(const char *text)
{
	return *text != '\0' &&
	       strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_-") ==
		   strlen(text);
}

int
classifier_category(struct classifier *classifier, const char *code)
{
	for (int i = 0; i < classifier->category_count; i++)
		if (text_eq(classifier->categories[i], code))
			return i;
	if (classifier->category_count == CATEGORIES_MAX)
		return -1;
	classifier->categories[classifier->category_count] =
	    arena_strdup(&classifier->arena, code);
	return classifier->category_count++;
}

/* The next blank-separated word of a heading, in place. */
static char *
heading_word(char **rest)
{
	char *start = *rest + strspn(*rest, " \t"), *end;

	if (*start == '\0')
		return NULL;
	end = start + strcspn(start, " \t");
	*rest = *end == '\0' ? end : end + 1;
	*end = '\0';
	return start;
}

static void
read_weight(struct learning *learning, const char *word)
{
	static const char *const strengths[] = { "allow", "warn", "block",
		NULL };
	int64_t least = learning->group == GROUP_EMERGENCY ? -WEIGHT_MAX : 1;
	int64_t value =
	    learning->group == GROUP_EMERGENCY ? DANGER_ALARM : WEIGHT_DEFAULT;

	if (learning->group == GROUP_WORDING) {
		int strength = index_of(strengths, text_or(word, "block"));

		if (strength < 0)
			tell_mistake(learning, "unknown strength",
			    list_of(strengths, &learning->arena));
		learning->weight = strength < 0 ? WORDING_BLOCK : strength;
		return;
	}
	if (word != NULL &&
	    (text_to_int(word, least, WEIGHT_MAX, &value) < 0 || value == 0))
		tell_mistake(learning, "wrong weight",
		    least < 0 ? "allowed: 1 to 9, and -9 to -1"
			      : "allowed: 1 to 9");
	learning->weight = (int)value;
}

/* The rest of a heading: "86 886". */
static void
read_countries(struct learning *learning, char **rest)
{
	bool may_differ = learning->group == GROUP_SMS &&
			  (learning->subject == SMS_OPTOUT ||
			      learning->subject == SMS_OPTOUT_RECENT ||
			      learning->subject == SMS_OPTIN);
	const char *codes = NULL, *word;

	learning->weight = WEIGHT_DEFAULT;
	while ((word = heading_word(rest)) != NULL) {
		if (!may_differ || !phone_is_country(word))
			tell_mistake(learning,
			    arena_printf(&learning->arena,
				"wrong country code \"%s\"", word),
			    "allowed: such as 86, and only for the words "
			    "optout, optout_recent and optin");
		codes = codes == NULL
			    ? word
			    : arena_printf(&learning->arena, "%s %s", codes,
				  word);
	}
	learning->countries =
	    codes == NULL
		? NULL
		: arena_strdup(&learning->classifier->arena, codes);
}

static void
read_subject(struct learning *learning, const char *word)
{
	const char *const *subjects = word_group_subjects(learning->group);
	bool is_concept = learning->group == GROUP_CONCEPT;
	const char *wrong = arena_printf(
	    &learning->arena, "unknown subject \"%s\"", text_or(word, ""));

	if (subjects != NULL) {
		learning->subject = index_of(subjects, word);
		if (learning->subject < 0)
			tell_mistake(learning, wrong,
			    list_of(subjects, &learning->arena));
	} else {
		learning->subject =
		    word == NULL || !is_code(word) ? -1
		    : is_concept
			? classifier_concept(
			      learning->classifier, word, &learning->place)
			: classifier_category(learning->classifier, word);
		if (learning->subject < 0)
			tell_mistake(learning, wrong,
			    "allowed: at most 64 codes of a-z, 0-9, _ and -");
	}
}

static void
read_heading(struct learning *learning, char *line)
{
	char *end = strchr(line, ']'), *rest = line + 1;
	const char *names[GROUP_COUNT + 1] = { 0 };
	char *group, *subject;
	int found;

	for (int i = 0; i < GROUP_COUNT; i++)
		names[i] = word_group_name((enum word_group)i);
	learning->has_section = false;
	if (end == NULL || end[1] != '\0') {
		tell_mistake(learning, "a heading ends in ]",
		    "as in [category plumbing 3]");
		return;
	}
	*end = '\0';
	group = heading_word(&rest);
	subject = heading_word(&rest);
	found = group_of(group);
	if (found < 0) {
		tell_mistake(learning,
		    arena_printf(&learning->arena, "unknown group \"%s\"",
			text_or(group, "")),
		    list_of(names, &learning->arena));
		return;
	}
	learning->group = (enum word_group)found;
	read_subject(learning, subject);
	if (learning->group == GROUP_SMS)
		read_countries(learning, &rest);
	else
		read_weight(learning, heading_word(&rest));
	learning->has_section = learning->subject >= 0;
}

static void
read_word(struct learning *learning, const char *word)
{
	struct classifier *classifier = learning->classifier;
	const char *reason = NULL;
	int category;

	if (learning->group != GROUP_LEAN) {
		if (classifier_add(classifier,
			&(struct keyword){ .group = learning->group,
			    .subject = learning->subject,
			    .weight = learning->weight,
			    .countries = learning->group == GROUP_SMS
					     ? learning->countries
					     : NULL,
			    .text = word },
			&learning->place, &reason) < 0)
			tell_mistake(learning, reason,
			    classifier_is_single(learning->group)
				? "as in 煤气"
				: "as in 闻到 ~ 煤气");
		return;
	}
	category = is_code(word) ? classifier_category(classifier, word) : -1;
	if (category < 0)
		tell_mistake(learning, "not a category code", "as in plumbing");
	else
		classifier->lean[category][learning->subject] =
		    learning->weight;
}

static void
read_words(struct learning *learning, char *line)
{
	if (!learning->has_section) {
		/* Told once, at the heading that was wrong. */
		if (learning->mistakes == 0)
			tell_mistake(learning, "words before the first heading",
			    "as in [category plumbing 3]");
		return;
	}
	for (char *at = line; at != NULL;) {
		char *comma = strchr(at, ',');

		if (comma != NULL)
			*comma++ = '\0';
		at = text_trim(at);
		if (*at != '\0')
			read_word(learning, at);
		at = comma;
	}
}

int
classifier_learn(struct classifier *classifier, const char *place,
    const char *text, void (*complain)(const char *mistake, void *arg),
    void *arg)
{
	struct learning learning = {
		.classifier = classifier,
		.place.file = arena_strdup(&classifier->arena, place),
		.complain = complain,
		.arg = arg,
	};
	char *at;

	arena_init(&learning.arena, LIMIT_WORK_BYTES);
	at = classifier_fold(classifier, text, &learning.arena);
	while (at != NULL) {
		char *end = strchr(at, '\n');

		learning.place.line++;
		if (end != NULL)
			*end++ = '\0';
		at = text_trim(at);
		if (*at == '[')
			read_heading(&learning, at);
		else if (*at != '\0' && *at != '#')
			read_words(&learning, at);
		at = end;
	}
	arena_done(&learning.arena);
	return learning.mistakes == 0 ? 0 : -1;
}

char *
classifier_fold(
    const struct classifier *it, const char *text, struct arena *arena)
{
	char *folded = unicode_nfkc(text, true, arena);

	han_simplify(it->simple, folded);
	return folded;
}

/* -- the whole --------------------------------------------------------------
 */

struct classifier *
classifier_new(void)
{
	struct classifier *classifier = calloc(1, sizeof(*classifier));

	if (classifier == NULL)
		abort();
	arena_init(&classifier->arena, (size_t)LIMIT_WORDS_BYTES);
	trie_init(&classifier->trie, &classifier->arena);
	classifier->simple = han_table(&classifier->arena);
	return classifier;
}

int
classifier_check(const struct classifier *classifier,
    void (*complain)(const char *mistake, void *arg), void *arg)
{
	struct arena arena;
	int mistakes = 0;

	arena_init(&arena, LIMIT_WORK_BYTES);
	for (uint32_t i = 0; i < classifier->set_count; i++) {
		const struct word_set *set = &classifier->sets[i];

		if (!set->is_concept || set->has_words)
			continue;
		mistakes++;
		if (complain != NULL)
			complain(arena_printf(&arena,
				     "%s:%d: concept \"%s\" has no words; "
				     "list them under [concept %s]",
				     set->mentioned.file, set->mentioned.line,
				     set->text, set->text),
			    arg);
	}
	arena_done(&arena);
	return mistakes == 0 ? 0 : -1;
}

int
classifier_seal(struct classifier *classifier, struct err *err)
{
	if (classifier->sealed)
		return err_set(err, ERR_BUG, "word lists sealed twice");
	classifier_link(classifier);
	return arena_is_over(&classifier->arena)
		   ? err_set(err, ERR_CONF,
			 "the word lists take over %zu bytes",
			 (size_t)LIMIT_WORDS_BYTES)
		   : 0;
}

void
classifier_free(struct classifier **classifier)
{
	struct classifier *it = *classifier;

	*classifier = NULL;
	if (it == NULL)
		return;
	free(it->nodes);
	free(it->uses);
	free(it->keywords);
	free(it->sets);
	free(it->joins);
	free(it->join_uses);
	arena_done(&it->arena);
	free(it);
}
