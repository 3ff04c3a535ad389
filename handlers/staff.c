/*
 * Mail and texts of staff: may it be believed, and what does it do
 * (rules.md 4.3, 4.4, 5.12, 5.13, 5.30).
 */
#include "core/trust.h"
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/incident.h"
#include "handlers/orders.h"
#include "handlers/tell.h"
#include "lib/arena.h"
#include "lib/text.h"

static bool
is_mail_of_staff(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work->staff != NULL &&
	    work->in->message->channel == CHANNEL_MAIL;
}

/* They answer a mail of ours that is about no case. */
static bool
is_to_digest(const struct work *work)
{
	return work->before->match == MATCH_TOKEN &&
	       work->before->answered.reply_kind == REPLY_DIGEST;
}

/* The token was made for this person and, if it is about one, this case. */
static bool
has_own_token(const struct work *work)
{
	return work->before->match == MATCH_TOKEN &&
	    text_eq(work->before->answered.person, work->staff->id);
}

bool
staff_is_verified(const struct work *work)
{
	return trust_of(work->estate, work->in->message) != TRUST_FAILED &&
	    (has_own_token(work) || work->commands.pin != NULL);
}

/* ---- not believed ---- */

/* Somebody answers what was written to a colleague: forwarded, or copied to a
 * firm.  Neither the colleague's word nor the owner's. */
static bool
is_passed_on(const struct work *work)
{
	const struct snapshot *before = work->before;

	return work->in->kind == INPUT_MESSAGE && work->staff == NULL &&
	    (work->has_case || is_to_digest(work)) &&
	    before->match == MATCH_TOKEN &&
	    before->answered.role != ROLE_OWNER &&
	    !before->sender.is_participant;
}

bool
staff_refused_matches(const struct work *work)
{
	if (is_passed_on(work))
		return true;
	if (!is_mail_of_staff(work))
		return false;
	/* A new matter takes a From that does not fail, no more. */
	return trust_of(work->estate, work->in->message) == TRUST_FAILED ||
	    ((work->has_case || is_to_digest(work)) &&
		!staff_is_verified(work));
}

void
staff_refused_run(struct work *work)
{
	const struct message *message = work->in->message;
	bool failed = trust_of(work->estate, message) == TRUST_FAILED;
	const struct staff *supervisor =
	    config_level(work->ctx->conf, work->estate, 2);
	enum language language = supervisor != NULL ? supervisor->language :
						      work->estate->language;
	const char *code = failed ? "authentication" : "token";

	if (work->has_case) {
		work_keep(work);
		work_attach(work);
		act_record(work,
		    &(struct event){ .name = "refused",
			.actor = ACTOR_DESK,
			.reason = code,
			.text = message->own });
	} else {
		work_bin(work, "unclear", code);
	}
	(void)tell_staff(work, supervisor,
	    &(struct tell){ .name = "unverified",
		.reply = REPLY_INTERNAL,
		.facts = { .who = message->from.addr,
		    .reason = sentence(failed ? WHY_UNVERIFIED_AUTH :
						WHY_UNVERIFIED_TOKEN,
			language, NULL, work->arena),
		    .words = message->own } });
}

/* ---- believed, about a case ---- */

bool
staff_case_matches(const struct work *work)
{
	return is_mail_of_staff(work) && work->has_case;
}

bool
staff_is_on_case(const struct work *work)
{
	const struct staff *staff = work->staff;

	return staff->level > 0 ||
	    text_eq(staff->department, work->file.department) ||
	    text_eq(staff->id, work->file.handler) ||
	    text_eq(staff->id, work->file.first_responder);
}

/* A person complained about sees nothing of that case (R9), a department
 * only its own (rules.md 5.31). */
bool
staff_may_see(const struct work *work)
{
	const struct staff *staff = work->staff;

	if (!staff_serves(staff, work->estate) ||
	    act_is_subject(&work->file, staff))
		return false;
	return staff_is_on_case(work) ||
	       (has_own_token(work) && !is_to_digest(work));
}

static void
refuse(struct work *work, enum sentence why)
{
	const char *line =
	    sentence(why, work->staff->language, NULL, work->arena);

	/* Nothing about a case: the answer must not show that it exists. */
	if (work->has_case)
		work_leave_case(work);
	staff_refuse(work, &line, 1);
}

void
staff_case_run(struct work *work)
{
	if (staff_may_see(work))
		orders_run(work);
	else
		refuse(work, NO_FOUND);
}

/* ---- by text ---- */

bool
staff_text_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work->staff != NULL &&
	    work->in->message->channel == CHANNEL_SMS &&
	    (work->has_case || work->commands.count > 0 ||
		work->commands.error_count > 0);
}

static bool
is_one(const char *text)
{
	return text_eq(text, "1") || text_eq(text, "１");
}

/* `1': the alert is seen; who answers first has it (rules.md 4.4). */
static void
answer_alert(struct work *work)
{
	const struct case_file before = work->file;
	const char *line;

	work_keep(work);
	work_attach(work);
	if (work->file.handler == NULL)
		(void)act_take(work, work->staff);
	else
		act_record(work,
		    &(struct event){ .name = "alert_seen",
			.actor = work->staff->id });
	act_is_handled(work, work->staff);
	incident_follow(work, &before);
	line = sentence(
	    SAY_ALERT_ANSWERED, work->staff->language, NULL, work->arena);
	(void)tell_staff_text(work, work->staff,
	    &(struct tell){ .name = "transcript",
		.facts = { .lines = &line, .line_count = 1 } });
}

void
staff_text_run(struct work *work)
{
	const char *own =
	    text_trim(arena_strdup(work->arena,
		text_or(work->in->message->own, "")));

	/* R9: in the same words as one that they may not see. */
	if (!work->has_case)
		refuse(work,
		    work->before->named_case_refused ? NO_FOUND : NO_CASE);
	else if (!staff_may_see(work))
		refuse(work, NO_FOUND);
	else if (is_one(own))
		answer_alert(work);
	else if (work->commands.count == 0 && work->commands.error_count == 0)
		refuse(work, NO_COMMAND);
	else
		orders_run(work);
}
