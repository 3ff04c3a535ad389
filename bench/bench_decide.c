/*
 * How many decisions one core makes in a second: what a message or a timer
 * means, its effects and the texts that they send, without the store.
 *
 * usage: bench_decide [NAME [COUNT]]     from the top folder
 * NAME: that one alone; COUNT: so many times, for a profiler
 */
#include "bench/measure.h"
#include "core/limits.h"
#include "core/texts.h"
#include "desk/config.h"
#include "desk/texts.h"
#include "handlers/decide.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Monday 2026-11-23 10:00 in Shanghai, a working hour. */
#define MORNING ((msec_t)1795399200000)
#define RUN_US  1000000

enum { STRIDE = 100 };

struct bench {
	struct decide_ctx ctx;
	struct snapshot before;
	struct message message;
	struct input in;
	struct snapshot_event events[2];
	struct arena texts; /* of the input */
};

static void
die(const char *what)
{
	(void)fprintf(stderr, "bench_decide: %s\n", what);
	exit(1);
}

/* ---- what comes in ---- */

static void
by_message(struct bench *bench, const struct message *message)
{
	bench->message = *message;
	bench->in = (struct input){
		.kind = INPUT_MESSAGE,
		.inbox = 55,
		.source = "desk",
		.estate = "sunshine",
		.received_at = MORNING,
		.message = &bench->message,
	};
}

static void
by_mail(struct bench *bench, const char *from, const char *own)
{
	by_message(bench, &(struct message){
			      .channel = CHANNEL_MAIL,
			      .from = { .addr = from, .name = "王芳" },
			      .return_path = from,
			      .message_id = "m-1@owner.example",
			      .subject = "厨房漏水",
			      .text = own,
			      .own = own,
			  });
}

static void
from_owner(struct bench *bench)
{
	bench->before.sender.owner = (struct owner){
		.id = 1,
		.estate = "sunshine",
		.name = "王芳",
		.home = { .building = "3", .unit = "2", .room = "501" },
		.mail = "wang@owner.example",
		.phone = "+8613900139001",
		.language = LANGUAGE_ZH,
		.is_confirmed = true,
	};
}

static void
about_case(struct bench *bench)
{
	bench->events[0] = (struct snapshot_event){
		.at = MORNING - MSEC_HOUR,
		.name = "created",
		.actor = "owner",
	};
	bench->before.events = bench->events;
	bench->before.event_count = 1;
	bench->before.has_case = true;
	bench->before.the_case = (struct case_file){
		.id = 3,
		.number = "T261123-0003",
		.estate = "sunshine",
		.state = CASE_NEW,
		.kind = KIND_REQUEST,
		.category = "plumbing",
		.severity = SEVERITY_NORMAL,
		.owner = 1,
		.channel = CHANNEL_MAIL,
		.mail = "wang@owner.example",
		.phone = "+8613900139001",
		.owner_name = "王芳",
		.language = LANGUAGE_ZH,
		.place = { .building = "3", .unit = "2", .room = "501" },
		.subject = "厨房漏水",
		.text = "您好，厨房水管漏水。",
		.first_responder = "lin",
		.department = "engineering",
		.level = 1,
		.received_at = MORNING - MSEC_HOUR,
		.take_due = MORNING - MSEC_HOUR / 2,
		.reply_due = MORNING + MSEC_DAY,
		.outcome_due = MORNING + 2 * MSEC_DAY,
		.news_due = MORNING + 3 * MSEC_DAY,
		.owner_thread = "first@owner.example",
		.owner_last = "90.tokentokentoken@sunshine.example",
	};
}

static void
new_case(struct bench *bench)
{
	by_mail(bench, "wang@owner.example",
	    "您好，3号楼2单元501厨房水管漏水，请尽快派人来看看，谢谢。");
	from_owner(bench);
}

static void
new_case_sms(struct bench *bench)
{
	by_message(bench, &(struct message){
			      .channel = CHANNEL_SMS,
			      .from = { .addr = "+8613900139001" },
			      .message_id = "gateway-1",
			      .text = "3-2-501楼道灯不亮，麻烦修一下",
			      .own = "3-2-501楼道灯不亮，麻烦修一下",
			      .recipient = "10690001",
			  });
	from_owner(bench);
}

