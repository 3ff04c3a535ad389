#include "handlers/tell.h"

#include <string.h>

#include "core/brake.h"
#include "core/limits.h"
#include "core/phone.h"
#include "core/sms_text.h"
#include "core/texts.h"
#include "core/token.h"
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/sentences.h"
#include "handlers/soothe.h"
#include "handlers/template_params.h"
#include "lib/arena.h"
#include "lib/text.h"

/* Logos and signatures of mail programs are inline and small. */
enum { INLINE_PHOTO_BYTES = 20 * 1024 };

/* ---- one message, whoever it is for ---- */

struct target {
	enum channel channel;
	enum role role;
	const char *to;
	const char *name;
	const struct staff *staff; /* or NULL */
	enum language language;
};

static const char *
account(const struct work *work, enum channel channel)
{
	if (channel == CHANNEL_MAIL)
		return work->estate->smtp != NULL ? work->estate->smtp->name :
						    NULL;
	return work->estate->sms != NULL ? work->estate->sms->name : NULL;
}

static int
render(struct work *work, const struct target *target,
    const struct tell *tell, struct outgoing *out)
{
	struct text_facts facts = tell->facts;
	struct text_rendered text = { 0 };

	facts.conf = work->ctx->conf;
	facts.estate = work->estate;
	facts.language = target->language;
	facts.channel = target->channel;
	facts.now = work_now(work);
	facts.to_staff = target->staff;
	facts.to_name = target->name;
	facts.reply = tell->reply;
	if (work->has_case)
		facts.the_case = &work->file;
	facts.owner_is_unconfirmed = work->owner_is_unconfirmed;
	if (work->has_case && work->file.incident != 0 &&
	    work->incident.id == work->file.incident)
		facts.incident = &work->incident;
	if (texts_render(work->ctx->texts, tell->name, &facts, work->arena,
		&text, work->err) < 0)
		return -1;
	out->subject = text.subject;
	out->text = text.text;
	out->layout = text.layout;
	if (target->channel == CHANNEL_SMS)
		out->text = sms_text_fit(
		    text.text, work->estate->sms->max_parts, work->arena);
	return 0;
}

/* The thread that a staff mail hangs in: all mails about one case under one
 * parent that never was sent; mail programs show it as one conversation. */
static const char *
staff_thread(const struct work *work)
{
	if (!work->has_case)
		return NULL;
	return arena_join(work->arena,
	    (const char *[]){
		work->file.number, ".case@", work->ctx->conf->domain },
	    3);
}

static void
thread_staff(const struct work *work, struct outgoing *out)
{
	const struct message *message = work->in->message;
	const char *thread = staff_thread(work);

	out->references = thread;
	out->in_reply_to = thread;
	if (message == NULL || message->channel != CHANNEL_MAIL ||
	    message->message_id == NULL || work->staff == NULL ||
	    !text_eq(out->person, work->staff->id))
		return;
	out->in_reply_to = message->message_id;
	out->references = thread == NULL ? message->message_id :
	    arena_printf(work->arena, "%s %s", thread, message->message_id);
}

static void
thread_owner(const struct work *work, struct outgoing *out)
{
	const struct message *message = work->in->message;
	const struct case_file *file = &work->file;
	const char *last = work->has_case ? file->owner_last : NULL;

	/* Their own mail that is being answered is the nearest parent; that of
	 * anybody else is not theirs to know of. */
	if (message != NULL && message->channel == CHANNEL_MAIL &&
	    message->message_id != NULL &&
	    text_eq_nocase(message->from.addr, out->to))
		last = message->message_id;
	if (work->has_case && last == NULL)
		last = file->owner_thread;
	out->in_reply_to = last;
	out->references = last;
	if (work->has_case && last != NULL && file->owner_thread != NULL &&
	    !text_eq(file->owner_thread, last))
		out->references = arena_printf(
		    work->arena, "%s %s", file->owner_thread, last);
}

