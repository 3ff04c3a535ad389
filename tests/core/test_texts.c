#include "tests/support/cmocka_fence.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "core/outgoing.h"
#include "core/sms_text.h"
#include "core/text_field.h"
#include "core/text_list.h"
#include "core/texts.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "tests/support/text_facts.h"

static struct arena arena;
static struct buf mistakes;
static struct texts *shipped;

/* What the loader reads: the shipped files, some of them replaced. */
struct files {
	const char *path[4];
	const char *instead[4]; /* NULL: the file is missing */
};

static const char *
read_file(const char *path, void *arg)
{
	const struct files *files = arg;
	char full[160];
	char data[16384];
	FILE *file;
	size_t len;

	for (size_t i = 0; files != NULL && i < 4; i++) {
		if (text_eq(files->path[i], path) && files->path[i] != NULL)
			return files->instead[i];
	}
	(void)snprintf(full, sizeof(full), "templates/%s", path);
	file = fopen(full, "rb");
	if (file == NULL)
		return NULL;
	len = fread(data, 1, sizeof(data), file);
	(void)fclose(file);
	assert_true(len < sizeof(data));
	return arena_strndup(&arena, data, len);
}

static void
note_mistake(const char *mistake, void *arg)
{
	(void)arg;
	buf_puts(&mistakes, mistake);
	buf_putc(&mistakes, '\n');
}

static int
load_shipped(void **state)
{
	(void)state;
	arena_init(&arena, LIMIT_WORK_BYTES);
	buf_init(&mistakes, LIMIT_WORK_BYTES);
	shipped = texts_load(read_file, note_mistake, NULL);
	if (shipped == NULL)
		printf("%s", buf_text(&mistakes));
	return shipped == NULL;
}

static int
free_shipped(void **state)
{
	(void)state;
	texts_free(&shipped);
	buf_done(&mistakes);
	arena_done(&arena);
	return 0;
}

/* Staff texts are those behind "new_case" in the table, up to the admin's. */
static bool
is_for_staff(const char *name)
{
	bool is_staff = false;

	for (size_t i = 0; i < text_row_count; i++) {
		is_staff = is_staff || text_eq(text_rows[i].name, "new_case");
		if (text_eq(text_rows[i].name, "channel_down"))
			return false;
		if (text_eq(text_rows[i].name, name))
			return is_staff;
	}
	return false;
}

static struct text_rendered
render(const char *name, const struct text_facts *facts)
{
	struct text_rendered ret = { 0 };
	struct err err = { 0 };

	if (texts_render(shipped, name, facts, &arena, &ret, &err) != 0)
		fail_msg("%s", err.msg);
	return ret;
}

/* The facts of the demo estate, for that reader. */
static struct text_facts
facts_for(const char *name, enum channel channel, enum language language)
{
	struct text_facts facts = demo_facts(channel, language);

	if (is_for_staff(name)) {
		facts.to_staff = demo_staff("lin");
		facts.to_name = NULL;
	}
	return facts;
}

typedef void visit_text(
    const char *name, const struct text_facts *, const struct text_rendered *);

static void
each_text(visit_text *visit)
{
	for (size_t i = 0; i < text_row_count; i++) {
		const struct text_row *row = &text_rows[i];

		for (int way = 0; way < 2 * LANGUAGE_COUNT; way++) {
			enum channel channel =
			    way % 2 == 0 ? CHANNEL_MAIL : CHANNEL_SMS;
			struct text_facts facts = facts_for(
			    row->name, channel, (enum language)(way / 2));
			struct text_rendered text;

			if (!texts_has(shipped, row->name, channel))
				continue;
			text = render(row->name, &facts);
			visit(row->name, &facts, &text);
		}
	}
}

