/*
 * The reader as the desk meets it: a process behind a socket pair.
 */
#include "reader/answer.h"
#include "tests/reader/worker_link.h"

static const char kannel[] =
    "{\"push\":{\"format\":0,\"id\":\"id\",\"from\":\"from\",\"text\":"
    "\"text\"},\"report\":{\"format\":0,\"id\":\"id\",\"state\":\"type\","
    "\"delivered\":[\"1\"]}}";

/* The first item that a push or poll brought. */
static const json_t *
first(const json_t *answer, const char *what)
{
	return json_object_get(
	    json_array_get(json_object_get(answer, "items"), 0), what);
}

static void
a_mail_comes_back_as_a_message(void **state)
{
	static const char raw[] =
	    "From: a@example.org\nSubject: tap\n\ndrips\n";
	json_t *answer = ask(READER_MAIL, raw, strlen(raw), "");
	const json_t *message = json_object_get(answer, "message");

	(void)state;
	assert_string_equal(json_text(message, "from"), "a@example.org");
	assert_string_equal(json_text(message, "reply"), "drips");
	/* The desk has no use for the whole text. */
	assert_null(json_text(message, "text"));
	json_decref(answer);
}

static void
one_memory_may_hold_many_mails(void **state)
{
	static const char raw[] = "From: a@x\n\none\nFrom: b@x\n\ntwo\n";
	struct reader_job job = { .job = 3, .kind = READER_MAIL };
	json_t *answer;

	(void)state;
	job.offset = (uint64_t)(strstr(raw, "From: b") - raw);
	job.length = strlen(raw) - job.offset;
	answer = answer_of(&job, "", memory_with(raw, strlen(raw)));
	assert_string_equal(
	    json_text(json_object_get(answer, "message"), "from"), "b@x");
	json_decref(answer);
}

static void
few_bytes_come_behind_their_job(void **state)
{
	static const char raw[] = "From: a@x\n\none\n";
	static const char push[] = "{\"query\":{\"from\":\"+8613900000002\","
				   "\"text\":\"two\"}}";
	struct reader_job job = {
		.job = 4, .kind = READER_MAIL, .length = strlen(raw)
	};
	struct buf behind scoped(buf_done);
	json_t *answer = answer_of(&job, raw, -1);

	(void)state;
	assert_string_equal(
	    json_text(json_object_get(answer, "message"), "reply"), "one");
	json_decref(answer);
	buf_init(&behind, 4096);
	buf_puts(&behind, kannel);
	buf_puts(&behind, push);
	job.kind = READER_PUSH_TEXT;
	job.extra = (uint32_t)strlen(kannel);
	job.length = strlen(push);
	answer = answer_of(&job, buf_text(&behind), -1);
	assert_string_equal(json_text(first(answer, "message"), "reply"), "two");
	json_decref(answer);
}

