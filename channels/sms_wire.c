#include "channels/sms_wire.h"

#include <stdbool.h>

enum {
	URL_MAX_BYTES = 64 * 1024,
	BODY_MAX_BYTES = 256 * 1024,
	HEADERS_MAX_BYTES = 16 * 1024,
};

void
sms_wire_init(struct sms_wire *wire)
{
	*wire = (struct sms_wire){ .method = SMS_GET };
	buf_init(&wire->url, URL_MAX_BYTES);
	buf_init(&wire->body, BODY_MAX_BYTES);
	buf_init(&wire->headers, HEADERS_MAX_BYTES);
}

void
sms_wire_done(struct sms_wire *wire)
{
	buf_done(&wire->url);
	buf_done(&wire->body);
	buf_done(&wire->headers);
}

/* No value may end a header or begin another. */
static bool
is_header_text(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return false;
	return true;
}

void
sms_wire_header(struct sms_wire *wire, const char *name, const char *text)
{
	if (!is_header_text(text))
		wire->broken_header = name;
	buf_printf(&wire->headers, "%s: %s\n", name, text);
}
