/*
 * A staff member answers a mail of ours that is about no case: a summary, a
 * list, a note (rules.md 4.3, 5.30).  What they say of cases that they name is
 * done like in answers to mails of those cases; the rest goes to whoever
 * chairs the weekly meeting.  All of it, or nothing.
 */
#include "core/limits.h"
#include "core/text_data.h"
#include "core/tone.h"
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/orders.h"
#include "handlers/plan.h"
#include "handlers/tell.h"
#include "lib/arena.h"
#include "lib/text.h"

enum { LINES_MAX = 2 * LIMIT_COMMANDS };

struct digest {
	struct work *work;
	struct command_section sections[LIMIT_CASES_NAMED + 1];
	size_t count;         /* of sections; the first is of no case */
	struct orders orders; /* of no case */
	const char *lines[LINES_MAX];
	size_t line_count;
	bool is_refused;
};

bool
digest_matches(const struct work *work)
{
	return staff_writes_mail(work) &&
	       snapshot_answers_list(work->before);
}

/* ---- what its author is told ---- */

static void
say(struct digest *digest, const char *line)
{
	if (digest->line_count < LINES_MAX)
		digest->lines[digest->line_count++] = line;
}

static void
say_of(struct digest *digest, const char *number, const char *line)
{
	say(digest, number == NULL ? line
				   : arena_printf(digest->work->arena, "%s: %s",
					 number, line));
}

static const char *
sentence_of(const struct digest *digest, enum sentence which, const char *arg)
{
	return sentence(
	    which, digest->work->staff->language, arg, digest->work->arena);
}

/* The lines of one section.  Once anything is refused, only mistakes are
 * told. */
static void
tell_section(
    struct digest *digest, const char *number, const struct orders *orders)
{
	bool is_refused = orders->refused_count > 0;

	if (is_refused && !digest->is_refused)
		digest->line_count = 0;
	digest->is_refused |= is_refused;
	for (size_t i = 0; i < orders->refused_count; i++)
		say_of(digest, number, orders->refused[i]);
	for (size_t i = 0; i < orders->done_count && !digest->is_refused; i++)
		say_of(digest, number, orders->done[i]);
	if (digest->is_refused || orders->goes_out == NULL)
		return;
	say_of(digest, number,
	    sentence_of(digest, SAY_WORDS_OUT, orders->goes_out));
	if (orders->is_held)
		say_of(digest, number,
		    sentence_of(digest, SAY_UNDO_BY_NUMBER,
			arena_printf(digest->work->arena, "%u",
			    digest->work->ctx->conf->undo_seconds)));
}

/* ---- one case ---- */

/* Whoever works on it reads what was written on it from above; the name of
 * the first of them. */
static const char *
pass_note(struct orders *orders, const char *words)
{
	struct work *work = orders->work;
	const struct staff *handler = act_handler(work);
	const struct staff *who[] = {
		handler != NULL ? handler : act_head(work), act_responder(work)
	};
	const char *name = NULL;

	for (size_t i = 0; i < ARRAY_COUNT(who); i++) {
		if (who[i] == NULL || text_eq(who[i]->id, orders->staff->id))
			continue;
		if (tell_staff(work, who[i],
			&(struct tell){ .name = "noted",
			    .reply = REPLY_INTERNAL,
			    .facts = { .words = words,
				.author = orders->staff } }) != 0 &&
		    name == NULL)
			name = orders_staff_word(orders, who[i]);
	}
	return name;
}

/* A note from a list is meant for those who work on it. */
static void
pass_notes(struct orders *orders)
{
	const struct commands *commands = &orders->work->commands;
	const char *words = commands->plain, *name;

	for (size_t i = 0; words == NULL && i < commands->count; i++)
		if (commands->list[i].kind == COMMAND_NOTE)
			words = commands->list[i].text;
	if (words == NULL || orders->refused_count > 0)
		return;
	name = pass_note(orders, words);
	if (name != NULL)
		orders_done(orders, SAY_PASSED_ON, name);
}

/* `work' as if the mail were about that case alone. */
static void
enter_case(struct work *sub, const struct digest *digest, size_t section)
{
	static const struct snapshot none;
	const struct snapshot *before = digest->work->before;
	const struct snapshot *named = section <= before->named_count
					   ? &before->named[section - 1]
					   : &none;

	*sub = *digest->work;
	sub->before = named;
	sub->file = named->the_case;
	sub->has_case = named->has_case;
	sub->owner_is_unconfirmed = named->owner_is_unconfirmed;
	sub->incident = named->incident.it;
	sub->is_kept = false;
}

static struct commands_context
context_of(const struct work *work)
{
	return (struct commands_context){ .conf = work->ctx->conf,
		.estate = work->estate,
		.now = work_now(work),
		.channel = CHANNEL_MAIL,
		.language = work->staff->language,
		.sender = work->staff->id,
		.pin = &work->before->sender.pin };
}

static void
parse(struct work *work, const char *own, struct commands *ret)
{
	const struct commands_context context = context_of(work);

	commands_parse(&context, own, work->arena, ret);
}

/* Whose file would a file of the mail be?  It goes to no owner. */
static void
leave_files(struct work *sub)
{
	struct message *message = arena_alloc(sub->arena, sizeof(*message));
	struct input *in = arena_alloc(sub->arena, sizeof(*in));

	*message = *sub->in->message;
	message->attachment_count = 0;
	*in = *sub->in;
	in->message = message;
	sub->in = in;
}

