/*
 * What fuzzing has found, each as an input in fuzz/finds/TARGET, and an input
 * of each kind that finds nothing: none may end the process.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/targets.h"
#include "lib/cleanup.h"
#include "tests/support/cmocka_fence.h"

struct target {
	const char *name;
	void (*run)(const uint8_t *data, size_t size);
	const char *sample;
};

static const struct target targets[] = {
	{ "mail", fuzz_mail, "From: a@x\n\nhello\n" },
	{ "bounce", fuzz_bounce,
	    "Content-Type: text/plain\n\nfailed\n--b--\n" },
	{ "own_text", fuzz_own_text, "mine\n\n> theirs\n\tin a quote\n" },
	{ "html", fuzz_html, "<p>one<p>two" },
	{ "headers", fuzz_headers, "utf-8\nName <a@x>, 1 Jan 2026" },
	{ "inner", fuzz_inner, "begin 644 a\n#86)C\nend\n" },
	{ "fields", fuzz_fields, "{\"a\":\"1\",\"b\":2}" },
	{ "push", fuzz_push, "\x01{\"query\":{\"from\":\"1\"}}" },
	{ "sms_text", fuzz_sms_text, "\x05We’ll see about “it” – 漏水😀" },
	{ "keywords", fuzz_keywords, "\x10 STOP!" },
};

static size_t
replay(const struct target *target)
{
	char folder[100];
	DIR *list;
	size_t count = 0;

	(void)snprintf(folder, sizeof(folder), "fuzz/finds/%s", target->name);
	list = opendir(folder);
	for (struct dirent *entry = list == NULL ? NULL : readdir(list);
	     entry != NULL; entry = readdir(list)) {
		static uint8_t data[1 << 20];
		char path[400];
		FILE *file;

		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(
		    path, sizeof(path), "%s/%s", folder, entry->d_name);
		file = fopen(path, "rb");
		assert_non_null(file);
		target->run(data, fread(data, 1, sizeof(data), file));
		(void)fclose(file);
		count++;
	}
	if (list != NULL)
		(void)closedir(list);
	return count;
}

static void
no_find_of_the_fuzzers_comes_back(void **state)
{
	size_t finds = 0;

	(void)state;
	fuzz_open();
	for (size_t i = 0; i < ARRAY_COUNT(targets); i++) {
		targets[i].run((const uint8_t *)targets[i].sample,
		    strlen(targets[i].sample));
		finds += replay(&targets[i]);
	}
	print_message("%zu finds\n", finds);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_find_of_the_fuzzers_comes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
