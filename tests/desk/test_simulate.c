/*
 * The simulator: mistakes of a script, and what a script can make happen.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/config.h"
#include "core/directory.h"
#include "core/texts.h"
#include "desk/config.h"
#include "desk/simulate.h"
#include "desk/texts.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/json.h"

#define AT(time) "{\"at\":\"2026-11-23T" time "+08:00\","
#define MAIL(time, more)                                                       \
	AT(time) "\"mail\":{\"from\":\"wang@owner.example\"," more "}}\n"
#define TEXT(time, words)                                                      \
	AT(time) "\"sms\":{\"from\":\"+8613700000001\",\"text\":\"" words "\"}}\n"
#define COMPLAINT                                                              \
	MAIL("09:00:00", "\"subject\":\"电梯\",\"text\":\"3-2-501 电梯坏了\"")

static struct config *conf;
static struct texts *texts;

static int
load(void **state)
{
	struct err err = { 0 };

	(void)state;
	if (config_load(
		"conf/demo/shouwen.conf", NULL, NULL, &conf, &err) < 0) {
		print_error("%s\n", err.msg);
		return -1;
	}
	texts = desk_texts_load(conf->templates, conf->classifier, NULL, NULL, &err);
	return texts == NULL ? -1 : 0;
}

static int
unload(void **state)
{
	(void)state;
	texts_free(&texts);
	config_free(&conf);
	return 0;
}

static void
keep_line(const char *line, void *arg)
{
	buf_puts(arg, line);
	buf_putc(arg, '\n');
}

static int
play(const char *script, const char *folder, struct buf *out, struct err *err)
{
	const struct owner owners[] = {
		{ .estate = "sunshine",
		    .name = "王芳",
		    .home = { .building = "3", .unit = "2", .room = "501" },
		    .mail = "wang@owner.example",
		    .phone = "+8613900139001",
		    .is_confirmed = true },
	};
	const struct simulation simulation = {
		.conf = conf,
		.texts = texts,
		.owners = owners,
		.owner_count = ARRAY_COUNT(owners),
		.print = keep_line,
		.arg = out,
	};

	buf_init(out, 1 << 24);
	return simulate_run(&simulation, "s.jsonl", folder, script, err);
}

static void
must_play(const char *script, struct buf *out)
{
	struct err err = { 0 };

	if (play(script, "tests", out, &err) < 0)
		fail_msg("%s", err.msg);
}

static size_t
count(const struct buf *out, const char *words)
{
	size_t result = 0;

	for (const char *at = buf_text(out);
	     (at = strstr(at, words)) != NULL; at++)
		result++;
	return result;
}

/* ---- mistakes ---- */

