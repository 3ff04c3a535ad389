#include "channels/sms_job.h"

#include <stdio.h>
#include <string.h>

#include "core/config.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/json.h"
#include "lib/text.h"

enum { PARAMS_MAX_BYTES = 8 * 1024 };

/* ---- names ---- */

static const struct sms_pair channel_names[] = { { "url", "" }, { "user", "" },
	{ "password", "" }, { "from", "" }, { "report_url", "" },
	{ "reports", "" } };
const struct sms_scope sms_channel_names = { channel_names,
	ARRAY_COUNT(channel_names), NULL };

static const struct sms_pair job_names[] = { { "to", "" }, { "to_e164", "" },
	{ "to_noplus", "" }, { "text", "" }, { "id", "" }, { "ref", "" },
	{ "parts", "" }, { "now", "" }, { "created", "" }, { "gsm7", "" },
	{ "ucs2", "" }, { "template", "" }, { "params_list", "" },
	{ "params_object", "" } };
const struct sms_scope sms_job_names = { job_names, ARRAY_COUNT(job_names),
	&sms_channel_names };

static const struct sms_pair poll_names[] = { { "since", "" }, { "cursor", "" },
	{ "limit", "" }, { "now", "" } };
const struct sms_scope sms_poll_names = { poll_names, ARRAY_COUNT(poll_names),
	&sms_channel_names };

/* ---- values ---- */

static const char *
dump(const json_t *value, struct arena *arena)
{
	struct buf text scoped(buf_done) = { 0 };

	buf_init(&text, PARAMS_MAX_BYTES);
	json_to_buf(value, &text);
	return arena_strdup(arena, buf_text(&text));
}

/* ["T1024", "..."] of {"no": "T1024", ...} */
static const char *
params_list(const char *object, struct arena *arena)
{
	json_t *params scoped(json_release) =
	    json_from(object, strlen(object), NULL);
	json_t *list scoped(json_release) = json_array();
	const char *name;
	json_t *value;

	json_object_foreach(params, name, value)(void)
	    json_array_append(list, value);
	return dump(list, arena);
}

static const char *
number_text(int64_t value, struct arena *arena)
{
	return arena_printf(arena, "%lld", (long long)value);
}

int
sms_job_scope(const struct sms_channel *channel, const struct sms_scope *outer,
    const struct queued_job *job, int64_t now_seconds, struct arena *arena,
    struct sms_scope *ret, struct err *err)
{
	const struct sms_size size = sms_text_size(job->data);
	const struct sms_template *template =
	    sms_template_for(channel, job->kind);
	const char *params = text_or(job->params, "{}");
	const struct receipt *receipt = &job->receipt;
	int64_t created = job->created_at / MSEC_SECOND;
	const struct sms_pair pairs[] = {
		{ "to", job->to },
		{ "to_e164", job->to },
		{ "to_noplus", job->to + (job->to[0] == '+') },
		{ "text", job->data },
		/* The moment keeps a restored or new database from reusing an
		 * id; every attempt has the same. */
		{ "id",
		    arena_printf(arena, "%lld-%lld", (long long)receipt->out,
			(long long)job->created_at) },
		{ "ref",
		    arena_printf(arena, "%lld-%lld", (long long)receipt->out,
			(long long)receipt->attempt) },
		{ "parts", number_text((int64_t)size.parts, arena) },
		{ "now", number_text(now_seconds, arena) },
		{ "created", number_text(created, arena) },
		{ "gsm7", size.is_gsm7 ? "1" : "" },
		{ "ucs2", size.is_gsm7 ? "" : "1" },
		{ "template", template == NULL ? "" : template->id },
		{ "params_list", params_list(params, arena) },
		{ "params_object", params },
	};
	struct sms_pair *list =
	    arena_array(arena, ARRAY_COUNT(pairs), sizeof(*list));

	if (channel->provider->is_template_only && template == NULL)
		return err_set(err, ERR_PERM,
		    "the gateway sends templates only, and there is none for "
		    "\"%s\"",
		    text_or(job->kind, ""));
	memcpy(list, pairs, sizeof(pairs));
	*ret = (struct sms_scope){ list, ARRAY_COUNT(pairs), outer };
	return 0;
}
