/*
 * Signatures of Tencent Cloud (TC3-HMAC-SHA256) and Alibaba Cloud
 * (ACS3-HMAC-SHA256): both hash a canonical request (sms.md B.3, B.4).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "channels/sms_wire.h"
#include "lib/digest.h"
#include "lib/text.h"

#define CANONICAL_MAX ((size_t)512 * 1024)
#define NAMES_MAX     ((size_t)4 * 1024)
enum { HEADERS_MAX = 32, FIELDS_MAX = 64 };

/* What stands where in an address. */
struct address {
	const char *host, *path, *query;
	size_t host_len, path_len;
};

static struct address
address_of(const char *url)
{
	struct address ret = { .host = url };
	const char *scheme = strstr(url, "://");

	if (scheme != NULL)
		ret.host = scheme + 3;
	ret.host_len = strcspn(ret.host, "/?");
	ret.path = ret.host + ret.host_len;
	ret.path_len = strcspn(ret.path, "?");
	ret.query =
	    ret.path[ret.path_len] == '?' ? ret.path + ret.path_len + 1 : "";
	if (ret.path_len == 0) {
		ret.path = "/";
		ret.path_len = 1;
	}
	return ret;
}

static void
hash_hex(const char *data, size_t len, char ret[SHA256_HEX])
{
	uint8_t digest[SHA256_BYTES];

	digest_sha256(data, len, digest);
	digest_hex(digest, sizeof(digest), ret);
}

static void
hmac(const void *key, size_t key_len, const char *text,
    uint8_t ret[SHA256_BYTES])
{
	digest_hmac_sha256(key, key_len, text, strlen(text), ret);
}

/* The text of a header that was added, or NULL; its length in *ret_len. */
static const char *
header_text(const struct sms_wire *wire, const char *name, size_t *ret_len)
{
	const char *at = buf_text(&wire->headers);

	for (; *at != '\0'; at += strcspn(at, "\n"), at += *at == '\n') {
		if (!text_starts_nocase(at, name) || at[strlen(name)] != ':')
			continue;
		at += strlen(name) + 2;
		*ret_len = strcspn(at, "\n");
		return at;
	}
	*ret_len = 0;
	return NULL;
}

static void
format_moment(const char *form, int64_t seconds, struct buf *out)
{
	char now[TEXT_INT];
	const struct sms_pair pair = { "now", now };
	const struct sms_scope scope = { &pair, 1, NULL };

	text_from_int(seconds, now);
	sms_form_fill(form, &scope, out);
}

/* ---- Tencent ---- */

static void
tc3_canonical(const struct sms_wire *wire, struct buf *out)
{
	struct address at = address_of(buf_text(&wire->url));
	char body[SHA256_HEX];
	size_t len;
	const char *type = header_text(wire, "Content-Type", &len);

	hash_hex(buf_text(&wire->body), wire->body.len, body);
	buf_printf(out,
	    "%s\n%.*s\n%s\ncontent-type:%.*s\nhost:%.*s\n\n"
	    "content-type;host\n%s",
	    wire->method == SMS_POST ? "POST" : "GET", (int)at.path_len,
	    at.path, at.query, (int)len, text_or(type, ""), (int)at.host_len,
	    at.host, body);
}

void
sms_sign_tc3(const char *id, const char *key, const char *service,
    const struct sms_moment *moment, struct sms_wire *wire)
{
	struct buf text scoped(buf_done) = { 0 };
	struct buf day scoped(buf_done) = { 0 };
	struct buf secret scoped(buf_done) = { 0 };
	char hash[SHA256_HEX], now[TEXT_INT];
	uint8_t digest[SHA256_BYTES];

	buf_init(&text, CANONICAL_MAX);
	buf_init(&day, 32);
	buf_init(&secret, NAMES_MAX);
	tc3_canonical(wire, &text);
	hash_hex(buf_text(&text), text.len, hash);
	format_moment("{now|day}", moment->seconds, &day);
	text_from_int(moment->seconds, now);
	buf_reset(&text);
	buf_printf(&text, "TC3-HMAC-SHA256\n%s\n%s/%s/tc3_request\n%s", now,
	    buf_text(&day), service, hash);
	buf_printf(&secret, "TC3%s", key);
	hmac(buf_text(&secret), secret.len, buf_text(&day), digest);
	/* The key stands in the settings alone. */
	explicit_bzero(secret.data, secret.len);
	hmac(digest, sizeof(digest), service, digest);
	hmac(digest, sizeof(digest), "tc3_request", digest);
	hmac(digest, sizeof(digest), buf_text(&text), digest);
	digest_hex(digest, sizeof(digest), hash);
	buf_reset(&text);
	buf_printf(&text,
	    "TC3-HMAC-SHA256 Credential=%s/%s/%s/tc3_request, "
	    "SignedHeaders=content-type;host, Signature=%s",
	    id, buf_text(&day), service, hash);
	sms_wire_header(wire, "X-TC-Timestamp", now);
	sms_wire_header(wire, "Authorization", buf_text(&text));
}

