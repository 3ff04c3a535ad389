/*
 * What becomes of a message after each answer of the far side.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "store/outbox.h"
#include "lib/text.h"
#include "tests/support/stage.h"

#define WANG	   "wang@owner.example"
#define WANG_PHONE "+8613900139001"
#define LIN	   "lin@sunshine.example"

static const struct receipt accepted = { .code = 250 };
static const struct receipt busy = { .result = ERR_TEMP, .code = 450 };
static const struct receipt refused = { .result = ERR_PERM, .code = 550,
	.answer = "550 no such user" };
static const struct receipt away = { .result = ERR_TEMP };
static const struct receipt in_the_dark = { .result = ERR_TEMP,
	.is_unknown = true };
static const struct receipt malformed = { .result = ERR_DATA };
static const struct receipt our_fault = { .result = ERR_BUG };
static const struct receipt bad_login = { .result = ERR_CONF, .code = 535,
	.answer = "535 login refused" };

/* ---- one answer ---- */

static void
each_answer_has_its_meaning(void **state)
{
	static const struct {
		const char *what;
		const struct receipt *receipt;
		enum out_state state;
		msec_t from, to; /* of the next try; 0: none */
		size_t texts; /* by the other channel */
	} table[] = {
		{ "accepted", &accepted, OUT_ACCEPTED, 0, 0, 0 },
		{ "not now", &busy, OUT_QUEUED, 45000, 75000, 0 },
		{ "refused", &refused, OUT_FAILED, 0, 0, 1 },
		{ "cannot be said", &malformed,
		    OUT_FAILED, 0, 0, 1 },
		{ "far side away", &away, OUT_QUEUED, 750, 1250, 0 },
		{ "no answer", &in_the_dark, OUT_QUEUED, 30000, 30000, 0 },
		{ "login refused", &bad_login, OUT_QUEUED, 22500, 37500, 0 },
		{ "our own fault", &our_fault,
		    OUT_QUEUED, 45000, 75000, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct stage *stage;
		struct stage_sent *sent;
		void *one = NULL;

		(void)stage_setup(&one);
		stage = one;
		sent = stage_mail_in_flight(stage, WANG);
		stage_settle(stage, sent, *table[i].receipt);
		print_message("# %s\n", table[i].what);
		assert_int_equal(
		    stage_status(stage, sent->out).state, table[i].state);
		if (table[i].from > 0) {
			stage_turns_at(stage, MORNING + table[i].from - 1);
			assert_int_equal(stage_sent_to(stage, WANG), 1);
			stage_turns_at(stage, MORNING + table[i].to);
			assert_int_equal(stage_sent_to(stage, WANG), 2);
			assert_string_equal(stage_last(stage, WANG)->wire_id,
			    sent->wire_id);
		}
		assert_int_equal(
		    stage_sent_to(stage, WANG_PHONE), table[i].texts);
		(void)stage_teardown(&one);
	}
}

static const char *
reply_address(const char *wire)
{
	static char address[200];
	const char *at = strstr(wire, "\r\nReply-To: ");
	size_t len;

	assert_non_null(at);
	at += strlen("\r\nReply-To: ");
	len = strcspn(at, "\r");
	assert_true(len < sizeof(address));
	memcpy(address, at, len);
	address[len] = '\0';
	return address;
}

static void
a_mail_to_staff_is_text_and_html_with_their_own_links(void **state)
{
	struct stage *stage = *state;
	size_t mails = 0;

	stage_mail(stage, 7, 1, stage_letter(WANG, "m1", "您好,3-2-501厨房水管漏水,请派人来看看。"), false);
	stage_turns(stage);
	for (size_t i = 0; i < stage->sent_count; i++) {
		const struct stage_sent *sent = &stage->sent[i];
		char link[400];
		char *html;

		if (sent->wire == NULL)
			continue;
		html = stage_html(sent->wire);
		assert_non_null(
		    strstr(sent->wire, "Content-Type: multipart/alternative;"));
		assert_non_null(strstr(sent->wire, "Content-Type: text/plain"));
		assert_non_null(strstr(html, "<html lang=\"zh-CN\">"));
		(void)snprintf(link, sizeof(link), "href=\"mailto:%s?subject=",
		    reply_address(sent->wire));
		assert_int_equal(strstr(html, link) != NULL,
		    text_eq(sent->template_name, "new_case"));
		/* No address with a token is kept with the text. */
		assert_null(strstr(sent->text, "mailto:"));
		free(html);
		mails++;
	}
	assert_int_equal(mails, stage->sent_count);
	assert_true(mails >= 2);
}

/* The attempt of this row that is in flight; time goes on until there is one
 * or the row is at its end (NULL). */
static struct stage_sent *
next_try(struct stage *stage, out_id out)
{
	for (;;) {
		stage_accept_others(stage, out);
		for (size_t i = 0; i < stage->sent_count; i++)
			if (stage->sent[i].out == out &&
			    !stage->sent[i].is_answered)
				return &stage->sent[i];
		if (stage_status(stage, out).state != OUT_QUEUED)
			return NULL;
		stage_turns_at(stage, desk_next(stage->desk));
	}
}

static void
a_temporary_refusal_is_tried_for_three_days_ever_less_often(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent = stage_mail_in_flight(stage, WANG);
	out_id out = sent->out;
	msec_t gap = 0, before = MORNING;
	int tries = 1;

	stage_settle(stage, sent, busy);
	while ((sent = next_try(stage, out)) != NULL) {
		/* Doubled, and a quarter more or less by chance. */
		assert_true(stage->now - before >= gap / 2);
		assert_true(stage->now - before <= 75 * MSEC_HOUR / 10);
		gap = stage->now - before;
		before = stage->now;
		assert_in_range(++tries, 1, 60);
		stage_settle(stage, sent, busy);
	}
	assert_int_equal(stage_status(stage, out).state, OUT_FAILED);
	assert_true(stage->now - MORNING > 3 * MSEC_DAY);
	assert_true(stage->now - MORNING < 3 * MSEC_DAY + 8 * MSEC_HOUR);
	assert_in_range(tries, 10, 30);
	assert_true(gap > 4 * MSEC_HOUR);
	assert_true(stage_sent_to(stage, WANG_PHONE) >= 1);
}

static void
a_mail_of_unknown_fate_does_not_go_for_ever(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent = stage_mail_in_flight(stage, WANG);
	out_id out = sent->out;
	int tries = 0;

	for (; sent != NULL; sent = next_try(stage, out)) {
		stage_settle(stage, sent, in_the_dark);
		assert_in_range(++tries, 1, 60);
	}
	assert_int_equal(stage_status(stage, out).state, OUT_FAILED);
	assert_true(stage->now - MORNING > 3 * MSEC_DAY);
}

static void
what_cannot_be_handed_over_is_not_tried_in_a_circle(void **state)
{
	struct stage *stage = *state;

	stage->lanes[STAGE_RELAY].is_broken = true;
	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_turns(stage);
	assert_int_equal(stage->sent_count, 0);
	assert_true(desk_next(stage->desk) > stage->now);
	stage->lanes[STAGE_RELAY].is_broken = false;
	stage_turns_at(stage, stage->now + 2 * MSEC_MINUTE);
	assert_int_equal(stage_sent_to(stage, WANG), 1);
}

/* ---- a far side that is away ---- */

static void
mails_of(struct stage *stage, unsigned count)
{
	char from[40], id[16];

	for (unsigned i = 0; i < count; i++) {
		(void)snprintf(from, sizeof(from), "u%u@owner.example", i);
		(void)snprintf(id, sizeof(id), "u%u", i);
		stage_mail(stage, 7, i + 1,
		    stage_letter(from, id, "3-2-501 电梯坏了"), false);
	}
	stage_turns(stage);
}

static void
a_far_side_that_is_away_gets_one_message_at_a_time(void **state)
{
	struct stage *stage = *state;

	stage_by_hand(stage);
	mails_of(stage, 20);
	/* So many at once and no more. */
	assert_int_equal(stage_settle_all(stage, away), LIMIT_SENDS_IN_FLIGHT);
	assert_int_equal(stage_settle_all(stage, away), 0);
	/* Together they are one failure: a second's rest, then one. */
	stage_turns_at(stage, stage->now + 1250);
	assert_int_equal(stage_settle_all(stage, away), 1);
	assert_true(desk_next(stage->desk) >= stage->now + 1500);
	stage_turns_at(stage, stage->now + 2500);
	assert_int_equal(stage_settle_all(stage, accepted), 1);
	/* It is back. */
	assert_int_equal(
	    stage_settle_all(stage, accepted), LIMIT_SENDS_IN_FLIGHT);
}

/* Before the desk ends or begins anew. */
static void
winding_down_lets_what_is_in_flight_end_and_begins_nothing(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent = stage_mail_in_flight(stage, WANG);

	desk_wind_down(stage->desk, true);
	stage_text(stage, "k1");
	stage_turns(stage);
	assert_int_equal(stage_cases(stage), 2);
	assert_int_equal(stage_sent_to(stage, "+8613900139003"), 0);
	assert_false(desk_is_idle(stage->desk, stage->now));
	stage_settle(stage, sent, accepted);
	assert_int_equal(
	    stage_status(stage, sent->out).state, OUT_ACCEPTED);
	assert_true(desk_is_idle(stage->desk, stage->now));
	desk_wind_down(stage->desk, false);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, "+8613900139003"), 1);
}

