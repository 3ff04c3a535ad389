/* Which names a template may use: the other half of core/text_data.c. */
#include <string.h>

#include "core/text_data.h"
#include "lib/arena.h"

static const struct {
	const char *use;
	const char *names; /* one space between, none at the ends */
} offers[] = {
	{ "",
	    "estate.name estate.signature estate.duty_phone recipient.name "
	    "reply.to_owner reply.is_note reply.to_asker now" },
	{ "case",
	    "case.number case.serial case.kind case.category case.severity case.state "
	    "case.place case.received case.first_responder case.handler "
	    "case.department case.level case.is_emergency case.is_agitated "
	    "case.is_taken" },
	{ "due",
	    "due.take due.dispatch due.reply due.outcome due.promise due.news" },
	/* In clear where R40 allows it. */
	{ "owner",
	    "owner.name owner.phone owner.mail owner.contact owner.language "
	    "owner.channel" },
	{ "masked",
	    "masked.name masked.phone masked.mail masked.contact masked.place "
	    "masked.text" },
	{ "matter", "matter.subject matter.text" },
	{ "outcome", "outcome" },
	{ "words", "words" },
	{ "author", "author author.name author.title author.department" },
	{ "holder", "holder holder.name holder.title holder.department" },
	{ "at", "at" },
	{ "before", "before" },
	{ "reason", "reason" },
	{ "wanted", "wanted" },
	{ "who", "who" },
	{ "score", "score score_word" },
	{ "count", "count" },
	{ "photos", "photos" },
	{ "lines", "lines ." },
	{ "cases", "cases number state category place reply_by" },
	{ "events", "events time what actor to_level said" },
	{ "ask", "ask_place ask_matter" },
};

/* Is `word' of `len' bytes one of the words in `list'? */
static bool
has_word(const char *list, const char *word, size_t len)
{
	while (*list != '\0') {
		size_t end = strcspn(list, " ");

		if (end == len && memcmp(list, word, len) == 0)
			return true;
		list += end + (list[end] == ' ');
	}
	return false;
}

static bool
is_offered(size_t i, const char *uses)
{
	return offers[i].use[0] == '\0' ||
	    has_word(uses, offers[i].use, strlen(offers[i].use));
}

bool
text_data_offers(const char *name, const char *uses)
{
	for (size_t i = 0; i < ARRAY_COUNT(offers); i++) {
		if (is_offered(i, uses) &&
		    has_word(offers[i].names, name, strlen(name)))
			return true;
	}
	return false;
}

const char *
text_data_allowed(const char *uses, struct arena *arena)
{
	const char *ret = "";

	for (size_t i = 0; i < ARRAY_COUNT(offers); i++) {
		if (is_offered(i, uses))
			ret = arena_printf(arena, "%s%s%s", ret,
			    ret[0] == '\0' ? "" : " ", offers[i].names);
	}
	return ret;
}
