#include "reader/bounce.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"
#include "reader/bounce_words.h"
#include "reader/charset.h"
#include "reader/headers.h"

struct reading {
	struct arena *arena;
	struct bounce *ret;
	const struct address *to; /* whom the report went to */
	size_t to_count;
	bool is_failure, is_delay, is_success; /* said by an Action field */
};

static void
add_recipient(struct reading *r, const char *text)
{
	struct bounce *bounce = r->ret;
	size_t count;
	const struct address *list;

	list = header_addresses(text, 1, r->arena, &count);
	if (count == 0 || bounce->recipient_count == LIMIT_RECIPIENTS)
		return;
	for (size_t i = 0; i < bounce->recipient_count; i++)
		if (text_eq(bounce->recipients[i], list[0].addr))
			return;
	if (bounce->recipients == NULL)
		bounce->recipients = arena_array(r->arena, LIMIT_RECIPIENTS,
		    sizeof(*bounce->recipients));
	bounce->recipients[bounce->recipient_count++] = list[0].addr;
}

/* "5.1.1" at `text', with digits or dots before and behind it refused. */
static const char *
status_at(const char *text, struct arena *arena)
{
	size_t len = strspn(text, "0123456789.");
	size_t dots = 0;

	if (len < 5 || len > 9 || text[1] != '.' ||
	    (text[0] != '2' && text[0] != '4' && text[0] != '5'))
		return NULL;
	for (size_t i = 0; i < len; i++)
		dots += text[i] == '.';
	if (text[len - 1] == '.') {
		len--;
		dots--;
	}
	if (dots != 2 || text[len - 1] == '.')
		return NULL;
	return arena_strndup(arena, text, len);
}

static void
take_status(struct reading *r, const char *status)
{
	struct bounce *bounce = r->ret;

	/* "5.0.0" says less than any other; a 5 outranks a 4. */
	if (status == NULL || status[0] == '2')
		return;
	if (bounce->status == NULL || text_ends(bounce->status, ".0.0") ||
	    (bounce->status[0] == '4' && status[0] == '5'))
		bounce->status = status;
}

/* The first enhanced status code in a text. */
static const char *
find_status(const char *text, struct arena *arena)
{
	for (const char *at = text; *at != '\0'; at++) {
		const char *found;

		if (!isdigit((unsigned char)*at) ||
		    (at > text && (isdigit((unsigned char)at[-1]) || at[-1] == '.')))
			continue;
		found = status_at(at, arena);
		if (found != NULL && found[0] != '2')
			return found;
	}
	return NULL;
}

/* "rfc822; a@b" */
static const char *
behind_type(const char *value)
{
	const char *mark = strchr(value, ';');

	return mark == NULL ? value : mark + 1;
}

static void
take_field(struct reading *r, const char *name, const char *value)
{
	if (text_eq_nocase(name, "Final-Recipient") ||
	    text_eq_nocase(name, "Original-Recipient") ||
	    text_eq_nocase(name, "X-Actual-Recipient")) {
		add_recipient(r, behind_type(value));
	} else if (text_eq_nocase(name, "Action")) {
		r->is_failure |= text_starts_nocase(value, "fail");
		r->is_delay |= text_starts_nocase(value, "delay");
		r->is_success |= text_starts_nocase(value, "deliver") ||
		    text_starts_nocase(value, "relay") ||
		    text_starts_nocase(value, "expand");
	} else if (text_eq_nocase(name, "Status")) {
		take_status(r, status_at(value, r->arena));
	} else if (text_eq_nocase(name, "Diagnostic-Code")) {
		take_status(r, find_status(value, r->arena));
	}
}

/* The fields of a message/delivery-status part, all groups alike. */
static void
read_fields(struct reading *r, const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		char *line;
		size_t name;

		while (text[len] == '\n' &&
		    (text[len + 1] == ' ' || text[len + 1] == '\t'))
			len += 1 + strcspn(text + len + 1, "\n");
		line = header_unfold(arena_strndup(r->arena, text, len), r->arena);
		name = strcspn(line, ":");
		if (line[name] == ':') {
			line[name] = '\0';
			take_field(r, line, text_trim(line + name + 1));
		}
		text += len;
		text += *text == '\n';
	}
}

static char *
part_text(const char *raw, const struct mime_part *part, struct arena *arena)
{
	size_t len;
	const char *bytes = mime_body(raw, part, LIMIT_TEXT_BYTES, arena, &len);

	return charset_to_utf8(NULL, bytes, len, arena);
}

/* The Message-ID and the addressee of the mail that came back. */
static void
read_original(struct reading *r, const char *text)
{
	const char *found = strcasestr(text, "\nmessage-id:");
	size_t count;
	const char **ids;

	if (strncasecmp(text, "message-id:", 11) == 0)
		found = text - 1;
	if (found == NULL)
		return;
	found += strlen("\nmessage-id:");
	found += strspn(found, " \t\n");
	ids = header_ids(arena_strndup(r->arena, found, strcspn(found, "\n")), 1,
	    r->arena, &count);
	if (count > 0)
		r->ret->original_message_id = ids[0];
}

