/*
 * What a configuration means, and what is printed of it.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/roster.h"
#include "core/zone.h"
#include "desk/config.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "tests/support/config_files.h"

static void
the_demo_estate_is_the_cast(void **state)
{
	static const struct {
		const char *id, *mail, *phone, *department;
		int level;
		bool is_head;
	} cast[] = {
		{ "lin", "lin@sunshine.example", "+8613800138001", NULL, 1, 0 },
		{ "zhou", "zhou@sunshine.example", "+8613800138002", NULL, 1,
		    0 },
		{ "chen", "chen@sunshine.example", "+8613800138003", NULL, 2,
		    0 },
		{ "wu", "wu@sunshine.example", "+8613800138004", NULL, 3, 0 },
		{ "zheng", "zheng@sunshine.example", "+8613800138005", NULL, 4,
		    0 },
		{ "he", "he@hq.example", "+8613800138006", NULL, 5, 0 },
		{ "sun", "sun@sunshine.example", "+8613800138011",
		    "engineering", 0, 1 },
		{ "li", "li@sunshine.example", "+8613800138012", "engineering",
		    0, 0 },
		{ "qian", "qian@sunshine.example", "+8613800138013",
		    "environment", 0, 1 },
		{ "zhao", "zhao@sunshine.example", "+8613800138014", "order",
		    0, 1 },
		{ "feng", "feng@sunshine.example", "+8613800138015", "finance",
		    0, 1 },
	};
	struct config *conf scoped(config_free) = config_demo(DEMO);
	const struct estate *estate = config_estate(conf, "sunshine");

	(void)state;
	assert_int_equal(conf->staff_count, ARRAY_COUNT(cast));
	for (size_t i = 0; i < ARRAY_COUNT(cast); i++) {
		const struct staff *one = config_staff(conf, cast[i].id);

		assert_non_null(one);
		assert_string_equal(one->mail, cast[i].mail);
		assert_string_equal(one->phone, cast[i].phone);
		assert_int_equal(one->level, cast[i].level);
		assert_int_equal(one->is_head, cast[i].is_head);
		assert_string_equal(one->pin, "2580");
		if (cast[i].department == NULL)
			assert_null(one->department);
		else
			assert_string_equal(
			    one->department, cast[i].department);
	}
	assert_string_equal(estate->name, "阳光花园");
	assert_string_equal(estate->signature, "阳光物业");
	assert_string_equal(estate->authserv_id, "mx.sunshine.example");
	assert_string_equal(estate->staff_domains[1], "hq.example");
	assert_string_equal(estate->mailbox->address, "desk@sunshine.example");
	assert_string_equal(estate->mailbox->estate, "sunshine");
	assert_string_equal(estate->sms->number, "10690001");
	assert_int_equal(estate->buildings, 12);
	assert_string_equal(
	    estate_category(estate, "plumbing")->department, "engineering");
	assert_string_equal(estate_department(estate, "order")->name, "秩序部");
	assert_true(calendar_has_year(estate->calendar, 2026));
	assert_ptr_equal(config_head(conf, estate, "engineering"),
	    config_staff(conf, "sun"));
}

static void
the_demo_roster_follows_the_calendar(void **state)
{
	static const struct {
		const char *time, *who;
	} cases[] = {
		{ "2026-11-23T08:29:59+08:00", "zhou" },
		{ "2026-11-23T08:30:00+08:00", "lin" },
		{ "2026-11-23T12:45:00+08:00", "lin" }, /* lunch included */
		{ "2026-11-23T17:29:59+08:00", "lin" },
		{ "2026-11-23T17:30:00+08:00", "zhou" },
		{ "2026-11-21T10:00:00+08:00", "zhou" }, /* Saturday */
		{ "2026-09-20T10:00:00+08:00", "lin" },	 /* make-up Sunday */
		{ "2026-10-01T10:00:00+08:00", "zhou" }, /* National Day */
	};
	struct config *conf scoped(config_free) = config_demo(DEMO);

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct staff *who = roster_duty(
		    conf, &conf->estates[0], NULL, config_time(cases[i].time));

		assert_non_null(who);
		if (strcmp(who->id, cases[i].who) != 0)
			fail_msg("%s: %s", cases[i].time, who->id);
	}
}

static void
r18_who_has_left_may_have_the_number_of_somebody_new(void **state)
{
	static const char *const overrides[] = { "staff.li.left=true",
		"staff.li.phone=+8613800138011", NULL };
	struct config *conf scoped(config_free) = NULL;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(
	    config_load_with(DEMO, overrides, config_note, NULL, &conf, &err),
	    0);
	assert_string_equal(
	    config_staff_by_phone(conf, "+8613800138011")->id, "sun");
	/* The name stands in old cases. */
	assert_string_equal(config_staff(conf, "li")->name, "李明");
	assert_false(
	    staff_serves(config_staff(conf, "li"), &conf->estates[0]));
}

