/*
 * What the fetchers tell about their mailboxes.
 */
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "desk/engine.h"
#include "lib/err.h"
#include "store/inbox.h"
#include "store/store.h"

enum { SETTLE_AT_ONCE = 1000 };

static int
remember_start(struct desk *desk, const struct mailbox *box,
    uint32_t uidvalidity, uint32_t uidnext, msec_t now, struct err *err)
{
	/* The mail that is there already is not ours (architecture.md 5.6). */
	uint32_t last = box->from_start || uidnext == 0 ? 0 : uidnext - 1;

	if (store_begin(desk->store, err) < 0)
		return -1;
	if (cursor_save(desk->store, box->name, uidvalidity, last, now, err) < 0 ||
	    store_commit(desk->store, err) < 0) {
		store_rollback(desk->store);
		return -1;
	}
	return 0;
}

int
desk_mailbox_up(struct desk *desk, const char *mailbox, uint32_t uidvalidity,
    uint32_t uidnext, bool first, msec_t now, struct err *err)
{
	const struct mailbox *box = config_mailbox(desk->conf, mailbox);
	uint32_t uids[SETTLE_AT_ONCE];
	int count;

	if (box == NULL)
		return err_set(err, ERR_BUG, "no mailbox %s", mailbox);
	if (first)
		return remember_start(
		    desk, box, uidvalidity, uidnext, now, err);
	count = inbox_unsettled(
	    desk->store, box->name, uidvalidity, uids, SETTLE_AT_ONCE, err);
	if (count < 0)
		return -1;
	if (count > 0)
		desk->ports.settle(desk->ports.self, box->name, uidvalidity,
		    uids, (size_t)count);
	return 0;
}

/* Kept until the next turn: it is in no hurry and needs no commit of its
 * own. */
int
desk_settled(struct desk *desk, const char *mailbox, uint32_t uidvalidity,
    const uint32_t *uids, size_t count, struct err *err)
{
	const struct mailbox *box = config_mailbox(desk->conf, mailbox);
	struct settled *settled;

	if (box == NULL)
		return err_set(err, ERR_BUG, "no mailbox %s", mailbox);
	settled = malloc(sizeof(*settled) + count * sizeof(*uids));
	if (settled == NULL)
		abort();
	settled->source = box->name;
	settled->uidvalidity = uidvalidity;
	settled->count = count;
	memcpy(settled->uids, uids, count * sizeof(*uids));
	settled->next = desk->settled;
	desk->settled = settled;
	return 0;
}

int
mailboxes_settle(struct desk *desk, struct err *err)
{
	for (const struct settled *settled = desk->settled; settled != NULL;
	     settled = settled->next)
		if (inbox_settle(desk->store, settled->source,
			settled->uidvalidity, settled->uids, settled->count,
			err) < 0)
			return -1;
	return 0;
}

void
mailboxes_settled(struct desk *desk)
{
	while (desk->settled != NULL) {
		struct settled *settled = desk->settled;

		desk->settled = settled->next;
		free(settled);
	}
}
