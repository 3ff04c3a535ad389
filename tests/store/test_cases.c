#include "tests/support/cmocka_fence.h"

#include <sqlite3.h>
#include <string.h>

#include "lib/buf.h"
#include "store/audit.h"
#include "store/cases.h"
#include "store/db.h"
#include "store/outbox.h"
#include "store/owners.h"
#include "store/retention.h"
#include "tests/support/store_fixture.h"

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_memory, fixture_done)

static struct case_file
load(struct fixture *fixture, case_id id)
{
	struct case_file file = { 0 };

	assert_int_equal(case_load(fixture->store, id, &fixture->arena, &file,
			     &fixture->err),
	    1);
	return file;
}

static void
apply(struct fixture *fixture, const struct effects *effects, int64_t inbox)
{
	if (store_apply(fixture->store, effects, inbox, MORNING,
		&fixture->err) < 0)
		fail_msg("%s", fixture->err.msg);
}

static void
record(struct fixture *fixture, const struct event *event)
{
	struct effects effects;

	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_EVENT)->event = *event;
	apply(fixture, &effects, 0);
}

/* ---- the case ---- */

static void
assert_texts_equal(const struct case_file *a, const struct case_file *b)
{
	assert_string_equal(a->number, b->number);
	assert_string_equal(a->estate, b->estate);
	assert_string_equal(a->category, b->category);
	assert_string_equal(a->mail, b->mail);
	assert_string_equal(a->phone, b->phone);
	assert_string_equal(a->owner_name, b->owner_name);
	assert_true(place_eq(&a->place, &b->place));
	assert_string_equal(a->place.area, b->place.area);
	assert_string_equal(a->subject, b->subject);
	assert_string_equal(a->text, b->text);
	assert_string_equal(a->first_responder, b->first_responder);
	assert_string_equal(a->handler, b->handler);
	assert_string_equal(a->department, b->department);
	assert_string_equal(a->subjects, b->subjects);
	assert_string_equal(a->outcome, b->outcome);
	assert_string_equal(a->owner_thread, b->owner_thread);
	assert_string_equal(a->owner_last, b->owner_last);
}

/* With the texts gone, what is left are numbers and words. */
static void
forget_texts(struct case_file *file)
{
	file->number = file->estate = file->category = NULL;
	file->mail = file->phone = file->owner_name = NULL;
	file->place = (struct place){ 0 };
	file->subject = file->text = file->outcome = NULL;
	file->first_responder = file->handler = file->department = NULL;
	file->subjects = NULL;
	file->owner_thread = file->owner_last = NULL;
}

static void
a_case_comes_back_as_it_was(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1), found;

	fixture_save(fixture, &file);
	found = load(fixture, 1);
	assert_texts_equal(&found, &file);
	forget_texts(&file);
	forget_texts(&found);
	assert_memory_equal(&found, &file, sizeof(file));
}

static void
an_empty_case_comes_back_empty(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = { .id = 1,
		.number = "T261123-0001",
		.estate = "sunshine",
		.received_at = MORNING };
	struct case_file found;

	fixture_save(fixture, &file);
	found = load(fixture, 1);
	assert_null(found.mail);
	assert_null(found.handler);
	assert_int_equal(found.severity, SEVERITY_NONE);
	file.number = file.estate = NULL;
	forget_texts(&found);
	assert_memory_equal(&found, &file, sizeof(file));
}

static void
a_case_is_overwritten_but_for_its_birth(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1), found;

	fixture_save(fixture, &file);
	file.state = CASE_CLOSED;
	file.handler = NULL;
	file.outcome = "换了新水管";
	file.rating = 0;
	file.reply_due = 0;
	file.received_at = 1;
	fixture_save(fixture, &file);
	found = load(fixture, 1);
	assert_int_equal(found.state, CASE_CLOSED);
	assert_null(found.handler);
	assert_string_equal(found.outcome, "换了新水管");
	assert_int_equal(found.rating, 0);
	assert_int_equal(found.reply_due, 0);
	assert_int_equal(found.received_at, MORNING);
	assert_int_equal(case_count(fixture->store), 1);
}

