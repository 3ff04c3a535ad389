#include "core/kpi.h"

#include "core/calendar.h"
#include "core/deadlines.h"

#include <stddef.h>

/* rules.md 2.8. */
static const int targets[KPI_RATE_COUNT] = {
	[KPI_ACKNOWLEDGED] = 100,
	[KPI_REPLIED] = 95,
	[KPI_FINISHED] = 95,
	[KPI_FIXED_FIRST] = 85,
	[KPI_FED_BACK] = 100,
	[KPI_VISITED] = 100,
	[KPI_SATISFIED] = 90,
};

/* Ratings from here on are "satisfied" (rules.md 2.7). */
enum { SATISFIED = 4, PASSED_ON = 3, DAYS_COUNTED = 366 };

int
kpi_target(enum kpi_rate rate)
{
	return targets[rate];
}

static bool
is_within(const struct kpi_span *span, msec_t at)
{
	return at != 0 && at >= span->from && at < span->to;
}

static void
count_share(struct kpi *kpi, enum kpi_rate rate, bool is_hit)
{
	kpi->rates[rate].of++;
	kpi->rates[rate].hits += is_hit;
}

static bool
is_acknowledged_in_time(
    const struct kpi_span *span, const struct case_file *file)
{
	const struct deadlines *deadlines =
	    &span->estate->deadlines[file->severity];
	msec_t by = span_end(
	    span->estate->calendar, file->received_at, &deadlines->ack);

	return file->acknowledged_at != 0 && file->acknowledged_at <= by;
}

static void
add_received(
    struct kpi *kpi, const struct kpi_span *span, const struct case_file *file)
{
	if (!is_within(span, file->received_at))
		return;
	kpi->counts[KPI_RECEIVED]++;
	kpi->counts[KPI_COMPLAINTS] += file->kind == KIND_COMPLAINT;
	kpi->counts[KPI_REQUESTS] += file->kind == KIND_REQUEST;
	kpi->counts[KPI_EMERGENCIES] += file->severity == SEVERITY_EMERGENCY;
	count_share(kpi, KPI_ACKNOWLEDGED, is_acknowledged_in_time(span, file));
}

/* A due that ended with the case, or stood still for the owner (R6), was
 * nobody's to meet. */
static bool
is_due(const struct kpi_span *span, const struct case_file *file, msec_t due,
    msec_t met_at)
{
	if (!is_within(span, due))
		return false;
	if (met_at != 0)
		return true;
	return file->state != CASE_WAITING_OWNER &&
	       (!case_is_ended(file->state) || file->closed_at > due);
}

/* True: it was missed. */
static bool
add_due(struct kpi *kpi, const struct kpi_span *span,
    const struct case_file *file, enum kpi_rate rate, msec_t due, msec_t met_at)
{
	bool in_time = met_at != 0 && met_at <= due;

	if (!is_due(span, file, due, met_at))
		return false;
	count_share(kpi, rate, in_time);
	return !in_time;
}

static void
add_dues(
    struct kpi *kpi, const struct kpi_span *span, const struct case_file *file)
{
	/* An outcome is an answer too. */
	msec_t replied_at = file->first_reply_at != 0 ? file->first_reply_at
						      : file->fed_back_at;
	bool no_reply =
	    add_due(kpi, span, file, KPI_REPLIED, file->reply_due, replied_at);
	bool no_outcome = add_due(kpi, span, file, KPI_FINISHED,
	    file->outcome_due, file->fed_back_at);

	kpi->counts[KPI_OVERDUE] += no_reply || no_outcome;
}

/* The working days that have begun since the day of `start'. */
static int
workdays_between(const struct calendar *calendar, msec_t start, msec_t end)
{
	int days = 0;

	while (days < DAYS_COUNTED &&
	       calendar_add_workdays(calendar, start, days) < end)
		days++;
	return days;
}

static void
add_mean(struct kpi *kpi, enum kpi_mean mean, int value)
{
	kpi->means[mean].sum += value;
	kpi->means[mean].of++;
}

static void
add_work(
    struct kpi *kpi, const struct kpi_span *span, const struct case_file *file)
{
	const struct calendar *calendar = span->estate->calendar;

	if (is_within(span, file->first_reply_at))
		add_mean(kpi, KPI_REPLY_MINUTES,
		    calendar_business_between(
			calendar, file->received_at, file->first_reply_at));
	if (is_within(span, file->resolved_at))
		count_share(kpi, KPI_FED_BACK, file->fed_back_at != 0);
	if (!is_within(span, file->fed_back_at))
		return;
	kpi->counts[KPI_OUTCOMES]++;
	add_mean(kpi, KPI_OUTCOME_DAYS,
	    workdays_between(calendar, file->received_at, file->fed_back_at));
}

/* Whoever is to hear how it was, by when (R34). */
static void
add_visit(
    struct kpi *kpi, const struct kpi_span *span, const struct case_file *file)
{
	const struct rules *rules = &span->conf->rules;

	if (file->visit == VISIT_NONE || file->fed_back_at == 0 ||
	    !is_within(span,
		file->fed_back_at +
		    (msec_t)rules->followup_call_hours * MSEC_HOUR))
		return;
	count_share(kpi, KPI_VISITED, !visit_is_owed(file->visit));
}

void
kpi_add(struct kpi *kpi, const struct kpi_span *span,
    const struct case_file *file, const struct kpi_events *events,
    bool came_again)
{
	if (file->state == CASE_SPAM)
		return;
	add_received(kpi, span, file);
	add_dues(kpi, span, file);
	add_work(kpi, span, file);
	if (file->state == CASE_CLOSED && is_within(span, file->closed_at))
		count_share(
		    kpi, KPI_FIXED_FIRST, file->reopened == 0 && !came_again);
	if (events->reopened > 0 || is_within(span, file->fed_back_at))
		count_share(kpi, KPI_REOPENED, events->reopened > 0);
	add_visit(kpi, span, file);
	if (events->asked > 0)
		count_share(kpi, KPI_RATED, file->rating != 0);
	kpi->counts[KPI_OPEN] += case_is_open(file->state);
	kpi->counts[KPI_ESCALATED] += events->escalated;
	kpi->counts[KPI_SKIPPED] += events->skipped;
	kpi->counts[KPI_REPORTS_OWED] += file->after_reports > 0;
	kpi->counts[KPI_PASSED_ON] +=
	    file->transfers >= PASSED_ON &&
	    (case_is_open(file->state) || is_within(span, file->closed_at) ||
		is_within(span, file->fed_back_at));
}

void
kpi_add_rating(struct kpi *kpi, int score)
{
	count_share(kpi, KPI_SATISFIED, score >= SATISFIED);
}

int
kpi_percent(const struct kpi_share *share)
{
	int64_t of = share->of;
	int64_t percent;

	if (of == 0)
		return -1;
	percent = ((int64_t)share->hits * 200 + of) / (2 * of);
	return percent == 100 && share->hits < share->of ? 99 : (int)percent;
}

int
kpi_tenths(const struct kpi_sum *sum, int unit)
{
	int64_t of = (int64_t)sum->of * unit;

	return of == 0 ? -1 : (int)((sum->sum * 10 + of / 2) / of);
}
