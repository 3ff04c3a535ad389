/*
 * X-Twilio-Signature (sms.md B.2): the address and the fields of a form.
 */
#include <string.h>

#include "channels/compose_coding.h"
#include "channels/sms_signed_fields.h"
#include "channels/sms_verify_parts.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/text.h"

/* A body that is no form is signed by its hash in the query. */
static bool
is_body_signed(const struct push_facts *facts)
{
	uint8_t digest[SHA256_BYTES];
	char hex[SHA256_HEX];

	if (verify_is_form(facts) || facts->body.len == 0)
		return true;
	digest_sha256(facts->body.data, facts->body.len, digest);
	digest_hex(digest, sizeof(digest), hex);
	for (size_t i = 0; i < facts->query_count; i++)
		if (text_eq(facts->query[i].name, "bodySHA256"))
			return digest_eq_text(facts->query[i].text, hex);
	return false;
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
is_signed(const struct verifying *v, const char *url)
{
	struct bytes form =
	    verify_is_form(v->facts) ? v->facts->body : (struct bytes){ 0 };
	struct buf wanted scoped(buf_done) = { 0 };

	buf_init(&wanted, VERIFY_SIGNATURE_MAX);
	return sms_twilio_sign(v->key, url, form, v->arena, &wanted) &&
	       digest_eq_text(
		   verify_header(v, "X-Twilio-Signature"), buf_text(&wanted));
}

bool
verify_twilio(const struct verifying *v)
{
	const char *url = verify_url(v);

	return url != NULL && !v->facts->is_query_cut &&
	       (is_signed(v, url) ||
		   is_signed(v, verify_other_port(url, v->arena))) &&
	       is_body_signed(v->facts);
}
