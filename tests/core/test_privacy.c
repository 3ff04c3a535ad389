/*
 * Nobody reads more than they must (R9, R40, R44, rules.md 5.35): every text,
 * in both languages, on both channels, for every kind of reader, made of facts
 * that are marked, and none of the marks where it must not be.  Templates are
 * the operator's, so one that says all that it may must keep to that too.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <string.h>

#include "core/limits.h"
#include "core/text_field.h"
#include "core/text_list.h"
#include "core/texts.h"
#include "desk/texts.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "tests/support/text_facts.h"

#define NAME  "欧阳甲乙"
#define PHONE "13911112222"
#define MAIL  "mark-a@owner.example"
/* What people write holds all of it. */
#define SAID "我是" NAME "，电话" PHONE "，邮箱" MAIL "，漏水。"

/* The shipped ones, and templates that say everything that they may: those of
 * an operator who wants to know it all. */
static struct texts *texts, *greedy;
static struct arena room;

static void
complain(const char *mistake, void *arg)
{
	(void)arg;
	print_message("%s\n", mistake);
}

static void
say_all(struct buf *out, const char *uses, enum text_field_of of)
{
	for (size_t i = 0; i < text_field_count; i++) {
		const struct text_field *field = &text_fields[i];

		if (field->get != NULL && field->of == of &&
		    text_data_offers(field->name, uses))
			buf_printf(out, "{{%s}}\n", field->name);
	}
}

static void
say_list(struct buf *out, const char *uses, const char *list,
    enum text_field_of of)
{
	if (!text_data_offers(list, uses))
		return;
	buf_printf(out, "{{#%s}}\n", list);
	say_all(out, uses, of);
	buf_printf(out, "{{/%s}}\n", list);
}

static const struct {
	const char *name;
	enum text_field_of of;
} week_lists[] = { { "week.emergencies", OF_LINE }, { "week.late", OF_CASE },
	{ "week.due", OF_LINE }, { "week.low", OF_LINE },
	{ "week.praise", OF_LINE }, { "week.problems", OF_PROBLEM },
	{ "charge.mine", OF_LINE }, { "charge.coming", OF_CASE },
	{ "week.hot", OF_SPOT }, { "week.rates", OF_FIGURE },
	{ "week.remarks", OF_LINE }, { "week.plans", OF_PLAN },
	{ "week.opinions", OF_OPINION } };

/* "zh-CN/ack.mail" */
static const char *
write_greedy(const char *path, void *arg)
{
	const char *form = strrchr(path, '.');
	const char *uses = NULL;
	struct buf out scoped(buf_done) = { 0 };

	(void)arg;
	if (text_eq(path, "mail.html"))
		return "{{title}}";
	const char *name = strchr(path, '/') + 1;

	for (size_t i = 0; i < text_row_count; i++)
		if (strncmp(text_rows[i].name, name, (size_t)(form - name)) ==
			0 &&
		    text_rows[i].name[form - name] == '\0')
			uses = text_eq(form, ".sms") ? text_rows[i].sms
						     : text_rows[i].mail;
	if (uses == NULL)
		return "x\n"; /* a part */
	buf_init(&out, LIMIT_WORK_BYTES);
	if (text_eq(form, ".mail"))
		buf_puts(&out, text_data_offers("case.number", uses)
				   ? "Subject: [{{case.number}}] all\n\n"
				   : "Subject: all\n\n");
	for (enum text_field_of of = OF_FACTS; of < OF_BRIEF; of++)
		say_all(&out, uses, of);
	say_list(&out, uses, "cases", OF_BRIEF);
	say_list(&out, uses, "events", OF_EVENT);
	say_list(&out, uses, "round.fresh", OF_CASE);
	say_list(&out, uses, "round.late", OF_CASE);
	say_list(&out, uses, "round.bins", OF_BIN);
	for (size_t i = 0; i < ARRAY_COUNT(week_lists); i++)
		say_list(&out, uses, week_lists[i].name, week_lists[i].of);
	if (text_data_offers("lines", uses))
		buf_puts(&out, "{{#lines}}{{.}}{{/lines}}\n");
	return arena_strdup(&room, buf_text(&out));
}

static int
load(void **state)
{
	struct err err = { 0 };

	(void)state;
	arena_init(&room, LIMIT_WORK_BYTES);
	texts = desk_texts_load("templates", NULL, complain, NULL, &err);
	greedy = texts_load(write_greedy, complain, NULL);
	return texts == NULL || greedy == NULL ? -1 : 0;
}

static int
unload(void **state)
{
	(void)state;
	texts_free(&texts);
	texts_free(&greedy);
	arena_done(&room);
	return 0;
}

/* ---- who reads which text ---- */

static const char *const admin_texts[] = { "channel_down", "channel_up",
	"inbox_down", "inbox_up", "sms_cap_admin", "unreadable_admin" };

static bool
is_in(const char *const *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (text_eq(list[i], name))
			return true;
	return false;
}

static bool
is_for_admin(const char *name)
{
	return is_in(admin_texts, ARRAY_COUNT(admin_texts), name);
}

