#include "core/texts.h"
#include "desk/engine.h"
#include "lib/err.h"
#include "store/store.h"

static int
decide_and_apply(struct desk *desk, const struct input *in, msec_t now,
    struct effects *effects, struct err *err)
{
	struct decide_ctx ctx = {
		.now = now,
		.conf = desk->conf,
		.texts = desk->texts,
	};
	struct snapshot *before = arena_alloc(&desk->unit, sizeof(*before));

	int more;

	if (snapshot_load(desk, in, now, &desk->unit, before, err) < 0)
		return -1;
	more = decide(&ctx, in, before, effects, err);
	if (more > 0) {
		const struct look_up *wanted = effects->wanted;

		effects_init(effects, &desk->unit);
		if (snapshot_look(desk, wanted, now, &desk->unit, before, err) <
		    0)
			return -1;
		more = decide(&ctx, in, before, effects, err);
	}
	if (more != 0)
		return -1;
	if (arena_is_over(&desk->unit))
		return err_set(err, ERR_DATA, "a decision took over %zu bytes",
		    desk->unit.cap);
	if (store_apply(desk->store, effects, in->inbox, now, err) < 0)
		return -1;
	return bundles_hold(desk, effects, now, err);
}

/* What the courier and the clockwork keep in mind may have changed. */
static void
wake_others(struct desk *desk, const struct effects *effects)
{
	for (size_t i = 0; i < effects->count; i++) {
		enum effect_kind kind = effects->list[i].kind;

		if (kind == EFFECT_SEND || kind == EFFECT_RELEASE ||
		    kind == EFFECT_OUT_STATE || kind == EFFECT_NOTICE)
			wake_courier(desk);
		if (kind == EFFECT_TIMER_SET || kind == EFFECT_TIMER_CANCEL ||
		    kind == EFFECT_INCIDENT_RING || kind == EFFECT_LEAVE ||
		    kind == EFFECT_RELEASE)
			wake_clockwork(desk);
		if (kind == EFFECT_VOUCH)
			desk_read_again(desk, effects->list[i].vouch.inbox);
		if (kind == EFFECT_ROUND_SET)
			wake_rounds(desk);
	}
}

int
decision_make(
    struct desk *desk, const struct input *in, msec_t now, struct err *err)
{
	struct effects effects;

	arena_reset(&desk->unit);
	effects_init(&effects, &desk->unit);
	if (store_unit_begin(desk->store, err) < 0)
		return -1;
	if (decide_and_apply(desk, in, now, &effects, err) < 0) {
		store_unit_undo(desk->store);
		return err->kind == ERR_TEMP ? -1 : 0;
	}
	if (store_unit_keep(desk->store, err) < 0)
		return -1;
	wake_others(desk, &effects);
	if (desk->ports.decided != NULL)
		desk->ports.decided(desk->ports.self, in, &effects, now);
	return 1;
}