static void
numbers_are_counted_by_day_and_taken_once(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1);

	assert_int_equal(case_next_id(fixture->store), 1);
	assert_int_equal(case_next_serial(fixture->store, "261123"), 1);
	fixture_save(fixture, &file);
	assert_int_equal(case_next_id(fixture->store), 2);
	assert_int_equal(case_next_serial(fixture->store, "261123"), 2);
	assert_int_equal(case_next_serial(fixture->store, "261124"), 1);
	file.id = 2;
	file.number = "T261124-10000";
	fixture_save(fixture, &file);
	assert_int_equal(case_next_serial(fixture->store, "261124"), 10001);
}

static void
a_number_that_is_taken_or_malformed_is_refused(void **state)
{
	static const char *const numbers[] = { "T261123-0001", "T26112-0001",
		"261123-0001", "T261123-", "T261123-0", "T261123-12x", NULL };
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1);

	fixture_save(fixture, &file);
	file.id = 2;
	for (size_t i = 0; i < ARRAY_COUNT(numbers); i++) {
		struct effects effects;

		file.number = numbers[i];
		effects_init(&effects, &fixture->arena);
		effects_add(&effects, EFFECT_CASE)->the_case = file;
		assert_int_equal(store_unit_begin(fixture->store,
				     &fixture->err),
		    0);
		if (store_apply(fixture->store, &effects, 0, MORNING,
			&fixture->err) == 0)
			fail_msg("%s", numbers[i]);
		assert_int_equal(fixture->err.kind, ERR_BUG);
		store_unit_undo(fixture->store);
	}
}

static void
a_case_is_found_by_its_number(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(3);
	struct case_file found;

	fixture_save(fixture, &file);
	assert_int_equal(case_load_number(fixture->store, "T261123-0003",
			     &fixture->arena, &found, &fixture->err),
	    1);
	assert_int_equal(found.id, 3);
	assert_int_equal(case_load_number(fixture->store, "T261123-0004",
			     &fixture->arena, &found, &fixture->err),
	    0);
	assert_int_equal(case_load(fixture->store, 4, &fixture->arena, &found,
			     &fixture->err),
	    0);
}

static void
a_short_serial_means_the_cases_of_the_last_days(void **state)
{
	static const struct {
		const char *number;
		msec_t received_at;
		const char *estate;
	} cases[] = {
		{ "T261101-0007", MORNING - 22 * MSEC_DAY, "sunshine" },
		{ "T261120-0007", MORNING - 3 * MSEC_DAY, "sunshine" },
		{ "T261122-0007", MORNING - MSEC_DAY, "riverside" },
		{ "T261123-0007", MORNING, "sunshine" },
		{ "T261123-0070", MORNING, "sunshine" },
	};
	static const struct {
		msec_t since;
		int serial, count;
		case_id newest;
	} asked[] = {
		{ MORNING - 7 * MSEC_DAY, 7, 2, 4 },
		{ MORNING - MSEC_DAY, 7, 1, 4 },
		{ MORNING - 30 * MSEC_DAY, 7, 3, 4 },
		{ MORNING - 7 * MSEC_DAY, 70, 1, 5 },
		{ MORNING - 7 * MSEC_DAY, 8, 0, 0 },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct case_file file = fixture_case((case_id)i + 1);

		file.number = cases[i].number;
		file.received_at = cases[i].received_at;
		file.estate = cases[i].estate;
		fixture_save(fixture, &file);
	}
	for (size_t i = 0; i < ARRAY_COUNT(asked); i++) {
		case_id newest = 0;
		int count = case_by_serial(fixture->store, "sunshine",
		    asked[i].serial, asked[i].since, &newest, &fixture->err);

		if (count != asked[i].count || newest != asked[i].newest)
			fail_msg("row %zu: %d, %lld", i, count,
			    (long long)newest);
	}
}

