/*
 * What a provider file says that cannot work, though each setting is good.
 */
#include <string.h>

#include "channels/sms_job.h"
#include "desk/config_parts.h"
#include "lib/text.h"

static const char *
inside(struct reading *reading, const char *group, const char *key)
{
	return arena_printf(&reading->loaded->arena, "%s.%s", group, key);
}

bool
request_has(const struct sms_request *request, const char *name)
{
	for (size_t i = 0; i < request->header_count; i++)
		if (sms_form_has(request->headers[i].text, name))
			return true;
	return sms_form_has(request->url, name) ||
	       sms_form_has(request->body, name);
}

static bool
is_there(struct reading *reading, const char *path)
{
	return config_lookup(&reading->file, path) != NULL;
}

/* Without a form that could not be read, it is no ground for saying what it
 * lacks. */
static bool
is_whole(struct reading *reading, const char *path,
    const struct sms_request *request)
{
	const config_setting_t *headers =
	    config_lookup(&reading->file, inside(reading, path, "headers"));
	size_t count =
	    headers == NULL ? 0 : (size_t)config_setting_length(headers);

	return request->url != NULL && request->header_count == count &&
	       (request->body != NULL ||
		   !is_there(reading, inside(reading, path, "body")));
}

/* ---- values ---- */

/* Its own name would stand for something else, or for the other value. */
static void
values_check(struct reading *reading, const struct sms_provider *provider)
{
	static const struct sms_pair more[] = { { "body", "" }, { "next", "" } };
	const struct sms_scope poll = { sms_poll_names.list,
		sms_poll_names.count, &sms_job_names };
	const struct sms_scope taken = { more, ARRAY_COUNT(more), &poll };

	for (size_t i = 0; i < provider->value_count; i++) {
		const char *name = provider->values[i].name;
		bool is_twin = false;

		for (size_t j = 0; j < i && name != NULL; j++)
			is_twin =
			    is_twin || text_eq(provider->values[j].name, name);
		if (name == NULL)
			continue;
		if (!sms_name_is_valid(name))
			mistake_at(reading,
			    arena_printf(&reading->loaded->arena,
				"values.[%zu].name", i),
			    "\"%s\" can stand in no form; expected small "
			    "letters, digits and \"_\", a letter first",
			    name);
		if ((!is_twin && sms_scope_find(&taken, name) == NULL))
			continue;
		mistake_at(reading,
		    arena_printf(
			&reading->loaded->arena, "values.[%zu].name", i),
		    is_twin ? "another value is called \"%s\" too; expected a "
			      "name of its own"
			    : "{%s} means something everywhere; expected "
			      "another name",
		    name);
	}
}

/* ---- requests ---- */

void
provider_requests(const struct sms_provider *provider,
    struct named_request ret[static PROVIDER_REQUESTS])
{
	const struct named_request all[PROVIDER_REQUESTS] = {
		{ "send", &provider->send },
		{ "unknown.request", &provider->unknown.request },
		{ "poll.request", &provider->poll.request },
		{ "report_poll.request", &provider->report_poll.request },
	};

	memcpy(ret, all, sizeof(all));
}

static void
requests_check(struct reading *reading, const struct sms_provider *provider)
{
	struct named_request all[PROVIDER_REQUESTS];

	provider_requests(provider, all);
	for (size_t i = 0; i < ARRAY_COUNT(all); i++) {
		const struct sms_request *request = all[i].request;

		if (request->method == SMS_GET && request->body != NULL)
			mistake_at(reading,
			    inside(reading, all[i].path, "body"),
			    "a GET sends none; expected method = \"POST\"");
		if (url_holds_login(request->url))
			mistake_at(reading, inside(reading, all[i].path, "url"),
			    "holds a name or password; expected auth: { type = "
			    "\"basic\"; };");
	}
}

/* An "&" or a quote of an owner would end the text, or say something else.  As
 * it is written, since it may have other mistakes. */
static void
escapes_check(struct reading *reading, const char *type)
{
	static const struct {
		const char *type, *filter;
	} escapes[] = {
		{ "application/json", "json" },
		{ "application/x-www-form-urlencoded", "url" },
		{ "application/xml", "xml" },
		{ "text/xml", "xml" },
	};
	const char *url = NULL, *body = NULL;

	(void)config_lookup_string(&reading->file, "send.url", &url);
	(void)config_lookup_string(&reading->file, "send.body", &body);
	if (sms_form_has_bare(url, "text"))
		mistake_at(reading, "send.url",
		    "{text} as it is breaks an address; expected {text|url}");
	for (size_t i = 0; i < ARRAY_COUNT(escapes); i++)
		if (type != NULL && text_starts_nocase(type, escapes[i].type) &&
		    sms_form_has_bare(body, "text"))
			mistake_at(reading, "send.body",
			    "{text} as it is breaks a body of type \"%s\"; "
			    "expected {text|%s}",
			    type, escapes[i].filter);
}