/* Every word of `uses' is one of `allowed'. */
static void
assert_uses(const char *name, const char *uses, const char *allowed)
{
	char list[400], all[400], one[80];
	char *next = list, *word;

	(void)snprintf(list, sizeof(list), "%s", text_or(uses, ""));
	(void)snprintf(all, sizeof(all), " %s ", allowed);
	while ((word = strsep(&next, " ")) != NULL) {
		(void)snprintf(one, sizeof(one), " %.60s ", word);
		if (*word != '\0' && strstr(all, one) == NULL)
			fail_msg("%s may not use%s", name, one);
	}
}

static void
each_text_may_use_only_what_its_reader_needs(void **state)
{
	(void)state;
	for (size_t i = 0; i < text_row_count; i++) {
		const struct text_row *row = &text_rows[i];

		if (text_is_for_owner(row->name)) {
			/* Nothing of the story, the list of staff, others. */
			static const char allowed[] =
			    "case due ask author holder words photos outcome "
			    "reason before at owner cases incident other topic";

			/* Of its count: whether they named a case. */
			bool counts = text_eq(row->name, "status_none");

			assert_uses(row->name, row->mail,
			    counts ? "count" : allowed);
			assert_uses(row->name, row->sms,
			    counts ? "count" : allowed);
		} else if (is_for_admin(row->name)) {
			assert_uses(row->name, row->mail, "who reason count at");
			assert_uses(row->name, row->sms, "");
		} else {
			/* A screen that others see: no words, no contact; but
			 * an alarm has them masked, and the number where
			 * there is no place (rules.md 5.35). */
			assert_uses(row->name, row->sms,
			    text_eq(row->name, "alert") ?
				"case masked alarm at reason due" :
				"case due masked at wanted holder author lines "
				"reason");
		}
	}
}

/* ---- what stands in it ---- */

struct reader {
	const char *what;
	const char *staff; /* NULL: an owner */
	enum channel channel;
	bool may_know; /* name, number and address of the owner */
};

static const struct reader readers[] = {
	{ "the owner by mail", NULL, CHANNEL_MAIL, true },
	{ "the owner by text", NULL, CHANNEL_SMS, true },
	{ "the first responder by mail", "lin", CHANNEL_MAIL, true },
	{ "the first responder by text", "lin", CHANNEL_SMS, false },
	{ "the handler by mail", "li", CHANNEL_MAIL, true },
	{ "the handler by text", "li", CHANNEL_SMS, false },
	{ "the supervisor by mail", "chen", CHANNEL_MAIL, true },
	{ "the supervisor by text", "chen", CHANNEL_SMS, false },
	{ "the head of the department by mail", "sun", CHANNEL_MAIL, true },
	{ "a colleague by mail", "zhou", CHANNEL_MAIL, false },
	{ "a colleague by text", "zhou", CHANNEL_SMS, false },
	{ "the head of another department", "qian", CHANNEL_MAIL, false },
	{ "a supervisor of another estate", "moon", CHANNEL_MAIL, false },
};

static const char *const contact_marks[] = { NAME, PHONE, MAIL };
/* What no text of any kind holds. */
static const char *const secret_marks[] = { "secret-pin", "secret-password",
	"secret-push", "secret-phone", "staff-mark@" };
/* Staff are their role and surname to owners (R3, R9). */
static const char *const staff_marks[] = { "职员丙丁", "Mark Staff",
	"内部备注" };

static void
assert_without(const char *text, const char *const *marks, size_t count,
    const char *name, const struct reader *reader)
{
	for (size_t i = 0; i < count && text != NULL; i++)
		if (strstr(text, marks[i]) != NULL)
			fail_msg("%s to %s holds %s:\n%s", name, reader->what,
			    marks[i], text);
}

static void
look(const struct text_rendered *text, const struct reader *reader,
    const char *name)
{
	const char *const parts[] = { text->subject, text->text };

	for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
		assert_without(parts[i], secret_marks,
		    ARRAY_COUNT(secret_marks), name, reader);
		if (!reader->may_know)
			assert_without(parts[i], contact_marks,
			    ARRAY_COUNT(contact_marks), name, reader);
		if (reader->staff == NULL)
			assert_without(parts[i], staff_marks,
			    ARRAY_COUNT(staff_marks), name, reader);
	}
}

struct marked {
	struct text_facts facts;
	struct case_file file;
	struct staff staff;
	struct config conf;
	struct mailbox mailbox;
	struct sms_channel sms;
	struct snapshot_event events[2];
	struct round_view round;
	struct charge_list charge;
};

