#include "handlers/template_params.h"

#include "core/config.h"
#include "core/outgoing.h"
#include "core/sms_template.h"
#include "handlers/sentences.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/text.h"

enum { PARAMS_MAX_BYTES = 8 * 1024 };

void
template_fill(struct work *work, const struct sms_channel *channel,
    struct outgoing *out)
{
	const struct sms_template *template =
	    sms_template_for(channel, out->template_name);
	json_t *params scoped(json_release) = NULL;
	struct buf text scoped(buf_done) = { 0 };
	const struct sms_template_facts facts = {
		.case_number = work->has_case ? work->file.number : NULL,
		.name = text_is_empty(out->to_name)
			    ? sentence(SAY_SOMEBODY, out->language, NULL,
				  work->arena)
			    : out->to_name,
		.estate = work->estate->name,
		.phone = work->estate->duty_phone,
	};
	const char *const *values;

	if (template == NULL)
		return;
	values = sms_template_values(template, &facts, work->arena);
	params = json_object();
	for (size_t i = 0; i < template->param_count; i++)
		json_put_text(params, template->params[i].name, values[i]);
	buf_init(&text, PARAMS_MAX_BYTES);
	json_to_buf(params, &text);
	out->params = arena_strdup(work->arena, buf_text(&text));
	out->text = text_or(
	    sms_template_fill(template, values, work->arena), out->text);
}
