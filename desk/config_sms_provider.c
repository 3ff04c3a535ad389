/*
 * A provider file (conf/sms/NAME.conf) into struct sms_provider.
 */
#include <string.h>

#include "channels/sms_channel.h"
#include "channels/sms_job.h"
#include "core/config.h"
#include "core/limits.h"
#include "desk/config_parts.h"
#include "lib/err.h"
#include "lib/json.h"
#include "lib/text.h"
#include "reader/reader.h"

/* ---- groups, lists, pairs ---- */

/* NULL when it is not there, or is something else, which is told. */
static const config_setting_t *
group_of(struct reading *reading, const config_setting_t *in, const char *name)
{
	const config_setting_t *group = config_setting_get_member(in, name);

	if (group == NULL || config_setting_is_group(group))
		return group;
	reading_mistake(
	    reading, group, NULL, "wrong form; expected %s: { ... };", name);
	return NULL;
}

static const config_setting_t *
list_of(struct reading *reading, const char *name)
{
	const config_setting_t *list = config_lookup(&reading->file, name);

	if (list == NULL || config_setting_is_list(list))
		return list;
	reading_mistake(reading, list, NULL,
	    "wrong form; expected %s: ( { ... }, { ... } );", name);
	return NULL;
}

/* A list of groups into an array of objects. */
static void *
list_read(struct reading *reading, const char *name,
    const struct config_section *section, size_t size, size_t *ret_count)
{
	const config_setting_t *list = list_of(reading, name);
	size_t count = 0;
	char *objects;

	*ret_count = 0;
	if (list == NULL)
		return NULL;
	objects = arena_array(&reading->loaded->arena,
	    (size_t)config_setting_length(list) + 1, size);
	for (int i = 0; i < config_setting_length(list); i++) {
		const config_setting_t *one =
		    config_setting_get_elem(list, (unsigned)i);

		if (config_setting_is_group(one))
			rows_read(
			    reading, one, section, objects + count++ * size);
		else
			reading_mistake(
			    reading, one, NULL, "wrong form; expected { ... }");
	}
	*ret_count = count;
	return objects;
}

/* "headers: { Name = "form"; };" */
static void
headers_read(struct reading *reading, const config_setting_t *in,
    struct sms_request *request)
{
	struct arena *arena = &reading->loaded->arena;
	const config_setting_t *group = group_of(reading, in, "headers");
	struct sms_pair *list;

	if (group == NULL)
		return;
	list = arena_array(
	    arena, (size_t)config_setting_length(group) + 1, sizeof(*list));
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *one =
		    config_setting_get_elem(group, (unsigned)i);
		const char *text = config_setting_get_string(one);
		const char *why =
		    text == NULL ? "wrong form; expected text in quotes"
				 : sms_form_fault(text, reading->names, arena);

		if (why != NULL) {
			reading_mistake(reading, one, NULL, "%s", why);
			continue;
		}
		list[request->header_count++] = (struct sms_pair){
			arena_strdup(arena, config_setting_name(one)),
			arena_strdup(arena, text),
		};
	}
	request->headers = list;
}

static void
request_read(struct reading *reading, const config_setting_t *in,
    const char *name, const struct sms_scope *names, struct sms_request *ret)
{
	const config_setting_t *group = group_of(reading, in, name);

	if (group == NULL)
		return;
	reading->names = names;
	rows_read(reading, group, &config_sms_request_section, ret);
	headers_read(reading, group, ret);
}

/* ---- what stands where ---- */

/* In JSON and XML a thing has a path; a bare word would never be found. */
static void
field_check(struct reading *reading, const config_setting_t *group,
    const char *key, enum sms_format format, const char *field)
{
	bool has_paths = format == SMS_FORMAT_JSON ||
			 format == SMS_FORMAT_JSON_ARRAY ||
			 format == SMS_FORMAT_XML;

	for (; field != NULL; field = strchr(field, '|')) {
		field += *field == '|';
		if (has_paths == (*field == '/') || *field == '?' ||
		    text_eq(field, "body") || text_starts(field, "body|"))
			continue;
		reading_mistake(reading, group, key,
		    has_paths ? "\"%s\" is no path; expected \"/%s\""
			      : "\"%s\" is no name; expected one without "
				"slash, not \"%s\"",
		    field, field);
		return;
	}
}

