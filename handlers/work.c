#include "handlers/work.h"

#include "core/phone.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"

#include <string.h>

/* A mail that is no reply answers a survey only by a score and few words. */
enum { SHORT_ANSWER_BYTES = 48 };

static const struct estate *
find_estate(const struct work *work)
{
	const struct config *conf = work->ctx->conf;
	const char *id = work->in->estate;

	if (id == NULL && work->before->has_case)
		id = work->before->the_case.estate;
	const struct estate *estate = config_estate(conf, id);

	if (estate == NULL && conf->estate_count > 0)
		estate = &conf->estates[0];
	return estate;
}

bool
work_answers_survey(const struct work *work)
{
	const struct message *message = work->in->message;
	const struct snapshot *before = work->before;

	if (work->in->kind != INPUT_MESSAGE || before->has_case ||
	    before->survey.id == 0)
		return false;
	return message->channel == CHANNEL_SMS ||
	    before->answered.id != 0 ||
	    strlen(text_or(message->own, "")) <= SHORT_ANSWER_BYTES;
}

static bool
is_from_a_person(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && !work->in->message->is_auto &&
	    !work->in->message->bounce.is_bounce;
}

/* The PIN is for us alone: no event, note or answer may hold it (rules.md
 * 5.12). */
static void
forget_pin(struct work *work)
{
	struct message *message = arena_alloc(work->arena, sizeof(*message));
	struct input *in = arena_alloc(work->arena, sizeof(*in));

	*message = *work->in->message;
	message->own = text_trim(arena_strdup(work->arena, work->commands.own));
	*in = *work->in;
	in->message = message;
	work->in = in;
}

/* When the decision is made again, it is as it was. */
static void
understand_first(struct work *work)
{
	const struct snapshot *before = work->before;

	if (before->looked != NULL && before->looked->seen != NULL)
		work->seen = *before->looked->seen;
	else
		work_understand(work,
		    before->sender.owner.id != 0 ? FROM_OWNER : FROM_UNKNOWN,
		    before->has_case || work_answers_survey(work));
	work->is_first_seen = true;
}

void
work_init(struct work *work, const struct decide_ctx *ctx,
    const struct input *in, const struct snapshot *before,
    struct effects *out, struct err *err)
{
	*work = (struct work){
		.ctx = ctx,
		.in = in,
		.before = before,
		.out = out,
		.arena = out->arena,
		.err = err,
		.file = before->the_case,
		.has_case = before->has_case,
		.owner_is_unconfirmed = before->owner_is_unconfirmed,
		.incident = before->incident.it,
		.next_case = before->next_case,
		.next_out = before->next_out,
	};
	work->estate = find_estate(work);
	if (work->estate == NULL) {
		work->failed = true;
		(void)err_set(err, ERR_BUG, "the configuration has no estate");
		return;
	}
	if (!is_from_a_person(work))
		return;
	work->staff = before->sender.staff;
	if (work->staff == NULL) {
		understand_first(work);
		return;
	}
	commands_parse(
	    &(struct commands_context){
		.conf = ctx->conf,
		.estate = work->estate,
		.now = ctx->now,
		.channel = in->message->channel,
		.language = work->staff->language,
		.sender = work->staff->id,
		.pin = &before->sender.pin,
	    },
	    text_or(in->message->own, ""), work->arena, &work->commands);
	if (!text_eq(work->commands.own, text_or(in->message->own, "")))
		forget_pin(work);
}

static void
understand(
    struct work *work, const struct classify_in *in, bool is_reply)
{
	const struct snapshot *before = work->before;
	const struct owner *owner = &before->sender.owner;
	struct classify_context ctx = {
		.now = work_now(work),
		.conf = work->ctx->conf,
		.estate = work->estate,
		.home = owner->id != 0 ? &owner->home : NULL,
		.number = in->channel == CHANNEL_SMS ? work_sender(work) : NULL,
		.pending_rating = is_reply &&
		    (before->pending_rating != 0 || work_answers_survey(work)),
		.open_question = is_reply && before->open_question != 0,
		.recent_text = before->sender.recent_text,
		.is_reply = is_reply,
	};

