/*
 * Notices that waited, because there were too many for mails of their own, go
 * in one (rules.md 5.33).  On top stand all of them with how their cases stand
 * now; then each as it was written, with its own buttons.
 */
#include "core/deadlines.h"
#include "core/letter.h"
#include "core/limits.h"
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/sentences.h"
#include "handlers/tell_send.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

struct bundle {
	struct work *work;
	const struct staff *staff;
	const struct held_notice *notices[LIMIT_BUNDLED];
	size_t count;
	out_id out; /* 0: each goes by itself */
};

bool
bundle_matches(const struct work *work)
{
	return work->in->kind == INPUT_BUNDLE;
}

/* Who is complained about meanwhile reads nothing of it (R9). */
static void
pick(struct bundle *bundle)
{
	const struct snapshot *before = bundle->work->before;

	for (size_t i = 0; i < before->notice_count; i++) {
		const struct held_notice *notice = &before->notices[i];
		struct effect *effect;

		if (bundle->staff == NULL ||
		    !act_is_subject(&notice->the_case, bundle->staff)) {
			bundle->notices[bundle->count++] = notice;
			continue;
		}
		effect = effects_add(bundle->work->out, EFFECT_OUT_STATE);
		effect->out_state.out = notice->out.id;
		effect->out_state.state = OUT_CANCELLED;
	}
}

/* ---- the mail ---- */

/* Its subject, and how its case stands: "(now: in progress, Li Ming)". */
static const char *
line_of(const struct bundle *bundle, const struct held_notice *notice)
{
	const struct work *work = bundle->work;
	const struct case_file *file = &notice->the_case;
	enum language language = bundle->staff->language;
	const struct staff *handler =
	    config_staff(work->ctx->conf, file->handler);
	const char *now = case_state_word(file->state, language);

	if (handler != NULL)
		now = arena_printf(work->arena, "%s%s%s", now,
		    language_word(language, "，", ", "),
		    name_for(language, handler->name, handler->name_en));
	return arena_printf(work->arena, "%s%s",
	    text_or(notice->out.subject, ""),
	    sentence(SAY_STANDS_NOW, language, now, work->arena));
}

static const char *const *
lines(const struct bundle *bundle)
{
	const char **list =
	    arena_array(bundle->work->arena, bundle->count, sizeof(*list));

	for (size_t i = 0; i < bundle->count; i++)
		list[i] = line_of(bundle, bundle->notices[i]);
	return list;
}

static msec_t
sooner(msec_t a, msec_t b)
{
	return a == 0 || (b != 0 && b < a) ? b : a;
}

/* The first due of their cases that lies ahead; 0: none. */
static msec_t
first_due(const struct bundle *bundle)
{
	msec_t now = work_now(bundle->work), first = 0;

	for (size_t i = 0; i < bundle->count; i++) {
		const struct case_file *file = &bundle->notices[i]->the_case;

		if (!case_is_open(file->state))
			continue;
		if (file->taken_at == 0 && file->take_due > now)
			first = sooner(first, file->take_due);
		first = sooner(first, deadlines_first(file, now, INT64_MAX));
	}
	return first;
}

/* Their files go along. */
static size_t
files(const struct bundle *bundle, const struct passed_part **ret)
{
	struct passed_part *list =
	    arena_array(bundle->work->arena, LIMIT_PASSED_ON, sizeof(*list));
	size_t count = 0;

	for (size_t i = 0; i < bundle->count; i++) {
		const struct outgoing *out = &bundle->notices[i]->out;

		for (size_t j = 0;
		     j < out->part_count && count < LIMIT_PASSED_ON; j++)
			list[count++] = out->parts[j];
	}
	*ret = list;
	return count;
}

static void
add_notices(const struct bundle *bundle, struct text_rendered *text)
{
	struct arena *arena = bundle->work->arena;
	struct letter *list = arena_array(arena, bundle->count, sizeof(*list));
	struct letter letter = { .text = text->text, .layout = text->layout };

	for (size_t i = 0; i < bundle->count; i++) {
		const struct outgoing *out = &bundle->notices[i]->out;

		list[i] = (struct letter){ .text = text_or(out->text, ""),
			.layout = out->layout,
			.title = out->subject };
	}
	letter_bundle(&letter, list, bundle->count, arena);
	text->text = letter.text;
	text->layout = letter.layout;
}

static out_id
send(const struct bundle *bundle)
{
	const struct tell_target target =
	    tell_target_staff(bundle->staff, CHANNEL_MAIL);
	struct text_rendered text = { 0 };
	struct tell tell = { .name = "bundle",
		.reply = REPLY_BUNDLE,
		.is_notice = true,
		.facts = { .count = (int)bundle->count,
		    .at = first_due(bundle),
		    .lines = lines(bundle),
		    .line_count = bundle->count } };

	tell.part_count = files(bundle, &tell.parts);
	if (!tell_write(bundle->work, &target, &tell, &text))
		return 0;
	add_notices(bundle, &text);
	return tell_post(bundle->work, &target, &tell, &text);
}

/* ---- the whole ---- */

void
bundle_run(struct work *work)
{
	struct bundle bundle = { .work = work,
		.staff = config_staff(work->ctx->conf, work->in->staff) };

	pick(&bundle);
	/* One needs no other; and who has left gets what was on its way. */
	if (bundle.count > 1 && bundle.staff != NULL && !bundle.staff->left)
		bundle.out = send(&bundle);
	for (size_t i = 0; i < bundle.count; i++) {
		struct effect *effect = effects_add(work->out, EFFECT_NOTICE);

		effect->notice.out = bundle.notices[i]->out.id;
		effect->notice.bundle = bundle.out;
		effect->notice.sender = tell_account(work, CHANNEL_MAIL);
	}
}