static bool
is_report_part(const struct mime_part *part)
{
	return text_eq(part->type, "message/delivery-status") ||
	    text_eq(part->type, "message/global-delivery-status");
}

static void
read_parts(struct reading *r, const char *raw, const struct mime *mime)
{
	for (size_t i = 0; i < mime->part_count; i++) {
		const struct mime_part *part = &mime->parts[i];

		if (is_report_part(part))
			read_fields(r, part_text(raw, part, r->arena));
		else if (text_eq(part->type, "message/rfc822") ||
		    text_eq(part->type, "text/rfc822-headers") ||
		    text_eq(part->type, "message/rfc822-headers"))
			read_original(r, part_text(raw, part, r->arena));
	}
}

/* The reporter, or whom the report went to: the sender of the lost mail. */
static bool
is_party(const struct reading *r, const struct message *message,
    const char *addr)
{
	for (size_t i = 0; i < r->to_count; i++)
		if (text_eq(addr, r->to[i].addr))
			return true;
	return text_eq(addr, message->from.addr);
}

/* Addresses in the text of a report that are not the reporter's. */
static void
recipients_in_text(struct reading *r, const struct message *message,
    const char *text)
{
	for (const char *at = text; (at = strchr(at, '@')) != NULL; at++) {
		const char *start = at;
		const char *addr;
		size_t len;

		while (start > text &&
		    (isalnum((unsigned char)start[-1]) ||
			strchr("._+-=&#/%", start[-1]) != NULL))
			start--;
		len = (size_t)(at - start) + 1;
		len += strspn(at + 1, "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
		while (len > 0 && strchr(".-", start[len - 1]) != NULL)
			len--;
		if (start == at || start + len <= at + 1)
			continue;
		addr = text_lower(arena_strndup(r->arena, start, len));
		if (bounce_is_reporter(addr) || is_party(r, message, addr))
			continue;
		add_recipient(r, addr);
		if (r->ret->recipient_count > 0)
			return;
	}
}

/* Reports in free text: a robot sent it, and it says so. */
static void
read_free_text(struct reading *r, const struct mime *mime,
    const struct message *message)
{
	const char *failed = mime_header(mime, "X-Failed-Recipients");
	const char *text = text_or(message->text, "");
	const char *stop;
	bool from_robot = message->from.addr == NULL ||
	    bounce_is_reporter(message->from.addr) ||
	    (message->return_path != NULL && *message->return_path == '\0');

	/* What people write is not searched for the words of robots. */
	if (failed == NULL &&
	    !(from_robot &&
		(bounce_is_subject(message->subject) || bounce_is_text(text))))
		return;
	r->is_failure = failed != NULL ||
	    !bounce_is_delay(message->subject, text);
	r->is_delay = !r->is_failure;
	if (failed != NULL)
		add_recipient(r, header_unfold(failed, r->arena));
	/* Below that, the mail that came back may hold other addresses. */
	stop = bounce_original_start(text);
	if (stop != NULL) {
		read_original(r, stop);
		text = arena_strndup(r->arena, text, (size_t)(stop - text));
	}
	if (r->ret->recipient_count == 0)
		recipients_in_text(r, message, text);
	if (r->ret->recipient_count == 0 && stop != NULL)
		recipients_in_text(r, message, stop);
	take_status(r, find_status(text, r->arena));
}

void
bounce_read(const char *raw, const struct mime *mime,
    const struct message *message, struct arena *arena, struct bounce *ret)
{
	struct reading r = { .arena = arena, .ret = ret };
	const char *text = text_or(message->text, "");

	*ret = (struct bounce){ 0 };
	if (text_eq_nocase(mime->report_type, "feedback-report") ||
	    text_eq_nocase(mime->report_type, "disposition-notification"))
		return;
	r.to = header_addresses(
	    mime_header(mime, "To"), LIMIT_RECIPIENTS, arena, &r.to_count);
	read_parts(&r, raw, mime);
	if (!r.is_failure && !r.is_delay && !r.is_success)
		read_free_text(&r, mime, message);
	ret->is_bounce = r.is_failure;
	ret->is_delay = r.is_delay && !r.is_failure;
	if (!ret->is_bounce && !ret->is_delay) {
		ret->recipient_count = 0;
		ret->status = ret->original_message_id = NULL;
		return;
	}
	if (ret->recipient_count == 0)
		recipients_in_text(&r, message, text);
	if (ret->status == NULL || text_ends(ret->status, ".0.0"))
		take_status(&r, find_status(text, arena));
	ret->is_hard = ret->is_bounce && bounce_is_hard(ret->status, text);
}
