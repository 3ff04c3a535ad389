/*
 * What each preset makes of its gateway's words for the fate of a text, as
 * its documents have them.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>

#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/err.h"
#include "reader/push.h"
#include "tests/support/gateway.h"

#define LOGIN                                                   \
	"user = \"me\"; password_file = \"secrets/password\"; " \
	"url = \"http://127.0.0.1/\"; "
#define PUSH                                    \
	"push_secret_file = \"secrets/push\"; " \
	"public_url = \"http://127.0.0.1:8080\"; "
#define KEY(name) "values: { " name "_file = \"secrets/key\"; }; "
#define TEMPLATE  "templates = ( { kind = \"*\"; id = \"T-9\"; } ); "

enum { WORDS_MAX = 10 };

static const struct {
	const char *preset, *settings;
	bool is_poll;
	const char *words[WORDS_MAX][2]; /* the word, and our state */
} table[] = {
	{ "kannel", PUSH, false,
	    { { "1", "delivered" }, { "2", "failed" }, { "4", "sent" },
		{ "8", "sent" }, { "16", "failed" }, { "34", "expired" },
		{ "66", "failed" } } },
	{ "jasmin", PUSH, false,
	    { { "ESME_ROK", "sent" }, { "DELIVRD", "delivered" },
		{ "UNDELIV", "failed" }, { "EXPIRED", "expired" },
		{ "REJECTD", "failed" }, { "ACCEPTD", "sent" },
		{ "UNKNOWN", "unknown" }, { "DELETED", "failed" } } },
	{ "playsms", "", true,
	    { { "0", "accepted" }, { "1", "sent" }, { "2", "failed" },
		{ "3", "delivered" } } },
	{ "twilio", PUSH "values: { account = \"AC1\"; }; ", false,
	    { { "queued", "accepted" }, { "sending", "accepted" },
		{ "sent", "sent" }, { "delivered", "delivered" },
		{ "undelivered", "failed" }, { "failed", "failed" } } },
	{ "vonage", PUSH KEY("signature_key"), false,
	    { { "delivered", "delivered" }, { "accepted", "sent" },
		{ "buffered", "sent" }, { "expired", "expired" },
		{ "failed", "failed" }, { "rejected", "failed" },
		{ "unknown", "unknown" } } },
	{ "smsgate", PUSH KEY("signing_key"), false,
	    { { "sms:sent", "sent" }, { "sms:delivered", "delivered" },
		{ "sms:failed", "failed" } } },
	{ "smsgate", PUSH KEY("signing_key"), true,
	    { { "Pending", "accepted" }, { "Processed", "accepted" },
		{ "Sent", "sent" }, { "Delivered", "delivered" },
		{ "Failed", "failed" } } },
	{ "tencent",
	    PUSH
	    "values: { app_id = \"1400\"; sign_name = \"某物业\"; }; " TEMPLATE,
	    true, { { "SUCCESS", "delivered" }, { "FAIL", "failed" } } },
	{ "aliyun", PUSH "values: { sign_name = \"某物业\"; }; " TEMPLATE,
	    false, { { "true", "delivered" }, { "false", "failed" } } },
	{ "clickatell", PUSH, false,
	    { { "2", "accepted" }, { "3", "sent" }, { "4", "delivered" },
		{ "5", "failed" }, { "10", "expired" }, { "1", "unknown" } } },
	{ "infobip", PUSH, false,
	    { { "PENDING", "accepted" }, { "DELIVERED", "delivered" },
		{ "UNDELIVERABLE", "failed" }, { "EXPIRED", "expired" },
		{ "REJECTED", "failed" } } },
	{ "messagebird", PUSH KEY("signing_key"), false,
	    { { "sent", "sent" }, { "buffered", "sent" },
		{ "delivered", "delivered" }, { "expired", "expired" },
		{ "delivery_failed", "failed" } } },
	{ "plivo", PUSH, false,
	    { { "queued", "accepted" }, { "sent", "sent" },
		{ "delivered", "delivered" }, { "undelivered", "failed" },
		{ "rejected", "failed" } } },
	{ "africastalking", PUSH, false,
	    { { "Sent", "sent" }, { "Submitted", "sent" },
		{ "Buffered", "sent" }, { "Rejected", "failed" },
		{ "Success", "delivered" }, { "Failed", "failed" } } },
};

/* Where the fields stand is the business of other tests. */
static const char *
state_of(const struct sms_provider *provider, bool is_poll, const char *word,
    struct arena *arena)
{
	struct push_map map = { .report = is_poll ? provider->report_poll.fields
						  : provider->report.fields };
	struct push_page page = { 0 };
	struct err err = { 0 };
	char raw[200];
	int len = snprintf(raw, sizeof(raw),
	    "{\"query\":{\"id\":\"1\",\"state\":\"%s\"}}", word);

	map.report.format = SMS_FORMAT_QUERY;
	map.report.items = "";
	map.report.id = "id";
	map.report.state = "state";
	map.report.only_at = NULL;
	if (reader_push(&map, true, raw, (size_t)len, arena, &page, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(page.count, 1);
	return page.items[0].report.state;
}

static void
each_preset_knows_its_gateways_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct gateway gateway scoped(gateway_close) = { 0 };
		struct arena arena scoped(arena_done) = { 0 };
		char settings[600];

		arena_init(&arena, 1024 * 1024);
		(void)snprintf(settings, sizeof(settings),
		    "preset = \"%s\"; " LOGIN "%s", table[i].preset,
		    table[i].settings);
		gateway_open(&gateway, settings);
		for (size_t k = 0;
		     k < WORDS_MAX && table[i].words[k][0] != NULL; k++) {
			const char *word = table[i].words[k][0];

			print_message("# %s %s\n", table[i].preset, word);
			assert_string_equal(state_of(gateway.channel->provider,
						table[i].is_poll, word, &arena),
			    table[i].words[k][1]);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_preset_knows_its_gateways_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
