#include "core/classify.h"
#include "core/mask.h"
#include "core/phone.h"
#include "desk/answer.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/cases.h"
#include "store/inbox.h"
#include "store/incidents.h"

enum { MESSAGES_SHOWN = 1000, NEIGHBOURS_SHOWN = 500 };

/* The answer is due and has not been given. */
static bool
is_overdue(const struct question *question, const struct case_file *file)
{
	return case_is_open(file->state) && file->first_reply_at == 0 &&
	       file->reply_due != 0 && file->reply_due < question->now;
}

/* What it belongs to, by the number that staff know. */
static void
put_relations(
    struct question *question, const struct case_file *file, json_t *row)
{
	struct incident incident = { 0 };
	struct case_file other = { 0 };
	struct err err = { 0 };

	if (file->incident != 0 &&
	    incident_load(question->store, file->incident, question->arena,
		&incident, &err) > 0)
		json_put_text(row, "incident", incident.number);
	if (file->merged_into != 0 &&
	    case_load(question->store, file->merged_into, question->arena,
		&other, &err) > 0)
		json_put_text(row, "merged_into", other.number);
}

/* The open cases of the same incident. */
static int
put_neighbours(
    struct question *question, const struct case_file *file, struct err *err)
{
	struct incident_case *cases;
	json_t *list;
	int count;

	if (file->incident == 0)
		return 0;
	cases = arena_array(question->arena, NEIGHBOURS_SHOWN, sizeof(*cases));
	count = incident_cases(question->store, file->incident,
	    question->arena, cases, NEIGHBOURS_SHOWN, err);
	list = json_array();
	for (int i = 0; i < count; i++)
		if (cases[i].id != file->id)
			json_array_append_new(
			    list, json_string(cases[i].number));
	json_object_set_new(question->answer, "incident_cases", list);
	return count < 0 ? -1 : 0;
}

static json_t *
case_row(struct question *question, const struct case_file *file)
{
	const struct {
		const char *key;
		msec_t at;
	} times[] = {
		{ "received", file->received_at },
		{ "reply_due", file->reply_due },
		{ "first_reply", file->first_reply_at },
		{ "outcome_due", file->outcome_due },
		{ "fed_back", file->fed_back_at },
		{ "closed", file->closed_at },
	};
	json_t *row = json_object();

	json_put_text(row, "case", file->number);
	json_put_text(row, "estate", file->estate);
	json_put_text(row, "state", case_state_name(file->state));
	json_put_text(row, "severity", severity_name(file->severity));
	json_put_text(row, "kind", kind_name(file->kind));
	json_put_text(row, "category", file->category);
	json_put_text(row, "place", place_print(&file->place, question->arena));
	json_put_text(row, "first_responder", file->first_responder);
	json_put_text(row, "handler", file->handler);
	json_put_text(row, "department", file->department);
	json_put_int(row, "level", file->level);
	for (size_t i = 0; i < ARRAY_COUNT(times); i++)
		answer_put_time(
		    question, row, times[i].key, times[i].at, file->estate);
	json_put_flag(row, "overdue", is_overdue(question, file));
	put_relations(question, file, row);
	return row;
}

/* A filter that names nothing would be answered by an empty list, which looks
 * like good news. */
static const char *
mistake_in(const struct question *question, const struct case_filter *filter)
{
	enum case_state state;
	enum severity severity;

	if (filter->state != NULL && case_state_from(filter->state, &state) < 0)
		return "no such state; expected new, acknowledged, assigned, "
		       "in_progress, waiting_owner, waiting_third_party, "
		       "resolved, fed_back, closed, reopened, merged, "
		       "withdrawn, spam or out_of_scope";
	if (filter->severity != NULL &&
	    severity_from(filter->severity, &severity) < 0)
		return "no such severity; expected minor, normal, major or "
		       "emergency";
	if (filter->estate != NULL &&
	    config_estate(question->conf, filter->estate) == NULL)
		return "no such estate; expected a NAME of estate.NAME in "
		       "the settings";
	if (filter->handler != NULL &&
	    config_staff(question->conf, filter->handler) == NULL)
		return "no such person; expected a NAME of staff.NAME in the "
		       "settings";
	return NULL;
}

int
answer_list(struct question *question, struct err *err)
{
	struct case_filter filter = {
		.estate = json_text(question->request, "estate"),
		.state = json_text(question->request, "state"),
		.severity = json_text(question->request, "severity"),
		.handler = json_text(question->request, "handler"),
		.open_only = json_flag(question->request, "open"),
	};
	const char *mistake = mistake_in(question, &filter);
	int limit = answer_limit(question), count;
	struct case_file *files =
	    arena_array(question->arena, (size_t)limit, sizeof(*files));
	json_t *list;

	if (mistake != NULL)
		return answer_refuse(question, "%s", mistake);
	count = case_list(
	    question->store, &filter, question->arena, files, limit, err);
	list = json_array();
	for (int i = 0; i < count; i++)
		json_array_append_new(list, case_row(question, &files[i]));
	json_object_set_new(question->answer, "cases", list);
	json_put_flag(question->answer, "more", count == limit);
	return count < 0 ? -1 : 0;
}

