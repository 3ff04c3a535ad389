#include "desk/answer.h"
#include "lib/err.h"
#include "store/inbox.h"
#include "store/outbox.h"

/* One message that came in, in slices. */
static int
give_inbox(struct question *question, const struct case_file *file, int64_t id,
    struct err *err)
{
	struct inbox_row in = { 0 };
	int found = inbox_load(question->store, id, question->arena, &in, err);

	if (found < 0)
		return -1;
	if (found == 0 || in.case_id != file->id)
		return answer_refuse(question,
		    "message %lld does not belong to %s", (long long)id,
		    file->number);
	json_put_int(question->answer, "bytes", (int64_t)in.raw_len);
	return answer_put_raw(question, id, err);
}

/* One that went out, as it was worded. */
static int
give_out(struct question *question, const struct case_file *file, out_id id,
    struct err *err)
{
	struct outgoing out = { 0 };
	struct out_status status = { 0 };
	int found =
	    out_load(question->store, id, question->arena, &out, &status, err);

	if (found < 0)
		return -1;
	if (found == 0 || out.case_id != file->id)
		return answer_refuse(question,
		    "outgoing message %lld does not belong to %s",
		    (long long)id, file->number);
	json_put_text(question->answer, "to", out.to);
	json_put_text(question->answer, "subject", out.subject);
	json_put_text(question->answer, "message_id", out.message_id);
	json_put_text(question->answer, "text", out.text);
	return 0;
}

/* Without "id" (a message that came in) or "out": what there is of it, and in
 * clear, because an archive that tells of nobody is none. */
int
answer_archive(struct question *question, struct err *err)
{
	int64_t inbox = json_int(question->request, "id", 0);
	out_id out = json_int(question->request, "out", 0);
	struct case_file file = { 0 };
	int found = answer_find_case(question, &file, err);

	if (found <= 0)
		return found;
	if (!case_is_ended(file.state))
		return answer_refuse(question,
		    "%s is %s; a case is archived when it has ended",
		    file.number, case_state_name(file.state));
	if (inbox != 0)
		return give_inbox(question, &file, inbox, err);
	if (out != 0)
		return give_out(question, &file, out, err);
	return answer_put_case(question, &file, true, err);
}