static void
each_mistake_names_its_line_and_the_reason(void **state)
{
	static const struct {
		const char *script, *why;
	} table[] = {
		{ "{\n", "s.jsonl:1: line 1" },
		{ "\n# a remark\n[1]\n", "s.jsonl:3: \"at\" must be a time" },
		{ "{\"at\":\"today\"}", "s.jsonl:1: \"at\" must be a time" },
		{ AT("09:00:00") "\"mail\":7}", "s.jsonl:1: mail, sms and" },
		{ COMPLAINT AT("08:59:59") "\"sms\":{}}",
		    "s.jsonl:2: \"at\" is before the line above" },
		{ AT("09:00:00") "\"mail\":{\"text\":\"x\"}}",
		    "s.jsonl:1: a mail needs \"from\"" },
		{ AT("09:00:00") "\"sms\":{\"from\":\"139\"}}",
		    "s.jsonl:1: a text needs \"from\" and \"text\"" },
		{ AT("09:00:00") "\"report\":{\"out\":0,\"state\":\"failed\"}}",
		    "s.jsonl:1: a report needs" },
		{ AT("09:00:00") "\"report\":{\"out\":1,\"state\":\"lost\"}}",
		    "s.jsonl:1: a report needs" },
		{ AT("09:00:00") "\"letter\":{\"from\":\"a\"}}",
		    "s.jsonl:1: a line has \"at\" and one of" },
		{ AT("09:00:00")
		    "\"sms\":{\"from\":\"139\",\"text\":\"x\"},"
		    "\"mail\":{\"from\":\"a@b.example\"}}",
		    "s.jsonl:1: only one of mail, sms and report" },
		{ COMPLAINT MAIL("10:00:00", "\"replyto\":2"),
		    "s.jsonl:2: unknown key \"replyto\"" },
		{ AT("09:00:00")
		    "\"sms\":{\"from\":\"139\",\"text\":\"x\",\"cc\":\"1\"}}",
		    "s.jsonl:1: unknown key \"cc\"" },
		{ AT("09:00:00") "\"report\":{\"out\":1,\"status\":\"failed\"}}",
		    "s.jsonl:1: unknown key \"status\"" },
		{ MAIL("09:00:00",
		      "\"attachments\":[{\"file\":\"a\",\"text\":\"c\"}]"),
		    "s.jsonl:1: unknown key \"file\"" },
		/* One header must not become two, or the body. */
		{ MAIL("09:00:00", "\"subject\":\"x\\nBcc: a@b.example\""),
		    "s.jsonl:1: a line end in \"subject\"" },
		{ MAIL("09:00:00", "\"message_id\":\"<a@b>\\r\\nX: y\""),
		    "s.jsonl:1: a line end in \"message_id\"" },
		{ COMPLAINT AT("10:00:00") "\"mail\":{\"from\":\"a@b\\n\"}}",
		    "s.jsonl:2: a line end in \"from\"" },
		{ AT("09:00:00")
		    "\"sms\":{\"from\":\"139\\n\",\"text\":\"a\\nb\"}}",
		    "s.jsonl:1: a line end in \"from\"" },
		{ MAIL("09:00:00", "\"headers\":{\"X-A\":\"b\\nc\"}"),
		    "s.jsonl:1: a line end in \"X-A\"" },
		{ MAIL("09:00:00", "\"headers\":{\"X-A: b\\nX\":\"c\"}"),
		    "s.jsonl:1: a header's name holds a colon" },
		{ MAIL("09:00:00",
		      "\"attachments\":[{\"name\":\"a\\nb\",\"text\":\"c\"}]"),
		    "s.jsonl:1: a line end in \"name\"" },
		/* Known only when the script runs. */
		{ COMPLAINT MAIL("10:00:00", "\"reply_to\":99"),
		    "s.jsonl:2: reply_to 99: so far " },
		{ COMPLAINT AT("10:00:00")
		    "\"report\":{\"out\":99,\"state\":\"bounced\"}}",
		    "s.jsonl:2: report for 99: so far " },
		{ AT("09:00:00") "\"mail\":{\"raw_file\":\"none.eml\"}}",
		    "s.jsonl:1: tests/none.eml: No such file" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct buf out scoped(buf_done);
		struct err err = { 0 };

		assert_int_equal(play(table[i].script, "tests", &out, &err), -1);
		assert_int_equal(err.kind, ERR_DATA);
		if (strncmp(err.msg, table[i].why, strlen(table[i].why)) != 0)
			fail_msg("%s", err.msg);
	}
}

static void
an_empty_script_plays_an_empty_day(void **state)
{
	static const char *const scripts[] = { "", "\n\n", "# nothing\n",
		"{\"at\":\"2026-11-23T09:00:00+08:00\"}\n" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(scripts); i++) {
		struct buf out scoped(buf_done);

		must_play(scripts[i], &out);
		assert_string_equal(buf_text(&out), "{\"cases\":[]}\n");
	}
}

/* ---- what happens ---- */

static void
each_line_of_the_output_is_json(void **state)
{
	struct buf out scoped(buf_done);
	const char *at;

	(void)state;
	must_play(COMPLAINT, &out);
	at = buf_text(&out);
	while (*at != '\0') {
		size_t len = strcspn(at, "\n");
		struct err err = { 0 };
		json_t *line scoped(json_release) = json_from(at, len, &err);

		assert_true(json_is_object(line));
		at += len + 1;
	}
	assert_int_equal(count(&out, "\"template\":\"ack\""), 1);
	assert_int_equal(count(&out, "\"cases\":[{\"number\":\"T261123-"), 1);
}

static void
the_same_script_gives_the_same_output(void **state)
{
	struct buf one scoped(buf_done), other scoped(buf_done);

	(void)state;
	must_play(COMPLAINT "{\"at\":\"2026-11-23T18:00:00+08:00\"}", &one);
	must_play(COMPLAINT "{\"at\":\"2026-11-23T18:00:00+08:00\"}", &other);
	assert_string_equal(buf_text(&one), buf_text(&other));
}

static void
a_reply_finds_the_case_of_what_it_answers(void **state)
{
	struct buf out scoped(buf_done);

	(void)state;
	/* From another address: only the token knows the case. */
	must_play(COMPLAINT AT("10:00:00")
		"\"mail\":{\"from\":\"cousin@owner.example\",\"reply_to\":1,"
		"\"text\":\"还是没修好，请尽快\"}}\n",
	    &out);
	assert_int_equal(count(&out, "\"number\":\"T261123-"), 1);
	assert_true(count(&out, "\"event\":\"followed_up\"") +
			count(&out, "\"template\":\"followup\"") >=
		    1);
}

static void
a_raw_file_is_read_from_the_folder_of_the_script(void **state)
{
	char folder[] = "/tmp/shouwen-sim-XXXXXX", path[64];
	struct buf out scoped(buf_done);
	struct err err = { 0 };
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/a.eml", folder);
	file = fopen(path, "we");
	assert_non_null(file);
	(void)fputs("From: wang@owner.example\r\nTo: desk@sunshine.example\r\n"
		    "Subject: lift\r\nMessage-ID: <r@owner.example>\r\n\r\n"
		    "The lift in building 3 is broken.\r\n",
	    file);
	assert_int_equal(fclose(file), 0);
	if (play(AT("09:00:00") "\"mail\":{\"raw_file\":\"a.eml\"}}", folder,
		&out, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(count(&out, "\"number\":\"T261123-"), 1);
	assert_true(count(&out, "\"to\":\"wang@owner.example\"") >= 1);
	(void)unlink(path);
	(void)rmdir(folder);
}

static void
a_message_that_the_script_refuses_goes_another_way(void **state)
{
	struct buf out scoped(buf_done);

	(void)state;
	/* The report stands below what it is about: it was looked ahead. */
	must_play(COMPLAINT AT("09:30:00")
		"\"report\":{\"out\":1,\"state\":\"failed\"}}\n",
	    &out);
	assert_int_equal(count(&out,
			     "\"out\":1,\"channel\":\"mail\","
			     "\"to\":\"wang@owner.example\""),
	    1);
	assert_int_equal(count(&out,
			     "\"channel\":\"sms\",\"to\":\"+8613900139001\""),
	    1);
}

static void
texts_are_delivered_five_seconds_later(void **state)
{
	struct buf out scoped(buf_done);

	(void)state;
	must_play(AT("09:00:00")
		"\"sms\":{\"from\":\"13900139001\",\"text\":"
		"\"3-2-501 电梯坏了\"}}\n" "{\"at\":\"2026-11-23T09:30:00+08:00\"}\n",
	    &out);
	assert_int_equal(count(&out, "\"template\":\"ack\""), 1);
	assert_int_equal(count(&out, "\"note\""), 0);
}

/* The number after `key' in the line of the output that holds `words'. */
static int
number_in_line(const struct buf *out, const char *words, const char *key)
{
	const char *at = strstr(buf_text(out), words);

	assert_non_null(at);
	while (at > buf_text(out) && at[-1] != '\n')
		at--;
	at = strstr(at, key);
	assert_non_null(at);
	return (int)strtol(at + strlen(key), NULL, 10);
}

static void
an_outcome_that_bounces_withdraws_its_proof(void **state)
{
	struct buf script scoped(buf_done), out scoped(buf_done);
	struct buf before scoped(buf_done);

	(void)state;
	buf_init(&script, 4096);
	buf_puts(&script, COMPLAINT AT("10:00:00")
	    "\"mail\":{\"from\":\"lin@sunshine.example\",\"reply_to\":2,"
	    "\"text\":\"#办结 您好，电梯已由维保人员修复，试运行正常\"}}\n");
	must_play(buf_text(&script), &before);
	assert_int_equal(count(&before, "\"event\":\"fed_back\""), 1);
	buf_printf(&script,
	    AT("10:30:00") "\"report\":{\"out\":%d,\"state\":\"bounced\"}}\n"
	    "{\"at\":\"2026-11-23T11:00:00+08:00\"}\n",
	    number_in_line(&before, "\"template\":\"outcome\"", "\"out\":"));
	must_play(buf_text(&script), &out);
	assert_int_equal(count(&out, "\"event\":\"feedback_withdrawn\""), 1);
	/* And goes by text. */
	assert_int_equal(count(&out, "\"template\":\"outcome\""), 2);
	assert_int_equal(count(&out, "\"event\":\"fed_back\""), 2);
}

/* Only the colleague whose From it is may answer their mail. */
static void
a_colleagues_mail_that_was_passed_on_gives_nobody_a_say(void **state)
{
	static const char script[] = COMPLAINT AT("10:00:00")
	    "\"mail\":{\"from\":\"firm@lifts.example\",\"reply_to\":2,"
	    "\"text\":\"#办结 我们明天来看\"}}\n";
	struct buf out scoped(buf_done);

	(void)state;
	must_play(script, &out);
	assert_int_equal(count(&out, "\"event\":\"refused\""), 1);
	assert_int_equal(count(&out, "\"template\":\"unverified\""), 1);
	assert_int_equal(count(&out, "\"event\":\"followup\""), 0);
	assert_int_equal(count(&out, "\"event\":\"resolved\""), 0);
}

/* R53, also for a number that stands in no register. */
static void
an_opt_out_of_a_stranger_is_kept_until_a_new_report(void **state)
{
	static const char script[] =
	    TEXT("09:00:00", "TD") TEXT("09:20:00", "TD") TEXT("09:40:00", "5")
		TEXT("10:00:00", "3-2-501 厨房漏水");
	struct buf out scoped(buf_done);

	(void)state;
	must_play(script, &out);
	assert_int_equal(count(&out, "\"template\":\"optout\""), 1);
	assert_int_equal(count(&out, "\"template\":\"unclear\""), 0);
	assert_int_equal(count(&out, "\"event\":\"sms_allowed\""), 1);
	assert_int_equal(count(&out, "\"template\":\"ack\""), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_mistake_names_its_line_and_the_reason),
		cmocka_unit_test(an_empty_script_plays_an_empty_day),
		cmocka_unit_test(each_line_of_the_output_is_json),
		cmocka_unit_test(the_same_script_gives_the_same_output),
		cmocka_unit_test(a_reply_finds_the_case_of_what_it_answers),
		cmocka_unit_test(
		    a_raw_file_is_read_from_the_folder_of_the_script),
		cmocka_unit_test(
		    a_message_that_the_script_refuses_goes_another_way),
		cmocka_unit_test(texts_are_delivered_five_seconds_later),
		cmocka_unit_test(an_outcome_that_bounces_withdraws_its_proof),
		cmocka_unit_test(
		    a_colleagues_mail_that_was_passed_on_gives_nobody_a_say),
		cmocka_unit_test(
		    an_opt_out_of_a_stranger_is_kept_until_a_new_report),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
