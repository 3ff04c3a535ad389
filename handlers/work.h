/*
 * work - one decision in the making.
 *
 * Every handler gets this and nothing else.  The case in it is a copy: a
 * handler changes the copy through act.h, and decide() hands the last form
 * of it back as one effect.
 *
 * A failure (a text that cannot be rendered) is remembered here and ends the
 * whole decision, so that handlers read as stories and not as ladders of
 * checks.
 */
#ifndef HANDLERS_WORK_H
#define HANDLERS_WORK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/classify.h"
#include "core/commands.h"
#include "core/config.h"
#include "handlers/decide.h"

struct arena;

struct work {
	const struct decide_ctx *ctx;
	const struct input *in;
	const struct snapshot *before;
	const struct estate *estate;
	const struct handler *handler; /* the one that decides */
	struct effects *out;
	struct arena *arena;
	struct err *err;
	bool failed;

	/* What a message of somebody outside means; see work_understand(). */
	struct understanding seen;
	bool is_first_seen; /* as it was before a handler was chosen */
	/* A staff message: who wrote it, and what it asks for. */
	const struct staff *staff;
	struct commands commands;

	struct case_file file;
	bool has_case;
	bool owner_is_unconfirmed; /* rules.md 5.39 */
	struct incident incident; /* of the case; id 0: none */
	bool is_kept;	  /* its effect has a place in the list: */
	size_t kept_at;
	case_id next_case;
	out_id next_out;
	/* An automatic answer to this message has gone by that channel
	 * (R45). */
	bool has_answered[CHANNEL_SMS + 1];
};

struct handler {
	const char *name;
	bool (*matches)(const struct work *work);
	void (*run)(struct work *work);
};

/* The first that matches decides; the last matches everything. */
extern const struct handler handlers[];
extern const size_t handler_count;

/* Read the input as far as choosing a handler needs it. */
void work_init(struct work *work, const struct decide_ctx *ctx,
    const struct input *in, const struct snapshot *before,
    struct effects *out, struct err *err);
/* Classify the message as one of `from'; `is_reply' false judges it as a
 * matter of its own. */
void work_understand(struct work *work, enum from_role from, bool is_reply);
/* Classify words that somebody else said, and the message brings. */
void work_understand_words(struct work *work, const char *words);

/* The case was changed and must be kept. */
void work_keep(struct work *work);
/* Put the present copy into its effect; before another case is begun, and
 * at the end. */
void work_settle(struct work *work);
/* Leave this case and go on with none. */
void work_leave_case(struct work *work);
/* Go on with another case, and back to the one that was left. */
struct work_case {
	struct case_file file;
	bool is_kept;
	size_t kept_at;
	struct incident incident;
};
struct work_case work_enter_case(struct work *work,
    const struct case_file *file);
void work_return(struct work *work, const struct work_case *to);

/* True: what it names has to be known first; the handler ends here, and the
 * whole decision is made again.  False: it is in work->before. */
bool work_must_look(struct work *work, const struct look_up *wanted);

/* It may be the answer to a survey that is open with its sender (R37). */
bool work_answers_survey(const struct work *work);

/* The message belongs to the case; or it ends in a named bin (R1). */
void work_attach(struct work *work);
void work_bin(struct work *work, const char *bin, const char *reason);

/* Now, in the decision's clock. */
msec_t work_now(const struct work *work);
/* The sender's mail address, or the number in E.164 where it is one. */
const char *work_sender(const struct work *work);
/* The sender may speak for the case: token, thread, or known to it. */
bool work_is_participant(const struct work *work);

#endif