static void
address_mail(struct work *work, struct outgoing *out)
{
	token_address(
	    work->ctx->conf, work->estate->mailbox, out, work->arena);
	if (out->role == ROLE_OWNER)
		thread_owner(work, out);
	else
		thread_staff(work, out);
}

/* Some gateways send nothing but templates that they keep. */
bool
tell_can_say(const struct work *work, enum channel channel, const char *name)
{
	const struct sms_channel *sms = work->estate->sms;

	return channel != CHANNEL_SMS || sms == NULL ||
	    !sms->provider->is_template_only ||
	    sms_template_for(sms, name) != NULL;
}

static out_id
send(struct work *work, const struct target *target, const struct tell *tell)
{
	struct outgoing out = {
		.id = work->next_out,
		.case_id = work->has_case ? work->file.id : 0,
		.estate = work->estate->id,
		.channel = target->channel,
		.role = target->role,
		.person = target->staff != NULL ? target->staff->id : NULL,
		.to = target->to,
		.to_name = target->name,
		.template_name = tell->name,
		.language = target->language,
		.sender = account(work, target->channel),
		.reply_kind = tell->reply,
		.is_automatic = tell->is_automatic,
		.is_urgent = tell->is_urgent,
		.is_outcome = tell->is_outcome,
		.null_sender = tell->is_automatic && target->staff == NULL,
		.created_at = work_now(work),
		.not_before = work_now(work),
		.cause = work->in->inbox,
	};

	if (work->failed || out.to == NULL || out.sender == NULL ||
	    !tell_can_say(work, target->channel, tell->name))
		return 0;
	if (target->channel == CHANNEL_SMS)
		out.params = template_params(
		    work, work->estate->sms, tell->name, target->name);
	if (render(work, target, tell, &out) < 0) {
		work->failed = true;
		return 0;
	}
	if (tell->is_held && !tell->is_urgent)
		out.not_before += tell_undo_time(work);
	if (target->channel == CHANNEL_MAIL) {
		out.parts = tell->parts;
		out.part_count = tell->part_count;
		address_mail(work, &out);
	}
	effects_add(work->out, EFFECT_SEND)->send = out;
	work->next_out++;
	return out.id;
}

/* ---- owners ---- */

static bool
is_sms_allowed_here(const struct work *work)
{
	const struct message *message = work->in->message;

	/* Who texts after opting out may be answered in that matter, and the
	 * case remembers it (rules.md 2.10). */
	if (message != NULL && message->channel == CHANNEL_SMS &&
	    work->staff == NULL)
		return true;
	return act_last(work, "sms_allowed") != NULL;
}

bool
tell_may_reach(const struct work *work, enum channel channel)
{
	if (account(work, channel) == NULL)
		return false;
	if (channel == CHANNEL_MAIL)
		return work->file.mail != NULL;
	if (work->file.phone == NULL || !phone_takes_texts(work->file.phone))
		return false;
	return (!work->before->phone_opted_out &&
		   !work->before->caller.is_opted_out) ||
	    work->file.severity == SEVERITY_EMERGENCY ||
	    is_sms_allowed_here(work);
}

int
tell_owner_channel(
    const struct work *work, const char *name, enum channel *ret)
{
	enum channel first = work->file.channel;
	enum channel other = first == CHANNEL_MAIL ? CHANNEL_SMS : CHANNEL_MAIL;

	if (tell_may_reach(work, first) && tell_can_say(work, first, name))
		*ret = first;
	else if (tell_may_reach(work, other) && tell_can_say(work, other, name))
		*ret = other;
	else
		return 0;
	return 1;
}

/* What the address has had: the case's owner, or else who writes. */
static const struct automatic *
automatic_to(const struct work *work, enum channel channel, const char *to)
{
	const struct snapshot *before = work->before;
	const char *owners = channel == CHANNEL_MAIL ? before->the_case.mail :
						       before->the_case.phone;

	return before->has_case && text_eq(to, owners) ?
	    &before->automatic[channel] : &before->sender.automatic;
}

