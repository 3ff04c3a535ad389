#include "core/civil.h"

/* The year is taken to begin in March, so that the leap day is its last and
 * the months' lengths follow one formula; 400 years are 146,097 days. */
enum { ERA_YEARS = 400, ERA_DAYS = 146097, EPOCH_OFFSET = 719468 };

int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

int64_t
floor_mod(int64_t a, int64_t b)
{
	return a - floor_div(a, b) * b;
}

int64_t
civil_to_days(int64_t year, int64_t month, int64_t day)
{
	int64_t months = year * 12 + month - 1 - 2; /* since March, year 0 */
	int64_t march_year = floor_div(months, 12);
	int64_t march_month = floor_mod(months, 12);
	int64_t era = floor_div(march_year, ERA_YEARS);
	int64_t of_era = march_year - era * ERA_YEARS;
	int64_t of_year = (153 * march_month + 2) / 5;

	return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 +
	    of_year + day - 1 - EPOCH_OFFSET;
}

void
civil_from_days(int64_t days, int *year, int *month, int *day)
{
	int64_t era = floor_div(days + EPOCH_OFFSET, ERA_DAYS);
	int64_t of_era = floor_mod(days + EPOCH_OFFSET, ERA_DAYS);
	int64_t years = (of_era - of_era / 1460 + of_era / 36524 -
			    of_era / (ERA_DAYS - 1)) /
	    365;
	int64_t of_year = of_era - (365 * years + years / 4 - years / 100);
	int64_t march_month = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * march_month + 2) / 5 + 1);
	*month = (int)(march_month < 10 ? march_month + 3 : march_month - 9);
	*year = (int)(years + era * ERA_YEARS + (*month <= 2));
}

int
civil_weekday(int64_t days)
{
	return (int)floor_mod(days + 4, 7);
}
