#include "core/text_field.h"

#include "core/opinion.h"

#include "lib/arena.h"

#include <string.h>

#define FACT(member)  OF_FACTS, offsetof(struct text_facts, member)
#define CASE(member)  OF_CASE, offsetof(struct case_file, member)
#define INCIDENT(member) OF_INCIDENT, offsetof(struct incident, member)
#define WORD(member)	 OF_WORD, offsetof(struct incident_word, member)
#define BRIEF(member) OF_BRIEF, offsetof(struct case_brief, member)
#define BIN(member)   OF_BIN, offsetof(struct round_bin, member)
#define WEEK(member)  OF_WEEK, offsetof(struct weekly_view, member)
#define CHARGE(member) OF_CHARGE, offsetof(struct charge_list, member)
#define LINE(member)  OF_LINE, offsetof(struct weekly_line, member)
#define PROBLEM(member) OF_PROBLEM, offsetof(struct weekly_problem, member)
#define SPOT(member)  OF_SPOT, offsetof(struct weekly_hot, member)
#define FIGURE(member) OF_FIGURE, offsetof(struct text_figure, member)
#define OPINION(member) OF_OPINION, offsetof(struct opinions, member)
#define PLAN(member)  OF_PLAN, offsetof(struct plan, member)
#define REQUEST(member) OF_REQUEST, offsetof(struct plan_request, member)
#define EVENT(member) OF_EVENT, offsetof(struct snapshot_event, member)

