/*
 * What cannot be seen in the store afterwards: who was first responder
 * before, what was silent how long, what left at which moment.
 */
#include "bench/year/world.h"
#include "core/calendar.h"
#include "core/deadlines.h"
#include "core/zone.h"
#include "lib/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A decision that was due in the minute may take it. */
#define SLACK (2 * MSEC_MINUTE)

struct watched {
	bool is_open, is_loud; /* one complaint about silence is enough */
	char number[24];
	char first_responder[16];
	enum severity severity;
	msec_t heard_by; /* the owner must have heard something by then */
	/* Whose number an alarm shows whole, because nobody knows where the
	 * danger is (rules.md 5.35); or -1. */
	int shown_in_alarm;
};

struct watch {
	struct watched *cases; /* by id */
	size_t room;
	bool opted_out[YEAR_HOUSEHOLDS_MAX];
};

struct watch *
watch_new(void)
{
	struct watch *watch = calloc(1, sizeof(*watch));

	if (watch == NULL)
		abort();
	return watch;
}

void
watch_free(struct watch **watch)
{
	if (*watch != NULL)
		free((*watch)->cases);
	free(*watch);
	*watch = NULL;
}

void
watch_complain(struct world *world, const char *rule, const char *number,
    const char *fmt, ...)
{
	char what[400], day[64], line[600];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	(void)snprintf(line, sizeof(line), "%s: %s, %s: %s", rule,
	    text_or(number, "no case"), world_day(world, world->now, day),
	    what);
	world->figures.faults++;
	world->complain(line, world->arg);
}

static struct watched *
case_at(struct watch *watch, case_id id)
{
	size_t place = (size_t)id;

	if (place >= watch->room) {
		size_t room = place * 2 + 64;
		struct watched *grown =
		    reallocarray(watch->cases, room, sizeof(*grown));

		if (grown == NULL)
			abort();
		memset(grown + watch->room, 0,
		    (room - watch->room) * sizeof(*grown));
		watch->cases = grown;
		watch->room = room;
	}
	return &watch->cases[place];
}

/* ---- what a decision asks for ---- */

static bool
has_event(const struct effects *effects, case_id id, const char *name)
{
	for (size_t i = 0; i < effects->count; i++)
		if (effects->list[i].kind == EFFECT_EVENT &&
		    effects->list[i].event.case_id == id &&
		    text_eq(effects->list[i].event.name, name))
			return true;
	return false;
}

/* The owner hears of this case, or a record says why not. */
static bool
is_word(const struct effect *effect, case_id id)
{
	static const char *const records[] = { "braked", "phone_task", "news",
		"created", "noted", "fed_back", "delivery_failed" };

	if (effect->kind == EFFECT_SEND)
		return effect->send.case_id == id &&
		       effect->send.role == ROLE_OWNER;
	if (effect->kind != EFFECT_EVENT || effect->event.case_id != id)
		return false;
	for (size_t i = 0; i < ARRAY_COUNT(records); i++)
		if (text_eq(effect->event.name, records[i]))
			return true;
	return false;
}

static void
mind_silence(struct world *world, const struct effects *effects,
    const struct case_file *file, struct watched *seen)
{
	struct span span =
	    deadlines_span(world->conf, world->estate, file, TIMER_NEWS);
	msec_t by = span_end(world->estate->calendar, world->now, &span);
	bool hears = !seen->is_open || !case_is_open(file->state);

	if (seen->is_open && world->now > seen->heard_by + SLACK &&
	    !seen->is_loud) {
		seen->is_loud = true;
		watch_complain(world, "R14", file->number,
		    "the owner heard nothing for too long");
	}
	for (size_t i = 0; !hears && i < effects->count; i++)
		hears = is_word(&effects->list[i], file->id);
	/* A graver matter may not be silent as long, a lighter one may. */
	if (hears || (file->severity > seen->severity && by < seen->heard_by) ||
	    (file->severity < seen->severity && by > seen->heard_by))
		seen->heard_by = by;
	seen->severity = file->severity;
	seen->is_open = case_is_open(file->state);
}

static void
mind_first_responder(struct world *world, const struct effects *effects,
    const struct case_file *file, struct watched *seen)
{
	if (seen->first_responder[0] != '\0' &&
	    !text_eq(seen->first_responder, file->first_responder) &&
	    !has_event(effects, file->id, "handed_over"))
		watch_complain(world, "R17", file->number,
		    "the first responder changed from %s to %s unsaid",
		    seen->first_responder, text_or(file->first_responder, "-"));
	(void)snprintf(seen->first_responder, sizeof(seen->first_responder),
	    "%s", text_or(file->first_responder, ""));
}

static void
mind_case(struct world *world, const struct effects *effects,
    const struct case_file *file)
{
	struct watched *seen = case_at(world->watch, file->id);

	(void)snprintf(seen->number, sizeof(seen->number), "%s", file->number);
	seen->shown_in_alarm = place_is_empty(&file->place) &&
				       !case_hides_reporter(file) &&
				       file->phone != NULL
				   ? people_of(file->phone)
				   : -1;
	mind_first_responder(world, effects, file, seen);
	mind_silence(world, effects, file, seen);
}

