/*
 * Who is who in a text: people by their title towards owners (R3, R9), and the
 * owner's contact towards those who work on the case (R40).
 */
#include "core/mask.h"
#include "core/phone.h"
#include "core/place.h"
#include "core/text_field.h"
#include "core/text_words.h"
#include "lib/arena.h"
#include "lib/text.h"

/* ---- staff ---- */

static const char *
department_words(const struct text_view *view, const char *code)
{
	const struct department *department =
	    estate_department(view->estate, code);

	if (department == NULL)
		return NULL;
	return view_either(view, department->name, department->name_en);
}

struct template_value
field_department(const struct text_view *view, const void *at)
{
	const char *const *code = at;

	return value_text(department_words(view, *code));
}

/* Towards owners a person is their role and surname (R3), nothing else. */
static const char *
staff_words(const struct text_view *view, const struct staff *staff)
{
	if (staff == NULL)
		return NULL;
	if (view->for_owner)
		return view_either(view, staff->title, staff->title_en);
	return view_either(view, staff->name, staff->name_en);
}

/* That there is somebody. */
struct template_value
field_staff(const struct text_view *view, const void *at)
{
	const struct staff *const *staff = at;

	(void)view;
	return (struct template_value){
		.kind = *staff == NULL ? VALUE_NONE : VALUE_OBJECT, .mark = -1
	};
}

struct template_value
field_staff_name(const struct text_view *view, const void *at)
{
	const struct staff *const *staff = at;

	return value_text(staff_words(view, *staff));
}

struct template_value
field_staff_title(const struct text_view *view, const void *at)
{
	const struct staff *const *staff = at;

	if (*staff == NULL)
		return value_text(NULL);
	return value_text(
	    view_either(view, (*staff)->title, (*staff)->title_en));
}

struct template_value
field_staff_department(const struct text_view *view, const void *at)
{
	const struct staff *const *staff = at;

	if (*staff == NULL)
		return value_text(NULL);
	return value_text(department_words(view, (*staff)->department));
}

struct template_value
field_staff_of_id(const struct text_view *view, const void *at)
{
	const char *const *id = at;

	return value_text(
	    staff_words(view, config_staff(view->facts->conf, *id)));
}

struct template_value
field_recipient(const struct text_view *view, const void *at)
{
	const struct text_facts *facts = view->facts;
	const char *const *name = at;

	return value_text(facts->to_staff != NULL
			      ? staff_words(view, facts->to_staff)
			      : *name);
}

static const char *
actor_words(const struct text_view *view, const char *actor)
{
	const struct staff *staff = config_staff(view->facts->conf, actor);

	if (staff != NULL)
		return staff_words(view, staff);
	return text_actor_word(actor, view->language);
}

struct template_value
field_actor(const struct text_view *view, const void *at)
{
	const char *const *actor = at;

	return value_text(actor_words(view, *actor));
}

/* ---- the owner ---- */

/* R40: first responder, handler, L2 and above of that estate, the head of
 * the department that has the case; by mail only (rules.md 5.35). */
static bool
may_see_contact(const struct text_view *view, const struct case_file *file)
{
	const struct staff *staff = view->facts->to_staff;

	if (staff == NULL || view->facts->channel != CHANNEL_MAIL ||
	    !staff_serves(staff, view->estate))
		return false;
	if (text_eq(staff->id, file->first_responder) || staff->level >= 2)
		return true;
	/* Who goes to the offender's door need not know who reported (R47). */
	if (case_hides_reporter(file))
		return false;
	return text_eq(staff->id, file->handler) ||
	       (staff->is_head && staff->department != NULL &&
		   text_eq(staff->department, file->department));
}

/* Phone and mail in one line, whichever there are. */
static const char *
contact_line(const struct text_view *view, const char *phone, const char *mail)
{
	if (text_is_empty(phone))
		return mail;
	if (text_is_empty(mail))
		return phone;
	return arena_join(
	    view->arena, (const char *[]){ phone, ", ", mail }, 3);
}

