/*
 * How a request shows who asks: the schemes that need no more than a header
 * or a field, and HMAC.
 */
#include <string.h>

#include "channels/compose_coding.h"
#include "channels/sms_filter.h"
#include "channels/sms_wire.h"
#include "lib/digest.h"
#include "lib/text.h"

#define VALUE_MAX_BYTES ((size_t)256 * 1024)

/* One filled form; end it with buf_done(). */
static struct buf
filled(const char *form, const struct sms_scope *scope)
{
	struct buf text = { 0 };

	buf_init(&text, VALUE_MAX_BYTES);
	sms_form_fill(form, scope, &text);
	return text;
}

static void
sign_basic(const char *user, const char *password, struct sms_wire *wire)
{
	struct buf plain scoped(buf_done) = { 0 };
	struct buf coded scoped(buf_done) = { 0 };

	buf_init(&plain, VALUE_MAX_BYTES);
	buf_init(&coded, 2 * VALUE_MAX_BYTES);
	buf_printf(&plain, "%s:%s", user, password);
	buf_puts(&coded, "Basic ");
	coding_base64(&coded, buf_text(&plain), plain.len);
	sms_wire_header(wire, "Authorization", buf_text(&coded));
}

static void
sign_bearer(const char *password, struct sms_wire *wire)
{
	struct buf text scoped(buf_done) = { 0 };

	buf_init(&text, VALUE_MAX_BYTES);
	buf_printf(&text, "Bearer %s", password);
	sms_wire_header(wire, "Authorization", buf_text(&text));
}

static void
sign_query(const char *name, const char *password, struct sms_wire *wire)
{
	buf_putc(
	    &wire->url, strchr(buf_text(&wire->url), '?') == NULL ? '?' : '&');
	buf_puts(&wire->url, name);
	buf_putc(&wire->url, '=');
	sms_url_add(&wire->url, password, strlen(password));
}

static void
sign_hmac(const struct sms_auth *auth, const char *key,
    const struct sms_scope *scope, const struct sms_moment *moment,
    struct sms_wire *wire)
{
	char now[TEXT_INT], hex[SHA256_HEX];
	uint8_t digest[SHA256_BYTES];
	const struct sms_pair own[] = {
		{ "body", buf_text(&wire->body) },
		{ "now", now },
	};
	const struct sms_scope inner = { own, ARRAY_COUNT(own), scope };

	text_from_int(moment->seconds, now);
	struct buf over scoped(buf_done) = filled(auth->over, &inner);

	digest_hmac_sha256(key, strlen(key), buf_text(&over), over.len, digest);
	digest_hex(digest, sizeof(digest), hex);
	sms_wire_header(wire, auth->name, hex);
}

void
sms_sign(const struct sms_auth *auth, const struct sms_scope *scope,
    const struct sms_moment *moment, struct sms_wire *wire)
{
	struct buf user scoped(buf_done) = filled(auth->user, scope);
	struct buf password scoped(buf_done) = filled(auth->password, scope);
	const char *id = buf_text(&user), *key = buf_text(&password);

	switch (auth->kind) {
	case SMS_AUTH_NONE: break;
	case SMS_AUTH_BASIC: sign_basic(id, key, wire); break;
	case SMS_AUTH_BEARER: sign_bearer(key, wire); break;
	case SMS_AUTH_HEADER: sms_wire_header(wire, auth->name, key); break;
	case SMS_AUTH_QUERY: sign_query(auth->name, key, wire); break;
	case SMS_AUTH_HMAC: sign_hmac(auth, key, scope, moment, wire); break;
	case SMS_AUTH_TC3:
		sms_sign_tc3(id, key, auth->service, moment, wire);
		break;
	case SMS_AUTH_ACS3: sms_sign_acs3(id, key, moment, wire); break;
	}
}