/* The reader remembers the map of the job before. */
static void
each_push_is_read_by_its_own_map(void **state)
{
	static const char push[] = "{\"query\":{\"id\":\"u1\",\"from\":\"a\","
				   "\"sender\":\"b\",\"text\":\"x\"}}";
	static const char other[] =
	    "{\"push\":{\"format\":0,\"from\":\"sender\",\"text\":\"text\"}}";
	static const struct {
		const char *map, *from;
	} cases[] = { { kannel, "a" }, { kannel, "a" }, { other, "b" },
		{ kannel, "a" }, { "[]", NULL }, { "{", NULL },
		{ "", NULL }, { kannel, "a" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		json_t *answer = ask(
		    READER_PUSH_TEXT, push, strlen(push), cases[i].map);
		const char *from = json_text(first(answer, "message"), "from");

		if (cases[i].from == NULL)
			assert_null(from);
		else
			assert_string_equal(from, cases[i].from);
		json_decref(answer);
	}
}

static void
pushes_reports_and_polls_come_back_in_their_own_shape(void **state)
{
	static const char push[] = "{\"query\":{\"id\":\"u1\",\"from\":"
				   "\"+8613900000002\",\"text\":\"水管\"}}";
	static const char report[] =
	    "{\"query\":{\"id\":\"9-1\",\"type\":\"1\"}}";
	static const char poll[] = "{\"d\":[{\"s\":\"1\",\"t\":\"x\"}]}";
	static const char map[] =
	    "{\"poll\":{\"format\":2,\"items\":\"/d\",\"from\":\"/s\","
	    "\"text\":\"/t\"}}";
	json_t *answer = ask(READER_PUSH_TEXT, push, strlen(push), kannel);

	(void)state;
	assert_string_equal(
	    json_text(first(answer, "message"), "reply"), "水管");
	json_decref(answer);
	answer = ask(READER_PUSH_REPORT, report, strlen(report), kannel);
	assert_string_equal(
	    json_text(first(answer, "report"), "state"), "delivered");
	json_decref(answer);
	answer = ask(READER_POLL, poll, strlen(poll), map);
	assert_int_equal(
	    json_array_size(json_object_get(answer, "items")), 1);
	json_decref(answer);
}

static void
assert_refused(json_t *answer, const char *word)
{
	assert_non_null(json_text(answer, "error"));
	assert_non_null(strstr(json_text(answer, "error"), word));
	json_decref(answer);
}

static void
a_bad_job_is_an_error_and_not_the_end(void **state)
{
	static const char raw[] = "From: a@x\n\none\n";
	struct reader_job job = { .job = 1, .kind = READER_MAIL, .length = 5 };

	(void)state;
	assert_refused(
	    answer_of(&job, "", memfd_create("bare", MFD_CLOEXEC)), "sealed");
	job.length = 6;
	assert_refused(answer_of(&job, "", memory_with(raw, 5)), "outside");
	job.length = 5;
	job.kind = 99;
	assert_refused(answer_of(&job, "", memory_with(raw, 5)), "kind");
	assert_refused(ask(READER_MAIL, "", 0, ""), "header");
	assert_refused(ask(READER_PUSH_TEXT, "[]", 2, kannel), "request");
	a_mail_comes_back_as_a_message(state);
}

static void
what_is_no_job_ends_the_worker(void **state)
{
	const struct reader_job no_raw = { .length = 5 };
	const struct reader_job no_extra = { .extra = 5 };
	const struct reader_job too_much_extra = { .extra = UINT32_MAX };
	const struct bytes cases[] = {
		{ "x", 1 },
		{ (const char *)&no_raw, sizeof(no_raw) },
		{ (const char *)&no_extra, sizeof(no_extra) },
		{ (const char *)&too_much_extra, sizeof(too_much_extra) },
	};

	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct err err = { 0 };
		struct frame frame;

		assert_int_equal(frame_send(&desk, READER_JOB, cases[i].data,
				     cases[i].len, -1, &err),
		    0);
		assert_int_equal(frame_wait(&desk, WAIT_MS, &frame, &err), 0);
		assert_int_not_equal(finish(), 0);
		(void)start(state);
	}
}

static void
repeat(struct buf *buf, const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_puts(buf, text);
}

/* JSON spells a backslash as two bytes; recipients, file names and the
 * forwarded text are as long as they may be. */
