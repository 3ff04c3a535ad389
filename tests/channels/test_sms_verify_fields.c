/*
 * Twilio's and Vonage's signatures, field by field, against the vectors of the
 * vendors' documents (sms.md B).
 */
#include "tests/channels/verifying.h"
#include "tests/support/gateway.h"

static void
twilios_signature_is_theirs(void **state)
{
	static const struct {
		const char *url, *form, *signature;
	} cases[] = {
		{ "https://mycompany.com/myapp.php?foo=1&bar=2",
		    "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&"
		    "Digits=1234&From=%2B14158675309&To=%2B18005551212",
		    "RSOYDt4T1cUTdK1PDd93/VVr8B8=" },
		{ "https://mycompany.com/myapp.php?foo=1&bar=2",
		    "To=%2B18005551212&Digits=1234&CallSid=CA1234567890ABCDE&"
		    "From=%2B14158675309&Caller=%2b14158675309",
		    "RSOYDt4T1cUTdK1PDd93/VVr8B8=" },
		{ "https://mycompany.com/myapp.php?foo=1&bar=2",
		    "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&"
		    "Digits=1234",
		    "IK+Dwps556ElfBT0I3Rgjkr1wJU=" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct arena arena scoped(arena_done);
		struct buf out scoped(buf_done) = { 0 };

		arena_init(&arena, 1000 * 1000);
		buf_init(&out, 100);
		assert_true(sms_twilio_sign("12345", cases[i].url,
		    (struct bytes){ cases[i].form, strlen(cases[i].form) },
		    &arena, &out));
		assert_string_equal(buf_text(&out), cases[i].signature);
	}
}

static void
twilio_may_see_the_port_or_not(void **state)
{
	static const struct sms_verify verify = { .kind = SMS_VERIFY_TWILIO,
		.key = "{password}" };
	static const char *const urls[][2] = {
		{ "https://desk.example",
		    "https://desk.example/sms/gate/path-secret/mo" },
		{ "https://desk.example/",
		    "https://desk.example:443/sms/gate/path-secret/mo" },
		{ "http://desk.example:80",
		    "http://desk.example/sms/gate/path-secret/mo" },
		{ "https://desk.example:8443",
		    "https://desk.example:8443/sms/gate/path-secret/mo" },
	};
	static const char form[] = "Body=%E6%BC%8F&From=%2B1";

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(urls); i++) {
		struct arena arena scoped(arena_done);
		struct buf signature scoped(buf_done) = { 0 };
		struct push push;

		arena_init(&arena, 1000 * 1000);
		buf_init(&signature, 100);
		push_init(&push, &verify);
		push.channel.public_url = urls[i][0];
		push.facts.content_type = "application/x-www-form-urlencoded";
		body(&push, form);
		assert_true(sms_twilio_sign(
		    "secret", urls[i][1], push.facts.body, &arena, &signature));
		push.names[0] = "x-twilio-signature";
		push.values[0] = buf_text(&signature);
		assert_true(is_genuine(&push));
		/* Of this path and not of the other. */
		push.facts.is_report = true;
		assert_false(is_genuine(&push));
		push.facts.is_report = false;
		body(&push, "Body=%E6%BC%8F&From=%2B2");
		assert_false(is_genuine(&push));
		body(&push, form);
		push.values[0] = NULL;
		assert_false(is_genuine(&push));
	}
}

static void
twilios_json_is_signed_by_its_hash(void **state)
{
	static const struct sms_verify verify = { .kind = SMS_VERIFY_TWILIO,
		.key = "{password}" };
	static const char hash[] = "0a1ff7634d9ab3b95db5c9a2dfe9416e"
				   "41502b283a80c7cf19632632f96e6620";
	const struct sms_pair query[] = { { "bodySHA256", hash } };
	struct arena arena scoped(arena_done);
	struct buf signature scoped(buf_done) = { 0 };
	struct push push;
	char url[200], raw[100];

	(void)state;
	arena_init(&arena, 1000 * 1000);
	buf_init(&signature, 100);
	push_init(&push, &verify);
	(void)snprintf(raw, sizeof(raw), "bodySHA256=%s", hash);
	(void)snprintf(url, sizeof(url),
	    "https://desk.example/sms/gate/path-secret/mo?%s", raw);
	push.facts.raw_query = raw;
	assert_true(sms_twilio_sign(
	    "secret", url, (struct bytes){ 0 }, &arena, &signature));
	push.names[0] = "X-Twilio-Signature";
	push.values[0] = buf_text(&signature);
	push.facts.query = query;
	push.facts.query_count = 1;
	push.facts.content_type = "application/json";
	body(&push, "{\"property\": \"value\", \"boolean\": true}");
	assert_true(is_genuine(&push));
	body(&push, "{\"property\": \"value\", \"boolean\": false}");
	assert_false(is_genuine(&push));
}

