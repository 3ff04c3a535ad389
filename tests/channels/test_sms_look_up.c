/*
 * Which of a gateway's texts is the one of unknown fate.
 */
#include <string.h>

#include "channels/sms_look_up.h"
#include "lib/cleanup.h"
#include "tests/support/cmocka_fence.h"

/* 2026-11-23T02:00:00Z */
#define FIRST_AT INT64_C(1795399200000)

static const char *const failed[] = { "failed", "undelivered", NULL };
static const struct sms_unknown list = { .items = "/texts",
	.same_at = "/body",
	.id_at = "/sid",
	.time_at = "/date",
	.state_at = "/status",
	.failed = failed };
static const struct sms_unknown one = { .absent = "404", .id_at = "/id" };

#define SAME(sid, more) "{\"sid\":\"" sid "\",\"body\":\"Hello\"" more "}"
#define AT(time)        ",\"date\":\"" time "\""
#define LIST(items)     "{\"texts\":[" items "]}"

static void
only_what_is_nobodys_and_not_older_is_ours(void **state)
{
	static const struct {
		const struct sms_unknown *unknown;
		int status;
		const char *body;
		enum sms_looked_up found;
		const char *id;
	} cases[] = {
		{ &list, 200, LIST(SAME("SM7", "")), SMS_IS_THERE, "SM7" },
		{ &list, 200, LIST(""), SMS_IS_ABSENT, "" },
		/* other words, or none */
		{ &list, 200, LIST("{\"sid\":\"SM7\",\"body\":\"Hell\"},{}"),
		    SMS_IS_ABSENT, "" },
		/* another text has these ids */
		{ &list, 200, LIST(SAME("SM1", "") "," SAME("SM2", "")),
		    SMS_IS_ABSENT, "" },
		{ &list, 200, LIST(SAME("SM1", "") "," SAME("SM3", "")),
		    SMS_IS_THERE, "SM3" },
		/* it did not go */
		{ &list, 200, LIST(SAME("SM7", ",\"status\":\"undelivered\"")),
		    SMS_IS_ABSENT, "" },
		{ &list, 200, LIST(SAME("SM7", ",\"status\":\"sent\"")),
		    SMS_IS_THERE, "SM7" },
		/* from before our attempt, but for the clocks */
		{ &list, 200,
		    LIST(SAME("SM7", AT("Mon, 23 Nov 2026 01:54:59 +0000"))),
		    SMS_IS_ABSENT, "" },
		{ &list, 200,
		    LIST(SAME("SM7", AT("Mon, 23 Nov 2026 01:59:58 +0000"))),
		    SMS_IS_THERE, "SM7" },
		/* the nearest, however it is sorted */
		{ &list, 200,
		    LIST(SAME("SM9",
			AT("Mon, 23 Nov 2026 11:00:00 +0800")) "," SAME("SM8",
			AT("2026-11-23T02:00:09Z")) "," SAME("SM7",
			AT("2026-11-23T09:58:00+08:00"))),
		    SMS_IS_THERE, "SM8" },
		{ &list, 200,
		    LIST(SAME("SM6", AT("soon")) "," SAME(
			"SM7", AT("2026-11-23T02:00:09Z"))),
		    SMS_IS_THERE, "SM7" },
		{ &list, 200, LIST(SAME("SM6", AT("soon"))), SMS_IS_THERE,
		    "SM6" },
		/* no answer */
		{ &list, 200, "<html>", SMS_IS_UNCLEAR, "" },
		{ &list, 200, "{\"texts\":{}}", SMS_IS_UNCLEAR, "" },
		{ &list, 503, LIST(""), SMS_IS_UNCLEAR, "" },
		/* one message */
		{ &one, 200, "{\"id\":7}", SMS_IS_THERE, "7" },
		{ &one, 200, "{\"id\":\"SM1\"}", SMS_IS_ABSENT, "" },
		{ &one, 404, "", SMS_IS_ABSENT, "" },
	};
	static const char *const others[] = { "SM1", "SM2", NULL };
	const struct sms_sought sought = { "Hello", FIRST_AT, others };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct buf body scoped(buf_done) = { 0 };
		struct receipt receipt = { 0 };
		enum sms_looked_up found;

		buf_init(&body, 4000);
		buf_puts(&body, cases[i].body);
		found = sms_look_up_judge(cases[i].unknown, cases[i].status,
		    &body, &sought, &receipt);
		if (found != cases[i].found ||
		    strcmp(receipt.provider_id, cases[i].id) != 0)
			fail_msg("case %zu: %d \"%s\"", i, (int)found,
			    receipt.provider_id);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_is_nobodys_and_not_older_is_ours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
