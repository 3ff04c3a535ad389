#include "core/text_list.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"

/* Case mail to those who work on it: with the owner's contact (where R40
 * allows it) and the owner's words. */
#define STAFF_MAIL                                                             \
	"case due owner masked matter photos reason words touch "
/* Texts and alerts never have them (R40, rules.md 5.35). */
#define STAFF_SMS "case due masked at "

#define FIRST_TO_STAFF "new_case"

const struct text_row text_rows[] = {
	/* To owners. */
	{ "ack", "case due incident", "case due incident" },
	{ "ack_soothe", "case due at incident", "case due at incident" },
	{ "ack_emergency", "case incident", "case" },
	{ "ack_clarify", "case due ask", "case due ask" },
	{ "staff_reply", "case author words photos",
	    "case owner author words photos" },
	{ "outcome", "case author words outcome photos",
	    "case owner author words outcome photos" },
	{ "reply_time", "case holder at reason", "case holder at" },
	{ "news", "case at", "case at" },
	{ "new_contact", "case holder at", "case holder at" },
	{ "extension", "case reason before at", "case reason before at" },
	{ "rating_request", "case", "case" },
	{ "rating_again", "case", "case" },
	{ "survey", "topic", "topic" },
	{ "survey_again", "", "" },
	{ "home_visit_ask", "", "" },
	{ "status", "cases", "cases" },
	{ "status_none", "count", "count" },
	{ "unclear", "", "" },
	{ "no_disclosure", "", "" },
	{ "help", "", "" },
	{ "callback", "case at", "case at" },
	{ "withdraw_ask", "case", "case" },
	{ "withdraw_which", NULL, "cases" },
	{ "withdrawn", "case", "case" },
	{ "merged", "case other at", "case other at" },
	{ "mailed", NULL, "case" },
	{ "reopened", "case due holder at", "case due holder at" },
	{ "optout", NULL, "" },
	{ "optin", NULL, "" },

	/* To staff. */
	{ FIRST_TO_STAFF, STAFF_MAIL "at", STAFF_SMS },
	{ "hot", "case incident hot count", NULL },
	{ "assigned", STAFF_MAIL "author", STAFF_SMS },
	{ "followup", STAFF_MAIL "at", STAFF_SMS },
	{ "question", STAFF_MAIL "at author", STAFF_SMS "author" },
	{ "answer", STAFF_MAIL "at author", NULL },
	{ "reminder", STAFF_MAIL "wanted at", STAFF_SMS "wanted" },
	{ "overdue", STAFF_MAIL "wanted at holder", STAFF_SMS "wanted holder" },
	{ "escalated", STAFF_MAIL "at author lines", STAFF_SMS },
	{ "alert", "case masked alarm reason at touch", STAFF_SMS "alarm reason" },
	{ "transcript", "case lines words at", "case lines" },
	{ "refused", "case lines reason words", "case lines reason" },
	{ "no_alert", "", "" },
	{ "blocked", "case lines reason words", NULL },
	{ "unreadable", "case who reason photos", NULL },
	{ "delivery_failed", "case owner reason words", NULL },
	{ "colleague_unreached", "case who reason words", NULL },
	{ "arrived_late", "case owner words", NULL },
	{ "phone_task", STAFF_MAIL "at who", NULL },
	{ "visit_task", STAFF_MAIL "at score count", NULL },
	{ "rated", STAFF_MAIL "score", NULL },
	{ "notice", STAFF_MAIL, NULL },
	{ "reopened_staff", STAFF_MAIL "at holder score", NULL },
	{ "unverified", "case who reason words", NULL },
	{ "home_visits", "lines", NULL },
	{ "home_visit_answer", "who lines reason words", NULL },
	{ "survey_drawn", "topic count who reason", NULL },
	{ "was_it_you", "case who count words", NULL },
	{ "bundle", "count at lines", NULL },
	{ "daily", "round case due masked lines", NULL },
	{ "chair_note", "author who reason words", NULL },
	{ "opinions", "week case masked who at", NULL },
	{ "attendance", "at count lines", NULL },
	{ "plan", "plans author words", NULL },
	{ "plan_due", "plans", NULL },
	{ "plan_asked", "requests", NULL },
	{ "plan_missing", "requests", NULL },
	{ "noted", STAFF_MAIL "author", NULL },
	{ "charge", "charge case due masked", NULL },
	{ "weekly", "week plans requests case due masked events", NULL },
	{ "roster_gap", "reason", "reason" },
	{ "sms_cap", "case reason", NULL },
	{ "case_sheet", STAFF_MAIL "events outcome", NULL },
	{ "absence", "author reason words", NULL },
	{ "handover_list", "who count cases", NULL },
	{ "handed_over", STAFF_MAIL "author holder", NULL },
	{ "command_help", "lines", NULL },
	{ "after_report", STAFF_MAIL "author events", NULL },
	{ "after_report_due", STAFF_MAIL "at lines events", NULL },

	/* To the admin. */
	{ "channel_down", "who reason count at", NULL },
	{ "channel_up", "who count", NULL },
	{ "inbox_down", "who reason at", NULL },
	{ "inbox_up", "who", NULL },
	{ "sms_cap_admin", "who reason", NULL },
	{ "unreadable_admin", "who reason count", NULL },
};

const size_t text_row_count = ARRAY_COUNT(text_rows);

bool
text_is_for_owner(const char *name)
{
	for (size_t i = 0; i < text_row_count; i++) {
		if (text_eq(text_rows[i].name, FIRST_TO_STAFF))
			break;
		if (text_eq(text_rows[i].name, name))
			return true;
	}
	return false;
}

static const char *
sms_words(const char *name)
{
	for (size_t i = 0; i < text_row_count; i++)
		if (text_eq(text_rows[i].name, name))
			return text_rows[i].sms;
	return NULL;
}

bool
text_is_sms(const char *name)
{
	return sms_words(name) != NULL;
}

bool
text_is_about_case(const char *name)
{
	static const char about[] = "case";
	const char *words = text_or(sms_words(name), "");

	return text_starts(words, about) &&
	       strcspn(words, " ") == strlen(about);
}

bool
text_is_news(const char *name)
{
	static const char *const others[] = { "ack_emergency", "ack_clarify",
		"withdraw_ask", "rating_request", "rating_again" };

	for (size_t i = 0; i < ARRAY_COUNT(others); i++)
		if (text_eq(others[i], name))
			return false;
	return text_is_for_owner(name) && text_is_about_case(name);
}

const char *
text_sms_names(struct arena *arena)
{
	const char *list = "";

	for (size_t i = 0; i < text_row_count; i++)
		if (text_rows[i].sms != NULL)
			list = arena_printf(arena, "%s%s%s", list,
			    *list == '\0' ? "" : ", ", text_rows[i].name);
	return list;
}

const char *const text_parts[TEXT_PART_COUNT] = { "part_owner", "part_desk",
	"part_case", "part_touch", "part_reply" };
