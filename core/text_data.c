#include "core/text_data.h"

#include <string.h>

#include "core/mask.h"
#include "core/place.h"
#include "core/text_words.h"
#include "lib/arena.h"
#include "lib/text.h"

/* One object in the making. */
struct maker {
	const struct text_facts *facts;
	const struct estate *estate;
	enum language language;
	bool english;
	bool for_owner;
	struct arena *arena;
};

static void
put(json_t *object, const char *key, const char *text)
{
	json_put_text(object, key, text_is_empty(text) ? NULL : text);
}

static void
put_time(const struct maker *maker, json_t *object, const char *key, msec_t at)
{
	put(object, key,
	    text_time(maker->estate, maker->language, at, maker->arena));
}

static const char *
either(bool english, const char *zh, const char *en)
{
	if (english)
		return text_is_empty(en) ? zh : en;
	return text_is_empty(zh) ? en : zh;
}

static json_t *
add_object(json_t *root, const char *key)
{
	json_t *value = json_object();

	json_object_set_new(root, key, value);
	return value;
}

/* Towards owners a person is their role and surname (R3), nothing else. */
static const char *
staff_words(const struct maker *maker, const struct staff *staff)
{
	if (staff == NULL)
		return NULL;
	if (maker->for_owner)
		return either(maker->english, staff->title, staff->title_en);
	return either(maker->english, staff->name, staff->name_en);
}

static const char *
department_words(const struct maker *maker, const char *code)
{
	const struct department *department =
	    estate_department(maker->estate, code);

	if (department == NULL)
		return NULL;
	return either(maker->english, department->name, department->name_en);
}

static const char *
category_words(const struct maker *maker, const char *code)
{
	const struct category *category = estate_category(maker->estate, code);

	if (category == NULL)
		return code;
	return either(maker->english, category->name, category->name_en);
}

static void
add_person(const struct maker *maker, json_t *root, const char *key,
    const struct staff *staff)
{
	json_t *object;

	if (staff == NULL) {
		json_object_set_new(root, key, json_null());
		return;
	}
	object = add_object(root, key);
	put(object, "name", staff_words(maker, staff));
	put(object, "title",
	    either(maker->english, staff->title, staff->title_en));
	put(object, "department", department_words(maker, staff->department));
}

/* R40: first responder, handler, L2 and above of that estate, the head of
 * the department that has the case; by mail only (rules.md 5.35). */
static bool
may_see_contact(const struct maker *maker)
{
	const struct case_file *file = maker->facts->the_case;
	const struct staff *staff = maker->facts->to_staff;

	if (staff == NULL || maker->facts->channel != CHANNEL_MAIL ||
	    !staff_serves(staff, maker->estate))
		return false;
	return text_eq(staff->id, file->first_responder) ||
	    text_eq(staff->id, file->handler) || staff->level >= 2 ||
	    (staff->is_head && staff->department != NULL &&
		text_eq(staff->department, file->department));
}

/* Phone and mail in one line, whichever there are. */
static const char *
contact_line(const struct maker *maker, const char *phone, const char *mail)
{
	if (text_is_empty(phone))
		return mail;
	if (text_is_empty(mail))
		return phone;
	return arena_printf(maker->arena, "%s, %s", phone, mail);
}

static void
add_contact(const struct maker *maker, json_t *object, bool is_clear)
{
	const struct case_file *file = maker->facts->the_case;
	const char *name = file->owner_name;
	const char *phone = file->phone;
	const char *mail = file->mail;

	if (!is_clear) {
		name = name == NULL ? NULL : mask_name(name, maker->arena);
		phone = phone == NULL ? NULL : mask_phone(phone, maker->arena);
		mail = mail == NULL ? NULL : mask_mail(mail, maker->arena);
	}
	put(object, "name", name);
	put(object, "phone", phone);
	put(object, "mail", mail);
	put(object, "contact", contact_line(maker, phone, mail));
}

