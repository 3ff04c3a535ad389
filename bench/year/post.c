/*
 * How a message gets to the desk: the bytes that a mail server or a gateway
 * would have brought.
 */
#include "bench/year/world.h"
#include "core/limits.h"
#include "core/zone.h"
#include "lib/json.h"
#include "lib/sealed.h"
#include "lib/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A picture that no program shows, large enough to be one. */
enum { PHOTO_LINES = 400 };

static void
broken(struct world *world, const struct err *err)
{
	watch_complain(
	    world, "the desk takes what comes", NULL, "%s", err->msg);
}

void
post_raw(struct world *world, const char *raw, size_t len, bool too_large)
{
	struct desk_mail mail = {
		.uid = ++world->uid,
		.length = len,
		.too_large = too_large,
	};
	struct err err = { 0 };
	int fd = sealed_new(&(struct bytes){ raw, len }, 1, &err);

	world->arrived++;
	if (fd < 0 || desk_mails(world->desk, world->estate->mailbox->name, 1,
			  fd, &mail, 1, &err) < 0)
		broken(world, &err);
}

static void
add_auth(struct world *world, struct buf *out, const char *from)
{
	const char *domain = strchr(from, '@');

	buf_printf(out,
	    "Authentication-Results: %s; spf=pass smtp.mailfrom=%s;\r\n"
	    "\tdkim=pass header.d=%s; dmarc=pass header.from=%s\r\n",
	    world->estate->authserv_id, domain + 1, domain + 1, domain + 1);
}

static void
add_thread(struct buf *out, const struct mail *mail)
{
	const struct letter *answers = mail->answers;

	if (answers == NULL) {
		buf_printf(out, "Subject: %s\r\n", mail->subject);
		return;
	}
	buf_printf(out,
	    "Subject: Re: %s\r\nIn-Reply-To: <%s>\r\nReferences: <%s>\r\n",
	    answers->subject, answers->message_id, answers->message_id);
}

static void
add_body(struct buf *out, const struct mail *mail)
{
	static const char text_type[] =
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: 8bit\r\n\r\n";

	if (!mail->has_photo) {
		buf_printf(out, "%s%s\r\n", text_type, mail->text);
		return;
	}
	buf_printf(out,
	    "Content-Type: multipart/mixed; boundary=\"=_year\"\r\n\r\n"
	    "--=_year\r\n%s%s\r\n--=_year\r\nContent-Type: image/jpeg; "
	    "name=\"IMG_1.jpg\"\r\nContent-Disposition: attachment; "
	    "filename=\"IMG_1.jpg\"\r\nContent-Transfer-Encoding: base64\r\n\r\n",
	    text_type, mail->text);
	for (int i = 0; i < PHOTO_LINES; i++)
		buf_puts(out, "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJ"
			      "CQgKDBQNDAsLDBkSEw8UHRof\r\n");
	buf_puts(out, "--=_year--\r\n");
}

void
post_mail(struct world *world, const struct mail *mail)
{
	struct buf raw scoped(buf_done);
	char date[40];
	const char *to = mail->to;

	buf_init(&raw, LIMIT_MAIL_BYTES);
	zone_rfc5322(world->estate->zone, world->now, date);
	if (to == NULL)
		to = mail->answers != NULL && mail->answers->reply_to[0] != '\0'
			 ? mail->answers->reply_to
			 : world->estate->mailbox->address;
	add_auth(world, &raw, mail->from);
	buf_printf(&raw, "From: <%s>\r\nTo: <%s>\r\nDate: %s\r\n", mail->from,
	    to, date);
	buf_printf(&raw, "Message-ID: <year-%u@client.example>\r\n",
	    (unsigned)world->uid);
	add_thread(&raw, mail);
	buf_puts(&raw, text_or(mail->headers, ""));
	buf_puts(&raw, "MIME-Version: 1.0\r\n");
	add_body(&raw, mail);
	buf_reset(&world->again);
	buf_add(&world->again, raw.data, raw.len);
	post_raw(world, buf_text(&raw), raw.len, false);
}

void
post_again(struct world *world)
{
	if (world->again.len > 0)
		post_raw(
		    world, buf_text(&world->again), world->again.len, false);
}

static void
push(struct world *world, bool is_report, json_t *query)
{
	json_t *request scoped(json_release) = json_object();
	struct buf text scoped(buf_done);
	struct err err = { 0 };

	buf_init(&text, LIMIT_PUSH_BYTES);
	json_object_set_new(request, "query", query);
	json_to_buf(request, &text);
	world->arrived++;
	if (desk_push(world->desk, world->estate->sms->name, is_report,
		buf_text(&text), text.len, NULL, &err) < 0)
		broken(world, &err);
}

void
post_text(struct world *world, const char *from, const char *text)
{
	json_t *query = json_object();
	char id[32];

	(void)snprintf(
	    id, sizeof(id), "mo-%llu", (unsigned long long)++world->texts_in);
	json_put_text(query, "id", id);
	json_put_text(query, "from", from);
	json_put_text(query, "to", world->estate->sms->number);
	json_put_text(query, "text", text);
	json_put_text(query, "coding", "0");
	json_put_text(query, "charset", "UTF-8");
	push(world, false, query);
}

void
post_report(
    struct world *world, out_id out, int64_t attempt, bool delivered)
{
	json_t *query = json_object();
	char id[48];

	(void)snprintf(id, sizeof(id), "%lld-%lld", (long long)out,
	    (long long)attempt);
	json_put_text(query, "id", id);
	json_put_text(query, "type", delivered ? "1" : "2");
	world->figures.reports++;
	push(world, true, query);
}

void
post_bounce(struct world *world, const struct letter *letter)
{
	struct buf raw scoped(buf_done);

	buf_init(&raw, LIMIT_MAIL_BYTES);
	buf_printf(&raw,
	    "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.owner.example\r\n"
	    "To: <%s>\r\nSubject: Undelivered Mail Returned to Sender\r\n"
	    "Message-ID: <bounce-%u@mx.owner.example>\r\n"
	    "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
	    "Content-Type: multipart/report; report-type=delivery-status; "
	    "boundary=\"=_dsn\"\r\n\r\n"
	    "--=_dsn\r\nContent-Type: text/plain\r\n\r\n<%s>: 550 5.1.1 no "
	    "such user\r\n--=_dsn\r\nContent-Type: message/delivery-status"
	    "\r\n\r\nReporting-MTA: dns; mx.owner.example\r\n\r\n"
	    "Final-Recipient: rfc822; %s\r\nAction: failed\r\nStatus: "
	    "5.1.1\r\n\r\n--=_dsn\r\nContent-Type: message/rfc822\r\n\r\n"
	    "Message-ID: <%s>\r\nSubject: returned\r\n\r\n\r\n--=_dsn--\r\n",
	    world->estate->mailbox->address, (unsigned)world->uid,
	    letter->address, letter->address, letter->message_id);
	post_raw(world, buf_text(&raw), raw.len, false);
}

int64_t
post_count(const struct world *world)
{
	return world->arrived - world->figures.answers - world->figures.reports;
}
