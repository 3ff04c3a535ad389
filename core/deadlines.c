#include "core/deadlines.h"

#include <stddef.h>

#include "core/calendar.h"
#include "lib/cleanup.h"

static const enum timer_kind dues[] = { TIMER_TAKE, TIMER_DISPATCH,
	TIMER_REPLY, TIMER_OUTCOME };

/* The outcome row of rules.md 2.3: where the kind says more than a minor or
 * normal severity does. */
static struct span
outcome_span(const struct deadlines *row, const struct rules *rules,
    enum severity severity, enum kind kind)
{
	if (severity <= SEVERITY_NORMAL && kind_makes_case(kind) &&
	    rules->outcome_by_kind[kind].unit != SPAN_NONE)
		return rules->outcome_by_kind[kind];
	return row->outcome;
}

struct span
deadlines_span(const struct config *conf, const struct estate *estate,
    const struct case_file *file, enum timer_kind duty)
{
	const struct deadlines *row = &estate->deadlines[file->severity];

	if (duty == TIMER_TAKE)
		return row->take;
	if (duty == TIMER_DISPATCH)
		return row->dispatch;
	if (duty == TIMER_REPLY)
		return row->first_reply;
	if (duty == TIMER_NEWS)
		return row->news;
	if (duty == TIMER_OUTCOME)
		return outcome_span(
		    row, &conf->rules, file->severity, file->kind);
	return (struct span){ SPAN_NONE, 0 };
}

msec_t *
deadlines_due(struct case_file *file, enum timer_kind duty)
{
	const struct {
		enum timer_kind duty;
		msec_t *due;
	} places[] = {
		{ TIMER_TAKE, &file->take_due },
		{ TIMER_DISPATCH, &file->dispatch_due },
		{ TIMER_REPLY, &file->reply_due },
		{ TIMER_OUTCOME, &file->outcome_due },
		{ TIMER_PROMISE, &file->promise_due },
		{ TIMER_NEWS, &file->news_due },
	};

	for (size_t i = 0; i < ARRAY_COUNT(places); i++) {
		if (places[i].duty == duty)
			return places[i].due;
	}
	return NULL;
}

msec_t
deadlines_first(const struct case_file *file, msec_t from, msec_t to)
{
	const msec_t all[] = {
		file->first_reply_at == 0 ? file->reply_due : 0,
		file->state != CASE_WAITING_OWNER ? file->outcome_due : 0,
		file->promise_due,
	};
	msec_t ret = 0;

	for (size_t i = 0; i < ARRAY_COUNT(all); i++)
		if (all[i] != 0 && all[i] >= from && all[i] < to &&
		    (ret == 0 || all[i] < ret))
			ret = all[i];
	return ret;
}

void
deadlines_set(const struct config *conf, const struct estate *estate,
    msec_t start, struct case_file *file)
{
	for (size_t i = 0; i < ARRAY_COUNT(dues); i++) {
		struct span span =
		    deadlines_span(conf, estate, file, dues[i]);
		msec_t *due = deadlines_due(file, dues[i]);

		if (due != NULL)
			*due = span_end(estate->calendar, start, &span);
	}
}