	work->is_first_seen = false;
	if (classify(&ctx, in, work->arena, &work->seen, work->err) < 0)
		work->failed = true;
}

void
work_understand(struct work *work, enum from_role from, bool is_reply)
{
	const struct message *message = work->in->message;

	understand(work,
	    &(struct classify_in){
		.channel = message->channel,
		.from = from,
		.subject = message->subject,
		.own = text_or(message->own, ""),
		.forwarded = message->forward.is_forward ?
		    message->forward.body : NULL,
		.spam_hint = message->spam_hint,
	    },
	    is_reply);
}

void
work_understand_words(struct work *work, const char *words)
{
	understand(work,
	    &(struct classify_in){ .channel = work->in->message->channel,
		.from = FROM_UNKNOWN,
		.own = words },
	    false);
}

void
work_keep(struct work *work)
{
	if (work->is_kept)
		return;
	/* Reserved now, filled last: events and messages come after the case
	 * that they belong to. */
	work->kept_at = work->out->count;
	(void)effects_add(work->out, EFFECT_CASE);
	work->is_kept = true;
}

void
work_settle(struct work *work)
{
	if (work->is_kept)
		work->out->list[work->kept_at].the_case = work->file;
}

void
work_leave_case(struct work *work)
{
	work_settle(work);
	work->is_kept = false;
	work->has_case = false;
	work->owner_is_unconfirmed = false;
	work->file = (struct case_file){ 0 };
	work->incident = (struct incident){ 0 };
}

struct work_case
work_enter_case(struct work *work, const struct case_file *file)
{
	const struct work_case left = { .file = work->file,
		.is_kept = work->is_kept,
		.kept_at = work->kept_at,
		.incident = work->incident };

	work_settle(work);
	work->file = *file;
	work->is_kept = false;
	work->incident = (struct incident){ 0 };
	return left;
}

void
work_return(struct work *work, const struct work_case *to)
{
	work_settle(work);
	work->file = to->file;
	work->is_kept = to->is_kept;
	work->kept_at = to->kept_at;
	work->incident = to->incident;
}

bool
work_must_look(struct work *work, const struct look_up *wanted)
{
	struct look_up *kept;

	if (work->before->looked != NULL)
		return false;
	kept = arena_alloc(work->arena, sizeof(*kept));
	*kept = *wanted;
	kept->asked_by = work->handler;
	if (work->is_first_seen) {
		struct understanding *seen =
		    arena_alloc(work->arena, sizeof(*seen));

		*seen = work->seen;
		kept->seen = seen;
	}
	work->out->wanted = kept;
	return true;
}

void
work_attach(struct work *work)
{
	if (work->in->inbox != 0)
		effects_add(work->out, EFFECT_ATTACH)->attach = work->file.id;
}

void
work_bin(struct work *work, const char *bin, const char *reason)
{
	struct effect *effect = effects_add(work->out, EFFECT_BIN);

	effect->bin.bin = bin;
	effect->bin.reason = reason;
}

msec_t
work_now(const struct work *work)
{
	return work->ctx->now;
}

const char *
work_sender(const struct work *work)
{
	const struct message *message = work->in->message;
	const struct sms_channel *sms = work->estate->sms;

	if (message->channel == CHANNEL_MAIL || phone_is_e164(message->from.addr))
		return message->from.addr;
	const char *number = phone_e164(message->from.addr,
	    sms != NULL ? sms->country : NULL, work->arena);

	return number != NULL ? number : message->from.addr;
}

bool
work_is_participant(const struct work *work)
{
	return work->has_case && (work->before->sender.is_participant ||
	    work->before->match == MATCH_TOKEN ||
	    work->before->match == MATCH_REFERENCE);
}
