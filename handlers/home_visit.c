/*
 * Calls at an owner's door (R36): proposed each quarter, fixed by nobody
 * before the owner has said when it suits them, and told by #visit V12.
 */
#include "core/home_visit.h"

#include "core/mask.h"
#include "core/place.h"
#include "core/wording.h"
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/orders.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "lib/arena.h"
#include "lib/text.h"

enum { SUPERVISOR = 2 };

/* "V12 3-2-501 王**": where to go; whom, masked: a subject shows on locked
 * screens (R40). */
static const char *
visit_line(const struct work *work, const struct home_visit *visit,
    enum language language)
{
	const char *place = place_words(
	    &visit->owner.home, language == LANGUAGE_EN, work->arena);

	return arena_printf(work->arena, "V%lld %s %s", (long long)visit->id,
	    text_or(place, ""),
	    text_or(mask_name(visit->owner.name, work->arena), ""));
}

/* "V12 3-2-501 王芳 +8613900139001 w@owner.example": whole for those who make
 * the call, like the contact of a case for its handler (R40). */
static const char *
call_line(const struct work *work, const struct home_visit *visit,
    enum language language)
{
	const struct owner *owner = &visit->owner;
	const char *place =
	    place_words(&owner->home, language == LANGUAGE_EN, work->arena);
	const char *const parts[] = { place, owner->name, owner->phone,
		owner->mail };
	const char *line =
	    arena_printf(work->arena, "V%lld", (long long)visit->id);

	for (size_t i = 0; i < ARRAY_COUNT(parts); i++)
		if (!text_is_empty(parts[i]))
			line =
			    arena_printf(work->arena, "%s %s", line, parts[i]);
	return line;
}

/* ---- proposing ---- */

/* By text where they have not opted out; else by mail. */
static bool
ask(struct work *work, const struct owner *owner)
{
	const struct tell tell = { .name = "home_visit_ask",
		.reply = REPLY_OWNER,
		.is_automatic = true };

	if (tell_may_ask(work, owner, CHANNEL_SMS, tell.name))
		return tell_resident(work, owner, CHANNEL_SMS, &tell) != 0;
	return tell_may_ask(work, owner, CHANNEL_MAIL, tell.name) &&
	       tell_resident(work, owner, CHANNEL_MAIL, &tell) != 0;
}

static const char *
propose(struct work *work, const struct home_visit *found, int64_t id,
    enum language language)
{
	struct effect *effect = effects_add(work->out, EFFECT_HOME_VISIT);
	struct home_visit visit = *found;
	bool was_asked;

	visit.id = id;
	effect->home_visit = visit;
	was_asked = ask(work, &visit.owner);
	return arena_printf(work->arena, "%s · %s · %s",
	    call_line(work, &visit, language),
	    home_visit_reason_word(visit.reason, language),
	    sentence(was_asked ? SAY_VISIT_ASKED : SAY_VISIT_NO_ADDRESS,
		language, NULL, work->arena));
}

void
home_visit_round(struct work *work)
{
	const struct snapshot *before = work->before;
	const struct staff *reader = act_level(work, SUPERVISOR);
	struct round round = work->in->round;
	const char **lines =
	    arena_array(work->arena, HOME_VISITS_MAX, sizeof(*lines));
	size_t count = before->home_visit_count;

	round.since = work_now(work);
	round_next(work, round.since,
	    round_due(work->ctx->conf, work->estate, &round));
	/* Nobody who could go: nobody is asked. */
	if (reader == NULL || count == 0)
		return;
	for (size_t i = 0; i < count; i++)
		lines[i] = propose(work, &before->home_visits[i],
		    before->next_home_visit + (int64_t)i, reader->language);
	(void)tell_staff(work, reader,
	    &(struct tell){ .name = "home_visits",
		.facts = { .lines = lines, .line_count = count } });
}

/* ---- the owner says when ---- */

/* Their own matter is a case; what is of no category is about the visit. */
bool
home_visit_answer_matches(const struct work *work)
{
	const struct understanding *seen = &work->seen;

	return work->in->kind == INPUT_MESSAGE && work->staff == NULL &&
	       !work->has_case && work->before->home_visit.id != 0 &&
	       seen->severity != SEVERITY_EMERGENCY &&
	       seen->kind != KIND_SPAM &&
	       (work->in->message->channel == CHANNEL_SMS ||
		   work->before->answered.id != 0) &&
	       (seen->category == NULL || text_eq(seen->category, "other"));
}

void
home_visit_answer_run(struct work *work)
{
	const struct home_visit *visit = &work->before->home_visit;
	const struct staff *reader = act_level(work, SUPERVISOR);
	const char *own = work->in->message->own;
	bool is_declined = home_visit_is_declined(own);
	struct effect *effect = effects_add(work->out, EFFECT_HOME_VISIT_NEWS);
	enum language language =
	    reader != NULL ? reader->language : work->estate->language;
	const char *whom = call_line(work, visit, language);
	struct tell tell = { .name = "home_visit_answer",
		.facts = { .words = own,
		    .who = visit_line(work, visit, language),
		    .lines = &whom,
		    .line_count = 1,
		    .reason = sentence(
			is_declined ? SAY_VISIT_DECLINED : SAY_VISIT_ANSWERED,
			language, NULL, work->arena) } };

	effect->home_visit_news = (struct home_visit_news){
		.id = visit->id,
		.state =
		    is_declined ? HOME_VISIT_DECLINED : HOME_VISIT_ANSWERED,
		.text = own,
	};
	work_bin(work, "handled", "home_visit");
	(void)tell_staff(work, reader, &tell);
	(void)tell_staff(work, act_on_duty(work), &tell);
}

/* ---- staff say how it was ---- */

static const struct command *
visit_command(const struct work *work)
{
	const struct commands *commands = &work->commands;

	for (size_t i = 0; i < commands->count; i++)
		if (commands->list[i].kind == COMMAND_VISIT &&
		    home_visit_number(commands->list[i].text) != 0)
			return &commands->list[i];
	return NULL;
}

/* In answer to any mail of ours about no case; its token is the proof. */
bool
home_visit_matches(const struct work *work)
{
	return digest_matches(work) && visit_command(work) != NULL;
}

void
home_visit_run(struct work *work)
{
	const struct home_visit *visit = &work->before->home_visit;
	const struct command *command = visit_command(work);
	struct home_visit_news news = { .id = visit->id,
		.staff = work->staff->id,
		.state = HOME_VISIT_DONE };

	/* All or nothing, and one visit is one mail (rules.md 4.3.1). */
	if (command == NULL || work->commands.count != 1 ||
	    work->commands.error_count > 0) {
		staff_refuse_as(work, NO_VISIT_ALONE, NULL);
		return;
	}
	if (visit->id == 0 || !staff_serves(work->staff, work->estate)) {
		staff_refuse_as(work, NO_VISIT_NUMBER, NULL);
		return;
	}
	news.text = home_visit_result(command->text, &news.score);
	if (text_is_empty(news.text)) {
		staff_refuse_as(work, NO_VISIT_WORDS, NULL);
		return;
	}
	if (home_visit_is_declined(news.text) ||
	    wording_is_not_reached(news.text)) {
		news.state = HOME_VISIT_DECLINED;
		news.score = 0;
	}
	effects_add(work->out, EFFECT_HOME_VISIT_NEWS)->home_visit_news = news;
	work_bin(work, "handled", "home_visit");
	staff_confirm(work,
	    news.state == HOME_VISIT_DONE ? SAY_HOME_VISITED
					  : SAY_HOME_VISIT_NOT,
	    arena_printf(work->arena, "V%lld", (long long)visit->id));
}
