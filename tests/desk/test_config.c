#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/calendar.h"
#include "core/roster.h"
#include "core/zone.h"
#include "desk/config.h"
#include "lib/buf.h"
#include "lib/err.h"

#define DEMO  "conf/demo/shouwen.conf"
#define DEMO2 "conf/demo2/shouwen.conf"

static struct buf said; /* what the loader complained of */

static void
note(const char *mistake, void *arg)
{
	(void)arg;
	buf_printf(&said, "%s\n", mistake);
}

static int
set_up(void **state)
{
	(void)state;
	buf_init(&said, 256 * 1024);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	buf_done(&said);
	return 0;
}

static struct config *
load(const char *path)
{
	struct config *conf = NULL;
	struct err err = { 0 };

	if (config_load(path, note, NULL, &conf, &err) < 0)
		fail_msg("%s\n%s", err.msg, buf_text(&said));
	return conf;
}

/* Load the demo with arguments, which must be refused. */
static void
refused(const char *const *overrides)
{
	struct config *conf = NULL;
	struct err err = { 0 };

	buf_reset(&said);
	assert_int_equal(
	    config_load_with(DEMO, overrides, note, NULL, &conf, &err), -1);
	assert_int_equal(err.kind, ERR_CONF);
	assert_null(conf);
}

static void
was_said(const char *words)
{
	if (strstr(buf_text(&said), words) == NULL)
		fail_msg("not said: %s\nbut:\n%s", words, buf_text(&said));
}

static msec_t
at(const char *time)
{
	msec_t ret = 0;

	assert_int_equal(time_from_rfc3339(time, &ret), 0);
	return ret;
}

/* A folder of small files that are a configuration. */

static char folder[64];

static int
make_folder(void **state)
{
	(void)snprintf(folder, sizeof(folder), "/tmp/shouwen-config-XXXXXX");
	assert_non_null(mkdtemp(folder));
	return set_up(state);
}

static int
remove_folder(void **state)
{
	static const char *const names[] = { "desk.conf", "inner/people.conf",
		"inner/pin", "inner/more.conf", "key", "password", "days.conf",
		"inner", "" };
	char path[128];

	for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		(void)remove(path);
	}
	return tear_down(state);
}

static const char *
put(const char *name, const char *text)
{
	static char path[128];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	return path;
}

static const char minimal[] =
    "domain = \"desk.example\"; admin = \"admin@hq.example\";\n"
    "token_key_file = \"key\"; words = \"words\";\n"
    "mailbox: { desk: { address = \"desk@a.example\"; host = \"a.example\";\n"
    "  password_file = \"password\"; }; };\n"
    "smtp: { relay: { host = \"a.example\"; }; };\n"
    "staff: {\n"
    "  one: { name = \"One\"; title = \"Ms One\"; mail = \"1@a.example\";\n"
    "    level = 1; };\n"
    "  two: { name = \"Two\"; title = \"Ms Two\"; mail = \"2@a.example\";\n"
    "    level = 2; };\n"
    "};\n"
    "estate: { a: { name = \"A\"; signature = \"A\"; duty_phone = \"1\";\n"
    "  mailbox = \"desk\"; smtp = \"relay\";\n"
    "  duty = ( { staff = \"one\"; } ); }; };\n";

/* The minimal configuration with some text after it. */
static int
load_minimal(const char *more, struct config **ret)
{
	char path[128], text[8192];
	struct err err = { 0 };

	(void)snprintf(path, sizeof(path), "%s/inner", folder);
	(void)mkdir(path, 0700);
	(void)snprintf(path, sizeof(path), "%s/words", folder);
	(void)mkdir(path, 0700);
	(void)put("key", "0123456789abcdef0123456789abcdef\n");
	(void)put("password", "hunter2\n");
	(void)snprintf(text, sizeof(text), "%s%s", minimal, more);
	(void)snprintf(path, sizeof(path), "%s", put("desk.conf", text));
	*ret = NULL;
	return config_load(path, note, NULL, ret, &err);
}

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
	struct config *conf scoped(config_free) = load(DEMO);
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
	struct config *conf scoped(config_free) = load(DEMO);

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct staff *who = roster_duty(conf, &conf->estates[0], NULL, at(cases[i].time));

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
	    config_load_with(DEMO, overrides, note, NULL, &conf, &err), 0);
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
	struct config *conf scoped(config_free) = load(DEMO2);
	const struct estate *maple = config_estate(conf, "maple");
	const struct estate *sunshine = config_estate(conf, "sunshine");
	struct local_time local;

	(void)state;
	assert_int_equal(conf->estate_count, 2);
	assert_int_equal(maple->language, LANGUAGE_EN);
	assert_string_equal(maple->name_en, "Maple Court");
	assert_string_equal(maple->mailbox->name, "maple");
	assert_string_equal(conf->mailboxes[1].estate, "maple");
	local = zone_local(maple->zone, at("2026-07-01T12:00:00Z"));
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
		{ "sms.gateway.preset=kanel", "there is no preset \"kanel\"" },
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

		refused(overrides);
		was_said(cases[i].words);
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
	refused(far);
	was_said("mailbox.desk.tls: the password would travel in clear");
	was_said("smtp.relay.tls: mail and password would travel in clear");
	assert_int_equal(
	    config_load_with(DEMO, near, note, NULL, &conf, &err), 0);
	assert_int_equal(conf->mailboxes[0].tls, TLS_NONE);
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
	    config_load_with(DEMO, overrides, note, NULL, &conf, &err), 0);
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
	assert_int_equal(load_minimal("", &conf), 0);
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
	was_said("warning: the ladder of estate \"a\" ends at level 2");
	was_said("estate.a.authserv_id: warning: not set");
}

