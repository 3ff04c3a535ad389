#include "channels/compose.h"

#include <stdint.h>
#include <string.h>

#include "channels/compose_coding.h"
#include "channels/compose_header.h"
#include "channels/compose_part.h"
#include "core/limits.h"
#include "lib/digest.h"
#include "lib/err.h"
#include "lib/text.h"

enum { BOUNDARY_BYTES = 12, BOUNDARY_TEXT = 2 + 2 * BOUNDARY_BYTES + 1 };

/* RFC 3834 5 and R50: what a machine wrote says so.  Mail that carries a
 * person's own words does not. */
static const char *
auto_submitted(const struct outgoing *out)
{
	if (out->null_sender)
		return "auto-replied";
	if (out->is_automatic || out->role != ROLE_OWNER)
		return "auto-generated";
	return NULL;
}

static void
write_header(const struct outgoing *out, const struct compose_from *from,
    struct buf *ret)
{
	const char *automatic = auto_submitted(out);

	header_mailbox(ret, "From", from->name, from->addr);
	header_mailbox(ret, "To", out->to_name, out->to);
	header_add_text(ret, "Subject", text_or(out->subject, ""));
	header_add_text(ret, "Date", from->date);
	header_add_ids(ret, "Message-ID", NULL, out->message_id);
	header_add_ids(ret, "In-Reply-To", NULL, out->in_reply_to);
	header_add_ids(ret, "References", out->references, out->in_reply_to);
	if (out->reply_to != NULL)
		header_mailbox(ret, "Reply-To", NULL, out->reply_to);
	header_add_text(ret, "Auto-Submitted", automatic);
	header_add_text(ret, "X-Auto-Response-Suppress",
	    automatic == NULL ? NULL : "All");
	header_add_text(ret, "MIME-Version", "1.0");
}

/* One text, in whichever coding is shorter: base 64 for Chinese, mostly. */
static void
write_text(struct buf *ret, const char *type, const char *text)
{
	size_t len = strlen(text);
	struct buf lines scoped(buf_done);

	buf_init(&lines, 2 * len + 2);
	coding_line_ends(&lines, text, len);
	buf_printf(ret, "Content-Type: %s; charset=utf-8\r\n", type);
	if (coding_quoted_len(buf_text(&lines), lines.len) <=
	    lines.len / 57 * 78 + 78) {
		buf_puts(ret,
		    "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
		coding_quoted(ret, buf_text(&lines), lines.len);
	} else {
		buf_puts(ret, "Content-Transfer-Encoding: base64\r\n\r\n");
		coding_base64_lines(ret, buf_text(&lines), lines.len);
	}
}

static bool
is_in_parts(const char *boundary, const struct bytes *parts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (parts[i].len > 0 &&
		    memmem(parts[i].data, parts[i].len, boundary,
			strlen(boundary)) != NULL)
			return true;
	}
	return false;
}

/* "=_" stands in no text of ours, because both codings forbid it (RFC 2045
 * 6.7); parts that strangers made are searched. */
static void
make_boundary(const struct outgoing *out, const struct bytes *parts,
    size_t count, char ret[BOUNDARY_TEXT])
{
	const char *id = text_or(out->message_id, "");
	unsigned salt = 0;

	do {
		uint8_t hash[SHA256_BYTES];
		struct buf seed scoped(buf_done);

		buf_init(&seed, strlen(id) + 64);
		buf_printf(&seed, "%u %zu %s", salt++, count, id);
		digest_sha256(buf_text(&seed), seed.len, hash);
		ret[0] = '=';
		ret[1] = '_';
		digest_hex(hash, BOUNDARY_BYTES, ret + 2);
	} while (is_in_parts(ret, parts, count));
}

static void
write_bodies(const struct outgoing *out, struct buf *ret)
{
	char boundary[BOUNDARY_TEXT];

	if (out->html == NULL) {
		write_text(ret, "text/plain", text_or(out->text, ""));
		return;
	}
	make_boundary(out, NULL, 0, boundary);
	buf_printf(ret,
	    "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n"
	    "--%s\r\n",
	    boundary, boundary);
	write_text(ret, "text/plain", text_or(out->text, ""));
	buf_printf(ret, "\r\n--%s\r\n", boundary);
	write_text(ret, "text/html", out->html);
	buf_printf(ret, "\r\n--%s--\r\n", boundary);
}

static void
write_mixed(
    const struct outgoing *out, const struct bytes *parts, struct buf *ret)
{
	char boundary[BOUNDARY_TEXT];

	make_boundary(out, parts, out->part_count, boundary);
	buf_printf(ret,
	    "Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n--%s\r\n",
	    boundary, boundary);
	write_bodies(out, ret);
	for (size_t i = 0; i < out->part_count; i++) {
		if (parts[i].len == 0)
			continue;
		buf_printf(ret, "\r\n--%s\r\n", boundary);
		compose_part(ret, parts[i]);
	}
	buf_printf(ret, "\r\n--%s--\r\n", boundary);
}

int
compose_mail(const struct outgoing *out, const struct compose_from *from,
    const struct bytes *parts, struct buf *ret, struct err *err)
{
	if (!header_is_address(from->addr))
		return err_set(err, ERR_CONF,
		    "the mailbox's own address cannot stand in a mail");
	if (!header_is_address(out->to))
		return err_set(err, ERR_DATA,
		    "the recipient's address cannot stand in a mail");
	if (out->reply_to != NULL && !header_is_address(out->reply_to))
		return err_set(err, ERR_BUG,
		    "the reply address cannot stand in a mail");
	write_header(out, from, ret);
	if (out->part_count > 0)
		write_mixed(out, parts, ret);
	else
		write_bodies(out, ret);
	if (buf_is_over(ret))
		return err_set(err, ERR_DATA,
		    "the mail is larger than %zu bytes", ret->cap);
	return 0;
}
