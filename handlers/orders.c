#include "handlers/orders.h"

#include <stdlib.h>
#include <string.h>

#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/incident.h"
#include "handlers/tell.h"
#include "lib/arena.h"
#include "lib/text.h"

const struct order_rule order_rules[COMMAND_KIND_COUNT] = {
	[COMMAND_TAKE] = { .level = 1, .run = order_take },
	[COMMAND_ASSIGN] = { .level = 1, .run = order_assign },
	[COMMAND_RETURN] = { .level = 1, .needs_text = true,
	    .run = order_return },
	[COMMAND_NOTE] = { .level = 1, .needs_text = true,
	    .run = order_note },
	[COMMAND_REPLY] = { .level = 1, .needs_text = true,
	    .run = order_reply },
	[COMMAND_FINDING] = { .level = 1, .needs_text = true,
	    .run = order_finding },
	[COMMAND_ASK] = { .level = 1, .needs_text = true, .run = order_ask },
	[COMMAND_URGENT] = { .level = 1, .run = order_urgent },
	[COMMAND_SEVERITY] = { .level = 1, .run = order_severity },
	[COMMAND_CATEGORY] = { .level = 1, .run = order_category },
	[COMMAND_DUE] = { .level = 1, .run = order_due },
	[COMMAND_EXTEND] = { .level = 1, .needs_text = true,
	    .run = order_extend },
	[COMMAND_ESCALATE] = { .level = 1, .needs_text = true,
	    .run = order_escalate },
	[COMMAND_AFTER_REPORT] = { .level = 1, .needs_text = true,
	    .run = order_after_report },
	[COMMAND_RESOLVE] = { .level = 1, .run = order_resolve },
	[COMMAND_FEEDBACK] = { .level = 1, .needs_text = true,
	    .run = order_feedback },
	[COMMAND_VISIT] = { .level = 1, .needs_text = true,
	    .run = order_visit },
	[COMMAND_CLOSE] = { .level = 2, .run = order_close },
	[COMMAND_REOPEN] = { .level = 1, .needs_text = true,
	    .run = order_reopen },
	[COMMAND_MERGE] = { .level = 2, .run = order_merge },
	[COMMAND_REPLY_ALL] = { .level = 1, .needs_text = true,
	    .run = order_reply_all },
	[COMMAND_RESOLVE_ALL] = { .level = 1, .needs_text = true,
	    .run = order_resolve_all },
	[COMMAND_SPLIT] = { .level = 1, .run = order_split },
	[COMMAND_SPAM] = { .level = 1, .run = order_spam },
	[COMMAND_HANDOVER] = { .level = 2, .needs_text = true,
	    .run = order_handover },
	[COMMAND_SHOW] = { .level = 1, .run = order_show },
	[COMMAND_HELP] = { .level = 1, .run = order_help },
	[COMMAND_UNDO] = { .level = 1, .run = order_undo },
	[COMMAND_NOTSPAM] = { .level = 1, .run = order_notspam },
	[COMMAND_CONFIRM] = { .level = 1, .run = order_confirm },
	[COMMAND_INFORMED] = { .level = 1, .needs_text = true,
	    .run = order_step },
	[COMMAND_DISSUADED] = { .level = 1, .needs_text = true,
	    .run = order_step },
	[COMMAND_PLAN] = { .level = 1, .run = order_elsewhere },
	[COMMAND_DONE] = { .level = 1, .run = order_elsewhere },
	[COMMAND_ABSENT] = { .level = 1, .run = order_elsewhere },
	[COMMAND_REPORTED] = { .level = 1, .needs_text = true,
	    .run = order_step },
};

/* ---- running ---- */

/* "0007", "00007": the serial of that number. */
static bool
is_serial_of(const char *digits, const char *number)
{
	const char *dash = strrchr(text_or(number, ""), '-');

	return dash != NULL && strchr(digits, '-') == NULL &&
	       strtol(digits, NULL, 10) == strtol(dash + 1, NULL, 10);
}

/* A number beside a command may not lead it to another case than the one whose
 * mail this answers: "0007", or the number that it had before a merger. */
