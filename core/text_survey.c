/* What the weekly digest says of surveys and home visits (R31, R35, R36). */
#include "core/kpi.h"
#include "core/survey.h"
#include "core/text_field.h"
#include "core/weekly.h"
#include "lib/arena.h"

enum { FIGURES_MAX = 5 };

static const char *
share(const struct text_view *view, int hits, int of)
{
	return arena_printf(view->arena,
	    view->english ? "%d of %d (%d%%)" : "%d/%d（%d%%）", hits, of,
	    kpi_percent(&(struct kpi_share){ .hits = hits, .of = of }));
}

/* Of a week without any of it nothing is said. */
struct template_value
field_week_surveys(const struct text_view *view, const void *at)
{
	const struct survey_week *week = at;
	struct text_figure *list =
	    arena_array(view->arena, FIGURES_MAX, sizeof(*list));
	size_t count = 0;

	if (week->asked > 0)
		list[count++] =
		    (struct text_figure){ .name = view->english
						      ? "Sample: answered"
						      : "抽样回访答复",
			    .value = share(view, week->answered, week->asked) };
	if (week->scored > 0)
		list[count++] = (struct text_figure){
			.name = view->english ? "Sample: satisfied"
					      : "抽样回访满意",
			.value = share(view, week->satisfied, week->scored)
		};
	if (week->calls_overdue > 0)
		list[count++] = (struct text_figure){
			.name = view->english ? "Return visits by phone overdue"
					      : "电话回访超期",
			.value = arena_printf(view->arena,
			    view->english ? "%d" : "%d件", week->calls_overdue)
		};
	if (week->visits_done > 0 || week->visits_declined > 0)
		list[count++] =
		    (struct text_figure){ .name = view->english ? "Home visits"
								: "登门回访",
			    .value = arena_printf(view->arena,
				view->english ? "%d made, %d declined"
					      : "已走访%d户，谢绝%d户",
				week->visits_done, week->visits_declined) };
	if (week->visits_due > 0)
		list[count++] = (struct text_figure){
			.name =
			    view->english ? "Home visits due" : "待登门回访",
			.value = arena_printf(view->arena,
			    view->english ? "%d" : "%d户", week->visits_due)
		};
	return value_list(OF_FIGURE, list, count);
}
