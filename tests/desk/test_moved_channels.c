/*
 * Channels that the settings rename, remove or no longer use: what waits for
 * them, and what they report.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <string.h>

#include "core/config.h"
#include "lib/text.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "tests/support/stage.h"

#define WANG       "wang@owner.example"
#define WANG_PHONE "+8613900139001"
#define HUANG      "+8613900139003"
#define LIN        "lin@sunshine.example"

#define IS_GONE                                                          \
	"why=\"it is no longer in the settings; what waits for it goes " \
	"another way\""

static const struct receipt busy = { .result = ERR_TEMP, .code = 503 };
static const struct receipt accepted = { .code = 202 };

/* The one estate of the stage's settings. */
static struct estate *
estate(struct stage *stage)
{
	return (struct estate *)(uintptr_t)&stage->conf->estates[0];
}

/* The acknowledgement of a text from `from' waits: its gateway was busy. */
static out_id
acknowledgement_waits(struct stage *stage, const char *from)
{
	out_id out;

	stage_by_hand(stage);
	stage_say(stage, from, from, "电梯坏了");
	out = stage_last(stage, from)->out;
	stage_settle(stage, stage_last(stage, from), busy);
	stage_accept_others(stage, out);
	assert_int_equal(stage_status(stage, out).state, OUT_QUEUED);
	return out;
}

/* The settings call it otherwise than what waits. */
static void
restart_renamed(struct stage *stage, const char *channel, msec_t later)
{
	char sql[120];

	stage_stop(stage);
	(void)snprintf(sql, sizeof(sql),
	    "UPDATE outbox SET sender = 'old' WHERE channel = '%s'", channel);
	stage_sql(stage, sql);
	stage->now += later;
	stage_forget_log(stage);
	stage_start(stage);
	stage_turns(stage);
}

static void
what_waits_goes_by_the_present_channel_once(void **state)
{
	struct stage *stage = *state;
	out_id out = acknowledgement_waits(stage, WANG_PHONE);

	restart_renamed(stage, "sms", MSEC_MINUTE * 5);
	assert_true(log_has(stage, "warn channel name=old waiting=1 " IS_GONE));
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 2);
	assert_int_equal(stage_last(stage, WANG_PHONE)->out, out);
	stage_settle(stage, stage_last(stage, WANG_PHONE), accepted);
	assert_int_equal(stage_status(stage, out).state, OUT_ACCEPTED);
	assert_int_equal(stage_sent_to(stage, WANG), 0);
	/* Nothing is left to be told. */
	stage_stop(stage);
	stage_forget_log(stage);
	stage_start(stage);
	stage_turns(stage);
	assert_false(log_has(stage, "no longer in the settings"));
	assert_int_equal(stage_sent_to(stage, WANG_PHONE), 2);
}

static void
no_channel(struct stage *stage)
{
	estate(stage)->sms = NULL;
}

static void
sign(struct stage *stage)
{
	stage_gateway(stage)->signature = "别的物业";
}

static void
templates_only(struct stage *stage)
{
	stage_provider(stage)->is_template_only = true;
}

static void
same(struct stage *stage)
{
	(void)stage;
}

/* Mail where there is one, else a human. */
static void
what_cannot_go_by_it_goes_another_way(void **state)
{
	static const struct {
		void (*change)(struct stage *stage);
		msec_t later;
	} cases[] = {
		{ no_channel, MSEC_MINUTE * 5 },
		{ sign, MSEC_MINUTE * 5 },
		{ templates_only, MSEC_MINUTE * 5 },
		{ same, 4 * MSEC_DAY },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		void *one = NULL;
		struct stage *stage;
		out_id wang, huang;

		print_message("# %zu\n", i);
		(void)stage_setup(&one);
		stage = one;
		wang = acknowledgement_waits(stage, WANG_PHONE);
		huang = acknowledgement_waits(stage, HUANG);
		cases[i].change(stage);
		restart_renamed(stage, "sms", cases[i].later);
		assert_int_equal(stage_status(stage, wang).state, OUT_FAILED);
		assert_int_equal(stage_status(stage, huang).state, OUT_FAILED);
		assert_int_equal(stage_sent_to(stage, WANG_PHONE), 1);
		assert_int_equal(stage_told(stage, WANG, "ack"), 1);
		assert_int_equal(stage_told(stage, LIN, "delivery_failed"), 1);
		(void)stage_teardown(&one);
	}
}