/* The fields of one use stand together. */
const struct text_field text_fields[] = {
	/* Every text has these. */
	{ "", "estate.name", field_estate_name, OF_FACTS, 0 },
	{ "", "estate.signature", field_signature, OF_FACTS, 0 },
	{ "", "estate.duty_phone", field_duty_phone, OF_FACTS, 0 },
	{ "", "recipient.name", field_recipient, FACT(to_name) },
	{ "", "reply.to_owner", field_reply_to_owner, FACT(reply) },
	{ "", "reply.is_note", field_reply_is_note, FACT(reply) },
	{ "", "reply.to_asker", field_reply_to_asker, FACT(reply) },
	{ "", "reply.to_all", field_reply_to_all, FACT(reply) },
	{ "", "reply.to_chair", field_reply_to_chair, FACT(reply) },
	{ "", "reply.to_cases", field_reply_to_cases, FACT(reply) },
	{ "", "reply.is_one_of_many", field_reply_is_one_of_many, OF_FACTS, 0 },
	{ "", "now", field_time, FACT(now) },

	{ "case", "case.number", field_text, CASE(number) },
	{ "case", "case.serial", field_serial, CASE(number) },
	{ "case", "case.kind", field_kind, CASE(kind) },
	{ "case", "case.category", field_category, CASE(category) },
	{ "case", "case.severity", field_severity, CASE(severity) },
	{ "case", "case.state", field_state, CASE(state) },
	{ "case", "case.place", field_place, CASE(place) },
	{ "case", "case.received", field_time, CASE(received_at) },
	{ "case", "case.first_responder", field_staff_of_id,
	    CASE(first_responder) },
	{ "case", "case.handler", field_staff_of_id, CASE(handler) },
	{ "case", "case.department", field_department, CASE(department) },
	{ "case", "case.level", field_number, CASE(level) },
	{ "case", "case.is_emergency", field_is_emergency, CASE(severity) },
	{ "case", "case.is_agitated", field_flag, CASE(agitated) },
	{ "case", "case.is_taken", field_is_taken, CASE(taken_at) },
	{ "case", "case.is_unconfirmed", field_flag,
	    FACT(owner_is_unconfirmed) },
	{ "case", "case.hides_reporter", field_hides_reporter, OF_CASE, 0 },

	/* Whether there is something to do with one touch. */
	{ "touch", "touch.take", field_touch_take, OF_CASE, 0 },
	{ "touch", "touch.write", field_touch_write, OF_CASE, 0 },
	{ "touch", "touch.resolve", field_touch_resolve, OF_CASE, 0 },

	{ "due", "due.take", field_time, CASE(take_due) },
	{ "due", "due.dispatch", field_time, CASE(dispatch_due) },
	{ "due", "due.reply", field_time, CASE(reply_due) },
	{ "due", "due.reply_is_told", field_reply_is_told, OF_CASE, 0 },
	{ "due", "due.outcome", field_time, CASE(outcome_due) },
	{ "due", "due.promise", field_time, CASE(promise_due) },
	{ "due", "due.promise_is_told", field_promise_is_told, OF_CASE, 0 },
	{ "due", "due.news", field_time, CASE(news_due) },

	/* In clear where R40 allows it. */
	{ "owner", "owner.name", field_owner_name, OF_CASE, 0 },
	{ "owner", "owner.phone", field_owner_phone, OF_CASE, 0 },
	{ "owner", "owner.mail", field_owner_mail, OF_CASE, 0 },
	{ "owner", "owner.contact", field_owner_contact, OF_CASE, 0 },
	{ "owner", "owner.language", field_owner_language, CASE(language) },
	{ "owner", "owner.channel", field_owner_channel, CASE(channel) },

	{ "masked", "masked.name", field_masked_name, OF_CASE, 0 },
	{ "masked", "masked.phone", field_masked_phone, OF_CASE, 0 },
	{ "masked", "masked.mail", field_masked_mail, OF_CASE, 0 },
	{ "masked", "masked.contact", field_masked_contact, OF_CASE, 0 },
	{ "masked", "masked.place", field_masked_place, CASE(place) },
	{ "masked", "masked.text", field_masked_text, OF_CASE, 0 },
	{ "alarm", "alarm.phone", field_alarm_phone, OF_CASE, 0 },
	{ "alarm", "alarm.contact", field_alarm_contact, OF_CASE, 0 },
	{ "alarm", "alarm.words", field_masked_words, FACT(words) },

	{ "matter", "matter.subject", field_said, CASE(subject) },
	{ "matter", "matter.text", field_said, CASE(text) },
	{ "outcome", "outcome", field_said, CASE(outcome) },
	{ "words", "words", field_words, FACT(words) },

	/* Its number is that of another household's case: only staff read it
	 * (R41). */
	{ "incident", "incident", field_incident, FACT(incident) },
	{ "incident", "incident.handler", field_staff_of_id, INCIDENT(handler) },
	{ "incident", "incident.word", field_text, WORD(text) },
	{ "incident", "incident.word_at", field_time, WORD(at) },
	{ "hot", "incident.number", field_text, INCIDENT(number) },
	{ "hot", "incident.category", field_category, INCIDENT(category) },
	{ "hot", "incident.place", field_place, INCIDENT(place) },

	{ "author", "author", field_staff, FACT(author) },
	{ "author", "author.name", field_staff_name, FACT(author) },
	{ "author", "author.title", field_staff_title, FACT(author) },
	{ "author", "author.department", field_staff_department, FACT(author) },
	{ "holder", "holder", field_staff, FACT(holder) },
	{ "holder", "holder.name", field_staff_name, FACT(holder) },
	{ "holder", "holder.title", field_staff_title, FACT(holder) },
	{ "holder", "holder.department", field_staff_department, FACT(holder) },

	{ "at", "at", field_time, FACT(at) },
	{ "before", "before", field_time, FACT(before) },
	{ "reason", "reason", field_foreign_text, FACT(reason) },
	{ "wanted", "wanted", field_wanted, FACT(wanted) },
	{ "who", "who", field_foreign_text, FACT(who) },
	{ "other", "other", field_text, FACT(other) },
	{ "topic", "topic", field_topic, FACT(scope) },
	{ "score", "score", field_count, FACT(score) },
	{ "score", "score_word", field_score_word, FACT(score) },
	{ "count", "count", field_count, FACT(count) },
	{ "photos", "photos", field_count, FACT(photos) },

	/* The engine itself knows what `.' is: the item of a list. */
	{ "lines", "lines", field_lines, OF_FACTS, 0 },
	{ "lines", ".", NULL, OF_FACTS, 0 },

	{ "cases", "cases", field_cases, OF_FACTS, 0 },
	{ "cases", "number", field_text, BRIEF(number) },
	{ "cases", "state", field_state, BRIEF(state) },
	{ "cases", "category", field_category, BRIEF(category) },
	{ "cases", "place", field_place, BRIEF(place) },
	{ "cases", "reply_by", field_reply_by, BRIEF(reply_due) },

	{ "events", "events", field_events, OF_FACTS, 0 },
	{ "events", "time", field_time, EVENT(at) },
	{ "events", "what", field_event_word, EVENT(name) },
	{ "events", "actor", field_actor, EVENT(actor) },
	{ "events", "to_level", field_count, EVENT(level) },
	{ "events", "said", field_said, EVENT(text) },

	{ "plans", "plans", field_plans, FACT(plans) },
	{ "plans", "plan.number", field_plan_number, PLAN(id) },
	{ "plans", "plan.measure", field_text, PLAN(measure) },
	{ "plans", "plan.responsible", field_plan_responsible,
	    PLAN(responsible) },
	{ "plans", "plan.department", field_department, PLAN(department) },
	{ "plans", "plan.made_by", field_staff_of_id, PLAN(made_by) },
	{ "plans", "plan.due", field_time, PLAN(due) },
	{ "plans", "plan.state", field_plan_state, OF_PLAN, 0 },
	{ "plans", "plan.is_open", field_plan_is_open, OF_PLAN, 0 },
	{ "plans", "plan.is_overdue", field_plan_is_overdue, OF_PLAN, 0 },
	{ "plans", "plan.outcome", field_text, PLAN(outcome) },

	{ "requests", "requests", field_requests, FACT(plans) },
	{ "requests", "request.department", field_department,
	    REQUEST(department) },
	{ "requests", "request.asked", field_staff_of_id, REQUEST(asked) },
	{ "requests", "request.opinions", field_number, REQUEST(opinions) },
	{ "requests", "request.asked_at", field_time, REQUEST(asked_at) },
	{ "requests", "request.due", field_time, REQUEST(due) },
	{ "requests", "request.is_late", field_request_is_late, OF_REQUEST, 0 },

	/* Inside of fresh and late the names of a case are those of each. */
	{ "round", "round.fresh", field_fresh, FACT(round) },
	{ "round", "round.late", field_late, FACT(round) },
	{ "round", "round.fresh_count", field_fresh_count, FACT(round) },
	{ "round", "round.late_count", field_late_count, FACT(round) },
	{ "round", "round.open", field_open_count, FACT(round) },
	{ "round", "round.fed_back", field_fed_back_count, FACT(round) },
	{ "round", "round.bins", field_bins, FACT(round) },
	{ "round", "bin", field_bin_word, BIN(bin) },
	{ "round", "messages", field_number, BIN(count) },

	{ "week", "week.from", field_day, WEEK(window.from) },
	{ "week", "week.to", field_day_before, WEEK(window.to) },
	{ "week", "week.until", field_week_until, WEEK(window) },
	{ "week", "week.meeting", field_time, WEEK(window.meeting) },
	{ "week", "week.weeks", field_week_weeks, WEEK(window) },
	{ "week", "week.is_late", field_flag, WEEK(window.is_late) },
	{ "week", "week.rates", field_week_rates, OF_WEEK, 0 },
	{ "week", "week.counts", field_week_counts, OF_WEEK, 0 },
	{ "week", "week.means", field_week_means, OF_WEEK, 0 },
	{ "week", "week.health", field_week_health, WEEK(health) },
	{ "week", "figure.name", field_text, FIGURE(name) },
	{ "week", "figure.value", field_text, FIGURE(value) },
	{ "week", "figure.before", field_text, FIGURE(before) },
	{ "week", "figure.target", field_text, FIGURE(target) },
	{ "week", "figure.bar", field_text, FIGURE(bar) },
	/* Inside of these the names of a case are those of each. */
	{ "week", "week.emergencies", field_lines_of, WEEK(emergencies) },
	{ "week", "week.emergency_count", field_lines_count,
	    WEEK(emergencies) },
	{ "week", "week.emergencies_more", field_lines_more,
	    WEEK(emergencies) },
	{ "week", "week.late", field_lines_of, WEEK(late) },
	{ "week", "week.late_count", field_lines_count, WEEK(late) },
	{ "week", "week.late_more", field_lines_more, WEEK(late) },
	{ "week", "week.due", field_lines_of, WEEK(due) },
	{ "week", "week.due_count", field_lines_count, WEEK(due) },
	{ "week", "week.due_more", field_lines_more, WEEK(due) },
	{ "week", "week.surveys", field_week_surveys, WEEK(surveys) },
	{ "week", "week.low", field_lines_of, WEEK(low) },
	{ "week", "week.low_count", field_lines_count, WEEK(low) },
	{ "week", "week.low_more", field_lines_more, WEEK(low) },
	{ "week", "week.praise", field_lines_of, WEEK(praise) },
	{ "week", "week.praise_count", field_lines_count, WEEK(praise) },
	{ "week", "week.praise_more", field_lines_more, WEEK(praise) },
	{ "week", "line.at", field_time, LINE(at) },
	{ "week", "line.score", field_count, LINE(score) },
	{ "week", "line.score_word", field_score_word, LINE(score) },
	{ "week", "line.words", field_text, LINE(words) },
	{ "week", "line.reports_owed", field_count,
	    LINE(file.after_reports) },
	{ "week", "line.timeline", field_timeline, OF_LINE, 0 },
	{ "week", "week.problems", field_problems, WEEK(problems) },
	{ "week", "week.has_problems", field_count, WEEK(problems.total) },
	{ "week", "week.problems_more", field_problems_more, WEEK(problems) },
	{ "week", "problem.category", field_category, PROBLEM(category) },
	{ "week", "problem.place", field_place, PROBLEM(place) },
	{ "week", "problem.count", field_number, PROBLEM(count) },
	{ "week", "problem.before", field_number, PROBLEM(before) },
	{ "week", "problem.open", field_count, PROBLEM(open) },
	{ "week", "problem.oldest", field_text, PROBLEM(oldest) },
	{ "week", "problem.since", field_day, PROBLEM(oldest_at) },
	{ "week", "problem.department", field_department,
	    PROBLEM(department) },
	{ "week", "problem.bar", field_problem_bar, OF_PROBLEM, 0 },
	{ "week", "week.remarks", field_lines_of, WEEK(remarks) },
	{ "week", "week.remarks_more", field_lines_more, WEEK(remarks) },
	{ "week", "week.said_count", field_said_count, OF_WEEK, 0 },
	{ "week", "week.said_before", field_number, WEEK(said_before) },
	{ "week", "problem.is_repeated", field_problem_is_repeated,
	    OF_PROBLEM, 0 },
	{ "week", "week.opinions", field_opinions, OF_WEEK, 0 },
	{ "week", "opinion.department", field_department,
	    OPINION(department) },
	{ "week", "opinion.count", field_opinion_count, OF_OPINION, 0 },
	{ "week", "opinion.before", field_opinion_before, OF_OPINION, 0 },
	{ "week", "week.plans", field_plans, WEEK(plans) },
	{ "week", "week.requests", field_requests, WEEK(plans) },
	{ "week", "week.hot", field_hot, OF_WEEK, 0 },
	{ "week", "spot.category", field_category, SPOT(category) },
	{ "week", "spot.place", field_place, SPOT(place) },
	{ "week", "spot.cases", field_number, SPOT(cases) },
	{ "week", "spot.number", field_text, SPOT(number) },
	{ "week", "spot.since", field_day, SPOT(opened_at) },
	{ "week", "spot.handler", field_staff_of_id, SPOT(handler) },
	{ "week", "spot.word", field_text, SPOT(word) },
	{ "week", "spot.is_open", field_flag, SPOT(is_open) },

	{ "charge", "charge.level", field_number, CHARGE(level) },
	{ "charge", "charge.left_out", field_count, CHARGE(left_out) },
	{ "charge", "charge.mine", field_lines_of, CHARGE(mine) },
	{ "charge", "charge.mine_count", field_lines_count, CHARGE(mine) },
	{ "charge", "charge.mine_more", field_lines_more, CHARGE(mine) },
	{ "charge", "charge.below", field_lines_of, CHARGE(below) },
	{ "charge", "charge.below_count", field_lines_count, CHARGE(below) },
	{ "charge", "charge.below_more", field_lines_more, CHARGE(below) },
	{ "charge", "charge.coming", field_lines_of, CHARGE(coming) },
	{ "charge", "charge.coming_count", field_lines_count, CHARGE(coming) },
	{ "charge", "charge.coming_more", field_lines_more, CHARGE(coming) },
	{ "charge", "charge.at", field_time, LINE(at) },
	{ "charge", "charge.is_untaken", field_flag, LINE(is_untaken) },

	{ "ask", "ask_place", field_ask_place, OF_FACTS, 0 },
	{ "ask", "ask_matter", field_ask_matter, OF_FACTS, 0 },
};

