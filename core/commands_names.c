/*
 * Who a command is for: exact id, else a name that fits one only
 * (rules.md 4.2).
 */
#include "core/commands_parts.h"
#include "core/config.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

enum { NAMES_EACH = 3, CANDIDATES_MAX = 40 };

/* One thing that can be named, and its names. */
struct named {
	const char *to;
	const char *names[NAMES_EACH];
};

struct search {
	const struct glyphs *text;
	size_t at;
	struct arena *arena;
	enum language language; /* of whoever reads the candidates */
	const char *found; /* NULL: none yet */
	const char *candidates;
	size_t end;
	size_t count; /* different things that fit equally well */
};

static bool
is_filler(uint32_t c)
{
	return glyph_is_one_of(c, " \t-_.·'’");
}

/* The glyph after `name' when the text goes on with it, ignoring case, blanks
 * and punctuation; 0 when it does not. */
static size_t
name_end(const struct glyphs *text, size_t at, const char *name)
{
	uint32_t last = 0;

	for (uint32_t c; (c = unicode_next(&name)) != 0;) {
		if (is_filler(c))
			continue;
		while (last != 0 && is_filler(glyphs_at(text, at)))
			at++;
		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (glyphs_at(text, at) != c)
			return 0;
		last = c;
		at++;
	}
	if (last < 0x80 && (glyph_is_latin(glyphs_at(text, at)) ||
			       glyph_is_digit(glyphs_at(text, at))))
		return 0;
	return last == 0 ? 0 : at;
}

/* The next word of the text is the beginning of `name'. */
static size_t
short_name_end(const struct glyphs *text, size_t at, const char *name)
{
	size_t start = at;

	for (uint32_t c; (c = unicode_next(&name)) != 0; at++) {
		uint32_t here = glyphs_at(text, at);

		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (here != c)
			break;
	}
	/* One Han character is a surname; two letters are too few. */
	if (at == start || (glyphs_at(text, start) < 0x80 && at - start < 3) ||
	    (glyphs_at(text, at) != 0 &&
		!glyph_is_one_of(glyphs_at(text, at), " \t\n,，:：、")))
		return 0;
	return at;
}

typedef size_t match_fn(const struct glyphs *text, size_t at, const char *name);

static void
add_candidate(struct search *search, const struct named *named)
{
	const char *own = text_or(named->names[1], named->to);
	const char *name = search->language == LANGUAGE_ZH
			       ? own
			       : text_or(named->names[2], own);

	search->candidates = search->candidates == NULL
				 ? name
				 : arena_printf(search->arena, "%s / %s",
				       search->candidates, name);
}

static void
offer(struct search *search, const struct named *named, match_fn *match)
{
	size_t longest = 0;

	for (size_t i = 0; i < NAMES_EACH; i++) {
		size_t end =
		    named->names[i] == NULL
			? 0
			: match(search->text, search->at, named->names[i]);

		longest = end > longest ? end : longest;
	}
	if (longest == 0 || longest < search->end)
		return;
	if (longest > search->end) {
		search->count = 0;
		search->candidates = NULL;
	}
	search->end = longest;
	search->found = named->to;
	search->count++;
	add_candidate(search, named);
}

static bool
wants_departments(enum command_target target)
{
	return target == TARGET_WHO || target == TARGET_ASK;
}

static size_t
list_named(const struct commands_context *ctx, enum command_target target,
    struct arena *arena, struct named **ret)
{
	const struct estate *estate = ctx->estate;
	size_t departments = estate == NULL ? 0 : estate->department_count;
	size_t people = ctx->conf == NULL ? 0 : ctx->conf->staff_count,
	       count = 0;
	struct named *list =
	    arena_array(arena, departments + people + 1, sizeof(*list));

