/*
 * act - changing the case: a step of its story, and its moves.
 *
 * Every change of state goes through act_move(), which refuses what
 * case_may_move() does not allow and writes exactly one event (R2).
 */
#ifndef HANDLERS_ACT_H
#define HANDLERS_ACT_H

#include <stdbool.h>

#include "core/effect.h"
#include "handlers/work.h"

#define ACTOR_DESK  "desk"
#define ACTOR_OWNER "owner"

/* Append `step' to the case's story; its case and state are filled in. */
void act_record(struct work *work, const struct event *step);
/* Move the case and record the step; false, and nothing done, when the move
 * is not legal. */
bool act_move(
    struct work *work, enum case_state to, const struct event *step);

/* The owner has answered, or is not waited for any longer (R6): back to
 * work, or to whoever takes it; recorded as `step'. */
void act_stop_waiting(struct work *work, const struct event *step);

/* Somebody does something for the matter (R10): the clocks for taking it and
 * the emergency call list stop; an escalation to their level is taken (R27).
 * NULL: by telephone, told by nobody in particular. */
void act_is_handled(struct work *work, const struct staff *staff);
/* `staff' becomes the handler and the case is being worked on (#take).
 * False when the case's state does not allow work. */
bool act_take(struct work *work, const struct staff *staff);
/* The work is done: outcome, state, and no clock runs any more.  The outcome
 * has yet to be fed back (R13). */
void act_resolve(struct work *work, const char *actor, const char *outcome);
/* A staff answer has gone to the owner: the reply due is met (R20). */
void act_has_replied(struct work *work, const struct staff *staff);

/* A time that the owner is told is a due like the others (R11), reminded of from
 * `since' on.  Its event holds it, so that #undo can bring it back. */
void act_promise(struct work *work, const char *actor, msec_t due,
    msec_t since, const char *text);

/* On leave now, or has left. */
bool act_is_away(const struct work *work, const struct staff *staff);
/* Who is on duty now (R16); NULL: the roster has a gap. */
const struct staff *act_on_duty(const struct work *work);
/* Who speaks for the case now: its first responder; while they are away, who
 * is on duty, or L2. */
const struct staff *act_responder(const struct work *work);

/* The last event of that name in the case's story as it was, or NULL. */
const struct snapshot_event *act_last(
    const struct work *work, const char *name);

/* People of the case; NULL when nobody is named, or they have left. */
const struct staff *act_first_responder(const struct work *work);
const struct staff *act_handler(const struct work *work);
const struct staff *act_head(const struct work *work);
/* Of any department; while its head is away, somebody else of it. */
const struct staff *act_head_of(
    const struct work *work, const char *department);
/* Who is in charge at that level of the ladder, or the next one above; not
 * who is away, as long as somebody is there. */
const struct staff *act_level(const struct work *work, int level);

/* Who telephones the owner: who speaks for the case, but neither whom it is
 * about nor who reported it themselves; then the next of R24, or of the
 * ladder. */
const struct staff *act_caller(const struct work *work);

/* The owner complains about this person (R9, core/subject.h): they neither
 * handle it nor hear of it. */
bool act_is_subject(const struct case_file *file, const struct staff *staff);
/* The owner wrote again: whom these words complain about is remembered, and
 * what they did for the case goes to L2. */
void act_hear_subjects(struct work *work, const char *words);

#endif
