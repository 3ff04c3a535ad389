/*
 * Owners, and strangers who write to us: by which channel, and what is held
 * back.
 */
#include "core/brake.h"
#include "core/phone.h"
#include "core/texts.h"
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/soothe.h"
#include "handlers/tell_send.h"
#include "lib/text.h"

/* Where the event stands in the case's story, from 1; 0: nowhere. */
static size_t
place_of(const struct work *work, const char *name)
{
	const struct snapshot_event *event = act_last(work, name);

	return event == NULL ? 0 : (size_t)(event - work->before->events) + 1;
}

static bool
is_sms_allowed_here(const struct work *work)
{
	const struct message *message = work->in->message;

	/* Who texts after opting out may be answered in that matter, and the
	 * case remembers it (rules.md 2.10), until they opt out again. */
	if (message != NULL && message->channel == CHANNEL_SMS &&
	    work->staff == NULL)
		return true;
	return place_of(work, "sms_allowed") > place_of(work, "opted_out");
}

/* But for caps. */
static bool
may_text(const struct work *work)
{
	return tell_account(work, CHANNEL_SMS) != NULL &&
	       work->file.phone != NULL &&
	       phone_takes_texts(work->file.phone) &&
	       (!tell_owner_wants_no_texts(work) ||
		   work->file.severity == SEVERITY_EMERGENCY);
}

bool
tell_may_reach(const struct work *work, enum channel channel)
{
	if (tell_account(work, channel) == NULL)
		return false;
	if (channel == CHANNEL_MAIL)
		return work->file.mail != NULL;
	return may_text(work) &&
	       (work->file.severity == SEVERITY_EMERGENCY ||
		   tell_cap(work, work->file.phone) == CAP_NONE);
}

bool
tell_owner_is_capped(const struct work *work)
{
	return may_text(work) && !tell_may_reach(work, CHANNEL_SMS);
}

/* What goes another way for a cap is counted, and told once. */
static void
note_stopped(struct work *work, const struct tell *tell)
{
	if (tell_owner_is_capped(work) &&
	    tell_can_say(work, CHANNEL_SMS, tell->name) &&
	    (work->file.channel == CHANNEL_SMS ||
		!tell_may_reach(work, CHANNEL_MAIL)))
		tell_note_cap(work, tell_cap(work, work->file.phone),
		    tell->name, false);
}

bool
tell_owner_wants_no_texts(const struct work *work)
{
	return (work->before->phone_opted_out ||
		   work->before->caller.is_opted_out) &&
	       !is_sms_allowed_here(work);
}

