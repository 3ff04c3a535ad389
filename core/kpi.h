/*
 * kpi - the figures of a week, by the formulas of rules.md 2.8.
 *
 * Added up case by case, so that a week of any size takes no memory.  A figure
 * is never shown without its n; with an n of 0 it is "-".
 */
#ifndef CORE_KPI_H
#define CORE_KPI_H

#include "core/case.h"
#include "core/config.h"
#include "lib/units.h"

#include <stdbool.h>
#include <stdint.h>

/* Shares, in the order in which they are shown; what is counted, of what. */
enum kpi_rate {
	KPI_ACKNOWLEDGED, /* within the ack's time, of the cases received */
	KPI_REPLIED,      /* first substantive reply in time, of those due */
	KPI_FINISHED,     /* outcome fed back in time, of those due */
	/* Beside the one above: who closes fast and badly shows here.  Closed,
	 * never reopened, and no case of that household and category within 30
	 * days; of those closed. */
	KPI_FIXED_FIRST,
	KPI_FED_BACK,  /* the owner has heard it, of the outcomes written */
	KPI_VISITED,   /* return visits made, or tried twice, of those due */
	KPI_SATISFIED, /* 4 or 5, of all ratings */
	KPI_RATED,     /* ratings, of the requests for one */
	KPI_REOPENED,  /* opened again, of those fed back or opened again */
	KPI_RATE_COUNT
};

enum kpi_count {
	KPI_RECEIVED,
	KPI_COMPLAINTS,
	KPI_REQUESTS,
	KPI_EMERGENCIES,
	KPI_OUTCOMES, /* fed back */
	KPI_OPEN,     /* when the digest is made */
	KPI_OVERDUE,  /* a due of the week was missed */
	KPI_ESCALATED,
	KPI_SKIPPED,      /* times that levels were skipped (R24) */
	KPI_REPORTS_OWED, /* after-reports (R25), when the digest is made */
	KPI_PASSED_ON,    /* more than two changes of department (R19) */
	KPI_HOT,          /* incidents that began */
	KPI_COUNT_COUNT
};

enum kpi_mean {
	KPI_REPLY_MINUTES, /* of business, from receipt to the first reply */
	KPI_OUTCOME_DAYS,  /* working days, from receipt to the feedback */
	KPI_MEAN_COUNT
};

struct kpi {
	struct kpi_share {
		int hits, of;
	} rates[KPI_RATE_COUNT];
	int counts[KPI_COUNT_COUNT];
	struct kpi_sum {
		int64_t sum;
		int of;
	} means[KPI_MEAN_COUNT];
};

/* Of which estate, and what stretch: [from, to). */
struct kpi_span {
	const struct config *conf;
	const struct estate *estate;
	msec_t from, to;
	msec_t now; /* what is open or owed is so now */
};

/* How often it happened to a case in the stretch. */
struct kpi_events {
	int escalated, skipped, reopened;
	int asked; /* for a rating */
};

/* One case, whatever of it falls into the stretch; spam counts nowhere.
 * `came_again': that household, that category, within 30 days. */
void kpi_add(struct kpi *kpi, const struct kpi_span *span,
    const struct case_file *file, const struct kpi_events *events,
    bool came_again);
/* `score' is of 1..5. */
void kpi_add_rating(struct kpi *kpi, int score);

/* In whole per cent, a half up; but 100 is said of all only; -1: of
 * nothing. */
int kpi_percent(const struct kpi_share *share);
/* The mean in tenths of `unit', rounded; -1: of nothing. */
int kpi_tenths(const struct kpi_sum *sum, int unit);
/* What is aimed at (rules.md 2.8), in per cent; 0: nothing. */
int kpi_target(enum kpi_rate rate);

#endif
