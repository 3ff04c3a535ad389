/*
 * Staff mail that cannot be believed: nothing of it is done, its text is kept,
 * and L2 hears of it (rules.md 4.3.4, 5.12).
 */
#include "core/trust.h"
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "lib/text.h"

enum doubt {
	DOUBT_NONE,
	DOUBT_AUTH,    /* From is forged, or not known to be genuine */
	DOUBT_TOKEN,   /* no token of theirs, and no PIN */
	DOUBT_OLD,     /* their token, too old */
	DOUBT_CASE,    /* the token of one case, the number of another */
	DOUBT_ADDRESS, /* a colleague's token, from somewhere else */
};

static const struct {
	const char *code;  /* in the case's story */
	enum sentence why; /* for L2, and for the author */
} doubts[] = {
	[DOUBT_AUTH] = { "authentication", WHY_UNVERIFIED_AUTH },
	[DOUBT_TOKEN] = { "token", WHY_UNVERIFIED_TOKEN },
	[DOUBT_OLD] = { "token_expired", WHY_TOKEN_OLD },
	[DOUBT_CASE] = { "other_case", WHY_OTHER_CASE },
	[DOUBT_ADDRESS] = { "other_address", WHY_OTHER_ADDRESS },
};

/* Somebody answers what was written to a colleague: forwarded, or copied to a
 * firm.  Neither the colleague's word nor the owner's. */
static bool
is_passed_on(const struct work *work)
{
	const struct snapshot *before = work->before;

	return work->in->kind == INPUT_MESSAGE && work->staff == NULL &&
	       (work->has_case || snapshot_answers_list(before)) &&
	       before->match == MATCH_TOKEN &&
	       before->answered.role != ROLE_OWNER &&
	       !before->sender.is_participant;
}

/* An incident goes by the number of its first case. */
static bool
names_other_case(const struct work *work)
{
	const char *number = work->before->other_number;

	return number != NULL && staff_has_token(work) &&
	       !text_eq(number, work->incident.number);
}

static enum doubt
doubt_of(const struct work *work)
{
	if (is_passed_on(work))
		return DOUBT_ADDRESS;
	if (!staff_writes_mail(work))
		return DOUBT_NONE;
	/* A new matter takes a From that does not fail, no more. */
	if (trust_of(work->estate, work->in->message) == TRUST_FAILED)
		return DOUBT_AUTH;
	if (!work->has_case && !snapshot_answers_list(work->before))
		return DOUBT_NONE;
	if (names_other_case(work))
		return DOUBT_CASE;
	if (staff_is_verified(work))
		return DOUBT_NONE;
	return staff_has_token(work) ? DOUBT_OLD : DOUBT_TOKEN;
}

bool
staff_refused_matches(const struct work *work)
{
	return doubt_of(work) != DOUBT_NONE;
}

/* ---- who hears of it ---- */

static void
tell_supervisor(struct work *work, enum doubt doubt)
{
	const struct staff *supervisor =
	    config_level(work->ctx->conf, work->estate, 2);
	enum language language =
	    supervisor != NULL ? supervisor->language : work->estate->language;

	(void)tell_staff(work, supervisor,
	    &(struct tell){ .name = "unverified",
		.reply = REPLY_INTERNAL,
		.facts = { .who = work->in->message->from.addr,
		    .reason = sentence(
			doubts[doubt].why, language, NULL, work->arena),
		    .words = work->in->message->own } });
}

/* Whose token it is may have written from another address of theirs: their
 * own is asked, once (answers to the question bring no other one, or two
 * machines could keep it up for ever). */
static void
ask_whose_it_is(struct work *work)
{
	const struct snapshot *before = work->before;
	const struct message *message = work->in->message;
	const struct staff *person =
	    config_staff(work->ctx->conf, before->answered.person);

	if (person == NULL || !staff_serves(person, work->estate) ||
	    before->token_has_expired ||
	    before->answered.reply_kind == REPLY_CONFIRM ||
	    trust_of(work->estate, message) == TRUST_FAILED ||
	    text_is_empty(message->own))
		return;
	(void)tell_staff(work, person,
	    &(struct tell){ .name = "was_it_you",
		.reply = REPLY_CONFIRM,
		.facts = { .who = message->from.addr,
		    .count = (int)work->ctx->conf->rules.confirm_hours,
		    .words = message->own } });
}

/* At their own address, so that it does no harm when it was somebody else. */
static void
tell_supposed_author(struct work *work, enum doubt doubt)
{
	/* R9: in the same words as one that there is not. */
	enum sentence why = staff_may_see(work) ? doubts[doubt].why : NO_FOUND;
	const char *line =
	    sentence(why, work->staff->language, NULL, work->arena);

	work_leave_case(work);
	(void)tell_staff(work, work->staff,
	    &(struct tell){ .name = "refused",
		.facts = { .lines = &line,
		    .line_count = 1,
		    .words = work->in->message->own } });
}

void
staff_refused_run(struct work *work)
{
	enum doubt doubt = doubt_of(work);

	if (!work->has_case) {
		work_bin(work, "unclear", doubts[doubt].code);
		tell_supervisor(work, doubt);
		return;
	}
	work_keep(work);
	work_attach(work);
	act_record(work, &(struct event){ .name = "refused",
			     .actor = ACTOR_DESK,
			     .reason = doubts[doubt].code,
			     .text = work->in->message->own });
	tell_supervisor(work, doubt);
	if (doubt == DOUBT_ADDRESS)
		ask_whose_it_is(work);
	else if (doubt != DOUBT_AUTH)
		tell_supposed_author(work, doubt);
}