static void
send_check(struct reading *reading, const struct sms_provider *provider)
{
	const struct sms_request *send = &provider->send;

	if (!is_there(reading, "send"))
		mistake_at(
		    reading, "send", "missing; expected send: { url = ...; };");
	escapes_check(reading, send->type);
	if (!is_whole(reading, "send", send))
		return;
	if (!request_has(send, "to") && !request_has(send, "to_e164") &&
	    !request_has(send, "to_noplus"))
		mistake_at(reading, "send",
		    "does not say whom to; expected {to}, {to_e164} or "
		    "{to_noplus} in url, body or a header");
	if (!provider->is_template_only && !request_has(send, "text"))
		mistake_at(reading, "send",
		    "does not say what; expected {text} in url, body or a "
		    "header, or template_only = true");
}

/* ---- no answer ---- */

/* Asking by what the gateway has never heard finds nothing: the text would go
 * twice. */
static void
look_up_names_check(
    struct reading *reading, const struct sms_provider *provider)
{
	static const char *const ours[] = { "id", "ref" };
	const struct sms_unknown *unknown = &provider->unknown;

	for (size_t i = 0; i < ARRAY_COUNT(ours); i++)
		if ((request_has(&unknown->request, ours[i]) ||
			sms_form_has(unknown->same_as, ours[i])) &&
		    !request_has(&provider->send, ours[i]))
			mistake_at(reading, "unknown.request",
			    "asks for {%s}, which the gateway has never "
			    "heard; expected {%s} in send too",
			    ours[i], ours[i]);
}

static void
unknown_check(struct reading *reading, const struct sms_provider *provider)
{
	const struct sms_unknown *unknown = &provider->unknown;

	if (unknown->policy != SMS_UNKNOWN_LOOK_UP)
		return;
	if (!is_there(reading, "unknown.request"))
		mistake_at(reading, "unknown.policy",
		    "\"look_up\" needs request: { url = ...; };");
	if (unknown->items != NULL && unknown->same_at == NULL &&
	    !is_there(reading, "unknown.same_at"))
		mistake_at(reading, "unknown.same_at",
		    "missing; whatever is first in the list would be taken "
		    "for our text; expected where in an item to compare, and "
		    "same_as");
	else if (is_there(reading, "unknown.same_at") !=
		 is_there(reading, "unknown.same_as"))
		mistake_at(reading, "unknown.same_at",
		    "same_at and same_as go together");
	if (unknown->items != NULL && !is_there(reading, "unknown.id_at"))
		mistake_at(reading, "unknown.id_at",
		    "missing; another text of the same words would be taken "
		    "for ours; expected where an item has its id");
	if (is_there(reading, "unknown.state_at") !=
	    is_there(reading, "unknown.failed"))
		mistake_at(reading, "unknown.state_at",
		    "state_at and failed go together");
	if (is_whole(reading, "send", &provider->send))
		look_up_names_check(reading, provider);
}

/* ---- reports ---- */

/* A word of both lists, or NULL. */
static const char *
word_of_both(const char *const *some, const char *const *others)
{
	for (; some != NULL && *some != NULL; some++)
		for (const char *const *one = others;
		     one != NULL && *one != NULL; one++)
			if (text_eq_nocase(*some, *one))
				return *some;
	return NULL;
}

static void
words_check(
    struct reading *reading, const char *group, const struct sms_fields *fields)
{
	const struct {
		const char *key;
		const char *const *words;
	} all[] = {
		{ "delivered", fields->delivered },
		{ "failed", fields->failed },
		{ "expired", fields->expired },
		{ "sent", fields->sent },
		{ "accepted", fields->accepted },
	};

	if (fields->optout != NULL && fields->reason == NULL)
		mistake_at(reading, inside(reading, group, "optout"),
		    "stands at reason, which is missing");
	for (size_t i = 0; i < ARRAY_COUNT(all); i++)
		for (size_t j = 0; j < i; j++) {
			const char *twin =
			    word_of_both(all[i].words, all[j].words);

			if (twin != NULL)
				mistake_at(reading,
				    inside(reading, group, all[i].key),
				    "\"%s\" is one of %s too; expected each "
				    "word once",
				    twin, all[j].key);
		}
}