static void
add_owner(const struct maker *maker, json_t *root)
{
	const struct case_file *file = maker->facts->the_case;
	bool by_mail = file->channel == CHANNEL_MAIL;
	bool is_english = file->language == LANGUAGE_EN;
	json_t *owner = add_object(root, "owner");
	json_t *masked = add_object(root, "masked");
	json_t *matter = add_object(root, "matter");

	add_contact(maker, owner, may_see_contact(maker));
	put(owner, "language",
	    maker->english ? (is_english ? "English" : "Chinese")
			   : (is_english ? "英文" : "中文"));
	put(owner, "channel",
	    maker->english ? (by_mail ? "mail" : "text message")
			   : (by_mail ? "邮件" : "短信"));
	add_contact(maker, masked, false);
	put(masked, "place",
	    place_masked(&file->place, maker->english, maker->arena));
	put(masked, "text",
	    file->text == NULL ? NULL : mask_text(file->text, maker->arena));
	put(matter, "subject", file->subject);
	put(matter, "text", file->text);
	put(root, "outcome", file->outcome);
}

static void
add_dues(const struct maker *maker, json_t *root)
{
	const struct case_file *file = maker->facts->the_case;
	json_t *due = add_object(root, "due");

	put_time(maker, due, "take", file->take_due);
	put_time(maker, due, "dispatch", file->dispatch_due);
	put_time(maker, due, "reply", file->reply_due);
	put_time(maker, due, "outcome", file->outcome_due);
	put_time(maker, due, "promise", file->promise_due);
	put_time(maker, due, "news", file->news_due);
}

/* What staff type on a phone: 0007 of T261123-0007. */
static const char *
serial_of(const char *number)
{
	const char *hyphen = number == NULL ? NULL : strrchr(number, '-');

	return hyphen == NULL ? number : hyphen + 1;
}

static void
add_case(const struct maker *maker, json_t *root)
{
	const struct case_file *file = maker->facts->the_case;
	const struct config *conf = maker->facts->conf;
	json_t *object = add_object(root, "case");

	put(object, "number", file->number);
	put(object, "serial", serial_of(file->number));
	put(object, "kind", kind_word(file->kind, maker->language));
	put(object, "category", category_words(maker, file->category));
	put(object, "severity", severity_word(file->severity, maker->language));
	put(object, "state", case_state_word(file->state, maker->language));
	put(object, "place",
	    place_words(&file->place, maker->english, maker->arena));
	put_time(maker, object, "received", file->received_at);
	put(object, "first_responder",
	    staff_words(maker, config_staff(conf, file->first_responder)));
	put(object, "handler",
	    staff_words(maker, config_staff(conf, file->handler)));
	put(object, "department", department_words(maker, file->department));
	json_put_int(object, "level", file->level);
	json_put_flag(object, "is_emergency",
	    file->severity == SEVERITY_EMERGENCY);
	json_put_flag(object, "is_agitated", file->agitated);
	json_put_flag(object, "is_taken", file->taken_at != 0);
	add_dues(maker, root);
	add_owner(maker, root);
}

/* {{count}}, {{photos}}: a number that is 0 is false, or sections would
 * show it. */
static void
put_count(json_t *root, const char *key, int count)
{
	json_object_set_new(
	    root, key, count == 0 ? json_null() : json_integer(count));
}

static void
add_lines(const struct maker *maker, json_t *root)
{
	json_t *lines = json_array();

	for (size_t i = 0; i < maker->facts->line_count; i++)
		json_array_append_new(
		    lines, json_string(text_or(maker->facts->lines[i], "")));
	json_object_set_new(root, "lines", lines);
}

