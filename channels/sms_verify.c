#include "channels/sms_verify.h"

#include <string.h>

#include "channels/compose_coding.h"
#include "channels/push_from.h"
#include "channels/sms_filter.h"
#include "channels/sms_verify_parts.h"
#include "channels/sms_channel.h"
#include "core/config.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/text.h"

#define SCOPE_MAX ((size_t)4 * 1024 * 1024)
enum { TIME_DIGITS = 10 }; /* until the year 2286 */

/* ---- what the verifiers share ---- */

const char *
verify_header(const struct verifying *v, const char *name)
{
	return v->facts->header(v->facts->self, name);
}

bool
verify_is_form(const struct push_facts *facts)
{
	return text_starts_nocase(text_or(facts->content_type, ""),
	    "application/x-www-form-urlencoded");
}

bool
verify_is_json(const struct push_facts *facts)
{
	return text_starts_nocase(
	    text_or(facts->content_type, ""), "application/json");
}

bool
verify_is_now(const struct verifying *v, int64_t seconds)
{
	int64_t skew = v->verify->skew_seconds;
	int64_t now = v->facts->now_seconds;

	return skew == 0 || (now - skew <= seconds && seconds <= now + skew);
}

bool
verify_is_now_text(const struct verifying *v, const char *seconds)
{
	int64_t then;

	if (v->verify->skew_seconds == 0)
		return true;
	return seconds != NULL &&
	       text_to_int(seconds, 0, INT64_C(99999999999), &then) == 0 &&
	       verify_is_now(v, then);
}

size_t
verify_hmac_of(const struct verifying *v, const char *data, size_t len,
    uint8_t ret[DIGEST_BYTES_MAX])
{
	static const enum digest_kind digests[] = {
		[SMS_HASH_SHA256] = DIGEST_SHA256,
		[SMS_HASH_SHA1] = DIGEST_SHA1,
		[SMS_HASH_MD5] = DIGEST_MD5,
		[SMS_HASH_SHA512] = DIGEST_SHA512,
		[SMS_HASH_MD5HASH] = DIGEST_MD5,
	};

	return digest_hmac(
	    digests[v->verify->hash], v->key, strlen(v->key), data, len, ret);
}

/* ---- where it went to ---- */

const char *
verify_url(const struct verifying *v)
{
	struct buf url scoped(buf_done) = { 0 };
	const char *query = text_or(v->facts->raw_query, "");

	buf_init(&url, VERIFY_URL_MAX);
	sms_push_url(v->channel, v->facts->is_report, &url);
	if (*query != '\0')
		buf_putc(&url, '?');
	buf_puts(&url, query);
	return buf_is_over(&url) ? NULL
				 : arena_strdup(v->arena, buf_text(&url));
}

const char *
verify_other_port(const char *url, struct arena *arena)
{
	const char *port = text_starts(url, "https:") ? ":443" : ":80";
	const char *host = strstr(url, "://");
	size_t len, port_len = strlen(port);

	if (host == NULL)
		return url;
	host += 3;
	len = strcspn(host, "/?");
	if (memchr(host, ':', len) == NULL)
		return arena_printf(arena, "%.*s%s%s",
		    (int)(host - url + (ptrdiff_t)len), url, port, host + len);
	if (len > port_len &&
	    memcmp(host + len - port_len, port, port_len) == 0)
		return arena_printf(arena, "%.*s%s",
		    (int)(host - url + (ptrdiff_t)(len - port_len)), url,
		    host + len);
	return url;
}

/* ---- a login, and HMAC over the body ---- */

static bool
verify_basic(const struct verifying *v)
{
	struct buf text scoped(buf_done) = { 0 };
	const char *plain = arena_printf(v->arena, "%s:%s", v->user, v->key);

	buf_init(&text, VERIFY_URL_MAX);
	buf_puts(&text, "Basic ");
	coding_base64(&text, plain, strlen(plain));
	return !buf_is_over(&text) &&
	       digest_eq_text(
		   verify_header(v, "Authorization"), buf_text(&text));
}

