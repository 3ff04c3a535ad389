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
#define ADMIN	   "admin@hq.example"
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

/* An acknowledgement in flight to 王芳, by mail. */
static struct stage_sent *
mail_in_flight(struct stage *stage)
{
	stage_by_hand(stage);
	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, WANG), 1);
	stage_accept_others(stage, stage_last(stage, WANG)->out);
	return stage_last(stage, WANG);
}

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
		sent = mail_in_flight(stage);
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

/* The HTML part of a mail, decoded (RFC 2045 6.7). */
static char *
html_part(const char *wire)
{
	static const char head[] =
	    "Content-Type: text/html; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
	const char *at = strstr(wire, head);
	char *html = calloc(1, strlen(wire)), *to = html;

	if (at == NULL || html == NULL)
		abort();
	at += sizeof(head) - 1;
	while (strncmp(at, "\r\n--", 4) != 0) {
		assert_int_not_equal(*at, '\0');
		if (*at != '=') {
			*to++ = *at++;
		} else if (at[1] == '\r') {
			at += 3;
		} else {
			const char digits[3] = { at[1], at[2], '\0' };

			*to++ = (char)strtoul(digits, NULL, 16);
			at += 3;
		}
	}
	return html;
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
		html = html_part(sent->wire);
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
	struct stage_sent *sent = mail_in_flight(stage);
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
	struct stage_sent *sent = mail_in_flight(stage);
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

/* ---- a far side that is away or must be mended ---- */

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

static size_t
answer_all(struct stage *stage, struct receipt receipt)
{
	size_t count = 0;

	for (size_t i = 0; i < stage->sent_count; i++) {
		if (stage->sent[i].is_answered)
			continue;
		stage_answer(stage, &stage->sent[i], receipt);
		count++;
	}
	return count;
}

static void
a_far_side_that_is_away_gets_one_message_at_a_time(void **state)
{
	struct stage *stage = *state;

	stage_by_hand(stage);
	mails_of(stage, 20);
	/* So many at once and no more. */
	assert_int_equal(answer_all(stage, away), LIMIT_SENDS_IN_FLIGHT);
	stage_turns(stage);
	assert_int_equal(answer_all(stage, away), 0);
	/* Together they are one failure: a second's rest, then one. */
	stage_turns_at(stage, stage->now + 1250);
	assert_int_equal(answer_all(stage, away), 1);
	stage_turns(stage);
	assert_true(desk_next(stage->desk) >= stage->now + 1500);
	stage_turns_at(stage, stage->now + 2500);
	assert_int_equal(answer_all(stage, accepted), 1);
	stage_turns(stage);
	/* It is back. */
	assert_int_equal(answer_all(stage, accepted), LIMIT_SENDS_IN_FLIGHT);
}

static void
a_login_that_fails_is_told_to_the_admin_once(void **state)
{
	struct stage *stage = *state;

	stage->lanes[STAGE_GATEWAY].by_hand = true;
	stage_text(stage, "k1");
	stage_text(stage, "k2");
	stage_push(stage, false,
	    "{\"id\":\"k3\",\"from\":\"13900139001\",\"to\":\"10690001\","
	    "\"text\":\"灯不亮\",\"coding\":\"0\",\"charset\":\"UTF-8\"}");
	stage_turns(stage);
	assert_true(answer_all(stage, bad_login) >= 2);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, ADMIN), 1);
	assert_string_equal(
	    stage_last(stage, ADMIN)->template_name, "channel_down");
	assert_non_null(strstr(stage_last(stage, ADMIN)->text, "535"));
	assert_true(channel_is_down(stage->fixture->store, "gateway"));
	/* One message asks whether it was mended; not yet. */
	stage_turns_at(stage, stage->now + 40 * MSEC_SECOND);
	assert_int_equal(answer_all(stage, bad_login), 1);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, ADMIN), 1);
	stage_turns_at(stage, stage->now + 90 * MSEC_SECOND);
	assert_int_equal(answer_all(stage, accepted), 1);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, ADMIN), 2);
	assert_string_equal(
	    stage_last(stage, ADMIN)->template_name, "channel_up");
	assert_false(channel_is_down(stage->fixture->store, "gateway"));
	/* And the queue that waited goes. */
	assert_true(answer_all(stage, accepted) >= 1);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, ADMIN), 2);
	assert_int_equal(out_waiting_count(stage->fixture->store), 0);
}

