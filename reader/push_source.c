/*
 * The five ways in which gateways write things: query, form, JSON, a list of
 * JSON, XML.
 */
#include <stdbool.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/digest.h"
#include "lib/err.h"
#include "lib/flat_json.h"
#include "lib/form.h"
#include "lib/text.h"
#include "reader/charset.h"
#include "reader/push.h"

enum { FORM_FIELDS_MAX = 256, PATH_DEPTH_MAX = 32 };

/* ---- bytes ---- */

struct bytes
push_unhex(const char *digits, size_t len, struct arena *arena)
{
	char *out = arena_alloc(arena, len / 2 + 1);
	size_t used = 0;

	for (size_t i = 0; i + 1 < len && text_hex_value(digits[i]) >= 0 &&
			   text_hex_value(digits[i + 1]) >= 0;
	     i += 2)
		out[used++] = (char)(text_hex_value(digits[i]) * 16 +
				     text_hex_value(digits[i + 1]));
	return (struct bytes){ out, used };
}

static struct bytes
value_of(const json_t *plain, const char *name, const json_t *hex,
    const char *hex_name, struct arena *arena)
{
	const json_t *value = json_object_get(plain, name);

	if (json_is_string(value))
		return (struct bytes){ json_string_value(value),
			json_string_length(value) };
	value = json_object_get(hex, hex_name);
	if (json_is_string(value))
		return push_unhex(
		    json_string_value(value), json_string_length(value), arena);
	return (struct bytes){ 0 };
}

static struct bytes
query_bytes(const json_t *request, const char *name, struct arena *arena)
{
	return value_of(json_object_get(request, "query"), name,
	    json_object_get(request, "query_hex"), name, arena);
}

struct bytes
push_body(const json_t *request, struct arena *arena)
{
	return value_of(request, "body", request, "body_hex", arena);
}

/* ---- forms ---- */

/* JSON holds only UTF-8, so that values wait in hexadecimal. */
static void
form_add(json_t *fields, const struct form_field *field, struct arena *arena)
{
	char *digits = arena_alloc(arena, 2 * field->text.len + 1);

	digest_hex((const uint8_t *)field->text.data, field->text.len, digits);
	if (json_object_get(fields, field->name.data) == NULL)
		json_put_text(fields, field->name.data, digits);
}

static json_t *
form_read(struct bytes body, struct arena *arena)
{
	json_t *fields = json_object();
	struct form_field field;

	for (size_t i = 0;
	     i < FORM_FIELDS_MAX && form_next(&body, arena, &field); i++)
		form_add(fields, &field, arena);
	return fields;
}

/* Gateways that can push a form push the same as JSON where somebody has
 * chosen that; NULL when it is none. */
static json_t *
form_read_json(struct bytes body, struct arena *arena)
{
	struct flat_json json = flat_json_open(body);
	json_t *fields = json_object();
	struct form_field field;

	/* To the end, which says whether it is one. */
	for (size_t i = 0; flat_json_next(&json, arena, &field); i++)
		if (i < FORM_FIELDS_MAX)
			form_add(fields, &field, arena);
	if (!json.is_good)
		json_release(&fields);
	return fields;
}

static json_t *
form_of(const json_t *request, struct bytes body, struct arena *arena)
{
	const char *type = text_or(json_text(request, "content_type"), "");

	return text_starts_nocase(type, "application/json") && body.len > 0
		   ? form_read_json(body, arena)
		   : form_read(body, arena);
}

/* ---- XML ---- */

static void *
xml_read(struct bytes body, struct err *err)
{
	xmlDoc *doc = xmlReadMemory(body.data, (int)body.len, NULL, NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
		XML_PARSE_NOCDATA);

	if (doc == NULL) {
		(void)err_set(err, ERR_DATA, "the body is not XML");
		return NULL;
	}
	/* Nobody who sends a text has entities to declare. */
	if (doc->intSubset != NULL) {
		xmlFreeDoc(doc);
		(void)err_set(err, ERR_DATA,
		    "the body has a document type; none is taken");
		return NULL;
	}
	return doc;
}

static const xmlNode *
xml_child(const xmlNode *list, const char *name, size_t len)
{
	for (; list != NULL; list = list->next) {
		const char *own = (const char *)list->name;

		if (list->type == XML_ELEMENT_NODE && strlen(own) == len &&
		    memcmp(own, name, len) == 0)
			return list;
	}
	return NULL;
}

static struct bytes
xml_bytes(xmlDoc *doc, const char *path, struct arena *arena)
{
	const xmlNode *node = NULL;
	const xmlNode *list = xmlDocGetRootElement(doc);
	xmlChar *content;
	struct bytes ret = { 0 };

	for (int depth = 0; *path == '/' && depth < PATH_DEPTH_MAX; depth++) {
		size_t len = strcspn(++path, "/");

		node = xml_child(list, path, len);
		if (node == NULL)
			return ret;
		list = node->children;
		path += len;
	}
	content = node == NULL ? NULL : xmlNodeGetContent(node);
	if (content == NULL)
		return ret;
	ret.len = strlen((const char *)content);
	ret.data = arena_strndup(arena, (const char *)content, ret.len);
	xmlFree(content);
	return ret;
}

