#include "desk/simulate_script.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/limits.h"
#include "core/zone.h"
#include "lib/err.h"
#include "lib/file.h"
#include "lib/text.h"

/* ---- lines ---- */

static int
mistake(struct err *err, const char *place, int number, const char *why)
{
	return err_set(err, ERR_DATA, "%s:%d: %s", place, number, why);
}

static int
parse_report(const char *place, struct script_line *line, struct err *err)
{
	static const char *const states[] = { "delivered", "failed", "bounced",
		"sent", "expired", "silent" };

	line->out = (int)json_int(line->what, "out", 0);
	line->state = json_text(line->what, "state");
	for (size_t i = 0; i < ARRAY_COUNT(states); i++)
		if (line->out > 0 && text_eq(line->state, states[i]))
			return 0;
	return mistake(err, place, line->number,
	    "a report needs \"out\" (a number from 1) and \"state\": "
	    "\"delivered\", \"failed\", \"bounced\", \"sent\", "
	    "\"expired\" or \"silent\"");
}

/* What becomes a header is one line: a line feed in it would be another header
 * or the body, which no far side could have sent. */
static int
check_one_line(const char *place, const struct script_line *line,
    const char *key, const json_t *value, struct err *err)
{
	const char *text = json_string_value(value);

	if (text == NULL || strpbrk(text, "\r\n") == NULL)
		return 0;
	return err_set(err, ERR_DATA, "%s:%d: a line end in \"%.40s\"", place,
	    line->number, key);
}

static int
check_headers(
    const char *place, const struct script_line *line, struct err *err)
{
	static const char *const keys[] = { "from", "to", "cc", "subject",
		"message_id", "id" };
	const json_t *files = json_object_get(line->what, "attachments");
	const char *name;
	json_t *value;

	for (size_t i = 0; i < ARRAY_COUNT(keys); i++)
		if (check_one_line(place, line, keys[i],
			json_object_get(line->what, keys[i]), err) < 0)
			return -1;
	json_object_foreach(
	    json_object_get(line->what, "headers"), name, value) {
		if (strpbrk(name, "\r\n:") != NULL)
			return mistake(err, place, line->number,
			    "a header's name holds a colon or a line end");
		if (check_one_line(place, line, name, value, err) < 0)
			return -1;
	}
	for (size_t i = 0; i < json_array_size(files); i++) {
		const json_t *file = json_array_get(files, i);

		if (check_one_line(place, line, "name",
			json_object_get(file, "name"), err) < 0 ||
		    check_one_line(place, line, "type",
			json_object_get(file, "type"), err) < 0)
			return -1;
	}
	return 0;
}

/* What is misspelled must not pass for something left out. */
static int
check_keys(const char *place, const struct script_line *line,
    const json_t *object, const char *const *keys, struct err *err)
{
	const char *name;
	json_t *value;

	/* jansson's iteration takes a non-const object though it reads only. */
	json_object_foreach((json_t *)(uintptr_t)object, name, value) {
		size_t i = 0;

		while (keys[i] != NULL && !text_eq(keys[i], name))
			i++;
		if (keys[i] == NULL)
			return err_set(err, ERR_DATA,
			    "%s:%d: unknown key \"%.40s\"", place,
			    line->number, name);
	}
	return 0;
}

static int
check_all_keys(
    const char *place, const struct script_line *line, struct err *err)
{
	static const char *const keys[][16] = {
		[SCRIPT_MAIL] = { "from", "to", "cc", "subject", "text", "html",
		    "reply_to", "message_id", "headers", "auth", "attachments",
		    "touch", "raw_file" },
		[SCRIPT_SMS] = { "from", "to", "text", "id" },
		[SCRIPT_REPORT] = { "out", "state" },
	};
	static const char *const file_keys[] = { "name", "type", "text",
		"base64", NULL };
	const json_t *files = json_object_get(line->what, "attachments");

	if (line->what == NULL)
		return 0;
	for (size_t i = 0; i < json_array_size(files); i++)
		if (check_keys(place, line, json_array_get(files, i), file_keys,
			err) < 0)
			return -1;
	return check_keys(place, line, line->what, keys[line->kind], err);
}

