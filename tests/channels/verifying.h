/*
 * verifying - a push under test: is it the gateway's?
 */
#ifndef TESTS_CHANNELS_VERIFYING_H
#define TESTS_CHANNELS_VERIFYING_H

#include <stdio.h>
#include <string.h>

#include "channels/sms_verify.h"
#include "core/config.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"

struct push {
	struct sms_provider provider;
	struct sms_channel channel;
	struct push_facts facts;
	const char *names[4], *values[4];
};

static const char *
header(void *self, const char *name)
{
	struct push *push = self;

	for (size_t i = 0; i < ARRAY_COUNT(push->names); i++)
		if (text_eq_nocase(push->names[i], name))
			return push->values[i];
	return NULL;
}

static void
push_init(struct push *push, const struct sms_verify *verify)
{
	*push = (struct push){ .provider.verify = *verify };
	push->channel = (struct sms_channel){
		.name = "gate",
		.provider = &push->provider,
		.user = "tester",
		.password = "secret",
		.push_secret = "path-secret",
		.public_url = "https://desk.example",
	};
	push->facts = (struct push_facts){
		.address = "127.0.0.1",
		.now_seconds = 1700000000,
		.header = header,
		.self = push,
	};
}

__attribute__((unused)) static void
body(struct push *push, const char *text)
{
	push->facts.body = (struct bytes){ text, strlen(text) };
}

static bool
is_genuine(const struct push *push)
{
	return sms_push_is_genuine(&push->channel, &push->facts);
}

#endif
