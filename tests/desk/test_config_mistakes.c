/*
 * Each mistake in a configuration is told, with its place and what is allowed,
 * all of them in one run.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/roster.h"
#include "desk/config.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "tests/support/config_files.h"

static void
each_mistake_names_its_key_and_what_is_allowed(void **state)
{
	static const struct {
		const char *override, *words;
	} cases[] = {
		{ "mailbox.desk.port=70000",
		    "argument -o: mailbox.desk.port: \"70000\" is not valid; "
		    "expected 0 to 65535" },
		{ "mailbox.desk.port=sixty", "\"sixty\" is not valid" },
		{ "mailbox.desk.prot=1",
		    "mailbox.desk.prot: unknown setting; did you mean "
		    "\"port\"?" },
		{ "mailbox.desk.password=x",
		    "unknown setting; did you mean \"password_file\"?" },
		{ "mailbox.desk.xyzzy=x",
		    "unknown setting; see shouwen.conf(5)" },
		{ "estate.sunshine.mailbox=front",
		    "mailbox \"front\" is not declared" },
		{ "estate.sunshine.smtp=front",
		    "smtp \"front\" is not declared" },
		{ "estate.sunshine.sms=front", "sms \"front\" is not declared" },
		{ "estate.sunshine.timezone=Mars/Base",
		    "estate.sunshine.timezone: cannot read" },
		{ "estate.sunshine.timezone=../passwd", "is not valid" },
		{ "estate.sunshine.hours=13:30-17:30, 08:30-12:00",
		    "\"08:30-12:00\" begins before the stretch before it" },
		{ "estate.sunshine.hours=12:00-08:30",
		    "the start before the end" },
		{ "estate.sunshine.hours=", "no office hours" },
		{ "estate.sunshine.calendars=/nowhere",
		    "estate.sunshine.calendars: cannot read \"/nowhere\"" },
		{ "estate.sunshine.staff_domains=",
		    "staff_domains: missing: authserv_id is set" },
		{ "estate.sunshine.deadlines.normal.take=soon",
		    "\"soon\" is not valid; expected a time such as" },
		{ "estate.sunshine.deadlines.huge.take=1 h",
		    "is no severity; expected groups minor" },
		{ "estate.sunshine.categories.lift.department=lifts",
		    "\"lifts\" is not declared; expected a department" },
		{ "estate.sunshine.categories.boats.name=Boats",
		    "a category of your own needs a department" },
		{ "estate.sunshine.departments.boats.name=Boats",
		    "staff.sun.department: \"engineering\" is not declared in "
		    "estate \"sunshine\"; expected boats" },
		{ "staff.lin.mail=lin", "expected a mail address" },
		{ "staff.lin.mail=zhou@sunshine.example",
		    "staff.zhou.mail: \"lin\" has this address too" },
		{ "staff.lin.mail=DESK@sunshine.example",
		    "is the address of mailbox \"desk\"" },
		/* A digit is missing; no number, but a port. */
		{ "staff.lin.phone=+861380013800",
		    "expected a number such as" },
		{ "staff.lin.phone=+8610690001", "expected a number such as" },
		{ "sms.gateway.number=abc def!",
		    "sms.gateway.number: \"abc def!\" is not valid" },
		{ "sms.gateway.number=+861",
		    "expected a number such as \"10690001\" "
		    "or \"+8613800138001\", or a name" },
		{ "estate.sunshine.duty_phone=+86",
		    "expected a number as people see it" },
		{ "staff.lin.phone=13800138001",
		    "expected a number such as" },
		{ "staff.lin.phone=+8613800138002",
		    "staff.zhou.phone: \"lin\" has this number too" },
		{ "staff.chen.level=1", "has nobody of level 2" },
		{ "staff.chen.left=true", "has nobody of level 2" },
		{ "staff.zhou.left=true", "\"zhou\" has left; expected" },
		{ "staff.wu.level=2", "has nobody of level 3" },
		{ "staff.lin.level=6", "expected 0 to 5" },
		{ "staff.lin.estate=moon", "\"moon\" is not declared" },
		{ "staff.lin.head=true", "is head of no department" },
		{ "staff.li.department=", "neither level nor department" },
		{ "staff.lin.language=de", "expected a folder of the templates: zh-CN, en" },
		{ "staff.lin.pin=1234", "a secret as an argument" },
		{ "staff.lin.pin_file=/nowhere/pin",
		    "cannot read \"/nowhere/pin\"" },
		{ "token_key_file=conf/demo/secrets/pin", "too short a key" },
		{ "token_key_file=credential:key", "$CREDENTIALS_DIRECTORY" },
		{ "token_key_file=credential:../key", "no name of a credential" },
		{ "mailbox.desk.password_file=conf/demo/staff.conf",
		    "more than one line" },
		{ "mailbox.desk.password_file=/dev/null", "is not a file" },
		{ "admin=desk@sunshine.example",
		    "expected one that the desk does not read" },
		{ "listen_port=0",
		    "listen_port: sms \"gateway\" is pushed to us" },
		{ "sms.gateway.public_url=ftp://x",
		    "expected an http or https address" },
		{ "sms.gateway.url=http://me:pw@h/x",
		    "without a password in it" },
		{ "sms.gateway.preset=kanel",
		    "sms/kanel.conf is missing; expected one of "
		    "africastalking, aliyun, clickatell, " },
		{ "sms.gateway.preset=../x", "is no name" },
		{ "sms.gateway.push_from=somewhere", "is no address" },
		{ "sms.gateway.push_secret_file=conf/demo/secrets/pin",
		    "too short to keep strangers out" },
		{ "sms.gateway.user=", "user: missing; preset \"kannel\" logs in" },
		{ "smtp.relay.user=", "user and password_file go together" },
		{ "rules.survey_from=21:00", "must be later than survey_from" },
		{ "rules.survey_from=25:00", "expected a time such as" },
		{ "rules.survey_scopes=cleanning",
		    "\"cleanning\" is no category of an estate" },
		{ "rules.brake_hour=1", "must not be below brake_10min" },
		{ "rules.brake_day=1", "must not be below brake_hour" },
		{ "rules.alert_top_minutes=5", "must be more than" },
		{ "rules.unknown_urgent_minutes=11", "must not be above" },
		{ "mailbox.desk.move_to=INBOX", "expected another one" },
		{ "mailbox.desk.flag=a b", "is no IMAP keyword" },
		{ "words=/nowhere", "words: cannot read \"/nowhere\"" },
		{ "readers", "no \"=\"; write key=value" },
		{ "=5", "no setting is named" },
		{ "domain.inner=5", "is not inside a group" },
		{ "undo_seconds=-1", "expected 0 to 3600" },
		{ "plain_reply_is_note=maybe", "expected true or false" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const char *const overrides[] = { cases[i].override, NULL };

		config_refused(overrides);
		config_was_said(cases[i].words);
	}
}

