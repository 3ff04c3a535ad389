#include "channels/sms_form.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/digest.h"
#include "lib/json.h"
#include "lib/text.h"
#include "lib/units.h"

enum { NAME_MAX_BYTES = 64, FILTERS_MAX = 6, NESTING_MAX = 8 };

const char *
sms_scope_find(const struct sms_scope *scope, const char *name)
{
	for (; scope != NULL; scope = scope->outer)
		for (size_t i = 0; i < scope->count; i++)
			if (text_eq(scope->list[i].name, name))
				return text_or(scope->list[i].text, "");
	return NULL;
}

/* ---- filters ---- */

void
sms_url_add(struct buf *url, const char *data, size_t len)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)data[i];

		if ((byte >= '0' && byte <= '9') ||
		    (byte >= 'A' && byte <= 'Z') ||
		    (byte >= 'a' && byte <= 'z') ||
		    (byte != '\0' && strchr("-._~", byte) != NULL)) {
			buf_putc(url, data[i]);
			continue;
		}
		buf_putc(url, '%');
		buf_putc(url, hex[byte >> 4]);
		buf_putc(url, hex[byte & 15]);
	}
}

void
sms_base64_add(struct buf *out, const void *data, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *at = data;

	for (size_t i = 0; i < len; i += 3) {
		uint32_t three = (uint32_t)at[i] << 16 |
		    (i + 1 < len ? (uint32_t)at[i + 1] << 8 : 0) |
		    (i + 2 < len ? at[i + 2] : 0);

		buf_putc(out, digits[three >> 18]);
		buf_putc(out, digits[three >> 12 & 63]);
		buf_putc(out, i + 1 < len ? digits[three >> 6 & 63] : '=');
		buf_putc(out, i + 2 < len ? digits[three & 63] : '=');
	}
}

static void
add_url(const char *text, struct buf *out)
{
	sms_url_add(out, text, strlen(text));
}

static void
add_base64(const char *text, struct buf *out)
{
	sms_base64_add(out, text, strlen(text));
}

/* The inside of a JSON string. */
static void
add_json(const char *text, struct buf *out)
{
	json_t *value scoped(json_release) = json_string(text);
	struct buf quoted scoped(buf_done) = { 0 };

	buf_init(&quoted, out->cap + 2);
	json_to_buf(value, &quoted);
	if (quoted.len >= 2)
		buf_add(out, quoted.data + 1, quoted.len - 2);
}

