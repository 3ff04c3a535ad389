/*
 * What an SMS channel needs for its provider file, and the ways in which texts
 * and reports reach us.
 */
#include <string.h>

#include "channels/push_from.h"
#include "channels/sms_channel.h"
#include "core/limits.h"
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

/* It stands there: one that could not be read was told, and is not missing. */
static bool
is_said(struct reading *reading, const struct sms_channel *sms, const char *key)
{
	return config_lookup(
		   &reading->file, key_of(reading, sms, key)) != NULL;
}

/* A form with what the channel gives it. */
static const char *
filled(
    struct reading *reading, const struct sms_channel *sms, const char *form)
{
	struct arena *arena = &reading->loaded->arena;
	struct sms_scope scope = sms_channel_scope(sms, arena);
	struct buf text scoped(buf_done) = { 0 };

	buf_init(&text, LIMIT_HEADER_BYTES);
	sms_form_fill(form, &scope, &text);
	return arena_strdup(arena, buf_text(&text));
}

/* ---- what the provider file wants ---- */

/* What we send to the gateway holds it. */
static bool
goes_out(const struct sms_channel *sms, const char *name)
{
	const struct sms_provider *provider = sms->provider;
	const struct sms_auth *auth = &provider->auth;
	bool logs_in = auth->kind != SMS_AUTH_NONE;
	bool looks_up = provider->unknown.policy == SMS_UNKNOWN_LOOK_UP;
	bool polls = sms->poll_seconds > 0;
	const struct {
		bool is_used;
		const struct sms_request *request;
	} all[] = {
		{ true, &provider->send },
		{ looks_up, &provider->unknown.request },
		{ polls, &provider->poll.request },
		{ polls && sms->has_reports, &provider->report_poll.request },
	};

	for (size_t i = 0; i < ARRAY_COUNT(all); i++)
		if (all[i].is_used && request_has(all[i].request, name))
			return true;
	return logs_in && (sms_form_has(auth->user, name) ||
			      sms_form_has(auth->password, name) ||
			      (auth->kind == SMS_AUTH_HMAC &&
				  sms_form_has(auth->over, name)));
}

/* What the gateway pushes is known by it. */
static bool
comes_in(const struct sms_verify *verify, const char *name)
{
	return (verify->kind != SMS_VERIFY_TOKEN &&
		   sms_form_has(verify->key, name)) ||
	       (verify->kind == SMS_VERIFY_BASIC &&
		   sms_form_has(verify->user, name));
}

static void
login_check(struct reading *reading, const struct sms_channel *sms,
    const struct ways *ways)
{
	static const struct {
		const char *name, *key;
		bool is_told_when_empty;
	} all[] = { { "user", "user", false },
		{ "password", "password_file", true } };

	if (sms->url == NULL && !is_said(reading, sms, "url"))
		mistake_at(reading, key_of(reading, sms, "url"),
		    "missing; preset \"%s\" does not know where the gateway is",
		    sms->preset);
	for (size_t i = 0; i < ARRAY_COUNT(all); i++) {
		const char *at = key_of(reading, sms, all[i].key);

		if (is_written(reading, at) ||
		    (all[i].is_told_when_empty &&
			is_said(reading, sms, all[i].key)))
			continue;
		if (goes_out(sms, all[i].name))
			mistake_at(reading, at,
			    "missing; preset \"%s\" logs in", sms->preset);
		else if (ways->is_pushed &&
			 comes_in(&sms->provider->verify, all[i].name))
			mistake_at(reading, at,
			    "missing; preset \"%s\" knows pushes by it: all "
			    "would be refused",
			    sms->preset);
	}
}

/* Its places may bring a login that the file does not show; its own one was
 * told. */
static void
addresses_check(struct reading *reading, const struct sms_channel *sms)
{
	struct named_request all[PROVIDER_REQUESTS];

	provider_requests(sms->provider, all);
	for (size_t i = 0; i < ARRAY_COUNT(all); i++) {
		const char *url = all[i].request->url;

		if (!url_holds_login(url) &&
		    url_holds_login(filled(reading, sms, url)))
			mistake_at(reading, key_of(reading, sms, "values"),
			    "would put a name or password into the address of "
			    "%s, which ends in logs; expected user and "
			    "password_file",
			    all[i].path);
	}
}

/* ---- pushes ---- */

/* Where the channel's own name or password or a value that the preset needs is
 * not there, that was told. */
static void
empty_check(
    struct reading *reading, const struct sms_channel *sms, const char *form)
{
	if (*filled(reading, sms, form) == '\0' &&
	    !sms_form_has(form, "user") && !sms_form_has(form, "password") &&
	    !value_is_missing(sms, form))
		mistake_at(reading, key_of(reading, sms, "values"),
		    "preset \"%s\" knows pushes by \"%s\", which is empty: "
		    "all would be refused; set what it names",
		    sms->preset, text_or(form, ""));
}