static void
add_cases(const struct maker *maker, json_t *root)
{
	json_t *cases = json_array();

	for (size_t i = 0; i < maker->facts->case_count; i++) {
		const struct case_brief *brief = &maker->facts->cases[i];
		json_t *object = json_object();

		put(object, "number", brief->number);
		put(object, "state",
		    case_state_word(brief->state, maker->language));
		put(object, "category",
		    category_words(maker, brief->category));
		put(object, "place",
		    place_words(&brief->place, maker->english, maker->arena));
		/* A time that has passed is no answer to "how far is it". */
		put_time(maker, object, "reply_by",
		    brief->reply_due > maker->facts->now ? brief->reply_due
							 : 0);
		json_array_append_new(cases, object);
	}
	json_object_set_new(root, "cases", cases);
}

static const char *
actor_words(const struct maker *maker, const char *actor)
{
	const struct staff *staff = config_staff(maker->facts->conf, actor);

	if (staff != NULL)
		return staff_words(maker, staff);
	if (text_eq(actor, "owner"))
		return maker->english ? "owner" : "业主";
	if (text_eq(actor, "desk"))
		return maker->english ? "desk" : "系统";
	return actor;
}

static void
add_events(const struct maker *maker, json_t *root)
{
	json_t *events = json_array();

	for (size_t i = 0; i < maker->facts->event_count; i++) {
		const struct snapshot_event *event = &maker->facts->events[i];
		json_t *object = json_object();

		put_time(maker, object, "time", event->at);
		put(object, "what",
		    text_event_word(event->name, maker->language));
		put(object, "actor", actor_words(maker, event->actor));
		put_count(object, "to_level", event->level);
		put(object, "said", event->text);
		json_array_append_new(events, object);
	}
	json_object_set_new(root, "events", events);
}

static void
add_facts(const struct maker *maker, json_t *root)
{
	const struct text_facts *facts = maker->facts;
	bool asks_all = !facts->asks_place && !facts->asks_matter;

	put(root, "words", facts->words);
	add_person(maker, root, "author", facts->author);
	add_person(maker, root, "holder", facts->holder);
	put_time(maker, root, "at", facts->at);
	put_time(maker, root, "before", facts->before);
	put(root, "reason", facts->reason);
	put(root, "wanted", text_timer_word(facts->wanted, maker->language));
	put(root, "who", facts->who);
	put_count(root, "score", facts->score);
	put(root, "score_word", text_score_word(facts->score, maker->language));
	put_count(root, "count", facts->count);
	put_count(root, "photos", facts->photos);
	add_lines(maker, root);
	add_cases(maker, root);
	add_events(maker, root);
	json_put_flag(root, "ask_place", facts->asks_place || asks_all);
	json_put_flag(root, "ask_matter", facts->asks_matter || asks_all);
}

static void
add_frame(const struct maker *maker, json_t *root)
{
	const struct estate *estate = maker->estate;
	const struct staff *staff = maker->facts->to_staff;
	json_t *object = add_object(root, "estate");

	put(object, "name",
	    either(maker->english, estate->name, estate->name_en));
	put(object, "signature",
	    either(maker->english, estate->signature, estate->signature_en));
	put(object, "duty_phone", estate->duty_phone);
	object = add_object(root, "recipient");
	put(object, "name",
	    staff != NULL ? staff_words(maker, staff) : maker->facts->to_name);
	object = add_object(root, "reply");
	json_put_flag(
	    object, "to_owner", maker->facts->reply == REPLY_MATTER);
	json_put_flag(
	    object, "is_note", maker->facts->reply == REPLY_INTERNAL);
	json_put_flag(object, "to_asker", maker->facts->reply == REPLY_ASK);
	put_time(maker, root, "now", maker->facts->now);
}

json_t *
text_data(const struct text_facts *facts, struct arena *arena)
{
	const struct maker maker = {
		.facts = facts,
		.estate = facts->estate != NULL ? facts->estate
						: &facts->conf->estates[0],
		.language = facts->language,
		.english = facts->language == LANGUAGE_EN,
		.for_owner = facts->to_staff == NULL,
		.arena = arena,
	};
	json_t *root = json_object();

	add_frame(&maker, root);
	if (facts->the_case != NULL)
		add_case(&maker, root);
	add_facts(&maker, root);
	return root;
}
