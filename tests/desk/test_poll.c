/*
 * What a gateway's inbox holds when it is asked.
 */
#include "core/config.h"
#include "lib/text.h"
#include "store/cases.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HUANG "+8613900139003"
#define ADMIN "admin@hq.example"
#define ONE(id, words)                                                     \
	"{\"id\":\"" id "\",\"from\":\"13900139003\",\"to\":\"10690001\"," \
	"\"text\":\"" words "\"}"
#define LEAK "3-2-601 厨房漏水"

static struct sms_provider *provider;

/* The gateway is one that can be asked. */
static void
paged(struct stage *stage, enum sms_poll_mode mode, enum sms_paging paging)
{
	provider = stage_provider(stage);
	provider->poll = (struct sms_poll){
		.is_there = true,
		.mode = mode,
		.paging = paging,
		.limit = 2,
		.fields = { .format = SMS_FORMAT_JSON,
		    .items = "/texts",
		    .cursor = "/next",
		    .id = "/id",
		    .from = "/from",
		    .to = "/to",
		    .text = "/text" },
	};
	provider->report_poll = (struct sms_poll){
		.is_there = true,
		.mode = mode,
		.paging = SMS_PAGING_NONE,
		.fields = { .format = SMS_FORMAT_JSON,
		    .items = "/reports",
		    .id = "/id",
		    .state = "/state" },
	};
}

/* By cursor or by window. */
static void
by(struct stage *stage, bool window)
{
	paged(stage, window ? SMS_POLL_WINDOW : SMS_POLL_QUEUE,
	    SMS_PAGING_CURSOR);
}

/* Where it goes on, by the way that it is asked now. */
static struct poll_place
place(struct stage *stage)
{
	static char form[SHA256_HEX];
	struct poll_place ret = { "gateway", form, "", 0 };

	poll_form(config_sms(stage->conf, "gateway"), false, form);
	if (poll_cursor_load(stage->fixture->store, &ret,
		&stage->fixture->arena, &stage->fixture->err) < 0)
		fail_msg("%s", stage->fixture->err.msg);
	return ret;
}

static const char *
cursor(struct stage *stage)
{
	return place(stage).cursor;
}

static void
polled(struct stage *stage, const char *answer, const char *header)
{
	struct err err = { 0 };
	struct poll_place asked = place(stage);

	assert_int_equal(desk_polled(stage->desk,
			     &(struct desk_poll){ .channel = "gateway",
				 .raw = answer,
				 .len = strlen(answer),
				 .next_cursor = header,
				 .asked_cursor = asked.cursor,
				 .asked_since = asked.since,
				 .since = stage->now },
			     &err),
	    0);
	stage_turns(stage);
}

static void
a_text_that_is_listed_again_and_again_is_one(void **state)
{
	struct stage *stage = *state;

	by(stage, true);
	for (int i = 0; i < 3; i++) {
		stage->now += MSEC_HOUR;
		polled(stage, "{\"texts\":[" ONE("a1", LEAK) "]}", "");
		polled(stage,
		    "{\"texts\":[{\"from\":\"13900139003\",\"text\":"
		    "\"3-2-601 电梯坏了\"}]}",
		    "");
	}
	assert_int_equal(stage_cases(stage), 2);
	assert_int_equal(stage_sent_to(stage, HUANG), 2);
}

static void
other_words_under_a_listed_id_are_a_text_of_their_own(void **state)
{
	static const char first[] = "{\"texts\":[" ONE("1", LEAK) "]}";
	static const char both[] = "{\"texts\":[" ONE("1", LEAK) "," ONE(
	    "1", "3-2-601 着火了") "]}";
	struct stage *stage = *state;

	by(stage, true);
	polled(stage, first, "");
	assert_int_equal(stage_cases(stage), 1);
	for (int i = 0; i < 3; i++) {
		stage->now += MSEC_HOUR;
		polled(stage, both, "");
		assert_int_equal(stage_cases(stage), 2);
	}
	/* However it comes. */
	stage_push(stage, false, ONE("1", "3-2-601 着火了"));
	stage_turns(stage);
	assert_int_equal(stage->status, 200);
	assert_int_equal(stage_cases(stage), 2);
}

