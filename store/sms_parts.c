#include "store/sms_parts.h"

#include "lib/arena.h"
#include "lib/err.h"
#include "store/db.h"

static void
bind_like(struct query *query, const struct sms_part *like)
{
	query_text(query, like->source);
	query_text(query, like->sender);
	query_text(query, like->recipient);
	query_num(query, like->ref);
	query_num(query, like->count);
}

int
sms_part_add(struct store *store, const struct sms_part *part, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int64_t id;

	if (query_open(&query, store, SQL_SMS_PART_ADD, err) < 0)
		return -1;
	bind_like(&query, part);
	query_num(&query, part->number);
	query_text(&query, part->text);
	query_num(&query, part->due);
	query_num(&query, part->inbox);
	return query_insert(&query, &id, err);
}

static struct sms_part
read_part(const struct query *query, struct arena *arena)
{
	return (struct sms_part){
		.inbox = query_get(query, 0),
		.source = query_get_text(query, 1, arena),
		.sender = query_get_text(query, 2, arena),
		.recipient = query_get_text(query, 3, arena),
		.ref = (unsigned)query_get(query, 4),
		.count = (unsigned)query_get(query, 5),
		.number = (unsigned)query_get(query, 6),
		.text = query_get_text(query, 7, arena),
		.due = query_get(query, 8),
	};
}

int
sms_part_group(struct store *store, const struct sms_part *like,
    struct arena *arena, struct sms_part *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int count = 0, more = 0;

	if (query_open(&query, store, SQL_SMS_PART_GROUP, err) < 0)
		return -1;
	bind_like(&query, like);
	while (count < max && (more = query_row(&query, err)) > 0)
		ret[count++] = read_part(&query, arena);
	return more < 0 ? -1 : count;
}

int
sms_part_drop(struct store *store, const struct sms_part *like, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_SMS_PART_DROP, err) < 0)
		return -1;
	bind_like(&query, like);
	return query_run(&query, err);
}

int
sms_part_due(struct store *store, msec_t now, struct arena *arena,
    struct sms_part *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int found;

	found = query_first(&query, store, SQL_SMS_PART_DUE, now, err);
	if (found > 0)
		*ret = read_part(&query, arena);
	return found;
}

msec_t
sms_part_next(struct store *store)
{
	return store_number(store, SQL_SMS_PART_NEXT);
}

int64_t
sms_part_waiting(struct store *store)
{
	return store_number(store, SQL_SMS_PART_WAITING);
}