static int
parse_what(const char *place, const json_t *object, struct script_line *line,
    struct err *err)
{
	static const struct {
		const char *key;
		enum script_kind kind;
	} kinds[] = {
		{ "mail", SCRIPT_MAIL },
		{ "sms", SCRIPT_SMS },
		{ "report", SCRIPT_REPORT },
	};

	/* "at" and one more: what is misspelled must not pass for a wait. */
	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
		json_t *what = json_object_get(object, kinds[i].key);

		if (what == NULL)
			continue;
		if (!json_is_object(what))
			return mistake(err, place, line->number,
			    "mail, sms and report are objects");
		if (line->what != NULL)
			return mistake(err, place, line->number,
			    "only one of mail, sms and report");
		line->kind = kinds[i].kind;
		line->what = json_incref(what);
	}
	if (json_object_size(object) > (line->what == NULL ? 1 : 2))
		return mistake(err, place, line->number,
		    "a line has \"at\" and one of \"mail\", \"sms\" and "
		    "\"report\", nothing else");
	if (check_all_keys(place, line, err) < 0 ||
	    check_headers(place, line, err) < 0)
		return -1;
	if (line->kind == SCRIPT_REPORT)
		return parse_report(place, line, err);
	if (line->kind == SCRIPT_SMS && (json_text(line->what, "from") == NULL ||
					    json_text(line->what, "text") == NULL))
		return mistake(err, place, line->number,
		    "a text needs \"from\" and \"text\"");
	if (line->kind == SCRIPT_MAIL &&
	    json_text(line->what, "raw_file") == NULL &&
	    json_text(line->what, "from") == NULL)
		return mistake(err, place, line->number,
		    "a mail needs \"from\", or \"raw_file\"");
	return 0;
}

static int
parse_line(const char *place, const char *start, size_t len, msec_t before,
    struct script_line *line, struct err *err)
{
	json_t *object scoped(json_release) = NULL;
	struct err why = { 0 };
	const char *at;

	object = json_from(start, len, &why);
	if (object == NULL)
		return mistake(err, place, line->number, why.msg);
	at = json_text(object, "at");
	if (at == NULL || time_from_rfc3339(at, &line->at) < 0)
		return mistake(err, place, line->number,
		    "\"at\" must be a time such as "
		    "\"2026-11-23T09:00:00+08:00\"");
	if (line->at < before)
		return mistake(err, place, line->number,
		    "\"at\" is before the line above: lines stand in time order");
	return parse_what(place, object, line, err);
}

int
script_parse(const char *place, const char *text, struct script *ret,
    struct err *err)
{
	size_t lines = 1;
	msec_t before = 0;
	int number = 0;

	for (const char *at = text; *at != '\0'; at++)
		lines += *at == '\n';
	*ret = (struct script){ .lines = calloc(lines, sizeof(*ret->lines)) };
	if (ret->lines == NULL)
		abort();
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		struct script_line *line = &ret->lines[ret->count];

		number++;
		if (strspn(text, " \t\r") < len && *text != '#') {
			line->number = number;
			ret->count++;
			if (parse_line(place, text, len, before, line, err) < 0) {
				script_free(ret);
				return -1;
			}
			before = line->at;
		}
		text += text[len] == '\0' ? len : len + 1;
	}
	return 0;
}

void
script_free(struct script *script)
{
	for (size_t i = 0; i < script->count; i++)
		json_decref(script->lines[i].what);
	free(script->lines);
	*script = (struct script){ 0 };
}

/* ---- mails ---- */

static int
read_raw(const char *folder, const char *name, struct buf *ret, struct err *err)
{
	int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int fd = dir < 0 ? -1 : openat(dir, name, O_RDONLY | O_CLOEXEC);
	int status;

	if (dir >= 0)
		(void)close(dir);
	if (fd < 0)
		return err_sys(err, ERR_DATA, "%s/%s", folder, name);
	status = file_read_rest(fd, ret);
	(void)close(fd);
	return status == 0
		   ? 0
		   : err_set(err, ERR_DATA, "%s: cannot be read", name);
}

