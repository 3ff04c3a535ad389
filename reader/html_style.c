#include "reader/html_style.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/cleanup.h"
#include "lib/text.h"

enum { VALUE_BYTES = 64, NEAR = 24, FAR_OFF = -500 };

/* ---- colours ---- */

static const struct {
	const char *name;
	int color;
} names[] = {
	{ "white", COLOR_WHITE },
	{ "black", COLOR_BLACK },
	{ "snow", 0xfffafa },
	{ "ivory", 0xfffff0 },
	{ "whitesmoke", 0xf5f5f5 },
	{ "transparent", COLOR_CLEAR },
	{ "inherit", COLOR_UNSAID },
	{ "initial", COLOR_UNSAID },
};

/* "fff" or "ffffff"; an alpha behind it is left out of account. */
static int
hex_color(const char *at)
{
	size_t len = strspn(at, "0123456789abcdef");
	size_t width = len == 6 || len == 8 ? 2 : 1;
	int color = 0;

	if (len != 3 && len != 4 && len != 6 && len != 8)
		return COLOR_UNSURE;
	for (size_t i = 0; i < 3; i++) {
		int high = text_hex_value(at[i * width]);
		int low = text_hex_value(at[i * width + width - 1]);

		color = color * 256 + high * 16 + low;
	}
	return color;
}

static int
rgb_color(const char *at)
{
	int color = 0;

	at = strchr(at, '(');
	for (int i = 0; i < 3 && at != NULL; i++) {
		char *end;
		long value = strtol(at + 1, &end, 10);

		if (end == at + 1 || value < 0 || value > 255)
			return COLOR_UNSURE;
		color = color * 256 + (int)value;
		at = i < 2 ? strpbrk(end, ", ") : end;
	}
	if (at == NULL)
		return COLOR_UNSURE;
	/* "rgba(0, 0, 0, 0)" */
	at = strchr(at, ',');
	return at != NULL && strtod(at + 1, NULL) == 0 ? COLOR_CLEAR : color;
}

int
html_color(const char *value)
{
	char word[VALUE_BYTES];

	(void)snprintf(word, sizeof(word), "%s", text_or(value, ""));
	(void)text_lower(word);
	value = text_trim(word);
	if (*value == '#')
		return hex_color(value + 1);
	if (text_starts(value, "rgb"))
		return rgb_color(value);
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		if (text_eq(value, names[i].name))
			return names[i].color;
	return COLOR_UNSURE;
}

bool
html_color_is_lost(int color, int background)
{
	if (color == COLOR_CLEAR)
		return true;
	if (color < 0 || background < 0)
		return false;
	for (int shift = 0; shift <= 16; shift += 8) {
		int a = color >> shift & 255, b = background >> shift & 255;

		if (abs(a - b) > NEAR)
			return false;
	}
	return true;
}

/* ---- declarations ---- */

/* What one style attribute says, before it is weighed together. */
struct reading {
	struct html_style *style;
	bool is_flat; /* no height or no width */
	bool is_cut;  /* overflow: hidden */
	bool is_off;  /* far to the left or above */
};

static bool
is_nothing(const char *value)
{
	char *end;

	return strtod(value, &end) == 0 && end != value;
}

static void
read_hiding(struct reading *r, const char *name, const char *value)
{
	static const struct {
		const char *name, *value;
	} hiding[] = {
		{ "display", "none" },
		{ "visibility", "hidden" },
		{ "visibility", "collapse" },
		{ "mso-hide", "all" },
	};

	for (size_t i = 0; i < ARRAY_COUNT(hiding); i++)
		if (text_eq(name, hiding[i].name) &&
		    text_starts(value, hiding[i].value))
			r->style->hides = true;
	if (text_eq(name, "opacity") && is_nothing(value))
		r->style->hides = true;
}

static void
read_place(struct reading *r, const char *name, const char *value)
{
	static const char *const sizes[] = { "height", "max-height", "width",
		"max-width" };
	static const char *const places[] = { "left", "top", "text-indent",
		"margin-left", "margin-top" };

	for (size_t i = 0; i < ARRAY_COUNT(sizes); i++)
		if (text_eq(name, sizes[i]) && is_nothing(value))
			r->is_flat = true;
	for (size_t i = 0; i < ARRAY_COUNT(places); i++)
		if (text_eq(name, places[i]) && strtod(value, NULL) <= FAR_OFF)
			r->is_off = true;
	if (text_starts(name, "overflow") && text_starts(value, "hidden"))
		r->is_cut = true;
}

static void
read_letters(struct reading *r, const char *name, const char *value)
{
	char *end;
	double size;

	if (text_eq(name, "color"))
		r->style->color = html_color(value);
	else if (text_eq(name, "background") ||
		 text_eq(name, "background-color") ||
		 text_eq(name, "background-image"))
		r->style->background = html_color(value);
	else if (text_eq(name, "font-size")) {
		size = strtod(value, &end);
		/* One pixel or point; "0.9em" is a size. */
		r->style->size = end == value || size > 1 ||
				 (size > 0 && !text_starts(end, "px") &&
				     !text_starts(end, "pt"));
	}
}

/* "name: value", cut and in small letters. */
static void
read_declaration(struct reading *r, const char *at, size_t len)
{
	char words[VALUE_BYTES * 2];
	char *colon, *name, *value;

	if (len >= sizeof(words))
		len = sizeof(words) - 1;
	memcpy(words, at, len);
	words[len] = '\0';
	colon = strchr(text_lower(words), ':');
	if (colon == NULL)
		return;
	*colon = '\0';
	name = text_trim(words);
	value = text_trim(colon + 1);
	read_hiding(r, name, value);
	read_place(r, name, value);
	read_letters(r, name, value);
}

void
html_style_read(const char *style, struct html_style *ret)
{
	struct reading r = { .style = ret };

	*ret = (struct html_style){
		.size = -1,
		.color = COLOR_UNSAID,
		.background = COLOR_UNSAID,
	};
	for (style = text_or(style, ""); *style != '\0';) {
		size_t len = strcspn(style, ";");

		read_declaration(&r, style, len);
		style += len + (style[len] == ';');
	}
	if ((r.is_flat && r.is_cut) || r.is_off)
		ret->hides = true;
}