/* ---- JSON ---- */

json_t *
push_json(struct bytes body, struct arena *arena, struct err *err)
{
	json_t *document = json_from(body.data, body.len, NULL);
	char *mended;

	if (document != NULL)
		return document;
	/* What stands behind a NUL would be lost in mending. */
	if (body.len > 0 && memchr(body.data, '\0', body.len) != NULL)
		return json_from(body.data, body.len, err);
	mended = charset_to_utf8("utf-8", body.data, body.len, arena);
	json_mend_escapes(mended, strlen(mended));
	return json_from(mended, strlen(mended), err);
}

/* Texts, numbers and flags; everything else is absent. */
static struct bytes
json_bytes(const json_t *document, const char *pointer, struct arena *arena)
{
	const json_t *value = json_at(document, pointer);
	const char *text = NULL;

	if (json_is_string(value))
		return (struct bytes){ json_string_value(value),
			json_string_length(value) };
	if (json_is_integer(value))
		text = arena_printf(
		    arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else if (json_is_boolean(value))
		text = json_is_true(value) ? "true" : "false";
	return (struct bytes){ text, text == NULL ? 0 : strlen(text) };
}

/* ---- any of them ---- */

int
push_source_open(const struct sms_fields *fields, const json_t *request,
    struct arena *arena, struct push_source *ret, struct err *err)
{
	struct bytes body = push_body(request, arena);

	*ret = (struct push_source){ .fields = fields, .request = request };
	if (body.data == NULL)
		body.data = "";
	switch (fields->format) {
	case SMS_FORMAT_QUERY: break;
	case SMS_FORMAT_FORM:
		ret->document = form_of(request, body, arena);
		if (ret->document == NULL)
			return err_set(err, ERR_DATA,
			    "the body is no JSON object of texts alone");
		break;
	case SMS_FORMAT_JSON:
	case SMS_FORMAT_JSON_ARRAY:
		/* All may stand in the query. */
		ret->document = body.len == 0 ? json_object()
					      : push_json(body, arena, NULL);
		if (ret->document == NULL)
			return err_set(err, ERR_DATA, "the body is not JSON");
		break;
	case SMS_FORMAT_XML:
		ret->xml = xml_read(body, err);
		return ret->xml == NULL ? -1 : 0;
	}
	return 0;
}

void
push_source_item(const struct sms_fields *fields, const json_t *item,
    struct push_source *ret)
{
	*ret = (struct push_source){ .fields = fields };
	ret->document = json_incref((json_t *)(uintptr_t)item);
}

void
push_source_close(struct push_source *source)
{
	json_release(&source->document);
	if (source->xml != NULL)
		xmlFreeDoc(source->xml);
	source->xml = NULL;
}

static struct bytes
form_bytes(
    const struct push_source *source, const char *name, struct arena *arena)
{
	const char *digits = json_text(source->document, name);

	if (digits == NULL)
		return query_bytes(source->request, name, arena);
	return push_unhex(digits, strlen(digits), arena);
}

static struct bytes
one_field(
    const struct push_source *source, const char *name, struct arena *arena)
{
	if (*name == '?')
		return query_bytes(source->request, name + 1, arena);
	/* A form may well have a field of that name, and is never a text. */
	if (text_eq(name, "body") && source->fields->format != SMS_FORMAT_FORM)
		return push_body(source->request, arena);
	switch (source->fields->format) {
	case SMS_FORMAT_QUERY: break;
	case SMS_FORMAT_FORM: return form_bytes(source, name, arena);
	case SMS_FORMAT_JSON:
	case SMS_FORMAT_JSON_ARRAY:
		return json_bytes(source->document, name, arena);
	case SMS_FORMAT_XML: return xml_bytes(source->xml, name, arena);
	}
	return query_bytes(source->request, name, arena);
}

struct bytes
push_bytes(
    const struct push_source *source, const char *field, struct arena *arena)
{
	struct bytes ret = { 0 };

	while (field != NULL && ret.data == NULL) {
		size_t len = strcspn(field, "|");

		ret =
		    one_field(source, arena_strndup(arena, field, len), arena);
		field = field[len] == '|' ? field + len + 1 : NULL;
	}
	return ret;
}

const char *
push_text(
    const struct push_source *source, const char *field, struct arena *arena)
{
	struct bytes value = push_bytes(source, field, arena);
	char *text;

	if (value.data == NULL || value.len > LIMIT_HEADER_BYTES)
		return NULL;
	text = text_trim(charset_to_utf8(NULL, value.data, value.len, arena));
	return *text == '\0' ? NULL : text;
}
