-- Everything that must survive. Instants are milliseconds since 1970 in UTC, NULL where there is none;
-- words are the codes of core/vocabulary.h and its neighbours. docs/STATES.md tells the lives of the rows.
-- (Chains of OR, because a CHECK with a longer IN list builds a table of the list on every insert.)
PRAGMA application_id = 1397249367; -- "SHUW"

-- What came in. Metadata here, the raw bytes in inbox_raw, so that looking through the ledger reads no mail.
CREATE TABLE inbox (
	id INTEGER PRIMARY KEY,
	channel TEXT NOT NULL CHECK (channel IN ('mail', 'sms')),
	source TEXT NOT NULL,
	estate TEXT NOT NULL,
	key TEXT NOT NULL,
	digest BLOB CHECK (digest IS NULL OR length(digest) = 32),
	words BLOB CHECK (words IS NULL OR length(words) = 32), -- of a text: who said what
	received_at INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state = 'received' OR state = 'done' OR state = 'binned' OR state = 'unreadable'),
	bin TEXT,
	reason TEXT,
	case_id INTEGER REFERENCES cases,
	twin INTEGER REFERENCES inbox, -- the row that holds the same message, or once was taken for it
	raw_len INTEGER NOT NULL,
	reads INTEGER NOT NULL DEFAULT 0,
	uidvalidity INTEGER NOT NULL,
	uid INTEGER NOT NULL,
	is_settled INTEGER NOT NULL CHECK (is_settled IN (0, 1)),
	is_old INTEGER NOT NULL DEFAULT 0 CHECK (is_old IN (0, 1)), -- lay there before the first connect
	message_id TEXT,
	sender TEXT,
	vouched_by TEXT, -- the staff member who has said that it is theirs
	UNIQUE (source, key),
	CHECK ((state = 'binned') <= (bin IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX inbox_digest ON inbox (digest, estate) WHERE digest IS NOT NULL;
CREATE INDEX inbox_words ON inbox (words, received_at) WHERE words IS NOT NULL;
CREATE INDEX inbox_received ON inbox (id) WHERE state = 'received';
CREATE INDEX inbox_unsettled ON inbox (source, uidvalidity, uid) WHERE is_settled = 0;
CREATE INDEX inbox_message_id ON inbox (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX inbox_case ON inbox (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX inbox_binned ON inbox (estate, received_at, bin) WHERE bin IS NOT NULL;
CREATE INDEX inbox_bin ON inbox (bin) WHERE bin IS NOT NULL;

CREATE TABLE inbox_raw (
	inbox INTEGER PRIMARY KEY REFERENCES inbox,
	raw BLOB NOT NULL
) STRICT;

-- A case without what tells who its owner is: this stays when case_people is erased (R43).
CREATE TABLE cases (
	id INTEGER PRIMARY KEY,
	number TEXT NOT NULL UNIQUE,
	estate TEXT NOT NULL,
	received_at INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state = 'new' OR state = 'acknowledged' OR state = 'assigned' OR state = 'in_progress'
	    OR state = 'waiting_owner' OR state = 'waiting_third_party' OR state = 'resolved' OR state = 'fed_back'
	    OR state = 'closed' OR state = 'reopened' OR state = 'merged' OR state = 'withdrawn' OR state = 'spam'
	    OR state = 'out_of_scope'),
	is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
	kind TEXT NOT NULL,
	category TEXT,
	severity TEXT CHECK (severity = 'minor' OR severity = 'normal' OR severity = 'major' OR severity = 'emergency'),
	agitated INTEGER NOT NULL,
	hostile INTEGER NOT NULL,
	owner INTEGER REFERENCES owners,
	channel TEXT NOT NULL CHECK (channel IN ('mail', 'sms')),
	language TEXT NOT NULL,
	building TEXT,
	unit TEXT,
	floor TEXT,
	area TEXT,
	first_responder TEXT,
	handler TEXT,
	department TEXT,
	subjects TEXT,
	level INTEGER NOT NULL,
	transfers INTEGER NOT NULL,
	reopened INTEGER NOT NULL,
	after_reports INTEGER NOT NULL,
	acknowledged_at INTEGER,
	taken_at INTEGER,
	first_reply_at INTEGER,
	resolved_at INTEGER,
	fed_back_at INTEGER,
	closed_at INTEGER,
	take_due INTEGER,
	dispatch_due INTEGER,
	reply_due INTEGER,
	outcome_due INTEGER,
	promise_due INTEGER,
	promise_told_at INTEGER,
	news_due INTEGER,
	last_news_at INTEGER,
	outcome_out INTEGER,
	erased_at INTEGER, -- what told of people is gone (R43)
	rating INTEGER CHECK (rating BETWEEN 1 AND 5),
	visit TEXT NOT NULL CHECK (visit = 'none' OR visit = 'ask' OR visit = 'call' OR visit = 'answered' OR visit = 'unreached'),
	visit_tried_at INTEGER,
	visit_overdue_at INTEGER, -- nobody made the call, and a level above was told
	incident INTEGER, -- of incidents; its row may come later in the transaction
	incident_told INTEGER, -- of incident_words: the last that its owner was given
	merged_into INTEGER REFERENCES cases
) STRICT;
CREATE INDEX cases_open ON cases (id) WHERE is_open = 1;
CREATE INDEX cases_received ON cases (estate, received_at);
CREATE INDEX cases_fed_back ON cases (estate, fed_back_at) WHERE fed_back_at IS NOT NULL;
-- Whose neighbours have the same trouble: open cases only, so that it does not grow with history.
CREATE INDEX cases_near_building ON cases (estate, category, building, received_at)
	WHERE is_open = 1 AND building IS NOT NULL;
CREATE INDEX cases_near_area ON cases (estate, category, area, received_at)
	WHERE is_open = 1 AND building IS NULL AND area IS NOT NULL;
CREATE INDEX cases_incident ON cases (incident) WHERE incident IS NOT NULL;
CREATE INDEX cases_reply_due ON cases (estate, reply_due) WHERE reply_due IS NOT NULL;
CREATE INDEX cases_outcome_due ON cases (estate, outcome_due) WHERE outcome_due IS NOT NULL;
CREATE INDEX cases_owner ON cases (owner, received_at) WHERE owner IS NOT NULL;
CREATE INDEX cases_unheard ON cases (id) WHERE state = 'resolved' OR after_reports > 0;
CREATE INDEX cases_visit_overdue ON cases (estate) WHERE visit_overdue_at IS NOT NULL;
CREATE INDEX cases_low ON cases (estate, received_at) WHERE rating <= 2;
CREATE INDEX cases_kept ON cases (closed_at) WHERE closed_at IS NOT NULL AND erased_at IS NULL;

-- One fault that several households report (rules.md 2.2). `number' is that of its first case.
CREATE TABLE incidents (
	id INTEGER PRIMARY KEY,
	number TEXT NOT NULL,
	estate TEXT NOT NULL,
	category TEXT NOT NULL,
	building TEXT,
	area TEXT,
	is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
	is_raised INTEGER NOT NULL CHECK (is_raised IN (0, 1)),
	is_taken INTEGER NOT NULL CHECK (is_taken IN (0, 1)),
	handler TEXT,
	department TEXT,
	opened_at INTEGER NOT NULL
) STRICT;

CREATE INDEX incidents_opened ON incidents (estate, opened_at);
CREATE INDEX incidents_open ON incidents (estate) WHERE is_open = 1;

-- What was written to all its owners. Each open case gives it to its own owner; a word is taken out by #undo only,
-- before it goes to anybody.
CREATE TABLE incident_words (
	id INTEGER PRIMARY KEY,
	incident INTEGER NOT NULL REFERENCES incidents,
	kind TEXT NOT NULL CHECK (kind = 'reply' OR kind = 'outcome'),
	author TEXT NOT NULL,
	text TEXT NOT NULL,
	at INTEGER NOT NULL,
	goes_at INTEGER NOT NULL,
	promise_at INTEGER,
	waits_for INTEGER -- of outbox, as there
) STRICT;
CREATE INDEX incident_words_waits ON incident_words (waits_for) WHERE waits_for IS NOT NULL;
CREATE INDEX incident_words_of ON incident_words (incident);

CREATE TABLE incident_parts (
	word INTEGER NOT NULL REFERENCES incident_words ON DELETE CASCADE,
	place INTEGER NOT NULL,
	inbox INTEGER NOT NULL REFERENCES inbox,
	start INTEGER NOT NULL,
	length INTEGER NOT NULL,
	PRIMARY KEY (word, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_people (
	case_id INTEGER PRIMARY KEY REFERENCES cases,
	is_open INTEGER NOT NULL,
	mail TEXT,
	phone TEXT,
	owner_name TEXT,
	room TEXT,
	subject TEXT,
	text TEXT,
	outcome TEXT,
	owner_thread TEXT,
	owner_last TEXT
) STRICT;
CREATE INDEX case_people_mail ON case_people (mail) WHERE is_open = 1 AND mail IS NOT NULL;
CREATE INDEX case_people_phone ON case_people (phone) WHERE is_open = 1 AND phone IS NOT NULL;

-- A case's story, append-only. Each row's chain covers the row before it and the digest of its own text, so that
-- a change shows; the text and its salt can be erased without breaking the chain.
CREATE TABLE events (
	id INTEGER PRIMARY KEY,
	case_id INTEGER NOT NULL REFERENCES cases,
	at INTEGER NOT NULL,
	name TEXT NOT NULL,
	state TEXT NOT NULL,
	actor TEXT,
	level INTEGER NOT NULL,
	reason TEXT,
	inbox INTEGER REFERENCES inbox,
	out INTEGER,
	text_digest BLOB,
	chain BLOB NOT NULL
) STRICT;
CREATE INDEX events_case ON events (case_id);
CREATE INDEX events_pin ON events (actor, at) WHERE reason = 'pin'; -- wrong PINs by text
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN
	SELECT RAISE(ABORT, 'events are append-only');
END;
CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN
	SELECT RAISE(ABORT, 'events are append-only');
END;

CREATE TABLE event_texts (
	event INTEGER PRIMARY KEY REFERENCES events,
	salt BLOB NOT NULL,
	text TEXT NOT NULL
) STRICT;

CREATE TABLE ratings (
	id INTEGER PRIMARY KEY,
	case_id INTEGER NOT NULL REFERENCES cases,
	at INTEGER NOT NULL,
	score INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5),
	text TEXT
) STRICT;
CREATE INDEX ratings_case ON ratings (case_id, at);
CREATE INDEX ratings_at ON ratings (at);

CREATE TABLE timers (
	case_id INTEGER NOT NULL REFERENCES cases,
	kind TEXT NOT NULL,
	step INTEGER NOT NULL,
	due INTEGER NOT NULL,
	PRIMARY KEY (case_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX timers_due ON timers (due);

-- What an estate looks after by the clock (core/round.h): one row a kind.
CREATE TABLE rounds (
	estate TEXT NOT NULL,
	kind TEXT NOT NULL,
	since INTEGER NOT NULL,
	due INTEGER NOT NULL,
	PRIMARY KEY (estate, kind)
) STRICT, WITHOUT ROWID;

-- A sample of the households (R35): whoever has its seed can draw it again.
CREATE TABLE survey_draws (
	id INTEGER PRIMARY KEY,
	estate TEXT NOT NULL,
	at INTEGER NOT NULL,
	scope TEXT NOT NULL,
	seed TEXT NOT NULL,
	households INTEGER NOT NULL,
	drawn INTEGER NOT NULL
) STRICT;

-- One person of each household that was drawn, and what they answered.
CREATE TABLE surveys (
	id INTEGER PRIMARY KEY,
	draw INTEGER NOT NULL REFERENCES survey_draws,
	owner INTEGER NOT NULL REFERENCES owners,
	estate TEXT NOT NULL,
	asked_at INTEGER, -- NULL: it waits for its turn
	address TEXT,
	asked_again INTEGER NOT NULL DEFAULT 0,
	answered_at INTEGER,
	channel TEXT CHECK (channel IS NULL OR channel = 'mail' OR channel = 'sms'),
	score INTEGER CHECK (score BETWEEN 1 AND 5),
	text TEXT,
	case_id INTEGER REFERENCES cases -- that the answer opened
) STRICT;
CREATE INDEX surveys_waiting ON surveys (estate, id) WHERE asked_at IS NULL;
CREATE INDEX surveys_asked ON surveys (address, asked_at) WHERE address IS NOT NULL;
CREATE INDEX surveys_in ON surveys (estate, asked_at) WHERE asked_at IS NOT NULL;
CREATE INDEX surveys_kept ON surveys (asked_at) WHERE address IS NOT NULL OR text IS NOT NULL;

-- Measures that somebody is to take by a day (R29, R33); people write P3 for the third.
CREATE TABLE plans (
	id INTEGER PRIMARY KEY,
	estate TEXT NOT NULL,
	source TEXT NOT NULL CHECK (source IN ('meeting', 'opinions')),
	department TEXT,
	measure TEXT, -- NULL once it was erased (R43)
	responsible TEXT NOT NULL,
	made_by TEXT NOT NULL,
	made_at INTEGER NOT NULL,
	due INTEGER NOT NULL,
	alarm INTEGER,
	done_at INTEGER,
	done_by TEXT,
	outcome TEXT
) STRICT;
CREATE INDEX plans_open ON plans (estate, due) WHERE done_at IS NULL;
CREATE INDEX plans_done ON plans (estate, done_at) WHERE done_at IS NOT NULL;
CREATE INDEX plans_kept ON plans (done_at) WHERE measure IS NOT NULL AND done_at IS NOT NULL;

-- Departments that were asked what they will do about the opinions of [from_at, to_at) (R28, R29).
CREATE TABLE plan_requests (
	id INTEGER PRIMARY KEY,
	estate TEXT NOT NULL,
	department TEXT NOT NULL,
	asked TEXT NOT NULL,
	from_at INTEGER NOT NULL,
	to_at INTEGER NOT NULL,
	opinions INTEGER NOT NULL,
	asked_at INTEGER NOT NULL,
	due INTEGER NOT NULL,
	step INTEGER NOT NULL,
	alarm INTEGER,
	answered_at INTEGER,
	UNIQUE (estate, department, to_at)
) STRICT;
CREATE INDEX plan_requests_open ON plan_requests (estate, due) WHERE answered_at IS NULL;

-- Who does not come to a meeting (R32).
CREATE TABLE excuses (
	estate TEXT NOT NULL,
	meeting INTEGER NOT NULL,
	staff TEXT NOT NULL,
	reason TEXT,
	told_at INTEGER NOT NULL,
	PRIMARY KEY (estate, meeting, staff)
) STRICT, WITHOUT ROWID;
CREATE INDEX excuses_meeting ON excuses (meeting);

-- Calls at an owner's door (R36). V12 in mails to staff is row 12.
CREATE TABLE home_visits (
	id INTEGER PRIMARY KEY,
	estate TEXT NOT NULL,
	owner INTEGER NOT NULL REFERENCES owners,
	year INTEGER NOT NULL, -- of the estate's calendar
	reason TEXT NOT NULL CHECK (reason = 'low_rating' OR reason = 'repeated' OR reason = 'elderly' OR reason = 'never'),
	proposed_at INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state = 'proposed' OR state = 'answered' OR state = 'done' OR state = 'declined'),
	moved_at INTEGER,
	staff TEXT,
	score INTEGER CHECK (score BETWEEN 1 AND 5),
	text TEXT
) STRICT;
CREATE INDEX home_visits_owner ON home_visits (owner, proposed_at);
CREATE INDEX home_visits_in ON home_visits (estate, proposed_at);
CREATE INDEX home_visits_kept ON home_visits (proposed_at) WHERE text IS NOT NULL;
CREATE TRIGGER home_visits_twice BEFORE INSERT ON home_visits
WHEN (SELECT count(*) FROM home_visits WHERE owner = NEW.owner AND year = NEW.year AND state <> 'declined') >= 2 BEGIN
	SELECT RAISE(ABORT, 'a third home visit in a year');
END;

-- What must leave. Metadata here, the words in outbox_texts.
CREATE TABLE outbox (
	id INTEGER PRIMARY KEY,
	case_id INTEGER REFERENCES cases,
	estate TEXT NOT NULL,
	channel TEXT NOT NULL CHECK (channel IN ('mail', 'sms')),
	role TEXT NOT NULL,
	person TEXT,
	recipient TEXT NOT NULL,
	template TEXT NOT NULL,
	language TEXT NOT NULL,
	message_id TEXT,
	null_sender INTEGER NOT NULL,
	sender TEXT NOT NULL,
	reply_kind TEXT NOT NULL,
	is_automatic INTEGER NOT NULL,
	is_urgent INTEGER NOT NULL,
	is_outcome INTEGER NOT NULL,
	is_notice INTEGER NOT NULL DEFAULT 0, -- to staff; more of them than a setting allows are bundled (rules.md 5.33)
	created_at INTEGER NOT NULL,
	not_before INTEGER NOT NULL,
	cause INTEGER REFERENCES inbox,
	waits_for INTEGER, -- held for #undo: its author's confirmation, whose row comes later in the transaction
	state TEXT NOT NULL CHECK (state = 'queued' OR state = 'sending' OR state = 'accepted' OR state = 'sent'
	    OR state = 'delivered' OR state = 'unknown' OR state = 'expired' OR state = 'failed' OR state = 'cancelled'
	    OR state = 'bundled'),
	attempts INTEGER NOT NULL DEFAULT 0,
	attempt INTEGER, -- the last one's row
	accepted_at INTEGER, -- or the instant at which its fate became unknown
	moved_at INTEGER,
	report_due INTEGER, -- of a text: without a report by then it goes another way, or once more
	answer TEXT,
	bundle INTEGER REFERENCES outbox, -- of what is `bundled': the mail that it went in; NULL: it waits
	CHECK (bundle IS NULL OR state = 'bundled')
) STRICT;
CREATE INDEX outbox_due ON outbox (sender, is_urgent, not_before) WHERE state = 'queued';
CREATE INDEX outbox_old ON outbox (sender, is_urgent, created_at) WHERE state = 'queued' AND channel = 'sms';
CREATE INDEX outbox_flying ON outbox (state) WHERE state = 'sending' OR state = 'unknown';
CREATE INDEX outbox_silent ON outbox (report_due) WHERE report_due IS NOT NULL;
CREATE INDEX outbox_waits ON outbox (waits_for) WHERE waits_for IS NOT NULL AND state = 'queued';
CREATE INDEX outbox_case ON outbox (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX outbox_recipient ON outbox (recipient, created_at);
CREATE INDEX outbox_notices ON outbox (person, created_at) WHERE is_notice = 1 AND state <> 'bundled';
CREATE INDEX outbox_held ON outbox (person, estate) WHERE state = 'bundled' AND bundle IS NULL;
CREATE INDEX outbox_bundle ON outbox (bundle) WHERE bundle IS NOT NULL;
CREATE INDEX outbox_lost ON outbox (estate, channel, moved_at) WHERE state = 'failed' OR state = 'expired';

CREATE TABLE outbox_texts (
	out INTEGER PRIMARY KEY REFERENCES outbox,
	to_name TEXT,
	subject TEXT,
	text TEXT,
	layout TEXT, -- one letter a line of the text: its form in the HTML
	in_reply_to TEXT,
	thread_refs TEXT,
	reply_to TEXT,
	params TEXT, -- of a template that the gateway keeps, JSON
	same_as INTEGER REFERENCES outbox, -- an earlier message of the case, whose text and layout these are as well
	CHECK ((text IS NULL) = (same_as IS NOT NULL))
) STRICT;

CREATE TABLE outbox_parts (
	out INTEGER NOT NULL REFERENCES outbox,
	place INTEGER NOT NULL,
	inbox INTEGER NOT NULL REFERENCES inbox,
	start INTEGER NOT NULL,
	length INTEGER NOT NULL,
	PRIMARY KEY (out, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (
	id INTEGER PRIMARY KEY,
	out INTEGER NOT NULL REFERENCES outbox,
	started_at INTEGER NOT NULL,
	ended_at INTEGER,
	result TEXT,
	code INTEGER NOT NULL DEFAULT 0,
	provider_id TEXT, -- what the gateway calls it
	answer TEXT
) STRICT;
CREATE INDEX attempts_out ON attempts (out);
CREATE INDEX attempts_provider ON attempts (provider_id) WHERE provider_id IS NOT NULL;

-- Reports about a message that no attempt is known to have made: the gateway's answer with its id may still be on its way.
CREATE TABLE early_reports (
	id INTEGER PRIMARY KEY,
	source TEXT NOT NULL,
	provider_id TEXT NOT NULL,
	state TEXT NOT NULL,
	answer TEXT,
	is_optout INTEGER NOT NULL CHECK (is_optout IN (0, 1)), -- it says that they want no texts
	at INTEGER NOT NULL,
	UNIQUE (source, provider_id, state)
) STRICT;

CREATE TABLE owners (
	id INTEGER PRIMARY KEY,
	estate TEXT NOT NULL,
	name TEXT,
	building TEXT,
	unit TEXT,
	floor TEXT,
	room TEXT,
	area TEXT,
	mail TEXT,
	phone TEXT,
	language TEXT NOT NULL,
	is_tenant INTEGER NOT NULL,
	is_elderly INTEGER NOT NULL,
	is_confirmed INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	import INTEGER REFERENCES imports, -- the last one that had them
	gone_at INTEGER
) STRICT;
CREATE INDEX owners_mail ON owners (mail, estate) WHERE mail IS NOT NULL;
CREATE INDEX owners_phone ON owners (phone, estate) WHERE phone IS NOT NULL;
CREATE INDEX owners_gone ON owners (gone_at) WHERE gone_at IS NOT NULL;
CREATE INDEX owners_elderly ON owners (estate) WHERE is_elderly = 1;
CREATE INDEX owners_home ON owners (estate, building, room, unit);

CREATE TABLE imports (
	id INTEGER PRIMARY KEY,
	estate TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT;

-- PINs that staff set themselves; they stand over those of the settings.
CREATE TABLE staff_pins (
	staff TEXT NOT NULL PRIMARY KEY,
	salt BLOB NOT NULL CHECK (length(salt) = 16),
	hash BLOB NOT NULL CHECK (length(hash) = 32),
	changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When staff are away, as they told the desk.
CREATE TABLE absences (
	staff TEXT NOT NULL,
	from_at INTEGER NOT NULL,
	to_at INTEGER NOT NULL CHECK (to_at > from_at),
	told_at INTEGER NOT NULL,
	PRIMARY KEY (staff, from_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX absences_to ON absences (to_at);

-- Whose notices wait to be bundled, and until when.
CREATE TABLE bundles (
	person TEXT NOT NULL,
	estate TEXT NOT NULL,
	due INTEGER NOT NULL,
	PRIMARY KEY (person, estate)
) STRICT, WITHOUT ROWID;
CREATE INDEX bundles_due ON bundles (due);

-- Whose open cases a supervisor is told of, and when next.
CREATE TABLE handovers (
	staff TEXT NOT NULL PRIMARY KEY,
	due INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX handovers_due ON handovers (due);

-- The last word about texts to a number, or surveys to a mailbox, known or not
-- (R53): when, and the message that said it, or the one of ours that the
-- gateway would not send for that reason.
CREATE TABLE opt_outs (
	address TEXT NOT NULL PRIMARY KEY,
	channel TEXT NOT NULL CHECK (channel IN ('mail', 'sms')),
	account TEXT, -- mailbox or gateway that it came by
	is_out INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	inbox INTEGER REFERENCES inbox,
	refused INTEGER REFERENCES outbox
) STRICT, WITHOUT ROWID;

CREATE TABLE channels (
	name TEXT NOT NULL PRIMARY KEY,
	is_down INTEGER NOT NULL,
	reason TEXT,
	changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When it was: a row for each time that a channel was down; to_at NULL: still.
CREATE TABLE outages (
	id INTEGER PRIMARY KEY,
	channel TEXT NOT NULL,
	from_at INTEGER NOT NULL,
	to_at INTEGER
) STRICT;
CREATE INDEX outages_to ON outages (to_at);

-- Messages that a brake (rules.md 5.19) or a cap held back, and texts of an
-- emergency that went in spite of one.
CREATE TABLE braked (
	id INTEGER PRIMARY KEY,
	estate TEXT NOT NULL,
	at INTEGER NOT NULL,
	template TEXT NOT NULL,
	cap TEXT NOT NULL CHECK (cap IN ('brake', 'number', 'case', 'texts', 'cost')),
	case_id INTEGER REFERENCES cases,
	went INTEGER NOT NULL
) STRICT;
CREATE INDEX braked_at ON braked (estate, at);
CREATE INDEX braked_cap ON braked (estate, cap, case_id, at);

-- What each SMS channel was given to send, by quarters of an hour: every zone's
-- midnight is the start of one.
CREATE TABLE sms_spent (
	channel TEXT NOT NULL,
	quarter INTEGER NOT NULL,
	texts INTEGER NOT NULL,
	parts INTEGER NOT NULL,
	PRIMARY KEY (channel, quarter)
) STRICT, WITHOUT ROWID;

CREATE TABLE cursors (
	source TEXT NOT NULL PRIMARY KEY,
	uidvalidity INTEGER NOT NULL,
	uid INTEGER NOT NULL,
	first_uidvalidity INTEGER NOT NULL, -- as it was at the first connect
	first_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE poll_cursors (
	source TEXT NOT NULL PRIMARY KEY,
	form TEXT NOT NULL, -- how was asked: the cursor means nothing to another way of asking
	cursor TEXT NOT NULL,
	since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a gateway hands out once, as it came, until it is decided.
CREATE TABLE poll_answers (
	id INTEGER PRIMARY KEY,
	source TEXT NOT NULL,
	estate TEXT NOT NULL,
	is_report INTEGER NOT NULL CHECK (is_report IN (0, 1)),
	form TEXT NOT NULL,
	cursor TEXT NOT NULL,
	raw BLOB NOT NULL
) STRICT;

-- Parts of long texts that wait for the others; each is in the inbox.
CREATE TABLE sms_parts (
	inbox INTEGER PRIMARY KEY REFERENCES inbox,
	source TEXT NOT NULL,
	sender TEXT NOT NULL,
	recipient TEXT NOT NULL,
	ref INTEGER NOT NULL,
	count INTEGER NOT NULL,
	number INTEGER NOT NULL,
	text TEXT NOT NULL,
	due INTEGER NOT NULL,
	UNIQUE (source, sender, recipient, ref, count, number)
) STRICT;
CREATE INDEX sms_parts_due ON sms_parts (due);

-- How far forgetting has walked through the messages of no case (R43).
CREATE TABLE forgotten (
	list TEXT NOT NULL PRIMARY KEY CHECK (list IN ('inbox', 'outbox')),
	id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The days that have cases, and the last serial of each (rules.md 5.36).
CREATE TABLE serials (
	day TEXT NOT NULL PRIMARY KEY,
	last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE access_log (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	who TEXT NOT NULL,
	what TEXT NOT NULL
) STRICT;

PRAGMA user_version = 1;
