/*
 * What a tick of the clock costs with a thousand and with a million open
 * cases, when the same number of timers is due: it must be paid for what is
 * due, not for what is open.
 *
 * usage: bench_timers [FOLDER]     from the top folder; half a minute
 * and 700 MB
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench/measure.h"
#include "core/effect.h"
#include "core/limits.h"
#include "core/texts.h"
#include "desk/config.h"
#include "desk/desk.h"
#include "desk/texts.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "store/cases.h"
#include "store/store.h"

/* DUE is what the desk takes in one turn. */
enum { TICKS = 9, DUE = 64, RINGING = TICKS * DUE, AT_ONCE = 10000 };

/* Monday 2026-11-23 10:00 in Shanghai, a working hour. */
#define MORNING ((msec_t)1795399200000)

struct bench {
	const struct config *conf;
	const struct texts *texts;
	char folder[200], file[220];
	struct store *store;
};

static void
die(const char *why)
{
	(void)fprintf(stderr, "bench_timers: %s\n", why);
	exit(1);
}

static void
complain(const char *mistake, void *arg)
{
	(void)arg;
	(void)fprintf(stderr, "%s\n", mistake);
}

/* ---- the cases ---- */

/* Those that ring lie apart where there is room; the others have a week. */
static msec_t
due_of(long i, long count)
{
	long apart = count / RINGING > 100 ? 100 : 1;

	if (i % apart == 0 && i / apart < RINGING)
		return MORNING + i / apart / DUE * MSEC_SECOND;
	return MORNING + 7 * MSEC_DAY + i;
}

static void
open_case(struct bench *bench, struct arena *arena, long i, msec_t due)
{
	struct effects effects;
	struct err err = { 0 };
	/* At step 1 the head of department is told, and that is that. */
	struct timer timer = {
		.case_id = i + 1,
		.kind = TIMER_TAKE,
		.step = 1,
		.due = due,
	};

	arena_reset(arena);
	effects_init(&effects, arena);
	effects_add(&effects, EFFECT_CASE)->the_case = (struct case_file){
		.id = i + 1,
		.number = arena_printf(arena, "T261123-%04ld", i + 1),
		.estate = "sunshine",
		.state = CASE_NEW,
		.kind = KIND_REQUEST,
		.category = "plumbing",
		.severity = SEVERITY_NORMAL,
		.mail = arena_printf(arena, "owner%ld@owner.example", i),
		.subject = "厨房漏水",
		.text = "您好，厨房水管漏水。",
		.place = { .building = "3", .unit = "2", .room = "501" },
		.first_responder = "lin",
		.department = "engineering",
		.level = 1,
		.received_at = MORNING - MSEC_HOUR,
		.take_due = due,
		.reply_due = MORNING + 8 * MSEC_DAY,
	};
	effects_add(&effects, EFFECT_TIMER_SET)->timer = timer;
	if (store_apply(bench->store, &effects, 0, MORNING - MSEC_HOUR, &err) <
	    0)
		die(err.msg);
}

static void
open_cases(struct bench *bench, long count)
{
	struct arena arena scoped(arena_done);
	struct err err = { 0 };

	arena_init(&arena, LIMIT_WORK_BYTES);
	for (long i = 0; i < count; i++) {
		if (i % AT_ONCE == 0 && store_begin(bench->store, &err) < 0)
			die(err.msg);
		open_case(bench, &arena, i, due_of(i, count));
		if ((i % AT_ONCE == AT_ONCE - 1 || i == count - 1) &&
		    store_commit(bench->store, &err) < 0)
			die(err.msg);
	}
}

/* ---- the clock ---- */

static void
on_note(void *self, enum desk_note_kind kind, const char *at, const char *text)
{
	(void)self;
	(void)at;
	if (kind == NOTE_ERROR)
		die(text);
}

static int
by_value(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The median; microseconds. */
static int64_t
tick(struct bench *bench)
{
	const struct desk_setup setup = {
		.conf = bench->conf,
		.texts = bench->texts,
		.store = bench->store,
		.ports = { .note = on_note },
	};
	struct err err = { 0 };
	struct desk *desk = desk_open(&setup, MORNING - 1, &err);
	struct timer left[1];
	int64_t spent[TICKS];

	if (desk == NULL || desk_turn(desk, MORNING - 1, &err) < 0)
		die(err.msg);
	for (int i = 0; i < TICKS; i++) {
		msec_t now = MORNING + i * MSEC_SECOND;
		int64_t begun = cpu_us();

		if (desk_turn(desk, now, &err) != 1)
			die("nothing was due");
		spent[i] = cpu_us() - begun;
		if (timers_due(bench->store, now, left, 1, &err) != 0)
			die("a timer is still due");
	}
	desk_close(&desk);
	qsort(spent, TICKS, sizeof(spent[0]), by_value);
	return spent[TICKS / 2];
}

static int64_t
measure(struct bench *bench, const char *folder, long count)
{
	struct err err = { 0 };
	int64_t spent;

	(void)snprintf(bench->folder, sizeof(bench->folder),
	    "%s/bench-timers-XXXXXX", folder);
	if (mkdtemp(bench->folder) == NULL)
		die(folder);
	(void)snprintf(
	    bench->file, sizeof(bench->file), "%s/store", bench->folder);
	bench->store = store_open(bench->file, &err);
	if (bench->store == NULL)
		die(err.msg);
	open_cases(bench, count);
	spent = tick(bench);
	store_close(&bench->store);
	(void)unlink(bench->file);
	(void)rmdir(bench->folder);
	return spent;
}

int
main(int argc, char **argv)
{
	const char *folder = argc > 1 ? argv[1] : "/tmp";
	struct config *conf scoped(config_free) = NULL;
	struct texts *texts scoped(texts_free) = NULL;
	struct bench bench = { 0 };
	struct err err = { 0 };
	int64_t few, many;

	if (config_load("conf/demo/shouwen.conf", complain, NULL, &conf, &err) <
	    0)
		die(err.msg);
	texts = desk_texts_load(
	    conf->templates, conf->classifier, complain, NULL, &err);
	if (texts == NULL)
		die(err.msg);
	bench.conf = conf;
	bench.texts = texts;
	few = measure(&bench, folder, 1000);
	many = measure(&bench, folder, 1000000);
	(void)printf("timers.tick_1k %lld us\n", (long long)few);
	(void)printf("timers.tick_1m %lld us\n", (long long)many);
	(void)printf("timers.1m_of_1k %.2f ratio\n",
	    (double)many / (double)(few < 1 ? 1 : few));
	return 0;
}
