/*
 * Whose push it is: by its address, a login, a signature over its body.
 */
#include "channels/push_from.h"
#include "tests/channels/verifying.h"

static void
a_signature_over_body_and_time(void **state)
{
	static const struct sms_verify verify = { .kind = SMS_VERIFY_HMAC,
		.key = "{password}",
		.header = "X-Signature",
		.time_header = "X-Timestamp",
		.skew_seconds = 300 };
	struct push push;

	(void)state;
	push_init(&push, &verify);
	push.names[0] = "X-Signature";
	push.values[0] = "896cf8a3bcb6b6782166c39d62fe244a"
			 "49a2cb99424d19793a8ae772d74f8de4";
	push.names[1] = "X-Timestamp";
	push.values[1] = "1700000000";
	body(&push,
	    "{\"deviceId\":\"d\",\"event\":\"sms:received\",\"id\":"
	    "\"Ey6ECgOkVVFjz3CL48B8C\",\"payload\":{\"messageId\":\"abc123\","
	    "\"message\":\"hi\",\"sender\":\"6505551212\"},\"webhookId\":"
	    "\"w\"}");
	assert_true(is_genuine(&push));
	push.values[0] = "sha256=896cf8a3bcb6b6782166c39d62fe244a"
			 "49a2cb99424d19793a8ae772d74f8de4";
	assert_true(is_genuine(&push));
	/* What was heard is not said again later. */
	push.facts.now_seconds += 301;
	assert_false(is_genuine(&push));
	push.facts.now_seconds -= 602;
	assert_false(is_genuine(&push));
	push.facts.now_seconds = 1700000000;
	push.values[1] = "1700000001";
	assert_false(is_genuine(&push));
	push.values[1] = NULL;
	assert_false(is_genuine(&push));
	push.values[1] = "1700000000";
	push.channel.password = "";
	assert_false(is_genuine(&push));
}

/* The body is signed, so nothing may stand anywhere else, and no byte of it
 * may be passed off as one of the time, even where any time will do. */
static void
a_signature_over_the_body_is_one_over_all_that_is_read(void **state)
{
	static const struct sms_verify verify = { .kind = SMS_VERIFY_HMAC,
		.key = "{password}",
		.header = "X-Signature",
		.time_header = "X-Timestamp",
		.hash = SMS_HASH_SHA1,
		.spelling = SMS_SPELL_BASE64 };
	const struct sms_pair query[] = { { "text", "gas" } };
	struct push push;

	(void)state;
	push_init(&push, &verify);
	push.names[0] = "X-Signature";
	/* HMAC-SHA1 with "secret" of "text=leak 31700000000". */
	push.values[0] = "pqKsN5XToa83iqguMeImJo3T7qk=";
	push.names[1] = "X-Timestamp";
	push.values[1] = "1700000000";
	body(&push, "text=leak 3");
	assert_true(is_genuine(&push));
	push.facts.query = query;
	push.facts.query_count = 1;
	assert_false(is_genuine(&push));
	push.facts.query_count = 0;
	push.facts.is_query_cut = true;
	assert_false(is_genuine(&push));
	push.facts.is_query_cut = false;
	body(&push, "text=leak ");
	push.values[1] = "31700000000";
	assert_false(is_genuine(&push));
	body(&push, "text=leak 31");
	push.values[1] = "700000000";
	assert_false(is_genuine(&push));
}

static void
a_login_is_compared_whole(void **state)
{
	static const struct sms_verify verify = {
		.kind = SMS_VERIFY_BASIC, .user = "{user}", .key = "{password}"
	};
	char user[8000] = "";
	struct push push;

	(void)state;
	push_init(&push, &verify);
	assert_false(is_genuine(&push));
	push.names[0] = "Authorization";
	push.values[0] = "Basic dGVzdGVyOnNlY3JldA==";
	assert_true(is_genuine(&push));
	push.values[0] = "Basic dGVzdGVyOnNlY3JldB==";
	assert_false(is_genuine(&push));
	/* One that is too long is nobody's. */
	memset(user, 'u', sizeof(user) - 1);
	push.channel.user = user;
	push.values[0] = "Basic ";
	assert_false(is_genuine(&push));
}

