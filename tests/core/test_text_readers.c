/*
 * What the reader of a text of ours sees of it, and what no value can do to it.
 */
#include "tests/support/cmocka_fence.h"

#include <string.h>

#include "core/letter.h"
#include "core/limits.h"
#include "core/outgoing.h"
#include "core/sms_text.h"
#include "lib/err.h"
#include "lib/text.h"
#include "tests/support/shipped_texts.h"
#include "tests/support/text_facts.h"

static void
owners_read_titles_and_staff_read_names(void **state)
{
	struct text_facts facts = demo_facts(CHANNEL_SMS, LANGUAGE_ZH);
	const char *text;

	(void)state;
	facts.incident = NULL;
	facts.incident_word = NULL;
	text = shipped_render("ack", &facts).text;
	assert_string_equal(text,
	    "【阳光物业】您好，已收到，编号T261123-0007，首问责任人客服林女士，"
	    "11月24日17:30前答复您。急事0531-00000000");
	assert_int_equal(
	    sms_text_size(&(struct sms_counting){ 0 }, text).parts, 1);
	facts.language = LANGUAGE_EN;
	assert_string_equal(shipped_render("ack", &facts).text,
	    "[Sunshine PM] Thank you, received. Case T261123-0007. First "
	    "responder: Ms Lin, customer service. Reply by 24 Nov 17:30. "
	    "Urgent: 0531-00000000");
	facts.channel = CHANNEL_MAIL;
	facts.to_staff = demo_staff("li");
	assert_non_null(strstr(shipped_render("new_case", &facts).text,
	    "First responder: Lin Xiao"));
}

