#include "lib/buf.h"
#include "lib/digest.h"
#include "store/cases.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/store_fixture.h"

#include <string.h>

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_memory, fixture_done)

static struct inbox_row
load(struct fixture *fixture, int64_t id)
{
	struct inbox_row row = { 0 };

	assert_int_equal(inbox_load(fixture->store, id, &fixture->arena, &row,
			     &fixture->err),
	    1);
	return row;
}

/* As a text: no digest, the key alone tells one from another. */
static int
add_text(struct fixture *fixture, const char *source, const char *key,
    int64_t *ret_id)
{
	const struct inbox_new row = {
		.channel = CHANNEL_SMS,
		.source = source,
		.estate = "sunshine",
		.key = key,
		.received_at = MORNING,
		.raw = "hi",
		.raw_len = 2,
	};

	return inbox_add(fixture->store, &row, ret_id, &fixture->err);
}

static void
a_message_is_kept_with_all_that_is_known(void **state)
{
	struct fixture *fixture = *state;
	int64_t id = fixture_mail(fixture, 5, "Subject: a\n\nb");
	struct inbox_row row = load(fixture, id);
	struct buf raw scoped(buf_done);

	buf_init(&raw, 100);
	assert_int_equal(row.id, id);
	assert_int_equal(row.channel, CHANNEL_MAIL);
	assert_string_equal(row.source, "desk");
	assert_string_equal(row.estate, "sunshine");
	assert_string_equal(row.key, "7/5");
	assert_int_equal(row.received_at, MORNING);
	assert_int_equal(row.state, INBOX_RECEIVED);
	assert_null(row.bin);
	assert_int_equal(row.case_id, 0);
	assert_int_equal(row.raw_len, 13);
	assert_int_equal(row.reads, 0);
	assert_int_equal(inbox_raw(fixture->store, id, &raw, &fixture->err), 1);
	assert_string_equal(buf_text(&raw), "Subject: a\n\nb");
}

static void
raw_bytes_may_hold_anything(void **state)
{
	static const char bytes[] = { 'a', '\0', '\xff', '\n', 'z' };
	struct fixture *fixture = *state;
	const struct inbox_new row = {
		.source = "desk",
		.estate = "sunshine",
		.key = "1/1",
		.raw = bytes,
		.raw_len = sizeof(bytes),
	};
	struct buf raw scoped(buf_done);
	int64_t id = 0;

	buf_init(&raw, 100);
	assert_int_equal(
	    inbox_add(fixture->store, &row, &id, &fixture->err), 1);
	assert_int_equal(inbox_raw(fixture->store, id, &raw, &fixture->err), 1);
	assert_int_equal(raw.len, sizeof(bytes));
	assert_memory_equal(raw.data, bytes, sizeof(bytes));
	buf_reset(&raw);
	assert_int_equal(
	    inbox_raw_slice(fixture->store, id, 1, 3, &raw, &fixture->err), 1);
	assert_int_equal(raw.len, 3);
	assert_memory_equal(raw.data, bytes + 1, 3);
}

static void
raw_bytes_beyond_the_buffer_are_an_error(void **state)
{
	struct fixture *fixture = *state;
	int64_t id = fixture_mail(fixture, 1, "0123456789");
	struct buf raw scoped(buf_done);

	buf_init(&raw, 4);
	assert_int_equal(
	    inbox_raw(fixture->store, id, &raw, &fixture->err), -1);
	assert_int_equal(fixture->err.kind, ERR_DATA);
	assert_int_equal(
	    inbox_raw(fixture->store, 999, &raw, &fixture->err), 0);
}

static void
a_key_that_is_known_adds_nothing(void **state)
{
	struct fixture *fixture = *state;
	int64_t first = 0, again = 0, other = 0;

	assert_int_equal(add_text(fixture, "sms", "id-1", &first), 1);
	assert_int_equal(add_text(fixture, "sms", "id-1", &again), 0);
	assert_int_equal(again, first);
	/* Another gateway may use the same ids. */
	assert_int_equal(add_text(fixture, "sms2", "id-1", &other), 1);
	assert_int_not_equal(other, first);
	assert_int_equal(inbox_waiting_count(fixture->store), 2);
}

