/* What the weekly digest may say (core/weekly.h). */
#include "core/language.h"
#include "core/letter.h"
#include "core/phrase.h"
#include "core/text_field.h"
#include "core/text_words.h"
#include "lib/arena.h"
#include "lib/text.h"

struct named {
	const char *in[LANGUAGE_COUNT];
};

static const struct named rate_names[KPI_RATE_COUNT] = {
	[KPI_ACKNOWLEDGED] = { { "受理及时率", "Acknowledged in time" } },
	[KPI_REPLIED] = { { "响应及时率", "First reply in time" } },
	[KPI_FINISHED] = { { "办结及时率", "Outcome in time" } },
	[KPI_FIXED_FIRST] = { { "一次解决率", "Fixed the first time" } },
	[KPI_FED_BACK] = { { "反馈率", "Outcome fed back" } },
	[KPI_VISITED] = { { "回访率", "Return visits made" } },
	[KPI_SATISFIED] = { { "满意率", "Satisfied" } },
	[KPI_RATED] = { { "参评率", "Rated" } },
	[KPI_REOPENED] = { { "重开率", "Reopened" } },
};

static const struct named count_names[KPI_COUNT_COUNT] = {
	[KPI_RECEIVED] = { { "受理", "Received" } },
	[KPI_COMPLAINTS] = { { "其中投诉", "of these complaints" } },
	[KPI_REQUESTS] = { { "其中报修求助", "of these service requests" } },
	[KPI_EMERGENCIES] = { { "其中紧急", "of these emergencies" } },
	[KPI_OUTCOMES] = { { "已反馈结果", "Outcomes fed back" } },
	[KPI_OPEN] = { { "未办结（目前）", "Open now" } },
	[KPI_OVERDUE] = { { "超时", "Missed a due" } },
	[KPI_ESCALATED] = { { "上报", "Escalations" } },
	[KPI_SKIPPED] = { { "越级", "Levels skipped" } },
	[KPI_REPORTS_OWED] = { { "未补报（目前）", "After-reports owed now" } },
	[KPI_PASSED_ON] = { { "转派超过2次", "Passed on more than twice" } },
	[KPI_HOT] = { { "热点", "Hot spots" } },
};

static const struct named mean_names[KPI_MEAN_COUNT] = {
	[KPI_REPLY_MINUTES] = { { "平均响应", "Mean time to reply" } },
	[KPI_OUTCOME_DAYS] = { { "平均办结", "Mean time to outcome" } },
};

enum weekly_word {
	WORD_NO_FIGURE,
	WORD_SHARE, /* percent, hits, of */
	WORD_HOURS, /* mean, of how many */
	WORD_DAYS,
	WORD_OUTAGE, /* times, minutes */
	WORD_OUTAGE_NOW,
	WORD_FAILED,
	WORD_FAILED_COUNT, /* mails, texts */
	WORD_BRAKED,
	WORD_BIN,  /* its word */
	WORD_DOWN, /* the channel */
	WORD_NOBODY,
	WORD_CALENDAR,
	WEEKLY_WORD_COUNT
};

static const struct named words[WEEKLY_WORD_COUNT] = {
	[WORD_NO_FIGURE] = { { "—（n=0）", "— (n = 0)" } },
	[WORD_SHARE] = { { "{1}%（{2}/{3}）", "{1}% ({2} of {3})" } },
	[WORD_HOURS] = { { "{1}个工作小时（n={2}）",
	    "{1} office hours (n = {2})" } },
	[WORD_DAYS] = { { "{1}个工作日（n={2}）", "{1} working days (n = {2})" } },
	[WORD_OUTAGE] = { { "{1}次，共{2}分钟", "{1} times, {2} minutes in all" } },
	[WORD_OUTAGE_NOW] = { { "{1}次，共{2}分钟，尚未恢复",
	    "{1} times, {2} minutes in all; still down" } },
	[WORD_FAILED] = { { "退信与发送失败", "Messages that failed or came back" } },
	[WORD_FAILED_COUNT] = { { "邮件{1}，短信{2}", "mail {1}, text {2}" } },
	[WORD_BRAKED] = { { "被限流的自动消息", "Automatic messages held back" } },
	[WORD_BIN] = { { "未立案：{}", "Became no case: {}" } },
	[WORD_DOWN] = { { "通道{}中断", "Channel {} was down" } },
	[WORD_NOBODY] = { { "无人值班", "Nobody on duty" } },
	[WORD_CALENDAR] = { { "缺少节假日日历",
	    "No calendar of holidays for" } },
};

static const char *
word(const struct text_view *view, enum weekly_word which, const char *arg)
{
	return phrase(view->language, words[which].in, &arg, 1, view->arena);
}

