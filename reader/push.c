#include "reader/push.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/charset.h"
#include "reader/headers.h"

json_t *
push_open(const char *raw, size_t len, struct err *err)
{
	json_error_t why;
	/* NUL: UTF-16 fields may well be valid UTF-8 with NUL in them. */
	json_t *request = json_loadb(raw, len, JSON_ALLOW_NUL, &why);

	if (json_is_object(request))
		return request;
	json_decref(request);
	(void)err_set(err, ERR_DATA, "the request was not handed on as it came");
	return NULL;
}

static int
hex_digit(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at = c == '\0' ? NULL
				   : strchr(digits, tolower((unsigned char)c));

	return at == NULL ? -1 : (int)(at - digits);
}

static struct bytes
from_hex(const char *text, struct arena *arena)
{
	char *out = arena_alloc(arena, strlen(text) / 2 + 1);
	size_t used = 0;

	for (; hex_digit(text[0]) >= 0 && hex_digit(text[1]) >= 0; text += 2)
		out[used++] =
		    (char)(hex_digit(text[0]) * 16 + hex_digit(text[1]));
	return (struct bytes){ out, used };
}

static struct bytes
value_of(const json_t *plain, const char *name, const json_t *hex,
    const char *hex_name, struct arena *arena)
{
	const json_t *value = json_object_get(plain, name);

	if (json_is_string(value))
		return (struct bytes){ json_string_value(value),
			json_string_length(value) };
	value = json_object_get(hex, hex_name);
	if (json_is_string(value))
		return from_hex(json_string_value(value), arena);
	return (struct bytes){ 0 };
}

struct bytes
push_query(const json_t *request, const char *name, struct arena *arena)
{
	return value_of(json_object_get(request, "query"), name,
	    json_object_get(request, "query_hex"), name, arena);
}

struct bytes
push_body(const json_t *request, struct arena *arena)
{
	return value_of(request, "body", request, "body_hex", arena);
}

const char *
push_text(const json_t *request, const char *name, struct arena *arena)
{
	struct bytes value = push_query(request, name, arena);
	char *text;

	if (value.data == NULL || value.len > LIMIT_HEADER_BYTES)
		return NULL;
	text = text_trim(charset_to_utf8(NULL, value.data, value.len, arena));
	return *text == '\0' ? NULL : text;
}

/* "2026-11-23T10:05:00+08:00" as an RFC 5322 date, which is read already. */
static msec_t
read_iso(const char *text)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct arena arena;
	const char *zone;
	msec_t result = 0;
	int month;

	if (strlen(text) < 20 || text[4] != '-' || text[7] != '-')
		return 0;
	month = (text[5] - '0') * 10 + (text[6] - '0');
	zone = strpbrk(text + 19, "Zz+-");
	if (month < 1 || month > 12 || zone == NULL)
		return 0;
	arena_init(&arena, LIMIT_HEADER_BYTES * 4);
	result = header_date(
	    arena_printf(&arena, "%.2s %.3s %.4s %.8s %.3s%s", text + 8,
		months + (size_t)(month - 1) * 3, text, text + 11, zone,
		strlen(zone) >= 5 ? zone + strlen(zone) - 2 : ""),
	    &arena);
	arena_done(&arena);
	return result;
}

msec_t
push_time(const char *text)
{
	int64_t value;

	if (text == NULL)
		return 0;
	if (text_to_int(text, 1, 9999999999, &value) == 0)
		return value * MSEC_SECOND;
	if (text_to_int(text, 10000000000, 99999999999999, &value) == 0)
		return value;
	return read_iso(text);
}

const char *
push_state(const char *word)
{
	static const struct {
		const char *word;
		const char *state;
	} states[] = {
		{ "delivered", "delivered" },
		{ "delivrd", "delivered" },
		{ "success", "delivered" },
		{ "read", "delivered" },
		{ "received", "delivered" },
		{ "failed", "failed" },
		{ "fail", "failed" },
		{ "failure", "failed" },
		{ "undelivered", "failed" },
		{ "undeliv", "failed" },
		{ "undeliverable", "failed" },
		{ "expired", "failed" },
		{ "rejected", "failed" },
		{ "rejectd", "failed" },
		{ "deleted", "failed" },
		{ "canceled", "failed" },
		{ "accepted", "accepted" },
		{ "acceptd", "accepted" },
		{ "buffered", "accepted" },
		{ "queued", "accepted" },
		{ "pending", "accepted" },
		{ "processed", "accepted" },
		{ "sending", "accepted" },
		{ "sent", "accepted" },
		{ "esme_rok", "accepted" },
	};

	for (size_t i = 0; i < ARRAY_COUNT(states); i++)
		if (text_eq_nocase(word, states[i].word))
			return states[i].state;
	return "unknown";
}

void
push_parts(struct bytes header, struct message *ret)
{
	const unsigned char *at = (const unsigned char *)header.data;
	size_t len = header.len;

	if (len < 2 || at[0] > len - 1)
		return;
	len = at[0];
	at++;
	while (len >= 2 && at[1] <= len - 2) {
		bool is_short = at[0] == 0x00 && at[1] == 3;
		bool is_long = at[0] == 0x08 && at[1] == 4;
		const unsigned char *count = at + (is_long ? 4 : 3);

		if ((is_short || is_long) && count[0] > 1 && count[1] >= 1 &&
		    count[1] <= count[0]) {
			ret->part_ref = is_long
			    ? (unsigned)at[2] << 8 | at[3]
			    : at[2];
			ret->part_count = count[0];
			ret->part_number = count[1];
		}
		len -= (size_t)at[1] + 2;
		at += (size_t)at[1] + 2;
	}
}

static bool
is_kannel(const struct push_map *map)
{
	return text_eq(map->preset, "kannel");
}

int
reader_push_text(const struct push_map *map, const char *raw, size_t len,
    struct arena *arena, struct message *ret, struct err *err)
{
	json_t *request scoped(json_release) = push_open(raw, len, err);

	*ret = (struct message){ .channel = CHANNEL_SMS };
	if (request == NULL)
		return -1;
	return is_kannel(map)
	    ? push_kannel_text(request, arena, ret, err)
	    : push_json_text(map, request, arena, ret, err);
}

int
reader_push_report(const struct push_map *map, const char *raw, size_t len,
    struct arena *arena, struct push_report *ret, struct err *err)
{
	json_t *request scoped(json_release) = push_open(raw, len, err);

	*ret = (struct push_report){ 0 };
	if (request == NULL)
		return -1;
	return is_kannel(map)
	    ? push_kannel_report(request, arena, ret, err)
	    : push_json_report(map, request, arena, ret, err);
}
