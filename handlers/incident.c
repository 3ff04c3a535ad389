#include "handlers/incident.h"

#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/tell.h"
#include "lib/arena.h"

/* ---- neighbours ---- */

bool
incident_must_look(struct work *work)
{
	const struct look_up wanted = {
		.estate = work->estate->id,
		.category = work->file.category,
		.place = incident_place(&work->file.place),
	};

	return work->ctx->conf->rules.hot_households > 0 &&
	       incident_is_possible(&work->file) &&
	       work_must_look(work, &wanted);
}

/* Its own row knows the owner's flat; a new case has none yet. */
static struct incident_case
self_of(const struct work *work)
{
	const struct incident_view *near = &work->before->near;
	const struct owner *owner = &work->before->sender.owner;

	for (size_t i = 0; i < near->case_count; i++) {
		if (near->cases[i].id == work->file.id)
			return near->cases[i];
	}
	return incident_case_of(&work->file,
	    owner->id != 0 && owner->id == work->file.owner ? &owner->home
							    : NULL);
}

static size_t
neighbours(
    const struct work *work, incident_id of, const struct incident_case **ret)
{
	const struct incident_view *near = &work->before->near;

	return incident_select(
	    near->cases, near->case_count, of, work->file.id, work->arena, ret);
}

static int
count_households(const struct work *work, incident_id of)
{
	const struct incident_case *others;
	size_t count = neighbours(work, of, &others);
	const struct incident_case self = self_of(work);

	return incident_households(&self, others, count, work->arena);
}

/* ---- joining ---- */

static void
record_join(struct work *work, case_id id, enum case_state state,
    const struct incident *incident, const char *actor)
{
	effects_add(work->out, EFFECT_EVENT)->event =
	    (struct event){ .case_id = id,
		    .name = "joined",
		    .state = state,
		    .actor = actor,
		    .reason = incident->number };
}

/* The newest word that has gone out, told or not. */
static int64_t
last_public(const struct incident_view *view, msec_t now)
{
	for (size_t i = view->word_count; i > 0; i--) {
		if (view->words[i - 1].goes_at <= now)
			return view->words[i - 1].id;
	}
	return 0;
}

static void
join(struct work *work, const struct incident_view *view, const char *actor)
{
	const struct incident_word *held = incident_held(view, work_now(work));

	work_keep(work);
	work->incident = view->it;
	work->file.incident = view->it.id;
	work->file.incident_told = last_public(view, work_now(work));
	record_join(work, work->file.id, work->file.state, &view->it, actor);
	if (held != NULL)
		clocks_set(work, TIMER_INCIDENT, 0, held->goes_at);
}

/* What the newcomer reads in the acknowledgement is said to them as well, a
 * time in it included (R11). */
static void
keep_promise(struct work *work, const struct incident_view *view)
{
	const struct incident_word *known =
	    incident_known(view, work_now(work));

	if (known == NULL || known->promise_at == 0)
		return;
	act_promise(
	    work, known->author, known->promise_at, work_now(work), NULL);
}

void
incident_tell_apart(struct work *work, const struct incident_word *word)
{
	work->file.incident_told = word->id - 1;
	clocks_set(work, TIMER_INCIDENT, 0, work_now(work));
}

void
incident_add_other(struct work *work, const struct incident_case *other,
    const struct incident *incident, int64_t told, const char *actor)
{
	struct effect *effect = effects_add(work->out, EFFECT_JOIN);

	effect->join.case_id = other->id;
	effect->join.incident = incident->id;
	effect->join.told = told;
	record_join(work, other->id, other->state, incident, actor);
}

void
incident_add(
    struct work *work, const struct incident_view *view, const char *actor)
{
	const struct incident_word *known =
	    incident_known(view, work_now(work));

	join(work, view, actor);
	if (known != NULL)
		incident_tell_apart(work, known);
	else
		clocks_set(work, TIMER_INCIDENT, 0, work_now(work));
}

void
incident_leave(struct work *work, const char *actor)
{
	act_record(work, &(struct event){ .name = "left",
			     .actor = actor,
			     .reason = work->incident.number });
	work->file.incident = work->file.incident_told = 0;
	work->incident = (struct incident){ 0 };
	clocks_stop(work, TIMER_INCIDENT);
}