static void
the_end_of_a_mail_says_where_a_reply_goes(void **state)
{
	static const struct {
		enum reply_kind reply;
		const char *says;
	} rows[] = {
		{ REPLY_MATTER, "your words go to the owner" },
		{ REPLY_INTERNAL, "your words become an internal note" },
		{ REPLY_ASK, "your words go to the colleague" },
		{ REPLY_INCIDENT, "your words go to each owner" },
		{ REPLY_DIGEST, "your words go to the chair" },
		{ REPLY_NONE, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct text_facts facts =
		    shipped_facts("new_case", CHANNEL_MAIL, LANGUAGE_EN);
		const char *text;

		facts.reply = rows[i].reply;
		text = shipped_render("new_case", &facts).text;
		for (size_t k = 0; rows[k].says != NULL; k++)
			assert_int_equal(strstr(text, rows[k].says) != NULL,
			    k == i);
		/* One of many says how to reach the others. */
		assert_int_equal(
		    strstr(text, "for this household alone") != NULL,
		    rows[i].reply == REPLY_MATTER);
		/* Not when the incident is over, or there is none. */
		struct incident over = *facts.incident;

		over.is_open = false;
		facts.incident = &over;
		assert_null(strstr(shipped_render("new_case", &facts).text,
		    "for this household alone"));
		facts.incident = NULL;
		assert_null(strstr(shipped_render("new_case", &facts).text,
		    "for this household alone"));
	}
}

static void
not_yours_and_not_there_read_the_same(void **state)
{
	struct text_facts known = demo_facts(CHANNEL_SMS, LANGUAGE_ZH);
	struct text_facts stranger = { 0 };

	(void)state;
	stranger.conf = known.conf;
	stranger.estate = known.estate;
	stranger.channel = CHANNEL_SMS;
	stranger.now = 1;
	known.count = stranger.count = 1; /* a number is named */
	assert_string_equal(shipped_render("status_none", &known).text,
	    shipped_render("status_none", &stranger).text);
	stranger.count = 0;
	assert_null(
	    strstr(shipped_render("status_none", &stranger).text, "编号"));
}

static void
an_unknown_owner_and_place_leave_no_hole(void **state)
{
	struct text_facts facts =
	    shipped_facts("new_case", CHANNEL_MAIL, LANGUAGE_EN);
	struct case_file bare = { .number = "T261123-0008",
		.category = "other" };
	struct text_rendered text;

	(void)state;
	facts.the_case = &bare;
	facts.photos = 0;
	text = shipped_render("new_case", &facts);
	assert_non_null(strstr(text.text, "Owner: no name given"));
	assert_non_null(strstr(text.text, "Place: not given"));
	assert_null(strstr(text.text, "Files:"));
	assert_null(strstr(text.text, "by \n"));
	facts.to_staff = NULL;
	facts.to_name = NULL;
	text = shipped_render("ack", &facts);
	assert_non_null(strstr(text.text, "Dear resident,"));
	assert_null(strstr(text.text, "responder"));
}

static void
a_value_cannot_add_a_header(void **state)
{
	struct text_facts facts = demo_facts(CHANNEL_MAIL, LANGUAGE_EN);
	struct case_file evil = *facts.the_case;
	struct text_rendered text;

	(void)state;
	evil.number = "T1\r\nBcc: all@owner.example\n\t\x7f\xc2\x85"
		      "x\xe2\x80\xa8y";
	facts.the_case = &evil;
	text = shipped_render("ack", &facts);
	assert_string_equal(text.subject,
	    "[T1 Bcc: all@owner.example x y] We have received your message");
}

static void
a_long_subject_ends_between_characters(void **state)
{
	struct text_facts facts = demo_facts(CHANNEL_MAIL, LANGUAGE_ZH);
	scoped(buf_done) struct buf number;
	struct case_file long_one = *facts.the_case;
	const char *subject;

	(void)state;
	buf_init(&number, 4096);
	for (int i = 0; i < 300; i++)
		buf_puts(&number, "漏");
	long_one.number = buf_text(&number);
	facts.the_case = &long_one;
	subject = shipped_render("ack", &facts).subject;
	assert_int_equal(strlen(subject), 1 + 3 * 79);
	assert_true(text_ends(subject, "漏"));
}

static void
what_cannot_be_rendered_is_an_error(void **state)
{
	struct text_facts facts = demo_facts(CHANNEL_MAIL, LANGUAGE_ZH);
	scoped(buf_done) struct buf words;
	struct text_rendered ret = { .text = "untouched" };
	struct err err = { 0 };

	(void)state;
	buf_init(&words, 2 * LIMIT_RENDERED_BYTES);
	while (words.len < LIMIT_RENDERED_BYTES)
		buf_puts(&words, "0123456789abcdef");
	facts.words = buf_text(&words);
	assert_int_equal(texts_render(shipped, "staff_reply", &facts,
			     &shipped_arena, &ret, &err),
	    -1);
	assert_int_equal(err.kind, ERR_DATA);
	assert_int_equal(texts_render(shipped, "no_such", &facts,
			     &shipped_arena, &ret, &err),
	    -1);
	assert_int_equal(err.kind, ERR_BUG);
	assert_int_equal(
	    texts_render(shipped, "optout", &facts, &shipped_arena, &ret, &err),
	    -1);
	assert_string_equal(ret.text, "untouched");
}

static const char *
html_of(const struct texts *texts, const struct text_rendered *text,
    enum language language)
{
	struct outgoing out = { .subject = text->subject,
		.text = text->text,
		.layout = text->layout,
		.language = language };
	struct err err = { 0 };

	const struct letter_reply reply = { "desk+1.abc@sunshine.example",
		text->subject };

	if (texts_finish(texts, &reply, 1, &out, &shipped_arena, &err) != 0)
		fail_msg("%s", err.msg);
	return out.html;
}

static void
the_html_of_a_mail_says_what_its_text_says(void **state)
{
	struct text_facts facts =
	    shipped_facts("new_case", CHANNEL_MAIL, LANGUAGE_EN);
	struct case_file file = *facts.the_case;
	struct text_rendered text;
	const char *html;

	(void)state;
	facts.the_case = &file;
	file.text = "<script>alert(1)</script>\n= Owner: | x\n"
		    "@ Take: mailto:evil@x.example";
	text = shipped_render("new_case", &facts);
	html = html_of(shipped, &text, LANGUAGE_EN);
	assert_non_null(strstr(text.text,
	    "> <script>alert(1)</script>\n> = Owner: | x\n> @ Take: "));
	assert_non_null(strstr(html, "<html lang=\"en\">"));
	assert_non_null(strstr(html, "<title>[T261123-0007] New case"));
	assert_non_null(strstr(html, ">Please take this case by "));
	assert_non_null(strstr(html, ">Place</th>"));
	assert_non_null(strstr(html,
	    "&lt;script&gt;alert(1)&lt;/script&gt;<br>= Owner: | x<br>"));
	assert_null(strstr(html, "<script"));
	assert_null(strstr(html, "href=\"mailto:evil"));
}

static void
a_link_is_complete_when_the_mail_is_sent(void **state)
{
	struct text_facts facts =
	    shipped_facts("new_case", CHANNEL_MAIL, LANGUAGE_ZH);
	struct text_rendered text = shipped_render("new_case", &facts);
	struct outgoing out = { .subject = text.subject,
		.text = text.text,
		.layout = text.layout };
	struct outgoing bare = out;
	const struct letter_reply reply = { "desk+7.abc@x.example",
		text.subject };
	struct err err = { 0 };

	(void)state;
	assert_non_null(strstr(
	    text.text, "\n\n接单: #接单\n答复业主: #回复\n备注: #备注\n\n"));
	assert_int_equal(
	    texts_finish(shipped, &reply, 1, &out, &shipped_arena, &err), 0);
	/* One in the text, all in the HTML. */
	assert_non_null(strstr(out.text,
	    "\n\n接单: mailto:desk+7.abc@x.example?subject=%5BT261123-0007%5D"
	    "&body=%23%E6%8E%A5%E5%8D%95%20\n\n"));
	assert_null(strstr(out.text, "备注: mailto:"));
	assert_non_null(strstr(out.html,
	    "href=\"mailto:desk+7.abc@x.example?subject=%5BT261123-0007%5D"
	    "&amp;body=%23%E5%A4%87%E6%B3%A8%20\""));
	/* Without a token a new mail would prove nothing. */
	assert_int_equal(
	    texts_finish(shipped, NULL, 0, &bare, &shipped_arena, &err), 0);
	assert_null(strstr(bare.text, "mailto:"));
	assert_null(strstr(bare.text, "备注:"));
	assert_null(strstr(bare.html, "mailto:"));
	assert_null(strstr(bare.text, "\n\n\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(owners_read_titles_and_staff_read_names),
		cmocka_unit_test(the_end_of_a_mail_says_where_a_reply_goes),
		cmocka_unit_test(not_yours_and_not_there_read_the_same),
		cmocka_unit_test(an_unknown_owner_and_place_leave_no_hole),
		cmocka_unit_test(a_value_cannot_add_a_header),
		cmocka_unit_test(a_long_subject_ends_between_characters),
		cmocka_unit_test(what_cannot_be_rendered_is_an_error),
		cmocka_unit_test(the_html_of_a_mail_says_what_its_text_says),
		cmocka_unit_test(a_link_is_complete_when_the_mail_is_sent),
	};

	return cmocka_run_group_tests(tests, shipped_open, shipped_close);
}
