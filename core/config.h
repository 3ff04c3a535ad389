/*
 * config - the settings as plain data.
 *
 * Made once by desk/config, read everywhere, never changed.  All pointers
 * live as long as the configuration.  Lists are arrays with a count.
 */
#ifndef CORE_CONFIG_H
#define CORE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/sms_provider.h"
#include "core/sms_text.h"
#include "core/vocabulary.h"
#include "lib/units.h"

struct calendar;
struct classifier;
struct place_words;
struct zone;

enum {
	LEVEL_CHAIR = 3, /* of the weekly meeting (rules.md 5.29) */
	LEVEL_MAX = 5,
	DUTY_MAX = 16,
	TOKEN_KEY_BYTES = 32
};

enum tls_mode { TLS_IMPLICIT, TLS_STARTTLS, TLS_NONE };
enum mail_auth { MAIL_AUTH_PASSWORD, MAIL_AUTH_XOAUTH2 };

/* A mailbox that is fetched. */
struct mailbox {
	const char *name; /* of the section; in logs and keys */
	const char *estate;
	const char *address; /* desk@sunshine.example */
	bool plus_addresses; /* the server delivers desk+anything here */
	const char *host;
	unsigned port;
	enum tls_mode tls;
	const char *ca_file; /* NULL: the system's */
	enum mail_auth auth;
	const char *user;
	const char *password; /* secret: password or OAuth access token */
	const char *folder;   /* "INBOX" */
	const char *move_to;  /* folder for handled mail, or NULL: flag only */
	const char *flag;     /* keyword set on handled mail */
	unsigned poll_seconds;
	bool idle;
	bool from_start; /* take the mail that is there already */
};

/* Where mail is handed in. */
struct smtp_account {
	const char *name;
	const char *host;
	unsigned port;
	enum tls_mode tls;
	const char *ca_file;
	const char *user; /* NULL: no AUTH */
	const char *password;
	const char *hello; /* EHLO name */
	unsigned connections;
};

/* A message of ours as a template that the gateway keeps (mainland China). */
struct sms_template {
	const char *kind; /* our text's name, or "*" (text_is_news()) */
	const char *id;	  /* the gateway's */
	const struct sms_pair *params; /* name and fact, in order */
	size_t param_count;
	const char *text; /* its wording (core/sms_template.h), or NULL */
};

enum sms_counted { SMS_COUNTED_PRESET, SMS_COUNTED_GSM, SMS_COUNTED_MAINLAND };

/* An SMS gateway, both ways. */
struct sms_channel {
	const char *name;
	const char *preset; /* names the provider file */
	const struct sms_provider *provider;
	const char *number;	/* ours, as owners see it */
	const char *country;	/* default country code for numbers: "86" */
	/* Whose words end texts (R53), NULL-terminated; `country' if nothing
	 * is said. */
	const char *const *keyword_countries;
	const char *url;	/* NULL: the provider file's */
	const char *user;
	const char *password;
	const char *ca_file;
	/* What `values' of the provider file names, in its order. */
	const struct sms_pair *values;
	size_t value_count;
	const struct sms_template *templates;
	size_t template_count;
	/* out */
	bool has_reports;
	unsigned report_minutes; /* without one it goes another way */
	unsigned report_urgent_minutes; /* of an emergency */
	enum sms_counted counted;
	struct sms_counting counting; /* made of it and the provider file */
	const char *signature; /* begins our texts (core/sms_signature.h) */
	bool folds;	       /* core/sms_fold.h */
	int64_t part_price;    /* millionths of the currency; 0: not said */
	const char *currency;
	unsigned connections; /* texts handed in at the same time */
	unsigned per_second;  /* 0: no limit of our own */
	unsigned day_texts;   /* the same */
	int64_t day_cost;     /* in the unit of part_price; the same */
	/* in by push: the path is /sms/<name>/<secret>/{mo,dlr} */
	const char *push_secret; /* NULL: no push */
	const char *const *push_from; /* addresses, or NULL: any */
	const char *public_url;	 /* how the gateway reaches our listener */
	/* in by poll */
	unsigned poll_seconds; /* 0: no poll */
};

struct staff {
	const char *id;
	const char *estate;	  /* NULL: all estates (a company's L5) */
	const char *name;	  /* 林晓 */
	const char *name_en;	  /* Lin Xiao */
	const char *title;	  /* 客服林女士: what owners read (R3) */
	const char *title_en;	  /* Ms Lin, customer service */
	const char *mail;	  /* lower case; where the desk writes */
	/* Lower case, NULL-terminated, or NULL: their mail may come from
	 * there too. */
	const char *const *other_mail;
	const char *phone;	  /* E.164 */
	const char *department;	  /* code, or NULL for the ladder's people */
	int level;		  /* 1..5; 0: department staff, act as L1 */
	bool is_head;		  /* of the department */
	bool left;		  /* the company: a name in old cases */
	enum language language;
	const char *pin; /* secret */
};

