#include "reader/body.h"

#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/text.h"
#include "reader/calendar_part.h"
#include "reader/charset.h"
#include "reader/html.h"
#include "reader/tnef.h"
#include "reader/transfer_guess.h"
#include "reader/uuencode.h"

/* Encoded bytes of one text part that are looked at: HTML has much markup. */
#define PART_BYTES (4 * LIMIT_TEXT_BYTES)

static bool
is_html(const struct mime_part *part)
{
	return text_eq(part->type, "text/html");
}

static bool
is_calendar(const struct mime_part *part)
{
	return text_eq(part->type, "text/calendar");
}

static bool
is_tnef(const struct mime_part *part)
{
	return text_eq(part->type, "application/ms-tnef") ||
	       text_eq(part->type, "application/vnd.ms-tnef") ||
	       text_eq_nocase(part->name, "winmail.dat");
}

static bool
may_be_text(const struct mime *mime, const struct mime_part *part)
{
	if (part->is_attachment)
		return false;
	if (!is_html(part) && !text_eq(part->type, "text/plain"))
		return mime->part_count == 1 && text_starts(part->type, "text/");
	/* A named text is a file, unless it is all there is. */
	return part->name == NULL || mime->part_count == 1 || part->group != 0;
}

/* RFC 3676: a line that ends in a space goes on, unless it is "-- ". */
static char *
join_flowed(char *text, bool delete_space)
{
	char *to = text;

	for (char *from = text; *from != '\0';) {
		size_t len = strcspn(from, "\n");
		bool is_mark = len == 3 && memcmp(from, "-- ", 3) == 0;
		bool flows = len > 0 && from[len - 1] == ' ' && !is_mark &&
		    *from != '>' && from[len] == '\n' && from[len + 1] != '>';

		if (*from == ' ' && len > 1) { /* space-stuffed */
			from++;
			len--;
		}
		memmove(to, from, len);
		to += flows && delete_space ? len - 1 : len;
		from += len;
		if (*from == '\n') {
			from++;
			if (!flows)
				*to++ = '\n';
		}
	}
	*to = '\0';
	return text;
}

static char *
decoded(const char *raw, const struct mime_part *part, size_t cap,
    struct arena *arena, size_t *ret_len)
{
	struct mime_part truth = *part;

	truth.transfer = transfer_guess(part->transfer,
	    raw + part->body_offset, part->body_length, arena);
	return mime_body(raw, &truth, cap, arena, ret_len);
}

/* A page under the name of plain text. */
static bool
looks_like_html(const char *text)
{
	text += strspn(text, " \t\n");
	return text_starts_nocase(text, "<!doctype html") ||
	       text_starts_nocase(text, "<html") ||
	       text_starts_nocase(text, "<body");
}

/* One part as text, HTML turned to text.  Uuencoded files are taken out of it
 * and added to `files'. */
static char *
part_text(const char *raw, const struct mime_part *part,
    struct inner_files *files, struct arena *arena)
{
	size_t len;
	char *bytes = decoded(raw, part, PART_BYTES, arena, &len);
	const char *charset = part->charset;
	char *text;

	if (is_html(part) && charset == NULL)
		charset = html_meta_charset(bytes, len, arena);
	text = charset_to_utf8(charset, bytes, len, arena);
	if (is_html(part) || looks_like_html(text))
		return html_to_text(text, arena);
	if (is_calendar(part))
		return calendar_to_text(text, arena);
	uuencode_take(text, arena, files);
	return part->is_flowed ? join_flowed(text, part->is_delsp) : text;
}

static bool
is_blank(const char *text)
{
	return text[strspn(text, " \t\n\x01\x02")] == '\0';
}

struct reading {
	const char *raw;
	const struct mime *mime;
	struct arena *arena;
	struct buf out;
	struct inner_files *files;
	size_t spent; /* encoded bytes looked at */
	bool is_cut;
};

