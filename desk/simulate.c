#include "desk/simulator.h"

#include <stdlib.h>
#include <string.h>

#include "desk/query.h"
#include "lib/json.h"
#include "lib/text.h"
#include "reader/reader.h"
#include "store/owners.h"
#include "store/store.h"

#define LIMIT_SIM_BYTES (1024 * (size_t)1024 * 1024)
enum { TURNS_MAX = 10000 };

static int
settle(struct simulator *sim, struct err *err)
{
	for (int i = 0; i < TURNS_MAX; i++) {
		int done = desk_turn(sim->desk, sim->now, err);

		if (done <= 0)
			return done;
	}
	return err_set(err, ERR_BUG, "the desk does not come to rest");
}

static struct sent *
next_report(struct simulator *sim)
{
	struct sent *next = NULL;

	for (size_t i = 0; i < sim->sent_count; i++)
		if (sim->sent[i].report_at != 0 &&
		    (next == NULL || sim->sent[i].report_at < next->report_at))
			next = &sim->sent[i];
	return next;
}

static int
run_until(struct simulator *sim, msec_t until, struct err *err)
{
	for (;;) {
		msec_t due = desk_next(sim->desk);
		struct sent *report = next_report(sim);

		if (report != NULL && (due == 0 || report->report_at < due))
			due = report->report_at;
		else
			report = NULL;
		if (due == 0 || due > until)
			break;
		if (due > sim->now)
			sim->now = due;
		if (report != NULL) {
			report->report_at = 0;
			if (sim_do_report(sim, report, "delivered", err) < 0)
				return -1;
		}
		if (settle(sim, err) < 0)
			return -1;
	}
	sim->now = until;
	return 0;
}

/* Nothing that the rules do may break the record: the same questions as of
 * `shouwen verify'. */
static int
verify(struct simulator *sim, struct err *err)
{
	json_t *place scoped(json_release) = json_object();
	bool is_done = false;

	json_put_text(place, "verb", "verify");
	while (!is_done) {
		json_t *answer scoped(json_release) = query_answer(
		    sim->store, sim->setup->conf, place, sim->now);
		const json_t *fault =
		    json_array_get(json_object_get(answer, "faults"), 0);

		if (json_text(answer, "error") != NULL)
			return err_set(
			    err, ERR_BUG, "%s", json_text(answer, "error"));
		if (fault != NULL)
			return err_set(err, ERR_BUG,
			    "the record does not hold: case %s, event %lld: %s",
			    text_or(json_text(fault, "case"), "unknown"),
			    (long long)json_int(fault, "event", 0),
			    json_text(fault, "what"));
		is_done = json_flag(answer, "cases_done");
		json_object_update(place, answer);
	}
	return 0;
}

static int
play(struct simulator *sim, const char *place, const char *folder,
    struct err *err)
{
	for (size_t i = 0; i < sim->script.count; i++) {
		const struct script_line *line = &sim->script.lines[i];

		if (run_until(sim, line->at, err) < 0 ||
		    sim_do_line(sim, line, place, folder, err) < 0 ||
		    settle(sim, err) < 0)
			return -1;
	}
	return sim_print_cases(sim, err) < 0 ? -1 : verify(sim, err);
}

/* ---- the whole ---- */

static int
add_owners(struct simulator *sim, struct err *err)
{
	const struct simulation *setup = sim->setup;
	struct owners_change change;
	size_t start = 0;

	if (setup->owner_count == 0)
		return 0;
	if (store_begin(sim->store, err) < 0)
		return -1;
	for (size_t i = 1; i <= setup->owner_count; i++) {
		if (i < setup->owner_count &&
		    text_eq(setup->owners[i].estate, setup->owners[start].estate))
			continue;
		if (owners_replace(sim->store, setup->owners[start].estate,
			setup->owners + start, i - start, sim->now, &change,
			err) < 0)
			return -1;
		start = i;
	}
	return store_commit(sim->store, err);
}

static int
run(struct simulator *sim, const char *place, const char *folder,
    struct err *err)
{
	const struct config *conf = sim->setup->conf;
	size_t most = conf->smtp_count + conf->sms_channel_count + 1;
	struct fake_sender *fakes =
	    arena_array(&sim->arena, most, sizeof(*fakes));
	struct sender **senders =
	    arena_array(&sim->arena, most, sizeof(struct sender *));
	struct desk_setup setup = {
		.conf = conf,
		.texts = sim->setup->texts,
		.store = sim->store,
		.senders = senders,
		.sender_count = sim_make_senders(sim, fakes, senders),
	};
	int result;

	sim_ports(sim, &setup.ports);
	if (add_owners(sim, err) < 0)
		return -1;
	sim->desk = desk_open(&setup, sim->now, err);
	if (sim->desk == NULL)
		return -1;
	result = play(sim, place, folder, err);
	desk_close(&sim->desk);
	return result;
}

int
simulate_run(const struct simulation *simulation, const char *place,
    const char *folder, const char *script, struct err *err)
{
	struct simulator sim = { .setup = simulation };
	int result = -1;

	if (script_parse(place, script, &sim.script, err) < 0)
		return -1;
	if (reader_open(err) < 0) {
		script_free(&sim.script);
		return -1;
	}
	arena_init(&sim.arena, LIMIT_SIM_BYTES);
	sim.now = sim.script.count == 0 ? 0 : sim.script.lines[0].at;
	sim.store = store_open(":memory:", err);
	if (sim.store != NULL)
		result = run(&sim, place, folder, err);
	store_close(&sim.store);
	free(sim.sent);
	arena_done(&sim.arena);
	script_free(&sim.script);
	return result;
}
