#include "core/deadlines.h"

#include <stddef.h>

#include "core/calendar.h"
#include "lib/cleanup.h"

/* The outcome row of rules.md 2.3 where the kind says more than the
 * severity. */
static const struct {
	enum kind kind;
	enum severity severity;
	struct span outcome;
} by_kind[] = {
	{ KIND_REQUEST, SEVERITY_NORMAL, { SPAN_WORKDAYS, 2 } },
	{ KIND_INQUIRY, SEVERITY_MINOR, { SPAN_WORKDAYS, 1 } },
	{ KIND_SUGGESTION, SEVERITY_MINOR, { SPAN_WORKDAYS, 5 } },
	{ KIND_PRAISE, SEVERITY_MINOR, { SPAN_WORKDAYS, 3 } },
};

static const enum timer_kind dues[] = { TIMER_TAKE, TIMER_DISPATCH,
	TIMER_REPLY, TIMER_OUTCOME };

static struct span
outcome_span(
    const struct estate *estate, enum severity severity, enum kind kind)
{
	for (size_t i = 0; i < ARRAY_COUNT(by_kind); i++) {
		if (by_kind[i].kind == kind && by_kind[i].severity == severity)
			return by_kind[i].outcome;
	}
	return estate->deadlines[severity].outcome;
}

struct span
deadlines_span(const struct estate *estate, enum severity severity,
    enum kind kind, enum timer_kind duty)
{
	const struct deadlines *row = &estate->deadlines[severity];

	if (duty == TIMER_TAKE)
		return row->take;
	if (duty == TIMER_DISPATCH)
		return row->dispatch;
	if (duty == TIMER_REPLY)
		return row->first_reply;
	if (duty == TIMER_NEWS)
		return row->news;
	if (duty == TIMER_OUTCOME)
		return outcome_span(estate, severity, kind);
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

void
deadlines_set(
    const struct estate *estate, msec_t start, struct case_file *file)
{
	for (size_t i = 0; i < ARRAY_COUNT(dues); i++) {
		struct span span = deadlines_span(
		    estate, file->severity, file->kind, dues[i]);

		*deadlines_due(file, dues[i]) =
		    span_end(estate->calendar, start, &span);
	}
}
