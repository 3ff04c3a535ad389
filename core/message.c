#include "core/message.h"

#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"

static json_t *
texts_to_json(const char *const *list, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, json_string(list[i]));
	return array;
}

static json_t *
attachments_to_json(const struct message *message)
{
	json_t *array = json_array();

	for (size_t i = 0; i < message->attachment_count; i++) {
		const struct attachment *one = &message->attachments[i];
		json_t *object = json_object();

		json_put_text(object, "name", one->name);
		json_put_text(object, "type", one->type);
		json_put_int(object, "size", (int64_t)one->size);
		json_put_int(object, "offset", (int64_t)one->offset);
		json_put_int(object, "length", (int64_t)one->length);
		json_put_flag(object, "inline", one->is_inline);
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *
addresses_to_json(const struct address *list, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++) {
		json_t *object = json_object();

		json_put_text(object, "addr", list[i].addr);
		json_put_text(object, "name", list[i].name);
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *
bounce_to_json(const struct bounce *bounce)
{
	json_t *object;

	if (!bounce->is_bounce && !bounce->is_delay)
		return json_null();
	object = json_object();
	json_put_flag(object, "is_bounce", true);
	json_put_flag(object, "delay", bounce->is_delay);
	json_object_set_new(object, "recipients",
	    texts_to_json(bounce->recipients, bounce->recipient_count));
	json_put_text(object, "status", bounce->status);
	json_put_flag(object, "hard", bounce->is_hard);
	json_put_text(
	    object, "original_message_id", bounce->original_message_id);
	return object;
}

static json_t *
forward_to_json(const struct forward *forward)
{
	json_t *object;

	if (!forward->is_forward && forward->body == NULL)
		return json_null();
	object = json_object();
	json_put_flag(object, "is_forward", forward->is_forward);
	json_put_text(object, "from", forward->from);
	json_put_text(object, "from_name", forward->from_name);
	json_put_text(object, "subject", forward->subject);
	json_put_text(object, "body", forward->body);
	return object;
}

static void
put_parts(json_t *object, const struct message *message)
{
	if (message->part_count == 0)
		return;
	json_put_int(object, "part_ref", message->part_ref);
	json_put_int(object, "part_count", message->part_count);
	json_put_int(object, "part_number", message->part_number);
}

json_t *
message_to_json(const struct message *message)
{
	json_t *object = json_object();

	json_put_text(object, "channel",
	    message->channel == CHANNEL_SMS ? "sms" : "mail");
	json_put_text(object, "from", message->from.addr);
	json_put_text(object, "from_name", message->from.name);
	json_put_text(object, "raw_from", message->raw_from);
	json_put_text(object, "reply_to", message->reply_to.addr);
	json_put_text(object, "reply_to_name", message->reply_to.name);
	json_put_text(object, "return_path", message->return_path);
	json_object_set_new(
	    object, "to", addresses_to_json(message->to, message->to_count));
	json_put_text(object, "message_id", message->message_id);
	json_put_text(object, "in_reply_to", message->in_reply_to);
	json_object_set_new(object, "references",
	    texts_to_json(message->references, message->reference_count));
	json_put_text(object, "subject", message->subject);
	json_put_int(object, "sent_at", message->sent_at);
	json_put_text(object, "text", message->text);
	json_put_text(object, "more_text", message->more);
	json_put_text(object, "reply", message->own);
	json_object_set_new(
	    object, "forward", forward_to_json(&message->forward));
	json_object_set_new(
	    object, "attachments", attachments_to_json(message));
	json_put_flag(object, "auto", message->is_auto);
	json_put_text(object, "auto_reason", message->auto_reason);
	json_object_set_new(object, "bounce", bounce_to_json(&message->bounce));
	json_object_set_new(object, "auth_results",
	    texts_to_json(message->auth_results, message->auth_result_count));
	json_put_flag(object, "spam_hint", message->spam_hint);
	json_put_text(object, "warning", message->warning);
	json_put_text(object, "recipient", message->recipient);
	put_parts(object, message);
	return object;
}

/* A member's text, cut at `cap' without cutting a character. */
static const char *
read_text(const json_t *object, const char *key, size_t cap, struct arena *arena)
{
	const char *text = json_text(object, key);
	size_t len;

	if (text == NULL)
		return NULL;
	len = strnlen(text, cap + 1);
	if (len > cap)
		for (len = cap; len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80;)
			len--;
	return arena_strndup(arena, text, len);
}

static const char *
read_short(const json_t *object, const char *key, struct arena *arena)
{
	return read_text(object, key, LIMIT_HEADER_BYTES, arena);
}

/* At most `limit' texts of a list; other values in it are left out. */
static const char **
read_texts(const json_t *object, const char *key, size_t limit,
    struct arena *arena, size_t *ret_count)
{
	const json_t *array = json_object_get(object, key);
	size_t size = json_array_size(array);
	const char **list;
	size_t count = 0;

	if (size > limit)
		size = limit;
	list = arena_array(arena, size, sizeof(*list));
	for (size_t i = 0; i < size; i++) {
		const char *text = json_string_value(json_array_get(array, i));

		if (text != NULL)
			list[count++] = arena_strndup(
			    arena, text, strnlen(text, LIMIT_HEADER_BYTES));
	}
	*ret_count = count;
	return list;
}

static size_t
read_size(const json_t *object, const char *key)
{
	int64_t value = json_int(object, key, 0);

	return value < 0 || (uint64_t)value > LIMIT_MAIL_BYTES ? 0
							       : (size_t)value;
}

static void
read_attachments(
    const json_t *object, struct arena *arena, struct message *ret)
{
	const json_t *array = json_object_get(object, "attachments");
	size_t size = json_array_size(array);

	if (size > LIMIT_ATTACHMENTS)
		size = LIMIT_ATTACHMENTS;
	ret->attachments = arena_array(arena, size, sizeof(*ret->attachments));
	for (size_t i = 0; i < size; i++) {
		const json_t *one = json_array_get(array, i);
		struct attachment *out =
		    &ret->attachments[ret->attachment_count++];

		out->name = read_short(one, "name", arena);
		out->type = text_or(
		    read_short(one, "type", arena), "application/octet-stream");
		out->size = read_size(one, "size");
		out->offset = read_size(one, "offset");
		out->length = read_size(one, "length");
		out->is_inline = json_flag(one, "inline");
	}
}

static void
read_recipients(
    const json_t *object, struct arena *arena, struct message *ret)
{
	const json_t *array = json_object_get(object, "to");
	size_t size = json_array_size(array);

	if (size > LIMIT_RECIPIENTS)
		size = LIMIT_RECIPIENTS;
	ret->to = arena_array(arena, size, sizeof(*ret->to));
	for (size_t i = 0; i < size; i++) {
		const json_t *one = json_array_get(array, i);
		const char *addr = read_short(one, "addr", arena);

		if (addr == NULL)
			continue;
		ret->to[ret->to_count].addr = addr;
		ret->to[ret->to_count++].name = read_short(one, "name", arena);
	}
}

static void
read_bounce(const json_t *object, struct arena *arena, struct bounce *ret)
{
	ret->is_delay = json_flag(object, "delay");
	ret->is_bounce = json_flag(object, "is_bounce") && !ret->is_delay;
	ret->recipients = read_texts(object, "recipients", LIMIT_RECIPIENTS,
	    arena, &ret->recipient_count);
	ret->status = read_short(object, "status", arena);
	ret->is_hard = json_flag(object, "hard");
	ret->original_message_id =
	    read_short(object, "original_message_id", arena);
}

static void
read_forward(const json_t *object, struct arena *arena, struct forward *ret)
{
	ret->is_forward = json_flag(object, "is_forward");
	ret->from = read_short(object, "from", arena);
	ret->from_name = read_short(object, "from_name", arena);
	ret->subject = read_short(object, "subject", arena);
	ret->body = read_text(object, "body", LIMIT_TEXT_BYTES, arena);
}

static unsigned
read_part(const json_t *object, const char *key, int64_t most)
{
	int64_t value = json_int(object, key, 0);

	return value < 0 || value > most ? 0 : (unsigned)value;
}

static void
read_who(const json_t *object, struct arena *arena, struct message *ret)
{
	ret->channel = text_eq(json_text(object, "channel"), "sms")
	    ? CHANNEL_SMS
	    : CHANNEL_MAIL;
	ret->from.addr = read_short(object, "from", arena);
	ret->from.name = read_short(object, "from_name", arena);
	ret->raw_from = read_short(object, "raw_from", arena);
	ret->reply_to.addr = read_short(object, "reply_to", arena);
	ret->reply_to.name = read_short(object, "reply_to_name", arena);
	ret->return_path = read_short(object, "return_path", arena);
	ret->message_id = read_short(object, "message_id", arena);
	ret->in_reply_to = read_short(object, "in_reply_to", arena);
	ret->references = read_texts(object, "references", LIMIT_REFERENCES,
	    arena, &ret->reference_count);
	ret->subject = read_short(object, "subject", arena);
	ret->recipient = read_short(object, "recipient", arena);
	read_recipients(object, arena, ret);
}

int
message_from_json(const json_t *document, struct arena *arena,
    struct message *ret, struct err *err)
{
	const char **results;
	msec_t sent_at;

	if (!json_is_object(document))
		return err_set(err, ERR_DATA, "a message is a JSON object");
	*ret = (struct message){ 0 };
	read_who(document, arena, ret);
	sent_at = json_int(document, "sent_at", 0);
	/* Up to the year 9999. */
	ret->sent_at = sent_at < 0 || sent_at > 253402300800000 ? 0 : sent_at;
	ret->text = read_text(document, "text", LIMIT_TEXT_BYTES, arena);
	ret->more =
	    read_text(document, "more_text", LIMIT_TEXT_BYTES, arena);
	ret->own = read_text(document, "reply", LIMIT_TEXT_BYTES, arena);
	read_forward(
	    json_object_get(document, "forward"), arena, &ret->forward);
	read_attachments(document, arena, ret);
	ret->is_auto = json_flag(document, "auto");
	ret->auto_reason = read_short(document, "auto_reason", arena);
	read_bounce(json_object_get(document, "bounce"), arena, &ret->bounce);
	results = read_texts(document, "auth_results",
	    ARRAY_COUNT(ret->auth_results), arena, &ret->auth_result_count);
	for (size_t i = 0; i < ret->auth_result_count; i++)
		ret->auth_results[i] = results[i];
	ret->spam_hint = json_flag(document, "spam_hint");
	ret->warning = read_short(document, "warning", arena);
	ret->part_ref = read_part(document, "part_ref", 65535);
	ret->part_count = read_part(document, "part_count", 255);
	ret->part_number = read_part(document, "part_number", 255);
	if (ret->part_number == 0 || ret->part_number > ret->part_count)
		ret->part_ref = ret->part_count = ret->part_number = 0;
	return 0;
}
