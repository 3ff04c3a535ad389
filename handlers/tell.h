/*
 * tell - saying something to somebody.
 *
 * A handler names the text and fills in the facts that only it knows; the
 * rest (whom, which language and channel, Message-ID, reply token, thread,
 * account, brakes) is done here, once for all.
 */
#ifndef HANDLERS_TELL_H
#define HANDLERS_TELL_H

#include <stdbool.h>
#include <stddef.h>

#include "core/brake.h"
#include "core/outgoing.h"
#include "core/text_data.h"
#include "handlers/sentences.h"
#include "handlers/work.h"

struct tell {
	const char *name;	 /* of the text in templates/ */
	struct text_facts facts; /* what this text needs beyond the case */
	enum reply_kind reply;
	bool is_automatic; /* braked (rules.md 5.19) and once a message (R45) */
	bool is_urgent;
	bool is_outcome;
	bool may_repeat; /* of this name to this person, about other things */
	bool is_held; /* for the undo time (rules.md 5.11) */
	bool is_notice; /* may be bundled (5.33); tell_staff() sees to it */
	const struct passed_part *parts;
	size_t part_count;
};

/* The owner of the case, by the channel they used, else by their other one.
 * The row's id, or 0 when there is no way (or a brake stopped it, which is
 * recorded), or a gateway's template could only hint at what was written:
 * then somebody has to tell it.  Words of staff that are too long for a text
 * go by mail, and a text says so; where there is no mail for them it is 0. */
out_id tell_owner(struct work *work, const struct tell *tell);
/* Do its words (or reason) need more parts than the channel sends, and is there
 * no mail for them?  Then *ret_most characters of them would go. */
bool tell_owner_is_too_long(
    struct work *work, const struct tell *tell, size_t *ret_most);
out_id tell_owner_by(
    struct work *work, enum channel channel, const struct tell *tell);
/* The same of a text to each owner of an incident who has but a telephone. */
bool tell_all_is_too_long(
    struct work *work, const struct tell *tell, size_t *ret_most);
/* Is nothing of it cut off on the channel that tell_owner() takes? */
bool tell_owner_goes_whole(struct work *work, const struct tell *tell);
/* Is there an address of the owner on that channel that may be used?  A
 * number that opted out may not (R53), unless the case came from it
 * later. */
bool tell_may_reach(const struct work *work, enum channel channel);
/* Why tell_owner() has no way for the text of that name, for who must telephone
 * instead; also when it takes the mail because the number wants no texts. */
enum sentence tell_why_no_way(const struct work *work, const char *name);
bool tell_owner_wants_no_texts(const struct work *work);
/* The cap that one more text to that number would pass; NULL: to staff, whom
 * only the caps of the channel concern. */
enum cap tell_cap(const struct work *work, const char *to);
/* It held a text back, or `went': one of an emergency passed it.  The digest
 * counts it, and the first one of a day (for each case, where the cap is not
 * the channel's) is told to the supervisor, of a channel's to the admin too. */
void tell_note_cap(struct work *work, enum cap cap, const char *template_name,
    bool went);
/* A text would go, were it not for a cap (core/brake.h). */
bool tell_owner_is_capped(const struct work *work);
/* Some gateways send only templates that they keep: is there one for the text
 * of that name? */
bool tell_can_say(
    const struct work *work, enum channel channel, const char *name);
/* The channel that tell_owner() would take for the text of that name: 1 and
 * *ret, or 0 for none. */
int tell_owner_channel(
    const struct work *work, const char *name, enum channel *ret);
/* Would words of staff in the text of that name reach the owner?  A template
 * says but that there are some. */
bool tell_owner_gets_words(const struct work *work, const char *name);

/* Whoever wrote the message, about no case; by the channel they used. */
out_id tell_sender(struct work *work, const struct tell *tell);

/* Somebody of the register, about no case: may the text of that name go there?
 * Not to who opted out of it (R53), a landline, or over a gateway that sends
 * templates only and has none for it. */
bool tell_may_ask(const struct work *work, const struct owner *owner,
    enum channel channel, const char *name);
out_id tell_resident(struct work *work, const struct owner *owner,
    enum channel channel, const struct tell *tell);

/* A staff member by mail, or by text; the same text is told to one person
 * once in a decision.  NULL, and whom the complaint is about (R9), are told
 * nothing. */
out_id tell_staff(
    struct work *work, const struct staff *staff, const struct tell *tell);
out_id tell_staff_text(
    struct work *work, const struct staff *staff, const struct tell *tell);
/* How long a message to an owner can be taken back (rules.md 5.11). */
msec_t tell_undo_time(const struct work *work);
/* Who wrote the staff message at hand, by the channel they used.  What this
 * decision holds for #undo waits for it, so it comes last. */
void tell_author(struct work *work, const struct tell *tell);
/* Both: alerts. */
void tell_staff_twice(
    struct work *work, const struct staff *staff, const struct tell *tell);
/* Handler and first responder by mail (R17). */
void tell_handlers(struct work *work, const struct tell *tell);

/* Give the first responder (or whoever is above) the task to telephone the
 * owner: recorded as `phone_task'. */
void tell_phone_task(struct work *work, const char *reason_code,
    const char *reason, const char *words);
/* The same, where the owner was told another time than clocks_told_time(). */
void tell_phone_task_by(struct work *work, msec_t by,
    const char *reason_code, const char *reason, const char *words);

/* The files that came with the case go along, to somebody who is new to it. */
void tell_add_case_files(const struct work *work, struct tell *tell);
/* Files of the message at hand that go along, within the limit; the count. */
size_t tell_parts(struct work *work, const struct passed_part **ret);

/* For staff: that the message was not read in full, and why; or NULL. */
const char *tell_cut(const struct work *work);

#endif
