/*
 * Texts that add to what was just told: people in danger write in short texts,
 * one after another (rules.md 5.1).
 */
#include "core/commands.h"
#include "core/place.h"
#include "core/tone.h"
#include "core/unicode.h"
#include "desk/snapshot_parts.h"
#include "lib/text.h"
#include "store/cases.h"

#include <string.h>

enum { PLACES_MAX = 8 };

/* A room whose building is not named is one of the emergency's building. */
static bool
find_agrees(const struct place_find *find, const struct place *place)
{
	struct place said = find->place;

	if (find->leans_on_home && !find->is_senders)
		said.building = said.unit = NULL;
	return place_agrees(&said, place);
}

static size_t
find_places(const struct search *s, struct place_find *ret)
{
	const struct estate *estate =
	    config_estate(s->desk->conf, s->in->estate);
	const struct owner *owner = &s->ret->sender.owner;
	const struct place_hints hints = {
		.estate_has_units = estate == NULL || estate->has_units,
		.home = owner->id != 0 ? &owner->home : NULL,
		.areas = estate == NULL ? NULL : estate->areas,
		.words = estate == NULL ? NULL : estate->place_words,
	};

	return place_find_all(text_or(s->message->own, ""), &hints, s->arena,
	    ret, PLACES_MAX);
}

/* Several places, one of them that of the case: it tells of that one. */
bool
snapshot_names_other_place(const struct search *s, const struct place *place)
{
	struct place_find finds[PLACES_MAX];
	size_t count = find_places(s, finds);

	for (size_t i = 0; i < count; i++)
		if (find_agrees(&finds[i], place))
			return false;
	return count > 0;
}

bool
snapshot_is_bare_place(const struct search *s)
{
	struct place_find finds[PLACES_MAX];
	const char *own = unicode_nfkc(
	    text_or(s->message->own, ""), false, s->arena);

	return own[strspn(own, "0123456789-#/ ")] == '\0' &&
	       !tone_is_number(own, s->arena) && find_places(s, finds) > 0;
}

static int
adds_to_emergency(struct search *s, case_id *ret, struct err *err)
{
	struct case_file file = { 0 };
	int known = case_recent_of(s->desk->store, s->in->estate, s->address,
	    s->now - ADDITION_AGE_MAX, severity_name(SEVERITY_EMERGENCY), ret,
	    err);

	if (known > 0)
		known =
		    case_load(s->desk->store, *ret, s->arena, &file, err);
	if (known > 0 && snapshot_names_other_place(s, &file.place))
		known = 0;
	return known;
}

int
snapshot_staff_are_in_danger(struct search *s, struct err *err)
{
	const char *own = text_or(s->message->own, "");
	const struct commands_context context = {
		.conf = s->desk->conf,
		.estate = config_estate(s->desk->conf, s->in->estate),
		.now = s->now,
		.channel = s->message->channel,
	};
	struct commands commands;
	enum command_kind begun;
	case_id id;
	int known = adds_to_emergency(s, &id, err);

	if (known <= 0 || tone_takes_alert(own, s->arena) ||
	    tone_is_number(own, s->arena))
		return known < 0 ? -1 : 0;
	commands_parse(&context, own, s->arena, &commands);
	return commands.count == 0 && commands.error_count == 0 &&
	       !commands_begin(&context, own, s->arena, &begun);
}

int
snapshot_find_addition(struct search *s, case_id *ret, struct err *err)
{
	int known;

	/* A lone number rates, or says nothing. */
	if (tone_is_number(text_or(s->message->own, ""), s->arena))
		return 0;
	known = adds_to_emergency(s, ret, err);
	if (known == 0 && s->message->is_rest)
		known = case_recent_of(s->desk->store, s->in->estate,
		    s->address, s->now - ADDITION_AGE_MAX, NULL, ret, err);
	return known;
}
