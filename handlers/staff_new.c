/*
 * #new: a staff member writes down what they were told by phone or in person;
 * they are the first responder, and whoever told it is acknowledged like
 * anybody who writes (R3, R16, rules.md 5.12).
 */
#include "core/told.h"
#include "handlers/act.h"
#include "handlers/cases.h"
#include "handlers/handlers.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "lib/text.h"

static const struct command *
find_new(const struct work *work)
{
	for (size_t i = 0; i < work->commands.count; i++) {
		if (work->commands.list[i].kind == COMMAND_NEW)
			return &work->commands.list[i];
	}
	return NULL;
}

bool
staff_new_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work->staff != NULL &&
	       find_new(work) != NULL;
}

/* What is wrong with it; SENTENCE_COUNT: nothing. */
static enum sentence
mistake_of(struct work *work, const struct told *told)
{
	if (work->commands.count > 1)
		return NO_NEW_ALONE;
	if (told->wrong != NULL)
		return NO_NEW_PHONE;
	if (text_is_empty(told->text))
		return NO_NEW_TEXT;
	if (place_is_empty(&told->place) && place_is_empty(&work->seen.place) &&
	    told->phone == NULL && told->mail == NULL)
		return NO_NEW_PLACE;
	return SENTENCE_COUNT;
}

static void
open_case(struct work *work, const struct told *told)
{
	enum kind kind = work->seen.kind;
	enum channel channel;

	cases_open(
	    work, &(struct matter){
		      .kind = kind_makes_case(kind) ? kind : KIND_INQUIRY,
		      .by = work->staff,
		      .told = told,
		      .text = told->text,
		  });
	/* Words before the command are for colleagues. */
	if (!text_is_empty(work->commands.plain))
		act_record(work, &(struct event){ .name = "noted",
				     .actor = work->staff->id,
				     .text = work->commands.plain });
	const char *lines[] = {
		sentence(SAY_LOGGED, work->staff->language, NULL, work->arena),
		sentence(tell_owner_channel(work, "ack", &channel)
			     ? SAY_LOGGED_TOLD
			     : SAY_LOGGED_UNTOLD,
		    work->staff->language, NULL, work->arena),
	};

	tell_author(work, &(struct tell){ .name = "transcript",
			      .reply = REPLY_INTERNAL,
			      .facts = { .lines = lines,
				  .line_count = ARRAY_COUNT(lines) } });
}

void
staff_new_run(struct work *work)
{
	const struct command *command = find_new(work);
	const char *text = command == NULL ? "" : text_or(command->text, "");
	struct told told;

	if (work->has_case)
		work_leave_case(work);
	if (work->commands.error_count > 0) {
		staff_refuse(
		    work, work->commands.errors, work->commands.error_count);
		return;
	}
	told_read(text, work->estate, work->arena, &told);
	work_understand_words(work, text);
	if (work->failed)
		return;
	enum sentence mistake = mistake_of(work, &told);

	if (mistake == SENTENCE_COUNT) {
		open_case(work, &told);
		return;
	}
	staff_refuse_as(work, mistake, told.wrong);
}
