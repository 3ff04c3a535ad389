/*
 * A question to a colleague that waits for its answer (R21): they are
 * reminded; at the due their supervisor and who asked hear of it.
 */
#include "handlers/act.h"
#include "handlers/questions.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "handlers/timer.h"

static const char *
say(const struct work *work, const struct staff *to, enum sentence which,
    const struct staff *asked)
{
	enum language language =
	    to != NULL ? to->language : work->estate->language;
	const char *name = NULL;

	if (asked != NULL)
		name = name_for(language, asked->name, asked->name_en);
	return sentence(which, language, name, work->arena);
}

static void
ask_again(struct work *work, const struct question *question,
    const struct staff *asked, enum sentence why)
{
	(void)tell_staff(work, asked,
	    &(struct tell){ .name = "question",
		.reply = REPLY_ASK,
		.facts = { .words = question->text,
		    .author = config_staff(work->ctx->conf, question->asker),
		    .reason = say(work, asked, why, NULL),
		    .at = question->due } });
}

static void
tell_overdue(struct work *work, const struct question *question,
    const struct staff *asked, const struct staff *to)
{
	(void)tell_staff(work, to,
	    &(struct tell){ .name = "overdue",
		.reply = REPLY_INTERNAL,
		.facts = { .wanted = TIMER_ASK,
		    .at = question->due,
		    .reason = say(work, to, WHY_UNANSWERED, asked) } });
}

static void
ring(struct work *work, const struct question *question)
{
	const struct config *conf = work->ctx->conf;
	const struct staff *asked = config_staff(conf, question->to);
	bool is_overdue = work_now(work) >= question->due;

	if (work_now(work) < questions_remind_at(work, question->at))
		return;
	ask_again(work, question, asked,
	    is_overdue ? WHY_ASKED_OVERDUE : WHY_ASKED_AGAIN);
	if (is_overdue) {
		tell_overdue(work, question, asked, act_level(work, 2));
		tell_overdue(work, question, asked, act_first_responder(work));
		tell_overdue(
		    work, question, asked, config_staff(conf, question->asker));
	}
	act_record(work, &(struct event){ .name = "reminded",
			     .actor = ACTOR_DESK,
			     .level = is_overdue ? 2 : 0,
			     .reason = timer_kind_name(TIMER_ASK) });
}

void
timer_ask(struct work *work)
{
	struct question open[QUESTIONS_MAX];
	size_t count = questions_open(work, open);

	if (!case_is_open(work->file.state))
		return;
	for (size_t i = 0; i < count; i++)
		ring(work, &open[i]);
	questions_set_timer(work);
}
