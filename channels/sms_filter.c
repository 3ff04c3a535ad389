#include "channels/sms_filter.h"

#include <stdint.h>
#include <string.h>

#include "channels/compose_coding.h"
#include "core/civil.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/digest.h"
#include "lib/json.h"
#include "lib/text.h"
#include "lib/units.h"

void
sms_url_add(struct buf *url, const char *data, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)data[i];

		if ((byte >= '0' && byte <= '9') ||
		    (byte >= 'A' && byte <= 'Z') ||
		    (byte >= 'a' && byte <= 'z') ||
		    (byte != '\0' && strchr("-._~", byte) != NULL))
			buf_putc(url, data[i]);
		else
			coding_hex(url, '%', byte);
	}
}

static void
add_url(const char *text, struct buf *out)
{
	sms_url_add(out, text, strlen(text));
}

static void
add_base64(const char *text, struct buf *out)
{
	coding_base64(out, text, strlen(text));
}

/* The inside of a JSON string. */
static void
add_json(const char *text, struct buf *out)
{
	json_t *value scoped(json_release) = json_string(text);
	struct buf quoted scoped(buf_done) = { 0 };

	buf_init(&quoted, out->cap + 2);
	json_to_buf(value, &quoted);
	if (quoted.len >= 2)
		buf_add(out, quoted.data + 1, quoted.len - 2);
}

static void
add_xml(const char *text, struct buf *out)
{
	static const struct {
		char c;
		const char *name;
	} names[] = { { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" },
		{ '"', "&quot;" }, { '\'', "&apos;" } };

	for (; *text != '\0'; text++) {
		const char *name = NULL;

		for (size_t i = 0; i < ARRAY_COUNT(names); i++)
			if (names[i].c == *text)
				name = names[i].name;
		if (name != NULL)
			buf_puts(out, name);
		else
			buf_putc(out, *text);
	}
}

static void
add_hex16be(const char *text, struct buf *out)
{
	while (*text != '\0') {
		uint32_t c = unicode_next(&text);

		if (c >= 0x10000)
			buf_printf(out, "%04x%04x", 0xd7c0U + (c >> 10),
			    0xdc00U + (c & 0x3ff));
		else
			buf_printf(out, "%04x", c);
	}
}

static void
add_sha256(const char *text, struct buf *out)
{
	uint8_t digest[SHA256_BYTES];
	char hex[SHA256_HEX];

	digest_sha256(text, strlen(text), digest);
	digest_hex(digest, sizeof(digest), hex);
	buf_puts(out, hex);
}

static void
add_percent(const char *text, struct buf *out)
{
	for (; *text != '\0'; text++)
		buf_puts(out, *text == '%' ? "%%" : (char[]){ *text, '\0' });
}

static int64_t
seconds_of(const char *text)
{
	int64_t seconds = 0;

	return text_to_int(text, 0, INT64_C(253402300799), &seconds) < 0
		   ? 0
		   : seconds;
}

static void
add_day(const char *text, struct buf *out)
{
	int year, month, day;

	civil_from_days(
	    seconds_of(text) / (MSEC_DAY / MSEC_SECOND), &year, &month, &day);
	buf_printf(out, "%04d-%02d-%02d", year, month, day);
}

static void
add_iso(const char *text, struct buf *out)
{
	int64_t second = seconds_of(text) % (MSEC_DAY / MSEC_SECOND);

	add_day(text, out);
	buf_printf(out, "T%02lld:%02lld:%02lldZ", (long long)second / 3600,
	    (long long)second / 60 % 60, (long long)second % 60);
}

static const struct sms_filter filters[] = {
	{ "url", add_url },
	{ "json", add_json },
	{ "xml", add_xml },
	{ "hex16be", add_hex16be },
	{ "b64", add_base64 },
	{ "sha256", add_sha256 },
	{ "percent", add_percent },
	{ "iso", add_iso },
	{ "day", add_day },
};

const struct sms_filter *
sms_filter_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_COUNT(filters); i++)
		if (text_eq(filters[i].name, name))
			return &filters[i];
	return NULL;
}

const char *
sms_filter_names(struct arena *arena)
{
	const char *list = "";

	for (size_t i = 0; i < ARRAY_COUNT(filters); i++)
		list = arena_printf(arena, "%s%s%s", list,
		    *list == '\0' ? "" : " ", filters[i].name);
	return list;
}
