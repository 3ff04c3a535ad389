#include "reader/bounce.h"

#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/text.h"
#include "reader/bounce_reading.h"
#include "reader/bounce_words.h"
#include "reader/charset.h"
#include "reader/headers.h"

/* Words of the servers that are looked at for their reason. */
#define DIAGNOSIS_BYTES ((size_t)64 << 10)

static char *
part_text(const char *raw, const struct mime_part *part, struct arena *arena)
{
	size_t len;
	const char *bytes = mime_body(raw, part, LIMIT_TEXT_BYTES, arena, &len);

	return charset_to_utf8(NULL, bytes, len, arena);
}

static bool
is_report_part(const struct mime_part *part)
{
	return text_eq(part->type, "message/delivery-status") ||
	       text_eq(part->type, "message/global-delivery-status");
}

static bool
is_original_part(const struct mime_part *part)
{
	return text_eq(part->type, "message/rfc822") ||
	       text_eq(part->type, "message/global") ||
	       text_eq(part->type, "text/rfc822-headers") ||
	       text_eq(part->type, "message/rfc822-headers") ||
	       text_eq(part->type, "message/global-headers");
}

static bool
has_original_part(const struct mime *mime)
{
	for (size_t i = 0; i < mime->part_count; i++)
		if (is_original_part(&mime->parts[i]))
			return true;
	return false;
}

static void
read_reports(struct bounce_reading *r, const char *raw, const struct mime *mime)
{
	for (size_t i = 0; i < mime->part_count; i++)
		if (is_report_part(&mime->parts[i]))
			bounce_read_fields(
			    r, part_text(raw, &mime->parts[i], r->arena));
}

/* What came back: only where it is one, since people attach mails, too, and
 * much of them.  What a notification names goes before. */
static void
read_originals(
    struct bounce_reading *r, const char *raw, const struct mime *mime)
{
	const char *named = r->ret->original_message_id;

	for (size_t i = 0; i < mime->part_count; i++)
		if (is_original_part(&mime->parts[i]))
			bounce_read_original(
			    r, part_text(raw, &mime->parts[i], r->arena));
	if (r->original != NULL)
		bounce_read_original(r, r->original);
	if (named != NULL)
		r->ret->original_message_id = named;
}

static bool
is_from_robot(const struct message *message)
{
	return message->from.addr == NULL ||
	       bounce_is_reporter(message->from.addr) ||
	       (message->return_path != NULL && *message->return_path == '\0');
}

/* What people write is not searched for the words of robots. */
static bool
says_failure(const struct message *message, const char *text, bool has_original)
{
	if (is_from_robot(message))
		return bounce_is_subject(message->subject) ||
		       bounce_is_text(text);
	return bounce_is_unanswered(message->from.addr) &&
	       (has_original || bounce_is_subject(message->subject)) &&
	       bounce_is_text(text);
}

/* Reports in free text: a robot sent it, and it says so. */
static void
read_free_text(
    struct bounce_reading *r, const struct mime *mime, const char *text)
{
	const char *failed = mime_header(mime, "X-Failed-Recipients");

	if (bounce_read_notification(r, text))
		return;
	if (failed == NULL &&
	    !says_failure(r->message, text, has_original_part(mime)))
		return;
	if (is_from_robot(r->message) && bounce_has_fields(text))
		bounce_read_fields(r, text);
	if (!r->is_failure && !r->is_delay)
		r->is_delay = failed == NULL &&
			      bounce_is_delay(r->message->subject, text);
	r->is_failure |= !r->is_delay;
	if (failed != NULL)
		bounce_add_recipient(r, header_unfold(failed, r->arena));
	/* Below that, the mail that came back may hold other addresses. */
	r->original = bounce_original_start(text);
	if (r->original != NULL)
		text =
		    arena_strndup(r->arena, text, (size_t)(r->original - text));
	if (r->ret->recipient_count == 0)
		bounce_find_recipients(r, text);
}

static void
add_words(struct bounce_reading *r, const char *text)
{
	buf_add(r->diagnosis, text, strnlen(text, DIAGNOSIS_BYTES / 4));
	buf_putc(r->diagnosis, '\n');
}

static void
settle(struct bounce_reading *r, const char *text)
{
	struct bounce *ret = r->ret;
	const char *stop = bounce_original_start(text);
	const char *words;

	if (stop != NULL)
		text = arena_strndup(r->arena, text, (size_t)(stop - text));
	if (ret->recipient_count == 0)
		bounce_find_recipients(r, text);
	if (ret->recipient_count == 0 && r->lost_to != NULL)
		bounce_add_recipient(r, r->lost_to);
	add_words(r, text);
	words = buf_text(r->diagnosis);
	bounce_take_status(&ret->status, r->far_status);
	if (ret->status == NULL || text_ends(ret->status, ".0.0"))
		bounce_take_status(&ret->status, r->near_status);
	if (ret->status == NULL || text_ends(ret->status, ".0.0"))
		bounce_take_status(
		    &ret->status, bounce_find_status(text, r->arena));
	ret->is_hard = ret->is_bounce && bounce_is_hard(ret->status, words);
	if (ret->status == NULL)
		ret->status = bounce_status_of(words, ret->is_delay);
}

void
bounce_read(const char *raw, const struct mime *mime,
    const struct message *message, struct arena *arena, struct bounce *ret)
{
	struct buf diagnosis;
	struct bounce_reading r = { .arena = arena,
		.ret = ret,
		.message = message,
		.diagnosis = &diagnosis };
	const char *text;

	*ret = (struct bounce){ 0 };
	if (text_eq_nocase(mime->report_type, "feedback-report") ||
	    text_eq_nocase(mime->report_type, "disposition-notification"))
		return;
	buf_init(&diagnosis, DIAGNOSIS_BYTES);
	r.to = header_addresses(
	    mime_header(mime, "To"), LIMIT_RECIPIENTS, arena, &r.to_count);
	read_reports(&r, raw, mime);
	text = text_or(message->text, "");
	if (!r.is_failure && !r.is_delay && !r.is_success)
		read_free_text(&r, mime, text);
	ret->is_bounce = r.is_failure;
	ret->is_delay = r.is_delay && !r.is_failure;
	if (ret->is_bounce || ret->is_delay) {
		read_originals(&r, raw, mime);
		settle(&r, text);
	} else {
		*ret = (struct bounce){ 0 };
	}
	buf_done(&diagnosis);
}
