/*
 * Each level's list in the morning (R26, R27): one mail with what it is in
 * charge of, what the level below left lying, and what it will get before the
 * next list; none when there is nothing.
 */
#include "core/charge.h"

#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/tell.h"

static void
tell_level(struct work *work, const struct charge_ask *ask)
{
	const struct charge_list list =
	    charge_list(&work->before->charge, ask, work->arena);

	if (list.mine.total + list.below.total + list.coming.total > 0)
		(void)tell_staff(work, ask->reader,
		    &(struct tell){
			.name = "charge", .facts = { .charge = &list } });
}

void
charge_run(struct work *work)
{
	const struct config *conf = work->ctx->conf;
	struct charge_ask ask = {
		.conf = conf,
		.estate = work->estate,
		.now = work_now(work),
		.until = round_charge_next(conf, work->estate, work_now(work)),
		.told =
		    round_daily_next(conf, work->estate, work->in->round.since),
	};

	round_next(work, ask.now, ask.until);
	for (ask.level = CHARGE_FIRST; ask.level <= LEVEL_MAX; ask.level++) {
		ask.reader = act_level(work, ask.level);
		/* Where a level has nobody the next one has its cases. */
		if (ask.reader != NULL && ask.reader->level == ask.level)
			tell_level(work, &ask);
		ask.below = ask.reader;
	}
}
