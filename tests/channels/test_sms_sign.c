/*
 * Signatures against the vectors of the vendors' documents (sms.md B).
 */
#include <stdio.h>
#include <string.h>

#include "channels/sms_request.h"
#include "channels/sms_wire.h"
#include "lib/err.h"
#include "tests/support/cmocka_fence.h"

static struct sms_wire
wire(enum sms_method method, const char *url, const char *body)
{
	struct sms_wire ret;

	sms_wire_init(&ret);
	ret.method = method;
	buf_puts(&ret.url, url);
	buf_puts(&ret.body, body);
	return ret;
}

static void
has(const struct sms_wire *sent, const char *line)
{
	if (strstr(buf_text(&sent->headers), line) == NULL)
		fail_msg("%s", buf_text(&sent->headers));
}

static void
tencents_signature_is_theirs(void **state)
{
	static const struct {
		const char *url, *service, *body;
		int64_t at;
		const char *day, *signature;
	} cases[] = {
		{ "https://cvm.tencentcloudapi.com/", "cvm",
		    "{\"Limit\": 1, \"Filters\": [{\"Values\": "
		    "[\"\\u672a\\u547d\\u540d\"], \"Name\": "
		    "\"instance-name\"}]}",
		    1551113065, "2019-02-25",
		    "72e494ea809ad7a8c8f7a4507b9bddcb"
		    "aa8e581f516e8da2f66e2c5a96525168" },
		{ "https://sms.tencentcloudapi.com", "sms",
		    "{\"SmsSdkAppId\":\"1400006666\",\"Limit\":100}",
		    1700000000, "2023-11-14",
		    "cc4e17305041ecaae9d3e08b074be901"
		    "e86093c2fca563a67bf954d73dcb1479" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct sms_moment moment = { cases[i].at, NULL };
		struct sms_wire sent scoped(sms_wire_done) =
		    wire(SMS_POST, cases[i].url, cases[i].body);
		char line[400];

		sms_wire_header(
		    &sent, "Content-Type", "application/json; charset=utf-8");
		sms_sign_tc3("AKIDEXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
		    cases[i].service, &moment, &sent);
		(void)snprintf(line, sizeof(line),
		    "Authorization: TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/%s/"
		    "%s/tc3_request, SignedHeaders=content-type;host, "
		    "Signature=%s\n",
		    cases[i].day, cases[i].service, cases[i].signature);
		has(&sent, line);
		(void)snprintf(line, sizeof(line), "X-TC-Timestamp: %lld\n",
		    (long long)cases[i].at);
		has(&sent, line);
	}
}

static void
alibabas_signature_is_theirs(void **state)
{
	const struct sms_moment moment = { 1698315752,
		"3156853299f313e23d1673dc12e1703d" };
	struct sms_wire sent scoped(sms_wire_done) = wire(SMS_POST,
	    "https://ecs.cn-shanghai.aliyuncs.com/?RegionId=cn-shanghai&"
	    "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
	    "");

	(void)state;
	sms_wire_header(&sent, "Accept", "application/json");
	sms_wire_header(&sent, "x-acs-action", "RunInstances");
	sms_wire_header(&sent, "X-ACS-Version", "2014-05-26");
	sms_sign_acs3("YourAccessKeyId", "YourAccessKeySecret", &moment, &sent);
	has(&sent, "x-acs-date: 2023-10-26T10:22:32Z\n");
	has(&sent,
	    "Authorization: ACS3-HMAC-SHA256 Credential=YourAccessKeyId,"
	    "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;"
	    "x-acs-signature-nonce;x-acs-version,Signature="
	    "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
	    "\n");
}

static void
every_scheme_has_its_place(void **state)
{
	static const struct sms_pair pairs[] = { { "user", "me" },
		{ "password", "pa&ss" } };
	static const struct sms_scope scope = { pairs, 2, NULL };
	static const struct {
		struct sms_auth auth;
		const char *header, *url;
	} cases[] = {
		{ { .kind = SMS_AUTH_NONE }, "", "https://h/x?a=1" },
		{ { .kind = SMS_AUTH_BASIC },
		    "Authorization: Basic "
		    "bWU6cGEmc3M=\n",
		    "https://h/x?a=1" },
		{ { .kind = SMS_AUTH_BEARER }, "Authorization: Bearer pa&ss\n",
		    "https://h/x?a=1" },
		{ { .kind = SMS_AUTH_HEADER, .name = "apiKey" },
		    "apiKey: pa&ss\n", "https://h/x?a=1" },
		{ { .kind = SMS_AUTH_QUERY, .name = "key" }, "",
		    "https://h/x?a=1&key=pa%26ss" },
		{ { .kind = SMS_AUTH_HMAC,
		      .name = "X-Sig",
		      .over = "{now}.{body}" },
		    "X-Sig: f422942d3e43c3a0eda63855f31009d107c7039a5acb888c7acde355f31900a6\n",
		    "https://h/x?a=1" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct sms_moment moment = { 1700000000, NULL };
		struct sms_wire sent scoped(sms_wire_done) =
		    wire(SMS_POST, "https://h/x?a=1", "hi");
		struct sms_auth auth = cases[i].auth;

		auth.user = "{user}";
		auth.password = "{password}";
		sms_sign(&auth, &scope, &moment, &sent);
		has(&sent, cases[i].header);
		assert_string_equal(buf_text(&sent.url), cases[i].url);
	}
}

static void
a_random_number_signs_each_time(void **state)
{
	const struct sms_moment moment = { 1698315752, NULL };
	struct sms_wire one scoped(sms_wire_done) =
	    wire(SMS_POST, "https://h/", "");
	struct sms_wire two scoped(sms_wire_done) =
	    wire(SMS_POST, "https://h/", "");

	(void)state;
	sms_sign_acs3("id", "key", &moment, &one);
	sms_sign_acs3("id", "key", &moment, &two);
	assert_string_not_equal(buf_text(&one.headers), buf_text(&two.headers));
}

static void
no_value_becomes_a_second_header(void **state)
{
	static const struct sms_pair header = { "X-Word", "{word}" };
	static const struct sms_request request = { .url = "http://h/",
		.headers = &header,
		.header_count = 1 };
	static const struct {
		const char *word, *key;
		const char *broken; /* the header, or NULL */
	} cases[] = {
		{ "w", "k", NULL },
		{ "w\r\nX-Own: 1", "k", "X-Word" },
		{ "w", "k\r", "Authorization" },
		{ "w", "k\nX-Own: 1", "Authorization" },
	};
	static const struct sms_auth auth = { .kind = SMS_AUTH_BEARER,
		.password = "{key}" };
	struct sms_wire sent scoped(sms_wire_done) = wire(SMS_GET, "", "");

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct sms_pair pairs[] = { { "word", cases[i].word },
			{ "key", cases[i].key } };
		const struct sms_scope scope = { pairs, 2, NULL };
		const struct sms_moment moment = { 1, NULL };
		struct err err = { 0 };
		int made = sms_wire_make(
		    &auth, &request, &scope, &moment, &sent, &err);

		assert_int_equal(made, cases[i].broken == NULL ? 0 : -1);
		if (cases[i].broken == NULL)
			continue;
		assert_int_equal(err.kind, ERR_CONF);
		assert_non_null(strstr(err.msg, cases[i].broken));
		assert_null(strstr(err.msg, "X-Own"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tencents_signature_is_theirs),
		cmocka_unit_test(alibabas_signature_is_theirs),
		cmocka_unit_test(every_scheme_has_its_place),
		cmocka_unit_test(a_random_number_signs_each_time),
		cmocka_unit_test(no_value_becomes_a_second_header),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
