/*
 * snapshot - what the store knew when a decision was made.
 *
 * desk/snapshot loads it inside the transaction that will also keep the
 * effects, so nothing in it can be stale.
 */
#ifndef CORE_SNAPSHOT_H
#define CORE_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/brake.h"
#include "core/case.h"
#include "core/charge.h"
#include "core/config.h"
#include "core/directory.h"
#include "core/incident.h"
#include "core/limits.h"
#include "core/opinion.h"
#include "core/outgoing.h"
#include "core/pin.h"
#include "core/plan.h"
#include "core/round.h"
#include "core/roster.h"
#include "core/weekly.h"
#include "core/survey.h"
#include "core/home_visit.h"

/* How the message found its case, the surest first (rules.md 3.2). */
enum match_by {
	MATCH_NONE,
	MATCH_TOKEN,	  /* a valid reply token: answered is set */
	MATCH_REFERENCE,  /* references a Message-ID of the owner's or ours */
	MATCH_NUMBER,	  /* case number in the subject or text */
	MATCH_OPEN_PHONE, /* text of a number with a question open */
};

struct sender_view {
	const struct staff *staff; /* From is this person's, not yet trusted */
	struct pin pin;		   /* that the staff member set (#pin) */
	/* When they gave a wrong one by text, newest first. */
	int64_t wrong_pins[PIN_WRONG_SEEN];
	size_t wrong_pin_count;
	struct owner owner;	   /* id 0: not in the directory */
	struct owner resident;	   /* the same, of staff who live here too */
	bool is_participant;	   /* of the case that was found */
	struct automatic automatic;
	struct sms_had texts;
	int status_queries_hour; /* R42 */
	bool recent_text;  /* had a text of ours in the last 7 days */
	bool is_opted_out; /* the number that texts, known or not (R53) */
};

/* Whose matter a staff member brings: who wrote the mail that they forward,
 * or who told them what #new says. */
struct caller {
	struct owner owner; /* id 0: not in the directory */
	bool is_opted_out;  /* their number (R53) */
};

struct case_brief {
	case_id id;
	const char *number;
	enum case_state state;
	const char *category;
	struct place place;
	msec_t reply_due;
};

/* Whose turn it is to be asked (R35); when nobody waits, a new draw. */
struct survey_turn {
	const struct survey_guest {
		struct survey survey;
		struct owner owner;
		bool is_busy; /* since they were drawn */
	} *guests;
	size_t guest_count;
	int64_t waiting; /* they included */
	struct survey_draw draw;
};

struct look_up; /* core/effect.h */

