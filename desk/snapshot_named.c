/*
 * A staff member answers a mail about no case, and names cases in it
 * (rules.md 5.30): of each, what a mail about it alone would be decided by.
 */
#include "core/commands.h"
#include "core/limits.h"
#include "desk/snapshot_parts.h"
#include "lib/text.h"

static int
load_one(const struct search *s, const char *number, struct snapshot *ret,
    struct err *err)
{
	struct search one = *s;

	/* The sender is the same; the mail that they answer is of no case. */
	*ret = *s->ret;
	ret->match = MATCH_NONE;
	one.ret = ret;
	if (snapshot_find_number(&one, number, err) < 0)
		return -1;
	snapshot_load_texts(&one);
	return snapshot_load_story(&one, err);
}

int
snapshot_load_named(struct search *s, struct err *err)
{
	struct command_section sections[LIMIT_CASES_NAMED + 1];
	struct snapshot *named;
	size_t count;

	if (s->ret->sender.staff == NULL)
		return 0;
	count = commands_sections(
	    &(struct commands_context){ .conf = s->desk->conf,
		.estate = config_estate(s->desk->conf, s->in->estate),
		.now = s->now,
		.channel = s->message->channel },
	    text_or(s->message->own, ""), s->arena, sections,
	    ARRAY_COUNT(sections));
	/* Too many: nothing of it will be done. */
	if (count > ARRAY_COUNT(sections))
		return 0;
	named = arena_array(s->arena, count, sizeof(*named));
	for (size_t i = 1; i < count; i++)
		if (load_one(s, sections[i].number, &named[i - 1], err) < 0)
			return -1;
	s->ret->named = named;
	s->ret->named_count = count - 1;
	return snapshot_load_plans(
	    s->desk, s->in->estate, s->now, s->arena, s->ret, err);
}
