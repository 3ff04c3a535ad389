#include "core/snapshot.h"

bool
snapshot_answers(const struct snapshot *snapshot, enum reply_kind kind)
{
	return snapshot->match == MATCH_TOKEN &&
	       snapshot->answered.reply_kind == kind;
}

bool
snapshot_answers_list(const struct snapshot *snapshot)
{
	return snapshot_answers(snapshot, REPLY_DIGEST) ||
	       snapshot_answers(snapshot, REPLY_BUNDLE);
}

struct case_brief
case_brief_of(const struct case_file *file)
{
	return (struct case_brief){
		.id = file->id,
		.number = file->number,
		.state = file->state,
		.category = file->category,
		.place = file->place,
		.reply_due = file->first_reply_at == 0 ? file->reply_due : 0,
	};
}