static void
a_text_that_says_nothing_costs_itself(void **state)
{
	struct stage *stage = *state;
	struct buf kept scoped(buf_done);

	by(stage, false);
	polled(stage,
	    "{\"texts\":[7,{\"id\":\"a0\",\"from\":\"139\"}," ONE(
		"a1", LEAK) "],\"next\":\"n1\"}",
	    "");
	assert_int_equal(stage_cases(stage), 1);
	assert_string_equal(stage_inbox(stage, 1).bin, "malformed");
	assert_string_equal(stage_inbox(stage, 2).bin, "malformed");
	assert_non_null(strstr(stage_inbox(stage, 2).reason, "no text"));
	assert_int_equal(stage_inbox(stage, 3).state, INBOX_DONE);
	buf_init(&kept, 1000);
	assert_int_equal(
	    inbox_raw(stage->fixture->store, 2, &kept, &stage->fixture->err),
	    1);
	assert_non_null(strstr(buf_text(&kept), "139"));
	/* And the inbox is no dead end. */
	assert_string_equal(cursor(stage), "n1");
}

static void
a_polled_text_out_of_quarantine_is_read_again(void **state)
{
	struct stage *stage = *state;
	struct fixture *fixture = stage->fixture;

	by(stage, false);
	polled(stage, "{\"texts\":[" ONE("a1", "?") "]}", "");
	assert_string_equal(stage_inbox(stage, 1).bin, "unclear");
	fixture_begin(fixture);
	assert_int_equal(inbox_again(fixture->store, 1, &fixture->err), 1);
	fixture_commit(fixture);
	desk_read_again(stage->desk, 1);
	stage_turns(stage);
	assert_int_equal(stage->reads, 2);
	assert_string_equal(stage_inbox(stage, 1).bin, "unclear");
}

static void
the_cursor_goes_on_and_stays_where_nothing_is_said(void **state)
{
	static const struct {
		bool window;
		const char *answer, *header, *cursor;
	} looks[] = {
		{ false, "{\"texts\":[],\"next\":\"n1\"}", "", "n1" },
		{ false, "{\"texts\":[],\"next\":12}", "h1", "12" },
		{ false, "{\"texts\":[]}", "h2", "h2" },
		{ false, "{\"texts\":[],\"next\":null}", "", "h2" },
		{ false, "{\"texts\":[],\"next\":\"\"}", "", "h2" },
		/* The pages of a window end, and it begins anew. */
		{ true, "{\"texts\":[],\"next\":\"p2\"}", "", "p2" },
		{ true, "{\"texts\":[]}", "", "" },
	};
	struct stage *stage = *state;

	for (size_t i = 0; i < ARRAY_COUNT(looks); i++) {
		by(stage, looks[i].window);
		polled(stage, looks[i].answer, looks[i].header);
		assert_string_equal(cursor(stage), looks[i].cursor);
	}
}

/* Nobody can be answered 400: the admin hears, once each way. */
static void
an_inbox_that_cannot_be_read_is_told_and_also_that_it_can(void **state)
{
	struct stage *stage = *state;

	by(stage, false);
	for (int i = 0; i < 2; i++)
		polled(stage, "{}", "");
	assert_int_equal(stage_sent_to(stage, ADMIN), 1);
	assert_non_null(strstr(stage_last(stage, ADMIN)->text, "(inbox)"));
	for (int i = 0; i < 2; i++)
		polled(stage, "{\"texts\":[]}", "");
	assert_int_equal(stage_sent_to(stage, ADMIN), 2);
	assert_non_null(strstr(stage_last(stage, ADMIN)->text, "(inbox)"));
}

static int
malformed(struct stage *stage)
{
	static struct inbox_row rows[50];

	return inbox_list(stage->fixture->store, "malformed",
	    &stage->fixture->arena, rows, ARRAY_COUNT(rows),
	    &stage->fixture->err);
}

/* What is listed again need not be kept each time; what is handed out once may
 * hold texts, whatever it looks like. */