struct department {
	const char *code;
	const char *name;
	const char *name_en;
};

/* Which department gets which category (rules.md 2.1, 5.37). */
struct category {
	const char *code;
	const char *name;
	const char *name_en;
	const char *department;
	bool person_decides; /* no automatic dispatch */
};

enum duty_days { DUTY_WORKING, DUTY_FREE, DUTY_ALL };

/* The first row that covers a moment names the duty agent (R16, 5.15). */
struct duty {
	const char *staff;
	enum duty_days days;
	int from_minute; /* of the day, local */
	int to_minute;
};

enum span_unit { SPAN_NONE, SPAN_WALL, SPAN_BUSINESS, SPAN_WORKDAYS };

/* "4 bh" is { SPAN_BUSINESS, 240 minutes }, "3 wd" { SPAN_WORKDAYS, 3 }. */
struct span {
	enum span_unit unit;
	int amount; /* minutes, or working days */
};

/* rules.md 2.3, one column. */
struct deadlines {
	struct span ack;
	struct span take;
	struct span dispatch;
	struct span first_reply;
	struct span outcome;
	struct span news;
};

/* Thresholds of the rules; the number of the rule stands beside each. */
struct rules {
	struct span overdue[LEVEL_MAX + 1]; /* after the due, by level (R26) */
	struct span escalation_take;	    /* R27 */
	struct span agitated_call;	    /* R5 */
	struct span ask_answer;		    /* R21; not of emergencies */
	struct span clarify_wait;	    /* R6 */
	/* Stands for the outcome of a minor or normal case (2.3). */
	struct span outcome_by_kind[KIND_FOLLOWUP];
	unsigned alert_again_minutes; /* rules.md 5.24 */
	unsigned alert_top_minutes;
	unsigned rating_after_hours; /* after fed_back (5.22) */
	unsigned close_after_hours;  /* after acceptance (5.22) */
	unsigned followup_call_hours; /* after fed_back, of the silent (R34) */
	unsigned followup_repair_percent; /* of repairs (R34) */
	const char *sample_seed;     /* of every draw (R34, R35) */
	int survey_at_minute;	     /* of the first working day (5.29) */
	unsigned survey_percent;     /* of the households, a month (R35) */
	unsigned survey_min;
	unsigned survey_gap_days;    /* nobody is asked twice within (R35) */
	unsigned home_visits;	     /* proposed in a quarter (R36) */
	unsigned home_visits_a_year; /* of one owner */
	unsigned home_visit_gap_days;
	const char *const *survey_scopes; /* in turn; NULL-terminated (R37) */
	unsigned reopen_days;	     /* 5.23 */
	unsigned retention_days;     /* R43; 0: for ever */
	int survey_from_minute;	     /* local, every day (2.4) */
	int survey_to_minute;
	unsigned brake_10min; /* automatic messages to one address (5.19) */
	unsigned brake_hour;
	unsigned brake_day;
	unsigned notices; /* mails to one of staff ... (5.33) */
	unsigned notices_minutes; /* ... in so long; more are bundled */
	unsigned status_per_hour;	/* R42 */
	unsigned sms_number_day; /* texts to a number; 0: no limit, likewise: */
	unsigned sms_case_day;	 /* about one case */
	unsigned transfers;		/* the one that goes to L3 (R19) */
	unsigned repeat_minutes;	/* the same text again (R1) */
	int daily_at;			/* minute of the day (R12) */
	int escalation_digest_at;	/* the same, of the levels' lists */
	unsigned weekly_day;		/* of the meeting, 1 Monday (R30) */
	int weekly_at;			/* minute of that day */
	unsigned weekly_lead_minutes;	/* the digest is there before it */
	unsigned attendance_minutes;	/* the list before the meeting (R32) */
	bool attendance_all;		/* ... with who said nothing */
	unsigned roster_hours;		/* a gap is told so long ahead (R46) */
	unsigned hot_households; /* make an incident (2.2); 0: never */
	unsigned hot_days;	 /* within so many days */
	unsigned hot_major;	 /* households that make normal major */
	unsigned token_days;	    /* a reply token proves so long (5.12) */
	unsigned token_closed_days; /* and so long after its case ended */
	unsigned confirm_hours; /* for "was that you?" of a second address */
	unsigned undo_most_minutes; /* nobody waits longer for #undo (5.11) */
	struct span out_of_office;  /* an absence without its end (R46) */
	struct span callback;	    /* who asks to be called is called (4.4) */
	unsigned unknown_minutes;	/* an SMS without a report (5.38) */
	unsigned unknown_urgent_minutes; /* of an emergency */
};