static void
open_cases_are_found_by_mail_and_by_phone(void **state)
{
	struct fixture *fixture = *state;
	struct case_brief brief[4];
	struct case_file file;

	for (case_id id = 1; id <= 4; id++) {
		file = fixture_case(id);
		if (id == 2)
			file.state = CASE_CLOSED;
		if (id == 4)
			file.estate = "riverside";
		fixture_save(fixture, &file);
	}
	assert_int_equal(case_open_of(fixture->store, "sunshine",
			     "lin@example.com", &fixture->arena, brief, 4,
			     &fixture->err),
	    2);
	assert_int_equal(brief[0].id, 3);
	assert_int_equal(brief[1].id, 1);
	assert_string_equal(brief[0].number, "T261123-0003");
	assert_int_equal(brief[0].state, CASE_ASSIGNED);
	assert_string_equal(brief[0].category, "plumbing");
	assert_string_equal(brief[0].place.room, "501");
	assert_int_equal(brief[0].reply_due, MORNING + 9);
	assert_int_equal(case_open_of(fixture->store, "sunshine",
			     "+8613800000000", &fixture->arena, brief, 1,
			     &fixture->err),
	    1);
	file = load(fixture, 3);
	file.state = CASE_RESOLVED;
	fixture_save(fixture, &file);
	assert_int_equal(case_open_of(fixture->store, "sunshine",
			     "lin@example.com", &fixture->arena, brief, 4,
			     &fixture->err),
	    1);
}

static void
a_list_is_filtered_and_newest_first(void **state)
{
	static const struct {
		struct case_filter filter;
		int count;
		case_id first;
	} asked[] = {
		{ { 0 }, 4, 4 },
		{ { .before = 3 }, 2, 2 },
		{ { .open_only = true }, 3, 4 },
		{ { .open_only = true, .before = 4 }, 2, 3 },
		{ { .state = "closed" }, 1, 2 },
		{ { .handler = "zhou" }, 3, 3 },
		{ { .severity = "emergency" }, 1, 3 },
		{ { .estate = "riverside" }, 0, 0 },
		{ { .open_only = true, .handler = "lin" }, 1, 4 },
	};
	struct fixture *fixture = *state;

	for (case_id id = 1; id <= 4; id++) {
		struct case_file file = fixture_case(id);

		if (id == 2)
			file.state = CASE_CLOSED;
		if (id == 3)
			file.severity = SEVERITY_EMERGENCY;
		if (id == 4)
			file.handler = "lin";
		fixture_save(fixture, &file);
	}
	for (size_t i = 0; i < ARRAY_COUNT(asked); i++) {
		struct case_file list[4] = { 0 };
		int count = case_list(fixture->store, &asked[i].filter,
		    &fixture->arena, list, 4, &fixture->err);

		if (count != asked[i].count || list[0].id != asked[i].first)
			fail_msg("row %zu: %d, %lld", i, count,
			    (long long)list[0].id);
	}
}

/* ---- questions that we asked ---- */

static void
ask_about(struct fixture *fixture, case_id about, out_id id,
    const char *template_name, const char *to)
{
	struct outgoing out = fixture_out(id, about);

	out.template_name = template_name;
	out.to = to;
	fixture_queue(fixture, &out);
}

static void
ask(struct fixture *fixture, out_id id, const char *template_name,
    const char *to)
{
	ask_about(fixture, 1, id, template_name, to);
}

