#include "tests/support/cmocka_fence.h"

#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "core/message.h"
#include "core/token.h"
#include "lib/arena.h"

static struct mailbox mailboxes[] = {
	{ .address = "desk@sunshine.example", .plus_addresses = true },
	{ .address = "plain@moon.example" },
};

static struct config conf = {
	.domain = "sunshine.example",
	.token_key = "a fixed key of thirty-two bytes",
	.mailboxes = mailboxes,
	.mailbox_count = 2,
};

static const struct outgoing mail = {
	.id = 881,
	.case_id = 7,
	.person = "lin",
	.to = "lin@sunshine.example",
	.reply_kind = REPLY_MATTER,
};

static void
a_token_holds_for_its_own_row_only(void **state)
{
	char token[TOKEN_TEXT];
	struct outgoing other[5];

	(void)state;
	token_make(&conf, &mail, token);
	assert_int_equal(strlen(token), TOKEN_TEXT - 1);
	assert_true(token_is_valid(&conf, &mail, token));
	for (size_t i = 0; i < ARRAY_COUNT(other); i++)
		other[i] = mail;
	other[0].id++;
	other[1].case_id++;
	other[2].person = "zhou";
	other[3].reply_kind = REPLY_INTERNAL;
	/* An address that reads like a person's id is not that person. */
	other[4].person = NULL;
	other[4].to = "lin";
	for (size_t i = 0; i < ARRAY_COUNT(other); i++)
		assert_false(token_is_valid(&conf, &other[i], token));
}

static void
a_token_holds_for_its_own_key_only(void **state)
{
	struct config stranger = conf;
	char token[TOKEN_TEXT];

	(void)state;
	stranger.token_key[31] ^= 1;
	token_make(&stranger, &mail, token);
	assert_false(token_is_valid(&conf, &mail, token));
}

static void
a_wrong_token_is_refused(void **state)
{
	struct outgoing silent = mail;
	char token[TOKEN_TEXT];

	(void)state;
	assert_false(token_is_valid(&conf, &mail, ""));
	assert_false(token_is_valid(&conf, &mail, "aaaaaaaaaaaaaaaa"));
	token_make(&conf, &mail, token);
	token[15] = token[15] == 'a' ? 'b' : 'a';
	assert_false(token_is_valid(&conf, &mail, token));
	silent.reply_kind = REPLY_NONE;
	token_make(&conf, &silent, token);
	assert_false(token_is_valid(&conf, &silent, token));
}

static void
the_message_id_brings_the_token_back(void **state)
{
	scoped(arena_done) struct arena arena;
	struct outgoing sent = mail;
	struct token_claim claim;

	(void)state;
	arena_init(&arena, 4096);
	token_address(&conf, NULL, &sent, &arena);
	assert_true(token_claim_from(&conf, sent.message_id, &claim));
	assert_null(sent.reply_to);
	assert_int_equal(claim.out, 881);
	assert_true(token_is_valid(&conf, &mail, claim.token));
}

static void
reply_to_is_plain_where_plus_addresses_are_not_delivered(void **state)
{
	scoped(arena_done) struct arena arena;
	static const struct {
		int mailbox;
		enum reply_kind reply;
		bool is_plus;
	} rows[] = {
		{ 0, REPLY_MATTER, true },
		{ 1, REPLY_MATTER, false },
		{ 0, REPLY_NONE, false },
	};

	(void)state;
	arena_init(&arena, 4096);
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		const struct mailbox *mailbox = &mailboxes[rows[i].mailbox];
		struct outgoing sent = mail;
		char token[TOKEN_TEXT];

		sent.reply_kind = rows[i].reply;
		token_make(&conf, &sent, token);
		token_address(&conf, mailbox, &sent, &arena);
		assert_string_equal(sent.reply_to,
		    rows[i].is_plus
			? arena_printf(
			      &arena, "desk+881.%s@sunshine.example", token)
			: mailbox->address);
	}
}

static void
what_is_no_claim_is_left_alone(void **state)
{
	static const char *const ids[] = {
		NULL,
		"",
		"881",
		"881.",
		".aaaaaaaaaaaaaaaa@sunshine.example",
		"0.aaaaaaaaaaaaaaaa@sunshine.example",
		"881.aaaaaaaaaaaaaaa@sunshine.example",
		"881.aaaaaaaaaaaaaaaaa@sunshine.example",
		"881.aaaaaaaaaaaaaaa1@sunshine.example",
		"881.aaaaaaaaaaaaaaaa@elsewhere.example",
		"881.aaaaaaaaaaaaaaaa",
		"99999999999999999999.aaaaaaaaaaaaaaaa@sunshine.example",
		"-881.aaaaaaaaaaaaaaaa@sunshine.example",
	};
	struct token_claim claim;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(ids); i++)
		assert_false(token_claim_from(&conf, ids[i], &claim));
}

static void
claims_come_surest_first_and_once(void **state)
{
	struct address to[] = {
		{ .addr = "wang@owner.example" },
		{ .addr = NULL },
		{ .addr = "other+9.bbbbbbbbbbbbbbbb@sunshine.example" },
		{ .addr = "desk+3.CCCCCCCCCCCCCCCC@Sunshine.example" },
	};
	const char *references[] = {
		"1.aaaaaaaaaaaaaaaa@sunshine.example",
		"x@owner.example",
		"2.aaaaaaaaaaaaaaaa@sunshine.example",
	};
	struct message message = {
		.to = to,
		.to_count = ARRAY_COUNT(to),
		.in_reply_to = "2.aaaaaaaaaaaaaaaa@SUNSHINE.example",
		.references = references,
		.reference_count = ARRAY_COUNT(references),
	};
	struct token_claim claims[4];

	(void)state;
	assert_int_equal(token_claims(&conf, &message, claims, 4), 3);
	assert_int_equal(claims[0].out, 3);
	assert_string_equal(claims[0].token, "cccccccccccccccc");
	assert_int_equal(claims[1].out, 2);
	assert_int_equal(claims[2].out, 1);
	assert_int_equal(token_claims(&conf, &message, claims, 2), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_token_holds_for_its_own_row_only),
		cmocka_unit_test(a_token_holds_for_its_own_key_only),
		cmocka_unit_test(a_wrong_token_is_refused),
		cmocka_unit_test(the_message_id_brings_the_token_back),
		cmocka_unit_test(
		    reply_to_is_plain_where_plus_addresses_are_not_delivered),
		cmocka_unit_test(what_is_no_claim_is_left_alone),
		cmocka_unit_test(claims_come_surest_first_and_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
