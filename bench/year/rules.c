/*
 * What must hold in a store at rest, as questions to it.
 */
#include "bench/year/year.h"
#include "core/config.h"
#include "lib/err.h"
#include "lib/text.h"

#include <sqlite3.h>
#include <stdio.h>
#include <time.h>

#define CASE_EVENTS "FROM events JOIN cases ON cases.id = events.case_id "
#define MINUTES(n)  #n " * 60000"

/* Rows: case, instant, what. */
const struct year_rule year_rules[] = {
	{ "R1 every message has ended",
	    "SELECT NULL, received_at, printf('message %d is still received', "
	    "id) FROM inbox WHERE state = 'received' AND received_at <= ?1",
	    "UPDATE inbox SET state = 'received', bin = NULL WHERE id = 1" },
	{ "R1 what is done belongs to a case",
	    "SELECT NULL, received_at, printf('message %d has no case', id) "
	    "FROM inbox WHERE state = 'done' AND case_id IS NULL "
	    "AND received_at <= ?1",
	    "UPDATE inbox SET case_id = NULL WHERE id = "
	    "(SELECT min(id) FROM inbox WHERE state = 'done')" },
	{ "R1 one message, one case",
	    "SELECT number, min(at), printf('message %d made %d cases', inbox, "
	    "count(*)) " CASE_EVENTS "WHERE name = 'created' AND at <= ?1 "
	    "AND inbox IS NOT NULL GROUP BY inbox HAVING count(*) > 1",
	    "INSERT INTO events SELECT (SELECT max(id) + 1 FROM events), "
	    "case_id, at, name, state, actor, level, reason, inbox, out, "
	    "text_digest, chain FROM events WHERE name = 'created' AND "
	    "inbox IS NOT NULL LIMIT 1" },
	{ "R1 the same mail makes no second case",
	    "SELECT number, min(at), printf('%d cases of one mail', "
	    "count(DISTINCT events.case_id)) FROM inbox JOIN events "
	    "ON inbox = inbox.id AND name = 'created' JOIN cases "
	    "ON cases.id = events.case_id WHERE message_id IS NOT NULL "
	    "AND at <= ?1 GROUP BY message_id, source "
	    "HAVING count(DISTINCT events.case_id) > 1",
	    "UPDATE inbox SET message_id = 'same@client.example', "
	    "source = 'desk' WHERE id IN (SELECT inbox FROM events "
	    "WHERE name = 'created' AND inbox IS NOT NULL LIMIT 2)" },
	{ "R1 the same text within minutes makes no second case",
	    "SELECT number, b.received_at, printf('message %d says what %d "
	    "said', b.id, a.id) FROM inbox AS a JOIN inbox AS b "
	    "ON a.words = b.words AND a.id < b.id AND b.received_at - "
	    "a.received_at < " MINUTES(
		10) " JOIN events ON inbox = b.id "
		    "AND name = 'created' JOIN cases ON cases.id = events.case_id "
		    "WHERE b.received_at <= ?1 AND EXISTS (SELECT 1 FROM events AS e "
		    "WHERE e.inbox = a.id AND e.name = 'created')",
	    "UPDATE inbox SET words = zeroblob(32), received_at = 1 WHERE id "
	    "IN (SELECT inbox FROM events WHERE name = 'created' "
	    "AND inbox IS NOT NULL LIMIT 2)" },
	{ "R3 each new case is acknowledged in time, or it is said why not",
	    "SELECT number, received_at, 'not acknowledged' FROM cases AS c "
	    "WHERE received_at < ?1 - " MINUTES(
		5) " AND NOT EXISTS "
		   "(SELECT 1 FROM outbox WHERE case_id = c.id AND role = 'owner' "
		   "AND (template LIKE 'ack%' OR template = 'callback') AND created_at - received_at <= "
		   "iif(template = 'ack_emergency' AND NOT EXISTS (SELECT 1 FROM "
		   "events WHERE case_id = c.id AND name = 'urgent'), 1, 5) * 60000) "
		   "AND NOT EXISTS (SELECT 1 FROM events WHERE case_id = c.id AND "
		   "(name IN ('braked', 'no_address') OR name = 'created' "
		   "AND (actor = 'desk' OR actor <> 'owner' AND (SELECT coalesce("
		   "mail, phone) FROM case_people WHERE case_id = c.id) IS NULL)))",
	    "UPDATE outbox SET template = 'news' WHERE template LIKE 'ack%' "
	    "AND case_id = (SELECT min(case_id) FROM outbox WHERE template = "
	    "'ack')" },
	{ "R3 one acknowledgement a case",
	    "SELECT number, min(created_at), printf('%d acknowledgements by "
	    "%s', count(*), outbox.channel) FROM outbox JOIN cases "
	    "ON cases.id = case_id WHERE role = 'owner' AND created_at <= ?1 "
	    "AND template IN ('ack', 'ack_clarify', 'ack_soothe') "
	    "GROUP BY case_id, outbox.channel HAVING count(*) > 1",
	    "UPDATE outbox SET template = 'ack', role = 'owner', channel = "
	    "'mail' WHERE case_id = (SELECT case_id FROM outbox WHERE "
	    "case_id IS NOT NULL GROUP BY case_id HAVING count(*) > 1 LIMIT 1)" },
	{ "R13 closed only with an outcome and proof that it was delivered",
	    "SELECT number, closed_at, 'closed without proof' FROM cases AS c "
	    "JOIN case_people ON case_id = c.id WHERE state = 'closed' "
	    "AND closed_at <= ?1 AND (outcome IS NULL OR fed_back_at IS NULL "
	    "OR NOT EXISTS (SELECT 1 FROM events WHERE case_id = c.id "
	    "AND name = 'fed_back' AND at = fed_back_at AND (actor <> 'desk' "
	    "OR EXISTS (SELECT 1 FROM outbox WHERE outbox.id = events.out "
	    "AND outbox.is_outcome AND outbox.state IN "
	    "('delivered', iif(outbox.channel = 'mail', 'accepted', '-'))))))",
	    "UPDATE outbox SET state = 'failed' WHERE is_outcome" },
	{ "R25 closed only when no report is owed",
	    "SELECT number, closed_at, 'a report is owed' FROM cases WHERE "
	    "state = 'closed' AND after_reports > 0 AND closed_at <= ?1",
	    "UPDATE cases SET after_reports = 1 WHERE state = 'closed'" },
	{ "R22 no level is skipped but in an emergency",
	    "SELECT number, at, printf('from L%d to L%d: %s', before, level, "
	    "reason) FROM (SELECT number, severity, at, name, actor, "
	    "events.level AS level, reason, events.case_id AS id, "
	    "lag(events.level, 1, 1) OVER "
	    "(PARTITION BY events.case_id ORDER BY events.id) AS before " CASE_EVENTS
	    "WHERE name = 'escalated') WHERE level > 1 + max(before, coalesce("
	    "(SELECT level FROM year_staff WHERE year_staff.id = actor), 1)) "
	    "AND severity <> 'emergency' AND reason NOT IN ('transfers', "
	    "'low_rating', 'not_fixed') AND at <= ?1 AND NOT EXISTS "
	    "(SELECT 1 FROM events WHERE case_id = id AND name IN ('urgent', "
	    "'skipped'))",
	    "UPDATE events SET level = 5, reason = 'asked' WHERE id = "
	    "(SELECT min(e.id) FROM events AS e JOIN cases ON cases.id = "
	    "case_id WHERE name = 'escalated' AND severity <> 'emergency' AND "
	    "NOT EXISTS (SELECT 1 FROM events AS u WHERE u.case_id = e.case_id "
	    "AND u.name IN ('urgent', 'skipped')))" },
	{ "R23 who waits for an answer hears who has it now, and when",
	    "SELECT number, at, printf('escalated to L%d, %s, and the owner "
	    "was not told', e.level, reason) FROM events AS e JOIN cases ON "
	    "cases.id = case_id WHERE name = 'escalated' AND reason IN "
	    "('reply_overdue', 'outcome_overdue', 'promise_overdue', 'asked', "
	    "'transfers') AND at <= ?1 - " MINUTES(
		5) " AND NOT EXISTS (SELECT "
		   "1 FROM events AS told WHERE told.case_id = e.case_id AND told.name "
		   "IN ('owner_told_reply_time', 'phone_task') AND told.at BETWEEN "
		   "e.at - " MINUTES(5) " AND e.at + " MINUTES(5) ")",
	    "UPDATE events SET name = 'noted' WHERE name IN "
	    "('owner_told_reply_time', 'phone_task')" },
	{ "5.19 five automatic messages in ten minutes to one address",
	    "SELECT NULL, created_at, printf('%s is the sixth', template) FROM "
	    "(SELECT created_at, template, count(*) OVER (PARTITION BY "
	    "recipient ORDER BY created_at RANGE BETWEEN 599999 PRECEDING AND "
	    "CURRENT ROW) AS many FROM outbox WHERE is_automatic "
	    "AND role = 'owner') WHERE many > 5 AND created_at <= ?1",
	    "UPDATE outbox SET recipient = 'x', created_at = 1 WHERE "
	    "is_automatic AND role = 'owner'" },
	{ "5.19 ten automatic messages in an hour to one address",
	    "SELECT NULL, created_at, printf('%s is the eleventh', template) "
	    "FROM (SELECT created_at, template, count(*) OVER (PARTITION BY "
	    "recipient ORDER BY created_at RANGE BETWEEN 3599999 PRECEDING AND "
	    "CURRENT ROW) AS many FROM outbox WHERE is_automatic "
	    "AND role = 'owner') WHERE many > 10 AND created_at <= ?1",
	    "UPDATE outbox SET recipient = 'x', created_at = 1 WHERE "
	    "is_automatic AND role = 'owner'" },
	{ "5.19 twenty-four automatic messages in a day to one address",
	    "SELECT NULL, created_at, printf('%s is the twenty-fifth', "
	    "template) FROM (SELECT created_at, template, count(*) OVER "
	    "(PARTITION BY recipient ORDER BY created_at RANGE BETWEEN 86399999 "
	    "PRECEDING AND CURRENT ROW) AS many FROM outbox WHERE is_automatic "
	    "AND role = 'owner') WHERE many > 24 AND created_at <= ?1",
	    "UPDATE outbox SET recipient = 'x', created_at = 1 WHERE "
	    "is_automatic AND role = 'owner'" },
	{ "R53 no text about a case to a number that had opted out",
	    "SELECT number, created_at, template FROM outbox JOIN cases ON "
	    "cases.id = outbox.case_id JOIN opt_outs ON address = recipient AND "
	    "is_out AND changed_at < created_at LEFT JOIN inbox ON inbox.id = "
	    "cause AND inbox.channel = 'sms' AND inbox.sender IS recipient WHERE "
	    "outbox.channel = 'sms' AND role = 'owner' AND created_at <= ?1 "
	    "AND NOT is_urgent AND severity <> 'emergency' AND inbox.id IS "
	    "NULL AND NOT EXISTS (SELECT 1 FROM events WHERE events.case_id = "
	    "outbox.case_id AND name = 'sms_allowed' AND NOT EXISTS (SELECT 1 "
	    "FROM events AS later WHERE later.case_id = events.case_id AND "
	    "later.id > events.id AND later.name = 'opted_out' AND "
	    "later.at < outbox.created_at))",
	    "INSERT OR REPLACE INTO opt_outs (address, channel, is_out, "
	    "changed_at) SELECT recipient, 'sms', 1, 0 FROM outbox WHERE channel = 'sms' AND role = 'owner' AND NOT is_urgent"
	    " AND cause IS NULL" },
	{ "R50 no machine and no spammer is answered",
	    "SELECT NULL, created_at, printf('%s answers what is in the bin "
	    "%s', template, bin) FROM outbox JOIN inbox ON inbox.id = cause "
	    "WHERE bin IN ('spam', 'auto', 'duplicate') AND role = 'owner' "
	    "AND created_at <= ?1",
	    "UPDATE inbox SET state = 'binned', bin = 'auto' WHERE id IN "
	    "(SELECT cause FROM outbox WHERE role = 'owner')" },
	{ "R9 who is complained about hears nothing of it",
	    "SELECT number, created_at, printf('%s to %s', template, person) "
	    "FROM outbox JOIN cases ON cases.id = outbox.case_id JOIN "
	    "case_people ON case_people.case_id = cases.id JOIN year_staff ON "
	    "person = year_staff.id WHERE kind = 'complaint' AND created_at "
	    "<= ?1 AND instr(text, name) > 0",
	    "UPDATE case_people SET text = '投诉林晓' WHERE case_id = (SELECT "
	    "min(id) FROM cases WHERE kind = 'complaint'); "
	    "UPDATE outbox SET person = 'lin', case_id = (SELECT min(id) FROM "
	    "cases WHERE kind = 'complaint')" },
	{ "no message waits that is due, and none flies for ever",
	    "SELECT NULL, moved_at, printf('%s %d is %s', template, id, state) "
	    "FROM outbox WHERE (state = 'queued' AND not_before < ?1 - " MINUTES(30) ") OR (state = 'sending' AND moved_at < ?1 - " MINUTES(
		10) ") OR (state = 'unknown' AND accepted_at < ?1 - " MINUTES(60) ")",
	    "UPDATE outbox SET state = 'sending', moved_at = 1 WHERE id = 1" },
	{ "no timer is past and silent",
	    "SELECT number, due, printf('timer %s did not ring', timers.kind) "
	    "FROM timers JOIN cases ON cases.id = case_id WHERE due < ?1 - " MINUTES(
		1),
	    "UPDATE timers SET due = 1" },
	{ "R30 no round is past and silent",
	    "SELECT NULL, due, printf('round %s did not run', kind) FROM "
	    "rounds WHERE due < ?1 - " MINUTES(1),
	    "UPDATE rounds SET due = 1" },
	/* Weeks begin on Monday, eight hours before that of UTC. */
	{ "R30 one digest for the meeting of a week, to each who comes",
	    "SELECT NULL, max(created_at), printf('%d digests to %s', "
	    "count(*), person) FROM outbox WHERE template = 'weekly' AND "
	    "created_at <= ?1 GROUP BY person, (created_at / 1000 + 288000) / "
	    "604800 HAVING count(*) > 1",
	    "UPDATE outbox SET template = 'weekly', person = 'lin', "
	    "created_at = 1 WHERE id IN (1, 2)" },
	{ "an open case has a timer",
	    "SELECT number, received_at, printf('%s, and nothing will happen', "
	    "state) FROM cases WHERE is_open AND received_at <= ?1 AND NOT "
	    "EXISTS (SELECT 1 FROM timers WHERE case_id = cases.id)",
	    "DELETE FROM timers" },
	{ "R13 an outcome that nobody has heard is not forgotten",
	    "SELECT number, resolved_at, 'resolved, and nothing will happen' "
	    "FROM cases LEFT JOIN outbox ON outbox.id = outcome_out WHERE "
	    "cases.state = 'resolved' AND resolved_at <= ?1 AND "
	    "coalesce(outbox.state, '-') NOT IN ('queued', 'sending', "
	    "'unknown') AND NOT EXISTS (SELECT 1 FROM timers WHERE "
	    "timers.case_id = cases.id AND timers.kind = 'feedback')",
	    "UPDATE cases SET state = 'resolved', is_open = 0, outcome_out = "
	    "NULL, resolved_at = 1 WHERE id = 1 AND 0 < (SELECT count(*) FROM "
	    "timers) OR id = 1" },
	{ "R24 an alarm rings until somebody answers",
	    "SELECT number, received_at, 'no alarm' FROM cases WHERE is_open "
	    "AND severity = 'emergency' AND taken_at IS NULL AND received_at "
	    "<= ?1 AND 4 = (SELECT level FROM events WHERE case_id = cases.id "
	    "AND name IN ('alerted', 'reopened', 'severity') ORDER BY "
	    "events.id DESC LIMIT 1) AND NOT "
	    "EXISTS (SELECT 1 FROM timers WHERE case_id = cases.id AND "
	    "timers.kind = 'alert')",
	    "INSERT INTO events SELECT (SELECT max(id) + 1 FROM events), "
	    "case_id, at, 'alerted', state, actor, 4, reason, inbox, out, "
	    "text_digest, chain FROM events WHERE case_id = 1 LIMIT 1; "
	    "DELETE FROM timers WHERE case_id = 1; UPDATE cases SET is_open = "
	    "1, severity = 'emergency', taken_at = NULL WHERE id = 1" },
	{ "R34 one survey for each time that a case was fed back",
	    "SELECT number, max(created_at), 'asked too often' FROM outbox "
	    "JOIN cases ON cases.id = case_id WHERE template = "
	    "'rating_request' AND created_at <= ?1 GROUP BY case_id HAVING "
	    "count(*) > (SELECT count(*) FROM events WHERE events.case_id = "
	    "cases.id AND name = 'fed_back')",
	    "UPDATE outbox SET template = 'rating_request' WHERE case_id IS "
	    "NOT NULL" },
	{ "R34 closed only when somebody has heard how it was",
	    "SELECT number, closed_at, 'a return visit is owed' FROM cases "
	    "WHERE state = 'closed' AND visit IN ('ask', 'call') "
	    "AND closed_at <= ?1",
	    "UPDATE cases SET visit = 'call' WHERE state = 'closed'" },
	{ "R35 nobody is asked in a sample twice within 90 days",
	    "SELECT NULL, b.asked_at, 'asked again' FROM surveys AS a "
	    "JOIN surveys AS b ON a.address = b.address AND a.id < b.id "
	    "WHERE a.address <> '' AND b.asked_at <= ?1 "
	    "AND b.asked_at - a.asked_at < 90 * 86400000",
	    "INSERT INTO surveys (draw, owner, estate, asked_at, address) "
	    "SELECT draw, owner, estate, asked_at + 1, address FROM surveys "
	    "WHERE address <> ''" },
	{ "R36 two home visits a year to one owner at most",
	    "SELECT NULL, max(proposed_at), 'a third home visit' "
	    "FROM home_visits WHERE state <> 'declined' AND proposed_at <= ?1 "
	    "GROUP BY owner, year HAVING count(*) > 2",
	    "DROP TRIGGER home_visits_twice; INSERT INTO home_visits (estate, "
	    "owner, year, reason, proposed_at, state) SELECT estate, owner, "
	    "year, reason, proposed_at, 'done' FROM home_visits CROSS JOIN "
	    "(SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)" },
	/* Of bundles several may leave at once: 130 notices are three. */
	{ "5.33 five notices to one person in ten minutes",
	    "SELECT NULL, created_at, person FROM outbox AS it "
	    "WHERE is_notice = 1 AND state <> 'bundled' "
	    "AND template <> 'bundle' "
	    "AND not_before = created_at AND created_at <= ?1 "
	    "AND (SELECT count(*) FROM outbox AS had "
	    "WHERE had.person = it.person AND had.is_notice = 1 "
	    "AND had.state <> 'bundled' AND had.not_before = had.created_at "
	    "AND had.created_at > it.created_at - 600000 "
	    "AND had.created_at <= it.created_at AND had.id <= it.id) > 5",
	    "UPDATE outbox SET created_at = 1767600000000, not_before = "
	    "1767600000000, person = 'lin' WHERE is_notice = 1" },
	{ "5.33 no notice waits for a bundle that does not come",
	    "SELECT NULL, not_before, person FROM outbox WHERE state = "
	    "'bundled' AND bundle IS NULL AND (not_before < ?1 - 120000 OR NOT "
	    "EXISTS (SELECT 1 FROM bundles WHERE bundles.person = "
	    "outbox.person AND bundles.estate = outbox.estate))",
	    "UPDATE outbox SET state = 'bundled', bundle = NULL "
	    "WHERE is_notice = 1" },
	{ "a message's id is its own",
	    "SELECT NULL, max(created_at), message_id FROM outbox WHERE "
	    "message_id IS NOT NULL AND created_at <= ?1 GROUP BY message_id "
	    "HAVING count(*) > 1",
	    "UPDATE outbox SET message_id = 'x' WHERE message_id IS NOT NULL" },
	{ "the serials of a day have no gap",
	    "SELECT NULL, ?1, printf('%s: %d of %d', day, (SELECT count(*) "
	    "FROM cases WHERE number LIKE 'T' || day || '-%'), last) FROM "
	    "serials WHERE last <> (SELECT count(*) FROM cases WHERE number "
	    "LIKE 'T' || day || '-%')",
	    "UPDATE serials SET last = last + 1" },
	{ "open is open in both tables",
	    "SELECT number, received_at, state FROM cases JOIN case_people ON "
	    "case_id = cases.id WHERE received_at <= ?1 AND (cases.is_open <> "
	    "(state IN ('new', 'acknowledged', 'assigned', 'in_progress', "
	    "'waiting_owner', 'waiting_third_party', 'reopened')) OR "
	    "case_people.is_open <> cases.is_open)",
	    "UPDATE cases SET is_open = 1 - is_open" },
	{ "a story's times go forward",
	    "SELECT number, at, 'before the event above it' FROM (SELECT "
	    "number, at, lag(at) OVER (PARTITION BY events.case_id ORDER BY "
	    "events.id) AS before " CASE_EVENTS ") WHERE at < before "
	    "AND at <= ?1",
	    "UPDATE events SET at = at - 86400000 * id" },
};
const size_t year_rule_count = ARRAY_COUNT(year_rules);