static void
one_desk_serves_several_estates(void **state)
{
	struct config *conf scoped(config_free) = config_demo(DEMO2);
	const struct estate *maple = config_estate(conf, "maple");
	const struct estate *sunshine = config_estate(conf, "sunshine");
	struct local_time local;

	(void)state;
	assert_int_equal(conf->estate_count, 2);
	assert_int_equal(maple->language, LANGUAGE_EN);
	assert_string_equal(maple->name_en, "Maple Court");
	assert_string_equal(maple->mailbox->name, "maple");
	assert_string_equal(conf->mailboxes[1].estate, "maple");
	local = zone_local(maple->zone, config_time("2026-07-01T12:00:00Z"));
	assert_int_equal(local.hour, 13);
	assert_string_equal(config_level(conf, maple, 1)->id, "anna");
	assert_string_equal(config_level(conf, sunshine, 1)->id, "lin");
	assert_string_equal(config_level(conf, maple, 5)->id, "dora");
	assert_string_equal(config_level(conf, sunshine, 5)->id, "he");
	assert_string_equal(
	    estate_category(maple, "lift")->department, "works");
	assert_string_equal(
	    estate_category(maple, "lift")->name_en, "lift");
	assert_true(estate_category(maple, "violation")->person_decides);
	assert_int_equal(maple->department_count, 2);
	assert_int_equal(
	    maple->deadlines[SEVERITY_NORMAL].take.amount, 60);
	assert_int_equal(
	    maple->deadlines[SEVERITY_NORMAL].outcome.amount, 5);
	/* What is not written keeps its default. */
	assert_int_equal(maple->deadlines[SEVERITY_NORMAL].dispatch.amount, 20);
	assert_int_equal(
	    sunshine->deadlines[SEVERITY_NORMAL].take.amount, 30);
}

static void
arguments_stand_over_the_file(void **state)
{
	static const char *const overrides[] = { "mailbox.desk.port=1234",
		"undo_seconds=7", "plain_reply_is_note=true",
		"estate.sunshine.areas=a, b", "sms.gateway.number=042",
		"rules.transfers=4", NULL };
	struct config *conf scoped(config_free) = NULL;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(
	    config_load_with(DEMO, overrides, config_note, NULL, &conf, &err),
	    0);
	assert_int_equal(conf->mailboxes[0].port, 1234);
	assert_int_equal(conf->undo_seconds, 7);
	assert_true(conf->plain_reply_is_note);
	assert_string_equal(conf->estates[0].areas[1], "b");
	assert_null(conf->estates[0].areas[2]);
	assert_string_equal(conf->sms_channels[0].number, "042");
	assert_int_equal(conf->rules.transfers, 4);
}

static void
a_small_configuration_gets_the_defaults(void **state)
{
	struct config *conf scoped(config_free) = NULL;

	(void)state;
	assert_int_equal(config_load_minimal("", &conf), 0);
	assert_int_equal(conf->mailboxes[0].port, 993);
	assert_string_equal(conf->mailboxes[0].user, "desk@a.example");
	assert_string_equal(conf->mailboxes[0].folder, "INBOX");
	assert_string_equal(conf->mailboxes[0].password, "hunter2");
	assert_int_equal(conf->smtps[0].port, 465);
	assert_string_equal(conf->smtps[0].hello, "desk.example");
	assert_int_equal(conf->undo_seconds, 60);
	assert_string_equal(conf->database, "/var/lib/shouwen/shouwen.db");
	assert_string_equal(conf->estates[0].from_name, "A");
	assert_string_equal(conf->staff[0].title_en, "Ms One");
	assert_null(conf->staff[0].pin);
	assert_memory_equal(&conf->rules, &rules_default, sizeof(struct rules));
	assert_memory_equal(conf->estates[0].deadlines, deadlines_default,
	    sizeof(deadlines_default));
	config_was_said("warning: the ladder of estate \"a\" ends at level 2");
	config_was_said("estate.a.authserv_id: warning: not set");
}

static void
a_path_starts_at_the_file_that_names_it(void **state)
{
	struct config *conf scoped(config_free) = NULL;

	(void)state;
	(void)config_load_minimal("", &conf);
	config_free(&conf);
	(void)config_put("inner/pin", "4711\n");
	(void)config_put("inner/people.conf",
	    "three: { name = \"T\"; title = \"T\"; mail = \"3@a.example\";\n"
	    "  level = 3; pin_file = \"pin\"; };\n");
	assert_int_equal(config_load_minimal("", &conf), 0);
	config_free(&conf);
	/* The group of people takes a whole file. */
	{
		char text[8192];
		const char *people = strstr(config_minimal, "staff: {\n");
		size_t head =
		    (size_t)(people - config_minimal) + strlen("staff: {\n");
		struct err err = { 0 };

		(void)snprintf(text, sizeof(text),
		    "%.*s@include \"inner/people.conf\"\n%s", (int)head,
		    config_minimal, config_minimal + head);
		assert_int_equal(config_load(config_put("desk.conf", text),
				     config_note, NULL, &conf, &err),
		    0);
	}
	assert_string_equal(config_staff(conf, "three")->pin, "4711");
}

