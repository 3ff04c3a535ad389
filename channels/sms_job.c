#include "channels/sms_job.h"

#include <stdio.h>
#include <string.h>

#include "channels/sms_channel.h"
#include "core/config.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/json.h"
#include "lib/text.h"

enum { PARAMS_MAX_BYTES = 8 * 1024 };

/* ---- names ---- */

enum {
	JOB_TO,
	JOB_TO_E164,
	JOB_TO_NOPLUS,
	JOB_TEXT,
	JOB_ID,
	JOB_REF,
	JOB_PARTS,
	JOB_NOW,
	JOB_CREATED,
	JOB_GSM7,
	JOB_UCS2,
	JOB_TEMPLATE,
	JOB_PARAMS_LIST,
	JOB_PARAMS_OBJECT,
	JOB_NAMES,
};
static const struct sms_pair job_names[JOB_NAMES] = {
	[JOB_TO] = { "to", "" },
	[JOB_TO_E164] = { "to_e164", "" },
	[JOB_TO_NOPLUS] = { "to_noplus", "" },
	[JOB_TEXT] = { "text", "" },
	[JOB_ID] = { "id", "" },
	[JOB_REF] = { "ref", "" },
	[JOB_PARTS] = { "parts", "" },
	[JOB_NOW] = { "now", "" },
	[JOB_CREATED] = { "created", "" },
	[JOB_GSM7] = { "gsm7", "" },
	[JOB_UCS2] = { "ucs2", "" },
	[JOB_TEMPLATE] = { "template", "" },
	[JOB_PARAMS_LIST] = { "params_list", "" },
	[JOB_PARAMS_OBJECT] = { "params_object", "" },
};
const struct sms_scope sms_job_names = { job_names, JOB_NAMES,
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
	const struct sms_size size =
	    sms_text_size(&channel->counting, job->data);
	const struct sms_template *template =
	    sms_template_for(channel, job->kind);
	const char *params = text_or(job->params, "{}");
	const struct receipt *receipt = &job->receipt;
	const char *const values[JOB_NAMES] = {
		[JOB_TO] = job->to,
		[JOB_TO_E164] = job->to,
		[JOB_TO_NOPLUS] = job->to + (job->to[0] == '+'),
		[JOB_TEXT] = job->data,
		/* The moment keeps a restored or new database from reusing a
		 * name: a report of before would tell of another's text. */
		[JOB_ID] = arena_printf(arena, "%lld-%lld",
		    (long long)receipt->out, (long long)job->created_at),
		[JOB_REF] = arena_printf(arena, "%lld-%lld-%lld",
		    (long long)receipt->out, (long long)receipt->attempt,
		    (long long)job->created_at),
		[JOB_PARTS] = number_text((int64_t)size.parts, arena),
		[JOB_NOW] = number_text(now_seconds, arena),
		[JOB_CREATED] =
		    number_text(job->created_at / MSEC_SECOND, arena),
		[JOB_GSM7] = size.is_gsm7 ? "1" : "",
		[JOB_UCS2] = size.is_gsm7 ? "" : "1",
		[JOB_TEMPLATE] = template == NULL ? "" : template->id,
		[JOB_PARAMS_LIST] = params_list(params, arena),
		[JOB_PARAMS_OBJECT] = params,
	};

	if (channel->provider->is_template_only && template == NULL)
		return err_set(err, ERR_PERM,
		    "the gateway sends templates only, and there is none for "
		    "\"%s\"",
		    text_or(job->kind, ""));
	*ret = sms_scope_of(&sms_job_names, values, outer, arena);
	return 0;
}