static void
all_mistakes_of_all_files_are_told_in_one_run(void **state)
{
	struct config *conf = NULL;
	struct buf place scoped(buf_done) = { 0 };

	(void)state;
	(void)load_minimal("", &conf);
	config_free(&conf);
	buf_reset(&said);
	(void)put("inner/more.conf", "\nreaders = 99;\n");
	assert_int_equal(load_minimal("undo_seconds = \"long\";\n"
				      "@include \"inner/more.conf\"\n"
				      "lisen_port = 1;\n",
			     &conf),
	    -1);
	buf_init(&place, 512);
	buf_printf(&place, "%s/desk.conf:15: undo_seconds: \"long\"", folder);
	was_said(buf_text(&place));
	buf_reset(&place);
	buf_printf(&place, "%s/inner/more.conf:2: readers: \"99\"", folder);
	was_said(buf_text(&place));
	buf_reset(&place);
	buf_printf(&place,
	    "%s/desk.conf:17: lisen_port: unknown setting; did you mean "
	    "\"listen_port\"?",
	    folder);
	was_said(buf_text(&place));
}

static void
a_path_starts_at_the_file_that_names_it(void **state)
{
	struct config *conf scoped(config_free) = NULL;

	(void)state;
	(void)load_minimal("", &conf);
	config_free(&conf);
	(void)put("inner/pin", "4711\n");
	(void)put("inner/people.conf",
	    "three: { name = \"T\"; title = \"T\"; mail = \"3@a.example\";\n"
	    "  level = 3; pin_file = \"pin\"; };\n");
	assert_int_equal(load_minimal("", &conf), 0);
	config_free(&conf);
	/* The group of people takes a whole file. */
	{
		char text[8192];
		const char *people = strstr(minimal, "staff: {\n");
		size_t head = (size_t)(people - minimal) + strlen("staff: {\n");
		struct err err = { 0 };

		(void)snprintf(text, sizeof(text),
		    "%.*s@include \"inner/people.conf\"\n%s", (int)head,
		    minimal, minimal + head);
		assert_int_equal(config_load(put("desk.conf", text), note, NULL,
				     &conf, &err),
		    0);
	}
	assert_string_equal(config_staff(conf, "three")->pin, "4711");
}

static void
a_syntax_error_names_file_and_line_only(void **state)
{
	struct config *conf = NULL;
	struct err err = { 0 };
	struct buf place scoped(buf_done) = { 0 };

	(void)state;
	buf_init(&place, 256);
	(void)put("desk.conf", "domain = \"a\";\npin = \"s3cr3t;\nx = 1;\n");
	buf_printf(&place, "%s/desk.conf", folder);
	assert_int_equal(
	    config_load(buf_text(&place), note, NULL, &conf, &err), -1);
	was_said("desk.conf:");
	was_said("syntax error");
	assert_null(strstr(buf_text(&said), "s3cr3t"));
	assert_null(strstr(err.msg, "s3cr3t"));
}

static void
a_missing_file_is_an_error_and_not_a_crash(void **state)
{
	struct config *conf = NULL;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(
	    config_load("/nowhere/x.conf", note, NULL, &conf, &err), -1);
	assert_int_equal(err.kind, ERR_CONF);
	assert_non_null(strstr(err.msg, "/nowhere/x.conf"));
	assert_int_equal(config_load("/tmp", note, NULL, &conf, &err), -1);
	assert_non_null(strstr(err.msg, "not a file"));
}

