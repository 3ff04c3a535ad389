/*
 * What goes along with a message: files of the case, or of the mail at hand.
 */
#include "core/limits.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "lib/arena.h"
#include "lib/text.h"

/* Logos and signatures of mail programs are inline and small. */
enum { INLINE_PHOTO_BYTES = 20 * 1024 };

void
tell_add_case_files(const struct work *work, struct tell *tell)
{
	tell->parts = work->before->case_parts;
	tell->part_count = work->before->case_part_count;
	tell->facts.photos = (int)tell->part_count;
}

const char *
tell_cut(const struct work *work)
{
	const struct message *message = work->in->message;

	if (message == NULL || message->warning == NULL)
		return NULL;
	return sentence(WHY_CUT, work->estate->language, message->warning,
	    work->arena);
}

size_t
tell_parts(struct work *work, const struct passed_part **ret)
{
	const struct message *message = work->in->message;
	size_t count = 0, bytes = 0;

	*ret = NULL;
	if (message == NULL || message->attachment_count == 0)
		return 0;
	struct passed_part *parts = arena_array(
	    work->arena, message->attachment_count, sizeof(*parts));

	for (size_t i = 0; i < message->attachment_count; i++) {
		const struct attachment *file = &message->attachments[i];

		if (file->length == 0 ||
		    (file->is_inline && (file->size < INLINE_PHOTO_BYTES ||
					    !text_starts(file->type, "image/"))) ||
		    bytes + file->length > LIMIT_PASSED_ON_BYTES)
			continue;
		bytes += file->length;
		parts[count++] = (struct passed_part){
			.inbox = work->in->inbox,
			.offset = file->offset,
			.length = file->length,
		};
	}
	*ret = parts;
	return count;
}