/* At `at', with these words. */
static int64_t
add_words(struct fixture *fixture, const char *source, const char *key,
    char words, msec_t at)
{
	char digest[SHA256_HEX];
	struct inbox_new row = {
		.channel = CHANNEL_SMS,
		.source = source,
		.estate = "sunshine",
		.key = key,
		.words = digest,
		.received_at = at,
		.raw = "hi",
		.raw_len = 2,
	};
	int64_t id = 0;

	memset(digest, words, sizeof(digest) - 1);
	digest[sizeof(digest) - 1] = '\0';
	assert_int_equal(
	    inbox_add(fixture->store, &row, &id, &fixture->err), 1);
	return id;
}

static int64_t
same_text(struct fixture *fixture, int64_t id, msec_t since)
{
	int64_t found = 0;

	assert_true(inbox_same_text(
			fixture->store, id, since, &found, &fixture->err) >= 0);
	return found;
}

static void
the_same_words_are_found_after_an_instant_and_by_one_source(void **state)
{
	struct fixture *fixture = *state;
	int64_t first = add_words(fixture, "sms", "1", 'a', MORNING);
	int64_t second = add_words(fixture, "sms", "2", 'a', MORNING + 1);
	int64_t third = add_words(fixture, "sms", "3", 'a', MORNING + 2);
	int64_t other = add_words(fixture, "sms", "4", 'b', MORNING + 3);
	int64_t apart = add_words(fixture, "sms2", "1", 'a', MORNING + 4);

	assert_int_equal(same_text(fixture, first, 0), 0);
	assert_int_equal(same_text(fixture, second, MORNING - 1), first);
	assert_int_equal(same_text(fixture, second, MORNING), 0);
	assert_int_equal(same_text(fixture, other, 0), 0);
	assert_int_equal(same_text(fixture, apart, 0), 0);
	/* A twin is nobody's first, and has one of its own already. */
	assert_int_equal(
	    inbox_set_twin(fixture->store, second, first, &fixture->err), 0);
	assert_int_equal(same_text(fixture, third, 0), first);
	assert_int_equal(same_text(fixture, third, MORNING), 0);
	assert_int_equal(same_text(fixture, second, 0), 0);
}

static void
the_same_mail_by_two_ways_is_one_message(void **state)
{
	struct fixture *fixture = *state;
	int64_t first = fixture_mail(fixture, 1, "same");
	int64_t second = fixture_mail(fixture, 2, "same");
	struct inbox_row bin[4];

	assert_int_equal(second, first);
	assert_int_equal(inbox_waiting_count(fixture->store), 1);
	assert_int_equal(inbox_list(fixture->store, "duplicate",
			     &fixture->arena, bin, 4, &fixture->err),
	    1);
	assert_string_equal(bin[0].key, "7/2");
	assert_int_equal(bin[0].state, INBOX_BINNED);
	/* And once more, in case the answer to the server was lost. */
	assert_int_equal(fixture_mail(fixture, 2, "same"), first);
}

static void
the_same_mail_in_another_estate_is_another_message(void **state)
{
	struct fixture *fixture = *state;
	struct inbox_new row = {
		.source = "desk",
		.estate = "sunshine",
		.key = "1/1",
		.digest = "0123456789abcdef0123456789abcdef"
			  "0123456789abcdef0123456789abcdef",
		.raw = "x",
		.raw_len = 1,
	};
	int64_t id = 0;

	assert_int_equal(
	    inbox_add(fixture->store, &row, &id, &fixture->err), 1);
	row.estate = "riverside";
	row.source = "desk2";
	assert_int_equal(
	    inbox_add(fixture->store, &row, &id, &fixture->err), 1);
	row.digest = "no digest";
	row.key = "1/2";
	assert_int_equal(
	    inbox_add(fixture->store, &row, &id, &fixture->err), -1);
	assert_int_equal(fixture->err.kind, ERR_BUG);
}