static void
of_answers_that_say_nothing_only_what_may_be_lost_is_kept(void **state)
{
	static const struct {
		bool window;
		const char *body;
		int kept; /* of ten, no two of which are the same */
	} cases[] = {
		{ true, "<html>Log in", LIMIT_SILENT_POLLS_KEPT },
		{ false, "<html>Try later", 10 },
		{ false, "\r\n", 0 },
		{ true, "", 0 },
	};
	struct stage *stage = *state;
	int before = 0;

	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		by(stage, cases[i].window);
		stage->now += 2 * MSEC_DAY;
		for (int k = 0; k < 10; k++) {
			char body[40];

			(void)snprintf(body, sizeof(body), "%s%*s",
			    cases[i].body, k, "");
			polled(stage, body, "");
		}
		assert_int_equal(malformed(stage) - before, cases[i].kept);
		before = malformed(stage);
		assert_string_equal(cursor(stage), "");
	}
	/* And on another day there is one to look at again. */
	by(stage, true);
	stage->now += 2 * MSEC_DAY;
	polled(stage, "<html>Moved", "");
	assert_int_equal(malformed(stage), before + 1);
}

/* The reader dies over it each time that it is listed. */
static void
a_poll_answer_that_kills_the_reader_is_one_case_for_a_human(void **state)
{
	static const struct {
		bool window;
		const char *header, *cursor;
	} looks[] = {
		/* Told in the answer, which nobody can read: it stays. */
		{ false, "", "n1" },
		{ false, "h2", "h2" },
		{ true, "", "" },
		{ true, "p2", "p2" },
	};
	struct stage *stage = *state;

	for (size_t i = 0; i < ARRAY_COUNT(looks); i++) {
		char answer[100];

		by(stage, false);
		stage->reader = STAGE_READS;
		polled(stage, "{\"texts\":[],\"next\":\"n1\"}", "");
		(void)snprintf(answer, sizeof(answer), "{\"deadly\":%zu}", i);
		by(stage, looks[i].window);
		stage->reader = STAGE_DIES;
		for (int again = 0; again < 3; again++) {
			stage->now += MSEC_MINUTE;
			polled(stage, answer, looks[i].header);
		}
		assert_int_equal(stage_cases(stage), i + 1);
		assert_int_equal(
		    stage_inbox(stage, (int64_t)i + 1).state, INBOX_UNREADABLE);
		assert_string_equal(cursor(stage), looks[i].cursor);
		assert_int_equal(place(stage).since, stage->now);
	}
	/* Down, and up between them. */
	assert_int_equal(
	    stage_sent_to(stage, ADMIN), 2 * ARRAY_COUNT(looks) - 1);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

static msec_t
since(struct stage *stage)
{
	return place(stage).since;
}

static void
a_window_moves_on_when_all_its_pages_are_read(void **state)
{
	static const struct {
		enum sms_paging paging;
		const char *pages[3];
		const char *cursors[3];
	} cases[] = {
		{ SMS_PAGING_URL,
		    { "{\"texts\":[" ONE("a1", LEAK) "],\"next\":\"/p2\"}",
			"{\"texts\":[" ONE(
			    "a2", "4-1-101电梯坏了") "],\"next\":"
						     "\"/p3\"}",
			"{\"texts\":[],\"next\":null}" },
		    { "/p2", "/p3", "" } },
		{ SMS_PAGING_OFFSET,
		    { "{\"texts\":[" ONE("a1", LEAK) ",7]}",
			"{\"texts\":[" ONE("a2", "4-1-101电梯坏了") ",8]}",
			"{\"texts\":[]}" },
		    { "2", "4", "" } },
	};
	struct stage *stage = *state;
	msec_t begun;

	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		paged(stage, SMS_POLL_WINDOW, cases[i].paging);
		polled(stage, "{\"texts\":[]}", "");
		begun = since(stage);
		for (size_t j = 0; j < 3; j++) {
			stage->now += MSEC_MINUTE;
			polled(stage, cases[i].pages[j], "");
			assert_string_equal(cursor(stage), cases[i].cursors[j]);
			assert_int_equal(
			    since(stage), j < 2 ? begun : stage->now);
		}
	}
	assert_int_equal(stage_cases(stage), 2);
}

