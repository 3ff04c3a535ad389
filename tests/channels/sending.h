/*
 * sending - a sender under test: a job in, its receipt out.
 */
#ifndef TESTS_CHANNELS_SENDING_H
#define TESTS_CHANNELS_SENDING_H

#include "channels/transfer.h"
#include "channels/transfers.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/fake_server.h"

enum { SENDING_PATIENCE_MS = 20000 };

struct sending {
	struct transfers *transfers;
	struct sender *sender;
	struct fake *fake; /* NULL: a real server */
};

__attribute__((unused)) static void
sending_open(struct sending *sending)
{
	struct err err = { 0 };

	sending->transfers = transfers_open(&err);
	assert_non_null(sending->transfers);
}

/* To a server that does as `rules' say; all waits end after `hurry_ms'. */
__attribute__((unused)) static void
sending_to_fake(struct sending *sending, enum fake_kind kind,
    const struct fake_rule *rules, int hurry_ms)
{
	sending->fake = fake_start(kind, rules);
	sending_open(sending);
	transfers_hurry(sending->transfers, hurry_ms);
}

static void
sending_close(struct sending *sending)
{
	sender_close(&sending->sender);
	transfers_close(&sending->transfers);
	fake_stop(&sending->fake);
}

static void
sending_start(struct sending *sending, const struct send_job *job)
{
	struct err err = { 0 };

	if (sending->sender->start(sending->sender->self, job, &err) < 0)
		fail_msg("%s", err.msg);
}

static struct receipt
sending_wait(struct sending *sending)
{
	mono_t deadline = mono_add(clock_mono(), SENDING_PATIENCE_MS);
	struct receipt receipt;
	struct err err = { 0 };

	while (!sending->sender->collect(sending->sender->self, &receipt)) {
		if (mono_left_ms(deadline) == 0)
			fail_msg("no receipt");
		assert_int_equal(
		    transfers_wait(sending->transfers, NULL, 0, 1000, &err), 0);
	}
	return receipt;
}

#endif
