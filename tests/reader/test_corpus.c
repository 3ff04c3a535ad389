/*
 * Every mail of the shared corpus, read by a sandboxed worker: none may end
 * it, and each comes back as a message or as an error.
 */
#include <ftw.h>
#include <stdbool.h>

#include "tests/reader/worker_link.h"

#define CORPUS "../shared/corpora/raw"

static size_t mails, errors;

static int
read_file(const char *path, const struct stat *info, int flag, struct FTW *where)
{
	char *raw;
	FILE *file;
	size_t len;
	json_t *answer;

	(void)where;
	if (flag != FTW_F)
		return 0;
	file = fopen(path, "rb");
	raw = malloc((size_t)info->st_size + 1);
	assert_non_null(file);
	assert_non_null(raw);
	len = fread(raw, 1, (size_t)info->st_size, file);
	(void)fclose(file);
	answer = ask(READER_MAIL, raw, len, "");
	mails++;
	errors += json_text(answer, "error") != NULL;
	assert_true(json_text(answer, "error") != NULL ||
	    json_is_object(json_object_get(answer, "message")));
	json_decref(answer);
	free(raw);
	return 0;
}

static void
no_mail_of_the_corpus_ends_the_worker(void **state)
{
	(void)state;
	if (access(CORPUS, R_OK) != 0) {
		print_message("no corpus at " CORPUS "\n");
		skip();
	}
	assert_int_equal(nftw(CORPUS, read_file, 16, FTW_PHYS), 0);
	assert_true(mails > 700);
	assert_true(errors * 100 < mails);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_mail_of_the_corpus_ends_the_worker),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
