#include "core/fingerprint.h"

#include "core/limits.h"
#include "core/message.h"
#include "lib/buf.h"
#include "lib/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void
fingerprint_bytes(const char *raw, size_t len, char ret[SHA256_HEX])
{
	uint8_t digest[SHA256_BYTES];

	digest_sha256(raw, len, digest);
	digest_hex(digest, sizeof(digest), ret);
}

static bool
is_trace(const char *line, size_t len)
{
	static const char *const names[] = {
		"received:",
		"return-path:",
		"delivered-to:",
		"authentication-results:",
		"dkim-signature:",
		"arc-",
		"x-",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t name_len = strlen(names[i]);

		if (len >= name_len &&
		    strncasecmp(line, names[i], name_len) == 0)
			return true;
	}
	return false;
}

void
fingerprint_text(
    const struct message *message, const char *from, char ret[SHA256_HEX])
{
	struct buf told scoped(buf_done);

	buf_init(&told, 2 * LIMIT_TEXT_BYTES);
	buf_printf(&told, "%s\n%u %u\n%s", from, message->part_ref,
	    message->part_number, text_or(message->own, ""));
	fingerprint_bytes(buf_text(&told), told.len, ret);
}

void
fingerprint_mail(const char *raw, size_t len, char ret[SHA256_HEX])
{
	const char *at = raw, *end = raw + len;
	char *kept = malloc(len + 2);
	size_t kept_len = 0;
	bool skipping = false;

	if (kept == NULL)
		abort();
	while (at < end) {
		const char *line_end = memchr(at, '\n', (size_t)(end - at));
		size_t line = line_end == NULL ? (size_t)(end - at)
					       : (size_t)(line_end - at);
		size_t text = line;

		while (text > 0 && at[text - 1] == '\r')
			text--;
		if (text == 0) {
			/* A header is not the same as a line of the body. */
			kept[kept_len++] = '\n';
			at += line < (size_t)(end - at) ? line + 1 : line;
			break;
		}
		if (*at != ' ' && *at != '\t')
			skipping = is_trace(at, text);
		if (!skipping) {
			memcpy(kept + kept_len, at, text);
			kept_len += text;
			kept[kept_len++] = '\n';
		}
		at += line < (size_t)(end - at) ? line + 1 : line;
	}
	memcpy(kept + kept_len, at, (size_t)(end - at));
	kept_len += (size_t)(end - at);
	fingerprint_bytes(kept, kept_len, ret);
	free(kept);
}