static void
what_waits_comes_oldest_first_and_in_portions(void **state)
{
	struct fixture *fixture = *state;
	int64_t ids[3];
	struct inbox_row rows[2];

	ids[0] = fixture_mail(fixture, 1, "a");
	ids[1] = fixture_mail(fixture, 2, "b");
	ids[2] = fixture_mail(fixture, 3, "c");
	assert_int_equal(inbox_waiting(fixture->store, 0, &fixture->arena, rows,
			     2, &fixture->err),
	    2);
	assert_int_equal(rows[0].id, ids[0]);
	assert_int_equal(rows[1].id, ids[1]);
	assert_int_equal(inbox_waiting(fixture->store, ids[1], &fixture->arena,
			     rows, 2, &fixture->err),
	    1);
	assert_int_equal(rows[0].id, ids[2]);
}

static void
a_message_ends_in_a_case_or_a_bin(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(1);
	int64_t done = fixture_mail(fixture, 1, "a");
	int64_t spam = fixture_mail(fixture, 2, "b");
	int64_t messages[4];
	struct inbox_row row;

	fixture_save(fixture, &file);
	assert_int_equal(inbox_set_state(fixture->store, done, INBOX_DONE, NULL,
			     NULL, 1, &fixture->err),
	    0);
	assert_int_equal(inbox_set_state(fixture->store, spam, INBOX_BINNED,
			     "spam", "agency.promo", 0, &fixture->err),
	    0);
	assert_int_equal(inbox_waiting_count(fixture->store), 0);
	row = load(fixture, done);
	assert_int_equal(row.state, INBOX_DONE);
	assert_int_equal(row.case_id, 1);
	row = load(fixture, spam);
	assert_int_equal(row.state, INBOX_BINNED);
	assert_string_equal(row.bin, "spam");
	assert_string_equal(row.reason, "agency.promo");
	assert_int_equal(
	    case_messages(fixture->store, 1, messages, 4, &fixture->err), 1);
	assert_int_equal(messages[0], done);
	assert_int_equal(inbox_list(fixture->store, NULL, &fixture->arena, &row,
			     1, &fixture->err),
	    1);
	assert_int_equal(row.id, spam);
}

static void
a_bin_must_have_a_name_and_a_case_must_exist(void **state)
{
	struct fixture *fixture = *state;
	int64_t id = fixture_mail(fixture, 1, "a");

	assert_int_equal(inbox_set_state(fixture->store, id, INBOX_BINNED, NULL,
			     NULL, 0, &fixture->err),
	    -1);
	assert_int_equal(inbox_set_state(fixture->store, id, INBOX_DONE, NULL,
			     NULL, 77, &fixture->err),
	    -1);
	assert_int_equal(inbox_set_state(fixture->store, 999, INBOX_DONE, NULL,
			     NULL, 0, &fixture->err),
	    -1);
	assert_int_equal(fixture->err.kind, ERR_BUG);
}

static void
replies_find_their_case_by_message_id(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(1);
	int64_t id = fixture_mail(fixture, 1, "a");
	case_id found = 0;

	fixture_save(fixture, &file);
	assert_int_equal(inbox_note(fixture->store, id, "x@example.com",
			     "lin@example.com", &fixture->err),
	    0);
	assert_int_equal(case_by_message_id(fixture->store, "sunshine",
			     "x@example.com", &found, &fixture->err),
	    0);
	assert_int_equal(inbox_set_state(fixture->store, id, INBOX_DONE, NULL,
			     NULL, 1, &fixture->err),
	    0);
	assert_int_equal(case_by_message_id(fixture->store, "sunshine",
			     "x@example.com", &found, &fixture->err),
	    1);
	assert_int_equal(found, 1);
	assert_int_equal(case_by_message_id(fixture->store, "riverside",
			     "x@example.com", &found, &fixture->err),
	    0);
}

static void
reads_are_counted(void **state)
{
	struct fixture *fixture = *state;
	int64_t id = fixture_mail(fixture, 1, "a");

	for (int i = 0; i < 3; i++)
		assert_int_equal(
		    inbox_count_read(fixture->store, id, &fixture->err), 0);
	assert_int_equal(load(fixture, id).reads, 3);
}