static bool
is_about_this(const struct orders *orders, const struct command *command)
{
	const struct work *work = orders->work;
	const char *number = command->case_no;

	/* Behind an order that answers an alarm it is a PIN. */
	if (command->kind == COMMAND_TAKE && work->before->alert_count > 0)
		return true;
	return number == NULL || text_eq(work->file.number, number) ||
	    text_eq(work->before->found_as, number) ||
	    is_serial_of(number, work->file.number) ||
	    is_serial_of(number, work->before->found_as);
}

static void
run_one(struct orders *orders, const struct command *command)
{
	const struct order_rule *rule = &order_rules[command->kind];
	enum command_pin pin = command_pin_of(command->kind);
	const char *name =
	    command_word(command->kind, orders_language(orders));
	bool is_text = orders->work->in->message->channel == CHANNEL_SMS;

	if (!is_about_this(orders, command))
		orders_refuse(orders, is_text ? NO_OTHER_IN_TEXT
					      : NO_OTHER_CASE,
		    command->case_no);
	else if (orders->may_only_answer && command->kind != COMMAND_NOTE &&
	    command->kind != COMMAND_HELP)
		orders_refuse(orders, NO_ASKED_ONLY, name);
	else if (rule->run == NULL)
		orders_refuse(orders, NO_AVAILABLE, name);
	else if (orders_level(orders) < rule->level)
		orders_refuse(orders, NO_LEVEL, name);
	else if (rule->needs_text && text_is_empty(command->text))
		orders_refuse(orders, NO_TEXT, name);
	else if (is_text && pin == COMMAND_PIN_NEEDED && !orders->has_pin)
		orders_refuse_pin(orders);
	else
		rule->run(orders, command);
}

static bool
has_command(const struct commands *commands, enum command_kind kind)
{
	for (size_t i = 0; i < commands->count; i++) {
		if (commands->list[i].kind == kind)
			return true;
	}
	return false;
}

/* This answers a question to a colleague (rules.md 5.13). */
static bool
is_asked(const struct work *work)
{
	return snapshot_answers(work->before, REPLY_ASK);
}

/* Text beside commands goes to the owner, unless #resolve takes it as its
 * outcome (rules.md 5.4). */
static void
run_plain(struct orders *orders)
{
	struct work *work = orders->work;
	const struct commands *commands = &work->commands;
	bool is_mail = work->in->message->channel == CHANNEL_MAIL;
	bool to_owner = is_mail &&
	    snapshot_answers(work->before, REPLY_MATTER) &&
	    !work->ctx->conf->plain_reply_is_note;

	if (text_is_empty(commands->plain))
		return;
	for (size_t i = 0; i < commands->count; i++) {
		if (commands->list[i].kind == COMMAND_RESOLVE &&
		    text_is_empty(commands->list[i].text))
			return;
	}
	if (orders_are_to_all(orders) &&
	    !work->ctx->conf->plain_reply_is_note) {
		orders_say_to_all(orders, WORD_REPLY, commands->plain);
		return;
	}
	if (to_owner) {
		order_plain_reply(orders, commands->plain);
		return;
	}
	if (is_asked(work)) {
		order_answer(orders, commands->plain);
		return;
	}
	act_record(work,
	    &(struct event){ .name = "noted",
		.actor = orders->staff->id,
		.text = commands->plain });
	act_is_handled(work, orders->staff);
	orders_done(orders,
	    work->before->answered.reply_kind == REPLY_MATTER ?
		SAY_NOTED_PLAIN : SAY_NOTED,
	    NULL);
}

static bool
is_unread(const struct commands *commands, const struct command *command)
{
	for (size_t i = 0; i < commands->error_count; i++)
		if (commands->error_lines[i] == command->line)
			return true;
	return false;
}

static void
run_all(struct orders *orders)
{
	const struct commands *commands = &orders->work->commands;

	for (size_t i = 0; i < commands->error_count; i++)
		orders_refuse_words(
		    orders, commands->error_lines[i], commands->errors[i]);
	if (commands->count == 0 && commands->error_count == 0 &&
	    text_is_empty(commands->plain))
		orders_refuse(orders, NO_EMPTY, NULL);
	if (has_command(commands, COMMAND_RESOLVE) &&
	    has_command(commands, COMMAND_CLOSE))
		orders_refuse(orders, NO_CLOSE_RESOLVE, NULL);
	/* Mistakes are told together, so the rest is tried as well; what could
	 * not be read has been told already. */
	for (size_t i = 0; i < commands->count; i++) {
		if (is_unread(commands, &commands->list[i]))
			continue;
		orders->command = &commands->list[i];
		run_one(orders, &commands->list[i]);
	}
	orders->command = NULL;
	run_plain(orders);
}