static const char *
spelled(enum sms_spelling spelling, const uint8_t *digest, size_t len,
    struct arena *arena)
{
	char hex[2 * DIGEST_BYTES_MAX + 1];
	struct buf text scoped(buf_done) = { 0 };

	if (spelling == SMS_SPELL_HEX) {
		digest_hex(digest, len, hex);
		return arena_strdup(arena, hex);
	}
	buf_init(&text, sizeof(hex));
	coding_base64(&text, digest, len);
	return arena_strdup(arena, buf_text(&text));
}

/* Body and time are signed as one text: with another count of digits, bytes of
 * one could be passed off as the other's. */
static bool
is_time(const struct verifying *v, const char *time)
{
	int64_t seconds;

	return time != NULL && strlen(time) == TIME_DIGITS &&
	       text_to_int(time, 0, INT64_MAX, &seconds) == 0 &&
	       verify_is_now(v, seconds);
}

static bool
verify_hmac(const struct verifying *v)
{
	const struct sms_verify *verify = v->verify;
	struct bytes body = v->facts->body;
	const char *given = verify_header(v, verify->header);
	const char *time = verify->time_header == NULL
			       ? NULL
			       : verify_header(v, verify->time_header);
	struct buf over scoped(buf_done) = { 0 };
	uint8_t digest[DIGEST_BYTES_MAX];
	size_t len;

	/* Nobody signs the query, so there may be none. */
	if (given == NULL || v->facts->query_count > 0 ||
	    v->facts->is_query_cut ||
	    (verify->time_header != NULL && !is_time(v, time)))
		return false;
	buf_init(&over, LIMIT_PUSH_BYTES + VERIFY_URL_MAX);
	buf_add(&over, body.data, body.len);
	buf_puts(&over, text_or(time, ""));
	len = verify_hmac_of(v, buf_text(&over), over.len, digest);
	/* Some write "sha256=..." */
	if (strchr(given, '=') != NULL && verify->spelling == SMS_SPELL_HEX)
		given = strchr(given, '=') + 1;
	return digest_eq_text(
	    given, spelled(verify->spelling, digest, len, v->arena));
}

/* ---- all of them ---- */

static const char *
fill(const char *form, const struct sms_scope *scope, struct arena *arena)
{
	struct buf text scoped(buf_done) = { 0 };

	buf_init(&text, VERIFY_URL_MAX);
	sms_form_fill(form, scope, &text);
	return arena_strdup(arena, buf_text(&text));
}

bool
sms_push_is_genuine(
    const struct sms_channel *channel, const struct push_facts *facts)
{
	static bool (*const verifiers[])(const struct verifying *) = {
		[SMS_VERIFY_TOKEN] = NULL,
		[SMS_VERIFY_BASIC] = verify_basic,
		[SMS_VERIFY_HMAC] = verify_hmac,
		[SMS_VERIFY_TWILIO] = verify_twilio,
		[SMS_VERIFY_VONAGE] = verify_vonage,
		[SMS_VERIFY_JWT] = verify_jwt,
	};
	const struct sms_verify *verify = &channel->provider->verify;
	struct arena arena scoped(arena_done) = { 0 };
	struct sms_scope scope;
	struct verifying v = { .channel = channel,
		.verify = verify,
		.facts = facts,
		.arena = &arena };

	if (!push_from_allows(
		channel->push_from, facts->address, facts->forwarded))
		return false;
	if (verifiers[verify->kind] == NULL)
		return true;
	arena_init(&arena, SCOPE_MAX);
	scope = sms_channel_scope(channel, &arena);
	v.user = fill(verify->user, &scope, &arena);
	v.key = fill(verify->key, &scope, &arena);
	/* Without a key anybody could sign. */
	return *v.key != '\0' && verifiers[verify->kind](&v);
}