/* A signature over less than what is read holds for nothing. */
static void
an_address_is_signed_to_its_end(void **state)
{
	static const struct sms_verify verify = { .kind = SMS_VERIFY_TWILIO,
		.key = "{password}" };
#define ADDRESS "https://desk.example/sms/gate/path-secret/mo?"
#define LEN     (sizeof(ADDRESS) - 1)
	static const struct {
		size_t len, signed_len; /* of the query */
		bool is_good;
	} cases[] = {
		{ 8192 - LEN, 8192 - LEN, true },
		{ 8193 - LEN, 8193 - LEN, false },
		{ 8193 - LEN, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct arena arena scoped(arena_done);
		struct buf signature scoped(buf_done) = { 0 };
		char url[9000] = ADDRESS, query[9000] = "";
		struct push push;

		arena_init(&arena, 1000 * 1000);
		buf_init(&signature, 100);
		memset(query, 'a', cases[i].len);
		memcpy(url + LEN, query, cases[i].signed_len);
		push_init(&push, &verify);
		push.facts.raw_query = query;
		assert_true(sms_twilio_sign(
		    "secret", url, (struct bytes){ 0 }, &arena, &signature));
		push.names[0] = "X-Twilio-Signature";
		push.values[0] = buf_text(&signature);
		assert_int_equal(is_genuine(&push), cases[i].is_good);
	}
}

static void
only_named_addresses_may_push(void **state)
{
	static const struct sms_verify verify = { .kind = SMS_VERIFY_TOKEN };
	static const char *const allowed[] = { "192.0.2.0/24", "198.51.100.7",
		"2001:db8::7", "2001:db8:1:fe00::/55", "::ffff:203.0.113.9",
		NULL };
	static const struct {
		const char *address, *forwarded;
		bool is_good;
	} cases[] = {
		{ "192.0.2.255", NULL, true },
		{ "192.0.3.1", NULL, false },
		{ "198.51.100.7", NULL, true },
		{ "198.51.100.8", NULL, false },
		{ "127.0.0.1", NULL, false },
		{ "", NULL, false },
		/* However it is written, it is the same address. */
		{ "::ffff:192.0.2.1", NULL, true },
		{ "::ffff:c000:0201", NULL, true },
		{ "203.0.113.9", NULL, true },
		{ "::192.0.2.1", NULL, false },
		{ "2001:0DB8:0:0:0:0:0:7", NULL, true },
		{ "2001:db8:0:0::8", NULL, false },
		{ "2001:db8:1:ff00::1", NULL, true },
		{ "2001:db8:1:fd00::1", NULL, false },
		/* A proxy here writes who asked it, behind what they say. */
		{ "127.0.0.1", "192.0.2.9", true },
		{ "127.0.0.1", "192.0.2.9, 203.0.113.1", false },
		{ "127.0.0.1", "203.0.113.1, 192.0.2.9", true },
		{ "127.0.0.1", "2001:DB8::7", true },
		{ "::1", "192.0.2.9", true },
		{ "::ffff:127.0.0.1", "192.0.2.9", true },
		{ "127.0.0.1", "192.0.2.9:40000", true },
		{ "127.0.0.1", "[2001:db8::7]:40000", true },
		{ "127.0.0.1", "unknown", false },
		{ "127.0.0.1", "", false },
		/* Anybody else may write anything. */
		{ "203.0.113.1", "192.0.2.9", false },
		{ "2001:db8::8", "192.0.2.9", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct push push;

		push_init(&push, &verify);
		push.channel.push_from = allowed;
		push.facts.address = cases[i].address;
		push.facts.forwarded = cases[i].forwarded;
		if (is_genuine(&push) != cases[i].is_good)
			fail_msg("%s, %s", cases[i].address,
			    text_or(cases[i].forwarded, "nothing"));
	}
	assert_true(push_from_is_valid("10.0.0.0/8"));
	assert_true(push_from_is_valid("::1"));
	assert_true(push_from_is_valid("2001:db8::/32"));
	assert_false(push_from_is_valid("10.0.0.0/33"));
	assert_false(push_from_is_valid("2001:db8::/129"));
	assert_false(push_from_is_valid("2001:db8::/"));
	assert_false(push_from_is_valid(""));
	assert_false(push_from_is_valid("gateway.example"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signature_over_body_and_time),
		cmocka_unit_test(
		    a_signature_over_the_body_is_one_over_all_that_is_read),
		cmocka_unit_test(a_login_is_compared_whole),
		cmocka_unit_test(an_address_is_signed_to_its_end),
		cmocka_unit_test(only_named_addresses_may_push),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
