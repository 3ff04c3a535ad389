#include <ctype.h>
#include <string.h>

#include "reader/marker_words.h"
#include "reader/markers.h"

static bool
is_year(const char *at)
{
	return (strncmp(at, "19", 2) == 0 || strncmp(at, "20", 2) == 0) &&
	       isdigit((unsigned char)at[2]) && isdigit((unsigned char)at[3]) &&
	       !isdigit((unsigned char)at[4]);
}

bool
marker_has_date(const char *line)
{
	const char *at = line;

	while (*at != '\0') {
		if (!isdigit((unsigned char)*at)) {
			at++;
			continue;
		}
		if (is_year(at))
			return true;
		at += strspn(at, "0123456789");
		if ((*at == ':' || *at == '.' || *at == '/') &&
		    isdigit((unsigned char)at[1]) &&
		    isdigit((unsigned char)at[2]))
			return true;
	}
	return false;
}

/* Where an address stands in the line, or NULL. */
static const char *
find_address(const char *line)
{
	for (const char *at = strchr(line, '@'); at != NULL;
	     at = strchr(at + 1, '@'))
		if (at > line &&
		    (isalnum((unsigned char)at[-1]) != 0 ||
			strchr("._-+", at[-1]) != NULL) &&
		    isalnum((unsigned char)at[1]))
			return at;
	return NULL;
}

bool
marker_starts_attribution(const char *line)
{
	line = marker_skip_decoration(line);
	if (strchr(line, '<') != NULL && strlen(line) < 200)
		return true;
	return marker_has_date(line) &&
	       (word_list_at(&marker_openers, line) ||
		   find_address(line) != NULL || isdigit((unsigned char)*line));
}

bool
marker_ends_attribution(const char *line, size_t len)
{
	size_t dashes = 0;

	/* Zoho and Android: "---- On ... wrote ----". */
	while (len > 0 && strchr("*- \t", line[len - 1]) != NULL)
		dashes += line[--len] == '-';
	return (len > 0 && line[len - 1] == ':') ||
	       (len > 3 && strncmp(line + len - 3, WIDE_COLON, 3) == 0) ||
	       dashes >= 3;
}

bool
marker_opens_with_date(const char *line)
{
	struct word_hit hit = { 0 };

	if (isdigit((unsigned char)*line))
		return true;
	while (word_list_next(&marker_openers, line, &hit)) {
		const char *at = line + hit.len;
		size_t reach = strnlen(at, 30);

		for (size_t i = 0; i < reach; i++)
			if (isdigit((unsigned char)at[i]))
				return true;
	}
	return false;
}

/* Without "wrote": "2016-10-24 15:36 GMT+02:00 Foo <foo@bar>:". */
static bool
ends_in_address(const char *line, size_t len)
{
	len -= line[len - 1] == ':' ? 1 : strlen(WIDE_COLON);
	return len > 0 && strchr(">])", line[len - 1]) != NULL;
}

enum attribution
marker_attribution(const char *line)
{
	size_t len = strlen(line), dashes;
	bool has_date, has_address;

	if (len < 6 || len > 500 || !marker_ends_attribution(line, len))
		return ATTRIBUTION_NONE;
	dashes = strspn(line, "-");
	line = marker_skip_decoration(line + dashes);
	len = strlen(line);
	while (len > 0 && strchr("*- \t", line[len - 1]) != NULL)
		len--;
	if (len < 2)
		return ATTRIBUTION_NONE;
	has_date = marker_has_date(line);
	has_address = find_address(line) != NULL;
	if (!word_list_in(&marker_wrote, line))
		return has_date && has_address && ends_in_address(line, len)
			   ? ATTRIBUTION_SURE
			   : ATTRIBUTION_NONE;
	if (word_list_at(&marker_own_speakers, line))
		return ATTRIBUTION_NONE;
	if (word_list_in(&marker_speakers, line))
		return ATTRIBUTION_LIKELY;
	if (has_address || (dashes >= 3 && line[len] == ' ') ||
	    (has_date && marker_opens_with_date(line)) ||
	    (has_date && word_list_in(&marker_dated, line)))
		return ATTRIBUTION_SURE;
	return len < 120 ? ATTRIBUTION_LIKELY : ATTRIBUTION_NONE;
}

bool
marker_is_groupwise(const char *text)
{
	size_t len = strlen(text);

	while (len > 0 && text[len - 1] == ' ')
		len--;
	return len > 10 && len < 300 && strncmp(text, ">>> ", 4) == 0 &&
	       strncmp(text + len - 3, ">>>", 3) == 0 && marker_has_date(text);
}

bool
marker_is_notes(const char *line)
{
	const char *first = strstr(line, "---");
	const char *second = first == NULL ? NULL : strstr(first + 3, "---");

	return second != NULL && second - first < 40 &&
	       isdigit((unsigned char)first[3]) && marker_has_date(first);
}
