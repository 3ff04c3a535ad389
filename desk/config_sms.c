/*
 * SMS channels: what they say for their provider file.
 */
#include <string.h>

#include "core/config.h"
#include "core/sms_template.h"
#include "core/text_list.h"
#include "desk/config_parts.h"
#include "lib/text.h"

/* ---- values ---- */

static const char *
key_of(struct reading *reading, const struct sms_value *value)
{
	return value->is_secret ? arena_printf(&reading->loaded->arena,
				      "%s_file", value->name)
				: value->name;
}

static const char *
keys_of(struct reading *reading, const struct sms_provider *provider)
{
	const char *keys = provider->value_count == 0 ? " none" : "";

	for (size_t i = 0; i < provider->value_count; i++)
		keys = arena_printf(&reading->loaded->arena, "%s%s%s", keys,
		    i > 0 ? ", " : " ", key_of(reading, &provider->values[i]));
	return keys;
}

static void
unknown_values_check(struct reading *reading, const config_setting_t *group,
    const struct sms_provider *provider)
{
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *one =
		    config_setting_get_elem(group, (unsigned)i);
		bool is_known = false;

		for (size_t j = 0; j < provider->value_count; j++)
			is_known = is_known ||
				   text_eq(config_setting_name(one),
				       key_of(reading, &provider->values[j]));
		if (!is_known)
			reading_mistake(reading, one, NULL,
			    "preset \"%s\" knows no such value; it has%s",
			    provider->name, keys_of(reading, provider));
	}
}

static const char *
value_read(struct reading *reading, const config_setting_t *setting,
    const struct sms_value *value)
{
	const char *text = config_setting_get_string(setting), *ret = NULL;
	const char *why = NULL;

	reading->base_dir = setting_dir(reading, setting);
	if (text_is_empty(text))
		why = "wrong form; expected text in quotes";
	else if (value->is_secret)
		why = secret_read(reading, text, &ret);
	else
		ret = arena_strdup(&reading->loaded->arena, text);
	if (why != NULL)
		reading_mistake(reading, setting, NULL, "%s", why);
	return ret;
}

static void
values_read(struct reading *reading, const config_setting_t *channel_group,
    struct sms_channel *channel)
{
	const struct sms_provider *provider = channel->provider;
	const config_setting_t *group =
	    config_setting_get_member(channel_group, "values");
	struct sms_pair *list = arena_array(
	    &reading->loaded->arena, provider->value_count + 1, sizeof(*list));

	if (group != NULL && !config_setting_is_group(group)) {
		reading_mistake(reading, group, NULL,
		    "wrong form; expected values: { ... };");
		return;
	}
	for (size_t i = 0; i < provider->value_count; i++) {
		const struct sms_value *value = &provider->values[i];
		const char *key = key_of(reading, value);
		const config_setting_t *setting =
		    group == NULL ? NULL
				  : config_setting_get_member(group, key);

		list[i] = (struct sms_pair){ value->name, value->standard };
		if (value->is_optional)
			list[i].text = text_or(value->standard, "");
		if (setting != NULL)
			list[i].text = value_read(reading, setting, value);
		else if (list[i].text == NULL)
			reading_mistake(reading, channel_group, NULL,
			    "values.%s is missing; preset \"%s\" needs it: %s",
			    key, provider->name, value->doc);
	}
	channel->values = list;
	channel->value_count = provider->value_count;
	if (group != NULL)
		unknown_values_check(reading, group, provider);
}

/* ---- templates ---- */

static const char *const facts[] = { "case", "name", "estate", "phone" };

/* "no=case": the gateway's name and our fact. */
static void
param_read(struct reading *reading, const config_setting_t *setting,
    struct sms_pair *ret)
{
	struct arena *arena = &reading->loaded->arena;
	const char *text = text_or(config_setting_get_string(setting), "");
	const char *equals = strchr(text, '=');
	bool is_known = false;