static void
a_rating_is_awaited_until_it_comes(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(1);
	struct effects effects;
	case_id found = 0;

	fixture_save(fixture, &file);
	ask(fixture, 1, "rating_request", "lin@example.com");
	assert_int_equal(case_pending_rating(fixture->store, "lin@example.com",
			     MORNING, &found, &fixture->err),
	    1);
	assert_int_equal(found, 1);
	assert_int_equal(case_pending_rating(fixture->store, "lin@example.com",
			     MORNING + 1, &found, &fixture->err),
	    0);
	assert_int_equal(case_pending_rating(fixture->store, "wu@example.com",
			     MORNING, &found, &fixture->err),
	    0);
	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_RATING)->rating.case_id = 1;
	effects.list[0].rating.score = 5;
	effects.list[0].rating.text = "谢谢";
	/* The copy that the decision hands back does not know it. */
	effects_add(&effects, EFFECT_CASE)->the_case = file;
	effects.list[1].the_case.rating = 0;
	apply(fixture, &effects, 0);
	assert_int_equal(load(fixture, 1).rating, 5);
	assert_int_equal(case_pending_rating(fixture->store, "lin@example.com",
			     MORNING, &found, &fixture->err),
	    0);
}

static void
a_question_is_open_until_the_owner_says_something(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(1);
	struct effects effects;
	case_id found = 0;

	fixture_save(fixture, &file);
	record(fixture, &(struct event){ .case_id = 1, .name = "created",
			    .actor = "owner" });
	ask(fixture, 1, "ack", "lin@example.com");
	assert_int_equal(case_open_question(fixture->store, "lin@example.com",
			     MORNING, &found, &fixture->err),
	    0);
	ask(fixture, 2, "ack_clarify", "lin@example.com");
	assert_int_equal(case_open_question(fixture->store, "lin@example.com",
			     MORNING, &found, &fixture->err),
	    1);
	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_EVENT)->event = (struct event){
		.case_id = 1, .name = "followup", .actor = "owner" };
	assert_int_equal(store_apply(fixture->store, &effects, 0, MORNING + 1,
			     &fixture->err),
	    0);
	assert_int_equal(case_open_question(fixture->store, "lin@example.com",
			     MORNING, &found, &fixture->err),
	    0);
}

static void
an_alarm_asks_only_for_the_place_that_it_lacks(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1);
	case_id found = 0;

	fixture_save(fixture, &file);
	ask(fixture, 1, "ack_emergency", "lin@example.com");
	assert_int_equal(case_open_question(fixture->store, "lin@example.com",
			     MORNING, &found, &fixture->err),
	    0);
	file = fixture_case(2);
	file.place = (struct place){ 0 };
	fixture_save(fixture, &file);
	ask_about(fixture, 2, 2, "ack_emergency", "lin@example.com");
	assert_int_equal(case_open_question(fixture->store, "lin@example.com",
			     MORNING, &found, &fixture->err),
	    1);
	assert_int_equal(found, 2);
}

static int
open_alerts(struct fixture *fixture, const char *phone,
    struct case_brief ret[static 4])
{
	return case_open_alerts(fixture->store, phone, MORNING, &fixture->arena,
	    ret, 4, &fixture->err);
}

static void
an_alert_is_open_until_somebody_takes_it(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1);
	struct case_brief found[4];

	file.taken_at = 0;
	fixture_save(fixture, &file);
	file = fixture_case(2);
	file.taken_at = 0;
	fixture_save(fixture, &file);
	ask(fixture, 1, "alert", "+8613900000000");
	/* Twice about one case is one alert. */
	ask_about(fixture, 2, 2, "alert", "+8613900000000");
	ask_about(fixture, 2, 3, "alert", "+8613900000000");
	ask_about(fixture, 2, 4, "alert", "+8613900000001");
	assert_int_equal(open_alerts(fixture, "+8613900000000", found), 2);
	assert_int_equal(found[0].id, 1);
	assert_int_equal(found[1].id, 2);
	file.taken_at = MORNING + 1;
	fixture_save(fixture, &file);
	assert_int_equal(open_alerts(fixture, "+8613900000000", found), 1);
	assert_int_equal(found[0].id, 1);
	assert_int_equal(open_alerts(fixture, "+8613900000001", found), 0);
}