static int
fail_times(struct stage *stage, int times)
{
	int failed = 0;

	for (int i = 0; i < times; i++) {
		failed += answer_all(stage, away) > 0;
		stage_turns(stage);
		stage_turns_at(stage, stage->now + 6 * MSEC_MINUTE);
	}
	return failed;
}

static void
a_gateway_that_cannot_be_reached_is_told_once_and_when_it_is_back(
    void **state)
{
	struct stage *stage = *state;

	stage->lanes[STAGE_GATEWAY].by_hand = true;
	stage_text(stage, "k1");
	stage_turns(stage);
	assert_int_equal(fail_times(stage, 5), 5);
	assert_int_equal(stage_sent_to(stage, ADMIN), 0);
	stage_forget_log(stage);
	assert_int_equal(fail_times(stage, 3), 3);
	assert_true(log_has(stage,
	    "error channel name=gateway (connection) state=down why=\"it "
	    "cannot be reached: "));
	assert_int_equal(stage_sent_to(stage, ADMIN), 1);
	assert_string_equal(
	    stage_last(stage, ADMIN)->template_name, "channel_down");
	assert_non_null(strstr(
	    stage_last(stage, ADMIN)->text, "gateway (connection)"));
	assert_non_null(strstr(stage_last(stage, ADMIN)->text, "消息1条"));
	/* Since the first try, not since it was told. */
	assert_non_null(strstr(stage_last(stage, ADMIN)->text, "自"));
	assert_non_null(strstr(stage_last(stage, ADMIN)->text, "09:00"));
	/* The next run knows that it was told. */
	stage_stop(stage);
	stage_start(stage);
	stage_turns(stage);
	assert_int_equal(fail_times(stage, 7), 7);
	assert_int_equal(stage_sent_to(stage, ADMIN), 1);
	/* Whatever it answers, it is there. */
	assert_int_equal(answer_all(stage, busy), 1);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, ADMIN), 2);
	assert_string_equal(
	    stage_last(stage, ADMIN)->template_name, "channel_up");
	assert_false(
	    channel_is_down(stage->fixture->store, "gateway (connection)"));
}

/* It refused us, and is restarted with another password. */
static void
a_gateway_that_refuses_us_is_not_at_once_told_as_away(void **state)
{
	struct stage *stage = *state;

	stage->lanes[STAGE_GATEWAY].by_hand = true;
	stage_text(stage, "k1");
	stage_turns(stage);
	for (int i = 0; i < 8; i++) {
		assert_int_equal(answer_all(stage, bad_login), 1);
		stage_turns(stage);
		stage_turns_at(stage, stage->now + 20 * MSEC_MINUTE);
	}
	assert_int_equal(fail_times(stage, 5), 5);
	assert_int_equal(stage_sent_to(stage, ADMIN), 1);
	assert_false(
	    channel_is_down(stage->fixture->store, "gateway (connection)"));
}

/* A mail about a relay does not go by that relay. */
static void
a_relay_that_cannot_be_reached_is_logged_alone(void **state)
{
	struct stage *stage = *state;

	stage->lanes[STAGE_RELAY].by_hand = true;
	stage_text(stage, "k1");
	stage_turns(stage);
	assert_int_equal(fail_times(stage, 7), 7);
	assert_true(log_has(stage,
	    "error channel name=relay (connection) state=down"));
	while (answer_all(stage, accepted) > 0)
		stage_turns(stage);
	assert_false(
	    channel_is_down(stage->fixture->store, "relay (connection)"));
	assert_int_equal(stage_sent_to(stage, ADMIN), 0);
}

