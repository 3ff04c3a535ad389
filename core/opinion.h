/*
 * opinion - what owners said of one department in the weeks of a digest:
 * complaints, suggestions and low ratings (R28).
 */
#ifndef CORE_OPINION_H
#define CORE_OPINION_H

#include "core/weekly.h"

struct opinions {
	const char *department; /* code */
	/* The head, or L2 where there is none: who reads them.  What is about
	 * that very person is in `above', for whoever stands above (R9). */
	const struct staff *reader;
	struct weekly_view view;
	struct weekly_view above;
};

/* Said in these weeks, and in the weeks before; what is above is not of it. */
int opinions_count(const struct weekly_view *view);
int opinions_before(const struct weekly_view *view);

#endif