static void
a_mail_password_never_travels_in_clear(void **state)
{
	static const char *const far[] = { "mailbox.desk.tls=none",
		"mailbox.desk.host=imap.example", "smtp.relay.tls=none",
		"smtp.relay.host=smtp.example", NULL };
	static const char *const near[] = { "mailbox.desk.tls=none",
		"smtp.relay.tls=none", NULL };
	struct config *conf scoped(config_free) = NULL;
	struct err err = { 0 };

	(void)state;
	config_refused(far);
	config_was_said("mailbox.desk.tls: the password would travel in clear");
	config_was_said(
	    "smtp.relay.tls: mail and password would travel in clear");
	assert_int_equal(
	    config_load_with(DEMO, near, config_note, NULL, &conf, &err), 0);
	assert_int_equal(conf->mailboxes[0].tls, TLS_NONE);
}

static void
all_mistakes_of_all_files_are_told_in_one_run(void **state)
{
	struct config *conf = NULL;
	struct buf place scoped(buf_done) = { 0 };

	(void)state;
	(void)config_load_minimal("", &conf);
	config_free(&conf);
	buf_reset(&config_said);
	(void)config_put("inner/more.conf", "\nreaders = 99;\n");
	assert_int_equal(config_load_minimal("undo_seconds = \"long\";\n"
				      "@include \"inner/more.conf\"\n"
				      "lisen_port = 1;\n",
			     &conf),
	    -1);
	buf_init(&place, 512);
	buf_printf(
	    &place, "%s/desk.conf:15: undo_seconds: \"long\"", config_folder);
	config_was_said(buf_text(&place));
	buf_reset(&place);
	buf_printf(
	    &place, "%s/inner/more.conf:2: readers: \"99\"", config_folder);
	config_was_said(buf_text(&place));
	buf_reset(&place);
	buf_printf(&place,
	    "%s/desk.conf:17: lisen_port: unknown setting; did you mean "
	    "\"listen_port\"?",
	    config_folder);
	config_was_said(buf_text(&place));
}

