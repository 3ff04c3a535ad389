#include "reader/html_tags.h"

#include <stddef.h>
#include <string.h>

#include "lib/cleanup.h"
#include "lib/text.h"

static const struct html_tag tags[] = {
	{ "div", .lines = 1 },
	{ "p", .lines = 2 },
	{ "br", .lines = 1, .is_void = true },
	{ "td", .is_cell = true },
	{ "th", .is_cell = true },
	{ "tr", .lines = 1 },
	{ "table", .lines = 1 },
	{ "li", .lines = 1 },
	{ "ul", .lines = 1 },
	{ "ol", .lines = 1 },
	{ "h1", .lines = 2 },
	{ "h2", .lines = 2 },
	{ "h3", .lines = 2 },
	{ "h4", .lines = 2 },
	{ "h5", .lines = 2 },
	{ "h6", .lines = 2 },
	{ "blockquote", .lines = 1, .is_quote = true },
	{ "pre", .lines = 1, .is_pre = true },
	{ "hr", .lines = 1, .is_void = true },
	{ "img", .is_void = true },
	{ "input", .is_void = true },
	{ "meta", .is_void = true },
	{ "link", .is_void = true },
	{ "wbr", .is_void = true },
	{ "head", .hides = true },
	{ "style", .hides = true },
	{ "script", .hides = true },
	{ "title", .hides = true },
	{ "template", .hides = true },
	{ "noscript", .hides = true },
	{ "object", .hides = true },
	{ "select", .hides = true },
	{ "center", .lines = 1 },
	{ "section", .lines = 1 },
	{ "article", .lines = 1 },
	{ "header", .lines = 1 },
	{ "footer", .lines = 1 },
	{ "address", .lines = 1 },
	{ "caption", .lines = 1 },
	{ "dl", .lines = 1 },
	{ "dt", .lines = 1 },
	{ "dd", .lines = 1 },
	{ "form", .lines = 1 },
	{ "fieldset", .lines = 1 },
};

static const struct html_tag nothing;

const struct html_tag *
html_tag_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_COUNT(tags); i++)
		if (tags[i].name[0] == name[0] && text_eq(tags[i].name, name))
			return &tags[i];
	return &nothing;
}

/* Whole words in a class attribute, and the ids, as mail programs give them;
 * some put a prefix of their own in front ("x_gmail_quote"). */
static const char *quote_names[] = {
	"gmail_quote",
	"gmail_quote_container",
	"isreplycontent",
	"moz-cite-prefix",
	"moz-email-headers-table",
	"yahoo_quoted",
	"protonmail_quote",
	"zmail_extra",
	"olk_src_body_section",
	"qqmail_reply_quote",
	"ntes_reply_quote",
	"mailquote",
	"tutanota_quote",
	"hmquote",
};

static bool
names_quote(const char *names)
{
	while (names != NULL && *names != '\0') {
		size_t len = strcspn(names, " ");

		for (size_t i = 0; i < ARRAY_COUNT(quote_names); i++) {
			size_t size = strlen(quote_names[i]);

			if (len >= size &&
			    strncasecmp(names + len - size, quote_names[i],
				size) == 0 &&
			    (len == size || names[len - size - 1] == '_'))
				return true;
		}
		names += len + strspn(names + len, " ");
	}
	return false;
}

bool
html_is_quote(const char *name, const struct html_facts *facts)
{
	if (text_eq_nocase(name, "blockquote") &&
	    text_eq_nocase(facts->type, "cite"))
		return true;
	return names_quote(facts->class) || names_quote(facts->id);
}