static void
what_was_fed_back_is_found_by_its_phone(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1);
	const char *phone = "+8613900000009";
	const struct {
		const char *estate, *phone;
		msec_t since;
		int known;
	} table[] = {
		{ file.estate, phone, MORNING, 1 },
		{ file.estate, phone, MORNING + 1, 0 },
		{ file.estate, "+8613900000008", MORNING, 0 },
		{ "elsewhere", phone, MORNING, 0 },
	};

	file.phone = phone;
	file.state = CASE_CLOSED;
	file.fed_back_at = MORNING;
	fixture_save(fixture, &file);
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		case_id found = 0;

		assert_int_equal(
		    case_fed_back_to(fixture->store, table[i].estate,
			table[i].phone, table[i].since, &found, &fixture->err),
		    table[i].known);
		assert_int_equal(found, table[i].known);
	}
}

/* ---- the story ---- */

static void
the_story_is_told_in_order(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(1), other = fixture_case(2);
	struct snapshot_event *events = NULL;
	size_t count = 0;

	fixture_save(fixture, &file);
	fixture_save(fixture, &other);
	record(fixture, &(struct event){ .case_id = 1, .name = "created",
			    .actor = "owner", .state = CASE_NEW,
			    .text = "水管坏了" });
	record(fixture, &(struct event){ .case_id = 2, .name = "created" });
	record(fixture, &(struct event){ .case_id = 1, .name = "escalated",
			    .actor = "desk", .state = CASE_ASSIGNED,
			    .level = 3, .reason = "overdue", .out = 9 });
	assert_int_equal(case_events(fixture->store, 1, &fixture->arena,
			     &events, &count, &fixture->err),
	    0);
	assert_int_equal(count, 2);
	assert_string_equal(events[0].name, "created");
	assert_string_equal(events[0].actor, "owner");
	assert_string_equal(events[0].text, "水管坏了");
	assert_null(events[0].reason);
	assert_int_equal(events[0].at, MORNING);
	assert_string_equal(events[1].name, "escalated");
	assert_int_equal(events[1].level, 3);
	assert_int_equal(events[1].state, CASE_ASSIGNED);
	assert_string_equal(events[1].reason, "overdue");
	assert_null(events[1].text);
}

static void
no_finding(void *arg, const struct audit_finding *finding)
{
	(void)arg;
	fail_msg("event %lld is broken", (long long)finding->event);
}

static void
the_chain_holds_and_survives_erasing(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1);
	const struct outgoing out = fixture_out(1, 1);
	struct snapshot_event *events = NULL;
	struct audit audit = { .found = no_finding };
	struct effects effects;
	struct buf raw scoped(buf_done);
	struct out_status status;
	struct outgoing sent;
	size_t count = 0;
	int64_t inbox = fixture_mail(fixture, 1, "水管坏了");

	buf_init(&raw, 1000);
	file.state = CASE_CLOSED;
	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_CASE)->the_case = file;
	effects_add(&effects, EFFECT_EVENT)->event = (struct event){
		.case_id = 1, .name = "created", .text = "水管坏了" };
	effects_add(&effects, EFFECT_EVENT)->event =
	    (struct event){ .case_id = 1, .name = "noted", .actor = "desk" };
	effects_add(&effects, EFFECT_SEND)->send = out;
	effects_add(&effects, EFFECT_ATTACH)->attach = 1;
	apply(fixture, &effects, inbox);
	assert_int_equal(
	    audit_events(fixture->store, &audit, 10, &fixture->err), 2);
	assert_int_equal(audit.erased, 0);

	assert_int_equal(case_erase(fixture->store, 1, MORNING, &fixture->err), 0);
	audit = (struct audit){ .found = no_finding };
	assert_int_equal(
	    audit_events(fixture->store, &audit, 10, &fixture->err), 2);
	assert_int_equal(audit.erased, 1);
	file = load(fixture, 1);
	assert_string_equal(file.number, "T261123-0001");
	assert_string_equal(file.category, "plumbing");
	assert_null(file.mail);
	assert_null(file.text);
	assert_null(file.place.room);
	assert_int_equal(case_events(fixture->store, 1, &fixture->arena,
			     &events, &count, &fixture->err),
	    0);
	assert_int_equal(count, 2);
	assert_null(events[0].text);
	assert_int_equal(
	    inbox_raw(fixture->store, inbox, &raw, &fixture->err), 0);
	assert_int_equal(out_load(fixture->store, 1, &fixture->arena, &sent,
			     &status, &fixture->err),
	    1);
	assert_null(sent.text);
	assert_string_equal(sent.to, "");
}