/* Held back: the case's story says so, and the week's digest (rules.md 5.19),
 * of what is about no case too. */
static void
hold_back(struct work *work, const char *template_name, const char *reason)
{
	struct effect *effect = effects_add(work->out, EFFECT_BRAKED);

	effect->braked.estate = work->estate->id;
	effect->braked.template_name = template_name;
	if (work->has_case)
		act_record(work,
		    &(struct event){ .name = "braked",
			.actor = ACTOR_DESK,
			.reason = reason });
}

/* Who wrote months ago, or was answered by hand, is not told now that we have
 * got it; staff decide.  Once a message, as an answer would be. */
static void
hold_back_for_age(struct work *work, const struct tell *tell)
{
	work->has_answered[CHANNEL_MAIL] = true;
	work->has_answered[CHANNEL_SMS] = true;
	hold_back(work, tell->name, "old mail");
}

/* Brakes for machines that do not say that they are machines, and for a desk
 * that has much to say. */
static bool
may_answer(struct work *work, enum channel channel, const char *to,
    const struct tell *tell)
{
	if (!tell->is_automatic)
		return true;
	if (work->in->kind == INPUT_MESSAGE && work->has_answered[channel])
		return false;
	if (work->in->is_old) {
		hold_back_for_age(work, tell);
		return false;
	}
	if (brake_allows(&work->ctx->conf->rules,
		automatic_to(work, channel, to)))
		return true;
	hold_back(work, tell->name, tell->name);
	return false;
}

/* A template cannot hold the words of staff: it says that there are some. */
static bool
is_hint(const struct work *work, enum channel channel, const struct tell *tell)
{
	return channel == CHANNEL_SMS && tell->facts.words != NULL &&
	    work->estate->sms->provider->is_template_only;
}

out_id
tell_owner_by(
    struct work *work, enum channel channel, const struct tell *tell)
{
	const struct case_file *file = &work->file;
	struct tell said = *tell;
	struct target target = {
		.channel = channel,
		.role = ROLE_OWNER,
		.to = channel == CHANNEL_MAIL ? file->mail : file->phone,
		.name = file->owner_name,
		.language = file->language,
	};

	if (!tell_may_reach(work, channel) ||
	    !texts_has(work->ctx->texts, tell->name, channel) ||
	    !may_answer(work, channel, target.to, tell))
		return 0;
	if (is_hint(work, channel, tell))
		said.is_outcome = false;
	out_id id = send(work, &target, &said);

	if (id == 0)
		return 0;
	if (tell->is_automatic)
		work->has_answered[channel] = true;
	if (channel == CHANNEL_MAIL)
		work->file.owner_last =
		    work->out->list[work->out->count - 1].send.message_id;
	clocks_owner_heard(work);
	if (tell->is_automatic)
		soothe_message_sent(work);
	/* That there is an outcome is not the outcome (R13). */
	return said.is_outcome == tell->is_outcome ? id : 0;
}

out_id
tell_owner(struct work *work, const struct tell *tell)
{
	enum channel channel;

	if (!tell_owner_channel(work, tell->name, &channel))
		return 0;
	if (!is_hint(work, channel, tell) ||
	    !tell_may_reach(work, CHANNEL_MAIL))
		return tell_owner_by(work, channel, tell);
	/* The mail has the words, and is what counts. */
	(void)tell_owner_by(work, CHANNEL_SMS, tell);
	return tell_owner_by(work, CHANNEL_MAIL, tell);
}

out_id
tell_sender(struct work *work, const struct tell *tell)
{
	const struct message *message = work->in->message;
	const struct owner *owner = &work->before->sender.owner;
	struct target target = {
		.channel = message->channel,
		.role = ROLE_OWNER,
		.to = work_sender(work),
		.name = owner->id != 0 ? owner->name : message->from.name,
		.language =
		    owner->id != 0 ? owner->language : work->seen.language,
	};

	/* Short codes and names such as BANK take no answer (sms.md C). */
	if (message->channel == CHANNEL_SMS && !phone_is_e164(target.to))
		return 0;
	if (!texts_has(work->ctx->texts, tell->name, message->channel) ||
	    !may_answer(work, message->channel, target.to, tell))
		return 0;
	out_id id = send(work, &target, tell);

	if (id != 0 && tell->is_automatic)
		work->has_answered[message->channel] = true;
	return id;
}