static void
check_whole(const char *name, const struct text_facts *facts,
    const struct text_rendered *text)
{
	const char *sign = facts->language == LANGUAGE_ZH ? "【阳光物业】"
							   : "[Sunshine PM]";

	assert_null(strstr(text->text, "{{"));
	assert_null(strstr(text->text, "(null)"));
	if (facts->channel == CHANNEL_SMS) {
		struct sms_size size = sms_text_size(
		    &(struct sms_counting){ .max_parts = 2 }, text->text);

		assert_null(text->subject);
		assert_true(text_starts(text->text, sign));
		assert_null(strchr(text->text, '\n'));
		if (getenv("SHOW_TEXTS") != NULL)
			printf("# %zu/%zu %s %s\n", size.parts, size.units,
			    name, text->text);
		if (size.parts > 2)
			fail_msg("%s: %zu parts: %s", name, size.parts,
			    text->text);
		/* One curly quote would double the price. */
		if (facts->language == LANGUAGE_EN && !size.is_gsm7)
			fail_msg("%s is not GSM-7: %s", name, text->text);
		return;
	}
	assert_false(text_is_empty(text->subject));
	assert_null(strstr(text->subject, "{{"));
	assert_null(strstr(text->text, "\n\n\n"));
	if (getenv("SHOW_TEXTS") != NULL)
		printf("# == %s\n# %s\n%s\n", name, text->subject, text->text);
	if (strstr(text->subject, "T261123-0007") != NULL)
		assert_true(text_starts(text->subject, "[T261123-0007] "));
}

static void
every_text_is_whole_and_short_in_both_languages(void **state)
{
	(void)state;
	each_text(check_whole);
}

/* A mail program that does not mark quotes brings our own words back as the
 * writer's; a hint at the start of a line would then be a command. */
static void
check_commands(const char *name, const struct text_facts *facts,
    const struct text_rendered *text)
{
	(void)facts;
	for (const char *line = text->text; line != NULL;
	    line = strchr(line, '\n')) {
		line += strspn(line, "\n ");
		if (*line == '#' || text_starts(line, "＃"))
			fail_msg("%s: a command hint starts a line: %s", name,
			    line);
	}
}

static void
no_hint_can_be_taken_for_a_command(void **state)
{
	(void)state;
	each_text(check_commands);
}

/* rules.md 5.26. */
static void
check_courtesy(const char *name, const struct text_facts *facts,
    const struct text_rendered *text)
{
	static const char *const words[LANGUAGE_COUNT][5] = {
		[LANGUAGE_ZH] = { "您" },
		[LANGUAGE_EN] = { "lease", "hank", "orry", "Dear " },
	};

	/* The words of others do not count for ours. */
	if (text_eq(name, "staff_reply") || text_eq(name, "outcome"))
		return;
	if (is_for_staff(name))
		return;
	for (const char *const *word = words[facts->language]; *word != NULL;
	    word++) {
		if (strstr(text->text, *word) != NULL)
			return;
	}
	fail_msg("%s has no courtesy word: %s", name, text->text);
}

static void
every_text_to_owners_has_a_courtesy_word(void **state)
{
	(void)state;
	each_text(check_courtesy);
}

/* The incident is called by the number of another household's case (R41). */
static void
check_isolation(const char *name, const struct text_facts *facts,
    const struct text_rendered *text)
{
	(void)facts;
	if (!is_for_staff(name) && strstr(text->text, "T261123-0001") != NULL)
		fail_msg("%s names the case of another", name);
}

static void
r41_no_text_to_owners_names_the_case_of_another(void **state)
{
	static const char *const texts[] = { "ack", "ack_soothe" };
	struct text_facts facts;

	(void)state;
	each_text(check_isolation);
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		assert_false(text_data_offers(
		    "incident.number", text_rows[i].mail));
		facts = facts_for(texts[i], CHANNEL_MAIL, LANGUAGE_ZH);
		assert_non_null(strstr(render(texts[i], &facts).text,
		    "由工程部孙先生统一处理"));
		assert_non_null(
		    strstr(render(texts[i], &facts).text, "正在抢修"));
	}
}

/* rules.md 2.9: what no text of ours says to an owner. */
static void
check_promises(const char *name, const struct text_facts *facts,
    const struct text_rendered *text)
{
	static const char *const words[] = { "保证", "一定", "肯定", "绝对",
		"马上", "立刻", "永远", "赔偿", "尽快", "请放心", "满意的答复",
		"法定", "没办法", "不知道", "优惠", "guarantee", "promise",
		"definitely", "certainly", "compensate", "refund", "waive",
		"fixed", "as soon as possible" };

	(void)facts;
	if (is_for_staff(name))
		return;
	for (size_t i = 0; i < ARRAY_COUNT(words); i++) {
		if (strstr(text->text, words[i]) != NULL)
			fail_msg("%s says %s", name, words[i]);
	}
}