static void
add_text(struct reading *r, const char *text)
{
	size_t len = strlen(text);
	size_t room = LIMIT_TEXT_BYTES - r->out.len;

	while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == ' '))
		len--;
	if (len == 0)
		return;
	if (r->out.len > 0)
		buf_puts(&r->out, "\n\n");
	if (len > room) {
		len = charset_fit(text, room);
		r->is_cut = true;
	}
	buf_add(&r->out, text, len);
}

static bool
add_part(struct reading *r, const struct mime_part *part)
{
	const char *text;

	r->spent += part->body_length < PART_BYTES ? part->body_length
						   : PART_BYTES;
	r->is_cut |= r->spent >= PART_BYTES;
	if (r->spent > PART_BYTES || r->out.len + 2 >= LIMIT_TEXT_BYTES) {
		r->is_cut = true;
		return true;
	}
	text = part_text(r->raw, part, r->files, r->arena);
	if (is_blank(text))
		return false;
	add_text(r, text);
	return true;
}

/* All parts of a group with that type; is there a word in them? */
static bool
add_group(struct reading *r, int group, bool html)
{
	bool any = false;

	for (size_t i = 0; i < r->mime->part_count; i++) {
		const struct mime_part *part = &r->mime->parts[i];

		if (part->group == group && is_html(part) == html &&
		    may_be_text(r->mime, part))
			any = add_part(r, part) || any;
	}
	return any;
}

/* Outlook's own form of a mail; its words count when there are no others. */
static void
add_tnef(struct reading *r)
{
	for (size_t i = 0; i < r->mime->part_count; i++) {
		const struct mime_part *part = &r->mime->parts[i];
		struct tnef_body body;
		size_t len;
		char *data;

		if (!is_tnef(part))
			continue;
		data = decoded(
		    r->raw, part, LIMIT_TNEF_BYTES, r->arena, &len);
		tnef_read(data, len, r->arena, r->files, &body);
		if (r->out.len == 0 && body.text != NULL)
			add_text(r, body.is_html
					? html_to_text(body.text, r->arena)
					: body.text);
		return;
	}
}

/* Where an invitation is all that was written. */
static void
add_calendar(struct reading *r)
{
	for (size_t i = 0; i < r->mime->part_count; i++)
		if (is_calendar(&r->mime->parts[i])) {
			(void)add_part(r, &r->mime->parts[i]);
			return;
		}
}

void
body_read(const char *raw, const struct mime *mime, struct arena *arena,
    struct body *ret)
{
	struct reading r = {
		.raw = raw,
		.mime = mime,
		.arena = arena,
		.files = &ret->files,
	};
	int last_group = 0;

	*ret = (struct body){ 0 };
	ret->is_text =
	    arena_array(arena, mime->part_count, sizeof(*ret->is_text));
	buf_init(&r.out, LIMIT_TEXT_BYTES + 2);
	for (size_t i = 0; i < mime->part_count; i++) {
		const struct mime_part *part = &mime->parts[i];

		if (!may_be_text(mime, part))
			continue;
		ret->is_text[i] = true;
		if (part->group == 0) {
			(void)add_part(&r, part);
		} else if (part->group > last_group) {
			last_group = part->group;
			if (!add_group(&r, part->group, false))
				(void)add_group(&r, part->group, true);
		}
		if (ret->first_length == 0)
			ret->first_length = r.out.len;
	}
	add_tnef(&r);
	if (r.out.len == 0)
		add_calendar(&r);
	if (r.is_cut)
		ret->warning = "only the first 256 KB of the text were read";
	ret->text = arena_strndup(arena, buf_text(&r.out), r.out.len);
	ret->text[charset_fit(ret->text, LIMIT_TEXT_BYTES)] = '\0';
	/* Without a text part it is one text, too. */
	if (ret->first_length == 0 || ret->first_length > strlen(ret->text))
		ret->first_length = strlen(ret->text);
	buf_done(&r.out);
}
