#include <stdlib.h>

#include "desk/engine.h"
#include "desk/raw.h"

void
item_list_init(struct item_list *list)
{
	list->first = NULL;
	list->end = &list->first;
	list->count = 0;
}

void
item_list_add(struct item_list *list, struct item *item)
{
	item->next = NULL;
	*list->end = item;
	list->end = &item->next;
	list->count++;
}

struct item *
item_list_take(struct item_list *list)
{
	return list->first == NULL ? NULL
				   : item_list_take_job(list, list->first->job);
}

/* Readers answer nearly in order, so the search is short. */
struct item *
item_list_take_job(struct item_list *list, uint64_t job)
{
	for (struct item **at = &list->first; *at != NULL; at = &(*at)->next) {
		struct item *item = *at;

		if (item->job != job)
			continue;
		*at = item->next;
		if (list->end == &item->next)
			list->end = at;
		list->count--;
		item->next = NULL;
		return item;
	}
	return NULL;
}

struct item *
item_new(
    struct desk *desk, uint32_t kind, const char *source, const char *estate)
{
	struct item *item = calloc(1, sizeof(*item));

	if (item == NULL)
		abort();
	item->job = ++desk->last_job;
	item->kind = kind;
	item->source = source;
	item->estate = estate;
	return item;
}

void
item_free(struct desk *desk, struct item *item)
{
	if (item->is_push) {
		desk->push_count--;
		desk->push_bytes -= item->length;
	} else if (item->raw != NULL) {
		desk->waiting_bytes -= item->length;
	}
	raw_drop(&item->raw);
	json_release(&item->answer.object);
	free(item->answer.own);
	free(item->failure);
	free(item->next_cursor);
	free(item->asked_cursor);
	free(item->vouched_by);
	free(item);
}

int
item_message(struct desk *desk, const struct item *item, const json_t *document,
    struct message *ret, struct err *err)
{
	if (message_from_json(document, &desk->turn, ret, err) < 0)
		return -1;
	if (item->answer.own != NULL)
		ret->own = item->answer.own;
	return 0;
}
