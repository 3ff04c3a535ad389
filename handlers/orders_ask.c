/*
 * Asking a colleague, and what they answer (R21, rules.md 5.13): the owner
 * hears when they will be answered, the answer goes to who answers them.
 */
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/ladder.h"
#include "handlers/orders.h"
#include "handlers/questions.h"
#include "handlers/tell.h"
#include "lib/text.h"

/* A person, the head of a department, or who stands at a level. */
static const struct staff *
find_asked(const struct work *work, const char *to)
{
	const struct config *conf = work->ctx->conf;
	const struct staff *person = config_staff(conf, to);

	if (person == NULL && estate_department(work->estate, to) != NULL)
		person = act_head_of(work, to);
	if (person == NULL && orders_level_named(to) > 0)
		person = act_level(work, orders_level_named(to));
	if (person == NULL || !staff_serves(person, work->estate) ||
	    act_is_subject(&work->file, person))
		return NULL;
	return person;
}

void
order_ask(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	const struct staff *asked = find_asked(work, command->to);

	if (!case_is_open(work->file.state)) {
		orders_refuse_state(orders);
		return;
	}
	if (asked == NULL) {
		orders_refuse(orders, NO_PERSON, command->to);
		return;
	}
	if (text_eq(asked->id, orders->staff->id)) {
		orders_refuse(orders, NO_ASK_SELF, NULL);
		return;
	}
	const struct tell tell = {
		.name = "question",
		.reply = REPLY_ASK,
		.is_urgent = work->file.severity == SEVERITY_EMERGENCY,
		.facts = { .words = command->text,
		    .author = orders->staff,
		    .at = questions_due(work, work_now(work)) },
	};
	out_id out = tell_staff(work, asked, &tell);

	if (tell.is_urgent)
		(void)tell_staff_text(work, asked, &tell);
	act_record(work, &(struct event){ .name = "asked",
			     .actor = orders->staff->id,
			     .reason = asked->id,
			     .text = command->text,
			     .out = out });
	act_is_handled(work, orders->staff);
	questions_set_timer(work);
	ladder_tell_owner(work, NULL);
	orders_done(orders, SAY_ASKED, orders_staff_word(orders, asked));
}

/* The first responder answers the owner; who asked wants to know as well. */
void
order_answer(struct orders *orders, const char *text)
{
	struct work *work = orders->work;
	const char *self = orders->staff->id;
	const struct staff *responder = act_responder(work);
	struct question open[QUESTIONS_MAX];
	size_t count = questions_open(work, open);
	struct tell tell = {
		.name = "answer",
		.reply = REPLY_MATTER,
		.facts = { .words = text,
		    .author = orders->staff,
		    .at = clocks_told_time(work) },
	};

	tell.part_count = tell_parts(work, &tell.parts);
	tell.facts.photos = (int)tell.part_count;
	if (responder == NULL || text_eq(responder->id, self))
		responder = act_level(work, 2);
	(void)tell_staff(work, responder, &tell);
	for (size_t i = 0; i < count; i++) {
		if (text_eq(open[i].to, self))
			(void)tell_staff(work,
			    config_staff(work->ctx->conf, open[i].asker),
			    &tell);
	}
	act_record(work,
	    &(struct event){ .name = "answered", .actor = self, .text = text });
	act_is_handled(work, orders->staff);
	questions_set_timer(work);
	orders_done(orders, SAY_ANSWERED,
	    responder != NULL ? orders_staff_word(orders, responder) : "L2");
}
