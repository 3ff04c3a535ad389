#include "desk/simulate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "core/limits.h"
#include "core/zone.h"
#include "desk/desk.h"
#include "desk/raw.h"
#include "desk/simulate_script.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/protocol.h"
#include "reader/reader.h"
#include "store/cases.h"
#include "store/owners.h"
#include "store/store.h"

/* architecture.md 6: a text counts as delivered after that time. */
#define DELIVERED_AFTER	 (5 * MSEC_SECOND)
#define LIMIT_SIM_BYTES	 (1024 * (size_t)1024 * 1024)
enum { TURNS_MAX = 10000, CASES_MAX = 100000 };

/* A message that has left, by the number it was printed under. */
struct sent {
	struct outgoing out; /* in the simulation's arena */
	const char *from;    /* desk's own address */
	msec_t report_at;    /* delivered then; 0: no report comes */
};

struct simulator {
	const struct simulation *setup;
	struct script script;
	struct store *store;
	struct desk *desk;
	struct arena arena; /* for the whole run */
	msec_t now;
	struct sent *sent;
	size_t sent_count, sent_room;
	uint32_t uid;
};

/* One per account: the sender's name is what tells them apart. */
struct fake_sender {
	struct sender sender;
	struct simulator *simulator;
	struct receipt waiting[64];
	size_t waiting_count;
};

/* ---- output ---- */

static void
print_line(struct simulator *sim, json_t *line)
{
	struct buf text scoped(buf_done);

	buf_init(&text, LIMIT_WORK_BYTES);
	json_to_buf(line, &text);
	sim->setup->print(buf_text(&text), sim->setup->arg);
	json_decref(line);
}

static const struct estate *
estate_named(struct simulator *sim, const char *id)
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
	zone_rfc3339(estate_named(sim, estate)->zone, at, text);
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

static void
print_out(struct simulator *sim, const struct outgoing *out)
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

static const struct case_file *
case_after(const struct effects *effects, case_id id)
{
	for (size_t i = effects->count; i > 0; i--)
		if (effects->list[i - 1].kind == EFFECT_CASE &&
		    effects->list[i - 1].the_case.id == id)
			return &effects->list[i - 1].the_case;
	return NULL;
}

