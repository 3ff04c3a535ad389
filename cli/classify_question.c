/*
 * A message of standard input as the desk would get it.
 */
#include "cli/classify_parts.h"
#include "core/config.h"
#include "core/zone.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/reader.h"

/* That of the settings that is named; the first where none is. */
static int
read_estate(const struct run *run, const json_t *context,
    const struct estate **ret, struct err *err)
{
	const json_t *named = json_object_get(context, "estate");
	const char *id = text_or(json_string_value(named), "");

	*ret = run->conf->estate_count > 0 ? &run->conf->estates[0] : NULL;
	if (named == NULL || json_is_null(named))
		return 0;
	*ret = config_estate(run->conf, id);
	if (*ret != NULL)
		return 0;
	return err_set(err, ERR_DATA,
	    "context.estate: %.40s is no estate of the settings",
	    json_is_string(named) ? id : "what is no text");
}

static int
read_from(const json_t *document, enum from_role *ret, struct err *err)
{
	static const struct {
		const char *name;
		enum from_role role;
	} roles[] = {
		{ "owner", FROM_OWNER },
		{ "tenant", FROM_OWNER },
		{ "staff", FROM_STAFF },
		{ "unknown", FROM_UNKNOWN },
	};
	const char *name = text_or(json_text(document, "from_role"), "unknown");

	for (size_t i = 0; i < ARRAY_COUNT(roles); i++) {
		*ret = roles[i].role;
		if (text_eq(name, roles[i].name))
			return 0;
	}
	return err_set(err, ERR_DATA,
	    "from_role: %.40s is none of owner, tenant, staff, unknown", name);
}

static void
put_header(struct buf *mail, const char *name, const char *value)
{
	if (value == NULL)
		return;
	buf_printf(mail, "%s: ", name);
	for (; *value != '\0'; value++) {
		bool is_break = *value == '\n' || *value == '\r';

		buf_add(mail, is_break ? " " : value, 1);
	}
	buf_puts(mail, "\n");
}

/* The mail that the object stands for, so that the reader says what is own
 * text, forwarded, or written by a machine, as it does in the desk. */
static void
compose(const json_t *message, struct buf *mail)
{
	json_t *headers = json_object_get(message, "headers"), *value;
	const char *key;

	json_object_foreach(headers, key, value)
	    put_header(mail, key, json_string_value(value));
	if (json_object_get(headers, "From") == NULL)
		put_header(mail, "From", "someone@sender.invalid");
	put_header(mail, "Subject", json_text(message, "subject"));
	put_header(mail, "MIME-Version", "1.0");
	put_header(mail, "Content-Type", "text/plain; charset=utf-8");
	put_header(mail, "Content-Transfer-Encoding", "8bit");
	buf_puts(mail, "\n");
	buf_puts(mail, text_or(json_text(message, "body"), ""));
	buf_puts(mail, "\n");
}

static int
read_mail(struct run *run, const json_t *document, struct message *ret,
    struct err *err)
{
	buf_reset(&run->mail);
	compose(document, &run->mail);
	return reader_mail(
	    buf_text(&run->mail), run->mail.len, &run->arena, ret, err);
}

static bool
is_set(const json_t *context, const char *key)
{
	const json_t *value = json_object_get(context, key);

	return value != NULL && !json_is_null(value) && !json_is_false(value);
}

/* The moment that relative times count from: told, the mail's, or now. */
static int
read_now(const json_t *context, const struct message *mail, msec_t *ret,
    struct err *err)
{
	const char *now = json_text(context, "now");

	*ret = mail->sent_at != 0 ? mail->sent_at : clock_wall(&clock_real);
	if (now != NULL && time_from_rfc3339(now, ret) < 0)
		return err_set(err, ERR_DATA,
		    "context.now: %.40s is not RFC 3339 with an offset", now);
	return 0;
}

/* A field that is there but of another type is a mistake, not an absence. */
static int
check_types(const json_t *document, struct err *err)
{
	static const char *const texts[] = { "channel", "from_role", "subject",
		"body" };
	static const char *const objects[] = { "headers", "context" };
	const json_t *value;

	if (!json_is_object(document))
		return err_set(err, ERR_DATA, "not a JSON object");
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		value = json_object_get(document, texts[i]);
		if (value != NULL && !json_is_string(value) &&
		    !json_is_null(value))
			return err_set(
			    err, ERR_DATA, "%s: not a text", texts[i]);
	}
	for (size_t i = 0; i < ARRAY_COUNT(objects); i++) {
		value = json_object_get(document, objects[i]);
		if (value != NULL && !json_is_object(value) &&
		    !json_is_null(value))
			return err_set(
			    err, ERR_DATA, "%s: not an object", objects[i]);
	}
	return 0;
}

int
question_read(struct run *run, const json_t *document, struct question *ret,
    struct err *err)
{
	const json_t *context = json_object_get(document, "context");
	const char *channel = text_or(json_text(document, "channel"), "mail");
	const char *subject = json_text(document, "subject");
	struct message mail = { .own =
				    text_or(json_text(document, "body"), "") };

	if (check_types(document, err) < 0)
		return -1;
	if (text_eq(channel, "email"))
		channel = "mail";
	if (channel_from(channel, &ret->in.channel) < 0)
		return err_set(err, ERR_DATA,
		    "channel: %.40s is neither mail nor sms", channel);
	if (read_from(document, &ret->in.from, err) < 0)
		return -1;
	if (ret->in.channel == CHANNEL_MAIL &&
	    read_mail(run, document, &mail, err) < 0)
		return -1;
	ret->ctx = (struct classify_context){
		.conf = run->conf,
		.number = json_text(context, "number"),
		.pending_rating = is_set(context, "pending_rating"),
		.open_question = is_set(context, "open_question"),
		.recent_text = is_set(context, "recent_text"),
		.is_reply = mail.in_reply_to != NULL ||
			    case_number_find(subject, &run->arena) != NULL,
	};
	ret->in.subject = subject;
	ret->in.own = text_or(mail.own, "");
	ret->in.forwarded = mail.forward.is_forward ? mail.forward.body : NULL;
	ret->in.is_auto = mail.is_auto;
	ret->in.is_bounce = mail.bounce.is_bounce;
	ret->in.spam_hint = mail.spam_hint;
	return read_estate(run, context, &ret->ctx.estate, err) < 0
		   ? -1
		   : read_now(context, &mail, &ret->ctx.now, err);
}