static void
fields_read(struct reading *reading, const config_setting_t *in, bool is_report,
    struct sms_fields *ret)
{
	const config_setting_t *group = group_of(reading, in, "fields");
	const struct {
		const char *key;
		const char *const *field;
		bool required;
	} all[] = {
		{ "id", &ret->id, is_report },
		{ "from", &ret->from, !is_report },
		{ "to", &ret->to, false },
		{ "text", &ret->text, !is_report },
		{ "time", &ret->time, false },
		{ "state", &ret->state, is_report },
		{ "reason", &ret->reason, false },
		{ "charset", &ret->charset, false },
		{ "coding", &ret->coding, false },
		{ "text_hex", &ret->text_hex, false },
		{ "header", &ret->header, false },
		{ "part_ref", &ret->part_ref, false },
		{ "part_count", &ret->part_count, false },
		{ "part_number", &ret->part_number, false },
		{ "only_at", &ret->only_at, false },
	};

	if (config_setting_get_member(in, "fields") == NULL)
		reading_mistake(reading, in, "fields",
		    "missing; expected fields: { %s = ...; %s = ...; };",
		    is_report ? "id" : "from", is_report ? "state" : "text");
	if (group == NULL)
		return;
	rows_read(reading, group, &config_sms_fields_section, ret);
	for (size_t i = 0; i < ARRAY_COUNT(all); i++) {
		if (*all[i].field != NULL)
			field_check(reading, group, all[i].key, ret->format,
			    *all[i].field);
		else if (all[i].required)
			reading_mistake(reading, group, all[i].key,
			    "missing; %s is required", all[i].key);
	}
}

static void
push_read(struct reading *reading, const char *name, struct sms_push *ret)
{
	const config_setting_t *group =
	    group_of(reading, config_root_setting(&reading->file), name);

	if (group == NULL)
		return;
	ret->is_there = true;
	rows_read(reading, group, &config_sms_push_section, ret);
	fields_read(reading, group, text_eq(name, "report"), &ret->fields);
}

static void
poll_read(struct reading *reading, const char *name,
    const struct sms_scope *names, struct sms_poll *ret)
{
	const config_setting_t *group =
	    group_of(reading, config_root_setting(&reading->file), name);

	if (group == NULL)
		return;
	ret->is_there = true;
	rows_read(reading, group, &config_sms_poll_section, ret);
	ret->fields.format = SMS_FORMAT_JSON;
	request_read(reading, group, "request", names, &ret->request);
	if (config_setting_get_member(group, "request") == NULL)
		reading_mistake(reading, group, "request",
		    "missing; expected request: { url = ...; };");
	fields_read(reading, group, text_eq(name, "report_poll"), &ret->fields);
}

/* ---- the whole ---- */

/* What the file itself names, for checking its forms. */
static struct sms_scope
values_scope(struct reading *reading, const struct sms_provider *provider,
    const struct sms_scope *outer)
{
	struct sms_pair *list = arena_array(
	    &reading->loaded->arena, provider->value_count + 1, sizeof(*list));

	size_t count = 0;

	for (size_t i = 0; i < provider->value_count; i++)
		if (provider->values[i].name != NULL)
			list[count++] = (struct sms_pair){
				provider->values[i].name, ""
			};
	return (struct sms_scope){ list, count, outer };
}

static void
group_read(struct reading *reading, const char *name,
    const struct config_section *section, void *object)
{
	rows_read(reading,
	    group_of(reading, config_root_setting(&reading->file), name),
	    section, object);
}

static void
unknown_read(struct reading *reading, const struct sms_scope *names,
    struct sms_unknown *ret)
{
	const config_setting_t *group =
	    group_of(reading, config_root_setting(&reading->file), "unknown");

	reading->names = names;
	rows_read(reading, group, &config_sms_unknown_section, ret);
	if (group != NULL)
		request_read(reading, group, "request", names, &ret->request);
}

