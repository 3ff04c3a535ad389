/*
 * The mail relay and the SMS gateway: they take what they are given, late or
 * not at all, report it or do not, and are down now and then.
 */
#include "bench/year/world.h"
#include "lib/text.h"

#include <stdio.h>
#include <string.h>

enum fate {
	FATE_TAKEN,
	FATE_LATER,   /* greylisted, or too busy */
	FATE_REFUSED, /* no such user */
	FATE_SILENT,  /* the connection broke after the last byte */
	FATE_DOWN,    /* no answer at all */
};

/* ---- the answer to a message ---- */

static void
give_receipt(struct world *world, const struct errand *plan)
{
	struct fake *fake = plan->fake;
	struct receipt receipt = {
		.out = plan->letter.out,
		.attempt = plan->attempt,
		.code = 250,
	};

	/* Asked by a desk that has been started anew since. */
	if (plan->life != world->life ||
	    fake->ready_count == ARRAY_COUNT(fake->ready))
		return;
	if (plan->result == FATE_LATER) {
		receipt.result = ERR_TEMP;
		receipt.code = 451;
	} else if (plan->result == FATE_REFUSED) {
		receipt.result = ERR_PERM;
		receipt.code = 550;
	} else if (plan->result == FATE_SILENT) {
		receipt.result = ERR_TEMP;
		receipt.is_unknown = true;
		receipt.code = 0;
	} else if (plan->result == FATE_DOWN) {
		receipt.result = ERR_TEMP;
		receipt.code = 0;
	}
	fake->ready[fake->ready_count++] = receipt;
}

static enum fate
choose_fate(struct fake *fake, const struct outgoing *out)
{
	struct world *world = fake->world;
	int number = out->role == ROLE_OWNER ? people_of(out->to) : -1;

	if (fake->down_until > world->now)
		return FATE_DOWN;
	if (number >= 0 && number < world->setup.households &&
	    world->households[number].is_unreachable &&
	    dice_permille(world, 500))
		return FATE_REFUSED;
	if (dice_permille(world, 15))
		return FATE_LATER;
	if (dice_permille(world, 4))
		return FATE_REFUSED;
	return dice_permille(world, 4) ? FATE_SILENT : FATE_TAKEN;
}

/* ---- what becomes of it later ---- */

static void
report_delivered(struct world *world, const struct errand *plan)
{
	post_report(world, plan->letter.out, plan->attempt, true);
}

static void
report_failed(struct world *world, const struct errand *plan)
{
	post_report(world, plan->letter.out, plan->attempt, false);
}

static void
bounce(struct world *world, const struct errand *plan)
{
	post_bounce(world, &plan->letter);
}

static void
plan_report(struct world *world, const struct errand *plan)
{
	struct errand report = *plan;
	int roll = dice_below(world, 1000);
	msec_t at = world->now + dice_time(world, 3 * MSEC_SECOND, MSEC_MINUTE);

	report.happen = report_delivered;
	if (roll < 30)
		report.happen = report_failed;
	else if (roll < 70)
		at = world->now + dice_time(world, MSEC_HOUR, 30 * MSEC_HOUR);
	else if (roll < 100)
		return; /* never */
	plan_add(world, at, &report);
}

static void
plan_fate(struct fake *fake, const struct outgoing *out, struct errand *plan)
{
	struct world *world = fake->world;
	msec_t at = world->now;

	plan->result = (int)choose_fate(fake, out);
	if (dice_permille(world, 200))
		at += dice_time(world, MSEC_SECOND, 30 * MSEC_SECOND);
	plan->happen = give_receipt;
	plan_add(world, at, plan);
	if (plan->result != FATE_TAKEN && plan->result != FATE_SILENT)
		return;
	if (fake->is_sms)
		plan_report(world, plan);
	else if (dice_permille(world, 5)) {
		plan->happen = bounce;
		plan_add(world,
		    at + dice_time(world, MSEC_MINUTE, 3 * MSEC_DAY), plan);
	}
}