const size_t text_field_count = ARRAY_COUNT(text_fields);

int
text_field_number(const char *name)
{
	for (size_t i = 0; i < text_field_count; i++)
		if (strcmp(text_fields[i].name, name) == 0)
			return (int)i;
	return -1;
}

/* Is `word' one of the words in `list' (one space between)? */
static bool
has_word(const char *list, const char *word)
{
	size_t len = strlen(word);

	while (*list != '\0') {
		size_t end = strcspn(list, " ");

		if (end == len && memcmp(list, word, len) == 0)
			return true;
		list += end + (list[end] == ' ');
	}
	return false;
}

static bool
is_offered(const struct text_field *field, const char *uses)
{
	return field->use[0] == '\0' || has_word(uses, field->use);
}

bool
text_data_offers(const char *name, const char *uses)
{
	int number = text_field_number(name);

	return number >= 0 && is_offered(&text_fields[number], uses);
}

const char *
text_data_allowed(const char *uses, struct arena *arena)
{
	const char *ret = "";

	for (size_t i = 0; i < text_field_count; i++) {
		if (is_offered(&text_fields[i], uses))
			ret = arena_printf(arena, "%s%s%s", ret,
			    ret[0] == '\0' ? "" : " ", text_fields[i].name);
	}
	return ret;
}
