/*
 * effect - what a decision asks for, as data.
 *
 * A handler cannot send or store; it can only ask.  All effects of one
 * decision are applied in one transaction, in order, or none is.
 */
#ifndef CORE_EFFECT_H
#define CORE_EFFECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/brake.h"
#include "core/case.h"
#include "core/directory.h"
#include "core/incident.h"
#include "core/input.h"
#include "core/outgoing.h"
#include "core/pin.h"
#include "core/plan.h"
#include "core/roster.h"
#include "core/survey.h"
#include "core/home_visit.h"
#include "lib/units.h"

struct arena;
struct understanding;

enum effect_kind {
	EFFECT_CASE,	     /* insert, or overwrite, the whole case */
	EFFECT_EVENT,	     /* append to the case's story */
	EFFECT_SEND,	     /* queue an outgoing message */
	EFFECT_TIMER_SET,    /* set or move the timer of that kind */
	EFFECT_TIMER_CANCEL, /* no harm when there is none */
	EFFECT_ATTACH,	     /* this inbox row belongs to that case */
	EFFECT_VOUCH, /* a message from elsewhere is theirs: decide it again */
	EFFECT_BIN,	     /* this inbox row ends in a named bin */
	EFFECT_OUT_STATE,    /* an outgoing row moved on */
	EFFECT_BRAKED,	     /* an automatic message was held back */
	EFFECT_OPT,	     /* opt-out or opt-in of a number */
	EFFECT_CONTACT,	     /* bind an unknown sender to a flat (5.39) */
	EFFECT_RATING,
	EFFECT_ROUND_SET,    /* the next round of that kind */
	EFFECT_RELEASE, /* what waits for this confirmation leaves then (#undo) */
	EFFECT_INCIDENT,     /* insert, or overwrite, the whole incident */
	EFFECT_JOIN,	     /* another case belongs to it from now on */
	EFFECT_WORD,	     /* to all its owners; gets its id in the store */
	EFFECT_WORD_UNDO,    /* before it has gone to anybody (#undo) */
	EFFECT_INCIDENT_RING, /* the incident timer of all its open cases */
	EFFECT_LEAVE,	     /* a staff member is away (R18) */
	EFFECT_PIN,	     /* their own PIN; the raw message is forgotten */
	EFFECT_CONFIRM,	     /* a contact is who they say (5.39) */
	EFFECT_SURVEY_DRAW,  /* households to be asked (R35) */
	EFFECT_SURVEY_NEWS,  /* one was asked, or has answered */
	EFFECT_PLAN,	     /* insert, or overwrite, the whole plan */
	EFFECT_PLAN_REQUEST, /* the same */
	EFFECT_EXCUSE,	     /* somebody does not come to a meeting (R32) */
	EFFECT_HOME_VISIT,   /* one is proposed (R36) */
	EFFECT_HOME_VISIT_NEWS, /* and what came of it */
	EFFECT_NOTICE, /* one that waited goes in that mail, or by itself */
};

/* A step of a case's story (architecture.md 6): name is one of created,
 * acknowledged, taken, assigned, reminded, escalated, resolved, fed_back,
 * rated, closed, reopened, refused, noted, replied, followup, hot, joined,
 * merged, ... */
struct event {
	case_id case_id;
	const char *name;
	enum case_state state; /* of the case after this step */
	const char *actor;  /* staff id, "owner", "desk" */
	int level;	    /* of escalated; 0 otherwise */
	const char *reason; /* no personal data */
	const char *text;   /* personal: kept apart, can be erased (R43) */
	out_id out;	    /* message that went out with it, or 0 */
};

struct effect {
	enum effect_kind kind;
	union {
		struct case_file the_case;
		struct event event;
		struct outgoing send;
		struct timer timer;
		struct round round;
		case_id attach;
		struct {
			int64_t inbox;
			const char *staff;
		} vouch;
		struct {
			const char *bin; /* spam, auto, bounce, unclear, ... */
			const char *reason;
			int64_t twin; /* duplicate: of this row; else 0 */
		} bin;
		struct {
			out_id out;
			enum out_state state;
			msec_t report_due; /* core/silence.h; 0: none */
			const char *reason;
		} out_state;
		struct {
			const char *estate;
			const char *template_name;
			enum cap cap;
			case_id case_id; /* of a number's or a case's */
			bool went; /* in spite of it: an emergency */
		} braked;
		struct opt_out opt;
		struct owner contact; /* id: case's owner row to be made */
		struct {
			case_id case_id;
			int score;
			const char *text;
		} rating;
		struct {
			out_id confirmation;
			msec_t due; /* or as it was, when that is sooner */
		} release;
		struct incident incident;
		struct {
			case_id case_id;
			incident_id incident;
			int64_t told; /* the last word that it has by now */
		} join;
		struct incident_word word;
		int64_t word_undo;
		struct {
			incident_id incident;
			msec_t due; /* never later than it was set before */
		} ring;
		struct {
			struct absence absence;
			bool is_long; /* their cases need another hand */
		} leave;
		struct {
			const char *staff;
			struct pin pin;
		} pin;
		int64_t confirm; /* row of the directory */
		struct survey_draw draw;
		struct survey_news survey;
		struct plan plan;
		struct plan_request plan_request;
		struct excuse excuse;
		struct home_visit home_visit;
		struct home_visit_news home_visit_news;
		struct {
			out_id out;
			out_id bundle;	    /* 0: by itself ... */
			const char *sender; /* ... and by that account */
		} notice;
	};
};

struct handler;

/* What a decision must know and only its message could tell: cases like the
 * one that it will be, or a case that staff name. */
struct look_up {
	const char *estate;
	const char *category; /* with the place, or NULL */
	struct place place;
	const char *number; /* or serial, as it was written; or NULL */
	/* What the message was understood as and whose it is, so that neither
	 * is asked twice. */
	const struct understanding *seen;
	const struct handler *asked_by; /* handlers/work.h */
};

struct effects {
	struct arena *arena; /* borrowed: everything below lives there */
	const struct look_up *wanted; /* see handlers/decide.h; or NULL */
	struct effect *list;
	size_t count;
	size_t room;
};

void effects_init(struct effects *effects, struct arena *arena);
/* A zeroed effect at the end of the list; the caller fills it in. */
struct effect *effects_add(struct effects *effects, enum effect_kind kind);
/* That case as they leave it; NULL: they do not touch it. */
const struct case_file *effects_case(const struct effects *effects, case_id id);

#endif
