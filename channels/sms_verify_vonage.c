/*
 * sig of Vonage (sms.md B.6): the fields of query and body, in order.
 */
#include <string.h>

#include "channels/sms_signed_fields.h"
#include "channels/sms_verify_parts.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/text.h"

/* All fields; false when there are some that would be read and not signed. */
static bool
take_fields(const struct verifying *v, struct signed_fields *ret)
{
	const struct push_facts *facts = v->facts;

	signed_fields_add(ret, facts->query, facts->query_count, v->arena);
	if (verify_is_form(facts))
		signed_fields_add_form(ret, facts->body, v->arena);
	else if (verify_is_json(facts))
		signed_fields_add_json(ret, facts->body, v->arena);
	else if (facts->body.len > 0)
		return false;
	signed_fields_sort(ret);
	return !facts->is_query_cut && !ret->is_cut;
}

/* What is signed into `text'; the signature and the time that were given. */
static void
write_fields(const struct signed_fields *fields, struct buf *text,
    const char **ret_sig, const char **ret_time)
{
	for (size_t i = 0; i < fields->count; i++) {
		const struct sms_pair *one = &fields->list[i];

		if (text_eq(one->name, "sig")) {
			*ret_sig = one->text;
			continue;
		}
		if (text_eq(one->name, "timestamp"))
			*ret_time = one->text;
		buf_printf(text, "&%s=", one->name);
		for (const char *c = one->text; *c != '\0'; c++)
			buf_add(text, *c == '&' || *c == '=' ? "_" : c, 1);
	}
}

bool
verify_vonage(const struct verifying *v)
{
	struct signed_fields fields = { 0 };
	const char *given = NULL, *time = NULL;
	struct buf text scoped(buf_done) = { 0 };
	uint8_t digest[DIGEST_BYTES_MAX];
	char hex[2 * DIGEST_BYTES_MAX + 1];
	size_t len;

	if (!take_fields(v, &fields))
		return false;
	buf_init(&text, 2 * LIMIT_PUSH_BYTES);
	write_fields(&fields, &text, &given, &time);
	if (given == NULL || !verify_is_now_text(v, time))
		return false;
	if (v->verify->hash == SMS_HASH_MD5HASH) {
		buf_puts(&text, v->key);
		len =
		    digest_hash(DIGEST_MD5, buf_text(&text), text.len, digest);
	} else {
		len = verify_hmac_of(v, buf_text(&text), text.len, digest);
	}
	digest_hex(digest, len, hex);
	return digest_eq_text(text_lower(arena_strdup(v->arena, given)), hex);
}