/* ---- Alibaba ---- */

static int
compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Split at `separator', sort; `text' is cut apart. */
static size_t
sorted(char *text, char separator, char *ret[], size_t most)
{
	const char separators[2] = { separator, '\0' };
	char *save = NULL;
	size_t count = 0;

	for (char *one = strtok_r(text, separators, &save);
	     one != NULL && count < most;
	     one = strtok_r(NULL, separators, &save))
		ret[count++] = one;
	qsort(ret, count, sizeof(*ret), compare_lines);
	return count;
}

static void
add_sorted_query(const char *query, struct buf *out)
{
	struct buf copy scoped(buf_done) = { 0 };
	char *fields[FIELDS_MAX] = { NULL };
	size_t count;

	if (*query == '\0')
		return;
	buf_init(&copy, CANONICAL_MAX);
	buf_puts(&copy, query);
	count = sorted(copy.data, '&', fields, FIELDS_MAX);
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "%s%s", i > 0 ? "&" : "", fields[i]);
}

/* host, content-type and x-acs-*, in lower case and order: "name:text\n" each
 * into `lines', "name;name" into `names'. */
static void
acs3_headers(const struct sms_wire *wire, struct buf *lines, struct buf *names)
{
	struct address at = address_of(buf_text(&wire->url));
	struct buf copy scoped(buf_done) = { 0 };
	char *list[HEADERS_MAX] = { NULL };
	size_t count;

	buf_init(&copy, CANONICAL_MAX);
	buf_printf(&copy, "%shost: %.*s\n", buf_text(&wire->headers),
	    (int)at.host_len, at.host);
	for (char *line = copy.data; line != NULL && *line != '\0';) {
		char *colon = strchr(line, ':');

		for (char *c = line; c < colon; c++)
			*c = (char)(*c >= 'A' && *c <= 'Z' ? *c | 32 : *c);
		line = strchr(line, '\n');
		line += line != NULL;
	}
	count = sorted(copy.data, '\n', list, HEADERS_MAX);
	for (size_t i = 0; i < count; i++) {
		size_t len = strcspn(list[i], ":");

		if (!text_starts(list[i], "host:") &&
		    !text_starts(list[i], "content-type:") &&
		    !text_starts(list[i], "x-acs-"))
			continue;
		buf_printf(names, "%s%.*s", names->len > 0 ? ";" : "", (int)len,
		    list[i]);
		buf_printf(
		    lines, "%.*s:%s\n", (int)len, list[i], list[i] + len + 2);
	}
}

static void
acs3_add_headers(const struct sms_moment *moment, struct sms_wire *wire)
{
	struct buf date scoped(buf_done) = { 0 };
	char body[SHA256_HEX], nonce[SHA256_HEX];
	uint8_t chance[SHA256_BYTES];

	buf_init(&date, 64);
	format_moment("{now|iso}", moment->seconds, &date);
	hash_hex(buf_text(&wire->body), wire->body.len, body);
	digest_random(chance, sizeof(chance));
	digest_hex(chance, sizeof(chance), nonce);
	sms_wire_header(wire, "x-acs-content-sha256", body);
	sms_wire_header(wire, "x-acs-date", buf_text(&date));
	sms_wire_header(wire, "x-acs-signature-nonce",
	    moment->nonce != NULL ? moment->nonce : nonce);
}

void
sms_sign_acs3(const char *id, const char *key, const struct sms_moment *moment,
    struct sms_wire *wire)
{
	struct buf text scoped(buf_done) = { 0 };
	struct buf lines scoped(buf_done) = { 0 };
	struct buf names scoped(buf_done) = { 0 };
	struct address at;
	char hash[SHA256_HEX];
	uint8_t digest[SHA256_BYTES];

	buf_init(&text, CANONICAL_MAX);
	buf_init(&lines, CANONICAL_MAX);
	buf_init(&names, NAMES_MAX);
	acs3_add_headers(moment, wire);
	at = address_of(buf_text(&wire->url));
	acs3_headers(wire, &lines, &names);
	buf_printf(&text, "%s\n%.*s\n",
	    wire->method == SMS_POST ? "POST" : "GET", (int)at.path_len,
	    at.path);
	add_sorted_query(at.query, &text);
	hash_hex(buf_text(&wire->body), wire->body.len, hash);
	buf_printf(
	    &text, "\n%s\n%s\n%s", buf_text(&lines), buf_text(&names), hash);
	hash_hex(buf_text(&text), text.len, hash);
	buf_reset(&text);
	buf_printf(&text, "ACS3-HMAC-SHA256\n%s", hash);
	hmac(key, strlen(key), buf_text(&text), digest);
	digest_hex(digest, sizeof(digest), hash);
	buf_reset(&text);
	buf_printf(&text,
	    "ACS3-HMAC-SHA256 Credential=%s,SignedHeaders=%s,Signature=%s", id,
	    buf_text(&names), hash);
	sms_wire_header(wire, "Authorization", buf_text(&text));
}