static void
a_survey_that_was_kept_until_night_waits_for_the_morning(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent = stage_mail_in_flight(stage, WANG);
	out_id out = sent->out;

	stage_settle(stage, sent, busy);
	stage_sql(stage, "UPDATE outbox SET template = 'rating_request' "
			 "WHERE recipient = '" WANG "'");
	/* 21:00 of that day, and 09:00 of the next. */
	stage_turns_at(stage, MORNING + 12 * MSEC_HOUR);
	stage_accept_others(stage, out);
	assert_int_equal(stage_sent_to(stage, WANG), 1);
	assert_int_equal(stage_status(stage, out).state, OUT_QUEUED);
	stage_turns_at(stage, MORNING + 24 * MSEC_HOUR);
	assert_int_equal(stage_sent_to(stage, WANG), 2);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_answer_has_its_meaning),
		TEST(a_mail_to_staff_is_text_and_html_with_their_own_links),
		TEST(a_temporary_refusal_is_tried_for_three_days_ever_less_often),
		TEST(a_mail_of_unknown_fate_does_not_go_for_ever),
		TEST(what_cannot_be_handed_over_is_not_tried_in_a_circle),
		TEST(a_far_side_that_is_away_gets_one_message_at_a_time),
		TEST(winding_down_lets_what_is_in_flight_end_and_begins_nothing),
		TEST(a_survey_that_was_kept_until_night_waits_for_the_morning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
