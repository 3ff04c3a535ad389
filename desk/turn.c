/*
 * The life of a message, on one screen.
 *
 * What waits is stored, decided and remembered in one transaction; only after
 * its commit does anything leave the building.  A crash before the commit
 * leaves the world as it was: the sources still have what they sent.  A crash
 * after it finds everything in the store at the next start.
 */
#include <stdlib.h>

#include "core/config.h"
#include "desk/engine.h"
#include "lib/err.h"
#include "store/inbox.h"
#include "store/store.h"

/* How much of each queue one transaction takes. */
struct portion {
	size_t arrived;
	size_t read;
	int timers;
};

static int
do_work(struct desk *desk, struct portion *portion, msec_t now,
    struct err *err)
{
	if (ingest_recover(desk, err) < 0 ||
	    ingest_store(desk, portion->arrived, now, err) < 0 ||
	    ingest_decide(desk, portion->read, now, err) < 0 ||
	    courier_settle(desk, now, err) < 0 ||
	    parts_run(desk, now, err) < 0 ||
	    clockwork_run(desk, now, &portion->timers, err) < 0 ||
	    rounds_run(desk, now, err) < 0 ||
	    retention_run(desk, now, err) < 0 ||
	    mailboxes_settle(desk, err) < 0 ||
	    courier_move(desk, now, err) < 0 ||
	    courier_divert(desk, now, err) < 0 ||
	    courier_claim(desk, now, err) < 0)
		return -1;
	return store_commit(desk->store, err);
}

static void
let_go(struct desk *desk, const struct portion *portion)
{
	clockwork_done(portion->timers);
	ingest_stored(desk, portion->arrived);
	ingest_decided(desk, portion->read);
	courier_settled(desk);
	mailboxes_settled(desk);
	courier_start(desk);
}

/* High and low water: fetchers rest while too much waits to be read. */
static void
mind_water(struct desk *desk)
{
	bool hold = desk->is_holding
			? desk->waiting_bytes > LIMIT_WAITING_LOW_BYTES
			: desk->waiting_bytes > LIMIT_WAITING_HIGH_BYTES;

	if (hold == desk->is_holding)
		return;
	desk->is_holding = hold;
	desk->ports.hold(desk->ports.self, hold);
}

static size_t
at_most(size_t count)
{
	return count > LIMIT_TURN_UNITS ? LIMIT_TURN_UNITS : count;
}

static bool
has_work(struct desk *desk, msec_t now)
{
	msec_t next = desk_next(desk);

	return desk->arrived.count > 0 || desk->read.count > 0 ||
	       desk->receipts != NULL || desk->again_count > 0 ||
	       (desk->is_recovering && desk->reading.count == 0) ||
	       (next != 0 && next <= now);
}

bool
desk_expects_more(struct desk *desk)
{
	courier_collect(desk);
	if (desk->arrived.count > 0 || desk->read.count >= LIMIT_TURN_UNITS)
		return false;
	return (desk->read.count > 0 && desk->reading.count > 0) ||
	       courier_expects_more(desk);
}

int
desk_turn(struct desk *desk, msec_t now, struct err *err)
{
	struct portion portion;

	courier_collect(desk);
	if (!has_work(desk, now))
		return 0;
	portion = (struct portion){
		.arrived = at_most(desk->arrived.count),
		.read = at_most(desk->read.count),
	};
	portion.read = recover_portion(desk, portion.read);
	arena_reset(&desk->turn);
	if (recover_count(desk, portion.read, err) < 0 ||
	    store_begin(desk->store, err) < 0) {
		push_refuse_all(desk);
		return -1;
	}
	if (do_work(desk, &portion, now, err) < 0) {
		store_rollback(desk->store);
		courier_forget(desk);
		wake_all(desk);
		push_refuse_all(desk);
		mind_water(desk);
		return -1;
	}
	let_go(desk, &portion);
	mind_water(desk);
	return 1;
}

msec_t
desk_next(struct desk *desk)
{
	const msec_t nexts[] = { clockwork_next(desk), courier_next(desk),
		rounds_next(desk), retention_next(desk), parts_next(desk) };
	msec_t ret = 0;

	for (size_t i = 0; i < ARRAY_COUNT(nexts); i++)
		if (nexts[i] != 0 && (ret == 0 || nexts[i] < ret))
			ret = nexts[i];
	return ret;
}

bool
desk_is_idle(struct desk *desk, msec_t now)
{
	return desk->reading.count == 0 && !has_work(desk, now) &&
	       courier_is_idle(desk, now);
}

struct desk *
desk_open(const struct desk_setup *setup, msec_t now, struct err *err)
{
	struct desk *desk = calloc(1, sizeof(*desk));

	if (desk == NULL)
		abort();
	desk->conf = setup->conf;
	desk->texts = setup->texts;
	desk->store = setup->store;
	desk->ports = setup->ports;
	push_maps_open(desk);
	desk->is_recovering = true;
	wake_all(desk);
	retention_open(desk, now);
	item_list_init(&desk->arrived);
	item_list_init(&desk->reading);
	item_list_init(&desk->read);
	arena_init(&desk->unit, LIMIT_WORK_BYTES);
	arena_init(&desk->turn, LIMIT_TURN_BYTES);
	if (store_begin(desk->store, err) < 0 ||
	    courier_open(desk, setup, now, err) < 0 ||
	    rounds_open(desk, now, err) < 0 ||
	    handovers_find(desk, now, err) < 0 ||
	    store_commit(desk->store, err) < 0) {
		store_rollback(desk->store);
		desk_close(&desk);
		return NULL;
	}
	return desk;
}

static void
free_items(struct desk *desk, struct item_list *list)
{
	struct item *item;

	while ((item = item_list_take(list)) != NULL)
		item_free(desk, item);
}

void
desk_close(struct desk **desk)
{
	struct desk *old = *desk;

	*desk = NULL;
	if (old == NULL)
		return;
	free_items(old, &old->arrived);
	free_items(old, &old->reading);
	free_items(old, &old->read);
	mailboxes_settled(old);
	courier_close(old);
	push_maps_close(old);
	free(old->again);
	free(old->rounds);
	arena_done(&old->unit);
	arena_done(&old->turn);
	free(old);
}