static void
the_largest_answer_fits_its_frame(void **state)
{
	struct buf raw scoped(buf_done);
	json_t *answer;
	const json_t *message, *forward;

	(void)state;
	buf_init(&raw, 16 * MIB);
	buf_puts(
	    &raw, "From: a@x\nContent-Type: multipart/mixed; boundary=B\n");
	for (int i = 0; i < LIMIT_RECIPIENTS; i++) {
		buf_puts(&raw, "To: \"");
		repeat(&raw, "\\\\", LIMIT_HEAD_BYTES / LIMIT_RECIPIENTS / 2 - 20);
		buf_puts(&raw, "\" <b@x>\n");
	}
	buf_puts(&raw, "\n--B\n\nsee below\n---- Forwarded message ----\n");
	repeat(&raw, "\\", LIMIT_TEXT_BYTES - 100);
	for (int i = 0; i < LIMIT_ATTACHMENTS; i++) {
		buf_puts(&raw, "\n--B\nContent-Type: image/png; name=\"");
		repeat(&raw, "\\\\", LIMIT_HEADER_BYTES / 2 - 50);
		buf_puts(&raw, "\"\n\nx");
	}
	buf_puts(&raw, "\n--B--\n");
	answer = ask(READER_MAIL, raw.data, raw.len, "");
	message = json_object_get(answer, "message");
	forward = json_object_get(message, "forward");
	assert_non_null(message);
	assert_string_equal(json_text(message, "from"), "a@x");
	assert_int_equal(json_array_size(json_object_get(message, "to")),
	    LIMIT_RECIPIENTS);
	/* One part is the text. */
	assert_int_equal(
	    json_array_size(json_object_get(message, "attachments")),
	    LIMIT_PARTS - 1);
	assert_string_equal(json_text(message, "warning"),
	    "only the first 1,000 parts were read");
	assert_string_equal(json_text(message, "reply"), "see below");
	assert_int_equal(
	    strlen(json_text(forward, "body")), LIMIT_TEXT_BYTES - 100);
	json_decref(answer);
}

static void
own_words_that_do_not_fit_are_cut_in_half(void **state)
{
	struct buf text scoped(buf_done), out scoped(buf_done);
	json_t *answer = json_object();
	struct answer got;
	struct err err = { 0 };

	(void)state;
	buf_init(&text, MIB);
	buf_init(&out, 10 * KIB);
	repeat(&text, "水", 8 * KIB);
	json_object_set_new(
	    answer, "message", json_pack("{s:s}", "reply", buf_text(&text)));
	answer_write(answer, &out);
	json_decref(answer);
	assert_int_equal(answer_read(out.data, out.len, &got, &err), 0);
	assert_int_equal(strlen(got.own), 6 * KIB);
	assert_string_equal(
	    json_text(json_object_get(got.object, "message"), "warning"),
	    "only a part of the text was read");
	free(got.own);
	json_decref(got.object);
}

static void
an_answer_without_long_texts_that_is_too_large_is_an_error(void **state)
{
	json_t *answer = json_object(), *back;
	struct buf out scoped(buf_done);
	struct err err = { 0 };

	(void)state;
	buf_init(&out, 100);
	json_put_int(answer, "job", 7);
	json_object_set_new(answer, "message",
	    json_pack("{s:s, s:s}", "from",
		"somebody.with.a.long.name@and.a.long.domain.example", "reply",
		"the kitchen tap drips since yesterday, please come"));
	answer_write(answer, &out);
	json_decref(answer);
	back = json_from(buf_text(&out), out.len, &err);
	assert_int_equal(json_int(back, "job", 0), 7);
	assert_non_null(strstr(json_text(back, "error"), "too large"));
	json_decref(back);
}

/* Where no module can be loaded any more. */
static void
every_charset_is_decoded_inside(void **state)
{
	(void)state;
	for (size_t i = 0; i < charset_count(); i++) {
		char raw[256];
		json_t *answer;
		const char *text;

		(void)snprintf(raw, sizeof(raw),
		    "From: a@x\nContent-Type: text/plain; charset=%s\n"
		    "Content-Transfer-Encoding: base64\n\nYWJjZGVmZ2g=\n",
		    charset_label(i));
		answer = ask(READER_MAIL, raw, strlen(raw), "");
		text = json_text(json_object_get(answer, "message"), "reply");
		assert_non_null(text);
		assert_true(strlen(text) > 0);
		json_decref(answer);
	}
}

