#include "core/classify_words.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "tests/core/words.h"

static struct arena arena;

static int
start(void **state)
{
	(void)state;
	arena_init(&arena, (size_t)64 << 20);
	return 0;
}

static int
finish(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static struct buf told;

static void
remember(const char *mistake, void *arg)
{
	(void)arg;
	buf_printf(&told, "%s\n", mistake);
}

static void
mistakes_in_a_list_name_their_line(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "leak\n", "w.conf:1: words before the first heading; as in "
			    "[category plumbing 3]\n" },
		{ "\n[kinds request]\nleak\n",
		    "w.conf:2: unknown group \"kinds\"; allowed: kind category "
		    "lean emergency major guard tone spam sms rating "
		    "wording concept hint\n" },
		{ "[kind order 2]\n",
		    "w.conf:1: unknown subject \"order\"; allowed: complaint "
		    "request inquiry suggestion praise\n" },
		{ "[kind request 12]\n",
		    "w.conf:1: wrong weight; allowed: 1 to 9\n" },
		{ "[kind request -1]\n",
		    "w.conf:1: wrong weight; allowed: 1 to 9\n" },
		{ "[emergency fire 0]\n",
		    "w.conf:1: wrong weight; allowed: 1 to 9, and -9 to "
		    "-1\n" },
		{ "[wording promise harsh]\n",
		    "w.conf:1: unknown strength; allowed: allow warn block\n" },
		{ "[kind request\n", "w.conf:1: a heading ends in ]; as in "
				     "[category plumbing 3]\n" },
		{ "[kind request]\na ~ ~ b\n",
		    "w.conf:2: an empty piece or no word; as in 闻到 ~ 煤气\n" },
		{ "[kind request]\na ~ b ~ c ~ d\n",
		    "w.conf:2: more than three pieces; as in 闻到 ~ 煤气\n" },
		{ "[category Plumb!]\n",
		    "w.conf:1: unknown subject \"plumb!\"; allowed: at most 64 "
		    "codes of a-z, 0-9, _ and -\n" },
		{ "[concept gas]\na ~ b\n",
		    "w.conf:2: this list is one of single words; as in 煤气\n" },
		{ "[sms help]\nhelp & me\n",
		    "w.conf:2: this list is one of single words; as in 煤气\n" },
		{ "[sms optout 86 886]\ntd\n[sms optout +86]\nx\n"
		  "[sms optin 0 1]\ny\n[sms help 86]\nz\n",
		    "w.conf:3: wrong country code \"+86\"; allowed: such as "
		    "86, and only for the words optout, optout_recent and "
		    "optin\n"
		    "w.conf:5: wrong country code \"0\"; allowed: such as "
		    "86, and only for the words optout, optout_recent and "
		    "optin\n"
		    "w.conf:7: wrong country code \"86\"; allowed: such as "
		    "86, and only for the words optout, optout_recent and "
		    "optin\n" },
		{ "[rating 5]\nvery ~ good\n",
		    "w.conf:2: this list is one of single words; as in 煤气\n" },
		{ "[emergency fire]\n<gas + b\n",
		    "w.conf:2: an empty piece or no word; as in "
		    "闻到 ~ 煤气\n" },
		{ "[emergency fire]\na ~ b + c\n",
		    "w.conf:2: different marks in one word; as in "
		    "闻到 ~ 煤气\n" },
		{ "[emergency fire]\na + b & c\n",
		    "w.conf:2: different marks in one word; as in "
		    "闻到 ~ 煤气\n" },
		{ "[lean request 2]\nplumbing, Plumb ing\n",
		    "w.conf:2: not a category code; as in plumbing\n" },
		/* All mistakes in one run; words under a wrong heading are
		 * told with it. */
		{ "[kind order]\na\n[guard now]\nb, ~ c\n[guard nev]\n",
		    "w.conf:1: unknown subject \"order\"; allowed: complaint "
		    "request inquiry suggestion praise\n"
		    "w.conf:4: an empty piece or no word; as in 闻到 ~ 煤气\n"
		    "w.conf:5: unknown subject \"nev\"; allowed: negation "
		    "past hypothetical procedure thanks letter over now still "
		    "harmless\n" },
		{ "[]\n",
		    "w.conf:1: unknown group \"\"; allowed: kind category "
		    "lean emergency major guard tone spam sms rating "
		    "wording concept hint\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct classifier *broken = classifier_new();

		buf_init(&told, 1 << 16);
		assert_int_equal(classifier_learn(broken, "w.conf",
				     rows[i].text, remember, NULL),
		    -1);
		assert_string_equal(buf_text(&told), rows[i].want);
		buf_done(&told);
		classifier_free(&broken);
		assert_null(broken);
	}
}

static void
too_much_of_anything_is_told(void **state)
{
	struct classifier *broken = classifier_new();
	struct buf text;

	(void)state;
	buf_init(&told, 1 << 16);
	buf_init(&text, (size_t)64 << 20);
	for (int i = 0; i <= CATEGORIES_MAX; i++)
		buf_printf(&text, "[category c%d]\n", i);
	buf_printf(&text, "[kind request]\n%0300d\n", 0);
	assert_int_equal(
	    classifier_learn(broken, "w.conf", buf_text(&text), remember, NULL),
	    -1);
	assert_string_equal(buf_text(&told),
	    "w.conf:65: unknown subject \"c64\"; allowed: at most 64 codes "
	    "of a-z, 0-9, _ and -\n"
	    "w.conf:67: an empty piece or no word; as in 闻到 ~ 煤气\n");
	classifier_free(&broken);
	buf_done(&told);
	buf_done(&text);
}