static void
an_empty_file_lacks_what_is_required(void **state)
{
	struct config *conf = NULL;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(
	    config_load(put("desk.conf", ""), note, NULL, &conf, &err), -1);
	was_said("domain: missing; domain is required");
	was_said("admin: missing");
	was_said("token_key_file: missing");
	was_said("estate: missing");
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
		buf_reset(&said);
		assert_int_equal(config_load(put("desk.conf", cases[i].text),
				     note, NULL, &conf, &err),
		    -1);
		was_said(cases[i].words);
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
		    put("days.conf", cases[i].text));
		refused(overrides);
		was_said(cases[i].words);
	}
	config_free(&conf);
}

static void
a_readable_secret_is_a_warning(void **state)
{
	struct config *conf scoped(config_free) = NULL;
	char path[128];

	(void)state;
	assert_int_equal(load_minimal("", &conf), 0);
	config_free(&conf);
	(void)snprintf(path, sizeof(path), "%s/key", folder);
	assert_int_equal(chmod(path, 0644), 0);
	buf_reset(&said);
	assert_int_equal(load_minimal("", &conf), 0);
	was_said("key: warning: everybody on this machine can read");
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
	(void)put("password", "from-systemd\n");
	assert_int_equal(setenv("CREDENTIALS_DIRECTORY", folder, 1), 0);
	assert_int_equal(
	    config_load_with(DEMO, overrides, note, NULL, &conf, &err), 0);
	assert_int_equal(unsetenv("CREDENTIALS_DIRECTORY"), 0);
	assert_string_equal(conf->mailboxes[0].password, "from-systemd");
}

static void
a_gap_in_the_roster_is_a_warning(void **state)
{
	struct config *conf scoped(config_free) = NULL;
	struct err err = { 0 };
	char text[8192];
	const char *duty = strstr(minimal, "{ staff = \"one\"; }");

	(void)state;
	(void)load_minimal("", &conf);
	config_free(&conf);
	(void)snprintf(text, sizeof(text),
	    "%.*s{ staff = \"one\"; from = \"22:00\"; to = \"06:00\"; },"
	    "{ staff = \"two\"; days = \"working\"; from = \"06:00\";"
	    "  to = \"21:30\"; }%s",
	    (int)(duty - minimal), minimal,
	    duty + strlen("{ staff = \"one\"; }"));
	assert_int_equal(
	    config_load(put("desk.conf", text), note, NULL, &conf, &err), 0);
	was_said("estate.a.duty: warning: nobody is on duty on working days "
		 "from 21:30");
	was_said("nobody is on duty on free days from 06:00");
	/* Monday 21:45 has a gap, and 05:00 belongs to the night before. */
	assert_null(roster_duty(conf, &conf->estates[0], NULL, at("2026-11-23T21:45:00+08:00")));
	assert_string_equal(roster_duty(conf, &conf->estates[0], NULL,
				at("2026-11-23T05:00:00+08:00"))->id,
	    "one");
	assert_string_equal(roster_duty(conf, &conf->estates[0], NULL,
				at("2026-11-23T23:00:00+08:00"))->id,
	    "one");
}

static void
what_is_printed_holds_no_secret(void **state)
{
	struct config *conf scoped(config_free) = load(DEMO);
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
	struct config *conf scoped(config_free) = load(DEMO);
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
	if (config_load_with(DEMO, overrides, note, NULL, &again, &err) < 0)
		fail_msg("%s\n%s", err.msg, buf_text(&said));
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define TEST_IN_FOLDER(name) \
	cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_demo_estate_is_the_cast),
		TEST(the_demo_roster_follows_the_calendar),
		TEST(one_desk_serves_several_estates),
		cmocka_unit_test(
		    r18_who_has_left_may_have_the_number_of_somebody_new),
		TEST(each_mistake_names_its_key_and_what_is_allowed),
		TEST(a_mail_password_never_travels_in_clear),
		TEST(arguments_stand_over_the_file),
		TEST_IN_FOLDER(a_small_configuration_gets_the_defaults),
		TEST_IN_FOLDER(all_mistakes_of_all_files_are_told_in_one_run),
		TEST_IN_FOLDER(a_path_starts_at_the_file_that_names_it),
		TEST_IN_FOLDER(a_syntax_error_names_file_and_line_only),
		TEST(a_missing_file_is_an_error_and_not_a_crash),
		TEST_IN_FOLDER(an_empty_file_lacks_what_is_required),
		TEST_IN_FOLDER(groups_of_a_wrong_form_are_told),
		TEST_IN_FOLDER(a_calendar_file_is_checked_too),
		TEST_IN_FOLDER(a_readable_secret_is_a_warning),
		TEST_IN_FOLDER(a_secret_comes_from_a_systemd_credential),
		TEST_IN_FOLDER(a_gap_in_the_roster_is_a_warning),
		TEST(what_is_printed_holds_no_secret),
		TEST(what_is_printed_can_be_said_again_as_arguments),
		TEST(every_setting_is_described),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
