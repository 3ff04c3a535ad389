/*
 * handlers - what each kind of message, timer or news means: the functions
 * that registry.c puts into order.
 */
#ifndef HANDLERS_HANDLERS_H
#define HANDLERS_HANDLERS_H

#include <stdbool.h>

#include "handlers/sentences.h"
#include "handlers/work.h"

/* machine.c */
bool bounce_matches(const struct work *work);
void bounce_run(struct work *work);
/* R27: staff mail that no header gives away, but its own words do.  Who writes
 * a command is there. */
bool machine_is_out_of_office(const struct work *work);
bool machine_matches(const struct work *work);
void machine_run(struct work *work);
/* away.c */
bool away_matches(const struct work *work);
void away_run(struct work *work);

/* unreadable.c */
bool unreadable_matches(const struct work *work);
void unreadable_run(struct work *work);

/* report.c */
bool report_matches(const struct work *work);
void report_run(struct work *work);
/* News about work->before->answered, from wherever it came. */
void report_news(struct work *work, const struct report *news);

/* round.c: one table of its own, by kind */
bool round_matches(const struct work *work);
void round_run(struct work *work);
/* This round has looked at everything before `since'. */
void round_next(struct work *work, msec_t since, msec_t due);
/* weekly.c, charge.c */
void weekly_run(struct work *work);
void charge_run(struct work *work);

/* timer.c: one table of its own, by kind */
bool timer_matches(const struct work *work);
void timer_run(struct work *work);

/* staff_trust.c */
bool staff_writes_mail(const struct work *work);
/* A token that was made for this very person, however old. */
bool staff_has_token(const struct work *work);
/* The mail carries its author's reply token or PIN (rules.md 5.12). */
bool staff_is_verified(const struct work *work);
/* The case is theirs to work on, by level, department or name (rules.md
 * 5.31). */
bool staff_is_on_case(const struct work *work);
/* ... or they were asked about it; never who is complained about (R9). */
bool staff_may_see(const struct work *work);

/* staff.c, staff_refused.c, staff_vouch.c, staff_pin.c, staff_new.c, leave.c,
 * staff_matter.c, bundle.c */
bool staff_refused_matches(const struct work *work);
void staff_refused_run(struct work *work);
bool staff_vouch_matches(const struct work *work);
void staff_vouch_run(struct work *work);
bool staff_text_matches(const struct work *work);
void staff_text_run(struct work *work);
bool digest_matches(const struct work *work);
void digest_run(struct work *work);
bool staff_case_matches(const struct work *work);
void staff_case_run(struct work *work);
bool staff_new_matches(const struct work *work);
void staff_new_run(struct work *work);
bool staff_pin_matches(const struct work *work);
void staff_pin_run(struct work *work);
/* Too many wrong ones came from their number: for an hour none counts by
 * text. */
bool staff_pin_is_locked(const struct work *work);
/* Another one; L2 hears of the one that is too many. */
void staff_pin_was_wrong(struct work *work);
bool leave_matches(const struct work *work);
void leave_run(struct work *work);
bool handover_matches(const struct work *work);
void handover_run(struct work *work);
bool bundle_matches(const struct work *work);
void bundle_run(struct work *work);
bool staff_help_matches(const struct work *work);
void staff_help_run(struct work *work);
bool staff_matter_matches(const struct work *work);
void staff_matter_run(struct work *work);
/* Nothing of a staff message about no case is done; its author hears why. */
void staff_refuse(struct work *work, const char *const *lines, size_t count);
/* The same, with one sentence; and its opposite: what was done. */
void staff_refuse_as(struct work *work, enum sentence why, const char *arg);
void staff_confirm(struct work *work, enum sentence done, const char *arg);

/* keywords.c, rating.c, status.c, withdraw.c */
bool opt_matches(const struct work *work);
void opt_run(struct work *work);
bool help_matches(const struct work *work);
void help_run(struct work *work);
bool callback_matches(const struct work *work);
void callback_run(struct work *work);
bool status_matches(const struct work *work);
void status_run(struct work *work);
/* The message names a case, its own or not. */
bool status_names_case(const struct work *work);
bool rating_matches(const struct work *work);
void rating_run(struct work *work);
bool rating_again_matches(const struct work *work);
void rating_again_run(struct work *work);
/* bins.c: R44 */
bool no_disclosure_matches(const struct work *work);
void no_disclosure_run(struct work *work);
bool withdraw_matches(const struct work *work);
void withdraw_run(struct work *work);
bool withdraw_yes_matches(const struct work *work);
void withdraw_yes_run(struct work *work);
bool withdraw_no_matches(const struct work *work);
void withdraw_no_run(struct work *work);

/* survey.c: the monthly sample (R35, R37, R38) */
void survey_round(struct work *work);
bool survey_matches(const struct work *work);
void survey_run(struct work *work);

/* home_visit.c: calls at the door (R36) */
void home_visit_round(struct work *work);
bool home_visit_matches(const struct work *work);
void home_visit_run(struct work *work);
bool home_visit_answer_matches(const struct work *work);
void home_visit_answer_run(struct work *work);

/* followup.c */
bool followup_matches(const struct work *work);
void followup_run(struct work *work);
/* The owner of a case says of its outcome that it is none. */
bool followup_objects(const struct work *work);

/* bins.c */
bool repeat_matches(const struct work *work);
void repeat_run(struct work *work);
bool spam_matches(const struct work *work);
void spam_run(struct work *work);
bool thanks_matches(const struct work *work);
void thanks_run(struct work *work);
bool unclear_matches(const struct work *work);
void unclear_run(struct work *work);

/* new_case.c */
bool new_case_matches(const struct work *work);
void new_case_run(struct work *work);

#endif
