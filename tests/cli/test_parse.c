#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "cli/parse.h"
#include "lib/cleanup.h"
#include "tests/support/cmocka_fence.h"

static char verb[] = "parse", batch[] = "--batch", help[] = "--help",
	    wrong[] = "--wrong", explain[] = "--explain", json[] = "--json",
	    nowhere[] = "/nowhere/at/all";
static char folder[] = "/tmp/test_parse.XXXXXX";
static char mail[64], answer[64], machine[64], bad[64], output[64], input[64];

static void
write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

/* Run the verb in a child; returns its status, its output is in `out'. */
static int
run(int argc, char **argv, char *out, size_t size)
{
	pid_t child = fork();
	int status = 0;
	FILE *file;
	size_t len;

	if (child == 0) {
		if (freopen(output, "wb", stdout) == NULL ||
		    freopen("/dev/null", "wb", stderr) == NULL ||
		    freopen(input, "rb", stdin) == NULL)
			_exit(99);
		status = cli_parse(argc, argv);
		(void)fflush(stdout);
		_exit(status);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	file = fopen(output, "rb");
	assert_non_null(file);
	len = fread(out, 1, size - 1, file);
	out[len] = '\0';
	(void)fclose(file);
	return WEXITSTATUS(status);
}

static void
a_file_becomes_a_line_of_json(void **state)
{
	char *argv[] = { verb, mail, mail, NULL };
	char out[4096];

	(void)state;
	assert_int_equal(run(3, argv, out, sizeof(out)), EX_OK);
	assert_non_null(strstr(out, "\"from\":\"a@x.org\""));
	assert_non_null(strstr(out, "\"reply\":\"drips\""));
	assert_non_null(strstr(out, "\"bounce\":null"));
	assert_non_null(strstr(out, "\"auto\":false"));
	assert_non_null(strstr(strchr(out, '\n'), "\"subject\":\"tap\""));
}

static void
a_batch_answers_each_path_in_order(void **state)
{
	char *argv[] = { verb, batch, NULL };
	char out[4096];
	char *second;

	(void)state;
	assert_int_equal(run(2, argv, out, sizeof(out)), EX_NOINPUT);
	assert_non_null(strstr(out, "\"subject\":\"tap\""));
	second = strchr(out, '\n') + 1;
	assert_int_equal(strncmp(second, "{\"error\":", 9), 0);
	second = strchr(second, '\n') + 1;
	assert_int_equal(strncmp(second, "{\"error\":", 9), 0);
}

static void
a_person_is_told_why_each_line_is_kept_or_cut(void **state)
{
	static const char *const told[] = { "a person: no sign of a machine",
		"keep  the writer's own", "cut   introduces a quote",
		"cut   quoted", "cut   footer of a mail program" };
	char *argv[] = { verb, explain, answer, NULL };
	char out[4096];

	(void)state;
	assert_int_equal(run(3, argv, out, sizeof(out)), EX_OK);
	for (size_t i = 0; i < ARRAY_COUNT(told); i++)
		if (strstr(out, told[i]) == NULL)
			fail_msg("not told: %s\n%s", told[i], out);
	/* Colour only on a terminal. */
	assert_null(strchr(out, '\033'));
}

static void
a_person_is_told_what_gives_a_machine_away(void **state)
{
	static const char *const told[] = { "a machine: bounce",
		"also: robot address (From: mailer-daemon@x.org)",
		"failed: b@y.org; status 5.1.1, final" };
	char *argv[] = { verb, explain, machine, NULL };
	char out[4096];

	(void)state;
	assert_int_equal(run(3, argv, out, sizeof(out)), EX_OK);
	for (size_t i = 0; i < ARRAY_COUNT(told); i++)
		if (strstr(out, told[i]) == NULL)
			fail_msg("not told: %s\n%s", told[i], out);
}

static void
programs_are_told_why_in_json(void **state)
{
	char *argv[] = { verb, explain, json, answer, machine, NULL };
	char out[8192];

	(void)state;
	assert_int_equal(run(5, argv, out, sizeof(out)), EX_OK);
	assert_non_null(strstr(out, "\"reply\":\"still drips\""));
	assert_non_null(
	    strstr(out, "{\"line\":1,\"fate\":\"own\",\"kept\":true,"
			"\"text\":\"still drips\"}"));
	assert_non_null(strstr(out, "\"fate\":\"attribution\",\"kept\":false"));
	assert_non_null(
	    strstr(out, "{\"reason\":\"robot address\",\"where\":"));
}

static void
mistakes_have_their_exit_status(void **state)
{
	char *const cases[][3] = {
		{ verb, bad, NULL },
		{ verb, nowhere, NULL },
		{ verb, folder, NULL },
		{ verb, wrong, NULL },
		{ verb, NULL, NULL },
		{ verb, explain, NULL },
		{ verb, json, NULL },
		{ verb, help, NULL },
	};
	const int expected[] = { EX_DATAERR, EX_NOINPUT, EX_NOINPUT, EX_USAGE,
		EX_USAGE, EX_USAGE, EX_USAGE, EX_OK };
	char out[4096];

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char *argv[] = { cases[i][0], cases[i][1], NULL };

		assert_int_equal(
		    run(argv[1] == NULL ? 1 : 2, argv, out, sizeof(out)),
		    expected[i]);
	}
	assert_non_null(strstr(out, "usage:"));
}

static int
make_files(void **state)
{
	char list[200];

	(void)state;
	assert_non_null(mkdtemp(folder));
	(void)snprintf(mail, sizeof(mail), "%s/mail", folder);
	(void)snprintf(bad, sizeof(bad), "%s/bad", folder);
	(void)snprintf(output, sizeof(output), "%s/output", folder);
	(void)snprintf(input, sizeof(input), "%s/input", folder);
	write_file(mail, "From: a@x.org\nSubject: tap\n\ndrips\n");
	(void)snprintf(answer, sizeof(answer), "%s/answer", folder);
	(void)snprintf(machine, sizeof(machine), "%s/machine", folder);
	write_file(answer,
	    "From: a@x.org\nSubject: Re: tap\nIn-Reply-To: <1@y.org>\n\n"
	    "still drips\n\nSent from my iPhone\n\n"
	    "On 20 Nov 2026, at 10:05, Desk <d@y.org> wrote:\n> tap?\n");
	write_file(machine,
	    "From: MAILER-DAEMON@x.org\nSubject: failure notice\n\n"
	    "<b@y.org>: 550 5.1.1 user unknown\n");
	write_file(bad, "\n");
	(void)snprintf(
	    list, sizeof(list), "%s\n%s\n/nowhere/at/all\n", mail, bad);
	write_file(input, list);
	return 0;
}

static int
remove_files(void **state)
{
	const char *const files[] = { mail, answer, machine, bad, output,
		input };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(files); i++)
		(void)unlink(files[i]);
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_becomes_a_line_of_json),
		cmocka_unit_test(a_batch_answers_each_path_in_order),
		cmocka_unit_test(a_person_is_told_why_each_line_is_kept_or_cut),
		cmocka_unit_test(a_person_is_told_what_gives_a_machine_away),
		cmocka_unit_test(programs_are_told_why_in_json),
		cmocka_unit_test(mistakes_have_their_exit_status),
	};

	return cmocka_run_group_tests(tests, make_files, remove_files);
}