/* ---- the beginning ---- */

/* Who has one of the cases has the incident; the oldest case decides. */
static void
find_handler(
    struct work *work, const struct incident_case *others, size_t count)
{
	struct incident *it = &work->incident;

	for (size_t i = count; i > 0; i--) {
		const struct incident_case *one = &others[i - 1];
		const struct staff *handler =
		    config_staff(work->ctx->conf, one->handler);

		if (handler == NULL || act_is_subject(&work->file, handler))
			continue;
		it->handler = handler->id;
		it->department = handler->department;
		it->is_taken = one->state != CASE_ASSIGNED;
		return;
	}
}

static void
start(struct work *work, int households)
{
	const struct incident_case *others;
	size_t count = neighbours(work, 0, &others);
	const struct incident_view view = {
		.it = { .id = work->before->next_incident,
		    .number = count > 0 ? others[count - 1].number
					: work->file.number,
		    .estate = work->estate->id,
		    .category = work->file.category,
		    .place = incident_place(&work->file.place),
		    .is_open = true,
		    .opened_at = work_now(work) },
	};

	work->incident = view.it;
	find_handler(work, others, count);
	act_record(work, &(struct event){ .name = "hot",
			     .actor = ACTOR_DESK,
			     .reason = arena_printf(
				 work->arena, "%d households", households) });
	for (size_t i = count; i > 0; i--)
		incident_add_other(
		    work, &others[i - 1], &work->incident, 0, ACTOR_DESK);
	join(work, &(struct incident_view){ .it = work->incident }, ACTOR_DESK);
}

/* Joins or begins one; false: the case belongs to none. */
static bool
find_incident(struct work *work, bool is_told, struct meeting *ret)
{
	const struct rules *rules = &work->ctx->conf->rules;
	const struct incident_view *near = &work->before->near;

	if (rules->hot_households == 0 || !incident_is_possible(&work->file))
		return false;
	ret->households = count_households(work, near->it.id);
	ret->is_new = near->it.id == 0;
	if (ret->is_new && ret->households < (int)rules->hot_households)
		return false;
	if (ret->is_new)
		start(work, ret->households);
	else if (is_told)
		join(work, near, ACTOR_DESK);
	else
		incident_add(work, near, ACTOR_DESK);
	return true;
}

struct meeting
incident_meet(struct work *work, bool is_told)
{
	const struct rules *rules = &work->ctx->conf->rules;
	struct incident *it = &work->incident;
	struct meeting meeting = { 0 };

	if (!find_incident(work, is_told, &meeting))
		return (struct meeting){ 0 };
	meeting.is_raised =
	    !it->is_raised && meeting.households >= (int)rules->hot_major;
	it->is_raised = it->is_raised || meeting.is_raised;
	if (meeting.is_new || meeting.is_raised) {
		incident_save_it(work);
		incident_wake(work, 0);
	}
	if (!meeting.is_new && is_told)
		keep_promise(work, &work->before->near);
	/* Its clocks start, or start anew, after this. */
	(void)incident_adopt(work);
	return meeting;
}

/* ---- who hears of it ---- */

static void
tell_near(struct work *work, const struct tell *tell)
{
	const struct config *conf = work->ctx->conf;
	const struct incident_view *near = &work->before->near;

	for (size_t i = 0; i < near->case_count; i++) {
		(void)tell_staff(
		    work, config_staff(conf, near->cases[i].handler), tell);
		(void)tell_staff(work,
		    config_staff(conf, near->cases[i].first_responder), tell);
	}
}

void
incident_announce(struct work *work, const struct meeting *meeting)
{
	struct tell tell = {
		.name = "hot",
		/* Only its holder's answer goes to all owners. */
		.reply = REPLY_INCIDENT,
		.facts = { .count = meeting->households },
	};

	if (!meeting->is_new && !meeting->is_raised)
		return;
	(void)tell_staff(work, incident_holder(work), &tell);
	tell.reply = REPLY_INTERNAL;
	(void)tell_staff(work, act_level(work, 2), &tell);
	if (!meeting->is_new)
		return;
	(void)tell_staff(work, act_level(work, 3), &tell);
	(void)tell_staff(work, act_first_responder(work), &tell);
	tell_near(work, &tell);
}