static void
messages_of_no_case_are_forgotten_in_steps(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1);
	int64_t ids[5];
	int count = 0, steps = 0;

	fixture_save(fixture, &file);
	for (uint32_t i = 0; i < 5; i++) {
		const char raw[] = { (char)('a' + i), '\0' };

		ids[i] = fixture_mail(fixture, i + 1, raw);
		assert_int_equal(
		    inbox_set_state(fixture->store, ids[i],
			i == 1 ? INBOX_DONE : INBOX_BINNED,
			i == 1 ? NULL : "spam", NULL, i == 1, &fixture->err),
		    0);
	}
	assert_int_equal(messages_forget(fixture->store, MORNING - 1, 2,
			     &fixture->err),
	    0);
	while ((count = messages_forget(fixture->store, MORNING + MSEC_DAY, 2,
		    &fixture->err)) > 0) {
		assert_true(count <= 2);
		steps++;
	}
	assert_int_equal(count, 0);
	assert_int_equal(steps, 3);
	for (int i = 0; i < 5; i++) {
		struct buf raw scoped(buf_done);

		buf_init(&raw, 100);
		/* What belongs to a case goes with it. */
		assert_int_equal(inbox_raw(fixture->store, ids[i], &raw,
				     &fixture->err),
		    i == 1);
	}
}

static void
who_left_the_register_is_forgotten(void **state)
{
	struct fixture *fixture = *state;
	struct sqlite3 *db = fixture->store->db;

	assert_int_equal(
	    sqlite3_exec(db,
		"INSERT INTO owners (id, estate, name, mail, language, "
		"is_tenant, is_elderly, is_confirmed, created_at, gone_at) "
		"VALUES (1, 'e', 'a', 'a@x.example', 'en', 0, 0, 1, 1, 100), "
		"(2, 'e', 'b', 'b@x.example', 'en', 0, 0, 1, 1, 300), "
		"(3, 'e', 'c', 'c@x.example', 'en', 0, 0, 1, 1, NULL)",
		NULL, NULL, NULL),
	    SQLITE_OK);
	assert_int_equal(owners_forget(fixture->store, 200, &fixture->err), 0);
	assert_int_equal(sqlite3_changes(db), 1);
	assert_int_equal(owners_forget(fixture->store, 200, &fixture->err), 0);
	assert_int_equal(sqlite3_changes(db), 0);
}

static void
a_language_that_is_there_no_more_is_english(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1), found = { 0 };

	file.language = LANGUAGE_ZH;
	fixture_save(fixture, &file);
	assert_int_equal(
	    sqlite3_exec(fixture->store->db,
		"UPDATE cases SET language = 'xx'", NULL, NULL, NULL),
	    SQLITE_OK);
	assert_int_equal(case_load(fixture->store, 1, &fixture->arena, &found,
			     &fixture->err),
	    1);
	assert_int_equal(found.language, LANGUAGE_EN);
}

static void
what_is_old_enough_to_forget_is_found(void **state)
{
	struct fixture *fixture = *state;
	case_id ids[4] = { 0 };

	for (case_id id = 1; id <= 3; id++) {
		struct case_file file = fixture_case(id);

		file.state = id == 3 ? CASE_ASSIGNED : CASE_CLOSED;
		file.closed_at = MORNING - id * MSEC_DAY;
		fixture_save(fixture, &file);
	}
	assert_int_equal(cases_erasable(fixture->store, MORNING, ids, 4,
			     &fixture->err),
	    2);
	assert_int_equal(ids[0], 2);
	assert_int_equal(case_erase(fixture->store, 2, MORNING, &fixture->err), 0);
	assert_int_equal(cases_erasable(fixture->store, MORNING, ids, 4,
			     &fixture->err),
	    1);
	assert_int_equal(cases_erasable(fixture->store, MORNING - MSEC_DAY,
			     ids, 4, &fixture->err),
	    0);
}

