#include "channels/sms_verify.h"

#include <string.h>

#include "channels/compose_coding.h"
#include "channels/push_from.h"
#include "channels/sms_filter.h"
#include "channels/sms_signed_fields.h"
#include "channels/sms_wire.h"
#include "core/config.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/digest.h"
#include "lib/text.h"

#define SCOPE_MAX     ((size_t)4 * 1024 * 1024)
#define URL_MAX_BYTES ((size_t)8 * 1024)
#define SIGNATURE_MAX ((size_t)2 * DIGEST_BYTES_MAX)

static bool
is_now(const char *seconds, unsigned skew, int64_t now)
{
	int64_t then;

	if (skew == 0)
		return true;
	return seconds != NULL &&
	       text_to_int(seconds, 0, INT64_C(99999999999), &then) == 0 &&
	       then - now <= (int64_t)skew && now - then <= (int64_t)skew;
}

/* ---- the verifiers ---- */

struct verifying {
	const struct sms_channel *channel;
	const struct sms_verify *verify;
	const struct push_facts *facts;
	const char *user, *key;
	struct arena *arena;
};

static const char *
header(const struct verifying *v, const char *name)
{
	return v->facts->header(v->facts->self, name);
}

static bool
verify_basic(const struct verifying *v)
{
	struct buf text scoped(buf_done) = { 0 };
	const char *plain = arena_printf(v->arena, "%s:%s", v->user, v->key);

	buf_init(&text, URL_MAX_BYTES);
	buf_puts(&text, "Basic ");
	coding_base64(&text, plain, strlen(plain));
	return digest_eq_text(header(v, "Authorization"), buf_text(&text));
}

static const enum digest_kind digests[] = {
	[SMS_HASH_SHA256] = DIGEST_SHA256,
	[SMS_HASH_SHA1] = DIGEST_SHA1,
	[SMS_HASH_MD5] = DIGEST_MD5,
	[SMS_HASH_SHA512] = DIGEST_SHA512,
	[SMS_HASH_MD5HASH] = DIGEST_MD5,
};

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

static bool
verify_hmac(const struct verifying *v)
{
	const struct sms_verify *verify = v->verify;
	struct bytes body = v->facts->body;
	const char *given = header(v, verify->header);
	const char *time =
	    verify->time_header == NULL ? NULL : header(v, verify->time_header);
	struct buf over scoped(buf_done) = { 0 };
	uint8_t digest[DIGEST_BYTES_MAX];
	size_t len;

	if (given == NULL ||
	    (verify->time_header != NULL &&
		!is_now(time, verify->skew_seconds, v->facts->now_seconds)))
		return false;
	buf_init(&over, LIMIT_PUSH_BYTES + URL_MAX_BYTES);
	buf_add(&over, body.data, body.len);
	buf_puts(&over, text_or(time, ""));
	len = digest_hmac(digests[verify->hash], v->key, strlen(v->key),
	    buf_text(&over), over.len, digest);
	/* Some write "sha256=..." */
	if (strchr(given, '=') != NULL && verify->spelling == SMS_SPELL_HEX)
		given = strchr(given, '=') + 1;
	return digest_eq_text(
	    given, spelled(verify->spelling, digest, len, v->arena));
}

/* ---- Twilio (sms.md B.2) ---- */

static bool
is_form(const struct push_facts *facts)
{
	return text_starts_nocase(text_or(facts->content_type, ""),
	    "application/x-www-form-urlencoded");
}

/* A body that is no form is signed by its hash in the query. */
static bool
is_body_signed(const struct push_facts *facts)
{
	uint8_t digest[SHA256_BYTES];
	char hex[SHA256_HEX];

	if (is_form(facts) || facts->body.len == 0)
		return true;
	digest_sha256(facts->body.data, facts->body.len, digest);
	digest_hex(digest, sizeof(digest), hex);
	for (size_t i = 0; i < facts->query_count; i++)
		if (text_eq(facts->query[i].name, "bodySHA256"))
			return digest_eq_text(facts->query[i].text, hex);
	return false;
}

static void
add_query(const struct push_facts *facts, struct buf *url)
{
	for (size_t i = 0; i < facts->query_count; i++) {
		const struct sms_pair *one = &facts->query[i];

		buf_putc(url, i == 0 ? '?' : '&');
		sms_url_add(url, one->name, strlen(one->name));
		buf_putc(url, '=');
		sms_url_add(url, one->text, strlen(one->text));
	}
}

/* The same address with its port where it has none, and without it where it
 * has the usual one: who signs may see either. */
static const char *
other_port(const char *url, struct arena *arena)
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

