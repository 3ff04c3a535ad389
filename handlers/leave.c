/*
 * Staff who are away (R18, rules.md 5.40): #leave, and the list of cases that
 * need another hand.
 */
#include "core/roster.h"
#include "core/round.h"
#include "core/text_data.h"
#include "core/zone.h"
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/leave.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "lib/arena.h"
#include "lib/text.h"

static const struct command *
find_leave(const struct work *work)
{
	for (size_t i = 0; i < work->commands.count; i++) {
		if (work->commands.list[i].kind == COMMAND_LEAVE)
			return &work->commands.list[i];
	}
	return NULL;
}

bool
leave_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work->staff != NULL &&
	       find_leave(work) != NULL;
}

/* What is wrong with it; SENTENCE_COUNT: nothing. */
static enum sentence
mistake_of(const struct work *work, const struct absence *absence)
{
	bool is_mail = work->in->message->channel == CHANNEL_MAIL;

	if (work->commands.count > 1 || !text_is_empty(work->commands.plain))
		return NO_ALONE;
	if (is_mail && !staff_is_verified(work))
		return NO_PROOF;
	if (absence->to <= work_now(work))
		return NO_TIME;
	return SENTENCE_COUNT;
}

/* "11月24日00:00 - 11月27日00:00" in the reader's language; another dash would make
 * an English text dearer. */
static const char *
span_words(const struct work *work, const struct absence *absence,
    enum language language)
{
	return arena_printf(work->arena, "%s - %s",
	    text_time(work->estate, language, absence->from, work->arena),
	    text_time(work->estate, language, absence->to, work->arena));
}

/* The hourly look at the roster has seen the next two days already, without
 * this leave (R46). */
static void
tell_gap(struct work *work, const struct absence *absence,
    const struct staff *above)
{
	const struct absences *before = &work->before->absences;
	msec_t now = work_now(work);
	msec_t to = round_roster_horizon(work->ctx->conf, now);
	struct absence *list =
	    arena_array(work->arena, before->count + 1, sizeof(*list));
	const struct absences after = { list, before->count + 1 };
	struct roster_gap gap;

	for (size_t i = 0; i < before->count; i++)
		list[i] = before->list[i];
	list[before->count] = *absence;
	if (!roster_find_gap(work->ctx->conf, work->estate, &after,
		absence->from > now ? absence->from : now,
		absence->to < to ? absence->to : to, &gap))
		return;
	tell_staff_twice(work, above,
	    &(struct tell){ .name = "roster_gap",
		.facts = {
		    .reason = span_words(work,
			&(struct absence){ .from = gap.from, .to = gap.to },
			above->language) } });
}

/* Whoever is above them plans the roster. */
static void
tell_above(struct work *work, const struct staff *staff,
    const struct absence *absence, const char *reason)
{
	int level = staff->level >= 2 ? staff->level + 1 : 2;
	const struct staff *above = act_level(work, level);

	if (above == NULL || text_eq(above->id, staff->id))
		return;
	(void)tell_staff(work, above,
	    &(struct tell){ .name = "absence",
		.facts = { .author = staff,
		    .reason = span_words(work, absence, above->language),
		    .words = reason } });
	tell_gap(work, absence, above);
}

void
leave_take(struct work *work, const struct staff *staff,
    const struct absence *absence, const char *reason)
{
	struct effect *effect = effects_add(work->out, EFFECT_LEAVE);

	effect->leave.absence = *absence;
	effect->leave.is_long =
	    roster_is_long(work->estate, absence->from, absence->to);
	tell_above(work, staff, absence, reason);
}

static void
register_leave(struct work *work, const struct command *command,
    const struct absence *absence)
{
	work_bin(work, "handled", "leave");
	staff_confirm(work, SAY_LEAVE,
	    span_words(work, absence, work->staff->language));
	leave_take(work, work->staff, absence, command->text);
}

void
leave_run(struct work *work)
{
	const struct command *command = find_leave(work);
	struct absence absence = { .staff = work->staff->id };

	if (work->has_case)
		work_leave_case(work);
	if (work->commands.error_count > 0 || command == NULL) {
		staff_refuse(
		    work, work->commands.errors, work->commands.error_count);
		return;
	}
	absence.from = command->at;
	if (time_from_rfc3339(command->value, &absence.to) < 0)
		absence.to = absence.from;
	enum sentence mistake = mistake_of(work, &absence);

	if (mistake == SENTENCE_COUNT) {
		register_leave(work, command, &absence);
		return;
	}
	staff_refuse_as(work, mistake,
	    command_word(COMMAND_LEAVE, work->staff->language));
}

/* ---- whose cases need another hand ---- */

bool
handover_matches(const struct work *work)
{
	return work->in->kind == INPUT_HANDOVER;
}

void
handover_run(struct work *work)
{
	const char *id = work->in->staff;
	const struct staff *staff = config_staff(work->ctx->conf, id);
	const struct staff *supervisor = act_level(work, 2);

	if (supervisor == NULL || work->before->staff_case_count == 0)
		return;
	const char *name = id;

	if (staff != NULL)
		name = name_for(
		    supervisor->language, staff->name, staff->name_en);
	(void)tell_staff(work, supervisor,
	    &(struct tell){ .name = "handover_list",
		.facts = { .who = name,
		    .count = (int)work->before->staff_case_count,
		    .cases = work->before->staff_cases,
		    .case_count = work->before->staff_case_count } });
}
