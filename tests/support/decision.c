#include "tests/support/decision.h"

#include <stdio.h>
#include <string.h>

#include "core/place.h"
#include "core/limits.h"
#include "core/texts.h"
#include "core/zone.h"
#include "desk/config.h"
#include "desk/texts.h"
#include "lib/err.h"
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"

static struct config *conf;
static struct texts *texts;

static void
complain(const char *mistake, void *arg)
{
	(void)arg;
	print_message("%s\n", mistake);
}

int
decision_world(void **state)
{
	struct err err = { 0 };

	(void)state;
	if (config_load("conf/demo/shouwen.conf", NULL, NULL, &conf, &err) <
	    0) {
		print_message("%s\n", err.msg);
		return -1;
	}
	texts = desk_texts_load(conf->templates, conf->classifier, complain, NULL, &err);
	return texts == NULL ? -1 : 0;
}

int
decision_world_end(void **state)
{
	(void)state;
	texts_free(&texts);
	config_free(&conf);
	return 0;
}

msec_t
decision_time(const char *rfc3339)
{
	msec_t at = 0;

	assert_int_equal(time_from_rfc3339(rfc3339, &at), 0);
	return at;
}

void
decision_init(struct decision *d)
{
	/* Neighbours were looked for, and there are none. */
	static const struct look_up nobody = { 0 };

	*d = (struct decision){
		.ctx = { .now = decision_time("2026-11-23T10:00:00+08:00"),
		    .conf = conf,
		    .texts = texts },
		.before = { .looked = &nobody,
		    .next_case = 7,
		    .next_incident = 4,
		    .next_out = 100,
		    .next_serial = 7 },
	};
	arena_init(&d->arena, LIMIT_WORK_BYTES);
	effects_init(&d->out, &d->arena);
}

void
decision_done(struct decision *d)
{
	arena_done(&d->arena);
}

struct config *
decision_conf(struct decision *d)
{
	struct config *ret = arena_alloc(&d->arena, sizeof(*ret));

	*ret = *d->ctx.conf;
	d->ctx.conf = ret;
	return ret;
}

static void
come_in(struct decision *d, enum input_kind kind)
{
	d->in = (struct input){
		.kind = kind,
		.inbox = kind == INPUT_MESSAGE ? 55 : 0,
		.estate = kind == INPUT_MESSAGE ? "sunshine" : NULL,
		.received_at = d->ctx.now,
		.message = kind == INPUT_MESSAGE ? &d->message : NULL,
	};
}

void
decision_mail(struct decision *d, const char *from, const char *own)
{
	static const char *passed[] = {
		"mx.sunshine.example; dkim=pass header.d=sunshine.example"
	};

	come_in(d, INPUT_MESSAGE);
	d->message = (struct message){
		.channel = CHANNEL_MAIL,
		.from = { .addr = from },
		.return_path = from,
		.message_id = "their-mail@owner.example",
		.subject = "事项",
		.text = own,
		.own = own,
		.auth_result_count = 1,
	};
	d->message.auth_results[0] = passed[0];
	d->before.sender.staff = config_staff_by_mail(conf, from);
}

void
decision_sms(struct decision *d, const char *from, const char *own)
{
	come_in(d, INPUT_MESSAGE);
	d->message = (struct message){
		.channel = CHANNEL_SMS,
		.from = { .addr = from },
		.message_id = "gateway-1",
		.text = own,
		.own = own,
		.recipient = "10690001",
	};
	d->before.sender.staff = config_staff_by_phone(conf, from);
}

void
decision_timer(struct decision *d, enum timer_kind kind, int step)
{
	come_in(d, INPUT_TIMER);
	d->in.timer = (struct timer){
		.case_id = d->before.the_case.id,
		.kind = kind,
		.step = step,
		.due = d->ctx.now,
	};
}

void
decision_report(struct decision *d, enum out_state state)
{
	come_in(d, INPUT_REPORT);
	d->in.report = (struct report){
		.out = d->before.answered.id,
		.state = state,
		.answer = "550 no such user",
	};
}

void
decision_staff(struct decision *d, const char *staff, enum reply_kind kind,
    const char *own)
{
	const struct staff *person = config_staff(conf, staff);

	decision_mail(d, person->mail, own);
	d->message.message_id = "answer@sunshine.example";
	d->before.match = MATCH_TOKEN;
	d->before.answered = (struct outgoing){
		.id = 42,
		.case_id = d->before.the_case.id,
		.role = ROLE_STAFF,
		.person = staff,
		.reply_kind = kind,
		.template_name = "new_case",
	};
}

void
decision_case(struct decision *d, enum case_state state)
{
	msec_t at = decision_time("2026-11-23T09:00:00+08:00");

	d->before.has_case = true;
	d->before.the_case = (struct case_file){
		.id = 3,
		.number = "T261123-0003",
		.estate = "sunshine",
		.state = state,
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
		.text = "您好,厨房水管漏水。",
		.first_responder = "lin",
		.department = "engineering",
		.level = 1,
		.received_at = at,
		.take_due = decision_time("2026-11-23T09:30:00+08:00"),
		.reply_due = decision_time("2026-11-24T17:30:00+08:00"),
		.outcome_due = decision_time("2026-11-25T17:30:00+08:00"),
		.news_due = decision_time("2026-11-26T17:30:00+08:00"),
		.owner_thread = "first@owner.example",
		.owner_last = "90.tokentokentoken@desk.example",
	};
	d->before.events = d->events;
}