static void
reports_check(struct reading *reading, const struct sms_provider *provider)
{
	bool is_known = request_has(&provider->send, "ref") ||
			request_has(&provider->send, "id") ||
			is_there(reading, "accepted.id_at") ||
			is_there(reading, "accepted.id_is");

	if (is_whole(reading, "send", &provider->send) && !is_known &&
	    (provider->report.is_there || provider->report_poll.is_there))
		mistake_at(reading, "accepted.id_at",
		    "missing; no report could be told to be a text's: "
		    "expected {ref} or {id} in send, or id_at or id_is here");
	words_check(reading, "report.fields", &provider->report.fields);
	words_check(
	    reading, "report_poll.fields", &provider->report_poll.fields);
}

/* ---- polls ---- */

static void
poll_check(
    struct reading *reading, const char *group, const struct sms_poll *poll)
{
	bool has_cursor = request_has(&poll->request, "cursor");

	if (!is_whole(
		reading, inside(reading, group, "request"), &poll->request))
		return;
	if (poll->paging == SMS_PAGING_URL &&
	    !is_there(reading, inside(reading, group, "fields.cursor")))
		mistake_at(reading, inside(reading, group, "paging"),
		    "\"url\" needs cursor in fields: where the next address "
		    "stands");
	if (poll->paging != SMS_PAGING_URL && poll->paging != SMS_PAGING_NONE &&
	    !has_cursor)
		mistake_at(reading, inside(reading, group, "paging"),
		    "the same page would be asked for ever; expected {cursor} "
		    "in the request");
	/* A list of the latest reports is usual: they are few and known. */
	if (text_eq(group, "poll") && poll->mode == SMS_POLL_WINDOW &&
	    !has_cursor && !request_has(&poll->request, "since"))
		warning_at(reading, inside(reading, group, "request"),
		    "asks for the same list ever again: what no longer stands "
		    "in it is lost; expected {since} or {cursor}, or mode = "
		    "\"queue\"");
}

/* ---- pushes ---- */

/* A signature over what does not hold the words is worth nothing. */
static void
signed_check(struct reading *reading, enum sms_verifier kind,
    const struct sms_push *push)
{
	enum sms_format format = push->fields.format;

	if (!push->is_there)
		return;
	if (kind == SMS_VERIFY_VONAGE && format != SMS_FORMAT_QUERY &&
	    format != SMS_FORMAT_FORM)
		mistake_at(reading, "verify.type",
		    "vonage signs fields; expected a push of format \"query\" "
		    "or \"form\"");
	if (kind == SMS_VERIFY_HMAC && format == SMS_FORMAT_QUERY)
		mistake_at(reading, "verify.type",
		    "hmac signs the body; expected a push of another "
		    "format than \"query\"");
}

static void
verify_check(struct reading *reading, const struct sms_provider *provider)
{
	const struct sms_verify *verify = &provider->verify;

	if ((verify->kind == SMS_VERIFY_HMAC ||
		verify->kind == SMS_VERIFY_JWT) &&
	    verify->header == NULL)
		mistake_at(reading, "verify.header",
		    "missing; hmac and jwt need the header of the signature");
	if (verify->hash == SMS_HASH_MD5HASH &&
	    verify->kind != SMS_VERIFY_VONAGE)
		mistake_at(reading, "verify.hash",
		    "\"md5hash\" is Vonage's; expected another with this type");
	signed_check(reading, verify->kind, &provider->push);
	signed_check(reading, verify->kind, &provider->report);
}

/* ---- all of it ---- */

static void
auth_check(struct reading *reading, const struct sms_auth *auth)
{
	bool needs_name = auth->kind == SMS_AUTH_HEADER ||
			  auth->kind == SMS_AUTH_QUERY ||
			  auth->kind == SMS_AUTH_HMAC;

	if (needs_name && auth->name == NULL)
		mistake_at(reading, "auth.name",
		    "missing; this type needs the name of a header or field");
	if (auth->kind == SMS_AUTH_TC3 && auth->service == NULL)
		mistake_at(reading, "auth.service",
		    "missing; tc3 signs for a service such as \"sms\"");
}

void
provider_check(struct reading *reading, const struct sms_provider *provider)
{
	if (provider->url != NULL && strchr(provider->url, '{') != NULL)
		mistake_at(reading, "url",
		    "is taken as it is; expected an address without {places}, "
		    "or none: then a channel has to say it");
	values_check(reading, provider);
	auth_check(reading, &provider->auth);
	send_check(reading, provider);
	requests_check(reading, provider);
	answers_check(reading, provider);
	unknown_check(reading, provider);
	verify_check(reading, provider);
	reports_check(reading, provider);
	poll_check(reading, "poll", &provider->poll);
	poll_check(reading, "report_poll", &provider->report_poll);
}
