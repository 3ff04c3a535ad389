#include "channels/sms_wire.h"

#include <string.h>

#include "channels/sms_verify.h"
#include "core/config.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"

enum {
	URL_MAX_BYTES = 64 * 1024,
	BODY_MAX_BYTES = 256 * 1024,
	HEADERS_MAX_BYTES = 16 * 1024,
};

void
sms_wire_init(struct sms_wire *wire)
{
	*wire = (struct sms_wire){ .method = SMS_GET };
	buf_init(&wire->url, URL_MAX_BYTES);
	buf_init(&wire->body, BODY_MAX_BYTES);
	buf_init(&wire->headers, HEADERS_MAX_BYTES);
}

void
sms_wire_done(struct sms_wire *wire)
{
	buf_done(&wire->url);
	buf_done(&wire->body);
	buf_done(&wire->headers);
}

/* No value may end a header or begin another. */
static bool
is_header_text(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return false;
	return true;
}

void
sms_wire_header(struct sms_wire *wire, const char *name, const char *text)
{
	if (!is_header_text(text))
		wire->broken_header = name;
	buf_printf(&wire->headers, "%s: %s\n", name, text);
}

/* ---- the values of a channel ---- */

/* Where the gateway reports delivery, or "". */
static const char *
report_url(const struct sms_channel *channel, struct arena *arena)
{
	struct buf url scoped(buf_done) = { 0 };

	if (!channel->has_reports || channel->public_url == NULL ||
	    channel->push_secret == NULL)
		return "";
	buf_init(&url, URL_MAX_BYTES);
	sms_push_url(channel, true, &url);
	return arena_strdup(arena, buf_text(&url));
}

enum { URL, USER, PASSWORD, FROM, REPORT_URL, REPORTS, CHANNEL_NAMES };
static const struct sms_pair channel_names[CHANNEL_NAMES] = {
	[URL] = { "url", "" },
	[USER] = { "user", "" },
	[PASSWORD] = { "password", "" },
	[FROM] = { "from", "" },
	[REPORT_URL] = { "report_url", "" },
	[REPORTS] = { "reports", "" },
};
const struct sms_scope sms_channel_names = { channel_names, CHANNEL_NAMES,
	NULL };

struct sms_scope
sms_channel_scope(const struct sms_channel *channel, struct arena *arena)
{
	struct sms_scope *own = arena_alloc(arena, sizeof(*own));
	const char *report = report_url(channel, arena);
	const char *const values[CHANNEL_NAMES] = {
		[URL] = channel->url,
		[USER] = channel->user,
		[PASSWORD] = channel->password,
		[FROM] = channel->number,
		[REPORT_URL] = report,
		[REPORTS] = *report == '\0' ? "" : "1",
	};

	*own =
	    (struct sms_scope){ channel->values, channel->value_count, NULL };
	return sms_scope_of(&sms_channel_names, values, own, arena);
}

static bool
holds(const char *text, const char *secret)
{
	return !text_is_empty(secret) && strstr(text, secret) != NULL;
}

const char *
sms_without_secrets(const struct sms_channel *channel, const char *text)
{
	const struct sms_provider *provider = channel->provider;
	bool is_bad =
	    holds(text, channel->password) || holds(text, channel->push_secret);

	for (size_t i = 0; i < channel->value_count && !is_bad; i++)
		is_bad = provider->values[i].is_secret &&
			 holds(text, channel->values[i].text);
	return is_bad ? "an answer that repeats a secret of ours" : text;
}

/* ---- a request ---- */

static void
add_headers(const struct sms_request *request, const struct sms_scope *scope,
    struct sms_wire *wire)
{
	struct buf text scoped(buf_done) = { 0 };

	buf_init(&text, HEADERS_MAX_BYTES);
	if (request->type != NULL && wire->method == SMS_POST)
		sms_wire_header(wire, "Content-Type", request->type);
	for (size_t i = 0; i < request->header_count; i++) {
		buf_reset(&text);
		sms_form_fill(request->headers[i].text, scope, &text);
		sms_wire_header(
		    wire, request->headers[i].name, buf_text(&text));
	}
}

int
sms_wire_make(const struct sms_auth *auth, const struct sms_request *request,
    const struct sms_scope *scope, const struct sms_moment *moment,
    struct sms_wire *ret, struct err *err)
{
	buf_reset(&ret->url);
	buf_reset(&ret->body);
	buf_reset(&ret->headers);
	ret->broken_header = NULL;
	ret->method = request->method;
	sms_form_fill(request->url, scope, &ret->url);
	if (request->method == SMS_POST)
		sms_form_fill(request->body, scope, &ret->body);
	add_headers(request, scope, ret);
	sms_sign(auth, scope, moment, ret);
	if (ret->broken_header != NULL)
		return err_set(err, ERR_CONF,
		    "the header %s would have a line end in it",
		    ret->broken_header);
	if (buf_is_over(&ret->url) || buf_is_over(&ret->body) ||
	    buf_is_over(&ret->headers))
		return err_set(
		    err, ERR_PERM, "the text is too long to be sent");
	return 0;
}