void
decision_owner(struct decision *d)
{
	d->before.sender.is_participant = true;
	d->before.sender.owner = (struct owner){
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

void
decision_event(struct decision *d, const char *name, const char *actor,
    int level, msec_t at)
{
	d->before.events = d->events;
	d->events[d->before.event_count++] = (struct snapshot_event){
		.at = at, .name = name, .actor = actor, .level = level
	};
}

void
decision_held(struct decision *d, const char *template_name, msec_t at)
{
	struct snapshot *before = &d->before;

	memmove(&before->sent[1], &before->sent[0],
	    before->sent_count * sizeof(before->sent[0]));
	before->sent[0] = (struct sent_view){
		.id = 900 + (out_id)before->sent_count++,
		.template_name = template_name,
		.created_at = at,
		.not_before = at + MSEC_MINUTE,
		.state = OUT_QUEUED,
	};
}

/* What no decision may do, whatever it is about (R2, R41). */
static void
check_everywhere(const struct decision *d)
{
	out_id next = d->before.next_out;

	for (size_t i = 0; i < d->out.count; i++) {
		const struct effect *effect = &d->out.list[i];

		if (effect->kind == EFFECT_EVENT)
			assert_non_null(effect->event.actor);
		if (effect->kind != EFFECT_SEND)
			continue;
		assert_int_equal(effect->send.id, next++);
		assert_non_null(effect->send.to);
		assert_null(strchr(effect->send.to, ','));
		assert_null(strchr(effect->send.to, ' '));
		assert_false(text_is_empty(effect->send.text));
		if (effect->send.role != ROLE_OWNER &&
		    effect->send.channel == CHANNEL_SMS) {
			/* An alarm without a place needs it. */
			if (!text_eq(effect->send.template_name, "alert") ||
			    !place_is_empty(&d->before.the_case.place))
				assert_null(strstr(
				    effect->send.text, "13900139001"));
			assert_null(strstr(effect->send.text, "王芳"));
		}
	}
}

void
decision_run(struct decision *d)
{
	struct err err = { 0 };

	if (decide(&d->ctx, &d->in, &d->before, &d->out, &err) < 0)
		fail_msg("%s", err.msg);
	check_everywhere(d);
}

static const struct event *
nth_event(const struct decision *d, const char *name, int n)
{
	for (size_t i = 0; i < d->out.count; i++) {
		const struct effect *effect = &d->out.list[i];

		if (effect->kind == EFFECT_EVENT &&
		    text_eq(effect->event.name, name) && n-- == 0)
			return &effect->event;
	}
	return NULL;
}

const struct event *
event_of(const struct decision *d, const char *name)
{
	return nth_event(d, name, 0);
}

int
event_count(const struct decision *d, const char *name)
{
	int count = 0;

	while (nth_event(d, name, count) != NULL)
		count++;
	return count;
}

const struct outgoing *
sent(const struct decision *d, const char *name, const char *to)
{
	for (size_t i = 0; i < d->out.count; i++) {
		const struct effect *effect = &d->out.list[i];

		if (effect->kind == EFFECT_SEND &&
		    text_eq(effect->send.template_name, name) &&
		    (to == NULL || text_eq(effect->send.to, to) ||
			text_eq(effect->send.person, to)))
			return &effect->send;
	}
	return NULL;
}

int
sent_count(const struct decision *d, const char *name)
{
	int count = 0;

	for (size_t i = 0; i < d->out.count; i++) {
		const struct effect *effect = &d->out.list[i];

		if (effect->kind == EFFECT_SEND &&
		    (name == NULL ||
			text_eq(effect->send.template_name, name)))
			count++;
	}
	return count;
}

const struct case_file *
case_after(const struct decision *d)
{
	const struct case_file *last = NULL;

	for (size_t i = 0; i < d->out.count; i++) {
		if (d->out.list[i].kind == EFFECT_CASE)
			last = &d->out.list[i].the_case;
	}
	return last;
}

/* The last word about a timer counts. */
static const struct effect *
timer_word(const struct decision *d, enum timer_kind kind)
{
	const struct effect *last = NULL;

	for (size_t i = 0; i < d->out.count; i++) {
		const struct effect *effect = &d->out.list[i];

		if ((effect->kind == EFFECT_TIMER_SET ||
			effect->kind == EFFECT_TIMER_CANCEL) &&
		    effect->timer.kind == kind)
			last = effect;
	}
	return last;
}

const struct timer *
timer_after(const struct decision *d, enum timer_kind kind)
{
	const struct effect *word = timer_word(d, kind);

	return word != NULL && word->kind == EFFECT_TIMER_SET ? &word->timer :
								NULL;
}

bool
timer_stopped(const struct decision *d, enum timer_kind kind)
{
	const struct effect *word = timer_word(d, kind);

	return word != NULL && word->kind == EFFECT_TIMER_CANCEL;
}

const struct effect *
effect_of(const struct decision *d, enum effect_kind kind)
{
	for (size_t i = 0; i < d->out.count; i++)
		if (d->out.list[i].kind == kind)
			return &d->out.list[i];
	return NULL;
}

const char *
bin_of(const struct decision *d)
{
	const struct effect *bin = effect_of(d, EFFECT_BIN);

	return bin == NULL ? NULL : bin->bin.bin;
}

void
decision_answer(struct decision *d, enum case_state state, const char *staff,
    const char *own)
{
	decision_init(d);
	decision_case(d, state);
	decision_staff(d, staff, REPLY_MATTER, own);
	decision_run(d);
}

bool
transcript_has(const struct decision *d, const char *words)
{
	const struct outgoing *transcript = sent(d, "transcript", NULL);

	return transcript != NULL && strstr(transcript->text, words) != NULL;
}
