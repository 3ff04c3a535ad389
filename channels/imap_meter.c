#include "channels/imap_meter.h"

#include <stdbool.h>

/* What `c' makes of a line's end that may announce a literal. */
static void
follow(struct imap_meter *meter, char c)
{
	bool is_digit = c >= '0' && c <= '9';

	if (c == '{') {
		meter->at = METER_NUMBER;
		meter->number = 0;
	} else if (meter->at == METER_NUMBER && is_digit) {
		/* Beyond the cap the exact number does not matter. */
		if (meter->number <= meter->literal_cap)
			meter->number = meter->number * 10 + (size_t)(c - '0');
	} else if (meter->at == METER_NUMBER && c == '}') {
		meter->at = METER_CLOSED;
	} else if (meter->at == METER_CLOSED && c == '\r') {
		meter->at = METER_CR;
	} else {
		meter->at = METER_TEXT;
	}
}

static const char *
end_line(struct imap_meter *meter)
{
	bool is_literal = meter->at == METER_CR || meter->at == METER_CLOSED;

	meter->at = METER_TEXT;
	meter->line = 0;
	if (!is_literal)
		return NULL;
	if (meter->number > meter->literal_cap)
		return "the server announces more than one mail may have";
	meter->literal_left = meter->number;
	return NULL;
}

const char *
imap_meter_count(struct imap_meter *meter, const char *data, size_t len)
{
	const char *why = NULL;

	for (size_t i = 0; i < len && why == NULL; i++) {
		if (meter->literal_left > 0) {
			size_t skip = meter->literal_left < len - i
					  ? meter->literal_left
					  : len - i;

			meter->literal_left -= skip;
			i += skip - 1;
		} else if (data[i] == '\n') {
			why = end_line(meter);
		} else if (++meter->line > meter->line_cap) {
			why = "the server sends a line without end";
		} else {
			follow(meter, data[i]);
		}
	}
	return why;
}
