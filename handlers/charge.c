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
tell_level(struct work *work, int level, const struct staff *reader,
    const struct staff *below, msec_t until)
{
	const struct config *conf = work->ctx->conf;
	msec_t since = work->in->round.since;
	const struct charge_list list = charge_list(&work->before->charge, conf,
	    work->estate, level, reader, below, work_now(work), until,
	    round_daily_next(conf, work->estate, since), work->arena);

	if (list.mine.total + list.below.total + list.coming.total > 0)
		(void)tell_staff(work, reader,
		    &(struct tell){
			.name = "charge", .facts = { .charge = &list } });
}

void
charge_run(struct work *work)
{
	msec_t now = work_now(work);
	msec_t until = round_charge_next(work->ctx->conf, work->estate, now);
	const struct staff *below = NULL;

	round_next(work, now, until);
	for (int level = CHARGE_FIRST; level <= LEVEL_MAX; level++) {
		const struct staff *reader = act_level(work, level);

		/* Where a level has nobody the next one has its cases. */
		if (reader != NULL && reader->level == level)
			tell_level(work, level, reader, below, until);
		below = reader;
	}
}
