/*
 * Kannel 1.4.5's sendsms, as it was seen to answer: a GET, then a status and a
 * sentence, and no id: ours travels in the address of the delivery report.
 */
#include <string.h>

#include "channels/sms_preset.h"
#include "core/config.h"
#include "lib/cleanup.h"
#include "lib/text.h"

enum {
	URL_MAX = 8192,
	/* Delivered, failed, buffered, accepted or rejected by the network. */
	REPORT_MASK = 31,
};

static const struct sms_verdict verdicts[] = {
	{ 202, 202, "Denied receivers", ERR_PERM },
	{ 202, 202, NULL, ERR_NONE },
	{ 403, 403, "Not routable", ERR_PERM },
	{ 400, 400, "Sender missing", ERR_CONF },
	{ 400, 400, "DLR-", ERR_CONF },
	{ 400, 400, "content-type", ERR_CONF },
	{ 400, 400, NULL, ERR_PERM },
	{ 429, 429, NULL, ERR_TEMP },
	{ 500, 599, NULL, ERR_TEMP },
};

static void
add_field(struct buf *url, const char *name, const char *value)
{
	buf_putc(url, strchr(url->data, '?') == NULL ? '?' : '&');
	buf_puts(url, name);
	buf_putc(url, '=');
	sms_url_add(url, text_or(value, ""));
}

/* Kannel replaces %d and the like in the report's address, so a per cent sign
 * of ours is written twice. */
static void
add_literal(struct buf *report, const char *text)
{
	struct buf coded scoped(buf_done);

	buf_init(&coded, URL_MAX);
	sms_url_add(&coded, text);
	for (const char *c = buf_text(&coded); *c != '\0'; c++)
		buf_puts(report, *c == '%' ? "%%" : (char[]){ *c, '\0' });
}

static void
add_report(struct buf *url, const struct sms_channel *channel,
    const struct receipt *receipt)
{
	const char *base = channel->public_url;
	struct buf report scoped(buf_done);

	buf_init(&report, URL_MAX);
	buf_printf(&report, "%s%ssms/", base, text_ends(base, "/") ? "" : "/");
	add_literal(&report, channel->name);
	buf_putc(&report, '/');
	add_literal(&report, channel->push_secret);
	buf_printf(&report,
	    "/dlr?id=%lld-%lld&type=%%d&ts=%%T&reply=%%A&fid=%%F",
	    (long long)receipt->out, (long long)receipt->attempt);
	buf_printf(url, "&dlr-mask=%d", REPORT_MASK);
	add_field(url, "dlr-url", buf_text(&report));
}

static void
ask(const struct sms_channel *channel, const struct queued_job *job,
    const struct sms_size *size, struct sms_request *ret)
{
	struct buf *url = &ret->url;

	buf_puts(url, channel->send_url);
	add_field(url, "username", channel->user);
	add_field(url, "password", channel->password);
	add_field(url, "from", channel->number);
	add_field(url, "to", job->to);
	add_field(url, "charset", "UTF-8");
	/* Without it Kannel makes question marks of what GSM 7 bit lacks. */
	if (!size->is_gsm7)
		add_field(url, "coding", "2");
	add_field(url, "text", job->data);
	if (channel->has_reports && channel->public_url != NULL &&
	    channel->push_secret != NULL)
		add_report(url, channel, &job->receipt);
}

static void
judge(int status, const struct buf *body, struct receipt *ret)
{
	ret->result = sms_verdict(
	    verdicts, ARRAY_COUNT(verdicts), status, buf_text(body));
}

const struct sms_preset_ops sms_preset_kannel = {
	.ask = ask,
	.judge = judge,
};