/* glibc would look for its module, and the sandbox kill the reader. */
static void
a_charset_that_is_not_in_the_list_costs_the_name_alone(void **state)
{
	static const char raw[] =
	    "From: =?IBM1364?B?yMXT?= <a@x>\n"
	    "Content-Type: multipart/mixed; boundary=B\n\n"
	    "--B\nContent-Type: text/plain; charset=IBM1371\n\ndrips\n"
	    "--B\nContent-Type: image/png;\n"
	    " name*=IBM1390''%C8%C5.png\n\nx\n"
	    "--B\nContent-Type: image/png;\n"
	    " name*=GB2312''%C2%A9%CB%AE.png\n\nx\n--B--\n";
	json_t *answer = ask(READER_MAIL, raw, strlen(raw), "");
	const json_t *message = json_object_get(answer, "message");
	const json_t *files = json_object_get(message, "attachments");

	(void)state;
	assert_string_equal(json_text(message, "from"), "a@x");
	assert_string_equal(json_text(message, "reply"), "drips");
	assert_int_equal(json_array_size(files), 2);
	assert_string_equal(
	    json_text(json_array_get(files, 1), "name"), "漏水.png");
	json_decref(answer);
}

/* The desk trusts no reader. */
static void
own_words_that_are_no_text_are_refused(void **state)
{
	static const struct {
		const char *data;
		size_t len;
		const char *own;
	} cases[] = {
		{ "{}", 2, NULL },
		{ "{}\0tap", 6, "tap" },
		{ "{}\0", 3, "" },
		{ "{}\0ta\0p", 7, NULL },
		{ "{}\0\xE6\xB0", 5, NULL },
		{ "{\0tap", 5, NULL },
		{ "", 0, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct answer got;
		struct err err = { 0 };
		bool is_good = i < 3;

		assert_int_equal(
		    answer_read(cases[i].data, cases[i].len, &got, &err),
		    is_good ? 0 : -1);
		assert_int_equal(got.object != NULL, is_good);
		assert_int_equal(got.own != NULL, cases[i].own != NULL);
		if (got.own != NULL)
			assert_string_equal(got.own, cases[i].own);
		free(got.own);
		json_decref(got.object);
	}
}

static void
own_words_longer_than_any_text_are_refused(void **state)
{
	struct buf data scoped(buf_done);
	struct answer got;
	struct err err = { 0 };

	(void)state;
	buf_init(&data, MIB);
	buf_add(&data, "{}", 3);
	repeat(&data, "x", LIMIT_TEXT_BYTES);
	assert_int_equal(answer_read(data.data, data.len, &got, &err), 0);
	free(got.own);
	json_decref(got.object);
	buf_puts(&data, "x");
	assert_int_equal(answer_read(data.data, data.len, &got, &err), -1);
	assert_int_equal(err.kind, ERR_DATA);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_comes_back_as_a_message),
		cmocka_unit_test(one_memory_may_hold_many_mails),
		cmocka_unit_test(few_bytes_come_behind_their_job),
		cmocka_unit_test(each_push_is_read_by_its_own_map),
		cmocka_unit_test(
		    pushes_reports_and_polls_come_back_in_their_own_shape),
		cmocka_unit_test(a_bad_job_is_an_error_and_not_the_end),
		cmocka_unit_test(what_is_no_job_ends_the_worker),
		cmocka_unit_test(the_largest_answer_fits_its_frame),
		cmocka_unit_test(own_words_that_do_not_fit_are_cut_in_half),
		cmocka_unit_test(
		    an_answer_without_long_texts_that_is_too_large_is_an_error),
		cmocka_unit_test(own_words_that_are_no_text_are_refused),
		cmocka_unit_test(own_words_longer_than_any_text_are_refused),
		cmocka_unit_test(every_charset_is_decoded_inside),
		cmocka_unit_test(
		    a_charset_that_is_not_in_the_list_costs_the_name_alone),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
