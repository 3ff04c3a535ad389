/* What the orders say to their author, and small questions that they share. */
#include "handlers/orders.h"
#include "lib/text.h"

enum language
orders_language(const struct orders *orders)
{
	return orders->staff->language;
}

int
orders_level(const struct orders *orders)
{
	return orders->staff->level > 0 ? orders->staff->level : 1;
}

const char *
orders_staff_word(const struct orders *orders, const struct staff *staff)
{
	return orders_language(orders) != LANGUAGE_ZH ?
	    text_or(staff->name_en, staff->name) : staff->name;
}

const char *
orders_department_word(
    const struct orders *orders, const struct department *department)
{
	return orders_language(orders) != LANGUAGE_ZH
		   ? text_or(department->name_en, department->name)
		   : department->name;
}

int
orders_level_named(const char *to)
{
	if (text_is_empty(to) || (to[0] != 'L' && to[0] != 'l') ||
	    to[1] < '1' || to[1] > '0' + LEVEL_MAX || to[2] != '\0')
		return 0;
	return to[1] - '0';
}

static void
say(const char **list, size_t *count, const char *text)
{
	if (*count < ORDER_LINES)
		list[(*count)++] = text;
}

void
orders_done(struct orders *orders, enum sentence which, const char *arg)
{
	say(orders->done, &orders->done_count,
	    sentence(which, orders_language(orders), arg,
		orders->work->arena));
}

void
orders_refuse_words(struct orders *orders, const char *words)
{
	say(orders->refused, &orders->refused_count, words);
}

void
orders_refuse(struct orders *orders, enum sentence which, const char *arg)
{
	say(orders->refused, &orders->refused_count,
	    sentence(which, orders_language(orders), arg,
		orders->work->arena));
}

void
orders_refuse_state(struct orders *orders)
{
	orders_refuse(orders, NO_STATE,
	    case_state_word(
		orders->work->file.state, orders_language(orders)));
}