static void
arrives(struct world *world, const struct outgoing *out,
    const struct letter *letter)
{
	const struct staff *staff = config_staff(world->conf, out->person);

	if (out->role == ROLE_OWNER)
		owners_hear(world, letter);
	else if (staff != NULL)
		staff_hear(world, staff, letter);
}

/* ---- the port ---- */

/* "[T260104-0007] ..." or "...T260104-0007..." */
static void
find_number(const char *text, char ret[24])
{
	const char *at = text == NULL ? NULL : strstr(text, "T26");
	size_t len;

	ret[0] = '\0';
	if (at == NULL || strlen(at) < 12 || at[7] != '-')
		return;
	len = 8 + strspn(at + 8, "0123456789");
	if (len >= 24)
		return;
	memcpy(ret, at, len);
	ret[len] = '\0';
}

static struct letter
letter_of(const struct outgoing *out)
{
	struct letter letter = {
		.out = out->id,
		.case_id = out->case_id,
		.channel = out->channel,
	};

	(void)snprintf(letter.template_name, sizeof(letter.template_name), "%s",
	    out->template_name);
	(void)snprintf(letter.reply_to, sizeof(letter.reply_to), "%s",
	    text_or(out->reply_to, ""));
	(void)snprintf(letter.message_id, sizeof(letter.message_id), "%s",
	    text_or(out->message_id, ""));
	(void)snprintf(letter.subject, sizeof(letter.subject), "%s",
	    text_or(out->subject, ""));
	(void)snprintf(letter.address, sizeof(letter.address), "%s", out->to);
	find_number(
	    out->subject != NULL ? out->subject : out->text, letter.number);
	return letter;
}

static int
fake_start(void *self, const struct send_job *job, struct err *err)
{
	struct fake *fake = self;
	struct errand plan = {
		.letter = letter_of(job->out),
		.attempt = job->attempt,
		.fake = fake,
	};

	(void)err;
	fake->world->figures.sent++;
	watch_leaves(fake->world, job->out);
	plan_fate(fake, job->out, &plan);
	if (plan.result == FATE_TAKEN)
		arrives(fake->world, job->out, &plan.letter);
	return 0;
}

static int
fake_collect(void *self, struct receipt *ret)
{
	struct fake *fake = self;

	if (fake->ready_count == 0)
		return 0;
	*ret = fake->ready[0];
	fake->ready_count--;
	memmove(fake->ready, fake->ready + 1,
	    fake->ready_count * sizeof(*fake->ready));
	return 1;
}

void
senders_make(struct world *world)
{
	const char *const names[] = { world->estate->smtp->name,
		world->estate->sms->name };

	for (size_t i = 0; i < ARRAY_COUNT(world->fakes); i++) {
		struct fake *fake = &world->fakes[i];

		*fake = (struct fake){ .world = world, .is_sms = i == 1 };
		fake->sender = (struct sender){ .name = names[i],
			.start = fake_start,
			.collect = fake_collect,
			.self = fake };
	}
}

void
senders_forget(struct world *world)
{
	for (size_t i = 0; i < ARRAY_COUNT(world->fakes); i++)
		world->fakes[i].ready_count = 0;
}

/* ---- outages ---- */

static void
go_down(struct world *world, const struct errand *plan)
{
	plan->fake->down_until =
	    world->now + dice_time(world, MSEC_MINUTE * 5, 6 * MSEC_HOUR);
}

void
senders_plan_outages(struct world *world)
{
	for (msec_t at = world->begin; at < world->end; at += 30 * MSEC_DAY) {
		struct fake *fake = &world->fakes[dice_below(world, 2)];

		plan_add(world, at + dice_time(world, 0, 30 * MSEC_DAY),
		    &(struct errand){ .happen = go_down, .fake = fake });
	}
}
