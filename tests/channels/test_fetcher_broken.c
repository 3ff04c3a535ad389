/*
 * The fetcher process as the desk sees it, against servers that misbehave or
 * can little.
 */
#include <sysexits.h>

#include "tests/channels/fetching.h"
#include "tests/support/fake_imap.h"

static struct mailbox
fake_box(const struct fake_imap *fake)
{
	return (struct mailbox){
		.name = "fake",
		.host = "127.0.0.1",
		.port = fake_imap_port(fake),
		.tls = TLS_NONE,
		.user = "desk",
		.password = "tell-nobody",
		.folder = "INBOX",
		.flag = "$Ticketed",
		.from_start = true,
	};
}

struct broken {
	const char *why;
	struct fake_imap_step script[16];
	int quiet_ms, command_ms; /* 0: enough for the slowest machine */
};

static void
assert_ends_as_temporary(const struct broken *broken)
{
	struct fake_imap *fake scoped(fake_imap_stop) =
	    fake_imap_start(broken->script, NULL);
	struct mailbox box = fake_box(fake);
	json_t *start = fetcher_start_json(&box, 0, 0);
	struct desk desk;
	const char *reason;

	json_put_int(start, "quiet_ms", broken->quiet_ms);
	json_put_int(start, "command_ms", broken->command_ms);
	start_fetcher(&desk, start);
	next_frame(&desk, FETCHER_UP);
	next_frame(&desk, FETCHER_DOWN);
	reason = json_text(desk.frame, "reason");
	assert_string_equal(json_text(desk.frame, "kind"), "temporary");
	if (strstr(reason, broken->why) == NULL)
		fail_msg("wanted %s, got %s", broken->why, reason);
	(void)end_fetcher(&desk);
}

#define LISTED                                                          \
	{ FAKE_IMAP_EXPECT, "FETCH", 0 },                               \
	{                                                               \
		FAKE_IMAP_SAY,                                          \
		    "* 1 FETCH (UID 7 RFC822.SIZE 100 INTERNALDATE "    \
		    "\"01-Nov-2026 10:00:00 +0800\")\r\n$ OK done\r\n", \
		    0                                                   \
	}

#define FETCHED                                                             \
	{ FAKE_IMAP_EXPECT, "BODY.PEEK[]", 0 },                             \
	{                                                                   \
		FAKE_IMAP_SAY,                                              \
		    "* 1 FETCH (UID 7 BODY[] {1}\r\na)\r\n$ OK done\r\n", 0 \
	}