	for (size_t i = 0; equals != NULL && i < ARRAY_COUNT(facts); i++)
		is_known = is_known || text_eq(equals + 1, facts[i]);
	if (!is_known || equals == text) {
		reading_mistake(reading, setting, NULL,
		    "\"%s\" is no parameter; expected \"NAME=FACT\" with a "
		    "fact out of case, name, estate, phone",
		    text);
		return;
	}
	*ret = (struct sms_pair){
		arena_strndup(arena, text, (size_t)(equals - text)),
		arena_strdup(arena, equals + 1),
	};
}

static void
params_read(struct reading *reading, const config_setting_t *group,
    struct sms_template *ret)
{
	const config_setting_t *list =
	    config_setting_get_member(group, "params");
	struct sms_pair *params;

	if (list == NULL)
		return;
	if (!config_setting_is_array(list) && !config_setting_is_list(list)) {
		reading_mistake(reading, list, NULL,
		    "wrong form; expected [ \"no=case\", ... ]");
		return;
	}
	params = arena_array(&reading->loaded->arena,
	    (size_t)config_setting_length(list) + 1, sizeof(*params));
	for (int i = 0; i < config_setting_length(list); i++)
		param_read(reading, config_setting_get_elem(list, (unsigned)i),
		    &params[i]);
	for (int i = 0; i < config_setting_length(list); i++)
		for (int j = 0; j < i; j++)
			if (params[i].name != NULL &&
			    text_eq(params[i].name, params[j].name))
				reading_mistake(reading,
				    config_setting_get_elem(list, (unsigned)i),
				    NULL,
				    "another parameter is \"%s\" too; "
				    "expected each once",
				    params[i].name);
	ret->params = params;
	ret->param_count = (size_t)config_setting_length(list);
}

/* A kind that no text has would never be sent, and what was meant by it goes
 * as "*" or not at all. */
static void
kind_check(struct reading *reading, const config_setting_t *group,
    const struct sms_template *template)
{
	const char *kind = template->kind;

	if (kind != NULL && !text_eq(kind, "*") && !text_is_sms(kind))
		reading_mistake(reading, group, "kind",
		    "\"%s\" is none of our texts; expected \"*\" or one of "
		    "%s",
		    kind, text_sms_names(&reading->loaded->arena));
}

/* The first one would be sent, the second never. */
static void
twins_check(struct reading *reading, const config_setting_t *group,
    const struct sms_channel *channel, const struct sms_template *templates)
{
	const char *kind = templates[channel->template_count].kind;

	for (size_t i = 0; i < channel->template_count && kind != NULL; i++)
		if (text_eq(templates[i].kind, kind))
			reading_mistake(reading, group, "kind",
			    "\"%s\" has a template above; expected one a kind",
			    kind);
}

/* A gateway refuses a template with nothing in its place. */
static void
case_check(struct reading *reading, const config_setting_t *group,
    const struct sms_template *template)
{
	if (text_is_sms(template->kind) &&
	    !text_is_about_case(template->kind) &&
	    sms_template_uses(template, "case"))
		reading_mistake(reading, group, "params",
		    "\"%s\" is about no case; expected facts out of name, "
		    "estate, phone",
		    template->kind);
}

static void
template_read(struct reading *reading, const config_setting_t *group,
    struct sms_template *ret)
{
	const char *why;

	rows_read(reading, group, &config_sms_template_section, ret);
	kind_check(reading, group, ret);
	params_read(reading, group, ret);
	case_check(reading, group, ret);
	why = sms_template_fault(ret, &reading->loaded->arena);
	if (why != NULL)
		reading_mistake(reading, group, "text", "%s", why);
}