/* R53: not to a number that opted out, but for the confirmation, an
 * emergency, and a matter that its owner brought by text afterwards. */
static void
mind_opt_out(struct world *world, const struct input *in,
    const struct outgoing *out, const struct case_file *file)
{
	int who = out->role == ROLE_OWNER && out->channel == CHANNEL_SMS
		      ? people_of(out->to)
		      : -1;
	bool asked = in->kind == INPUT_MESSAGE &&
		     in->message->channel == CHANNEL_SMS &&
		     people_of(in->message->from.addr) == who;

	if (who < 0 || !world->watch->opted_out[who] || asked ||
	    text_eq(out->template_name, "optout") ||
	    (file != NULL && file->severity == SEVERITY_EMERGENCY))
		return;
	/* What the case itself allows stands in the store: year_rules[]. */
	if (out->case_id != 0)
		return;
	watch_complain(world, "R53", NULL, "%s to a number that opted out",
	    out->template_name);
}

void
watch_decided(
    struct world *world, const struct input *in, const struct effects *effects)
{
	int who;

	for (size_t i = 0; i < effects->count; i++) {
		const struct effect *effect = &effects->list[i];

		if (effect->kind == EFFECT_CASE)
			mind_case(world, effects, &effect->the_case);
		else if (effect->kind == EFFECT_SEND)
			mind_opt_out(world, in, &effect->send,
			    effects_case(effects, effect->send.case_id));
	}
	for (size_t i = 0; i < effects->count; i++) {
		const struct effect *effect = &effects->list[i];

		if (effect->kind == EFFECT_OPT &&
		    (who = people_of(effect->opt.address)) >= 0 &&
		    who < YEAR_HOUSEHOLDS_MAX)
			world->watch->opted_out[who] = effect->opt.is_out;
	}
}

void
watch_silence(struct world *world)
{
	for (size_t i = 0; i < world->watch->room; i++) {
		struct watched *seen = &world->watch->cases[i];

		if (!seen->is_open || seen->is_loud ||
		    world->now <= seen->heard_by + SLACK)
			continue;
		seen->is_loud = true;
		watch_complain(world, "R14", seen->number,
		    "the owner hears nothing any more");
	}
}

bool
watch_is_open(const struct world *world, case_id id)
{
	return (size_t)id < world->watch->room &&
	       world->watch->cases[id].is_open;
}

/* ---- what leaves ---- */

/* Whose marks this text may carry; -1: nobody's. */
static int
may_name(struct world *world, const struct outgoing *out)
{
	if (out->role == ROLE_OWNER)
		return people_of(out->to);
	return out->case_id != 0 && text_eq(out->template_name, "alert")
		   ? case_at(world->watch, out->case_id)->shown_in_alarm
		   : -1;
}

static void
mind_marks(struct world *world, const struct outgoing *out, const char *text)
{
	int who = may_name(world, out);
	const char *at = text;
	int mark;

	while (at != NULL && (mark = people_find_mark(&at)) >= 0)
		/* A name that the desk does not know it cannot mask. */
		if (mark != who &&
		    (out->role == ROLE_OWNER || mark < world->registered))
			watch_complain(world,
			    out->role == ROLE_OWNER ? "R41" : "R40", NULL,
			    "%s %lld names household %d", out->template_name,
			    (long long)out->id, mark);
}

static void
mind_wording(struct world *world, const struct outgoing *out)
{
	static const char *const forbidden[] = { "不归我们管", "绝对",
		"保证马上" };

	for (size_t i = 0; i < ARRAY_COUNT(forbidden); i++)
		if (strstr(out->text, forbidden[i]) != NULL)
			watch_complain(world, "R4", NULL, "%s %lld says %s",
			    out->template_name, (long long)out->id,
			    forbidden[i]);
}

void
watch_leaves(struct world *world, const struct outgoing *out)
{
	const struct rules *rules = &world->conf->rules;
	int minute = world_minute(world, world->now);

	if (out->role == ROLE_OWNER) {
		mind_marks(world, out, out->text);
		mind_marks(world, out, out->subject);
		mind_marks(world, out, out->html);
		mind_wording(world, out);
	} else if (out->channel == CHANNEL_SMS ||
		   text_eq(out->template_name, "alert")) {
		mind_marks(world, out, out->text);
	}
	mind_marks(world, out, out->role == ROLE_OWNER ? NULL : out->subject);
	if (text_eq(out->template_name, "rating_request") &&
	    (minute < rules->survey_from_minute ||
		minute >= rules->survey_to_minute))
		watch_complain(world, "R34", NULL,
		    "a survey %lld leaves at night", (long long)out->id);
}

void
watch_note(struct world *world, const char *text)
{
	const char *at = text;

	if (people_find_mark(&at) >= 0)
		watch_complain(world, "R40", NULL, "the log says \"%s\"", text);
}