static void
print_event(struct simulator *sim, const struct effects *effects,
    const struct event *event, struct arena *arena)
{
	struct case_file stored = { 0 };
	const struct case_file *file = case_after(effects, event->case_id);
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

static void
on_decided(void *self, const struct input *in, const struct effects *effects,
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
	put_time(sim, row, "take_due", file->take_due, file->estate);
	put_time(sim, row, "dispatch_due", file->dispatch_due, file->estate);
	put_time(sim, row, "reply_due", file->reply_due, file->estate);
	put_time(sim, row, "outcome_due", file->outcome_due, file->estate);
	put_time(sim, row, "promise_due", file->promise_due, file->estate);
	put_time(sim, row, "news_due", file->news_due, file->estate);
	json_array_append_new(list, row);
}

static int
print_cases(struct simulator *sim, struct err *err)
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

/* ---- senders ---- */

/* What the script holds for this number; the simulator looks ahead. */
static const struct script_line *
report_for(const struct simulator *sim, int out)
{
	for (size_t i = 0; i < sim->script.count; i++)
		if (sim->script.lines[i].kind == SCRIPT_REPORT &&
		    sim->script.lines[i].out == out)
			return &sim->script.lines[i];
	return NULL;
}

static void
keep_sent(struct simulator *sim, const struct outgoing *out)
{
	const struct estate *estate = estate_named(sim, out->estate);
	struct sent *sent;

	if (sim->sent_count == sim->sent_room) {
		sim->sent_room = sim->sent_room == 0 ? 64 : sim->sent_room * 2;
		sim->sent =
		    realloc(sim->sent, sim->sent_room * sizeof(*sim->sent));
		if (sim->sent == NULL)
			abort();
	}
	sent = &sim->sent[sim->sent_count++];
	*sent = (struct sent){ .out = *out };
	sent->out.to = arena_strdup(&sim->arena, out->to);
	sent->out.estate = estate->id;
	sent->out.subject = arena_strdup(&sim->arena, out->subject);
	sent->out.text = arena_strdup(&sim->arena, out->text);
	sent->out.message_id = arena_strdup(&sim->arena, out->message_id);
	sent->out.reply_to = arena_strdup(&sim->arena, out->reply_to);
	sent->from = estate->mailbox == NULL ? "" : estate->mailbox->address;
}

static int
fake_start(void *self, const struct send_job *job, struct err *err)
{
	struct fake_sender *fake = self;
	struct simulator *sim = fake->simulator;
	const struct script_line *report;
	struct receipt *receipt;

	if (fake->waiting_count == ARRAY_COUNT(fake->waiting))
		return err_set(err, ERR_TEMP, "too many in flight");
	keep_sent(sim, job->out);
	print_out(sim, job->out);
	report = report_for(sim, (int)sim->sent_count);
	receipt = &fake->waiting[fake->waiting_count++];
	*receipt = (struct receipt){
		.out = job->out->id,
		.attempt = job->attempt,
		.code = 250,
	};
	if (report != NULL && text_eq(report->state, "failed")) {
		receipt->result = ERR_PERM;
		receipt->code = 550;
		(void)snprintf(receipt->answer, sizeof(receipt->answer),
		    "550 refused by the script");
	} else if (report == NULL && job->out->channel == CHANNEL_SMS) {
		sim->sent[sim->sent_count - 1].report_at =
		    sim->now + DELIVERED_AFTER;
	}
	return 0;
}

static int
fake_collect(void *self, struct receipt *ret)
{
	struct fake_sender *fake = self;

	if (fake->waiting_count == 0)
		return 0;
	*ret = fake->waiting[0];
	fake->waiting_count--;
	memmove(fake->waiting, fake->waiting + 1,
	    fake->waiting_count * sizeof(*ret));
	return 1;
}

/* ---- reader ---- */

static json_t *
read_now(const struct desk_read *read, struct arena *arena)
{
	const char *raw = read->data + read->offset;
	json_t *answer = json_object();
	struct message message = { 0 };
	struct push_report report = { 0 };
	struct err err = { 0 };
	int result;

	if (read->kind == READER_MAIL)
		result = reader_mail(raw, read->length, arena, &message, &err);
	else if (read->kind == READER_PUSH_TEXT)
		result = reader_push_text(
		    read->map, raw, read->length, arena, &message, &err);
	else
		result = reader_push_report(
		    read->map, raw, read->length, arena, &report, &err);
	if (result < 0) {
		json_put_text(answer, "error", err.msg);
	} else if (read->kind == READER_PUSH_REPORT) {
		json_t *what = json_object();

		json_put_text(what, "id", report.id);
		json_put_text(what, "state", report.state);
		json_put_text(what, "answer", report.answer);
		json_object_set_new(answer, "report", what);
	} else {
		json_object_set_new(
		    answer, "message", message_to_json(&message));
	}
	return answer;
}

static void
on_read(void *self, const struct desk_read *read)
{
	struct simulator *sim = self;
	struct arena arena scoped(arena_done);
	struct buf text scoped(buf_done);
	json_t *answer scoped(json_release) = NULL;

	arena_init(&arena, LIMIT_WORK_BYTES);
	buf_init(&text, LIMIT_READER_ANSWER_BYTES);
	answer = read_now(read, &arena);
	json_to_buf(answer, &text);
	desk_read_done(sim->desk, read->job, buf_text(&text), text.len);
}

static void
on_note(void *self, enum desk_note_kind kind, const char *at, const char *text)
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

static void
on_settle(void *self, const char *mailbox, uint32_t uidvalidity,
    const uint32_t *uids, size_t count)
{
	struct simulator *sim = self;
	struct err err = { 0 };

	if (desk_settled(sim->desk, mailbox, uidvalidity, uids, count, &err) < 0)
		on_note(sim, NOTE_ERROR, "settle", err.msg);
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

/* ---- what the script makes happen ---- */

static const struct mailbox *
mailbox_for(struct simulator *sim, const json_t *mail)
{
	const struct config *conf = sim->setup->conf;
	const char *to = text_or(json_text(mail, "to"), "");

	for (size_t i = 0; i < conf->mailbox_count; i++)
		if (strstr(to, conf->mailboxes[i].address) != NULL)
			return &conf->mailboxes[i];
	return conf->mailbox_count == 0 ? NULL : &conf->mailboxes[0];
}

static const struct sent *
sent_named(const struct simulator *sim, int64_t number)
{
	return number < 1 || (size_t)number > sim->sent_count
		   ? NULL
		   : &sim->sent[number - 1];
}

static int
hand_in_mail(struct simulator *sim, const struct mailbox *box,
    const struct buf *raw, struct err *err)
{
	struct raw *bytes = raw_from_bytes(buf_text(raw), raw->len, err);
	struct desk_mail mail = { .uid = ++sim->uid, .length = raw->len };
	int fd;

	if (bytes == NULL)
		return -1;
	fd = raw_fd_copy(bytes, err);
	raw_drop(&bytes);
	return fd < 0 ? -1
		      : desk_mails(sim->desk, box->name, 1, fd, &mail, 1, err);
}

static int
do_mail(struct simulator *sim, const struct script_line *line,
    const char *place, const char *folder, struct err *err)
{
	int64_t number = json_int(line->what, "reply_to", 0);
	const struct sent *answered = sent_named(sim, number);
	const struct mailbox *box = mailbox_for(sim, line->what);
	struct buf raw scoped(buf_done);

	if (number != 0 && answered == NULL)
		return err_set(err, ERR_DATA,
		    "%s:%d: reply_to %lld: so far %zu messages have gone out",
		    place, line->number, (long long)number, sim->sent_count);
	if (answered != NULL)
		box = estate_named(sim, answered->out.estate)->mailbox;
	if (box == NULL)
		return err_set(err, ERR_CONF, "no mailbox is configured");
	buf_init(&raw, LIMIT_MAIL_BYTES);
	if (script_mail(line, answered == NULL ? NULL : &answered->out,
		box->address, estate_named(sim, box->estate)->authserv_id,
		folder, &raw, err) < 0)
		return err_wrap(err, "%s:%d", place, line->number);
	return hand_in_mail(sim, box, &raw, err);
}

static int
push(struct simulator *sim, const struct sms_channel *sms, bool is_report,
    json_t *query, struct err *err)
{
	struct buf text scoped(buf_done);
	json_t *push = json_object();
	int result;

	buf_init(&text, LIMIT_PUSH_BYTES);
	json_object_set_new(push, "query", query);
	json_to_buf(push, &text);
	json_decref(push);
	result = desk_push(sim->desk, sms->name, is_report, buf_text(&text),
	    text.len, NULL, err);
	return result;
}

static const struct sms_channel *
channel_for(struct simulator *sim, const char *number)
{
	const struct config *conf = sim->setup->conf;

	for (size_t i = 0; i < conf->sms_channel_count; i++)
		if (text_eq(conf->sms_channels[i].number, number))
			return &conf->sms_channels[i];
	return conf->sms_channel_count == 0 ? NULL : &conf->sms_channels[0];
}

static int
do_sms(struct simulator *sim, const struct script_line *line, struct err *err)
{
	const struct sms_channel *sms =
	    channel_for(sim, json_text(line->what, "to"));
	const char *id = json_text(line->what, "id");
	json_t *query = json_object();
	char made[32];

	(void)snprintf(made, sizeof(made), "line-%d", line->number);
	json_put_text(query, "id", id != NULL ? id : made);
	json_put_text(query, "from", json_text(line->what, "from"));
	json_put_text(query, "to", json_text(line->what, "to"));
	json_put_text(query, "text", json_text(line->what, "text"));
	json_put_text(query, "coding", "0");
	json_put_text(query, "charset", "UTF-8");
	if (sms == NULL) {
		json_decref(query);
		return err_set(err, ERR_CONF, "no SMS channel is configured");
	}
	return push(sim, sms, false, query, err);
}

/* The gateway's report of a text, or the mail that came back. */
static int
do_report(struct simulator *sim, const struct sent *sent, const char *state,
    struct err *err)
{
	const struct estate *estate = estate_named(sim, sent->out.estate);
	char id[40];
	json_t *query;

	if (sent->out.channel == CHANNEL_MAIL) {
		struct buf raw scoped(buf_done);

		buf_init(&raw, LIMIT_MAIL_BYTES);
		script_bounce(&sent->out, sent->from, "mx.simulator.example",
		    &raw);
		return hand_in_mail(sim, estate->mailbox, &raw, err);
	}
	if (estate->sms == NULL)
		return 0;
	query = json_object();
	(void)snprintf(id, sizeof(id), "%lld-1", (long long)sent->out.id);
	json_put_text(query, "id", id);
	json_put_text(query, "type", text_eq(state, "delivered") ? "1" : "2");
	return push(sim, estate->sms, true, query, err);
}

static int
do_line(struct simulator *sim, const struct script_line *line,
    const char *place, const char *folder, struct err *err)
{
	const struct sent *sent;

	switch (line->kind) {
	case SCRIPT_MAIL: return do_mail(sim, line, place, folder, err);
	case SCRIPT_SMS: return do_sms(sim, line, err);
	case SCRIPT_REPORT:
		sent = sent_named(sim, line->out);
		if (sent == NULL)
			return err_set(err, ERR_DATA,
			    "%s:%d: report for %d: so far %zu messages have "
			    "gone out",
			    place, line->number, line->out, sim->sent_count);
		/* "failed" was refused when it was sent; a delivered mail is
		 * no news. */
		if (text_eq(line->state, "failed") ||
		    (text_eq(line->state, "delivered") &&
			sent->out.channel == CHANNEL_MAIL))
			return 0;
		return do_report(sim, sent, line->state, err);
	case SCRIPT_WAIT: return 0;
	}
	return 0;
}

/* ---- time ---- */

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
			if (do_report(sim, report, "delivered", err) < 0)
				return -1;
		}
		if (settle(sim, err) < 0)
			return -1;
	}
	sim->now = until;
	return 0;
}