static void
a_syntax_error_names_file_and_line_only(void **state)
{
	struct config *conf = NULL;
	struct err err = { 0 };
	struct buf place scoped(buf_done) = { 0 };

	(void)state;
	buf_init(&place, 256);
	(void)config_put(
	    "desk.conf", "domain = \"a\";\npin = \"s3cr3t;\nx = 1;\n");
	buf_printf(&place, "%s/desk.conf", config_folder);
	assert_int_equal(
	    config_load(buf_text(&place), config_note, NULL, &conf, &err), -1);
	config_was_said("desk.conf:");
	config_was_said("syntax error");
	assert_null(strstr(buf_text(&config_said), "s3cr3t"));
	assert_null(strstr(err.msg, "s3cr3t"));
}

static void
a_missing_file_is_an_error_and_not_a_crash(void **state)
{
	struct config *conf = NULL;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(
	    config_load("/nowhere/x.conf", config_note, NULL, &conf, &err), -1);
	assert_int_equal(err.kind, ERR_CONF);
	assert_non_null(strstr(err.msg, "/nowhere/x.conf"));
	assert_int_equal(
	    config_load("/tmp", config_note, NULL, &conf, &err), -1);
	assert_non_null(strstr(err.msg, "not a file"));
}

static void
an_empty_file_lacks_what_is_required(void **state)
{
	struct config *conf = NULL;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(config_load(config_put("desk.conf", ""), config_note,
			     NULL, &conf, &err),
	    -1);
	config_was_said("domain: missing; domain is required");
	config_was_said("admin: missing");
	config_was_said("token_key_file: missing");
	config_was_said("estate: missing");
}

static void
groups_of_a_wrong_form_are_told(void **state)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
		{ "mailbox = 5;", "mailbox: wrong form; expected mailbox: {" },
		{ "staff: { lin = 5; };", "staff.lin: wrong form" },
		{ "rules = 5;", "rules: wrong form" },
		{ "domain = 5;", "domain: wrong form; expected a host name" },
		{ "readers = \"x\";", "\"x\" is not valid; expected 1 to 16" },
		{ "estate: { a: { duty = 5; }; };", "estate.a.duty: wrong form" },
		{ "estate: { a: { duty = ( 5 ); }; };",
		    "estate.a.duty.[0]: wrong form" },
		{ "estate: { a: { categories = 5; }; };", "wrong form" },
		{ "estate: { a: { deadlines = 5; }; };", "wrong form" },
		{ "estate: { a: { areas = 5; }; };",
		    "estate.a.areas: wrong form; expected a list of texts" },
		{ "estate: { a: { duty = ( { staff = \"x\"; } ); }; };",
		    "estate.a.duty.[0].staff: \"x\" is not declared" },
	};
	struct config *conf = NULL;
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		buf_reset(&config_said);
		assert_int_equal(
		    config_load(config_put("desk.conf", cases[i].text),
			config_note, NULL, &conf, &err),
		    -1);
		config_was_said(cases[i].words);
	}
}