static void
a_secret_comes_from_a_systemd_credential(void **state)
{
	static const char *const overrides[] = {
		"mailbox.desk.password_file=credential:password", NULL
	};
	struct config *conf scoped(config_free) = NULL;
	struct err err = { 0 };

	(void)state;
	(void)config_put("password", "from-systemd\n");
	assert_int_equal(setenv("CREDENTIALS_DIRECTORY", config_folder, 1), 0);
	assert_int_equal(
	    config_load_with(DEMO, overrides, config_note, NULL, &conf, &err),
	    0);
	assert_int_equal(unsetenv("CREDENTIALS_DIRECTORY"), 0);
	assert_string_equal(conf->mailboxes[0].password, "from-systemd");
}

static void
what_is_printed_holds_no_secret(void **state)
{
	struct config *conf scoped(config_free) = config_demo(DEMO);
	struct buf out scoped(buf_done) = { 0 };

	(void)state;
	buf_init(&out, 256 * 1024);
	config_print(conf, &out);
	assert_non_null(strstr(buf_text(&out),
	    "\nmailbox.desk.password_file = <set>\n"));
	assert_non_null(strstr(buf_text(&out), "\nstaff.lin.pin_file = <set>\n"));
	assert_non_null(strstr(buf_text(&out),
	    "\nestate.sunshine.deadlines.major.take = \"15 bmin\"\n"));
	assert_non_null(
	    strstr(buf_text(&out), "\nrules.overdue_l5 = \"5 wd\"\n"));
	assert_null(strstr(buf_text(&out), "2580"));
	assert_null(strstr(buf_text(&out), "demo-push"));
	assert_null(strstr(buf_text(&out), "\"secret\""));
	assert_null(strstr(buf_text(&out), "this-key-is-public"));
}

static void
what_is_printed_can_be_said_again_as_arguments(void **state)
{
	struct config *conf scoped(config_free) = config_demo(DEMO);
	struct config *again scoped(config_free) = NULL;
	struct buf out scoped(buf_done) = { 0 };
	struct buf back scoped(buf_done) = { 0 };
	const char *overrides[1000];
	size_t count = 0;
	struct err err = { 0 };
	char *rest, *line;

	(void)state;
	buf_init(&out, 256 * 1024);
	buf_init(&back, 256 * 1024);
	config_print(conf, &out);
	buf_puts(&back, buf_text(&out));
	rest = back.data;
	while ((line = strsep(&rest, "\n")) != NULL) {
		char *equals = strstr(line, " = \"");

		/* Plain texts and times, not lists and secrets. */
		if (equals == NULL || strstr(line, ".[") != NULL)
			continue;
		memmove(equals, "=", 1);
		memmove(equals + 1, equals + 4, strlen(equals + 4) + 1);
		equals[strlen(equals) - 1] = '\0';
		overrides[count++] = line;
	}
	overrides[count] = NULL;
	assert_true(count > 100);
	if (config_load_with(DEMO, overrides, config_note, NULL, &again, &err) <
	    0)
		fail_msg("%s\n%s", err.msg, buf_text(&config_said));
	buf_reset(&back);
	config_print(again, &back);
	assert_string_equal(buf_text(&out), buf_text(&back));
}

static void
every_setting_is_described(void **state)
{
	struct buf markdown scoped(buf_done) = { 0 };
	struct buf man scoped(buf_done) = { 0 };

	(void)state;
	buf_init(&markdown, 256 * 1024);
	buf_init(&man, 256 * 1024);
	config_describe(CONFIG_MARKDOWN, &markdown);
	config_describe(CONFIG_MAN, &man);
	assert_non_null(strstr(buf_text(&markdown),
	    "| `take` | a time such as \"30 min\", \"24 h\", \"4 bh\", "
	    "\"3 wd\", \"none\" | \"2 bh\", \"30 bmin\", \"15 bmin\", "
	    "\"5 min\" |"));
	assert_non_null(strstr(buf_text(&markdown), "| `poll_seconds` | 5 to"));
	assert_non_null(strstr(buf_text(&man), ".It Va token_key_file\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_demo_estate_is_the_cast),
		TEST(the_demo_roster_follows_the_calendar),
		TEST(one_desk_serves_several_estates),
		cmocka_unit_test(
		    r18_who_has_left_may_have_the_number_of_somebody_new),
		TEST(arguments_stand_over_the_file),
		TEST_IN_FOLDER(a_small_configuration_gets_the_defaults),
		TEST_IN_FOLDER(a_path_starts_at_the_file_that_names_it),
		TEST_IN_FOLDER(a_secret_comes_from_a_systemd_credential),
		TEST(what_is_printed_holds_no_secret),
		TEST(what_is_printed_can_be_said_again_as_arguments),
		TEST(every_setting_is_described),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