enum sentence
tell_why_no_way(const struct work *work, const char *name)
{
	const struct sms_channel *sms = work->estate->sms;

	if (phone_is_name(work->file.phone))
		return WHY_SENDER_IS_NAME;
	if (work->file.phone == NULL || sms == NULL)
		return WHY_NO_ADDRESS;
	if (tell_owner_wants_no_texts(work))
		return WHY_NO_TEXTS;
	if (tell_owner_is_capped(work))
		return WHY_CAPPED;
	if (!sms->provider->is_template_only)
		return WHY_NO_ADDRESS;
	return tell_can_say(work, CHANNEL_SMS, name) ? WHY_HINT_ONLY
						     : WHY_NO_TEMPLATE;
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

bool
tell_owner_gets_words(const struct work *work, const char *name)
{
	enum channel channel;

	return tell_owner_channel(work, name, &channel) != 0 &&
	       (channel == CHANNEL_MAIL ||
		   !work->estate->sms->provider->is_template_only ||
		   tell_may_reach(work, CHANNEL_MAIL));
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

/* A template cannot hold the words of staff, or a new time that they set: it
 * says that there is something. */
static bool
is_hint(const struct work *work, enum channel channel, const struct tell *tell)
{
	return channel == CHANNEL_SMS && !tell->is_automatic &&
	       (tell->facts.words != NULL || tell->facts.reason != NULL) &&
	       work->estate->sms->provider->is_template_only;
}

static struct tell_target
owner_by(const struct work *work, enum channel channel)
{
	const struct case_file *file = &work->file;

	return (struct tell_target){
		.channel = channel,
		.role = ROLE_OWNER,
		.to = channel == CHANNEL_MAIL ? file->mail : file->phone,
		.name = file->owner_name,
		.language = file->language,
	};
}

/* What somebody wrote to them is never cut. */
static bool
would_be_cut(const struct work *work, const struct tell_target *target,
    const struct tell *tell, const struct text_rendered *text)
{
	return !tell->is_automatic &&
	       (tell->facts.words != NULL || tell->facts.reason != NULL) &&
	       !tell_text_fits(work, target, text);
}

static void
note_sent(struct work *work, enum channel channel, const struct tell *tell)
{
	if (tell->is_automatic)
		work->has_answered[channel] = true;
	if (channel == CHANNEL_MAIL)
		work->file.owner_last =
		    work->out->list[work->out->count - 1].send.message_id;
	clocks_owner_heard(work);
	if (tell->is_automatic)
		soothe_message_sent(work);
}

static out_id
send_whole(struct work *work, enum channel channel, const struct tell *tell,
    bool *ret_is_cut)
{
	struct tell said = *tell;
	const struct tell_target target = owner_by(work, channel);
	struct text_rendered text = { 0 };
	bool hints;

	*ret_is_cut = false;
	if (!tell_may_reach(work, channel) ||
	    !texts_has(work->ctx->texts, tell->name, channel) ||
	    !may_answer(work, channel, target.to, tell) ||
	    !tell_write(work, &target, tell, &text))
		return 0;
	*ret_is_cut = would_be_cut(work, &target, tell, &text);
	if (*ret_is_cut)
		return 0;
	hints = is_hint(work, channel, tell);
	if (hints)
		said.is_outcome = false;
	out_id id = tell_post(work, &target, &said, &text);

	/* That there is an answer or an outcome is neither (R13, R20). */
	if (hints)
		return 0;
	note_sent(work, channel, tell);
	return id;
}

out_id
tell_owner_by(
    struct work *work, enum channel channel, const struct tell *tell)
{
	bool is_cut;

	return send_whole(work, channel, tell, &is_cut);
}

/* The mail has the words, and is what counts; the text says that it is there. */
static out_id
mail_and_hint(
    struct work *work, const struct tell *hint, const struct tell *tell)
{
	(void)tell_owner_by(work, CHANNEL_SMS, hint);
	return tell_owner_by(work, CHANNEL_MAIL, tell);
}

out_id
tell_owner(struct work *work, const struct tell *tell)
{
	struct tell hint = *tell;
	enum channel channel;
	bool is_cut;

	note_stopped(work, tell);
	if (!tell_owner_channel(work, tell->name, &channel))
		return 0;
	if (is_hint(work, channel, tell) && tell_may_reach(work, CHANNEL_MAIL))
		return mail_and_hint(work, tell, tell);
	out_id id = send_whole(work, channel, tell, &is_cut);

	if (!is_cut || !tell_may_reach(work, CHANNEL_MAIL))
		return id;
	hint.name = "mailed";
	hint.is_outcome = false;
	hint.facts = (struct text_facts){ 0 };
	return mail_and_hint(work, &hint, tell);
}

bool
tell_owner_goes_whole(struct work *work, const struct tell *tell)
{
	enum channel channel;
	struct tell_target target;

	if (!tell_owner_channel(work, tell->name, &channel))
		return true;
	target = owner_by(work, channel);
	return tell_fits(work, &target, tell);
}

bool
tell_owner_is_too_long(
    struct work *work, const struct tell *tell, size_t *ret_most)
{
	enum channel channel;
	struct tell_target target;

	if (!tell_owner_channel(work, tell->name, &channel) ||
	    tell_may_reach(work, CHANNEL_MAIL))
		return false;
	target = owner_by(work, channel);
	return tell_is_too_long(work, &target, tell, ret_most);
}

out_id
tell_sender(struct work *work, const struct tell *tell)
{
	const struct message *message = work->in->message;
	const struct owner *owner = &work->before->sender.owner;
	struct tell_target target = {
		.channel = message->channel,
		.role = ROLE_OWNER,
		.to = work_sender(work),
		.name = owner->id != 0 ? owner->name : message->from.name,
		.language =
		    owner->id != 0 ? owner->language : work->seen.language,
	};

	/* Short codes and names such as BANK take no answer (sms.md C). */
	if (message->channel == CHANNEL_SMS && !phone_takes_texts(target.to))
		return 0;
	if (!texts_has(work->ctx->texts, tell->name, message->channel) ||
	    !may_answer(work, message->channel, target.to, tell))
		return 0;
	if (message->channel == CHANNEL_SMS &&
	    tell_cap(work, target.to) != CAP_NONE) {
		tell_note_cap(
		    work, tell_cap(work, target.to), tell->name, false);
		return 0;
	}
	out_id id = tell_send(work, &target, tell);

	if (id != 0 && tell->is_automatic)
		work->has_answered[message->channel] = true;
	return id;
}

bool
tell_may_ask(const struct work *work, const struct owner *owner,
    enum channel channel, const char *name)
{
	if (tell_account(work, channel) == NULL ||
	    !tell_can_say(work, channel, name))
		return false;
	if (channel == CHANNEL_MAIL)
		return owner->mail != NULL && !owner->survey_opted_out;
	return owner->phone != NULL && !owner->sms_opted_out &&
	       phone_takes_texts(owner->phone) &&
	       tell_cap(work, NULL) == CAP_NONE;
}

out_id
tell_resident(struct work *work, const struct owner *owner,
    enum channel channel, const struct tell *tell)
{
	return tell_send(work,
	    &(struct tell_target){
		.channel = channel,
		.role = ROLE_OWNER,
		.to = channel == CHANNEL_MAIL ? owner->mail : owner->phone,
		.name = owner->name,
		.language = owner->language,
	    },
	    tell);
}