static void
vonages_signatures_are_theirs(void **state)
{
	static const struct {
		enum sms_hash hash;
		const char *sig;
	} cases[] = {
		{ SMS_HASH_MD5HASH, "6af838ef94998832dbfc29020b564830" },
		{ SMS_HASH_MD5, "c15c21ced558c93a226c305f58f902f2" },
		{ SMS_HASH_SHA1, "3e19a4e6880fdc2c1426bfd0587c98b9532f0210" },
		{ SMS_HASH_SHA256, "A321E824B9B816BE7C3F28859A31749A"
				   "098713D39F613C80D455BBAFFAE1CD24" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct sms_verify verify = { .kind = SMS_VERIFY_VONAGE,
			.key = "{password}",
			.hash = cases[i].hash,
			.skew_seconds = 300 };
		struct sms_pair query[] = { { "b", "2" },
			{ "timestamp", "1461605396" }, { "a", "1" },
			{ "sig", cases[i].sig } };
		struct push push;

		push_init(&push, &verify);
		push.facts.now_seconds = 1461605400;
		push.facts.query = query;
		push.facts.query_count = 4;
		assert_true(is_genuine(&push));
		query[0].text = "3";
		assert_false(is_genuine(&push));
		query[0].text = "2";
		push.facts.query_count = 3;
		assert_false(is_genuine(&push));
		push.facts.query_count = 4;
		push.facts.now_seconds += 1000;
		assert_false(is_genuine(&push));
	}
}

static void
a_form_is_signed_as_a_query_is(void **state)
{
	static const struct sms_verify verify = { .kind = SMS_VERIFY_VONAGE,
		.key = "{password}",
		.hash = SMS_HASH_MD5HASH };
	struct push push;

	(void)state;
	push_init(&push, &verify);
	push.facts.content_type = "application/x-www-form-urlencoded";
	body(&push, "timestamp=1461605396&a=1&b=2&"
		    "sig=6af838ef94998832dbfc29020b564830");
	assert_true(is_genuine(&push));
	push.facts.content_type = "text/plain";
	assert_false(is_genuine(&push));
}

/* The Auth Token signs, whatever logs in. */
static void
twilio_signs_with_the_auth_token(void **state)
{
	static const struct {
		const char *settings, *key;
	} cases[] = {
		{ "", "foo&bar" },
		{ "auth_token_file = \"secrets/key\";", "key-of-ours" },
	};
	static const char form[] = "Body=leak&From=%2B1";

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct arena arena scoped(arena_done);
		struct buf signature scoped(buf_done) = { 0 };
		struct gateway gateway scoped(gateway_close) = { 0 };
		struct push push;
		char settings[400];

		arena_init(&arena, (size_t)1024 * 1024);
		buf_init(&signature, 100);
		(void)snprintf(settings, sizeof(settings),
		    "preset = \"twilio\"; user = \"SK1\"; password_file = "
		    "\"secrets/password\"; has_reports = false; public_url = "
		    "\"https://desk.example\"; push_secret_file = "
		    "\"secrets/push\"; values: { account = \"AC1\"; %s };",
		    cases[i].settings);
		gateway_open(&gateway, settings);
		push_init(&push, &gateway.channel->provider->verify);
		push.facts.content_type = "application/x-www-form-urlencoded";
		body(&push, form);
		for (size_t j = 0; j < ARRAY_COUNT(cases); j++) {
			buf_reset(&signature);
			assert_true(sms_twilio_sign(cases[j].key,
			    "https://desk.example/sms/gateway/p%25s-secret/mo",
			    push.facts.body, &arena, &signature));
			push.names[0] = "X-Twilio-Signature";
			push.values[0] = buf_text(&signature);
			assert_int_equal(
			    sms_push_is_genuine(gateway.channel, &push.facts),
			    i == j);
		}
	}
}