bool
tell_may_ask(const struct work *work, const struct owner *owner,
    enum channel channel, const char *name)
{
	if (account(work, channel) == NULL ||
	    !tell_can_say(work, channel, name))
		return false;
	if (channel == CHANNEL_MAIL)
		return owner->mail != NULL && !owner->survey_opted_out;
	return owner->phone != NULL && !owner->sms_opted_out &&
	       phone_takes_texts(owner->phone);
}

out_id
tell_resident(struct work *work, const struct owner *owner,
    enum channel channel, const struct tell *tell)
{
	return send(work,
	    &(struct target){
		.channel = channel,
		.role = ROLE_OWNER,
		.to = channel == CHANNEL_MAIL ? owner->mail : owner->phone,
		.name = owner->name,
		.language = owner->language,
	    },
	    tell);
}

/* ---- staff ---- */

static bool
was_told(const struct work *work, const struct staff *staff,
    const struct tell *tell, enum channel channel)
{
	for (size_t i = 0; i < work->out->count; i++) {
		const struct effect *effect = &work->out->list[i];

		if (effect->kind == EFFECT_SEND &&
		    effect->send.channel == channel &&
		    text_eq(effect->send.person, staff->id) &&
		    text_eq(effect->send.template_name, tell->name) &&
		    effect->send.case_id ==
			(work->has_case ? work->file.id : 0))
			return true;
	}
	return false;
}

/* What is about no case can be answered too (rules.md 5.30). */
static struct tell
as_digest(const struct work *work, const struct tell *tell)
{
	struct tell ret = *tell;

	if (!work->has_case)
		ret.reply = REPLY_DIGEST;
	return ret;
}

static out_id
send_staff(struct work *work, const struct staff *staff, enum channel channel,
    const struct tell *tell)
{
	const struct tell said = as_digest(work, tell);

	if (staff == NULL || staff->left ||
	    !texts_has(work->ctx->texts, tell->name, channel) ||
	    (work->has_case && act_is_subject(&work->file, staff)) ||
	    (!tell->may_repeat && was_told(work, staff, tell, channel)))
		return 0;
	return send(work,
	    &(struct target){
		.channel = channel,
		.role = staff->level >= 2 ? ROLE_MANAGER : ROLE_STAFF,
		.to = channel == CHANNEL_MAIL ? staff->mail : staff->phone,
		.name = name_for(
		    staff->language, staff->name, staff->name_en),
		.staff = staff,
		.language = staff->language,
	    },
	    &said);
}

out_id
tell_staff(
    struct work *work, const struct staff *staff, const struct tell *tell)
{
	return send_staff(work, staff, CHANNEL_MAIL, tell);
}

out_id
tell_staff_text(
    struct work *work, const struct staff *staff, const struct tell *tell)
{
	return send_staff(work, staff, CHANNEL_SMS, tell);
}

/* From here on #undo counts (rules.md 5.11): what is held waits for this
 * confirmation, but not for ever. */
static void
hold_for(struct work *work, out_id confirmation)
{
	msec_t now = work_now(work), least = tell_undo_time(work);
	msec_t most = work->ctx->conf->rules.undo_most_minutes * MSEC_MINUTE;

	for (size_t i = 0; i < work->out->count && least > 0; i++) {
		struct effect *effect = &work->out->list[i];

		if (effect->kind == EFFECT_SEND &&
		    effect->send.not_before > now) {
			effect->send.waits_for = confirmation;
			effect->send.not_before = now + least + most;
		} else if (effect->kind == EFFECT_WORD &&
			   effect->word.goes_at > now) {
			effect->word.waits_for = confirmation;
			effect->word.goes_at = now + least + most;
		}
	}
}