static void
add_xml(const char *text, struct buf *out)
{
	static const struct {
		char c;
		const char *name;
	} names[] = { { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" },
		{ '"', "&quot;" }, { '\'', "&apos;" } };

	for (; *text != '\0'; text++) {
		const char *name = NULL;

		for (size_t i = 0; i < ARRAY_COUNT(names); i++)
			if (names[i].c == *text)
				name = names[i].name;
		if (name != NULL)
			buf_puts(out, name);
		else
			buf_putc(out, *text);
	}
}

static void
add_hex16be(const char *text, struct buf *out)
{
	while (*text != '\0') {
		uint32_t c = unicode_next(&text);

		if (c >= 0x10000)
			buf_printf(out, "%04x%04x", 0xd7c0U + (c >> 10),
			    0xdc00U + (c & 0x3ff));
		else
			buf_printf(out, "%04x", c);
	}
}

static void
add_sha256(const char *text, struct buf *out)
{
	uint8_t digest[SHA256_BYTES];
	char hex[SHA256_HEX];

	digest_sha256(text, strlen(text), digest);
	digest_hex(digest, sizeof(digest), hex);
	buf_puts(out, hex);
}

static void
add_percent(const char *text, struct buf *out)
{
	for (; *text != '\0'; text++)
		buf_puts(out, *text == '%' ? "%%" : (char[]){ *text, '\0' });
}

struct date {
	int64_t year, month, day;
};

/* Days since 1970-01-01 into a date; the shifted year starts in March, so that
 * the leap day is its last. */
static struct date
date_of(int64_t days)
{
	int64_t shifted = days + 719468;
	int64_t era = shifted / 146097;
	int64_t day = shifted % 146097;
	int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	int64_t month;

	day -= 365 * year + year / 4 - year / 100;
	month = (5 * day + 2) / 153;
	day -= (153 * month + 2) / 5;
	month = month < 10 ? month + 3 : month - 9;
	return (struct date){ year + era * 400 + (month <= 2), month, day + 1 };
}

static int64_t
seconds_of(const char *text)
{
	int64_t seconds = 0;

	return text_to_int(text, 0, INT64_C(253402300799), &seconds) < 0
	    ? 0
	    : seconds;
}

static void
add_day(const char *text, struct buf *out)
{
	struct date date =
	    date_of(seconds_of(text) / (MSEC_DAY / MSEC_SECOND));

	buf_printf(out, "%04lld-%02lld-%02lld", (long long)date.year,
	    (long long)date.month, (long long)date.day);
}

static void
add_iso(const char *text, struct buf *out)
{
	int64_t second = seconds_of(text) % (MSEC_DAY / MSEC_SECOND);

	add_day(text, out);
	buf_printf(out, "T%02lld:%02lld:%02lldZ", (long long)second / 3600,
	    (long long)second / 60 % 60, (long long)second % 60);
}

static const struct filter {
	const char *name;
	void (*add)(const char *text, struct buf *out);
} filters[] = {
	{ "url", add_url },
	{ "json", add_json },
	{ "xml", add_xml },
	{ "hex16be", add_hex16be },
	{ "b64", add_base64 },
	{ "sha256", add_sha256 },
	{ "percent", add_percent },
	{ "iso", add_iso },
	{ "day", add_day },
};

static const struct filter *
filter_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_COUNT(filters); i++)
		if (text_eq(filters[i].name, name))
			return &filters[i];
	return NULL;
}

/* ---- one place ---- */

struct place {
	char kind; /* '#', '^', '/', or 0 for a value */
	char name[NAME_MAX_BYTES];
	char filters[FILTERS_MAX][NAME_MAX_BYTES];
	size_t filter_count;
	size_t len; /* of all, braces too */
};

static bool
is_name(char c, bool is_first)
{
	return (c >= 'a' && c <= 'z') ||
	    (!is_first && ((c >= '0' && c <= '9') || c == '_'));
}

static bool
is_place(const char *at)
{
	return at[0] == '{' &&
	    (is_name(at[1], true) ||
		(at[1] != '\0' && strchr("#^/", at[1]) != NULL &&
		    is_name(at[2], true)));
}

static const char *
take_name(const char *at, char ret[NAME_MAX_BYTES])
{
	size_t len = 0;

	while (is_name(at[len], len == 0) && len + 1 < NAME_MAX_BYTES) {
		ret[len] = at[len];
		len++;
	}
	ret[len] = '\0';
	return at + len;
}

/* False when it does not end as it should. */
static bool
place_read(const char *at, struct place *ret)
{
	const char *start = at++;

	*ret = (struct place){ 0 };
	if (!is_name(*at, true))
		ret->kind = *at++;
	at = take_name(at, ret->name);
	while (*at == '|' && ret->kind == 0 && ret->filter_count < FILTERS_MAX)
		at = take_name(at + 1, ret->filters[ret->filter_count++]);
	ret->len = (size_t)(at - start) + 1;
	return *at == '}';
}

static void
add_value(const struct place *place, const char *value, struct buf *out)
{
	struct buf one scoped(buf_done) = { 0 };
	struct buf next scoped(buf_done) = { 0 };

	if (place->filter_count == 0) {
		buf_puts(out, value);
		return;
	}
	buf_init(&one, out->cap);
	buf_init(&next, out->cap);
	buf_puts(&one, value);
	for (size_t i = 0; i < place->filter_count; i++) {
		const struct filter *filter = filter_find(place->filters[i]);
		struct buf swap = one;

		buf_reset(&next);
		if (filter != NULL)
			filter->add(buf_text(&one), &next);
		next.over = next.over || one.over;
		one = next;
		next = swap;
	}
	buf_add(out, buf_text(&one), one.len);
	out->over = out->over || one.over;
}