static void
a_concept_without_words_names_where_it_is_used(void **state)
{
	struct classifier *broken = classifier_new();

	(void)state;
	buf_init(&told, 1 << 16);
	assert_int_equal(
	    classifier_learn(broken, "a.conf",
		"[emergency fire]\n\n<smok> + room, <thing> ~ <burns>\n",
		remember, NULL),
	    0);
	assert_int_equal(
	    classifier_learn(broken, "b.conf",
		"[concept thing]\nbin\n[concept burns]\n", remember, NULL),
	    0);
	assert_int_equal(classifier_check(broken, remember, NULL), -1);
	assert_string_equal(buf_text(&told),
	    "a.conf:3: concept \"smok\" has no words; list them under "
	    "[concept smok]\n"
	    "a.conf:3: concept \"burns\" has no words; list them under "
	    "[concept burns]\n");
	buf_done(&told);
	classifier_free(&broken);
}

/* Words of a list, text, and whether the list's word is found in it. */
static void
joins_hold_order_nearness_and_sentences(void **state)
{
	static const char concepts[] = "[concept lift]\nlift, elevator*\n"
				       "[concept stuck]\nstuck, 困\n"
				       "[emergency lift_trap]\n";
	static const struct {
		const char *word, *text;
		bool is_found;
	} rows[] = {
		{ "<lift> ~ <stuck>", "the lift is stuck", true },
		{ "<lift> ~ <stuck>", "Elevators stuck", true },
		{ "<lift> ~ <stuck>", "stuck in the lift", false },
		{ "<lift> + <stuck>", "stuck in the lift", true },
		{ "<lift> + <stuck>", "The lift. Stuck.", false },
		{ "<lift> & <stuck>", "The lift. Stuck.", true },
		{ "<lift> + <stuck>", "lifted, stuck", false },
		{ "<lift>|ramp + <stuck>", "stuck on the ramp", true },
		{ "<lift>|ramp + <stuck>", "stuck in the lift", true },
		{ "ramp|stair", "on the stair", true },
		{ "<stuck> + <lift> + us", "us, in the lift, stuck", true },
		{ "<stuck> + <lift> + us", "us, in the lift", false },
		{ "<lift> ~ in ~ <stuck>", "lift in b in which stuck", true },
		{ "<lift> ~ in ~ <stuck>", "in the lift, stuck", false },
		/* One word is not two. */
		{ "<stuck> + stuck", "stuck", false },
		{ "<stuck> + stuck", "stuck, stuck", true },
		{ "<lift> + <stuck>",
		    "the lift that was put into the old house at the end of "
		    "the street last autumn is stuck",
		    false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct classifier *small = classifier_new();
		struct word_hits hits;
		struct err err = { 0 };
		bool is_found = false;

		if (classifier_learn(small, "w",
			arena_printf(&arena, "%s%s", concepts, rows[i].word),
			words_complain, NULL) < 0 ||
		    classifier_check(small, words_complain, NULL) < 0 ||
		    classifier_seal(small, &err) < 0)
			fail_msg("row %zu: %s", i, rows[i].word);
		classifier_scan(small, unicode_nfkc(rows[i].text, true, &arena),
		    &arena, &hits);
		for (size_t k = 0; k < hits.count; k++)
			is_found |= hits.list[k].word->group == GROUP_EMERGENCY;
		if (is_found != rows[i].is_found)
			fail_msg("%s in \"%s\": %d", rows[i].word, rows[i].text,
			    is_found);
		classifier_free(&small);
	}
}

static void
twice_the_words_look_at_a_text_no_more_often(void **state)
{
	static const char text[] = "闻到煤气味, the lift is stuck.";
	struct classifier *sizes[2] = { classifier_new(), classifier_new() };
	struct buf list;
	struct err err = { 0 };
	struct word_hits hits;

	(void)state;
	buf_init(&list, 1 << 20);
	buf_puts(&list, "[emergency fire]\n闻 ~ 煤气, stuck\n");
	for (int i = 0; i < 2; i++) {
		for (int k = 0; k < 5000; k++)
			buf_printf(
			    &list, "word%d of %d, 词%d ~ 语%d\n", i, k, k, i);
		assert_int_equal(classifier_learn(sizes[i], "w",
				     buf_text(&list), words_complain, NULL),
		    0);
		assert_int_equal(classifier_seal(sizes[i], &err), 0);
		classifier_scan(sizes[i], text, &arena, &hits);
		assert_int_equal(hits.count, 2);
		/* Each of 5 + 20 characters once. */
		assert_int_equal(hits.characters, 25);
		classifier_free(&sizes[i]);
	}
	buf_done(&list);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mistakes_in_a_list_name_their_line),
		cmocka_unit_test(too_much_of_anything_is_told),

		cmocka_unit_test(
		    a_concept_without_words_names_where_it_is_used),
		cmocka_unit_test(joins_hold_order_nearness_and_sentences),
		cmocka_unit_test(twice_the_words_look_at_a_text_no_more_often),
	};

	return cmocka_run_group_tests(tests, start, finish);
}
