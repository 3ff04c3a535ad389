#include "channels/sms_form.h"

#include <string.h>

#include "channels/sms_filter.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"

enum { NAME_MAX_BYTES = 64, FILTERS_MAX = 6, NESTING_MAX = 8 };

struct sms_scope
sms_scope_of(const struct sms_scope *names, const char *const *values,
    const struct sms_scope *outer, struct arena *arena)
{
	struct sms_pair *list = arena_array(arena, names->count, sizeof(*list));

	for (size_t i = 0; i < names->count; i++)
		list[i] = (struct sms_pair){ names->list[i].name,
			text_or(values[i], "") };
	return (struct sms_scope){ list, names->count, outer };
}

const char *
sms_scope_find(const struct sms_scope *scope, const char *name)
{
	for (; scope != NULL; scope = scope->outer)
		for (size_t i = 0; i < scope->count; i++)
			if (text_eq(scope->list[i].name, name))
				return text_or(scope->list[i].text, "");
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

bool
sms_name_is_valid(const char *name)
{
	size_t len = 0;

	while (is_name(name[len], len == 0))
		len++;
	return len > 0 && len < NAME_MAX_BYTES && name[len] == '\0';
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
		const struct sms_filter *filter =
		    sms_filter_find(place->filters[i]);
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

/* All that is wrong with one form. */
struct faults {
	const struct sms_scope *known;
	struct arena *arena;
	const char *list; /* NULL: nothing yet */
	bool are_names_told;
};

static void
add_fault(struct faults *faults, const char *fault)
{
	faults->list =
	    faults->list == NULL
		? fault
		: arena_printf(faults->arena, "%s; %s", faults->list, fault);
}

static void
check_filters(struct faults *faults, const struct place *place)
{
	for (size_t i = 0; i < place->filter_count; i++)
		if (sms_filter_find(place->filters[i]) == NULL)
			add_fault(faults,
			    arena_printf(faults->arena,
				"\"%s\" in {%s} is no filter; expected %s",
				place->filters[i], place->name,
				sms_filter_names(faults->arena)));
}

static void
check_end(
    struct faults *faults, const struct place *place, struct sections *sections)
{
	if (sections->depth > 0 &&
	    text_eq(sections->names[sections->depth - 1], place->name))
		sections->depth--;
	else
		add_fault(
		    faults, arena_printf(faults->arena,
				"{/%s} ends what is not open", place->name));
}

static void
check_name(struct faults *faults, const char *name)
{
	if (sms_scope_find(faults->known, name) != NULL)
		return;
	add_fault(faults,
	    faults->are_names_told
		? arena_printf(faults->arena, "{%s} is not known", name)
		: arena_printf(faults->arena,
		      "{%s} is not known; expected a name of \"values\" or %s",
		      name, names_known(faults->known, faults->arena)));
	faults->are_names_told = true;
}

static void
check_place(
    struct faults *faults, const struct place *place, struct sections *sections)
{
	check_filters(faults, place);
	if (place->kind == '/') {
		check_end(faults, place, sections);
		return;
	}
	check_name(faults, place->name);
	if (place->kind == 0)
		return;
	if (sections->depth == NESTING_MAX)
		add_fault(faults, "sections are nested too deep");
	else
		section_open(sections, place, true);
}

const char *
sms_form_fault(
    const char *form, const struct sms_scope *known, struct arena *arena)
{
	struct faults faults = { .known = known, .arena = arena };
	struct sections sections = { .depth = 0 };

	for (; form != NULL && *form != '\0'; form++) {
		struct place place;

		if (!is_place(form))
			continue;
		if (!place_read(form, &place)) {
			add_fault(&faults,
			    arena_printf(arena,
				"\"%.20s\" is no place; expected {name}, "
				"{name|filter}, {#name} or {/name}",
				form));
			continue;
		}
		check_place(&faults, &place, &sections);
		form += place.len - 1;
	}
	for (size_t i = 0; i < sections.depth; i++)
		add_fault(&faults, arena_printf(arena, "{#%s} has no {/%s}",
				       sections.names[i], sections.names[i]));
	return faults.list;
}

/* ---- what is in it? ---- */

static bool
has_place(const char *form, const char *name, bool is_bare)
{
	for (; form != NULL && *form != '\0'; form++) {
		struct place place;

		if (!is_place(form) || !place_read(form, &place))
			continue;
		if (place.kind == 0 && text_eq(place.name, name) &&
		    (!is_bare || place.filter_count == 0))
			return true;
		form += place.len - 1;
	}
	return false;
}

bool
sms_form_has(const char *form, const char *name)
{
	return has_place(form, name, false);
}

bool
sms_form_has_bare(const char *form, const char *name)
{
	return has_place(form, name, true);
}
