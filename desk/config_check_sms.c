/*
 * What an SMS channel needs for its provider file, and the ways in which texts
 * and reports reach us.
 */
#include <string.h>

#include "channels/push_from.h"
#include "desk/config_parts.h"
#include "lib/text.h"

/* The ways in. */
struct ways {
	bool is_pushed, is_polled; /* texts */
	bool has_reports;          /* by either */
};

static const char *
key_of(struct reading *reading, const struct sms_channel *sms, const char *key)
{
	return arena_printf(
	    &reading->loaded->arena, "sms.%s.%s", sms->name, key);
}

static bool
uses(const struct sms_provider *provider, const char *name)
{
	const struct sms_auth *auth = &provider->auth;
	bool has_login = auth->kind != SMS_AUTH_NONE;
	const char *const forms[] = { provider->send.url, provider->send.body,
		has_login ? auth->user : NULL,
		has_login ? auth->password : NULL };

	for (size_t i = 0; i < ARRAY_COUNT(forms); i++)
		if (forms[i] != NULL && strstr(forms[i], name) != NULL)
			return true;
	return false;
}

/* ---- what the provider file wants ---- */

static void
login_check(struct reading *reading, const struct sms_channel *sms)
{
	const struct sms_provider *provider = sms->provider;

	if (sms->url == NULL)
		mistake_at(reading, key_of(reading, sms, "url"),
		    "missing; preset \"%s\" does not know where the gateway is",
		    sms->preset);
	if (uses(provider, "{user") && sms->user == NULL)
		mistake_at(reading, key_of(reading, sms, "user"),
		    "missing; preset \"%s\" logs in", sms->preset);
	if (uses(provider, "{password") && sms->password == NULL)
		mistake_at(reading, key_of(reading, sms, "password_file"),
		    "missing; preset \"%s\" logs in", sms->preset);
}

static void
push_check(struct reading *reading, const struct sms_channel *sms)
{
	const struct sms_provider *provider = sms->provider;
	enum sms_verifier verifier = provider->verify.kind;

	if (!provider->push.is_there)
		mistake_at(reading, key_of(reading, sms, "push_secret_file"),
		    "preset \"%s\" is not pushed", sms->preset);
	if ((verifier == SMS_VERIFY_TWILIO || verifier == SMS_VERIFY_JWT) &&
	    sms->public_url == NULL)
		mistake_at(reading, key_of(reading, sms, "public_url"),
		    "missing; its pushes are signed with the address that "
		    "they go to");
}

static void
reports_check(struct reading *reading, const struct sms_channel *sms,
    const struct ways *ways)
{
	const struct sms_provider *provider = sms->provider;

	if (uses(provider, "{report_url") &&
	    (sms->public_url == NULL || !ways->is_pushed))
		mistake_at(reading, key_of(reading, sms, "public_url"),
		    "delivery reports need public_url and push_secret_file; "
		    "set them, or has_reports = false");
	else if (!provider->report.is_there && !provider->report_poll.is_there)
		mistake_at(reading, key_of(reading, sms, "has_reports"),
		    "preset \"%s\" knows no delivery reports; expected false",
		    sms->preset);
	else if (!ways->has_reports)
		warning_at(reading, key_of(reading, sms, "has_reports"),
		    "nothing brings its delivery reports: every text would be "
		    "waited for in vain; set %s, or has_reports = false",
		    provider->report.is_there ? "push_secret_file"
					      : "poll_seconds");
}

/* ---- who can write to us ---- */

/* The host of an address, for is_loopback(). */
static const char *
host_of(struct reading *reading, const char *url)
{
	const char *host = url == NULL ? NULL : strstr(url, "://");

	if (host == NULL)
		return "localhost";
	host += 3;
	if (*host == '[')
		return arena_strndup(
		    &reading->loaded->arena, host + 1, strcspn(host + 1, "]"));
	return arena_strndup(
	    &reading->loaded->arena, host, strcspn(host, ":/?"));
}

static void
strangers_check(struct reading *reading, const struct sms_channel *sms)
{
	bool is_far = !is_loopback(host_of(reading, sms->public_url));
	bool has_list = sms->push_from != NULL && sms->push_from[0] != NULL;

	if (is_far && text_starts_nocase(sms->public_url, "http:"))
		warning_at(reading, key_of(reading, sms, "public_url"),
		    "texts and the secret of their address travel in clear; "
		    "expected https, by a TLS proxy before listen_port");
	if (is_far && sms->provider->verify.kind == SMS_VERIFY_TOKEN &&
	    !has_list)
		warning_at(reading, key_of(reading, sms, "push_from"),
		    "pushes of preset \"%s\" are not signed: whoever reads "
		    "their address somewhere can write to you; name the "
		    "addresses that the gateway pushes from",
		    sms->preset);
}

static void
secret_check(struct reading *reading, const struct sms_channel *sms)
{
	if (!reading->is_public && sms->push_secret != NULL &&
	    strlen(sms->push_secret) < 8)
		mistake_at(reading, key_of(reading, sms, "push_secret_file"),
		    "too short to keep strangers out; 8 characters at least");
	for (const char *const *from = sms->push_from;
	     from != NULL && *from != NULL; from++)
		if (!push_from_is_valid(*from))
			mistake_at(reading, key_of(reading, sms, "push_from"),
			    "\"%s\" is no address; expected one such as "
			    "\"192.0.2.7\", \"192.0.2.0/24\" or "
			    "\"2001:db8::/32\"",
			    *from);
}

/* ---- one channel ---- */

static struct ways
ways_of(struct reading *reading, const struct sms_channel *sms)
{
	const struct sms_provider *provider = sms->provider;
	bool is_pushed =
	    is_written(reading, key_of(reading, sms, "push_secret_file"));
	bool asks = sms->poll_seconds > 0;

	return (struct ways){
		.is_pushed = is_pushed,
		.is_polled = provider->poll.is_there && asks,
		.has_reports = (provider->report.is_there && is_pushed) ||
			       (provider->report_poll.is_there && asks),
	};
}

void
sms_check(struct reading *reading, const struct sms_channel *sms)
{
	const struct ways ways = ways_of(reading, sms);

	if (ways.is_pushed && reading->loaded->conf.listen_port == 0)
		mistake_at(reading, "listen_port",
		    "sms \"%s\" is pushed to us but nobody listens; expected a "
		    "port",
		    sms->name);
	if (sms->provider->name != NULL) {
		login_check(reading, sms);
		if (ways.is_pushed)
			push_check(reading, sms);
		if (ways.is_pushed)
			strangers_check(reading, sms);
		if (sms->has_reports)
			reports_check(reading, sms, &ways);
	}
	if (!ways.is_polled && !ways.is_pushed)
		warning_at(reading, key_of(reading, sms, "push_secret_file"),
		    "neither push nor poll: no text can come in");
	secret_check(reading, sms);
}