	for (size_t i = 0; wants_departments(target) && i < departments; i++) {
		const struct department *it = &estate->departments[i];

		list[count++] = (struct named){ it->code,
			{ it->code, it->name, it->name_en } };
	}
	for (size_t i = 0; i < people; i++) {
		const struct staff *it = &ctx->conf->staff[i];

		if (estate == NULL || staff_serves(it, estate))
			list[count++] = (struct named){ it->id,
				{ it->id, it->name, it->name_en } };
	}
	*ret = list;
	return count;
}

static void
search_all(struct search *search, const struct named *list, size_t count,
    match_fn *match)
{
	search->end = 0;
	search->count = 0;
	for (size_t i = 0; i < count; i++)
		offer(search, &list[i], match);
}

/* The sender, as "me". */
static bool
is_me(const struct glyphs *text, size_t at, size_t *end)
{
	static const char *const words[] = { "我自己", "我", "自己", "本人",
		"me", "myself", NULL };
	size_t len = glyphs_any_at(text, at, words);

	*end = at + len;
	return len > 0 &&
	       (glyphs_at(text, *end) == 0 ||
		   glyph_is_one_of(glyphs_at(text, *end), " \t\n,，:："));
}

/* Whoever is not named hears that there are more. */
static const char *
all_candidates(struct search *all, const struct named *list, size_t count)
{
	all->candidates = NULL;
	for (size_t i = 0; i < count && i < CANDIDATES_MAX; i++)
		add_candidate(all, &list[i]);
	return count > CANDIDATES_MAX
		   ? arena_printf(all->arena, "%s / ...", all->candidates)
		   : text_or(all->candidates, "-");
}

int
command_level(const struct glyphs *text, size_t at, size_t *end)
{
	uint32_t digit;

	at = glyphs_skip_blanks(text, at);
	digit = glyphs_at(text, at + 1);
	if (glyphs_at(text, at) != 'l' || digit < '2' ||
	    digit > '0' + LEVEL_MAX ||
	    glyph_is_digit(glyphs_at(text, at + 2)) ||
	    glyph_is_latin(glyphs_at(text, at + 2)))
		return 0;
	*end = at + 2;
	return (int)(digit - '0');
}

struct who
command_who(const struct commands_context *ctx, const struct glyphs *text,
    size_t at, enum command_target target, struct arena *arena)
{
	struct search search = {
		.text = text, .arena = arena, .language = ctx->language };
	struct who ret = { 0 };
	struct named *list;
	size_t count = list_named(ctx, target, arena, &list);
	int level;

	at = glyphs_skip_blanks(text, at);
	if (glyphs_at(text, at) == '@')
		at++;
	search.at = at;
	level = target == TARGET_ASK ? command_level(text, at, &ret.end) : 0;
	if (level > 0) {
		ret.to = arena_printf(arena, "L%d", level);
		return ret;
	}
	if (ctx->sender != NULL && is_me(text, at, &ret.end)) {
		ret.to = ctx->sender;
		return ret;
	}
	search_all(&search, list, count, name_end);
	if (search.count == 0)
		search_all(&search, list, count, short_name_end);
	ret.is_many = search.count > 1;
	ret.to = search.count == 1 ? search.found : NULL;
	ret.end = search.end;
	ret.candidates = search.count > 1 ? search.candidates
					  : all_candidates(&search, list, count);
	return ret;
}

const char *
command_category(const struct estate *estate, const struct glyphs *text,
    size_t at, size_t *end)
{
	const char *code = NULL;
	size_t longest = 0;

	at = glyphs_skip_blanks(text, at);
	for (size_t i = 0; estate != NULL && i < estate->category_count; i++) {
		const struct category *it = &estate->categories[i];
		const char *const names[] = { it->code, it->name, it->name_en };

		for (size_t k = 0; k < ARRAY_COUNT(names); k++) {
			size_t here =
			    names[k] == NULL ? 0 : name_end(text, at, names[k]);

			if (here <= longest)
				continue;
			longest = here;
			code = it->code;
		}
	}
	*end = longest;
	return code;
}
