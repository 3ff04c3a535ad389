/*
 * What an owner has with us, and how a text of theirs that names no case finds
 * it: the question that is open with them, the outcome that they answer, the
 * matter that they add to.
 */
#include "core/classify.h"
#include "core/tone.h"
#include "desk/snapshot_parts.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/cases.h"

/* So long a text of ours is answered: as long as one with our question is
 * (rules.md 4.4), and about what is open as long as we were in touch. */
#define OVER_AGE_MAX (48 * MSEC_HOUR)
#define OPEN_AGE_MAX (7 * MSEC_DAY)

/* ---- what this address has with us ---- */

/* Who asks how it goes is told of it, though it is open no more. */
static int
load_answered_case(struct search *s, struct err *err)
{
	struct store *store = s->desk->store;
	msec_t age = s->desk->conf->rules.reopen_days * MSEC_DAY;
	struct case_file *file = arena_alloc(s->arena, sizeof(*file));
	case_id id = 0;
	int known = case_outcome_to(
	    store, s->in->estate, s->address, s->now - age, &id, err);

	if (known > 0)
		known = case_load(store, id, s->arena, file, err);
	if (known > 0)
		s->ret->answered_case = case_brief_of(file);
	return known < 0 ? -1 : 0;
}

int
snapshot_load_open_cases(struct search *s, struct err *err)
{
	struct store *store = s->desk->store;
	struct snapshot *ret = s->ret;
	int count = case_open_of(store, s->in->estate, s->address, s->arena,
	    ret->open_cases, (int)ARRAY_COUNT(ret->open_cases), err);

	if (count < 0)
		return -1;
	ret->open_case_count = (size_t)count;
	/* By mail only surveys end (rules.md 5.7). */
	if (s->message->channel == CHANNEL_MAIL)
		return 0;
	if (count == 0 && load_answered_case(s, err) < 0)
		return -1;
	count = case_open_of(store, NULL, s->address, s->arena,
	    ret->open_anywhere, (int)ARRAY_COUNT(ret->open_anywhere), err);
	ret->open_anywhere_count = count < 0 ? 0 : (size_t)count;
	return count < 0 ? -1 : 0;
}

/* ---- which of it a text is about ---- */

/* An outcome lets its owner speak up: what says that it is not fixed, or that
 * it is, is an answer to it (R39, rules.md 5.23). */
static int
by_outcome(struct search *s, struct err *err)
{
	const char *own = text_or(s->message->own, "");
	msec_t age = s->desk->conf->rules.reopen_days * MSEC_DAY;
	case_id id = 0;
	int known;

	if (!tone_is_not_fixed(own, s->arena) &&
	    !tone_is_satisfied(own, s->arena))
		return 0;
	known = case_outcome_to(s->desk->store, s->in->estate, s->address,
	    s->now - age, &id, err);
	return known <= 0 ? known
			  : snapshot_adopt(s, id, MATCH_OPEN_PHONE, err);
}

/* Who is in danger speaks of that; others of the matter of which they last had a
 * text of ours, or of the one that is open. */
static int
find_conversation(struct search *s, case_id *ret, struct err *err)
{
	struct store *store = s->desk->store;
	msec_t since = s->now - OPEN_AGE_MAX;
	int known = case_recent_of(store, s->in->estate, s->address, since,
	    severity_name(SEVERITY_EMERGENCY), ret, err);

	if (known == 0)
		known = case_last_texted(store, s->in->estate, s->address,
		    since, s->now - OVER_AGE_MAX, ret, err);
	if (known == 0 && s->ret->open_case_count == 1) {
		*ret = s->ret->open_cases[0].id;
		return 1;
	}
	return known;
}

static bool
adds_to(const struct search *s, const struct case_file *file)
{
	/* Asked for it or not, that is where it is. */
	if (place_is_empty(&file->place) && snapshot_is_bare_place(s))
		return true;
	return classify_is_addition(s->desk->conf->classifier,
		   text_or(s->message->own, ""), file->category, s->arena) &&
	       !snapshot_names_other_place(s, &file->place);
}

/* "To add anything please reply": what brings no matter of its own is about the
 * one that they were written to of, unless we asked them something else. */
static int
by_conversation(struct search *s, struct err *err)
{
	const struct snapshot *ret = s->ret;
	struct case_file file = { 0 };
	case_id id = 0;
	int known;

	if (ret->survey.id != 0)
		return 0;
	known = find_conversation(s, &id, err);
	if (known > 0)
		known = case_load(s->desk->store, id, s->arena, &file, err);
	if (known <= 0)
		return known;
	if (!adds_to(s, &file))
		return 0;
	if (snapshot_load_home_visit(s, err) < 0)
		return -1;
	return ret->home_visit.id != 0
		   ? 0
		   : snapshot_adopt(s, id, MATCH_OPEN_PHONE, err);
}

/* "撤回" alone means the one case that they have, and of several none is sure;
 * "Y" answers whether they mean it, whatever they said since. */
static int
by_withdrawal(struct search *s, bool *ret_is_one, struct err *err)
{
	const char *own = text_or(s->message->own, "");
	case_id id = 0;
	int known = 0;

	*ret_is_one =
	    classify_withdraws(s->desk->conf->classifier, own, s->arena);
	if (*ret_is_one && s->ret->open_case_count == 1)
		return snapshot_adopt(
		    s, s->ret->open_cases[0].id, MATCH_OPEN_PHONE, err);
	if (tone_confirms_withdrawal(own, s->arena) ||
	    tone_is_no(own, s->arena))
		known = case_open_withdrawal(s->desk->store, s->address,
		    s->now - OVER_AGE_MAX, &id, err);
	return known <= 0 ? known
			  : snapshot_adopt(s, id, MATCH_OPEN_PHONE, err);
}

int
snapshot_find_owner(struct search *s, struct err *err)
{
	case_id id = 0;
	bool is_withdrawal;
	int known;

	if (by_withdrawal(s, &is_withdrawal, err) < 0)
		return -1;
	if (is_withdrawal || s->ret->has_case)
		return 0;
	known = snapshot_find_addition(s, &id, err);
	if (known < 0)
		return -1;
	if (known == 0)
		id = s->ret->pending_rating != 0 ? s->ret->pending_rating
						 : s->ret->open_question;
	if (id != 0)
		return snapshot_adopt(s, id, MATCH_OPEN_PHONE, err);
	if (by_outcome(s, err) < 0)
		return -1;
	return s->ret->has_case ? 0 : by_conversation(s, err);
}
