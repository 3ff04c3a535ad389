/*
 * How many ingested mails the store takes: raw bytes, a case with its story,
 * its timers and two answers, a hundred to a transaction.
 *
 * usage: bench_store [UNITS [FOLDER]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/measure.h"
#include "core/effect.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/digest.h"
#include "lib/err.h"
#include "store/cases.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "store/store.h"

enum { MAIL_BYTES = 6 * 1024, TURN = 100, EVENTS = 4, TIMERS = 5, SENDS = 2 };

/* 2026-11-23 09:00 in Shanghai. */
#define MORNING ((msec_t)1795395600000)

static char mail[MAIL_BYTES + 1];

static void
die(const struct err *err)
{
	(void)fprintf(stderr, "bench_store: %s\n", err->msg);
	exit(1);
}

static int64_t
receive(struct store *store, uint32_t uid, msec_t now, struct err *err)
{
	uint8_t digest[SHA256_BYTES];
	char hex[SHA256_HEX], key[32], id[64];
	int64_t row = 0;
	const struct inbox_new received = {
		.channel = CHANNEL_MAIL,
		.source = "desk@sunshine.example",
		.estate = "sunshine",
		.key = key,
		.digest = hex,
		.received_at = now,
		.raw = mail,
		.raw_len = MAIL_BYTES,
		.uidvalidity = 1,
		.uid = uid,
	};

	(void)snprintf(key, sizeof(key), "1/%u", (unsigned)uid);
	memcpy(mail, key, strlen(key));
	digest_sha256(mail, MAIL_BYTES, digest);
	digest_hex(digest, sizeof(digest), hex);
	(void)snprintf(
	    id, sizeof(id), "%.16s.%u@mail.example", hex, (unsigned)uid);
	if (inbox_add(store, &received, &row, err) < 0 ||
	    cursor_save(store, received.source, 1, uid,
		received.received_at, err) < 0 ||
	    inbox_note(store, row, id, "owner@example.com", err) < 0)
		die(err);
	return row;
}

static void
fill_case(struct effects *effects, case_id id, msec_t now)
{
	struct arena *arena = effects->arena;
	struct case_file *file = &effects_add(effects, EFFECT_CASE)->the_case;

	*file = (struct case_file){
		.id = id,
		.number = arena_printf(arena, "T261123-%04lld", (long long)id),
		.estate = "sunshine",
		.state = CASE_ASSIGNED,
		.kind = KIND_REQUEST,
		.category = "plumbing",
		.severity = SEVERITY_NORMAL,
		.mail = arena_printf(arena, "owner%lld@example.com",
		    (long long)id * 7919 % 5000),
		.owner_name = "林女士",
		.place = { .building = "3", .unit = "2", .room = "501" },
		.subject = "厨房水管漏水",
		.text = "您好，3号楼2单元501室厨房水管漏水，请尽快派人来看看，谢谢。",
		.first_responder = "lin",
		.department = "engineering",
		.level = 1,
		.received_at = now,
		.take_due = now + MSEC_HOUR,
		.reply_due = now + 4 * MSEC_HOUR,
		.outcome_due = now + MSEC_DAY,
		.owner_thread = "someone@mail.example",
	};
}

static void
fill_story(struct effects *effects, case_id id, msec_t now)
{
	static const char *const names[EVENTS] = { "created", "assigned",
		"acknowledged", "noted" };

	for (int i = 0; i < EVENTS; i++)
		effects_add(effects, EFFECT_EVENT)->event = (struct event){
			.case_id = id,
			.name = names[i],
			.actor = "desk",
			.text = i == 0 ? "厨房水管漏水，请尽快派人来看看。" : NULL,
		};
	for (int i = 0; i < TIMERS; i++)
		effects_add(effects, EFFECT_TIMER_SET)->timer = (struct timer){
			.case_id = id,
			.kind = (enum timer_kind)i,
			.due = now + (i + 1) * MSEC_HOUR,
		};
}

static void
fill_answers(struct effects *effects, const struct case_file *file, out_id out,
    int64_t inbox)
{
	for (int i = 0; i < SENDS; i++)
		effects_add(effects, EFFECT_SEND)->send = (struct outgoing){
			.id = out + i,
			.case_id = file->id,
			.estate = "sunshine",
			.role = i == 0 ? ROLE_OWNER : ROLE_STAFF,
			.to = i == 0 ? file->mail : "lin@sunshine.example",
			.template_name = i == 0 ? "ack" : "new_case",
			.subject = "[T261123-0007] 已受理",
			.text = mail + MAIL_BYTES - 800,
			.message_id = "1.abcdefghijklmnop@sunshine.example",
			.sender = "smtp",
			.is_automatic = i == 0,
			.created_at = file->received_at,
			.not_before = file->received_at,
			.cause = inbox,
		};
	effects_add(effects, EFFECT_ATTACH)->attach = file->id;
}

static void
ingest(struct store *store, struct arena *arena, int i, struct err *err)
{
	msec_t now = MORNING + i;
	int64_t inbox = receive(store, (uint32_t)i + 1, now, err);
	case_id id = case_next_id(store);
	struct effects effects;
	struct case_file file;

	arena_reset(arena);
	effects_init(&effects, arena);
	fill_case(&effects, id, now);
	file = effects.list[0].the_case;
	fill_story(&effects, id, now);
	fill_answers(&effects, &file, out_next_id(store), inbox);
	if (store_unit_begin(store, err) < 0 ||
	    store_apply(store, &effects, inbox, now, err) < 0 ||
	    store_unit_keep(store, err) < 0)
		die(err);
}

/* Milliseconds. */
static int64_t
ingest_all(struct store *store, int units, struct err *err)
{
	struct arena arena scoped(arena_done) = { 0 };
	mono_t start = clock_mono();

	arena_init(&arena, LIMIT_WORK_BYTES);
	for (int i = 0; i < units; i++) {
		if (i % TURN == 0 && store_begin(store, err) < 0)
			die(err);
		ingest(store, &arena, i, err);
		if ((i % TURN == TURN - 1 || i == units - 1) &&
		    store_commit(store, err) < 0)
			die(err);
	}
	return clock_mono().ms - start.ms;
}

int
main(int argc, char **argv)
{
	const char *folder = argc > 2 ? argv[2] : "/tmp";
	int units = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 20000;
	struct err err = { 0 };
	struct store *store;
	char name[200], file[220];
	int64_t spent, busy;

	memset(mail, 'x', MAIL_BYTES);
	(void)snprintf(name, sizeof(name), "%s/bench-store-XXXXXX", folder);
	if (mkdtemp(name) == NULL)
		return 1;
	(void)snprintf(file, sizeof(file), "%s/store", name);
	store = store_open(file, &err);
	if (store == NULL)
		die(&err);
	busy = cpu_us();
	spent = ingest_all(store, units, &err);
	busy = cpu_us() - busy;
	(void)printf("store.units %.0f 1/s\n",
	    (double)units * 1000 / (double)(spent < 1 ? 1 : spent));
	(void)printf("store.unit_cpu %.0f us\n", (double)busy / units);
	store_close(&store);
	(void)unlink(file);
	(void)rmdir(name);
	return 0;
}