static void
every_broken_answer_ends_as_temporary(void **state)
{
	static const struct broken cases[] = {
		{ .why = "closed the connection", /* in a literal */
		    .script = { FAKE_IMAP_LOGIN, FAKE_IMAP_SELECT, LISTED,
			{ FAKE_IMAP_EXPECT, "BODY.PEEK[]", 0 },
			{ FAKE_IMAP_SAY,
			    "* 1 FETCH (UID 7 BODY[] {100}\r\nhalf", 0 } } },
		{ .why = "fell silent",
		    .script = { FAKE_IMAP_LOGIN, FAKE_IMAP_SELECT, LISTED,
			{ FAKE_IMAP_EXPECT, "BODY.PEEK[]", 0 },
			{ FAKE_IMAP_SAY,
			    "* 1 FETCH (UID 7 BODY[] {100}\r\nhalf", 0 },
			{ FAKE_IMAP_HANG, NULL, 0 } },
		    .quiet_ms = 300 },
		{ .why = "took too long",
		    .script = { FAKE_IMAP_LOGIN, FAKE_IMAP_SELECT, LISTED,
			{ FAKE_IMAP_EXPECT, "BODY.PEEK[]", 0 },
			{ FAKE_IMAP_SAY, "* 1 FETCH (UID 7 BODY[] {100}\r\n",
			    0 },
			{ FAKE_IMAP_TRICKLE, "x", 90 } },
		    .command_ms = 1000 },
		{ .why = "a line without end",
		    .script = { FAKE_IMAP_LOGIN, FAKE_IMAP_SELECT,
			{ FAKE_IMAP_EXPECT, "FETCH", 0 },
			{ FAKE_IMAP_SAY, "* OK ", 0 },
			{ FAKE_IMAP_REPEAT, "endless endless ", 10000 },
			{ FAKE_IMAP_HANG, NULL, 0 } } },
		{ .why = "sends without end",
		    .script = { FAKE_IMAP_LOGIN, FAKE_IMAP_SELECT,
			{ FAKE_IMAP_EXPECT, "FETCH", 0 },
			{ FAKE_IMAP_REPEAT,
			    "* OK chatter chatter chatter chatter chatter chatter "
			    "chatter chatter chatter chatter chatter chatter\r\n",
			    200000 },
			{ FAKE_IMAP_HANG, NULL, 0 } } },
		{ .why = "more than one mail",
		    .script = { FAKE_IMAP_LOGIN, FAKE_IMAP_SELECT, LISTED,
			{ FAKE_IMAP_EXPECT, "BODY.PEEK[]", 0 },
			{ FAKE_IMAP_SAY,
			    "* 1 FETCH (UID 7 BODY[] {3000000000}\r\n", 0 },
			{ FAKE_IMAP_HANG, NULL, 0 } } },
		{ .why = "makes no sense",
		    .script = { FAKE_IMAP_LOGIN, FAKE_IMAP_SELECT,
			{ FAKE_IMAP_EXPECT, "FETCH", 0 },
			{ FAKE_IMAP_SAY, "* 1 FETCH (EMAILID (M1))\r\n", 0 },
			{ FAKE_IMAP_HANG, NULL, 0 } } },
		{ .why = "busy",
		    .script = { FAKE_IMAP_LOGIN, FAKE_IMAP_SELECT,
			{ FAKE_IMAP_EXPECT, "FETCH", 0 },
			{ FAKE_IMAP_SAY, "$ NO [INUSE] busy\r\n", 0 },
			{ FAKE_IMAP_EXPECT, "LOGOUT", 0 } } },
		{ .why = "slow down",
		    .script = { FAKE_IMAP_LOGIN, FAKE_IMAP_SELECT, LISTED,
			{ FAKE_IMAP_EXPECT, "BODY.PEEK[]", 0 },
			{ FAKE_IMAP_SAY, "$ NO [THROTTLED] slow down\r\n",
			    0 },
			{ FAKE_IMAP_EXPECT, "LOGOUT", 0 } } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_ends_as_temporary(&cases[i]);
}

static void
a_mail_that_the_server_cannot_give_is_told_of(void **state)
{
	static const struct fake_imap_step script[] = {
		FAKE_IMAP_LOGIN,
		FAKE_IMAP_SELECT,
		{ FAKE_IMAP_EXPECT, "FETCH", 0 },
		{ FAKE_IMAP_SAY,
		    "* 1 FETCH (UID 7 RFC822.SIZE 4)\r\n"
		    "* 2 FETCH (UID 8 RFC822.SIZE 4)\r\n$ OK done\r\n",
		    0 },
		{ FAKE_IMAP_EXPECT, "7:8", 0 },
		{ FAKE_IMAP_SAY, "$ NO some are sick\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "FETCH 7 ", 0 },
		{ FAKE_IMAP_SAY, "$ NO this one\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "FETCH 8 ", 0 },
		{ FAKE_IMAP_SAY,
		    "* 2 FETCH (UID 8 BODY[] {4}\r\nabcd)\r\n$ OK done\r\n",
		    0 },
		{ FAKE_IMAP_HANG, NULL, 0 },
		{ FAKE_IMAP_END, NULL, 0 },
	};
	struct fake_imap *fake scoped(fake_imap_stop) =
	    fake_imap_start(script, NULL);
	struct mailbox box = fake_box(fake);
	struct desk desk;

	(void)state;
	connect_and_fetch(&desk, &box);
	assert_mail(&desk, 0, 7, "");
	assert_int_equal(desk.raw.size, 1);
	next_frame(&desk, FETCHER_BATCH);
	assert_mail(&desk, 0, 8, "abcd");
	/* The server hears nothing of our going. */
	fake_imap_stop(&fake);
	assert_int_equal(end_fetcher(&desk), EX_OK);
}

#define TWO_LISTED                                                 \
	{ FAKE_IMAP_EXPECT, "FETCH", 0 },                          \
	{                                                          \
		FAKE_IMAP_SAY,                                     \
		    "* 1 FETCH (UID 7 RFC822.SIZE 4)\r\n"          \
		    "* 2 FETCH (UID 8 RFC822.SIZE 4)\r\n$ OK done\r\n", \
		    0                                              \
	}

/* The last one refused may be an outage that begins, so it waits too. */
static void
when_no_later_mail_is_given_it_is_an_outage(void **state)
{
	static const struct {
		const char *first, *second;
		uint32_t refused;
		bool is_first_given;
	} cases[] = {
		{ "$ NO try again later\r\n", "$ NO try again later\r\n", 7,
		    false },
		{ "* 1 FETCH (UID 7 BODY[] {4}\r\nabcd)\r\n$ OK done\r\n",
		    "$ NO try again later\r\n", 8, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct fake_imap_step script[] = {
			FAKE_IMAP_LOGIN,
			FAKE_IMAP_SELECT,
			TWO_LISTED,
			{ FAKE_IMAP_EXPECT, "7:8", 0 },
			{ FAKE_IMAP_SAY, "$ NO try again later\r\n", 0 },
			{ FAKE_IMAP_EXPECT, "FETCH 7 ", 0 },
			{ FAKE_IMAP_SAY, cases[i].first, 0 },
			{ FAKE_IMAP_EXPECT, "FETCH 8 ", 0 },
			{ FAKE_IMAP_SAY, cases[i].second, 0 },
			{ FAKE_IMAP_EXPECT, "LOGOUT", 0 },
			{ FAKE_IMAP_END, NULL, 0 },
		};
		struct fake_imap *fake scoped(fake_imap_stop) =
		    fake_imap_start(script, NULL);
		struct mailbox box = fake_box(fake);
		struct desk desk;

		connect_box(&desk, &box, 0, 0);
		if (cases[i].is_first_given) {
			next_frame(&desk, FETCHER_BATCH);
			assert_int_equal(mail_count(&desk), 1);
			assert_mail(&desk, 0, 7, "abcd");
		}
		next_frame(&desk, FETCHER_DOWN);
		assert_string_equal(
		    json_text(desk.frame, "kind"), "temporary");
		assert_int_equal(
		    json_int(desk.frame, "refused", 0), cases[i].refused);
		assert_int_equal(end_fetcher(&desk), EX_TEMPFAIL);
	}
}

static void
a_mail_that_is_given_up_is_told_of_and_the_next_one_waits(void **state)
{
	static const struct fake_imap_step script[] = {
		FAKE_IMAP_LOGIN,
		FAKE_IMAP_SELECT,
		TWO_LISTED,
		{ FAKE_IMAP_EXPECT, "7:8", 0 },
		{ FAKE_IMAP_SAY, "$ NO try again later\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "FETCH 7 ", 0 },
		{ FAKE_IMAP_SAY, "$ NO try again later\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "FETCH 8 ", 0 },
		{ FAKE_IMAP_SAY, "$ NO try again later\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "LOGOUT", 0 },
		{ FAKE_IMAP_END, NULL, 0 },
	};
	struct fake_imap *fake scoped(fake_imap_stop) =
	    fake_imap_start(script, NULL);
	struct mailbox box = fake_box(fake);
	json_t *start = fetcher_start_json(&box, 5, 6);
	struct desk desk;

	(void)state;
	json_put_int(start, "given_up", 7);
	start_fetcher(&desk, start);
	next_frame(&desk, FETCHER_UP);
	next_frame(&desk, FETCHER_BATCH);
	assert_int_equal(mail_count(&desk), 1);
	assert_mail(&desk, 0, 7, "");
	next_frame(&desk, FETCHER_DOWN);
	assert_int_equal(json_int(desk.frame, "refused", 0), 8);
	assert_int_equal(end_fetcher(&desk), EX_TEMPFAIL);
}

static void
a_new_uidvalidity_brings_no_mail_from_before_the_first_connect(void **state)
{
	static const struct fake_imap_step script[] = {
		FAKE_IMAP_LOGIN,
		FAKE_IMAP_SELECT,
		{ FAKE_IMAP_EXPECT, "1:*", 0 },
		{ FAKE_IMAP_SAY,
		    "* 1 FETCH (UID 5 RFC822.SIZE 4 INTERNALDATE "
		    "\"01-Nov-2026 09:59:59 +0800\")\r\n"
		    "* 2 FETCH (UID 6 RFC822.SIZE 4)\r\n"
		    "* 3 FETCH (UID 7 RFC822.SIZE 4 INTERNALDATE "
		    "\"01-Nov-2026 10:00:00 +0800\")\r\n$ OK done\r\n",
		    0 },
		/* Which ones it asks for is what the test is about. */
		{ FAKE_IMAP_EXPECT, "BODY.PEEK[]", 0 },
		{ FAKE_IMAP_SAY,
		    "* 1 FETCH (UID 5 BODY[] {4}\r\nold.)\r\n"
		    "* 2 FETCH (UID 6 BODY[] {4}\r\nage?)\r\n"
		    "* 3 FETCH (UID 7 BODY[] {4}\r\nnew.)\r\n$ OK done\r\n",
		    0 },
		{ FAKE_IMAP_HANG, NULL, 0 },
		{ FAKE_IMAP_END, NULL, 0 },
	};
	static const struct {
		bool from_start;
		uint32_t first_uidvalidity; /* 5 is the one of now */
		size_t count;
	} cases[] = {
		{ false, 4, 2 },
		{ true, 4, 3 },
		/* A mail that was moved in here under a new number is meant
		 * for us, however old it is. */
		{ false, 5, 3 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct fake_imap *fake scoped(fake_imap_stop) =
		    fake_imap_start(script, NULL);
		struct mailbox box = fake_box(fake);
		struct desk desk;
		json_t *start;

		box.from_start = cases[i].from_start;
		start = fetcher_start_json(&box, 4, 100);
		if (cases[i].first_uidvalidity == 5)
			json_put_int(start, "uidvalidity", 3);
		json_put_int(start, "first_uidvalidity",
		    cases[i].first_uidvalidity);
		/* 2026-11-01T02:00:00Z */
		json_put_int(start, "first_at", INT64_C(1793498400000));
		start_fetcher(&desk, start);
		next_frame(&desk, FETCHER_UP);
		next_frame(&desk, FETCHER_BATCH);
		assert_int_equal(mail_count(&desk), cases[i].count);
		assert_mail(&desk, cases[i].count - 2, 6, "age?");
		assert_mail(&desk, cases[i].count - 1, 7, "new.");
		fake_imap_stop(&fake);
		(void)end_fetcher(&desk);
	}
}

static void
expect_news_of_idle(const char *go_ahead)
{
	const struct fake_imap_step script[] = {
		{ FAKE_IMAP_SAY, "* OK ready\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "LOGIN", 0 },
		{ FAKE_IMAP_SAY, "$ OK in\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "CAPABILITY", 0 },
		{ FAKE_IMAP_SAY, "* CAPABILITY IMAP4rev1 IDLE\r\n$ OK done\r\n",
		    0 },
		FAKE_IMAP_SELECT,
		LISTED,
		FETCHED,
		{ FAKE_IMAP_EXPECT, "IDLE", 0 },
		{ FAKE_IMAP_SAY, go_ahead, 0 },
		{ FAKE_IMAP_EXPECT, "DONE", 0 },
		{ FAKE_IMAP_SAY, "idle1 OK done\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "8:*", 0 },
		{ FAKE_IMAP_SAY,
		    "* 2 FETCH (UID 9 RFC822.SIZE 1)\r\n$ OK done\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "FETCH 9 ", 0 },
		{ FAKE_IMAP_SAY,
		    "* 2 FETCH (UID 9 BODY[] {1}\r\nb)\r\n$ OK done\r\n", 0 },
		{ FAKE_IMAP_HANG, NULL, 0 },
		{ FAKE_IMAP_END, NULL, 0 },
	};
	struct fake_imap *fake scoped(fake_imap_stop) =
	    fake_imap_start(script, NULL);
	struct mailbox box = fake_box(fake);
	struct desk desk;

	box.idle = true;
	connect_and_fetch(&desk, &box);
	/* 2026-11-01T02:00:00Z */
	assert_int_equal(json_int(mail_at(&desk, 0), "internaldate", 0),
	    INT64_C(1793498400000));
	next_frame(&desk, FETCHER_SEEN);
	assert_true(json_int(desk.frame, "mono_ms", 0) > 0);
	next_frame(&desk, FETCHER_BATCH);
	assert_mail(&desk, 0, 9, "b");
	fake_imap_stop(&fake);
	(void)end_fetcher(&desk);
}

/* In one packet, with something behind it or nothing. */
static void
news_before_the_go_ahead_of_idle_are_heard(void **state)
{
	(void)state;
	expect_news_of_idle("* 2 EXISTS\r\n+ idling\r\n* 2 RECENT\r\n");
	expect_news_of_idle("* 2 EXISTS\r\n+ idling\r\n");
}

static void
without_move_it_copies_and_expunges_these_uids(void **state)
{
	static const struct fake_imap_step script[] = {
		{ FAKE_IMAP_SAY, "* OK ready\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "LOGIN", 0 },
		{ FAKE_IMAP_SAY, "$ OK in\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "CAPABILITY", 0 },
		{ FAKE_IMAP_SAY,
		    "* CAPABILITY IMAP4rev1 UIDPLUS\r\n$ OK done\r\n", 0 },
		FAKE_IMAP_SELECT,
		LISTED,
		FETCHED,
		{ FAKE_IMAP_EXPECT, "UID COPY 7 ", 0 },
		{ FAKE_IMAP_SAY, "$ OK [COPYUID 9 7 1] copied\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "UID STORE 7 +FLAGS.SILENT (\\Deleted)",
		    0 },
		{ FAKE_IMAP_SAY, "$ OK stored\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "UID EXPUNGE 7", 0 },
		{ FAKE_IMAP_SAY, "* 1 EXPUNGE\r\n$ OK gone\r\n", 0 },
		{ FAKE_IMAP_HANG, NULL, 0 },
		{ FAKE_IMAP_END, NULL, 0 },
	};
	struct fake_imap *fake scoped(fake_imap_stop) =
	    fake_imap_start(script, NULL);
	struct mailbox box = fake_box(fake);
	struct desk desk;

	(void)state;
	box.move_to = "Done";
	connect_and_fetch(&desk, &box);
	settle(&desk, 7, 7);
	next_frame(&desk, FETCHER_SETTLED);
	fake_imap_stop(&fake);
	(void)end_fetcher(&desk);
}

static void
a_mailbox_without_keywords_gets_seen_only(void **state)
{
	static const struct fake_imap_step script[] = {
		FAKE_IMAP_LOGIN,
		FAKE_IMAP_SELECT,
		LISTED,
		FETCHED,
		{ FAKE_IMAP_EXPECT, "STORE 7 +FLAGS.SILENT (\\Seen $Ticketed)",
		    0 },
		{ FAKE_IMAP_SAY, "$ NO no keywords here\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "STORE 7 +FLAGS.SILENT (\\Seen)", 0 },
		{ FAKE_IMAP_SAY, "$ OK stored\r\n", 0 },
		{ FAKE_IMAP_HANG, NULL, 0 },
		{ FAKE_IMAP_END, NULL, 0 },
	};
	struct fake_imap *fake scoped(fake_imap_stop) =
	    fake_imap_start(script, NULL);
	struct mailbox box = fake_box(fake);
	struct desk desk;

	(void)state;
	connect_and_fetch(&desk, &box);
	settle(&desk, 7, 7);
	next_frame(&desk, FETCHER_SETTLED);
	fake_imap_stop(&fake);
	(void)end_fetcher(&desk);
}

static void
a_start_that_makes_no_sense_ends_it(void **state)
{
	struct desk desk;

	(void)state;
	start_fetcher(&desk, json_object());
	next_frame(&desk, FETCHER_DOWN);
	assert_int_equal(end_fetcher(&desk), EX_TEMPFAIL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_broken_answer_ends_as_temporary),
		cmocka_unit_test(a_mail_that_the_server_cannot_give_is_told_of),
		cmocka_unit_test(when_no_later_mail_is_given_it_is_an_outage),
		cmocka_unit_test(
		    a_mail_that_is_given_up_is_told_of_and_the_next_one_waits),
		cmocka_unit_test(
		    a_new_uidvalidity_brings_no_mail_from_before_the_first_connect),
		cmocka_unit_test(news_before_the_go_ahead_of_idle_are_heard),
		cmocka_unit_test(
		    without_move_it_copies_and_expunges_these_uids),
		cmocka_unit_test(a_mailbox_without_keywords_gets_seen_only),
		cmocka_unit_test(a_start_that_makes_no_sense_ends_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
