#include "core/sms_template.h"

#include <string.h>

#include "core/config.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/text.h"

enum { FILLED_MAX_BYTES = 16 * 1024 };

/* {no}, ${no} or {1} at this place of a wording. */
struct place {
	const char *name;
	size_t param; /* param_count: none of that name */
	size_t len;   /* of the whole */
};

static size_t
param_named(const struct sms_template *template, const char *name)
{
	size_t i = 0;
	int64_t number;

	if (text_to_int(name, 1, (int64_t)template->param_count, &number) == 0)
		return (size_t)number - 1;
	while (i < template->param_count &&
	       !text_eq(template->params[i].name, name))
		i++;
	return i;
}

static bool
place_at(const struct sms_template *template, const char *at,
    struct arena *arena, struct place *ret)
{
	size_t skip = at[0] == '$' ? 2 : 1;
	const char *end;

	if (at[skip - 1] != '{')
		return false;
	end = strchr(at + skip, '}');
	if (end == NULL)
		return false;
	ret->name = arena_strndup(arena, at + skip, (size_t)(end - at) - skip);
	ret->param = param_named(template, ret->name);
	ret->len = (size_t)(end + 1 - at);
	return true;
}

const char *
sms_template_fault(const struct sms_template *template, struct arena *arena)
{
	bool *used = arena_array(arena, template->param_count + 1, sizeof(*used));
	struct place place;

	for (const char *at = text_or(template->text, ""); *at != '\0'; at++) {
		if (*at == '{' && strchr(at, '}') == NULL)
			return "a place has no end; expected {name}, ${name} "
			       "or {1}";
		if (!place_at(template, at, arena, &place))
			continue;
		if (place.param == template->param_count)
			return arena_printf(arena,
			    "{%s} is none of its parameters", place.name);
		used[place.param] = true;
		at += place.len - 1;
	}
	for (size_t i = 0; i < template->param_count; i++)
		if (!used[i] && template->text != NULL)
			return arena_printf(arena,
			    "the parameter %s has no place in it; expected "
			    "{%s} or {%zu}",
			    template->params[i].name, template->params[i].name,
			    i + 1);
	return NULL;
}

bool
sms_template_uses(const struct sms_template *template, const char *fact)
{
	for (size_t i = 0; i < template->param_count; i++)
		if (text_eq(template->params[i].text, fact))
			return true;
	return false;
}

static const char *
fact_named(const struct sms_template_facts *facts, const char *name)
{
	const struct {
		const char *name, *text;
	} all[] = {
		{ "case", facts->case_number },
		{ "name", facts->name },
		{ "estate", facts->estate },
		{ "phone", facts->phone },
	};

	for (size_t i = 0; i < ARRAY_COUNT(all); i++)
		if (text_eq(all[i].name, name))
			return text_or(all[i].text, "");
	return "";
}

const char *const *
sms_template_values(const struct sms_template *template,
    const struct sms_template_facts *facts, struct arena *arena)
{
	const char **values =
	    arena_array(arena, template->param_count + 1, sizeof(*values));

	for (size_t i = 0; i < template->param_count; i++)
		values[i] = fact_named(facts, template->params[i].text);
	return values;
}

const char *
sms_template_fill(const struct sms_template *template,
    const char *const *values, struct arena *arena)
{
	struct buf text scoped(buf_done) = { 0 };
	struct place place;

	if (template->text == NULL)
		return NULL;
	buf_init(&text, FILLED_MAX_BYTES);
	for (const char *at = template->text; *at != '\0'; at++) {
		if (place_at(template, at, arena, &place)) {
			buf_puts(&text, values[place.param]);
			at += place.len - 1;
		} else {
			buf_putc(&text, *at);
		}
	}
	return arena_strdup(arena, buf_text(&text));
}