/* What every push would be refused for. */
static void
push_key_check(struct reading *reading, const struct sms_channel *sms)
{
	const struct sms_verify *verify = &sms->provider->verify;
	const char *key = filled(reading, sms, verify->key);

	if (reading->is_public || verify->kind == SMS_VERIFY_TOKEN)
		return;
	empty_check(reading, sms, verify->key);
	if (verify->kind == SMS_VERIFY_BASIC)
		empty_check(reading, sms, verify->user);
	if (verify->kind == SMS_VERIFY_TWILIO && sms->user != NULL &&
	    text_starts(sms->user, "SK") && *key != '\0' &&
	    text_eq(key, sms->password))
		warning_at(reading, key_of(reading, sms, "values"),
		    "pushes are signed with the Auth Token of the account, "
		    "and checked with the secret of the API key that user "
		    "is: all would be refused; give the Auth Token (preset "
		    "twilio: auth_token_file)");
}

/* A missing one is told once: the reports want it too. */
static void
push_address_check(struct reading *reading, const struct sms_channel *sms)
{
	enum sms_verifier verifier = sms->provider->verify.kind;
	const char *at = key_of(reading, sms, "public_url");

	if ((verifier == SMS_VERIFY_TWILIO || verifier == SMS_VERIFY_JWT) &&
	    !is_said(reading, sms, "public_url") &&
	    !(sms->has_reports && goes_out(sms, "report_url")))
		mistake_at(reading, at,
		    "missing; its pushes are signed with the address that "
		    "they go to");
	if (sms->public_url != NULL && strpbrk(sms->public_url, "?#") != NULL)
		mistake_at(reading, at,
		    "holds a query; expected an address that /sms/... can "
		    "follow, such as \"https://sms.example.com\"");
}

static void
inbound_check(struct reading *reading, const struct sms_channel *sms,
    const struct ways *ways)
{
	bool knows_pushes = sms->provider->push.is_there;

	if (!ways->is_polled && !(knows_pushes && ways->is_pushed))
		warning_at(reading,
		    key_of(reading, sms,
			knows_pushes ? "push_secret_file" : "poll_seconds"),
		    "neither push nor poll: no text can come in");
}

static void
reports_check(struct reading *reading, const struct sms_channel *sms,
    const struct ways *ways)
{
	const struct sms_provider *provider = sms->provider;

	if (goes_out(sms, "report_url") &&
	    (!is_said(reading, sms, "public_url") || !ways->is_pushed))
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

/* ---- who can read and write ---- */

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

/* This machine, or a network that strangers do not listen in. */
static bool
is_near(const char *host)
{
	static const char *const networks[] = { "127.0.0.0/8", "10.0.0.0/8",
		"172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "::1",
		"fc00::/7", "fe80::/10", NULL };
	static const char *const names[] = { ".local", ".lan", ".internal",
		".home.arpa" };

	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		if (text_ends(host, names[i]))
			return true;
	return strpbrk(host, ".:") == NULL ||
	       push_from_allows(networks, host, NULL);
}

static void
clear_check(struct reading *reading, const struct sms_channel *sms)
{
	if (sms->url != NULL && text_starts_nocase(sms->url, "http:") &&
	    !is_near(host_of(reading, sms->url)))
		warning_at(reading, key_of(reading, sms, "url"),
		    "texts and the login travel in clear; expected https, or "
		    "a gateway on this machine or in a private network");
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

/* Texts, reports or both. */
static void
push_check(struct reading *reading, const struct sms_channel *sms)
{
	const struct sms_provider *provider = sms->provider;

	if (!provider->push.is_there && !provider->report.is_there) {
		mistake_at(reading, key_of(reading, sms, "push_secret_file"),
		    "preset \"%s\" is not pushed; leave this out", sms->preset);
		return;
	}
	push_address_check(reading, sms);
	push_key_check(reading, sms);
	strangers_check(reading, sms);
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

/* ---- what it costs ---- */

/* A price that could not be read was told. */
static void
cost_check(struct reading *reading, const struct sms_channel *sms)
{
	const char *at = key_of(reading, sms, "part_price"), *price = NULL;
	bool is_told = is_said(reading, sms, "part_price") &&
		       (!config_lookup_string(&reading->file, at, &price) ||
			   price[strspn(price, "0.")] != '\0');

	if (sms->day_cost > 0 && sms->part_price == 0 && !is_told)
		mistake_at(reading, key_of(reading, sms, "day_cost"),
		    "limits nothing without the price of a part; expected "
		    "part_price too, or day_texts");
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
		login_check(reading, sms, &ways);
		addresses_check(reading, sms);
		clear_check(reading, sms);
		if (ways.is_pushed)
			push_check(reading, sms);
		if (sms->has_reports)
			reports_check(reading, sms, &ways);
		inbound_check(reading, sms, &ways);
	}
	if (config_estate_of_sms(&reading->loaded->conf, sms) == NULL)
		warning_at(reading, key_of(reading, sms, "preset"),
		    "no estate uses this channel: nothing goes out by it, the "
		    "texts that it pushes are put off and its inbox is not "
		    "asked (reports are taken); expected an estate with sms = "
		    "\"%s\"",
		    sms->name);
	secret_check(reading, sms);
	cost_check(reading, sms);
}
