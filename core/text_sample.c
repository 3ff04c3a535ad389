#include "core/text_sample.h"

#include <string.h>

#include "core/language.h"
#include "core/survey.h"
#include "core/text_list.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"

/* What people write. */
enum sample {
	SAMPLE_OWNER,
	SAMPLE_REPORT,
	SAMPLE_ANSWER,
	SAMPLE_REASON,
	SAMPLE_LINE,
};
static const char *const samples[][LANGUAGE_COUNT] = {
	[SAMPLE_OWNER] = { "欧阳晓明", "Alexandra Johnson" },
	[SAMPLE_REPORT] = { "厨房水管漏水，已流到客厅，请尽快派人来看看。",
	    "The kitchen pipe leaks into the living room, please send "
	    "somebody." },
	[SAMPLE_ANSWER] = { "已更换厨房下水弯头和密封垫，试水三十分钟未再漏水。",
	    "The kitchen drain and its seal were replaced and tested for "
	    "half an hour, no more leak." },
	[SAMPLE_REASON] = { "需等待厂家配件", "a part has to be ordered" },
	[SAMPLE_LINE] = { "已发给业主:+86139****9001",
	    "Sent to the owner: +86139****9001" },
};

enum { STATUS_CASES = 3 }; /* rules.md 4.4 */

/* 2026-11-23T09:00:00+08:00: day and month have two digits. */
static const msec_t sample_now = INT64_C(1795395600000);

static const char *
said(enum sample which, enum language language)
{
	return samples[which][language == LANGUAGE_ZH ? LANGUAGE_ZH
						      : LANGUAGE_EN];
}

static size_t
shown_length(enum language language, const char *name, const char *name_en)
{
	const char *shown =
	    language == LANGUAGE_ZH ? name : text_or(name_en, name);

	return shown == NULL ? 0 : strlen(shown);
}

/* Owners read titles, staff read names (R3). */
static const struct staff *
longest_staff(const struct config *conf, const struct estate *estate,
    enum language language, bool by_title)
{
	const struct staff *ret = NULL;
	size_t most = 0;

	for (size_t i = 0; i < conf->staff_count; i++) {
		const struct staff *staff = &conf->staff[i];
		size_t length = by_title
		    ? shown_length(language, staff->title, staff->title_en)
		    : shown_length(language, staff->name, staff->name_en);

		if (!staff_serves(staff, estate) || length <= most)
			continue;
		most = length;
		ret = staff;
	}
	return ret;
}

static const char *
longest_category(const struct estate *estate, enum language language)
{
	const char *ret = NULL;
	size_t most = 0;

	for (size_t i = 0; i < estate->category_count; i++) {
		const struct category *category = &estate->categories[i];
		size_t length = shown_length(
		    language, category->name, category->name_en);

		if (length <= most)
			continue;
		most = length;
		ret = category->code;
	}
	return ret;
}

static struct case_file *
sample_case(const struct config *conf, const struct estate *estate,
    enum language language, struct arena *arena)
{
	const msec_t now = sample_now;
	const struct staff *titled =
	    longest_staff(conf, estate, language, true);
	const char *titled_id = titled == NULL ? NULL : titled->id;
	struct case_file *file = arena_alloc(arena, sizeof(*file));

	*file = (struct case_file){
		.id = 1,
		.number = "T261123-0007",
		.estate = estate->id,
		.state = CASE_IN_PROGRESS,
		.kind = KIND_COMPLAINT,
		.category = longest_category(estate, language),
		.severity = SEVERITY_NORMAL,
		.channel = CHANNEL_SMS,
		.language = language,
		.mail = "owner@owner.example",
		.phone = "+8613900139001",
		.owner_name = said(SAMPLE_OWNER, language),
		.place = { .building = "12", .room = "1801" },
		.text = said(SAMPLE_REPORT, language),
		.outcome = said(SAMPLE_ANSWER, language),
		.first_responder = titled_id,
		.handler = titled_id,
		.level = 2,
		.received_at = now,
		.acknowledged_at = now,
		.take_due = now + MSEC_HOUR,
		.reply_due = now + MSEC_DAY,
		.outcome_due = now + 3 * MSEC_DAY,
	};
	if (estate->has_units)
		file->place.unit = "2";
	return file;
}

static const struct case_brief *
sample_briefs(const struct case_file *file, struct arena *arena)
{
	struct case_brief *list =
	    arena_array(arena, STATUS_CASES, sizeof(*list));

	for (size_t i = 0; i < STATUS_CASES; i++)
		list[i] = (struct case_brief){
			.number = file->number,
			.state = file->state,
			.category = file->category,
			.place = file->place,
			.reply_due = file->reply_due,
		};
	return list;
}

/* Of several households, with a word to all. */
static void
add_incident(struct text_facts *facts, struct arena *arena)
{
	const struct case_file *file = facts->the_case;
	struct incident *incident = arena_alloc(arena, sizeof(*incident));
	struct incident_word *word = arena_alloc(arena, sizeof(*word));

	*incident = (struct incident){
		.id = 1,
		.number = file->number,
		.estate = file->estate,
		.category = file->category,
		.place = { .building = file->place.building },
		.is_open = true,
		.is_taken = true,
		.handler = file->handler,
	};
	*word = (struct incident_word){
		.id = 1,
		.incident = 1,
		.author = file->handler,
		.text = facts->words,
		.at = facts->now,
		.goes_at = facts->now,
	};
	facts->incident = incident;
	facts->incident_word = word;
}

struct text_facts
text_sample(const struct config *conf, const struct estate *estate,
    const char *name, enum language language, struct arena *arena)
{
	const struct case_file *file =
	    sample_case(conf, estate, language, arena);
	const char **line = arena_array(arena, 1, sizeof(*line));
	const struct staff *titled = config_staff(conf, file->first_responder);
	struct text_facts facts = {
		.conf = conf,
		.estate = estate,
		.language = language,
		.channel = CHANNEL_SMS,
		.now = sample_now,
		.to_name = file->owner_name,
		.reply = REPLY_INTERNAL,
		.the_case = file,
		.words = said(SAMPLE_ANSWER, language),
		.author = titled,
		.holder = titled,
		.at = file->reply_due,
		.before = file->take_due,
		.reason = said(SAMPLE_REASON, language),
		.wanted = TIMER_REPLY,
		.other = file->number,
		.scope = SURVEY_REPAIR,
		.photos = 2,
		.lines = line,
		.line_count = 1,
		.cases = sample_briefs(file, arena),
		.case_count = STATUS_CASES,
		.asks_place = true,
		.asks_matter = true,
	};

	*line = said(SAMPLE_LINE, language);
	add_incident(&facts, arena);
	if (!text_is_for_owner(name)) {
		facts.to_staff = longest_staff(conf, estate, language, false);
		facts.to_name = NULL;
		facts.author = facts.holder = facts.to_staff;
	}
	return facts;
}
