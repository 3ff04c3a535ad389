/*
 * civil - days of the proleptic Gregorian calendar as numbers.
 */
#ifndef CORE_CIVIL_H
#define CORE_CIVIL_H

#include <stdint.h>

/* Days since 1970-01-01; month and day may be out of range and are carried. */
int64_t civil_to_days(int64_t year, int64_t month, int64_t day);
void civil_from_days(int64_t days, int *year, int *month, int *day);
/* 0 Sunday .. 6 Saturday. */
int civil_weekday(int64_t days);
/* Division that rounds down, and its remainder, for times before 1970. */
int64_t floor_div(int64_t a, int64_t b);
int64_t floor_mod(int64_t a, int64_t b);

#endif
