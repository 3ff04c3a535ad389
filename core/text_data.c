#include "core/text_data.h"

#include "core/place.h"
#include "core/survey.h"
#include "core/text_field.h"
#include "core/text_words.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

static const struct template_value none = { .kind = VALUE_NONE };

struct template_value
value_text(const char *text)
{
	if (text == NULL || *text == '\0')
		return none;
	return (struct template_value){
		.kind = VALUE_TEXT, .text = text, .len = strlen(text)
	};
}

struct template_value
value_flag(bool is_true)
{
	return (struct template_value){ .kind = VALUE_FLAG, .number = is_true };
}

static struct template_value
value_number(int number)
{
	return (
	    struct template_value){ .kind = VALUE_NUMBER, .number = number };
}

struct template_value
value_count(int count)
{
	return count == 0 ? none : value_number(count);
}

struct template_value
value_list(enum text_field_of mark, const void *of, size_t count)
{
	return (struct template_value){
		.kind = VALUE_LIST, .mark = (int)mark, .of = of, .len = count
	};
}

const char *
view_either(const struct text_view *view, const char *zh, const char *en)
{
	if (view->english)
		return text_is_empty(en) ? zh : en;
	return text_is_empty(zh) ? en : zh;
}

/* ---- one member as it is ---- */

struct template_value
field_text(const struct text_view *view, const void *at)
{
	const char *const *text = at;

	(void)view;
	return value_text(*text);
}

/* Words that came from outside and not through a reader: an answer of a server.
 */
struct template_value
field_foreign_text(const struct text_view *view, const void *at)
{
	const char *const *text = at;

	if (text_is_empty(*text))
		return none;
	return value_text(unicode_valid(*text, strlen(*text), view->arena));
}

struct template_value
field_time(const struct text_view *view, const void *at)
{
	const msec_t *when = at;

	return value_text(
	    text_time(view->estate, view->language, *when, view->arena));
}

struct template_value
field_number(const struct text_view *view, const void *at)
{
	const int *number = at;

	(void)view;
	return value_number(*number);
}

/* {{count}}, {{photos}}: a number that is 0 is false, or sections would
 * show it. */
struct template_value
field_count(const struct text_view *view, const void *at)
{
	const int *count = at;

	(void)view;
	return value_count(*count);
}

struct template_value
field_flag(const struct text_view *view, const void *at)
{
	const bool *flag = at;

	(void)view;
	return value_flag(*flag);
}

struct template_value
field_place(const struct text_view *view, const void *at)
{
	const struct place *place = at;

	return value_text(place_words(place, view->language, view->arena));
}

/* ---- the frame ---- */

struct template_value
field_estate_name(const struct text_view *view, const void *at)
{
	(void)at;
	return value_text(
	    view_either(view, view->estate->name, view->estate->name_en));
}

struct template_value
field_signature(const struct text_view *view, const void *at)
{
	(void)at;
	return value_text(view_either(
	    view, view->estate->signature, view->estate->signature_en));
}

struct template_value
field_duty_phone(const struct text_view *view, const void *at)
{
	(void)at;
	return value_text(view->estate->duty_phone);
}

struct template_value
field_reply_to_owner(const struct text_view *view, const void *at)
{
	const enum reply_kind *reply = at;

	(void)view;
	return value_flag(*reply == REPLY_MATTER);
}

struct template_value
field_reply_is_note(const struct text_view *view, const void *at)
{
	const enum reply_kind *reply = at;

	(void)view;
	return value_flag(*reply == REPLY_INTERNAL);
}

struct template_value
field_reply_to_asker(const struct text_view *view, const void *at)
{
	const enum reply_kind *reply = at;

	(void)view;
	return value_flag(*reply == REPLY_ASK);
}

struct template_value
field_reply_to_all(const struct text_view *view, const void *at)
{
	const enum reply_kind *reply = at;

	(void)view;
	return value_flag(*reply == REPLY_INCIDENT);
}

struct template_value
field_reply_to_chair(const struct text_view *view, const void *at)
{
	const enum reply_kind *reply = at;

	(void)view;
	return value_flag(*reply == REPLY_DIGEST);
}

struct template_value
field_reply_to_cases(const struct text_view *view, const void *at)
{
	const enum reply_kind *reply = at;

	(void)view;
	return value_flag(*reply == REPLY_BUNDLE);
}

struct template_value
field_reply_is_one_of_many(const struct text_view *view, const void *at)
{
	const struct text_facts *facts = at;

	(void)view;
	return value_flag(facts->incident != NULL && facts->incident->is_open &&
			  facts->reply == REPLY_MATTER);
}

/* ---- other facts ---- */

/* That there is one. */
struct template_value
field_incident(const struct text_view *view, const void *at)
{
	const struct incident *const *incident = at;

	(void)view;
	return (struct template_value){
		.kind = *incident == NULL ? VALUE_NONE : VALUE_OBJECT,
		.mark = -1
	};
}

struct template_value
field_wanted(const struct text_view *view, const void *at)
{
	const enum timer_kind *wanted = at;

	return value_text(text_timer_word(*wanted, view->language));
}

struct template_value
field_topic(const struct text_view *view, const void *at)
{
	const char *const *scope = at;
	const struct category *category =
	    estate_category(view->estate, *scope);

	if (text_is_empty(*scope))
		return none;
	if (category != NULL)
		return value_text(
		    view_either(view, category->name, category->name_en));
	return value_text(text_survey_word(
	    text_eq(*scope, SURVEY_REPAIR), view->language));
}

