/*
 * How a message finds its case (rules.md 3.2): reply token, references, case
 * number, open question.
 */
#include <string.h>

#include "core/classify.h"
#include "core/token.h"
#include "core/unicode.h"
#include "desk/snapshot_parts.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/cases.h"
#include "store/inbox.h"
#include "store/outbox.h"

/* So long an owner's case answers to the end of its number. */
#define CALL_AGE_MAX (90 * MSEC_DAY)

enum { CLAIMS_MAX = 8, REFERENCES_TRIED = 10 };

int
snapshot_load_answered(struct search *s, out_id id, struct err *err)
{
	return out_load(s->desk->store, id, s->arena, &s->ret->answered,
	    &s->ret->answered_status, err);
}

static int
adopt_answered(struct search *s, struct err *err)
{
	if (s->ret->answered.case_id != 0)
		return snapshot_adopt(
		    s, s->ret->answered.case_id, MATCH_TOKEN, err);
	/* That, or a survey, which is about no case either. */
	if (s->ret->answered.reply_kind == REPLY_DIGEST ||
	    s->ret->answered.reply_kind == REPLY_BUNDLE ||
	    s->ret->answered.reply_kind == REPLY_OWNER)
		s->ret->match = MATCH_TOKEN;
	return 0;
}

/* Staff acted on mails that lie about for a while at most; an owner whose case
 * is ended is told so by its rules (5.12, 5.23). */
static bool
token_is_old(const struct search *s)
{
	const struct rules *rules = &s->desk->conf->rules;
	const struct snapshot *ret = s->ret;
	msec_t ended = ret->has_case ? ret->the_case.closed_at : 0;

	return s->now - ret->answered.created_at >=
		   rules->token_days * MSEC_DAY ||
	    (ended != 0 && s->now - ended >=
			       rules->token_closed_days * MSEC_DAY);
}

/* An owner's old token leaves them what their address and their mail's thread
 * are worth. */
static bool
may_adopt(const struct search *s, const struct token_claim *claim)
{
	const struct outgoing *answered = &s->ret->answered;

	if (!token_is_valid(s->desk->conf, answered, claim->token))
		return false;
	return answered->role != ROLE_OWNER || !token_is_old(s);
}

/* Who changes the subject of a mail that they answer means another case, or
 * wants us to think so. */
static void
note_other_number(struct search *s)
{
	const char *number =
	    case_number_find(text_or(s->message->subject, ""), s->arena);

	if (s->ret->sender.staff != NULL && s->ret->has_case && number != NULL &&
	    !text_eq(number, s->ret->the_case.number) &&
	    !text_eq(number, s->ret->found_as))
		s->ret->other_number = number;
}

/* "Was that you?" is answered once. */
static int
load_cause(struct search *s, struct err *err)
{
	struct inbox_row cause = { 0 };
	int known = 0;

	if (s->ret->answered.reply_kind == REPLY_CONFIRM)
		known = inbox_load(s->desk->store, s->ret->answered.cause,
		    s->arena, &cause, err);
	s->ret->cause_is_vouched = known > 0 && cause.vouched_by != NULL;
	return known < 0 ? -1 : 0;
}

static int
by_token(struct search *s, struct err *err)
{
	struct token_claim claims[CLAIMS_MAX];
	size_t count =
	    token_claims(s->desk->conf, s->message, claims, CLAIMS_MAX);

	for (size_t i = 0; i < count && s->ret->match == MATCH_NONE; i++) {
		int known = snapshot_load_answered(s, claims[i].out, err);

		if (known < 0)
			return -1;
		if (known > 0 && may_adopt(s, &claims[i])) {
			if (adopt_answered(s, err) < 0 || load_cause(s, err) < 0)
				return -1;
			s->ret->token_has_expired =
			    s->ret->answered.role != ROLE_OWNER &&
			    token_is_old(s);
			note_other_number(s);
			if (s->ret->match != MATCH_NONE)
				continue;
		}
		s->ret->answered = (struct outgoing){ 0 };
		s->ret->answered_status = (struct out_status){ 0 };
	}
	return 0;
}

static int
try_reference(struct search *s, const char *message_id, struct err *err)
{
	case_id id;
	int known;

	if (text_is_empty(message_id))
		return 0;
	known = case_by_message_id(
	    s->desk->store, s->in->estate, message_id, &id, err);
	if (known > 0)
		return snapshot_adopt(s, id, MATCH_REFERENCE, err);
	return known;
}

