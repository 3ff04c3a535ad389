/*
 * What was understood, for programs.
 */
#include "cli/classify_parts.h"
#include "core/config.h"
#include "core/zone.h"
#include "lib/text.h"

enum { RFC3339_BYTES = 32 };

json_t *
place_to_json(const struct place *place)
{
	json_t *object;

	if (place_is_empty(place))
		return json_null();
	object = json_object();
	json_put_text(object, "building", place->building);
	json_put_text(object, "unit", place->unit);
	json_put_text(object, "room", place->room);
	json_put_text(object, "floor", place->floor);
	json_put_text(object, "area", place->area);
	return object;
}

static void
put_if(json_t *object, const char *key, const char *text)
{
	if (text != NULL)
		json_put_text(object, key, text);
}

static json_t *
command_to_json(const struct command *command, const struct estate *estate)
{
	json_t *object = json_object();
	char at[RFC3339_BYTES];

	json_put_text(object, "cmd", command_name(command->kind));
	put_if(object, "to", command->to);
	put_if(object, "text", command->text);
	put_if(object, "value", command->value);
	put_if(object, "case_no", command->case_no);
	if (command->score != 0)
		json_put_int(object, "score", command->score);
	if (command->at != 0 && estate != NULL && estate->zone != NULL) {
		zone_rfc3339(estate->zone, command->at, at);
		json_put_text(object, "at", at);
	}
	return object;
}

/* What an owner asks of the machine, as a command too. */
static json_t *
owner_command(const struct understanding *seen)
{
	static const char *const names[KIND_COUNT] = {
		[KIND_OPTOUT] = "optout",
		[KIND_OPTIN] = "optin",
		[KIND_RATING] = "rate",
		[KIND_STATUS_QUERY] = "status",
		[KIND_WITHDRAW] = "withdraw",
		[KIND_HELP] = "help",
		[KIND_CALLBACK] = "callback",
	};
	json_t *object;

	if (names[seen->kind] == NULL)
		return NULL;
	object = json_object();
	json_put_text(object, "cmd", names[seen->kind]);
	if (seen->score != 0)
		json_put_int(object, "score", seen->score);
	put_if(object, "case_no", seen->case_no);
	return object;
}

/* The mistakes of the whole message stand in its first command; when it has
 * none, in one that names nothing. */
static json_t *
commands_to_json(const struct understanding *seen, const struct estate *estate)
{
	const struct commands *commands = &seen->commands;
	json_t *list = json_array(), *errors = json_array();
	json_t *own = owner_command(seen);

	if (own != NULL)
		(void)json_array_append_new(list, own);
	for (size_t i = 0; i < commands->count; i++)
		(void)json_array_append_new(
		    list, command_to_json(&commands->list[i], estate));
	for (size_t i = 0; i < commands->error_count; i++)
		(void)json_array_append_new(
		    errors, json_string(commands->errors[i]));
	if (commands->error_count > 0 && commands->count == 0) {
		json_t *object = json_object();

		json_put_text(object, "cmd", NULL);
		(void)json_array_append_new(list, object);
	}
	if (commands->error_count > 0)
		(void)json_object_set(
		    json_array_get(list, 0), "errors", errors);
	json_release(&errors);
	return list;
}

json_t *
answer_to_json(const struct question *asked, const struct understanding *seen)
{
	json_t *object = json_object();

	json_put_text(object, "kind", kind_name(seen->kind));
	json_put_text(object, "category", seen->category);
	json_put_text(object, "severity", severity_name(seen->severity));
	(void)json_object_set_new(
	    object, "location", place_to_json(&seen->place));
	json_put_flag(object, "is_reply", seen->is_reply);
	(void)json_object_set_new(
	    object, "commands", commands_to_json(seen, asked->ctx.estate));
	json_put_text(object, "own_text", asked->in.own);
	json_put_text(object, "case_no", seen->case_no);
	json_put_flag(object, "agitated", seen->agitated);
	json_put_text(object, "emergency", seen->emergency);
	json_put_text(object, "language", language_name(seen->language));
	return object;
}