static void
the_last_id_is_a_place(void **state)
{
	struct stage *stage = *state;

	paged(stage, SMS_POLL_QUEUE, SMS_PAGING_LAST);
	provider->poll.fields.time = "/time";
	/* What lay there before the first look is a case, and nobody is told
	 * now that we have got it. */
	polled(stage, "{\"texts\":[]}", "");
	polled(stage,
	    "{\"texts\":[{\"id\":\"16\",\"from\":\"13900139001\",\"text\":"
	    "\"3-2-501电梯坏了\",\"time\":\"1600000000\"}," ONE(
		"17", LEAK) "]}",
	    "");
	assert_int_equal(stage_cases(stage), 2);
	assert_int_equal(stage_sent_to(stage, "+8613900139001"), 0);
	assert_int_equal(stage_sent_to(stage, HUANG), 1);
	assert_string_equal(cursor(stage), "17");
	polled(stage, "{\"texts\":[]}", "");
	assert_string_equal(cursor(stage), "17");
}

/* A page number means nothing to a gateway that wants an address; what came
 * since the last look is asked for all the same. */
static void
a_cursor_is_for_the_way_of_asking_that_it_came_by(void **state)
{
	struct stage *stage = *state;
	msec_t begun;

	paged(stage, SMS_POLL_WINDOW, SMS_PAGING_OFFSET);
	polled(stage, "{\"texts\":[]}", "");
	begun = since(stage);
	stage->now += MSEC_MINUTE;
	polled(stage, "{\"texts\":[" ONE("a1", LEAK) ",7]}", "");
	assert_string_equal(cursor(stage), "2");
	provider->poll.limit = 50;
	assert_string_equal(cursor(stage), "2");
	provider->poll.request.url = "{url}/v2";
	assert_string_equal(cursor(stage), "");
	provider->poll.request.url = NULL;
	provider->poll.paging = SMS_PAGING_URL;
	assert_string_equal(cursor(stage), "");
	assert_int_equal(since(stage), begun);
	polled(stage, "{\"texts\":[],\"next\":null}", "");
	assert_int_equal(since(stage), stage->now);
	assert_int_equal(stage_cases(stage), 1);
}

/* Of the earlier settings: its texts count, its place does not. */
static void
an_answer_to_a_way_of_asking_of_the_past_moves_no_cursor(void **state)
{
	static const char raw[] = "{\"texts\":[" ONE("a1", LEAK) "],\"next\":"
								 "\"other\"}";
	struct stage *stage = *state;
	struct err err = { 0 };

	by(stage, false);
	polled(stage, "{\"texts\":[],\"next\":\"n1\"}", "");
	assert_int_equal(desk_polled(stage->desk,
			     &(struct desk_poll){ .channel = "gateway",
				 .raw = raw,
				 .len = strlen(raw),
				 .since = stage->now,
				 .is_past = true },
			     &err),
	    0);
	stage_turns(stage);
	assert_int_equal(stage_cases(stage), 1);
	assert_string_equal(cursor(stage), "n1");
}

/* A cursor of one account means nothing in another. */
static void
another_account_is_asked_from_its_beginning(void **state)
{
	static const struct sms_value names[] = { { .name = "account" },
		{ .name = "key", .is_secret = true } };
	static const struct {
		struct sms_pair values[2];
		bool is_same;
	} table[] = {
		{ { { "account", "AC1" }, { "key", "other" } }, true },
		{ { { "account", "AC2" }, { "key", "k" } }, false },
	};
	const struct sms_pair first[] = { { "account", "AC1" },
		{ "key", "k" } };
	struct stage *stage = *state;
	struct sms_channel channel = *config_sms(stage->conf, "gateway");
	struct sms_provider own = *channel.provider;
	char before[SHA256_HEX], after[SHA256_HEX];

	own.values = names;
	channel.provider = &own;
	channel.values = first;
	channel.value_count = ARRAY_COUNT(first);
	poll_form(&channel, false, before);
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		channel.values = table[i].values;
		poll_form(&channel, false, after);
		assert_int_equal(
		    strcmp(before, after) == 0, table[i].is_same);
	}
}