static int
by_reference(struct search *s, struct err *err)
{
	size_t count = s->message->reference_count;

	if (try_reference(s, s->message->in_reply_to, err) < 0)
		return -1;
	for (size_t i = 0; i < count && i < REFERENCES_TRIED; i++) {
		if (s->ret->has_case)
			return 0;
		if (try_reference(
			s, s->message->references[count - 1 - i], err) < 0)
			return -1;
	}
	return 0;
}

/* "并案 0002 T261123-0001": in a text of staff the case that is acted on goes
 * before the one that is named (rules.md 5.12). */
static bool
serial_goes_first(const struct search *s)
{
	const char *at = unicode_nfkc(
	    text_or(s->message->own, ""), false, s->arena);
	size_t digits;

	if (s->message->channel != CHANNEL_SMS ||
	    s->ret->sender.staff == NULL)
		return false;
	at += strspn(at, " \t\n");
	at += strcspn(at, " \t\n");
	at += strspn(at, " \t\n");
	digits = strspn(at, "0123456789");
	return (digits == 4 || digits == 5) &&
	    (at[digits] == '\0' || strchr(" \t\n", at[digits]) != NULL);
}

int
snapshot_find_number(struct search *s, const char *number, struct err *err)
{
	struct case_file found = { 0 };
	int known =
	    case_load_number(s->desk->store, number, s->arena, &found, err);

	if (known < 0)
		return -1;
	if (known > 0 && text_eq(found.estate, s->in->estate))
		return snapshot_adopt(s, found.id, MATCH_NUMBER, err);
	s->ret->named_case_refused = true;
	return 0;
}

static int
by_number(struct search *s, struct err *err)
{
	const char *number =
	    case_number_find(text_or(s->message->subject, ""), s->arena);

	if (number == NULL && !serial_goes_first(s))
		number =
		    case_number_find(text_or(s->message->own, ""), s->arena);
	return number == NULL ? 0 : snapshot_find_number(s, number, err);
}

/* "进度 0001": the end of a number is enough among one's own cases. */
static int
by_call(struct search *s, struct err *err)
{
	const struct message *message = s->message;
	struct case_call called;
	case_id id = 0;
	int known;

	if (s->ret->sender.staff != NULL || s->ret->named_case_refused ||
	    !classify_calls_case(s->desk->conf->classifier, message->subject,
		text_or(message->own, ""), s->arena, &called))
		return 0;
	if (called.number != NULL)
		return snapshot_find_number(s, called.number, err);
	known = case_of_by_serial(s->desk->store, s->in->estate, s->address,
	    called.serial, s->now - CALL_AGE_MAX, &id, err);
	s->ret->named_case_refused = known == 0;
	return known <= 0 ? known
			  : snapshot_adopt(s, id, MATCH_NUMBER, err);
}

static int
by_text(struct search *s, struct err *err)
{
	return s->ret->sender.staff != NULL ? snapshot_find_staff_text(s, err)
					    : snapshot_find_owner(s, err);
}

/* A mail that came back names ours in its report (R52). */
static int
by_bounce(struct search *s, struct err *err)
{
	struct token_claim claim;
	int known;

	if (!token_claim_from(s->desk->conf,
		text_or(s->message->bounce.original_message_id, ""), &claim))
		return 0;
	known = snapshot_load_answered(s, claim.out, err);
	if (known < 0)
		return -1;
	if (known == 0 || !token_is_valid(s->desk->conf, &s->ret->answered,
			      claim.token)) {
		s->ret->answered = (struct outgoing){ 0 };
		return 0;
	}
	return s->ret->answered.case_id == 0
		   ? 0
		   : snapshot_adopt(s, s->ret->answered.case_id, MATCH_TOKEN, err);
}

int
snapshot_find_case(struct search *s, struct err *err)
{
	static int (*const ways[])(struct search *, struct err *) = {
		by_token,
		by_bounce,
		by_reference,
		by_number,
		by_call,
	};

	for (size_t i = 0; i < ARRAY_COUNT(ways) && !s->ret->has_case &&
	     !snapshot_answers_list(s->ret); i++)
		if (ways[i](s, err) < 0)
			return -1;
	if (!s->ret->has_case && !snapshot_answers_list(s->ret) &&
	    s->message->channel == CHANNEL_SMS)
		return by_text(s, err);
	return 0;
}
