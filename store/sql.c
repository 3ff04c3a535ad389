/*
 * Column lists stand once as macros, because a list that is written, read
 * and bound must be the same list; the tables of columns in cases.c and
 * outbox_row.c follow them, and a test compares the two.
 *
 * No RETURNING: it makes SQLite look for children of a new row in every
 * table that refers to it.
 */
#include "store/sql.h"

#define INBOX_COLUMNS                                                          \
	"id, channel, source, estate, key, received_at, state, bin, reason, "  \
	"case_id, raw_len, reads, is_old, vouched_by, sender"

#define CASE_FIXED "number, estate, received_at, channel"
#define CASE_LIVE                                                              \
	"state, kind, category, severity, agitated, hostile, owner, "          \
	"language, building, unit, floor, area, first_responder, handler, "    \
	"department, subjects, level, transfers, reopened, after_reports, "    \
	"acknowledged_at, taken_at, first_reply_at, resolved_at, "             \
	"fed_back_at, closed_at, take_due, dispatch_due, reply_due, "          \
	"outcome_due, promise_due, promise_told_at, news_due, last_news_at, "  \
	"outcome_out, "                                                        \
	"rating, visit, visit_tried_at, visit_overdue_at, incident, "          \
	"incident_told, merged_into"
#define CASE_LIVE_VALUES                                                       \
	"?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "            \
	"?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
#define CASE_PEOPLE                                                            \
	"mail, phone, owner_name, room, subject, text, outcome, "              \
	"owner_thread, owner_last"
#define CASE_SELECT                                                            \
	"SELECT cases.id, " CASE_FIXED ", " CASE_LIVE ", " CASE_PEOPLE         \
	" FROM cases LEFT JOIN case_people ON case_id = cases.id "

#define CASE_BRIEF_SELECT                                                      \
	"SELECT cases.id, number, state, category, building, unit, floor, "    \
	"room, area, reply_due FROM case_people JOIN cases "                   \
	"ON cases.id = case_id "

/* Flats of the register, with somebody who can be written to (R35). */
#define SURVEY_HOME                                                            \
	"estate = ? AND gone_at IS NULL AND is_confirmed = 1 "                 \
	"AND building IS NOT NULL AND room IS NOT NULL"
#define ROUND_FRESH "estate = ? AND received_at >= ? AND received_at < ?"
/* What is late now, whenever it came.  (The plus keeps the planner from an
 * index that would walk through the estate's whole history.) */
#define ROUND_LATE                                                             \
	"cases.is_open = 1 AND +estate = ?1 AND ((first_reply_at IS NULL "      \
	"AND reply_due <= ?3) OR outcome_due <= ?3 OR promise_due <= ?3)"
/* A case as its neighbours see it, with the flat of its owner. */
#define NEAR_SELECT(index)                                                     \
	"SELECT cases.id, number, state, kind, severity, cases.building, "     \
	"cases.unit, cases.floor, case_people.room, cases.area, "              \
	"owners.building, owners.unit, owners.room, case_people.mail, "        \
	"case_people.phone, owner_name, first_responder, handler, incident "   \
	"FROM cases INDEXED BY " index                                         \
	" LEFT JOIN case_people ON case_id = cases.id "                        \
	"LEFT JOIN owners ON owners.id = cases.owner "
/* Those that incident_is_possible() lets be part of one. */
#define NEAR_KINDS "AND (kind = 'complaint' OR kind = 'request') "
#define INCIDENT_COLUMNS                                                       \
	"id, number, estate, category, building, area, is_open, is_raised, "   \
	"is_taken, handler, department, opened_at"
#define WORD_COLUMNS                                                           \
	"incident, kind, author, text, at, goes_at, promise_at, waits_for"

#define OUT_COLUMNS                                                            \
	"id, case_id, estate, channel, role, person, recipient, template, "    \
	"language, message_id, waits_for, null_sender, sender, reply_kind, "   \
	"is_automatic, is_urgent, is_outcome, is_notice, created_at, "          \
	"not_before, cause"
#define SMS_PART_COLUMNS                                                       \
	"inbox, source, sender, recipient, ref, count, number, text, due"
#define OUT_TEXTS                                                              \
	"to_name, subject, text, layout, in_reply_to, thread_refs, reply_to, "   \
	"params"
#define OUT_TEXTS_SELECT                                                       \
	"own.to_name, own.subject, coalesce(own.text, first.text) AS text, "   \
	"coalesce(own.layout, first.layout) AS layout, own.in_reply_to, "      \
	"own.thread_refs, own.reply_to, own.params"

#define PLAN_COLUMNS                                                           \
	"id, estate, source, department, measure, responsible, made_by, "      \
	"made_at, due, alarm, done_at, done_by, outcome"
#define PLAN_REQUEST_COLUMNS                                                   \
	"id, estate, department, asked, from_at, to_at, opinions, asked_at, "  \
	"due, step, alarm, answered_at"
#define OWNER_COLUMNS                                                          \
	"name, building, unit, floor, room, area, mail, phone, language, "     \
	"is_tenant, is_elderly, is_confirmed"
/* Opt-outs belong to the address, not to the person (R53). */
#define OWNER_SELECT                                                           \
	"SELECT id, estate, " OWNER_COLUMNS ", "                               \
	"(SELECT is_out FROM opt_outs WHERE address = phone), "                \
	"(SELECT is_out FROM opt_outs WHERE address = mail) FROM owners "

