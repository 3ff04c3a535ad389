/*
 * Orders about who does the work (R10, R17, R18, R19).
 */
#include "core/roster.h"
#include "core/tone.h"
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/ladder.h"
#include "handlers/orders.h"
#include "handlers/tell.h"
#include "lib/text.h"

void
order_take(struct orders *orders, const struct command *command)
{
	if (!act_take(orders->work, orders->staff)) {
		orders_refuse_state(orders);
		return;
	}
	orders_done(orders, SAY_TAKEN, NULL);
	/* "#take, on my way": for colleagues. */
	if (!text_is_empty(command->text) &&
	    !tone_is_thanks(command->text, orders->work->arena))
		order_note(orders, command);
}

void
order_note(struct orders *orders, const struct command *command)
{
	act_record(orders->work, &(struct event){ .name = "noted",
				     .actor = orders->staff->id,
				     .text = command->text });
	act_is_handled(orders->work, orders->staff);
	orders_done(orders, SAY_NOTED, NULL);
}

void
order_finding(struct orders *orders, const struct command *command)
{
	act_record(orders->work, &(struct event){ .name = "finding",
				     .actor = orders->staff->id,
				     .text = command->text });
	act_is_handled(orders->work, orders->staff);
	orders_done(orders, SAY_FINDING, NULL);
}

/* ---- to whom it goes ---- */

/* R19: the third change goes to L3, who decides who leads; unless L3 or who
 * stands above has the case, or decides here. */
static void
count_transfer(struct orders *orders, const char *department)
{
	struct work *work = orders->work;
	int most = (int)work->ctx->conf->rules.transfers;

	if (department == NULL || work->file.department == NULL ||
	    text_eq(department, work->file.department))
		return;
	work->file.transfers++;
	if (work->file.transfers != most || work->file.level >= 3 ||
	    orders_level(orders) >= 3)
		return;
	ladder_escalate(work, &(struct escalation){ .level = 3,
				  .actor = ACTOR_DESK,
				  .code = "transfers",
				  .why = WHY_TRANSFERS,
				  .tells_owner = true });
}

static void
tell_assignee(
    struct orders *orders, const struct staff *person, const char *words)
{
	struct work *work = orders->work;
	struct tell tell = {
		.name = "assigned",
		.reply = REPLY_MATTER,
		.facts = { .words = words,
		    .author = orders->staff,
		    .holder = person },
	};

	tell_add_case_files(work, &tell);
	if (person == NULL || text_eq(person->id, orders->staff->id))
		return;
	(void)tell_staff(work, person, &tell);
	(void)tell_staff_text(work, person, &tell);
}

static void
hand_to(struct orders *orders, const char *department,
    const struct staff *person, const char *words)
{
	struct work *work = orders->work;
	const struct event step = { .name = "assigned",
		.actor = orders->staff->id,
		.reason = person != NULL ? person->id : department,
		.text = words };

	if (!act_move(work, CASE_ASSIGNED, &step))
		act_record(work, &step);
	act_is_handled(work, orders->staff);
	clocks_stop(work, TIMER_DISPATCH);
	count_transfer(orders, department);
	if (department != NULL)
		work->file.department = department;
	/* First responder stays (R17); only the handler changes. */
	work->file.handler = person != NULL ? person->id : NULL;
	tell_assignee(orders, person != NULL ? person : act_head(work), words);
}

static bool
is_past_transfers(const struct orders *orders)
{
	return orders->work->file.transfers >=
		   (int)orders->work->ctx->conf->rules.transfers &&
	       orders_level(orders) < 3;
}