/* How to reach the owner, as far as this reader may know. */
struct contact {
	const char *name, *phone, *mail;
};

static struct contact
masked_contact(const struct text_view *view, const struct case_file *file)
{
	struct arena *arena = view->arena;

	return (struct contact){
		.name = file->owner_name == NULL
			    ? NULL
			    : mask_name(file->owner_name, arena),
		.phone =
		    file->phone == NULL ? NULL : mask_phone(file->phone, arena),
		.mail =
		    file->mail == NULL ? NULL : mask_mail(file->mail, arena),
	};
}

static struct contact
contact_of(const struct text_view *view, const struct case_file *file)
{
	if (!may_see_contact(view, file))
		return masked_contact(view, file);
	return (struct contact){ file->owner_name, file->phone, file->mail };
}

/* What people wrote about the case: who may not know the owner's number must
 * not read it in their words (R40). */
static struct template_value
said(const struct text_view *view, const char *text)
{
	const struct case_file *file = view->facts->the_case;

	if (text == NULL || file == NULL || view->for_owner ||
	    may_see_contact(view, file))
		return value_text(text);
	return value_text(mask_words(text, file->owner_name, view->arena));
}

struct template_value
field_said(const struct text_view *view, const void *at)
{
	const char *const *text = at;

	return said(view, *text);
}

struct template_value
field_words(const struct text_view *view, const void *at)
{
	return said(view, field_foreign_text(view, at).text);
}

struct template_value
field_owner_name(const struct text_view *view, const void *at)
{
	return value_text(contact_of(view, at).name);
}

struct template_value
field_owner_phone(const struct text_view *view, const void *at)
{
	const struct case_file *file = at;

	return value_text(phone_is_name(file->phone)
		? NULL
		: contact_of(view, file).phone);
}

struct template_value
field_owner_mail(const struct text_view *view, const void *at)
{
	return value_text(contact_of(view, at).mail);
}

struct template_value
field_owner_contact(const struct text_view *view, const void *at)
{
	const struct contact contact = contact_of(view, at);

	return value_text(contact_line(view, contact.phone, contact.mail));
}

struct template_value
field_masked_name(const struct text_view *view, const void *at)
{
	return value_text(masked_contact(view, at).name);
}

struct template_value
field_masked_phone(const struct text_view *view, const void *at)
{
	return value_text(masked_contact(view, at).phone);
}

struct template_value
field_masked_mail(const struct text_view *view, const void *at)
{
	return value_text(masked_contact(view, at).mail);
}

struct template_value
field_masked_contact(const struct text_view *view, const void *at)
{
	const struct contact contact = masked_contact(view, at);

	return value_text(contact_line(view, contact.phone, contact.mail));
}

/* While nobody knows where the danger is, the number is what finds the people:
 * an alarm shows it whole then, and only then (rules.md 5.35).  Not of who is
 * to stay unknown. */
static struct contact
alarm_contact(const struct text_view *view, const struct case_file *file)
{
	struct contact contact = masked_contact(view, file);

	if (place_is_empty(&file->place) && !case_hides_reporter(file))
		contact.phone = file->phone;
	return contact;
}

struct template_value
field_alarm_phone(const struct text_view *view, const void *at)
{
	return value_text(alarm_contact(view, at).phone);
}

struct template_value
field_alarm_contact(const struct text_view *view, const void *at)
{
	const struct contact contact = alarm_contact(view, at);

	return value_text(contact_line(view, contact.phone, contact.mail));
}

/* Whoever reads it: an alarm goes to many (rules.md 5.35). */
struct template_value
field_masked_words(const struct text_view *view, const void *at)
{
	const char *words = field_foreign_text(view, at).text;
	const struct case_file *file = view->facts->the_case;

	if (words == NULL || file == NULL)
		return value_text(words);
	return value_text(mask_words(words, file->owner_name, view->arena));
}
