/*
 * May a text go to an owner?  What the lint blocks reaches nobody but its
 * author (R4, R11d).
 */
#include "core/limits.h"
#include "core/private_data.h"
#include "core/unicode.h"
#include "core/wording.h"
#include "handlers/act.h"
#include "handlers/orders.h"
#include "lib/arena.h"
#include "lib/text.h"

enum { HITS_MAX = 8, MONEY_LEVEL = 4 };

static bool
has_findings(const struct orders *orders)
{
	const struct work *work = orders->work;

	if (act_last(work, "finding") != NULL)
		return true;
	for (size_t i = 0; i < work->commands.count; i++) {
		if (work->commands.list[i].kind == COMMAND_FINDING)
			return true;
	}
	return false;
}

static bool
is_short(struct orders *orders, const char *text)
{
	size_t count = 0;

	for (size_t len; (len = unicode_grapheme(text)) > 0; text += len)
		count++;
	if (count <= LIMIT_STAFF_CHARACTERS)
		return true;
	orders_refuse(orders, NO_SO_MANY_WORDS,
	    arena_printf(
		orders->work->arena, "%d", LIMIT_STAFF_CHARACTERS));
	return false;
}

static bool
is_civil(struct orders *orders, const char *text)
{
	struct work *work = orders->work;
	struct wording_hit hits[HITS_MAX];
	const struct private_known known = {
		.conf = work->ctx->conf,
		.estate = work->estate,
		.file = &work->file,
	};
	size_t count = wording_check(work->ctx->conf->classifier, text,
	    has_findings(orders), &known, work->arena, hits, HITS_MAX);
	bool fit = true;

	for (size_t i = 0; i < count; i++) {
		/* Money is L4's to promise (R11d). */
		if (text_eq(hits[i].rule, "money") &&
		    orders_level(orders) >= MONEY_LEVEL)
			hits[i].blocks = false;
		if (!hits[i].blocks)
			continue;
		fit = false;
		orders->blocked = text;
		orders_refuse(orders, NO_WORDING, hits[i].words);
	}
	for (size_t i = 0; fit && i < count; i++)
		orders_done(orders, SAY_WARNING, hits[i].words);
	return fit;
}

bool
orders_is_fit(struct orders *orders, const char *text)
{
	return is_short(orders, text) && is_civil(orders, text);
}