/* A mail of 5 KB, such as the ones of bench/mail.py. */
static void
long_mail(struct bench *bench)
{
	struct buf own scoped(buf_done);

	buf_init(&own, MIB);
	buf_puts(&own, "您好，5号楼2单元水管有点渗水，请安排处理。\n");
	for (int i = 0; own.len < 5 * KIB; i++)
		buf_printf(&own,
		    "%d 楼道和公共区域的情况请一并看看，谢谢师傅们的辛苦。\n",
		    1000 + i);
	by_mail(bench, "someone@owner.example",
	    arena_strdup(&bench->texts, buf_text(&own)));
}

static void
staff_reply(struct bench *bench)
{
	about_case(bench);
	by_mail(bench, "lin@sunshine.example",
	    "您好，工程师傅今天下午上门检修，请您在家等候。");
	bench->message.auth_results[0] =
	    "mx.sunshine.example; dkim=pass header.d=sunshine.example";
	bench->message.auth_result_count = 1;
	bench->before.sender.staff =
	    config_staff_by_mail(bench->ctx.conf, "lin@sunshine.example");
	bench->before.match = MATCH_TOKEN;
	bench->before.answered = (struct outgoing){
		.id = 42,
		.case_id = 3,
		.role = ROLE_STAFF,
		.person = "lin",
		.reply_kind = REPLY_MATTER,
		.template_name = "new_case",
	};
}

/* Nobody has taken it: the head is told, and the owner who has it. */
static void
timer(struct bench *bench)
{
	about_case(bench);
	bench->in = (struct input){
		.kind = INPUT_TIMER,
		.received_at = MORNING,
		.timer = {
		    .case_id = 3,
		    .kind = TIMER_TAKE,
		    .step = 1,
		    .due = MORNING,
		},
	};
}

static const struct row {
	const char *name;
	void (*prepare)(struct bench *bench);
} rows[] = {
	{ "new_case", new_case },
	{ "new_case_sms", new_case_sms },
	{ "long_mail", long_mail },
	{ "staff_reply", staff_reply },
	{ "timer", timer },
};

/* ---- running ---- */

static size_t
decide_once(struct bench *bench, struct arena *unit)
{
	struct effects effects;
	struct err err = { 0 };
	size_t sent = 0;
	int more;

	/* As the desk does: a new case wants to know its neighbours first. */
	bench->before.looked = NULL;
	arena_reset(unit);
	do {
		effects_init(&effects, unit);
		more = decide(&bench->ctx, &bench->in, &bench->before,
		    &effects, &err);
		bench->before.looked = effects.wanted;
	} while (more > 0);
	if (more < 0)
		die(err.msg);
	for (size_t i = 0; i < effects.count; i++)
		sent += effects.list[i].kind == EFFECT_SEND;
	return sent;
}

static void
run(const struct row *row, const struct config *conf, const struct texts *texts,
    long wanted)
{
	struct arena unit scoped(arena_done);
	struct bench bench = {
		.ctx = { .now = MORNING, .conf = conf, .texts = texts },
		.before = { .next_case = 7, .next_out = 100, .next_serial = 7 },
	};
	int64_t begun, spent = 0;
	long count = 0;

	arena_init(&unit, LIMIT_WORK_BYTES);
	arena_init(&bench.texts, LIMIT_WORK_BYTES);
	row->prepare(&bench);
	if (decide_once(&bench, &unit) == 0)
		die("a decision that sends nothing is no measure");
	for (begun = cpu_us(); wanted > 0 ? count < wanted : spent < RUN_US;
	     spent = cpu_us() - begun)
		for (int i = 0; i < STRIDE; i++, count++)
			(void)decide_once(&bench, &unit);
	(void)printf("decide.%s %.0f 1/s\n", row->name,
	    (double)count * 1e6 / (double)spent);
	arena_done(&bench.texts);
}

static void
complain(const char *mistake, void *arg)
{
	(void)arg;
	(void)fprintf(stderr, "%s\n", mistake);
}

int
main(int argc, char **argv)
{
	struct config *conf scoped(config_free) = NULL;
	struct texts *texts scoped(texts_free) = NULL;
	struct err err = { 0 };

	if (config_load("conf/demo/shouwen.conf", complain, NULL, &conf, &err) <
	    0)
		die(err.msg);
	texts = desk_texts_load(conf->templates, conf->classifier, complain, NULL, &err);
	if (texts == NULL)
		die(err.msg);
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		if (argc < 2 || strcmp(argv[1], rows[i].name) == 0)
			run(&rows[i], conf, texts,
			    argc < 3 ? 0 : strtol(argv[2], NULL, 10));
	return 0;
}
