/*
 * text_field - every name that a template may say, in one table: where it is
 * allowed, and what makes its value.
 *
 * For core/text_*.c and core/texts*.c.
 */
#ifndef CORE_TEXT_FIELD_H
#define CORE_TEXT_FIELD_H

#include "core/template.h"
#include "core/text_data.h"

#include <stddef.h>

/* What a field is a field of: the object in which its name is known.  Those of
 * the facts, of their case, incident, word, week and charge are known everywhere, those of a
 * case also in a list of cases. */
enum text_field_of {
	OF_FACTS,
	OF_CASE,
	OF_INCIDENT,
	OF_WORD,
	OF_WEEK,
	OF_CHARGE,
	OF_BRIEF,
	OF_EVENT,
	OF_BIN,
	OF_LINE, /* of the weekly digest; its names and those of its case */
	OF_PROBLEM,
	OF_SPOT,
	OF_FIGURE,
	OF_PLAN,
	OF_REQUEST,
	OF_OPINION,
	TEXT_FIELD_OF_COUNT
};

/* A line of figures, in the reader's words. */
struct text_figure {
	const char *name, *value, *before, *target;
	const char *bar; /* of a share; docs/TEMPLATES.md */
};

/* What a field may look at beside its own object. */
struct text_view {
	struct template_source source; /* for template_render() */
	const struct text_facts *facts;
	const struct estate *estate;
	enum language language;
	bool english;
	bool for_owner;
	struct arena *arena;
	/* What has been made already, by number: most names are met twice, as
	 * a section and as a value. */
	struct template_value *made;
};

/* The value of the member that `at' points to, or, for those that show no
 * member, of the struct. */
typedef struct template_value text_field_get(
    const struct text_view *view, const void *at);

struct text_field {
	const char *use;  /* the word that allows it in core/text_list.c */
	const char *name; /* as in a template */
	text_field_get *get;
	enum text_field_of of;
	size_t at; /* the member's offset */
};

extern const struct text_field text_fields[];
extern const size_t text_field_count;

/* The number of a name for template_bind(): its place in the table, or -1. */
int text_field_number(const char *name);

/* What makes the values: core/text_data.c, core/text_case.c,
 * core/text_people.c, core/text_plan.c, core/text_round.c,
 * core/text_weekly.c.
 */
text_field_get field_text, field_foreign_text, field_time, field_number,
    field_count, field_flag, field_place, field_category, field_department,
    field_state;
text_field_get field_estate_name, field_signature, field_duty_phone,
    field_recipient, field_reply_to_owner, field_reply_is_note,
    field_reply_to_asker, field_reply_to_all, field_reply_to_chair,
    field_reply_to_cases,
    field_reply_is_one_of_many;
text_field_get field_staff, field_staff_name, field_staff_title,
    field_staff_department, field_staff_of_id;
text_field_get field_touch_take, field_touch_write, field_touch_resolve;
text_field_get field_incident;
text_field_get field_wanted, field_topic, field_score_word, field_lines, field_cases,
    field_events, field_ask_place, field_ask_matter;
text_field_get field_reply_by, field_event_word, field_actor;
text_field_get field_serial, field_kind, field_severity, field_is_emergency,
    field_is_taken, field_hides_reporter, field_reply_is_told,
    field_promise_is_told,
    field_owner_name, field_owner_phone, field_owner_mail, field_owner_contact,
    field_owner_language, field_owner_channel;
text_field_get field_fresh, field_late, field_bins, field_fresh_count,
    field_late_count, field_open_count, field_fed_back_count, field_bin_word;
text_field_get field_day, field_day_before, field_week_until, field_week_weeks,
    field_week_rates, field_week_counts, field_week_means, field_week_health, field_week_surveys,
    field_lines_of, field_lines_count, field_lines_more, field_timeline,
    field_problems, field_problems_more, field_problem_bar,
    field_hot;
text_field_get field_masked_name, field_masked_phone, field_masked_mail,
    field_masked_contact, field_masked_place, field_masked_text,
    field_masked_words, field_alarm_phone, field_alarm_contact, field_said,
    field_words;

text_field_get field_plans, field_requests, field_plan_number,
    field_plan_responsible, field_plan_state, field_plan_is_open,
    field_plan_is_overdue, field_request_is_late;
text_field_get field_opinions, field_opinion_count, field_opinion_before,
    field_said_count, field_problem_is_repeated;

/* `facts' and `arena' are borrowed. */
void text_view_init(
    struct text_view *ret, const struct text_facts *facts, struct arena *arena);

/* The pieces that both files need. */
struct template_value value_text(const char *text); /* NULL, "": none */
struct template_value value_flag(bool is_true);
/* 0 is none, or a section would show it. */
struct template_value value_count(int count);
struct template_value value_list(
    enum text_field_of mark, const void *of, size_t count);
/* The English or the Chinese of two words, whichever there is. */
const char *view_either(
    const struct text_view *view, const char *zh, const char *en);

#endif
