#include "core/mask.h"
#include "desk/answer.h"
#include "store/outbox.h"

enum { ATTEMPTS_SHOWN = 50, CHANNELS_SHOWN = 50 };

static json_t *
out_row(struct question *question, const struct out_claim *claim)
{
	const struct outgoing *out = &claim->out;
	json_t *row = json_object();

	json_put_int(row, "id", out->id);
	json_put_text(row, "channel", channel_name(out->channel));
	json_put_text(row, "to", mask_address(out->to, question->arena));
	json_put_text(row, "role", role_name(out->role));
	json_put_text(row, "template", out->template_name);
	json_put_text(row, "sender", out->sender);
	json_put_text(row, "state", out_state_name(claim->status.state));
	json_put_int(row, "attempts", claim->status.attempts);
	answer_put_time(question, row, "created", out->created_at, out->estate);
	answer_put_time(
	    question, row, "not_before", out->not_before, out->estate);
	answer_put_time(question, row, "report_due", claim->status.report_due,
	    out->estate);
	json_put_text(
	    row, "answer", mask_text(claim->status.answer, question->arena));
	return row;
}

int
answer_put_outbox(
    struct question *question, bool all, case_id id, struct err *err)
{
	int limit = answer_limit(question), count;
	struct out_claim *claims =
	    arena_array(question->arena, (size_t)limit, sizeof(*claims));
	json_t *list = json_array();

	json_object_set_new(question->answer, "outbox", list);
	count = out_list(
	    question->store, all, id, question->arena, claims, limit, err);
	for (int i = 0; i < count; i++)
		json_array_append_new(list, out_row(question, &claims[i]));
	json_put_flag(question->answer, "more", count == limit);
	return count < 0 ? -1 : 0;
}

/* Why it waits. */
static int
put_down(struct question *question, struct err *err)
{
	struct channel_down down[CHANNELS_SHOWN];
	int count = channels_down(
	    question->store, question->arena, down, CHANNELS_SHOWN, err);
	json_t *list = json_array();

	json_object_set_new(question->answer, "down", list);
	for (int i = 0; i < count; i++) {
		json_t *row = json_object();

		json_put_text(row, "channel", down[i].name);
		answer_put_time(question, row, "since", down[i].since, NULL);
		json_put_text(
		    row, "reason", mask_text(down[i].reason, question->arena));
		json_array_append_new(list, row);
	}
	return count < 0 ? -1 : 0;
}

static int
put_attempts(
    struct question *question, out_id id, const char *estate, struct err *err)
{
	struct out_attempt attempts[ATTEMPTS_SHOWN];
	int count = out_attempts(question->store, id, question->arena, attempts,
	    ATTEMPTS_SHOWN, err);
	json_t *list = json_array();

	json_object_set_new(question->answer, "tries", list);
	for (int i = 0; i < count; i++) {
		const struct out_attempt *attempt = &attempts[i];
		json_t *row = json_object();

		answer_put_time(
		    question, row, "started", attempt->started_at, estate);
		answer_put_time(
		    question, row, "ended", attempt->ended_at, estate);
		json_put_text(row, "result", attempt->result);
		json_put_int(row, "code", attempt->code);
		json_put_text(row, "provider_id", attempt->provider_id);
		json_put_text(
		    row, "answer", mask_text(attempt->answer, question->arena));
		json_array_append_new(list, row);
	}
	return count < 0 ? -1 : 0;
}

int
answer_outbox(struct question *question, struct err *err)
{
	int64_t id = json_int(question->request, "id", 0);
	struct out_claim claim = { 0 };
	int found;

	if (id == 0 && put_down(question, err) < 0)
		return -1;
	if (id == 0)
		return answer_put_outbox(
		    question, json_flag(question->request, "all"), 0, err);
	found = out_load(question->store, id, question->arena, &claim.out,
	    &claim.status, err);
	if (found < 0)
		return -1;
	if (found == 0)
		return answer_refuse(question,
		    "there is no outgoing message %lld; `shouwen outbox --all' "
		    "shows their ids",
		    (long long)id);
	json_object_update_new(question->answer, out_row(question, &claim));
	return put_attempts(question, id, claim.out.estate, err);
}
