#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "core/message.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/charset.h"
#include "reader/push.h"

/* get-url?id=%I&from=%p&to=%P&ts=%T&coding=%c&charset=%C&text=%b&udh=%u; with
 * post-url the text is the body (sms.md A.5). */

/* GSM 7 bit text is told as UTF-8 by Kannel.  Without mo-recode a text of
 * coding 2 is UTF-16BE, whatever charset is named. */
static const char *
charset_of(const json_t *request, struct bytes text, struct arena *arena)
{
	const char *coding = push_text(request, "coding", arena);
	const char *named = push_text(request, "charset", arena);

	if (named == NULL && text_eq(coding, "2"))
		return "utf-16be";
	if (named != NULL && text_starts_nocase(named, "utf-16"))
		return text.len % 2 == 0 ? named : "utf-8";
	return named == NULL ? "utf-8" : named;
}

/* "text/plain; charset=\"UTF-16BE\"" of post-url. */
static const char *
body_charset(const json_t *request, struct arena *arena)
{
	const char *type = text_or(json_text(request, "content_type"), "");
	const char *found = strcasestr(type, "charset=");
	size_t len;

	if (found == NULL)
		return NULL;
	found += strlen("charset=");
	found += strspn(found, "\"' ");
	len = strcspn(found, "\"'; ");
	return arena_strndup(arena, found, len);
}

static struct bytes
header_of(const json_t *request, struct arena *arena)
{
	struct bytes header = push_query(request, "udh", arena);
	char *digits;
	size_t used = 0;

	/* Some set-ups write it as hexadecimal: "050003CC0201". */
	if (header.len < 4 || header.data[0] != '0')
		return header;
	digits = arena_strndup(arena, header.data, header.len);
	for (size_t i = 0; i + 1 < header.len; i += 2) {
		char pair[3] = { header.data[i], header.data[i + 1], '\0' };
		char *end;
		unsigned long value = strtoul(pair, &end, 16);

		if (*end != '\0')
			return header;
		digits[used++] = (char)(unsigned char)value;
	}
	return (struct bytes){ digits, used };
}

int
push_kannel_text(const json_t *request, struct arena *arena,
    struct message *ret, struct err *err)
{
	struct bytes text = push_query(request, "text", arena);
	const char *charset = NULL;

	ret->from.addr = push_text(request, "from", arena);
	ret->recipient = push_text(request, "to", arena);
	ret->message_id = push_text(request, "id", arena);
	ret->sent_at = push_time(push_text(request, "ts", arena));
	if (ret->from.addr == NULL)
		return err_set(err, ERR_DATA,
		    "the field \"from\" (the sender's number, %%p) is missing");
	if (text.data == NULL) {
		text = push_body(request, arena);
		charset = body_charset(request, arena);
	}
	if (text.data == NULL)
		return err_set(err, ERR_DATA,
		    "the field \"text\" (the text, %%b) is missing");
	if (text.len > LIMIT_PUSH_BYTES)
		return err_set(err, ERR_DATA, "the text has %zu bytes; at most "
		    "%zu are taken", text.len, LIMIT_PUSH_BYTES);
	if (charset == NULL)
		charset = charset_of(request, text, arena);
	ret->text = charset_to_utf8(charset, text.data, text.len, arena);
	ret->own = ret->text;
	push_parts(header_of(request, arena), ret);
	return 0;
}

/* dlr-url's %d: 34 and 66 are 2 with the reason "expired" and "unknown"
 * (sms.md A.6). */
int
push_kannel_report(const json_t *request, struct arena *arena,
    struct push_report *ret, struct err *err)
{
	static const struct {
		int64_t type;
		const char *state;
	} types[] = {
		{ 1, "delivered" },
		{ 2, "failed" },
		{ 4, "accepted" },
		{ 8, "accepted" },
		{ 16, "failed" },
		{ 34, "failed" },
		{ 66, "failed" },
	};
	const char *type = push_text(request, "type", arena);
	int64_t value;

	ret->id = push_text(request, "id", arena);
	ret->answer = push_text(request, "reply", arena);
	if (ret->id == NULL)
		return err_set(err, ERR_DATA,
		    "the field \"id\" (our own id in dlr-url) is missing");
	if (type == NULL || text_to_int(type, 0, 255, &value) < 0)
		return err_set(err, ERR_DATA,
		    "the field \"type\" (%%d) is missing or not a number");
	ret->state = "unknown";
	for (size_t i = 0; i < ARRAY_COUNT(types); i++)
		if (types[i].type == value)
			ret->state = types[i].state;
	return 0;
}