/* Kept before it is read, and gone with the decision, whatever it was. */
static void
an_answer_that_comes_once_is_kept_until_it_is_decided(void **state)
{
	static const char *const raws[] = { "{\"texts\":[" ONE("q1", LEAK) "]}",
		"<html>" };
	struct stage *stage = *state;
	struct fixture *fixture = stage->fixture;

	paged(stage, SMS_POLL_QUEUE, SMS_PAGING_NONE);
	for (size_t i = 0; i < ARRAY_COUNT(raws); i++) {
		struct poll_kept kept = { .source = "gateway",
			.estate = "sunshine",
			.form = "f",
			.cursor = "",
			.raw = { raws[i], strlen(raws[i]) } };
		struct poll_kept found = { 0 };
		struct err err = { 0 };
		int64_t id = 0;

		fixture_begin(fixture);
		assert_int_equal(
		    poll_answer_keep(fixture->store, &kept, &id, &err), 0);
		fixture_commit(fixture);
		assert_int_equal(poll_answer_next(fixture->store, 0,
				     &fixture->arena, &found, &err),
		    1);
		assert_int_equal(found.id, id);
		assert_string_equal(found.source, "gateway");
		assert_string_equal(found.estate, "sunshine");
		assert_string_equal(found.form, "f");
		assert_memory_equal(found.raw.data, raws[i], found.raw.len);
		assert_int_equal(desk_polled(stage->desk,
				     &(struct desk_poll){ .channel = "gateway",
					 .raw = found.raw.data,
					 .len = found.raw.len,
					 .since = stage->now,
					 .kept = found.id },
				     &err),
		    0);
		stage_turns(stage);
		assert_int_equal(poll_answer_next(fixture->store, 0,
				     &fixture->arena, &found, &err),
		    0);
	}
	assert_int_equal(stage_cases(stage), 1);
	assert_string_equal(stage_inbox(stage, 2).bin, "malformed");
}

static void
reports_are_fetched_as_well(void **state)
{
	struct stage *stage = *state;
	struct err err = { 0 };
	char answer[200];
	out_id out;

	paged(stage, SMS_POLL_WINDOW, SMS_PAGING_NONE);
	stage_text(stage, "k1");
	stage_turns(stage);
	out = stage_last(stage, HUANG)->out;
	(void)snprintf(answer, sizeof(answer),
	    "{\"reports\":[{\"id\":\"999-1\",\"state\":\"failed\"},"
	    "{\"id\":\"%lld-%lld-%lld\",\"state\":\"DELIVRD\"},{\"id\":\"x\"}]}",
	    (long long)out, (long long)stage_last(stage, HUANG)->attempt,
	    (long long)stage_last(stage, HUANG)->created_at);
	assert_int_equal(desk_polled(stage->desk,
			     &(struct desk_poll){ .channel = "gateway",
				 .is_report = true,
				 .raw = answer,
				 .len = strlen(answer),
				 .since = stage->now },
			     &err),
	    0);
	stage_turns(stage);
	assert_int_equal(stage_status(stage, out).state, OUT_DELIVERED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_text_that_is_listed_again_and_again_is_one),
		TEST(other_words_under_a_listed_id_are_a_text_of_their_own),
		TEST(a_text_that_says_nothing_costs_itself),
		TEST(of_answers_that_say_nothing_only_what_may_be_lost_is_kept),
		TEST(a_polled_text_out_of_quarantine_is_read_again),
		TEST(the_cursor_goes_on_and_stays_where_nothing_is_said),
		TEST(
		    a_poll_answer_that_kills_the_reader_is_one_case_for_a_human),
		TEST(a_window_moves_on_when_all_its_pages_are_read),
		TEST(the_last_id_is_a_place),
		TEST(a_cursor_is_for_the_way_of_asking_that_it_came_by),
		TEST(an_answer_to_a_way_of_asking_of_the_past_moves_no_cursor),
		TEST(another_account_is_asked_from_its_beginning),
		TEST(an_answer_that_comes_once_is_kept_until_it_is_decided),
		TEST(reports_are_fetched_as_well),
		TEST(an_inbox_that_cannot_be_read_is_told_and_also_that_it_can),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