bool
sms_twilio_sign(const char *key, const char *url, struct bytes form,
    struct arena *arena, struct buf *ret)
{
	struct signed_fields fields = { 0 };
	struct buf text scoped(buf_done) = { 0 };
	uint8_t digest[DIGEST_BYTES_MAX];
	size_t len;

	signed_fields_add_form(&fields, form, arena);
	signed_fields_sort(&fields);
	buf_init(&text, 2 * LIMIT_PUSH_BYTES);
	buf_puts(&text, url);
	for (size_t i = 0; i < fields.count; i++) {
		const struct sms_pair *one = &fields.list[i];

		/* Of a name that comes twice each value counts once. */
		if (i > 0 && text_eq(one->name, fields.list[i - 1].name) &&
		    text_eq(one->text, fields.list[i - 1].text))
			continue;
		buf_puts(&text, one->name);
		buf_puts(&text, one->text);
	}
	len = digest_hmac(
	    DIGEST_SHA1, key, strlen(key), buf_text(&text), text.len, digest);
	coding_base64(ret, digest, len);
	return !fields.is_cut;
}

static bool
is_signed_by_twilio(const struct verifying *v, const char *url)
{
	struct bytes form =
	    is_form(v->facts) ? v->facts->body : (struct bytes){ 0 };
	struct buf wanted scoped(buf_done) = { 0 };

	buf_init(&wanted, SIGNATURE_MAX);
	return sms_twilio_sign(v->key, url, form, v->arena, &wanted) &&
	       digest_eq_text(
		   header(v, "X-Twilio-Signature"), buf_text(&wanted));
}

static bool
verify_twilio(const struct verifying *v)
{
	struct buf url scoped(buf_done) = { 0 };
	bool is_good;

	if (v->facts->is_query_cut)
		return false;
	buf_init(&url, URL_MAX_BYTES);
	sms_push_url(v->channel, v->facts->is_report, &url);
	add_query(v->facts, &url);
	is_good = is_signed_by_twilio(v, buf_text(&url)) ||
		  is_signed_by_twilio(v, other_port(buf_text(&url), v->arena));
	return is_good && is_body_signed(v->facts);
}

/* ---- Vonage (sms.md B.6) ---- */

static bool
verify_vonage(const struct verifying *v)
{
	const struct push_facts *facts = v->facts;
	struct signed_fields fields = { 0 };
	const char *given = NULL, *time = NULL;
	struct buf text scoped(buf_done) = { 0 };
	uint8_t digest[DIGEST_BYTES_MAX];
	size_t len;

	if (facts->is_query_cut)
		return false;
	signed_fields_add(&fields, facts->query, facts->query_count, v->arena);
	if (is_form(facts))
		signed_fields_add_form(&fields, facts->body, v->arena);
	else if (facts->body.len > 0)
		return false; /* it would be read all the same */
	signed_fields_sort(&fields);
	buf_init(&text, 2 * LIMIT_PUSH_BYTES);
	for (size_t i = 0; i < fields.count; i++) {
		const struct sms_pair *one = &fields.list[i];

		if (text_eq(one->name, "sig")) {
			given = one->text;
			continue;
		}
		if (text_eq(one->name, "timestamp"))
			time = one->text;
		buf_printf(&text, "&%s=", one->name);
		for (const char *c = one->text; *c != '\0'; c++)
			buf_add(&text, *c == '&' || *c == '=' ? "_" : c, 1);
	}
	if (given == NULL || fields.is_cut ||
	    !is_now(time, v->verify->skew_seconds, facts->now_seconds))
		return false;
	if (v->verify->hash == SMS_HASH_MD5HASH) {
		buf_puts(&text, v->key);
		len =
		    digest_hash(DIGEST_MD5, buf_text(&text), text.len, digest);
	} else {
		len = digest_hmac(digests[v->verify->hash], v->key,
		    strlen(v->key), buf_text(&text), text.len, digest);
	}
	return digest_eq_text(text_lower(arena_strdup(v->arena, given)),
	    spelled(SMS_SPELL_HEX, digest, len, v->arena));
}

/* ---- all of them ---- */

void
sms_push_url(const struct sms_channel *channel, bool is_report, struct buf *ret)
{
	const char *base = text_or(channel->public_url, "");
	const char *secret = text_or(channel->push_secret, "");

	buf_printf(ret, "%s%ssms/", base, text_ends(base, "/") ? "" : "/");
	sms_url_add(ret, channel->name, strlen(channel->name));
	buf_putc(ret, '/');
	sms_url_add(ret, secret, strlen(secret));
	buf_puts(ret, is_report ? "/dlr" : "/mo");
}

static const char *
fill(const char *form, const struct sms_scope *scope, struct arena *arena)
{
	struct buf text scoped(buf_done) = { 0 };

	buf_init(&text, URL_MAX_BYTES);
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