/* The relay takes what others write from. */
static void
an_address_that_is_refused_is_told_once_and_holds_up_no_other(void **state)
{
	static const struct receipt not_yours = { .result = ERR_CONF,
		.code = 553,
		.is_of_sender = true,
		.answer = "553 5.7.1 not owned by you" };
	struct stage *stage = *state;
	struct store *store = stage->fixture->store;
	out_id out;

	stage_by_hand(stage);
	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, LIN), 1);
	out = stage_last(stage, LIN)->out;
	stage_settle(stage, stage_last(stage, LIN), not_yours);
	assert_true(channel_is_down(store, "relay (estate sunshine)"));
	assert_false(channel_is_down(store, "relay"));
	assert_int_equal(stage_sent_to(stage, ADMIN), 1);
	/* What has no sender says nothing of the address. */
	stage_settle(stage, stage_last(stage, WANG), accepted);
	assert_true(channel_is_down(store, "relay (estate sunshine)"));
	/* Each waits by itself, and not for long. */
	stage_turns_at(stage, stage->now + 20 * MSEC_SECOND);
	assert_int_equal(stage_sent_to(stage, LIN), 1);
	stage_turns_at(stage, stage->now + MSEC_MINUTE);
	assert_int_equal(stage_sent_to(stage, LIN), 2);
	stage_settle(stage, stage_last(stage, LIN), not_yours);
	assert_int_equal(stage_sent_to(stage, ADMIN), 1);
	stage_turns_at(stage, stage->now + 2 * MSEC_MINUTE);
	assert_int_equal(stage_sent_to(stage, LIN), 3);
	stage_settle(stage, stage_last(stage, LIN), accepted);
	assert_false(channel_is_down(store, "relay (estate sunshine)"));
	assert_int_equal(stage_status(stage, out).state, OUT_ACCEPTED);
	assert_string_equal(
	    stage_last(stage, ADMIN)->template_name, "channel_up");
}

static void
a_mailbox_that_is_down_is_told_once_and_again_when_up(void **state)
{
	struct stage *stage = *state;
	struct err err = { 0 };

	for (int i = 0; i < 3; i++)
		assert_int_equal(desk_channel(stage->desk, "desk", true,
				     "login refused", stage->now, &err),
		    0);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, ADMIN), 1);
	assert_string_equal(
	    stage_last(stage, ADMIN)->template_name, "inbox_down");
	for (int i = 0; i < 3; i++)
		assert_int_equal(desk_channel(stage->desk, "desk", false, NULL,
				     stage->now, &err),
		    0);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, ADMIN), 2);
	assert_string_equal(
	    stage_last(stage, ADMIN)->template_name, "inbox_up");
}

/* Before the desk ends or begins anew. */
static void
winding_down_lets_what_is_in_flight_end_and_begins_nothing(void **state)
{
	struct stage *stage = *state;
	struct stage_sent *sent = mail_in_flight(stage);

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
	struct stage_sent *sent = mail_in_flight(stage);
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
		TEST(a_login_that_fails_is_told_to_the_admin_once),
		TEST(a_gateway_that_cannot_be_reached_is_told_once_and_when_it_is_back),
		TEST(a_gateway_that_refuses_us_is_not_at_once_told_as_away),
		TEST(a_relay_that_cannot_be_reached_is_logged_alone),
		TEST(an_address_that_is_refused_is_told_once_and_holds_up_no_other),
		TEST(a_mailbox_that_is_down_is_told_once_and_again_when_up),
		TEST(winding_down_lets_what_is_in_flight_end_and_begins_nothing),
		TEST(a_survey_that_was_kept_until_night_waits_for_the_morning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
