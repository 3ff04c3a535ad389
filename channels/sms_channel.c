#include "channels/sms_channel.h"

#include <string.h>

#include "channels/sms_filter.h"
#include "core/config.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/text.h"

enum { URL_MAX_BYTES = 64 * 1024 };

void
sms_push_url(const struct sms_channel *channel, bool is_report, struct buf *ret)
{
	const char *base = text_or(channel->public_url, "");
	const char *secret = text_or(channel->push_secret, "");

	buf_printf(ret, "%s%ssms/", base, text_ends(base, "/") ? "" : "/");
	sms_url_add(ret, channel->name, strlen(channel->name));
	buf_putc(ret, '/');
	sms_url_add(ret, secret, strlen(secret));
	buf_puts(ret, is_report ? "/dlr" : "/mo");
}

/* Where the gateway reports delivery, or "". */
static const char *
report_url(const struct sms_channel *channel, struct arena *arena)
{
	struct buf url scoped(buf_done) = { 0 };

	if (!channel->has_reports || channel->public_url == NULL ||
	    channel->push_secret == NULL)
		return "";
	buf_init(&url, URL_MAX_BYTES);
	sms_push_url(channel, true, &url);
	return arena_strdup(arena, buf_text(&url));
}

enum { URL, USER, PASSWORD, FROM, REPORT_URL, REPORTS, CHANNEL_NAMES };
static const struct sms_pair channel_names[CHANNEL_NAMES] = {
	[URL] = { "url", "" },
	[USER] = { "user", "" },
	[PASSWORD] = { "password", "" },
	[FROM] = { "from", "" },
	[REPORT_URL] = { "report_url", "" },
	[REPORTS] = { "reports", "" },
};
const struct sms_scope sms_channel_names = { channel_names, CHANNEL_NAMES,
	NULL };

struct sms_scope
sms_channel_scope(const struct sms_channel *channel, struct arena *arena)
{
	struct sms_scope *own = arena_alloc(arena, sizeof(*own));
	const char *report = report_url(channel, arena);
	const char *const values[CHANNEL_NAMES] = {
		[URL] = channel->url,
		[USER] = channel->user,
		[PASSWORD] = channel->password,
		[FROM] = channel->number,
		[REPORT_URL] = report,
		[REPORTS] = *report == '\0' ? "" : "1",
	};

	*own =
	    (struct sms_scope){ channel->values, channel->value_count, NULL };
	return sms_scope_of(&sms_channel_names, values, own, arena);
}

static bool
holds(const char *text, const char *secret)
{
	return !text_is_empty(secret) && strstr(text, secret) != NULL;
}

const char *
sms_without_secrets(const struct sms_channel *channel, const char *text)
{
	const struct sms_provider *provider = channel->provider;
	bool is_bad =
	    holds(text, channel->password) || holds(text, channel->push_secret);

	for (size_t i = 0; i < channel->value_count && !is_bad; i++)
		is_bad = provider->values[i].is_secret &&
			 holds(text, channel->values[i].text);
	return is_bad ? "an answer that repeats a secret of ours" : text;
}
