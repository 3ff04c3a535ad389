#include "core/survey.h"

#include "core/zone.h"
#include "lib/arena.h"
#include "lib/digest.h"
#include "lib/text.h"

#include <string.h>

enum { LOW_SCORE = 2, GOOD_SCORE = 4, PERCENT = 100, SEED_BYTES = 256 };

uint64_t
survey_rank(const char *seed, const char *key)
{
	uint8_t hash[SHA256_BYTES];
	uint64_t ret = 0;

	digest_hmac_sha256(seed, strlen(seed), key, strlen(key), hash);
	for (size_t i = 0; i < sizeof(ret); i++)
		ret = ret << 8 | hash[i];
	return ret;
}

unsigned
survey_draw(const struct rules *rules, const char *number)
{
	return (unsigned)(survey_rank(rules->sample_seed, number) % PERCENT);
}

bool
survey_is_low(int score)
{
	return score > 0 && score <= LOW_SCORE;
}

enum visit
survey_visit(const struct rules *rules, const struct case_file *file)
{
	if (file->severity == SEVERITY_EMERGENCY || survey_is_low(file->rating))
		return VISIT_CALL;
	if (file->kind == KIND_INQUIRY || file->kind == KIND_SUGGESTION ||
	    file->kind == KIND_PRAISE)
		return VISIT_NONE;
	if (file->kind != KIND_REQUEST || file->severity == SEVERITY_MAJOR ||
	    survey_draw(rules, file->number) < rules->followup_repair_percent)
		return VISIT_ASK;
	return VISIT_NONE;
}

bool
survey_asks_rating(const struct case_file *file)
{
	return file->visit == VISIT_ASK ||
	       (file->visit == VISIT_NONE && file->kind == KIND_REQUEST);
}

/* ---- what stands beside a score ---- */

static bool
has_one_of(const char *text, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strstr(text, *words) != NULL)
			return true;
	return false;
}

/* The score itself: "5", "５分", "4星", "A". */
static const char *
skip_score(const char *text)
{
	static const char *const marks[] = { "１", "２", "３", "４", "５", "分",
		"星", "，", "。", "、", "：", "！", NULL };
	bool goes_on = true;

	while (goes_on) {
		goes_on = false;
		text += strspn(text, " \t\r\n,.;:!12345");
		for (const char *const *mark = marks; *mark != NULL; mark++) {
			if (!text_starts(text, *mark))
				continue;
			text += strlen(*mark);
			goes_on = true;
		}
	}
	return text;
}

bool
survey_asks_more(const char *text, int score, const char **ret_rest)
{
	/* Who is content and names what was done well wants nothing; these
	 * turn the sentence. */
	static const char *const turns[] = { "但", "就是", "不过", "可是",
		"只是", "另外", "还有", "希望", "建议", "请", "麻烦", "吗",
		"坏", "漏", "堵", "?", "？", " but ", "but ", "however",
		"also ", "please", "could you", "can you", NULL };

	*ret_rest = skip_score(text_or(text, ""));
	if (**ret_rest == '\0')
		return false;
	return score < GOOD_SCORE || has_one_of(*ret_rest, turns);
}

/* ---- the monthly sample ---- */

size_t
survey_want(const struct rules *rules, int64_t households)
{
	int64_t want =
	    (households * rules->survey_percent + PERCENT - 1) / PERCENT;

	if (want < rules->survey_min)
		want = rules->survey_min;
	if (want > households)
		want = households;
	return want < SURVEY_WANT_MAX ? (size_t)want : SURVEY_WANT_MAX;
}

const char *
survey_seed(const struct rules *rules, const struct estate *estate, msec_t at,
    struct arena *arena)
{
	struct local_time day = zone_local(estate->zone, at);

	return arena_printf(arena, "%s/%s/%04d-%02d", rules->sample_seed,
	    estate->id, day.year, day.month);
}

const char *
survey_scope(const struct rules *rules, const struct estate *estate, msec_t at)
{
	struct local_time day = zone_local(estate->zone, at);
	size_t count = 0;

	while (rules->survey_scopes[count] != NULL)
		count++;
	if (count == 0)
		return SURVEY_GENERAL;
	return rules
	    ->survey_scopes[(size_t)(day.year * 12 + day.month - 1) % count];
}

bool
survey_pick_wants(const struct survey_pick *pick, uint64_t rank)
{
	return pick->count < pick->want ||
	       (pick->want > 0 && rank < pick->list[pick->count - 1].rank);
}

void
survey_pick_take(struct survey_pick *pick, uint64_t rank, int64_t owner)
{
	size_t at;

	if (!survey_pick_wants(pick, rank))
		return;
	if (pick->count < pick->want)
		pick->count++;
	/* In order, the highest last: it is the first to go. */
	for (at = pick->count - 1; at > 0 && pick->list[at - 1].rank > rank;
	     at--)
		pick->list[at] = pick->list[at - 1];
	pick->list[at] = (struct survey_picked){ rank, owner };
}