/* Merging looks at a second case, which this mail has no place for. */
static bool
has_merge(const struct work *work)
{
	for (size_t i = 0; i < work->commands.count; i++)
		if (work->commands.list[i].kind == COMMAND_MERGE)
			return true;
	return false;
}

static void
run_section(struct digest *digest, size_t section)
{
	struct work *work = digest->work;
	struct work sub;
	struct orders orders = { .work = &sub,
		.staff = work->staff,
		.has_pin = work->commands.pin != NULL };

	enter_case(&sub, digest, section);
	parse(work, digest->sections[section].own, &sub.commands);
	if (digest->count > 2)
		leave_files(&sub);
	/* R9: in the same words as one that there is not. */
	if (!sub.has_case || !staff_may_see(&sub))
		orders_refuse(&orders, NO_FOUND, NULL);
	else if (has_merge(&sub))
		orders_refuse(&orders, NO_IN_DIGEST,
		    command_word(COMMAND_MERGE, work->staff->language));
	else
		orders_try(&orders);
	if (!sub.failed)
		pass_notes(&orders);
	work_settle(&sub);
	work->failed |= sub.failed;
	work->next_out = sub.next_out;
	work->next_case = sub.next_case;
	tell_section(digest, digest->sections[section].number, &orders);
}

/* ---- of no case ---- */

static void
tell_chair(struct digest *digest, const char *words)
{
	struct work *work = digest->work;
	const struct staff *chair = act_level(work, LEVEL_CHAIR);

	if (chair == NULL || text_eq(chair->id, work->staff->id)) {
		orders_done(&digest->orders, SAY_CHAIR_SELF, NULL);
		return;
	}
	(void)tell_staff(work, chair,
	    &(struct tell){ .name = "chair_note",
		.facts = { .author = work->staff,
		    .who = work->staff->mail,
		    .reason = work->before->answered.subject,
		    .words = words } });
	orders_done(&digest->orders, SAY_TO_CHAIR,
	    orders_staff_word(&digest->orders, chair));
}

/* What is about no case.  Nothing of it is tried when it was not understood. */
static void
run_own_order(struct orders *orders, const struct command *command)
{
	static void (*const own[COMMAND_KIND_COUNT])(
	    struct orders *orders, const struct command *command) = {
		[COMMAND_PLAN] = plan_make,
		[COMMAND_DONE] = plan_finish,
		[COMMAND_ABSENT] = plan_excuse,
	};

	if (own[command->kind] == NULL)
		orders_refuse(orders, NO_NUMBER,
		    command_word(command->kind, orders_language(orders)));
	else if (orders->work->commands.error_count == 0)
		own[command->kind](orders, command);
}

/* Each of its notices is of a case; the chair has no part in them. */
static bool
answers_bundle(const struct digest *digest)
{
	return snapshot_answers(digest->work->before, REPLY_BUNDLE);
}

static void
run_own(struct digest *digest)
{
	struct orders *orders = &digest->orders;
	struct commands *commands = &digest->work->commands;

	parse(digest->work, digest->sections[0].own, commands);
	for (size_t i = 0; i < commands->error_count; i++)
		orders_refuse_words(
		    orders, commands->error_lines[i], commands->errors[i]);
	for (size_t i = 0; i < commands->count; i++)
		run_own_order(orders, &commands->list[i]);
	if (!text_is_empty(commands->plain) && answers_bundle(digest))
		orders_refuse(orders, NO_CASE_IN_BUNDLE, NULL);
	else if (!text_is_empty(commands->plain))
		tell_chair(digest, commands->plain);
	else if (digest->count == 1 && commands->count == 0 &&
		 commands->error_count == 0)
		orders_refuse(orders, NO_EMPTY, NULL);
	tell_section(digest, NULL, orders);
}

/* ---- the whole ---- */

static void
finish(struct digest *digest)
{
	struct work *work = digest->work;

	plan_tell(work);
	if (digest->count == 1)
		work_bin(work, "handled", "digest");
	if (digest->count > 2 && work->in->message->attachment_count > 0)
		say(digest, sentence_of(digest, SAY_NO_FILES, NULL));
	tell_author(work, &(struct tell){ .name = "transcript",
			      .facts = { .lines = digest->lines,
				  .line_count = digest->line_count } });
}

static void
run(struct digest *digest)
{
	struct work *work = digest->work;
	const struct work before = *work;
	size_t count = work->out->count;

	for (size_t i = 1; i < digest->count; i++)
		run_section(digest, i);
	run_own(digest);
	if (work->failed)
		return;
	if (!digest->is_refused) {
		finish(digest);
		return;
	}
	*work = before;
	work->out->count = count;
	staff_refuse(work, digest->lines, digest->line_count);
}

void
digest_run(struct work *work)
{
	struct digest digest = { .work = work,
		.orders = { .work = work, .staff = work->staff } };
	const struct commands_context context = context_of(work);
	const char *own = text_or(work->in->message->own, "");

	if (tone_is_thanks(own, work->arena)) {
		work_bin(work, "handled", "thanks");
		return;
	}
	digest.count = commands_sections(&context, own, work->arena,
	    digest.sections, ARRAY_COUNT(digest.sections));
	if (digest.count <= ARRAY_COUNT(digest.sections)) {
		run(&digest);
		return;
	}
	staff_refuse_as(work, NO_SO_MANY_CASES,
	    arena_printf(work->arena, "%d", LIMIT_CASES_NAMED));
}
