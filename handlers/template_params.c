#include "handlers/template_params.h"

#include "core/config.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/text.h"

enum { PARAMS_MAX_BYTES = 8 * 1024 };

/* The facts that settings may name (desk/config_sms.c). */
static const char *
fact(const struct work *work, const char *name, const char *to_name)
{
	const struct {
		const char *name, *text;
	} facts[] = {
		{ "case", work->has_case ? work->file.number : NULL },
		{ "name", to_name },
		{ "estate", work->estate->name },
		{ "phone", work->estate->duty_phone },
	};

	for (size_t i = 0; i < ARRAY_COUNT(facts); i++)
		if (text_eq(facts[i].name, name))
			return text_or(facts[i].text, "");
	return "";
}

const char *
template_params(struct work *work, const struct sms_channel *channel,
    const char *kind, const char *to_name)
{
	const struct sms_template *template = sms_template_for(channel, kind);
	json_t *params scoped(json_release) = NULL;
	struct buf text scoped(buf_done) = { 0 };

	if (template == NULL)
		return NULL;
	params = json_object();
	for (size_t i = 0; i < template->param_count; i++)
		json_put_text(params, template->params[i].name,
		    fact(work, template->params[i].text, to_name));
	buf_init(&text, PARAMS_MAX_BYTES);
	json_to_buf(params, &text);
	return arena_strdup(work->arena, buf_text(&text));
}