static void
no_text_to_owners_promises_or_advertises(void **state)
{
	(void)state;
	each_text(check_promises);
}

/* R40, rules.md 5.35. */
static void
check_masked(const char *name, const struct text_facts *facts,
    const struct text_rendered *text)
{
	bool is_alert = text_eq(name, "alert");

	if (!is_for_staff(name) ||
	    (facts->channel == CHANNEL_MAIL && !is_alert))
		return;
	assert_null(strstr(text->text, "13900139001"));
	assert_null(strstr(text->text, "wang@owner.example"));
	assert_null(strstr(text->text, "王芳"));
	if (is_alert)
		assert_non_null(strstr(text->text, "501"));
}

static void
alerts_and_texts_to_staff_mask_the_owner_but_not_the_place(void **state)
{
	(void)state;
	each_text(check_masked);
}

/* What one name becomes. */
static const char *
said(const struct text_facts *facts, const char *name)
{
	scoped(buf_done) struct buf out;
	scoped(template_free) struct template *template =
	    template_parse("t", 1, arena_printf(&arena, "{{%s}}", name),
		ESCAPE_NONE, NULL);
	struct text_view view;

	buf_init(&out, LIMIT_RENDERED_BYTES);
	text_view_init(&view, facts, &arena);
	template_bind(template, text_field_number);
	template_render(template, &view.source, NULL, NULL, &out);
	return arena_strdup(&arena, buf_text(&out));
}

