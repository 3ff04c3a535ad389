/*
 * gateway - an SMS channel of a preset, read from settings as the desk would.
 */
#ifndef TESTS_SUPPORT_GATEWAY_H
#define TESTS_SUPPORT_GATEWAY_H

#include "core/config.h"

struct gateway {
	struct config *conf;
	struct sms_channel *channel;
	char folder[64];
};

/* `settings' is the inside of the channel's group, without number; files for
 * its secrets are made: secrets/password "foo&bar", secrets/push "p%s-secret",
 * secrets/key "key-of-ours".  Fails the test on any mistake. */
void gateway_open(struct gateway *gateway, const char *settings);
/* For scoped(gateway_close). */
void gateway_close(struct gateway *gateway);

/* Settings under which a shipped preset is complete. */
const char *gateway_settings(const char *preset);

/* What the loader says of such settings, with `provider' (may be NULL) as
 * sms/own.conf beside them; the caller frees. */
char *gateway_mistakes(const char *settings, const char *provider);

#endif
