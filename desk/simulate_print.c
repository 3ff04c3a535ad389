#include "desk/simulator.h"

#include "core/limits.h"
#include "core/zone.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "store/cases.h"
#include "store/incidents.h"

enum { CASES_MAX = 100000 };

static void
print_line(struct simulator *sim, json_t *line)
{
	struct buf text scoped(buf_done);

	buf_init(&text, LIMIT_WORK_BYTES);
	json_to_buf(line, &text);
	sim->setup->print(buf_text(&text), sim->setup->arg);
	json_decref(line);
}

const struct estate *
sim_estate(struct simulator *sim, const char *id)
{
	const struct estate *estate = config_estate(sim->setup->conf, id);

	return estate != NULL ? estate : &sim->setup->conf->estates[0];
}

static void
put_time(struct simulator *sim, json_t *line, const char *key, msec_t at,
    const char *estate)
{
	char text[32];

	if (at == 0)
		return;
	zone_rfc3339(sim_estate(sim, estate)->zone, at, text);
	json_put_text(line, key, text);
}

static const char *
case_number(struct simulator *sim, case_id id, struct arena *arena)
{
	struct case_file found = { 0 };
	struct err err = { 0 };

	if (id == 0 || case_load(sim->store, id, arena, &found, &err) <= 0)
		return NULL;
	return found.number;
}

/* The incident that the case belongs to, by its number. */
static void
put_incident(struct simulator *sim, json_t *line, const struct case_file *file,
    struct arena *arena)
{
	struct incident found = { 0 };
	struct err err = { 0 };

	if (file->incident != 0 &&
	    incident_load(sim->store, file->incident, arena, &found, &err) > 0)
		json_put_text(line, "incident", found.number);
}

void
sim_print_out(struct simulator *sim, const struct outgoing *out)
{
	json_t *line = json_object();
	const char *number = case_number(sim, out->case_id, &sim->arena);

	put_time(sim, line, "at", sim->now, out->estate);
	json_put_int(line, "out", (int64_t)sim->sent_count);
	json_put_text(line, "channel", channel_name(out->channel));
	json_put_text(line, "to", out->to);
	json_put_text(line, "role", role_name(out->role));
	json_put_text(line, "template", out->template_name);
	if (out->subject != NULL)
		json_put_text(line, "subject", out->subject);
	json_put_text(line, "text", out->text);
	if (out->part_count > 0)
		json_put_int(line, "files", (int64_t)out->part_count);
	if (number != NULL)
		json_put_text(line, "case", number);
	print_line(sim, line);
}

static void
print_event(struct simulator *sim, const struct effects *effects,
    const struct event *event, struct arena *arena)
{
	struct case_file stored = { 0 };
	const struct case_file *file = effects_case(effects, event->case_id);
	struct err err = { 0 };
	json_t *line;

	if (file == NULL &&
	    case_load(sim->store, event->case_id, arena, &stored, &err) > 0)
		file = &stored;
	if (file == NULL)
		return;
	line = json_object();
	put_time(sim, line, "at", sim->now, file->estate);
	json_put_text(line, "event", event->name);
	json_put_text(line, "case", file->number);
	json_put_text(line, "state", case_state_name(event->state));
	json_put_text(line, "actor", event->actor);
	put_incident(sim, line, file, arena);
	if (event->level > 0)
		json_put_int(line, "level", event->level);
	if (event->reason != NULL)
		json_put_text(line, "reason", event->reason);
	if (event->text != NULL)
		json_put_text(line, "text", event->text);
	print_line(sim, line);
}

static void
print_bin(struct simulator *sim, const struct input *in,
    const struct effect *effect)
{
	json_t *line = json_object();

	put_time(sim, line, "at", sim->now, in->estate);
	json_put_text(line, "event", "binned");
	json_put_text(line, "bin", effect->bin.bin);
	json_put_text(line, "reason", effect->bin.reason);
	print_line(sim, line);
}

void
sim_on_decided(void *self, const struct input *in, const struct effects *effects,
    msec_t now)
{
	struct simulator *sim = self;
	struct arena arena scoped(arena_done);

	(void)now;
	arena_init(&arena, LIMIT_WORK_BYTES);
	for (size_t i = 0; i < effects->count; i++) {
		const struct effect *effect = &effects->list[i];

		if (effect->kind == EFFECT_EVENT)
			print_event(sim, effects, &effect->event, &arena);
		else if (effect->kind == EFFECT_BIN)
			print_bin(sim, in, effect);
	}
}

static void
put_case(struct simulator *sim, json_t *list, const struct case_file *file)
{
	struct arena arena scoped(arena_done);
	json_t *row = json_object();

	arena_init(&arena, LIMIT_WORK_BYTES);
	json_put_text(row, "number", file->number);
	json_put_text(row, "state", case_state_name(file->state));
	json_put_text(row, "kind", kind_name(file->kind));
	json_put_text(row, "category", file->category);
	json_put_text(row, "severity", severity_name(file->severity));
	json_put_text(row, "place", place_print(&file->place, &arena));
	json_put_text(row, "first_responder", file->first_responder);
	json_put_text(row, "handler", file->handler);
	json_put_text(row, "department", file->department);
	json_put_int(row, "level", file->level);
	put_incident(sim, row, file, &arena);
	put_time(sim, row, "take_due", file->take_due, file->estate);
	put_time(sim, row, "dispatch_due", file->dispatch_due, file->estate);
	put_time(sim, row, "reply_due", file->reply_due, file->estate);
	put_time(sim, row, "outcome_due", file->outcome_due, file->estate);
	put_time(sim, row, "promise_due", file->promise_due, file->estate);
	put_time(sim, row, "news_due", file->news_due, file->estate);
	json_array_append_new(list, row);
}

int
sim_print_cases(struct simulator *sim, struct err *err)
{
	const struct case_filter all = { 0 };
	int64_t count = case_count(sim->store);
	struct case_file *files;
	json_t *line = json_object(), *list = json_array();
	int listed;

	if (count > CASES_MAX)
		count = CASES_MAX;
	files = arena_array(&sim->arena, (size_t)count + 1, sizeof(*files));
	listed = case_list(
	    sim->store, &all, &sim->arena, files, (int)count + 1, err);
	for (int i = listed - 1; i >= 0; i--)
		put_case(sim, list, &files[i]);
	json_object_set_new(line, "cases", list);
	print_line(sim, line);
	return listed < 0 ? -1 : 0;
}

void
sim_on_note(void *self, enum desk_note_kind kind, const char *at, const char *text)
{
	struct simulator *sim = self;
	json_t *line;

	if (kind == NOTE_INFO)
		return;
	line = json_object();
	put_time(sim, line, "at", sim->now, NULL);
	json_put_text(line, "note", at);
	json_put_text(line, "text", text);
	print_line(sim, line);
}

