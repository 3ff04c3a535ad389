/*
 * Caps on texts (core/brake.h): which one is reached, and who hears of it.
 */
#include "core/brake.h"
#include "core/sms_cost.h"
#include "handlers/act.h"
#include "handlers/tell_send.h"
#include "lib/arena.h"
#include "lib/text.h"

enum { SUPERVISOR = 2 };

/* What the number has had; NULL: nothing is counted of it. */
static const struct sms_had *
had_of(const struct work *work, const char *to)
{
	const struct snapshot *before = work->before;

	if (to == NULL)
		return NULL;
	if (before->has_case && text_eq(to, before->the_case.phone))
		return &before->texts;
	if (work->in->kind == INPUT_MESSAGE && work->staff == NULL &&
	    text_eq(to, work_sender(work)))
		return &before->sender.texts;
	return NULL;
}

enum cap
tell_cap(const struct work *work, const char *to)
{
	const struct sms_channel *sms = work->estate->sms;

	if (sms == NULL)
		return CAP_NONE;
	return cap_reached(&work->ctx->conf->rules, sms, had_of(work, to),
	    &work->before->spent);
}

static const char *
cost_words(const struct work *work)
{
	const struct sms_channel *sms = work->estate->sms;

	char price[SMS_PRICE_BYTES];

	return arena_printf(work->arena, "%s %s",
	    sms_price_words(sms->day_cost, price), text_or(sms->currency, ""));
}

static const char *
reason(const struct work *work, enum cap cap, enum language language)
{
	const struct rules *rules = &work->ctx->conf->rules;
	const struct sms_channel *sms = work->estate->sms;
	const unsigned most[CAP_COUNT] = {
		[CAP_NUMBER] = rules->sms_number_day,
		[CAP_CASE] = rules->sms_case_day,
		[CAP_TEXTS] = sms->day_texts,
	};
	static const enum sentence why[CAP_COUNT] = {
		[CAP_NUMBER] = WHY_CAP_NUMBER,
		[CAP_CASE] = WHY_CAP_CASE,
		[CAP_TEXTS] = WHY_CAP_TEXTS,
		[CAP_COST] = WHY_CAP_COST,
	};

	return sentence(why[cap], language,
	    cap == CAP_COST ? cost_words(work)
			    : arena_printf(work->arena, "%u", most[cap]),
	    work->arena);
}

static void
tell_admin(struct work *work, enum cap cap)
{
	(void)tell_send(work,
	    &(struct tell_target){ .channel = CHANNEL_MAIL,
		.role = ROLE_ADMIN,
		.to = work->ctx->conf->admin,
		.language = work->estate->language },
	    &(struct tell){ .name = "sms_cap_admin",
		.is_automatic = true,
		.facts = { .who = work->estate->sms->name,
		    .reason = reason(work, cap, work->estate->language) } });
}

/* Who can do something about it (issue 6). */
static void
alarm(struct work *work, enum cap cap)
{
	const struct staff *supervisor = act_level(work, SUPERVISOR);

	if (supervisor != NULL)
		(void)tell_staff(work, supervisor,
		    &(struct tell){ .name = "sms_cap",
			.reply = REPLY_INTERNAL,
			.facts = { .reason = reason(
				       work, cap, supervisor->language) } });
	if (cap_is_of_channel(cap))
		tell_admin(work, cap);
}

/* By this decision already, of another message? */
static bool
is_noted(const struct work *work, enum cap cap)
{
	for (size_t i = 0; i < work->out->count; i++)
		if (work->out->list[i].kind == EFFECT_BRAKED &&
		    work->out->list[i].braked.cap == cap)
			return true;
	return false;
}

void
tell_note_cap(
    struct work *work, enum cap cap, const char *template_name, bool went)
{
	bool is_new = !work->before->cap_is_told[cap] && !is_noted(work, cap);
	struct effect *effect = effects_add(work->out, EFFECT_BRAKED);

	effect->braked.estate = work->estate->id;
	effect->braked.template_name = template_name;
	effect->braked.cap = cap;
	effect->braked.went = went;
	if (work->has_case && !cap_is_of_channel(cap))
		effect->braked.case_id = work->file.id;
	if (work->has_case && !went)
		act_record(work, &(struct event){ .name = "braked",
				     .actor = ACTOR_DESK,
				     .reason = arena_printf(work->arena,
					 "sms_%s", cap_name(cap)) });
	if (is_new)
		alarm(work, cap);
}
