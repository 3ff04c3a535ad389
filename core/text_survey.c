/* What the weekly digest says of surveys and home visits (R31, R35, R36). */
#include "core/kpi.h"
#include "core/language.h"
#include "core/phrase.h"
#include "core/survey.h"
#include "core/text_field.h"
#include "core/weekly.h"
#include "lib/arena.h"
#include "lib/cleanup.h"

enum figure { ANSWERED, SATISFIED, CALLS_OVERDUE, VISITS, VISITS_DUE };

static const struct {
	const char *name[LANGUAGE_COUNT];
	const char *value[LANGUAGE_COUNT];
} figures[] = {
	[ANSWERED] = { { "抽样回访答复", "Sample: answered" },
	    { "{1}/{2}（{3}%）", "{1} of {2} ({3}%)" } },
	[SATISFIED] = { { "抽样回访满意", "Sample: satisfied" },
	    { "{1}/{2}（{3}%）", "{1} of {2} ({3}%)" } },
	[CALLS_OVERDUE] = { { "电话回访超期", "Return visits by phone overdue" },
	    { "{}件", "{}" } },
	[VISITS] = { { "登门回访", "Home visits" },
	    { "已走访{1}户，谢绝{2}户", "{1} made, {2} declined" } },
	[VISITS_DUE] = { { "待登门回访", "Home visits due" }, { "{}户", "{}" } },
};
enum { NUMBERS_MAX = 3 };

static int
percent(int hits, int of)
{
	return kpi_percent(&(struct kpi_share){ .hits = hits, .of = of });
}

/* Of a week without any of it nothing is said. */
struct template_value
field_week_surveys(const struct text_view *view, const void *at)
{
	const struct survey_week *week = at;
	const struct {
		bool is_said;
		int numbers[NUMBERS_MAX];
	} rows[ARRAY_COUNT(figures)] = {
		[ANSWERED] = { week->asked > 0,
		    { week->answered, week->asked,
			percent(week->answered, week->asked) } },
		[SATISFIED] = { week->scored > 0,
		    { week->satisfied, week->scored,
			percent(week->satisfied, week->scored) } },
		[CALLS_OVERDUE] = { week->calls_overdue > 0,
		    { week->calls_overdue } },
		[VISITS] = { week->visits_done > 0 || week->visits_declined > 0,
		    { week->visits_done, week->visits_declined } },
		[VISITS_DUE] = { week->visits_due > 0, { week->visits_due } },
	};
	struct text_figure *list =
	    arena_array(view->arena, ARRAY_COUNT(figures), sizeof(*list));
	size_t count = 0;

	for (size_t i = 0; i < ARRAY_COUNT(figures); i++)
		if (rows[i].is_said)
			list[count++] = (struct text_figure){
				.name = language_pick(
				    view->language, figures[i].name),
				.value = phrase_count(view->language,
				    figures[i].value, rows[i].numbers,
				    NUMBERS_MAX, view->arena),
			};
	return value_list(OF_FIGURE, list, count);
}

void
text_survey_words(language_visit *visit, void *arg)
{
	for (size_t i = 0; i < ARRAY_COUNT(figures); i++) {
		visit(figures[i].name[LANGUAGE_ZH], figures[i].name[LANGUAGE_EN],
		    arg);
		visit(figures[i].value[LANGUAGE_ZH],
		    figures[i].value[LANGUAGE_EN], arg);
	}
}
