#include "handlers/tell_send.h"

#include "core/sms_ready.h"
#include "core/sms_template.h"
#include "core/sms_text.h"
#include "core/texts.h"
#include "core/token.h"
#include "handlers/template_params.h"
#include "lib/arena.h"
#include "lib/text.h"

const char *
tell_account(const struct work *work, enum channel channel)
{
	if (channel == CHANNEL_MAIL)
		return work->estate->smtp != NULL ? work->estate->smtp->name :
						    NULL;
	return work->estate->sms != NULL ? work->estate->sms->name : NULL;
}

/* As it leaves, were it never too long. */
static int
render(struct work *work, const struct tell_target *target,
    const struct tell *tell, struct text_rendered *ret)
{
	struct text_facts facts = tell->facts;

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
		ret, work->err) < 0)
		return -1;
	if (target->channel == CHANNEL_SMS)
		ret->text = sms_ready(
		    work->estate->sms, work->estate, ret->text, work->arena);
	return 0;
}

/* A gateway's own template is what it is. */
static bool
is_counted(const struct work *work, const struct tell_target *target)
{
	const struct sms_channel *sms = work->estate->sms;

	return target->channel == CHANNEL_SMS && sms != NULL &&
	       !sms->provider->is_template_only;
}

bool
tell_text_fits(const struct work *work, const struct tell_target *target,
    const struct text_rendered *text)
{
	return !is_counted(work, target) ||
	       sms_text_fits(&work->estate->sms->counting, text->text);
}

bool
tell_fits(struct work *work, const struct tell_target *target,
    const struct tell *tell)
{
	struct text_rendered text = { 0 };

	if (!is_counted(work, target))
		return true;
	if (render(work, target, tell, &text) < 0) {
		work->failed = true;
		return true;
	}
	return tell_text_fits(work, target, &text);
}

/* Texts of ours that are too long lose their end; words of staff do not come
 * here then (handlers/tell_owner.c). */
static void
fill_in(struct work *work, const struct text_rendered *text,
    struct outgoing *out)
{
	const struct sms_channel *sms = work->estate->sms;

	out->subject = text->subject;
	out->text = text->text;
	out->layout = text->layout;
	if (out->channel != CHANNEL_SMS)
		return;
	out->text = sms_text_fit(&sms->counting, text->text, work->arena);
	template_fill(work, sms, out);
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
	const struct sms_template *template;

	if (channel != CHANNEL_SMS || sms == NULL ||
	    !sms->provider->is_template_only)
		return true;
	template = sms_template_for(sms, name);
	return template != NULL &&
	       (work->has_case || !sms_template_uses(template, "case"));
}

msec_t
tell_undo_time(const struct work *work)
{
	return (msec_t)work->ctx->conf->undo_seconds * MSEC_SECOND;
}

/* An emergency waits for no cap, but whoever minds the bill hears of it. */
static void
note_passed(struct work *work, const struct tell_target *target,
    const struct tell *tell)
{
	enum cap cap =
	    tell_cap(work, target->role == ROLE_OWNER ? target->to : NULL);

	if (cap != CAP_NONE)
		tell_note_cap(work, cap, tell->name, true);
}

bool
tell_write(struct work *work, const struct tell_target *target,
    const struct tell *tell, struct text_rendered *ret)
{
	if (work->failed || target->to == NULL ||
	    tell_account(work, target->channel) == NULL ||
	    !tell_can_say(work, target->channel, tell->name))
		return false;
	if (render(work, target, tell, ret) < 0)
		work->failed = true;
	return !work->failed;
}

out_id
tell_post(struct work *work, const struct tell_target *target,
    const struct tell *tell, const struct text_rendered *text)
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
		.sender = tell_account(work, target->channel),
		.reply_kind = tell->reply,
		.is_automatic = tell->is_automatic,
		.is_urgent = tell->is_urgent,
		.is_outcome = tell->is_outcome,
		.is_notice = tell->is_notice,
		.null_sender = tell->is_automatic && target->staff == NULL,
		.created_at = work_now(work),
		.not_before = work_now(work),
		.cause = work->in->inbox,
	};

	fill_in(work, text, &out);
	if (tell->is_held && !tell->is_urgent)
		out.not_before += tell_undo_time(work);
	if (target->channel == CHANNEL_SMS)
		out.sms_parts = (unsigned)sms_text_size(
		    &work->estate->sms->counting, out.text)
				    .parts;
	if (target->channel == CHANNEL_MAIL) {
		out.parts = tell->parts;
		out.part_count = tell->part_count;
		address_mail(work, &out);
	}
	effects_add(work->out, EFFECT_SEND)->send = out;
	work->next_out++;
	if (target->channel == CHANNEL_SMS)
		note_passed(work, target, tell);
	return out.id;
}

out_id
tell_send(struct work *work, const struct tell_target *target,
    const struct tell *tell)
{
	struct text_rendered text = { 0 };

	return tell_write(work, target, tell, &text)
		   ? tell_post(work, target, tell, &text)
		   : 0;
}