static void
mark(struct marked *marked, const struct reader *reader, enum language language,
    struct arena *arena)
{
	*marked = (struct marked){
		.facts = demo_facts(reader->channel, language),
		.mailbox = { .password = "secret-password" },
		.sms = { .push_secret = "secret-push",
		    .password = "secret-password" },
		.events = { { .name = "created", .actor = "owner", .text = SAID },
		    { .name = "noted", .actor = "lin", .text = "内部备注" SAID } },
	};
	marked->conf = *marked->facts.conf;
	marked->conf.mailboxes = &marked->mailbox;
	marked->conf.mailbox_count = 1;
	marked->conf.sms_channels = &marked->sms;
	marked->conf.sms_channel_count = 1;
	marked->file = *marked->facts.the_case;
	marked->file.owner_name = NAME;
	marked->file.phone = "+86" PHONE;
	marked->file.mail = MAIL;
	marked->file.subject = SAID;
	marked->file.text = SAID;
	marked->file.outcome = SAID;
	marked->staff = *demo_staff("lin");
	marked->staff.name = "职员丙丁";
	marked->staff.name_en = "Mark Staff";
	marked->staff.mail = "staff-mark@sunshine.example";
	marked->staff.phone = "+86secret-phone";
	marked->staff.pin = "secret-pin";
	marked->facts.conf = &marked->conf;
	marked->facts.the_case = &marked->file;
	marked->facts.to_staff = demo_staff(reader->staff);
	marked->facts.to_name = reader->staff == NULL ? NAME : "同事";
	marked->facts.words = SAID;
	marked->facts.author = &marked->staff;
	marked->facts.holder = &marked->staff;
	marked->facts.events = marked->events;
	marked->facts.event_count = ARRAY_COUNT(marked->events);
	marked->round.fresh = marked->round.late = (struct round_cases){
		.list = &marked->file, .count = 1, .total = 1 };
	marked->facts.round = &marked->round;
	marked->facts.week = demo_week(&marked->facts, SAID, arena);
	marked->charge.mine = marked->charge.coming = marked->facts.week->late;
	marked->facts.charge = &marked->charge;
}

static void
read_all(const struct texts *from, const struct reader *reader,
    enum language language)
{
	for (size_t i = 0; i < text_row_count; i++) {
		const char *name = text_rows[i].name;
		struct text_rendered text = { 0 };
		struct arena arena scoped(arena_done) = { 0 };
		struct marked marked;
		struct err err = { 0 };

		if (is_for_admin(name) ||
		    text_is_for_owner(name) != (reader->staff == NULL) ||
		    !texts_has(from, name, reader->channel))
			continue;
		arena_init(&arena, LIMIT_WORK_BYTES);
		mark(&marked, reader, language, &arena);
		if (texts_render(from, name, &marked.facts, &arena, &text,
			&err) < 0)
			fail_msg("%s: %s", name, err.msg);
		look(&text, reader, name);
	}
}

static void
no_text_tells_its_reader_more_than_they_may_know(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(readers); i++) {
		print_message("%s\n", readers[i].what);
		for (int k = 0; k < LANGUAGE_COUNT; k++) {
			read_all(texts, &readers[i], (enum language)k);
			read_all(greedy, &readers[i], (enum language)k);
		}
	}
}

/* The test above would pass if the marks were never in: they are where they
 * may be. */
static void
who_works_on_a_case_can_call_its_owner(void **state)
{
	struct text_rendered text = { 0 };
	struct arena arena scoped(arena_done) = { 0 };
	struct marked marked;
	struct err err = { 0 };

	(void)state;
	arena_init(&arena, LIMIT_WORK_BYTES);
	mark(&marked, &readers[2], LANGUAGE_ZH, &arena);
	assert_int_equal(texts_render(texts, "case_sheet", &marked.facts,
			     &arena, &text, &err),
	    0);
	for (size_t i = 0; i < ARRAY_COUNT(contact_marks); i++)
		assert_non_null(strstr(text.text, contact_marks[i]));
	assert_non_null(strstr(text.text, "内部备注"));
}

/* It goes to all who meet: whoever they are, they read it masked (R40), and
 * no room. */
static void
the_weekly_digest_tells_nobody_who_an_owner_is(void **state)
{
	const struct texts *const all[] = { texts, greedy };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(all) * LANGUAGE_COUNT; i++) {
		struct text_rendered text = { 0 };
		struct arena arena scoped(arena_done) = { 0 };
		struct marked marked;
		struct err err = { 0 };
		struct reader reader = readers[6];

		reader.may_know = false;
		arena_init(&arena, LIMIT_WORK_BYTES);
		mark(&marked, &reader, (enum language)(i % LANGUAGE_COUNT),
		    &arena);
		marked.facts.week =
		    demo_week(&marked.facts, SAID "我住3-2-501", &arena);
		marked.facts.the_case = NULL;
		marked.facts.event_count = 0;
		assert_int_equal(
		    texts_render(all[i / LANGUAGE_COUNT], "weekly",
			&marked.facts, &arena, &text, &err),
		    0);
		look(&text, &reader, "weekly");
		assert_non_null(strstr(text.text, "我住"));
		assert_null(strstr(text.text, "501"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_text_may_use_only_what_its_reader_needs),
		cmocka_unit_test(
		    no_text_tells_its_reader_more_than_they_may_know),
		cmocka_unit_test(who_works_on_a_case_can_call_its_owner),
		cmocka_unit_test(the_weekly_digest_tells_nobody_who_an_owner_is),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
