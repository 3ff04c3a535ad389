/*
 * The mails of tests/mail, each with what must be read in it: one line of
 * expected.jsonl names the file, its kind and the facts.
 */
#include <stdio.h>
#include <stdlib.h>

#include "lib/json.h"
#include "lib/text.h"
#include "tests/reader/reading.h"

#define FOLDER     "tests/mail/"
#define FILE_BYTES ((size_t)256 << 10)

static size_t mails, chinese, wrong;

static void
complain(const char *file, const char *key, const char *want, const char *got)
{
	wrong++;
	print_message("%s: %s\n  wanted: %s\n  read:   %s\n", file, key, want,
	    text_or(got, "(nothing)"));
}

static const char *
flag_text(bool flag)
{
	return flag ? "true" : "false";
}

static void
compare_flag(const char *file, const json_t *expect, const char *key, bool got)
{
	const json_t *want = json_object_get(expect, key);

	if (want != NULL && json_is_true(want) != got)
		complain(
		    file, key, flag_text(json_is_true(want)), flag_text(got));
}

static void
compare_text(
    const char *file, const json_t *expect, const char *key, const char *got)
{
	const char *want = json_text(expect, key);

	if (want != NULL && !text_eq(want, got))
		complain(file, key, want, got);
}

static void
compare_list(const char *file, const json_t *expect, const char *key,
    const char **list, size_t count)
{
	const json_t *want = json_object_get(expect, key);
	size_t i;

	if (want == NULL)
		return;
	for (i = 0; i < count && i < json_array_size(want); i++)
		if (!text_eq(
			json_string_value(json_array_get(want, i)), list[i]))
			break;
	if (i < count || i < json_array_size(want))
		complain(file, key,
		    text_or(
			json_string_value(json_array_get(want, i)), "no more"),
		    i < count ? list[i] : NULL);
}

static void
compare(const char *file, const json_t *expect, const struct message *m)
{
	const struct bounce *bounce = &m->bounce;

	compare_text(file, expect, "reply", m->own);
	compare_flag(file, expect, "auto", m->is_auto);
	compare_text(file, expect, "auto_reason", m->auto_reason);
	compare_text(file, expect, "in_reply_to", m->in_reply_to);
	compare_list(
	    file, expect, "references", m->references, m->reference_count);
	compare_flag(file, expect, "is_forward", m->forward.is_forward);
	compare_text(file, expect, "forward_from", m->forward.from);
	compare_text(file, expect, "forward_subject", m->forward.subject);
	compare_text(file, expect, "forward_body", m->forward.body);
	compare_flag(file, expect, "is_bounce", bounce->is_bounce);
	compare_flag(file, expect, "is_delay", bounce->is_delay);
	compare_flag(file, expect, "is_hard", bounce->is_hard);
	compare_text(file, expect, "status", bounce->status);
	compare_text(
	    file, expect, "original_message_id", bounce->original_message_id);
	compare_list(file, expect, "recipients", bounce->recipients,
	    bounce->recipient_count);
}

static size_t
read_file(const char *name, char *ret)
{
	char path[300];
	FILE *file;
	size_t len;

	(void)snprintf(path, sizeof(path), FOLDER "%s", name);
	file = fopen(path, "rb");
	if (file == NULL)
		fail_msg("%s: no such file", path);
	len = fread(ret, 1, FILE_BYTES, file);
	(void)fclose(file);
	return len;
}

static void
check_row(const char *line)
{
	static char raw[FILE_BYTES];
	struct err err = { 0 };
	struct message message;
	json_t *row scoped(json_release) = json_from(line, strlen(line), &err);
	const char *name = json_text(row, "file");
	size_t len;

	assert_non_null(name);
	len = read_file(name, raw);
	arena_reset(&arena);
	if (reader_mail(raw, len, &arena, &message, &err) < 0)
		fail_msg("%s: %s", name, err.msg);
	compare(name, json_object_get(row, "expect"), &message);
	mails++;
	chinese += strstr(name, "/zh_") != NULL;
}

static void
every_mail_is_read_as_expected(void **state)
{
	FILE *file = fopen(FOLDER "expected.jsonl", "r");
	char *line = NULL;
	size_t size = 0;

	(void)state;
	assert_non_null(file);
	while (getline(&line, &size, file) > 0)
		check_row(line);
	free(line);
	(void)fclose(file);
	print_message("%zu mails, %zu of Chinese programs\n", mails, chinese);
	assert_int_equal(wrong, 0);
	assert_true(mails >= 355);
	assert_true(chinese >= 60);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_mail_is_read_as_expected),
	};

	return cmocka_run_group_tests(tests, open_reader, close_reader);
}