static void
the_server_is_told_once_what_is_kept(void **state)
{
	static const uint32_t told[] = { 2, 3 };
	struct fixture *fixture = *state;
	uint32_t uids[4];

	(void)fixture_mail(fixture, 3, "a");
	(void)fixture_mail(fixture, 1, "b");
	(void)fixture_mail(fixture, 2, "b"); /* a twin is kept, too */
	assert_int_equal(
	    inbox_unsettled(fixture->store, "desk", 7, uids, 4, &fixture->err),
	    3);
	assert_int_equal(uids[0], 1);
	assert_int_equal(uids[2], 3);
	assert_int_equal(
	    inbox_settle(fixture->store, "desk", 7, told, 2, &fixture->err), 0);
	assert_int_equal(
	    inbox_unsettled(fixture->store, "desk", 7, uids, 4, &fixture->err),
	    1);
	assert_int_equal(uids[0], 1);
	assert_int_equal(
	    inbox_unsettled(fixture->store, "desk", 8, uids, 4, &fixture->err),
	    0);
}

static void
a_cursor_goes_forward_within_one_numbering(void **state)
{
	static const struct {
		uint32_t uidvalidity, uid, expect;
	} steps[] = { { 7, 10, 10 }, { 7, 12, 12 }, { 7, 11, 12 }, { 8, 1, 1 },
		{ 8, 4000000000U, 4000000000U } };
	struct fixture *fixture = *state;
	struct cursor cursor;

	assert_int_equal(
	    cursor_load(fixture->store, "desk", &cursor, &fixture->err), 0);
	for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
		assert_int_equal(
		    cursor_save(fixture->store, "desk", steps[i].uidvalidity,
			steps[i].uid, MORNING + (msec_t)i, &fixture->err),
		    0);
		assert_int_equal(cursor_load(fixture->store, "desk", &cursor,
				     &fixture->err),
		    1);
		assert_int_equal(cursor.uidvalidity, steps[i].uidvalidity);
		assert_int_equal(cursor.uid, steps[i].expect);
		/* The first connect stays what it was. */
		assert_int_equal(cursor.first_uidvalidity, 7);
		assert_int_equal(cursor.first_at, MORNING);
	}
}

static void
a_poll_goes_on_where_it_stopped(void **state)
{
	struct fixture *fixture = *state;
	static const struct poll_place first = { "sms", "by page", "a", 1 };
	static const struct poll_place second = { "sms", "by page", "page-2",
		MORNING };
	struct poll_place place = { .source = "sms", .form = "by page" };
	struct err *err = &fixture->err;

	assert_int_equal(poll_cursor_load(
			     fixture->store, &place, &fixture->arena, err),
	    0);
	assert_int_equal(poll_cursor_save(fixture->store, &first, err), 0);
	assert_int_equal(poll_cursor_save(fixture->store, &second, err), 0);
	assert_int_equal(poll_cursor_load(
			     fixture->store, &place, &fixture->arena, err),
	    1);
	assert_string_equal(place.cursor, "page-2");
	assert_int_equal(place.since, MORNING);
	place.form = "by address";
	assert_int_equal(poll_cursor_load(
			     fixture->store, &place, &fixture->arena, err),
	    1);
	assert_string_equal(place.cursor, "");
	assert_int_equal(place.since, MORNING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_message_is_kept_with_all_that_is_known),
		TEST(raw_bytes_may_hold_anything),
		TEST(raw_bytes_beyond_the_buffer_are_an_error),
		TEST(a_key_that_is_known_adds_nothing),
		TEST(
		    the_same_words_are_found_after_an_instant_and_by_one_source),
		TEST(the_same_mail_by_two_ways_is_one_message),
		TEST(the_same_mail_in_another_estate_is_another_message),
		TEST(what_waits_comes_oldest_first_and_in_portions),
		TEST(a_message_ends_in_a_case_or_a_bin),
		TEST(a_bin_must_have_a_name_and_a_case_must_exist),
		TEST(replies_find_their_case_by_message_id),
		TEST(reads_are_counted),
		TEST(the_server_is_told_once_what_is_kept),
		TEST(a_cursor_goes_forward_within_one_numbering),
		TEST(a_poll_goes_on_where_it_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