/* Of these what stands now is known, and not what stood a week ago. */
static bool
is_of_now(enum kpi_count count)
{
	return count == KPI_OPEN || count == KPI_REPORTS_OWED;
}

/* ---- section 1 ---- */

static const char *
share_words(const struct text_view *view, const struct kpi_share *share)
{
	const int numbers[] = { kpi_percent(share), share->hits, share->of };

	if (numbers[0] < 0)
		return word(view, WORD_NO_FIGURE, NULL);
	return phrase_count(view->language, words[WORD_SHARE].in, numbers,
	    ARRAY_COUNT(numbers), view->arena);
}

static const char *
mean_words(
    const struct text_view *view, const struct kpi_sum *sum, enum kpi_mean mean)
{
	bool is_hours = mean == KPI_REPLY_MINUTES;
	int tenths = kpi_tenths(sum, is_hours ? 60 : 1);
	const char *args[2];

	if (tenths < 0)
		return word(view, WORD_NO_FIGURE, NULL);
	args[0] = arena_printf(
	    view->arena, "%d.%d", tenths / 10, tenths % 10);
	args[1] = arena_printf(view->arena, "%d", sum->of);
	return phrase(view->language,
	    words[is_hours ? WORD_HOURS : WORD_DAYS].in, args,
	    ARRAY_COUNT(args), view->arena);
}

struct template_value
field_week_rates(const struct text_view *view, const void *at)
{
	const struct weekly_view *week = at;
	struct text_figure *list =
	    arena_array(view->arena, KPI_RATE_COUNT, sizeof(*list));

	for (int i = 0; i < KPI_RATE_COUNT; i++) {
		int target = kpi_target((enum kpi_rate)i);
		int bar = kpi_percent(&week->now.rates[i]);

		list[i] = (struct text_figure){
			.name = language_pick(view->language, rate_names[i].in),
			.value = share_words(view, &week->now.rates[i]),
			.before = share_words(view, &week->before.rates[i]),
			.target = target == 0 ? NULL
					      : arena_printf(view->arena,
						    "%d%%", target),
			.bar =
			    bar < 0 ? NULL : letter_bar(bar * 10, view->arena),
		};
	}
	return value_list(OF_FIGURE, list, KPI_RATE_COUNT);
}

struct template_value
field_week_counts(const struct text_view *view, const void *at)
{
	const struct weekly_view *week = at;
	struct text_figure *list =
	    arena_array(view->arena, KPI_COUNT_COUNT, sizeof(*list));

	for (int i = 0; i < KPI_COUNT_COUNT; i++)
		list[i] = (struct text_figure){
			.name = language_pick(view->language, count_names[i].in),
			.value = arena_printf(
			    view->arena, "%d", week->now.counts[i]),
			.before = is_of_now((enum kpi_count)i)
				      ? NULL
				      : arena_printf(view->arena, "%d",
					    week->before.counts[i]),
		};
	return value_list(OF_FIGURE, list, KPI_COUNT_COUNT);
}

struct template_value
field_week_means(const struct text_view *view, const void *at)
{
	const struct weekly_view *week = at;
	struct text_figure *list =
	    arena_array(view->arena, KPI_MEAN_COUNT, sizeof(*list));

	for (int i = 0; i < KPI_MEAN_COUNT; i++)
		list[i] = (struct text_figure){
			.name = language_pick(view->language, mean_names[i].in),
			.value = mean_words(
			    view, &week->now.means[i], (enum kpi_mean)i),
			.before = mean_words(
			    view, &week->before.means[i], (enum kpi_mean)i),
		};
	return value_list(OF_FIGURE, list, KPI_MEAN_COUNT);
}

/* ---- the window ---- */

static struct template_value
day_words(const struct text_view *view, msec_t at)
{
	return value_text(
	    text_day(view->estate, view->language, at, view->arena));
}

struct template_value
field_day(const struct text_view *view, const void *at)
{
	const msec_t *when = at;

	return *when == 0 ? value_text(NULL) : day_words(view, *when);
}

/* The day before: the last one that is in it. */
struct template_value
field_day_before(const struct text_view *view, const void *at)
{
	const msec_t *when = at;

	return day_words(view, *when - 1);
}

/* The last day of the week to come. */
struct template_value
field_week_until(const struct text_view *view, const void *at)
{
	const struct weekly_window *window = at;

	return day_words(view, window->to + 7 * MSEC_DAY - 1);
}

struct template_value
field_week_weeks(const struct text_view *view, const void *at)
{
	const struct weekly_window *window = at;

	(void)view;
	return value_count(window->weeks == 1 ? 0 : window->weeks);
}

/* ---- lists ---- */

struct template_value
field_lines_of(const struct text_view *view, const void *at)
{
	const struct weekly_list *list = at;

	(void)view;
	return value_list(OF_LINE, list->lines, list->count);
}

