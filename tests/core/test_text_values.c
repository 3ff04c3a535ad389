/*
 * What one name of a template becomes, and for whom.
 */
#include "tests/support/cmocka_fence.h"

#include <string.h>

#include "core/limits.h"
#include "core/template.h"
#include "core/text_field.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/text.h"
#include "tests/support/text_facts.h"

static struct arena arena;

static int
start(void **state)
{
	(void)state;
	arena_init(&arena, LIMIT_WORK_BYTES);
	return 0;
}

static int
finish(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
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
		    only_those_who_work_on_the_case_see_the_contact),
		cmocka_unit_test(one_touch_is_for_who_may_do_it),
		cmocka_unit_test(whatever_is_offered_can_be_said),
		cmocka_unit_test(an_answer_from_outside_is_made_valid),
	};

	return cmocka_run_group_tests(tests, start, finish);
}
