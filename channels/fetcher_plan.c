#include "channels/fetcher_plan.h"

#include <stdlib.h>
#include <string.h>

#include "core/limits.h"

/* UIDs may be sparse (a mailbox where a million mails came and went), so a
 * range that was empty is followed by a wider one; the widest bounds what
 * one answer can bring. */
enum { WIDTH_FIRST = 1000, WIDTH_MOST = 128000, SMALL_MAILBOX = 20000 };

void
fetcher_plan_init(struct fetcher_plan *plan, uint32_t next,
    const struct imap_selected *selected)
{
	*plan = (struct fetcher_plan){
		.next = next,
		.uidnext = selected->uidnext,
		.width = WIDTH_FIRST,
		.is_small = selected->exists <= SMALL_MAILBOX,
		.is_due = true,
	};
}

void
fetcher_plan_done(struct fetcher_plan *plan)
{
	free(plan->mails.list);
	plan->mails = (struct imap_mails){ 0 };
}

bool
fetcher_plan_range(
    const struct fetcher_plan *plan, uint32_t *first, uint32_t *last)
{
	if (!plan->is_due || plan->fetched < plan->mails.count)
		return false;
	*first = plan->next;
	*last = 0;
	if (!plan->is_small && plan->next < plan->uidnext &&
	    plan->uidnext - plan->next > plan->width)
		*last = plan->next + plan->width - 1;
	return true;
}

void
fetcher_plan_listed(struct fetcher_plan *plan, uint32_t last)
{
	const struct imap_mails *mails = &plan->mails;

	if (last == 0) {
		plan->is_due = false;
		if (mails->count > 0)
			plan->next = mails->list[mails->count - 1].uid + 1;
		return;
	}
	plan->next = last + 1;
	if (mails->count > 0)
		plan->width = WIDTH_FIRST;
	else if (plan->width < WIDTH_MOST)
		plan->width *= 4;
}

void
fetcher_plan_skip(struct fetcher_plan *plan, msec_t older_than)
{
	struct imap_mails *mails = &plan->mails;
	size_t kept = 0;

	for (size_t i = 0; i < mails->count; i++) {
		msec_t date = mails->list[i].internaldate;

		if (date == 0 || date >= older_than)
			mails->list[kept++] = mails->list[i];
	}
	mails->count = kept;
}

size_t
fetcher_plan_batch(const struct fetcher_plan *plan,
    const struct imap_mail **mails, uint32_t *head_bytes)
{
	size_t left = plan->mails.count - plan->fetched;
	const struct imap_mail *list = plan->mails.list + plan->fetched;
	size_t count = 0, bytes = 0;

	*head_bytes = 0;
	*mails = list;
	if (left > 0 && list[0].size > LIMIT_MAIL_BYTES) {
		*head_bytes = LIMIT_FETCH_HEAD_BYTES;
		return 1;
	}
	while (count < left && count < LIMIT_FETCH_BATCH_MAILS &&
	       list[count].size <= LIMIT_MAIL_BYTES) {
		bytes += list[count].size;
		if (count > 0 && bytes > LIMIT_FETCH_BATCH_BYTES)
			break;
		count++;
	}
	return count;
}

void
fetcher_plan_fetched(struct fetcher_plan *plan, size_t count)
{
	plan->fetched += count;
	if (plan->fetched == plan->mails.count)
		plan->fetched = plan->mails.count = 0;
}

bool
fetcher_window_is_open(const struct fetcher_window *window)
{
	size_t bytes = 0;

	for (size_t i = 0; i < window->count; i++)
		bytes += window->batches[i].bytes;
	return window->count < FETCHER_AHEAD &&
	       bytes < LIMIT_WAITING_HIGH_BYTES;
}

void
fetcher_window_add(struct fetcher_window *window, uint32_t first,
    uint32_t last, size_t count, size_t bytes)
{
	size_t at = window->count;

	/* A refused batch comes as many small ones: they count as one. */
	if (at == FETCHER_AHEAD) {
		at--;
		window->batches[at].last = last;
		window->batches[at].left += count;
		window->batches[at].bytes += bytes;
		return;
	}
	window->batches[at].first = first;
	window->batches[at].last = last;
	window->batches[at].left = count;
	window->batches[at].bytes = bytes;
	window->count++;
}

void
fetcher_window_settled(struct fetcher_window *window, uint32_t uid)
{
	for (size_t i = 0; i < window->count; i++) {
		if (uid < window->batches[i].first ||
		    uid > window->batches[i].last)
			continue;
		if (--window->batches[i].left > 0)
			return;
		window->count--;
		memmove(&window->batches[i], &window->batches[i + 1],
		    (window->count - i) * sizeof(window->batches[0]));
		return;
	}
}
