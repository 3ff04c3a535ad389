#include "handlers/handlers.h"

const struct handler handlers[] = {
	{ "unreadable", unreadable_matches, unreadable_run },
	{ "report", report_matches, report_run },
	{ "timer", timer_matches, timer_run },
	{ "round", round_matches, round_run },
	{ "handover", handover_matches, handover_run },
	{ "bundle", bundle_matches, bundle_run },
	/* Machines come before people: nobody answers them (R50, R52). */
	{ "bounce", bounce_matches, bounce_run },
	{ "away", away_matches, away_run },
	{ "machine", machine_matches, machine_run },
	{ "repeat", repeat_matches, repeat_run },
	/* Staff: what cannot be trusted first. */
	{ "staff-refused", staff_refused_matches, staff_refused_run },
	{ "staff-vouch", staff_vouch_matches, staff_vouch_run },
	{ "staff-pin", staff_pin_matches, staff_pin_run },
	{ "staff-leave", leave_matches, leave_run },
	{ "staff-new", staff_new_matches, staff_new_run },
	{ "staff-text", staff_text_matches, staff_text_run },
	{ "staff-case", staff_case_matches, staff_case_run },
	{ "staff-help", staff_help_matches, staff_help_run },
	{ "staff-home-visit", home_visit_matches, home_visit_run },
	{ "staff-digest", digest_matches, digest_run },
	{ "staff-matter", staff_matter_matches, staff_matter_run },
	/* Owners: words with a fixed meaning, then their case, then a new
	 * one. */
	{ "withdraw-no", withdraw_no_matches, withdraw_no_run },
	{ "opt", opt_matches, opt_run },
	{ "withdraw-yes", withdraw_yes_matches, withdraw_yes_run },
	{ "rating", rating_matches, rating_run },
	{ "rating-again", rating_again_matches, rating_again_run },
	{ "survey", survey_matches, survey_run },
	{ "status", status_matches, status_run },
	{ "help", help_matches, help_run },
	{ "callback", callback_matches, callback_run },
	{ "withdraw", withdraw_matches, withdraw_run },
	{ "followup", followup_matches, followup_run },
	{ "home-visit-answer", home_visit_answer_matches,
	    home_visit_answer_run },
	{ "no-disclosure", no_disclosure_matches, no_disclosure_run },
	{ "spam", spam_matches, spam_run },
	{ "thanks", thanks_matches, thanks_run },
	{ "unclear", unclear_matches, unclear_run },
	{ "new-case", new_case_matches, new_case_run },
};

const size_t handler_count = ARRAY_COUNT(handlers);
