#include "daemon/poll_place.h"

#include "lib/err.h"
#include "lib/log.h"
#include "store/inbox.h"
#include "store/store.h"

static void
begin(struct store *store, const struct poll_place *place)
{
	struct err err = { 0 };

	if (store_begin(store, &err) == 0) {
		if (poll_cursor_save(store, place, &err) == 0 &&
		    store_commit(store, &err) == 0)
			return;
		store_rollback(store);
	}
	log_event(LOG_LEVEL_ERROR, "poll", "channel=%s err=\"%s\"",
	    place->source, err.msg);
}

int
poll_place_load(struct store *store, struct poll_place *place, msec_t now,
    struct arena *arena, struct err *err)
{
	int found = poll_cursor_load(store, place, arena, err);

	if (found != 0)
		return found < 0 ? -1 : 0;
	place->cursor = "";
	place->since = now;
	begin(store, place);
	return 0;
}
