/*
 * Delivery reports: whose they are, whether they are news, and those that
 * came too early.
 */
#include "store/reports.h"
#include "desk/engine.h"
#include "lib/err.h"
#include "lib/text.h"

/* Each state once, as the store keeps them. */
enum { EARLY_AT_ONCE = OUT_STATE_COUNT };

int
report_decide(
    struct desk *desk, const struct report *news, msec_t now, struct err *err)
{
	const struct input in = {
		.kind = INPUT_REPORT,
		.received_at = now,
		.report = *news,
	};
	int made = decision_make(desk, &in, now, err);

	if (made == 0)
		desk_note(desk, NOTE_ERROR, "report", "out=%lld err=\"%s\"",
		    (long long)news->out, err->msg);
	return made;
}

/* An attempt that was not the last one tells of itself only that the message
 * has arrived after all. */
static bool
is_news(const struct out_status *status, const struct report_of *of,
    enum out_state state)
{
	return out_state_may_move(status->state, state) &&
	       (of->attempt == 0 || of->attempt == status->attempt ||
		   state == OUT_DELIVERED);
}

static int
take_known(struct desk *desk, const struct report_of *of,
    const struct gateway_report *report, msec_t now, struct err *err)
{
	struct outgoing out = { 0 };
	struct out_status status = { 0 };
	int found =
	    out_load(desk->store, of->out, &desk->turn, &out, &status, err);

	if (found < 0)
		return -1;
	if (found == 0 || !is_news(&status, of, report->state))
		return 1;
	return report_decide(desk,
	    &(struct report){ .out = of->out,
		.state = report->state,
		.answer = report->answer,
		.is_optout = report->is_optout },
	    now, err);
}

int
report_take(struct desk *desk, const struct gateway_report *report, msec_t now,
    struct err *err)
{
	struct report_of of = { 0 };
	int found;

	/* The network does not know either, or the provider file does not
	 * know its word: we are none the wiser. */
	if (report->state == OUT_UNKNOWN) {
		desk_note(desk, NOTE_WARN, "report",
		    "channel=%s id=%s err=\"it says nothing known: %s\"",
		    report->of.source, report->of.name,
		    text_or(report->answer, ""));
		return 1;
	}
	found = report_find(desk->store, &report->of, &of, err);
	if (found > 0 && of.is_shared) {
		desk_note(desk, NOTE_WARN, "report",
		    "channel=%s id=%s err=\"the gateway gave several messages "
		    "this id; its report says nothing of any\"",
		    report->of.source, report->of.name);
		return 1;
	}
	if (found > 0)
		return take_known(desk, &of, report, now, err);
	if (found == 0)
		found = early_report_keep(desk->store, &report->of,
		    &(struct early_report){ .state = report->state,
			.is_optout = report->is_optout,
			.answer = report->answer },
		    now, err);
	return found < 0 ? -1 : 1;
}

int
report_catch_up(struct desk *desk, const struct report_name *name, msec_t now,
    struct err *err)
{
	struct early_report *early =
	    arena_array(&desk->turn, EARLY_AT_ONCE, sizeof(*early));
	int count = early_report_list(
	    desk->store, name, now, &desk->turn, early, EARLY_AT_ONCE, err);

	for (int i = 0; i < count; i++)
		if (report_take(desk,
			&(struct gateway_report){ .of = *name,
			    .state = early[i].state,
			    .is_optout = early[i].is_optout,
			    .answer = early[i].answer },
			now, err) < 0)
			return -1;
	if (count <= 0)
		return count;
	return early_report_drop(desk->store, name, err);
}
