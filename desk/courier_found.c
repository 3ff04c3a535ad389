/*
 * A text of unknown fate, and what a gateway that looks for it finds: one of
 * the same words may be another, which was sent an hour before.
 */
#include <stdio.h>

#include "core/config.h"
#include "desk/engine.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/outbox.h"

/* More to one number in a week than all caps together let through. */
enum { OTHERS_MAX = 512 };

/* NULL-terminated. */
static const char *const *
other_ids(struct desk *desk, const struct outgoing *out, struct arena *arena,
    struct err *err)
{
	const char **list = arena_array(arena, OTHERS_MAX + 1, sizeof(*list));

	return out_other_ids(desk->store, out, arena, list, OTHERS_MAX, err) < 0
		   ? NULL
		   : list;
}

int
courier_recall(struct desk *desk, struct lane *lane,
    const struct out_claim *claim, struct send_job *job, struct err *err)
{
	const struct sms_channel *sms =
	    config_sms(desk->conf, lane->sender->name);

	if (!job->may_be_there || sms == NULL ||
	    sms->provider->unknown.policy != SMS_UNKNOWN_LOOK_UP)
		return 0;
	job->first_at = out_first_tried(desk->store, claim->out.id);
	job->others = other_ids(desk, &claim->out, &lane->arena, err);
	return job->others == NULL ? -1 : 0;
}

/* Both may have been looked for at once: then neither's id was known when the
 * other was asked for. */
int
courier_disown(struct desk *desk, struct receipt *receipt, struct err *err)
{
	struct outgoing out = { 0 };
	struct out_status status = { 0 };
	const char *const *others;
	int found;

	if (!receipt->is_found)
		return 0;
	found = out_load(
	    desk->store, receipt->out, &desk->turn, &out, &status, err);
	if (found <= 0)
		return found;
	others = other_ids(desk, &out, &desk->turn, err);
	if (others == NULL)
		return -1;
	for (; *others != NULL; others++) {
		if (!text_eq(*others, receipt->provider_id))
			continue;
		receipt->is_found = false;
		receipt->result = ERR_TEMP;
		receipt->provider_id[0] = '\0';
		(void)snprintf(receipt->answer, sizeof(receipt->answer),
		    "what the gateway has is another text of these words");
		break;
	}
	return 0;
}