/* ---- timers ---- */

static void
a_case_has_one_timer_of_each_kind(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(1);
	struct timer timers[4] = { { 0 } };
	struct timer timer = { .case_id = 1,
		.kind = TIMER_REPLY,
		.step = 0,
		.due = MORNING + 10 };

	fixture_save(fixture, &file);
	assert_int_equal(timers_next(fixture->store), 0);
	assert_int_equal(timer_set(fixture->store, &timer, &fixture->err), 0);
	timer.step = 1;
	timer.due = MORNING + 20;
	assert_int_equal(timer_set(fixture->store, &timer, &fixture->err), 0);
	timer.kind = TIMER_ESCALATION;
	timer.due = MORNING + 5;
	assert_int_equal(timer_set(fixture->store, &timer, &fixture->err), 0);
	assert_int_equal(timers_next(fixture->store), MORNING + 5);
	assert_int_equal(
	    timers_of(fixture->store, 1, timers, 4, &fixture->err), 2);
	assert_int_equal(timers_due(fixture->store, MORNING + 4, timers, 4,
			     &fixture->err),
	    0);
	assert_int_equal(timers_due(fixture->store, MORNING + 20, timers, 4,
			     &fixture->err),
	    2);
	assert_int_equal(timers[0].kind, TIMER_ESCALATION);
	assert_int_equal(timers[1].kind, TIMER_REPLY);
	assert_int_equal(timers[1].step, 1);
	/* Handed out again until a decision moves or cancels it. */
	assert_int_equal(timers_due(fixture->store, MORNING + 20, timers, 1,
			     &fixture->err),
	    1);
	assert_int_equal(timer_cancel(fixture->store, 1, TIMER_ESCALATION,
			     &fixture->err),
	    0);
	assert_int_equal(timer_cancel(fixture->store, 1, TIMER_ESCALATION,
			     &fixture->err),
	    0);
	assert_int_equal(timers_next(fixture->store), MORNING + 20);
}

/* ---- a decision as a whole ---- */

static void
a_decision_becomes_one_story(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(1);
	int64_t inbox = fixture_mail(fixture, 1, "a");
	struct effects effects;
	struct inbox_row row;
	struct owner owner;

	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_CONTACT)->contact = (struct owner){
		.estate = "sunshine",
		.mail = "lin@example.com",
		.home = { .building = "3", .room = "501" },
	};
	effects_add(&effects, EFFECT_CASE)->the_case = file;
	effects_add(&effects, EFFECT_EVENT)->event =
	    (struct event){ .case_id = 1, .name = "created" };
	effects_add(&effects, EFFECT_TIMER_SET)->timer =
	    (struct timer){ .case_id = 1, .due = MORNING };
	effects_add(&effects, EFFECT_TIMER_CANCEL)->timer =
	    (struct timer){ .case_id = 1, .kind = TIMER_CLOSE };
	effects_add(&effects, EFFECT_SEND)->send = fixture_out(1, 1);
	effects_add(&effects, EFFECT_OUT_STATE)->out_state.out = 1;
	effects.list[6].out_state.state = OUT_FAILED;
	effects_add(&effects, EFFECT_OPT)->opt.address = "+8613800000000";
	effects.list[7].opt.is_out = true;
	effects_add(&effects, EFFECT_ATTACH)->attach = 1;
	apply(fixture, &effects, inbox);

	assert_int_equal(inbox_load(fixture->store, inbox, &fixture->arena,
			     &row, &fixture->err),
	    1);
	assert_int_equal(row.state, INBOX_DONE);
	assert_int_equal(load(fixture, 1).owner, 1);
	assert_int_equal(owner_by_address(fixture->store, "sunshine",
			     "lin@example.com", &fixture->arena, &owner,
			     &fixture->err),
	    1);
	assert_false(owner.is_confirmed);
	assert_true(opt_is_out(fixture->store, "+8613800000000"));
	assert_int_equal(timers_next(fixture->store), MORNING);
	assert_int_equal(out_waiting_count(fixture->store), 0);
}