/* Whether all the sections that are open say so. */
struct sections {
	char names[NESTING_MAX][NAME_MAX_BYTES];
	bool shown[NESTING_MAX];
	size_t depth;
};

static bool
is_shown(const struct sections *sections)
{
	for (size_t i = 0; i < sections->depth; i++)
		if (!sections->shown[i])
			return false;
	return true;
}

static void
section_open(struct sections *sections, const struct place *place, bool shown)
{
	memcpy(sections->names[sections->depth], place->name, NAME_MAX_BYTES);
	sections->shown[sections->depth++] = shown;
}

void
sms_form_fill(const char *form, const struct sms_scope *scope, struct buf *out)
{
	struct sections sections = { .depth = 0 };

	while (form != NULL && *form != '\0') {
		struct place place;
		const char *value;

		if (!is_place(form) || !place_read(form, &place)) {
			if (is_shown(&sections))
				buf_putc(out, *form);
			form++;
			continue;
		}
		form += place.len;
		value = text_or(sms_scope_find(scope, place.name), "");
		if (place.kind == '/')
			sections.depth -= sections.depth > 0;
		else if (place.kind == 0 && is_shown(&sections))
			add_value(&place, value, out);
		else if (place.kind != 0 && sections.depth < NESTING_MAX)
			section_open(&sections, &place,
			    (*value != '\0') == (place.kind == '#'));
	}
}

/* ---- is it good? ---- */

static const char *
names_known(const struct sms_scope *known, struct arena *arena)
{
	const char *list = "";

	for (; known != NULL; known = known->outer)
		for (size_t i = 0; i < known->count; i++)
			list = arena_printf(arena, "%s%s{%s}", list,
			    *list == '\0' ? "" : " ", known->list[i].name);
	return list;
}

static const char *
filters_known(struct arena *arena)
{
	const char *list = "";

	for (size_t i = 0; i < ARRAY_COUNT(filters); i++)
		list = arena_printf(arena, "%s%s%s", list,
		    *list == '\0' ? "" : " ", filters[i].name);
	return list;
}

static const char *
place_fault(const struct place *place, const struct sms_scope *known,
    struct sections *sections, struct arena *arena)
{
	for (size_t i = 0; i < place->filter_count; i++)
		if (filter_find(place->filters[i]) == NULL)
			return arena_printf(arena,
			    "\"%s\" in {%s} is no filter; expected %s",
			    place->filters[i], place->name,
			    filters_known(arena));
	if (place->kind == '/') {
		if (sections->depth > 0 &&
		    text_eq(sections->names[sections->depth - 1],
			place->name)) {
			sections->depth--;
			return NULL;
		}
		return arena_printf(arena,
		    "{/%s} ends what is not open", place->name);
	}
	if (sms_scope_find(known, place->name) == NULL)
		return arena_printf(arena,
		    "{%s} is not known; expected a name of \"values\" or %s",
		    place->name, names_known(known, arena));
	if (place->kind != 0 && sections->depth == NESTING_MAX)
		return "sections are nested too deep";
	if (place->kind != 0)
		section_open(sections, place, true);
	return NULL;
}

const char *
sms_form_fault(
    const char *form, const struct sms_scope *known, struct arena *arena)
{
	struct sections sections = { .depth = 0 };

	for (; form != NULL && *form != '\0'; form++) {
		struct place place;
		const char *why;

		if (!is_place(form))
			continue;
		if (!place_read(form, &place))
			return arena_printf(arena,
			    "\"%.20s\" is no place; expected {name}, "
			    "{name|filter}, {#name} or {/name}",
			    form);
		why = place_fault(&place, known, &sections, arena);
		if (why != NULL)
			return why;
		form += place.len - 1;
	}
	if (sections.depth > 0)
		return arena_printf(arena, "{#%s} has no {/%s}",
		    sections.names[sections.depth - 1],
		    sections.names[sections.depth - 1]);
	return NULL;
}
