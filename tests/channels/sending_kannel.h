/*
 * sending_kannel - a sender to the real Kannel of this test program.
 */
#ifndef TESTS_CHANNELS_SENDING_KANNEL_H
#define TESTS_CHANNELS_SENDING_KANNEL_H

#include <stdio.h>

#include "tests/channels/sending.h"
#include "tests/support/gateway.h"
#include "tests/support/real_servers.h"

/* Skips the test where there is none.  `more' are settings of the channel. */
static void
sending_to_kannel(
    struct sending *sending, struct gateway *gateway, const char *more)
{
	struct err err = { 0 };
	char settings[400];

	real_servers_need();
	(void)snprintf(settings, sizeof(settings),
	    "preset = \"kannel\"; url = \"http://127.0.0.1:%u/cgi-bin/sendsms\"; "
	    "user = \"%s\"; password_file = \"secrets/password\"; %s",
	    real_servers_port("KANNEL_SEND_PORT"),
	    real_servers_get("KANNEL_USER"), more);
	gateway_open(gateway, settings);
	gateway->channel->password = real_servers_get("KANNEL_PASSWORD");
	sending_open(sending);
	sending->sender =
	    sms_sender_open(sending->transfers, gateway->channel, &err);
	assert_non_null(sending->sender);
}

#endif
