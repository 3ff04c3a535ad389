/*
 * Values that gateways write in their own ways: times, states, headers.
 */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "core/message.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "reader/headers.h"
#include "reader/push.h"

/* "2026-11-23T10:05:00+08:00" as an RFC 5322 date, which is read already. */
static msec_t
read_iso(const char *text, const char *own_zone, struct arena *arena)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	const char *zone;
	int month;

	if (strlen(text) < 19 || text[4] != '-' || text[7] != '-')
		return 0;
	month = (text[5] - '0') * 10 + (text[6] - '0');
	zone = strpbrk(text + 19, "Zz+-");
	if (zone == NULL)
		zone = own_zone;
	if (month < 1 || month > 12 || zone == NULL)
		return 0;
	return header_date(
	    arena_printf(arena, "%.2s %.3s %.4s %.8s %.3s%s", text + 8,
		months + (size_t)(month - 1) * 3, text, text + 11, zone,
		strlen(zone) >= 5 ? zone + strlen(zone) - 2 : ""),
	    arena);
}

msec_t
push_time(const char *text, const char *zone, struct arena *arena)
{
	int64_t value;
	msec_t result;

	if (text == NULL)
		return 0;
	if (text_to_int(text, 1, 9999999999, &value) == 0)
		return value * MSEC_SECOND;
	if (text_to_int(text, 10000000000, 99999999999999, &value) == 0)
		return value;
	result = read_iso(text, zone, arena);
	return result != 0 ? result : header_date(text, arena);
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
		{ "expired", "expired" },
		{ "rejected", "failed" },
		{ "rejectd", "failed" },
		{ "deleted", "failed" },
		{ "canceled", "failed" },
		{ "accepted", "accepted" },
		{ "acceptd", "sent" },
		{ "enroute", "sent" },
		{ "buffered", "sent" },
		{ "queued", "accepted" },
		{ "scheduled", "accepted" },
		{ "pending", "accepted" },
		{ "processed", "accepted" },
		{ "sending", "accepted" },
		{ "sent", "sent" },
		{ "esme_rok", "sent" },
	};

	for (size_t i = 0; i < ARRAY_COUNT(states); i++)
		if (text_eq_nocase(word, states[i].word))
			return states[i].state;
	return "unknown";
}

bool
push_is_sender(struct bytes said)
{
	size_t at = 0, end = said.len, count = 0;
	bool is_something = false;

	while (at < end && isspace((unsigned char)said.data[at]))
		at++;
	while (end > at && isspace((unsigned char)said.data[end - 1]))
		end--;
	for (; at < end; at++) {
		unsigned char byte = (unsigned char)said.data[at];
		bool is_c1 = byte == 0xc2 && at + 1 < end &&
			     (unsigned char)said.data[at + 1] < 0xa0;

		if (byte < ' ' || byte == 0x7f || is_c1)
			return false;
		if ((byte & 0xc0) != 0x80)
			count++;
		is_something = is_something || byte >= 0x80 || isalnum(byte);
	}
	return is_something && count <= PUSH_SENDER_MOST;
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
			ret->part_ref =
			    is_long ? (unsigned)at[2] << 8 | at[3] : at[2];
			ret->part_count = count[0];
			ret->part_number = count[1];
		}
		len -= (size_t)at[1] + 2;
		at += (size_t)at[1] + 2;
	}
}