static void
a_calendar_file_is_checked_too(void **state)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
		{ "off = [];", "days.conf:" },
		{ "off = [];", "no year; expected year = 2026;" },
		{ "year = 2026; off = [ \"2026-02-30\" ];",
		    "\"2026-02-30\" is no day" },
		{ "year = 2026; off = [ \"2026-02-03/2026-02-01\" ];",
		    "is no day" },
		{ "year = 2026; off = 5;", "expected a list such as" },
		{ "year = 2026; of = [];", "of: unknown setting" },
		{ "year = ", "syntax error" },
	};
	struct config *conf = NULL;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char override[160];
		const char *const overrides[] = { override, NULL };

		(void)snprintf(override, sizeof(override),
		    "estate.sunshine.calendars=%s",
		    config_put("days.conf", cases[i].text));
		config_refused(overrides);
		config_was_said(cases[i].words);
	}
	config_free(&conf);
}

static void
a_readable_secret_is_a_warning(void **state)
{
	struct config *conf scoped(config_free) = NULL;
	char path[128];

	(void)state;
	assert_int_equal(config_load_minimal("", &conf), 0);
	config_free(&conf);
	(void)snprintf(path, sizeof(path), "%s/key", config_folder);
	assert_int_equal(chmod(path, 0644), 0);
	buf_reset(&config_said);
	assert_int_equal(config_load_minimal("", &conf), 0);
	config_was_said("key: warning: everybody on this machine can read");
}

static void
a_gap_in_the_roster_is_a_warning(void **state)
{
	struct config *conf scoped(config_free) = NULL;
	struct err err = { 0 };
	char text[8192];
	const char *duty = strstr(config_minimal, "{ staff = \"one\"; }");

	(void)state;
	(void)config_load_minimal("", &conf);
	config_free(&conf);
	(void)snprintf(text, sizeof(text),
	    "%.*s{ staff = \"one\"; from = \"22:00\"; to = \"06:00\"; },"
	    "{ staff = \"two\"; days = \"working\"; from = \"06:00\";"
	    "  to = \"21:30\"; }%s",
	    (int)(duty - config_minimal), config_minimal,
	    duty + strlen("{ staff = \"one\"; }"));
	assert_int_equal(config_load(config_put("desk.conf", text), config_note,
			     NULL, &conf, &err),
	    0);
	config_was_said(
	    "estate.a.duty: warning: nobody is on duty on working days "
	    "from 21:30");
	config_was_said("nobody is on duty on free days from 06:00");
	/* Monday 21:45 has a gap, and 05:00 belongs to the night before. */
	assert_null(roster_duty(conf, &conf->estates[0], NULL,
	    config_time("2026-11-23T21:45:00+08:00")));
	assert_string_equal(roster_duty(conf, &conf->estates[0], NULL,
				config_time("2026-11-23T05:00:00+08:00"))->id,
	    "one");
	assert_string_equal(roster_duty(conf, &conf->estates[0], NULL,
				config_time("2026-11-23T23:00:00+08:00"))->id,
	    "one");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_mistake_names_its_key_and_what_is_allowed),
		TEST(a_mail_password_never_travels_in_clear),
		TEST_IN_FOLDER(all_mistakes_of_all_files_are_told_in_one_run),
		TEST_IN_FOLDER(a_syntax_error_names_file_and_line_only),
		TEST(a_missing_file_is_an_error_and_not_a_crash),
		TEST_IN_FOLDER(an_empty_file_lacks_what_is_required),
		TEST_IN_FOLDER(groups_of_a_wrong_form_are_told),
		TEST_IN_FOLDER(a_calendar_file_is_checked_too),
		TEST_IN_FOLDER(a_readable_secret_is_a_warning),
		TEST_IN_FOLDER(a_gap_in_the_roster_is_a_warning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
