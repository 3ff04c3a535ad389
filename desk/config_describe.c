/*
 * The reference of all settings, made from the rows.
 */
#include <string.h>

#include "desk/config_parts.h"

enum { WORDS_BYTES = 1024, LINE_BYTES = 76 };

/* The structs that hold the defaults of rows without a text for them. */
static size_t
bases_of(const struct config_section *section, const void *ret[SEVERITY_COUNT])
{
	size_t count = 0;

	if (section == &config_rules_section)
		ret[count++] = &rules_default;
	if (section == &config_deadlines_section)
		for (int i = SEVERITY_MINOR; i < SEVERITY_COUNT; i++)
			ret[count++] = &deadlines_default[i];
	return count;
}

static void
standard_words(const struct config_section *section,
    const struct config_row *row, struct buf *out)
{
	const void *bases[SEVERITY_COUNT];
	size_t count = bases_of(section, bases);

	if (row->required)
		buf_puts(out, "required");
	else if (row->standard != NULL && *row->standard != '\0')
		buf_puts(out, row->standard);
	for (size_t i = 0; i < count; i++) {
		buf_puts(out, i > 0 ? ", " : "");
		value_print(row, (const char *)bases[i] + row->at, out);
	}
}

static void
markdown_row(const struct config_section *section,
    const struct config_row *row, struct buf *out)
{
	buf_printf(out, "| `%s` | ", row->key);
	value_allowed(row, out);
	buf_puts(out, " | ");
	standard_words(section, row, out);
	buf_printf(out, " | %s |\n", row->doc);
}

static void
markdown_section(const struct config_section *section, struct buf *out)
{
	buf_printf(out, "### %s\n\n", section->title);
	if (*section->path != '\0')
		buf_printf(out, "`%s`: ", section->path);
	buf_printf(out, "%s\n\n", section->doc);
	buf_puts(out, "| setting | takes | default | meaning |\n"
		      "|---|---|---|---|\n");
	for (size_t i = 0; i < section->count; i++)
		markdown_row(section, &section->rows[i], out);
	buf_puts(out, "\n");
}

/* mdoc(7) wants each sentence on its own line, and short lines. */
static void
man_sentences(const char *text, struct buf *out)
{
	size_t column = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, " ");

		if (column > 0 && column + 1 + len > LINE_BYTES) {
			buf_putc(out, '\n');
			column = 0;
		}
		if (column > 0)
			buf_putc(out, ' ');
		buf_add(out, text, len);
		column += len + 1;
		if (len > 0 && text[len] != '\0' && text[len - 1] == '.') {
			buf_putc(out, '\n');
			column = 0;
		}
		text += len + (text[len] != '\0');
	}
	buf_putc(out, '\n');
}

static void
man_row(const struct config_section *section, const struct config_row *row,
    struct buf *out)
{
	struct buf words scoped(buf_done) = { 0 };

	struct buf takes scoped(buf_done) = { 0 };

	buf_init(&words, WORDS_BYTES);
	buf_init(&takes, WORDS_BYTES);
	standard_words(section, row, &words);
	buf_puts(&takes, "Takes ");
	value_allowed(row, &takes);
	if (words.len > 0)
		buf_printf(&takes, "; %s%s", row->required ? "" : "default: ",
		    buf_text(&words));
	buf_putc(&takes, '.');
	buf_printf(out, ".It Va %s\n", row->key);
	man_sentences(row->doc, out);
	man_sentences(buf_text(&takes), out);
}

static void
man_section(const struct config_section *section, struct buf *out)
{
	buf_printf(out, ".Ss %s\n", section->title);
	if (*section->path != '\0')
		buf_printf(out, "Group\n.Va %s .\n", section->path);
	man_sentences(section->doc, out);
	buf_puts(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < section->count; i++)
		man_row(section, &section->rows[i], out);
	buf_puts(out, ".El\n");
}

void
config_describe(enum config_document form, struct buf *out)
{
	for (size_t i = 0; i < config_section_count; i++) {
		if (form == CONFIG_MAN)
			man_section(config_sections[i], out);
		else
			markdown_section(config_sections[i], out);
	}
}
