/*
 * Templates are looked at as a whole when they are loaded: each mistake is
 * told, with its place and what is allowed.
 */
#include "tests/support/cmocka_fence.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "core/texts.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "tests/support/shipped_texts.h"

/* With these files instead nothing is loaded, and each of that is told. */
static void
is_refused(
    struct shipped_files *files, const char *const *wanted, size_t count)
{
	buf_reset(&shipped_mistakes);
	assert_null(texts_load(shipped_read, shipped_note, files));
	for (size_t i = 0; i < count; i++)
		if (strstr(buf_text(&shipped_mistakes), wanted[i]) == NULL)
			fail_msg("not told: %s; but: %s", wanted[i],
			    buf_text(&shipped_mistakes));
}

static void
every_mistake_of_a_load_is_told_at_once(void **state)
{
	struct shipped_files files = {
		.path = { "en/ack.sms", "en/help.mail", "zh-CN/ack.mail",
		    "zh-CN/alert.sms" },
		.instead = { "a\n{{case.colour}} {{#words}}x{{/words}}",
		    "Subject: x\n\nb\n{{>part_none}}\n{{#open}}", NULL,
		    "{{owner.phone}}" },
	};
	static const char *const wanted[] = {
		"templates/en/ack.sms:2: no case.colour here; allowed: ",
		"templates/en/ack.sms:2: no words here; allowed: ",
		"templates/en/help.mail:5: {{open}} is not closed",
		"templates/zh-CN/ack.mail: no such file",
		"templates/zh-CN/alert.sms:1: no owner.phone here; allowed: ",
	};

	(void)state;
	is_refused(&files, wanted, ARRAY_COUNT(wanted));
}

static void
mails_have_a_subject_and_case_mails_the_number(void **state)
{
	struct shipped_files files = {
		.path = { "en/ack.mail", "en/help.mail", "en/unclear.mail",
		    "en/part_desk.mail" },
		.instead = { "Subject: hello\n\nx", "Dear resident", 
		    "Subject: x\n\n{{>part_none}}", "{{case.number}}" },
	};
	static const char *const wanted[] = {
		"templates/en/ack.mail:1: the subject wants to start with "
		"[{{case.number}}]",
		"templates/en/help.mail:1: wants \"Subject: ...\"",
		"templates/en/unclear.mail:3: no partial of the name part_none",
		/* status has no case. */
		"templates/en/status.mail:11: part_desk:1: no case.number here",
	};

	(void)state;
	is_refused(&files, wanted, ARRAY_COUNT(wanted));
}

static void
the_page_of_all_mails_fetches_and_runs_nothing(void **state)
{
	struct shipped_files files = {
		.path = { "mail.html" },
		.instead = { "<html>\n{{{title}}} {{&lang}}\n"
			     "<img alt=x><SCRIPT>\n{{colour}} {{>part_x}}\n"
			     "<a style=\"background:url(x)\">" },
	};
	static const char *const wanted[] = {
		"templates/mail.html:2: {{{title}}} is not escaped",
		"templates/mail.html:2: {{{lang}}} is not escaped",
		"templates/mail.html:3: no \"<img\" here: pictures",
		"templates/mail.html:3: no \"<script\" here: no script",
		"templates/mail.html:4: no colour here; allowed: lang title ",
		"templates/mail.html:4: no partial part_x",
		"templates/mail.html:5: no \"url(\" here: nothing is fetched",
	};

	(void)state;
	is_refused(&files, wanted, ARRAY_COUNT(wanted));
	files.instead[0] = "{{#blocks}}";
	buf_reset(&shipped_mistakes);
	assert_null(texts_load(shipped_read, shipped_note, &files));
	assert_string_equal(buf_text(&shipped_mistakes),
	    "templates/mail.html:1: {{blocks}} is not closed\n");
	files.instead[0] = NULL;
	buf_reset(&shipped_mistakes);
	assert_null(texts_load(shipped_read, shipped_note, &files));
	assert_string_equal(
	    buf_text(&shipped_mistakes), "templates/mail.html: no such file\n");
}

static void
no_file_lies_there_that_nobody_sends(void **state)
{
	static const char *const folders[] = { "zh-CN", "en" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(folders); i++) {
		char path[512];
		struct dirent *entry;
		DIR *folder;

		(void)snprintf(path, sizeof(path), "templates/%s", folders[i]);
		folder = opendir(path);
		assert_non_null(folder);
		while ((entry = readdir(folder)) != NULL) {
			if (entry->d_name[0] == '.')
				continue;
			(void)snprintf(path, sizeof(path), "%s/%s", folders[i],
			    entry->d_name);
			if (!texts_is_known(path))
				fail_msg("%s is in no table", path);
		}
		(void)closedir(folder);
	}
	assert_false(texts_is_known("en/none.mail"));
	assert_false(texts_is_known("en/optout.mail"));
	assert_false(texts_is_known("en/blocked.sms"));
	assert_false(texts_is_known("en/part_case.sms"));
	assert_false(texts_is_known("en/ack.txt"));
	assert_false(texts_is_known("ack.mail"));
	assert_false(texts_is_known("en/ack.html"));
	assert_true(texts_is_known("mail.html"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_mistake_of_a_load_is_told_at_once),
		cmocka_unit_test(
		    mails_have_a_subject_and_case_mails_the_number),
		cmocka_unit_test(
		    the_page_of_all_mails_fetches_and_runs_nothing),
		cmocka_unit_test(no_file_lies_there_that_nobody_sends),
	};

	return cmocka_run_group_tests(tests, shipped_open, shipped_close);
}
