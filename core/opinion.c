#include "core/opinion.h"

int
opinions_count(const struct weekly_view *view)
{
	return view->remarks.total + view->low.total;
}

int
opinions_before(const struct weekly_view *view)
{
	return view->said_before;
}