/* It is read before the names are known that it may hold. */
static void
signature_check(struct reading *reading, const struct sms_provider *provider,
    const struct sms_scope *names)
{
	const char *why = provider->signature == NULL
	    ? NULL
	    : sms_form_fault(provider->signature, names,
		  &reading->loaded->arena);

	if (why != NULL)
		mistake_at(reading, "signature", "%s", why);
}

static bool
has_user(enum sms_auth_kind kind)
{
	return kind == SMS_AUTH_BASIC || kind == SMS_AUTH_TC3 ||
	       kind == SMS_AUTH_ACS3;
}

/* They go to the reader with each job. */
static void
fields_check(struct reading *reading, const struct sms_provider *provider)
{
	const struct push_map map = push_map_from(provider);
	json_t *document scoped(json_release) = push_map_to_json(&map);
	size_t len = json_dumpb(document, NULL, 0, JSON_COMPACT);

	if (len > LIMIT_PUSH_MAP_BYTES)
		mistake_at(reading, "push.fields",
		    "the fields of push, report, poll and report_poll have "
		    "%zu bytes together; at most %zu are taken",
		    len, LIMIT_PUSH_MAP_BYTES);
}

static void
parts_read(struct reading *reading, struct sms_provider *ret)
{
	const config_setting_t *root = config_root_setting(&reading->file);
	static const struct sms_pair body_name[] = { { "body", "" },
		{ "now", "" } };
	struct sms_scope job, poll, channel, signing;

	rows_read(reading, root, &config_provider_section, ret);
	ret->values = list_read(reading, "values", &config_sms_value_section,
	    sizeof(struct sms_value), &ret->value_count);
	job = values_scope(reading, ret, &sms_job_names);
	poll = values_scope(reading, ret, &sms_poll_names);
	channel = values_scope(reading, ret, &sms_channel_names);
	signing =
	    (struct sms_scope){ body_name, ARRAY_COUNT(body_name), &channel };
	signature_check(reading, ret, &channel);
	reading->names = &signing;
	group_read(reading, "auth", &config_sms_auth_section, &ret->auth);
	if (!has_user(ret->auth.kind))
		ret->auth.user = NULL;
	request_read(reading, root, "send", &job, &ret->send);
	group_read(
	    reading, "accepted", &config_sms_accepted_section, &ret->accepted);
	ret->errors = list_read(reading, "errors", &config_sms_error_section,
	    sizeof(struct sms_error), &ret->error_count);
	unknown_read(reading, &job, &ret->unknown);
	reading->names = &channel;
	group_read(reading, "verify", &config_sms_verify_section, &ret->verify);
	push_read(reading, "push", &ret->push);
	push_read(reading, "report", &ret->report);
	poll_read(reading, "poll", &poll, &ret->poll);
	poll_read(reading, "report_poll", &poll, &ret->report_poll);
	reading->names = NULL;
	provider_check(reading, ret);
	fields_check(reading, ret);
}

const struct sms_provider *
provider_read(struct reading *reading, const struct sms_channel *channel)
{
	struct sms_provider *provider =
	    arena_alloc(&reading->loaded->arena, sizeof(*provider));
	struct reading file = {
		.loaded = reading->loaded,
		.complain = reading->complain,
		.arg = reading->arg,
		.is_public = reading->is_public,
		.base_dir = "",
	};
	struct err err = { 0 };
	const char *at = arena_printf(
	    &reading->loaded->arena, "sms.%s.preset", channel->name);

	*provider = (struct sms_provider){ .name = channel->preset };
	file.path = preset_path(reading, channel->preset, at);
	if (file.path == NULL)
		return NULL;
	if (reading_open(&file, NULL, &err) == 0)
		parts_read(&file, provider);
	else if (file.mistakes == 0)
		mistake_at(reading, at, "%s", err.msg);
	reading_close(&file);
	reading->mistakes += file.mistakes;
	return file.mistakes > 0 || err.msg[0] != '\0' ? NULL : provider;
}