struct template_value
field_lines_count(const struct text_view *view, const void *at)
{
	const struct weekly_list *list = at;

	(void)view;
	return value_count(list->total);
}

/* How many stand not in the list. */
struct template_value
field_lines_more(const struct text_view *view, const void *at)
{
	const struct weekly_list *list = at;

	(void)view;
	return value_count(list->total - (int)list->count);
}

struct template_value
field_timeline(const struct text_view *view, const void *at)
{
	const struct weekly_line *line = at;

	(void)view;
	return value_list(OF_EVENT, line->events, line->event_count);
}

struct template_value
field_problems(const struct text_view *view, const void *at)
{
	const struct weekly_problems *problems = at;

	(void)view;
	return value_list(OF_PROBLEM, problems->list, problems->count);
}

struct template_value
field_problems_more(const struct text_view *view, const void *at)
{
	const struct weekly_problems *problems = at;

	(void)view;
	return value_count(problems->total - (int)problems->count);
}

/* Of the most frequent one, for a bar. */
struct template_value
field_problem_bar(const struct text_view *view, const void *at)
{
	const struct weekly_problem *problem = at;
	const struct weekly_problems *all = &view->facts->week->problems;
	int most = all->count == 0 ? 0 : all->list[0].count;

	return value_text(
	    most == 0 ? NULL
		      : letter_bar(problem->count * 1000 / most, view->arena));
}

struct template_value
field_hot(const struct text_view *view, const void *at)
{
	const struct weekly_view *week = at;

	(void)view;
	return value_list(OF_SPOT, week->hot, week->hot_count);
}

/* ---- health ---- */

static const char *
outage_words(const struct text_view *view, const struct weekly_outage *outage)
{
	const int numbers[] = { outage->times,
		(int)(outage->total / MSEC_MINUTE) };

	return phrase_count(view->language,
	    words[outage->is_down ? WORD_OUTAGE_NOW : WORD_OUTAGE].in, numbers,
	    ARRAY_COUNT(numbers), view->arena);
}

static const char *
failed_words(const struct text_view *view, const struct weekly_health *health)
{
	const int numbers[] = { health->failed_mails, health->failed_texts };

	return phrase_count(view->language, words[WORD_FAILED_COUNT].in,
	    numbers, ARRAY_COUNT(numbers), view->arena);
}

static const char *
gap_words(const struct text_view *view, const struct roster_gap *gap)
{
	return arena_printf(view->arena, "%s – %s",
	    text_time(view->estate, view->language, gap->from, view->arena),
	    text_time(view->estate, view->language, gap->to, view->arena));
}

static void
add(struct text_figure *list, size_t *count, const char *name,
    const char *value)
{
	list[(*count)++] = (struct text_figure){ .name = name, .value = value };
}

struct template_value
field_week_health(const struct text_view *view, const void *at)
{
	const struct weekly_health *health = at;
	struct arena *arena = view->arena;
	size_t room =
	    health->bin_count + health->outage_count + health->gap_count + 4;
	struct text_figure *list = arena_array(arena, room, sizeof(*list));
	size_t count = 0;

	add(list, &count, word(view, WORD_FAILED, NULL),
	    failed_words(view, health));
	add(list, &count, word(view, WORD_BRAKED, NULL),
	    arena_printf(arena, "%d", health->braked));
	for (size_t i = 0; i < health->bin_count; i++)
		add(list, &count,
		    word(view, WORD_BIN,
			text_bin_word(health->bins[i].bin, view->language)),
		    arena_printf(arena, "%d", health->bins[i].count));
	for (size_t i = 0; i < health->outage_count; i++)
		add(list, &count,
		    word(view, WORD_DOWN, health->outages[i].channel),
		    outage_words(view, &health->outages[i]));
	for (size_t i = 0; i < health->gap_count; i++)
		add(list, &count, word(view, WORD_NOBODY, NULL),
		    gap_words(view, &health->gaps[i]));
	if (health->no_calendar != 0)
		add(list, &count, word(view, WORD_CALENDAR, NULL),
		    arena_printf(arena, "%d", health->no_calendar));
	return value_list(OF_FIGURE, list, count);
}

static void
visit_rows(const struct named *rows, size_t count, language_visit *visit,
    void *arg)
{
	for (size_t i = 0; i < count; i++)
		visit(rows[i].in[LANGUAGE_ZH], rows[i].in[LANGUAGE_EN], arg);
}

void
text_weekly_words(language_visit *visit, void *arg)
{
	visit_rows(rate_names, ARRAY_COUNT(rate_names), visit, arg);
	visit_rows(count_names, ARRAY_COUNT(count_names), visit, arg);
	visit_rows(mean_names, ARRAY_COUNT(mean_names), visit, arg);
	visit_rows(words, ARRAY_COUNT(words), visit, arg);
}