/* As their dashboard may have it sent. */
static void
a_flat_object_is_signed_as_a_form_is(void **state)
{
	static const struct sms_verify verify = { .kind = SMS_VERIFY_VONAGE,
		.key = "{password}",
		.hash = SMS_HASH_MD5HASH };
#define SIG "\"sig\":\"6af838ef94998832dbfc29020b564830\""
	static const struct {
		const char *body;
		bool is_good;
	} cases[] = {
		{ "{\"timestamp\":\"1461605396\",\"a\":\"1\",\"b\":\"2\"," SIG
		  "}",
		    true },
		{ "{" SIG ",\"b\":2,\"\\u0061\":\"1\",\"timestamp\":"
		  "1461605396} ",
		    true },
		{ "{\"timestamp\":\"1461605396\",\"a\":\"1\",\"b\":\"3\"," SIG
		  "}",
		    false },
		{ "{\"timestamp\":\"1461605396\",\"a\":\"1\",\"b\":\"2\"," SIG
		  ",\"c\":{}}",
		    false },
		{ "{\"timestamp\":\"1461605396\",\"a\":\"1\",\"b\":\"2\"," SIG
		  "}{\"b\":\"3\"}",
		    false },
		{ "{\"timestamp\":\"1461605396\",\"a\":\"1\",\"b\":"
		  "\"2\\u0000gas\"," SIG "}",
		    false },
		{ "{\"timestamp\":\"1461605396\",\"a\":\"1\",\"b\":\"2\"," SIG,
		    false },
	};
	static const char behind_nul[] =
	    "{\"timestamp\":\"1461605396\",\"a\":\"1\",\"b\":\"2\"," SIG
	    "}\0{\"evil\":\"not signed\"}";
	struct push push;

	(void)state;
	push_init(&push, &verify);
	push.facts.content_type = "application/json; charset=utf-8";
	push.facts.body =
	    (struct bytes){ behind_nul, sizeof(behind_nul) - 1 };
	assert_false(is_genuine(&push));
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		body(&push, cases[i].body);
		if (is_genuine(&push) != cases[i].is_good)
			fail_msg("%s", cases[i].body);
	}
}

/* Who has seen one push of a gateway, with its signature, cannot put anything
 * of their own into it. */
static void
twilios_form_is_signed_to_its_end(void **state)
{
	static const struct sms_verify verify = { .kind = SMS_VERIFY_TWILIO,
		.key = "{password}" };
	static const char form[] = "Body=leak&From=%2B1";
	static const char nul[] = "Body=leak\0of+gas&From=%2B1";
	struct arena arena scoped(arena_done) = { 0 };
	struct buf signature scoped(buf_done) = { 0 };
	struct buf many scoped(buf_done) = { 0 };
	struct push push;

	(void)state;
	arena_init(&arena, 1000 * 1000);
	buf_init(&signature, 100);
	buf_init(&many, 10000);
	push_init(&push, &verify);
	push.facts.content_type = "application/x-www-form-urlencoded";
	assert_true(sms_twilio_sign("secret",
	    "https://desk.example/sms/gate/path-secret/mo",
	    (struct bytes){ form, strlen(form) }, &arena, &signature));
	push.names[0] = "X-Twilio-Signature";
	push.values[0] = buf_text(&signature);
	body(&push, form);
	assert_true(is_genuine(&push));
	body(&push, "Body=leak%00of+gas&From=%2B1");
	assert_false(is_genuine(&push));
	push.facts.body = (struct bytes){ nul, sizeof(nul) - 1 };
	assert_false(is_genuine(&push));
	/* One that comes again counts once, so there may be many. */
	buf_puts(&many, form);
	for (size_t i = 0; i < 254; i++)
		buf_puts(&many, "&From=%2B1");
	body(&push, buf_text(&many));
	assert_true(is_genuine(&push));
	buf_puts(&many, "&MessageSid=SM2");
	body(&push, buf_text(&many));
	assert_false(is_genuine(&push));
	body(&push, form);
	push.facts.is_query_cut = true;
	assert_false(is_genuine(&push));
}

static void
vonages_fields_are_signed_to_the_last(void **state)
{
	static const char sig[] = "6af838ef94998832dbfc29020b564830";
	static const struct sms_verify verify = { .kind = SMS_VERIFY_VONAGE,
		.key = "{password}",
		.hash = SMS_HASH_MD5HASH };
	struct sms_pair query[257] = { { "b", "2" },
		{ "timestamp", "1461605396" }, { "a", "1" } };
	struct push push;

	(void)state;
	for (size_t i = 3; i < ARRAY_COUNT(query); i++)
		query[i] = (struct sms_pair){ "sig", sig };
	push_init(&push, &verify);
	push.facts.query = query;
	push.facts.query_count = 256;
	assert_true(is_genuine(&push));
	query[256] = (struct sms_pair){ "a", "5" };
	push.facts.query_count = 257;
	assert_false(is_genuine(&push));
	push.facts.query_count = 4;
	assert_true(is_genuine(&push));
	/* A body that is said to be none is read as a form all the same. */
	body(&push, "a=5");
	assert_false(is_genuine(&push));
	body(&push, "");
	push.facts.is_query_cut = true;
	assert_false(is_genuine(&push));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(twilios_signature_is_theirs),
		cmocka_unit_test(twilio_may_see_the_port_or_not),
		cmocka_unit_test(twilios_json_is_signed_by_its_hash),
		cmocka_unit_test(vonages_signatures_are_theirs),
		cmocka_unit_test(a_form_is_signed_as_a_query_is),
		cmocka_unit_test(twilio_signs_with_the_auth_token),
		cmocka_unit_test(a_flat_object_is_signed_as_a_form_is),
		cmocka_unit_test(twilios_form_is_signed_to_its_end),
		cmocka_unit_test(vonages_fields_are_signed_to_the_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