static void
a_mail_goes_by_the_present_account(void **state)
{
	struct stage *stage = *state;
	out_id out;

	stage_by_hand(stage);
	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_turns(stage);
	out = stage_last(stage, WANG)->out;
	stage_settle(stage, stage_last(stage, WANG),
	    (struct receipt){ .result = ERR_TEMP, .code = 450 });
	stage_accept_others(stage, out);
	restart_renamed(stage, "mail", MSEC_MINUTE * 5);
	assert_int_equal(stage_sent_to(stage, WANG), 2);
	assert_int_equal(stage_last(stage, WANG)->out, out);
}

/* One turn does not swallow a whole backlog. */
static void
however_much_waits_all_of_it_goes(void **state)
{
	enum { MANY = 70 };
	struct stage *stage = *state;
	char phone[20];

	stage->lanes[STAGE_GATEWAY].by_hand = true;
	for (int i = 0; i < MANY; i++) {
		(void)snprintf(phone, sizeof(phone), "+86139001%05d", i);
		stage_say(stage, phone, phone, "电梯坏了");
	}
	stage_sql(stage, "UPDATE outbox SET state = 'queued', not_before = 1 "
			 "WHERE channel = 'sms'");
	no_channel(stage);
	restart_renamed(stage, "sms", 0);
	assert_int_equal(out_waiting_count(stage->fixture->store), 0);
}

/* The estate has moved to another channel, and the old one reports yet. */
static void
a_channel_that_no_estate_uses_reports_and_takes_no_texts(void **state)
{
	struct stage *stage = *state;
	struct err err = { 0 };
	char query[120];
	out_id out;

	stage_by_hand(stage);
	stage_say(stage, WANG_PHONE, WANG_PHONE, "电梯坏了");
	out = stage_last(stage, WANG_PHONE)->out;
	stage_settle(stage, stage_last(stage, WANG_PHONE), accepted);
	no_channel(stage);
	(void)snprintf(query, sizeof(query),
	    "{\"id\":\"%lld-%lld-%lld\",\"type\":\"1\"}", (long long)out,
	    (long long)stage_last(stage, WANG_PHONE)->attempt,
	    (long long)stage_last(stage, WANG_PHONE)->created_at);
	stage_push(stage, true, query);
	stage_turns(stage);
	assert_int_equal(stage->status, 200);
	assert_int_equal(stage_status(stage, out).state, OUT_DELIVERED);
	/* What says nothing is kept all the same. */
	stage_push(stage, true, "{\"type\":\"1\"}");
	stage_turns(stage);
	assert_int_equal(stage->status, 400);
	assert_int_equal(stage_inbox(stage, 2).state, INBOX_BINNED);
	assert_int_equal(
	    desk_push(stage->desk, "gateway", false, "{}", 2, stage, &err), -1);
	assert_int_equal(err.kind, ERR_CONF);
	assert_int_equal(desk_polled(stage->desk,
			     &(struct desk_poll){ .channel = "gateway",
				 .is_report = true,
				 .raw = "[]",
				 .len = 2 },
			     &err),
	    0);
}

static void
what_was_down_and_is_gone_is_not_down_for_ever(void **state)
{
	struct stage *stage = *state;
	struct store *store = stage->fixture->store;

	stage_stop(stage);
	stage_sql(stage,
	    "INSERT INTO channels (name, is_down, reason, changed_at) VALUES "
	    "('old', 1, 'x', 1), ('old (inbox)', 1, 'x', 1), "
	    "('gateway (inbox)', 1, 'x', 1), ('relay', 1, 'x', 1), "
	    "('desk', 1, 'x', 1), ('relay (estate sunshine)', 1, 'x', 1), "
	    "('relay (estate gone)', 1, 'x', 1), "
	    "('old (estate sunshine)', 1, 'x', 1)");
	stage_start(stage);
	assert_false(channel_is_down(store, "old"));
	assert_false(channel_is_down(store, "old (inbox)"));
	assert_true(channel_is_down(store, "gateway (inbox)"));
	assert_true(channel_is_down(store, "relay"));
	assert_true(channel_is_down(store, "desk"));
	assert_true(channel_is_down(store, "relay (estate sunshine)"));
	/* The estate has left, or has another relay. */
	assert_false(channel_is_down(store, "relay (estate gone)"));
	assert_false(channel_is_down(store, "old (estate sunshine)"));
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_waits_goes_by_the_present_channel_once),
		cmocka_unit_test(what_cannot_go_by_it_goes_another_way),
		TEST(a_mail_goes_by_the_present_account),
		TEST(a_channel_that_no_estate_uses_reports_and_takes_no_texts),
		TEST(what_was_down_and_is_gone_is_not_down_for_ever),
		TEST(however_much_waits_all_of_it_goes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