static void
add_header(struct buf *out, const char *name, const char *value)
{
	if (!text_is_empty(value))
		buf_printf(out, "%s: %s\r\n", name, value);
}

static void
add_extra_headers(struct buf *out, const json_t *headers)
{
	const char *name;
	json_t *value;

	/* jansson's iteration takes a non-const object though it reads only. */
	json_object_foreach((json_t *)(uintptr_t)headers, name, value)
		add_header(out, name, json_string_value(value));
}

static void
add_auth(struct buf *out, const json_t *mail, const char *authserv_id)
{
	const char *from = json_text(mail, "from");
	const char *result =
	    text_eq(json_text(mail, "auth"), "fail") ? "fail" : "pass";
	const char *domain = from == NULL ? NULL : strrchr(from, '@');
	char name[128] = "";

	if (authserv_id == NULL || domain == NULL ||
	    text_eq(json_text(mail, "auth"), "none"))
		return;
	(void)snprintf(name, sizeof(name), "%s", domain + 1);
	name[strcspn(name, "> ")] = '\0';
	buf_printf(out,
	    "Authentication-Results: %s;\r\n\tspf=%s smtp.mailfrom=%s;\r\n"
	    "\tdkim=%s header.d=%s;\r\n\tdmarc=%s header.from=%s\r\n",
	    authserv_id, result, name, result, name, result, name);
}

static void
add_thread(struct buf *out, const json_t *mail, const struct outgoing *answered)
{
	if (answered == NULL) {
		add_header(out, "Subject", json_text(mail, "subject"));
		return;
	}
	/* A machine answers under a subject of its own. */
	if (json_text(mail, "subject") != NULL)
		add_header(out, "Subject", json_text(mail, "subject"));
	else
		buf_printf(out, "Subject: %s%s\r\n",
		    text_starts_nocase(answered->subject, "re:") ? "" : "Re: ",
		    text_or(answered->subject, ""));
	buf_printf(out, "In-Reply-To: <%s>\r\n", answered->message_id);
	buf_printf(out, "References: <%s>\r\n", answered->message_id);
}

static void
add_quote(struct buf *out, const struct outgoing *answered, const char *from)
{
	const char *at = answered->text;

	buf_printf(out, "\r\n\r\nOn Mon, Nov 23, 2026 at 9:00 AM <%s> wrote:\r\n",
	    from);
	while (*at != '\0') {
		size_t len = strcspn(at, "\n");

		buf_puts(out, "> ");
		buf_add(out, at, len);
		buf_puts(out, "\r\n");
		at += at[len] == '\0' ? len : len + 1;
	}
}

static void
add_part(struct buf *out, const char *type, const char *text)
{
	buf_printf(out,
	    "--=_sim\r\nContent-Type: %s; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: 8bit\r\n\r\n%s\r\n",
	    type, text);
}

/* {"name", "type", "text" or "base64"} */
static void
add_attachment(struct buf *out, const json_t *attachment)
{
	const char *coded = json_text(attachment, "base64");
	const char *name = text_or(json_text(attachment, "name"), "file");

	buf_printf(out,
	    "--=_sim\r\nContent-Type: %s; name=\"%s\"\r\n"
	    "Content-Disposition: attachment; filename=\"%s\"\r\n"
	    "Content-Transfer-Encoding: %s\r\n\r\n%s\r\n",
	    text_or(json_text(attachment, "type"), "application/octet-stream"),
	    name, name, coded == NULL ? "8bit" : "base64",
	    coded == NULL ? text_or(json_text(attachment, "text"), "") : coded);
}

