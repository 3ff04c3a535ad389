/*
 * What the store knows beside a case: its events, its people, what was sent.
 */
#include "core/limits.h"
#include "desk/snapshot_parts.h"
#include "store/cases.h"
#include "store/outbox.h"
#include "store/owners.h"

struct automatic
snapshot_automatic(const struct search *s, const char *address)
{
	struct store *store = s->desk->store;
	struct automatic had = { 0 };

	if (address == NULL)
		return had;
	had.in_day = out_automatic_count(store, address, s->now - MSEC_DAY);
	if (had.in_day == 0)
		return had;
	had.in_hour = out_automatic_count(store, address, s->now - MSEC_HOUR);
	had.in_10min = out_automatic_count(
	    store, address, s->now - 10 * MSEC_MINUTE);
	return had;
}

/* Staff look up whoever the case is of; others are the sender. */
static int
load_confirmation(struct search *s, struct err *err)
{
	const struct sender_view *sender = &s->ret->sender;
	int64_t id = s->ret->has_case ? s->ret->the_case.owner : 0;
	struct owner owner = { .is_confirmed = true };

	if (id == 0)
		return 0;
	if (sender->staff == NULL)
		owner = sender->owner;
	else if (owner_load(s->desk->store, id, s->arena, &owner, err) < 0)
		return -1;
	s->ret->owner_is_unconfirmed = owner.id == id && !owner.is_confirmed;
	return 0;
}

/* Staff may take back what has not left (#undo); and an answer that did not
 * arrive may not have been the only one (R20). */
static int
load_sent(struct search *s, struct err *err)
{
	int count;

	if (s->ret->sender.staff == NULL && s->in->kind != INPUT_REPORT)
		return 0;
	count = out_sent(s->desk->store, s->ret->the_case.id, s->arena,
	    s->ret->sent, LIMIT_SENT_SEEN, err);
	s->ret->sent_count = count < 0 ? 0 : (size_t)count;
	return count < 0 ? -1 : 0;
}

int
snapshot_load_story(struct search *s, struct err *err)
{
	struct desk *desk = s->desk;
	struct arena *arena = s->arena;
	struct snapshot *ret = s->ret;

	if (!ret->has_case)
		return 0;
	if (s->message != NULL && load_confirmation(s, err) < 0)
		return -1;
	ret->automatic[CHANNEL_MAIL] = snapshot_automatic(s, ret->the_case.mail);
	ret->automatic[CHANNEL_SMS] = snapshot_automatic(s, ret->the_case.phone);
	ret->phone_opted_out = ret->the_case.phone != NULL &&
			       opt_is_out(desk->store, ret->the_case.phone);
	ret->mail_opted_out = ret->the_case.mail != NULL &&
			      opt_is_out(desk->store, ret->the_case.mail);
	if (case_events(desk->store, ret->the_case.id, arena, &ret->events,
		&ret->event_count, err) < 0 ||
	    snapshot_load_incident(desk, arena, ret, err) < 0 ||
	    load_sent(s, err) < 0)
		return -1;
	return out_case_parts(desk->store, ret->the_case.id, arena,
	    &ret->case_parts, &ret->case_part_count, err);
}
