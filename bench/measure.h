/*
 * measure - what a measurement takes.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stdint.h>
#include <sys/resource.h>
#include <time.h>

/* Processor time, because the machine may do other things. */
static inline int64_t
cpu_us(void)
{
	struct rusage used;

	(void)getrusage(RUSAGE_SELF, &used);
	return (int64_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) *
		   1000000 +
	       used.ru_utime.tv_usec + used.ru_stime.tv_usec;
}

/* By a clock that nobody sets. */
static inline double
seconds(void)
{
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#endif