msec_t
tell_undo_time(const struct work *work)
{
	return (msec_t)work->ctx->conf->undo_seconds * MSEC_SECOND;
}

void
tell_author(struct work *work, const struct tell *tell)
{
	out_id out = work->in->message->channel == CHANNEL_SMS
			 ? tell_staff_text(work, work->staff, tell)
			 : tell_staff(work, work->staff, tell);

	if (out != 0)
		hold_for(work, out);
}

void
tell_staff_twice(
    struct work *work, const struct staff *staff, const struct tell *tell)
{
	(void)tell_staff_text(work, staff, tell);
	(void)tell_staff(work, staff, tell);
}

void
tell_handlers(struct work *work, const struct tell *tell)
{
	const struct staff *handler = act_handler(work);
	const struct staff *responder = act_first_responder(work);

	(void)tell_staff(work, responder, tell);
	/* While they are away somebody must hear of it all the same. */
	if (work->file.first_responder != NULL &&
	    (responder == NULL || act_is_away(work, responder)))
		(void)tell_staff(work, act_responder(work), tell);
	/* Nobody has taken it yet: the head of its department answers. */
	(void)tell_staff(work, handler != NULL ? handler : act_head(work), tell);
}

void
tell_add_case_files(const struct work *work, struct tell *tell)
{
	tell->parts = work->before->case_parts;
	tell->part_count = work->before->case_part_count;
	tell->facts.photos = (int)tell->part_count;
}

/* Two timers of one moment bring one call. */
static bool
was_asked_now(const struct work *work, const char *reason_code)
{
	for (size_t i = work->before->event_count; i > 0; i--) {
		const struct snapshot_event *event =
		    &work->before->events[i - 1];

		if (event->at != work_now(work))
			return false;
		if (text_eq(event->name, "phone_task") &&
		    text_eq(event->reason, reason_code))
			return true;
	}
	return false;
}

void
tell_phone_task_by(struct work *work, msec_t by, const char *reason_code,
    const char *reason, const char *words)
{
	const struct staff *staff = act_responder(work);

	if (was_asked_now(work, reason_code))
		return;
	if (staff == NULL || act_is_subject(&work->file, staff))
		staff = act_level(work, 2);
	out_id out = tell_staff(work, staff,
	    &(struct tell){
		.name = "phone_task",
		.reply = REPLY_INTERNAL,
		.facts = { .reason = reason,
		    .words = words,
		    .at = by },
	    });
	act_record(work,
	    &(struct event){ .name = "phone_task",
		.actor = ACTOR_DESK,
		.reason = reason_code,
		.out = out });
}

void
tell_phone_task(struct work *work, const char *reason_code,
    const char *reason, const char *words)
{
	tell_phone_task_by(
	    work, clocks_told_time(work), reason_code, reason, words);
}

const char *
tell_cut(const struct work *work)
{
	const struct message *message = work->in->message;

	if (message == NULL || message->warning == NULL)
		return NULL;
	return sentence(WHY_CUT, work->estate->language, message->warning,
	    work->arena);
}

size_t
tell_parts(struct work *work, const struct passed_part **ret)
{
	const struct message *message = work->in->message;
	size_t count = 0, bytes = 0;

	*ret = NULL;
	if (message == NULL || message->attachment_count == 0)
		return 0;
	struct passed_part *parts = arena_array(
	    work->arena, message->attachment_count, sizeof(*parts));

	for (size_t i = 0; i < message->attachment_count; i++) {
		const struct attachment *file = &message->attachments[i];

		if (file->length == 0 ||
		    (file->is_inline && (file->size < INLINE_PHOTO_BYTES ||
					    !text_starts(file->type, "image/"))) ||
		    bytes + file->length > LIMIT_PASSED_ON_BYTES)
			continue;
		bytes += file->length;
		parts[count++] = (struct passed_part){
			.inbox = work->in->inbox,
			.offset = file->offset,
			.length = file->length,
		};
	}
	*ret = parts;
	return count;
}
