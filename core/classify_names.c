/*
 * The names of the groups of words and of what stands in them.
 */
#include "core/classify_words.h"

#include <stddef.h>

static const char *const kind_subjects[] = { "complaint", "request", "inquiry",
	"suggestion", "praise", NULL };
static const char *const emergency_subjects[] = { [DANGER_GAS_LEAK] =
						      "gas_leak",
	[DANGER_FIRE] = "fire",
	[DANGER_LIFT_TRAP] = "lift_trap",
	[DANGER_BURST] = "burst",
	[DANGER_ELECTRIC_SHOCK] = "electric_shock",
	[DANGER_FALLING] = "falling",
	[DANGER_INJURY] = "injury",
	[DANGER_CRIME] = "crime",
	[DANGER_ANY] = "any",
	NULL };
static const char *const major_subjects[] = { [MAJOR_SUPPLY] = "supply",
	[MAJOR_HARM] = "harm",
	[MAJOR_CLAIM] = "claim",
	[MAJOR_THREAT] = "threat",
	[MAJOR_CONDUCT] = "conduct",
	[MAJOR_THROWN] = "thrown",
	[MAJOR_REPEATED] = "repeated",
	NULL };
static const char *const guard_subjects[] = { [GUARD_NEGATION] = "negation",
	[GUARD_PAST] = "past",
	[GUARD_HYPOTHETICAL] = "hypothetical",
	[GUARD_PROCEDURE] = "procedure",
	[GUARD_THANKS] = "thanks",
	[GUARD_LETTER] = "letter",
	[GUARD_OVER] = "over",
	[GUARD_NOW] = "now",
	[GUARD_STILL] = "still",
	[GUARD_HARMLESS] = "harmless",
	NULL };
static const char *const tone_subjects[] = { [TONE_AGITATED] = "agitated",
	[TONE_HOSTILE] = "hostile",
	[TONE_OWNER_DATA] = "owner_data",
	[TONE_TROUBLE] = "trouble",
	[TONE_STILL] = "still",
	[TONE_COUNT] = NULL };
static const char *const hint_subjects[] = {
	[HINT_DANGER] = "danger", [HINT_CALM] = "calm", NULL
};
static const char *const spam_subjects[] = { "text", NULL };
static const char *const sms_subjects[] = { [SMS_OPTOUT] = "optout",
	[SMS_OPTOUT_RECENT] = "optout_recent",
	[SMS_OPTIN] = "optin",
	[SMS_STATUS] = "status",
	[SMS_WITHDRAW] = "withdraw",
	[SMS_FOLLOWUP] = "followup",
	[SMS_HELP] = "help",
	[SMS_CALLBACK] = "callback",
	[SMS_GREETING] = "greeting",
	[SMS_FIRE] = "fire",
	[SMS_GAS_LEAK] = "gas_leak",
	NULL };
static const char *const rating_subjects[] = { "1", "2", "3", "4", "5", NULL };
static const char *const wording_subjects[] = { [WORDING_PROMISE] = "promise",
	[WORDING_MONEY] = "money",
	[WORDING_SHIRK] = "shirk",
	[WORDING_JUDGEMENT] = "judgement",
	[WORDING_CONTRADICT] = "contradict",
	[WORDING_RUDE] = "rude",
	[WORDING_PRIVACY] = "privacy",
	[WORDING_VAGUE] = "vague",
	[WORDING_STEPS] = "steps",
	[WORDING_UNLESS] = "unless",
	NULL };

static const struct {
	const char *name;
	const char *const *subjects; /* NULL: any code */
} groups[GROUP_COUNT] = {
	[GROUP_KIND] = { "kind", kind_subjects },
	[GROUP_CATEGORY] = { "category", NULL },
	[GROUP_LEAN] = { "lean", kind_subjects },
	[GROUP_EMERGENCY] = { "emergency", emergency_subjects },
	[GROUP_MAJOR] = { "major", major_subjects },
	[GROUP_GUARD] = { "guard", guard_subjects },
	[GROUP_TONE] = { "tone", tone_subjects },
	[GROUP_SPAM] = { "spam", spam_subjects },
	[GROUP_SMS] = { "sms", sms_subjects },
	[GROUP_RATING] = { "rating", rating_subjects },
	[GROUP_WORDING] = { "wording", wording_subjects },
	[GROUP_CONCEPT] = { "concept", NULL },
	[GROUP_HINT] = { "hint", hint_subjects },
};

const char *
emergency_name(int danger)
{
	return emergency_subjects[danger];
}

const char *
wording_rule_name(int subject)
{
	return wording_subjects[subject];
}

const char *
word_group_name(enum word_group group)
{
	return groups[group].name;
}

const char *
word_subject_name(const struct classifier *it, const struct keyword *word)
{
	if (word->group == GROUP_CATEGORY)
		return it->categories[word->subject];
	if (word->group == GROUP_CONCEPT)
		return it->sets[word->subject].text;
	return groups[word->group].subjects[word->subject];
}

const char *const *
word_group_subjects(enum word_group group)
{
	return groups[group].subjects;
}