/* Masked, as everywhere but in case mail (R40). */
static void
put_people(
    struct question *question, const struct case_file *file, bool unmasked)
{
	const struct {
		const char *key;
		const char *value;
		const char *(*mask)(const char *, struct arena *);
	} words[] = {
		{ "owner", file->owner_name, mask_name },
		{ "mail", file->mail, mask_mail },
		{ "phone", file->phone, mask_phone },
		{ "subject", file->subject, mask_text },
		{ "text", file->text, mask_text },
		{ "outcome", file->outcome, mask_text },
	};

	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		json_put_text(question->answer, words[i].key,
		    unmasked ? words[i].value
			     : words[i].mask(words[i].value, question->arena));
}

static int
put_story(struct question *question, const struct case_file *file,
    bool unmasked, struct err *err)
{
	struct snapshot_event *events = NULL;
	size_t count = 0;
	json_t *list = json_array();

	json_object_set_new(question->answer, "events", list);
	if (case_events(question->store, file->id, question->arena, &events,
		&count, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		json_t *row = json_object();

		answer_put_time(
		    question, row, "at", events[i].at, file->estate);
		json_put_text(row, "event", events[i].name);
		json_put_text(row, "actor", events[i].actor);
		if (events[i].level > 0)
			json_put_int(row, "level", events[i].level);
		if (events[i].text != NULL)
			json_put_text(row, "text",
			    unmasked
				? events[i].text
				: mask_text(events[i].text, question->arena));
		json_array_append_new(list, row);
	}
	return 0;
}

/* As people are shown; gateways write a number in several ways. */
static const char *
sender_of(
    const struct question *question, const struct inbox_row *in, bool unmasked)
{
	const struct sms_channel *sms = config_sms(question->conf, in->source);
	const char *sender = in->sender;

	if (in->channel == CHANNEL_SMS && sms != NULL && sender != NULL)
		sender = text_or(
		    phone_e164(sender, sms->country, question->arena), sender);
	return unmasked ? sender : mask_address(sender, question->arena);
}

static int
put_messages(struct question *question, const struct case_file *file,
    bool unmasked, struct err *err)
{
	int64_t ids[MESSAGES_SHOWN];
	int count =
	    case_messages(question->store, file->id, ids, MESSAGES_SHOWN, err);
	json_t *list = json_array();

	json_object_set_new(question->answer, "inbox", list);
	for (int i = 0; i < count; i++) {
		struct inbox_row in = { 0 };
		json_t *row;

		if (inbox_load(
			question->store, ids[i], question->arena, &in, err) < 0)
			return -1;
		row = json_object();
		json_put_int(row, "id", in.id);
		answer_put_time(
		    question, row, "received", in.received_at, file->estate);
		json_put_text(row, "channel", channel_name(in.channel));
		json_put_text(row, "source", in.source);
		json_put_text(
		    row, "sender", sender_of(question, &in, unmasked));
		json_put_int(row, "bytes", (int64_t)in.raw_len);
		json_array_append_new(list, row);
	}
	return count < 0 ? -1 : 0;
}

int
answer_find_case(
    struct question *question, struct case_file *ret, struct err *err)
{
	const char *given = text_or(json_text(question->request, "case"), "");
	const char *number = case_number_find(given, question->arena);
	int found = 0;

	if (number != NULL)
		found = case_load_number(
		    question->store, number, question->arena, ret, err);
	if (found == 0)
		(void)answer_refuse(question,
		    "there is no case %.40s; `shouwen list --all' shows their "
		    "numbers",
		    given);
	return found;
}

int
answer_put_case(struct question *question, const struct case_file *file,
    bool unmasked, struct err *err)
{
	json_object_update_new(question->answer, case_row(question, file));
	put_people(question, file, unmasked);
	if (put_neighbours(question, file, err) < 0 ||
	    put_story(question, file, unmasked, err) < 0 ||
	    put_messages(question, file, unmasked, err) < 0)
		return -1;
	return answer_put_outbox(question, true, file->id, err);
}

int
answer_show(struct question *question, struct err *err)
{
	struct case_file file = { 0 };
	int found = answer_find_case(question, &file, err);

	if (found <= 0)
		return found;
	return answer_put_case(question, &file,
	    json_flag(question->request, "unmasked"), err);
}