struct template_value
field_score_word(const struct text_view *view, const void *at)
{
	const int *score = at;

	return value_text(text_score_word(*score, view->language));
}

struct template_value
field_ask_place(const struct text_view *view, const void *at)
{
	const struct text_facts *facts = at;

	(void)view;
	return value_flag(facts->asks_place || !facts->asks_matter);
}

struct template_value
field_ask_matter(const struct text_view *view, const void *at)
{
	const struct text_facts *facts = at;

	(void)view;
	return value_flag(facts->asks_matter || !facts->asks_place);
}

/* ---- lists ---- */

struct template_value
field_lines(const struct text_view *view, const void *at)
{
	const struct text_facts *facts = at;

	(void)view;
	return value_list(OF_FACTS, facts->lines, facts->line_count);
}

struct template_value
field_cases(const struct text_view *view, const void *at)
{
	const struct text_facts *facts = at;

	(void)view;
	return value_list(OF_BRIEF, facts->cases, facts->case_count);
}

struct template_value
field_events(const struct text_view *view, const void *at)
{
	const struct text_facts *facts = at;

	(void)view;
	return value_list(OF_EVENT, facts->events, facts->event_count);
}

/* A time that has passed is no answer to "how far is it". */
struct template_value
field_reply_by(const struct text_view *view, const void *at)
{
	const msec_t *due = at;

	if (*due <= view->facts->now)
		return none;
	return field_time(view, due);
}

struct template_value
field_event_word(const struct text_view *view, const void *at)
{
	const char *const *name = at;

	return value_text(text_event_word(*name, view->language));
}

/* ---- the source ---- */

static const struct text_view *
view_of(const struct template_source *source)
{
	return (const void *)source; /* its first member */
}

static struct template_value
make(const struct text_view *view, const struct text_field *field,
    const void *of)
{
	return of == NULL ? none
			  : field->get(view, (const char *)of + field->at);
}

/* What a field of the facts is about; NULL where there is none of it. */
static const void *
object_of(const struct text_facts *facts, enum text_field_of of)
{
	switch (of) {
	case OF_CASE: return facts->the_case;
	case OF_INCIDENT: return facts->incident;
	case OF_WORD: return facts->incident_word;
	case OF_WEEK: return facts->week;
	case OF_CHARGE: return facts->charge;
	case OF_FACTS:
	case OF_BRIEF:
	case OF_EVENT:
	case OF_BIN:
	case OF_LINE:
	case OF_PROBLEM:
	case OF_SPOT:
	case OF_FIGURE:
	case OF_PLAN:
	case OF_REQUEST:
	case OF_OPINION:
	case TEXT_FIELD_OF_COUNT: break;
	}
	return facts;
}

/* A line of the digest begins with its case. */
static bool
knows(int mark, enum text_field_of of)
{
	return (int)of == mark || (mark == OF_LINE && of == OF_CASE);
}

/* The facts and what they are about are one object to a template. */
static bool
get(const struct template_source *source, const struct template_value *object,
    const struct template_name *name, struct template_value *ret)
{
	const struct text_view *view = view_of(source);
	const struct text_field *field;
	struct template_value *made;

	if (name->number < 0)
		return false;
	field = &text_fields[name->number];
	made = &view->made[name->number];
	if (field->get == NULL)
		return false;
	if (object->mark != OF_FACTS) {
		if (!knows(object->mark, field->of))
			return false;
		*ret = make(view, field, object->of);
		return true;
	}
	if (field->of >= OF_BRIEF)
		return false;
	if (made->kind == VALUE_UNASKED)
		*made = make(view, field, object_of(view->facts, field->of));
	*ret = *made;
	return true;
}

/* What a list of them holds. */
static const size_t item_sizes[TEXT_FIELD_OF_COUNT] = {
	[OF_CASE] = sizeof(struct case_file),
	[OF_BRIEF] = sizeof(struct case_brief),
	[OF_EVENT] = sizeof(struct snapshot_event),
	[OF_BIN] = sizeof(struct round_bin),
	[OF_LINE] = sizeof(struct weekly_line),
	[OF_PROBLEM] = sizeof(struct weekly_problem),
	[OF_SPOT] = sizeof(struct weekly_hot),
	[OF_FIGURE] = sizeof(struct text_figure),
	[OF_PLAN] = sizeof(struct plan),
	[OF_OPINION] = sizeof(struct opinions),
	[OF_REQUEST] = sizeof(struct plan_request),
};

static struct template_value
item(const struct template_source *source, const struct template_value *list,
    size_t i)
{
	const struct text_view *view = view_of(source);

	if (list->mark == OF_FACTS)
		return field_foreign_text(view, &view->facts->lines[i]);
	return (struct template_value){
		.kind = VALUE_OBJECT,
		.mark = list->mark,
		.of = (const char *)list->of + i * item_sizes[list->mark],
	};
}

void
text_view_init(
    struct text_view *ret, const struct text_facts *facts, struct arena *arena)
{
	*ret = (struct text_view){
		.source = {
		    .get = get,
		    .item = item,
		    .root = {
			.kind = VALUE_OBJECT, .mark = OF_FACTS, .of = facts },
		},
		.facts = facts,
		.estate = facts->estate != NULL ? facts->estate
						: &facts->conf->estates[0],
		.language = facts->language,
		.english = facts->language != LANGUAGE_ZH,
		.for_owner = facts->to_staff == NULL,
		.arena = arena,
		.made = arena_array(
		    arena, text_field_count, sizeof(struct template_value)),
	};
}
