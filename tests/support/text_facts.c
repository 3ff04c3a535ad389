#include "tests/support/text_facts.h"

#include "core/opinion.h"
#include "core/zone.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "tests/support/zones.h"

static struct staff staff[] = {
	{ .id = "lin", .estate = "sunshine", .name = "林晓",
	    .name_en = "Lin Xiao", .title = "客服林女士",
	    .title_en = "Ms Lin, customer service", .level = 1 },
	{ .id = "zhou", .estate = "sunshine", .name = "周敏",
	    .name_en = "Zhou Min", .title = "客服周女士",
	    .title_en = "Ms Zhou, customer service", .level = 1 },
	{ .id = "chen", .estate = "sunshine", .name = "陈立",
	    .name_en = "Chen Li", .title = "客服主管陈先生",
	    .title_en = "Mr Chen, supervisor", .level = 2 },
	{ .id = "sun", .estate = "sunshine", .name = "孙强",
	    .name_en = "Sun Qiang", .title = "工程部孙先生",
	    .title_en = "Mr Sun, engineering", .department = "engineering",
	    .is_head = true },
	{ .id = "li", .estate = "sunshine", .name = "李明",
	    .name_en = "Li Ming", .title = "工程部李先生",
	    .title_en = "Mr Li, engineering", .department = "engineering" },
	{ .id = "qian", .estate = "sunshine", .name = "钱芳",
	    .name_en = "Qian Fang", .title = "环境部钱女士",
	    .title_en = "Ms Qian, environment", .department = "environment",
	    .is_head = true },
	{ .id = "moon", .estate = "moon", .name = "月", .name_en = "Yue",
	    .title = "主管", .title_en = "supervisor", .level = 2 },
};

static struct department departments[] = {
	{ "engineering", "工程部", "engineering" },
	{ "environment", "环境部", "cleaning & greening" },
};

static struct category categories[] = {
	{ "plumbing", "给排水", "plumbing", "engineering", false },
	{ "other", "其他", "other", "engineering", false },
};

static struct estate estate = {
	.id = "sunshine",
	.name = "阳光花园",
	.name_en = "Sunshine Garden",
	.signature = "阳光物业",
	.signature_en = "Sunshine PM",
	.duty_phone = "0531-00000000",
	.departments = departments,
	.department_count = ARRAY_COUNT(departments),
	.categories = categories,
	.category_count = ARRAY_COUNT(categories),
};

static struct config conf = {
	.staff = staff,
	.staff_count = ARRAY_COUNT(staff),
	.estates = &estate,
	.estate_count = 1,
};

/* 2026-11-23T09:00:00+08:00 */
static const msec_t now = INT64_C(1795395600000);

static struct case_file the_case = {
	.id = 7,
	.number = "T261123-0007",
	.estate = "sunshine",
	.state = CASE_ASSIGNED,
	.kind = KIND_COMPLAINT,
	.category = "plumbing",
	.severity = SEVERITY_NORMAL,
	.agitated = true,
	.channel = CHANNEL_MAIL,
	.mail = "wang@owner.example",
	.phone = "+8613900139001",
	.owner_name = "王芳",
	.place = { .building = "3", .unit = "2", .room = "501" },
	.subject = "厨房漏水",
	.text = "厨房水管漏水，请来看看，电话13900139001",
	.first_responder = "lin",
	.handler = "li",
	.department = "engineering",
	.level = 1,
	.received_at = INT64_C(1795395600000),
	.acknowledged_at = INT64_C(1795395600000),
	.outcome = "已更换厨房下水弯头并试水，未再漏。",
};

/* Begun by the case of another household. */
static const struct incident incident = {
	.id = 2,
	.number = "T261123-0001",
	.estate = "sunshine",
	.category = "plumbing",
	.place = { .building = "3" },
	.is_open = true,
	.is_taken = true,
	.handler = "sun",
	.department = "engineering",
};

static struct incident_word incident_word = {
	.id = 1,
	.incident = 2,
	.author = "sun",
	.at = INT64_C(1795395600000),
	.goes_at = INT64_C(1795395600000),
};

static const struct case_brief briefs[] = {
	{ .number = "T261123-0007", .state = CASE_ASSIGNED,
	    .category = "plumbing",
	    .place = { .building = "3", .unit = "2", .room = "501" },
	    .reply_due = INT64_C(1795512600000) },
	{ .number = "T261120-0002", .state = CASE_FED_BACK,
	    .category = "other" },
};

static const struct snapshot_event events[] = {
	{ .at = INT64_C(1795395600000), .name = "created", .actor = "owner" },
	{ .at = INT64_C(1795395660000),
	    .name = "noted",
	    .actor = "lin",
	    .text = "已联系" },
	{ .at = INT64_C(1795399200000),
	    .name = "escalated",
	    .actor = "desk",
	    .level = 2 },
};

/* A day on which one case came and the same is late. */
static const struct round_view one_day = {
	.fresh = { .list = &the_case, .count = 1, .total = 1 },
	.late = { .list = &the_case, .count = 1, .total = 1 },
	.open = 7,
	.fed_back = 3,
	.bins = { { "spam", 4 }, { "auto", 1 } },
	.bin_count = 2,
};

const struct staff *
demo_staff(const char *id)
{
	return config_staff(&conf, id);
}