/* ---- what the author hears ---- */

/* A reply to all: the owner got it raw, beside what goes out in our words. */
static bool
owner_is_copied(const struct work *work)
{
	const struct message *message = work->in->message;

	for (size_t i = 0; i < message->to_count; i++) {
		if (work->file.mail != NULL &&
		    text_eq_nocase(message->to[i].addr, work->file.mail))
			return true;
	}
	return false;
}

static void
tell_done(struct orders *orders)
{
	if (owner_is_copied(orders->work))
		orders_done(orders, SAY_OWNER_SAW, NULL);
	if (orders->is_held)
		orders_done(orders, SAY_UNDO_WITHIN,
		    arena_printf(orders->work->arena, "%u",
			orders->work->ctx->conf->undo_seconds));
	tell_author(orders->work,
	    &(struct tell){ .name = "transcript",
		.reply = REPLY_INTERNAL,
		.facts = { .lines = orders->done,
		    .line_count = orders->done_count,
		    .words = orders->goes_out } });
}

static bool
takes_pin(const struct work *work)
{
	const struct commands *commands = &work->commands;

	for (size_t i = 0; i < commands->count; i++) {
		if (command_pin_of(commands->list[i].kind) != COMMAND_PIN_NONE)
			return work->in->message->channel == CHANNEL_SMS;
	}
	return false;
}

/* Whatever else was wrong with it: a guess counts, and after too many all get
 * one answer, from which nothing can be learned.  True: this one counted. */
static bool
count_wrong_pin(struct orders *orders)
{
	struct work *work = orders->work;

	if (!takes_pin(work))
		return false;
	if (staff_pin_is_locked(work)) {
		orders->refused_count = 0;
		orders->command = NULL;
		orders_refuse(orders, NO_PIN_FOR_NOW, NULL);
		return false;
	}
	return work->commands.has_wrong_pin || work->commands.may_be_wrong_pin;
}

/* The text is kept (rules.md 4.3.1), but nothing of it is done. */
static void
tell_refused(struct orders *orders)
{
	struct work *work = orders->work;
	const char *own = text_or(work->in->message->own, "");
	bool is_blocked = orders->blocked != NULL &&
	    work->in->message->channel == CHANNEL_MAIL;

	bool is_wrong_pin = count_wrong_pin(orders);

	work_keep(work);
	work_attach(work);
	act_record(work,
	    &(struct event){ .name = "refused",
		.actor = orders->staff->id,
		.reason = orders->blocked != NULL ? "wording" :
			  is_wrong_pin		  ? "pin" :
						    "command",
		.text = orders->refused[0] });
	if (is_wrong_pin)
		staff_pin_was_wrong(work);
	if (!text_is_empty(own))
		act_record(work,
		    &(struct event){ .name = "noted",
			.actor = orders->staff->id,
			.text = own });
	tell_author(work,
	    &(struct tell){ .name = is_blocked ? "blocked" : "refused",
		.reply = REPLY_INTERNAL,
		.facts = { .lines = orders->refused,
		    .line_count = orders->refused_count,
		    .words = is_blocked ? orders->blocked :
					  orders_marked(orders, own) } });
}

void
orders_try(struct orders *orders)
{
	struct work *work = orders->work;
	const struct case_file before = work->file;

	work_keep(work);
	work_attach(work);
	run_all(orders);
	if (!work->failed && orders->refused_count == 0)
		incident_follow(work, &before);
}

void
orders_run(struct work *work)
{
	struct orders orders = {
		.work = work,
		.staff = work->staff,
		.has_pin = work->commands.pin != NULL &&
			   !staff_pin_is_locked(work),
		.may_only_answer = is_asked(work) && !staff_is_on_case(work),
	};
	const struct work before = *work;
	size_t count = work->out->count;

	orders_try(&orders);
	if (work->failed)
		return;
	if (orders.refused_count == 0) {
		tell_done(&orders);
		return;
	}
	*work = before;
	work->out->count = count;
	tell_refused(&orders);
}
