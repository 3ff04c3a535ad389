/*
 * Members of staff, and what waits until its author knows of it (rules.md
 * 5.11).
 */
#include "core/deadlines.h"
#include "core/texts.h"
#include "handlers/act.h"
#include "handlers/sentences.h"
#include "handlers/tell_send.h"
#include "lib/text.h"

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

static bool
is_capped(const struct work *work, const struct tell *tell)
{
	bool is_urgent = tell->is_urgent ||
			 (work->has_case &&
			     work->file.severity == SEVERITY_EMERGENCY);

	return !is_urgent && tell_cap(work, NULL) != CAP_NONE;
}

/* Whoever writes to us waits for what we say. */
static bool
is_author(const struct work *work, const struct staff *staff)
{
	return work->in->kind == INPUT_MESSAGE && work->staff != NULL &&
	       text_eq(work->staff->id, staff->id);
}

/* Could it be missed, were it read so late?  What is overdue already loses
 * nothing. */
static bool
ends_before(const struct work *work, const struct tell *tell, msec_t then)
{
	const struct case_file *file = &work->file;
	msec_t now = work_now(work);
	msec_t take = file->taken_at == 0 ? file->take_due : 0;

	return (tell->facts.at > now && tell->facts.at < then) ||
	       (take > now && take < then) ||
	       deadlines_first(file, now + 1, then) != 0;
}

/* May it be bundled with others (rules.md 5.33)?  Not what is answered in a way
 * of its own: one reply to the bundle could not say which. */
static bool
may_wait(const struct work *work, const struct staff *staff,
    const struct tell *tell)
{
	msec_t most = work->ctx->conf->rules.notices_minutes * MSEC_MINUTE;

	return work->has_case && !tell->is_urgent &&
	       work->file.severity != SEVERITY_EMERGENCY &&
	       (tell->reply == REPLY_MATTER || tell->reply == REPLY_INTERNAL) &&
	       !is_author(work, staff) &&
	       !ends_before(work, tell, work_now(work) + most);
}

struct tell_target
tell_target_staff(const struct staff *staff, enum channel channel)
{
	return (struct tell_target){
		.channel = channel,
		.role = staff->level >= 2 ? ROLE_MANAGER : ROLE_STAFF,
		.to = channel == CHANNEL_MAIL ? staff->mail : staff->phone,
		.name = name_for(
		    staff->language, staff->name, staff->name_en),
		.staff = staff,
		.language = staff->language,
	};
}

static out_id
send_staff(struct work *work, const struct staff *staff, enum channel channel,
    const struct tell *tell)
{
	struct tell said = as_digest(work, tell);
	struct tell_target target;

	said.is_notice = channel == CHANNEL_MAIL && staff != NULL &&
			 may_wait(work, staff, tell);
	if (staff == NULL || staff->left ||
	    !texts_has(work->ctx->texts, tell->name, channel) ||
	    (work->has_case && act_is_subject(&work->file, staff)) ||
	    (!tell->may_repeat && was_told(work, staff, tell, channel)))
		return 0;
	if (channel == CHANNEL_SMS && is_capped(work, tell)) {
		tell_note_cap(work, tell_cap(work, NULL), tell->name, false);
		return 0;
	}
	target = tell_target_staff(staff, channel);
	return tell_send(work, &target, &said);
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

void
tell_author(struct work *work, const struct tell *tell)
{
	out_id out = work->in->message->channel == CHANNEL_SMS
			 ? tell_staff_text(work, work->staff, tell)
			 : 0;

	/* Where no text may go, they read it in their mailbox. */
	if (out == 0)
		out = tell_staff(work, work->staff, tell);

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
