/*
 * One text to all owners of an incident: each case gives it to its own owner,
 * by its own channel, in a decision of its own (R13, R41).
 */
#include "core/limits.h"
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/incident.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "handlers/timer.h"
#include "lib/text.h"

static const char *
text_name(const struct incident_word *word)
{
	return word->kind == WORD_OUTCOME ? "outcome" : "staff_reply";
}

static out_id
tell_word(struct work *work, const struct incident_word *word,
    const struct staff *author)
{
	return tell_owner(work,
	    &(struct tell){ .name = text_name(word),
		.reply = REPLY_OWNER,
		.is_outcome = word->kind == WORD_OUTCOME,
		.is_urgent = work->file.severity == SEVERITY_EMERGENCY,
		.parts = word->parts,
		.part_count = word->part_count,
		.facts = { .words = word->text,
		    .author = author,
		    .photos = (int)word->part_count } });
}

/* It was looked at when it was written; what stands around it may have grown
 * since. */
static enum sentence
why_not_told(const struct work *work, const char *name)
{
	return tell_owner_gets_words(work, name) ? WHY_TOO_LONG
						 : tell_why_no_way(work, name);
}

static void
ask_to_phone(struct work *work, const char *code,
    const struct incident_word *word)
{
	const struct staff *responder = act_first_responder(work);

	tell_phone_task(work, code,
	    sentence(why_not_told(work, text_name(word)),
		responder != NULL ? responder->language
				  : work->estate->language,
		NULL, work->arena),
	    word->text);
}

/* R11: the time that it names binds every case that it goes to. */
static void
keep_promise(struct work *work, const struct incident_word *word)
{
	if (word->promise_at <= work_now(work))
		return;
	act_promise(work, word->author, word->promise_at, word->at, NULL);
}

/* When it was written is what counts (R20), not when it goes. */
static void
has_replied(struct work *work, const struct incident_word *word)
{
	if (work->file.first_reply_at == 0)
		work->file.first_reply_at = word->at;
	clocks_stop(work, TIMER_REPLY);
	clocks_stop(work, TIMER_CALL);
}

static void
give_reply(struct work *work, const struct incident_word *word,
    const struct staff *author)
{
	keep_promise(work, word);
	out_id out = tell_word(work, word, author);

	/* Nobody has heard it: the answer is owed until the call (R20). */
	act_record(work, &(struct event){ .name = out == 0 ? "noted" : "replied",
			     .actor = word->author,
			     .text = word->text,
			     .out = out });
	if (out == 0)
		ask_to_phone(work, "no_address", word);
	else
		has_replied(work, word);
}

static void
give_outcome(struct work *work, const struct incident_word *word,
    const struct staff *author)
{
	struct case_file *file = &work->file;
	const char *handler = text_or(file->handler, word->author);

	/* What nobody has begun is begun and done in one (1.0). */
	if (!case_may_move(file->state, CASE_RESOLVED))
		(void)act_move(work, CASE_IN_PROGRESS,
		    &(struct event){ .name = "taken", .actor = word->author });
	file->handler = handler;
	has_replied(work, word);
	act_resolve(work, word->author, word->text);
	file->outcome_out = tell_word(work, word, author);
	if (file->outcome_out == 0)
		ask_to_phone(work, "feedback", word);
}

static void
give(struct work *work, const struct incident_word *word)
{
	const struct staff *author =
	    config_staff(work->ctx->conf, word->author);

	/* R9: whom the complaint is about does not sign what its owner
	 * reads. */
	if (author != NULL && act_is_subject(&work->file, author))
		author = NULL;
	act_is_handled(work, author);
	if (word->kind == WORD_OUTCOME)
		give_outcome(work, word, author);
	else
		give_reply(work, word, author);
}

void
incident_give_words(struct work *work)
{
	const struct incident_view *view = &work->before->incident;

	for (size_t i = 0; i < view->word_count; i++) {
		const struct incident_word *word = &view->words[i];

		if (!case_is_open(work->file.state))
			return;
		if (word->goes_at > work_now(work)) {
			clocks_set(work, TIMER_INCIDENT, 0, word->goes_at);
			return;
		}
		if (word->id <= work->file.incident_told)
			continue;
		work_keep(work);
		give(work, word);
		work->file.incident_told = word->id;
	}
	/* There may be more than one look brings. */
	if (view->word_count == LIMIT_INCIDENT_WORDS)
		clocks_set(work, TIMER_INCIDENT, 0, work_now(work));
}

void
timer_incident(struct work *work)
{
	if (!case_is_open(work->file.state))
		return;
	if (work->file.incident != 0) {
		incident_align(work);
		incident_give_words(work);
		return;
	}
	if (incident_must_look(work))
		return;
	enum severity before = work->file.severity;
	const struct meeting meeting = incident_meet(work, false);

	if (work->file.severity != before)
		clocks_regrade(work, before);
	incident_announce(work, &meeting);
}