struct snapshot {
	struct sender_view sender;
	struct caller caller; /* only of a staff message */
	bool has_case;
	enum match_by match;
	struct case_file the_case; /* the case that this is about */
	bool phone_opted_out;	   /* the number of that case's owner (R53) */
	bool mail_opted_out;	   /* their mailbox: of surveys only (5.7) */
	struct automatic automatic[CHANNEL_SMS + 1]; /* its owner's addresses */
	struct sms_had texts; /* the number of that case's owner */
	/* Of the estate's SMS channel today, and which caps have stopped
	 * something today: whoever minds that knows of it. */
	struct sms_spent spent;
	bool cap_is_told[CAP_COUNT];
	/* The mail or text of ours that is answered, reported on or bounced;
	 * id 0: none. */
	struct outgoing answered;
	struct out_status answered_status;
	/* The case's owner named their flat themselves, and nobody has
	 * confirmed it (rules.md 5.39). */
	bool owner_is_unconfirmed;
	/* Of a staff message: the token is of a mail that is too old (5.12),
	 * and what the case was called before it was merged. */
	bool token_has_expired;
	const char *found_as;
	/* The number of another case in its subject, or NULL. */
	const char *other_number;
	/* What the answered mail asked about ("was that you?") has been
	 * carried out already. */
	bool cause_is_vouched;
	/* A number or token was given that names no case of this sender. */
	bool named_case_refused;
	/* A staff member answers a mail of ours that is about no case
	 * (REPLY_DIGEST, REPLY_BUNDLE): what is known of each case that they name, in the
	 * order of commands_sections(); without has_case: there is none. */
	const struct snapshot *named;
	size_t named_count;
	/* Of a staff text without a number: cases whose alert went to them a
	 * moment ago and that nobody has taken (rules.md 4.4). */
	struct case_brief alerts[LIMIT_ALERTS_SEEN];
	size_t alert_count;
	/* The case is the emergency that rings at their phone, or that they took
	 * a moment ago; the text is no order and names no other place. */
	bool follows_alarm;
	/* The cases of the short serial in a staff text, when none is sure. */
	const struct case_file *namesakes;
	size_t namesake_count;
	/* Open cases of the sender, newest first. */
	struct case_brief open_cases[5];
	size_t open_case_count;
	/* Of the number that texts, in all estates: who opts out does so of
	 * all (R53). */
	struct case_brief open_anywhere[5];
	size_t open_anywhere_count;
	/* When none is open: the case whose outcome this number was given
	 * lately; id 0: none. */
	struct case_brief answered_case;
	/* Case whose rating was asked of this sender in the last 7 days. */
	case_id pending_rating;
	/* Case about which we have a question open with this sender (48 h). */
	case_id open_question;
	/* Outcome texts, last staff note and the like, newest last. */
	struct snapshot_event {
		msec_t at;
		const char *name;
		const char *actor;
		int level;
		const char *text; /* NULL also when it was erased */
		enum case_state state;
		const char *reason;
	} *events; /* of the_case; only for timers and staff, NULL otherwise */
	size_t event_count;
	/* What staff last wrote to the_case's owner, newest first; of a staff
	 * message or a report only. */
	struct sent_view {
		out_id id;
		const char *template_name;
		enum channel channel;
		msec_t created_at, not_before, accepted_at;
		enum out_state state;
		int attempts;
	} sent[LIMIT_SENT_SEEN];
	size_t sent_count;
	/* The raw mail's parts that belong to the_case's first message. */
	const struct passed_part *case_parts;
	size_t case_part_count;

	/* The inbox row in which this sender said the same by text a moment
	 * ago (rules.repeat_minutes); 0: none. */
	int64_t twin;
	/* The incident of the_case.  Its words are those that this case has not
	 * been given yet, its cases (for staff only) all that are open. */
	struct incident_view incident;
	/* What the decision asked for (struct look_up): cases of that category
	 * and place, or the case of that number; and the incident that takes
	 * such cases, with its newest words. */
	const struct look_up *looked; /* NULL: nothing was asked */
	struct incident_view near;
	bool has_other;
	struct case_file other;

	/* What the estate's cases are, for a round. */
	struct round_view round;
	struct weekly_views weekly;
	struct charge_view charge;
	struct survey_turn survey_turn;
	/* Whom a round of home visits may propose (R36). */
	const struct home_visit *home_visits;
	size_t home_visit_count;
	int64_t next_home_visit;
	/* The home visit that staff name, or that this sender was asked
	 * about. */
	struct home_visit home_visit;
	/* What this sender was asked in a survey and has not answered. */
	struct survey survey;
	/* One for each department; for the same weeks. */
	const struct opinions *opinions;
	size_t opinion_count;
	/* Leaves that are not over. */
	struct absences absences;
	/* Open cases of the staff member that an INPUT_HANDOVER is about. */
	const struct case_brief *staff_cases;
	size_t staff_case_count;

	/* Notices that an INPUT_BUNDLE is about, the oldest first, each with
	 * its case as it is now. */
	const struct held_notice {
		struct outgoing out;
		struct case_file the_case;
	} *notices;
	size_t notice_count;

	/* What is open, for answers to mails about no case and for the round of
	 * plans. */
	struct plan_view plans;
	/* Of the meeting that a round is about. */
	const struct excuse *excuses;
	size_t excuse_count;

	/* Counters; the decision takes from them and the store checks. */
	incident_id next_incident;
	case_id next_case;
	out_id next_out;
	int64_t next_plan, next_plan_request;
	int next_serial; /* of the day of the estate (rules.md 5.36) */
};

/* The message answers, by its token, a mail of ours of that kind. */
bool snapshot_answers(const struct snapshot *snapshot, enum reply_kind kind);
/* A mail that is about no case, or about several: its reply names them. */
bool snapshot_answers_list(const struct snapshot *snapshot);
/* Of a case as it is now; it points into `file'. */
struct case_brief case_brief_of(const struct case_file *file);

#endif
