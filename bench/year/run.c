/*
 * The year itself: the next thing that happens, the desk's turns, and from
 * time to time a look at what it has written down.
 */
#include "bench/year/world.h"
#include "core/civil.h"
#include "core/limits.h"
#include "core/texts.h"
#include "desk/config.h"
#include "desk/query.h"
#include "desk/texts.h"
#include "lib/json.h"
#include "lib/text.h"
#include "reader/answer.h"
#include "reader/reader.h"
#include "store/cases.h"
#include "store/store.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT_YEAR_BYTES (1024 * (size_t)1024 * 1024)
enum { TURNS_MAX = 100000, RESTART_DAYS = 9, CHECK_DAYS = 61 };

/* ---- ports ---- */

static void
on_read(void *self, const struct desk_read *read)
{
	struct world *world = self;
	struct buf text scoped(buf_done);

	answer_text(read->kind, read->map, read->data + read->offset, read->length,
	    &text);
	desk_read_done(world->desk, read->job, buf_text(&text), text.len);
}

static void
on_settle(void *self, const char *mailbox, uint32_t uidvalidity,
    const uint32_t *uids, size_t count)
{
	struct world *world = self;
	struct err err = { 0 };

	if (desk_settled(world->desk, mailbox, uidvalidity, uids, count, &err) <
	    0)
		watch_complain(world, "mails are settled", NULL, "%s", err.msg);
}

static void
on_hold(void *self, bool hold)
{
	(void)self;
	(void)hold;
}

static void
on_answer(void *self, void *request, int status, const char *why)
{
	(void)self;
	(void)request;
	(void)status;
	(void)why;
}

static void
on_note(void *self, enum desk_note_kind kind, const char *at, const char *text)
{
	struct world *world = self;

	/* That a far side cannot be reached is the doing of the fakes. */
	if (kind == NOTE_ERROR && !text_eq(at, "channel"))
		watch_complain(world, "the desk can decide all that comes",
		    NULL, "%s: %s", at, text);
	watch_note(world, text);
}

static void
on_decided(void *self, const struct input *in, const struct effects *effects,
    msec_t now)
{
	(void)now;
	watch_decided(self, in, effects);
}

/* ---- the desk ---- */

static int
start_desk(struct world *world, struct err *err)
{
	struct sender *senders[] = { &world->fakes[0].sender,
		&world->fakes[1].sender };
	const struct desk_setup setup = {
		.conf = world->conf,
		.texts = world->texts,
		.store = world->store,
		.ports = { .read = on_read,
		    .settle = on_settle,
		    .hold = on_hold,
		    .answer = on_answer,
		    .note = on_note,
		    .decided = on_decided,
		    .self = world },
		.senders = senders,
		.sender_count = ARRAY_COUNT(senders),
	};

	world->life++;
	senders_forget(world);
	world->desk = desk_open(&setup, world->now, err);
	return world->desk == NULL ? -1 : 0;
}

static int
settle(struct world *world, struct err *err)
{
	for (int i = 0; i < TURNS_MAX; i++) {
		int done = desk_turn(world->desk, world->now, err);

		if (done <= 0)
			return done;
		world->figures.turns++;
	}
	return err_set(err, ERR_BUG, "the desk does not come to rest");
}

/* ---- looking ---- */

/* The same questions as of `shouwen verify': the chain, the moves, the
 * timers of what is owed. */
static int
verify(struct world *world, struct err *err)
{
	json_t *place scoped(json_release) = json_object();

	json_put_text(place, "verb", "verify");
	while (!json_flag(place, "cases_done")) {
		json_t *answer scoped(json_release) =
		    query_answer(world->store, world->conf, place, world->now);
		json_t *faults = json_object_get(answer, "faults"), *fault;
		size_t i;

		if (json_text(answer, "error") != NULL)
			return err_set(
			    err, ERR_BUG, "%s", json_text(answer, "error"));
		json_array_foreach(faults, i, fault)
		{
			watch_complain(world, "R2", json_text(fault, "case"),
			    "%s", json_text(fault, "what"));
		}
		json_object_update(place, answer);
	}
	return 0;
}