struct text_facts
demo_facts(enum channel channel, enum language language)
{
	static const char *lines[LANGUAGE_COUNT][1] = {
		{ "已接单，经办人李明" },
		{ "Taken; handler Li Ming" },
	};
	static const char *const reasons[LANGUAGE_COUNT] = { "需等待配件",
		"a part must be ordered" };

	if (estate.zone == NULL)
		estate.zone = zones_china();
	/* 24 November 17:30, 26 November 17:30. */
	the_case.take_due = now + 30 * MSEC_MINUTE;
	the_case.reply_due = INT64_C(1795512600000);
	the_case.outcome_due = the_case.reply_due + 2 * MSEC_DAY;
	the_case.language = language;
	if (language == LANGUAGE_EN)
		the_case.text =
		    "The kitchen pipe leaks, please call 13900139001";
	else
		the_case.text = "厨房水管漏水，请来看看，电话13900139001";
	incident_word.text = language == LANGUAGE_ZH ?
	    "水泵跳闸，正在抢修。" : "The pump tripped; it is being repaired.";
	return (struct text_facts){
		.conf = &conf,
		.estate = &estate,
		.language = language,
		.channel = channel,
		.now = now,
		.to_name = "王芳",
		.reply = REPLY_INTERNAL,
		.the_case = &the_case,
		.incident = &incident,
		.incident_word = &incident_word,
		.words = language == LANGUAGE_ZH
		    ? "已更换厨房下水弯头并试水，未再漏。"
		    : "The kitchen drain was replaced and tested, no leak.",
		.author = demo_staff("lin"),
		.holder = demo_staff("chen"),
		.at = the_case.reply_due,
		.before = the_case.reply_due - MSEC_DAY,
		.reason = reasons[language],
		.wanted = TIMER_REPLY,
		.who = "w***@owner.example",
		.other = "T261120-0002",
		.score = 2,
		.scope = SURVEY_REPAIR,
		.count = 3,
		.photos = 2,
		.lines = lines[language],
		.line_count = 1,
		.cases = briefs,
		.case_count = ARRAY_COUNT(briefs),
		.events = events,
		.event_count = ARRAY_COUNT(events),
		.round = &one_day,
	};
}

/* One is shown and one is not. */
static struct weekly_list
one_more(const struct weekly_list *list)
{
	struct weekly_list ret = *list;

	ret.total++;
	return ret;
}

const struct plan_view *
demo_plans(const struct text_facts *facts, struct arena *arena)
{
	struct plan *plan = arena_alloc(arena, sizeof(*plan));
	struct plan_request *request = arena_alloc(arena, sizeof(*request));
	struct plan_view *view = arena_alloc(arena, sizeof(*view));

	*plan = (struct plan){ .id = 3,
		.department = "engineering",
		.measure = "加装扶手",
		.responsible = "li",
		.made_by = "wu",
		.due = facts->now - MSEC_DAY,
		.outcome = "已装好" };
	*request = (struct plan_request){ .department = "engineering",
		.asked = "sun",
		.opinions = 4,
		.asked_at = facts->now - 9 * MSEC_DAY,
		.due = facts->now - MSEC_DAY };
	*view = (struct plan_view){ plan, 1, request, 1 };
	return view;
}

const struct weekly_view *
demo_week(const struct text_facts *facts, const char *words,
    struct arena *arena)
{
	static const struct weekly_hot hot[] = { { .number = "T261120-0002",
	    .category = "plumbing",
	    .handler = "sun",
	    .word = "水泵跳闸，正在抢修。",
	    .place = { .building = "3" },
	    .cases = 4,
	    .is_open = true,
	    .opened_at = INT64_C(1795395600000) } };
	const struct weekly_window window = {
		.from = now - 14 * MSEC_DAY,
		.to = now,
		.before = now - 28 * MSEC_DAY,
		.weeks = 2,
		.meeting = now,
		.is_late = true,
	};
	struct opinions *opinions;
	struct weekly_view *week = arena_alloc(arena, sizeof(*week));
	struct weekly_problem *problem =
	    arena_alloc(arena, sizeof(*problem));

	weekly_begin(
	    week, facts->conf, facts->estate, &window, facts->now, arena);
	weekly_add_rating(
	    week, facts->the_case, 1, words, now - MSEC_DAY);
	weekly_set_events(
	    week->low.lines, facts->events, facts->event_count, arena);
	week->low.lines->file.after_reports = 1;
	week->low.lines->file.promise_due = now + MSEC_DAY;
	week->plans = demo_plans(facts, arena);
	week->remarks = one_more(&week->low);
	week->said_before = 2;
	opinions = arena_alloc(arena, sizeof(*opinions));
	*opinions = (struct opinions){ .department = "engineering",
		.view = { .low = week->low, .said_before = 2 } };
	week->opinions = opinions;
	week->opinion_count = 1;
	week->low = one_more(&week->low);
	week->surveys = (struct survey_week){ .asked = 5,
		.answered = 4,
		.scored = 3,
		.satisfied = 2,
		.calls_overdue = 1,
		.visits_due = 3,
		.visits_done = 1,
		.visits_declined = 1 };
	week->emergencies = week->late = week->due = week->praise = week->low;
	*problem = (struct weekly_problem){
		.category = facts->the_case->category,
		.place = { .building = "3" },
		.count = 5,
		.before = 2,
		.open = 1,
		.oldest = facts->the_case->number,
		.oldest_at = now,
		.department = "engineering",
	};
	week->now.rates[KPI_REPLIED] = (struct kpi_share){ 9, 10 };
	week->problems =
	    (struct weekly_problems){ .list = problem, .count = 1, .total = 2 };
	week->hot = hot;
	week->hot_count = 1;
	week->health = (struct weekly_health){
		.failed_mails = 1,
		.braked = 2,
		.bins = { { "spam", 3 } },
		.bin_count = 1,
		.outages = { { "smtp", 2, 30 * MSEC_MINUTE, true } },
		.outage_count = 1,
		.gaps = { { now, now + MSEC_DAY } },
		.gap_count = 1,
		.no_calendar = 2027,
	};
	return week;
}