const char *const sql_texts[SQL_COUNT] = {
	[SQL_BEGIN] = "BEGIN IMMEDIATE",
	[SQL_COMMIT] = "COMMIT",
	[SQL_ROLLBACK] = "ROLLBACK",
	[SQL_UNIT_BEGIN] = "SAVEPOINT unit",
	[SQL_UNIT_KEEP] = "RELEASE unit",
	[SQL_UNIT_UNDO] = "ROLLBACK TO unit",

	/* ---- inbox ---- */

	[SQL_INBOX_ADD] =
	    "INSERT INTO inbox (channel, source, estate, key, digest, words, "
	    "received_at, state, bin, twin, raw_len, uidvalidity, uid, "
	    "is_settled, is_old) "
	    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
	    "ON CONFLICT (source, key) DO NOTHING",
	[SQL_INBOX_ADD_RAW] = "INSERT INTO inbox_raw (inbox, raw) VALUES (?, ?)",
	[SQL_INBOX_BY_KEY] = "SELECT id FROM inbox WHERE source = ? AND key = ?",
	/* Words that are erased cannot differ. */
	[SQL_INBOX_SAYS] =
	    "SELECT words IS NULL OR words = ? FROM inbox WHERE id = ?",
	[SQL_INBOX_BY_DIGEST] =
	    "SELECT id FROM inbox WHERE digest = ? AND estate = ?",
	/* A row that people took out of that bin is no twin again. */
	[SQL_INBOX_SAME_TEXT] =
	    "SELECT first.id FROM inbox AS again JOIN inbox AS first "
	    "ON first.words = again.words AND first.source = again.source "
	    "WHERE again.id = ? AND again.twin IS NULL "
	    "AND first.id < again.id AND first.received_at > ? "
	    "AND first.twin IS NULL "
	    "ORDER BY first.received_at DESC LIMIT 1",
	[SQL_INBOX_SET_TWIN] = "UPDATE inbox SET twin = ? WHERE id = ?",
	[SQL_INBOX_NOTE] =
	    "UPDATE inbox SET message_id = ?, sender = ? WHERE id = ?",
	[SQL_INBOX_LOAD] = "SELECT " INBOX_COLUMNS " FROM inbox WHERE id = ?",
	[SQL_INBOX_WAITING] =
	    "SELECT " INBOX_COLUMNS " FROM inbox INDEXED BY inbox_received "
	    "WHERE state = 'received' AND id > ? ORDER BY id LIMIT ?",
	[SQL_INBOX_LIST] = "SELECT " INBOX_COLUMNS " FROM inbox WHERE bin = ? "
			   "ORDER BY id DESC LIMIT ?",
	[SQL_INBOX_LIST_ALL] =
	    "SELECT " INBOX_COLUMNS " FROM inbox WHERE bin IS NOT NULL "
	    "ORDER BY id DESC LIMIT ?",
	[SQL_INBOX_WAITING_COUNT] =
	    "SELECT count(*) FROM inbox WHERE state = 'received'",
	[SQL_INBOX_FORGET_RAW] = "DELETE FROM inbox_raw WHERE inbox = ?",
	[SQL_INBOX_RAW] = "SELECT raw FROM inbox_raw WHERE inbox = ?",
	[SQL_INBOX_RAW_SLICE] =
	    "SELECT substr(raw, ?, ?) FROM inbox_raw WHERE inbox = ?",
	[SQL_INBOX_COUNT_READ] =
	    "UPDATE inbox SET reads = reads + 1 WHERE id = ?",
	[SQL_INBOX_SET_STATE] =
	    "UPDATE inbox SET state = ?, bin = ?, reason = ?, "
	    "case_id = ? WHERE id = ?",
	[SQL_INBOX_MALFORMED] =
	    "SELECT count(*) FROM inbox INDEXED BY inbox_binned "
	    "WHERE estate = ? AND source = ? AND received_at >= ? AND bin = 'malformed'",
	[SQL_INBOX_AGAIN] =
	    "UPDATE inbox SET state = 'received', bin = NULL, reason = NULL, "
	    "case_id = NULL, reads = 0 WHERE id = ? "
	    "AND state IN ('binned', 'unreadable') "
	    "AND EXISTS (SELECT 1 FROM inbox_raw WHERE inbox = inbox.id)",
	[SQL_INBOX_VOUCH] =
	    "UPDATE inbox SET state = 'received', bin = NULL, reason = NULL, "
	    "case_id = NULL, reads = 0, vouched_by = ? WHERE id = ? "
	    "AND vouched_by IS NULL "
	    "AND EXISTS (SELECT 1 FROM inbox_raw WHERE inbox = inbox.id)",
	[SQL_INBOX_UNSETTLED] =
	    "SELECT uid FROM inbox WHERE is_settled = 0 AND source = ? "
	    "AND uidvalidity = ? ORDER BY uid LIMIT ?",
	[SQL_INBOX_SETTLE] =
	    "UPDATE inbox SET is_settled = 1 WHERE is_settled = 0 "
	    "AND source = ? AND uidvalidity = ? AND uid = ?",
	[SQL_CURSOR_LOAD] =
	    "SELECT uidvalidity, uid, first_uidvalidity, first_at "
	    "FROM cursors WHERE source = ?",
	/* Within one numbering of the server a cursor goes forward only. */
	[SQL_CURSOR_SAVE] =
	    "INSERT INTO cursors (source, uidvalidity, uid, "
	    "first_uidvalidity, first_at) VALUES (?1, ?2, ?3, ?2, ?4) "
	    "ON CONFLICT (source) DO UPDATE SET uid = "
	    "CASE WHEN uidvalidity = excluded.uidvalidity "
	    "THEN max(uid, excluded.uid) ELSE excluded.uid END, "
	    "uidvalidity = excluded.uidvalidity",
	[SQL_POLL_CURSOR_LOAD] =
	    "SELECT CASE WHEN form = ?2 THEN cursor ELSE '' END, since "
	    "FROM poll_cursors WHERE source = ?1",
	[SQL_POLL_CURSOR_SAVE] =
	    "INSERT INTO poll_cursors (source, form, cursor, since) "
	    "VALUES (?, ?, ?, ?) ON CONFLICT (source) DO UPDATE SET "
	    "form = excluded.form, cursor = excluded.cursor, "
	    "since = excluded.since",
	[SQL_POLL_ANSWER_KEEP] =
	    "INSERT INTO poll_answers (source, estate, is_report, form, "
	    "cursor, raw) VALUES (?, ?, ?, ?, ?, ?)",
	[SQL_POLL_ANSWER_DROP] = "DELETE FROM poll_answers WHERE id = ?",
	[SQL_POLL_ANSWER_NEXT] =
	    "SELECT id, source, estate, is_report, form, cursor, raw "
	    "FROM poll_answers WHERE id > ? ORDER BY id LIMIT 1",
	[SQL_POLL_ANSWER_LAST] = "SELECT max(id) FROM poll_answers",
	[SQL_SMS_PART_ADD] =
	    "INSERT INTO sms_parts (source, sender, recipient, ref, count, "
	    "number, text, due, inbox) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
	    "ON CONFLICT DO NOTHING",
	[SQL_SMS_PART_GROUP] =
	    "SELECT " SMS_PART_COLUMNS " FROM sms_parts WHERE source = ? "
	    "AND sender = ? AND recipient = ? AND ref = ? AND count = ? "
	    "ORDER BY number",
	[SQL_SMS_PART_DROP] =
	    "DELETE FROM sms_parts WHERE source = ? AND sender = ? "
	    "AND recipient = ? AND ref = ? AND count = ?",
	[SQL_SMS_PART_DUE] = "SELECT " SMS_PART_COLUMNS " FROM sms_parts "
			     "WHERE due <= ? ORDER BY due LIMIT 1",
	[SQL_SMS_PART_NEXT] = "SELECT coalesce(min(due), 0) FROM sms_parts",
	[SQL_SMS_PART_WAITING] = "SELECT count(*) FROM sms_parts",

	/* ---- cases ---- */

	[SQL_CASE_INSERT] =
	    "INSERT INTO cases (id, " CASE_FIXED ", is_open, " CASE_LIVE
	    ") VALUES (?, ?, ?, ?, ?, ?, " CASE_LIVE_VALUES ")",
	[SQL_CASE_UPDATE] = "UPDATE cases SET (is_open, " CASE_LIVE
			    ") = (?, " CASE_LIVE_VALUES ") WHERE id = ?",
	[SQL_CASE_PEOPLE_INSERT] =
	    "INSERT INTO case_people (case_id, is_open, " CASE_PEOPLE
	    ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[SQL_CASE_PEOPLE_UPDATE] =
	    "UPDATE case_people SET (is_open, " CASE_PEOPLE
	    ") = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE case_id = ?",
	[SQL_CASE_LOAD] = CASE_SELECT "WHERE cases.id = ?",
	[SQL_CASE_BY_NUMBER] = CASE_SELECT "WHERE number = ?",
	[SQL_CASE_BY_MESSAGE_ID] =
	    "SELECT case_id FROM inbox WHERE message_id = ? AND estate = ? "
	    "AND case_id IS NOT NULL ORDER BY id DESC LIMIT 1",
	/* One look-up by number for each day since then, and the day before:
	 * days are those of the estate's zone. */
	[SQL_CASE_BY_SERIAL] =
	    "SELECT cases.id, cases.is_open, "
	    "EXISTS (SELECT 1 FROM outbox "
	    "WHERE case_id = cases.id AND person = ?4), "
	    "(SELECT max(created_at) FROM outbox "
	    "WHERE case_id = cases.id AND person = ?4 "
	    "AND template NOT IN ('transcript', 'refused')) "
	    "FROM serials CROSS JOIN cases "
	    "ON number = printf('T%s-%04d', day, ?1) "
	    "WHERE day >= substr(strftime('%Y%m%d', ?2 / 1000 - 86400, "
	    "'unixepoch'), 3) "
	    "AND received_at >= ?2 AND estate = ?3 ORDER BY day LIMIT ?5",
	/* The same of one address (phone or mail), open before ended. */
	[SQL_CASE_OF_BY_SERIAL] =
	    "SELECT cases.id FROM serials CROSS JOIN cases "
	    "ON number = printf('T%s-%04d', day, ?) "
	    "CROSS JOIN case_people ON case_id = cases.id "
	    "WHERE day >= substr(strftime('%Y%m%d', ?2 / 1000 - 86400, "
	    "'unixepoch'), 3) "
	    "AND received_at >= ?2 AND estate = ?3 AND ?4 IN (phone, mail) "
	    "ORDER BY case_people.is_open DESC, cases.id DESC LIMIT 1",
	[SQL_CASE_OPEN_BY_MAIL] = CASE_BRIEF_SELECT
	    "WHERE mail = ? AND case_people.is_open = 1 AND estate = ? "
	    "ORDER BY case_id DESC LIMIT ?",
	[SQL_CASE_OPEN_BY_PHONE] = CASE_BRIEF_SELECT
	    "WHERE phone = ? AND case_people.is_open = 1 "
	    "AND (?2 IS NULL OR estate = ?2) "
	    "ORDER BY case_id DESC LIMIT ?3",
	[SQL_CASE_OPEN_OF_STAFF] =
	    "SELECT cases.id, number, state, category, building, unit, floor, "
	    "room, area, reply_due FROM cases INDEXED BY cases_open "
	    "LEFT JOIN case_people ON case_id = cases.id "
	    "WHERE cases.is_open = 1 AND estate = ? "
	    "AND (first_responder = ?2 OR handler = ?2) "
	    "ORDER BY cases.id LIMIT ?3",
	/* Names of templates are core/texts.c's.  A text that was given up
	 * (no report came) may have been read all the same. */
	[SQL_CASE_PENDING_RATING] =
	    "SELECT case_id FROM outbox WHERE recipient = ? "
	    "AND created_at >= ? AND template = 'rating_request' "
	    "AND state <> 'cancelled' AND NOT EXISTS "
	    "(SELECT 1 FROM ratings WHERE ratings.case_id = outbox.case_id "
	    "AND at >= created_at) ORDER BY created_at DESC, id DESC LIMIT 1",
	[SQL_CASE_OPEN_QUESTION] =
	    "SELECT case_id FROM outbox WHERE recipient = ? "
	    "AND created_at >= ? AND case_id IS NOT NULL "
	    /* An alarm without a place asks for it too. */
	    "AND (template IN ('ack_clarify', 'withdraw_ask') "
	    "OR (template = 'ack_emergency' AND EXISTS (SELECT 1 FROM cases "
	    "WHERE cases.id = outbox.case_id AND is_open = 1 "
	    "AND coalesce(building, unit, floor, area) IS NULL))) "
	    "AND state <> 'cancelled' AND NOT EXISTS "
	    "(SELECT 1 FROM events WHERE events.case_id = outbox.case_id "
	    "AND actor = 'owner' AND at > created_at) "
	    "ORDER BY created_at DESC, id DESC LIMIT 1",
	/* What they said meanwhile is no answer; what we told them of the work
	 * ends the question. */
	[SQL_CASE_OPEN_WITHDRAWAL] =
	    "SELECT case_id FROM outbox WHERE recipient = ? "
	    "AND created_at >= ? AND template = 'withdraw_ask' "
	    "AND state <> 'cancelled' AND NOT EXISTS "
	    "(SELECT 1 FROM events WHERE events.case_id = outbox.case_id "
	    "AND name IN ('withdrawn', 'withdraw_declined', 'replied', "
	    "'resolved') AND at > created_at) "
	    "ORDER BY created_at DESC, id DESC LIMIT 1",
	[SQL_CASE_OPEN_ALERTS] =
	    "SELECT cases.id, number, state, category, building, unit, floor, "
	    "room, area, reply_due FROM cases "
	    "LEFT JOIN case_people ON case_id = cases.id "
	    "WHERE cases.id IN (SELECT case_id FROM outbox WHERE recipient = ? "
	    "AND created_at >= ? AND template = 'alert') "
	    "AND cases.is_open = 1 AND taken_at IS NULL "
	    "ORDER BY cases.id LIMIT ?",
	[SQL_CASE_TAKEN_ALERTS] =
	    "SELECT id FROM cases "
	    "WHERE id IN (SELECT case_id FROM outbox WHERE recipient = ? "
	    "AND created_at >= ? AND template = 'alert') "
	    "AND is_open = 1 AND severity = 'emergency' AND handler = ? "
	    "ORDER BY id LIMIT ?",
	[SQL_CASE_FED_BACK_TO] =
	    "SELECT cases.id, fed_back_at "
	    "FROM cases JOIN case_people ON case_id = cases.id "
	    "WHERE estate = ? AND fed_back_at >= ? AND phone = ? "
	    "ORDER BY fed_back_at DESC LIMIT 1",
	[SQL_CASE_RESOLVED_TO] =
	    "SELECT cases.id, resolved_at FROM cases INDEXED BY cases_unheard "
	    "JOIN case_people ON case_id = cases.id "
	    "WHERE state = 'resolved' AND estate = ? AND resolved_at >= ? "
	    "AND phone = ? ORDER BY cases.id DESC LIMIT 1",
	[SQL_CASE_RECENT_OF] =
	    "SELECT cases.id FROM case_people CROSS JOIN cases "
	    "ON cases.id = case_id WHERE phone = ? "
	    "AND case_people.is_open = 1 AND estate = ? "
	    "AND received_at >= ? AND (?4 IS NULL OR severity = ?4) "
	    "ORDER BY case_id DESC LIMIT 1",
	[SQL_CASE_LAST_TEXTED] =
	    "SELECT case_id FROM outbox JOIN cases ON cases.id = case_id "
	    "WHERE recipient = ? AND created_at >= ? "
	    "AND outbox.channel = 'sms' AND outbox.state <> 'cancelled' "
	    "AND cases.estate = ? AND (cases.is_open = 1 OR (created_at >= ? "
	    "AND cases.state IN ('resolved', 'fed_back'))) "
	    "ORDER BY created_at DESC, outbox.id DESC LIMIT 1",
	[SQL_CASE_MESSAGES] =
	    "SELECT id FROM inbox WHERE case_id = ? ORDER BY id LIMIT ?",
	[SQL_CASE_LIST] = CASE_SELECT
	    "WHERE cases.id < ? AND (?2 IS NULL OR estate = ?2) "
	    "AND (?3 IS NULL OR state = ?3) AND (?4 IS NULL OR severity = ?4) "
	    "AND (?5 IS NULL OR handler = ?5) ORDER BY cases.id DESC LIMIT ?6",
	[SQL_CASE_LIST_OPEN] = CASE_SELECT
	    "WHERE cases.is_open = 1 AND cases.id < ? "
	    "AND (?2 IS NULL OR estate = ?2) "
	    "AND (?3 IS NULL OR state = ?3) AND (?4 IS NULL OR severity = ?4) "
	    "AND (?5 IS NULL OR handler = ?5) ORDER BY cases.id DESC LIMIT ?6",
	[SQL_CASE_MAX_ID] = "SELECT max(id) FROM cases",
	[SQL_CASE_SET_OWNER] = "UPDATE cases SET owner = ? WHERE id = ?",
	[SQL_CASE_SET_RATING] = "UPDATE cases SET rating = ? WHERE id = ?",
	[SQL_RATING_ADD] = "INSERT INTO ratings (case_id, at, score, text) "
			   "VALUES (?, ?, ?, ?)",
	[SQL_SERIAL_LOAD] = "SELECT last FROM serials WHERE day = ?",
	[SQL_SERIAL_TAKE] =
	    "INSERT INTO serials (day, last) VALUES (?, ?) ON CONFLICT (day) "
	    "DO UPDATE SET last = max(last, excluded.last)",

	/* ---- incidents ---- */

	[SQL_CASE_NEAR_BUILDING] = NEAR_SELECT("cases_near_building")
	    "WHERE cases.is_open = 1 AND cases.estate = ? AND category = ? "
	    "AND cases.building = ? AND received_at >= ? " NEAR_KINDS
	    "ORDER BY received_at DESC LIMIT ?",
	[SQL_CASE_NEAR_AREA] = NEAR_SELECT("cases_near_area")
	    "WHERE cases.is_open = 1 AND cases.building IS NULL "
	    "AND cases.estate = ? AND category = ? AND cases.area = ? "
	    "AND received_at >= ? " NEAR_KINDS
	    "ORDER BY received_at DESC LIMIT ?",
	[SQL_CASES_OF_INCIDENT] = NEAR_SELECT("cases_incident")
	    "WHERE cases.is_open = 1 AND incident = ? "
	    "ORDER BY cases.id DESC LIMIT ?",
	[SQL_CASE_JOIN] =
	    "UPDATE cases SET incident = ?, incident_told = ? WHERE id = ?",
	[SQL_INCIDENT_SAVE] =
	    "INSERT INTO incidents (" INCIDENT_COLUMNS ") VALUES (?, ?, ?, ?, "
	    "?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
	    "is_open = excluded.is_open, is_raised = excluded.is_raised, "
	    "is_taken = excluded.is_taken, handler = excluded.handler, "
	    "department = excluded.department",
	[SQL_INCIDENT_LOAD] =
	    "SELECT " INCIDENT_COLUMNS " FROM incidents WHERE id = ?",
	[SQL_INCIDENT_MAX_ID] = "SELECT max(id) FROM incidents",
	[SQL_INCIDENT_RING] =
	    "INSERT INTO timers (case_id, kind, step, due) "
	    "SELECT id, ?, 0, ? FROM cases WHERE is_open = 1 AND incident = ? "
	    "ON CONFLICT (case_id, kind) DO UPDATE SET "
	    "due = min(due, excluded.due)",
	[SQL_WORD_ADD] = "INSERT INTO incident_words (" WORD_COLUMNS
			 ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	[SQL_WORD_RELEASE] =
	    "UPDATE incident_words SET goes_at = min(goes_at, ?) "
	    "WHERE waits_for = ? RETURNING incident",
	[SQL_WORD_ADD_PART] =
	    "INSERT INTO incident_parts (word, place, inbox, start, length) "
	    "VALUES (?, ?, ?, ?, ?)",
	[SQL_WORD_PARTS] = "SELECT inbox, start, length FROM incident_parts "
			   "WHERE word = ? ORDER BY place",
	[SQL_WORD_UNDO] = "DELETE FROM incident_words WHERE id = ?",
	[SQL_WORDS_AFTER] =
	    "SELECT id, " WORD_COLUMNS " FROM incident_words "
	    "WHERE incident = ? AND id > ? ORDER BY id LIMIT ?",
	[SQL_WORDS_NEWEST] =
	    "SELECT id, " WORD_COLUMNS " FROM incident_words "
	    "WHERE incident = ? ORDER BY id DESC LIMIT ?",

	/* ---- events and timers ---- */

	[SQL_EVENT_ADD] =
	    "INSERT INTO events (id, case_id, at, name, state, actor, level, "
	    "reason, inbox, out, text_digest, chain) "
	    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[SQL_EVENT_TEXT_ADD] =
	    "INSERT INTO event_texts (event, salt, text) VALUES (?, ?, ?)",
	[SQL_EVENT_LAST] =
	    "SELECT id, chain FROM events ORDER BY id DESC LIMIT 1",
	[SQL_EVENTS_OF] =
	    "SELECT at, name, state, actor, level, reason, text FROM events "
	    "LEFT JOIN event_texts ON event = id WHERE case_id = ? ORDER BY id",
	[SQL_TIMER_SET] =
	    "INSERT INTO timers (case_id, kind, step, due) VALUES (?, ?, ?, ?) "
	    "ON CONFLICT (case_id, kind) DO UPDATE SET step = excluded.step, "
	    "due = excluded.due",
	[SQL_TIMER_CANCEL] = "DELETE FROM timers WHERE case_id = ? AND kind = ?",
	[SQL_TIMERS_DUE] = "SELECT case_id, kind, step, due FROM timers "
			   "WHERE due <= ? ORDER BY due LIMIT ?",
	[SQL_TIMERS_NEXT] = "SELECT min(due) FROM timers",
	[SQL_TIMERS_OF] = "SELECT case_id, kind, step, due FROM timers "
			  "WHERE case_id = ? LIMIT ?",

	/* ---- rounds: what there is of an estate, from, to ---- */

	[SQL_ROUND_SET] =
	    "INSERT INTO rounds (estate, kind, since, due) VALUES (?, ?, ?, ?) "
	    "ON CONFLICT (estate, kind) DO UPDATE SET since = excluded.since, "
	    "due = excluded.due",
	[SQL_ROUND_LOAD] =
	    "SELECT since, due FROM rounds WHERE estate = ? AND kind = ?",
	[SQL_ROUND_FRESH] = CASE_SELECT "WHERE " ROUND_FRESH
	    " ORDER BY received_at, cases.id LIMIT ?",
	[SQL_ROUND_FRESH_COUNT] =
	    "SELECT count(*) FROM cases WHERE " ROUND_FRESH,
	[SQL_ROUND_LATE] = CASE_SELECT "WHERE " ROUND_LATE
	    " ORDER BY cases.id LIMIT ?4",
	[SQL_ROUND_LATE_COUNT] = "SELECT count(*) FROM cases WHERE " ROUND_LATE,
	[SQL_ROUND_OPEN_COUNT] =
	    "SELECT count(*) FROM cases WHERE cases.is_open = 1 AND +estate = ?",
	[SQL_ROUND_FED_BACK_COUNT] =
	    "SELECT count(*) FROM cases WHERE estate = ? AND fed_back_at >= ? "
	    "AND fed_back_at < ?",
	[SQL_ROUND_BINS] =
	    "SELECT bin, count(*) FROM inbox WHERE bin IS NOT NULL "
	    "AND estate = ? AND received_at >= ? AND received_at < ? "
	    "AND bin NOT IN ('handled', 'duplicate') GROUP BY bin ORDER BY bin",

	/* ---- home visits ---- */

	[SQL_HOME_VISIT_LOW] =
	    "SELECT owner FROM cases WHERE estate = ? AND received_at >= ? "
	    "AND rating <= 2 AND owner IS NOT NULL ORDER BY received_at DESC",
	[SQL_HOME_VISIT_REPEATED] =
	    "SELECT owner FROM cases WHERE estate = ?1 AND received_at >= ?2 "
	    "AND kind = 'complaint' AND owner IS NOT NULL AND EXISTS "
	    "(SELECT 1 FROM cases AS other WHERE other.owner = cases.owner "
	    "AND other.received_at >= ?2 AND other.kind = 'complaint' "
	    "AND other.id < cases.id) ORDER BY received_at DESC",
	[SQL_HOME_VISIT_ELDERLY] =
	    "SELECT id FROM owners WHERE estate = ? AND is_elderly = 1",
	[SQL_HOME_VISIT_NEVER] =
	    "SELECT id FROM owners WHERE estate = ? AND NOT EXISTS "
	    "(SELECT 1 FROM home_visits WHERE owner = owners.id)",
	[SQL_HOME_VISIT_IS_FREE] =
	    "SELECT EXISTS (SELECT 1 FROM owners WHERE id = ?1 "
	    "AND gone_at IS NULL AND is_confirmed = 1 "
	    "AND building IS NOT NULL AND room IS NOT NULL) "
	    "AND (SELECT count(*) FROM home_visits WHERE owner = ?1 "
	    "AND year = ?2 AND state <> 'declined') < ?3 "
	    "AND NOT EXISTS (SELECT 1 FROM home_visits WHERE owner = ?1 "
	    "AND proposed_at > ?4)",
	[SQL_HOME_VISIT_MAX_ID] = "SELECT max(id) FROM home_visits",
	[SQL_HOME_VISIT_ADD] =
	    "INSERT INTO home_visits (id, estate, owner, year, reason, "
	    "proposed_at, state) VALUES (?, ?, ?, ?, ?, ?, 'proposed')",
	[SQL_HOME_VISIT_NOTE] =
	    "UPDATE home_visits SET state = ?, moved_at = ?, staff = ?, "
	    "score = ?, text = ? WHERE id = ?",
	[SQL_HOME_VISIT_LOAD] =
	    "SELECT id, state, reason, year, owner FROM home_visits "
	    "WHERE id = ? AND estate = ?",
	[SQL_HOME_VISIT_OPEN] =
	    "SELECT id, state, reason, year, owner FROM home_visits "
	    "WHERE owner = ? AND proposed_at >= ? "
	    "AND (state = 'proposed' OR state = 'answered') "
	    "ORDER BY proposed_at DESC LIMIT 1",
	[SQL_HOME_VISIT_ERASE] =
	    "UPDATE home_visits SET text = NULL "
	    "WHERE text IS NOT NULL AND proposed_at < ?",

	/* ---- surveys ---- */

	[SQL_SURVEY_WEEK] =
	    "SELECT count(*), count(answered_at), count(score), "
	    "coalesce(sum(score >= 4), 0) FROM surveys WHERE estate = ? "
	    "AND asked_at >= ? AND asked_at < ? AND address <> ''",
	[SQL_VISITS_OVERDUE] =
	    "SELECT count(*) FROM cases WHERE estate = ? "
	    "AND visit_overdue_at IS NOT NULL",
	[SQL_HOME_VISIT_WEEK] =
	    "SELECT coalesce(sum(state = 'proposed' OR state = 'answered'), "
	    "0), coalesce(sum(state = 'done' AND moved_at >= ?2 "
	    "AND moved_at < ?3), 0), coalesce(sum(state = 'declined' "
	    "AND moved_at >= ?2 AND moved_at < ?3), 0) FROM home_visits "
	    "WHERE estate = ?1 AND proposed_at >= ?4",
	[SQL_SURVEY_PEOPLE] =
	    "SELECT id, building, unit, room, mail, phone FROM owners "
	    "WHERE " SURVEY_HOME " ORDER BY building, room, unit",
	[SQL_SURVEY_IS_BUSY] =
	    "SELECT EXISTS (SELECT 1 FROM case_people WHERE is_open = 1 "
	    "AND mail = ?1) OR EXISTS (SELECT 1 FROM case_people "
	    "WHERE is_open = 1 AND phone = ?2) OR EXISTS (SELECT 1 FROM outbox "
	    "WHERE recipient IN (?1, ?2) AND created_at >= ?3 "
	    "AND template IN ('survey', 'rating_request', "
	    "'home_visit_ask') "
	    "AND state <> 'cancelled')",
	[SQL_SURVEY_DRAW_ADD] =
	    "INSERT INTO survey_draws (estate, at, scope, seed, households, "
	    "drawn) VALUES (?, ?, ?, ?, ?, ?)",
	[SQL_SURVEY_ADD] =
	    "INSERT INTO surveys (draw, owner, estate) VALUES (?, ?, ?)",
	[SQL_SURVEY_WAITING] =
	    "SELECT surveys.id, owner, scope FROM surveys "
	    "JOIN survey_draws ON survey_draws.id = draw "
	    "WHERE surveys.estate = ? AND asked_at IS NULL "
	    "ORDER BY surveys.id LIMIT ?",
	[SQL_SURVEY_WAITING_COUNT] = "SELECT count(*) FROM surveys "
				     "WHERE estate = ? AND asked_at IS NULL",
	[SQL_SURVEY_OPEN] =
	    "SELECT surveys.id, owner, scope, asked_at, asked_again "
	    "FROM surveys JOIN survey_draws ON survey_draws.id = draw "
	    "WHERE address = ? AND asked_at >= ? AND surveys.estate = ? "
	    "AND answered_at IS NULL ORDER BY asked_at DESC LIMIT 1",
	[SQL_SURVEY_ASKED] =
	    "UPDATE surveys SET asked_at = ?, address = ? WHERE id = ?",
	[SQL_SURVEY_AGAIN] = "UPDATE surveys SET asked_again = 1 WHERE id = ?",
	[SQL_SURVEY_ANSWER] =
	    "UPDATE surveys SET answered_at = ?, channel = ?, score = ?, "
	    "text = ?, case_id = ? WHERE id = ? AND answered_at IS NULL",
	[SQL_SURVEY_ERASE] =
	    "UPDATE surveys SET address = NULL, text = NULL "
	    "WHERE (address IS NOT NULL OR text IS NOT NULL) AND asked_at < ?",

	/* ---- statistics: of an estate, from, to ---- */

	/* Whatever of a case falls into the weeks, and what is not over.  Each
	 * part is a range of an index, so that history does not matter. */
	[SQL_WEEK_CASES] = CASE_SELECT "WHERE cases.id IN ("
	    "SELECT id FROM cases WHERE estate = ?1 AND received_at >= ?2 "
	    "AND received_at < ?3 UNION "
	    "SELECT id FROM cases WHERE estate = ?1 AND reply_due >= ?2 "
	    "AND reply_due < ?3 UNION "
	    "SELECT id FROM cases WHERE estate = ?1 AND outcome_due >= ?2 "
	    "AND outcome_due < ?3 UNION "
	    "SELECT id FROM cases WHERE estate = ?1 AND fed_back_at >= ?2 UNION "
	    "SELECT id FROM cases WHERE closed_at >= ?2 AND erased_at IS NULL "
	    "AND +estate = ?1 UNION "
	    "SELECT id FROM cases WHERE is_open = 1 AND +estate = ?1 UNION "
	    "SELECT id FROM cases WHERE (state = 'resolved' "
	    "OR after_reports > 0) AND +estate = ?1)",
	[SQL_OPEN_CASES] =
	    CASE_SELECT "WHERE cases.is_open = 1 AND +estate = ? "
	    "ORDER BY cases.id",
	[SQL_WEEK_EVENTS] =
	    "SELECT name, at FROM events WHERE case_id = ? AND at >= ? "
	    "AND at < ? AND (name = 'escalated' OR name = 'skipped' "
	    "OR name = 'reopened' OR name = 'rating_asked')",
	/* Another case of that category from the same owner, or from somebody
	 * of the same flat. */
	[SQL_WEEK_CAME_AGAIN] =
	    "SELECT 1 FROM cases WHERE owner = ?1 AND received_at >= ?4 "
	    "AND received_at < ?5 AND id <> ?2 AND category = ?3 "
	    "AND state <> 'spam' AND state <> 'merged' UNION ALL "
	    "SELECT 1 FROM owners AS own JOIN owners AS home "
	    "ON home.estate = own.estate AND home.building = own.building "
	    "AND home.room = own.room AND home.unit IS own.unit "
	    "JOIN cases ON owner = home.id AND received_at >= ?4 "
	    "AND received_at < ?5 WHERE own.id = ?1 AND cases.id <> ?2 "
	    "AND category = ?3 AND state <> 'spam' AND state <> 'merged' "
	    "LIMIT 1",
	[SQL_WEEK_RATINGS] =
	    "SELECT case_id, at, score, text FROM ratings "
	    "JOIN cases ON cases.id = case_id "
	    "WHERE +estate = ? AND at >= ? AND at < ? ORDER BY at",
	/* Those that began in the weeks, and all that go on. */
	[SQL_WEEK_HOT] =
	    "SELECT number, category, building, area, handler, is_open, "
	    "opened_at, (SELECT count(*) FROM cases "
	    "WHERE incident = incidents.id), (SELECT text FROM incident_words "
	    "WHERE incident = incidents.id ORDER BY id DESC LIMIT 1) "
	    "FROM incidents WHERE id IN (SELECT id FROM incidents "
	    "WHERE estate = ?1 AND opened_at >= ?2 AND opened_at < ?3 UNION "
	    "SELECT id FROM incidents WHERE estate = ?1 AND is_open = 1) "
	    "ORDER BY id DESC LIMIT ?4",
	[SQL_WEEK_HOT_COUNT] = "SELECT count(*) FROM incidents "
			       "WHERE estate = ? AND opened_at >= ? "
			       "AND opened_at < ?",
	[SQL_WEEK_FAILED] =
	    "SELECT count(*) FROM outbox "
	    "WHERE (state = 'failed' OR state = 'expired') AND estate = ? AND moved_at >= ? AND moved_at < ? "
	    "AND channel = ?",
	[SQL_WEEK_OUTAGES] =
	    "SELECT channel, from_at, to_at FROM outages WHERE to_at > ?1 "
	    "AND from_at < ?2 UNION ALL "
	    "SELECT channel, from_at, NULL FROM outages WHERE to_at IS NULL "
	    "AND from_at < ?2",

	/* ---- outbox ---- */

	[SQL_OUT_ADD] =
	    "INSERT INTO outbox (" OUT_COLUMNS ", state) VALUES (?, ?, ?, ?, "
	    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued')",
	[SQL_OUT_ADD_TEXT] = "INSERT INTO outbox_texts (out, same_as, " OUT_TEXTS
			     ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[SQL_OUT_ADD_PART] =
	    "INSERT INTO outbox_parts (out, place, inbox, start, length) "
	    "VALUES (?, ?, ?, ?, ?)",
	[SQL_OUT_LOAD] =
	    "SELECT " OUT_COLUMNS ", " OUT_TEXTS_SELECT ", state, attempts, "
	    "accepted_at, report_due, answer, attempt FROM outbox "
	    "LEFT JOIN outbox_texts AS own ON own.out = id "
	    "LEFT JOIN outbox_texts AS first ON first.out = own.same_as "
	    "WHERE id = ?",
	[SQL_OUT_PARTS] = "SELECT inbox, start, length FROM outbox_parts "
			  "WHERE out = ? ORDER BY place",
	[SQL_OUT_MAX_ID] = "SELECT max(id) FROM outbox",
	[SQL_OUT_DUE] =
	    "SELECT id FROM outbox WHERE state = 'queued' AND sender = ? "
	    "AND is_urgent = ? AND not_before <= ? ORDER BY not_before, id "
	    "LIMIT ?",
	[SQL_OUT_OLD] =
	    "SELECT id FROM outbox INDEXED BY outbox_old "
	    "WHERE state = 'queued' AND channel = 'sms' AND sender = ? "
	    "AND is_urgent = ? AND created_at <= ? AND not_before <= ? "
	    "ORDER BY created_at LIMIT ?",
	[SQL_OUT_QUEUES] =
	    "SELECT sender, min(channel) AS channel, count(*) AS count "
	    "FROM outbox INDEXED BY outbox_due "
	    "WHERE state = 'queued' GROUP BY sender LIMIT ?",
	[SQL_OUT_QUEUED] =
	    "SELECT id FROM outbox INDEXED BY outbox_due WHERE state = 'queued' "
	    "AND sender = ? AND channel = ? ORDER BY is_urgent DESC LIMIT ?",
	[SQL_OUT_QUEUE_LENGTH] =
	    "SELECT count(*) FROM outbox INDEXED BY outbox_due "
	    "WHERE state = 'queued' AND sender = ?",
	[SQL_OUT_HAND_OVER] =
	    "UPDATE outbox SET sender = ? WHERE id = ? AND state = 'queued'",
	[SQL_OUT_URGENT] =
	    "SELECT created_at, not_before FROM outbox INDEXED BY outbox_old "
	    "WHERE state = 'queued' AND channel = 'sms' AND sender = ? "
	    "AND is_urgent = 1 ORDER BY created_at",
	[SQL_OUT_NEXT_DUE] =
	    "SELECT min(not_before) FROM outbox WHERE state = 'queued' "
	    "AND sender = ? AND is_urgent = ?",
	[SQL_OUT_CLAIM] =
	    "UPDATE outbox SET state = 'sending', attempts = attempts + 1, "
	    "attempt = ?, moved_at = ? WHERE id = ?",
	[SQL_OUT_STANDING] =
	    "SELECT state, attempt, report_due FROM outbox WHERE id = ?",
	[SQL_OUT_MOVE] =
	    "UPDATE outbox SET state = ?, moved_at = ?, not_before = "
	    "coalesce(?, not_before), accepted_at = coalesce(?, accepted_at), "
	    "report_due = ?, answer = coalesce(?, answer) WHERE id = ?",
	[SQL_OUT_RELEASE] =
	    "UPDATE outbox SET not_before = min(not_before, ?) "
	    "WHERE waits_for = ? AND state = 'queued'",
	[SQL_OUT_SENT] =
	    "SELECT id, template, channel, created_at, not_before, "
	    "accepted_at, state, attempts FROM outbox WHERE case_id = ? AND role = 'owner' "
	    "AND is_automatic = 0 ORDER BY id DESC LIMIT ?",
	[SQL_OUT_UNFINISHED] =
	    "SELECT id FROM outbox WHERE state = 'sending' LIMIT ?",
	[SQL_OUT_SILENT] = "SELECT id FROM outbox WHERE report_due <= ? "
			   "ORDER BY report_due LIMIT ?",
	[SQL_OUT_NEXT_SILENT] = "SELECT min(report_due) FROM outbox "
				"WHERE report_due IS NOT NULL",
	[SQL_OUT_UNKNOWN_COUNT] = "SELECT count(*) FROM attempts WHERE out = ? "
				  "AND result LIKE 'unknown%'",
	/* One that was refused says nothing of when we were heard. */
	[SQL_OUT_FIRST_TRIED] =
	    "SELECT coalesce(min(iif(result LIKE 'unknown%', started_at, NULL)), "
	    "min(started_at), 0) FROM attempts WHERE out = ?",
	[SQL_OUT_OTHER_IDS] =
	    "SELECT provider_id FROM outbox INDEXED BY outbox_recipient "
	    "JOIN attempts ON out = outbox.id WHERE recipient = ? "
	    "AND created_at >= ? AND outbox.id <> ? AND sender = ? "
	    "AND provider_id IS NOT NULL ORDER BY created_at DESC LIMIT ?",
	[SQL_OUT_AUTOMATIC_COUNT] =
	    "SELECT count(*) FROM outbox WHERE recipient = ? "
	    "AND created_at >= ? AND is_automatic = 1 "
	    "AND state <> 'cancelled'",
	[SQL_OUT_RECENT_TEXT] =
	    "SELECT 1 FROM outbox WHERE recipient = ? AND created_at >= ? "
	    "AND channel = 'sms' LIMIT 1",
	[SQL_OUT_TEMPLATE_COUNT] =
	    "SELECT count(*) FROM outbox WHERE recipient = ? "
	    "AND created_at >= ? AND template = ? AND state <> 'cancelled'",
	[SQL_OUT_CASE_PARTS] =
	    "SELECT inbox, start, length FROM outbox_parts WHERE out = "
	    "(SELECT min(outbox.id) FROM outbox JOIN outbox_parts "
	    "ON out = outbox.id WHERE case_id = ? "
	    "AND role IN ('staff', 'manager')) ORDER BY place",
	[SQL_OUT_LIST] =
	    "SELECT id FROM outbox WHERE state = 'queued' UNION ALL "
	    "SELECT id FROM outbox WHERE state = 'sending' OR state = 'unknown' "
	    "UNION ALL SELECT id FROM outbox "
	    "WHERE state = 'bundled' AND bundle IS NULL "
	    "ORDER BY id DESC LIMIT ?",
	[SQL_OUT_LIST_ALL] = "SELECT id FROM outbox ORDER BY id DESC LIMIT ?",
	[SQL_OUT_LIST_CASE] =
	    "SELECT id FROM outbox WHERE case_id = ? AND (? OR state IN "
	    "('queued', 'sending', 'unknown') OR (state = 'bundled' "
	    "AND bundle IS NULL)) ORDER BY id DESC LIMIT ?",
	[SQL_OUT_WAITING_COUNT] =
	    "SELECT (SELECT count(*) FROM outbox WHERE state = 'queued') + "
	    "(SELECT count(*) FROM outbox WHERE state = 'sending')",
	[SQL_ATTEMPT_ADD] =
	    "INSERT INTO attempts (out, started_at) VALUES (?, ?)",
	[SQL_ATTEMPT_END] =
	    "UPDATE attempts SET ended_at = ?, result = ?, code = ?, "
	    "provider_id = coalesce(?, provider_id), "
	    "answer = coalesce(?, answer) WHERE id = ? AND out = ?",
	[SQL_ATTEMPTS_OF] =
	    "SELECT id, started_at, ended_at, result, code, provider_id, "
	    "answer FROM attempts WHERE out = ? ORDER BY id LIMIT ?",
	[SQL_ATTEMPT_OF] =
	    "SELECT out, attempts.id, 0 FROM attempts JOIN outbox "
	    "ON outbox.id = out WHERE outbox.id = ? AND attempts.id = ? "
	    "AND created_at = ? AND sender = ?",
	[SQL_OUT_MADE_AT] = "SELECT id, 0, 0 FROM outbox WHERE id = ? "
			    "AND created_at = ? AND sender = ?",
	[SQL_ATTEMPT_BY_PROVIDER_ID] =
	    "SELECT it.out, it.id, EXISTS (SELECT 1 FROM attempts AS other "
	    "JOIN outbox ON outbox.id = other.out "
	    "WHERE other.provider_id = ?1 AND sender = ?2 "
	    "AND other.out <> it.out "
	    "AND other.started_at > it.started_at - ?3) "
	    "FROM attempts AS it JOIN outbox ON outbox.id = it.out "
	    "WHERE it.provider_id = ?1 AND sender = ?2 "
	    "ORDER BY it.id DESC LIMIT 1",
	[SQL_EARLY_ADD] =
	    "INSERT INTO early_reports (source, provider_id, state, answer, "
	    "is_optout, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
	    "at = excluded.at, answer = excluded.answer, "
	    "is_optout = excluded.is_optout",
	[SQL_EARLY_TRIM] = "DELETE FROM early_reports WHERE id <= "
			   "(SELECT max(id) FROM early_reports) - ?",
	/* "Delivered" before what would be sent another way. */
	[SQL_EARLY_FIND] =
	    "SELECT id, state, answer, is_optout FROM early_reports WHERE source = ? "
	    "AND provider_id = ? AND at >= ? ORDER BY state LIMIT ?",
	[SQL_EARLY_DROP] = "DELETE FROM early_reports WHERE source = ? "
			   "AND provider_id = ?",
	[SQL_CHANNEL_IS_DOWN] = "SELECT is_down FROM channels WHERE name = ?",
	[SQL_CHANNELS_DOWN] = "SELECT name, reason, changed_at FROM channels "
			      "WHERE is_down = 1 ORDER BY name LIMIT ?",
	[SQL_CHANNEL_MARK] =
	    "INSERT INTO channels (name, is_down, reason, changed_at) "
	    "VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET "
	    "is_down = excluded.is_down, reason = excluded.reason, "
	    "changed_at = excluded.changed_at",

	[SQL_OUTAGE_BEGIN] =
	    "INSERT INTO outages (channel, from_at) VALUES (?, ?)",
	[SQL_OUTAGE_END] = "UPDATE outages SET to_at = ? WHERE to_at IS NULL "
			   "AND channel = ?",
	[SQL_BRAKED_ADD] =
	    "INSERT INTO braked (estate, at, template, cap, case_id, went) "
	    "VALUES (?, ?, ?, ?, ?, ?)",
	[SQL_BRAKED_TODAY] =
	    "SELECT 1 FROM braked WHERE estate = ? AND cap = ? "
	    "AND case_id IS ? AND at >= ? LIMIT 1",
	/* In the order of enum cap. */
	[SQL_BRAKED_COUNTS] =
	    "SELECT total(cap = 'brake'), total(cap = 'number'), "
	    "total(cap = 'case'), total(cap = 'texts'), total(cap = 'cost') "
	    "FROM braked WHERE estate = ? AND at >= ? AND at < ? "
	    "AND went = 0",
	[SQL_SMS_SPEND] =
	    "INSERT INTO sms_spent (channel, quarter, texts, parts) "
	    "VALUES (?, ?, 1, ?) ON CONFLICT (channel, quarter) DO UPDATE SET "
	    "texts = texts + 1, parts = parts + excluded.parts",
	[SQL_SMS_SPENT] = "SELECT total(texts), total(parts) FROM sms_spent "
			  "WHERE channel = ? AND quarter >= ?",
	[SQL_SMS_HAD] =
	    "SELECT count(*), total(case_id = ?) FROM outbox "
	    "WHERE recipient = ? AND created_at >= ? AND channel = 'sms' "
	    "AND role = 'owner' AND state <> 'cancelled'",

	/* ---- owners ---- */

	[SQL_OWNER_ADD] =
	    "INSERT INTO owners (estate, created_at, import, " OWNER_COLUMNS
	    ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[SQL_OWNER_UPDATE] =
	    "UPDATE owners SET (import, gone_at, " OWNER_COLUMNS
	    ") = (?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?",
	[SQL_OWNER_LOAD] = OWNER_SELECT "WHERE id = ?",
	[SQL_OWNER_BY_MAIL] = OWNER_SELECT
	    "WHERE mail = ? AND estate = ? AND gone_at IS NULL "
	    "ORDER BY is_confirmed DESC, id LIMIT 1",
	[SQL_OWNER_BY_PHONE] = OWNER_SELECT
	    "WHERE phone = ? AND estate = ? AND gone_at IS NULL "
	    "ORDER BY is_confirmed DESC, id LIMIT 1",
	/* Somebody of that flat whom this import has not met yet. */
	[SQL_OWNER_OF_HOME] = OWNER_SELECT
	    "WHERE estate = ? AND building IS ? AND room IS ? AND unit IS ? "
	    "AND import IS NOT ? AND (phone = ? OR mail = ? OR name = ?) "
	    "ORDER BY gone_at IS NOT NULL, id LIMIT 1",
	[SQL_OWNER_CONFIRM] =
	    "UPDATE owners SET is_confirmed = 1 WHERE id = ?",
	[SQL_OWNERS_GONE] =
	    "UPDATE owners SET gone_at = ? WHERE estate = ? "
	    "AND is_confirmed = 1 AND gone_at IS NULL AND import IS NOT ?",
	[SQL_IMPORT_ADD] =
	    "INSERT INTO imports (estate, at) VALUES (?, ?)",
	[SQL_OPT_SET] =
	    "INSERT INTO opt_outs (address, channel, account, is_out, "
	    "changed_at, inbox, refused) VALUES (?, ?, ?, ?, ?, ?, ?) "
	    "ON CONFLICT (address) DO UPDATE SET (channel, account, is_out, "
	    "changed_at, inbox, refused) = (excluded.channel, "
	    "excluded.account, excluded.is_out, excluded.changed_at, "
	    "excluded.inbox, excluded.refused)",
	[SQL_OPT_OUT_SINCE] = "SELECT changed_at FROM opt_outs "
			      "WHERE address = ? AND is_out = 1",
	[SQL_OPT_LIST] =
	    "SELECT address, account, changed_at, inbox, refused "
	    "FROM opt_outs WHERE is_out = 1 AND channel = 'sms' "
	    "ORDER BY address LIMIT ?",
	[SQL_OPT_OF] = "SELECT address, account, changed_at, inbox, refused "
		       "FROM opt_outs WHERE address = ? AND is_out = 1 LIMIT ?",
	[SQL_ACCESS_NOTE] =
	    "INSERT INTO access_log (at, who, what) VALUES (?, ?, ?)",

	/* ---- audit ---- */

	[SQL_AUDIT_EVENTS] =
	    "SELECT events.id, events.case_id, at, name, events.state, actor, "
	    "events.level, reason, inbox, out, text_digest, chain, salt, "
	    "event_texts.text, number, "
	    "(SELECT earlier.state FROM events AS earlier "
	    "WHERE earlier.case_id = events.case_id "
	    "AND earlier.id < events.id ORDER BY earlier.id DESC LIMIT 1), "
	    "case_people.case_id IS NULL FROM events "
	    "LEFT JOIN event_texts ON event = events.id "
	    "LEFT JOIN cases ON cases.id = events.case_id "
	    "LEFT JOIN case_people ON case_people.case_id = events.case_id "
	    "WHERE events.id > ? ORDER BY events.id LIMIT ?",
	[SQL_AUDIT_CASES] =
	    "SELECT id, number, state, (SELECT events.state FROM events "
	    "WHERE case_id = cases.id ORDER BY events.id DESC LIMIT 1) "
	    "FROM cases WHERE id > ? ORDER BY id LIMIT ?",
	[SQL_AUDIT_EVENT_MAX] = "SELECT max(id) FROM events",

	/* ---- staff ---- */

	[SQL_PIN_SET] =
	    "INSERT INTO staff_pins (staff, salt, hash, changed_at) "
	    "VALUES (?, ?, ?, ?) ON CONFLICT (staff) DO UPDATE SET "
	    "salt = excluded.salt, hash = excluded.hash, "
	    "changed_at = excluded.changed_at",
	[SQL_PIN_LOAD] = "SELECT salt, hash FROM staff_pins WHERE staff = ?",
	[SQL_PIN_WRONG] = "SELECT at FROM events WHERE reason = 'pin' "
			  "AND actor = ? AND at > ? "
			  "ORDER BY at DESC, id DESC LIMIT ?",
	/* The newest word about a time counts. */
	[SQL_ABSENCE_CLEAR] = "DELETE FROM absences WHERE staff = ? "
			      "AND from_at < ? AND to_at > ?",
	[SQL_ABSENCE_ADD] =
	    "INSERT INTO absences (staff, from_at, to_at, told_at) "
	    "VALUES (?, ?, ?, ?)",
	[SQL_ABSENCES] = "SELECT staff, from_at, to_at FROM absences "
			 "WHERE to_at > ? ORDER BY to_at",
	/* ---- bundles of notices (rules.md 5.33) ---- */

	[SQL_NOTICE_BEFORE] =
	    "SELECT created_at FROM outbox INDEXED BY outbox_notices "
	    "WHERE person = ? AND is_notice = 1 AND state <> 'bundled' "
	    "AND created_at > ? AND id < ? "
	    "ORDER BY created_at DESC LIMIT 1 OFFSET ?",
	[SQL_NOTICE_HOLD] =
	    "UPDATE outbox SET state = 'bundled', not_before = ?, "
	    "moved_at = ? WHERE id = ? AND state = 'queued'",
	[SQL_NOTICES_HELD] =
	    "SELECT id FROM outbox INDEXED BY outbox_held "
	    "WHERE state = 'bundled' AND bundle IS NULL AND person = ? "
	    "AND estate = ? ORDER BY id LIMIT ?",
	[SQL_NOTICE_JOIN] =
	    "UPDATE outbox SET bundle = ?, moved_at = ? "
	    "WHERE id = ? AND state = 'bundled' AND bundle IS NULL",
	[SQL_NOTICE_ALONE] =
	    "UPDATE outbox SET state = 'queued', "
	    "sender = coalesce(?, sender), moved_at = ? "
	    "WHERE id = ? AND state = 'bundled' AND bundle IS NULL",
	[SQL_NOTICES_ALONE] =
	    "UPDATE outbox SET state = 'queued', moved_at = ? "
	    "WHERE state = 'bundled' AND bundle IS NULL AND person = ? "
	    "AND estate = ?",
	[SQL_NOTICES_OF] =
	    "SELECT id FROM outbox WHERE bundle = ? ORDER BY id LIMIT ?",
	[SQL_BUNDLE_LOST] =
	    "UPDATE outbox SET state = 'queued', bundle = NULL "
	    "WHERE bundle = ? AND state = 'bundled'",
	[SQL_BUNDLE_WANT] =
	    "INSERT INTO bundles (person, estate, due) VALUES (?, ?, ?) "
	    "ON CONFLICT (person, estate) DO NOTHING",
	[SQL_BUNDLE_WAITS] =
	    "SELECT due FROM bundles WHERE person = ? AND estate = ?",
	[SQL_BUNDLE_DUE] = "SELECT person, estate FROM bundles WHERE due <= ? "
			   "ORDER BY due LIMIT 1",
	[SQL_BUNDLE_NEXT] = "SELECT min(due) FROM bundles",
	[SQL_BUNDLE_DROP] =
	    "DELETE FROM bundles WHERE person = ? AND estate = ?",

	[SQL_HANDOVER_SET] =
	    "INSERT INTO handovers (staff, due) VALUES (?, ?) "
	    "ON CONFLICT (staff) DO UPDATE SET due = excluded.due",
	[SQL_HANDOVER_WANT] =
	    "INSERT INTO handovers (staff, due) VALUES (?, ?) "
	    "ON CONFLICT (staff) DO UPDATE SET due = min(due, excluded.due)",
	[SQL_HANDOVER_STOP] = "DELETE FROM handovers WHERE staff = ?",
	[SQL_HANDOVER_DUE] = "SELECT staff FROM handovers WHERE due <= ? "
			     "ORDER BY due LIMIT 1",
	[SQL_HANDOVER_NEXT] = "SELECT min(due) FROM handovers",
	[SQL_HANDOVER_IS_SET] = "SELECT 1 FROM handovers WHERE staff = ?",
	[SQL_STAFF_NAMED] =
	    "SELECT first_responder FROM cases WHERE is_open = 1 "
	    "AND first_responder IS NOT NULL UNION "
	    "SELECT handler FROM cases WHERE is_open = 1 "
	    "AND handler IS NOT NULL LIMIT ?",

	/* ---- plans and who asked for them ---- */

	[SQL_PLAN_SAVE] = "INSERT OR REPLACE INTO plans (" PLAN_COLUMNS
			  ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[SQL_PLAN_MAX_ID] = "SELECT max(id) FROM plans",
	[SQL_PLANS_OPEN] = "SELECT " PLAN_COLUMNS " FROM plans WHERE estate = ? "
			   "AND done_at IS NULL ORDER BY due LIMIT ?",
	[SQL_PLANS_DONE] =
	    "SELECT " PLAN_COLUMNS " FROM plans WHERE estate = ? "
	    "AND done_at >= ? ORDER BY done_at LIMIT ?",
	[SQL_PLANS_FORGET] =
	    "UPDATE plans SET measure = NULL, outcome = NULL "
	    "WHERE measure IS NOT NULL AND done_at < ?",
	[SQL_PLAN_REQUEST_SAVE] =
	    "INSERT OR REPLACE INTO plan_requests (" PLAN_REQUEST_COLUMNS
	    ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[SQL_PLAN_REQUEST_MAX_ID] = "SELECT max(id) FROM plan_requests",
	[SQL_PLAN_REQUESTS] =
	    "SELECT " PLAN_REQUEST_COLUMNS " FROM plan_requests "
	    "WHERE estate = ? AND answered_at IS NULL ORDER BY due LIMIT ?",
	[SQL_EXCUSE_SAVE] =
	    "INSERT OR REPLACE INTO excuses (estate, meeting, staff, reason, "
	    "told_at) VALUES (?, ?, ?, ?, ?)",
	[SQL_EXCUSES] = "SELECT estate, meeting, staff, reason, told_at "
			"FROM excuses WHERE estate = ? AND meeting = ? "
			"ORDER BY staff LIMIT ?",
	[SQL_EXCUSES_FORGET] = "DELETE FROM excuses WHERE meeting < ?",

	/* ---- erasing (R43) ---- */

	[SQL_ERASE_PEOPLE] = "DELETE FROM case_people WHERE case_id = ?",
	[SQL_ERASE_EVENT_TEXTS] =
	    "DELETE FROM event_texts WHERE event IN "
	    "(SELECT id FROM events WHERE case_id = ?)",
	[SQL_ERASE_RATINGS] = "UPDATE ratings SET text = NULL WHERE case_id = ?",
	[SQL_ERASE_OUT_TEXTS] = "DELETE FROM outbox_texts WHERE out IN "
				"(SELECT id FROM outbox WHERE case_id = ?)",
	[SQL_ERASE_OUT] = "UPDATE outbox SET recipient = '', answer = NULL, "
			  "message_id = NULL WHERE case_id = ?",
	[SQL_ERASE_PARTS] = "DELETE FROM outbox_parts WHERE out IN "
			    "(SELECT id FROM outbox WHERE case_id = ?)",
	[SQL_ERASE_ATTEMPTS] = "UPDATE attempts SET answer = NULL WHERE out IN "
			       "(SELECT id FROM outbox WHERE case_id = ?)",
	[SQL_ERASE_INBOX_RAW] = "DELETE FROM inbox_raw WHERE inbox IN "
				"(SELECT id FROM inbox WHERE case_id = ?)",
	[SQL_ERASE_INBOX] = "UPDATE inbox SET sender = NULL, message_id = NULL, "
			    "words = NULL, reason = NULL WHERE case_id = ?",
	[SQL_ERASABLE] =
	    "SELECT id FROM cases WHERE closed_at < ? AND erased_at IS NULL "
	    "AND is_open = 0 ORDER BY closed_at LIMIT ?",
	[SQL_ERASE_CASE] = "UPDATE cases SET erased_at = ? WHERE id = ?",
	[SQL_FORGOTTEN_LOAD] = "SELECT id FROM forgotten WHERE list = ?",
	[SQL_FORGOTTEN_SAVE] =
	    "INSERT INTO forgotten (list, id) VALUES (?, ?) "
	    "ON CONFLICT (list) DO UPDATE SET id = excluded.id",
	/* Ids ascend with time, so what is old enough stands in front. */
	[SQL_FORGET_INBOX_LIST] =
	    "SELECT id, case_id IS NOT NULL FROM inbox "
	    "WHERE id > ? AND received_at < ? ORDER BY id LIMIT ?",
	[SQL_FORGET_INBOX] = "UPDATE inbox SET sender = NULL, "
			     "message_id = NULL, reason = NULL WHERE id = ?",
	[SQL_FORGET_OUTBOX_LIST] =
	    "SELECT id, case_id IS NOT NULL FROM outbox "
	    "WHERE id > ? AND created_at < ? ORDER BY id LIMIT ?",
	[SQL_FORGET_OUT_TEXT] = "DELETE FROM outbox_texts WHERE out = ?",
	[SQL_FORGET_PARTS] = "DELETE FROM outbox_parts WHERE out = ?",
	[SQL_FORGET_ATTEMPTS] = "UPDATE attempts SET answer = NULL WHERE out = ?",
	[SQL_FORGET_OUT] = "UPDATE outbox SET recipient = '', answer = NULL, "
			   "message_id = NULL WHERE id = ?",
	[SQL_FORGET_OWNERS] =
	    "UPDATE owners SET name = NULL, mail = NULL, phone = NULL "
	    "WHERE gone_at < ? AND (name IS NOT NULL OR mail IS NOT NULL "
	    "OR phone IS NOT NULL)",
};