static int
look(struct world *world, struct err *err)
{
	sqlite3 *db = NULL;
	int result = 0;

	watch_silence(world);
	if (verify(world, err) < 0)
		return -1;
	if (sqlite3_open_v2(world->setup.path, &db, SQLITE_OPEN_READONLY,
		NULL) != SQLITE_OK)
		result = err_set(err, ERR_BUG, "%s: %s", world->setup.path,
		    sqlite3_errmsg(db));
	else
		result = year_rules_prepare(db, world->conf, err);
	for (size_t i = 0; result == 0 && i < year_rule_count; i++) {
		int faults = year_rule_check(db, &year_rules[i], world->now,
		    world->complain, world->arg, err);

		if (faults < 0)
			result = -1;
		else
			world->figures.faults += faults;
	}
	(void)sqlite3_close(db);
	return result;
}

/* ---- the clock ---- */

static int
step(struct world *world, msec_t until, struct err *err)
{
	msec_t at = plan_next(world), due = desk_next(world->desk);
	struct errand *plan;

	if (at == 0 || (due != 0 && due < at))
		at = due;
	if (at == 0 || at > until) {
		world->now = until;
		return 0;
	}
	if (at > world->now)
		world->now = at;
	while ((plan = plan_take(world, world->now)) != NULL) {
		plan->happen(world, plan);
		free(plan);
	}
	return settle(world, err) < 0 ? -1 : 1;
}

static int
run_until(struct world *world, msec_t until, struct err *err)
{
	int more;

	while ((more = step(world, until, err)) > 0)
		;
	return more;
}

static int
play(struct world *world, struct err *err)
{
	owners_plan_year(world);
	senders_plan_outages(world);
	if (start_desk(world, err) < 0)
		return -1;
	for (int day = 1; day <= world->setup.days; day++) {
		if (run_until(world, world->begin + day * MSEC_DAY, err) < 0)
			return -1;
		if (day % RESTART_DAYS == 0) {
			desk_close(&world->desk);
			if (start_desk(world, err) < 0 ||
			    settle(world, err) < 0)
				return -1;
		}
		if ((day % CHECK_DAYS == 0 || day == world->setup.days) &&
		    look(world, err) < 0)
			return -1;
	}
	world->figures.messages = post_count(world);
	world->figures.cases = case_count(world->store);
	return 0;
}

/* ---- the whole ---- */

static int
prepare(struct world *world, struct err *err)
{
	if (reader_open(err) < 0 ||
	    config_load_with("conf/demo/shouwen.conf",
		(const char *const[]){ "undo_seconds=60", NULL }, NULL, NULL,
		&world->conf, err) < 0)
		return -1;
	world->estate = &world->conf->estates[0];
	world->texts =
	    desk_texts_load(world->conf->templates,
		world->conf->classifier, NULL, NULL, err);
	world->words = words_load("tests/words/messages.jsonl", err);
	if (world->texts == NULL || world->words == NULL)
		return -1;
	world->store = store_open(world->setup.path, err);
	senders_make(world);
	return world->store == NULL ? -1 : people_make(world, err);
}

static void
leave(struct world *world)
{
	desk_close(&world->desk);
	store_close(&world->store);
	plans_free(world);
	words_free(&world->words);
	watch_free(&world->watch);
	texts_free(&world->texts);
	config_free(&world->conf);
	buf_done(&world->again);
	arena_done(&world->arena);
}

int
year_run(const struct year_setup *setup, year_complain *complain, void *arg,
    struct year_figures *ret, struct err *err)
{
	struct world *world = calloc(1, sizeof(*world));
	int result;

	if (world == NULL)
		abort();
	world->setup = *setup;
	world->complain = complain;
	world->arg = arg;
	world->dice = setup->seed;
	/* Midnight in the estate. */
	world->begin = civil_to_days(2026, 1, 1) * MSEC_DAY - 8 * MSEC_HOUR;
	world->now = world->begin;
	world->end = world->begin + setup->days * MSEC_DAY;
	world->watch = watch_new();
	arena_init(&world->arena, LIMIT_YEAR_BYTES);
	buf_init(&world->again, MIB);
	result = prepare(world, err);
	if (result == 0)
		result = play(world, err);
	*ret = world->figures;
	leave(world);
	free(world);
	return result;
}