static int
refused(sqlite3 *db, const char *name, struct err *err)
{
	return err_set(err, ERR_BUG, "%s: %s", name, sqlite3_errmsg(db));
}

static void
tell(sqlite3_stmt *row, const struct year_rule *rule, year_complain *complain,
    void *arg)
{
	/* The estate's clock is eight hours ahead all year. */
	time_t at =
	    (time_t)(sqlite3_column_int64(row, 1) / 1000) + (time_t)8 * 3600;
	struct tm day = { 0 };
	char when[32] = "", line[600];

	(void)gmtime_r(&at, &day);
	(void)strftime(when, sizeof(when), "%Y-%m-%d %H:%M", &day);
	(void)snprintf(line, sizeof(line), "%s: %s, %s: %s", rule->name,
	    text_or((const char *)sqlite3_column_text(row, 0), "no case"), when,
	    text_or((const char *)sqlite3_column_text(row, 2), ""));
	complain(line, arg);
}

int
year_rule_check(struct sqlite3 *db, const struct year_rule *rule, msec_t now,
    year_complain *complain, void *arg, struct err *err)
{
	sqlite3_stmt *query = NULL;
	int faults = 0, more = SQLITE_ERROR;

	if (sqlite3_prepare_v2(db, rule->sql, -1, &query, NULL) != SQLITE_OK)
		return refused(db, rule->name, err);
	(void)sqlite3_bind_int64(query, 1, now);
	while ((more = sqlite3_step(query)) == SQLITE_ROW) {
		tell(query, rule, complain, arg);
		faults++;
	}
	if (more != SQLITE_DONE)
		faults = refused(db, rule->name, err);
	(void)sqlite3_finalize(query);
	return faults;
}

int
year_rules_prepare(
    struct sqlite3 *db, const struct config *conf, struct err *err)
{
	sqlite3_stmt *add = NULL;
	int result = 0;

	if (sqlite3_exec(db, "CREATE TEMP TABLE year_staff (id, name, level)",
		NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "INSERT INTO year_staff VALUES (?, ?, ?)",
		-1, &add, NULL) != SQLITE_OK)
		return refused(db, "staff", err);
	for (size_t i = 0; i < conf->staff_count; i++) {
		(void)sqlite3_bind_text(
		    add, 1, conf->staff[i].id, -1, SQLITE_STATIC);
		(void)sqlite3_bind_text(
		    add, 2, conf->staff[i].name, -1, SQLITE_STATIC);
		(void)sqlite3_bind_int(add, 3, conf->staff[i].level);
		if (sqlite3_step(add) != SQLITE_DONE ||
		    sqlite3_reset(add) != SQLITE_OK)
			result = refused(db, "staff", err);
	}
	(void)sqlite3_finalize(add);
	return result;
}
