/*
 * The word lists of conf/words/ for tests.  Tests run from the top of the
 * tree.
 */
#ifndef TESTS_CORE_WORDS_H
#define TESTS_CORE_WORDS_H

#include "core/classify.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <string.h>

static const char *const words_files[] = { "categories", "concepts",
	"emergencies", "guards", "hints", "kinds", "major", "ratings", "sms",
	"spam", "tone", "wording" };

static inline void
words_complain(const char *mistake, void *arg)
{
	(void)arg;
	print_error("%s\n", mistake);
}

/* The whole file; the caller ends it with buf_done(). */
static inline struct buf
words_read(const char *path)
{
	struct buf text;
	FILE *file = fopen(path, "rb");
	char block[4096];
	size_t len;

	buf_init(&text, (size_t)4 << 20);
	if (file == NULL)
		return text;
	while ((len = fread(block, 1, sizeof(block), file)) > 0)
		buf_add(&text, block, len);
	(void)fclose(file);
	return text;
}

static inline struct classifier *
words_open(void)
{
	struct classifier *words = classifier_new();
	struct err err = { 0 };

	for (size_t i = 0; i < sizeof(words_files) / sizeof(*words_files);
	     i++) {
		char path[64];
		struct buf text;

		(void)snprintf(
		    path, sizeof(path), "conf/words/%s.conf", words_files[i]);
		text = words_read(path);
		assert_true(text.len > 0);
		assert_int_equal(classifier_learn(words, path, buf_text(&text),
				     words_complain, NULL),
		    0);
		buf_done(&text);
	}
	assert_int_equal(classifier_check(words, words_complain, NULL), 0);
	assert_int_equal(classifier_seal(words, &err), 0);
	return words;
}

#endif
