/*
 * How many mails of 1 KB, half Chinese, one core composes in a second.
 */
#include <stdio.h>
#include <string.h>

#include "channels/compose.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/clock.h"
#include "lib/err.h"

enum { RUN_MS = 1000, WIRE_MAX = 64 * 1024 };

static const struct compose_from desk = {
	.addr = "desk@sunshine.example",
	.name = "阳光物业",
	.date = "Mon, 23 Nov 2026 09:00:00 +0800",
};

int
main(void)
{
	struct outgoing out = {
		.id = 881,
		.role = ROLE_OWNER,
		.to = "zhang@owner.example",
		.to_name = "张伟",
		.subject = "[T261123-0007] 您的投诉已受理",
		.message_id = "881.k3v@sunshine.example",
		.in_reply_to = "a1@owner.example",
		.null_sender = true,
	};
	mono_t start = clock_mono();
	char text[1024] = "";
	long long mails = 0, elapsed = 0;

	for (size_t i = 0; i + 3 < sizeof(text); i += 3)
		memcpy(text + i, i % 60 == 57 ? "ab\n" : i % 2 ? "电" : "abc", 3);
	out.text = text;
	while (elapsed < RUN_MS) {
		struct buf wire scoped(buf_done);
		struct err err = { 0 };

		buf_init(&wire, WIRE_MAX);
		if (compose_mail(&out, &desk, NULL, &wire, &err) < 0) {
			(void)fprintf(stderr, "%s\n", err.msg);
			return 1;
		}
		mails++;
		elapsed = clock_mono().ms - start.ms;
	}
	printf("compose.mails %lld 1/s\n", mails * 1000 / elapsed);
	return 0;
}