static void
a_message_may_end_in_a_bin(void **state)
{
	struct fixture *fixture = *state;
	int64_t inbox = fixture_mail(fixture, 1, "a");
	struct effects effects;
	struct inbox_row row;

	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_BIN)->bin.bin = "spam";
	effects.list[0].bin.reason = "promo";
	apply(fixture, &effects, inbox);
	assert_int_equal(inbox_list(fixture->store, "spam", &fixture->arena,
			     &row, 1, &fixture->err),
	    1);
	assert_int_equal(row.id, inbox);
}

static void
a_message_that_would_end_nowhere_is_a_fault(void **state)
{
	struct fixture *fixture = *state;
	int64_t inbox = fixture_mail(fixture, 1, "a");
	struct effects effects;

	effects_init(&effects, &fixture->arena);
	assert_int_equal(store_apply(fixture->store, &effects, inbox, MORNING,
			     &fixture->err),
	    -1);
	assert_int_equal(fixture->err.kind, ERR_BUG);
	assert_int_equal(store_apply(fixture->store, &effects, 0, MORNING,
			     &fixture->err),
	    0);
}

static void
an_effect_about_a_case_that_is_not_there_is_a_fault(void **state)
{
	static const enum effect_kind kinds[] = { EFFECT_EVENT,
		EFFECT_TIMER_SET, EFFECT_RATING };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
		struct effects effects;
		struct effect *effect;

		effects_init(&effects, &fixture->arena);
		effect = effects_add(&effects, kinds[i]);
		if (kinds[i] == EFFECT_EVENT)
			effect->event =
			    (struct event){ .case_id = 9, .name = "taken" };
		else if (kinds[i] == EFFECT_TIMER_SET)
			effect->timer.case_id = 9;
		else
			effect->rating.case_id = 9;
		assert_int_equal(
		    store_unit_begin(fixture->store, &fixture->err), 0);
		assert_int_equal(store_apply(fixture->store, &effects, 0,
				     MORNING, &fixture->err),
		    -1);
		assert_int_equal(fixture->err.kind, ERR_BUG);
		store_unit_undo(fixture->store);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_case_comes_back_as_it_was),
		TEST(an_empty_case_comes_back_empty),
		TEST(a_case_is_overwritten_but_for_its_birth),
		TEST(numbers_are_counted_by_day_and_taken_once),
		TEST(a_number_that_is_taken_or_malformed_is_refused),
		TEST(a_case_is_found_by_its_number),
		TEST(a_short_serial_means_the_cases_of_the_last_days),
		TEST(open_cases_are_found_by_mail_and_by_phone),
		TEST(a_list_is_filtered_and_newest_first),
		TEST(a_rating_is_awaited_until_it_comes),
		TEST(a_question_is_open_until_the_owner_says_something),
		TEST(an_alarm_asks_only_for_the_place_that_it_lacks),
		TEST(an_alert_is_open_until_somebody_takes_it),
		TEST(what_was_fed_back_is_found_by_its_phone),
		TEST(the_story_is_told_in_order),
		TEST(the_chain_holds_and_survives_erasing),
		TEST(a_language_that_is_there_no_more_is_english),
		TEST(what_is_old_enough_to_forget_is_found),
		TEST(messages_of_no_case_are_forgotten_in_steps),
		TEST(who_left_the_register_is_forgotten),
		TEST(a_case_has_one_timer_of_each_kind),
		TEST(a_decision_becomes_one_story),
		TEST(a_message_may_end_in_a_bin),
		TEST(a_message_that_would_end_nowhere_is_a_fault),
		TEST(an_effect_about_a_case_that_is_not_there_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