void
order_assign(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	const struct staff *person = config_staff(work->ctx->conf, command->to);
	const struct department *department =
	    estate_department(work->estate, command->to);

	if (!case_is_open(work->file.state)) {
		orders_refuse_state(orders);
	} else if (is_past_transfers(orders)) {
		const struct staff *decides = act_level(work, 3);

		orders_refuse(orders, NO_TRANSFER,
		    decides != NULL ? orders_staff_word(orders, decides)
				    : "L3");
	} else if (person != NULL && staff_serves(person, work->estate) &&
		   !act_is_subject(&work->file, person)) {
		hand_to(orders, person->department, person, command->text);
		if (act_is_away(work, person))
			orders_done(orders, SAY_AWAY,
			    orders_staff_word(orders, person));
		orders_done(
		    orders, SAY_ASSIGNED, orders_staff_word(orders, person));
	} else if (person == NULL && department != NULL) {
		hand_to(orders, department->code, NULL, command->text);
		orders_done(orders, SAY_ASSIGNED,
		    orders_department_word(orders, department));
	} else {
		orders_refuse(orders, NO_PERSON, command->to);
	}
}

void
order_return(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	const struct staff *responder = act_responder(work);

	if (!case_is_open(work->file.state)) {
		orders_refuse_state(orders);
		return;
	}
	/* Back to who stays responsible until the end (R17) and finds the
	 * right place. */
	hand_to(orders, NULL, responder, command->text);
	orders_done(orders, SAY_RETURNED, NULL);
}

/* An unconfirmed contact is who they say (rules.md 5.39). */
void
order_confirm(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;

	(void)command;
	if (!work->before->owner_is_unconfirmed) {
		orders_refuse(orders, NO_CONFIRM, NULL);
		return;
	}
	effects_add(work->out, EFFECT_CONFIRM)->confirm = work->file.owner;
	act_record(work,
	    &(struct event){ .name = "owner_confirmed",
		.actor = orders->staff->id });
	orders_done(orders, SAY_CONFIRMED, NULL);
}

/* The owner learns the new contact, by themselves or by phone. */
static void
tell_new_contact(struct orders *orders, const struct staff *person)
{
	struct work *work = orders->work;
	out_id out = tell_owner(work,
	    &(struct tell){ .name = "new_contact",
		.reply = REPLY_OWNER,
		.is_automatic = true,
		.facts = { .holder = person, .at = clocks_told_time(work) } });

	if (out == 0)
		tell_phone_task(work, "new_contact",
		    sentence(tell_why_no_way(work, "new_contact"),
			work->estate->language, NULL, work->arena),
		    NULL);
	else
		act_record(
		    work, &(struct event){ .name = "owner_told_reply_time",
			      .actor = ACTOR_DESK,
			      .out = out });
}

static void
hand_over(struct orders *orders, const struct staff *person, const char *reason)
{
	struct work *work = orders->work;
	const struct staff *before = act_first_responder(work);
	const char *former = work->file.first_responder;
	struct tell tell = {
		.name = "handed_over",
		.reply = REPLY_MATTER,
		.facts = { .words = reason,
		    .author = orders->staff,
		    .holder = person },
	};

	work->file.first_responder = person->id;
	/* Who is not there does not work on it either. */
	if (former != NULL && text_eq(work->file.handler, former) &&
	    (before == NULL || act_is_away(work, before)))
		work->file.handler = person->id;
	act_record(work, &(struct event){ .name = "handed_over",
			     .actor = orders->staff->id,
			     .reason = person->id,
			     .text = reason });
	struct tell to_former = tell;

	to_former.reply = REPLY_INTERNAL;
	tell_add_case_files(work, &tell);
	(void)tell_staff(work, person, &tell);
	(void)tell_staff(work, before, &to_former);
	tell_new_contact(orders, person);
	orders_done(orders, SAY_HANDED_OVER, orders_staff_word(orders, person));
}

/* R18: openly, by L2 or above, with a reason; both and the owner hear; never
 * to somebody who is not there. */
void
order_handover(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	const struct staff *person = config_staff(work->ctx->conf, command->to);

	if (case_is_ended(work->file.state))
		orders_refuse_state(orders);
	else if (person == NULL || !staff_serves(person, work->estate) ||
		 act_is_subject(&work->file, person))
		orders_refuse(orders, NO_PERSON, command->to);
	else if (roster_is_off(&work->before->absences, work->estate, person,
		     work_now(work)))
		orders_refuse(
		    orders, NO_OFF_DUTY, orders_staff_word(orders, person));
	else
		hand_over(orders, person, command->text);
}
