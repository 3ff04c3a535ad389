#include "desk/query.h"

#include "core/limits.h"
#include "core/zone.h"
#include "desk/answer.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/owners.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ROWS_DEFAULT = 50, ROWS_MAX = 1000 };
#define QUERY_BYTES (64 * MIB)

int
answer_refuse(struct question *question, const char *fmt, ...)
{
	char why[360];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	json_put_text(question->answer, "error", why);
	return 0;
}

int
answer_limit(const struct question *question)
{
	int64_t limit = json_int(question->request, "limit", ROWS_DEFAULT);

	return limit < 1 || limit > ROWS_MAX ? ROWS_MAX : (int)limit;
}

void
answer_put_time(struct question *question, json_t *row, const char *key,
    msec_t at, const char *estate_id)
{
	const struct estate *estate = config_estate(question->conf, estate_id);
	char text[32];

	if (at == 0 || question->conf->estate_count == 0)
		return;
	if (estate == NULL)
		estate = &question->conf->estates[0];
	zone_rfc3339(estate->zone, at, text);
	json_put_text(row, key, text);
}

static const struct verb {
	const char *name;
	int (*answer)(struct question *, struct err *);
	bool is_impersonal; /* tells nothing of anybody: no record */
} verbs[] = {
	{ "list", answer_list, false },
	{ "show", answer_show, false },
	{ "outbox", answer_outbox, false },
	{ "quarantine", answer_quarantine, false },
	{ "texts", answer_texts, false },
	{ "archive", answer_archive, false },
	{ "verify", answer_verify, true },
};

static const struct verb *
verb_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_COUNT(verbs); i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	return NULL;
}

/* "show T261123-0007 unmasked", "quarantine 12 raw" */
static void
say_what(const struct question *question, const char *verb, struct buf *out)
{
	static const char *const manners[] = { "unmasked", "raw", "retry" };
	const char *number = json_text(question->request, "case");
	int64_t id = json_int(question->request, "id", 0);

	buf_puts(out, verb);
	if (number != NULL)
		buf_printf(out, " %.32s", number);
	if (id != 0)
		buf_printf(out, " %lld", (long long)id);
	for (size_t i = 0; i < ARRAY_COUNT(manners); i++)
		if (json_flag(question->request, manners[i]))
			buf_printf(out, " %s", manners[i]);
}

/* Who read what (R43).  Where that cannot be kept, nothing is shown. */
static int
record(struct question *question, const char *verb, struct err *err)
{
	const char *who =
	    text_or(json_text(question->request, "who"), "unknown");
	struct buf what scoped(buf_done);

	buf_init(&what, KIB);
	say_what(question, verb, &what);
	if (store_begin(question->store, err) < 0)
		return -1;
	if (access_note(question->store, who, buf_text(&what), question->now,
		err) < 0 ||
	    store_commit(question->store, err) < 0) {
		store_rollback(question->store);
		return -1;
	}
	return 0;
}

json_t *
query_answer(struct store *store, const struct config *conf,
    const json_t *request, msec_t now)
{
	const struct verb *verb =
	    verb_find(text_or(json_text(request, "verb"), ""));
	struct arena arena scoped(arena_done);
	struct question question = {
		.store = store,
		.conf = conf,
		.request = request,
		.now = now,
		.arena = &arena,
		.answer = json_object(),
	};
	struct err err = { 0 };

	arena_init(&arena, QUERY_BYTES);
	if (verb == NULL)
		(void)answer_refuse(&question, "no such question");
	else if ((!verb->is_impersonal &&
		     record(&question, verb->name, &err) < 0) ||
		 verb->answer(&question, &err) < 0)
		(void)answer_refuse(&question, "%s", err.msg);
	return question.answer;
}
