#include "handlers/decide.h"

#include "core/limits.h"
#include "handlers/work.h"
#include "lib/arena.h"
#include "lib/err.h"

/* When the decision is made again, it is the one that asked. */
static const struct handler *
choose(const struct work *work)
{
	const struct look_up *looked = work->before->looked;

	if (looked != NULL && looked->asked_by != NULL)
		return looked->asked_by;
	for (size_t i = 0; i < handler_count; i++) {
		if (handlers[i].matches(work))
			return &handlers[i];
	}
	return NULL;
}

int
decide(const struct decide_ctx *ctx, const struct input *in,
    const struct snapshot *before, struct effects *out, struct err *err)
{
	struct work work;

	work_init(&work, ctx, in, before, out, err);
	if (work.failed)
		return -1;
	work.handler = choose(&work);
	if (work.handler == NULL)
		return err_set(err, ERR_BUG, "no handler for an input of kind %d",
		    (int)in->kind);
	work.handler->run(&work);
	if (work.failed)
		return -1;
	if (out->wanted != NULL)
		return 1;
	work_settle(&work);
	return 0;
}