static void
only_those_who_work_on_the_case_see_the_contact(void **state)
{
	static const struct {
		const char *staff;
		enum channel channel;
		bool sees;
	} rows[] = {
		{ "lin", CHANNEL_MAIL, true },	 /* first responder */
		{ "li", CHANNEL_MAIL, true },	 /* handler */
		{ "sun", CHANNEL_MAIL, true },	 /* head of its department */
		{ "chen", CHANNEL_MAIL, true },	 /* L2 */
		{ "zhou", CHANNEL_MAIL, false }, /* another L1 */
		{ "qian", CHANNEL_MAIL, false }, /* head of another one */
		{ "moon", CHANNEL_MAIL, false }, /* L2 of another estate */
		{ "lin", CHANNEL_SMS, false },
		{ NULL, CHANNEL_MAIL, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct text_facts facts =
		    demo_facts(rows[i].channel, LANGUAGE_ZH);
		facts.to_staff = demo_staff(rows[i].staff);
		assert_int_equal(
		    text_eq(said(&facts, "owner.phone"), "+8613900139001"),
		    rows[i].sees);
		assert_int_equal(
		    text_eq(said(&facts, "owner.name"), "王芳"), rows[i].sees);
		assert_int_equal(
		    text_eq(said(&facts, "owner.mail"), "wang@owner.example"),
		    rows[i].sees);
	}
}

static void
owners_read_titles_and_staff_read_names(void **state)
{
	struct text_facts facts = demo_facts(CHANNEL_SMS, LANGUAGE_ZH);
	const char *text;

	(void)state;
	facts.incident = NULL;
	facts.incident_word = NULL;
	text = render("ack", &facts).text;
	assert_string_equal(text,
	    "【阳光物业】您好，已收到，编号T261123-0007，首问责任人客服林女士，"
	    "11月24日17:30前答复您。急事0531-00000000");
	assert_int_equal(
	    sms_text_size(&(struct sms_counting){ 0 }, text).parts, 1);
	facts.language = LANGUAGE_EN;
	assert_string_equal(render("ack", &facts).text,
	    "[Sunshine PM] Thank you, received. Case T261123-0007. First "
	    "responder: Ms Lin, customer service. Reply by 24 Nov 17:30. "
	    "Urgent: 0531-00000000");
	facts.channel = CHANNEL_MAIL;
	facts.to_staff = demo_staff("li");
	assert_non_null(
	    strstr(render("new_case", &facts).text, "First responder: Lin Xiao"));
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
		    facts_for("new_case", CHANNEL_MAIL, LANGUAGE_EN);
		const char *text;

		facts.reply = rows[i].reply;
		text = render("new_case", &facts).text;
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
		assert_null(strstr(render("new_case", &facts).text,
		    "for this household alone"));
		facts.incident = NULL;
		assert_null(strstr(render("new_case", &facts).text,
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
	assert_string_equal(render("status_none", &known).text,
	    render("status_none", &stranger).text);
}

static void
an_unknown_owner_and_place_leave_no_hole(void **state)
{
	struct text_facts facts =
	    facts_for("new_case", CHANNEL_MAIL, LANGUAGE_EN);
	struct case_file bare = { .number = "T261123-0008",
		.category = "other" };
	struct text_rendered text;

	(void)state;
	facts.the_case = &bare;
	facts.photos = 0;
	text = render("new_case", &facts);
	assert_non_null(strstr(text.text, "Owner: no name given"));
	assert_non_null(strstr(text.text, "Place: not given"));
	assert_null(strstr(text.text, "Files:"));
	assert_null(strstr(text.text, "by \n"));
	facts.to_staff = NULL;
	facts.to_name = NULL;
	text = render("ack", &facts);
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
	text = render("ack", &facts);
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
	subject = render("ack", &facts).subject;
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
	assert_int_equal(texts_render(shipped, "staff_reply", &facts, &arena, &ret, &err),
	    -1);
	assert_int_equal(err.kind, ERR_DATA);
	assert_int_equal(texts_render(shipped, "no_such", &facts, &arena, &ret, &err),
	    -1);
	assert_int_equal(err.kind, ERR_BUG);
	assert_int_equal(texts_render(shipped, "optout", &facts, &arena, &ret, &err),
	    -1);
	assert_string_equal(ret.text, "untouched");
}

static void
every_mistake_of_a_load_is_told_at_once(void **state)
{
	struct files files = {
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
	buf_reset(&mistakes);
	assert_null(texts_load(read_file, note_mistake, &files));
	for (size_t i = 0; i < ARRAY_COUNT(wanted); i++) {
		if (strstr(buf_text(&mistakes), wanted[i]) == NULL)
			fail_msg("not told: %s; but: %s", wanted[i],
			    buf_text(&mistakes));
	}
}

static void
mails_have_a_subject_and_case_mails_the_number(void **state)
{
	struct files files = {
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
	buf_reset(&mistakes);
	assert_null(texts_load(read_file, note_mistake, &files));
	for (size_t i = 0; i < ARRAY_COUNT(wanted); i++) {
		if (strstr(buf_text(&mistakes), wanted[i]) == NULL)
			fail_msg("not told: %s; but: %s", wanted[i],
			    buf_text(&mistakes));
	}
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

	if (texts_finish(texts, "desk+1.abc@sunshine.example", &out, &arena,
		&err) != 0)
		fail_msg("%s", err.msg);
	return out.html;
}

static void
the_html_of_a_mail_says_what_its_text_says(void **state)
{
	struct text_facts facts =
	    facts_for("new_case", CHANNEL_MAIL, LANGUAGE_EN);
	struct case_file file = *facts.the_case;
	struct text_rendered text;
	const char *html;

	(void)state;
	facts.the_case = &file;
	file.text = "<script>alert(1)</script>\n= Owner: | x\n"
		    "@ Take: mailto:evil@x.example";
	text = render("new_case", &facts);
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

/* The letters of the links that a reader has. */
static const char *
touches(const struct text_facts *facts)
{
	static const char *const names[] = { "touch.take", "touch.resolve",
		"touch.write" };
	char *ret = arena_strdup(&arena, "   ");

	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		if (text_eq(said(facts, names[i]), "true"))
			ret[i] = names[i][sizeof("touch.") - 1];
	return ret;
}

static void
one_touch_is_for_who_may_do_it(void **state)
{
	static const struct {
		const char *staff;
		bool is_taken;
		enum reply_kind reply;
		enum case_state state;
		const char *links;
	} rows[] = {
		{ "lin", false, REPLY_MATTER, CASE_ASSIGNED, "t w" },
		{ "li", false, REPLY_INTERNAL, CASE_ASSIGNED, "t w" },
		{ "li", true, REPLY_MATTER, CASE_IN_PROGRESS, " rw" },
		{ "lin", true, REPLY_MATTER, CASE_IN_PROGRESS, "t w" },
		{ "chen", false, REPLY_ASK, CASE_ASSIGNED, "  w" },
		{ "li", true, REPLY_NONE, CASE_IN_PROGRESS, "   " },
		{ "li", true, REPLY_MATTER, CASE_CLOSED, "   " },
		{ NULL, true, REPLY_OWNER, CASE_IN_PROGRESS, "   " },
	};
	struct text_facts facts = demo_facts(CHANNEL_MAIL, LANGUAGE_ZH);
	struct case_file file = *facts.the_case;

	(void)state;
	facts.the_case = &file;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		facts.to_staff = demo_staff(rows[i].staff);
		facts.reply = rows[i].reply;
		file.state = rows[i].state;
		file.taken_at = rows[i].is_taken ? facts.now : 0;
		assert_string_equal(touches(&facts), rows[i].links);
	}
}

static void
a_link_is_complete_when_the_mail_is_sent(void **state)
{
	struct text_facts facts =
	    facts_for("new_case", CHANNEL_MAIL, LANGUAGE_ZH);
	struct text_rendered text = render("new_case", &facts);
	struct outgoing out = { .subject = text.subject,
		.text = text.text,
		.layout = text.layout };
	struct outgoing bare = out;
	struct err err = { 0 };

	(void)state;
	assert_non_null(strstr(
	    text.text, "\n\n接单: #接单\n答复业主: #回复\n备注: #备注\n\n"));
	assert_int_equal(texts_finish(shipped, "desk+7.abc@x.example", &out,
			     &arena, &err),
	    0);
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
	    texts_finish(shipped, NULL, &bare, &arena, &err), 0);
	assert_null(strstr(bare.text, "mailto:"));
	assert_null(strstr(bare.text, "备注:"));
	assert_null(strstr(bare.html, "mailto:"));
	assert_null(strstr(bare.text, "\n\n\n"));
}

static void
the_page_of_all_mails_fetches_and_runs_nothing(void **state)
{
	struct files files = {
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
	buf_reset(&mistakes);
	assert_null(texts_load(read_file, note_mistake, &files));
	for (size_t i = 0; i < ARRAY_COUNT(wanted); i++)
		if (strstr(buf_text(&mistakes), wanted[i]) == NULL)
			fail_msg("not told: %s; but: %s", wanted[i],
			    buf_text(&mistakes));
	files.instead[0] = "{{#blocks}}";
	buf_reset(&mistakes);
	assert_null(texts_load(read_file, note_mistake, &files));
	assert_string_equal(buf_text(&mistakes),
	    "templates/mail.html:1: {{blocks}} is not closed\n");
	files.instead[0] = NULL;
	buf_reset(&mistakes);
	assert_null(texts_load(read_file, note_mistake, &files));
	assert_string_equal(
	    buf_text(&mistakes), "templates/mail.html: no such file\n");
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

static void
whatever_is_offered_can_be_said(void **state)
{
	struct text_facts facts = demo_facts(CHANNEL_MAIL, LANGUAGE_ZH);
	static const char *const lists[][2] = { { "cases", "number" },
		{ "events", "what" }, { "lines", "." },
		{ "round.fresh", "case.number" },
		{ "round.late", "masked.place" },
		{ "round.bins", "bin" }, { "week.rates", "figure.target" },
		{ "week.counts", "figure.before" },
		{ "week.means", "figure.value" },
		{ "week.health", "figure.name" },
		{ "week.emergencies", "#line.timeline}}{{what}}{{/line.timeline" },
		{ "week.late", "masked.place" },
		{ "week.due", "line.at" },
		{ "week.low", "line.words" },
		{ "week.praise", "case.number" },
		{ "week.problems", "problem.bar" },
		{ "week.hot", "spot.handler" },
		{ "charge.mine", "charge.at" },
		{ "charge.below", "case.number" },
		{ "charge.coming", "charge.is_untaken" },
		{ "plans", "plan.responsible" }, { "plans", "plan.is_overdue" },
		{ "week.plans", "plan.state" },
		{ "week.opinions", "opinion.count" },
		{ "week.opinions", "opinion.before" },
		{ "week.remarks", "line.words" },
		{ "requests", "request.is_late" },
		{ "week.requests", "request.department" } };
	struct arena room scoped(arena_done) = { 0 };
	struct charge_list charge = { .level = 3, .left_out = 1 };
	struct round_view round = { .open = 2, .fed_back = 1,
		.bins = { { "spam", 3 } }, .bin_count = 1 };

	(void)state;
	/* The case has not been everywhere. */
	struct case_file file = *facts.the_case;

	facts.the_case = &file;
	file.dispatch_due = file.promise_due = file.news_due = facts.now;
	facts.author = facts.holder = demo_staff("li");
	round.fresh = round.late =
	    (struct round_cases){ .list = &file, .count = 1, .total = 1 };
	facts.round = &round;
	arena_init(&room, LIMIT_WORK_BYTES);
	facts.week = demo_week(&facts, "还是漏水", &room);
	facts.plans = demo_plans(&facts, &room);
	charge.mine = charge.below = charge.coming = facts.week->late;
	charge.mine.lines->is_untaken = true;
	facts.charge = &charge;
	for (size_t i = 0; i < text_field_count; i++) {
		const struct text_field *field = &text_fields[i];
		bool is_alone = field->of < OF_BRIEF;

		/* See one_touch_is_for_who_may_do_it. */
		if (text_eq(field->use, "touch"))
			continue;
		/* A person or a list is there and says nothing by itself. */
		if (is_alone && field->get != NULL &&
		    said(&facts, field->name)[0] == '\0' &&
		    said(&facts,
			arena_printf(&arena, "#%s}}x{{/%s", field->name,
			    field->name))[0] == '\0')
			fail_msg("%s is offered and never made", field->name);
		if (!is_alone && said(&facts, field->name)[0] != '\0')
			fail_msg("%s is said outside its list", field->name);
	}
	for (size_t i = 0; i < ARRAY_COUNT(lists); i++)
		assert_string_not_equal(
		    said(&facts,
			arena_printf(&arena, "#%s}}{{%s}}{{/%s", lists[i][0],
			    lists[i][1], lists[i][0])),
		    "");
	assert_false(text_data_offers("case.number", "cases due"));
	assert_false(text_data_offers("case.num", "case"));
	assert_true(text_data_offers("estate.name", ""));
}

static void
an_answer_from_outside_is_made_valid(void **state)
{
	struct text_facts facts = demo_facts(CHANNEL_MAIL, LANGUAGE_ZH);
	static const char *const lines[] = { "a\xff" };

	(void)state;
	facts.who = facts.reason = lines[0];
	facts.lines = lines;
	facts.line_count = 1;
	assert_string_equal(said(&facts, "who"), "a\xEF\xBF\xBD");
	assert_string_equal(said(&facts, "reason"), "a\xEF\xBF\xBD");
	assert_string_equal(
	    said(&facts, "#lines}}{{.}}{{/lines"), "a\xEF\xBF\xBD");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_text_is_whole_and_short_in_both_languages),
		cmocka_unit_test(no_hint_can_be_taken_for_a_command),
		cmocka_unit_test(every_text_to_owners_has_a_courtesy_word),
		cmocka_unit_test(
		    r41_no_text_to_owners_names_the_case_of_another),
		cmocka_unit_test(no_text_to_owners_promises_or_advertises),
		cmocka_unit_test(
		    alerts_and_texts_to_staff_mask_the_owner_but_not_the_place),
		cmocka_unit_test(
		    only_those_who_work_on_the_case_see_the_contact),
		cmocka_unit_test(owners_read_titles_and_staff_read_names),
		cmocka_unit_test(the_end_of_a_mail_says_where_a_reply_goes),
		cmocka_unit_test(not_yours_and_not_there_read_the_same),
		cmocka_unit_test(an_unknown_owner_and_place_leave_no_hole),
		cmocka_unit_test(a_value_cannot_add_a_header),
		cmocka_unit_test(a_long_subject_ends_between_characters),
		cmocka_unit_test(what_cannot_be_rendered_is_an_error),
		cmocka_unit_test(every_mistake_of_a_load_is_told_at_once),
		cmocka_unit_test(
		    mails_have_a_subject_and_case_mails_the_number),
		cmocka_unit_test(the_html_of_a_mail_says_what_its_text_says),
		cmocka_unit_test(one_touch_is_for_who_may_do_it),
		cmocka_unit_test(a_link_is_complete_when_the_mail_is_sent),
		cmocka_unit_test(
		    the_page_of_all_mails_fetches_and_runs_nothing),
		cmocka_unit_test(no_file_lies_there_that_nobody_sends),
		cmocka_unit_test(whatever_is_offered_can_be_said),
		cmocka_unit_test(an_answer_from_outside_is_made_valid),
	};

	return cmocka_run_group_tests(tests, load_shipped, free_shipped);
}