/* The defaults: rules.md 2.3 and the numbers above. */
extern const struct deadlines deadlines_default[SEVERITY_COUNT];
extern const struct rules rules_default;

struct estate {
	const char *id;
	const char *name;
	const char *name_en;
	const char *signature;	  /* 阳光物业, shown in 【】 */
	const char *signature_en; /* Sunshine PM, shown in [] */
	const char *duty_phone;
	enum language language;
	const struct zone *zone;
	const struct calendar *calendar; /* made of the next two */
	const char *const *hours;	 /* "08:30-12:00", NULL-terminated */
	const char *const *calendars;	 /* files, NULL-terminated */
	const char *owners_file; /* the register (CSV), or NULL */
	unsigned buildings;
	bool has_units;
	const char *const *areas; /* NULL-terminated names of common areas */
	const struct place_words *place_words; /* made of them */
	const struct mailbox *mailbox;	 /* Reply-To of this estate, or NULL */
	const struct smtp_account *smtp; /* or NULL */
	const struct sms_channel *sms;	 /* or NULL */
	const char *from_name;
	const char *authserv_id;    /* or NULL: Authentication-Results unused */
	const char *const *staff_domains; /* NULL-terminated */
	struct deadlines deadlines[SEVERITY_COUNT];
	bool has_survey; /* the monthly sample (R35) */
	bool has_home_visits; /* are proposed each quarter (R36) */
	struct duty duties[DUTY_MAX];
	size_t duty_count;
	struct department *departments;
	size_t department_count;
	struct category *categories;
	size_t category_count;
};

struct config {
	const char *path; /* of the main file */
	const char *state_dir;
	const char *database;
	const char *control_socket;
	const char *templates;
	const char *words;    /* folder of word lists */
	const char *sms_presets; /* folder of provider files */
	const char *zoneinfo; /* folder of TZif files */
	const char *admin;  /* mail address that hears of trouble */
	const char *domain; /* right-hand side of our Message-IDs */
	uint8_t token_key[TOKEN_KEY_BYTES];
	const char *listen_address;
	unsigned listen_port; /* 0: no listener */
	unsigned readers;     /* processes */
	unsigned undo_seconds; /* rules.md 5.11 */
	bool plain_reply_is_note;
	bool world_readable_secrets; /* do not warn of them: the demo */
	struct rules rules;
	bool demo_clock; /* not from a file: `shouwend --demo-clock' */

	struct estate *estates;
	size_t estate_count;
	struct mailbox *mailboxes;
	size_t mailbox_count;
	struct smtp_account *smtps;
	size_t smtp_count;
	struct sms_channel *sms_channels;
	size_t sms_channel_count;
	struct staff *staff;
	size_t staff_count;
	const struct classifier *classifier;
};

/* Look-ups; NULL when there is none (also for a NULL key). */
const struct estate *config_estate(const struct config *, const char *id);
/* The first one whose texts it carries, or NULL. */
const struct estate *config_estate_of_sms(
    const struct config *, const struct sms_channel *);
/* The one whose people see what nobody can read of its reports.  A report
 * belongs to a message, so those of a channel that no estate uses any more
 * are taken as well; they have the first estate. */
const struct estate *config_estate_of_reports(
    const struct config *, const struct sms_channel *);
const struct staff *config_staff(const struct config *, const char *id);
const struct staff *config_staff_by_mail(
    const struct config *, const char *mail);
const struct staff *config_staff_by_phone(
    const struct config *, const char *e164);
const struct mailbox *config_mailbox(const struct config *, const char *name);
const struct smtp_account *config_smtp(const struct config *, const char *name);
const struct sms_channel *config_sms(const struct config *, const char *name);
/* The gateway's template for our text of that name, or NULL. */
const struct sms_template *sms_template_for(
    const struct sms_channel *channel, const char *kind);
const struct department *estate_department(
    const struct estate *, const char *code);
const struct category *estate_category(const struct estate *, const char *code);
/* Works for this estate; who has left works for none. */
bool staff_serves(const struct staff *, const struct estate *);
/* First staff member of that level in the estate. */
const struct staff *config_level(
    const struct config *, const struct estate *, int level);
const struct staff *config_head(
    const struct config *, const struct estate *, const char *department);

#endif
