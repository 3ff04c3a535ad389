/*
 * A new case: what it is about, who told it, and where.
 */
#include "handlers/cases_fill.h"

#include "core/phone.h"
#include "core/zone.h"
#include "handlers/cases.h"
#include "lib/arena.h"
#include "lib/text.h"

const char *
cases_new_number(const struct work *work)
{
	struct local_time day =
	    zone_local(work->estate->zone, work->in->received_at);

	return arena_printf(work->arena, "T%02d%02d%02d-%04d", day.year % 100,
	    day.month, day.day, work->before->next_serial);
}

/* Staff write of what they see themselves. */
static bool
is_witnessed(const struct work *work, const struct matter *matter)
{
	return matter->by != NULL && matter->told == NULL &&
	    !work->in->message->forward.is_forward;
}

/* Of the register; id 0: not in it. */
static const struct owner *
owner_of(const struct work *work, const struct matter *matter)
{
	if (matter->by == NULL)
		return &work->before->sender.owner;
	/* Who is in danger is asked, and gone to, like anybody. */
	return is_witnessed(work, matter) &&
		work->seen.severity == SEVERITY_EMERGENCY ?
	    &work->before->sender.resident : &work->before->caller.owner;
}

static void
fill_witness(struct work *work, const struct matter *matter)
{
	struct case_file *file = &work->file;
	const struct owner *owner = owner_of(work, matter);

	file->channel = work->in->message->channel;
	if (file->severity != SEVERITY_EMERGENCY)
		return;
	/* Those who are alarmed telephone whoever told it. */
	if (file->channel == CHANNEL_SMS)
		file->phone = work_sender(work);
	else if (matter->by->phone != NULL)
		file->phone = matter->by->phone;
	file->owner_name = owner->id != 0 ? owner->name : matter->by->name;
}

/* Forwarded: the owner is who wrote the forwarded mail.  Told by phone or in
 * person: who told it. */
static void
fill_caller(struct work *work, const struct matter *matter)
{
	struct case_file *file = &work->file;
	const struct forward *forward = &work->in->message->forward;
	const struct owner *owner = owner_of(work, matter);
	const struct told *told = matter->told;

	file->channel = CHANNEL_MAIL;
	if (told == NULL) {
		/* A colleague's mail, passed on once more, is nobody's. */
		if (config_staff_by_mail(work->ctx->conf, forward->from) != NULL)
			return;
		file->mail = forward->from;
		file->owner_name = owner->id != 0 ? owner->name :
						    forward->from_name;
		return;
	}
	if (told->phone != NULL) {
		file->phone = told->phone;
		file->channel = CHANNEL_SMS;
	}
	if (told->mail != NULL)
		file->mail = told->mail;
	file->owner_name = owner->id != 0 ? owner->name : told->name;
}

static void
fill_sender(struct work *work, const struct matter *matter)
{
	struct case_file *file = &work->file;
	const struct message *message = work->in->message;
	const struct owner *owner = owner_of(work, matter);

	file->owner = owner->id;
	file->mail = owner->mail;
	file->phone = owner->phone;
	file->channel = message->channel;
	if (is_witnessed(work, matter)) {
		fill_witness(work, matter);
		return;
	}
	if (matter->by != NULL) {
		fill_caller(work, matter);
		return;
	}
	file->owner_name = owner->id != 0 ? owner->name : message->from.name;
	if (message->channel == CHANNEL_MAIL) {
		file->mail = message->from.addr;
		file->owner_thread = message->message_id;
		file->owner_last = message->message_id;
	} else {
		/* Short codes and names too: they cannot be answered, and
		 * staff must see who wrote. */
		file->phone = work_sender(work);
	}
}

static void
fill_place(struct work *work, const struct matter *matter)
{
	const struct owner *owner = owner_of(work, matter);

	work->file.place = work->seen.place;
	if (matter->told != NULL && !place_is_empty(&matter->told->place))
		work->file.place = matter->told->place;
	if (place_is_empty(&work->file.place) && owner->id != 0)
		work->file.place = owner->home;
}

/* An unknown sender who names a flat is its unconfirmed contact (rules.md
 * 5.39); the store gives the row its id and the case its owner. */
void
cases_bind_contact(struct work *work, const struct matter *matter)
{
	const struct case_file *file = &work->file;

	/* Staff name the flats of others. */
	if (is_witnessed(work, matter) || file->owner != 0 ||
	    !place_is_flat(&file->place) ||
	    (file->mail == NULL && !phone_is_e164(file->phone)))
		return;
	work->owner_is_unconfirmed = true;
	effects_add(work->out, EFFECT_CONTACT)->contact = (struct owner){
		.estate = work->estate->id,
		.name = file->owner_name,
		.home = file->place,
		.mail = file->mail,
		.phone = phone_is_e164(file->phone) ? file->phone : NULL,
		.language = file->language,
	};
}

void
cases_fill(struct work *work, const struct matter *matter)
{
	const struct understanding *seen = &work->seen;
	const struct owner *owner = owner_of(work, matter);
	const struct message *message = work->in->message;

	work->file = (struct case_file){
		.id = work->next_case++,
		.number = cases_new_number(work),
		.estate = work->estate->id,
		.state = CASE_NEW,
		.kind = matter->kind,
		.category = text_or(seen->category, "other"),
		.severity = seen->severity == SEVERITY_NONE ?
		    SEVERITY_NORMAL : seen->severity,
		.agitated = seen->agitated,
		.hostile = seen->hostile,
		.language = owner->id != 0 ? owner->language : seen->language,
		.subject = matter->subject,
		.text = matter->text != NULL ? matter->text : message->own,
		.level = 1,
		.received_at = work->in->received_at,
	};
	work->has_case = true;
	fill_sender(work, matter);
	fill_place(work, matter);
}