/* What goes unsaid without one; "*" stands for none of the last. */
static void
wanted_check(struct reading *reading, const struct sms_channel *channel)
{
	static const struct {
		const char *kind, *without;
	} wanted[] = {
		{ "ack", "who only texts is not told that we have it" },
		{ "staff_reply", "who only texts is not told of an answer" },
		{ "outcome", "who only texts is not told of an outcome" },
		{ "ack_emergency",
		    "who reports danger by text is not told to keep safe" },
		{ "ack_clarify",
		    "who names no place is asked for it by phone" },
		{ "withdraw_ask",
		    "who withdraws a case is asked by phone whether they mean "
		    "it" },
		{ "alert", "staff hear of danger by mail only" },
		{ "optout", "who opts out is not told that they have" },
	};
	const char *at = arena_printf(
	    &reading->loaded->arena, "sms.%s.templates", channel->name);

	for (size_t i = 0; i < ARRAY_COUNT(wanted); i++)
		if (sms_template_for(channel, wanted[i].kind) == NULL)
			warning_at(reading, at, "no template for \"%s\": %s",
			    wanted[i].kind, wanted[i].without);
}

static void
templates_read(struct reading *reading, const config_setting_t *channel_group,
    struct sms_channel *channel)
{
	const config_setting_t *list =
	    config_setting_get_member(channel_group, "templates");
	struct sms_template *templates;

	if (list == NULL) {
		if (channel->provider->is_template_only)
			reading_mistake(reading, channel_group, NULL,
			    "templates is missing; preset \"%s\" sends "
			    "nothing but templates",
			    channel->preset);
		return;
	}
	if (!config_setting_is_list(list)) {
		reading_mistake(reading, list, NULL,
		    "wrong form; expected templates: ( { ... }, { ... } );");
		return;
	}
	if (!channel->provider->is_template_only)
		reading_mistake(reading, list, NULL,
		    "preset \"%s\" sends texts, no templates", channel->preset);
	templates = arena_array(&reading->loaded->arena,
	    (size_t)config_setting_length(list) + 1, sizeof(*templates));
	for (int i = 0; i < config_setting_length(list); i++) {
		const config_setting_t *one =
		    config_setting_get_elem(list, (unsigned)i);

		if (!config_setting_is_group(one)) {
			reading_mistake(
			    reading, one, NULL, "wrong form; expected { ... }");
			continue;
		}
		template_read(
		    reading, one, &templates[channel->template_count]);
		twins_check(reading, one, channel, templates);
		channel->template_count++;
	}
	channel->templates = templates;
	if (channel->provider->is_template_only)
		wanted_check(reading, channel);
}

/* ---- the channels ---- */

/* Two channels of one preset read its file, and hear of it, once. */
static const struct sms_provider *
provider_of(struct reading *reading, size_t index)
{
	const struct sms_channel *channels = reading->loaded->conf.sms_channels;

	for (size_t i = 0; i < index; i++)
		if (text_eq(channels[i].preset, channels[index].preset))
			return channels[i].provider;
	return provider_read(reading, &channels[index]);
}

/* Whose words end texts, where nothing is said. */
static void
own_country(struct reading *reading, struct sms_channel *channel)
{
	const char **list =
	    arena_array(&reading->loaded->arena, 2, sizeof(*list));

	list[0] = channel->country;
	if (channel->keyword_countries == NULL)
		channel->keyword_countries = list;
}

/* One that could not be read: everybody may look at its provider. */
static const struct sms_provider no_provider;

void
sms_channels_read(struct reading *reading)
{
	struct config *conf = &reading->loaded->conf;

	conf->sms_channels = named_read(reading, "sms", &config_sms_section,
	    sizeof(struct sms_channel), &conf->sms_channel_count);
	for (size_t i = 0; i < conf->sms_channel_count; i++) {
		struct sms_channel *channel = &conf->sms_channels[i];
		const config_setting_t *group = config_lookup(
		    &reading->file, arena_printf(&reading->loaded->arena,
					"sms.%s", channel->name));
		const struct sms_provider *provider =
		    channel->preset == NULL ? NULL : provider_of(reading, i);

		own_country(reading, channel);
		channel->provider = provider != NULL ? provider : &no_provider;
		if (provider == NULL || provider == &no_provider)
			continue;
		channel->url = text_or(channel->url, provider->url);
		values_read(reading, group, channel);
		templates_read(reading, group, channel);
		sms_counting_read(reading, channel);
	}
}