static int
play(struct simulator *sim, const char *place, const char *folder,
    struct err *err)
{
	for (size_t i = 0; i < sim->script.count; i++) {
		const struct script_line *line = &sim->script.lines[i];

		if (run_until(sim, line->at, err) < 0 ||
		    do_line(sim, line, place, folder, err) < 0 ||
		    settle(sim, err) < 0)
			return -1;
	}
	return print_cases(sim, err);
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

static size_t
make_senders(struct simulator *sim, struct fake_sender *fakes,
    struct sender **senders)
{
	const struct config *conf = sim->setup->conf;
	size_t count = 0;

	for (size_t i = 0; i < conf->smtp_count; i++)
		fakes[count++].sender.name = conf->smtps[i].name;
	for (size_t i = 0; i < conf->sms_channel_count; i++)
		fakes[count++].sender.name = conf->sms_channels[i].name;
	for (size_t i = 0; i < count; i++) {
		fakes[i].simulator = sim;
		fakes[i].sender.start = fake_start;
		fakes[i].sender.collect = fake_collect;
		fakes[i].sender.self = &fakes[i];
		senders[i] = &fakes[i].sender;
	}
	return count;
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
		.sender_count = make_senders(sim, fakes, senders),
		.ports = {
			.read = on_read,
			.settle = on_settle,
			.hold = on_hold,
			.answer = on_answer,
			.note = on_note,
			.decided = on_decided,
			.self = sim,
		},
	};
	int result;

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