static void
add_body(struct buf *out, const json_t *mail, const struct outgoing *answered,
    const char *answered_from)
{
	const json_t *files = json_object_get(mail, "attachments");
	const char *html = json_text(mail, "html");
	struct buf text scoped(buf_done);

	buf_init(&text, LIMIT_MAIL_BYTES);
	buf_puts(&text, text_or(json_text(mail, "text"), ""));
	if (answered != NULL)
		add_quote(&text, answered, answered_from);
	if (html == NULL && json_array_size(files) == 0) {
		buf_printf(out,
		    "Content-Type: text/plain; charset=utf-8\r\n"
		    "Content-Transfer-Encoding: 8bit\r\n\r\n%s\r\n",
		    buf_text(&text));
		return;
	}
	buf_printf(out, "Content-Type: multipart/%s; boundary=\"=_sim\"\r\n\r\n",
	    json_array_size(files) > 0 ? "mixed" : "alternative");
	if (html == NULL || json_text(mail, "text") != NULL)
		add_part(out, "text/plain", buf_text(&text));
	if (html != NULL)
		add_part(out, "text/html", html);
	for (size_t i = 0; i < json_array_size(files); i++)
		add_attachment(out, json_array_get(files, i));
	buf_puts(out, "--=_sim--\r\n");
}

int
script_mail(const struct script_line *line, const struct outgoing *answered,
    const char *answered_from, const char *authserv_id, const char *folder,
    struct buf *ret, struct err *err)
{
	const json_t *mail = line->what;
	const char *raw_file = json_text(mail, "raw_file");
	const char *to = json_text(mail, "to");
	/* A mail that a link opens is a new one; only its address tells what
	 * it answers. */
	const struct outgoing *quoted =
	    json_is_true(json_object_get(mail, "touch")) ? NULL : answered;

	if (raw_file != NULL)
		return read_raw(folder, raw_file, ret, err);
	if (answered != NULL)
		to = answered->reply_to != NULL ? answered->reply_to
						: answered_from;
	add_auth(ret, mail, authserv_id);
	add_header(ret, "From", json_text(mail, "from"));
	add_header(ret, "To", text_or(to, answered_from));
	add_header(ret, "Cc", json_text(mail, "cc"));
	add_thread(ret, mail, quoted);
	if (json_text(mail, "message_id") != NULL)
		add_header(ret, "Message-ID", json_text(mail, "message_id"));
	else
		buf_printf(ret, "Message-ID: <line-%d@simulator.example>\r\n",
		    line->number);
	add_extra_headers(ret, json_object_get(mail, "headers"));
	buf_puts(ret, "MIME-Version: 1.0\r\n");
	add_body(ret, mail, quoted, answered_from);
	return buf_is_over(ret)
		   ? err_set(err, ERR_DATA, "line %d: the mail is too large",
			 line->number)
		   : 0;
}

void
script_bounce(const struct outgoing *out, const char *from,
    const char *reporter, struct buf *ret)
{
	buf_printf(ret,
	    "Return-Path: <>\r\nFrom: MAILER-DAEMON@%s\r\nTo: %s\r\n"
	    "Subject: Undelivered Mail Returned to Sender\r\n"
	    "Message-ID: <bounce-%lld@%s>\r\nAuto-Submitted: auto-replied\r\n"
	    "MIME-Version: 1.0\r\nContent-Type: multipart/report; "
	    "report-type=delivery-status; boundary=\"=_dsn\"\r\n\r\n"
	    "--=_dsn\r\nContent-Type: text/plain\r\n\r\n"
	    "<%s>: 550 5.1.1 no such user\r\n"
	    "--=_dsn\r\nContent-Type: message/delivery-status\r\n\r\n"
	    "Reporting-MTA: dns; %s\r\n\r\nFinal-Recipient: rfc822; %s\r\n"
	    "Action: failed\r\nStatus: 5.1.1\r\n\r\n"
	    "--=_dsn\r\nContent-Type: message/rfc822\r\n\r\n"
	    "Message-ID: <%s>\r\nSubject: returned\r\n\r\n\r\n--=_dsn--\r\n",
	    reporter, from, (long long)out->id,
	    reporter, out->to, reporter, out->to, out->message_id);
}
